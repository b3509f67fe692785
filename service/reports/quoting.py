"""Which words a report quotes for a red flag or a mark: each place once, never a lone figure without its row, and of a long quote
the part that its sentence speaks of.
"""

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


def in_short(quote: str, letters: int, sentence: str = "") -> str:
    """A quote in one line of at most so many letters, its cells apart by commas: whole, or from the row or words of which a sentence
    speaks on, cut between words with a sign.
    """
    lines = [line for row in quote.splitlines() if (line := _cells(row))]
    text = ", ".join(lines)
    if len(text) <= letters:
        return text
    told = {part for pair in _TOLD.findall(sentence) for part in pair if len(part) > 1}
    weights = [sum(len(part) for part in told if part in line) for line in lines]
    first = weights.index(max(weights)) if lines else 0
    kept = ", ".join(lines[first:])
    begin = min((kept.find(part) for part in told if part in lines[first]), default=0)
    if begin > letters // 2:  # what is told of would be cut off
        kept = kept[kept.rfind(" ", 0, begin) + 1 :]
    left = "…" if not text.startswith(kept[: letters // 2]) else ""
    return left + _cut(kept, letters - len(left))


def _cells(row: str) -> str:
    """The cells of a row that hold something, apart by commas."""
    return ", ".join(cell for part in row.split(" | ") if (cell := " ".join(part.split())).strip("|"))


def _cut(text: str, letters: int) -> str:
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[letters // 2 :] else cut).rstrip(" ,;") + "…"


_TOLD = re.compile(r"'([^']{1,200})'|(?<![\w.])(\d[\w.,/-]{2,30}\w)")
"""What a sentence quotes, and the figures in it."""


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
