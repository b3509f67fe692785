"""The flag on figures that do not follow from each other: rates from their counts, totals from their parts."""

from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite, cite_fact, is_example
from evidence.flags.registry import Finding, name_of, rule


@rule("figures_do_not_add")
def figures_do_not_add(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Rates that do not follow from the counts beside them in the same table, and totals that are not the sum of their figures."""
    told: set[str] = set()
    for item in bundle.items("rates"):
        if item.document.path in told:
            continue
        wrong = item.value.get("wrong", [])
        if len(wrong) >= (1 if item.fact.role == "told" or _stands_out(item.value) else data["least"]):
            row = wrong[0]
            told.add(item.document.path)
            what = (
                f"{len(wrong)} of {item.value['checked']} rates do not follow from their counts ({row['period']}: "
                f"{row['rejected']:g} of {row['made']:g} is {row['computed']:.2f} {row.get('unit', '%')}, written {row['written']:g})"
            )
            if item.fact.role == "told":
                what = f"{row['rejected']:g} of {row['made']:g} is {row['computed']:.2f} %, written {row['written']:g}"
            yield Finding(
                {"name": name_of(item.document.path), "what": what},
                (cite(item.document, item.passage, item.fact.quote if item.fact.role == "told" else None),),
            )
    for item in bundle.items("totals"):
        if (
            item.document.path in told
            or item.document.kind in ("manual", "procedure", "blank_form")
            or is_example(item.document)
        ):
            continue
        told.add(item.document.path)
        row = item.value["wrong"][0]
        what = f"the total of '{row['label']}' is written {row['written']:g} and its figures sum to {row['computed']:g}"
        yield Finding(
            {"name": name_of(item.document.path), "what": what},
            (cite_fact(bundle, item.document, item.fact, wide=True),),
        )


RIGHT_BESIDE = 6
"""Rates of a table that follow from their counts beside the one that does not."""

FAR = 0.15
"""Share by which a lone rate has to miss its counts: less may be a slip of rounding or a late correction."""


def _stands_out(rates: Mapping[str, Any]) -> bool:
    """Whether one rate alone does not follow from its counts, by far, where all others of the table do: the fewer these are, the farther."""
    wrong = rates.get("wrong", [])
    if len(wrong) != 1 or rates["checked"] - 1 < FEW_BESIDE:
        return False
    row = wrong[0]
    low, high = sorted((row["written"], row["computed"]))
    if rates["checked"] - 1 < RIGHT_BESIDE:
        return bool(high > TIMES * low)
    whole = float("inf") if row.get("unit") else 100 - row["computed"]
    return bool(high - low > FAR * min(row["computed"], whole))


FEW_BESIDE = 4
"""Rates that follow from their counts beside one that is off by a multiple."""

TIMES = 1.5
"""Times by which it has to be off: digits that changed their places or were left out."""
