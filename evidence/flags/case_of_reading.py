"""Readings outside their limits that another paper of the bundle answers: a case that their row names by its number."""

import re
from collections.abc import Mapping
from typing import Any

from evidence.bundle import Bundle
from evidence.facts.text import fold
from evidence.flags.row_verdicts import rows_of_value
from evidence.flags.told_again import opening_of
from evidence.model import DocumentReport

_CODE = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,6}[-/ ]?\d{1,8}(?:[-/]\d{1,6}){0,3}|\d{2,4}-(?!(?:19|20)\d\d)\d{3,6}(?![-/]\d))(?![^\W_])"
)
"""The number of a lot, piece or case; one without letters has a dash: ``26-2226``."""

MOST_ROWS = 8
"""Rows with the figure of a reading that are looked at for the number of a case."""


def answered_in_case(bundle: Bundle, document: DocumentReport, one: tuple[Mapping[str, Any], float]) -> bool:
    """Whether the row of a reading names the number of a case that has a paper of its own, or such a paper names a number of the row
    and tells the reading.
    """
    cases = [other for other in bundle.read if other.kind == "corrective_action_record" and other.path != document.path]
    if not cases:
        return False
    _, value = one
    lines = [line for _, line in document.lines()]
    codes = {
        re.escape(fold(match[0]))
        for line in rows_of_value(lines, value)[:MOST_ROWS]
        for match in _CODE.finditer(line)
        if len(match[0]) >= LEAST_LETTERS
    }
    if not codes:
        return False
    named = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(codes))})(?![^\W_])")
    figure = re.compile(rf"(?<![\d.,]){re.escape(f'{abs(value):g}').replace(chr(92) + '.', '[.,]')}0*(?![\d.,]*\d)")
    for other in cases:
        told = fold(" ".join(passage.text for passage in other.shown))
        if named.search(opening_of(other)) or (named.search(told) and figure.search(told)):
            return True
    return False


LEAST_LETTERS = 3
"""Signs of a number that is no short name by chance: ``A-5``."""
