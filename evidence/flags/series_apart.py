"""One measure of the same months in two papers, of which one has it lower, or higher, in each of them: no slip in one month, but two counts.

They are of one thing where both count one kind in one unit, as the only column of their papers that does, at the same place: in the same
shop, or at all customers. Sheets that name different parts of the factory, or of which one names none, are of two things.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle
from evidence.facts.indicators import measure_of
from evidence.facts.text import fold, late, phrases
from evidence.flags.business_years import LEAST, years_of
from evidence.flags.figures_told_twice import WHOLE_OF, lacks_differ
from evidence.flags.numbered_parts import of_one_part
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_of_kinds import at_clients
from evidence.flags.two_figures import two_figures
from evidence.flags.written_figures import LIGHT, WORD, Written, written_figures

LEAST_MONTHS, LEAST_UNNAMED = 3, 4
"""Months that two columns have in common: where both name one place, and where neither names any."""

APART, TIMES = 0.05, 3.5
"""Part of a figure by which each month differs, and times within which the two are of one thing."""

MOST_COLUMNS = 60
"""Columns of a bundle that are set beside each other."""

_PARTIAL, _CLIENTS = phrases("metrics_flags", "partial"), phrases("told_spans", "clients")
_YOURS, _ANOTHER = phrases("counted", "yours"), phrases("same_figures", "another")
_EVERY = phrases("counted", "every").pattern
_ALL_PARTS = late(rf"(?:{_EVERY})\W{{0,2}}(?:{_PARTIAL.pattern})|(?:{_PARTIAL.pattern})(?:ทุก\S{{1,4}}|全体)")
"""All customers, all lines: no part of the factory."""


def series_apart(bundle: Bundle) -> Iterator[Finding]:
    """Columns of two papers that count one thing and differ in every month they share."""
    every = [one for one in written_figures(bundle) if one.kind and not one.summed]
    if len(every) > MOST_COLUMNS:
        return
    alike: dict[tuple[str, str], list[Written]] = defaultdict(list)
    for one in every:
        alike[one.kind, one.unit].append(one)
    for columns in alike.values():
        of_paper = Counter(one.column.document.path for one in columns)
        alone = [one for one in columns if of_paper[one.column.document.path] == 1]
        for first, second in itertools.combinations(alone, 2):
            if (spans := _apart(first, second)) and _are_of_one_thing(first, second, len(spans)):
                yield _finding(first, second, spans[0])


def _apart(first: Written, second: Written) -> Sequence[tuple[int, int]]:
    """The months of two columns where both have each of them and one is lower in all; empty where they are not."""
    left, right = first.column.values, second.column.values
    spans = [span for span in left if span in right]
    if len(spans) < LEAST_MONTHS or not _may_be_of_one_year(first, second):
        return ()
    if len({left[span] < right[span] for span in spans}) > 1:
        return ()
    return spans if all(_differ(left[span], right[span], first.unit) for span in spans) else ()


def _differ(one: float, other: float, unit: str) -> bool:
    low, high = sorted((one, other))
    if not unit and low < 1:
        return False
    if unit == "%" and lacks_differ(low, high):
        return True
    return high - low > APART * high and high <= TIMES * low


def _may_be_of_one_year(first: Written, second: Written) -> bool:
    years = [
        {year for told in one.years for year in (years_of(told) if told >= LEAST else (told,))}
        for one in (first, second)
    ]
    return not all(years) or bool(years[0] & years[1])


def _are_of_one_thing(first: Written, second: Written, months: int) -> bool:
    told = [fold(f"{name_of(one.column.document.path)} {one.title} {one.column.label}") for one in (first, second)]
    if any(_ANOTHER.search(text) for text in told) or at_clients(told[0]) != at_clients(told[1]):
        return False
    papers = [(one.column.document, one.column.passage) for one in (first, second)]
    if of_one_part(*papers[0], papers[1][0]) or of_one_part(*papers[1], papers[0][0]):
        return False
    clients = at_clients(told[0])
    parts = [_parts(text, clients=clients) for text in told]
    if any(parts):
        return all(parts) and (parts[0] <= parts[1] or parts[1] <= parts[0])
    if (months < LEAST_UNNAMED and not _share_subject(first, second)) or not _called_alike(first, second):
        return False
    return not any(_YOURS.search(fold(passage.text)) for document, _ in papers for passage in document.passages)


def _parts(text: str, *, clients: bool) -> set[str]:
    """The words of a sheet that say of which part of the factory it is."""
    text = _ALL_PARTS.sub(" ", WHOLE_OF.sub(" ", text))
    return {match[0] for match in _PARTIAL.finditer(_CLIENTS.sub(" ", text) if clients else text)}


def _called_alike(first: Written, second: Written) -> bool:
    """Whether two columns are called by one word or one measure."""
    labels = [fold(one.column.label) for one in (first, second)]
    words = [{word for word in WORD.findall(LIGHT.sub(" ", label)) if len(word) > LEAST_LETTERS} for label in labels]
    measures = [measure_of(label) for label in labels]
    return bool(words[0] & words[1]) or (measures[0] is not None and measures[0] == measures[1])


LEAST_LETTERS = 2


def _share_subject(first: Written, second: Written) -> bool:
    """Whether the titles of two sheets name one thing beside the measure: ``PX series first pass yield``, ``PX 系列直通率``."""
    named = [
        {word for word in WORD.findall(LIGHT.sub(" ", title)) if len(word) >= LEAST_LETTERS and not measure_of(word)}
        - set(WORD.findall(fold(f"{first.column.label} {second.column.label}")))
        for title in (fold(" ".join((*one.column.passage.heading[-1:], one.column.above))) for one in (first, second))
    ]
    return bool(named[0] & named[1])


def _finding(first: Written, second: Written, span: tuple[int, int]) -> Finding:
    columns = first.column, second.column
    return two_figures(columns[0].label, span, *(column.figure(column.values[span]) for column in columns))
