"""A bare string as a passage: the structure that its own signs betray, for texts that come without their document.

Rows of a table arrive with bars or tabs between their cells, forms as ``label: value`` lines, headings and emphasis as the marks of
Markdown. Read back into cells, they are measured as the cells of a document are.
"""

import re
from typing import Literal

from evidence.language import language_of
from evidence.passages import Draft
from evidence.signs import BY_NAME
from extractors.document import Cell

LONGEST = 20_000  # characters of a bare text that are read: what is longer is no passage
MOST_CELLS = 400  # cells of one text: its first rows say what it is
_RULE = re.compile(r"^(?=.*(?:--|==|:-|-:))[\s|:+=-]{3,}$")
_MARKS = re.compile(r"^(?:#{1,6}\s+|>\s?)+|\*\*|__(?=\w)|(?<=\w)__|`")
_FIELD = re.compile(r"^([^:：]{2,40})[:：]\s*(.*)$")
_NUMBER = re.compile(r"^[<>~±+-]*\d[\d.,\s]*(?:%|[a-zA-Zµ°/²³]{1,6})?$")
_DATE = re.compile(r"^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$|^\d{1,2}[- ]?[A-Za-z]{3,9}[- ]?\d{2,4}$")


def bare_draft(key: str, text: str) -> Draft:
    """The passage that a string looks like: plain text, and the cells of its rows and fields."""
    lines: list[str] = []
    cells: list[Cell] = []
    kinds: set[str] = set()
    row = 0
    for line in text[:LONGEST].replace("<br>", " ").split("\n"):
        if not line.strip() or _RULE.match(line):
            continue
        heading = line.lstrip().startswith("#")
        plain = _MARKS.sub("", line).strip()
        words = _row(plain)
        if len(words) > 1:
            kinds.add("table")
        elif (field := _FIELD.match(plain)) and len(plain) <= 160:
            words = [field.group(1), field.group(2)]
            kinds.add("form")
        else:
            kinds.add("heading" if heading else "list_item" if re.match(r"[-*•]\s", plain) else "paragraph")
            words = []
        if words and len(cells) < MOST_CELLS:
            row += 1
            cells += [_cell(row, column, word) for column, word in enumerate(words, 1)]
        lines.append(" | ".join(words) if len(words) > 1 and "table" in kinds and "|" in line else plain)
    plain_text = "\n".join(lines) or text[:LONGEST]
    return Draft(
        key, plain_text, (), 1, language=language_of(plain_text), kinds=tuple(sorted(kinds)), cells=tuple(cells),
        table_rows=row if "table" in kinds else 0,
    )  # fmt: skip


def _row(line: str) -> list[str]:
    if "\t" in line:
        return [word.strip() for word in line.split("\t")]
    if "|" not in line:
        return [line]
    return [word.strip() for word in line.removeprefix("|").removesuffix("|").split("|")]


def _cell(row: int, column: int, word: str) -> Cell:
    kind: Literal["empty", "text", "number", "date", "error"] = "text"
    if not word:
        kind = "empty"
    elif BY_NAME["cell_error"].pattern.fullmatch(word):
        kind = "error"
    elif _DATE.match(word):
        kind = "date"
    elif _NUMBER.match(word):
        kind = "number"
    return Cell(row=row, column=column, text=word, kind=kind)
