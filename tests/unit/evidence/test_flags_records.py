"""Flags on audits, corrective actions, suppliers, lots and coverage, each with its near miss."""

import pytest

from tests.unit.evidence.builders import DocumentReport, flags, merged, report

QUESTIONS = [
    "Are the external issues determined?",
    "Is the scope documented?",
    "Is the policy communicated?",
    "Are objectives established?",
    "Are gauges calibrated?",
    "Are staff competent?",
    "Are documents controlled?",
    "Are suppliers evaluated?",
    "Is product traceable?",
    "Is nonconforming product controlled?",
    "Is the customer heard?",
    "Is improvement continual?",
]


def checklist(
    answers: list[str],
    head: str = "Auditor :: Maria Santos || Auditee :: Paul Reyes || Date :: 12/03/2026",
    **more: str,
) -> DocumentReport:
    rows = "\n".join(
        f"| {n} | {question} | {answer} |"
        for n, (question, answer) in enumerate(zip(QUESTIONS, answers, strict=False), 1)
    )
    return report(
        more.get("path", "internal audit 2026.xlsx"),
        f"{head}\n\n| No | Question | Finding |\n{rows}",
        kind="internal_audit_record",
        reading=more.get("reading", "living"),
        mode=more.get("mode", "record"),
        criteria=("internal_audit",),
    )


FOUND = ["gauge G-12 overdue since May, NC 1", *["conforms, seen records of line 2"] * 11]


def test_an_audit_that_answers_everything_and_finds_nothing_is_flagged() -> None:
    assert "audits_without_finding" in flags(checklist(["complied"] * 12))
    assert "audits_without_finding" not in flags(checklist(FOUND))


def test_one_audit_with_a_finding_clears_the_clean_one_beside_it() -> None:
    assert "audits_without_finding" not in flags(checklist(["complied"] * 12), checklist(FOUND, path="audit 2025.xlsx"))


def test_a_filled_head_over_unanswered_questions_is_no_audit() -> None:
    fired = flags(checklist([""] * 12, mode="template", reading="static"))
    assert "12 of 12 questions" in fired["header_only_audit"].explanation


@pytest.mark.parametrize(
    "head", ["Auditor :: || Auditee :: || Date ::", "Auditor :: Maria Santos || Date :: 12/12/2026"]
)
def test_a_blank_checklist_and_one_prepared_for_an_audit_ahead_are_ordinary(head: str) -> None:
    assert "header_only_audit" not in flags(checklist([""] * 12, head=head, mode="template", reading="static"))


def test_the_same_person_as_auditor_and_auditee_is_flagged() -> None:
    own = "Auditor :: Maria Santos || Auditee :: Maria Santos || Date :: 12/03/2026"
    assert "auditor_not_independent" in flags(checklist(FOUND, head=own))
    assert "auditor_not_independent" not in flags(checklist(FOUND))


def test_in_a_programme_the_same_name_in_two_rows_is_ordinary() -> None:
    text = (
        "| Process | Auditor | Auditee | Done |\n| Store | Maria Santos | Paul Reyes | "
        "12/03/2026 |\n| Assembly | Paul Reyes | Maria Santos | 13/03/2026 |"
    )
    assert "auditor_not_independent" not in flags(
        report("programme.xlsx", text, kind="internal_audit_record", criteria=("internal_audit",))
    )


@pytest.mark.parametrize(
    ("kind", "criterion", "flag"),
    [
        ("internal_audit_record", "internal_audit", "internal_audit_too_old"),
        ("management_review_record", "management_review", "management_review_too_old"),
    ],
)
def test_the_newest_audit_and_review_must_be_of_the_last_year(kind: str, criterion: str, flag: str) -> None:
    old = report(
        "a 2025.docx",
        "Held on 4 June 2025. Maria told that 3 of 9 gauges were late; Paul buys two by July.",
        kind=kind,
        criteria=(criterion,),
    )
    new = report(
        "a 2026.docx",
        "Held on 2 June 2026. The gauges came; 1 of 11 was late, Paul asks the laboratory.",
        kind=kind,
        criteria=(criterion,),
    )
    assert flag in flags(old)
    assert flag not in flags(old, new)


def test_findings_without_any_follow_up_are_flagged() -> None:
    bare = report(
        "audit.docx",
        "Audit date: 2 March 2026. NC 1: gauge G-12 not found at press 4. NC 2: two drawings without stamp.",
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    closed = report(
        "audit.docx",
        (
            "Audit date: 2 March 2026. NC 1: gauge G-12 not found at press 4; cause: lent to "
            "line 2, action: lending book, closed 30 March 2026."
        ),
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    assert "audit_findings_not_followed_up" in flags(bare)
    assert "audit_findings_not_followed_up" not in flags(closed)


SUPPLIERS = (
    "| No | Supplier | Product | Tel | Remark |\n| 1 | Blue Creek Foundry | castings | "
    "0912 | ok |\n| 2 | Tall Pine Cartons | cartons | 0913 | ok |\n| 3 | Sunrise Bolts | "
    "M6 M8 | 0914 | ok |"
)
RATED = (
    "| No | Supplier | Lots | Quality score | Grade |\n| 1 | Blue Creek Foundry | 24 | "
    "91.5 | A |\n| 2 | Tall Pine Cartons | 13 | 74.9 | C |\n| 3 | Sunrise Bolts | 4 | 99 "
    "| A |"
)


def test_a_list_of_suppliers_without_any_evaluation() -> None:
    listed = report("suppliers.xlsx", SUPPLIERS, kind="procedure", mode="prescription", criteria=("supplier_control",))
    rated = report(
        "rating 2026.xlsx",
        "Date :: 04/07/2026\n\n" + RATED,
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert "supplier_list_without_evaluation" in flags(listed)
    assert "supplier_list_without_evaluation" not in flags(listed, rated)


def test_an_evaluation_without_results_and_the_sheet_of_the_next_quarter() -> None:
    blank = (
        RATED.replace("91.5", "")
        .replace("74.9", "")
        .replace("| 99 |", "| |")
        .replace("| A |", "| |")
        .replace("| C |", "| |")
    )
    assert "evaluation_without_result" in flags(
        report("rating.xlsx", blank, kind="supplier_evaluation_record", criteria=("supplier_control",))
    )
    both = f"=== Q2\n{RATED}\n=== Q3\n{blank}"
    assert "evaluation_without_result" not in flags(
        report("rating.xlsx", both, kind="supplier_evaluation_record", criteria=("supplier_control",))
    )


def inspection(
    number: int,
    head: str,
    values: tuple[str, ...] = ("40.01 | 39.98 | 40.03", "12.52 | 12.47 | 12.55", "8.01 | 8.00 | 8.02"),
    tail: str = "",
) -> DocumentReport:
    rows = "\n".join(
        f"| {name} | {spec} | {value} |"
        for (name, spec), value in zip(
            (("Bore", "40.00 ± 0.05"), ("Face", "12.50 ± 0.10"), ("Pin", "8.00 ± 0.03")), values, strict=True
        )
    )
    return report(
        f"final inspection {number}.xlsx",
        f"# Final inspection report\n\n{head}\n\n| Item | Spec | 1 | 2 | 3 |\n{rows}\n\n{tail}",
        kind="traceability_record",
        criteria=("traceability",),
    )


def test_inspections_that_name_no_lot() -> None:
    assert "no_lot_in_inspection" in flags(
        inspection(1, "Date :: 12/03/2026"),
        inspection(2, "Date :: 14/03/2026", ("40.02 | 39.99 | 40.00", "12.51 | 12.48 | 12.5", "8.02 | 8.01 | 8.00")),
    )
    assert "no_lot_in_inspection" not in flags(
        inspection(1, "Lot :: 26C07 || Date :: 12/03/2026"), inspection(2, "Date :: 14/03/2026")
    )


def test_lots_that_stand_in_one_paper_only() -> None:
    papers = [
        inspection(
            n,
            f"Lot :: L26-0{n}07 || Date :: 1{n}/03/2026",
            (f"40.0{n} | 39.98 | 40.03", f"12.5{n} | 12.47 | 12.55", "8.01 | 8.00 | 8.02"),
        )
        for n in range(1, 6)
    ]

    def card(lot: str) -> DocumentReport:
        return report(
            "lot card.pdf",
            f"# Lot card\n\nLot :: {lot} || Heat :: H-22871\n\nCast on 9 March 2026, 500 pieces",
            kind="traceability_record",
            criteria=("traceability",),
        )

    assert "lot_unknown_in_next" in flags(*papers, card("L26-0907"))
    assert "lot_unknown_in_next" not in flags(*papers, card("L26-0107"))
    assert "lot_unknown_in_next" not in flags(*papers)  # no paper of another kind in which a lot could stand again


def test_the_same_readings_for_two_lots() -> None:
    fired = flags(
        inspection(1, "Lot :: 26C07 || Date :: 12/03/2026"), inspection(2, "Lot :: 26D11 || Date :: 14/04/2026")
    )
    assert "same 9 readings" in fired["identical_readings"].explanation
    for citation in fired["identical_readings"].citations:
        assert sum(any(char.isdigit() for char in line) for line in citation.quote.splitlines()) >= 3, citation.quote


def test_the_same_report_twice_and_readings_without_spread_are_ordinary() -> None:
    one = inspection(1, "Lot :: 26C07 || Date :: 12/03/2026")
    assert "identical_readings" not in flags(one, inspection(2, "Lot :: 26C07 || Date :: 12/03/2026"))
    flat = ("40.0 | 40.0 | 40.0", "12.5 | 12.5 | 12.5", "8.0 | 8.0 | 8.0")
    assert "identical_readings" not in flags(
        inspection(1, "Lot :: 26C07 || Date :: 12/03/2026", flat),
        inspection(2, "Lot :: 26D11 || Date :: 14/04/2026", flat),
    )


def test_readings_outside_their_limits_need_a_word() -> None:
    values = ("40.01 | 40.09 | 40.03", "12.52 | 12.47 | 12.55", "8.01 | 8.00 | 8.02")
    assert "out_of_limits_without_reaction" in flags(inspection(1, "Lot :: 26C07", values))
    assert "conclusion_contradicts_data" in flags(inspection(1, "Lot :: 26C07", values, "Result: accepted"))
    quiet = flags(inspection(1, "Lot :: 26C07", values, "Bore 40.09 NG, 3 pieces rejected and sorted"))
    assert not set(quiet) & {"out_of_limits_without_reaction", "conclusion_contradicts_data"}


def test_a_gauge_error_beyond_thirty_per_cent_is_never_accepted() -> None:
    text = (
        "Gauge study of 4 May 2026, micrometer M-12, appraisers Ana, Paul. % R&R {} against "
        "tolerance. Conclusion: gauge is accepted."
    )
    assert "conclusion_contradicts_data" in flags(
        report("grr.xlsx", text.format("41.5"), kind="calibration_record", criteria=("calibration",))
    )
    assert "conclusion_contradicts_data" not in flags(
        report("grr.xlsx", text.format("17.4"), kind="calibration_record", criteria=("calibration",))
    )


def test_results_that_crowd_at_the_limit() -> None:
    edge = ("40.049 | 40.050 | 40.049", "12.599 | 12.598 | 12.600", "8.029 | 8.030 | 8.030")
    assert "results_just_under_limit" in flags(inspection(1, "Lot :: 26C07", edge))
    assert "results_just_under_limit" not in flags(inspection(1, "Lot :: 26C07"))


def test_files_and_pages_that_could_not_be_read_are_said() -> None:
    failed = DocumentReport(path="locked.pdf", sha256="0" * 64, status="failed")
    fired = flags(failed, report("half.pdf", "Audit held 2 March 2026, three findings.", unread=2))
    assert "locked.pdf" in fired["unreadable"].explanation
    assert "2 of 3 pages" in fired["unreadable"].explanation
    assert "unreadable" not in flags(report("whole.pdf", "Audit held 2 March 2026, three findings."))


COVER = "Dear buyer, this is the list of our documents.\n\n1 Quality manual\n\n2 Training record 2026 (attached)"


def test_a_promised_paper_that_was_not_sent() -> None:
    cover = report("readme.txt", COVER, kind="other", reading="static", mode="other")
    training = report(
        "Training record 2026.xlsx",
        "Training date: 4 May 2026, 8 of 9 present",
        kind="training_record",
        criteria=("competence",),
    )
    assert "promised_document_missing" in flags(cover)
    assert "promised_document_missing" not in flags(cover, training)


def test_a_master_list_of_records_is_no_index_of_the_bundle() -> None:
    master = report(
        "master list of records.xlsx",
        (
            "| No | Record | Retention |\n| 1 | Training record (attached to personal file) | 3 "
            "years |\n| 2 | Calibration record | 5 years |"
        ),
        kind="procedure",
        reading="static",
        mode="prescription",
    )
    assert "promised_document_missing" not in flags(master)


def test_a_form_half_filled_is_read_piece_by_piece() -> None:
    head = report(
        "audit.xlsx",
        "Auditor :: Maria Santos || Date :: 12/03/2026",
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    body = checklist([""] * 12, head="Form :: F-41", mode="template")
    assert "header_only_audit" in flags(merged(head, body))


def test_an_unused_checklist_on_a_sheet_beside_a_filled_audit_is_ordinary() -> None:
    rows = "\n".join(f"| {question} | |" for question in QUESTIONS[:6])
    text = (
        "=== Report\nAuditor :: Maria Santos || Date :: 12/03/2026\n\nNC 1: gauge G-12 overdue at press 4\n"
        f"=== Checklist\n| Question | Finding |\n{rows}"
    )
    document = report("audit.xlsx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert "header_only_audit" not in flags(document)
