"""What the assessment and the report are worth: flags, expectations, certificates, dates, series, and the time they take.

    python -m benchmarks.report [PART ...] [--format text|json] [--keep FOLDER] [--sets SET ...]

Without a part, all of them. ``--keep`` keeps the extracted documents in a folder, so that a second run measures changed
rules in seconds. ``--sets "sheets e" "sheets f"`` measures certificates of these sets alone, ``--sets twelfth ordinary`` flags and what they keep when laid out otherwise (``--ways heads turned``); what was
missed and what fired wrongly is told on standard error, bundle by bundle, and with its words under ``--format json``.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.reporting import (
    certificates,
    dates,
    expectations,
    flags,
    kinds,
    names,
    ordinary,
    planted,
    reshaped,
    series,
    speed,
)
from benchmarks.reporting.reading import Pipeline


@dataclass(frozen=True)
class Part:
    """A figure: how it is measured, and how it reads as text."""

    measure: Callable[[Pipeline], dict[str, Any]]
    lines: Callable[[dict[str, Any]], list[str]]
    about: str


PARTS: dict[str, Part] = {
    "flags": Part(flags.measure, flags.lines, "precision and recall of the red flags on authored bundles"),
    "reshaped": Part(reshaped.measure, reshaped.lines, "flags kept when the same papers are laid out otherwise"),
    "planted": Part(planted.measure, planted.lines, "faults planted in sheets of many hands, and what is told right"),
    "ordinary": Part(
        ordinary.measure, ordinary.lines, "flags that ordinary papers raise when they lie in bundles of many hands"
    ),
    "expectations": Part(
        expectations.measure, expectations.lines, "statuses, headline and marks beside what a reader expected"
    ),
    "kinds": Part(kinds.measure, kinds.lines, "kinds of documents, with and without what they are called"),
    "certificates": Part(
        certificates.measure, certificates.lines, "fields of certificates of our own, as text and as scans"
    ),
    "dates": Part(dates.measure, dates.lines, "normal forms of dates in nine languages"),
    "names": Part(names.measure, names.lines, "names of companies in two scripts, known for one or told apart"),
    "series": Part(series.measure, series.lines, "KPI series out of sixty sheets, tables and charts of our own"),
    "time": Part(speed.measure, speed.lines, "seconds of the assessment and of each form, two hundred documents"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help=", ".join(f"{n}: {p.about}" for n, p in PARTS.items())
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--keep", type=Path, help="folder for the extracted documents of the bundles")
    parser.add_argument(
        "--sets", nargs="*", default=(), help="sets of certificates (layouts, sheets a ...) or of flags"
    )
    parser.add_argument(
        "--ways",
        nargs="*",
        default=(),
        help="ways in which papers are laid out otherwise or ordinary things that are planted (all)",
    )
    options = parser.parse_args()
    pipeline = Pipeline(options.keep)
    measures = {name: part.measure for name, part in PARTS.items()}
    measures["certificates"] = partial(certificates.measure, sets=options.sets)
    measures["flags"] = partial(flags.measure, sets=options.sets)
    measures["kinds"] = partial(kinds.measure, sets=options.sets)
    measures["planted"] = partial(planted.measure, sets=options.sets)
    measures["reshaped"] = partial(reshaped.measure, sets=options.sets, ways=options.ways)
    measures["ordinary"] = partial(ordinary.measure, sets=options.sets, ways=options.ways)
    results = {}
    for name in options.parts or PARTS:
        results[name] = measures[name](pipeline)
        if options.format == "text":
            print("\n".join(PARTS[name].lines(results[name])), flush=True)
    if options.format == "json":
        print(json.dumps(results, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
