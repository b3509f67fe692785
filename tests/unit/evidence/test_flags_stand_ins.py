"""Signs and brackets in the place of a name, other companies in minutes, and the honest hints beside them."""

import pytest

from tests.unit.evidence.builders import flags, report


def minutes(text: str, path: str = "Minutes.docx", kind: str = "management_review_record") -> object:
    return report(path, text, kind=kind, reading="living")


@pytest.mark.parametrize(
    "text",
    [
        "OO산업(주) 월례 품질회의록\n불량 241건을 검토함",
        "XXXX Electronic Co., Ltd\nReview of 3 June 2026, scrap 1.2 %",
        "××精密科技有限公司 会议记录\n6月3日,报废率1.2%",
        "PT XX\nRapat 3 Juni 2026, afkir 1,2 %",
        "Company | [Organisation name]\nReview of 3 June 2026, scrap 1.2 %",
        "負責人 | 【姓名】\n6月3日,報廢率1.2%",
        "Scrap fell to 1.2 %.\nClick or tap here to enter text.",
        "Phế phẩm giảm còn 1,2 %.\nNhấp để nhập nội dung",
    ],
)
def test_signs_that_stand_for_a_name(text: str) -> None:
    assert "placeholder_left" in flags(minutes(text))


@pytest.mark.parametrize(
    "text",
    [
        "XXL Limited edition shirts, 412 sewn, 3 sent back",
        "Result | OO | OK\nLot 7 passed, 412 pieces",
        "** company average is 1.2 %, ours 0.9 %",
        "Auditor [name] | Lan Pham\nScrap fell to 1.2 % after the oven was mended",
        "EXAMPLE: C-00 | dd/mm/yyyy | Công ty ABC | say how many\nC-01 | 03/03/2026 | Valve house | 11 of 320 porous",
        "【原因】顶针磨损,6月3日更换",
    ],
)
def test_sizes_marks_hints_and_example_rows_are_none(text: str) -> None:
    assert "placeholder_left" not in flags(minutes(text, kind="corrective_action_record"))


ROWS = (
    "\n| No | Problem | Cause | Action | Closed |\n| 1 | 12 of 400 cracked | sensor moved | sensor fixed | 20/02/2026 |"
)


@pytest.mark.parametrize(
    ("field", "raised"),
    [
        ("Date :: dd/mm/yyyy", True),
        ("Tarih :: GG.AA.YYYY", True),
        ("日期 :: YYYY年MM月DD日", True),
        ("Doc no. :: XXX-XX-000", True),
        ("Approved :: Nguyễn Văn A", True),
        ("작성 :: 홍길동", True),
        ("Customer :: «Customer»", True),
        ("Date format :: dd/mm/yyyy", False),
        ("Approved :: Nguyễn Văn An", False),
        ("Severity :: xx", False),
        ("Lot :: ACX-12-007", False),
    ],
)
def test_masks_and_names_of_nobody_in_the_fields_of_a_filled_record(field: str, raised: bool) -> None:
    paper = report("CAPA.docx", field + ROWS, kind="corrective_action_record", reading="living")
    assert ("placeholder_left" in flags(paper)) is raised


SAID = "Harrow Springs Ltd, minutes of 3 June 2026\nThe director confirmed that the quality management system of {} remains suitable."


@pytest.mark.parametrize(("firm", "raised"), [("Tolland Forge Ltd", True), ("Harrow Springs Ltd", False)])
def test_minutes_that_judge_the_system_of_another_company(firm: str, raised: bool) -> None:
    found = flags(minutes(SAID.format(firm)), supplier="Harrow Springs Ltd")
    assert ("placeholder_left" in found) is raised


def test_the_system_of_a_supplier_that_was_audited_is_its_own_matter() -> None:
    audit = minutes(SAID.format("our supplier Tolland Forge Ltd"), kind="supplier_evaluation_record")
    assert "placeholder_left" not in flags(audit, supplier="Harrow Springs Ltd")


LOG = "{}\n| Date | Item | Found | Done |\n| 02/06/2026 | Flute roll | 0.42 mm left | set to 0.35 |\n| 05/06/2026 | Steam trap | not draining | changed |\n| 12/06/2026 | Glue pump | seal leaks | seal changed |\n\nChecked: plant engineer of Harrow Springs, 30/06/2026\n"


@pytest.mark.parametrize(
    ("head", "raised"),
    [
        ("TOLLAND FORGE LTD", True),
        ("HARROW SPRINGS LTD", False),
        ("TOLLAND FORGE LTD\n\nService for our customer", False),
    ],
)
def test_a_log_of_the_own_machines_under_the_name_of_another(head: str, raised: bool) -> None:
    log = report("Machines.xlsx", LOG.format(head), kind="other", reading="living")
    assert ("placeholder_left" in flags(log, supplier="Harrow Springs Ltd")) is raised


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Company | PT [COMPANY NAME] | Date | 26 March 2026", True),
        ("Công ty | Công ty [TÊN CÔNG TY] | Ngày | 26/03/2026", True),
        ("会社名 | 株式会社[会社名] | 日付 | 2026-03-26", True),
        ("회사 | (주)[회사명] | 일자 | 2026.03.26", True),
        ("Chair | Mr. [name] | Date | 26 March 2026", True),
        ("ประธาน | คุณ [ชื่อ] | วันที่ | 26/03/2569", True),
        ("Auditor [name] | Lan | Date | 26 March 2026", False),
        ("Company [name] | Lotus Valley | Date | 26 March 2026", False),
        ("No | Company [name] | Product", False),
    ],
)
def test_the_form_of_a_firm_before_a_bracket_is_no_label(line, left):
    text = f"# Minutes\n\n| {line} |\n| Present | Ann Lowe, Bo Karlsen | | |\n\n- Complaints fell from 9 to 4, new punch bought.\n"
    made = report("Minutes.docx", text, kind="management_review_record", criteria=("management_review",))
    assert ("placeholder_left" in flags(made)) is left
