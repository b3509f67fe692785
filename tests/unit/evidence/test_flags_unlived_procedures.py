"""Procedures on matters of their own, alone or beside blank forms, and those that cannot have been lived yet."""

import pytest

from evidence.model import DocumentReport
from tests.unit.evidence.builders import flags, report

RULES = "{}\n{}\n1. The leader makes the yearly list of all presses and dryers.\n2. The fitter uses check sheet MF-03 and writes what was found.\n3. Check sheets shall be filed for three years."


def procedure(title: str, head: str = "Rev 4, effective 17 March 2025", **more: object) -> DocumentReport:
    return report(
        f"{title}.docx", RULES.format(title, head), kind="procedure", reading="static", mode="prescription", **more
    )


FORM = report(
    "MF-03.xlsx",
    "Lubrication check (form)\n| No. | Machine | Found |\n| 1 | | |\n| 2 | | |",
    kind="blank_form",
    reading="static",
    mode="template",
)


@pytest.mark.parametrize("beside", [(), (FORM,)])
def test_a_procedure_that_came_alone_or_with_its_blank_form(beside: tuple[DocumentReport, ...]) -> None:
    assert "procedure_without_record" in flags(procedure("QP-21 Lubrication procedure"), *beside)


def test_a_procedure_to_come_has_no_records_yet() -> None:
    young = procedure("QP-21 Lubrication procedure", "First issue. Comes into force on 4 January 2027.")
    assert "procedure_without_record" not in flags(young)


def test_a_list_of_goals_is_no_procedure() -> None:
    assert "procedure_without_record" not in flags(procedure("Department wise goals"))


def test_a_record_titled_as_the_procedure_shows_it_whatever_topic_it_was_taken_for() -> None:
    rules = report(
        "首件检验作业指导书.docx",
        "首件检验作业指导书\n1. 开机、换模后做首件。\n2. 取连续2模,测重量,记录。\n3. 合格后检验员签字。",
        kind="procedure",
        reading="static",
        mode="prescription",
        criteria=("traceability",),
    )
    shown = report(
        "首件记录.xlsx",
        "首件检验记录\n10-09 7# 18.47 合格\n10-12 7# 18.40 合格",
        kind="calibration_record",
        reading="living",
        criteria=("calibration",),
    )
    assert "procedure_without_record" in flags(rules)
    assert "procedure_without_record" not in flags(rules, shown)


def test_the_edition_below_a_title_is_no_part_of_it() -> None:
    rules = procedure("QP-33 Tool and mould management", "Rev 3, effective 2025-03-01")
    history = report("Moulds.xlsx", "MOULD HISTORY\n2026-03-01 mould 4 polished", kind="other", reading="living")
    assert "procedure_without_record" in flags(rules)
    assert "procedure_without_record" not in flags(rules, history)
