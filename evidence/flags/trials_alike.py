"""Tests of two lots with the same figures: what stands where tells the tests apart, and chance how many figures are enough."""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from evidence.bundle import Bundle, cite
from evidence.facts.text import fold
from evidence.flags.reading_columns import of_one_feature
from evidence.flags.registry import Finding, name_of
from evidence.flags.trials import Trial, calls_test, trials_of
from evidence.model import DocumentReport

LEAST_FIGURES = 3
"""Figures of a test from which it can be known again."""

UNLIKELY = 2.0
"""Powers of ten: one in so many papers holds two tests with the same figures by chance."""

UNLIKELY_DAYS = 4.0
"""The same of rows that have a day and no number: each goes on where the last one ended."""

UNLIKELY_ALONE = 5.0
"""The same where no third test tells how far the figures lie apart."""

LEAST_PEERS = 3
"""Figures of one feature that tell how far they lie apart."""

MOST_TRIALS = 400
"""Tests under the same heads that are set beside each other."""

SPREAD = 1.5
"""Times the middle way from one figure to the next above it: how far so few figures are spread round their mean."""

_Differ = Callable[[DocumentReport, DocumentReport], bool]


def trials_alike(bundle: Bundle, differ: _Differ) -> Iterator[Finding]:
    """The first two tests of a kind whose figures are all the same, where they are so many and lie so far apart that no chance did it.

    ``differ`` tells of two papers whether they are of different tests. Lots of one heat and what a sentence explains are no two tests.
    """
    groups: dict[tuple[str, ...], list[Trial]] = defaultdict(list)
    for document in bundle.read:
        for trial in trials_of(bundle, document):
            groups[trial.labels].append(trial)
    for group in groups.values():
        if not 1 < len(group) <= MOST_TRIALS:
            continue
        if pair := _pair(group, differ):
            first, second = pair
            other = "" if first.document is second.document else f"{name_of(second.document.path)}, "
            yield Finding(
                {
                    "one": f"{name_of(first.document.path)}, {first.name}",
                    "other": f"{other}{second.name}",
                    "count": len(second.figures),
                },
                tuple(cite(trial.document, trial.passage, trial.line) for trial in pair),
            )
            return


def _pair(group: Sequence[Trial], differ: _Differ) -> tuple[Trial, Trial] | None:
    seen: dict[tuple[str, ...], Trial] = {}
    for trial in group:
        first = seen.setdefault(trial.figures, trial)
        if first is trial or len(trial.figures) < LEAST_FIGURES or not _are_apart(first, trial, group, differ):
            continue
        distinct = list({one.figures: one for one in group if len(one.figures) == len(trial.figures)}.values())
        chances = sum(_powers(distinct, trial, at) for at in range(len(trial.figures)))
        chances -= math.log10(len(group) * (len(group) - 1) / 2)
        least = UNLIKELY if trial.names else UNLIKELY_DAYS
        if len(distinct) < LEAST_PEERS:
            if not calls_test(trial.document):
                continue  # what was set is the same again
            least = UNLIKELY_ALONE
        if chances >= least:
            return first, trial
    return None


def _are_apart(first: Trial, second: Trial, group: Sequence[Trial], differ: _Differ) -> bool:
    """Whether two tests are of different lots, pieces or, where these have no numbers, days, and nothing says why they are the same."""
    if first.melts & second.melts:
        return False
    if first.document is not second.document and not differ(first.document, second.document):
        return False
    if first.names and second.names:
        left, right = set(map(fold, first.names)), set(map(fold, second.names))
        own, other = sorted(left - right), sorted(right - left)
        if not own or not other or {_form(code) for code in own}.isdisjoint(map(_form, other)):
            return False
        return not _is_explained(first, second, group)
    return bool(first.days and second.days) and first.days.isdisjoint(second.days)


def _form(code: str) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "0", code))


def _is_explained(first: Trial, second: Trial, group: Sequence[Trial]) -> bool:
    """Whether a sentence speaks of the two lots and no others: why they have the same figures."""
    one, other = ({fold(name) for name in trial.names if len(name) >= LEAST_CODE} for trial in (first, second))
    others = {fold(name) for trial in group for name in trial.names} - one - other
    lines = {trial.line for trial in group}
    for document in {first.document.path: first.document, second.document.path: second.document}.values():
        for passage in document.passages:
            for line in passage.text.splitlines():
                told = fold(line)
                if "|" in line or line in lines or any(name in told for name in others):
                    continue
                if any(name in told for name in one) and any(name in told for name in other):
                    return True
    return False


LEAST_CODE = 4
"""Signs of a number that a sentence names."""


def _powers(distinct: Sequence[Trial], trial: Trial, at: int) -> float:
    """Powers of ten by which two tests are less likely to agree in one figure: by the figures of the other tests in its place, or of its
    own row where they are of one feature, else by its figures behind the first.
    """
    if len(distinct) >= LEAST_PEERS:
        return _spread([one.figures[at] for one in distinct])
    row = [figure for figure, number in zip(trial.figures, trial.rows, strict=True) if number == trial.rows[at]]
    if len(row) >= LEAST_PEERS and all(map(float, map(_plain, row))) and of_one_feature(list(map(_plain, row))):
        return _spread(row)
    written = _plain(trial.figures[at]).lstrip("-0.").replace(".", "").rstrip("05")
    return float(max(len(written) - 1, 0))


def _plain(figure: str) -> str:
    return figure.replace(",", ".")


def _spread(figures: Sequence[str]) -> float:
    """The powers of ten with which two of such figures meet: by the ways between them, counted in the steps in which they are read."""
    scale = 10 ** max(len(_plain(figure).partition(".")[2]) for figure in figures)
    values = sorted(round(float(_plain(figure)) * scale) for figure in figures)
    ways = sorted(after - before for before, after in itertools.pairwise(values))
    step = math.gcd(*ways)
    if not step:
        return 0.0
    kept = ways[: max(len(ways) - len(ways) // LEAST_PEERS, 1)]
    apart = SPREAD * sum(kept) / len(kept) / step
    return math.log10(math.sqrt(1 + 4 * math.pi * apart**2))
