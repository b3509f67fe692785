"""What rich text is gathered into before it is written: the state of its groups, paragraphs of runs, and rows of cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extractors.delimited import cell_kind
from extractors.document import BlockKind
from extractors.draft import Draft, one_line
from extractors.flow import write_table
from extractors.grids import GridCell
from extractors.rich_text_colours import PLAIN, Ink

Destination = Literal["body", "skip", "fonts", "title", "author", "list", "picture", "sn", "sv"] | BlockKind


@dataclass(frozen=True)
class RichState:
    """What a group hands on to the groups within it."""

    into: Destination = "body"
    font: int = 0
    hidden: bool = False
    ink: Ink = PLAIN
    bold: bool = False
    deleted: bool = False
    struck: bool = False
    skip_after_unicode: int = 1
    # Where the words of a group go that is written twice, for older programs first.
    twice: Destination | None = None


@dataclass
class RichParagraph:
    """A paragraph in the making; ``runs`` are texts, whether each is hidden, and whether it is bold."""

    runs: list[tuple[str, bool, bool]] = field(default_factory=list)
    label: str = ""
    level: int = 0
    in_table: bool = False
    # Which of ``runs`` are white letters on no ground of their own.
    faint: list[int] = field(default_factory=list)

    def hide_faint(self) -> None:
        """Take the white letters for hidden, where it is known that they stand on white paper."""
        for at in self.faint:
            self.runs[at] = (self.runs[at][0], True, self.runs[at][2])

    def text(self, hidden: bool = False) -> str:
        """What is shown, or what is hidden."""
        return "".join(text for text, unseen, _ in self.runs if unseen is hidden).strip()

    @property
    def all_bold(self) -> bool:
        """Whether every letter that is shown is bold."""
        return all(bold for text, unseen, bold in self.runs if text.strip() and not unseen)


def write_rows(draft: Draft, rows: list[list[str]], unseen: list[str]) -> None:
    """Write the table of these rows of texts, and behind it what was hidden in its cells; both lists are empty afterwards."""
    write_table(draft, list(_cells(rows)))
    for words in unseen:
        draft.block("paragraph", words, draft.paragraph(), hidden=True)
    rows.clear()
    unseen.clear()


def _cells(rows: list[list[str]]) -> Iterator[GridCell]:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            kind = cell_kind(one_line(text)) if text else "empty"
            yield GridCell(number, column, text, kind=kind, bordered=True)
