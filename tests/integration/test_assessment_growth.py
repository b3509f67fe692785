"""The assessment grows with the papers of a supplier and not with their square: calls are counted, never the time they take."""

from datetime import date

import pytest

from corpora.authored import load_corpus
from evidence.bundle import Bundle
from evidence.data import table
from evidence.flags.registry import RULES, settings_of
from evidence.model import DocumentReport
from evidence.worked import worked
from tests.counting import calls_of
from tests.integration.authored_reports import report

TODAY = date(2026, 9, 30)
FEW, MANY = 60, 180
WORTH_COUNTING = 1_000_000
"""Calls below which a rule is quick however it grows: a fifth of a second."""

MOST_GROWTH = 5.0
"""How much more a rule may do for three times the papers; one that looks at each pair of them would do nine times as much. Papers are of
different lengths and kinds, so that three cannot be asked.
"""


@pytest.fixture(scope="module")
def papers() -> list[DocumentReport]:
    """Authored papers of many suppliers as if of one, in an order that spreads kinds and languages."""
    authored = [one for supplier in load_corpus() for one in supplier.documents]
    step = len(authored) // MANY
    return [
        (found := report(one)).model_copy(update={"path": f"{place}/{found.path}"})
        for place, one in enumerate(authored[: step * MANY : step])
    ]


def calls_by_rule(papers: list[DocumentReport]) -> dict[str, int]:
    """The calls of each rule of flags over some papers."""
    bundle = Bundle("Many Papers Co., Ltd", TODAY, worked(papers, TODAY))
    found = {}
    for identity in table("flags"):
        if identity in RULES:
            settings = settings_of(bundle, identity)
            found[identity] = calls_of(lambda rule=RULES[identity], known=settings: list(rule(bundle, known)))  # type: ignore[misc]
    return found


def test_no_rule_grows_with_the_square_of_the_papers(papers: list[DocumentReport]) -> None:
    calls_by_rule(papers)  # texts are folded and patterns made once: not the work of the rule that comes first
    many, few = calls_by_rule(papers), calls_by_rule(papers[:: MANY // FEW])
    grown = {
        identity: round(many[identity] / max(1, few[identity]), 1)
        for identity in many
        if many[identity] > WORTH_COUNTING and many[identity] > MOST_GROWTH * few[identity]
    }
    assert WORTH_COUNTING < sum(many.values()) < MOST_GROWTH * sum(few.values())
    assert not grown
