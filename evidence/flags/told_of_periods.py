"""Figures that a letter, minutes or a deck tells of a month, a half-year or a run of months, against the sheet that counts them.

Of a month the figure is the one of the sheet; a count of several months is their sum; and a rate of several months lies between
the least and the greatest of them, however it was weighted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.bundle import Bundle, Item
from evidence.facts.indicators import HIGH_SHARE, Measure, measure_of
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.text import fold, late, phrases, words
from evidence.facts.told_spans import QUARTER, month_spans, without_months
from evidence.flags.figures_told_twice import lacks_differ
from evidence.flags.month_figures import Told, figures_told
from evidence.flags.numbered_parts import of_one_part, told_of_other_part
from evidence.flags.odd_months import periods_in_year
from evidence.flags.registry import Finding
from evidence.flags.rows_told import rows_told
from evidence.flags.titled_series import titled_series
from evidence.flags.two_figures import Figure, two_figures
from evidence.processes import of_other_stage
from evidence.remembered import remembered

ROUNDING = 0.05
"""Share of the greater figure up to which two may differ by rounding."""

_TARGET, _AHEAD = phrases("metrics_flags", "target"), phrases("trends", "ahead")
_BOUND = phrases("metrics_flags", "bound")
_BEFORE, _PART_OF = (phrases("told_spans", name) for name in ("year_before", "part_of"))
_PARTIAL = phrases("metrics_flags", "partial")
_SUPPLIERS = phrases("counted_registers", "suppliers")
_JOINING = phrases("trends", "joining")
_CLIENTS, _CAME = phrases("told_spans", "clients"), phrases("told_spans", "came")


def told_of_periods(bundle: Bundle) -> Iterator[Finding]:
    """Figures of months that a sheet of another paper has otherwise."""
    series = [*bundle.items("series"), *titled_series(bundle)]
    pairs: set[tuple[str, str]] = set()
    for line in (*figures_told(bundle), *rows_told(bundle)) if series else ():
        for told in line:
            measure = measure_of(f"{told.between} {told.unit}") or measure_of(f"{told.behind} {told.unit}")
            if measure is not None and measure.unit == "ppm" and "ppm" in told.between:
                told = replace(told, unit="ppm")
            if (
                measure is None
                or told.loose
                or not is_told_of_whole(told)
                or (not told.unit and _counts_other(told.behind, measure))
                or (told.span.last - told.span.first == MONTHS_OF_YEAR - 1 and _counts_other(told.between, measure))
            ):
                continue
            for item in series:
                pair = told.document.path, item.document.path
                if pair[0] == pair[1] or pair in pairs or not _is_of(item, measure, told.unit):
                    continue
                if not (_is_alone(item, series) or _is_named(item, series, told)):
                    continue
                if _is_of_part(told, measure, item):
                    continue
                written = _against(bundle, told, item)
                if written:
                    pairs.add(pair)
                    other = Figure(written, item.document, item.passage)
                    yield two_figures(str(item.value.get("label", "")), told.months, told.figure(), other)


def is_told_of_whole(told: Told) -> bool:
    """Whether a figure was measured, of all that was made and of the year of its paper."""
    between = _behind_lead(told.between)
    plain = _SUPPLIERS.sub(" ", between)  # 供应商 holds a word for what shall be
    if any(said.search(plain) for said in (_TARGET, _AHEAD, _BEFORE)) or _BOUND.search(_tail(between)):
        return False
    begun = (
        (told.sentence.partition(told.between)[0] if told.between else "") + told.between + told.behind
    )  # of which three were of one kind: the six are all
    return not _PART_OF.search(begun) and not _BEFORE.search(told.behind)


def _behind_lead(between: str) -> str:
    """The words before a figure behind those that introduce them, where they name its month themselves: ``Quality objectives: recovery in
    May was``.
    """
    lead, colon, rest = between.rpartition(": ")
    introduced = bool(colon) and " " in lead.strip() and any(month_spans(rest)) and not any(month_spans(lead))
    return rest if introduced else between


def _tail(between: str) -> str:
    """The last words before a figure without its months, where a bound stands: ``handed over on the day: June 95.7`` has none."""
    between = without_months(between)
    return between[-REACH_OF_BOUND:]


REACH_OF_BOUND = 20
"""Letters before a figure in which a word makes it a bound."""


def _is_of_part(told: Told, measure: Measure, item: Item) -> bool:
    """Whether words beside a figure name a part of the factory that the sheet does not name."""
    sheet = item.document, item.passage
    if of_one_part(*sheet, told.document) or told_of_other_part(told.document, told.sentence, *sheet):
        return True
    if of_other_stage(told.between, fold(str(item.value.get("label", "")))):
        return True
    between = words(measure.words).sub(" ", told.between)
    # Who complains is a customer: the word names no part. Nor does it where the sheet says it too, in its own language.
    if measure.id == "complaints" or _CLIENTS.search(fold(str(item.value.get("label", "")))):
        between = _CLIENTS.sub(" ", between)
    behind = _JOINING.split(told.behind, maxsplit=1)[0]  # 2.1 % and with this the plant is near its target
    named = {match[0] for text in (between, behind) for match in _PARTIAL.finditer(text)}
    headed = fold(" ".join((item.document.path, *item.passage.heading, item.passage.text[:HEAD_OF_SHEET])))
    return any(word not in headed for word in named)


HEAD_OF_SHEET = 200
"""Letters of a sheet in which it says what it counts."""


def _counts_other(said: str, measure: Measure) -> bool:
    """Whether words behind a count, or before that of a year, beside those of its measure and its months, say of what else or of which part it is:
    ``2 complaints about labels``, ``within 3 days``."""
    behind = words(measure.words).sub(" ", said)
    behind = without_months(behind)
    behind = phrases("metrics_flags", "neutral").sub(
        " ", phrases("trends", "joining").sub(" ", _CAME.sub(" ", _CLIENTS.sub(" ", behind)))
    )
    return sum(map(str.isalpha, behind)) > MOST_BESIDE


MOST_BESIDE = 6
"""Letters behind a count that may stand beside its measure and its months."""


def _is_of(item: Item, measure: Measure, unit: str) -> bool:
    """Whether a series counts what a figure does, by its measure or by its name, in the same unit: claims in parts per million are
    written under either measure.
    """
    label = str(item.value.get("label", ""))
    in_millions = _PPM.search(fold(label)) is not None
    if ("ppm" if in_millions else item.value.get("unit")) != (unit or "count"):
        return False
    if item.fact.role == measure.id:
        return True
    named = measure_of(_PPM.sub(" ", fold(label))) if in_millions else None
    return named is not None and named.id == measure.id


_PPM = late(r"(?<![^\W_])d?ppm(?![^\W_])")


def _is_named(item: Item, series: Sequence[Item], told: Told) -> bool:
    """Whether words before a figure are those of the label of one series of several of a measure, and of no other one of its paper."""
    beside = [
        other for other in series if other.document.path == item.document.path and other.fact.role == item.fact.role
    ]
    said = set(_WORD.findall(told.between))
    shared = {id(other): len(said & set(_WORD.findall(fold(str(other.value.get("label", "")))))) for other in beside}
    own = shared.pop(id(item), 0)
    return own >= LEAST_NAMED and all(count < LEAST_NAMED for count in shared.values())


LEAST_NAMED = 2
"""Words of the label of a series that name it."""

_WORD = re.compile(r"[^\W\d_]{3,}")


def _is_alone(item: Item, series: Sequence[Item]) -> bool:
    """Whether a series is the only one of its measure in its paper: of several, each is of a part."""
    path = item.document.path
    return sum(other.fact.role == item.fact.role and other.document.path == path for other in series) == 1


def _against(bundle: Bundle, told: Told, item: Item) -> str:
    """The figure of a series that a told one contradicts, as written there; empty where it does not."""
    year = year_of(bundle, told)
    if year is None:
        return ""
    values = dict(zip(_periods(bundle, item), item.value.get("values", []), strict=False))
    first, last = told.span.first, told.span.last
    wanted = [f"{year}-{month:02d}" for month in range(first, last + 1)]
    if last - first + 1 == QUARTER and last % QUARTER == 0 and (quarter := f"{year}-Q{last // QUARTER}") in values:
        wanted = [quarter]
    elif told.span.quarter and counts_business_years(bundle):
        return ""
    found = [float(values[period]) for period in wanted if period in values]
    if len(found) < len(wanted):
        return ""
    if len(found) == 1:
        return f"{found[0]:g}" if differ(told.value, found[0], told.unit) else ""
    if not told.unit:
        summed = sum(found)
        other = told.value == int(told.value) and differ(told.value, summed, "")
        return f"{summed:g}" if other and (not told.value or told.value * MOST_TIMES > summed) else ""
    low, high = min(found), max(found)
    nearest = min(max(told.value, low), high)
    return f"{low:g} to {high:g}" if differ(told.value, nearest, told.unit) else ""


def _periods(bundle: Bundle, item: Item) -> Sequence[str]:
    """The periods of a series; months of a sheet that names no year are of the year of the reference day, where all had begun by it."""
    periods = periods_in_year(bundle, item)
    months = [int(period[1:]) for period in periods if _MONTH.fullmatch(period)]
    if not months or len(months) < len(periods) or max(months) > bundle.today.month or not _is_of_year(bundle, item):
        return periods
    return [f"{bundle.today.year}-{month:02d}" for month in months]


_MONTH = re.compile(r"M\d\d")


def _is_of_year(bundle: Bundle, item: Item) -> bool:
    """Whether a paper names no year but that of the reference day."""
    named = {fact.value[:4] for fact in item.document.facts if fact.kind in ("date", "period")}
    return {year for year in named if year.isdigit()} <= {str(bundle.today.year)}


@remembered
def counts_business_years(bundle: Bundle) -> bool:
    """Whether a paper tells of years that begin with another month than January: ``FY 2026-27``, ``the financial year``."""
    shown = (p for d in bundle.read for p in d.passages if not p.hidden)
    return any(_BUSINESS_YEAR.search(fold(p.text)) for p in shown)


_BUSINESS_YEAR = late(
    rf"(?<![^\W\d_])fy ?['’]?\d{{2}}|(?<![\d/-])20(\d\d) ?[-/–] ?(?:20)?(?!\1)\d\d(?![\d/-])|{phrases('told_spans', 'business_year').pattern}"
)

MOST_TIMES = 20
"""Times a count that is told from which the sum of a sheet counts something else: pieces, and not shifts or complaints."""


def year_of(bundle: Bundle, told: Told) -> int | None:
    """The year of a figure: the one told beside its months, else that of its paper, where they had passed when it was made."""
    if told.span.year:
        return told.span.year
    made = bundle.document_day(told.document)
    if made is None or told.span.first <= made.month < told.span.last:
        return None
    return made.year if told.span.last <= made.month else made.year - 1


def differ(first: float, second: float, unit: str) -> bool:
    """Whether two figures are more than rounding apart; of two high shares what they lack of a hundred tells."""
    low, high = sorted((first, second))
    if low * 1_000 == high and high == int(high):
        return False  # one of them with a point between its thousands: 2.210 and 2210
    if unit == "%" and low >= HIGH_SHARE and high <= 100:
        return lacks_differ(low, high)
    return high - low > ROUNDING * high
