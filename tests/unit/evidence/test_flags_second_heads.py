"""Tables of readings whose heads go on in the row below them: units, limits or nothing."""

import json

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
HEADS = "| Day | Lot | Temperature | Time | Remark |"
ROWS = [
    "| 04.05.2026 | K-2605-1 | 181 | 40 |  |",
    "| 05.05.2026 | K-2605-2 | 196 | 41 |  |",
    "| 06.05.2026 | K-2605-3 | 183 | 40 |  |",
    "| 07.05.2026 | K-2605-4 | 179 | 39 |  |",
]


def log(second, title="Oven 2, temperature 180 ± 5 °C, time 40 ± 2 min", rows=ROWS):
    return report("Oven log.xlsx", "\n".join((title, "", HEADS, *([second] if second else []), *rows)), **CHECKED)


def readings(document):
    return [row for fact in document.facts if fact.kind == "readings" for row in json.loads(fact.value)["rows"]]


@pytest.mark.parametrize(
    "second",
    [
        "",
        "|  |  |  |  |  |",
        "|  |  | °C | min |  |",
        "|  |  | (°C) | (phút) |  |",
        "|  |  | ℃ | 分钟 |  |",
        "|  |  | °C |  |  |",
    ],
)
def test_a_row_of_units_below_the_heads_hides_no_limit(second):
    assert "out_of_limits_without_reaction" in flags(log(second))


@pytest.mark.parametrize("second", ["|  |  | 180 ± 5 | 40 ± 2 |  |", "|  |  | 175 - 185 | 38 - 42 |  |"])
def test_a_row_of_limits_that_begins_with_an_empty_cell(second):
    document = log(second, title="Oven 2")
    assert {(row["low"], row["high"]) for row in readings(document)} == {(175.0, 185.0), (38.0, 42.0)}
    assert "out_of_limits_without_reaction" in flags(document)


def test_a_lone_limit_below_the_heads():
    document = log("|  |  | ≤ 190 |  |  |", title="Oven 2")
    assert {(row["low"], row["high"]) for row in readings(document)} == {(None, 190.0)}


@pytest.mark.parametrize(
    "head", ["Time (min)", "Thời gian (min)", "Waktu, min", "เวลา (min)", "保温时间(min)", "Süre (min)"]
)
def test_minutes_are_no_least_value(head):
    text = "\n".join(("Oven 2", "", HEADS.replace("Time", head), *ROWS))
    assert readings(report("Oven log.xlsx", text, **CHECKED)) == []


def test_the_head_of_a_remark_above_units_is_no_reaction():
    heads = HEADS.replace("Remark", "Rework")
    text = "\n".join(("Oven 2, temperature 180 ± 5 °C", "", heads, "|  |  | °C | min |  |", *ROWS))
    assert "out_of_limits_without_reaction" in flags(report("Oven log.xlsx", text, **CHECKED))


@pytest.mark.parametrize(
    "second", ["| 03.05.2026 | K-2605-0 | 180 | 40 |  |", "|  |  | n/a | 40 |  |", "|  | K-2605-0 | off | 40 |  |"]
)
def test_a_record_is_no_second_head(second):
    heads = {head for row in readings(log(second)) for head in [row["label"]]}
    assert heads == {"Temperature", "Time"}


def test_what_was_done_is_still_an_answer():
    rows = [*ROWS[:1], ROWS[1].replace("|  |", "| lot K-2605-2 scrapped |"), *ROWS[2:]]
    assert "out_of_limits_without_reaction" not in flags(log("|  |  | °C | min |  |", rows=rows))
