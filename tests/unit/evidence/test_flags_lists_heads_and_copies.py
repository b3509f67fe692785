"""Lists of suppliers by what stands in their cells, years above tables, and copies for another order."""

import pytest

from evidence.model import PartReading
from tests.unit.evidence.builders import flags, report

LISTED = {
    "kind": "supplier_evaluation_record",
    "reading": "static",
    "mode": "prescription",
    "criteria": ("supplier_control",),
}
NAMES = ("Ozpak Ambalaj", "Marmara Polimer", "Uludag Celik", "Demirtas Boya")


def _list(title: str, heads: str, cells: tuple[str, ...], path: str = "List.xlsx"):
    rows = "".join(f"| {at} | {name} | {cell} |\n" for at, (name, cell) in enumerate(zip(NAMES, cells, strict=True), 1))
    return report(path, f"# {title}\n\n| No | {heads} |\n{rows}", **LISTED)


@pytest.mark.parametrize(
    ("title", "heads", "cells", "bare"),
    [
        (
            "Onaylı tedarikçi listesi",
            "Tedarikçi | Malzeme / Hizmet",
            ("film", "POM", "1.2738, 1.2344 çelik", "boya"),
            True,
        ),
        ("Onaylı tedarikçi listesi", "Tedarikçi | Kalite", ("92", "88", "75", "90"), False),
        ("Qualified suppliers", "Supplier | Delivery terms", ("DAP", "EXW", "DAP", "n/a"), True),
        ("Approved vendors", "Vendor | Delivery", ("on time", "late twice", "on time", "on time"), False),
        (
            "Approved vendor list",
            "Vendor | Grade of item",
            ("Raw material", "Raw material", "Component", "Packing"),
            True,
        ),
        ("Approved vendor list", "Vendor | Grade", ("A", "B", "A", "C"), False),
        ("Approved vendors and rating", "Vendor | PPM", ("2000", "400", "1500", "0"), False),
        ("Daftar supplier terpilih", "Nama supplier | Keterangan", ("Lokal", "Lokal", "Subkon", "Jasa"), True),
        (
            "Danh sách nhà cung cấp",
            "Tên nhà cung cấp | Phân loại",
            ("Nguyên liệu", "Bao bì", "Dịch vụ", "Bao bì"),
            True,
        ),
        ("Danh sách nhà cung cấp", "Tên nhà cung cấp | Phân loại", ("A", "B", "A", "A"), False),
        ("合格供應商名冊", "供應商 | 品質系統", ("ISO 9001", "無", "ISO 9001", "ISO 9001"), True),
        ("合格供应商清单", "供应商 | 批退率 %", ("0.4", "2.1", "0.0", "1.0"), False),
        ("협력업체 현황", "업체명 | 결제조건", ("60일", "30일", "60일", "60일"), True),
        ("合格供應商一覽表", "廠商名稱 | 評鑑分數", ("88", "91", "75", "80"), False),
        ("List of manufacturers", "Manufacturer | Country", ("VN", "VN", "CN", "KR"), True),
        ("Danh mục nhà cung ứng", "Đơn vị | Vật tư", ("thép", "sơn", "thùng", "khuôn"), True),
        ("Elenco fornitori qualificati", "Fornitore | Prodotto", ("acciaio", "vernice", "cartone", "stampi"), True),
        ("Elenco fornitori qualificati", "Fornitore | Valutazione", ("A", "B", "A", "A"), False),
        ("ทะเบียนผู้ขาย", "ชื่อผู้ขาย | ราคาต่อหน่วย", ("12.5", "40", "33", "18"), True),
    ],
)
def test_a_column_rates_suppliers_by_what_stands_in_it(title, heads, cells, bare):
    assert ("supplier_list_without_evaluation" in flags(_list(title, heads, cells))) is bare


def test_codes_of_vendors_are_no_names_and_a_bare_list_is_no_procedure():
    rows = "".join(f"| A10{at:02d} | {name} | A | PCB |\n" for at, name in enumerate(NAMES))
    text = (
        "# AVL 合格供应商清单\n\nRevision 05, effective 1 September 2026.\n\n"
        f"| Vendor code 编码 | Vendor 供应商 | Category 类别 | Parts 物料 |\n{rows}"
    )
    raised = flags(report("AVL.xlsx", text, **{**LISTED, "kind": "procedure"}))
    assert "supplier_list_without_evaluation" in raised
    assert "procedure_without_record" not in raised


WIDE = "| {title} | {beside} |\n| {heads} |\n{rows}"
LOG = {"kind": "training_record", "criteria": ("competence",)}


@pytest.mark.parametrize(
    ("title", "beside", "left"),
    [
        ("INTERNAL TRAINING RECORD 2025", "Form HR-05", True),
        ("INTERNAL TRAINING RECORD 2026", "Form HR-05", False),
        ("INTERNAL TRAINING RECORD", "Form HR-05, edition 2025", False),
        ("TRAINING RECORD", "Target 2025: 20 h", False),
        ("KPI 2025: training", "HR", True),
        ("Năm", "2025", True),
        ("Follow-up of the findings of audit 2025", "Form QA-7", False),
        ("Complaints 2025, follow-up", "Form QA-7", True),
        ("教育訓練紀錄 Year: 2025", "HR-03", True),
        ("25년도 교육훈련 실적", "HR-03", True),
        ("26년도 교육훈련 실적", "HR-03", False),
        ("บันทึกการอบรม ปี 68", "HR-03", True),
        ("บันทึกการอบรม ปี 69", "HR-03", False),
    ],
)
def test_a_year_beside_the_number_of_a_form_heads_the_rows_below(title, beside, left):
    rows = "".join(f"| {n}/0{n}/2026 | soldering {n} | Ms. Trinh | {n + 4} |\n" for n in range(1, 6))
    text = WIDE.format(title=title, beside=beside, heads="Date | Course | Trainer | Persons", rows=rows)
    assert ("heading_year_left_over" in flags(report("Log.xlsx", text, **LOG))) is left


@pytest.mark.parametrize(
    ("head", "left"),
    [
        ("# Complaint log 01/2025 - 12/2025", True),
        ("# Complaint log Q1-Q4/2025", True),
        ("# Complaint log\n\nYear :: 2025 || Dept :: QA", True),
        ("# Complaint log\n\nPeriod :: January to December 2025 || Dept :: QA", True),
        ("# Complaint log\n\nYear :: 2026 || Form :: of 2025", False),
        ("# Complaint log, edition 03/2025", False),
        ("# Action list of customer audit 2025", False),
        ("# Open points of 2025 carried over", False),
        ("# Collection SS 2025, sample log", False),
        ("# Hasat 2025, ambalajlanan partiler", False),
    ],
)
def test_spans_and_fields_name_the_year_and_what_is_followed_up_or_made_does_not(head, left):
    rows = "".join(f"| {n}/0{n}/2026 | soldering {n} | Ms. Trinh | {n + 4} |\n" for n in range(1, 6))
    text = f"{head}\n\n| Date | What | Who | Persons |\n{rows}"
    assert ("heading_year_left_over" in flags(report("Log.xlsx", text, **LOG))) is left


@pytest.mark.parametrize(("name", "left"), [("2025", True), ("2026", False), ("Log", False)])
def test_the_name_of_a_sheet_heads_its_rows(name, left):
    rows = "".join(f"| {n}/0{n}/2026 | soldering {n} | Ms. Trinh | {n + 4} |\n" for n in range(1, 6))
    text = f"=== {name}\n| Date | Course | Trainer | Persons |\n{rows}"
    sheet = PartReading(name=name, number=1, kind="training_record", reading="living")
    made = report("Log.xlsx", text, **LOG).model_copy(update={"parts": (sheet,)})
    assert ("heading_year_left_over" in flags(made)) is left


@pytest.mark.parametrize(("days", "left"), [("115/0{n}/21", True), ("114/0{n}/21", False)])
def test_days_on_which_something_was_carried_out_are_those_of_a_log(days, left):
    rows = "".join(f"| {days.format(n=n)} | 驗布四分制 {n} | 柯秀琴 | {n + 4} |\n" for n in range(1, 6))
    text = WIDE.format(
        title="114年度教育訓練實施紀錄", beside="HR-03", heads="實施日期 | 課程名稱 | 講師 | 人數", rows=rows
    )
    assert ("heading_year_left_over" in flags(report("紀錄.xlsx", text, language="zh", **LOG))) is left


@pytest.mark.parametrize(("last", "left"), [("03", False), ("09", True)])
def test_a_year_of_account_runs_into_the_next(last, left):
    months = ("01", "02", last)
    rows = "".join(f"| 2026-{month}-1{at} | press {at} | {at * 7} min |\n" for at, month in enumerate(months, 2))
    sheet = f"# Machine stops FY2025\n\n| Date | Machine | Stop |\n{rows}"
    assert ("heading_year_left_over" in flags(report("stops.xlsx", sheet, criteria=("risk",)))) is left


FOUND = (
    "| Print | shift on side panel below the hem | {0} | minor |\n| Sewing | open seam at the bottom corner | {1} | major |\n"
    "| Handle | stitch box not closed at one end | {2} | major |\n| Lamination | wrinkle near the top hem | {3} | minor |\n"
)


@pytest.mark.parametrize(("counts", "copied"), [((3, 1, 2, 2), True), ((1, 0, 4, 1), False)])
def test_a_report_copied_for_another_order_keeps_its_counts(counts, copied):
    def made(order: str, day: str, found: tuple[int, ...]):
        text = (
            f"# Final inspection report\n\nPO :: PO 45-{order} || Lot :: L{order}-1 || Item :: shopper\n"
            f"Date :: {day} || Inspector :: Giang || Sample :: 200 pieces\n\n| Check | Found | Qty | Decision |\n"
            f"{FOUND.format(*found)}\nLot accepted. Found pieces were replaced from the rest of the packed goods. Checked by Ms. Van, leader of quality.\n"
        )
        return report(f"FIR {order}.docx", text, kind="traceability_record", criteria=("traceability",))

    raised = flags(made("2207", "22/07/2026", (3, 1, 2, 2)), made("2261", "17/09/2026", counts))
    assert ("near_identical_records" in raised) is copied


def test_levels_of_a_matrix_copied_a_year_later():
    people = (
        "陳阿水 拋光手腕舊傷不排",
        "林素珠 可帶新人",
        "黃建志 研磨機換砂輪仍需複核",
        "阮氏秋 中文圖面看不懂附越文",
    )

    def made(year: int, levels: str):
        rows = "".join(
            f"| {name} | {' | '.join(levels[at * 4 : at * 4 + 4])} | {note} |\n"
            for at, (name, note) in enumerate(text.split(" ") for text in people)
        )
        text = f"# 多能工技能評核表\n\n評核日 :: {year}年6月18日 || 評核人 :: 謝課長\n\n| 姓名 | 車牙 | 研磨 | 拋光 | 組立 | 備註 |\n{rows}"
        return report(f"評核{year}.xlsx", text, language="zh", **LOG)

    first = made(114, "4312112434310243")
    assert "near_identical_records" in flags(first, made(115, "4312112434310243"))
    assert "near_identical_records" not in flags(first, made(115, "4413223434421344"))
