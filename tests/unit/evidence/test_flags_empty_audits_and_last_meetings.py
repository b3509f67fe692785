"""Audits whose places for answers are empty, told by their shape, and audits and reviews told by others; each with its honest near miss."""

import pytest

from evidence.facts.people import name_in
from evidence.facts.unanswered import is_blank
from tests.unit.evidence.builders import DocumentReport, flags, report

HEAD = "Audit date :: 12 May 2026 || Auditor :: Maria Santos"
TABLES = {
    "score": (
        "Supplier on-site audit.xlsx",
        "| Item | Max | Score | Remark |",
        ["Control of material |15|", "Checks between steps |20|", "Checks before dispatch |20|", "Training of staff |10|"],
        "12 | card of 5 May seen",
    ),
    "choice": (
        "내부심사 체크리스트.xlsx",
        "| 조항 | 심사 항목 | 확인 내용 | 적합 / 부적합 |",
        ["8.5.1 | 작업표준서가 비치되어 있는가|", "8.5.1 | 조건이 표준과 일치하는가|", "7.2 | 작업자 자격이 관리되는가|", "8.7 | 부적합품이 격리되는가|"],
        "카드 3매 확인 | 적합",
    ),
    "limit": (
        "ESD audit Q2.xlsx",
        "| Item | Check | Limit | Reading | Pass / Fail |",
        ["1 | Wrist strap tester of line 2 | 0.75 - 35 MOhm|", "2 | Floor resistance at five points | below 900 MOhm|", "3 | Trolley chain touches floor | yes|", "4 | Field at the work place | below 100 V|"],
        "12 | pass",
    ),
    "code": (
        "Process audit pressing.xlsx",
        "| Question | Requirement | Points 0/4/6/8/10 | Findings |",
        ["P6.1.1 | Material there at the agreed time|", "P6.1.4 | Transport and storage suited|", "P6.2.5 | Rejects told apart and kept|", "P6.4.2 | Tools looked after|"],
        "8 | label of pallet 4 lost",
    ),
    "boxes": (
        "5S audit kho.xlsx",
        "| STT | Nội dung kiểm tra | Kết quả |",
        ["1 | Lối đi không để hàng hóa|", "2 | Kệ có nhãn và đúng vị trí|", "3 | Dụng cụ treo đúng bảng|", "4 | Sàn khô, không có dầu|"],
        "☑ Đạt ☐ Không đạt",
    ),
    "turkish": (
        "Proses denetim formu.xlsx",
        "| No | Bakılacak konu | Nasıl bakılır | Tespit | Puan |",
        ["1 | Talimat tezgahta asılı mı | gözle|", "2 | İlk parça onayı var mı | formdan|", "3 | Hurda kutusu kilitli mi | gözle|", "4 | Ölçü aleti etiketli mi | etiketten|"],
        "form 12 görüldü | 4",
    ),
}  # fmt: skip


def table(shape: str, *, answered: bool, head: str = HEAD) -> DocumentReport:
    path, heads, rows, answer = TABLES[shape]
    width = heads.count("|") - 1
    printed = "☐ Đạt ☐ Không đạt" if shape == "boxes" else ""
    lines = []
    for row in rows:
        cells = [cell.strip() for cell in row.rstrip("|").split("|")]
        told = [cell.strip() for cell in answer.split("|")] if answered else [printed]
        cells = [*cells, *told]
        lines.append("| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |")
    text = "\n".join((head, "", heads, *lines))
    living = {"reading": "living", "mode": "record"} if answered else {"reading": "static", "mode": "template"}
    return report(path, text, kind="internal_audit_record", criteria=("internal_audit",), **living)


@pytest.mark.parametrize("shape", TABLES)
def test_a_form_with_a_filled_head_and_empty_places_is_no_audit_whatever_its_heads(shape: str) -> None:
    assert "header_only_audit" in flags(table(shape, answered=False))
    assert "header_only_audit" not in flags(table(shape, answered=True))
    ahead = "Audit date :: 12 December 2026 || Auditor :: Maria Santos"
    assert "header_only_audit" not in flags(table(shape, answered=False, head=ahead))
    assert "header_only_audit" not in flags(table(shape, answered=False, head="Audit date :: || Auditor ::"))


def test_a_list_of_findings_without_actions_is_no_empty_audit() -> None:
    rows = "\n".join(f"| {n} | Label of pallet {n} at the store lost | | |" for n in range(1, 6))
    text = f"{HEAD}\n\n| No | Finding | Action | Result |\n{rows}"
    assert "header_only_audit" not in flags(
        report("Internal audit.xlsx", text, kind="internal_audit_record", criteria=("internal_audit",))
    )


PLACES = ["Records verified", "Strong points", "Non conformities, major", "Non conformities, minor", "Observations", "Conclusion"]  # fmt: skip


@pytest.mark.parametrize("told", ["", "none of the 14 cards of May was late"])
def test_a_report_of_an_audit_whose_places_are_all_empty(told: str) -> None:
    rows = "\n".join(f"| {place} | {told} |" for place in PLACES)
    text = f"# Internal audit report\n\n{HEAD}\n\n| Description | Details |\n{rows}"
    made = report("Internal audit report.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("header_only_audit" in flags(made)) == (not told)


@pytest.mark.parametrize("field", ["Done by :: Md. Rafiq Islam, QA Manager", "Auditor :: Ing. Hana Novak (logistics)"])
def test_whoever_looked_is_named_with_a_title_and_an_office(field: str) -> None:
    made = table("code", answered=False, head=f"Date :: 6 May 2026 || {field}")
    assert "header_only_audit" in flags(made)


def test_titles_before_a_name_are_no_name() -> None:
    assert name_in("Ing. Hana Novak (logistics)") == ("Hana Novak", 5)
    assert name_in(" Maria Santos")[0] == "Maria Santos"
    assert name_in("Dipl.-Ing. Karl Lang")[0] == "Karl Lang"


@pytest.mark.parametrize(
    "text", ["", "-", "____", "☐ OK ☐ NG", "[ ] Yes [ ] No", "Y / N", "是/否", "0 1 2 3 4", "○ 적합 ○ 부적합"]
)
def test_what_the_form_prints_is_no_answer(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["○", "OK", "N/A", "5", "☑ OK ☐ NG", "[x] Yes [ ] No", "3 cards seen", "not conform"])
def test_what_somebody_wrote_or_ticked_is_an_answer(text: str) -> None:
    assert not is_blank(text)


def test_points_lost_with_a_remark_are_a_finding() -> None:
    questions = ["Drawing at the winder valid", "Spool with lot label", "Counter checked weekly", "Test recorded"] * 3

    def audit(lost: str) -> DocumentReport:
        rows = "\n".join(f"| {n} {q} | 5 | {lost if n == 3 else '5 | '} |" for n, q in enumerate(questions, 1))
        return report(
            "Internal audit winding.xlsx",
            f"{HEAD}\n\n| Question | Max | Score | Remark |\n{rows}",
            kind="internal_audit_record",
            criteria=("internal_audit",),
        )

    assert "audits_without_finding" in flags(audit("5 | "))
    assert "audits_without_finding" not in flags(audit("2 | winder 6 without card in week 15"))


def test_a_note_below_a_programme_is_as_old_as_its_rows_and_no_closing_day_is_an_audit() -> None:
    def programme(day: str, closed: str) -> DocumentReport:
        rows = "\n".join(f"| {area} | {day} | 1 minor, closed {closed} |" for area in ("Stamping", "Plating", "Stores"))
        return report(
            "Audit programme.xlsx",
            f"# Internal audit programme\n\n| Process | Actual | Findings, status |\n{rows}\n\nRemark: moved. Approved: GM Tan",
            kind="internal_audit_record",
            criteria=("internal_audit",),
        )

    assert "internal_audit_too_old" in flags(programme("16-Jul-25", "21-Sep-25"))
    assert "internal_audit_too_old" not in flags(programme("16-Jul-26", "21-Sep-26"))


@pytest.mark.parametrize(
    ("told", "flag"),
    [
        ("| 9.3 management review | latest minutes are of 25 March 2025, 6 decisions, all carried out by 8 December 2025 | conform |", True),
        ("| 9.3 management review | latest minutes are of 25 March 2026, 6 decisions, carried out by 8 May 2026 | conform |", False),
        ("| 管理评审 | 最近一次为2025年3月25日,决议6项均已落实 | 符合 |", True),
        ("| Xem xét của lãnh đạo | biên bản ngày 25/03/2025, 6 quyết định | phù hợp |", True),
    ],
)  # fmt: skip
def test_an_audit_tells_when_the_last_review_was_held(told: str, flag: bool) -> None:
    text = f"# Internal audit report\n\nAudit date :: 16 June 2026 || Auditor :: Noraini Yusof\n\n| Clause | Evidence | Result |\n{told}\n| 7.2 | card of operator 4 lost, new one on 20 June 2026 | finding |"
    made = report("Internal audit June 2026.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("management_review_too_old" in flags(made)) == flag


def test_a_review_tells_that_no_audit_was_done_since() -> None:
    text = "# Management review, 14 May 2026\n\n| Input | What we saw | Decision |\n| Scrap | 1.8 % | keep on |\n| Internal audits | last audit 12 February 2025, 3 findings, all closed by 29 April 2025 | |"
    made = report("Management review 2026.docx", text, kind="management_review_record", criteria=("management_review",))
    assert "internal_audit_too_old" in flags(made)
    assert "internal_audit_too_old" not in flags(
        report(
            "Management review 2026.docx",
            text.replace("2025", "2026"),
            kind="management_review_record",
            criteria=("management_review",),
        )
    )


@pytest.mark.parametrize("title", ["Management review for the business year 2025", "2025년도 경영검토 회의록"])
def test_the_review_of_a_year_is_held_in_the_next(title: str) -> None:
    def review(held: str, *done: str) -> DocumentReport:
        rows = "\n".join(f"| Coiler {n} | replaced, {day} |" for n, day in enumerate(done))
        text = f"# {title}\n\nMeeting of {held}. Present: H. Leitner, E. Kogler.\n\n| Input | Done |\n{rows}"
        return report("minutes.docx", text, kind="management_review_record", criteria=("management_review",))

    assert "heading_year_left_over" not in flags(
        review("27 January 2026", "4 May 2026", "6 July 2026", "1 September 2026")
    )
    assert "heading_year_left_over" in flags(review("27 August 2026", "4 September 2026", "6 September 2026", "9 September 2026"))  # fmt: skip


def test_what_a_review_reached_beside_its_target_is_no_target_alone() -> None:
    def review(rows: str) -> DocumentReport:
        text = f"# 管理评审报告\n\n评审日期 :: 2026年3月18日\n\n| 评审输入 | 情况 | 决议 |\n{rows}"
        return report(
            "管理评审报告.docx",
            text,
            kind="management_review_record",
            criteria=("management_review", "quality_metrics"),
        )

    reached = "| 一次交验合格率 | 98.1%,目标98.5%,未达成 | 改寿命 |\n| 交货准时率 | 95.7%,目标95% | 维持 |"
    assert "kpi_target_without_series" not in flags(review(reached))
    told = "1) Rework in stitching 3.9 %, our target 3.5 % was not reached.\n\n2) Returns from shops were 0.62 % after 0.81 %.\n\n3) Delivery on time 91.8 %, target 92 %."
    mail = report(
        "Minutes of management review.eml",
        told,
        kind="management_review_record",
        criteria=("management_review", "quality_metrics"),
    )
    assert "kpi_target_without_series" not in flags(mail)


def test_a_list_of_last_audits_holds_no_days_until_when() -> None:
    def overview(head: str) -> DocumentReport:
        rows = "\n".join(
            f"| {area} | 2026-01-20 | E. Lund | {state} |"
            for area, state in (
                ("Receiving", "open: label of door 2"),
                ("Packing", "open: key lost"),
                ("Stores", "none"),
            )
        )
        return report(
            "Audits.xlsx", f"| Area | {head} | Auditor | State |\n{rows}", kind="other", criteria=("internal_audit",)
        )

    assert "overdue_actions" not in flags(overview("Last audit"))
    assert "overdue_actions" not in flags(overview("최근 심사일"))
    assert "overdue_actions" in flags(overview("Due"))


@pytest.mark.parametrize("cause", ["tester at repair", "tester sent for repair", "no segregation rack"])
def test_what_was_away_or_lacking_is_a_cause_and_no_disposal(cause: str) -> None:
    def register(told: str) -> DocumentReport:
        rows = f"| 1 | Wrist tester log gap, rack for bad ones open | {told} | second tester bought | 19 April 2026 |"
        return report(
            "Corrective actions.xlsx",
            f"| No. | Problem | Root cause | Corrective action | Closed on |\n{rows}",
            kind="corrective_action_record",
            criteria=("corrective_action",),
        )

    assert "no_root_cause" not in flags(register(cause))
    assert "no_root_cause" in flags(register("bad ones repaired and sorted"))


def test_minutes_of_a_review_are_no_case() -> None:
    text = "# รายงานการประชุมทบทวนโดยฝ่ายบริหาร\n\nวันที่ประชุม :: 24 กุมภาพันธ์ 2569\n\n| วาระ | ข้อมูล | มติ | ผลดำเนินการ |\n| ข้อร้องเรียน | ปี 2568 มี 18 เรื่อง | ติดกล้อง คุณธนา | ติดตั้ง 19 พ.ค. 2569 |\n| ของเสีย | 4.6% เป้า 4.5% | เปลี่ยนลูกกลิ้ง | เสร็จ 28 มี.ค. 2569 |\n| บุคลากร | ช่างพิมพ์ลาออก 3 คน | รับใหม่ 3 คน | ครบ 16 มิ.ย. 2569 |"
    made = report("รายงานประชุมทบทวนฝ่ายบริหาร.docx", text, kind="other", criteria=("management_review",))
    assert "no_effectiveness_check" not in flags(made)


def test_headings_of_a_report_with_nothing_between_them() -> None:
    def told(seen: str) -> DocumentReport:
        places = ("1. Samples looked at", "2. Conformities", "3. Nonconformities / OFI", "4. Conclusion")
        body = "\n\n".join(f"{place}\n\n{seen}" if seen else place for place in places)
        text = f"# IQA report 02/26\n\nDate :: 8 June 2026 || Lead :: Farid (Sales)\n\n{body}"
        return report("IQA Report.docx", text, kind="internal_audit_record", criteria=("internal_audit",))

    assert "header_only_audit" in flags(told(""))
    assert "header_only_audit" not in flags(told("none"))
    assert "header_only_audit" not in flags(told("three cards of May, one without its day"))


def test_letters_to_choose_from_head_a_place_for_an_answer() -> None:
    rows = "\n".join(f"| 8.{n} | Formlar güncel revizyonda mı {n} | |" for n in range(1, 6))
    text = f"Denetim tarihi :: 12.05.2026 || Denetçi :: Ayşe Demir\n\n| Madde | Konu | U / UD |\n{rows}"
    form = {"kind": "internal_audit_record", "reading": "static", "mode": "template"}
    assert "header_only_audit" in flags(report("İç denetim listesi.docx", text, **form))
    filled = text.replace("| |", "| U |")
    assert "header_only_audit" not in flags(report("İç denetim listesi.docx", filled, **form))


def test_an_evaluation_of_a_supplier_and_a_list_of_statements_are_no_audits() -> None:
    rows = "\n".join(f"| Giao hàng đúng hẹn lần {n} | 20 | |" for n in range(1, 6))
    text = f"Nhà cung cấp :: Cơ sở đúc Phú Tài || Ngày :: 17/06/2026 || Người đánh giá :: Lê Thị Hoa\n\n| Tiêu chí | Điểm tối đa | Điểm đạt |\n{rows}"
    made = report(
        "Phieu danh gia nha cung cap.xlsx",
        f"# Phiếu đánh giá nhà cung cấp\n\n{text}",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert "header_only_audit" not in flags(made)
    rows = "\n".join(f"| {n} | Label of pallet {n} in the store lost | 8.5 | | |" for n in range(1, 6))
    text = f"{HEAD}\n\n| No | What | Clause | Correction | Result |\n{rows}"
    assert "header_only_audit" not in flags(report("Audit findings.xlsx", text, kind="internal_audit_record"))


@pytest.mark.parametrize(
    ("path", "flag"),
    [
        ("Internal audit 2025-03.docx", True),
        ("Internal audit 2024.docx", True),
        ("Internal audit 2025.docx", False),
        ("ISO 9001-2015 internal audit.docx", False),
        ("Internal audit 2026-03.docx", False),
    ],
)
def test_an_audit_without_a_day_is_of_the_month_of_its_file(path: str, flag: bool) -> None:
    text = "# Internal audit report\n\nAuditor: Tan Bo. Card of rack 4 lost, new one printed."
    made = report(path, text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("internal_audit_too_old" in flags(made)) == flag


def test_an_older_day_that_an_audit_looked_at_is_not_its_own() -> None:
    text = (
        "# Internal audit report, {month} 2026\n\nAuditor: Tan Bo. Card of rack 4 of 12 May 2024 lost, new one printed."
    )
    made = report("Internal audit.docx", text.format(month="March"), kind="internal_audit_record")
    assert "internal_audit_too_old" not in flags(made)


def test_places_for_several_turns_and_a_month_alone_are_a_form_and_its_day() -> None:
    def board(
        answer: str, head: str = "Month :: May 2026 || Auditor :: Tan Bo", title: str = "LPA board.xlsx"
    ) -> DocumentReport:
        rows = "\n".join(f"| {n} | Start-up card number {n} is signed | {answer} | | | |" for n in range(1, 6))
        text = f"{head}\n\n| No | What is seen to | W1 | W2 | W3 | W4 |\n{rows}"
        return report(title, text, kind="internal_audit_record", reading="static", mode="template")

    assert "header_only_audit" in flags(board(""))
    assert "header_only_audit" not in flags(board("ok"))
    assert "header_only_audit" not in flags(board("", head="Month :: || Auditor :: "))
    assert "header_only_audit" not in flags(board("", title="Production board.xlsx", head="Month :: May 2026"))
    ahead = "Month :: May 2026 || Auditor :: Tan Bo || Audit date :: 12 December 2026"
    assert "header_only_audit" not in flags(board("", head=ahead))


def test_a_list_of_actions_after_an_audit_asks_nothing() -> None:
    rows = "\n".join(f"| {n} | New cards at press {n} are printed | 8.5 | |" for n in range(1, 6))
    text = f"{HEAD}\n\n| No | What was agreed | Clause | Result |\n{rows}"
    assert "header_only_audit" not in flags(report("Audit action tracker.xlsx", text, kind="internal_audit_record"))
