"""Columns of readings whose limit stands elsewhere in their paper, found by name, by unit, or by consistency: most readings keep the limit and
are of its size and sign, and all columns that do so are alike, as those of times of the day or of places are.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence.bundle import Bundle
from evidence.facts.limit_columns import named
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.stated_limits import settled_later
from evidence.facts.text import late, phrases, table_words
from evidence.flags.limit_places import PlacedLimit, known_units, limits_in, names_in, shared_names, units_in
from evidence.flags.limits_of_papers import limits_named
from evidence.flags.reading_columns import is_set, readings_in
from evidence.flags.told_columns import told_columns
from evidence.flags.told_tables import TableRow, ToldTable, heads, tables_of
from evidence.model import DocumentReport
from evidence.remembered import remembered

LEAST_READINGS = 4
"""Readings of a column from which most of them show that a limit is theirs."""

MOSTLY = 0.6
"""Part of them that keeps it; where the limit does not say its side, ``SIDED`` lie on one."""

NAMED_MOSTLY, LEAST_KEPT = 0.4, 0.3
"""The same where the column bears the name of the limit, and where the columns beside it, which are of the same feature, make up for it."""

SIDED = 2 / 3

TIMES, NAMED_TIMES = 3, 20
"""Times a lone limit, or parts of it, between which the middle one of its readings lies; more where its column bears its name."""

ALIKE = 1.6
"""Times the middle reading of one column up to which that of another is of the same feature."""

FAR = 3.0
"""Widths of the tolerance (or times the limit) beyond which a figure is no reading of it, but a slip or another thing."""

MOST_LINES = 60
"""Lines around a table in which limits are sought, the nearest last."""

_DAY = re.compile(
    r"['’]?\d{1,4}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{1,4}\.\d{1,2}\.\d{2,4}|\d{4}\.\d{1,2}\.\d{1,2}|\d{1,2}[:h]\d{2}\s?(?:h|น\.?|am|pm)?|\d{1,2}\.\d{2}\s?(?:h|hrs|น\.?|am|pm)|\d{3,4}\s?(?:h|hrs)"
)
_NUMBERED = re.compile(
    r"\d{1,2}(?:[.:]\d{2}|[/-]\d{1,2}(?:[/-]\d{2,4})?|\s?(?:am|pm|時|시|点|點|น\.?|h))\.?|\d{3,4}\s?(?:h|hrs)|#?\d{1,2}\D{1,12}"
)
LEAST_BARS = 2


@dataclass(frozen=True)
class Bounded:
    """A column with the limits that may be its own, and its readings with their rows."""

    table: ToldTable
    index: int
    head: str
    limits: tuple[PlacedLimit, ...]
    read: tuple[tuple[TableRow, float], ...]
    others: tuple[PlacedLimit, ...] = ()
    """Limits by the same name that most readings do not keep: of other goods, which some rows may be."""

    @property
    def specs(self) -> frozenset[str]:
        """The limits in their own words."""
        return frozenset(limit.spec for limit in self.limits)

    def of_row(self, row: TableRow) -> list[PlacedLimit]:
        """The limits that hold for a row: those of its product where they name one, else all that name none."""
        at = self.table.rows.index(row)
        return [limit for limit, rows in zip(self.limits, self._rows, strict=True) if at in rows]

    @cached_property
    def _rows(self) -> list[frozenset[int]]:
        """The rows for which each limit holds: asked for each reading, worked out once."""
        return [_products(self.table, limit) for limit in self.limits]

    def beyond(self) -> list[tuple[TableRow, float, PlacedLimit]]:
        """The readings beyond all limits of their rows, near enough to be readings of them."""
        found = []
        for row, value in self.read:
            limits = self.of_row(row)
            if (
                limits
                and not any(limit.keeps(value) for limit in (*limits, *self.others))
                and any(is_near(limit, value) for limit in limits)
            ):
                found.append((row, value, limits[0]))
        return found


def is_near(limit: PlacedLimit, value: float) -> bool:
    """Whether a figure lies so near to a limit that it was read of the same thing."""
    low, high = limit.low, limit.high
    if low is not None and high is not None:
        return low - FAR * (high - low) <= value <= high + FAR * (high - low)
    end = low if low is not None else high or 0.0
    return end * value > 0 and abs(end) / FAR <= abs(value) <= abs(end) * FAR


@remembered
def bounded_columns(bundle: Bundle, document: DocumentReport) -> list[Bounded]:
    """The columns of a paper with limits from elsewhere in it."""
    return list(_bounded(bundle, document))


def _bounded(bundle: Bundle, document: DocumentReport) -> Iterator[Bounded]:
    tables = [*tables_of(document, head_of=heads_readings), *told_columns(document)]
    if not tables:
        return
    for told in tables:
        comma = uses_decimal_comma([cell for row in told.rows for cell in row.cells])
        filled = [at for at, head in enumerate(told.head) if is_set(head) and _is_filled(told, at, comma)]
        if any(_bounds(told, at, comma) for at in filled):
            continue  # each row has limits of its own
        matched = _of_rows(told, comma)
        columns = list(_columns(told, comma))
        least = MOSTLY if matched else LEAST_KEPT
        limits = (
            ()
            if matched or filled  # sizes that stand in each row: what they may be off is told elsewhere
            else dict.fromkeys(one for line in lines_for(document, told) for one in limits_in(line, comma))
        )
        for limit in limits:
            for index, sided in _matched(limit, columns):
                matched.setdefault(index, []).append(sided)
        elsewhere, others = ([], []) if matched else _of_papers(bundle, document, columns)
        for index, sided in elsewhere:
            matched.setdefault(index, []).append(sided)
        for index, head, read in columns:
            if index in matched and _keep(matched[index], read) >= (MOSTLY if elsewhere else least):
                yield Bounded(told, index, head, tuple(matched[index]), tuple(read), tuple(others))


def _of_papers(
    bundle: Bundle, document: DocumentReport, columns: Sequence["Column"]
) -> tuple[list[tuple[int, PlacedLimit]], list[PlacedLimit]]:
    """The limits that another paper of the bundle lays down for columns, by their names: the plan of a process for its log, a purchase
    specification for what came in; and those by the same names that most readings do not keep. Of a paper that the log does not name
    two columns at least are told.
    """
    for limits, linked in limits_named(bundle, document, [head for _, head, _ in columns]):
        found: list[tuple[int, PlacedLimit]] = []
        others: list[PlacedLimit] = []
        for limit in limits:
            names = names_in(f"{limit.words} {limit.around}") | ({limit.unit} - {""})
            own = [column for column in columns if shared_names(names, names_in(column[1]) | units_in(column[1]))]
            sided = _matched(limit, own) if own else []
            found += sided
            others += [limit] if own and not sided else []
        if len({index for index, _ in found}) >= (1 if linked else LEAST_TOLD):
            return found, others
    return [], []


LEAST_TOLD = 2
"""Columns of a log of which another paper tells the limits, from which it is the paper on this work."""


def _of_rows(told: ToldTable, comma: bool) -> dict[int, list[PlacedLimit]]:
    """The limits of columns that stand in rows of their own, ``limit | | 235 ~ 250``, or in one of least and one of greatest values; these
    rows leave the table.
    """
    found: dict[int, list[PlacedLimit]] = {}
    rows = []
    for row in told.rows:
        label = next((cell for cell in row.cells if cell), "")
        side = next((name for name in ("low", "high") if table_words("inspection", name).match(label)), "")
        if not side and not _LABELS.search(label):
            rows.append(row)
            continue
        for at, cell in enumerate(row.cells):
            figure = amount(cell, comma)
            if side and figure:
                low, high = (figure.value, None) if side == "low" else (None, figure.value)
                found.setdefault(at, []).append(PlacedLimit("", f"{label} {cell}", low, high, ""))
            elif not figure and cell != label:
                found.setdefault(at, []).extend(limits_in(f"limit {cell}", comma)[:1])
    if found:
        told.rows[:] = rows
    return {at: [_joined(limits)] for at, limits in found.items() if limits}


def _joined(limits: Sequence[PlacedLimit]) -> PlacedLimit:
    """The limit of a least and a greatest value that stand in rows of their own."""
    low = next((limit.low for limit in limits if limit.low is not None), None)
    high = next((limit.high for limit in limits if limit.high is not None), None)
    return PlacedLimit("", " ".join(limit.spec for limit in limits), low, high, "")


_LABELS = late(f"^(?:{table_words('inspection', 'spec').pattern}|{table_words('inspection', 'bound').pattern})")


def heads_readings(cells: list[str]) -> bool:
    """Whether cells head columns, times of the day and numbers of points among them: these run on behind a name without a figure."""
    numbered = [cell for cell in cells if _NUMBERED.fullmatch(cell)]
    if numbered and (any(map(str.isdigit, cells[0])) or not _run_on(numbered)):
        return heads(cells)
    return heads([f"at {cell}" if cell in numbered else cell for cell in cells])


def _run_on(numbered: Sequence[str]) -> bool:
    """Whether figures with a point between them, which can be readings, are times of the day: each later than the one before."""
    pointed = [float(cell) for cell in numbered if _POINTED.fullmatch(cell)]
    return all(later > earlier for earlier, later in itertools.pairwise(pointed))


_POINTED = re.compile(r"\d{1,2}\.\d{2}")


def is_day(cell: str) -> bool:
    """Whether a cell is a day or a time of the day."""
    return _DAY.fullmatch(cell) is not None


def lines_for(document: DocumentReport, told: ToldTable) -> list[str]:
    """The lines of a part outside its tables, and the fields of rows that head it."""
    part = told.rows[0].passage.part
    body = {row.line for row in told.rows}
    found: list[str] = []
    for passage in document.passages:
        if passage.part != part or passage.hidden:
            continue
        found += [heading for heading in passage.heading if heading not in found]
        for line in passage.text.splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) <= LEAST_BARS:
                found.append(line.replace("|", " "))
            elif line not in body and not _is_body(cells):
                found += [f"{label}: {value}" for label, value in itertools.pairwise(cells)]
    return list(dict.fromkeys(found))[-MOST_LINES:]


def _is_body(cells: Sequence[str]) -> bool:
    """Whether a row holds readings or heads, and no fields: most of its cells are figures, or none has one."""
    figures = sum(amount(cell) is not None for cell in cells[1:])
    return figures * 2 >= len(cells) or not any(any(map(str.isdigit, cell)) for cell in cells)


def _is_filled(told: ToldTable, at: int, comma: bool) -> bool:
    """Whether a column holds figures or limits in most rows, alone in their cells."""
    cells = [row.cells[at] for row in told.rows if at < len(row.cells)]
    return sum(bool(amount(cell, comma) or limits_in(f"limit {cell}", comma)) for cell in cells) * 2 > len(cells)


def _bounds(told: ToldTable, at: int, comma: bool) -> bool:
    """Whether a column holds what each row must keep: by its head, or because its cells write an end of it. Sizes that come again from
    row to row are those of the goods.
    """
    bounded = any(named("inspection", side, told.head[at]) for side in ("low", "high", "bound"))
    cells = [row.cells[at] for row in told.rows if at < len(row.cells)]
    written = any(not limit.open for cell in cells for limit in limits_in(f"limit {cell}", comma))
    return bounded or written or 2 * len(set(cells)) > len(cells)


def _columns(told: ToldTable, comma: bool) -> Iterator[tuple[int, str, list[tuple[TableRow, float]]]]:
    for index, head in enumerate(told.head):
        read = [
            (row, value)
            for row in told.rows
            if index < len(row.cells) and not is_day(row.cells[index])
            for value in readings_in(row.cells[index], comma)
        ]
        values = [value for _, value in read]
        counted = [later - earlier for earlier, later in itertools.pairwise(values)]
        clock = _CLOCK.search(head) and all(_HOURS.fullmatch(row.cells[index]) for row, _ in read)
        if settled_later(head, told.head):
            continue
        if not clock and len(read) >= LEAST_READINGS and set(counted) != {1.0} and any(limits_in(head, comma)) is False:
            yield index, head, read


LEAST_WORD = 4
"""Letters from which a unit is a word, as minutes or persons, which the head of its readings names."""

_SPELLED = phrases("limit_places", "spelled")
_CLOCK = phrases("limit_places", "clock")
_HOURS = re.compile(r"\d{1,2}(?:[.,]\d{2})?")


def _keep(limits: Sequence[PlacedLimit], read: Sequence[tuple[TableRow, float]]) -> float:
    """The part of readings that keeps one of the limits."""
    return sum(any(limit.keeps(value) for limit in limits) for _, value in read) / len(read)


Column = tuple[int, str, list[tuple[TableRow, float]]]


def _matched(limit: PlacedLimit, columns: Sequence[Column]) -> list[tuple[int, PlacedLimit]]:
    """The columns whose readings a limit bounds, with its side: none whose head has another unit than it. What may be off on either side
    bounds readings that are so.
    """
    if limit.low is not None and limit.low < 0 and limit.high == -limit.low:
        columns = [column for column in columns if any(value < 0 for _, value in column[2])]
    if limit.unit in known_units():
        columns = [column for column in columns if not (units := units_in(column[1])) or limit.unit in units]
    elif len(limit.unit) >= LEAST_WORD and not _SPELLED.fullmatch(limit.unit):
        columns = [column for column in columns if limit.unit in column[1]]  # 40 minutes bound no temperature
    united = [
        column
        for column in columns
        if not limit.weak and limit.unit in known_units() and limit.unit in units_in(column[1])
    ]
    for words in (limit.words, limit.behind, limit.around):
        names = names_in(words)
        named = [column for column in columns if shared_names(names, names_in(column[1]))]
        both = [column for column in named if column in united]
        named = (
            both if both or (united and words == limit.around) else named
        )  # its unit tells more than words of its line
        least = NAMED_MOSTLY if words != limit.around else MOSTLY
        fitting = _fitting(limit, named, NAMED_TIMES, least) if named else []
        if fitting or (named and not limit.behind):
            return fitting
    if united:
        fitting = _fitting(limit, united, TIMES)
        return fitting if _are_alike(fitting, columns) else []
    if limit.weak:
        return []
    fitting = _fitting(limit, columns, TIMES)
    return fitting if _are_alike(fitting, columns) else []


def _are_alike(fitting: Sequence[tuple[int, PlacedLimit]], columns: Sequence[Column]) -> bool:
    """Whether columns are of one feature: their middle readings lie together."""
    indexes = {index for index, _ in fitting}
    middles = [abs(_middle([value for _, value in read])) for index, _, read in columns if index in indexes]
    return bool(middles) and max(middles) <= ALIKE * min(middles)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _fitting(
    limit: PlacedLimit, columns: Sequence[Column], times: float, least: float = MOSTLY
) -> list[tuple[int, PlacedLimit]]:
    """The columns of which most readings keep a limit and are of its size."""
    found = []
    short: list[tuple[int, PlacedLimit]] = []
    every = [value for _, _, read in columns for _, value in read if _is_of_size(limit, value, times)]
    for index, _, read in columns:
        values = [value for _, value in read]
        if not _is_of_size(limit, _middle(values), times):
            continue
        one = limit
        if limit.open:
            end = limit.high or 0.0
            below, above = (sum(side) for side in ([v < end for v in every], [v > end for v in every]))
            if max(below, above) < SIDED * len(every):
                continue
            one = limit.sided(under=below > above)
        kept = sum(map(one.keeps, values))
        if kept >= least * len(values):
            found.append((index, one))
        elif kept >= LEAST_KEPT * len(values):
            short.append((index, one))
    if found and short:
        both = {index for index, _ in (*found, *short)}
        pooled = [value for index, _, read in columns if index in both for _, value in read]
        found += short if sum(map(found[0][1].keeps, pooled)) >= MOSTLY * len(pooled) else []
    if not found and len(columns) > 1 and _are_alike([(index, limit) for index, *_ in columns], columns):
        return []
    return found


def _is_of_size(limit: PlacedLimit, value: float, times: float) -> bool:
    if times == NAMED_TIMES and not limit.open and limit.keeps(value) and value >= 0:
        return True
    if limit.low is not None and limit.high is not None:
        return is_near(limit, value)
    end = limit.low if limit.low is not None else limit.high or 0.0
    return end * value > 0 and abs(end) / times <= abs(value) <= abs(end) * times


def _products(told: ToldTable, limit: PlacedLimit) -> frozenset[int]:
    """The rows of a table of which a limit names a word that others do not bear: those of its product or place; all, where it names none."""
    every = frozenset(range(len(told.rows)))
    lines = [set(_WORDS.findall(row.line.casefold())) for row in told.rows]
    for words in (set(_WORDS.findall(limit.words)), set(_WORDS.findall(limit.around))):
        bearing = frozenset(at for at in every if words & lines[at])
        if bearing and bearing != every:
            return bearing
    return every


_WORDS = re.compile(r"(?=[\w]*[^\W\d_])[^\W_]{2,}")
