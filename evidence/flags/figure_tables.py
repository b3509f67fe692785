"""Tables of figures as the text of a paper tells them: rows that are called something, under heads; lists told in sentences among them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from evidence.bundle import Bundle, is_example
from evidence.data import table
from evidence.facts.months import MONTHS
from evidence.facts.numbers import Amount, amount, parse, uses_decimal_comma
from evidence.facts.row_numbers import unnumbered_lines
from evidence.facts.text import KEPT_TEXTS, fold, late, lettered, phrases
from evidence.flags.month_tables import named_rows
from evidence.flags.registry import name_of
from evidence.model import DocumentReport, Passage
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

MOST_ROWS = 300
"""Rows of a table that are set beside those of another."""

LEAST_TOLD = 2
"""Figures of a list told in sentences from which it is a table."""


@dataclass(frozen=True)
class FigureRow:
    """A row: its cells as they stand, and the line and passage that it is."""

    cells: tuple[str, ...]
    line: str
    passage: Passage

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """For each cell what it names, without signs and words for a bound; empty where it holds a figure or nothing."""
        return tuple(key_of(cell) for cell in self.cells)


@dataclass(frozen=True)
class FigureTable:
    """A table of one paper: the words above it, its heads, its rows, and whether it is a list told in sentences."""

    document: DocumentReport
    title: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    told: bool = False
    part: int = 1

    @cached_property
    def figures(self) -> dict[int, dict[int, Amount]]:
        """The figures of each column by row."""
        comma = uses_decimal_comma([cell for row in self.rows for cell in row.cells])
        found: dict[int, dict[int, Amount]] = {}
        for at, row in enumerate(self.rows):
            for index, cell in enumerate(row.cells):
                if cell and (figure := figure_of(cell, comma)):
                    found.setdefault(index, {})[at] = figure
        return found

    def head(self, index: int) -> str:
        """The head of a column, folded."""
        return fold(self.heads[index]) if index < len(self.heads) else ""


def figure_of(cell: str, comma: bool = False) -> Amount | None:
    """The figure of a cell, with the unit or the class of what is counted behind it: ``29 / 40`` is none."""
    if found := amount(cell, comma):
        return found
    match = _COUNTED.fullmatch(cell.strip())
    parsed = parse(match[1], comma) if match else None
    return Amount(parsed[0], fold(match[2]), parsed[1]) if match and parsed else None


_COUNTED = re.compile(r"(\d[\d.,]*)\s?([^\W\d_]{1,12}\.?)")


def key_of(cell: str) -> str:
    """What a cell names, in one form; empty where it holds a figure, a single sign or nothing."""
    if not cell or amount(cell) is not None:
        return ""
    folded = fold(cell)
    if any(map(str.isdigit, folded)):
        folded = _BOUND.sub(" ", folded)
    return " ".join(_SIGNS.sub(" ", folded).split())


_BOUND = phrases("metrics_flags", "bound")
_SIGNS = re.compile(r"[^\w%]+")


@remembered
def figure_tables(bundle: Bundle) -> list[FigureTable]:
    """The tables of all papers of a bundle that record something."""
    return [
        made
        for document in bundle.read
        if document.kind not in RULES_AND_FORMS and not is_example(document)
        for part in sorted({passage.part for passage in document.passages})
        for made in _of_part(document, part)
    ]


def _of_part(document: DocumentReport, part: int) -> Iterator[FigureTable]:
    lines = [(passage, line) for passage, line in document.lines(part) if line.strip()]
    above = ""
    for piped, group in itertools.groupby(lines, lambda pair: "|" in pair[1]):
        told = list(group)
        heading = " ".join(told[0][0].heading[-2:])
        if not piped:
            above = " ".join(line for _, line in told[-2:])
            if made := _told(document, told, f"{name_of(document.path)} {heading}"):
                yield made
            continue
        cells = unnumbered_lines(named_rows(told[:MOST_ROWS]))
        rows = [FigureRow(tuple(own), line, p) for own, (p, line) in zip(cells, told, strict=False)]
        at = 0
        for start, end in itertools.pairwise([*_heads(rows), len(rows)]):
            title = fold(f"{name_of(document.path)} {heading} {above} {' '.join(row.line for row in rows[at:start])}")
            yield _parted(FigureTable(document, title, rows[start].cells, tuple(rows[start + 1 : end]), part=part))
            at = end


def _heads(rows: Sequence[FigureRow]) -> Iterator[int]:
    """The rows that head a table: two names or more and no figure, above one that has figures."""
    for at, row in enumerate(rows[:-1]):
        named = [cell for cell in row.cells if cell]
        figures = any(figure_of(cell) for cell in rows[at + 1].cells) or _PARTED.search(rows[at + 1].line)
        if len(named) > 1 and figures and not any(figure_of(cell) for cell in named) and all(map(_is_name, named)):
            yield at


def _is_name(cell: str) -> bool:
    return lettered(cell) or cell in "%#№"


_PARTED = re.compile(r"(?:^|\|)\s*\d[\d.,]*\s*/\s*\d[\d.,]*\s*(?:\||$)")
_PART = re.compile(r"(\d[\d.,]*)\s*/\s*(\d[\d.,]*)")


def _parted(whole: FigureTable) -> FigureTable:
    """The table with its columns of two figures each, ``315 / 2`` under ``Sample / found``, parted into two."""
    width = len(whole.heads)
    for index in range(width - 1, -1, -1):
        cells = [row.cells[index] for row in whole.rows if index < len(row.cells) and row.cells[index]]
        if len(cells) < LEAST_TOLD or not all(_PART.fullmatch(cell) for cell in cells) or _are_days(cells):
            continue
        names = [part.strip() for part in whole.heads[index].split("/")]
        pair = names if len(names) == 2 else [whole.heads[index]] * 2
        rows = tuple(_split(row, index) for row in whole.rows)
        whole = replace(whole, heads=(*whole.heads[:index], *pair, *whole.heads[index + 1 :]), rows=rows)
    return whole


def _are_days(cells: Sequence[str]) -> bool:
    """Whether pairs of figures are days, ``05/10`` and ``27/10``: a count has no zero before it, and a part is never more than its whole in
    one row and less in another.
    """
    pairs = [tuple(map(str.strip, cell.split("/"))) for cell in cells]
    if not all(len(one) <= LONGEST_DAY and len(other) <= LONGEST_DAY for one, other in pairs):
        return False
    more = [int(one) > int(other) for one, other in pairs if one != other and (one + other).isdigit()]
    return any(part[0] == "0" < part[1:] for pair in pairs for part in pair) or (any(more) and not all(more))


LONGEST_DAY = 2
"""Digits of a day or month."""


def _split(row: FigureRow, index: int) -> FigureRow:
    match = _PART.fullmatch(row.cells[index]) if index < len(row.cells) else None
    parts = match.groups() if match else ("", "")
    return FigureRow((*row.cells[:index], *parts, *row.cells[index + 1 :]), row.line, row.passage)


_PIECES = re.compile(r"[,;:.]\s+|[，；、。：]|\s[-–—]\s|[()（）]|\.$")
_NAMED = re.compile(
    r"(?P<name>(?=.*[^\W\d_]).*?[^\s:=])\s*[:=]?\s*(?<![\d.,/-])(?P<figure>\d[\d.,]*)\s?(?P<unit>%|[^\W\d_]{1,10}\.?)?"
)
_DAY = re.compile(r"\d{1,4}[/-]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{2,4}|(?:19|20)\d\d$")


def _told(document: DocumentReport, lines: Sequence[tuple[Passage, str]], title: str) -> FigureTable | None:
    """What sentences and lists tell in pairs of a name and its figure: ``Corrugator 16.0 h, flexo 11.5 h``."""
    rows = []
    for passage, line in lines:
        for piece in _PIECES.split(line.strip(" -•*")):
            match = _NAMED.fullmatch((piece or "").strip())
            if match and not _DAY.search(match["figure"]) and len(match["name"]) <= LONGEST_NAME:
                unit = f" {match['unit']}" if match["unit"] else ""
                rows.append(FigureRow((match["name"].strip(), match["figure"].rstrip(".,") + unit), line, passage))
    if len(rows) < LEAST_TOLD:
        return None
    told = " ".join(dict.fromkeys(row.line for row in rows[:MOST_ROWS]))
    return FigureTable(document, fold(f"{title} {told}"), ("", ""), tuple(rows[:MOST_ROWS]), True, lines[0][0].part)


_BEHIND = re.compile(
    r"(?<![\w.,/:-])(?P<figure>\d[\d.,]*)\s?(?P<name>[^\W\d_][^\W\d]*(?:(?: [^\W\d_]+){0,2} not [^\W\d_]+|(?: [^\W\d_]+){0,2}))"
)


def counted_in(text: str) -> Iterator[tuple[str, str]]:
    """The figures of a sentence with what they count, before or behind them: ``NG 23``, ``4 minor``, ``全检不良 94 件``."""
    for piece in _PIECES.split(text.strip(" -•*")):
        for part in _CLAUSES.split((piece or "").strip()):
            match = _NAMED.fullmatch(part.strip())
            if match and fold(match["unit"] or "") in MONTHS:
                continue  # the day of something: tested again 10 October
            if match and len(match["name"]) <= LONGEST_NAME and not _DAY.search(match["figure"]):
                yield match["name"], f"{match['figure'].rstrip('.,')}"
            for behind in _BEHIND.finditer(part):
                yield behind["name"], behind["figure"].rstrip(".,")


_CLAUSES = late(rf"\s(?:{phrases('trends', 'joining').pattern})\s")

LONGEST_NAME = 40
"""Letters of a name before its figure."""

CLASSES = tuple(name for name in table("words")["same_figures"] if name != "another")
"""What a column or field can count."""


def classes_of(label: str) -> frozenset[str]:
    """The classes of what a folded label counts. A word within a longer one of another class says nothing: what did not pass is none of
    what passed.
    """
    return _classes_of(label[:LONGEST_LABEL])


LONGEST_LABEL = 1_000
"""Letters of a label or title in which classes are sought."""


@lru_cache(KEPT_TEXTS)
def _classes_of(label: str) -> frozenset[str]:
    found = {name: [match.span() for match in phrases("same_figures", name).finditer(label)] for name in CLASSES}
    every = [span for spans in found.values() for span in spans]
    named = {name for name, spans in found.items() if any(not _is_within(span, every) for span in spans)}
    if _LOT.search(label) and _QUANTITY.search(label):
        named.add("lot_size")
    return frozenset(named - {"findings"} if named & {"minor", "major"} else named)


def _is_within(span: tuple[int, int], every: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in every)


_LOT, _QUANTITY = phrases("lot_quantities", "lots"), phrases("lot_quantities", "quantities")
