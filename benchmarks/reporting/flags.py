"""Precision and recall of the red flags on authored bundles, through the whole pipeline.

A bundle names all flags that must fire (``raises``) and those about which a careful reader could argue (``may``); every
other flag is a false alarm. ``heldout`` was written before the rules were tuned; what was missed on it has since been looked
at, rule by rule, so it no longer says what the rules do on new suppliers. ``unseen``, ``fresh``, ``second``, ``third``, ``fourth``,
``fifth``, ``sixth``, ``seventh``, ``eighth``, ``ninth``, ``tenth``, ``eleventh``,
``twelfth``, ``thirteenth`` and ``fourteenth`` were each written in one go after the rules of their day and measured once before anything was mended
on them: those first figures are the honest ones (``corpora/flags/README.md`` keeps them). ``ordinary`` holds what must stay silent, line by line.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import AuthoredSupplier, load_supplier
from evidence.assessment import AssessmentSettings, assess
from evidence.data import table

SETS = Path("corpora/flags")
GOAL = 0.95


def measure(
    pipeline: Pipeline,
    sets: tuple[str, ...] = (
        "fourteenth",
        "thirteenth",
        "twelfth",
        "eleventh",
        "tenth",
        "ninth",
        "eighth",
        "seventh",
        "sixth",
        "fifth",
        "fourth",
        "third",
        "variants",
        "second",
        "fresh",
        "ordinary",
        "unseen",
        "heldout",
        "development",
    ),
) -> dict[str, Any]:
    """The figures of each set, per rule and over all."""
    return {name: measure_set(pipeline, SETS / name) for name in sets}


def measure_set(pipeline: Pipeline, folder: Path) -> dict[str, Any]:
    """The figures of one set: hits, misses and false alarms by rule and by bundle."""
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    bundles: dict[str, dict[str, list[str]]] = {}
    clean = clean_alarms = 0
    for path in sorted(folder.glob("*/supplier.yaml")):
        supplier = load_supplier(path.parent)
        fired = fired_on(pipeline, supplier)
        wanted, arguable = set(supplier.raises), set(supplier.may)
        hit.update(fired & wanted)
        missed.update(wanted - fired)
        wrong = fired - wanted - arguable
        false.update(wrong)
        bundles[supplier.id] = {"missed": sorted(wanted - fired), "false alarms": sorted(wrong)}
        if not wanted:
            clean += 1
            clean_alarms += len(wrong)
        told([folder.name, supplier.id, f"missed {sorted(wanted - fired)}", f"false {sorted(wrong)}"])
    return {
        "precision": ratio(hit.total(), hit.total() + false.total()),
        "recall": ratio(hit.total(), hit.total() + missed.total()),
        "wanted": hit.total() + missed.total(),
        "fired wrongly": false.total(),
        "clean bundles": clean,
        "false alarms on clean bundles": clean_alarms,
        "rules": {
            name: {"hit": hit[name], "missed": missed[name], "false": false[name]}
            for name in table("flags")
            if hit[name] + missed[name] + false[name]
        },
        "rules without a bundle": [name for name in table("flags") if not hit[name] + missed[name]],
        "bundles": bundles,
    }


def fired_on(pipeline: Pipeline, supplier: AuthoredSupplier) -> set[str]:
    """Ids of the flags that a supplier's rendered bundle raises."""
    settings = AssessmentSettings(product=supplier.product)
    report = assess(supplier.name, date.fromisoformat(supplier.reference_date), pipeline.supplier(supplier), settings)
    return {flag.id for flag in report.flags}


def ratio(part: int, whole: int) -> float:
    """A share with three places; 1 where there is nothing to share."""
    return round(part / whole, 3) if whole else 1.0


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    told_lines = []
    for name, found in figures.items():
        told_lines.append(
            f"flags, {name}: precision {found['precision']:.3f}, recall {found['recall']:.3f} (goal {GOAL}) on "
            f"{found['wanted']} flags; {found['fired wrongly']} false alarms; {found['clean bundles']} clean bundles "
            f"raised {found['false alarms on clean bundles']}"
        )
        for rule, counts in found["rules"].items():
            if counts["missed"] or counts["false"]:
                told_lines.append(
                    f"  {rule:36} {counts['hit']} hit  {counts['missed']} missed  {counts['false']} false"
                )
        if found["rules without a bundle"]:
            told_lines.append(f"  rules without a bundle here: {', '.join(found['rules without a bundle'])}")
    return told_lines
