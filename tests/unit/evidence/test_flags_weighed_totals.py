"""Totals of lone columns of figures with decimals: masses, hours, costs."""

import pytest

from evidence.facts import totals
from evidence.facts.numbers import amount
from tests.counting import calls_of

from .builders import flags, report

RULE = "figures_do_not_add"
LAB = {"kind": "traceability_record", "criteria": ("traceability",)}


def _table(head: str, column: str, rows: tuple[tuple[str, str], ...], total: str, word: str = "Total") -> str:
    told = "\n".join(f"| {name} | {figure} |" for name, figure in rows)
    return f"# Record of 11 September 2026\n\n| {head} | {column} |\n{told}\n| {word} | {total} |\n"


SIEVES = (("14", "58.2"), ("10", "186.4"), ("5", "297.1"), ("2", "243.8"), ("0.425", "229.5"), ("Pan", "74.9"))
PALLETS = (("P1", "612.5"), ("P2", "598.0"), ("P3", "604.5"), ("P4", "611.0"), ("P5", "587.5"))
COSTS = (
    ("Scrap", "1,204.50"),
    ("Rework", "866.20"),
    ("Sorting", "412.75"),
    ("Freight", "958.40"),
    ("Claims", "731.15"),
)
ROOTS = (("Standard", "0.80"), ("Drift", "0.15"), ("Resolution", "0.06"), ("Repeatability", "0.05"), ("Room", "0.02"))
SHARES = (("A", "20.5 %"), ("B", "19.5 %"), ("C", "21.0 %"), ("D", "18.5 %"), ("E", "17.5 %"))


@pytest.mark.parametrize(
    ("head", "column", "rows", "total", "raised"),
    [
        ("Sieve mm", "Mass retained g", SIEVES, "1,165.9", True),
        ("Sieve mm", "Mass retained g", SIEVES, "1,089.9", False),
        ("Sieve mm", "Mass retained g", SIEVES, "1,090.0", False),
        ("Pallet", "Net kg", PALLETS, "3,113.5", True),
        ("Pallet", "Net kg", PALLETS, "3,013.5", False),
        ("Kind", "Cost USD", COSTS, "4,473.00", True),
        ("Kind", "Cost USD", COSTS, "4,173.00", False),
        ("Source", "Uncertainty mm", ROOTS, "0.82", False),
        ("Kind", "Cost USD", COSTS, "9,118.40", False),
        ("Pallet", "Net kg", PALLETS, "602.7", False),
        ("Line", "Share", SHARES, "100.0 %", False),
        ("Pallet", "Net kg", PALLETS[:4], "2,526.0", False),
    ],
)
def test_a_lone_column_of_figures_with_decimals(
    head: str, column: str, rows: tuple[tuple[str, str], ...], total: str, raised: bool
) -> None:
    assert (RULE in flags(report("Record.xlsx", _table(head, column, rows, total), **LAB))) is raised


@pytest.mark.parametrize(("word", "total"), [("Tổng cộng", "3.113,5"), ("合计", "3113.5"), ("Toplam", "3113,5")])
def test_in_other_languages(word: str, total: str) -> None:
    rows = PALLETS if word == "合计" else tuple((name, figure.replace(".", ",")) for name, figure in PALLETS)
    assert RULE in flags(report("Record.xlsx", _table("Pallet", "kg", rows, total, word), **LAB))
    right = total.replace("113", "013")
    assert RULE not in flags(report("Record.xlsx", _table("Pallet", "kg", rows, right, word), **LAB))


def test_the_column_is_called_by_the_words_over_its_figures() -> None:
    rows = "\n".join(f"| {name} | {figure} | | |" for name, figure in SIEVES)
    text = (
        "=== S\n| GRADING OF SAMPLE 0911 |  |  |  |\n| Client: Rift Roads | Client: Rift Roads | Tested: 11/09/2026 | D. Mutai |\n"
        f"| Sieve mm | Mass retained g | Passing % | Spec. % |\n{rows}\n| Total | 1,165.9 | | |\n"
    )
    assert "'Mass retained g'" in flags(report("Grading.xlsx", text, **LAB))[RULE].explanation


def test_which_figure_a_total_of_a_long_column_leaves_out_is_sought_once() -> None:
    """A list of the rest for each figure made a column of 2,500 take fifty seconds."""
    figures = [figure for at in range(4_000) if (figure := amount(f"{at}.5"))]
    few, many = (
        calls_of(lambda n=n: totals._part_summed(figures[:n], figures[0]))  # type: ignore[misc]
        for n in (1_000, 4_000)
    )
    assert len(figures) == 4_000
    assert many <= few + 100
