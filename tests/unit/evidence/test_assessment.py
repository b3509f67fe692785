"""The ten expectations, the marks and the headline: each status by its rule, every quote at its place."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.assessment import AssessmentSettings, assess
from evidence.data import table
from evidence.flags import RULES
from evidence.model import DocumentReport, Report
from tests.unit.evidence.builders import TODAY, certificate, report
from tests.unit.evidence.test_flags_cases import case
from tests.unit.evidence.test_flags_records import inspection
from tests.unit.evidence.test_flags_series import REAL, sheet

SUPPLIER = "Lotus Valley Pumps Co., Ltd"


def judged(*documents: DocumentReport, **more: object) -> Report:
    return assess(SUPPLIER, TODAY, documents, AssessmentSettings(**more))  # type: ignore[arg-type]


def status(made: Report, name: str) -> tuple[str, str]:
    found = next(e for e in made.expectations if e.id == name)
    return found.status, found.rule


AUDIT = report(
    "audit.docx",
    (
        "Audit date: 12 March 2026. NC 1: gauge G-12 overdue at press 4, cause: lent, "
        "action: lending book, closed 30 April 2026.\n\nResponsible: Paul Nowak"
    ),
    kind="internal_audit_record",
    criteria=("internal_audit",),
)
REVIEW = report(
    "review.docx",
    "Held on 20 July 2026. Reject rate 1.79 %, second bench for 410 million decided, Paul, by May.",
    kind="management_review_record",
    criteria=("management_review",),
)
RATING = report(
    "rating.xlsx",
    (
        "Date :: 04/07/2026\n\n| Supplier | Lots received | Rejected | On time | Score | "
        "Grade |\n| Blue Creek | 24 | 2 | 21 | 88.1 | B |\n| Tall Pine | 13 | 0 | 13 | 97 | A |"
    ),
    kind="supplier_evaluation_record",
    criteria=("supplier_control",),
)
VISIT = report(
    "visit.docx",
    (
        "Visit before approval on 14 January 2026: Blue Creek, trial lot BC-88 of 200 "
        "castings, 3 rejected; 71 of 100 points; approved with conditions, SCAR-26-01 answered 2 March 2026."
    ),
    kind="supplier_evaluation_record",
    criteria=("supplier_control",),
)
TRAINING = report(
    "training.xlsx",
    (
        "Training date: 4 May 2026, owner Maria Santos, 8 of 9 present, one repeats the "
        "test.\n\nProcess owner: Maria Santos"
    ),
    kind="training_record",
    criteria=("competence", "process_ownership"),
)
RULES_ONLY = report(
    "manual.docx",
    "The owner of each process shall keep its records and shall report every month to the director.",
    kind="manual",
    reading="static",
    mode="prescription",
    criteria=("process_ownership", "corrective_action", "internal_audit", "supplier_control"),
)
LIVING = (
    certificate(),
    AUDIT,
    REVIEW,
    RATING,
    VISIT,
    TRAINING,
    case(),
    case(
        opened="4 June 2026",
        closed="25 August 2026",
        number="011",
        path="CAPA-26-011.docx",
        problem="thread missing on 3 covers, lot 26F02",
        cause="tap broke, sensor dirty; cleaned sensor stops the machine 10 of 10",
        check="two lots to 20 August 2026, 0 of 1,290",
    ),
    sheet(REAL),
    inspection(1, "Lot :: L26-0107 || Date :: 12/03/2026"),
    inspection(
        2,
        "Lot :: L26-0211 || Date :: 14/04/2026",
        ("40.02 | 39.99 | 40.00", "12.51 | 12.48 | 12.5", "8.02 | 8.01 | 8.00"),
    ),
)


def test_a_living_supplier_is_called_living() -> None:
    made = judged(*LIVING)
    assert made.headline == "living", [(e.id, e.status, e.rule) for e in made.expectations]
    assert made.counts["living"] >= 8
    assert not [flag.id for flag in made.flags if flag.severity == "high"]
    assert [mark.id for mark in made.marks if mark.seen] == [
        "ownership_clarified",
        "recurring_issues_fixed",
        "metrics_followed",
        "actions_tightened",
    ]


def test_papers_alone_are_audit_only() -> None:
    made = judged(
        certificate(),
        RULES_ONLY,
        report(
            "policy.docx", "We are committed to quality in all we do.", kind="procedure", reading="static", mode="claim"
        ),
    )
    assert made.headline == "audit-only"
    assert status(made, "corrective_action") == ("static_only", "only_words")


def test_nothing_readable_is_not_enough_evidence_and_never_good() -> None:
    failed = [DocumentReport(path=f"scan {n}.pdf", sha256=str(n) * 64, status="failed", pages=4) for n in range(5)]
    made = judged(RULES_ONLY, *failed)
    assert made.headline == "not enough evidence"
    assert {e.status for e in made.expectations} <= {"undetermined", "static_only", "missing"}
    assert judged().headline == "not enough evidence"


def test_every_expectation_of_the_design_is_there_with_its_request() -> None:
    made = judged(RULES_ONLY, AUDIT)
    assert [e.id for e in made.expectations] == [
        "systematic_processes",
        "continuous_improvement",
        "defect_metrics",
        "traceability",
        "corrective_action",
        "supplier_evaluation",
        "supplier_qualification",
        "supplier_monitoring",
        "supplier_records",
        "certification",
    ]
    assert all(e.ask for e in made.expectations if e.status != "living")
    assert all(e.rule and e.explanation and e.expects for e in made.expectations)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ((RULES_ONLY, RATING), ("missing", "nothing_found")),
        ((RULES_ONLY, sheet(REAL)), ("living", "measured_over_time")),
        ((RULES_ONLY, sheet(REAL[:7])), ("stale", "series_too_old")),
        (
            (
                RULES_ONLY,
                report("figures.docx", "In July 2026 the reject rate was 1.9 %.", criteria=("quality_metrics",)),
            ),
            ("partial", "figures_without_series"),
        ),
        (
            (
                RULES_ONLY,
                report(
                    "aims.docx",
                    "The reject rate shall be below 1.5 %.",
                    mode="prescription",
                    reading="static",
                    criteria=("quality_metrics",),
                ),
            ),
            ("static_only", "only_words"),
        ),
    ],
)
def test_the_status_of_metrics(documents: tuple[DocumentReport, ...], expected: tuple[str, str]) -> None:
    assert status(judged(*documents), "defect_metrics") == expected


def test_the_reduction_is_the_suppliers_own_and_stands_beside_what_is_achievable() -> None:
    made = judged(*LIVING)
    told = next(e for e in made.expectations if e.id == "defect_metrics").explanation
    assert "a reduction of 25%" in told
    assert "less than the 30 to 50% that proper implementation achieves" in told


def test_constant_figures_are_left_out_and_said() -> None:
    made = judged(RULES_ONLY, sheet([2.0] * 12))
    found = next(e for e in made.expectations if e.id == "defect_metrics")
    assert found.status in ("missing", "static_only", "partial")
    assert "reject rate.xlsx" in found.explanation


@pytest.mark.parametrize(
    ("documents", "expected"),
    [((AUDIT, REVIEW), ("living", "audits_and_reviews_current")), ((AUDIT, RULES_ONLY), ("partial", "one_of_two"))],
)
def test_improvement_needs_audits_and_reviews(documents: tuple[DocumentReport, ...], expected: tuple[str, str]) -> None:
    assert status(judged(*documents), "continuous_improvement") == expected


def _ask(made: Report, identity: str) -> str:
    return next(e.ask for e in made.expectations if e.id == identity)


@pytest.mark.parametrize(
    ("documents", "identity", "asked", "not_asked"),
    [
        ((AUDIT, RULES_ONLY), "continuous_improvement", "minutes of the last two management reviews", "audit"),
        ((REVIEW, RULES_ONLY), "continuous_improvement", "last two internal audit reports", "review"),
        ((RULES_ONLY, sheet(REAL[:7])), "defect_metrics", "The figures you sent, carried on", "twelve"),
        ((RULES_ONLY, case(cause="")), "corrective_action", "For the problems you recorded", "Two corrective"),
        ((certificate(more="Valid with annual surveillance."),), "certification", "surveillance audit", "annexes"),
        ((RULES_ONLY, AUDIT), "certification", "The current certificate with its annexes", "accreditation"),
    ],
)
def test_what_is_there_already_is_not_asked_for_again(
    documents: tuple[DocumentReport, ...], identity: str, asked: str, not_asked: str
) -> None:
    ask = _ask(judged(*documents), identity)
    assert asked in ask
    assert not_asked not in ask


def test_each_narrower_ask_belongs_to_a_rule_that_leaves_a_gap() -> None:
    rules = {*table("expectations")["lacks"], "no_audit", "no_review"}
    named = {name for item in table("expectations")["expectation"] for name in item.get("asks", {})}
    assert named <= rules


def test_old_audits_and_reviews_are_stale() -> None:
    old = [
        report(
            f"{kind}.docx",
            f"Held on 3 May 2024. {kind}: 3 of 9 gauges were late, Paul buys two.",
            kind=f"{kind}_record",
            criteria=(kind,),
        )
        for kind in ("internal_audit", "management_review")
    ]
    assert status(judged(*old), "continuous_improvement") == ("stale", "records_too_old")
    assert status(judged(*old, max_age_months={"continuous_improvement": 36}), "continuous_improvement")[0] == "living"


AGENDA = (
    "# Management review 2026\n\nDay :: Saturday, 28 March 2026 || Chair :: H. Sutrisno\n\n"
    "# Agenda\n\n1. Follow-up of last year\n\n2. Complaints\n\n3. Objectives\n\n"
    "# Decisions\n\n| No | Point | Decision | Who | Until |\n| 1 | {0} | | | |\n| 2 | {1} | | | |\n| 3 | {2} | | | |\n| 4 | | | | |"
)


@pytest.mark.parametrize(
    ("points", "held"), [(("", "", ""), False), (("rejects 2.1 %", "spectrometer bought", "audit in May"), True)]
)
def test_an_agenda_without_a_decision_is_no_review(points: tuple[str, ...], held: bool) -> None:
    made = report(
        "agenda.docx", AGENDA.format(*points), kind="management_review_record", criteria=("management_review",)
    )
    passages = tuple(
        p if at == 0 or held else p.model_copy(update={"mode": "template", "modes": {"template": 0.9}})
        for at, p in enumerate(made.passages)
    )
    made = made.model_copy(update={"passages": passages})
    (found,) = (e for e in judged(made, RULES_ONLY).expectations if e.id == "continuous_improvement")
    assert ("newest record of a management review 2026-03-28" in found.explanation) is held
    assert ("'agenda.docx'" in found.explanation) is not held


@pytest.mark.parametrize(
    ("told", "kept"), [("was postponed because of shipments", False), ("went through the complaints", True)]
)
def test_a_mail_that_a_review_was_postponed_is_no_record_of_one(told: str, kept: bool) -> None:
    mail = report(
        "mail.eml",
        f"Dear Helen, please find the folder of papers.\n\nAbout the minutes that you asked for: our management review {told}.",
        kind="other",
        criteria=("management_review",),
    )
    (found,) = (e for e in judged(mail, AUDIT).expectations if e.id == "continuous_improvement")
    assert ("no record of a management review" in found.explanation) is not kept


def test_an_age_some_days_beyond_what_counts_is_said_to_be_over_it() -> None:
    made = report(
        "minutes.docx", "Management review of 20 August 2025: the director gave the foundry a second pyrometer.",
        kind="management_review_record", criteria=("management_review",),
    )  # fmt: skip
    (found,) = (e for e in judged(made, RULES_ONLY).expectations if e.id == "continuous_improvement")
    assert found.status == "stale"
    assert "2025-08-20, over 13 months old" in found.explanation


def test_corrective_actions_need_a_cause() -> None:
    assert status(judged(RULES_ONLY, case(), case(number="9", path="b.docx")), "corrective_action")[0] == "living"
    assert status(judged(RULES_ONLY, case(cause="")), "corrective_action") == ("partial", "no_root_cause")
    assert status(judged(RULES_ONLY, case(cause="operator negligence", action="retraining")), "corrective_action") == (
        "partial",
        "causes_blame_people",
    )


def test_traceability_needs_numbers_that_can_be_followed() -> None:
    bare = inspection(1, "Date :: 12/03/2026")
    assert status(judged(RULES_ONLY, bare), "traceability") == ("partial", "no_lot_named")
    card = report(
        "lot card.pdf",
        "Lot :: L26-0107 || Heat :: H-22871\n\nCast on 9 March 2026, 500 pieces",
        kind="traceability_record",
        criteria=("traceability",),
    )
    looped = judged(inspection(1, "Lot :: L26-0107 || Date :: 12/03/2026"), card)
    assert status(looped, "traceability") == ("living", "closed_loop")
    (found,) = (one for one in looped.expectations if one.id == "traceability")
    assert "The number L26-0107 can be followed through two documents or more." in found.explanation


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (certificate(), ("living", "certificate_valid_and_watched")),
        (certificate(issue="14 March 2022", expiry="13 March 2025"), ("stale", "certificate_expired")),
        (certificate(holder="KESTREL MERIDIAN TRADING CO., LTD"), ("static_only", "certificate_of_another_company")),
        (certificate(more="Valid with annual surveillance."), ("partial", "certificate_without_surveillance")),
    ],
)
def test_the_status_of_certification(made: DocumentReport, expected: tuple[str, str]) -> None:
    own = report("8d.docx", "Lotus Valley Pumps, report of lot L2604-11", kind="corrective_action_record")
    assert status(judged(made, own), "certification") == expected


def test_a_certificate_that_is_only_spoken_of_is_no_certificate() -> None:
    told = report(
        "profile.docx",
        "Our company is certified to ISO 9001 since many years.",
        reading="static",
        mode="claim",
        criteria=("certification",),
    )
    assert status(judged(told, RULES_ONLY), "certification") == ("static_only", "certificate_only_mentioned")


def test_a_model_in_doubt_leaves_it_to_a_reviewer() -> None:
    base = report(
        "notes.docx",
        (
            "Supplier Blue Creek was looked at, all is fine there.\n\n# Next\n\nSupplier Tall "
            "Pine likewise, papers are in the file."
        ),
        criteria=("supplier_control",),
    )
    doubtful = base.model_copy(
        update={
            "passages": tuple(
                p.model_copy(update={"mode": "record", "modes": {"record": 0.42, "claim": 0.4}}) for p in base.passages
            )
        }
    )
    assert status(judged(doubtful, AUDIT), "supplier_evaluation") == ("undetermined", "model_unsure")


def test_the_same_bundle_in_any_order_gives_the_same_report_byte_for_byte() -> None:
    first, second = judged(*LIVING), judged(*reversed(LIVING))
    assert first.model_dump_json() == second.model_dump_json()


def test_every_quote_stands_at_its_place() -> None:
    made = judged(*LIVING, case(cause="operator negligence", action="retraining", path="x.docx"), RULES_ONLY)
    passages = {(d.path, p.id): p for d in made.documents for p in d.passages}
    citations = (
        [c for e in made.expectations for c in e.evidence]
        + [c for f in made.flags for c in f.citations]
        + [c for m in made.marks for c in m.evidence]
    )
    assert len(citations) > 20
    for citation in citations:
        passage = passages[citation.document, citation.passage or ""]
        text = passage.text
        assert citation.quote in text
        assert len(citation.quote) <= 300
        starts = [at for at in range(len(text)) if text.startswith(citation.quote, at)]
        assert citation.locators in [passage.locators_of(at, at + len(citation.quote)) for at in starts]
        assert citation.locator == citation.locators[0]


def test_each_flag_of_the_data_has_a_rule_and_the_texts_it_needs() -> None:
    assert set(table("flags")) == set(RULES)
    for identity, data in table("flags").items():
        assert {"severity", "title", "sentence", "innocent", "ask"} <= set(data), identity
        assert data["severity"] in ("high", "medium", "low")


def test_a_workspace_can_silence_a_flag_and_move_a_threshold() -> None:
    late = certificate(expiry="13 January 2027", issue="14 January 2024")
    assert "certificate_expires_soon" not in {f.id for f in judged(late).flags}
    assert "certificate_expires_soon" in {
        f.id for f in judged(late, thresholds={"certificate_expires_soon.days": 180}).flags
    }
    expired = certificate(issue="14 March 2022", expiry="13 March 2025")
    assert "certificate_expired" not in {f.id for f in judged(expired, silenced=("certificate_expired",)).flags}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LIVING), max_size=6), st.dates(date(2020, 1, 1), date(2032, 1, 1)))
def test_any_bundle_on_any_day_is_judged(documents: list[DocumentReport], day: date) -> None:
    made = assess(SUPPLIER, day, documents)
    assert len(made.expectations) == 10
    if not documents:
        assert made.headline == "not enough evidence"


def test_a_bundle_of_one_page_was_sent_whole_and_is_too_small() -> None:
    made = assess(
        "Lotus Valley Pumps Co., Ltd", TODAY, [report("note.pdf", "A short note about the visit of next week.")]
    )
    reason = next(e for e in made.expectations if e.status == "undetermined")
    assert reason.rule == "too_little_sent"
    assert "Only 1 document with 1 page was sent" in reason.explanation
    unread = assess("Lotus Valley Pumps Co., Ltd", TODAY, [report("scan.pdf", "A short note.", unread=3)])
    assert "1 page could be read" in next(e for e in unread.expectations if e.status == "undetermined").explanation


def test_a_reduction_that_was_reached_leaves_no_gap() -> None:
    made = judged(RULES_ONLY, sheet([4.0, 3.9, 3.8, 3.6, 3.4, 3.2, 3.0, 2.8, 2.6, 2.5, 2.4, 2.3]))
    found = next(e for e in made.expectations if e.id == "defect_metrics")
    assert (found.status, found.rule, found.gap) == ("living", "measured_and_reduced", "")
    assert "within the 30 to 50% that proper implementation achieves" in found.explanation


def test_a_certificate_for_other_work_is_none_for_this() -> None:
    own = report("8d.docx", "Lotus Valley Pumps, report of lot L2604-11", kind="corrective_action_record")
    other = certificate(scope="Moulding and sale of rubber gaskets for washing machines.")
    made = judged(other, own, product="centrifugal pumps")
    assert status(made, "certification") == ("partial", "certificate_for_other_work")
    both = judged(other, certificate(path="second.pdf", expiry="13 March 2027"), own, product="centrifugal pumps")
    assert status(both, "certification") == ("living", "certificate_valid_and_watched")
