"""Days and months that lie ahead of the reference date make nothing fresh and prove nothing."""

from evidence.bundle import evidence_period
from tests.unit.evidence.builders import report
from tests.unit.evidence.test_assessment import RULES_ONLY, judged, status
from tests.unit.evidence.test_flags_series import REAL, sheet


def test_a_future_record_does_not_make_a_supplier_fresh() -> None:
    ahead = report(
        "audit.docx",
        "Audit date: 12 March 2027. NC 1: gauge G-12 overdue.",
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    assert status(judged(ahead, RULES_ONLY), "continuous_improvement")[0] == "partial"


def test_zeros_of_months_to_come_are_cut_off_and_figures_of_months_to_come_are_not_trusted() -> None:
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    running = judged(RULES_ONLY, sheet([*REAL[:8], 0.0, 0.0, 0.0, 0.0], months=months))
    told = next(e for e in running.expectations if e.id == "defect_metrics")
    assert (told.status, told.rule) == ("living", "measured_over_time")
    assert "over 8 periods" in told.explanation
    ahead = judged(RULES_ONLY, sheet(REAL, months=months))
    assert status(ahead, "defect_metrics") == ("partial", "series_without_year")


def test_what_came_of_a_meeting_is_told_on_later_days_than_its_own() -> None:
    minutes = report(
        "minutes.docx",
        "Held on 16 December 2025, chaired by Maria Santos.\n\n- Rust on caps: five bottles an hour are looked at. "
        "Update of 9 February 2026: done since 5 January 2026.",
        kind="management_review_record",
        criteria=("management_review",),
    )
    told = next(e for e in judged(minutes, RULES_ONLY).expectations if e.id == "continuous_improvement")
    assert "management review 2025-12-16" in told.explanation


def test_days_that_lie_ahead_are_no_evidence() -> None:
    held = report("log.docx", "Checked on 3 March 2026 by Maria Santos.\n\nChecked on 3 March 2027 by Maria Santos.")
    (stated,) = judged(held.model_copy(update={"evidence_period": ("2026-03-03", "2027-03-03")})).documents
    assert stated.evidence_period == ("2026-03-03", "2026-03-03")


def test_a_sheet_of_figures_tells_its_months_and_none_to_come() -> None:
    """A series of months was measured from the first day of the first to the last of the newest with a figure."""
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    figures = sheet([*REAL[:8], 0.0, 0.0, 0.0, 0.0], months=months)
    assert evidence_period(figures.passages, figures.facts) == ("2026-01-01", "2026-08-31")
    assert evidence_period(figures.passages, figures.facts, "2026-08-15") == ("2026-01-01", "2026-08-15")
    unsure = [
        fact.model_copy(update={"value": fact.value.replace('"dated":true', '"dated":false')}) for fact in figures.facts
    ]
    assert evidence_period(figures.passages, unsure) is None
