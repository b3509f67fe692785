"""Precision and recall of the red flags on authored bundles, through the whole pipeline.

A bundle names all flags that must fire (``raises``) and those about which a careful reader could argue (``may``); every
other flag is a false alarm. Each set was written in one go, without looking at the rules of its day, and measured once before anything was mended on it: those first
figures are the honest ones (``corpora/flags/README.md`` keeps them). ``ordinary`` holds what must stay silent, line by line.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import AuthoredSupplier, load_supplier
from evidence.assessment import AssessmentSettings, assess
from evidence.data import table
from evidence.model import Flag

SETS = Path("corpora/flags")
GOAL = 0.95


# The newest sets first: what they show is the least known.
NAMES = (
    "honest", "honest2", "honest3", "honest4", "honest5", "honest6", "honest7", "honest8", "shapes_a", "shapes_b", "shapes_c", "shapes_d", "drill_odd", "drill_even", "drill_later", "drill_second_odd", "drill_second_even", "drill_third_odd", "drill_third_even", "sixtysecond", "sixtyfirst", "sixtieth", "fiftyninth", "fiftyeighth", "fiftyseventh", "fiftysixth", "fiftyfifth", "fiftyfourth", "fiftythird", "fiftysecond", "fiftyfirst", "fiftieth", "fortyninth", "fortyeighth", "fortyseventh", "fortysixth", "fortyfifth", "fortyfourth", "fortythird", "fortysecond", "fortyfirst", "fortieth", "thirtyninth", "thirtyeighth", "thirtyseventh", "thirtysixth", "thirtyfifth", "thirtyfourth", "thirtythird", "thirtysecond", "thirtyfirst", "thirtieth", "twentyninth", "twentyeighth", "twentyseventh", "twentysixth", "twentyfifth", "twentyfourth", "twentythird", "twentysecond", "twentyfirst", "twentieth", "nineteenth", "eighteenth", "seventeenth", "sixteenth", "fifteenth", "fourteenth", "thirteenth", "twelfth", "eleventh", "tenth", "ninth", "eighth", "seventh", "sixth", "fifth", "fourth",
    "third", "variants", "second", "fresh", "ordinary", "unseen", "heldout", "development",
)  # fmt: skip


def measure(pipeline: Pipeline, sets: Sequence[str] = ()) -> dict[str, Any]:
    """The figures of each set (of all without a name), per rule and over all."""
    return {name: measure_set(pipeline, SETS / name) for name in sets or NAMES}


def measure_set(pipeline: Pipeline, folder: Path) -> dict[str, Any]:
    """The figures of one set: hits, misses and false alarms by rule and by bundle."""
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    bundles: dict[str, dict[str, Any]] = {}
    clean = clean_alarms = 0
    for path in sorted(folder.glob("*/supplier.yaml")):
        supplier = load_supplier(path.parent)
        explained = {flag.id: flag.explanation for flag in raised_on(pipeline, supplier)}
        fired = set(explained)
        wanted, arguable = set(supplier.raises), set(supplier.may)
        hit.update(fired & wanted)
        missed.update(wanted - fired)
        wrong = sorted(fired - wanted - arguable)
        false.update(wrong)
        bundles[supplier.id] = {
            "missed": sorted(wanted - fired),
            "false alarms": {name: explained[name] for name in wrong},
        }
        if not wanted:
            clean += 1
            clean_alarms += len(wrong)
        told([folder.name, supplier.id, f"missed {sorted(wanted - fired)}", f"false {wrong}"])
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
    return {flag.id for flag in raised_on(pipeline, supplier)}


def raised_on(pipeline: Pipeline, supplier: AuthoredSupplier) -> Sequence[Flag]:
    """The flags that a supplier's rendered bundle raises."""
    settings = AssessmentSettings(product=supplier.product)
    day = date.fromisoformat(supplier.reference_date)
    return assess(supplier.name, day, pipeline.supplier(supplier), settings).flags


def raised_anew(pipeline: Pipeline, before: AuthoredSupplier, after: AuthoredSupplier) -> Sequence[Flag]:
    """The flags of a bundle that was made from another one (`Pipeline.changed`)."""
    settings, day = AssessmentSettings(product=after.product), date.fromisoformat(after.reference_date)
    return assess(after.name, day, pipeline.changed(before, after), settings).flags


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
