"""Limits that stand over several columns, are aimed at only, or are no limits at all: each beside the paper that is ordinary."""

import json

import pytest

from tests.unit.evidence.builders import flags, report


def readings(document):
    return [row for fact in document.facts if fact.kind == "readings" for row in json.loads(fact.value)["rows"]]


def sheet(path, *rows, title="", **more):
    text = f"=== 1\n{title}\n" + "\n".join(f"| {row} |" for row in rows)
    return report(path, text, kind="traceability_record", criteria=("traceability",), **more)


COATING = "Lot | Day | Layer µm (min 60) 1 | Layer µm (min 60) 2 | Layer µm (min 60) 3"


@pytest.mark.parametrize(("last", "raised"), [("52 | 55 | 51", True), ("72 | 65 | 71", False)])
def test_a_limit_in_the_head_of_several_columns(last, raised):
    rows = ("QZ-2605-11 | 4 May 2026 | 88 | 71 | 69", "QZ-2605-14 | 7 May 2026 | 66 | 91 | 83")
    document = sheet("coating.xlsx", COATING, *rows, f"QZ-2605-19 | 9 May 2026 | {last}")
    assert {row["low"] for row in readings(document)} == {60.0}
    assert ("out_of_limits_without_reaction" in flags(document)) is raised


def test_a_highest_value_beside_a_limit_was_measured():
    rows = [f"FB-26{at} | 1,4{at} | {300 + at} | 4,1{at}" for at in (12, 14, 17, 19)]
    document = sheet("kiln.xlsx", "Lot | Maximum temperature °C | Load kg (≥ 250) | Good", *rows)
    assert {row["low"] for row in readings(document)} == {250.0}
    assert "out_of_limits_without_reaction" not in flags(document)


@pytest.mark.parametrize(("told", "raised"), [("target 300 max", False), ("limit 300 max", True)])
def test_what_is_aimed_at_is_no_limit(told, raised):
    rows = [f"{at} | {value}" for at, value in enumerate((288, 291, 310, 295), 1)]
    document = sheet("force.xlsx", "Piece | Force", *rows, title=f"Pull test, {told}")
    assert ("out_of_limits_without_reaction" in flags(document)) is raised


@pytest.mark.parametrize(("first", "raised"), [("January", False), ("P-1", True)])
def test_rates_of_months_are_no_readings(first, raised):
    names = ("January", "February", "March", "April") if first == "January" else ("P-1", "P-2", "P-3", "P-4")
    head = "Month | Reject rate % (max 1.5)" if first == "January" else "Piece | Runout mm (max 1.5)"
    rows = [f"{name} | {value}" for name, value in zip(names, (1.7, 1.4, 1.3, 1.2), strict=True)]
    assert ("out_of_limits_without_reaction" in flags(sheet("rates.xlsx", head, *rows))) is raised
