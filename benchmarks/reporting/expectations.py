"""Statuses of the ten expectations, the headline and the four marks, beside what a reader expected of the bundles.

``corpora/flags/expected.toml`` holds what one reader wrote of each bundle before any report on it was looked at.
"""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.reporting.flags import SETS, ratio
from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import load_supplier
from evidence.assessment import AssessmentSettings, assess

EXPECTED = SETS / "expected.toml"
STATUSES = {
    "L": "living", "S": "stale", "P": "partial", "T": "static_only", "M": "missing", "U": "undetermined",
}  # fmt: skip
MARKS = {
    "O": "ownership_clarified", "R": "recurring_issues_fixed", "K": "metrics_followed", "A": "actions_tightened",
}  # fmt: skip


def measure(pipeline: Pipeline, expected: Path = EXPECTED) -> dict[str, Any]:
    """Shares in which the assessment and the reader agree; ``first``: on the reader's first answer alone."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    bundles: dict[str, list[str]] = {}
    for label in tomllib.loads(expected.read_text(encoding="utf-8"))["bundle"]:
        supplier = load_supplier(SETS / label["id"])
        settings = AssessmentSettings(product=supplier.product)
        day = date.fromisoformat(supplier.reference_date)
        report = assess(supplier.name, day, pipeline.supplier(supplier), settings)
        differing = bundles[label["id"]] = []

        own = label["id"].split("/")[0]

        def compare(
            part: str, name: str, found: str, accepted: list[str], why: str = "", differing: list[str] = differing,
            own: str = own,
        ) -> None:  # fmt: skip
            for counted in (part, f"{part} in {own}", f"{part} {name}") if name else (part, f"{part} in {own}"):
                seen[counted] += 1
                right[counted] += found in accepted
                right[f"{counted} first"] += found == accepted[0]
            if found not in accepted:
                differing.append(f"{name or part}: {found}, expected {' or '.join(accepted)}. {why}".strip())

        for one, letters in zip(report.expectations, label["statuses"].split(), strict=True):
            accepted = [STATUSES[letter] for letter in letters.split("/")]
            compare("status", one.id, one.status, accepted, one.explanation)
            pairs[f"{accepted[0]} -> {one.status}"] += 1
        compare("headline", "", report.headline, label["headline"])
        for letter, mark in MARKS.items():
            wanted = "seen" if letter in label["marks"] else "not seen"
            either = ["not seen", "seen"] if letter in label["marks_may"] else [wanted]
            found = next(each for each in report.marks if each.id == mark)
            compare("mark", mark, "seen" if found.seen else "not seen", either, found.explanation)
        told([label["id"], *differing])
    return {
        "bundles": len(bundles),
        "agreement": {
            name: {
                "of": count,
                "agreed": right[name],
                "share": ratio(right[name], count),
                "first answer": right[f"{name} first"],
            }
            for name, count in seen.items()
        },
        "expected -> found": dict(sorted(pairs.items())),
        "differing": bundles,
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    text = [f"expectations, {figures['bundles']} bundles: as the reader expected (the reader's first answer alone)"]
    for name, found in figures["agreement"].items():
        text.append(f"  {name:34} {found['agreed']} of {found['of']}, {found['share']:.3f} ({found['first answer']})")
    text.append("  first answer of the reader -> status found")
    text.extend(f"  {pair:34} {count}" for pair, count in figures["expected -> found"].items())
    return text
