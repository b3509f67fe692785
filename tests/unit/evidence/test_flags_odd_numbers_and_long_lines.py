"""Numbers in rings, figures without end and lines made to exhaust time: read like any other paper, and soon."""

from collections.abc import Callable

import pytest

from evidence.facts.case_lines import fields_of
from evidence.facts.sheet_periods import is_month, periods_of
from evidence.facts.sources import source
from evidence.facts.text import Span, lines
from evidence.facts.unanswered import find_unfilled_reports
from evidence.flags.altered_figures import altered
from evidence.flags.corrective import same_defect_after_closure
from evidence.flags.fields_left import left_in_field
from evidence.flags.finding_sentences import told_among_none
from evidence.flags.found_anew import MOST_FOUND
from evidence.flags.headed_years import year_of
from evidence.flags.listed_entries import number_of
from evidence.flags.missed_limits import Missed
from evidence.flags.missed_told import told_missed
from evidence.flags.placeholders import model_words
from evidence.flags.registry import settings_of
from evidence.flags.same_kind import codes_in
from evidence.model import Fact
from tests.counting import calls_of
from tests.unit.evidence.builders import bundle, document, flags, passages, report

LIST = """
Please find enclosed the papers you asked for:
| {} | Calibration list of gauges |
| {} | Delivery notes of March |
| {} | Training plan of operators |
"""


@pytest.mark.parametrize("signs", ["①②③", "²³¹", "123"])
def test_papers_of_a_list_are_numbered_in_any_way(signs: str) -> None:
    sent = [report(f"{name}.pdf", f"# {name}\ntext of it") for name in ("Calibration list of gauges", "Delivery notes")]
    cover = report("letter.pdf", LIST.format(*signs))
    found = flags(cover, *sent)  # a small raised figure numbers nothing, and ends nothing
    assert signs == "²³¹" or "promised_document_missing" in found


def test_what_numbers_a_row() -> None:
    assert [number_of(cell) for cell in ("3.", "(12)", "③", "十", "1" * 5000, "½", "a", "")] == [
        3, 12, 3, 10, None, None, None, None,
    ]  # fmt: skip


def test_a_cell_of_thousands_of_figures_is_no_month() -> None:
    made = document("sheet.xlsx", f"| Month | {'1' * 5000} | 2 | 3 |\n| ppm | 4 | 5 | 6 |")
    assert report("sheet.xlsx", f"| Month | {'1' * 5000} | 2 | 3 |\n| ppm | 4 | 5 | 6 |").facts is not None
    assert periods_of(["Month", "1" * 5000, "2", "3"], source(made, passages(made)), "") == {}
    assert not is_month("²")
    assert is_month("12")
    assert not is_month("13")


def told(text: str) -> list[Missed]:
    return list(told_missed(report("sheet.pdf", text, mode="template")))


def unfilled(text: str) -> list[Fact]:
    made = document("audit.pdf", text)
    return list(find_unfilled_reports(source(made, passages(made))))


def gapped(text: str) -> None:
    for line in lines(text):
        fields_of(Span(line.start, line.end, line.text), text)


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (gapped, "x  y\n" * 4000),
        (lambda text: told_among_none(text.splitlines()), "| findings | finding | audit |\n" * 3000),
        (left_in_field, "1: xxxx |" * 2200),
        (year_of, "2023-25 " * 2500),
        (lambda text: model_words(text, rules=True), "x" * 20_000),
        (lambda text: model_words(text, rules=True), "○" * 20_000),
        (lambda text: model_words(text, rules=True), "._" * 10_000),
        (codes_in, "-" * 20_000),
        (told, "on time aéaé = -1 ‰ -  target " * 660),
        (told, "111 " * 5000 + "target"),
    ],
)
def test_long_lines_are_read_to_their_end_and_tell_nothing(look: Callable[[str], object], text: str) -> None:
    """A pattern that tries each place anew takes minutes here; the limit of the whole suite on a test that hangs ends it."""
    assert not look(text)


def test_what_is_asked_is_found_with_its_label() -> None:
    text = "Incoming inspection: on-time delivery 93.1 % (target 97 %).\nReject rate (target max 2 %): 3.4 %."
    found = [(one.label, one.value, one.limit) for one in told_missed(report("review.pdf", text))]
    assert found == [("on-time delivery", "93.1 %", "97 %"), ("reject rate", "3.4 %", "max 2 %")]


def test_hundreds_of_sheets_tell_of_hundreds_of_cases() -> None:
    rows = "\n".join(
        f"| NC-{n} | label missing on carton of valve | ribbon torn {n} | ribbon changed | 02.01.2026 | 1{n % 9}.02.2026 |"
        for n in range(200)
    )
    head = "| No | Problem | Cause | Action | Opened | Closed |\n"
    log = "| Month | ppm |\n| Jan 2026 | 5 |\n| Feb 2026 | 6 |\nOn 03.05.2026 the customer found the label missing on a carton of a valve again."
    papers = [report(f"figures {n}.xlsx", log, kind="metrics_record") for n in range(30)]
    made = bundle(report("register.xlsx", head + rows, kind="corrective_action_record"), *papers)
    found = list(same_defect_after_closure(made, settings_of(made, "same_defect_after_closure")))
    assert 0 < len(found) <= 30 * 2 * MOST_FOUND


def test_a_register_of_thousands_of_dated_rows_is_held_against_itself_once() -> None:
    def look(count: int) -> int:
        row = "| {} | burr | tool changed (02.19) | 13 Mar 2026, seen by Rudi 10 Apr |"
        text = "\n".join(("| No | Problem | Action | Closed |", *(row.format(n) for n in range(count))))
        made = bundle(report("log.pdf", text))
        return calls_of(lambda: altered(made, made.documents[0]))

    assert look(ROWS) < MOST_CALLS * ROWS


def test_a_log_of_many_changes_is_read_once() -> None:
    def look(count: int) -> int:
        rows = "\n".join(f"| {n} | 13.03.2026 changed to 5.{n}, seen 10.04.2026 | ok |" for n in range(count))
        made = bundle(report("log.pdf", f"| No | Note | Result |\n{rows}\nSigned by Bo Tan 14.03.2026"))
        return calls_of(lambda: altered(made, made.documents[0]))

    assert look(ROWS) < MOST_CALLS * ROWS


ROWS, MOST_CALLS = 400, 2_000
"""Rows of a log, and calls that each of them may cost: read anew for each of its changes, it costs many times as many."""
