"""What a case is worth: one is one occasion, a check to come is none, and what came back was not fixed."""

import pytest

from evidence.model import Report
from tests.unit.evidence.builders import certificate, report
from tests.unit.evidence.test_assessment import RULES_ONLY, judged, status
from tests.unit.evidence.test_flags_cases import case

FORM = """# Corrective action

CAPA no. :: 26-12 || Raised :: {raised}

Problem :: 23 drivers of 1,500 dead after three weeks, bulge of the capacitor, lot L26-0{number}07

Root cause :: capacitor for 85 °C fitted in place of 105 °C, the alternate part was approved without a look at the heat

Action :: alternate removed from the list of parts on 9 July 2026

Preventive action :: the designer signs a column for heat before any alternate is approved

Effectiveness :: {check}

Closed :: {closed}
"""
SEEN = "14 August 2026, three lots, 0 failures of 5,920 in the oven"
AHEAD = "14 December 2026, three lots, 0 failures of 5,920 in the oven"


def capa(check=SEEN, closed="20 August 2026", raised="6 July 2026", number=1):
    return report(
        f"CAPA 26-1{number}.docx", FORM.format(check=check, closed=closed, raised=raised, number=number),
        kind="corrective_action_record", criteria=("corrective_action",),
    )  # fmt: skip


def marks(made: Report) -> dict[str, bool]:
    return {mark.id: mark.seen for mark in made.marks}


@pytest.mark.parametrize(
    ("check", "expected", "fixed", "tightened"),
    [
        (SEEN, ("living", "closed_loop"), True, True),
        (AHEAD, ("partial", "one_case_unchecked"), False, False),
        ("", ("partial", "one_case_unchecked"), False, True),
    ],
)
def test_one_case_is_one_occasion_and_a_check_to_come_is_none(check, expected, fixed, tightened) -> None:
    made = judged(RULES_ONLY, capa(check))
    assert status(made, "corrective_action") == expected
    assert marks(made)["recurring_issues_fixed"] is fixed
    assert marks(made)["actions_tightened"] is tightened


def test_two_cases_are_two_occasions() -> None:
    other = case(
        opened="4 May 2026", closed="25 May 2026", number="011", path="CAPA-26-011.docx", check="",
        problem="thread missing on 3 covers, lot 26F02", cause="tap broke, the sensor was dirty and saw nothing",
    )  # fmt: skip
    assert status(judged(RULES_ONLY, capa(""), other), "corrective_action") == ("living", "records_over_time")
    assert status(judged(RULES_ONLY, other), "corrective_action") == ("partial", "one_case_unchecked")


REGISTER = """# Complaints 2026

| No | Came in | Product | Problem | Root cause | Action | Closed | Effectiveness |
| 26-02 | 11 February 2026 | label 12 mm | edges fray after washing, 640 pieces | knife too cold, sensor drifted | sensor changed | 13 March 2026 | {0} |
| 26-05 | 20 April 2026 | label 30 mm | wrong shade, 2 rolls | yarn lots mixed on the shelf | shelves marked by lot | 27 May 2026 | {1} |
| 26-07 | 23 June 2026 | {2} | knife bed loose by 0.3 mm | bed changed | 24 July 2026 | {3} |
"""


def register(*cells: str) -> Report:
    made = report(
        "complaints.xlsx", REGISTER.format(*cells), kind="corrective_action_record", criteria=("corrective_action",)
    )
    return judged(RULES_ONLY, certificate(), made)


def test_what_came_back_after_it_was_closed_was_not_fixed() -> None:
    checks = ("10 March: 5 rolls washed, no fray", "25 May: 14 shelves seen", "21 July: 3 rolls washed, good")
    back = register(*checks[:2], "label 12 mm | edges fray after washing, 310 pieces", checks[2])
    assert "same_defect_after_closure" in {flag.id for flag in back.flags}
    assert not marks(back)["recurring_issues_fixed"]
    (mark,) = (one for one in back.marks if one.id == "recurring_issues_fixed")
    assert "on 'complaints.xlsx'" in mark.explanation
    assert mark.evidence
    other = register(*checks[:2], "tape 40 mm | box torn in the lorry, 3 boxes", checks[2])
    assert marks(other)["recurring_issues_fixed"]


def test_one_sentence_for_every_check_shows_nothing_fixed() -> None:
    same = register(*["The action was effective and the problem is solved."] * 2, "tape 40 mm | box torn, 3 boxes", "The action was effective and the problem is solved.")  # fmt: skip
    assert "same_sentence_as_verdict" in {flag.id for flag in same.flags}
    assert not marks(same)["recurring_issues_fixed"]


def test_done_beside_a_sentence_is_the_action_and_beside_a_day_its_end() -> None:
    text = (
        "# Corrective action 26-05\n\nComplaint :: 30 bags of filter grind held whole beans || Came in :: 4 May 2026\n\n"
        "Why :: The trolleys are all grey and stood at one bay with no sign\n\n"
        "Done :: {}\n\nLooked at again :: 26 June 2026, five weeks, 214 trolleys, none in the wrong bay\n\nClosed :: 29 June 2026\n"
    )
    told = "Ground coffee has red trolleys now and a bay of its own with a rail that the grey ones do not pass, 20 May 2026"
    for done, expected in ((told, True), ("20 May 2026", False)):
        made = report("26-05.docx", text.format(done), kind="corrective_action_record", criteria=("corrective_action",))
        (case,) = (fact for fact in made.facts if fact.kind == "case")
        assert ('"action":"Ground coffee' in case.value) is expected
    assert (
        '"closed":"2026-06-29"'
        in report("26-05.docx", text.format(told), kind="corrective_action_record").facts[0].value
    )


LETTER = """Dear Mrs Brandt,

On 13 April 2026 you told us that mould M-1158 loses plastic at nozzle 3 of the hot runner.

The seat of nozzle 3 is 0.04 deeper than the others because the tool was measured with chips on the laser.

Since 27 April 2026 the program blows the laser clean and measures twice.

{}

The case was closed on 27 May 2026.
"""


@pytest.mark.parametrize(
    ("told", "fixed"),
    [
        ("Looked at on 25 May 2026: five moulds, 22 seats measured, spread 0.008 at most.", True),
        ("On 25 May 2026 we checked 240 drums and found no leak.", True),
        ("We will look at 22 seats on 25 May 2026, and want a spread of 0.008 at most.", False),
        ("Thank you for 22 years of trust, and for the visit of 25 May 2026.", False),
    ],
)
def test_a_case_told_in_a_letter_counts_where_it_tells_what_was_seen_afterwards(told, fixed) -> None:
    made = report("letter.docx", LETTER.format(told), kind="corrective_action_record", criteria=("corrective_action",))
    assert [fact.role for fact in made.facts if fact.kind == "case"] == ["letter"]
    found = judged(RULES_ONLY, made)
    assert marks(found)["recurring_issues_fixed"] is fixed
    assert status(found, "corrective_action") == (
        ("living", "closed_loop") if fixed else ("partial", "one_case_unchecked")
    )


def test_lots_that_only_sound_like_corrective_action_are_none() -> None:
    text = "| Day | Lot | Thickness |\n| 2 September 2026 | P0902A | 1.57 |\n| 8 September 2026 | P0908A | 1.59 |\n"
    log = report("log.xlsx", text, kind="traceability_record", criteria=("traceability", "corrective_action"))
    assert status(judged(RULES_ONLY, log), "corrective_action") == ("partial", "no_case")
    case_ = report("log.xlsx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert status(judged(RULES_ONLY, case_), "corrective_action")[0] == "living"


def test_the_title_of_a_form_is_no_head_of_its_action() -> None:
    text = "# F-22 Corrective action\n\nNo. :: 25-19 || Raised (date, by) :: 3 December 2025, Mere Tapsell\n\nWhat happened :: dust in the bottom of 12 kg bags || Why :: the dryer was slowed by a worn sprocket\n\nWhat we did :: sprocket and chain replaced\n\nClosed :: 24 February 2026\n"
    made = report("CA 25-19.docx", text, kind="corrective_action_record", criteria=("corrective_action",))
    (told,) = (fact.value for fact in made.facts if fact.kind == "case")
    assert '"opened":"2025-12-03"' in told
    assert '"action":"sprocket' in told
