import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest

from evidence.assessment import assess
from evidence.model import Fact, PartReading
from extractors.locators import PageLocator
from service.accounts.models import Membership, User
from service.accounts.scope import Scope
from service.accounts.service import LOCAL_USER, LOCAL_WORKSPACE, AccountService
from service.audit.service import events_of
from service.errors import NotAllowed, NotFound, NotNow, WrongUse
from service.reports.service import ReportService
from service.reviews.overlay import Decision, decided
from service.reviews.schemas import ReviewIn
from service.reviews.service import ReviewService
from tests.unit.service.papers import add_document, add_supplier, passage, report, revision, store_again

TEXT = "NCR 25-017: vent blocked on 3 May 2025, cleaned the same shift, 0 of 600 on re-check."
DAY = datetime.date(2026, 3, 1)


@pytest.fixture
def scope(database):
    return AccountService(database).local()


@pytest.fixture
def other(database, scope):
    with database.write() as session:
        user = User(login="mai", name="Mai Tran")
        session.add(user)
        session.flush()
        session.add(Membership(workspace_id=LOCAL_WORKSPACE, user_id=user.id, role="reviewer"))
        return Scope(LOCAL_WORKSPACE, user.id, "mai", "reviewer")


@pytest.fixture
def document(database):
    supplier = add_supplier(database)
    return add_document(database, supplier, report("8D/8D-017.pdf", [passage("p1", TEXT, mode="prescription")]))


def override(document, value="record", **more):
    return ReviewIn(
        **{
            "document": document,
            "passage": "p1",
            "field": "mode",
            "action": "override",
            "value": value,
            "reason": "Dated.",
            **more,
        }
    )


def reported(database, document):
    return whole_report(database, document).documents[0]


def whole_report(database, document):
    from service.documents.models import DocumentRow

    with database.read() as session:
        supplier = session.get(DocumentRow, document).supplier_id
    service = ReportService(database, assess)
    return service.report(Scope(LOCAL_WORKSPACE, LOCAL_USER, "local", "viewer"), supplier, DAY)


def test_the_report_lists_the_decisions_that_hold_kept_or_made_anew(database, scope, document):
    assert whole_report(database, document).decisions == ()
    given = ReviewService(database).decide(scope, override(document))
    for made in (whole_report(database, document), whole_report(database, document)):
        (one,) = made.decisions
        assert (one.document, one.passage) == (made.documents[0].path, made.documents[0].passages[0].id)
        assert (one.field, one.earlier, one.value, one.reason) == ("mode", "prescription", "record", "Dated.")
        assert (one.reviewer, one.quote) == ("Local administrator", made.documents[0].passages[0].text[:300])
    ReviewService(database).undo(scope, given.id)
    assert whole_report(database, document).decisions == ()


def test_the_report_follows_the_reviewer_and_says_who_decided(database, scope, document):
    before = reported(database, document)
    assert before.passages[0].mode == "prescription"
    ReviewService(database).decide(scope, override(document))
    changed = reported(database, document).passages[0]
    assert changed.mode == "record"
    assert changed.modes["record"] == 1.0
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert changed.reasons[0].sentence == f"Decided by Local administrator on {today}: Dated."


def test_a_decision_keeps_who_the_earlier_verdict_and_the_model_and_makes_the_report_out_of_date(
    database, scope, document
):
    shown = ReviewService(database).decide(scope, override(document))
    assert (shown.earlier, shown.earlier_by, shown.value) == ("prescription", "model", "record")
    assert (shown.reviewer, shown.model, shown.standing) == ("Local administrator", "model-1", True)
    assert revision(database, shown.supplier) == 2
    with database.read() as session:
        assert [event.tag for event in events_of(session, LOCAL_WORKSPACE)] == [
            "user:verdict:give",
            "worker:document:finish",
        ]


def test_undo_brings_back_what_stood_there_and_keeps_the_history(database, scope, document):
    service = ReviewService(database)
    first = service.decide(scope, override(document))
    second = service.decide(scope, override(document, "template", reason="Empty after all."))
    assert second.earlier == "record"
    assert second.earlier_by == "Local administrator"
    assert [v.standing for v in service.history(scope, document=document).items] == [True, False]
    service.undo(scope, second.id)
    assert reported(database, document).passages[0].mode == "record"
    service.undo(scope, first.id)
    assert reported(database, document).passages[0].mode == "prescription"
    listed = service.history(scope, document=document, passage="p1")
    assert listed.total == 2
    assert all(v.undone_by == "Local administrator" and not v.standing for v in listed.items)
    with pytest.raises(NotNow):
        service.undo(scope, first.id)


def test_kind_and_reading_of_a_document_and_of_its_only_part_are_decided(database, scope):
    part = PartReading(name="Log", number=1, kind="other", reading="undetermined")
    document = add_document(
        database, add_supplier(database), report("log.xlsx", [passage("p1", TEXT)], kind="other", parts=(part,))
    )
    service = ReviewService(database)
    service.decide(
        scope,
        ReviewIn(document=document, field="kind", action="override", value="metrics_record", reason="A KPI sheet."),
    )
    service.decide(scope, ReviewIn(document=document, field="reading", action="confirm"))
    shown = reported(database, document)
    assert (shown.kind, shown.kinds["metrics_record"], shown.parts[0].kind) == ("metrics_record", 1.0, "metrics_record")
    assert (shown.reading, shown.readings["living"], shown.parts[0].reading) == ("living", 1.0, "living")


def test_criteria_are_decided_as_a_list_and_kept_in_order(database, scope, document):
    verdict = override(document, field="criteria", value=["traceability", "corrective_action"])
    assert ReviewService(database).decide(scope, verdict).value == ["corrective_action", "traceability"]
    criteria = reported(database, document).passages[0].criteria
    assert [name for name, value in criteria.items() if value] == ["corrective_action", "traceability"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"reason": " "}, WrongUse),
        ({"value": None}, WrongUse),
        ({"value": "nonsense"}, WrongUse),
        ({"value": ["record"]}, WrongUse),
        ({"value": "prescription"}, WrongUse),
        ({"passage": None}, WrongUse),
        ({"field": "kind", "value": "manual"}, WrongUse),
        ({"passage": "p99"}, NotFound),
        ({"seen": "claim"}, NotNow),
        ({"reason": "x" * 2001}, WrongUse),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_changes_nothing(database, scope, document, changes, error):
    service = ReviewService(database)
    with pytest.raises(error):
        service.decide(scope, override(document, **changes))
    assert service.history(scope).total == 0
    assert reported(database, document).passages[0].mode == "prescription"


def test_a_viewer_decides_nothing_and_a_reviewer_does_not_confirm_an_own_word(database, scope, other, document):
    service = ReviewService(database)
    with pytest.raises(NotAllowed):
        service.decide(Scope(LOCAL_WORKSPACE, other.user, "mai", "viewer"), override(document))
    given = service.decide(scope, override(document))
    confirm = ReviewIn(document=document, passage="p1", field="mode", action="confirm", value="record")
    with pytest.raises(NotNow):
        service.decide(scope, confirm)
    assert service.decide(other, confirm).reviewer == "Mai Tran"
    with pytest.raises(NotAllowed):
        service.undo(other, given.id)


def test_another_workspace_sees_and_changes_nothing(database, scope, document):
    service = ReviewService(database)
    given = service.decide(scope, override(document))
    stranger = Scope("f" * 32, LOCAL_USER, "x", "administrator")
    for call in (
        lambda: service.decide(stranger, override(document, "claim")),
        lambda: service.undo(stranger, given.id),
        lambda: service.get(stranger, given.id),
    ):
        with pytest.raises(NotFound):
            call()
    assert service.history(stranger).total == 0


def test_a_decision_says_nothing_about_other_words_under_the_same_key(database, scope, document):
    service = ReviewService(database)
    service.decide(scope, override(document))
    store_again(database, document, report("8D/8D-017.pdf", [passage("p1", "Other words.", mode="claim")]))
    assert reported(database, document).passages[0].mode == "claim"
    assert service.decide(scope, override(document, "other")).earlier == "claim"


def test_a_file_that_is_not_read_cannot_be_judged(database, scope, document):
    from service.documents.models import DocumentRow

    with database.write() as session:
        session.get(DocumentRow, document).state = "waiting"
    with pytest.raises(NotNow):
        ReviewService(database).decide(scope, override(document))


def test_the_period_of_evidence_follows_a_passage_that_became_a_record():
    day = Fact(
        kind="date",
        role="evidence",
        value="2025-05-03",
        quote="3 May 2025",
        passage="p1",
        locators=(PageLocator(page=1),),
    )
    before = report("a.pdf", [passage("p1", TEXT, mode="claim")], facts=(day,))
    decision = Decision("v", "d", "p1", "mode", "override", "record", "Mai", DAY)
    assert decided(before, [decision]).evidence_period == ("2025-05-03", "2025-05-03")
    assert decided(before, []) is before


def test_of_reviewers_who_decide_on_the_same_at_once_one_is_heard_and_the_others_are_told(database, scope, document):
    reviews = ReviewService(database)

    def give(value):
        try:
            return reviews.decide(scope, override(document, value, seen="prescription")).value
        except NotNow:
            return None

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(give, ["record", "claim", "template", "other"] * 4))
    (standing,) = [value for value in given if value]
    (kept,) = reviews.history(scope, document=document).items
    assert (kept.value, kept.standing) == (standing, True)


@pytest.mark.parametrize("decided_copy", [0, 1])
def test_a_bundle_sent_again_counts_once_with_what_reviewers_decided_on_either_copy(database, scope, decided_copy):
    supplier = add_supplier(database)
    sent = report("8D/8D-017.pdf", [passage("p1", TEXT, mode="prescription")])
    copies = [add_document(database, supplier, sent) for _ in range(2)]
    ReviewService(database).decide(scope, override(copies[decided_copy]))
    for _ in ("worked out", "as it was kept"):
        made = whole_report(database, copies[0])
        assert [document.path for document in made.documents] == ["8D/8D-017.pdf"]
        assert made.documents[0].passages[0].mode == "record"
        assert made.coverage["pages"] == 1
