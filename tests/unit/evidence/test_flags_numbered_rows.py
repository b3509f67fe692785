"""Running numbers before the rows of readings and studies change nothing of what they say."""

import json

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}


def readings(document):
    return [row for fact in document.facts if fact.kind == "readings" for row in json.loads(fact.value)["rows"]]


@pytest.mark.parametrize("head", ["No.", "TT", "序号", ""])
def test_the_number_of_a_row_is_no_reading(head):
    rows = [f"| {at} | 2026-09-{at + 10} | B-26{at} | {value} |" for at, value in enumerate((92, 97, 88, 95), 1)]
    text = "\n".join(("Plate count, limit 100 CFU/g", "", f"| {head} | Day | Batch | Count CFU/g |", *rows))
    assert {row["label"] for row in readings(report("Counts.xlsx", text, **CHECKED))} == {"Count CFU/g"}


@pytest.mark.parametrize(("number", "head"), [(False, ""), (True, "No. | "), (True, " | ")])
@pytest.mark.parametrize(("share", "raised"), [("38.5", True), ("18.5", False)])
def test_the_row_of_a_gauge_error_is_numbered(number, head, share, raised):
    told = ("EV | 0.012 | 24.7", "AV | 0.018 | 29.5", f"GRR | 0.022 | {share}")
    rows = "\n".join(f"| {f'{at} | ' if number else ''}{row} |" for at, row in enumerate(told, 1))
    text = f"# Gauge R&R study\n\nDate :: 2026-05-12\n\n| {head}Source | Std dev | % of tolerance |\n{rows}\n\nConclusion: measurement system acceptable."
    document = report("GRR.pdf", text, kind="calibration_record", criteria=("calibration",))
    assert ("conclusion_contradicts_data" in flags(document)) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("| Gauge R&R | 0.1254 mm | % of tolerance | 41.8 % |", True),
        ("| Gauge R&R | 0.0254 mm | % of tolerance | 11.8 % |", False),
        ("A gauge R&R above 30 % is not used.", False),
    ],
)
def test_a_study_taken_for_a_rule_has_a_row_with_its_error(told, raised):
    text = f"# Gauge R&R study\n\n| Gauge | HG-07 | Date | 2026-06-23 |\n| EV | 0.0894 mm | % of tolerance | 9.8 % |\n{told}\n\nConclusion: measurement system ACCEPTABLE"
    document = report("GRR HG-07.xlsx", text, kind="procedure", criteria=("calibration",))
    assert ("conclusion_contradicts_data" in flags(document)) is raised


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("| No. | Specimen | Height mm | Density | Force kN |", True),
        ("SPECIMEN\n\n| No. | Piece | Height mm | Density | Force kN |", False),
        ("Test report (specimen)\n\n| No. | Piece | Height mm | Density | Force kN |", False),
    ],
)
def test_specimens_head_a_column_of_what_was_tested(text, raised):
    rows = "\n".join(
        f"| {at} | {at} | {height} | {density} | {force} |"
        for at, (height, density, force) in enumerate(
            ((63.8, 2.371, 11.42), (64.3, 2.366, 10.97), (63.1, 2.374, 11.85), (63.6, 2.369, 11.27)), 1
        )
    )
    papers = [
        report(f"M-{number}.docx", f"# Test {number}\n\nTested :: {day}\n\n{text}\n{rows}", **CHECKED)
        for number, day in (("188", "2026-06-09"), ("231", "2026-08-26"))
    ]
    assert ("identical_readings" in flags(*papers)) is raised
