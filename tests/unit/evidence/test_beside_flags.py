"""An expectation without records beside a flag that speaks of its papers: never "nothing was sent"."""

import pytest

from evidence.assessment import assess
from evidence.data import table
from tests.unit.evidence.builders import TODAY, certificate, report

NOTE = report("note.docx", "The press shop works in two shifts.", mode="other")


def judged(*documents):
    return assess("Lotus Valley Pumps Co., Ltd", TODAY, [*documents, NOTE])


def found(made, identity):
    return next(one for one in made.expectations if one.id == identity)


def test_a_supplier_list_without_evaluation_is_not_nothing():
    made = judged(
        report(
            "suppliers.xlsx",
            "# Approved supplier list\n\n| No. | Supplier | Goods | Evaluation score |\n| 1 | Alpha Steel | bars |  |\n| 2 | Beta Pack | boxes |  |\n| 3 | Gamma | paint |  |",
            kind="other", reading="static", mode="other",
        )
    )  # fmt: skip
    flags = {flag.id: flag.title for flag in made.flags}
    assert "supplier_list_without_evaluation" in flags
    item = found(made, "supplier_evaluation")
    assert (item.status, item.rule) == ("static_only", "nothing_counts")
    assert f"'{flags['supplier_list_without_evaluation']}' on 'suppliers.xlsx'" in item.provided
    assert item.evidence
    assert "Nothing about it was sent" not in item.gap
    assert found(made, "traceability").rule == "nothing_found"


def test_an_audit_that_only_a_flag_saw_is_left_to_a_reviewer():
    made = judged(
        report(
            "audit.docx",
            "# Internal audit report\n\nAudit date :: 12 May 2026 || Auditor :: Tran Van Minh || Auditee :: Tran Van Minh\n",
            kind="internal_audit_record", mode="other", criteria=(),
        )
    )  # fmt: skip
    assert "auditor_not_independent" in {flag.id for flag in made.flags}
    item = found(made, "continuous_improvement")
    assert (item.status, item.rule) == ("undetermined", "model_unsure")
    assert "'audit.docx'" in item.provided
    assert item.evidence


QUESTIONS = [
    f"| {at}.{n} | Is step {at}{n} determined and kept up? | Complied | OK |" for at in range(4, 8) for n in range(1, 7)
]


def checklist(*answers):
    rows = [*answers, *QUESTIONS[len(answers) :]]
    head = "# Internal audit checklist\n\nAudit date :: 12 May 2026 || Auditor :: Tran Van Minh || Department :: Press shop\n\n"
    return report(
        "audit.xlsx", head + "| Clause | Question | Finding | Result |\n" + "\n".join(rows),
        kind="internal_audit_record", criteria=("internal_audit",),
    )  # fmt: skip


REVIEW = report(
    "review.docx", "Management review of 20 June 2026. Scrap of the press shop 2.1 %, was 2.6 %: second die ordered, Mr Binh until 30 July.",
    kind="management_review_record", criteria=("management_review",),
)  # fmt: skip


def test_audits_that_find_nothing_are_no_continuous_improvement():
    hollow = judged(checklist(), REVIEW)
    item = found(hollow, "continuous_improvement")
    assert (item.status, item.rule) == ("partial", "hollow_records")
    assert "'audit.xlsx'" in item.explanation
    assert "see the red flag 'Audits without any finding'" in item.gap
    assert "Newest record of an internal audit" in item.provided
    assert item.ask
    real = judged(checklist("| 4.1 | Are gauges in date? | NC 1: gauge G-12 was due in March | NG |"), REVIEW)
    assert found(real, "continuous_improvement").status == "living"


@pytest.mark.parametrize(("score", "expected"), [("", "partial"), ("88", "living")])
def test_suppliers_rated_without_a_result_are_no_living_evaluation(score, expected):
    rows = "\n".join(f"| {name} | {score} | {score} |" for name in ("Blue Creek", "Tall Pine", "Grey Rock"))
    texts = [
        (
            f"rating {month}.xlsx",
            f"Supplier evaluation, date: 0{month}/07/2026\n\n| Supplier | Quality score | Total score |\n{rows}",
        )
        for month in (3, 6)
    ]
    papers = [
        report(path, text, kind="supplier_evaluation_record", criteria=("supplier_control",)) for path, text in texts
    ]
    visit = report(
        "visit.docx", "Evaluation visit before approval on 14 January 2026: Blue Creek, trial lot of 200, 3 rejected; 71 of 100 points, approved.",
        kind="supplier_evaluation_record", criteria=("supplier_control",),
    )  # fmt: skip
    assert found(judged(*papers, visit), "supplier_evaluation").status == expected


def test_every_flag_and_expectation_of_the_data_exists():
    data = table("expectations")
    known = {item["id"] for item in data["expectation"]}
    for kind in ("held", "empty", "hollow"):
        assert set(data["papers"][kind]) <= known
        assert {flag for flags in data["papers"][kind].values() for flag in flags} <= set(table("flags"))


def test_what_is_met_names_the_flags_to_read_beside_it():
    own = report("8d.docx", "Lotus Valley Pumps, report of lot L2604-11", kind="corrective_action_record")
    short = found(judged(certificate(), own), "certification")
    assert (short.status, short.gap) == ("living", "")
    long = found(judged(certificate(issue="14 March 2024", expiry="13 March 2029"), own), "certification")
    title = table("flags")["certificate_validity_too_long"]["title"]
    assert (long.status, long.gap) == ("living", f"See the red flag '{title}'.")


def test_the_flags_that_speak_of_expectations_are_flags():
    for kind, named in table("expectations")["papers"].items():
        for flags in named.values():
            assert set(flags) <= set(table("flags")), kind
