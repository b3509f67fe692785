"""Audits, procedures and lists of suppliers in shapes that another hand would write, each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    ("head", "raised"),
    [
        ("심사원 :: 품질보증팀장 백승우 || 피심사부서 :: 품질보증팀", True),
        ("심사원 :: 품질보증팀장 백승우 || 피심사부서 :: 생산팀", False),
        ("Auditor :: Stores manager Bo Tan || Department :: Stores", True),
        ("Auditor :: Stores manager Bo Tan || Department :: Paint shop", False),
        ("Đánh giá viên :: Trưởng phòng Mua hàng Nguyễn Văn An || Bộ phận được đánh giá :: Mua hàng", True),
    ],
)
def test_an_office_before_the_name_of_the_auditor(head, raised):
    audit = report(
        "Audit.docx",
        f"# Report of 11.06.2026\n\nDate :: 11.06.2026\n{head}\n\nOne gauge without sticker, done 12.06.2026.",
        **AUDIT,
    )
    assert ("auditor_not_independent" in flags(audit)) is raised


def test_heads_of_areas_in_short_words():
    rows = "# Kết quả đánh giá nội bộ, ngày 12/05/2026\n\n| STT | Bộ phận | Trưởng BP | ĐGV | KPH |\n| 1 | Xẻ sấy | Ô. Bình | C. Duyên | 1: lò sấy 2 thiếu phiếu |\n| 2 | Kho | Ô. Quý | {} | 0 |"
    own, other = (flags(report("KQ.xlsx", rows.format(name), **AUDIT)) for name in ("Ô. Quý", "C. Duyên"))
    assert "auditor_not_independent" in own
    assert "audits_without_finding" not in own
    assert "auditor_not_independent" not in other


def test_a_head_with_label_and_name_in_one_cell():
    form = (
        "# Internal audit checklist\n\n| Date 16/06/2026 | Auditor Kittipong P. | Area Laboratory | Auditee Nattaya S. |\n\n| Question | OK / NC | What was seen |\n"
        + "".join(f"| Are samples of kind {n} labelled? | {{}} | {{}} |\n" for n in range(1, 6))
    )
    empty = report("Checklist.xlsx", form.replace("{}", ""), **{**AUDIT, "mode": "template"})
    assert "header_only_audit" in flags(empty)
    filled = report("Checklist.xlsx", form.replace("{}", "OK", 2).replace("{}", "OK"), **AUDIT)
    assert "header_only_audit" not in flags(filled)


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Đợt 1 (12/03/2026) có 03 điểm KPH ở phòng sấy; BP Sấy chưa nhận phiếu nào và cũng chưa làm gì.", True),
        ("Round 1 of 12.03.2026 had three findings; no reply has come from the dryer.", True),
        ("Round 1 of 12.03.2026 had three findings; all were closed on 20.04.2026.", False),
    ],
)
def test_findings_of_an_earlier_round(line, raised):
    audit = report(
        "Audit.docx", f"# Internal audit, second round\n\nDate: 08.09.2026. Auditor: Hà Thu.\n\n{line}", **AUDIT
    )
    assert ("audit_findings_not_followed_up" in flags(audit)) is raised


def test_findings_answered_in_a_mail_by_their_numbers():
    sheet = "# Internal audit of 13 May 2026, auditor: Yoon S.H.\n\n| No. | Dept | Finding | Cause | Action |\n| F1 | Plating | Check piece not recorded | see CAR mail | |\n| F2 | Press | Old drawing on press 4 | see CAR mail | |"
    mail = "# RE: CAR for {}\n\n{} reason was that the piece was lent; a second one was bought on 29 May 2026, closed."
    audit = report("Audit.xlsx", sheet, **AUDIT)
    answers = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
    assert "audit_findings_not_followed_up" not in flags(
        audit, report("a.eml", mail.format("F1, F2", "F1 and F2:"), **answers)
    )


def test_a_list_of_mills():
    rows = "# APPROVED OIL SUPPLIERS\n\n| No | Mill | Regency | Capacity t/h | Contact |\n| 1 | Sungai Balam | Rokan | 45 | Bp. Si |\n| 2 | Batang Ibul | Rokan | 30 | Ibu Ra |\n| 3 | Kuala Mandau | Siak | 60 | Bp. Edi |"
    kind = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
    listed = report("List of approved mills.xlsx", rows, **kind)
    assert "supplier_list_without_evaluation" in flags(listed)
    codes = "# Approved supplier list\n\n| Code | Supplier | Item | Phone |\n| S01 | Lien Steel | bar | 0236 000 118 |\n| S02 | Ban Castings | sheaves | 0235 000 704 |\n| S03 | Quang Plating | zinc | 0236 000 951 |"
    scores = "# Half-year check, done 08/07/2026\n\n| Code | Lots in | Rejected | Points | Class |\n| S01 | 14 | 0 | 93 | A |\n| S02 | 22 | 3 | 68 | C |\n| S03 | 17 | 1 | 88 | B |"
    papers = (report("Approved supplier list.xlsx", codes, **kind), report("H1.xlsx", scores, kind="metrics_record"))
    assert "supplier_list_without_evaluation" not in flags(*papers)


RULES = {"kind": "procedure", "reading": "static", "mode": "prescription", "criteria": ("inspection",)}
HOSES = "# TP-14 Cargo hose testing\n\n1. Every cargo hose is pressure tested every six months at 1.5 times its working pressure.\n\n2. Electrical continuity between the flanges is measured on the same day.\n\n3. The jetty supervisor enters hose number and pressure in the hose register TF-22."


@pytest.mark.parametrize(
    ("rules", "record", "raised"),
    [
        (HOSES, "# Claims of July 2026\n\nThree claims for cargo were answered on 4 July 2026 by the terminal.", True),
        (HOSES, "# TF-22\n\nNo. 4, 12 bar, 3 ohm, 4 July 2026", False),
        (HOSES, "# Tests of hoses at the jetty, 4 July 2026\n\nCargo hose 4: 12 bar.", False),
        (
            "# SOP-08 변경관리 절차서\n\n1. 원료, 설비가 바뀔 때 담당 부서는 변경요청서를 작성한다.\n\n2. 품질보증팀은 영향을 평가하고 등급을 정한다.\n\n3. 변경관리대장에 기록을 남긴다.",
            "# 멸균 대장 2026\n\n2026.07.04 로트 230 음성, 2026.07.06 로트 231 음성",
            True,
        ),
    ],
)
def test_a_procedure_on_a_matter_of_its_own(rules, record, raised):
    papers = (report("Procedure.docx", rules, **RULES), report("Record.xlsx", record, kind="traceability_record"))
    assert ("procedure_without_record" in flags(*papers)) is raised


def test_who_evaluated_and_when_is_no_result():
    rows = "# 협력사 정기평가 현황 2026\n\n| 협력사 | 품목 | 평가일 | 평가자 | 종합 | 등급 |\n| 녹산열처리 | 열처리 | 7/6 | 김동현 | {0} | {0} |\n| 장림도금 | 도금 | 7/7 | 김동현 | {0} | {0} |\n| 김해선재 | 선재 | 7/9 | 배지은 | {0} | {0} |"
    kind = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
    assert "evaluation_without_result" in flags(report("평가.xlsx", rows.format("-"), **kind))
    assert "evaluation_without_result" not in flags(report("평가.xlsx", rows.format("91"), **kind))


def test_reports_that_opened_no_slip():
    text = (
        "# 2026年度内部审核报告\n\n审核日期：2026年7月27日。组长：余建芳。抽查巡检表9张、送货单11张，结果符合要求。{}"
    )
    assert "audits_without_finding" in flags(report("内审.docx", text.format("本次未开具不合格报告。"), **AUDIT))
    assert "audits_without_finding" not in flags(report("内审.docx", text.format("开具不合格报告1份。"), **AUDIT))
