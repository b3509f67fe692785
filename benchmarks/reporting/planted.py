"""Flags on bundles with one fault more, planted in the sheets of many hands (`corpora.planting`), and silence where the same is told right."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from benchmarks.reporting.flags import SETS, fired_on, raised_anew, ratio
from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import AuthoredSupplier, load_supplier
from corpora.covering import PROMISED, promised
from corpora.planting import TOLD, Planted, told_again, told_elsewhere
from corpora.planting_cases import (
    UNLOOKED,
    UNRATED,
    UNREASONED,
    cause_under_any_head,
    look_under_any_head,
    told_in_points,
    without_cause,
    without_look,
    without_marks,
)
from corpora.planting_counts import lot_told, rows_told
from corpora.planting_limits import BEYOND, beyond_limits, limits_elsewhere
from corpora.planting_lots import UNKNOWN, lot_unknown
from corpora.planting_ways import CONTRADICTED, way_told

READ = ("honest7", "honest8", "thirtyfifth", "thirtysixth", "thirtyseventh", "thirtyeighth")
"""The sets whose papers bear the faults unless others are named."""

FAULTS: dict[str, tuple[Callable[[AuthoredSupplier], Iterator[Planted]], tuple[str, ...]]] = {
    "a reading beyond the limits of its head": (beyond_limits, BEYOND),
    **{
        f"{fault} limits in a {place}": (partial(limits_elsewhere, place=name, beyond=beyond), BEYOND)
        for name, place in (
            ("title", "line above"),
            ("below", "line below"),
            ("row", "row of their own"),
            ("paper", "paper of their own"),
        )
        for beyond, fault in ((True, "a reading beyond"), (False, "no reading beyond"))
    },
    "a figure of a month told wrong in minutes": (partial(told_again, right=False), TOLD),
    "a figure of a month told right in minutes": (partial(told_again, right=True), TOLD),
    "a register without a look at the effect": (without_look, UNLOOKED),
    "a look under a head that says nothing": (look_under_any_head, UNLOOKED),
    "a register or form without a cause": (without_cause, UNREASONED),
    "a cause under a head that says nothing": (cause_under_any_head, UNREASONED),
    "a register told in points without causes": (partial(told_in_points, reasoned=False, looked=True), UNREASONED),
    "a register told in points without looks": (partial(told_in_points, reasoned=True, looked=False), UNLOOKED),
    "a register told in points, whole": (partial(told_in_points, reasoned=True, looked=True), UNREASONED + UNLOOKED),
    "an evaluation of suppliers without marks": (without_marks, UNRATED),
    "complaints, rejects or deliveries on time told wrong in another language": (
        partial(told_elsewhere, right=False),
        TOLD,
    ),
    "the same told right in another language": (partial(told_elsewhere, right=True), TOLD),
    "a count of the rows of a register told wrong": (partial(rows_told, right=False), TOLD),
    "a count of the rows of a register told right": (partial(rows_told, right=True), TOLD),
    "rejects of a lot told wrong in a letter": (partial(lot_told, right=False), TOLD),
    "rejects of a lot told right in a letter": (partial(lot_told, right=True), TOLD),
    "what rises told to fall, or what falls to rise": (partial(way_told, right=False), CONTRADICTED),
    "what rises or falls told so": (partial(way_told, right=True), CONTRADICTED),
    "a lot that the paper with the others does not know": (partial(lot_unknown, left_out=False), UNKNOWN),
    "a lot of that paper left out, in stock": (partial(lot_unknown, left_out=True), UNKNOWN),
    "a paper more in a covering letter than came": (partial(promised, missing=True), PROMISED),
    "a covering letter that lists what came": (partial(promised, missing=False), PROMISED),
}
"""What is planted, and the flags that are looked at; bundles that raise one of them already are left out."""


def measure(pipeline: Pipeline, sets: Sequence[str] = ()) -> dict[str, Any]:
    """For each fault how many were planted and how many raised a flag."""
    figures: dict[str, Any] = {}
    suppliers = [
        load_supplier(path.parent) for name in sets or READ for path in sorted((SETS / name).glob("*/supplier.yaml"))
    ]
    for fault, (plant, flags) in FAULTS.items():
        seen = planted = 0
        for supplier in suppliers:
            if set(flags) & (set(supplier.raises) | set(supplier.may)) or set(flags) & fired_on(pipeline, supplier):
                continue
            for one in plant(supplier):
                raised = bool(set(flags) & {flag.id for flag in raised_anew(pipeline, supplier, one.supplier)})
                planted, seen = planted + 1, seen + raised
                told([fault, supplier.id, "raised" if raised else "silent", one.what])
        figures[fault] = {"planted": planted, "raised": seen, "share": ratio(seen, planted)}
    return figures


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    return [
        f"planted, {fault}: {of['raised']} of {of['planted']} raised ({of['share']:.3f})"
        for fault, of in figures.items()
    ]
