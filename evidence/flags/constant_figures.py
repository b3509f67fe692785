"""The flag on figures over time that never move, or meet their target to the digit every time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.facts.limit_columns import named
from evidence.facts.series import own_name
from evidence.facts.text import fold, phrases
from evidence.flags.registry import Finding, name_of, rule
from evidence.quality_series import is_measured
from evidence.titles import RULES_AND_FORMS

TARGET = phrases("metrics_flags", "target")


@rule("kpi_values_constant")
def kpi_values_constant(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A series whose values are all the same, or meet their target to the digit every time.

    All 0 complaints or all 100 % on time alone is ordinary.
    """
    for item in bundle.items("series"):
        values = item.value.get("values", [])
        targets = item.value.get("targets")
        if len(values) < data["least"] or (
            item.passage.mode in ("prescription", "template") and not is_measured(bundle, item)
        ):
            continue
        if _is_limit(bundle, item, values):
            continue
        hits = sum(value == target for value, target in zip(values, targets or [], strict=False) if target is not None)
        single = item.value.get("target")
        hits = max(hits, sum(value == single for value in values) if single is not None else 0)
        extreme = set(values) <= {0.0} or set(values) <= {100.0}
        if len(set(values)) == 1 and not extreme:
            what = f"is {values[0]:g} every time" + (", exactly its target," if hits == len(values) else "")
        elif hits == len(values) and not extreme:
            what = "meets its target to the digit every time"
        else:
            continue
        others = [
            other
            for other in bundle.items("series")
            if other.document.path == item.document.path and len(set(other.value.get("values", []))) > 1
        ]
        yield Finding(
            {
                "label": item.value.get("label", ""),
                "name": name_of(item.document.path),
                "what": what,
                "count": len(values),
            },
            (cite(item.document, item.passage),),
            () if others else (item.document.path,),
        )
    yield from _told_alike(bundle, int(data["least"]))


def _told_alike(bundle: Bundle, least: int) -> Iterator[Finding]:
    """A measure told in lines, one a month, that is the same in each: ``January: on time 98.0 %``, ``February: on time 98.0 %``."""
    told: dict[tuple[str, str], dict[str, Item]] = {}
    kept = {(item.document.path, item.fact.role) for item in bundle.items("series")}
    for item in bundle.items("measure"):
        place, period = (item.document.path, item.fact.role), item.value.get("period")
        if TARGET.search(fold(str(item.value.get("label", "")))):
            continue
        if period and place not in kept and item.document.kind not in RULES_AND_FORMS and not is_example(item.document):
            told.setdefault(place, {}).setdefault(str(period), item)
    for months in told.values():
        values = {float(item.value["value"]) for item in months.values()}
        if len(months) < least or len(values) > 1 or values <= {0.0, 100.0}:
            continue
        first = next(iter(months.values()))
        yield Finding(
            {
                "label": first.fact.role.replace("_", " "),
                "name": name_of(first.document.path),
                "what": f"is {min(values):g} every time",
                "count": len(months),
            },
            tuple(dict.fromkeys(cite(item.document, item.passage, item.fact.quote) for item in months.values())),
            (first.document.path,),
        )


def _is_limit(bundle: Bundle, item: Item, values: Sequence[float]) -> bool:
    """Whether a column that never moves is the limit or the target of another one of its table: by its head, or as the bound that
    readings of the paper are held against.
    """
    if len(set(values)) > 1:
        return False
    moving = any(
        other.fact.passage == item.fact.passage and len(set(other.value.get("values", []))) > 1
        for other in bundle.items("series")
    )
    bounds_of = {
        row[end]
        for other in bundle.items("readings")
        if other.document.path == item.document.path
        for row in other.value["rows"]
        for end in ("low", "high")
    }
    label = own_name(str(item.value.get("label", "")))
    return values[0] in bounds_of or (
        moving and (TARGET.search(fold(label)) is not None or named("inspection", "bound", label))
    )
