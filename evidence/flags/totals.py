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
        how = item.value.get("how", "")
        what = f"{_HOW[how].format(row['label'])} {row['written']:g} {_COMES.get(how, 'and its figures come to')} {row['computed']:g}"
        yield Finding(
            {"name": name_of(item.document.path), "what": what},
            (cite_fact(bundle, item.document, item.fact, wide=True),),
        )


_HOW = {
    "": "the total of '{}' is written",
    "row": "'{}' is written",
    "mean": "the mean of '{}' is written",
    "range": "the range of '{}' is written",
    "greatest": "the greatest figure of '{}' is written",
    "least": "the least figure of '{}' is written",
}
_COMES = {"": "and its figures sum to", "row": "and comes from the figures beside it, as in the other rows, to"}

FEW_BESIDE = 3
"""Rates of a table that follow from their counts to the last figure beside the one that does not: no other column does so by chance."""

FAR = 0.15
"""Share by which a lone rate has to miss its counts: less may be a slip of rounding or a late correction."""


def _stands_out(rates: Mapping[str, Any]) -> bool:
    """Whether one rate alone does not follow from its counts, by far, where all others of the table do."""
    wrong = rates.get("wrong", [])
    if len(wrong) != 1 or rates["checked"] - 1 < FEW_BESIDE:
        return False
    row = wrong[0]
    low, high = sorted((row["written"], row["computed"]))
    whole = float("inf") if row.get("unit") else 100 - row["computed"]
    return bool(high - low > FAR * min(row["computed"], whole))
