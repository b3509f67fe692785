"""Places for a cause that send back to the problem, or say that it holds not; and short causes that tell something."""

import pytest

from evidence.hollow import says_nothing, sends_back
from tests.unit.evidence.builders import flags, report

FLAG = "no_root_cause"

CASE = """# 8D 26-14
D2 Problem :: 6 frames of type 40 crack at the corner, order 5521, 12 May 2026
D4 Root cause :: {cause}
D5 Corrective action :: Corner radius set to 4 mm, 20 May 2026
D8 Closed :: 30 June 2026
"""


@pytest.mark.parametrize(
    "cause",
    [
        "see D2",
        "Same as the problem above.",
        "xem D2",
        "Lihat D2",
        "ดู D2",
        "见D2",
        "同问题描述",
        "D2 참조",
        "D2 bakınız",
    ],
)
def test_a_place_that_sends_back_to_the_problem(cause: str) -> None:
    assert sends_back(cause)


@pytest.mark.parametrize(
    "cause", ["see 5-why sheet", "see D5", "see attached", "problem of the furnace", "xem phụ lục 2"]
)
def test_a_place_that_sends_to_the_analysis(cause: str) -> None:
    assert not sends_back(cause)


def test_an_8d_whose_cause_is_its_problem() -> None:
    def paper(cause: str) -> set[str]:
        return set(flags(report("8D 26-14.pdf", CASE.format(cause=cause), kind="corrective_action_record")))

    assert FLAG in paper("see D2")
    assert FLAG not in paper("see 5-why sheet 26-14")


def test_it_opens_because_it_is_not_holding() -> None:
    problem = "Strap opens at the buckle, 14 of 600 bags"
    assert says_nothing("The strap opens because it is not holding at the buckle", problem)
    assert not says_nothing("The strap opens because the tooth is not holding, worn punch", problem)
