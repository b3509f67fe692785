"""Flags on what single sentences, fields and boxes tell: each shape with a near miss that stays silent."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
FIGURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}


def paper(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "The audit of purchasing was carried out by Bo Tan, who is the head of purchasing.", True),
        ("en", "The audit of purchasing was carried out by Ann Lim, head of the quality department.", False),
        ("en", "The audit of purchasing was done by Ann Lim. The head of purchasing, Bo Tan, took part.", False),
        ("zh", "采购部的审核由采购部经理王强实施。", True),
        ("zh", "采购部的审核由品质部经理王强实施。", False),
        ("id", "Auditor: Budi Santoso, kepala gudang\n\nArea: gudang bahan", True),
        ("id", "Auditor: Budi Santoso, kepala mutu\n\nArea: gudang bahan", False),
        ("tr", "Denetlenen bölüm: Depo\n\nDenetçi: Ali Kaya (depo sorumlusu)", True),
    ],
)
def test_an_auditor_who_heads_what_is_audited(language, text, told):
    whole = paper("# Internal audit 3 March 2026", text, "One label was missing; corrected 5 March 2026.")
    assert ("auditor_not_independent" in flags(report("audit.docx", whole, language=language, **AUDIT))) is told


def test_an_audit_whose_points_were_put_right_found_something():
    clean = report("a2.eml", paper("# Internal audit, 5 March 2026", "Nothing to note."), **AUDIT)
    before = paper("# Internal audit, 3 March 2025", "Two drums bore no label; corrected on 5 March 2025.")
    assert "audits_without_finding" in flags(clean)
    assert "audits_without_finding" not in flags(clean, report("a1.eml", before, **AUDIT))


@pytest.mark.parametrize(
    ("rate", "told"), [("a reject rate of 1.2 %", True), ("a reject rate of 3.2 %", False), ("less than before", False)]
)
def test_a_rate_told_with_its_counts_in_one_sentence(rate, told):
    text = paper("# Production May 2026", f"We made 10,000 pieces and rejected 320, which is {rate}.")
    assert ("figures_do_not_add" in flags(report("May.docx", text, **FIGURES))) is told


@pytest.mark.parametrize(("box", "told"), [("[ ]", True), ("[x]", False), ("☐", True), ("☑", False)])
def test_a_task_behind_a_box(box, told):
    text = paper("# Action list, review of 12 May 2026", f"{box} new scale, B. Poe, due 30 June 2026")
    assert ("overdue_actions" in flags(report("list.docx", text, **REVIEW))) is told


@pytest.mark.parametrize(
    "lines",
    [
        ("08:00 - 181", "10:00 - 179", "12:00 - {}", "14:00 - 180", "16:00 - 182"),
        ("1: 181", "2: 179", "3: {}", "4: 180", "5: 182"),
        ("Piece 1 :: 181 || Piece 2 :: 179", "Piece 3 :: {} || Piece 4 :: 180"),
    ],
)
@pytest.mark.parametrize(("odd", "told"), [("191", True), ("183", False)])
def test_readings_one_a_line_by_hour_number_or_two_fields(lines, odd, told):
    text = paper("# Oven log, lot W-12, 4 September 2026", "Set 180 ± 5 °C", "\n\n".join(lines).format(odd))
    if "::" in text:
        text = text.replace("\n\nPiece 3", "\nPiece 3")
    assert ("out_of_limits_without_reaction" in flags(report("log.docx", text, **TEST))) is told


def answer(check: str):
    return report(
        "answer.eml",
        paper(
            "# Complaint 26-11, answer",
            "Dear Mrs Dale, on 4 May 2026 you told us that 12 drums leaked.",
            "Cause: the seam roller was worn.",
            "Action: the roller was changed on 6 May 2026.",
            check,
        ),
        **CASE,
    )


def test_a_sentence_behind_the_action_that_counts_good_pieces_is_the_check():
    checked = "Until 30 June we tested 240 drums of 4 lots and found no leak. The case was closed on 2 July 2026."
    assert "no_effectiveness_check" not in flags(answer(checked))
    assert "no_effectiveness_check" in flags(answer("The case was closed on 2 July 2026."))


def test_steps_name_the_day_of_the_action():
    def case(day: str):
        rows = (
            "Step | Date",
            "Complaint received, drums leaking | 20 May 2026",
            "Cause found, worn roller | 22 May 2026",
        )
        end = (f"Action done, roller changed | {day} 2026", "Closed | 20 July 2026")
        text = "\n".join(f"| {row} |" for row in (*rows, *end))
        return flags(report("CAR.docx", f"# CAR 26-11\n\n{text}", **CASE))

    assert "done_before_reported" in case("8 May")
    assert "done_before_reported" not in case("28 May")


@pytest.mark.parametrize(("pieces", "told"), [("20 pumps", True), ("20 pumps P-4411 to P-4430", False)])
def test_the_numbers_of_the_first_and_the_last_piece_are_numbers(pieces, told):
    papers = [
        report(f"i{day}.eml", f"Final inspection of {day} September 2026: {pieces} checked, all good. Joe", **TEST)
        for day in (4, 11)
    ]
    assert ("no_lot_in_inspection" in flags(*papers)) is told


@pytest.mark.parametrize(("share", "told"), [("48,2", True), ("8,2", False)])
def test_a_gauge_error_told_in_a_sentence(share, told):
    text = f"Hasil GR&R sebesar {share} % dari toleransi. Alat ukur dinyatakan dapat diterima."
    made = report(
        "studi.docx", paper("# Studi jangka sorong, 3 Juni 2026", text), language="id", kind="calibration_record"
    )
    assert ("conclusion_contradicts_data" in flags(made)) is told


def test_papers_promised_in_one_long_sentence():
    text = (
        "Dear Sir,\n\nwith this mail you get our certificate, the internal audit report of March and the supplier evaluation. "
        "Please find all attached.\n\nRegards"
    )
    cover = report("cover.eml", text, reading="static", mode="other")
    audit = report(
        "internal audit.docx", paper("# Internal audit 3 March 2026", "One label missing, corrected."), **AUDIT
    )
    rated = report("supplier evaluation.docx", paper("# Supplier evaluation", "Northmill Steel: 88 points."))
    found = flags(cover, certificate(), audit)
    assert "supplier evaluation" in found["promised_document_missing"].explanation
    assert "promised_document_missing" not in flags(cover, certificate(), audit, rated)


def test_one_measure_in_minutes_and_slides_under_names_that_differ_by_the_year():
    minutes = report(
        "mr.docx",
        paper("# Review 3 July 2026", "Reject rate: March 2.2 %, April 2.4 %, May 0.9 %, June 2.0 %."),
        **REVIEW,
    )

    def slides(may: str):
        told = ("March: 2.2 %", "April: 2.4 %", f"May: {may} %", "June: 2.0 %")
        return report("slides.pptx", paper("# Reject rate 2026", *told), **FIGURES)

    assert "same_measure_different_figures" in flags(minutes, slides("2.1"))
    assert "same_measure_different_figures" not in flags(minutes, slides("0.9"))
