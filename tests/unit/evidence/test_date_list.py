"""Dates and periods against the list of our own, case by case."""

import csv
from pathlib import Path

import pytest

from evidence.facts.calendar import find, order_of
from evidence.facts.periods import bounds

CASES = Path(__file__).parents[3] / "corpora" / "facts" / "dates.tsv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']} {case['text']}")
def test_a_date_is_read_as_it_is_meant(case: dict[str, str]) -> None:
    others = [part.strip() for part in case["document"].split("¦") if part.strip()]
    order, settled = order_of([*others, case["text"]], case["language"])
    found = find(case["text"], order, case["language"], settled)
    assert " ".join(item.value for item in found) == case["expected"]
    assert all(case["text"][item.start : item.end] for item in found)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(value: str, first: str, last: str) -> None:
    assert bounds(value) == (first, last)
