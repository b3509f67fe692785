"""Running numbers of a year, headings with a day, sentences with last year's figure and steady results: honest, beside what is still told."""

import pytest

from tests.unit.evidence.builders import flags, report

HEADS = "| No PTK | Tgl terbit | Lot | Ketidaksesuaian | Akar masalah | Tindakan | Tgl tutup | Verifikasi |"


def _log(*rows: str, heads: str = HEADS) -> set[str]:
    text = "# Log permintaan tindakan koreksi\n\n" + "\n".join((heads, *rows))
    made = report("log.xlsx", text, kind="corrective_action_record", language="id", criteria=("corrective_action",))
    return set(flags(made))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [(("26/01", "26/02", "26/03"), False), (("26-7", "26-8", "26-9"), False)],
)
def test_the_running_number_of_a_year_is_no_day_on_which_a_case_came_up(numbers: tuple[str, ...], told: bool) -> None:
    found = _log(
        f"| {numbers[0]} | 14-01-26 | S112 | Tutup botol bocor | Pegas kepala capping lemah | Pegas diganti | 20-01-26 | 6 lot nihil |",
        f"| {numbers[1]} | 03-02-26 | S302 | Label miring | Pemandu label aus | Pemandu diganti | 09-02-26 | 5 lot nihil |",
        f"| {numbers[2]} | 21-03-26 | S418 | Karton penyok | Susunan tujuh tumpuk | Garis batas di dinding | 28-03-26 | 4 kirim nihil |",
    )
    assert ("done_before_reported" in found) is told


FOLLOWED = """| Place | Finding | Why | Action | Seen closed |
| Mill | Sheet of 6 Nov not filled | Pad kept in office | Board at mill | 14 Jan {year}, 20 sheets |
| Lab | Thermometer without tag | Tag fell off | Wire tag | 15 Jan {year}, 5 of 5 tagged |
| Sales | Contract lacks a sheet | Old contract | Sheet signed | 16 Jan {year}, 8 contracts |"""


@pytest.mark.parametrize(
    ("title", "told"), [("Internal audit, 18 November 2025", False), ("Internal audit 2025", True)]
)
def test_what_was_found_late_in_a_year_is_seen_to_early_in_the_next(title: str, told: bool) -> None:
    text = f"# {title}\n\n" + FOLLOWED.format(year=2026)
    made = report("audit.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("heading_year_left_over" in flags(made)) is told


@pytest.mark.parametrize(
    ("line", "told"),
    [("Khiếu nại 6 tháng: 4 vụ, cùng kỳ 2025 là 7 vụ.", False), ("Theo dõi khiếu nại năm 2025", True)],
)
def test_a_sentence_that_compares_with_last_year_heads_no_rows(line: str, told: bool) -> None:
    rows = "\n".join(
        f"| {day:02}/0{month}/2026 | Vỡ nắp | {month} |" for day, month in ((3, 2), (12, 3), (21, 5), (7, 6))
    )
    text = f"# Công ty Nắp Nhựa Hòa Bình\n\n{line}\n\n| Ngày | Lỗi | Số vụ |\n{rows}"
    made = report("theo doi.docx", text, kind="metrics_record", language="vi", criteria=("quality_metrics",))
    assert ("heading_year_left_over" in flags(made)) is told


def _resistances(*values: str) -> bool:
    rows = "\n".join(
        f"| {day} Sep 2026 | D26-33{day:02} | {value} | T. Naidoo |" for day, value in enumerate(values, 1)
    )
    text = (
        f"# Conductor resistance log - 2.5 mm2, max 7.41 ohm/km\n\n| Date | Drum | Resistance ohm/km | Tested |\n{rows}"
    )
    made = report("resistance.xlsx", text, kind="traceability_record", criteria=("traceability",))
    return "results_just_under_limit" in flags(made)


def test_steady_results_well_below_their_limit_do_not_crowd_at_it() -> None:
    assert not _resistances("7.22", "7.23", "7.23", "7.24", "7.25", "7.22", "7.23", "7.24")
    assert _resistances("7.38", "7.39", "7.40", "7.39", "7.40", "7.38", "7.39", "7.41")
