"""Flags at suppliers who write a defect in a form of their own, each beside the paper that is ordinary."""

import pytest

from evidence.facts.calendar import find
from tests.unit.evidence.builders import certificate, flags, report


def sheet(*rows):
    return "=== 1\n" + "\n".join(f"| {row} |" for row in rows)


def test(path, text, **more):
    return report(path, text, kind="traceability_record", criteria=("traceability",), **more)


test.__test__ = False


def audit(path, text, **more):
    return report(path, text, kind="internal_audit_record", criteria=("internal_audit",), **more)


def case(path, text, **more):
    return report(path, text, kind="corrective_action_record", criteria=("corrective_action",), **more)


@pytest.mark.parametrize(
    "rows",
    [
        ("Contoh | Torsi patah N.m | Batas bawah | Batas atas", "1 | 7,42 | 6,3 | 9,0", "2 | {} | 6,3 | 9,0", "3 | 7,73 | 6,3 | 9,0", "4 | 7,11 | 6,3 | 9,0"),
        ("Mẫu | Độ dày (mm) | Yêu cầu", "1 | 7,03 | 7,00 ± 0,65", "2 | {} | 7,00 ± 0,65", "3 | 6,98 | 7,00 ± 0,65", "4 | 7,01 | 7,00 ± 0,65"),
        ("Date | Load kN | Allowed", "2 Sep 2026 | 7.1 | 6.5 - 8", "3 Sep 2026 | {} | 6.5 - 8", "4 Sep 2026 | 7.4 | 6.5 - 8", "5 Sep 2026 | 7.0 | 6.5 - 8"),
    ],
)  # fmt: skip
def test_limits_on_either_side_of_one_reading(rows):
    comma = "7,0" in "".join(rows)
    out, inside = ("5,81", "7,21") if comma else ("5.81", "7.21")
    bad, good = (test("tests.xlsx", sheet(*(row.replace("{}", value) for row in rows))) for value in (out, inside))
    assert "out_of_limits_without_reaction" in flags(bad)
    assert "out_of_limits_without_reaction" not in flags(good)


def test_one_reading_a_feature_beside_its_tolerance():
    rows = ("Feature | Requirement | Measured | Note", "Bore | 20.00 ± 0.02 | 20.01 |", "Width | 31.5 ± 0.1 | 31.52 |", "Step | 4.0 ± 0.05 | 4.01 |")  # fmt: skip
    found = flags(test("layout.xlsx", sheet(*rows, "Length | 84.0 ± 0.1 | 84.25 |")))
    assert "out_of_limits_without_reaction" in found
    told = flags(test("layout.xlsx", sheet(*rows, "Length | 84.0 ± 0.1 | 84.25 | part set aside and remade")))
    assert "out_of_limits_without_reaction" not in told


def test_a_column_of_nominal_values_limits_nothing():
    rows = (
        "No | Target | Torque",
        *(f"{n} | 8.0 | {value}" for n, value in enumerate(("7.9", "8.7", "8.1", "8.2"), 1)),
    )
    assert "out_of_limits_without_reaction" not in flags(test("torque.xlsx", sheet(*rows)))


def test_readings_close_to_a_limit_in_the_column_behind_them():
    rows = [f"{n} | {value} | 3.00" for n, value in enumerate(("2.98", "2.97", "2.99", "2.96", "2.99", "2.98", "2.97"))]
    assert "results_just_under_limit" in flags(test("편심.xlsx", sheet("시료 | 편심 분 | 상한 분", *rows)))
    spread = [row.replace("2.97", "1.41").replace("2.96", "2.10") for row in rows]
    assert "results_just_under_limit" not in flags(test("편심.xlsx", sheet("시료 | 편심 분 | 상한 분", *spread)))


def test_one_sheet_of_readings_under_two_numbers():
    rows = ("片号 | 透过率 % (≥98.0) | 中心厚 mm (3.20±0.05)", *(f"{n} | 98.{73 - n} | 3.2{n}4" for n in range(1, 7)))
    first = test("透过率 2605-11.xlsx", sheet(*rows))
    assert "identical_readings" in flags(first, test("透过率 2606-04.xlsx", sheet(*rows)))
    assert "identical_readings" not in flags(first, test("透过率 2605-11 (2).xlsx", sheet(*rows)))


def test_a_lone_list_of_actions_is_kept_until_it_is_old():
    heads = "No | Issue | What we do | Who | By | Finished"
    done = "1 | paint runs on frame | thinner ratio card at booth | Osman | 12 May {0} | 10 May {0}"
    left = "2 | short bolts in kit | weigh scale for kits | Lena | 30 June {0} |"
    assert "overdue_actions" in flags(case("tracker.xlsx", sheet(heads, done.format(2026), left.format(2026))))
    assert "overdue_actions" not in flags(case("tracker.xlsx", sheet(heads, done.format(2024), left.format(2024))))


def test_a_list_of_audits_that_counts_nothing():
    heads = "Tarih | Bölüm | Tetkikçi | Uygunsuzluk | Gözlem"
    rows = (
        "21.05.2024 | Montaj | Gizem Ulu | 0 | 0",
        "19.11.2025 | Döküm | Kadir Sezer | 0 | {}",
        "19.05.2026 | Boya | Gizem Ulu | 0 | 0",
    )
    assert "audits_without_finding" in flags(audit("tetkikler.docx", sheet(heads, *(row.format(0) for row in rows))))
    assert "audits_without_finding" not in flags(
        audit("tetkikler.docx", sheet(heads, *(row.format(2) for row in rows)))
    )


@pytest.mark.parametrize(
    ("head", "ordinary"),
    [
        ("受审部门负责人：车间主任 郭志鹏\n\n审核员：郭志鹏", "受审部门负责人：车间主任 陈莉\n\n审核员：郭志鹏"),
        ("Area audited: paint shop, run by Paul Nolan\n\nAudit done by: Paul Nolan", "Area audited: paint shop\n\nAudit done by: Paul Nolan"),
    ],
)  # fmt: skip
def test_an_auditor_who_heads_what_he_audits(head, ordinary):
    text = "# 内审 IA 4 March 2026\n\n{}\n\nNC 1: hardener past shelf life, replaced 6 March 2026, closed.\n"
    assert "auditor_not_independent" in flags(audit("IA.docx", text.format(head)))
    assert "auditor_not_independent" not in flags(audit("IA.docx", text.format(ordinary)))


def test_findings_in_a_form_that_the_model_took_for_blank():
    text = "# Đánh giá nội bộ ngày 18/11/2025 tại tổ xeo\n\nNgười đánh giá: Lê Thị Mận\n\n| STT | Thấy gì | Hành động khắc phục | Người nhận | Ngày xong |\n| 1 | Cân định lượng không có tem | {0} | | |\n| 2 | Ba cuộn giấy lỗi để lẫn | {0} | | |\n"
    taken = {"kind": "blank_form", "reading": "static", "criteria": ("internal_audit",), "language": "vi"}
    assert "audit_findings_not_followed_up" in flags(report("noi bo.docx", text.format(""), **taken))
    answered = text.format("dán tem, tách riêng 20/11/2025")
    assert "audit_findings_not_followed_up" not in flags(report("noi bo.docx", answered, **taken))


def test_three_checks_in_one_sentence_and_three_of_one_cause():
    told = [("bent pins on 40 relays", "tray too shallow"), ("ink smears on lids", "drying lamp dead"), ("missing screws in kits", "bowl feeder jams")]  # fmt: skip
    form = "# CAR {0}\n\nOpened :: 2 {1} 2026\nProblem :: {2}\nCause :: {3}\nAction :: mended\nEffectiveness :: {4}\nClosed :: 30 {1} 2026\n"
    months = ("March", "April", "May")
    same = [case(f"CAR {n}.docx", form.format(n, months[n], *told[n], "Found effective, no further occurrence was seen.")) for n in range(3)]  # fmt: skip
    own = [case(f"CAR {n}.docx", form.format(n, months[n], told[n][0], "tray too shallow for the pins", f"{n + 4}00 {told[n][0]} looked at, 0 bad")) for n in range(3)]  # fmt: skip
    assert "same_sentence_as_verdict" in flags(*same)
    assert "same_sentence_as_verdict" not in flags(*own)


def test_a_record_that_says_it_was_changed_after_it_was_signed():
    text = "# 8D report 12\n\nProblem: cracked lids, 3 June 2026. Cause: cold mould. Action: heater replaced 5 June 2026.\nApproved by J. Roe, {}\nEdited 2 August 2026: number of lids changed from 90 to 9.\n"
    assert "changed_after_signature" in flags(case("8D.docx", text.format("20 June 2026")))
    assert "changed_after_signature" not in flags(case("8D.docx", text.format("3 August 2026")))


@pytest.mark.parametrize(
    ("cause", "action", "technical"),
    [
        ("the packer was new and did not look at the sample", "packer briefed again and warned", "sample holder installed at the table"),
        ("personelin dalgınlığı", "personel uyarıldı, bilgilendirme yapıldı", "sensör takıldı"),
        ("công nhân mới chưa quen việc", "nhắc nhở và hướng dẫn lại công nhân", "lắp cảm biến"),
    ],
)  # fmt: skip
def test_blame_in_other_words(cause, action, technical):
    form = "# NCR 4\n\nRaised :: 3 June 2026\nProblem :: wrong label on 40 cartons\nCause :: {}\nAction :: {}\nVerified :: 200 cartons right, 30 June 2026\nClosed :: 2 July 2026\n"
    assert "human_error_retrain_only" in flags(case("NCR 4.docx", form.format(cause, action)))
    assert "human_error_retrain_only" not in flags(case("NCR 4.docx", form.format(cause, technical)))


def test_a_check_under_a_head_nobody_knows():
    form = "# NCR 8\n\nOpened :: 3 May 2026\nProblem :: 12 covers with scratches\nCause :: tray without lining\nAction :: trays lined by 9 May 2026\nSeen since :: {}\nClosed :: 22 June 2026\n"
    assert "no_effectiveness_check" not in flags(case("NCR 8.docx", form.format("20 June 2026, 4 lots of 300 covers, no scratches")))  # fmt: skip
    assert "no_effectiveness_check" in flags(case("NCR 8.docx", form.format("the foreman")))


def test_a_sheet_of_months_whose_measure_nobody_knows():
    rows = ("Month | Produced kg | Scrapped kg | Part", *(f"{m} | {40 + n}000 | {800 + n} | {2 + n / 10}" for n, m in enumerate(("Oct 2025", "Nov 2025", "Dec 2025", "{}"))))  # fmt: skip
    taken = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
    assert "series_stops" in flags(report("scrap.xlsx", sheet(*rows).replace("{}", "Jan 2026"), **taken))
    assert "series_stops" not in flags(report("scrap.xlsx", sheet(*rows).replace("{}", "Aug 2026"), **taken))


def test_the_day_of_a_paper_under_a_head_nobody_knows():
    text = "# บันทึกผลการตรวจ เตาที่ 2\n\nตรวจเมื่อ :: {} || ล็อต :: C690714\n\n| รายการ | เสีย |\n| ชาม | 3 |\n"
    assert "date_in_future" in flags(test("ตรวจ.docx", text.format("17 ธันวาคม 2569"), language="th"))
    assert "date_in_future" not in flags(test("ตรวจ.docx", text.format("17 กันยายน 2569"), language="th"))
    plan = sheet(
        "Tanggal | Alat | Rencana", "3 Februari 2026 | JS-1 | kalibrasi 1", "9 November 2026 | MK-2 | kalibrasi 2"
    )
    assert "date_in_future" not in flags(report("kalender.xlsx", plan, kind="calibration_record", language="id"))


@pytest.mark.parametrize("text", ["Present: director, [name of quality manager], sales.", "총평: OOO 주식회사의 품질경영시스템은 개선 중이다.", "Auditee: [부서장 이름 입력]"])  # fmt: skip
def test_words_of_a_model_text(text):
    minutes = {"kind": "management_review_record", "criteria": ("management_review",)}
    assert "placeholder_left" in flags(report("MR.docx", f"# Minutes 3 June 2026\n\n{text}\n", **minutes))


@pytest.mark.parametrize(
    "text", ["Present: director [on leave], sales.", "Rate (see [4]) fell; lots XXL and OOS were sold."]
)
def test_ordinary_words_in_brackets(text):
    minutes = {"kind": "management_review_record", "criteria": ("management_review",)}
    assert "placeholder_left" not in flags(report("MR.docx", f"# Minutes 3 June 2026\n\n{text}\n", **minutes))


def test_an_index_under_a_name_of_its_own():
    index = (
        "# Contents of this package\n\nTab 1, 01 Certificate.pdf\nTab 2, 02 Sheets.xlsx\nTab 3, 03 Mock recall.docx\n"
    )
    sent = [report("01 Certificate.pdf", "# Certificate"), report("02 Sheets.xlsx", sheet("a | b", "1 | 2"))]
    found = flags(report("00 Package.docx", index, reading="static"), *sent)
    assert "promised_document_missing" in found
    whole = flags(report("00 Package.docx", index, reading="static"), *sent, report("03 Mock recall.docx", "# Recall"))
    assert "promised_document_missing" not in whole


def test_a_surveillance_visit_that_was_passed():
    due = "Surveillance due: 20 February 2026{}"
    assert "no_surveillance_evidence" not in flags(certificate(more=due.format(" passed")))


def test_castings_are_no_year():
    assert not [found for found in find("13 October 48 castings") if found.value.startswith("2048")]
