"""What the second look sees of a passage: its neighbours and its whole paper, and in a workbook its own sheet alone as well.

The sheets of a workbook may be of different sorts: an agenda, the minutes, the list of who came. Judged among all of them a
passage is drawn to what prevails in the file; judged in its sheet, as if that were sent alone, it is not.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from evidence.context import Outside, document_summary, passage_context
from evidence.heads import Matrix
from evidence.passages import Draft

if TYPE_CHECKING:
    from evidence.classifier import FirstLook


def in_document(drafts: Sequence[Draft], look: "FirstLook", outside: Outside) -> Matrix:
    """Each passage among all others of its document, n x ``context.PASSAGE_WIDTH``."""
    summary = document_summary(drafts, look.features, look.modes, outside)
    return passage_context(drafts, look.features, look.modes, look.taught.paper, summary)


def in_sheets(drafts: Sequence[Draft], look: "FirstLook", outside: Outside) -> Matrix | None:
    """Each passage as if its sheet were sent alone, as wide; None where there are not several sheets."""
    numbers = np.array([draft.part for draft in drafts])
    if not outside.is_workbook or len(set(numbers)) < 2:
        return None
    alone = Outside(outside.path, outside.media_type, 1)
    found: Matrix | None = None
    for number in np.unique(numbers):
        rows = [int(row) for row in np.flatnonzero(numbers == number)]
        seen = in_document([drafts[i] for i in rows], look.of(rows), alone)
        found = np.empty((len(drafts), seen.shape[1]), np.float32) if found is None else found
        found[rows] = seen
    return found
