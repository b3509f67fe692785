import datetime
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, text, update

from extractors.locators import PageLocator
from indexes.hybrid import HybridIndex
from indexes.ranking import Ranking
from service.accounts.models import Workspace
from service.accounts.scope import Scope
from service.accounts.service import LOCAL_WORKSPACE, AccountService
from service.documents.models import Bundle, DocumentRow, PassageRow, VectorRow
from service.documents.store import forget
from service.errors import NotFound, WrongUse
from service.reviews.schemas import ReviewIn
from service.reviews.service import ReviewService
from service.search import catalogue
from service.search.filters import _FACETS, _filtered, _of_workspace, _said, facets
from service.search.keeper import IndexKeeper
from service.search.schemas import SearchFilter
from service.search.service import SearchService, quote_of
from service.settings import ServicePolicy
from tests.unit.service.papers import EMBEDDER, add_document, add_supplier, passage, report, store_again

VENT = "The vent cleaning was checked on three lots in June and no porosity was found."
SHALL = "The inspector shall measure five pieces of each lot and record the result."
LOT = "Lot 24C07B2 released after re-inspection, 0 of 125 pieces rejected."


def memory(folder):
    # Strangers are as near as 0.3 to each other in the few dimensions of the fake.
    return HybridIndex(folder, EMBEDDER, ranking=Ranking(shown_near=0.3))


@pytest.fixture
def scope(database):
    return AccountService(database).local()


@pytest.fixture
def keeper(database):
    return IndexKeeper(database, None, memory)


@pytest.fixture
def service(database, keeper):
    return SearchService(database, keeper)


@pytest.fixture
def papers(database):
    """Two suppliers: one with a record of 2025 and a procedure, one with a lot list of 2023."""
    one, two = add_supplier(database, "Song Cam"), add_supplier(database, "Thornbeck")
    action = report(
        "8D/8D-017.pdf",
        [passage("a1", VENT, criteria=("corrective_action",), page=4)],
        period=("2025-05-03", "2025-06-30"),
    )
    rule = report("QP-08.pdf", [passage("b1", SHALL, mode="prescription")], kind="procedure", reading="static")
    lots = report(
        "lots.pdf",
        [passage("c1", LOT, criteria=("traceability",))],
        kind="traceability_record",
        period=("2023-01-05", "2023-12-20"),
    )
    return {
        "one": one,
        "two": two,
        "8d": add_document(database, one, action),
        "procedure": add_document(database, one, rule),
        "lots": add_document(database, two, lots),
    }


def found(service, scope, query, limit=20, **only):
    return [hit.passage for hit in service.search(scope, query, SearchFilter(**only), limit).hits]


def test_a_hit_says_its_document_its_place_its_words_and_what_matched(service, scope, papers):
    answer = service.search(scope, "vent cleaning checked")
    assert (answer.count, answer.searched, answer.complete, answer.nothing_relevant) == (1, 3, True, None)
    (document,) = answer.documents
    assert (document.path, document.supplier_name, document.evidence_period) == (
        "8D/8D-017.pdf", "Song Cam", ("2025-05-03", "2025-06-30"),
    )  # fmt: skip
    (hit,) = document.hits
    assert (hit.passage, hit.place, hit.quote) == ("a1", "page 4", VENT)
    assert {"vent", "cleaning", "checked"} <= {term for terms in hit.matched_terms for term in terms.split()}


def test_a_hit_on_several_pages_names_them_all(database, service, scope, papers):
    both = (PageLocator(page=4), PageLocator(page=5))
    long = passage("e1", "The kiln log of zone seven.").model_copy(update={"locators": both})
    add_document(database, papers["one"], report("kiln.pdf", [long]).model_copy(update={"sha256": "e" * 64}))
    (hit,) = service.search(scope, "kiln log zone seven").hits
    assert hit.place == "page 4; page 5"


def test_hits_stand_by_document_and_the_document_with_the_best_hit_comes_first(database, service, scope, papers):
    more = [passage("d1", LOT + " Released."), passage("d2", "The lot was released.")]
    add_document(database, papers["two"], report("lot.pdf", more))
    answer = service.search(scope, "lot released 24C07B2")
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
    assert answer.documents[0].hits[0].passage == answer.hits[0].passage
    assert len({group.document for group in answer.documents}) == len(answer.documents)


@pytest.mark.parametrize(("shown", "counted"), [(1, 3), (4, 4), (6, 5), (9, 5)])
def test_behind_a_page_more_passages_are_counted_than_are_shown(database, keeper, scope, papers, shown, counted):
    same = [passage(f"e{number}", f"{LOT} Pallet {number}.") for number in range(8)]
    add_document(database, papers["two"], report("pallets.pdf", same))
    limits = ServicePolicy(counted_hits=3, search_hits=5)
    answer = SearchService(database, keeper, limits).search(scope, "lot released 24C07B2", limit=shown)
    assert (answer.count, answer.relevant, answer.more) == (min(shown, counted), counted, True)


def test_where_all_relevant_passages_were_counted_there_are_no_more(service, scope, papers):
    answer = service.search(scope, "lot released 24C07B2")
    assert (answer.relevant, answer.more) == (1, False)


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ({"mode": "record"}, {"a1", "c1"}),
        ({"mode": "prescription"}, {"b1"}),
        ({"kind": "procedure"}, {"b1"}),
        ({"criterion": "traceability"}, {"c1"}),
        ({"since": "2025-06-01"}, {"a1"}),
        ({"until": "2024-01-01"}, {"c1"}),
        ({"since": "2026-01-01"}, set()),
        ({"language": "vi"}, set()),
    ],
)
def test_a_filter_lets_only_fitting_passages_through(service, scope, papers, only, expected):
    asked = ("lot released after re-inspection", "vent cleaning checked", "inspector shall measure five pieces")
    assert {hit for query in asked for hit in found(service, scope, query, **only)} == expected


def test_one_supplier_can_be_searched_alone(service, scope, papers):
    assert found(service, scope, "lot", supplier=papers["two"]) == ["c1"]
    with pytest.raises(NotFound):
        found(service, scope, "lot", supplier="nobody")


@pytest.mark.parametrize("field", ["supplier", "bundle", "document"])
def test_a_filter_by_papers_reads_those_papers_and_not_the_whole_workspace(database, scope, field):
    only = SearchFilter(**{field: "x" * 32})
    query = _filtered(scope, only, {}).compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.read() as session:
        steps = [row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert steps
    assert not any("passages" in step and "workspace_id" in step for step in steps)


def test_a_filter_by_mode_reads_the_numbers_and_no_passage(database, scope):
    only = SearchFilter(mode="record")
    query = _filtered(scope, only, {}).where(*_said(only))
    compiled = query.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.read() as session:
        steps = [row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert len(steps) == 1
    assert "COVERING INDEX ix_passages_workspace_id_mode_id" in steps[0]


def test_what_is_found_is_counted_row_by_row_and_not_through_all_of_the_workspace(database, scope):
    query = _FACETS.where(PassageRow.id.in_([1, 2]), _of_workspace(scope))
    compiled = query.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.read() as session:
        steps = [row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert steps[0].endswith("passages USING INTEGER PRIMARY KEY (rowid=?)")


def test_passages_of_another_workspace_are_not_counted(database, service, scope, papers):
    with database.read() as session:
        numbers = list(session.scalars(select(PassageRow.id)))
        theirs = facets(session, replace(scope, workspace="w" * 32), numbers, {})
        ours = facets(session, scope, numbers, {})
    assert not any(theirs.values())
    assert sum(facet.count for facet in ours["mode"]) == len(numbers) > 0


def test_the_filter_follows_the_reviewer(database, service, scope, papers):
    reviews = ReviewService(database)
    given = reviews.decide(
        scope,
        ReviewIn(
            document=papers["8d"], passage="a1", field="mode", action="override", value="claim", reason="No date."
        ),
    )
    assert found(service, scope, "vent cleaning", mode="record") == []
    assert found(service, scope, "vent cleaning", mode="claim") == ["a1"]
    reviews.decide(
        scope,
        ReviewIn(
            document=papers["8d"], passage="a1", field="criteria", action="override", value=["risk"], reason="FMEA."
        ),
    )
    assert found(service, scope, "vent cleaning", criterion="corrective_action") == []
    assert found(service, scope, "vent cleaning", criterion="risk", mode="claim") == ["a1"]
    (hit,) = service.search(scope, "vent cleaning").hits
    assert (hit.mode, hit.decided) == ("claim", ["criteria", "mode"])
    reviews.undo(scope, given.id)
    assert found(service, scope, "vent cleaning", mode="record") == ["a1"]
    reviews.decide(
        scope, ReviewIn(document=papers["8d"], field="kind", action="override", value="other", reason="A letter.")
    )
    assert found(service, scope, "vent cleaning", kind="other") == ["a1"]
    assert found(service, scope, "vent cleaning", kind="corrective_action_record") == []


def test_nothing_relevant_is_said_in_a_sentence(service, scope, papers):
    answer = service.search(scope, "zebra umbrella")
    assert answer.documents == []
    assert answer.nothing_relevant.startswith("Nothing relevant was found.")
    assert "filter" in service.search(scope, "lot", SearchFilter(language="th")).nothing_relevant


def test_words_that_stand_in_no_paper_are_said(service, scope, papers):
    assert service.search(scope, "vent cleaning of the zebra").unknown == ["zebra"]
    assert service.search(scope, "vent cleaning checked").unknown == []
    assert service.search(scope, "vent cleaning without the zebra").unknown == ["zebra"]


def test_before_the_first_document_search_says_so(service, scope):
    answer = service.search(scope, "lot")
    assert (answer.nothing_relevant, answer.unknown) == ("No document has been read yet.", [])


@pytest.mark.parametrize("query", ["", "   ", "x" * 501])
def test_an_empty_or_endless_query_is_wrong_use(service, scope, query):
    with pytest.raises(WrongUse):
        service.search(scope, query)


def test_a_period_that_ends_before_it_begins_is_wrong_use(service, scope):
    with pytest.raises(WrongUse):
        service.search(scope, "lot", SearchFilter(since=datetime.date(2025, 2, 1), until=datetime.date(2025, 1, 1)))


def test_search_knows_what_was_stored_replaced_and_deleted_since(database, service, scope, papers):
    assert found(service, scope, "micrometer calibration") == []
    added = add_document(
        database, papers["one"], report("cal.pdf", [passage("e1", "Calibration of the micrometer M-12.")])
    )
    assert found(service, scope, "micrometer calibration") == ["e1"]
    store_again(database, added, report("cal.pdf", [passage("e1", "Ring gauge R-3 was recalibrated.")]))
    assert found(service, scope, "micrometer") == []
    assert found(service, scope, "ring gauge")[:1] == ["e1"]
    with database.write() as session:
        forget(session, LOCAL_WORKSPACE, added)
    assert found(service, scope, "ring gauge") == []


@pytest.mark.parametrize("flat_limit", [50_000, 1])
def test_a_filter_that_is_kept_follows_each_commit_at_once(database, scope, papers, flat_limit):
    def cells(folder):
        return HybridIndex(folder, EMBEDDER, ranking=Ranking(shown_near=0.3), flat_limit=flat_limit)

    service = SearchService(database, IndexKeeper(database, None, cells))
    reviews = ReviewService(database)

    def seen():
        return found(service, scope, "vent cleaning lots", mode="record", supplier=papers["one"])

    # Each time what passed before is known already, to the service and to the cells.
    assert seen() == ["a1"]
    other = add_document(
        database, papers["one"], report("vents.pdf", [passage("f1", "The vent cleaning of two lots.")])
    )
    assert sorted(seen()) == ["a1", "f1"]
    given = reviews.decide(
        scope,
        ReviewIn(document=other, passage="f1", field="mode", action="override", value="claim", reason="No date."),
    )
    assert seen() == ["a1"]
    reviews.undo(scope, given.id)
    assert sorted(seen()) == ["a1", "f1"]
    with database.write() as session:
        forget(session, LOCAL_WORKSPACE, papers["8d"])
    assert seen() == ["f1"]


def test_what_was_deleted_without_telling_the_index_is_not_shown(database, service, scope, papers):
    assert found(service, scope, "vent cleaning") == ["a1"]
    with database.write() as session:
        session.execute(delete(DocumentRow).where(DocumentRow.id == papers["8d"]))
    assert found(service, scope, "vent cleaning") == []
    assert service.verify(scope).not_in_database


def test_another_workspace_finds_nothing(database, service, scope, papers):
    with database.write() as session:
        session.add(Workspace(id="f" * 32, name="Other"))
    answer = service.search(Scope("f" * 32, "u", "u", "administrator"), "vent cleaning checked lot")
    assert answer.documents == []
    assert answer.searched == 0


def test_an_index_on_disk_is_taken_up_where_it_was_left_and_verified(database, scope, papers, tmp_path):
    first = IndexKeeper(database, tmp_path / "index", memory)
    assert found(SearchService(database, first), scope, "vent cleaning") == ["a1"]
    first.stop()
    second = IndexKeeper(database, tmp_path / "index", memory)
    index, complete = second.index(LOCAL_WORKSPACE)
    assert (len(index), complete) == (3, True)
    service = SearchService(database, second)
    assert service.verify(scope).sound
    assert service.rebuild(scope) == 3
    second.stop()


def test_an_index_of_an_earlier_database_is_not_taken_for_this_one(database, scope, papers, tmp_path):
    first = IndexKeeper(database, tmp_path / "index", memory)
    first.index(LOCAL_WORKSPACE)
    first.stop()
    with database.write() as session:
        session.execute(delete(Bundle))
        session.execute(
            update(Workspace).values(created_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), index_version=0)
        )
    second = IndexKeeper(database, tmp_path / "index", memory)
    assert len(second.index(LOCAL_WORKSPACE)[0]) == 0


def test_a_database_put_back_from_a_backup_makes_the_index_anew(database, service, keeper, scope, papers):
    assert found(service, scope, "vent cleaning") == ["a1"]
    with database.write() as session:
        session.execute(delete(DocumentRow).where(DocumentRow.id == papers["8d"]))
        session.execute(update(Workspace).values(index_version=2))
    assert len(keeper.index(LOCAL_WORKSPACE)[0]) == 2


def test_who_read_the_version_before_another_caught_up_does_not_make_the_index_anew(
    database, keeper, scope, papers, monkeypatch
):
    index, _ = keeper.index(LOCAL_WORKSPACE)
    read = catalogue.version
    early = iter([index.mark - 1])
    monkeypatch.setattr(catalogue, "version", lambda *asked: next(early, None) or read(*asked))
    monkeypatch.setattr(index, "rebuild", lambda *_, **__: pytest.fail("made anew"))
    assert keeper.catch_up(LOCAL_WORKSPACE)


def test_vectors_of_an_unknown_model_are_made_anew(database, service, scope, papers):
    with database.write() as session:
        session.execute(update(VectorRow).values(embedder="a-model-of-last-year", vector=b"\0" * 12))
    assert found(service, scope, "vent cleaning") == ["a1"]
    assert service.verify(scope).sound


@pytest.mark.parametrize("only", [{"kind": "novel"}, {"mode": "poem"}, {"criterion": "beauty"}])
def test_a_filter_by_a_word_that_does_not_exist_is_wrong_use_and_names_the_choices(service, scope, only):
    with pytest.raises(WrongUse) as problem:
        found(service, scope, "lot", **only)
    assert "Choose from" in problem.value.remedy


def test_a_quote_is_a_piece_of_the_passage_around_what_matched():
    text = " ".join(f"word{n}" for n in range(200))
    quote = quote_of(text, ["word120"])
    assert quote in text
    assert "word120" in quote
    assert len(quote) <= 280
    assert quote_of("short", ["short"]) == "short"
    assert quote_of(text, []) == text[: len(quote_of(text, []))]
