"""How long the assessment of a supplier of two hundred documents takes once they are read and judged, and each form of its report.

    python -m benchmarks.report time
    python -m benchmarks.reporting.speed [--documents 200] [--repeat 2]

The documents are authored ones with their authors' labels, of many suppliers as if of one: more kinds and languages than any factory
sends. Beside each time stands its ratio to the plain way, writing and reading the same report as JSON.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from corpora.authored import load_corpus
from evidence.assessment import assess
from evidence.model import DocumentReport, Report
from service.reports.formats import FORMATS, render
from service.reports.printing import Printing
from tests.integration.authored_reports import report

DOCUMENTS = 200
GOAL_SECONDS = 5.0
DAY = date(2026, 9, 30)


def documents(count: int) -> list[DocumentReport]:
    """So many documents of the corpus, each under the folder of its supplier."""
    made: list[DocumentReport] = []
    for supplier in load_corpus():
        for authored in supplier.documents[: count - len(made)]:
            found = report(authored)
            made.append(found.model_copy(update={"path": f"{supplier.id}/{found.path}"}))
    return made


def measure(pipeline: object = None, count: int = DOCUMENTS, repeat: int = 2) -> dict[str, Any]:
    """Seconds of the assessment and of each form, and the ratio of each to the plain way; the fastest run counts."""
    read = documents(count)
    made = assess("Two Hundred Papers Co., Ltd", DAY, read)
    plain = _fastest(lambda: Report.model_validate_json(made.model_dump_json()), repeat)
    seconds = {"assessment": _fastest(lambda: assess(made.supplier, DAY, read), repeat)}
    for form in FORMATS:
        seconds[form] = _fastest(lambda form=form: render(made, form, Printing(DAY)), repeat)  # type: ignore[misc]
    return {
        "documents": len(read), "passages": sum(len(d.passages) for d in read), "plain_seconds": plain,
        "seconds": seconds, "ratios": {name: taken / plain for name, taken in seconds.items()},
    }  # fmt: skip


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    told = [
        f"time: {found['documents']} documents, {found['passages']} passages; plain way (JSON written and read) "
        f"{found['plain_seconds']:.2f} s"
    ]
    for name, seconds in found["seconds"].items():
        goal = f"  (goal: under {GOAL_SECONDS:.0f} s)" if name == "assessment" else ""
        told.append(f"  {name:<12} {seconds:6.2f} s  {found['ratios'][name]:5.1f} times the plain way{goal}")
    return told


def _fastest(act: Callable[[], object], repeat: int) -> float:
    taken = []
    for _ in range(max(1, repeat)):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--repeat", type=int, default=2, help="runs of each; the fastest counts")
    options = parser.parse_args()
    print("\n".join(lines(measure(None, options.documents, options.repeat))))


if __name__ == "__main__":
    main()
