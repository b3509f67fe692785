"""Which word stands over a report, by the statuses of its expectations."""

import pytest

from evidence.assessment import assess
from evidence.headline import headline
from tests.unit.evidence.builders import TODAY, bundle, report

PAPERS = tuple(
    report(
        f"SOP-0{n}.docx",
        f"The manager shall review subject {n} every month.",
        kind="procedure",
        reading="static",
        mode="prescription",
    )
    for n in range(1, 5)
)
EXPECTATIONS = assess("Lotus Valley Pumps Co., Ltd", TODAY, PAPERS).expectations


def said(**counts: int) -> str:
    """The headline where so many of the nine expectations beside the certificate have each status."""
    statuses = [name for name, number in counts.items() for _ in range(number)]
    statuses += ["missing"] * (9 - len(statuses))
    others = (e for e in EXPECTATIONS if e.id != "certification")
    given = [e.model_copy(update={"status": status}) for e, status in zip(others, statuses, strict=True)]
    held = next(e for e in EXPECTATIONS if e.id == "certification").model_copy(update={"status": "living"})
    return headline(bundle(*PAPERS), [*given, held])[0]


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ({}, "audit-only"),
        ({"living": 1}, "audit-only"),
        ({"living": 2}, "partly living"),
        ({"stale": 2}, "partly living"),
        ({"living": 1, "partial": 2}, "audit-only"),
        ({"living": 1, "partial": 3}, "partly living"),
        ({"living": 1, "partial": 7}, "partly living"),
        ({"partial": 5}, "audit-only"),
        ({"partial": 6}, "partly living"),
        ({"living": 5, "partial": 4}, "living"),
    ],
)
def test_records_make_the_word(counts, word):
    assert said(**counts) == word


def test_a_certificate_alone_makes_nothing_live():
    assert said(static_only=9) == "audit-only"


@pytest.mark.parametrize(("name", "word"), [("corrective_action", "partly living"), ("supplier_records", "audit-only")])
def test_one_living_core_process_is_more_than_papers_for_the_audit(name, word):
    given = [e.model_copy(update={"status": "living" if e.id == name else "missing"}) for e in EXPECTATIONS]
    assert headline(bundle(*PAPERS), given)[0] == word


@pytest.mark.parametrize(
    ("areas", "status"),
    [
        (("corrective_action",), "partial"),
        (("corrective_action", "internal_audit", "management_review", "competence"), "stale"),
    ],
)
def test_old_records_of_one_area_are_no_system_that_went_stale(areas, status):
    old = [
        report(
            f"{area} {month}.docx",
            f"{month} March 2023: Ms Lan Pham of quality checked the work of line {month} and found 3 of 40 pieces short.",
            kind="other",
            criteria=(area,),
        )
        for area in areas
        for month in (4, 11)
    ]
    made = assess("Lotus Valley Pumps Co., Ltd", TODAY, old)
    assert next(e.status for e in made.expectations if e.id == "systematic_processes") == status


@pytest.mark.parametrize(("rule", "word"), [("few_areas", "partly living"), ("hollow_records", "audit-only")])
def test_records_that_a_rule_discredits_weigh_nothing(rule, word):
    given = [
        e.model_copy(
            update={"status": "partial", "rule": rule if e.id == "continuous_improvement" else "one_occasion"}
            if e.id not in ("certification", "supplier_records", "supplier_monitoring", "supplier_evaluation")
            else {"status": "missing"}
        )
        for e in EXPECTATIONS
    ]
    assert headline(bundle(*PAPERS), given)[0] == word
