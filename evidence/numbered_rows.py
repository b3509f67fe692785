"""Columns of codes that are counted on: what was looked at has a number in each row, whatever the word for it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidence.facts.days import short_days
from evidence.facts.identifiers import normal, role_of_head
from evidence.facts.text import fold, phrases
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport, Fact, Passage

LEAST_SHARED = 2
"""Lots that a shipment and an inspection must share before another lot of the shipment is missed in the inspection."""

FOLLOWED = re.compile(
    r"(?=(?:[A-Za-z/-]*\d){4})[A-Za-z]{1,4}\d{0,3}[-/]?\d{2,6}(?:[-/]\d{1,4}|[A-Za-z])?|(?=(?:[A-Za-z/-]*\d){4})[A-Za-z]{1,4}(?:[-/]\d{1,6}){2,3}|(?=(?:-?\d){6})\d{2,6}-\d{3,6}[A-Za-z]{0,2}|\d{6}-\d{1,2}"
)
"""A code that is counted on: letters before figures, or two numbers."""


def numbers_pieces(document: DocumentReport) -> bool:
    """Whether each row of a table has a number of its own, in letters and figures, under a head that names neither part, order nor
    gauge: the coil, the net or the frame that was looked at, whatever the word for it.
    """
    for passage in document.passages:
        for facts in code_columns(passage):
            codes = {fact.value for fact in facts}
            if (
                len(codes) >= LEAST_NUMBERED
                and len(codes) == len(facts)
                and len({re.sub("0+", "0", form_of(code)) for code in codes}) == 1
            ):
                return True
        if any(numbers_in_heads(line) for line in passage.text.splitlines()):
            return True
    return False


def numbers_in_heads(line: str) -> list[str]:
    """The numbers of one form that stand side by side over what was read of each, behind a head in words: ``Test | Limit | F90-6K02 |
    F90-6K05``.
    """
    first, *heads = [cell.strip() for cell in line.split("|")]
    codes = [head for head in heads if _OVER_READINGS.fullmatch(head)]
    told = len(set(codes)) == len(codes) >= LEAST_SHARED and len({form_of(code) for code in codes}) == 1
    return codes if told and any(map(str.isalpha, first)) and not any(map(str.isdigit, first)) else []


_OVER_READINGS = re.compile(r"(?=(?:[^\d]*\d){3})(?=\w*[A-Za-z]|\d+-\d)[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+){0,4}")


def numbers_in_text(document: DocumentReport) -> bool:
    """Whether sentences name several pieces by numbers of one form, ``KLDU 402118-6``: each is found again by its own."""
    codes = {match[0] for p in document.shown for match in _IN_TEXT.finditer(p.text)}
    by_form: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        by_form[re.sub(r"[A-Z]", "a", shape_of(code))].add(code)
    return any(len(alike) >= LEAST_NUMBERED for alike in by_form.values())


_IN_TEXT = re.compile(r"(?<![^\W_])[A-Z]{1,4}[ -]?\d{5,7}(?:-\d)?(?![^\W_]|[.,/-]\d)")
"""The number of a piece in a sentence: capital letters before five figures at least."""

LEAST_NUMBERED = 3
"""Rows, each with a number of its own, from which a table numbers what was looked at."""


def code_columns(passage: Passage) -> Iterator[list[Fact]]:
    """The columns of a passage whose cells are codes, under heads that name neither parts, orders nor gauges."""
    rows = [[cell.strip() for cell in line.split("|")] for line in passage.text.splitlines() if line.count("|") >= 2]
    for index in range(max(map(len, rows), default=0)):
        cells = [row[index] for row in rows if index < len(row) and row[index]]
        codes = [cell for cell in cells if FOLLOWED.fullmatch(cell)]
        if len(codes) < LEAST_SHARED or len(codes) + 1 < len(cells):
            continue
        head = next((cell for cell in cells if not any(char.isdigit() for char in cell)), "")
        if not _PIECE.search(fold(head)) and role_of_head(head) not in (None, *LOT_ROLES):
            continue
        yield [
            Fact(
                kind="identifier",
                role="lot",
                value=normal(code),
                quote=code,
                passage=passage.id,
                locators=passage.locators,
            )
            for code in codes
        ]


_PIECE = phrases("traceability_flags", "piece")
"""What a factory hands on as one: the roll of an order is found again by the number of both."""


def form_of(code: str) -> str:
    """A code with its figures and letters put out."""
    return re.sub(r"[a-z]", "a", shape_of(code).lower())


def shape_of(code: str) -> str:
    """A code with its figures put out, and the lone letter behind them, which counts the lots of a day: lots of one shape are counted on."""
    return re.sub(r"\d", "0", _COUNTER.sub("a", code))


def is_of_other_line(code: str, known: Iterable[str]) -> bool:
    """Whether a code ends in a letter and all codes of its shape that are known end in another one: it is of a line or shift of its own."""
    ends = {lot[-1].upper() for lot in known if shape_of(lot) == shape_of(code)}
    return code[-1:].isalpha() and len(ends) == 1 and code[-1].upper() not in ends


_COUNTER = re.compile(r"(?<=\d)[A-Za-z](?![A-Za-z])")


def is_log(document: DocumentReport) -> bool:
    """Whether one sheet holds inspections of several days, below each other or side by side: as many records as days."""
    dated: dict[str, list[Fact]] = defaultdict(list)
    for fact in document.facts:
        if fact.kind == "date" and fact.role == "evidence":
            dated[fact.passage].append(fact)
    days: set[str] = set()
    for passage in document.passages if dated else ():
        for line in passage.text.splitlines() if passage.id in dated else ():
            found = {fact.value for fact in dated[passage.id] if "|" in line and fact.quote in line}
            if len(found) >= LEAST_BESIDE:
                return True
            days |= found or _short_day(line)
    days = days or {fact.value for fact in document.facts if fact.kind == "short_day"}
    if not dated:
        lines = [line for p in document.passages for line in p.text.splitlines()]
        days = {day for line in lines for day in _short_day(line)} or _days_down(lines)
    return len(days) >= LEAST_DAYS


def _days_down(lines: Sequence[str]) -> set[str]:
    """The days without their year in a column whose head names a day, with a point between their numbers: ``10.06`` is one there."""
    days: set[str] = set()
    at = -1
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) <= LEAST_SHARED:
            continue
        if not any(map(str.isdigit, line)):
            at = next((index for index, cell in enumerate(cells) if _DAY.search(fold(cell))), -1)
        elif 0 <= at < len(cells) and _POINTED.fullmatch(cells[at]):
            days.add(cells[at])
    return days


_DAY = phrases("case_forms", "day")
_POINTED = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])\.?")


def _short_day(line: str) -> set[str]:
    """The day without its year with which a row of a table begins, as written."""
    cells = line.split("|") if line.count("|") >= LEAST_SHARED else []
    told = next((cell.strip() for cell in cells if any(map(str.isdigit, cell))), "")
    return {told} if any(begin == 0 and end >= len(told) - 1 for begin, end, _ in short_days(told)) else set()


LEAST_DAYS = 4
"""Days of rows from which a sheet is a log of inspections."""

LEAST_BESIDE = 3
"""Days of one row, each over an inspection of its own."""


def lists_all(
    listed: Mapping[str, tuple[str, ...]],
    named: Mapping[str, tuple[str, ...]],
    alike: Sequence[tuple[str, ...]],
    shape: str,
) -> bool:
    """Whether a register has most of what another paper names between its first and its last lot: else it holds samples of them."""
    between = [lot for lot, turn in named.items() if shape_of(lot) == shape and min(alike) < turn < max(alike)]
    missing = sum(lot not in listed for lot in between)
    return missing == 1 or missing * LEAST_HAD <= len(between)


LEAST_HAD = 3
"""Lots between the first and the last of a register of which it may lack one before it is a list of samples."""


def turn_of(code: str) -> tuple[str, ...]:
    """The place of a code among those of its form, as they are counted on: by figures, then by the letter behind them."""
    return tuple(piece.zfill(MOST_FIGURES) for piece in re.findall(r"\d+|[a-z](?![^\W\d_])", code.lower()))


def counted_with(numbers: tuple[str, ...], alike: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Of the numbers of a register those that a number is counted with: where sizes or products stand first and each has its runs of a
    month or week, ``25-1509A, 50-1509A``, those of its own product.
    """
    firsts: dict[str, set[str]] = defaultdict(set)
    for known in alike:
        if len(known) > 1 and len(known[1].lstrip("0")) >= LEAST_PERIOD:
            firsts[known[1]].add(known[0])
    if not any(len(products) > 1 for products in firsts.values()):
        return list(alike)
    return [known for known in alike if known[0] == numbers[0]]


LEAST_PERIOD = 3
"""Figures of the week or month that stands behind the product in a number."""

MOST_FIGURES = 30
"""Figures of a code at most."""
