"""What a searcher can do besides typing a query: facets, flags, more like this, exports, saved and standard questions."""

import csv
import io
import json
import zipfile

import pytest

from evidence.model import Citation
from extractors.locators import PageLocator
from indexes.hybrid import HybridIndex
from service.accounts.scope import Scope
from service.accounts.service import AccountService
from service.database.base import now
from service.documents.models import Bundle, DocumentRow
from service.errors import NotFound, WrongUse
from service.reports.models import Assessment, program
from service.search.export import export
from service.search.keeper import IndexKeeper
from service.search.questions import QuestionService
from service.search.saved import SavedSearchService
from service.search.schemas import SavedSearchIn, SearchFilter
from service.search.service import SearchService
from tests.unit.service.papers import EMBEDDER, add_document, add_supplier, passage, report

VENT = "The vent cleaning was checked on three lots in June and no porosity was found."
AGAIN = "The vent cleaning was checked on two lots in July and no porosity was found."
FORMULA = '=HYPERLINK("http://evil.example") vent cleaning'


@pytest.fixture
def scope(database):
    return AccountService(database).local()


@pytest.fixture
def service(database):
    return SearchService(database, IndexKeeper(database, None, lambda folder: HybridIndex(folder, EMBEDDER)))


@pytest.fixture
def papers(database):
    one, two = add_supplier(database, "Song Cam"), add_supplier(database, "Thornbeck")
    first = report(
        "8D.pdf", [passage("a1", VENT, criteria=("corrective_action",))], period=("2025-05-03", "2025-06-30")
    )
    second = report("rule.pdf", [passage("b1", AGAIN, mode="claim"), passage("b2", FORMULA)], kind="procedure")
    return {"one": one, "two": two, "8d": add_document(database, one, first), "b": add_document(database, two, second)}


def finish(database, document):
    """The bundle of a document is done."""
    with database.write() as session:
        row = session.get(DocumentRow, document)
        bundle = session.get(Bundle, row.bundle_id)
        bundle.state, bundle.finished_at = "done", now()
        return bundle.id


def test_facets_count_the_relevant_passages_even_those_not_shown(service, scope, papers):
    answer = service.search(scope, "vent cleaning", limit=1)
    assert (answer.count, answer.relevant) == (1, 3)
    shown = {name: {facet.label: facet.count for facet in values} for name, values in answer.facets.items()}
    assert shown["supplier"] == {"Song Cam": 1, "Thornbeck": 2}
    assert shown["mode"] == {"record": 2, "claim": 1}
    assert shown["criterion"] == {"corrective_action": 1}
    assert shown["year"] == {"2025": 1}
    assert {facet.value for facet in answer.facets["kind"]} == {"corrective_action_record", "procedure"}


def test_a_flag_leads_to_the_passages_it_cites(database, service, scope, papers):
    cited = [
        Citation(document="rule.pdf", locator=PageLocator(page=1), quote="two lots in July").model_dump(mode="json"),
    ]
    with database.write() as session:
        session.add(
            Assessment(
                workspace_id=scope.workspace, supplier_id=papers["two"], reference_date="2026-01-01", revision=1,
                headline="audit-only",
                content={"program": program(), "flags": [{"id": "no_root_cause", "citations": cited}]},
            )
        )  # fmt: skip
        session.add(
            Assessment(
                workspace_id=scope.workspace, supplier_id=papers["two"], reference_date="2026-01-02", revision=1,
                headline="audit-only",
                content={"program": "0.0.1 older rules", "flags": [{"id": "overdue_actions", "citations": cited}]},
            )
        )  # fmt: skip
    found = service.search(scope, "vent cleaning", SearchFilter(flag="no_root_cause"))
    assert [hit.passage for hit in found.hits] == ["b1"]
    assert service.search(scope, "vent cleaning", SearchFilter(flag="hidden_text")).count == 0
    assert service.search(scope, "vent cleaning", SearchFilter(flag="overdue_actions")).count == 0  # of older rules
    assert found.renewing == 0
    with pytest.raises(WrongUse):
        service.search(scope, "vent", SearchFilter(flag="ugly_font"))


def test_flags_of_older_rules_are_said_to_be_on_their_way(database, service, scope, papers):
    with database.write() as session:
        session.add(
            Assessment(
                workspace_id=scope.workspace, supplier_id=papers["two"], reference_date="2026-01-02", revision=1,
                headline="audit-only", content={"program": "0.0.1 older rules", "flags": []},
            )
        )  # fmt: skip
    found = service.search(scope, "vent cleaning", SearchFilter(flag="overdue_actions"))
    assert (found.count, found.renewing) == (0, 1)
    assert "newer rules" in found.nothing_relevant
    assert (
        service.search(scope, "vent cleaning", SearchFilter(flag="overdue_actions", supplier=papers["one"])).renewing
        == 0
    )
    assert service.search(scope, "vent cleaning").renewing == 0


def test_more_like_this_leaves_the_passage_out_and_keeps_to_the_filter(service, scope, papers):
    assert [hit.passage for hit in service.like(scope, papers["8d"], "a1").hits][:1] == ["b1"]
    assert service.like(scope, papers["8d"], "a1", SearchFilter(mode="template")).count == 0
    with pytest.raises(NotFound):
        service.like(scope, papers["8d"], "zz")
    with pytest.raises(NotFound):
        service.like(Scope("f" * 32, "u", "u", "viewer"), papers["8d"], "a1")


def test_hits_as_csv_run_nothing_in_a_spreadsheet(service, scope, papers):
    content = export(service.search(scope, "vent cleaning"), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert {row["supplier"] for row in rows} == {"Song Cam", "Thornbeck"}
    assert [row["passage"] for row in rows if "evil" in row["passage"]] == ["'" + FORMULA]
    assert any(row["evidence to"] == "2025-06-30" for row in rows)


def saying(answer, text):
    """The first hit alone, with another text."""
    group = answer.documents[0]
    hit = group.hits[0].model_copy(update={"text": text})
    return answer.model_copy(update={"documents": [group.model_copy(update={"hits": [hit]})]})


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("＝1+1", "'＝1+1"),
        ("\t=1", "\t'=1"),
        ("lot 7;=1+1", "lot 7;'=1+1"),  # lists parted by semicolons, as half of Europe has them
        ('lot 7;"=1+1', "lot 7;\"'=1+1"),
        ("lot 7\n@SUM(1)", "lot 7\n'@SUM(1)"),
        ("a-b = c; d, -e", "a-b = c; d, -e"),
    ],
)
def test_no_cell_of_the_csv_begins_like_a_formula_however_a_program_parts_it(service, scope, papers, said, written):
    found = service.search(scope, "vent cleaning")
    content = export(saying(found, said), "csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(content, newline="")))["passage"] == written


def test_hits_with_signs_that_no_file_holds_are_still_written(service, scope, papers):
    found = service.search(scope, "vent cleaning")
    odd = saying(found, "half \ud83d, \ufffe and \u202egnp.exe")
    for form in ("csv", "xlsx"):
        assert export(odd, form)
    with zipfile.ZipFile(io.BytesIO(export(odd, "xlsx"))) as book:
        assert "\u202e" not in book.read("xl/sharedStrings.xml").decode()


def test_hits_as_a_workbook_hold_text_and_no_formula(service, scope, papers):
    content = export(service.search(scope, "vent cleaning"), "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert "HYPERLINK" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_hits_as_json_are_the_answer_and_other_formats_are_refused(service, scope, papers):
    answer = service.search(scope, "vent cleaning")
    assert json.loads(export(answer, "json"))["count"] == 3
    with pytest.raises(WrongUse):
        export(answer, "docx")


def test_a_saved_search_runs_once_on_each_new_bundle_and_tells_its_owner(database, service, scope, papers):
    saved = SavedSearchService(database, service)
    finish(database, papers["8d"])
    kept = saved.save(scope, SavedSearchIn(q="vent cleaning", only=SearchFilter(mode="record")))
    assert saved.run() == 0  # what was there before is no news
    bundle = finish(database, papers["b"])
    assert saved.run() == 1
    assert saved.run() == 0
    (news,) = saved.news(scope, unseen=True)
    assert (news.bundle, news.supplier_name, news.passages) == (bundle, "Thornbeck", [(papers["b"], "b2")])
    assert saved.kept(scope)[0].unseen == 1
    saved.seen(scope, kept.id)
    assert saved.news(scope, unseen=True) == []
    assert saved.kept(scope)[0].unseen == 0
    other = Scope(scope.workspace, "somebody", "s", "viewer")
    assert saved.news(other) == []
    with pytest.raises(NotFound):
        saved.delete(other, kept.id)
    saved.delete(scope, kept.id)
    assert saved.kept(scope) == []
    assert saved.news(scope) == []


def test_a_saved_search_that_finds_nothing_is_silent_and_a_bad_one_is_not_kept(database, service, scope, papers):
    saved = SavedSearchService(database, service)
    saved.save(scope, SavedSearchIn(name="Opera", q="quarterly opera tickets"))
    finish(database, papers["b"])
    assert saved.run() == 0
    assert saved.news(scope) == []
    with pytest.raises(WrongUse):
        saved.save(scope, SavedSearchIn(q=" "))


def test_two_processes_that_look_at_the_same_bundle_tell_once(database, service, scope, papers):
    saved = SavedSearchService(database, service)
    kept = saved.save(scope, SavedSearchIn(q="vent cleaning"))
    bundle = finish(database, papers["b"])
    with database.read() as session:
        from service.search.models import SavedSearch

        row = session.get(SavedSearch, kept.id)
    assert saved._look(row, bundle)
    assert not saved._look(row, bundle)
    assert len(saved.news(scope)) == 1


def test_standard_questions_are_asked_of_one_supplier(service, scope, papers):
    questions = QuestionService(service)
    looked = questions.look(scope, papers["one"], "corrective_action")
    assert {one.expectation for one in looked} == {"corrective_action"}
    assert all(one.answer is not None and one.answer.searched <= 1 for one in looked)
    with pytest.raises(NotFound):
        questions.look(scope, papers["one"], "beauty")
    with pytest.raises(NotFound):
        questions.look(scope, "nobody", "corrective_action")


def test_every_expectation_has_standard_questions():
    from evidence.data import table

    asked = {one.expectation for one in QuestionService.standard()}
    assert asked == {entry["id"] for entry in table("expectations")["expectation"]}
    assert {one.only.mode for one in QuestionService.standard()} <= {"record", None}
