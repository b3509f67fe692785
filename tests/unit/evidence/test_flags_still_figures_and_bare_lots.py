"""Figures that hold still, inspections without a lot and verdicts in one sentence, in common shapes, each with an honest near miss."""

import pytest

from evidence.facts.limits import limits
from evidence.facts.numbers import amount
from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
SOLVED = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
STILL, NO_LOT, SAME = "kpi_values_constant", "no_lot_in_inspection", "same_sentence_as_verdict"


@pytest.mark.parametrize(
    ("third", "raised"),
    [("98.5%", True), ("98.1%", False)],
)
def test_quarters_that_all_lie_on_their_targets(third, raised):
    text = (
        "# 2025年度品質目標達成狀況\n\n| 品質目標 | 目標值 | 第一季 | 第二季 | 第三季 |\n"
        f"| 製程良率 | 98.5% | 98.5% | 98.5% | {third} |\n"
        f"| 客戶滿意度 | 90分 | 90分 | 90分 | {'90分' if raised else '87分'} |\n"
        f"| 交期達成率 | 97% | 97% | 97% | {'97%' if raised else '98%'} |"
    )
    assert (STILL in flags(report("品質目標達成.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("last", "raised"), [("% 95", True), ("% 93", False)])
def test_a_share_with_its_sign_ahead(last, raised):
    text = (
        "# 2025 kalite hedefleri\n\n| Hedef | Hedef değer | 1. Çeyrek | 2. Çeyrek | 3. Çeyrek |\n"
        f"| Fire oranı | % 2 | % 2 | % 2 | {'% 2' if raised else '% 1,7'} |\n| Zamanında teslim | % 95 | % 95 | % 95 | {last} |"
    )
    assert (STILL in flags(report("Hedefler.xlsx", text, **COUNTED))) is raised
    assert amount("% 2,5", True).value == 2.5


def test_a_figure_with_its_verdict_behind_it():
    rows = "".join(f"| Tháng {month} | 1,5% (đạt) | {97 + month % 3}% (đạt) |\n" for month in range(1, 9))
    text = f"# Mục tiêu 2025\n\n| Tháng | Tỷ lệ hàng lỗi (mục tiêu ≤ 1,5%) | Giao đúng hẹn (mục tiêu ≥ 97%) |\n{rows}"
    assert STILL in flags(report("Mục tiêu.xlsx", text, **COUNTED))


@pytest.mark.parametrize(("step", "raised"), [(0.0, True), (0.1, False)])
def test_a_long_table_holds_one_series_for_each_measure(step, raised):
    rows = "".join(
        f"| 2025-{month:02} | scrap rate % | 1.5 | {1.2 + step * (month % 3):.1f} |\n"
        f"| 2025-{month:02} | on-time delivery % | 95 | {96 + month % 4} |\n"
        for month in range(2, 9)
    )
    text = f"# KPI\n\n| period | kpi | target | actual |\n{rows}"
    assert (STILL in flags(report("kpi.csv", text, **COUNTED))) is raised


@pytest.mark.parametrize(("plan", "raised"), [("83.5", True), ("5", False)])
def test_a_line_of_any_name_beside_its_target(plan, raised):
    line = " | ".join([plan] * 6)
    text = f"# 2025\n\n| Line | Target | Jan | Feb | Mar | Apr | May | Jun |\n| Effectiveness index CNC 1 | 80 | {line} |\n| Audits held | {plan} | {line} |"
    assert (STILL in flags(report("Index.xlsx", text, **COUNTED))) is raised


def test_months_before_a_colon_hold_for_all_figures_of_their_line():
    months = ("March", "April", "May", "June", "July")
    text = "# KPI 2025\n\n" + "\n".join(
        f"- {name}: reject rate {1.1 + at / 10:.1f} %, on-time delivery 98 %" for at, name in enumerate(months)
    )
    assert STILL in flags(report("KPI.docx", text, **COUNTED))


@pytest.mark.parametrize(
    ("spec", "ends"),
    [
        ("24.0 -0.2", (23.8, 24.0)),
        ("12 0/-0,1", (11.9, 12.0)),
        ("10 -0.01/-0.03", (9.97, 9.99)),
        ("Ø25 +0.1", (25.0, 25.1)),
        ("20 - 25", (20.0, 25.0)),
        ("2025-10", (None, None)),
    ],
)
def test_a_size_that_may_differ_to_one_side(spec, ends):
    assert limits(spec, "," in spec) == ends


@pytest.mark.parametrize(("field", "raised"), [("QTY | 2,500 NOS", True), ("LOT NO | 2510-A4", False)])
def test_readings_below_a_block_of_fields(field, raised):
    text = (
        f"| PART NAME | BRASS NUT | DATE | 06.10.25 | {field} | | |\n| SR | PARAMETER | SPEC | METHOD | 1 | 2 | 3 | REMARK |\n"
        "| 1 | A/F | 24.0 -0.2 | VERNIER | 23.92 | 23.90 | 23.93 | OK |\n"
        "| 2 | HEIGHT | 14.0 ±0.15 | VERNIER | 14.04 | 13.98 | 14.06 | OK |\n"
        "| 3 | THREAD | GO/NO GO | PLUG GAUGE | OK | OK | OK | OK |"
    )
    assert (NO_LOT in flags(report("Inspection.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("head", "codes", "raised"),
    [
        ("Kode produksi", ("AO0610C", "AO1210C", "NK1510D", "SL2210C"), False),
        ("生产编号", ("A6-11", "A6-12", "B6-02", "B6-07"), False),
        ("Rasa", ("apel", "apel", "nangka", "salak"), True),
    ],
)
def test_a_production_code_is_a_lot(head, codes, raised):
    rows = "".join(
        f"| {day}/10/2025 | {code} | 2,{day} | 0 | Lulus |\n" for day, code in zip((11, 12, 13, 14), codes, strict=True)
    )
    text = f"# Pemeriksaan produk jadi\n\n| Tanggal | {head} | Kadar air % (maks 4) | Bocor / 50 | Hasil |\n{rows}"
    assert (NO_LOT in flags(report("Pemeriksaan.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("field", "raised"), [("抽样数 | 32", True), ("批号 | 2510-31", False)])
def test_a_lone_report_of_verdicts(field, raised):
    text = (
        f"# 成品检验报告\n\n| 产品名称 | 阀体 V-20 | 检验日期 | 2025-10-14 |\n| 数量 | 500 | {field} |\n\n"
        "| 检验项目 | 标准 | 判定 |\n| 外观 | 无划伤 | 合格 |\n| 尺寸 | 按图纸 | 合格 |\n| 包装 | 完好 | 合格 |"
    )
    assert (NO_LOT in flags(report("成品检验报告.docx", text, **CHECKED))) is raised


CASES = (
    ("12/01/2025", "Seal leak 12 bags", "Jaw 4 at 138 °C, cable loose", "Cable fixed, alarm 140 °C"),
    ("10/02/2025", "Wrong print", "Old plate in rack", "Plates numbered"),
    ("24/03/2025", "Film 48 µm", "Die bolt loose", "Bolt torque list"),
    ("18/05/2025", "Hair in bag", "No cap box at door", "Mirror and cap box"),
)


def register(heads: str, ends: tuple[str, ...]) -> str:
    rows = "".join(
        f"| {at} | {' | '.join(case)} | {end} |\n" for at, (case, end) in enumerate(zip(CASES, ends, strict=True), 1)
    )
    return f"# CAPA 2025\n\n| No | Date | Problem | Root cause | Action | {heads} |\n{rows}"


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("Verified by QA on {}, action effective, no recurrence", True),
        ("Checked on {}: {n} bags of 600 leaked", False),
    ],
)
def test_a_sentence_is_the_same_with_another_day_in_it(told, raised):
    days = ("03/03/2025", "07/04/2025", "12/05/2025", "07/07/2025")
    text = register("Verification", tuple(told.format(day, n=at) for at, day in enumerate(days)))
    assert (SAME in flags(report("CAPA.xlsx", text, **SOLVED))) is raised


def test_the_way_of_looking_is_no_verdict():
    shown = ("0 leak of 3,600", "0 of 2,400, 1 smudge", "52 to 55 µm", "0 of 5,000")
    ends = tuple(f"Check of three following lots by QC | {end}" for end in shown)
    found = flags(report("CAPA.xlsx", register("Method of verification | Result", ends), **SOLVED))
    assert SAME not in found
    assert "no_effectiveness_check" not in found


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (["Hội nghị nhất trí kết quả tốt, tiếp tục phát huy."] * 6, True),
        ([f"Thống nhất giao phòng {at} lập kế hoạch trước ngày {at}/12." for at in range(1, 7)], False),
    ],
)
def test_points_of_minutes_end_alike_behind_their_names(said, raised):
    points = ("Kết quả đánh giá", "Khách hàng", "Mục tiêu", "Nhà cung cấp", "Nguồn lực", "Rủi ro")
    text = "# Biên bản họp xem xét của lãnh đạo\n\n" + "\n".join(
        f"{at}. {name}: {one}" for at, (name, one) in enumerate(zip(points, said, strict=True), 1)
    )
    assert (SAME in flags(report("Biên bản.docx", text, **MET))) is raised


def test_a_list_of_complaints_to_suppliers_is_no_list_of_suppliers():
    rows = "".join(
        f"| S-{at} | 2025-0{at}-12 | {name} | {problem} | {cause} | {action} |\n"
        for at, (name, (_, problem, cause, action)) in enumerate(
            zip(("Wujiang Magnet", "Kunshan Shaft", "Taicang Wire", "Wujiang Carton"), CASES, strict=True), 1
        )
    )
    text = f"# SCAR list 2025\n\n| SCAR | Issued | Supplier | Defect | Root cause | Action |\n{rows}"
    told = {"kind": "corrective_action_record", "criteria": ("corrective_action", "supplier_control")}
    assert "supplier_list_without_evaluation" not in flags(report("SCAR list.xlsx", text, **told))


def test_shares_without_a_target_that_hold_still():
    rows = "".join(f"| {month:02}/2025 | 0,6 | {1.5 + month / 10:.1f} |\n".replace(".", ",") for month in range(3, 11))
    text = f"# Báo cáo chỉ tiêu\n\n| Tháng | Tỷ lệ sót xương (%) | Tỷ lệ tái chế (%) |\n{rows}"
    assert STILL in flags(report("Báo cáo.pdf", text, **COUNTED))


@pytest.mark.parametrize(
    ("heads", "raised"),
    [
        ("1-2月 | 3-4月 | 5-6月 | 7-8月 | 9-10月", True),
        ("Jan-Feb | Mar-Apr | May-Jun | Jul-Aug | Sep-Oct", True),
        ("1-2 | 3-4 | 5-6 | 7-8 | 9-10", False),
    ],
)
def test_columns_of_two_months_each(heads, raised):
    text = f"# 2025\n\n| 指標 | 目標 | {heads} |\n| 電鍍 良率 | 96% | 96% | 96% | 96% | 96% | 96% |"
    assert (STILL in flags(report("達成率.xlsx", text, **COUNTED))) is raised


def test_days_with_a_point_make_a_log():
    rows = "".join(f"| 10.{day:02} | 대성지업 | 원지 | 12,400 kg | 3 | 0 | 합격 |\n" for day in (6, 8, 13, 19, 23))
    text = f"# 수입검사일지 2025년 10월\n\n| 입고일 | 업체명 | 품명 | 입고수량 | 검사수량 | 불량 | 판정 |\n{rows}"
    assert NO_LOT in flags(report("수입검사일지.xlsx", text, **CHECKED))


@pytest.mark.parametrize("said", ["is effective; the finding is closed", "was looked at"])
def test_the_follow_up_of_an_audit_ends_in_one_sentence(said):
    ends = tuple(f"The measure was implemented and {said}." for _ in CASES)
    text = (
        register("Result of follow-up", ends).replace("| Action |", "| Action and date done |").replace("CAPA", "Audit")
    )
    told = {"kind": "internal_audit_record", "criteria": ("internal_audit", "corrective_action")}
    assert SAME in flags(report("Follow-up.docx", text, **told))


def test_what_was_seen_stands_behind_how_it_was_looked_at():
    shown = ("20 Mar: batches 311, 314: 0 / 375", "1 smear in 375", "30 Jul: none seen", "247.8 to 250.6 mm")
    ends = tuple(f"Check next 3 batches, 125 pcs each | {end}" for end in shown)
    assert SAME not in flags(report("CAPA.xlsx", register("How to verify | What was seen", ends), **SOLVED))
