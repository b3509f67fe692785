"""Kinds of documents on the bundles of the flags, none of which taught the model: as it judged them alone, and with what they are called."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.reporting.flags import NAMES, SETS, ratio
from benchmarks.reporting.reading import Pipeline
from corpora.authored import load_supplier
from evidence.named_kinds import ODDS, places_in, with_names

TRIED = (1.0, 2.0, 4.0, ODDS, 16.0)
"""Odds that a name is given, 1 for the model alone."""


def measure(pipeline: Pipeline, sets: Sequence[str] = ()) -> dict[str, Any]:
    """Share of the documents whose kind is that of their author, by odds, and by language for the model alone and the odds that ship."""
    right: dict[float, Counter[str]] = {odds: Counter() for odds in TRIED}
    seen = Counter[str]()
    for path in [path for name in sets or NAMES for path in sorted((SETS / name).glob("*/supplier.yaml"))]:
        supplier = load_supplier(path.parent)
        written = {document.file.rsplit("/", 1)[-1]: document for document in supplier.documents}
        for report in pipeline.supplier(supplier, named=False):
            document = written.get(report.path.rsplit("/", 1)[-1])
            if document is None or not report.kinds or not report.passages:
                continue
            seen[document.language] += 1
            places = places_in(report)
            for odds in TRIED:
                right[odds][document.language] += first(with_names(report.kinds, places, odds)) == document.kind
    return {
        "documents": seen.total(),
        "right by odds": {odds: ratio(right[odds].total(), seen.total()) for odds in TRIED},
        "by language": {
            language: {
                "documents": count,
                "alone": ratio(right[1.0][language], count),
                "named": ratio(right[ODDS][language], count),
            }
            for language, count in seen.most_common()
        },
    }


def first(kinds: Mapping[str, float]) -> str:
    """The most probable kind."""
    return max(kinds, key=lambda kind: kinds[kind])


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    by_odds = figures["right by odds"]
    found = [
        f"kinds of {figures['documents']} documents: {by_odds[1.0]:.3f} right by the model alone, {by_odds[ODDS]:.3f} with what they are "
        f"called; odds tried: {', '.join(f'{odds:g} {share:.3f}' for odds, share in by_odds.items())}"
    ]
    for language, of in figures["by language"].items():
        found.append(f"  {language:3} {of['documents']:5} documents  {of['alone']:.3f} alone  {of['named']:.3f} named")
    return found
