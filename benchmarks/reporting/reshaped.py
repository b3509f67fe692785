"""Flags on the same bundles laid out otherwise: how many that were found are lost, and what is accused that was not.

Each way of `corpora.reshaping` changes one thing in all papers of a bundle, or sends them as files of another kind. A rule that reads what papers say answers alike; what it loses
is what it had learnt of the words and places of the papers it was mended on.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.reporting.flags import SETS, fired_on, raised_anew, ratio
from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import load_supplier
from corpora.reshaping import MEDIA, WAYS, reshaped

READ = ("thirtyfifth", "thirtysixth", "thirtyseventh", "thirtyeighth")
"""The sets that are laid out otherwise unless others are named."""


def measure(pipeline: Pipeline, sets: Sequence[str] = (), ways: Sequence[str] = ()) -> dict[str, Any]:
    """For each way the flags kept and lost and the new false alarms, by rule."""
    figures: dict[str, Any] = {}
    for way in ways or (*WAYS, *MEDIA):
        kept, lost, false = Counter[str](), Counter[str](), Counter[str]()
        changed = 0
        for name in sets or READ:
            for path in sorted((SETS / name).glob("*/supplier.yaml")):
                supplier = load_supplier(path.parent)
                other = reshaped(supplier, way)
                if other == supplier:
                    continue
                changed += 1
                before, now = fired_on(pipeline, supplier), {flag.id for flag in raised_anew(pipeline, supplier, other)}
                right = before & set(supplier.raises)
                wrong = now - before - set(supplier.raises) - set(supplier.may)
                kept.update(right & now)
                lost.update(right - now)
                false.update(wrong)
                told([way, name, supplier.id, f"lost {sorted(right - now)}", f"false {sorted(wrong)}"])
        figures[way] = {
            "bundles": changed,
            "kept": ratio(kept.total(), kept.total() + lost.total()),
            "found before": kept.total() + lost.total(),
            "new false alarms": false.total(),
            "rules": {
                rule: {"kept": kept[rule], "lost": lost[rule], "false": false[rule]} for rule in sorted({*lost, *false})
            },
        }
    return figures


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    found = []
    for way, of in figures.items():
        found.append(
            f"laid out otherwise, {way}: {of['kept']:.3f} of {of['found before']} flags kept in {of['bundles']} bundles; "
            f"{of['new false alarms']} new false alarms"
        )
        for rule, counts in of["rules"].items():
            found.append(f"  {rule:36} {counts['kept']} kept  {counts['lost']} lost  {counts['false']} false")
    return found
