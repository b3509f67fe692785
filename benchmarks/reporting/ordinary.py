"""What is ordinary, planted in the bundles of many hands (`corpora.planting_ordinary`): the flags that it raises, and those it silences."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.reporting.flags import SETS, fired_on, raised_anew
from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import load_supplier
from corpora.planting_ordinary import TOGETHER, planted

READ = (
    "honest", "honest2", "honest3", "honest4", "honest5", "honest6", "honest7", "honest8", "thirtyfifth", "thirtyeighth", "fortyfirst",
    "fortyfourth", "fortyseventh", "fiftieth", "fiftythird",
)  # fmt: skip
"""The sets in whose bundles it is planted unless others are named."""

NONE_OF_THEM = "several things together"
"""Where a flag is counted that cites none of the papers planted."""


def measure(pipeline: Pipeline, sets: Sequence[str] = (), ways: Sequence[str] = ()) -> dict[str, Any]:
    """For each ordinary thing the bundles and papers it was planted in, the flags that it raised by rule, and the right flags that were
    no longer raised beside it; flags that the bundle raised before, or may raise, count for nothing. ``ways`` limits it to groups with things that begin so.
    """
    bundles, papers = Counter[str](), Counter[str]()
    new: dict[str, Counter[str]] = defaultdict(Counter)
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    groups = [group for group in TOGETHER if not ways or any(thing.startswith(tuple(ways)) for thing in group)]
    for name in sets or READ:
        for path in sorted((SETS / name).glob("*/supplier.yaml")):
            supplier = load_supplier(path.parent)
            before = fired_on(pipeline, supplier)
            known = before | set(supplier.raises) | set(supplier.may)
            for group in groups:
                other, files = planted(supplier, group)
                if other == supplier:
                    continue
                bundles.update(thing for thing, of in files.items() if of)
                papers.update({thing: len(of) for thing, of in files.items()})
                flags = raised_anew(pipeline, supplier, other)
                for flag in flags:
                    if flag.id in known:
                        continue
                    cited = {citation.document for citation in flag.citations}
                    things = [thing for thing, of in files.items() if of & cited] or [NONE_OF_THEM]
                    for thing in things:
                        new[thing][flag.id] += 1
                    told([name, supplier.id, f"{things}", f"false {flag.id}: {flag.explanation}"])
                for gone in (before & set(supplier.raises)) - {flag.id for flag in flags}:
                    for thing in (thing for thing, of in files.items() if of):
                        lost[thing][gone] += 1
                    told([name, supplier.id, f"lost {gone} beside {[thing for thing, of in files.items() if of]}"])
            told([name, supplier.id, "tried"])
    return {
        thing: {
            "bundles": bundles[thing],
            "papers": papers[thing],
            "new flags": dict(new[thing]),
            "silenced": dict(lost[thing]),
        }
        for thing in (*(thing for group in groups for thing in group), NONE_OF_THEM)
        if bundles[thing] or new[thing]
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    found = []
    for thing, of in figures.items():
        raised = "; ".join(f"{rule} {count}" for rule, count in sorted(of["new flags"].items())) or "none"
        silenced = "; ".join(f"{rule} {count}" for rule, count in sorted(of["silenced"].items())) or "none"
        found.append(
            f"ordinary, {thing}: {of['papers']} papers in {of['bundles']} bundles; new flags: {raised}; silenced: {silenced}"
        )
    return found
