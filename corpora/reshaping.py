"""The same paper as another plant would have laid it out: what it says stays, heads, tables and dates look otherwise.

A rule that reads what a paper says answers the same for all of them; one that knows the words and places it was shown does
not (metamorphic testing: Chen, Cheung and Yiu, Metamorphic testing, HKUST-CS98-01, 1998).
"""

import csv
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Field, Label, Row
from corpora.month_names import SHORT

HEADS = Path(__file__).parent / "flags" / "heads.tsv"
MERGED = ("<", "^")

LEAST_ROWS, LEAST_COLUMNS = 3, 3
"""Rows with their head, and columns, from which a table is laid out anew."""

MOST_TURNED = 13
"""Rows and columns up to which a table of figures is turned: a year of months."""

MOST_CARDS = 8
"""Rows of a register up to which each becomes a form of its own."""

LONG_CELL = 22
"""Letters of a cell that tells something: a register of cases has such a column, a sheet of figures has none."""

_NUMBERS = {
    "en": "No.",
    "vi": "TT",
    "id": "No",
    "ms": "Bil",
    "th": "ลำดับ",
    "zh": "序号",
    "ko": "순번",
    "tr": "Sıra",
    "ja": "番号",
}
_NUMBERED = re.compile(r"(?i)(?:s/?l|sr?)?\.?\s*(?:no|nr|num|#|tt|stt|bil|sıra|序|項|项|번호|순번|番|ลำดับ)")
_UNIT = re.compile(r"(.*\S)\s*\(([^()]{1,8})\)")
_FIGURE = re.compile(r"[\d.,\s]*\d\s?%?")


@cache
def other_heads() -> Mapping[str, tuple[str, ...]]:
    """Other words for heads of columns and names of fields, written by hands that knew no rule."""
    if not HEADS.is_file():
        return {}
    with HEADS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 1]
    return {row[0]: tuple(word for word in row[1:] if word) for row in rows}


def reshaped(supplier: AuthoredSupplier, way: str) -> AuthoredSupplier:
    """The supplier with its papers in another way (one of ``WAYS`` or ``MEDIA``)."""
    documents = [reshaped_document(document, way) for document in supplier.documents]
    names = {old.file: new.file for old, new in zip(supplier.documents, documents, strict=True)}
    if len({*names.values()}) < len(names):
        return supplier  # the paper is there in the other form too
    return replace(supplier, documents=tuple(_attaching(document, names) for document in documents))


def _attaching(document: AuthoredDocument, names: Mapping[str, str]) -> AuthoredDocument:
    """A mail with its attachments under the names that they have now."""
    attached = document.front.get("attach")
    if not attached:
        return document
    named = [attached] if isinstance(attached, str) else attached
    return replace(document, front={**document.front, "attach": [names.get(name, name) for name in named]})


def reshaped_document(document: AuthoredDocument, way: str) -> AuthoredDocument:
    """One paper in another way; it is the same where the way finds nothing to change."""
    if way in MEDIA:
        return _sent_as(document, *MEDIA[way])
    change = WAYS[way]
    parts = tuple(replace(part, blocks=_changed(part.blocks, document, change)) for part in document.parts)
    return document if parts == document.parts else replace(document, parts=parts)


def _sent_as(document: AuthoredDocument, before: Sequence[str], render: str) -> AuthoredDocument:
    """The paper as a file of another kind; one that holds what only its first kind can hold stays as it is."""
    if document.render not in before or document.front.keys() & OF_ITS_KIND or any(p.hidden for p in document.parts):
        return document
    if document.kind == "certificate" and render == "docx":  # nobody's certificate comes as an editable file
        return document
    file = f"{document.file.rsplit('.', 1)[0]}.{'pdf' if render == 'scan' else render}"
    return replace(document, file=file, render=render, parts=tuple(map(_titled, document.parts)))


def _titled(part: AuthoredPart) -> AuthoredPart:
    """A part below its name, as the head of a printed sheet tells it."""
    if not part.name:
        return part
    first = part.blocks[0].label if part.blocks else Label("other")
    return replace(part, blocks=(AuthoredBlock("heading", first, part.name, level=2), *part.blocks))


Change = Callable[[AuthoredBlock, AuthoredDocument], Sequence[AuthoredBlock]]


def _changed(blocks: Sequence[AuthoredBlock], document: AuthoredDocument, change: Change) -> tuple[AuthoredBlock, ...]:
    found: list[AuthoredBlock] = []
    for block, behind in zip(blocks, [*blocks[1:], None], strict=True):
        drawn = behind is not None and behind.kind == "chart"  # a chart is of the table above it
        found += [block] if drawn else change(block, document)
    return tuple(found)


def regular(rows: Sequence[Row]) -> tuple[int, int] | None:
    """From where to where the longest run of rows goes that have as many cells, none merged; its first row is the head."""
    best: tuple[int, int] | None = None
    start = 0
    while start < len(rows):
        width, end = len(rows[start].cells), start
        while end < len(rows) and len(rows[end].cells) == width and not set(MERGED) & set(rows[end].cells):
            end += 1
        if best is None or end - start > best[1] - best[0]:
            best = start, end
        start = max(end, start + 1)
    if best is None or best[1] - best[0] < LEAST_ROWS or len(rows[best[0]].cells) < LEAST_COLUMNS:
        return None
    head = rows[best[0]].cells
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in head)
    return None if 3 * figures > len(head) or sum(not cell for cell in head) > 1 else best


def _heads(block: AuthoredBlock, document: AuthoredDocument, which: int) -> Sequence[AuthoredBlock]:
    """Heads and names of fields in other words."""
    words = other_heads()

    def other(head: str) -> str:
        known = words.get(head.strip())
        return known[which % len(known)] if known else head

    def all_others(heads: Sequence[str]) -> tuple[str, ...]:
        made: list[str] = []
        for place, head in enumerate(heads):
            word = other(head)  # two columns are not called alike
            made.append(head if word in made or word in (*heads[:place], *heads[place + 1 :]) else word)
        return tuple(made)

    if block.kind == "form":
        names = all_others([field.name for field in block.fields])
        fields = (replace(field, name=name) for field, name in zip(block.fields, names, strict=True))
        return [replace(block, fields=tuple(fields))]
    if block.kind != "table":
        return [block]
    rows = []
    for row in block.rows:
        filled = [cell for cell in row.cells if cell and cell not in MERGED]
        is_head = len(filled) > 1 and 2 * sum(cell.strip() in words for cell in filled) > len(filled)
        rows.append(replace(row, cells=all_others(row.cells)) if is_head else row)
    return [replace(block, rows=tuple(rows))]


def _table(change: Callable[[list[Row], AuthoredDocument], list[Row] | None]) -> Change:
    """A change of the regular rows of tables; they stay where it gives None."""

    def of(block: AuthoredBlock, document: AuthoredDocument) -> Sequence[AuthoredBlock]:
        span = regular(block.rows) if block.kind == "table" else None
        made = change(list(block.rows[span[0] : span[1]]), document) if span else None
        if span is None or made is None:
            return [block]
        before, behind = list(block.rows[: span[0]]), list(block.rows[span[1] :])
        width = max(len(row.cells) for row in made)
        return [replace(block, rows=tuple(_wide(row, width) for row in (*before, *made, *behind)))]

    return of


def _wide(row: Row, width: int) -> Row:
    """A row of at least so many cells: a line over the whole table stays one."""
    lacking = width - len(row.cells)
    if lacking <= 0:
        return row
    filler = "<" if len(row.cells) > 1 and set(row.cells[1:]) == {"<"} else ""
    return replace(row, cells=(*row.cells, *[filler] * lacking))


def _turned(rows: list[Row], _: AuthoredDocument) -> list[Row] | None:
    """A sheet of figures with its columns as rows."""
    head, *body = rows
    if len(rows) > MOST_TURNED + 1 or len(head.cells) > MOST_TURNED or _tells(body):
        return None
    return [
        Row((name, *(row.cells[place] for row in body)), head.label if place == 0 else body[0].label)
        for place, name in enumerate(head.cells)
    ]


def _tells(body: Sequence[Row]) -> bool:
    """Whether a column of the rows tells something in words."""
    columns = zip(*(row.cells for row in body), strict=True)
    return any(sum(len(cell) >= LONG_CELL for cell in column) * 2 >= len(body) for column in columns)


def _counts(body: Sequence[Row]) -> bool:
    """Whether a third of the columns of the rows hold figures: a sheet, not a register of cases."""
    columns = list(zip(*(row.cells for row in body), strict=True))[1:]
    counting = sum(sum(_FIGURE.fullmatch(cell) is not None for cell in column) * 2 > len(body) for column in columns)
    return 3 * counting > len(columns)


def _shuffled(rows: list[Row], document: AuthoredDocument) -> list[Row] | None:
    """The columns behind the first in another order, the same for each paper whenever it is made; none where a column follows
    from its place: months, marks, empty heads.
    """
    head = rows[0].cells
    if not all(head) or any(len(name) <= 3 for name in head[1:]):
        return None
    places = sorted(range(1, len(head)), key=lambda place: hashlib.sha256(f"{document.id} {place}".encode()).digest())
    return [replace(row, cells=(row.cells[0], *(row.cells[place] for place in places))) for row in rows]


def _numbered(rows: list[Row], document: AuthoredDocument) -> list[Row] | None:
    """A running number before each row; where there is one, an empty column."""
    head, *body = rows
    if _NUMBERED.match(head.cells[0]):
        return [replace(row, cells=("", *row.cells)) for row in rows]
    numbers = iter(range(1, len(rows)))
    name = _NUMBERS.get(document.language, "No.")
    made = [replace(head, cells=(name, *head.cells))]
    return made + [replace(row, cells=(str(next(numbers)) if any(row.cells[1:]) else "", *row.cells)) for row in body]


def _two_rows(rows: list[Row], _: AuthoredDocument) -> list[Row] | None:
    """Units in a row below the heads; where no head has one, an empty row below them."""
    head, *body = rows
    units = [_UNIT.fullmatch(name) for name in head.cells]
    if not any(units):
        return [head, Row(("",) * len(head.cells), head.label), *body]
    names = tuple(unit[1] if unit else name for unit, name in zip(units, head.cells, strict=True))
    below = tuple(unit[2] if unit else "" for unit in units)
    return [replace(head, cells=names), Row(below, head.label), *body]


def _cards(block: AuthoredBlock, document: AuthoredDocument) -> Sequence[AuthoredBlock]:
    """Each row of a register of cases as a form of its own."""
    span = regular(block.rows) if block.kind == "table" and document.render != "csv" else None
    body = block.rows[span[0] + 1 : span[1]] if span else ()
    if span is None or len(body) > MOST_CARDS or not _tells(body) or _counts(body):
        return [block]
    head = block.rows[span[0]].cells
    before, behind = block.rows[: span[0]], block.rows[span[1] :]
    found = [replace(block, rows=before)] if before else []
    for row in body:
        fields = [
            Field(name, cell, at, row.label)
            for at, (name, cell) in enumerate(zip(head, row.cells, strict=True))
            if name
        ]
        found.append(AuthoredBlock("form", row.label, fields=tuple(fields)))
    return found + ([replace(block, rows=behind)] if behind else [])


_DATE = re.compile(
    r"(?<![\w./-])(?:(?P<iso>20\d\d)-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>0[1-9]|[12]\d|3[01])"
    r"|(?P<day>0?[1-9]|[12]\d|3[01])(?:(?P<between>[./])(?P<month>0?[1-9]|1[0-2])(?P=between)|[ -](?P<named>"
    + "|".join(SHORT)
    + r")[a-z]*[ -])(?P<year>20\d\d))(?![\w/-]|\.\d)"
)
_MONTH_FIRST = re.compile(r"(?<![\w./-])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/20\d\d")
_EAST = ("zh", "ko", "ja")


def _dates(block: AuthoredBlock, document: AuthoredDocument) -> Sequence[AuthoredBlock]:
    """Dates in another form of the same country; those of a paper that writes the month first stay."""
    if any(_MONTH_FIRST.search(text) for one in document.blocks() for text, _ in one.labelled_texts()):
        return [block]

    def other(text: str) -> str:
        return _DATE.sub(lambda match: _written(match, document.language), text)

    return [
        replace(
            block,
            text=other(block.text),
            items=tuple(map(other, block.items)),
            rows=tuple(replace(row, cells=tuple(map(other, row.cells))) for row in block.rows),
            fields=tuple(replace(field, value=other(field.value)) for field in block.fields),
        )
    ]


def _written(match: re.Match[str], language: str) -> str:
    """The date of a match in another form: 2026-03-12 as 12 March would be written there, 12/03/2026 with a name or points."""
    if match["iso"]:
        year, month, day = match["iso"], int(match["iso_month"]), int(match["iso_day"])
        if language in _EAST:
            return f"{year}.{month}.{day}"
        return f"{day} {SHORT[month - 1]} {year}" if language == "en" else f"{day:02d}/{month:02d}/{year}"
    year, day = match["year"], int(match["day"])
    if match["named"]:
        return f"{year}-{SHORT.index(match['named']) + 1:02d}-{day:02d}"
    month = int(match["month"])
    if language == "en":
        return f"{day:02d}-{SHORT[month - 1]}-{year}"
    return (
        f"{day:02d}{'.' if match['between'] == '/' else '/'}{month:02d}{'.' if match['between'] == '/' else '/'}{year}"
    )


WAYS: Mapping[str, Change] = {
    "heads": lambda block, document: _heads(block, document, 0),
    "heads2": lambda block, document: _heads(block, document, 1),
    "turned": _table(_turned),
    "shuffled": _table(_shuffled),
    "numbered": _table(_numbered),
    "two rows": _table(_two_rows),
    "cards": _cards,
    "dates": _dates,
}
"""The ways in which a paper is written anew."""

MEDIA: Mapping[str, tuple[tuple[str, ...], str]] = {
    "printed": (("xlsx", "xls", "docx", "pptx"), "pdf"),
    "typed": (("pdf", "scan"), "docx"),
    "scanned": (("xlsx", "xls", "docx", "pptx", "pdf"), "scan"),
}
"""The ways in which a paper is sent as a file of another kind: the kinds it may be of, the kind it becomes."""

OF_ITS_KIND = frozenset({"created", "modified", "modified_by", "hidden_text", "overlay", "damage", "author"})
"""What files of one kind tell and others do not: who saved them and when, hidden words, typed words over a scan."""
