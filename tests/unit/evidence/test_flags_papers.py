"""Flags on what a paper is, each with its near miss."""

from datetime import datetime, timedelta

import pytest

from evidence.facts import find_facts
from tests.unit.evidence.builders import DocumentReport, document, flags, merged, report

RULES = "The supplier shall be evaluated before the first order. The buyer shall keep the score.\n\n" * 3
RULES_AGAIN = (
    "# Suppliers\n\nThe buyer shall send the questionnaire and shall visit suppliers "
    "of class A before any order is placed with them, at least once in two years.\n\n"
    "# Scores\n\nThe quality engineer shall compute the score each quarter from lots "
    "received and returned, and shall send it to the supplier within ten days."
)


def test_a_procedure_without_one_dated_record() -> None:
    rules = report(
        "P-05 purchasing.docx",
        RULES_AGAIN,
        kind="procedure",
        reading="static",
        mode="prescription",
        criteria=("supplier_control",),
    )
    record = report(
        "visit.docx",
        "Visited Blue Creek on 14 May 2026: 71 of 100 points, conditional.",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert "procedure_without_record" in flags(rules)
    assert "procedure_without_record" not in flags(rules, record)


@pytest.mark.parametrize(
    "left", ["[Company Name]", "<insert job title>", "your company name", "[公司名称]", "XYZ Company"]
)
def test_a_placeholder_left_in_a_manual(left: str) -> None:
    text = f"The management of {left} sets the quality policy and provides the means for it."
    assert (
        left
        in flags(report("manual.docx", text, kind="manual", reading="static", mode="prescription"))[
            "placeholder_left"
        ].explanation
    )


@pytest.mark.parametrize(
    "text",
    [
        "The buyer [see clause 8.4] sends the order to [customers] in writing.",
        "Dimension [mm] and tolerance [mm] are read to two decimals.",
        "<img> and <br> tags are removed from the page.",
    ],
)
def test_other_brackets_are_ordinary(text: str) -> None:
    assert "placeholder_left" not in flags(
        report("manual.docx", text, kind="manual", reading="static", mode="prescription")
    )


def test_placeholders_of_a_blank_form_are_at_home() -> None:
    assert "placeholder_left" not in flags(
        report(
            "form.docx", "[Company Name] supplier questionnaire", kind="blank_form", reading="static", mode="template"
        )
    )


MINUTES = (
    "Date: {day}\n\nPresent: Paul, Ana, Maria, Jose. Customer satisfaction was "
    "looked at and is good in all regards, the customers wrote friendly mails. The "
    "objectives were met by all departments as in the time before. Suppliers deliver "
    "well and no change is needed this time. Training went as planned for all people "
    "on the lines. The system is suitable and effective and will be kept as it is by everybody."
)


def test_minutes_copied_with_only_the_date_changed() -> None:
    first = report(
        "minutes 2025.docx",
        MINUTES.format(day="20 June 2025"),
        kind="management_review_record",
        criteria=("management_review",),
    )
    second = report(
        "minutes 2026.docx",
        MINUTES.format(day="18 June 2026"),
        kind="management_review_record",
        criteria=("management_review",),
    )
    fired = flags(first, second)
    assert "their dates" in fired["near_identical_records"].explanation
    third = report(
        "minutes 2024.docx",
        MINUTES.format(day="19 June 2024"),
        kind="management_review_record",
        criteria=("management_review",),
    )
    assert flags(first, second, third)["near_identical_records"].explanation == (
        "'minutes 2024.docx', 'minutes 2025.docx' and 'minutes 2026.docx' are the same but for their dates."
    )
    other = report(
        "minutes 2026.docx",
        (
            "Date: 18 June 2026\n\nPresent: Paul, Ana. Complaints fell to 4 from 7, the leak "
            "of lot 26B07 cost 61 hours. Ana asks for a second bench, Paul approves 410 "
            "million by May. Audit NC 2 on gauges stays open until the laboratory answers. "
            "Night shift lacks a trainer, two people start in April. Blue Creek came late 12 "
            "times and is visited in July."
        ),
        kind="management_review_record",
        criteria=("management_review",),
    )
    assert "near_identical_records" not in flags(first, other)


def test_one_document_in_two_formats_is_one_document() -> None:
    first = report(
        "minutes.docx",
        MINUTES.format(day="20 June 2026"),
        kind="management_review_record",
        criteria=("management_review",),
    )
    second = report(
        "minutes.pdf",
        MINUTES.format(day="20 June 2026"),
        kind="management_review_record",
        criteria=("management_review",),
    )
    assert "near_identical_records" not in flags(first, second)


def test_one_form_for_three_parts_with_their_own_values_is_ordinary() -> None:
    def filled(n: int) -> DocumentReport:
        rows = "\n".join(
            (
                f"| {i} | characteristic number {i} of the drawing | checked with caliper on the "
                f"bench | {i * 3 + n * 0.137:.3f} | {i * 3 + n * 0.211:.3f} |"
            )
            for i in range(1, 14)
        )
        return report(
            f"report {n}.pdf",
            f"Lot :: 26C0{n}0 || Date :: 1{n}/03/2026\n\n| No | Item | Tool | 1 | 2 |\n{rows}",
            kind="traceability_record",
            criteria=("traceability",),
        )

    assert "near_identical_records" not in flags(filled(1), filled(2), filled(3))


def sitting(day: str, created: datetime, **more: str) -> DocumentReport:
    return report(
        f"record {day}.docx",
        f"Audit date: {day}. Seen {day.count('1')} gauges late at line {len(day)}, Paul acts.",
        kind="internal_audit_record",
        criteria=("internal_audit",),
        metadata={"created": created.isoformat(), "author": "Compliance", **more},
    )


def test_many_records_of_different_days_made_in_one_sitting() -> None:
    days = ["12 March 2025", "3 June 2025", "14 October 2025", "9 January 2026", "17 April 2026"]
    evening = datetime(2026, 8, 15, 19, 5)
    assert "many_records_one_sitting" in flags(
        *[sitting(day, evening + timedelta(minutes=9 * n)) for n, day in enumerate(days)]
    )
    said = flags(*[sitting(day, evening) for day in days])["many_records_one_sitting"].explanation
    assert said.endswith("were all created on 2026-08-15 by Compliance.")
    assert "many_records_one_sitting" not in flags(*[sitting(day, evening, producer="CamScanner") for day in days])
    assert "many_records_one_sitting" not in flags(
        *[sitting(day, datetime(2025, 3, 13, 9, 0) + timedelta(days=100 * n)) for n, day in enumerate(days)]
    )


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Inspection was done, date: 14 December 2026, lot 26C07.", True),
        ("Next audit planned for 14 December 2026.", False),
        ("Gauge valid until 14 December 2026.", False),
        ("Due date: 14 December 2026", False),
        ("Inspection was done, date: 14 March 2026, lot 26C07.", False),
    ],
)
def test_a_record_dated_after_the_reference_date(text: str, fires: bool) -> None:
    assert (
        "date_in_future" in flags(report("record.docx", text, kind="traceability_record", criteria=("traceability",)))
    ) is fires


def test_last_years_heading_over_this_years_rows() -> None:
    rows = "| Date | Machine | Stop |\n" + "\n".join(
        f"| {n:02d}/03/2026 | press {n} | {n * 7} min, belt changed |" for n in range(2, 9)
    )
    assert "heading_year_left_over" in flags(
        report("stops.xlsx", "# Machine stops 2025\n\n" + rows, kind="other", criteria=("risk",))
    )
    assert "heading_year_left_over" not in flags(
        report("stops.xlsx", "# Machine stops 2025-2026\n\n" + rows, kind="other", criteria=("risk",))
    )
    assert "heading_year_left_over" not in flags(
        report("stops.xlsx", "# Machine stops, form rev 2024\n\n" + rows, kind="other", criteria=("risk",))
    )


@pytest.mark.parametrize(
    ("title", "fires"),
    [
        ("NCR 2026-24", False),
        ("8D Report No. 2026/25", False),
        ("Machine stops 2024-25", True),
        ("Machine stops 2024/2025", True),
    ],
)
def test_a_running_number_behind_a_year_is_no_span_of_years(title: str, fires: bool) -> None:
    rows = "| Date | Machine | Stop |\n" + "\n".join(
        f"| {n:02d}/03/2026 | press {n} | {n * 7} min, belt changed |" for n in range(2, 9)
    )
    found = flags(report("stops.xlsx", f"# {title}\n\n{rows}", kind="other", criteria=("risk",)))
    assert ("heading_year_left_over" in found) is fires


HIDDEN = "All results in this report were typed without a measurement because the gauge was away"


def test_hidden_text_on_a_page_and_hidden_working_sheets() -> None:
    assert (
        "typed without a measurement"
        in flags(report("report.pdf", "Lot 26C07 inspected 12 March 2026, 40.01", hidden=HIDDEN))[
            "hidden_text"
        ].explanation
    )
    assert "hidden_text" not in flags(report("book.xlsx", "Lot 26C07 inspected 12 March 2026, 40.01", hidden=HIDDEN))
    assert "hidden_text" not in flags(report("scan.pdf", HIDDEN, hidden=HIDDEN))


def test_typed_values_laid_over_a_scan() -> None:
    scan = report(
        "mill certificate.pdf",
        "Mill certificate, heat and coil numbers as stamped. " * 6
        + "Tensile 412 and yield 305 as read, elongation 28.",
        kind="traceability_record",
        source="ocr",
    )
    typed = report("mill certificate.pdf", "C 0.18 Mn 1.42 dated 12/03/2026", kind="traceability_record")
    over = merged(scan, typed)
    assert "text_over_scan" in flags(over)
    assert "text_over_scan" not in flags(scan)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Result 2.1 ppb PASSED", True),
        ("2,1 mBq đạt", True),
        ("Kết quả 0.31 合格", True),
        ("Copy 2.1 for the archive", False),
        ("Received 12/03/2026 passed on to QA", False),
    ],
)
def test_a_result_typed_over_a_scan_is_a_value_whatever_its_unit(words: str, told: bool) -> None:
    scan = report("test report.pdf", "Test report of batch D-0609, measured as stamped and read. " * 4, source="ocr")
    typed = report("test report.pdf", words)
    over = merged(scan, typed)
    assert ("text_over_scan" in flags(over)) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("broken: the file was changed after it was signed by Rowan Assurance Ltd", True),
        ("intact, signed by Rowan Assurance Ltd (certificate of Green Trust CA)", False),
        ("signed, in a way that could not be checked", False),
        ("intact, signed by Rowan Assurance Ltd; something was added to the file after that", False),
    ],
)
def test_a_certificate_whose_digital_signature_no_longer_fits(said: str, told: bool) -> None:
    text = (
        "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nLotus Valley Pumps Co., Ltd\n\n"
        "meets ISO 9001:2015. Accredited by UKAS.\n\nIssued on 5 May 2026, valid until 4 May 2029"
    )
    made = document("certificate.pdf", text, metadata={"extra": {"signature_check": said}})  # type: ignore[dict-item]
    plain = report("certificate.pdf", text, kind="certificate", mode="credential", criteria=("certification",))
    facts = tuple(find_facts(made, plain.passages))
    assert ("changed_after_signature" in flags(plain.model_copy(update={"facts": facts}))) == told


def test_a_signed_record_saved_long_after_by_somebody_else() -> None:
    text = "Audit date: 2 March 2026. Three findings at press 4.\n\nSignature: Paul Reyes, 3 March 2026"
    meta = {"author": "Paul", "last_modified_by": "Kim", "modified": "2026-08-30T10:00:00"}
    assert "changed_after_signature" in flags(report("audit.docx", text, kind="internal_audit_record", metadata=meta))
    assert "changed_after_signature" not in flags(
        report("audit.docx", text, kind="internal_audit_record", metadata=meta | {"modified": "2026-03-20T10:00:00"})
    )
    assert "changed_after_signature" not in flags(
        report("audit.pdf", text, kind="internal_audit_record", metadata=meta)
    )
