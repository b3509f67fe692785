"""Reports side by side, and what changed from one to the next."""

from datetime import date

from evidence.assessment import assess
from service.reports.brief import pages_of
from service.reports.comparison import changes, compare
from service.reports.text import render_comparison
from tests.unit.service.reported import SUPPLIER, attacked, documents, sample

LATER = date(2027, 9, 30)


def later():
    return assess(SUPPLIER, LATER, documents())


def test_each_report_is_a_column_and_each_expectation_a_row():
    made = compare([sample(), attacked()])
    assert [column.headline for column in made.columns] == [sample().headline, attacked().headline]
    assert [row.id for row in made.expectations] == [item.id for item in sample().expectations]
    for number, report in enumerate((sample(), attacked())):
        assert [row.cells[number].status for row in made.expectations] == [item.status for item in report.expectations]
        assert made.columns[number].living == sum(item.status == "living" for item in report.expectations)
        raised = {row.id for row in made.flags if row.raised[number]}
        assert raised == {flag.id for flag in report.flags}
    assert made.changes == ()


def test_the_same_papers_a_year_later_went_stale():
    found = {change.id: change for change in changes(sample(), later())}
    assert found["corrective_action"].kind == "stale"
    assert found["defect_metrics"].kind == "stale"
    assert (found["corrective_action"].before, found["corrective_action"].after) == ("living", "stale")


def test_new_papers_improve_and_answered_red_flags_go():
    without_case = [paper for paper in documents() if not paper.path.startswith("CAR")]
    before = assess(SUPPLIER, date(2026, 9, 30), without_case)
    assert {change.id: change.kind for change in changes(before, sample())}["corrective_action"] == "improved"
    assert {change.id: change.kind for change in changes(sample(), before)}["corrective_action"] == "worse"
    readable = [paper for paper in documents() if paper.status == "read"]
    answered = assess(SUPPLIER, date(2026, 9, 30), readable)
    assert {change.id: change.kind for change in changes(sample(), answered)}["unreadable"] == "flag_gone"
    assert {change.id: change.kind for change in changes(answered, sample())}["unreadable"] == "flag_new"


def test_nothing_changes_between_a_report_and_itself():
    assert changes(sample(), sample()) == ()


def test_the_words_on_a_terminal_say_both():
    text = render_comparison(compare([sample(), later()], ["2026", "2027"], over_time=True))
    assert "From 2026 to 2027" in text
    assert all(words in text for words in ("Marks seen", "Main quality figure", "reduction of", "Could not be read"))
    pages, read = pages_of(sample())
    assert pages > read
    assert f"{read} of {pages} pages" in text
    assert "Went stale: Corrective action documentation, living before." in text
