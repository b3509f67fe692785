"""What a label counts, whatever its language, and in what: complaints, rejects, deliveries on time; pieces, kilograms, percent.

Where a label could be of several kinds the first of them is meant: complaints about rejected lots are complaints.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from evidence.facts.indicators import SHARE, measure_of
from evidence.facts.text import KEPT_TEXTS, fold, late, phrases
from evidence.flags.figure_tables import classes_of

_OF_CLASS = (
    ("complaints", "complaints"), ("returned", "returned"), ("reworked", "reworked"), ("findings", "findings"), ("minor", "minor"),
    ("major", "major"), ("rejected", "bad"), ("scrapped", "bad"), ("accepted", "good"), ("people", "people"), ("shipped", "shipped"),
    ("received", "received"), ("inspected", "inspected"), ("made", "made"),
)  # fmt: skip
"""Classes of counts in the order in which they are meant, with the kinds that they are."""

_OF_MEASURE = {
    "on_time_delivery": "on_time", "reject_rate": "bad", "escaped_defects": "bad", "ppm": "bad", "first_pass_yield": "good", "complaints": "complaints",
    "cost_of_quality": "cost", "customer_satisfaction": "satisfaction", "corrective_actions_on_time": "actions",
}  # fmt: skip
_BEFORE_CLASSES = ("on_time", "cost", "satisfaction", "actions")
"""Kinds of measures that are meant before what they are made of: deliveries on time are no deliveries."""


def kind_of(label: str) -> str:
    """The kind of what a label counts; empty where it names none that is known."""
    return _kind_of(label[:LONGEST_LABEL])


LONGEST_LABEL = 160
"""Letters of a label in which the kind is sought."""


def _by_kind(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, kind in pairs:
        found[kind] = (*found.get(kind, ()), name)
    return found


CLASSES_OF, MEASURES_OF = _by_kind(_OF_CLASS), _by_kind(_OF_MEASURE.items())
"""The classes of counts and the measures that are of a kind."""


@lru_cache(KEPT_TEXTS)
def _kind_of(label: str) -> str:
    measure = measure_of(label)
    kind = _OF_MEASURE.get(measure.id, "") if measure else ""
    if kind in _BEFORE_CLASSES:
        return kind
    classes = classes_of(fold(label))
    found = next((named for name, named in _OF_CLASS if name in classes), kind)
    return found or ("suppliers" if SUPPLIERS.search(fold(label)) else "")


SUPPLIERS = phrases("counted_registers", "suppliers")
"""Words for suppliers, which are counted where nothing else is."""


_UNITS = {name: phrases("counted", name) for name in ("mass", "time", "money")}
_PPM = late(r"(?<![^\W_])d?ppm(?![^\W_])")


def unit_of(text: str, *, share: bool = False) -> str:
    """In what a label or the words behind a figure say that is counted; empty for pieces and cases."""
    folded = fold(text)
    if _PPM.search(folded):
        return "ppm"
    if share or SHARE.search(folded):
        return "%"
    return next((name for name, pattern in _UNITS.items() if pattern.search(folded)), "")


_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]\d]{1,24})[)）\]]|[,/]\s?([^\s,/()\d]{1,12})\s*$")


def written_unit(label: str) -> str:
    """The unit that a label tells in brackets or behind a comma at its end, as words for weights hide in others."""
    told = " ".join(part for match in _BRACKETS.findall(label) for part in match if part)
    return unit_of(told) if told else ""
