"""What rules ask of papers and bundles again and again: days of facts, lines that are seen, answers that are remembered."""

from datetime import date

import pytest

from evidence.model import DocumentReport, Fact
from evidence.remembered import remembered
from tests.unit.evidence.builders import bundle, report

PAGES = "# Log\n\nFirst line\n\nSecond line\n\n=== Two\n\nThird line\n"


@pytest.mark.parametrize(
    ("kind", "value", "day"),
    [
        ("date", "2026-03-01", date(2026, 3, 1)),
        ("date", "2026-03", None),
        ("date", "2026-02-30", None),
        ("period", "2026-03-01", None),
    ],
)
def test_a_fact_tells_its_day_where_it_is_a_whole_date(kind, value, day):
    assert Fact(kind=kind, role="evidence", value=value, quote=value, passage="1").day == day


def test_the_lines_of_a_paper_are_those_that_a_reader_sees():
    made = report("log.docx", PAGES, hidden="Typed in white")
    lines = [line for _, line in made.lines()]
    assert "First line" in lines
    assert "Third line" in lines
    assert "Typed in white" not in lines
    assert [line for _, line in made.lines(2)] == [line for passage, line in made.lines() if passage.part == 2]
    assert "Typed in white" not in made.text
    assert "Second line" in made.text


def test_a_form_to_be_filled_in_is_seen_and_tells_nothing():
    made = report("form.docx", PAGES, mode="template")
    assert made.shown
    assert not made.told


@pytest.mark.parametrize(
    ("path", "mail", "book"), [("A.EML", True, False), ("a.xlsm", False, True), ("a.pdf", False, False)]
)
def test_mails_and_workbooks_are_known_by_their_endings(path, mail, book):
    made = report(path, PAGES)
    assert (made.is_mail, made.is_book) == (mail, book)


def test_a_bundle_works_out_once_what_is_asked_of_each_of_its_papers():
    worked: list[str] = []

    @remembered
    def letters(asked, document: DocumentReport, least: int) -> int | None:
        worked.append(document.path)
        return len(document.text) if len(document.text) > least else None

    first, second = report("a.docx", PAGES), report("b.docx", "# Log\n\nA line\n")
    one = bundle(first, second)
    assert letters(one, first, 5) == letters(one, first, 5) == len(first.text)
    assert letters(one, second, 500) is None is letters(one, second, 500)
    assert worked == ["a.docx", "b.docx"]
    letters(one, first, 6)
    letters(bundle(first), first, 5)
    assert worked == ["a.docx", "b.docx", "a.docx", "a.docx"]
