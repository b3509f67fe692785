"""What an authored document is made of: parts, blocks, and the label that its author gave to each piece of text."""

from collections.abc import Iterator
from dataclasses import dataclass


class AuthoringError(ValueError):
    """A slip in an authored file: says the file, the line and what is wrong."""


@dataclass(frozen=True)
class Label:
    """Mode and criteria that the author gave to a block."""

    mode: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A table row: cells, where ``<`` and ``^`` stand for cells merged with the left and the upper neighbour."""

    cells: tuple[str, ...]
    label: Label


@dataclass(frozen=True)
class Field:
    """Label and value of a form field; the value is empty in a blank form. ``row`` counts the lines of the form."""

    name: str
    value: str
    row: int
    label: Label


@dataclass(frozen=True)
class AuthoredBlock:
    """A block of the body. ``kind``: heading, paragraph, list, table, form, stamp, photo, textbox, chart, signature, hand, note."""

    kind: str
    label: Label
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[Field, ...] = ()
    ordered: bool = False

    def labelled_texts(self) -> Iterator[tuple[str, Label]]:
        """The visible text in pieces, each with its label: rows of tables and fields of forms can differ."""
        for row in self.rows:
            text = " ".join(cell for cell in row.cells if cell not in ("", "<", "^"))
            if text:
                yield text.replace("\\n", " "), row.label
        for entry in self.fields:
            yield f"{entry.name} {entry.value}".replace("\\n", " "), entry.label
        for item in self.items:
            yield item, self.label
        if self.text:
            yield self.text, self.label


@dataclass(frozen=True)
class AuthoredPart:
    """A sheet, slide or page with its blocks."""

    name: str
    hidden: bool
    blocks: tuple[AuthoredBlock, ...]
