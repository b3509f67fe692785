"""Normal forms of dates and periods against a list of our own: language, what else the document says, text, dates meant.

The plain way measured beside it is ``dateutil`` on each numeric or named date that a simple pattern finds.
"""

import csv
import re
from pathlib import Path
from typing import Any

from evidence.facts.calendar import find, order_of

CASES = Path("corpora/facts/dates.tsv")
GOAL = 0.97


def cases() -> list[dict[str, str]]:
    """The cases of the list."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ours(case: dict[str, str]) -> str:
    """The normal forms found in a case, in order, as the document would have them read."""
    others = [part.strip() for part in case["document"].split("¦") if part.strip()]
    order, settled = order_of([*others, case["text"]], case["language"])
    return " ".join(found.value for found in find(case["text"], order, case["language"], settled))


_PLAIN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2} [A-Za-z]{3,9}\.? \d{4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)


def plain_way(case: dict[str, str]) -> str:
    """What a simple pattern and dateutil (day first) make of a case."""
    from dateutil import parser

    values = []
    for match in _PLAIN.finditer(case["text"]):
        try:
            values.append(parser.parse(match[0], dayfirst=not re.match(r"\d{4}", match[0])).date().isoformat())
        except (ValueError, OverflowError):
            continue
    return " ".join(values)


def measure(_: object) -> dict[str, Any]:
    """Exact cases, by language, with the plain way on the same list."""
    listed = cases()
    wrong = [(case, found) for case in listed if (found := ours(case)) != case["expected"]]
    languages = sorted({case["language"] for case in listed})
    return {
        "cases": len(listed),
        "exact": round(1 - len(wrong) / len(listed), 4),
        "plain way": round(sum(plain_way(case) == case["expected"] for case in listed) / len(listed), 4),
        "languages": {
            language: round(
                1
                - sum(case["language"] == language for case, _ in wrong)
                / sum(case["language"] == language for case in listed),
                3,
            )
            for language in languages
        },
        "wrong": [f"{c['language']} '{c['text']}': '{found}' instead of '{c['expected']}'" for c, found in wrong],
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    by_language = ", ".join(f"{name} {share:.2f}" for name, share in figures["languages"].items())
    return [
        f"dates: {figures['exact']:.3f} exact (goal {GOAL}) on {figures['cases']} cases; dateutil the plain way "
        f"{figures['plain way']:.3f}; {by_language}",
        *(f"  {line}" for line in figures["wrong"]),
    ]
