"""Flags on cases that stand in paragraphs of one paper, end within another cell, or are told by boxes, short heads and words for the
same again: each with its near miss.
"""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

FILE = """Complaints of one customer, style 2207

K-26-04. Came in 9 February 2025. Ladders starting at the left armhole, 63 pieces out of 1,800. The dial of station 12 had two bent points. Both points replaced on 13 February, 500 pieces looked at by 6 March, no ladder. Closed 10 March 2025.

K-26-15. Came in 1 October 2025. {again}. Points were bent. A harder dial is made."""


@pytest.mark.parametrize(
    ("again", "same"),
    [
        ("Ladders from the left armhole again, 48 pieces out of 2,100", True),
        ("Care label sewn upside down, 40 pieces", False),
    ],
)
def test_cases_in_the_paragraphs_of_one_paper(again, same):
    assert ("same_defect_after_closure" in flags(report("File.docx", FILE.format(again=again), **CASES))) is same


LOG = """=== 2025
| No | Date | Part | Problem | Cause | Action | Verification - closing |
| N-11 | 03/04/2025 | neck 4 | lap at the neck, 26 of 410 | radius worn to 3.5 mm | radius ground | 3 lots, no lap; {end} |
| N-16 | 19/05/2025 | blind 2 | thickness 0.8 mm low | bolt of the stroke loose | lock nut fitted | 1,260 measured; closed 12/06/2025 |
| N-27 | 16/07/2025 | neck 4 | lap at the neck, 31 of 388 | radius 3.6 mm | die changed | 2 lots clean |
"""


@pytest.mark.parametrize(("end", "same"), [("closed 22/04/2025", True), ("not closed, see 22/04/2025", False)])
def test_a_closing_within_the_look_at_the_effect(end, same):
    assert ("same_defect_after_closure" in flags(report("Log.xlsx", LOG.format(end=end), **CASES))) is same


@pytest.mark.parametrize(
    ("ticked", "unchecked"),
    [("[ ] 1 month [x] not deemed necessary", True), ("[x] 1 month, 4 lots with 0 [ ] not deemed necessary", False)],
)
def test_boxes_say_what_is_ticked(ticked, unchecked):
    form = f"""Opened :: 11 February 2025
Problem :: bond weak, 2.1 MPa of 3.5
Root cause :: belt of the stirrer broken
Action :: direct drive fitted
Effectiveness :: {ticked}
Closed :: 5 March 2025"""
    assert ("no_effectiveness_check" in flags(report("CAR.docx", form, **CASES))) is unchecked


@pytest.mark.parametrize(("kind", "blamed"), [("[x] man [ ] machine", True), ("[ ] man [x] machine", False)])
def test_a_box_that_blames(kind, blamed):
    form = f"""Opened :: 11 February 2025
Problem :: wrong month printed on 340 bags
Root cause :: {kind}
Action :: [x] retraining [ ] new fixture
Effectiveness :: 30 lots checked on 12 March 2025, all right"""
    assert ("human_error_retrain_only" in flags(report("CAR.docx", form, **CASES))) is blamed


@pytest.mark.parametrize(("detail", "lacks"), [("N.A.", True), ("temple ring worn", False)])
def test_short_heads(detail, lacks):
    sheet = f"""=== REG
| CAPA | Dt open | Defect | RC code | RC detail | CA | Dt close | Eff. chk |
| 26/07 | 04-05-25 | shade bar 90 m | 03 | valve passing | seat replaced | 29-05-25 | 22-06-25, 4 rolls 0 bar |
| 26/09 | 15-06-25 | holes at selvedge | 99 | {detail} | temple ring changed | 10-07-25 | 12-08-25, 900 m 0 |
"""
    assert ("no_root_cause" in flags(report("CAPA.xlsx", sheet, **CASES))) is lacks


def test_a_word_for_the_same_again_is_what_stands_above():
    rows = "".join(f"| 0{n} | seam {n} off; guide worn | plate {n} | 1{n}/02 | ditto |\n" for n in range(2, 7))
    sheet = f"""=== R
| CAPA | Problem and cause | Action | Closed | Effectiveness |
| 01 | sole loose; primer old | card for primer | 23/01/2025 | carried out well and the problem did not come again |
{rows}"""
    found = flags(report("Recap.xlsx", sheet, **CASES))
    assert "same_sentence_as_verdict" in found
    assert "no_root_cause" not in found


def test_a_day_between_action_and_state_is_the_one_promised():
    sheet = """=== T
| Ref | Problem | Root cause | Action | Date committed | Status / remark |
| 21 | spring-back 1.4 deg | coil yield high | stop with feedback | 30-09-2025 | done 28-09-2025 |
| 22 | oil stain | nozzle drips | check valve | 16-10-2025 | Done 14-10-2025, 12 coils clean |
"""
    assert "done_before_reported" not in flags(report("Tracker.xlsx", sheet, **CASES))


@pytest.mark.parametrize(("end", "same"), [("closed, same evening mailed", True), ("closed on 20 March 2025", False)])
def test_hours_beside_the_disciplines(end, same):
    form = f"""D1 09:15 :: Raman, Devi 14-02-2025
D2 / D3 10:00 :: torn lip, 1,177 sorted
D4 12:30 :: parting line has a dent of 0.2 mm
D5 / D6 15:00 :: cavity 3 polished
D7 16:30 :: 100 pulled by hand, no tear
D8 17:45 :: team thanked, report completed and {end}"""
    assert ("closed_same_day" in flags(report("8D.docx", form, **CASES))) is same


@pytest.mark.parametrize(
    ("cause", "lacks"),
    [
        ("The reason of the leakage we could not say", True),
        ("The reason of the leakage was sand that was too moist", False),
    ],
)
def test_a_letter_that_found_no_cause(cause, lacks):
    text = f"""Dear Mr Haas,

You wrote on 3 March 2025 that 3 housings leak at the flange.

{cause}.

Since 17 March we changed the test to 30 s with 4 bar, 640 housings were tested, 0 leaked.

The complaint was closed on 8 April 2025."""
    assert ("no_root_cause" in flags(report("Answer.docx", text, **CASES))) is lacks


def test_an_interim_report_may_still_seek_its_cause():
    form = """Part :: 6205 cage, lot K26-09
Problem :: cage rivet loose, 5 pieces
Containment :: 3,100 checked by torque, 2 removed
Action :: rivet supplier is visited"""
    fresh = report("8D interim.docx", "8D 26/11 interim, 10 September 2026\n" + form, **CASES)
    assert "no_root_cause" not in flags(fresh)
