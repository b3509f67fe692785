"""Figures of two periods or more set side by side, and what a sentence says of them: lower in all points and told to have risen.

Columns or rows may be years, months or what was before and after an action; what is counted need be no known measure.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.indicators import SHARE, measure_of, says
from evidence.facts.months import MONTHS
from evidence.facts.numbers import amount
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import TableRow, ToldTable, sentences, tables_of
from evidence.flags.trends import BETTER, FALLS, RISES, WORSE
from evidence.flags.trends import says as tells
from evidence.model import DocumentReport
from evidence.titles import title_of

MOVED = 0.02
"""Share of its earlier figure by which a later one differs for sure."""

_ALL = phrases("said_met", "all")
_BAD, _EARLIER, _LATER, _HELPED = (
    phrases(*name) for name in (("series", "bad"), ("trends", "earlier"), ("trends", "later"), ("trends", "helped"))
)
_PERIOD = late(
    r"(?:19|20|25)\d\d\s?(?:年|년|ปี)?|(?:fy ?)?\d{2,4}/\d{2,4}|[qhw]\d{1,2}(?:[ /-]?\d{2,4})?|\d\. ?(?:çeyrek|quarter)|\d{1,2} ?(?:月|월)|"
    r"(?:wk|week|tháng|tuần|quý|bulan|minggu|triwulan|ไตรมาส|เดือน|สัปดาห์|第) ?\d{1,2} ?(?:周|季度|季)?(?:[ /-]\d{2,4})?"
)
_FIGURE = late(r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?\s?(?:%|‰|ppm|[^\W\d_]{1,8})?")
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Moved:
    """What is counted, the row or column it stands in, and its figures from the earliest period to the last."""

    label: str
    row: TableRow
    values: tuple[float, ...]

    @property
    def way(self) -> int:
        """1 where every later figure is above the first one, -1 where below; 0 for anything else."""
        first, *later = self.values
        if all(value > first + MOVED * abs(first) for value in later):
            return 1
        return -1 if all(value < first - MOVED * abs(first) for value in later) else 0


def said_of_periods(bundle: Bundle) -> Iterator[Finding]:
    """The first sentence of each paper that says the opposite of what all its compared figures do."""
    for document in bundle.read:
        if is_example(document) or document.kind in ("manual", "procedure", "blank_form", "certificate"):
            continue
        moved = list(_moved_in(document))
        if not moved:
            continue
        for passage, sentence in sentences(document):
            folded = fold(sentence)
            clauses = [clause for clause in _CLAUSES.split(folded) if clause.strip()]
            found = _against(document, moved, folded) or next(
                (
                    found
                    for clause in clauses[:MOST_CLAUSES]
                    if len(clauses) > 1 and (found := _of_clause(moved, clause))
                ),
                None,
            )
            if found:
                one, what = found
                yield Finding(
                    {"name": name_of(document.path), "what": f"'{one.label[:60]}': {what}"},
                    (cite(document, passage, sentence), cite(document, one.row.passage, one.row.line)),
                )
                break


def _moved_in(document: DocumentReport) -> Iterator[Moved]:
    for table in tables_of(document):
        found = list(_across(table)) or list(_down(table))
        yield from found
    if document.kind == "corrective_action_record":
        yield from _in_lines(document)


def _in_lines(document: DocumentReport) -> Iterator[Moved]:
    """The shares of what was bad that a case tells of two months in two of its lines: ``April 2026: 214 rejected of 9,870 = 2.17 %``."""
    told: dict[int, tuple[float, str, TableRow]] = {}
    for passage, sentence in sentences(document):
        folded = fold(sentence)
        shares, months = _SHARE.findall(folded), _months_of(folded)
        bad = _BAD.search(folded)
        if len(shares) == 1 and len(months) == 1 and bad:
            found = amount(shares[0], _COMMA.search(shares[0]) is not None)
            if found is None or (months[0] in told and told[months[0]][0] != found.value):
                return
            told[months[0]] = found.value, bad[0], TableRow(passage, sentence, [folded])
    if len(told) == PERIODS:
        (first, label, _), (last, _, row) = (told[month] for month in sorted(told))
        yield Moved(label, row, (first, last))


_SHARE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?%")
_MONTH = late(
    rf"(?<![^\W_])(?P<name>{'|'.join(sorted(map(re.escape, MONTHS), key=len, reverse=True))})\.?[ ,'-]{{0,2}}(?P<year>20\d\d)|"
    r"(?:tháng )?(?<![\d./-])(?P<m>\d{1,2})[/.-](?P<y>20\d\d)(?![\d/.-])|(?P<y2>20\d\d)(?:-|年\s?|년\s?)(?P<m2>\d{1,2})\s?[月월]?(?![\d-])"
)


def _months_of(folded: str) -> list[int]:
    """The months with their years that a text names, as months since the year 0."""
    return [
        int(m["year"] or m["y"] or m["y2"]) * 12 + (MONTHS[m["name"]] if m["name"] else int(m["m"] or m["m2"]))
        for m in _MONTH.finditer(folded)
    ]


def _across(table: ToldTable) -> Iterator[Moved]:
    """Rows whose columns are two periods: ``Question | 2025 | 2026``."""
    columns = [
        at
        for at, head in enumerate(table.head)
        if at and (_is_period(head) or (len(head) <= LONGEST_PERIOD and _YEAR.search(head)))
    ]
    if len(columns) != PERIODS or not _in_order([table.head[at] for at in columns]):
        return
    for row in table.rows:
        if len(row.cells) > max(columns):
            values = [_value(row.cells[at]) for at in columns]
            label = next((cell for cell in row.cells[: columns[0]] if any(map(str.isalpha, cell))), "")
            if label and all(value is not None for value in values) and not says(label, "target"):
                yield Moved(label, row, tuple(value for value in values if value is not None))


PERIODS = 2


def _in_order(heads: Sequence[str]) -> bool:
    """Whether of two heads the first is the earlier one; of years the smaller, else by their words."""
    if any(says(head, "target") for head in heads):
        return False
    years = [int(match[0]) for head in heads if (match := _YEAR.search(head))]
    if len(years) == len(heads) and len(set(years)) > 1:
        return years == sorted(years)
    parts = [re.findall(r"\d+", _YEAR.sub(" ", head)) for head in heads]
    if len(years) == len(heads) and all(len(part) == 1 for part in parts):
        return [int(part[0]) for part in parts] == sorted({int(part[0]) for part in parts})
    if years:
        return False
    return _EARLIER.search(heads[0]) is not None and _EARLIER.search(heads[-1]) is None


def _is_period(cell: str) -> bool:
    bare = cell.strip(" .()")
    if not 0 < len(bare) <= LONGEST_PERIOD:
        return False
    return (
        _PERIOD.fullmatch(bare) is not None
        or re.split(r"[ ./-]", bare)[0] in MONTHS
        or _EARLIER.search(bare) is not None
        or _LATER.search(bare) is not None
    )


_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
LONGEST_PERIOD = 28
"""Letters of a cell that names a period: ``May (before)``, ``after the change, July``."""


def _down(table: ToldTable) -> Iterator[Moved]:
    """The share or the lone figure of rows that are periods, the first of them before an action or the earliest."""
    rows = list(itertools.takewhile(lambda row: _is_period(row.cells[0]), table.rows))
    if len(rows) < PERIODS:
        return
    if len(rows) < LEAST_RUN and not _EARLIER.search(rows[0].cells[0]):
        return
    width = min(len(table.head), *(len(row.cells) for row in rows))
    columns = {
        at: values
        for at in range(1, width)
        if table.head[at] and not says(table.head[at], "target") and len(values := _column(rows, at)) == len(rows)
    }
    shares = [at for at in columns if SHARE.search(table.head[at]) or "ppm" in table.head[at]]
    chosen = shares if len(shares) == 1 else list(columns) if len(columns) == 1 else []
    for at in chosen:
        label = table.head[at]
        if label.strip() == "%":
            label = " ".join((*(table.head[n] for n in range(1, at) if _BAD.search(table.head[n])), "%"))
        yield Moved(label, rows[-1], tuple(columns[at]))


LEAST_RUN = 3
"""Periods of a run none of which is called the earlier one."""


def _column(rows: Sequence[TableRow], at: int) -> list[float]:
    return [value for row in rows if (value := _value(row.cells[at])) is not None]


def _value(cell: str) -> float | None:
    if not _FIGURE.fullmatch(cell):
        return None
    match = re.match(r"[-+]?[\d.,]*\d(?: \d{3})*", cell)
    found = amount(match[0], _COMMA.search(cell) is not None) if match else None
    return found.value if found else None


def _against(document: DocumentReport, moved: Sequence[Moved], folded: str) -> tuple[Moved, str] | None:
    """What a sentence says against figures that all go one way, or against those that it names."""
    words = set(_WORD.findall(folded))
    named = [one for one in moved if set(_WORD.findall(one.label)) & words]
    titled = words & set(_WORD.findall(title_of(document)))
    alone = len(moved) == 1 and document.kind == "corrective_action_record"  # what a case counts is its own defect
    over_all = moved if alone or (_ALL.search(folded) and (titled or measure_of(folded))) else []
    for group in (named, over_all):
        ways = {one.way for one in group}
        if len(ways) != 1 or 0 in ways:
            continue
        way = ways.pop()
        wanted = _wanted(group, folded)
        rises, falls = tells(RISES, folded), tells(FALLS, folded)
        better, worse = tells(BETTER, folded) or tells(_HELPED, folded), tells(WORSE, folded)
        if _of_other(group, folded):
            continue
        if rises and not falls and not worse and way < 0:
            return group[0], "it falls, and is said to rise"
        if falls and not rises and not tells(BETTER, folded) and way > 0:
            return group[0], "it rises, and is said to fall"
        if better and not worse and not rises and not falls and wanted == -way:
            return group[0], "it gets worse, and is said to get better"
    return None


_CLAUSES = re.compile(r"[,;，；、](?!\d)|\s(?:and|but|while|và|còn|dan|sedangkan|และ|ve|ama)\s")
MOST_CLAUSES = 12
"""Clauses of a sentence that are looked at one by one."""


def _of_clause(moved: Sequence[Moved], clause: str) -> tuple[Moved, str] | None:
    """What a clause says against the one row that it names best: of several things each may have gone its own way."""
    words = set(_WORD.findall(clause))
    shared = [(len(set(_WORD.findall(one.label)) & words), one) for one in moved]
    most = max((count for count, _ in shared), default=0)
    best = [one for count, one in shared if count == most]
    if most < LEAST_SHARED or len(best) != 1 or not best[0].way or _of_other(best, clause):
        return None
    rises, falls = tells(RISES, clause), tells(FALLS, clause)
    if rises == falls or tells(BETTER, clause) or tells(WORSE, clause):
        return None
    if rises and best[0].way < 0:
        return best[0], "it falls, and is said to rise"
    return (best[0], "it rises, and is said to fall") if falls and best[0].way > 0 else None


LEAST_SHARED = 1
"""Words of the name of a row that a clause must hold."""


def _of_other(group: Sequence[Moved], folded: str) -> bool:
    """Whether a sentence is about another measure than each of the figures."""
    told = measure_of(folded)
    known = [measure_of(one.label) for one in group]
    return told is not None and all(measure is not None and measure.id != told.id for measure in known)


def _wanted(group: Sequence[Moved], folded: str) -> int:
    """1 where more of what is counted is better, -1 where less is; 0 where nothing tells."""
    for text in (folded, *(one.label for one in group)):
        if (measure := measure_of(text)) and measure.better in ("lower", "higher"):
            return 1 if measure.better == "higher" else -1
    return -1 if _BAD.search(folded) or all(_BAD.search(one.label) for one in group) else 0


_WORD = re.compile(r"[^\W\d_]{4,}|[\u0e00-\u9fff\uac00-\ud7a3]{2,}")
