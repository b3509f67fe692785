"""What rich text is gathered into before it is written: paragraphs of runs, and rows of cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.delimited import cell_kind
from extractors.draft import Draft, one_line
from extractors.flow import write_table
from extractors.grids import GridCell


@dataclass
class RichParagraph:
    """A paragraph in the making; ``runs`` are texts, whether each is hidden, and whether it is bold."""

    runs: list[tuple[str, bool, bool]] = field(default_factory=list)
    label: str = ""
    level: int = 0
    in_table: bool = False

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
