"""Flags on figures month by month and on rates, each with its near miss."""

from tests.unit.evidence.builders import DocumentReport, flags, report

MONTHS = [
    "2025-09",
    "2025-10",
    "2025-11",
    "2025-12",
    "2026-01",
    "2026-02",
    "2026-03",
    "2026-04",
    "2026-05",
    "2026-06",
    "2026-07",
    "2026-08",
]
REAL = [2.41, 2.63, 2.3, 2.18, 2.25, 2.07, 1.96, 2.11, 1.88, 1.92, 1.79, 1.81]


def sheet(
    values: list[float],
    target: float | None = 2.0,
    months: list[str] = MONTHS,
    path: str = "reject rate.xlsx",
    label: str = "Reject rate %",
    kind: str = "metrics_record",
) -> DocumentReport:
    rows = "\n".join(
        f"| {month} | {target if target is not None else ''} | {value} |"
        for month, value in zip(months, values, strict=False)
    )
    return report(path, f"| Month | Target | {label} |\n{rows}", kind=kind, criteria=("quality_metrics",))


def test_a_series_that_moves_raises_nothing() -> None:
    assert not flags(sheet(REAL))


def test_figures_that_equal_their_target_every_month() -> None:
    fired = flags(sheet([2.0] * 12))
    assert "exactly its target" in fired["kpi_values_constant"].explanation


def test_no_complaint_in_any_month_is_possible() -> None:
    assert "kpi_values_constant" not in flags(sheet([0] * 12, label="Customer complaints", target=None))


def test_targets_without_any_measured_series() -> None:
    aims = report(
        "objectives 2026.xlsx",
        (
            "| No | Objective | Target |\n| 1 | Reject rate | ≤ 1.5 % |\n| 2 | On-time "
            "delivery | ≥ 95 % |\n| 3 | Customer complaints | ≤ 2 per month |"
        ),
        kind="procedure",
        reading="static",
        mode="prescription",
        criteria=("quality_metrics",),
    )
    assert "3 quality targets" in flags(aims)["kpi_target_without_series"].explanation
    assert "kpi_target_without_series" not in flags(aims, sheet(REAL))


def test_a_sheet_that_stops_and_a_deck_that_ends_where_it_was_made() -> None:
    assert "2026-03" in flags(sheet(REAL[:7]))["series_stops"].explanation
    assert "series_stops" not in flags(sheet(REAL))
    assert "series_stops" not in flags(sheet(REAL[:7], path="review.pptx", kind="management_review_record"))


def test_last_years_sheet_beside_this_years_is_ordinary() -> None:
    last = [f"2025-{month:02d}" for month in range(1, 13)]
    this = [f"2026-{month:02d}" for month in range(1, 9)]
    assert "series_stops" not in flags(
        sheet(REAL, months=last, path="2025.xlsx"), sheet(REAL[:8], months=this, path="2026.xlsx")
    )


def test_one_measure_with_two_figures() -> None:
    changed = [*REAL[:9], 1.12, *REAL[10:]]
    assert (
        "2026-06"
        in flags(sheet(REAL), sheet(changed, path="review.xlsx"))["same_measure_different_figures"].explanation
    )
    assert "same_measure_different_figures" not in flags(
        sheet(REAL), sheet([round(v, 1) for v in REAL], path="review.xlsx")
    )


def test_a_figure_told_in_minutes_against_the_sheet() -> None:
    told = "Held on 20 July 2026. The reject rate in June 2026 was {} %, Paul explains."
    minutes = report(
        "minutes.docx",
        told.format("2.83"),
        kind="management_review_record",
        criteria=("management_review", "quality_metrics"),
    )
    right = report(
        "minutes.docx",
        told.format("1.92"),
        kind="management_review_record",
        criteria=("management_review", "quality_metrics"),
    )
    assert "same_measure_different_figures" in flags(sheet(REAL), minutes)
    assert "same_measure_different_figures" not in flags(sheet(REAL), right)


def test_rates_that_do_not_follow_from_their_counts() -> None:
    head = "| Month | Produced | Rejected | % |\n"
    right = head + "\n".join(
        f"| {m} | 20000 | {300 + 17 * n} | {(300 + 17 * n) / 200:.2f} |" for n, m in enumerate(MONTHS)
    )
    wrong = head + "\n".join(f"| {m} | 20000 | {300 + 17 * n} | {0.9 + n / 100:.2f} |" for n, m in enumerate(MONTHS))
    assert "figures_do_not_add" in flags(
        report("reject rate.xlsx", wrong, kind="metrics_record", criteria=("quality_metrics",))
    )
    assert "figures_do_not_add" not in flags(
        report("reject rate.xlsx", right, kind="metrics_record", criteria=("quality_metrics",))
    )
