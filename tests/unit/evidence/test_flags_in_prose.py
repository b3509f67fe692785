"""Flags on papers in prose, mails, forms without answers and lists on their side: each path with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
LISTED = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}


def paper(*lines: str) -> str:
    return "\n\n".join(lines)


# What a letter answers came before its own day


def letter(cause: str, replaced: str = "12 May 2026"):
    return report(
        "Answer to customer.docx",
        paper(
            "# Answer to Norda",
            "Leiden, 3 August 2026",
            "Dear Mr Visser,",
            "On 4 May 2026 you told us that 18 pump housings of your order leaked at the drain plug after a week of use.",
            f"Cause: {cause}",
            f"Action: all leaking housings were replaced on {replaced}.",
            "Effectiveness: 240 housings tested until 28 July 2026, none leaked.",
        ),
        **CASE,
    )


def test_a_letter_is_not_older_than_the_action_it_tells_of():
    assert "done_before_reported" not in flags(letter("the thread tool was worn and nobody counted its strokes."))


def test_an_action_before_the_day_told_in_the_letter_is_found():
    found = flags(letter("the thread tool was worn and nobody counted its strokes.", "20 March 2026"))
    assert "done_before_reported" in found


def test_a_cause_that_repeats_what_the_letter_tells_above_it_is_none():
    assert "no_root_cause" in flags(letter("the housings leaked at the drain plug."))
    assert "no_root_cause" not in flags(letter("the thread tool was worn and nobody counted its strokes."))


# Cases without heads


def blamed(cause: str, action: str):
    return report(
        "Reply.docx",
        paper(
            "# Reply to Harbour Foods",
            "14 April 2026",
            "You wrote that four crates held the wrong lids.",
            f"We have looked into the cause. {cause}",
            f"As corrective action {action}.",
        ),
        **CASE,
    )


@pytest.mark.parametrize(
    ("cause", "action", "told"),
    [
        ("The operator was careless and did not look at the order", "the operator was retrained on 20 April", True),
        ("Both lids lie in one bin and differ only by a notch", "the operator was retrained on 20 April", False),
        (
            "The operator was careless and did not look at the order",
            "the operator was retrained and a sensor was installed that stops the line",
            False,
        ),
    ],
)
def test_blame_in_the_sentences_of_a_letter(cause, action, told):
    assert ("human_error_retrain_only" in flags(blamed(cause, action))) is told


EARLIER = report(
    "CAPA 26-04.docx",
    paper(
        "# CAPA 26-04",
        "Opened :: 2 February 2026 || Customer :: Norda",
        "Problem :: porosity in flange weld of frame F7, five pieces",
        "Root cause :: shielding gas hose cracked, no interval for changing it",
        "Action :: hose changed, interval of six months set, 10 February 2026",
        "Verification :: 60 welds cut open on 20 March 2026, none porous",
        "Closed :: 23 March 2026",
    ),
    **CASE,
)


def later(*told: str):
    return report("Report July.docx", paper("# 8D report number 26-19", *told), **CASE)


@pytest.mark.parametrize(
    "told",
    [
        (
            "D1 Team: Ana, Joost.",
            "D2 On 8 July 2026 Norda again found porosity in flange weld of frame F7. It is the defect of CAPA 26-04.",
            "D3 Stock of 40 frames held on 9 July 2026.",
            "D4 The gas regulator froze in long runs and nobody had measured the flow.",
            "D5-D6 Flow switch built in on 21 July 2026.",
            "D8 Until 20 September 2026 120 welds cut open, none porous.",
        ),
        (
            "On 8 July 2026 Norda told us of porosity in the flange weld of three frames. The defect of CAPA 26-04 came back after its closing.",
        ),
    ],
)
def test_a_defect_that_a_later_paper_names_by_the_number_of_the_closed_case(told):
    assert "same_defect_after_closure" in flags(EARLIER, later(*told))


@pytest.mark.parametrize(
    "told",
    [
        ("On 8 July 2026 Norda told us of a bent lug. The jig of CAPA 26-04 is a different one.",),
        ("On 8 July 2026 Norda asked about CAPA 26-04 again: when will the frames be sent?",),
        ("On 8 July 2026 we looked at the action of CAPA 26-04: 90 welds cut open, without any repeat.",),
    ],
)
def test_a_closed_case_that_is_only_mentioned_did_not_come_back(told):
    assert "same_defect_after_closure" not in flags(EARLIER, later(*told))


def summary(verdicts):
    lines = [
        f"CA-{n} (opened {n} March 2026) {what}. Cause: {why}. Action: {did}. Verification: {verdict}."
        for n, (what, why, did, verdict) in enumerate(
            zip(
                ("short tubes", "cracked lids", "wrong labels", "loose rivets", "dented sides"),
                ("stop loose", "resin wet", "roll mixed up", "anvil worn", "rack bent"),
                ("stop pinned", "dryer set", "reader added", "anvil changed", "rack straightened"),
                verdicts,
                strict=True,
            ),
            1,
        )
    ]
    return report("Summary.docx", paper("# Corrective actions, first half of 2026", *lines), **CASE)


def test_one_verdict_on_all_cases_of_a_summary():
    assert "same_sentence_as_verdict" in flags(summary(["the measure was effective and the case is closed"] * 5))


def test_a_name_that_stands_in_all_cases_of_a_summary_is_no_verdict():
    owner = "Production department closed shift"
    assert "same_sentence_as_verdict" not in flags(
        summary([f"{n * 40} pieces good. Owner: {owner}" for n in range(1, 6)])
    )


def test_verdicts_that_tell_what_was_seen_are_no_one_sentence():
    seen = [f"{n * 40} pieces of {n} lots were looked at, effective" for n in range(1, 6)]
    assert "same_sentence_as_verdict" not in flags(summary(seen))


# Audits


def audit(*lines: str, mode: str = "record"):
    return report("Audit.docx", paper("# Internal audit report", *lines), mode=mode, **AUDIT)


def test_audits_whose_fields_count_no_finding():
    english = audit("Date :: 12 March 2026 || Auditor :: Ana Bakker", "Major findings :: 0", "Improvements :: zero")
    assert "audits_without_finding" in flags(english)
    indonesian = audit("Tanggal :: 12 Maret 2026 || Auditor :: Ana Bakker", "Temuan mayor :: 0", "Temuan minor :: nol")
    assert "audits_without_finding" in flags(indonesian)
    turkish = audit("12 Mart 2026, depo ve montaj gezildi.", "Hiçbir uygunsuzluk ve eksiklik tespit edilmedi.")
    assert "audits_without_finding" in flags(turkish)


def test_an_audit_whose_field_counts_a_finding_has_one():
    first = audit("Date :: 12 March 2026 || Auditor :: Ana Bakker", "Major findings :: 0", "Minor findings :: 2")
    assert "audits_without_finding" not in flags(first)


FOUND = (
    "Held on 24 April 2026 by Ana Bakker.",
    "Finding 1: the driver in cell 3 was used though its label had run out.{}",
    "Finding 2: two frames on the rework rack carried no tag.",
)


def test_findings_beside_a_later_day_without_a_year_were_followed_up():
    lines = [line.format(" Sent to the tool room, back on 29 April.") for line in FOUND]
    assert "audit_findings_not_followed_up" not in flags(audit(*lines))


def test_a_day_before_the_audit_is_no_follow_up():
    lines = [line.format(" It ran out on 31 March.") for line in FOUND]
    assert "audit_findings_not_followed_up" in flags(audit(*lines))


def test_a_dated_audit_on_a_form_whose_places_for_answers_are_empty():
    lines = [line.format("") for line in FOUND]
    assert "audit_findings_not_followed_up" in flags(audit(*lines, "Corrective action", mode="template"))


# Suppliers


def firms(*more: str):
    return report(
        "Vendor list.xlsx",
        "=== 1\n| Vendor list | | | |\n\n| Who | Brons Castings | Delta Wire | Polder Paint |\n"
        + "\n".join(f"| {line} |" for line in more),
        reading="static",
        **LISTED,
    )


def test_a_list_of_suppliers_that_lies_on_its_side():
    listed = firms("Person | Ms Vos | Mr Bos | Ms Kok", "Line | 030-5980-221 | 030-5361-704 | 030-5188-930")
    assert "supplier_list_without_evaluation" in flags(listed)


def test_the_same_list_without_ways_to_reach_anybody_is_left_alone():
    assert "supplier_list_without_evaluation" not in flags(firms("Width | 20 | 30 | 40", "Length | 5 | 6 | 7"))


def form(total: str):
    return report(
        "Evaluation Brons.docx",
        paper(
            "# Đánh giá nhà cung cấp",
            "Nhà cung cấp :: Đúc Sao Mai || Ngày đánh giá :: 20/07/2026",
            "Người đánh giá :: Lê Thu Hà || Mua :: vòng đồng",
            f"Chất lượng (tối đa 40) :: {total}",
            f"Giao hàng (tối đa 30) :: {total}",
            f"Tổng điểm :: {total}",
        ),
        **LISTED,
    )


def test_the_name_of_who_evaluates_is_no_result():
    assert "evaluation_without_result" in flags(form(""))
    assert "evaluation_without_result" not in flags(form("30"))


# Lists of what is to be done and what was sent


def tasks(*lines: str):
    return report("Open work.docx", paper("# Open work on 10 September 2026", *lines), **AUDIT)


def test_a_list_of_tasks_is_one_whatever_it_was_taken_for():
    late = tasks(
        "Earth cable of welder 3 renewed by 30 June 2026, not done",
        "Guard for the saw blade by 15 July 2026, not done",
        "Weights sent to the laboratory by 31 August 2026, done",
    )
    assert "overdue_actions" in flags(late)


def test_a_single_day_in_an_audit_makes_no_list_of_tasks():
    late = tasks(
        "The guard of the saw was to be fitted by 15 July 2026, not done",
        "The welders keep their rods dry and know the sheet for the oven.",
        "The store is tidy, and first in goes out first.",
    )
    assert "overdue_actions" not in flags(late)


def sent(*names: str):
    listed = "\n\n".join(f"{n}) {name}" for n, name in enumerate(names, 1))
    mail = report("Papers.eml", paper("Here are our papers:", listed), reading="static", mode="other", **LISTED)
    return [
        mail,
        *(report(name, "# Report\n\nMade in May.", **TEST) for name in ("Audit report.docx", "Lot card.docx")),
    ]


def test_a_mail_that_names_the_files_sent_may_be_taken_for_any_paper():
    assert "promised_document_missing" in flags(*sent("Audit report.docx", "Lot card.docx", "Gauge certificate.pdf"))
    assert "promised_document_missing" not in flags(*sent("Audit report.docx", "Lot card.docx"))


# Placeholders


@pytest.mark.parametrize(("title", "told"), [("Our policy", True), ("Template for a policy", False)])
def test_a_placeholder_in_sentences_taken_for_a_form(title, told):
    policy = report(
        "Policy.docx",
        paper(
            f"# {title}",
            "[Company name] wants to please all of its customers with what it makes.",
            "All people of [Company name] know this policy and act by it every day.",
        ),
        kind="blank_form",
        reading="static",
        mode="template",
    )
    assert ("placeholder_left" in flags(policy)) is told


def test_a_hint_in_a_form_with_fields_is_at_home():
    blank = report(
        "Form.docx",
        paper("# Complaint form", "Customer :: [Company name]", "Day :: ", "What happened and how was it found?"),
        kind="blank_form",
        reading="static",
        mode="template",
    )
    assert "placeholder_left" not in flags(blank)


# Lots


def boiled(*lots: str):
    row = " | ".join(lots)
    return report(
        "Kettle book.xlsx",
        f"=== 1\n| Lot no | {row} |\n| Kettle | {' | '.join('1234'[: len(lots)])} |\n| Cook | {' | '.join(['Ana'] * len(lots))} |",
        **TEST,
    )


def shipped(lot: str):
    return report(
        "Delivery note 88.docx",
        paper(
            "# Delivery note 88",
            f"On 15 September 2026 we shipped 60 cases of lot K-0907, 58 cases of lot K-0909 and 75 cases of lot {lot}.",
        ),
        **TEST,
    )


def test_a_lot_that_went_out_and_that_a_book_of_its_neighbours_does_not_know():
    book = boiled("K-0907", "K-0908", "K-0909", "K-0912")
    assert "lot_unknown_in_next" in flags(book, shipped("K-0911"))
    assert "lot_unknown_in_next" not in flags(book, shipped("K-0912"))


def scanned(day: str, lot: str):
    return report(
        f"scan {day}.pdf",
        paper("Oven sheet", f"Date {day} 2026 Batch {lot} Core 96 °C, 412 loaves"),
        source="ocr",
        **TEST,
    )


def test_scans_of_one_sheet_and_a_complaint_on_an_older_lot_are_no_gap():
    sheets = [scanned("12 June", "B-0612"), scanned("20 July", "B-0720"), scanned("29 August", "B-0829")]
    case = report(
        "CAPA 26-06.docx",
        paper("# CAPA 26-06", "Opened :: 1 June 2026 || Batch :: B-0529", "Problem :: blue plastic in a loaf"),
        **CASE,
    )
    assert "lot_unknown_in_next" not in flags(*sheets, case)


def rubbed(name: str, code: str):
    text = f"# Rub test\n\nCloth :: poplin || Vat :: {code}\nDate :: 6 July 2026 || Dry rub :: 4\nResult :: good || Checked by :: Ana"
    return report(f"{name}.docx", text, **TEST)


def test_papers_that_go_by_the_number_of_the_piece_name_it():
    assert "no_lot_in_inspection" not in flags(*[rubbed(f"Rub R607-{n}", f"R607-{n}") for n in (12, 19, 23)])
    assert "no_lot_in_inspection" in flags(*[rubbed(f"Rub {n}", "big") for n in (12, 19, 23)])


def test_a_day_behind_a_word_for_a_deadline_lies_ahead_by_right():
    def minutes(told: str):
        return report(
            "Review.docx",
            paper("# Management review, 12 August 2026", f"A filter was agreed, {told} 30 December 2026."),
            kind="management_review_record",
            criteria=("management_review",),
            language="vi",
        )

    assert "date_in_future" not in flags(minutes("lắp xong trước ngày"))
    assert "date_in_future" in flags(minutes("đã lắp xong ngày"))
