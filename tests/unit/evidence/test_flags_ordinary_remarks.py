"""Ordinary papers that say in another place, or by their custom, what a rule looks for; each beside one in which it is wrong."""

import pytest

from tests.unit.evidence.builders import flags, report

CERTIFICATE = """
# CERTIFICATE
Pine Toys Co., Ltd., 12 Hill Road, Trang, Thailand
ISO 9001:2015 - Manufacture of wooden toys
Certificate no. :: AB 2302-41 || {label} :: {days}
Valid from :: 20 February 2026 || Valid to :: {last}
Recertification audit :: {audit}
Accredited by UKAS
"""


@pytest.mark.parametrize("audit", ["3 - 4 February 2026", "03/02/2026 to 05/02/2026", "28 January - 2 February 2026"])
@pytest.mark.parametrize(("last", "raised"), [("19 February 2029", False), ("19 March 2026", True)])
def test_days_of_an_audit_are_no_time_for_which_a_certificate_holds(audit, last, raised):
    text = CERTIFICATE.format(label="Recertified", days="18 February 2026", last=last, audit=audit)
    paper = report("ISO 9001.pdf", text, kind="certificate", mode="credential", criteria=("certification",))
    assert ("certificate_expired" in flags(paper, supplier="Pine Toys Co., Ltd.")) == raised


AUDIT = """
# Internal audit report 2026
| No | Area | Finding | Cause | Action | Closed |
| 1 | Press | Log of press 3 has four empty days | No place for the log at night | Board beside the press | 14/05/2026 |
| 2 | Store | Labels of two pallets not readable | Printer ribbon old | Ribbon changed weekly | 15/05/2026 |
| 3 | Buying | {found} | {cause} | New index asked for | 12/05/2026 |
"""


@pytest.mark.parametrize(
    ("found", "raised"),
    [
        ("(OFI) Index of data sheets is old", False),
        ("[Observation] Index of data sheets is old", False),
        ("Recommendation: keep the index of data sheets in one place", False),
        ("（観察）インキSDSが旧版 1件", False),
        ("(Minor) Index of data sheets is old", True),
        ("Index of data sheets is old", True),
    ],
)
def test_no_cause_is_asked_of_what_an_auditor_only_remarked(found, raised):
    text = AUDIT.format(found=found, cause="-")
    audit = report("Audit 2026.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("no_root_cause" in flags(audit)) == raised


PEEL = """=== a
| Peel, limit 8.0 - 14.0 N/25 mm | | | | |
| Date | Lot | N/25 mm | Tester | Remarks |
| 05/05/2026 | L26-1005A | 11.6 | Joan | |
| 13/05/2026 | L26-1013A | 11.1 | Joan | {other} |
| 19/05/2026 | L26-1019B | 6.9 | Arnel | {own} |
| 27/05/2026 | L26-1027A | 10.7 | Arnel | |
| 04/06/2026 | L26-1104A | 11.9 | Joan | |
"""


@pytest.mark.parametrize(
    ("other", "own", "raised"), [("dwell 22 min, OK", "", False), ("", "OK", True), ("OK", "OK", True)]
)
def test_what_is_good_in_another_row(other, own, raised):
    text = PEEL.format(other=other, own=own)
    paper = report("Peel.xlsx", text, kind="traceability_record", criteria=("traceability",))
    assert ("conclusion_contradicts_data" in flags(paper)) == raised


TENSILE = """=== a
| Tensile log 6063 (Rm ≥ 245, Webster ≥ 14) | | | | |
| Date | Profile | Lot | Rm MPa | Webster |
| 07.07.2026 | P-22 | Y26-0612 | 263 | 15.5 |
| 16.07.2026 | P-40 | Y26-0640 | 258 | 15 |
| 29.07.2026 | P-77 | Y26-0673 | 239 | 13 |
{below}| 12.08.2026 | P-22 | Y26-0708 | 266 | 16 |
| 25.08.2026 | P-05 | Y26-0741 | 255 | 15 |
"""


@pytest.mark.parametrize(
    ("below", "raised"),
    [
        ("| | | | re-aged 3 h at 175 °C on 30.07: 259 | 15.5 |\n", False),
        ("| | | | 2. yaşlandırma sonrası 259 | 15.5 |\n", False),
        ("| | | | 追加時効 259 | 15.5 |\n", False),
        ("", True),
        ("| | | | 259 | 15.5 |\n", True),
        ("| | P-78 | Y26-0680 | 259 | 15.5 |\n", True),
    ],
)
def test_what_was_done_is_told_in_the_row_below(below, raised):
    paper = report("Tensile.xlsx", TENSILE.format(below=below), kind="traceability_record", criteria=("traceability",))
    assert ("out_of_limits_without_reaction" in flags(paper)) == raised


GAUGES = """=== a
| 编号 | 名称 | 规格 | 部门 | 校准日期 | {head} | 下次校准 |
| HB-02 | 数显卡尺 | 0-150 | 检验 | 2025.9.10 | -0.01mm | 2026.9.9 |
| HB-03 | 数显卡尺 | 0-200 | 冲压 | 2025.9.11 | +0.02mm | 2026.9.10 |
| HB-04 | 千分尺 | 0-25 | 检验 | 2025.9.11 | -0.002mm | 2026.9.10 |
"""


@pytest.mark.parametrize("head", ["误差", "示值误差", "偏差"])
def test_the_range_of_a_gauge_is_no_limit_of_its_error(head):
    gauges = report("量具台账.xlsx", GAUGES.format(head=head), kind="calibration_record", criteria=("calibration",))
    assert "out_of_limits_without_reaction" not in flags(gauges)


AUDIT_OF_JAPAN = """
# 内部監査報告書（{year}年度）
| No. | 部署 | 指摘 | 監査日 | 処置 | 確認 |
| 1 | 製造 | 洗浄記録に記入なし | {days[0]} | 記録板を設置した | 平松 |
| 2 | 品質 | 標準色板が汚れていた | {days[1]} | 一覧に加えた | 志水 |
| 3 | 購買 | 評価表が旧版だった | {days[2]} | 新版に差し替えた | 志水 |
"""


@pytest.mark.parametrize(
    ("days", "raised"),
    [
        (("2026/3/12", "2026/3/13", "2026/5/14"), False),
        (("2026/4/12", "2026/4/13", "2026/5/14"), True),
        (("2026/8/12", "2026/8/13", "2026/9/14"), True),
    ],
)
def test_a_year_of_account_in_japan_ends_with_march(days, raised):
    text = AUDIT_OF_JAPAN.format(year=2025, days=days)
    audit = report("内部監査報告書.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    audit = audit.model_copy(update={"language": "ja"})
    assert ("heading_year_left_over" in flags(audit)) == raised


TEAM = """
# İÇ TETKİK RAPORU
Tetkik tarihi :: 17.02.2026 || Baş tetkikçi :: Sevgi Tunalı
Tetkikçiler :: Orhan Bilge, Nazlı Er
Tetkik edilen birimler :: {areas}
"""


@pytest.mark.parametrize(
    ("areas", "raised"),
    [
        ("üretim (Nazlı Er); kalite (Orhan Bilge); depo (Sevgi Tunalı)", False),
        ("üretim (Ali Kurt); kalite (Orhan Bilge); depo (Sevgi Tunalı)", True),
        ("depo (Sevgi Tunalı)", True),
    ],
)
def test_areas_are_given_to_the_auditors_behind_them(areas, raised):
    text = TEAM.format(areas=areas)
    audit = report("Ic tetkik.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("auditor_not_independent" in flags(audit)) == raised
