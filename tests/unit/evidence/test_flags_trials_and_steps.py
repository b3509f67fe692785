"""Tests copied from lot to lot in tables of any shape, lots of one later paper that a register lacks, and days ahead that somebody signed."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
AGAIN, UNKNOWN, AHEAD = "identical_readings", "lot_unknown_in_next", "date_in_future"


def _log(twin: str) -> str:
    return (
        "| Kiểm tra cuối trục TC-12 ngoài 15.984-15.995 mm |\n| Ngày | Lô | SL | 1 | 2 | 3 | 4 | 5 |\n"
        "| 05/10/2026 | 1210-02 | 640 | 15.989 | 15.991 | 15.987 | 15.990 | 15.992 |\n"
        "| 09/10/2026 | 1210-06 | 615 | 15.988 | 15.986 | 15.990 | 15.989 | 15.991 |\n"
        f"| 14/10/2026 | 1210-11 | 652 | {twin} |\n"
        "| 20/10/2026 | 1210-17 | 630 | 15.990 | 15.988 | 15.993 | 15.987 | 15.989 |\n"
    )


@pytest.mark.parametrize(
    ("twin", "raised"),
    [
        ("15.989 | 15.991 | 15.987 | 15.990 | 15.992", True),
        ("15.989 | 15.991 | 15.987 | 15.990 | 15.991", False),
    ],
)
def test_a_lot_in_a_row_with_the_readings_of_another(twin, raised):
    assert (AGAIN in flags(report("Final inspection.xlsx", _log(twin), **CHECKED))) is raised


def test_a_coarse_gauge_repeats_itself():
    rows = "".join(
        f"| {day}/10/2026 | 40-10{day} | {read} | OK |\n"
        for day, read in (
            ("05", "24.05 | 24.00 | 24.05"),
            ("12", "24.05 | 24.05 | 24.00"),
            ("19", "24.05 | 24.00 | 24.05"),
            ("26", "24.00 | 24.05 | 24.05"),
        )
    )
    text = f"| Final check, width 24.0 ±0.3, vernier 0.05 |\n| Date | Lot | 1 | 2 | 3 | Judge |\n{rows}"
    assert AGAIN not in flags(report("Final check.xlsx", text, **CHECKED))


@pytest.mark.parametrize(("heat", "raised"), [("K-318", False), ("K-326", True)])
def test_lots_of_one_heat_have_its_figures(heat, raised):
    rows = (
        "| L-2609-1 | K-318 | 0.182 | 0.247 | 0.613 | 0.021 |\n| L-2609-2 | K-321 | 0.193 | 0.231 | 0.588 | 0.018 |\n"
        f"| L-2609-3 | {heat} | 0.182 | 0.247 | 0.613 | 0.021 |\n| L-2609-4 | K-330 | 0.177 | 0.262 | 0.642 | 0.024 |\n"
    )
    text = f"| Analysis test register |\n| Lot No. | Heat No. | C | Si | Mn | P |\n{rows}"
    assert (AGAIN in flags(report("Test register.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("title", "raised"), [("寸法検査", True), ("尺寸检验记录", True), ("Mixing weights kg", False)]
)
def test_a_whole_table_again_below_another_lot(title, raised):
    def block(lot: str, height: str) -> str:
        return (
            f"Lot {lot}\n\n| Feature | 1 | 2 | 3 |\n| Seat | 18.0142 | 18.0118 | 18.0163 |\n"
            f"| Height | {height} | 55.0124 | 54.9946 |\n\n"
        )

    same = (
        f"# {title}\n\n{block('RB-2609-04', '54.9871')}{block('RB-2609-11', '55.0063')}{block('RB-2609-18', '54.9871')}"
    )
    assert (AGAIN in flags(report("Checks.docx", same, **CHECKED))) is raised
    assert AGAIN not in flags(
        report("Checks.docx", same.replace("18 | 1", "18 | 2").replace("54.9871", "54.9873", 1), **CHECKED)
    )


RECEIVED = (
    "| 来料检验记录 IQC 2026.10 CONNECTOR JX-4P |\n| 日期 | 供应商 | 批号 | 数量 | 判定 |\n"
    "| 2026.10.09 | 捷讯 | JX260928 | 10000 | ACC |\n| 2026.10.13 | 捷讯 | JX261004 | 10000 | ACC |\n"
    "| 2026.10.20 | 捷讯 | JX261012 | 8000 | ACC |\n| 2026.10.27 | 捷讯 | JX261019 | 10000 | ACC |\n"
)


@pytest.mark.parametrize(
    ("lot", "day", "raised"),
    [
        ("JX261021", "2026.10.29", True),
        ("JX261012", "2026.10.29", False),
        ("JX260911", "2026.10.29", False),
        ("JX261108", "2026.11.12", False),
    ],
)
def test_a_lot_used_by_a_traveller_and_never_received(lot, day, raised):
    made = f"| 生产流程卡 Order W261029 {day} |\n| 物料 | 批号 Lot | 用量 | 领料 |\n| Connector JX-4P | {lot} | 4000 | Tang |\n"
    received = report("IQC report 2026.10.xlsx", RECEIVED, **CHECKED)
    assert (UNKNOWN in flags(received, report("Traveller W261029.xlsx", made, **CHECKED))) is raised


@pytest.mark.parametrize(("lot", "raised"), [("W61018-3", True), ("W61016-2", False), ("W60902-1", False)])
def test_a_complaint_of_a_lot_that_was_never_made(lot, raised):
    made = (
        "| 外圈6205 磨加工批次记录（全部批次） |\n| 日期 | 批号 | 机床 | 投入 | 合格 |\n"
        "| 2026-10-12 | W61012-1 | M1080 | 1200 | 1193 |\n| 2026-10-14 | W61014-1 | M1080 | 1200 | 1196 |\n"
        "| 2026-10-16 | W61016-2 | M1080 | 1150 | 1144 |\n| 2026-10-23 | W61023-1 | M1080 | 1180 | 1177 |\n"
    )
    told = f"# 不合格品评审单\n\n品名: 外圈 6205\n批号: {lot}\n发现日期: 2026-10-20\n原因：砂轮修整后未对零。措施：首件签字。"
    case = report("NCR-26-58.docx", told, kind="corrective_action_record", criteria=("corrective_action",))
    assert (UNKNOWN in flags(report("批次记录 10月.xlsx", made, **CHECKED), case)) is raised


@pytest.mark.parametrize(("lot", "raised"), [("F90-6K07", True), ("F90-6K04", False)])
def test_a_lot_sent_in_a_mail_that_the_analysis_of_the_order_lacks(lot, raised):
    analysis = (
        "# Certificate of analysis PO 77120\n\n| Test | Limit | F90-6K02 | F90-6K05 | F90-6K04 |\n"
        "| Acid value | 36-42 | 38.6 | 39.1 | 38.2 |\n| Density | 0.805-0.815 | 0.809 | 0.811 | 0.808 |\n"
    )
    mail = f"Shipment advice PO 77120, 9 November 2026\nThe drums left today.\nBatch     Drums  Net kg\nF90-6K02  6      1,200\nF90-6K05  6      1,200\n{lot}  4      800\n"
    papers = report("CoA summary PO 77120.pdf", analysis, **CHECKED), report("Shipment advice.eml", mail, **CHECKED)
    found = flags(*papers)
    assert (UNKNOWN in found) is raised
    assert "no_lot_in_inspection" not in found


SCORES = "| SUPPLIER EVALUATION JAN - OCT 2026 |\n| Supplier | Quality | Delivery | Total |\n| CV Tinta | 46 | 39 | 85 |\n| UD Lem | 38 | 39 | 77 |\n"


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Evaluated by: Indah P. (Purchasing), Bayu R. (QC) on 03 December 2026.", True),
        ("Dinilai oleh: Indah P., Bayu R., 03 Desember 2026", True),
        ("评价人：王芳、李明 2026年12月3日", True),
        ("평가자: 김은정, 박상호 2026년 12월 3일", True),
        ("Next evaluation: Indah P. (Purchasing), 03 December 2026.", False),
        ("Indah P. visits CV Tinta on 03 December 2026.", False),
        ("Approved budget for 03 December 2026.", False),
    ],
)
def test_a_day_behind_the_names_of_those_who_signed(line, raised):
    kind = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
    assert (AHEAD in flags(report("Evaluation.xlsx", f"{SCORES}\n{line}\n", **kind))) is raised
