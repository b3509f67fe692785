"""A figure of a month told in words, against the column of a sheet of months that is called so: ``Leaking was 47 in April`` where the
sheet has 66 below ``Leaking``.

No list of measures is asked: what is counted is known by the name its own sheet gives it, whatever the language.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evidence.bundle import Bundle
from evidence.facts.indicators import HIGH_SHARE
from evidence.facts.text import any_of, fold, late, lettered, phrases
from evidence.facts.told_spans import SO_FAR, SO_FAR_BEHIND, month_spans, without_months
from evidence.flags.month_figures import Told, figures_beside, figures_told
from evidence.flags.month_tables import MonthColumn, month_tables
from evidence.flags.numbered_parts import of_one_part, told_of_other_part
from evidence.flags.registry import Finding
from evidence.flags.told_of_periods import is_told_of_whole, year_of
from evidence.flags.two_figures import two_figures

LEAST_LATIN, LEAST_WIDE = 3, 2
"""Letters of a name by which a column is known; of scripts without spaces fewer."""

LONGEST_NAME = 60
"""Letters of a name that a sentence repeats."""

MOST_BETWEEN = 16
"""Letters of other words between a name and its figure: verbs; more say of which part it is."""

TIMES = 3.5
"""Times the written figure within which another one of the same measure lies: beyond, it counts something else."""

ROUNDING, LACKING = 0.04, 0.15
"""Part of a figure, and of what a high share lacks of a hundred, within which two figures are the same, one of them rounded."""

_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{0,60}[)）\]]|[%％‰]|[<>≤≥]\s?[\d.,]+")
_SIDES = re.compile(r"\s*/\s*|\s*\\n\s*")
_MARKS = r"\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Signs of tone and vowel, which belong to the letter before them."""

_PLAIN = re.compile(rf"[^\w{_MARKS}]+")
_WORD = re.compile(rf"[^\W_][\w{_MARKS}]*")
_PARTIAL, _TARGET = phrases("metrics_flags", "partial"), phrases("metrics_flags", "target")
_LIGHT = any_of(("metrics_flags", "neutral"), ("trends", "joining"), ("told_by_name", "light"))
_LEAD = re.compile(r"[:：]\s?")
"""Behind what introduces a list: ``Quality objectives: recovery in May was 11.2 kg``."""

_POINT = re.compile(r"^\s*\d{1,2}(?: \d{1,2})?\s*$")
"""The number of a point of minutes."""

_BY, _POINTS = late(rf"(?:{phrases('told_by_name', 'by').pattern})\W*$"), phrases("told_spans", "points")
_FROM = any_of(("told_by_name", "coming_from"))
_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]", re.IGNORECASE)

Named = Mapping[str, Sequence[MonthColumn]]
"""The columns that bear a name, by it."""


def told_by_name(bundle: Bundle) -> Iterator[Finding]:
    """Figures of one month that a sentence tells of a column by its name, and that stand otherwise in it."""
    columns = month_tables(bundle)
    named = _names(columns)
    for line in (*figures_told(bundle), *figures_beside(bundle)) if columns else ():
        by_name = (_against(bundle, told, named[name]) for told, name in _called(line, named))
        yield from filter(None, by_name)
        yield from _odd_ones(line, columns)


def _names(columns: Sequence[MonthColumn]) -> Named:
    """The columns by the names of their heads; what is headed in two languages has two, and what stands behind a comma is its unit."""
    named: dict[str, list[MonthColumn]] = defaultdict(list)
    for column in columns:
        head = _BRACKETS.sub(" ", fold(column.label))
        if _TARGET.search(head) or _PARTIAL.search(head):
            continue
        sides = (head, *_SIDES.split(head), head.split(", ")[0])
        for name in {" ".join(_PLAIN.sub(" ", side).split()) for side in sides}:
            letters = sum(map(str.isalpha, name))
            least = LEAST_LATIN if _LATIN.search(name) else LEAST_WIDE
            if least <= letters and len(name) <= LONGEST_NAME and not _LIGHT.fullmatch(name) and not _is_month(name):
                named[name].append(column)
    return named


def _is_month(name: str) -> bool:
    return any(span.start == 0 and span.end == len(name) for span in month_spans(name))


def _called(line: Sequence[Told], named: Named) -> Iterator[tuple[Told, str]]:
    """The figures of a line that are called by the name of a column; a figure beside which nothing is named goes on with the name before it."""
    name, sentence = "", ""
    for told in line:
        if told.sentence != sentence:
            name, sentence = "", told.sentence
        words = without_months(told.between)
        rest = " ".join(_PLAIN.sub(" ", _LIGHT.sub(" ", words)).split())
        if rest:
            name = _name_in(words, told, named)
        alone = told.span.first == told.span.last and not _is_of_several(told)
        if name and alone and not _is_so_far(told) and not is_change(told):
            yield told, name


def _odd_ones(line: Sequence[Told], columns: Sequence[MonthColumn]) -> Iterator[Finding]:
    """Of figures told one after the other two are in a column under their months, and one is not: whatever it is called, it is that
    column. ``PPM was 331 in Apr, 301 in May, 386 in June and 268 in July``.
    """
    for run in _runs(line):
        for column in columns:
            own = run[0].document
            if column.document.path == own.path or of_one_part(column.document, column.passage, own):
                continue
            there = [told for told in run if told.months in column.values]
            right = [told for told in there if _equal(told.value, column.values[told.months])]
            wrong = [told for told in there if told not in right]
            if len(wrong) != 1 or len({told.value for told in right}) < LEAST_RIGHT or not _tell_enough(right):
                continue
            value = column.values[wrong[0].months]
            if is_told_of_whole(wrong[0]) and abs(wrong[0].value - value) > ROUNDED * abs(value):
                yield two_figures(column.label, wrong[0].months, wrong[0].figure(), column.figure(value))


LEAST_RIGHT = 2
"""Figures that a run has in common with a column."""

ROUNDED = 0.005
"""Part of a figure that may be lost when it is rounded."""


def _tell_enough(right: Sequence[Told]) -> bool:
    """Whether figures are no small counts, which agree by chance."""
    return sum(told.exact or told.value >= SMALL for told in right) >= LEAST_RIGHT


SMALL = 20


def _runs(line: Sequence[Told]) -> Iterator[list[Told]]:
    """Figures of single months in one sentence with nothing between them but their months."""
    run: list[Told] = []
    for told in line:
        alone = not "".join(_WORD.findall(_LIGHT.sub(" ", without_months(told.between))))
        if run and not (alone and told.sentence == run[-1].sentence and told.unit == run[-1].unit):
            yield run
            run = []
        if told.span.first == told.span.last and not told.loose:
            run.append(told)
        elif run:
            yield run
            run = []
    if run:
        yield run


def is_change(told: Told) -> bool:
    """Whether a figure tells by how much something rose or fell."""
    return _BY.search(told.between) is not None or _POINTS.search(told.behind) is not None


def _is_so_far(told: Told) -> bool:
    """Whether a figure is of the year up to a month: no figure of the month."""
    spans = [span for span in month_spans(told.sentence) if span.first == told.span.first]
    return any(
        (SO_FAR.search(told.sentence[: span.start]) and not _FROM.search(told.sentence[: span.start]))
        or SO_FAR_BEHIND.match(told.sentence[span.end :])
        for span in spans
    )


def _is_of_several(told: Told) -> bool:
    """Whether another month follows that of a figure with nothing but ``and`` between them: ``3 in April and May``."""
    spans = list(month_spans(told.sentence))
    return any(
        told.span.first in (one.first, other.first)
        and len(between := told.sentence[one.end : other.start]) <= LONGEST_AND
        and not any(map(str.isdigit, between))
        and _AND.fullmatch(between) is not None
        for one, other in itertools.pairwise(spans)
    )


_AND = late(rf"\s*(?:{phrases('trends', 'joining').pattern}|[&+,、])\s*")
LONGEST_AND = 8
"""Letters between two months that are told together."""


def _name_in(words: str, told: Told, named: Named) -> str:
    """The longest name of a column in the words before a figure, if nothing beside it says of which part it is."""
    last_piece = _LEAD.split(words)[-1]
    plain = f" {' '.join(_PLAIN.sub(' ', last_piece if lettered(last_piece) else words).split())} "
    wide = not _LATIN.search(plain)
    found = max((name for name in named if (name in plain if wide else f" {name} " in plain)), key=len, default="")
    if not found:
        return ""
    before, _, behind = plain.partition(found)
    before = _POINT.sub("", before)
    last = _WORD.findall(before)[-1:] if not wide else [before.strip()] if before.strip() else []
    if last and not _LIGHT.fullmatch(last[0]) and _LIGHT.sub("", last[0]):
        return ""
    if "|" in words and _WORD.search(_LIGHT.sub(" ", before)):
        return ""  # a cell beside its figure names nothing else: the cost of returned goods is no count of them
    between = _PLAIN.sub("", _LIGHT.sub(" ", behind))
    if (
        len(between) > MOST_BETWEEN
        or any(map(str.isdigit, between))
        or _PARTIAL.search(f"{before} {behind} {told.behind}")
    ):
        return ""
    return "" if _names_another(told, _WORD.findall(_LIGHT.sub(" ", behind))) else found


def _names_another(told: Told, words: Sequence[str]) -> bool:
    """Whether one of the words between a name and its figure is a name itself: of a customer, a part, a place."""
    written = set(_WORD.findall(told.quote))
    return any(word.capitalize() in written or word.upper() in written for word in words if _LATIN.match(word))


def _against(bundle: Bundle, told: Told, columns: Sequence[MonthColumn]) -> Finding | None:
    """What is wrong with a figure: no column of its name has it, and all have the same other one for its month."""
    month = told.months
    others = [
        column
        for column in columns
        if column.document.path != told.document.path
        and not of_one_part(column.document, column.passage, told.document)
        and not told_of_other_part(told.document, told.sentence, column.document, column.passage)
    ]
    if told.unit == "%" or (told.exact and any(column.is_share for column in others)):
        others = [column for column in others if column.is_share]
    elif not told.exact and not all(column.is_share for column in others):
        others = [column for column in others if not column.is_share]
    written = {column.values[month] for column in others if month in column.values}
    if len(written) != 1 or not is_told_of_whole(told) or year_of(bundle, told) not in (None, bundle.today.year):
        return None
    value = written.pop()
    beside = [column.values.get((at, at)) for column in others for at in (month[0] - 1, month[0] + 1)]
    if not far_from(told, value) or any(one is not None and _equal(told.value, one) for one in beside):
        return None  # the figure of the month before or behind: its month may have been taken from another figure
    column = next(column for column in others if column.values.get(month) == value)
    return two_figures(column.label, month, told.figure(), column.figure(value))


def _equal(first: float, second: float) -> bool:
    """Whether two figures are the same, one of them perhaps written with a point between its thousands."""
    return any(abs(first * times - second) <= 1e-9 * max(abs(first), abs(second)) for times in (1, 1_000, 0.001))


def far_from(told: Told, written: float) -> bool:
    """Whether a told figure and a written one are of one size and more than rounding apart."""
    low, high = sorted((told.value, written))
    if _equal(told.value, written):
        return False
    if told.unit == "%" and low >= HIGH_SHARE and high <= 100:
        return high - low > LACKING * (100 - low)
    if not told.unit and low < 1 <= high:
        return high <= FEW
    return high - low > ROUNDING * high and high <= TIMES * max(low, 1e-9)


FEW = 20
"""A count that may be told where there was none: more in a month with none would be another thing."""
