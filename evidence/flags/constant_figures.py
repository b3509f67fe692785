"""The flag on figures over time that never move, or meet their target to the digit every time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.facts.indicators import says
from evidence.facts.limit_columns import named
from evidence.facts.named_targets import own_name
from evidence.facts.text import fold, phrases
from evidence.flags.registry import Finding, name_of, rule
from evidence.quality_series import called, cite_series, is_measured, series_end
from evidence.titles import NO_TESTS, RULES_AND_FORMS

TARGET = phrases("metrics_flags", "target")


@rule("kpi_values_constant")
def kpi_values_constant(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A series whose values are all the same, or meet their target to the digit every time.

    All 0 complaints or all 100 % on time alone is ordinary.
    """
    lines = [item for item in (*bundle.items("series"), *bundle.items("held")) if _is_of_figures(bundle, item)]
    short = _short_together(lines, int(data["least"]))
    for item in lines:
        values = item.value.get("values", [])
        if len(values) < data["least"] and not short.get((item.document.path, len(values))):
            continue
        hits = _hits(item)
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
                "label": called(item),
                "name": name_of(item.document.path),
                "what": what,
                "count": len(values),
            },
            (cite_series(bundle, item),),
            () if others else (item.document.path,),
        )
    yield from _told_alike(bundle, int(data["least"]))


def _is_of_figures(bundle: Bundle, item: Item) -> bool:
    """Whether a line tells what was measured: it stands in no rule and is the limit or the target of no other."""
    ruled = item.passage.mode in ("prescription", "template") and not (
        is_measured(bundle, item) or _ran_beside_target(bundle, item)
    )
    told = item.fact.quote.split("\n", 1)[0] if item.fact.kind == "held" else str(item.value.get("label", ""))
    aims = "|" not in told and item.value.get("target") is None and TARGET.search(fold(told)) is not None
    counts = says(str(item.value.get("label", "")), "made")
    sampled = counts and item.document.kind == "traceability_record"  # as many pieces as the plan asks for
    return (
        not ruled
        and not aims
        and not sampled
        and not _is_limit(bundle, item, item.value.get("values", []))
        and not _is_of_pieces(bundle, item)
    )


def _is_of_pieces(bundle: Bundle, item: Item) -> bool:
    """Whether a line is a row of readings held against its limits: pieces measured alike at the resolution of the gauge."""
    return item.document.kind not in NO_TESTS and any(
        row["values"] == item.value.get("values") and (row["low"], row["high"]) != (None, None)
        for other in bundle.items("readings")
        if other.document.path == item.document.path
        for row in other.value["rows"]
    )


def _ran_beside_target(bundle: Bundle, item: Item) -> bool:
    """Whether a line in what was taken for rules tells what came out: beside its own target it has figures of periods that are over, or
    of weeks in a paper of figures.
    """
    if is_example(item.document) or item.document.kind in ("manual", "certificate", "blank_form"):
        return False
    end, periods = series_end(item), item.value.get("periods", [])
    if end is not None:
        return item.value.get("target") is not None and end <= bundle.today
    return item.document.kind == "metrics_record" and len(periods) >= LEAST_WEEKS and all("W" in one for one in periods)


LEAST_WEEKS = 6
"""Weeks of a line: nobody plans so many one by one."""


def _hits(item: Item) -> int:
    """The periods in which a line meets its target to the digit."""
    values, targets, single = item.value.get("values", []), item.value.get("targets"), item.value.get("target")
    hits = sum(value == target for value, target in zip(values, targets or [], strict=False) if target is not None)
    return max(hits, sum(value == single for value in values) if single is not None else 0)


def _short_together(lines: Sequence[Item], least: int) -> dict[tuple[str, int], bool]:
    """Papers, with the number of their periods, whose lines are short, as those of quarters are, and hold still together: what one
    line of four figures does by chance, several do not, nor one that lies on its target. With three figures all of them have to.
    """
    found: dict[tuple[str, int], list[Item]] = {}
    for item in lines:
        values = item.value.get("values", [])
        if LEAST_SHORT <= len(values) < least and len(set(values)) == 1 and not _is_given(item):
            found.setdefault((item.document.path, len(values)), []).append(item)
    return {
        place: len(items) >= (1 if place[1] > LEAST_SHORT else LEAST_TOGETHER)
        if all(_hits(item) == place[1] for item in items)
        else len(items) >= LEAST_TOGETHER and place[1] > LEAST_SHORT
        for place, items in found.items()
    }


def _is_given(item: Item) -> bool:
    """Whether a figure that comes again tells nothing: none, all, or a small count as of meetings that were planned so."""
    value = item.value["values"][0]
    counts = item.value.get("unit") != "%" and value == int(value) and value < SMALL_COUNT
    return value in (0.0, 100.0) or counts


LEAST_SHORT, LEAST_TOGETHER = 3, 2
"""Periods of a short line, and lines that hold still together."""

SMALL_COUNT = 10
"""A whole figure below which a line may count what is planned."""


def _told_alike(bundle: Bundle, least: int) -> Iterator[Finding]:
    """A measure told in lines, one a month, that is the same in each: ``January: on time 98.0 %``, ``February: on time 98.0 %``."""
    told: dict[tuple[str, str], dict[str, Item]] = {}
    kept = {(item.document.path, item.fact.role) for item in bundle.items("series")}
    kinds = {document.path: document.kind for document in bundle.read}
    for item in bundle.items("measure"):
        place, period = (item.document.path, item.fact.role), item.value.get("period")
        if TARGET.search(fold(str(item.value.get("label", "")))):
            continue
        if period and place not in kept and not is_example(item.document):
            told.setdefault(place, {}).setdefault(str(period), item)
    for (path, _), months in told.items():
        if kinds[path] in RULES_AND_FORMS and not (
            kinds[path] == "procedure" and max(months) <= bundle.today.isoformat()
        ):
            continue  # rules; figures of months that are over were measured, whatever the paper was taken for
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
