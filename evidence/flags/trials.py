"""The tests that the tables of a paper hold, whatever their shape: one in each row, one in each column below its number, or the whole
table below the line that names what was tested.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.bundle import Bundle, is_example
from evidence.facts.identifiers import role_of_head
from evidence.facts.limit_columns import NOT_READING, named
from evidence.facts.limits import limits
from evidence.facts.text import fold, late, phrases
from evidence.flags.reading_columns import is_set
from evidence.flags.registry import name_of
from evidence.lots import LOT_ROLES, is_lot
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS, calls_itself, reads_no_piece

FIGURE = re.compile(r"-?\d{1,7}(?:[.,]\d{1,6})?")
"""A figure as a cell holds it."""

LEAST_CELLS = 3
"""Cells of a row of a table."""

MOST_ROWS = 300
"""Rows of a table that are looked at."""

MOST_ABOVE = 3
"""Lines above a table that name what was tested."""

UNFILLED = 2
"""Cells at the end of a row that may be left out."""

_SIDE = re.compile(r"\s?[/;；、]\s?|,\s+|\s+")
_BESIDE = re.compile(r"-?\d{1,6}(?:[.,]\d{1,4})?(?:(?:\s?[/;；、]\s?|,\s+|\s+)-?\d{1,6}(?:[.,]\d{1,4})?){1,9}")
_UNIT = re.compile(r"\s?(?:%|°c?|[^\W\d_]{1,4}(?:/[^\W\d_]{1,3})?)$", re.IGNORECASE)
_DAY = re.compile(
    r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\.?|\d{1,2}[ -][^\W\d_]{3,9}\.?(?:[ -]\d{2,4})?|\d{1,2}[月월] ?\d{1,2}[日일]?"
)
_CODE = re.compile(r"(?=(?:\D*\d){2})[^\W_][\w/.#-]{2,23}")
_CODE_IN_TEXT = re.compile(
    r"(?<![\w/.-])(?=(?:[\w/-]*?\d){3})(?=[\w/-]*(?:[A-Za-z]|\d-\d))[A-Za-z0-9][\w/-]{3,23}(?![\w/-])"
)
_HEADS_DAY = phrases("paper_days", "of_record")
_COUNTS = late("|".join(phrases("paper_days", name).pattern for name in ("counted", "priced")))
_QUANTITY = phrases("traceability_flags", "quantities")
_PIECE = phrases("traceability_flags", "piece")


@dataclass(frozen=True)
class Trial:
    """One test: what it is called by, the heads and the figures of its readings in order, and where it stands."""

    document: DocumentReport
    passage: Passage
    line: str
    names: tuple[str, ...]
    """Numbers of lots or pieces, place by place; empty where none stands."""
    melts: frozenset[str]
    """Numbers of what several lots are made of: a heat, a coil."""
    days: frozenset[str]
    labels: tuple[str, ...]
    figures: tuple[str, ...]
    rows: tuple[int, ...]
    """For each figure the number of its row of one feature; figures of one row have the same number."""

    @property
    def name(self) -> str:
        """What it is called by."""
        return next(iter((*self.names, *sorted(self.days))), "")


@dataclass(frozen=True)
class _Table:
    passage: Passage
    above: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Passage, str, tuple[str, ...]], ...]


def trials_of(bundle: Bundle, document: DocumentReport) -> Iterator[Trial]:
    """The tests of a paper; none of one that records none."""
    if document.kind in RULES_AND_FORMS or reads_no_piece(document) or is_example(document):
        return
    if document.kind == "other" and bundle.document_day(document) is None:
        return
    if not calls_test(document) and (document.kind != "traceability_record" or _SET.search(_title(document))):
        return
    for table in _tables(document):
        rows = list(_in_rows(document, table))
        yield from rows
        if not rows:
            columns = list(_in_columns(document, table))
            yield from columns or _as_whole(document, table)


def _tables(document: DocumentReport) -> Iterator[_Table]:
    """The tables of a paper: rows between lines that are none; a row of heads begins a new one."""
    for part in sorted({passage.part for passage in document.passages}):
        above: list[str] = []
        heads: tuple[str, ...] = ()
        rows: list[tuple[Passage, str, tuple[str, ...]]] = []
        told = [
            (passage, line)
            for passage in document.passages
            if passage.part == part and not passage.hidden and passage.source != "ocr"
            for line in passage.text.splitlines()
        ]
        for passage, line in told:
            cells = tuple(cell.strip() for cell in line.split("|"))
            if (
                len(cells) >= LEAST_CELLS
                and heads
                and len(heads) - UNFILLED <= len(cells) <= len(heads)
                and not _heads(cells)
            ):
                rows.append((passage, line, (*cells, *[""] * (len(heads) - len(cells)))))
                continue
            if len(rows) > 0 and len(rows) <= MOST_ROWS:
                yield _Table(rows[0][0], tuple(above), heads, tuple(rows))
            if len(rows) > 0:
                above = []
            rows = []
            heads = cells if len(cells) >= LEAST_CELLS and _heads(cells) else ()
            if not heads:
                above = (
                    [*above[-MOST_ABOVE + 1 :], *passage.heading[-1:], line]
                    if not above
                    else [*above[-MOST_ABOVE + 1 :], line]
                )
            elif not above:
                above = list(passage.heading[-1:])
        if 0 < len(rows) <= MOST_ROWS:
            yield _Table(rows[0][0], tuple(above), heads, tuple(rows))


def _heads(cells: Sequence[str]) -> bool:
    """Whether a row heads others: words, or words beside numbers and limits, and no figure read but sizes that count on."""
    figures = [cell for cell in cells if FIGURE.fullmatch(cell)]
    worded = [cell for cell in cells if any(map(str.isalpha, cell)) and not _is_code(cell)]
    if any(_DAY.fullmatch(cell) for cell in cells[:2]):
        return False
    if figures == [str(number + 1) for number in range(len(figures))] and len(figures) > 1:
        return bool(worded)
    return len(worded) >= LEAST_HEADS and len(figures) < len(worded) * 3 and _ordered(figures)


LEAST_HEADS = 2
"""Words of a row of heads."""


def _ordered(figures: Sequence[str]) -> bool:
    """Whether figures are the numbers or sizes of columns, each beyond the one before."""
    values = [float(figure.replace(",", ".")) for figure in figures]
    return values == sorted(set(values)) and len(values) != 1


def _is_code(cell: str) -> bool:
    lettered = any(map(str.isalpha, cell)) and limits(cell) == (None, None)
    return lettered and _CODE.fullmatch(cell) is not None and not _DAY.fullmatch(cell)


def _readings(cell: str) -> list[str]:
    """The figures that a cell holds, and nothing else but their unit."""
    bare = _UNIT.sub("", cell)
    if FIGURE.fullmatch(bare):
        return [bare]
    return _SIDE.split(bare) if _BESIDE.fullmatch(bare) and not _DAY.fullmatch(bare) else []


def _tells_none(head: str, cells: Sequence[str] = ()) -> bool:
    """Whether a head is none of readings: of limits, numbers of rows and pieces, days, and of whole numbers quantities and prices."""
    folded = fold(head)
    return bool(
        is_set(head)
        or (not any("." in cell or "," in cell for cell in cells) and _COUNTS.search(folded))
        or NOT_READING.search(folded)
        or _QUANTITY.search(folded)
        or _HEADS_DAY.search(folded)
        or role_of_head(head)
        or named("inspection", "summed", head)
        or not any(map(str.isalnum, head))
    )


def _in_rows(document: DocumentReport, table: _Table) -> Iterator[Trial]:
    """A test in each row that has a number or a day of its own."""
    columns = list(zip(*(cells for _, _, cells in table.rows), strict=True))
    roles = [role_of_head(head) for head in table.heads]
    figures: list[int] = []
    codes: list[int] = []
    days: list[int] = []
    melts: list[int] = []
    for at, (head, column) in enumerate(zip(table.heads, columns, strict=True)):
        filled = [cell for cell in column if any(map(str.isalnum, cell))]
        if len(filled) * 2 < len(column) or not filled:
            continue
        most = len(filled) * 3
        if sum(_DAY.fullmatch(cell) is not None for cell in filled) * 4 >= most and (
            _HEADS_DAY.search(fold(head)) or at == 0
        ):
            days.append(at)
        elif roles[at] in LOT_ROLES and sum(any(map(str.isdigit, cell)) for cell in filled) * 4 >= most:
            (melts if roles[at] == "heat" or _PIECE.search(fold(head)) else codes).append(at)
        elif sum(bool(_readings(cell)) for cell in filled) * 4 >= most:
            if not _tells_none(head, filled) and not _counts(filled):
                figures.append(at)
        elif roles[at] is None and not is_set(head) and sum(_is_code(cell) for cell in filled) * 4 >= most:
            codes.append(at)
    figures = _without_quantities(table.heads, columns, figures)
    lots = [at for at in codes if roles[at] in LOT_ROLES]
    if not lots and melts:
        codes, melts = [*codes, *melts], []  # heats are what was tested
    if not figures or not (codes or days) or len(table.rows) < LEAST_ROWS:
        return
    found: list[Trial] = []
    for passage, line, cells in table.rows:
        read = [(at, figure) for at in figures for figure in _readings(cells[at])]
        names = tuple(cells[at] for at in (lots or codes))
        if not read or not (any(names) or any(cells[at] for at in days)):
            continue
        made = Trial(
            document,
            passage,
            line,
            names,
            frozenset(cells[at] for at in melts if cells[at]),
            frozenset(cells[at] for at in days if cells[at]),
            tuple(fold(table.heads[at]) for at in figures),
            tuple(figure for _, figure in read),
            tuple(at for at, _ in read),
        )
        if found and any(names) and found[-1].names == names:  # the cavities or pieces of one lot, row by row
            begun = found.pop()
            made = replace(begun, figures=(*begun.figures, *made.figures), rows=(*begun.rows, *made.rows))
        found.append(made)
    yield from found


LEAST_ROWS = 2
"""Rows of a table of tests."""


def _without_quantities(heads: Sequence[str], columns: Sequence[Sequence[str]], figures: Sequence[int]) -> list[int]:
    """The columns of figures without those of whole numbers left of all with decimals: how many pieces a lot has."""
    fine = [at for at in figures if any("." in cell or "," in cell for cell in columns[at])]
    return [at for at in figures if not fine or at >= fine[0] or any(map(str.isdigit, heads[at]))]


def _counts(cells: Sequence[str]) -> bool:
    """Whether a column numbers its rows."""
    return all(cell.isdigit() for cell in cells) and [int(cell) for cell in cells] == list(
        range(int(cells[0]), int(cells[0]) + len(cells))
    )


def calls_test(document: DocumentReport) -> bool:
    """Whether a paper tells what was read of pieces: by its kind, its title, or the limits beside its figures. What goes into each batch
    and what a machine is set to is set, and the same again.
    """
    if document.kind == "calibration_record" or any(fact.kind == "readings" for fact in document.facts):
        return True
    if _TESTS.search(_title(document)) or calls_itself(document, "inspection"):
        return True
    return any(_LIMITED.search(fold(passage.text)) for passage in document.passages)


def _title(document: DocumentReport) -> str:
    first = document.passages[0]
    return fold(" ".join((name_of(document.path), *first.heading, first.text.split("\n", 1)[0])))


_TESTS = late("|".join(phrases("traceability_flags", name).pattern for name in ("inspects", "certifies")))
_SET = late(
    "|".join(phrases("traceability_flags", name).pattern for name in ("makes", "shipped", "incoming"))
    + f"|{phrases('readings_flags', 'machine_set').pattern}"
)
_LIMITED = re.compile(r"[±≤≥]|(?<![^\W_])spec(?:\.|s|ification)?(?![^\W_])")
"""What says that figures are held against something."""


def _in_columns(document: DocumentReport, table: _Table) -> Iterator[Trial]:
    """A test in each column below its number: ``Test | Limit | F90-6K02 | F90-6K05``."""
    at = [index for index, head in enumerate(table.heads) if index and (found := _CODE_IN_TEXT.search(head)) and found]
    forms = {re.sub(r"\d", "0", _number(table.heads[index])) for index in at}
    if len(at) < LEAST_ROWS or len(forms) > 1 or len({_number(table.heads[index]) for index in at}) < len(at):
        return
    rows = [row for row in table.rows if not _tells_none(row[2][0])]
    rows = [row for row in rows if all(len(_readings(row[2][index])) > 0 for index in at)]
    for index in at:
        yield Trial(
            document,
            table.passage,
            table.rows[0][1],
            (_number(table.heads[index]),),
            frozenset(),
            frozenset(),
            tuple(fold(row[2][0]) for row in rows),
            tuple(figure for row in rows for figure in _readings(row[2][index])),
            tuple(number for number, row in enumerate(rows) for _ in _readings(row[2][index])),
        )


def _number(head: str) -> str:
    found = _CODE_IN_TEXT.search(head)
    return found[0] if found else ""


def _as_whole(document: DocumentReport, table: _Table) -> Iterator[Trial]:
    """The whole table as one test of what the lines above it name, or the name of its sheet or file."""
    parts = {part.number: part.name for part in document.parts}
    above = " ; ".join((*table.above, parts.get(table.passage.part) or "" if len(parts) > 1 else ""))
    names, days = _named(document, above)
    if not names and not days:
        names, days = _named(document, name_of(document.path).rsplit(".", 1)[0].replace("_", " "))
    at = [
        index
        for index, head in enumerate(table.heads)
        if not _tells_none(head) or FIGURE.fullmatch(head)
        if any(_readings(row[2][index]) for row in table.rows)
    ]
    rows = [row for row in table.rows if not is_set(row[2][0])]
    read = [
        (number, index, figure)
        for number, (_, _, cells) in enumerate(rows)
        for index in at
        for figure in _readings(cells[index])
    ]
    if not read or not (names or days):
        return
    melts = frozenset(
        f.quote for f in document.facts if f.kind == "identifier" and f.role == "heat" and f.quote in above
    )
    yield Trial(
        document,
        table.passage,
        rows[0][1],
        names,
        melts,
        days,
        (*map(fold, table.heads), *(fold(row[2][0]) for row in rows)),
        tuple(figure for _, _, figure in read),
        tuple(number for number, _, _ in read),
    )


def _named(document: DocumentReport, text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The numbers of lots that a text names, or else what stands in it like one, and its days."""
    days = frozenset(f.value for f in document.facts if f.kind == "date" and f.role == "evidence" and f.quote in text)
    lots = [f.value for f in document.facts if is_lot(f) and f.role != "heat" and f.quote in text]
    codes = (match[0] for match in _CODE_IN_TEXT.finditer(text) if not _DAY.fullmatch(match[0]))
    return tuple(dict.fromkeys(lots or codes)), days
