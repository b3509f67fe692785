"""Which words a report quotes for a red flag or a mark: each place once, and never a lone figure without its row."""

import re
from collections.abc import Iterable, Sequence

from evidence.model import Citation, DocumentReport

# Letters below which a quote tells nothing by itself ("6", "closed"): its whole row or line is shown.
TELLING = 16


def told_once(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Without quotes whose words stand in a longer quote of the same place."""
    return tuple(
        one
        for one in citations
        if not any(
            other.document == one.document
            and repr(other.locator) == repr(one.locator)
            and len(other.quote) > len(one.quote)
            and one.quote in other.quote
            for other in citations
        )
    )


class Rows:
    """Widens short quotes by the passages they were taken from."""

    def __init__(self, documents: Iterable[DocumentReport]) -> None:
        self._texts = {
            (document.path, passage.id): passage.text for document in documents for passage in document.passages
        }

    def widened(self, citation: Citation) -> str:
        """The words to show: those of the quote, or the line of its passage in which a short one stands."""
        if len(citation.quote) >= TELLING or not citation.passage:
            return citation.quote
        whole = re.compile(rf"(?<!\w){re.escape(citation.quote)}(?!\w)")
        lines = self._texts.get((citation.document, citation.passage), "").splitlines()
        return next((line for line in lines if whole.search(line)), citation.quote)
