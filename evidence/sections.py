"""Which pages of a paper belong together: a PDF merged from several papers is judged paper by paper.

A new paper is seen where the printed page number starts again at one, or where head and foot of the page say something else than
those of the page before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.passages import Draft
from evidence.signs import BY_NAME

SAME_HEAD = (
    0.34  # share of common words from which two page heads are taken for one: dates and page numbers do not count
)
_FIRST_PAGE = re.compile(r"(?<!\d)0*1\s*(?:of|/|trên|dari|sur|von)\s*\d+(?!\d|[/.-])|第\s*1\s*[页頁]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Section:
    """Pages that belong together, first and last number of them, and the title they open with."""

    first: int
    last: int
    title: str

    @property
    def name(self) -> str:
        """How the section is called in a report."""
        pages = f"page {self.first}" if self.first == self.last else f"pages {self.first} to {self.last}"
        return f"{pages}: {self.title}" if self.title else pages


def page_sections(drafts: Sequence[Draft]) -> tuple[Section, ...]:
    """The papers that a run of pages is made of, in order; one section for a single paper, none without passages."""
    pages: dict[int, list[Draft]] = {}
    for draft in drafts:
        pages.setdefault(draft.part, []).append(draft)
    starts: list[int] = []
    before: set[str] | None = None
    for number in sorted(pages):
        head = _head_words(pages[number])
        restarted = any(_says_first_page(draft) for draft in pages[number])
        changed = before is not None and bool(head) and bool(before) and _share(head, before) < SAME_HEAD
        if not starts or restarted or changed:
            starts.append(number)
        before = head or (before if not (restarted or changed) else None)
    ends = [start - 1 for start in starts[1:]] + [max(pages)] if starts else []
    return tuple(
        Section(start, end, _title(pages[start])) for start, end in zip(starts, ends, strict=True) if start in pages
    )


def _says_first_page(draft: Draft) -> bool:
    furniture = bool({"header", "footer"} & set(draft.kinds))
    lines = draft.text.split("\n")
    return any(
        _FIRST_PAGE.search(line) and (furniture or BY_NAME["page_of"].pattern.search(line)) for line in lines
    ) and any(len(line) <= 120 for line in lines)


def _head_words(drafts: Sequence[Draft]) -> set[str]:
    text = " ".join(d.text for d in drafts if {"header", "footer"} & set(d.kinds))
    return {word.lower() for word in _WORD.findall(text)}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _title(drafts: Sequence[Draft]) -> str:
    heading = next((d.heading[0] for d in drafts if d.heading), "")
    return heading[:80]
