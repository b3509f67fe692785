"""Days on which one of several actions was done, fields for the day of completion, and lists of mails with empty last columns."""

import pytest

from tests.unit.evidence.builders import flags, report

SOLVED = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
EARLY = "done_before_reported"


@pytest.mark.parametrize(("day", "raised"), [("02 June 2025", True), ("12 June 2025", False)])
def test_one_of_several_measures_was_done_before(day, raised):
    text = (
        "# CAPA 2025-06\n\nOpened :: 09 June 2025\nDescription :: Seal width 4.1 mm, required 6 mm\n"
        f"Cause :: Jaw strip shifted, held by adhesive only\nMeasure A :: Strip clamped: implemented {day}, U. Yilmaz\n"
        "Measure B :: Width measured at line start: implemented 17 June 2025, K. Brandt\nClosure :: 06 July 2025, A. Lenz"
    )
    assert (EARLY in flags(report("CAPA 2025-06.docx", text, **SOLVED))) is raised


@pytest.mark.parametrize(("day", "raised"), [("28 พฤษภาคม 2568", True), ("20 มิถุนายน 2568", False)])
def test_the_field_of_the_day_of_completion(day, raised):
    text = (
        "# ใบขอให้แก้ไข (CAR)\n\nวันที่ออก :: 10 มิถุนายน 2568\nปัญหา :: ร่องลิ่ม 8.06 มม.\nสาเหตุ :: หัวจับเอ็นมิลหลวม\n"
        f"มาตรการแก้ไข :: เปลี่ยนคอลเล็ต วัดรันเอาท์ทุกครั้ง\nวันที่แก้ไขเสร็จ :: {day}\nปิดโดย :: ธนกร 24 สิงหาคม 2568"
    )
    assert (EARLY in flags(report("CAR.docx", text, **SOLVED))) is raised


@pytest.mark.parametrize(("marks", "raised"), [("", True), ("82     A", False)])
def test_a_list_set_with_blanks_whose_last_columns_are_empty(marks, raised):
    lines = (
        ("Klang Adhesive", "Hotmelt", "22/06/2025", "Aishah"),
        ("Subang Paper", "Face stock", "22/06/2025", "Aishah"),
        ("Jaya Ink", "UV ink", "23/06/2025", "Aishah"),
        ("Meru Liner", "Glassine", "24/06/2025", "Lim"),
    )
    rows = "\n".join(f"{a:16}{b:12}{c:14}{d:8}{marks}".rstrip() for a, b, c, d in lines)
    text = f"Supplier evaluation for this year is done:\n{'Supplier':16}{'Material':12}{'Evaluated on':14}{'By':8}{'Marks':7}Grade\n{rows}"
    told = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
    assert ("evaluation_without_result" in flags(report("Evaluation.eml", text, **told))) is raised


@pytest.mark.parametrize(("given", "raised"), [(("", "", ""), True), (("17", "12", "26"), False)])
def test_points_that_could_be_had_are_none_that_were_given(given, raised):
    rows = "".join(
        f"| {name} | {most} | {got} | {seen} |\n"
        for (name, most, seen), got in zip(
            (("Quality system", 20, "List shown"), ("Goods in", 15, "CoA filed"), ("Production", 30, "Batch sheets")),
            given,
            strict=True,
        )
    )
    text = f"# Supplier audit report\n\nSupplier :: Tintas Vale\nDate :: 12 May 2025\n\n| Section | Points possible | Points given | What was seen |\n{rows}"
    told = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
    assert ("evaluation_without_result" in flags(report("Supplier audit.docx", text, **told))) is raised


@pytest.mark.parametrize(("hours", "raised"), [((" 09:14", " 09:52"), False), (("", ""), True)])
def test_a_log_of_stops_tells_hours(hours, raised):
    rows = "".join(
        f"| S-{day} | 2025-09-0{day}{hours[0]} | Tombstone {day} pcs | Nozzle {day} worn, no count of its strokes | Nozzle changed | 2025-09-0{day}{hours[1]} |\n"
        for day in (1, 2, 3)
    )
    text = f"# Stop log\n\n| No | Date | Problem | Cause | Action | Closed |\n{rows}"
    assert ("closed_same_day" in flags(report("Stop log.csv", text, **SOLVED))) is raised


@pytest.mark.parametrize(("share", "raised"), [("80.0", False), ("96.0", True)])
def test_a_share_of_what_was_neither_rejected_nor_late(share, raised):
    text = (
        "# Supplier monitoring\n\n| Supplier | Received | Rejected | Late | % | Grade |\n| A | 42 | 1 | 2 | 92.9 | A |\n"
        f"| B | 18 | 0 | 1 | 94.4 | A |\n| C | 25 | 2 | 3 | {share} | B |\n| D | 16 | 0 | 0 | 100.0 | A |"
    )
    told = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
    assert ("figures_do_not_add" in flags(report("Monitoring.xlsx", text, **told))) is raised
