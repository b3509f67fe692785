"""Days ahead among rows of what was measured or seen: a row that holds what only came out on its day is no plan."""

import re
from collections.abc import Mapping, Sequence

from evidence.bundle import Bundle, as_day
from evidence.facts.columns import state_of
from evidence.facts.text import fold, late, phrases
from evidence.flags.day_rows import Row, is_short
from evidence.flags.row_verdicts import is_verdict
from evidence.model import DocumentReport, Fact, Passage

LEAST_CELLS = 4
"""Cells of a row that tells the day, what was looked at, by whom and with what result."""

LEAST_PAST = 2
"""Rows of past days that show how a row of the table is filled."""

LEAST_FILLED = 2
"""Rows with days that show how such a row is filled."""

LEAST_MEASURED = 2
"""Columns of figures that only measuring gives."""

MEASURED = (
    "traceability_record",
    "calibration_record",
    "metrics_record",
    "internal_audit_record",
    "corrective_action_record",
)
"""Kinds of papers whose tables hold what was measured; decimals of others are prices and hours."""

SAID_AS_OTHERS = 0.5
"""Share of the words behind a day that stand behind the past days of its column too, from which they tell the same kind of thing."""

AHEAD = late(rf"{phrases('paper_days', 'ahead').pattern}|\bby \d|[^\W\d_]{{2,12}}(?:ece[kğ]|aca[kğ])[^\W\d_]{{0,6}}")
"""Words for what lies ahead, and the future of Turkish verbs."""

BESIDE_PLANNED = 4
"""Letters beside the words for what lies ahead: ``theo kế hoạch``, ``to be held``."""

_LIES_AHEAD = late(rf"{phrases('paper_days', 'lies_ahead').pattern}|{phrases('paper_days', 'ahead').pattern}")
_HEADS_WORK = late("|".join(phrases("paper_days", name).pattern for name in ("of_record", "done", "past", "work")))
_HEADS_DAY = phrases("paper_days", "of_record")
_PRICED = phrases("paper_days", "priced")
_DECIMAL = re.compile(r"[<>≤≥±+-]?\s?\d{1,4}[.,]\d{1,4}(?:\s?[^\W\d]{1,4}|\s?%)?")


def is_among_measured(bundle: Bundle, document: DocumentReport, passage: Passage, fact: Fact, line: str) -> bool:
    """Whether a day ahead stands in a column whose other days have all passed, in a row filled as theirs are: with figures that were
    measured, a verdict, or words on what was seen.
    """
    row = _cells(line)
    at = next((index for index, cell in enumerate(row) if fact.quote in cell), 0)
    told = [
        _cells(text)
        for p in document.passages
        if p.part == passage.part and not p.hidden
        for text in p.text.splitlines()
    ]
    alike = [cells for cells in told if len(cells) == len(row) and cells != row]
    days = {f.quote: bundle.happened(f) is not None for f in document.facts if f.kind == "date" and f.quote}
    dated = [(cells, quote) for cells in alike if (quote := next((day for day in days if day in cells[at]), None))]
    ahead = sum(not days[quote] for _, quote in dated)
    if len(row) < LEAST_CELLS or len(dated) - ahead < LEAST_PAST + ahead:
        return False
    others = [cells for cells, _ in dated]
    heads = [fold(cells[at]) for cells in alike if not any(map(str.isdigit, cells[at]))]
    if any(_LIES_AHEAD.search(head) for head in heads):
        return False
    if any(not cell and all(cells[index] for cells in others) for index, cell in enumerate(row)):
        return False
    said = _words(row[at].replace(fact.quote, " "))
    if ahead and (said or not heads or not all(map(_HEADS_DAY.search, heads))):
        return (
            False  # several rows lie ahead: of these only the verdict under a plain day tells that they were filled in
        )
    if said:
        known = {word for cells, quote in dated for word in _words(cells[at].replace(quote, " "))}
        return state_of(row[at].replace(fact.quote, " ")) != "open" and len(said & known) >= SAID_AS_OTHERS * len(said)
    if (heads and not any(map(_HEADS_WORK.search, heads))) or _follows(row, dated, at, days, document):
        return False
    if any(_judges(row, others, index) for index in range(len(row)) if index != at):
        return True
    if document.kind not in MEASURED or ahead:
        return False
    measured = [index for index in range(len(row)) if index != at and _is_measured(row, others, alike, index)]
    return len(measured) >= LEAST_MEASURED


def _follows(
    row: Sequence[str],
    dated: Sequence[tuple[Sequence[str], str]],
    at: int,
    days: Mapping[str, bool],
    document: DocumentReport,
) -> bool:
    """Whether a day lies as far behind another day of its row as those of other rows do: what follows by right, as a shelf life."""
    values = {f.quote: as_day(f.value) for f in document.facts if f.kind == "date" and f.quote in days}

    def gap(cells: Sequence[str], index: int) -> int | None:
        begun, ended = (
            values.get(cells[index]),
            next((day for quote, day in values.items() if quote in cells[at]), None),
        )
        return (ended - begun).days if begun and ended else None

    for index in range(len(row)):
        own = gap(row, index) if index != at else None
        gaps = [found for cells, _ in dated if (found := gap(cells, index)) is not None]
        if own is not None and own > 0 and gaps and own <= FARTHEST * max(gaps):
            return True
    return False


FARTHEST = 2
"""Times the longest way between two days of other rows up to which that of a row is as theirs."""


def _judges(row: Sequence[str], others: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column holds a verdict in the row and in each that is as it."""
    return all(is_verdict(fold(cells[index])) for cells in (row, *others))


def _is_measured(
    row: Sequence[str], others: Sequence[Sequence[str]], alike: Sequence[Sequence[str]], index: int
) -> bool:
    """Whether a column holds decimals in row after row, no two columns of which are prices."""
    heads = [fold(cells[index]) for cells in alike if not any(map(str.isdigit, "".join(cells)))]
    return all(_DECIMAL.fullmatch(cells[index]) for cells in (row, *others)) and not any(map(_PRICED.search, heads))


def is_planned(row: Row) -> bool:
    """Whether a row is of something not done: a state or what stands behind its day says so, one cell is empty that all rows with days
    fill, or its day heads a look again. A problem told before the day may be one of something not done.
    """
    states = [
        cell
        for index, cell in enumerate(row.cells)
        if index != row.at and (index > row.at or is_short(cell)) and not _is_share_as_others(row, index)
    ]
    return (
        any(state_of(cell) == "open" for cell in states)
        or any(says_planned(row.cells, row.dated, index) for index in range(row.at + 1, len(row.cells)))
        or any(_LOOKS_AGAIN.search(fold(head)) for head in row.heads)
        or (
            len(row.dated) >= LEAST_FILLED
            and any(not cell and all(cells[index] for cells in row.dated) for index, cell in enumerate(row.cells))
        )
    )


def _is_share_as_others(row: Row, index: int) -> bool:
    """Whether a cell holds a share where other rows with days hold one below the whole: a figure of each, and not how far its work is."""
    told = [cells[index] for cells in row.dated if _SHARE.fullmatch(cells[index])]
    return _SHARE.fullmatch(row.cells[index]) is not None and any(_WHOLE.search(cell) is None for cell in told)


_SHARE = re.compile(r"(?:%\s?)?\d{1,3}(?:[.,]\d{1,2})?\s?%?")
_WHOLE = re.compile(r"(?<![\d.,])100(?!\d)")


_LOOKS_AGAIN = phrases("paper_days", "looks_again")


def says_planned(row: Sequence[str], others: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a cell says that its row lies ahead and nothing else, where no other row says so: ``planned`` in the place of a result."""
    cell = fold(row[index])
    rest, said = AHEAD.subn("", cell)
    return said > 0 and sum(map(str.isalpha, rest)) <= BESIDE_PLANNED and all(fold(o[index]) != cell for o in others)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", fold(text)))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
