"""Flags on tasks whose state stands in words of the factory's own, at the end of a line or in the sentence behind; checks told with their
day. Each with its near miss.
"""

import pytest

from evidence.facts.columns import state_of
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("供应商报价中", "open"),
        ("5/20 采购中", "open"),
        ("4/12 完成，效果观察中", "done"),
        ("견적 중", "open"),
        ("설치 완료, 사용 중", "done"),
        ("maint. dept to reply", "open"),
        ("quotation awaited", "open"),
        ("Sipariş bile verilmemiş", "open"),
        ("Değişti 19.08.2026", "done"),
    ],
)
def test_states_in_the_words_of_factories(text, state):
    assert state_of(text) == state


LIST = """=== CAPA
| No | Raised | What is wrong | Action | Target | {head} |
| 05 | 18.02.26 | sieve torn, residue 0.8 % | frame of steel | 31.03.26 | closed 27.03.26 |
| 09 | 06.05.26 | counter disconnected | counter in check list | 30.06.26 | {state} |
"""


@pytest.mark.parametrize(("state", "overdue"), [("quotation awaited", True), ("closed 20.06.26", False)])
@pytest.mark.parametrize("head", ["Position", "How it goes", "Status"])
def test_the_state_is_known_by_its_cells(head, state, overdue):
    found = flags(report("CAPA.xlsx", LIST.format(head=head, state=state), **CASES))
    assert ("overdue_actions" in found) is overdue


@pytest.mark.parametrize(
    ("due", "overdue"),
    [("12 Feb, re-planned to 27 Dec (PC change)", False), ("12 Feb", True), ("12 Feb, moved to 14 Mar", True)],
)
def test_a_day_put_off_in_its_own_cell(due, overdue):
    sheet = f"""Opened 7 January 2026 by Lim, closed on 20 May 2026.

| What | Who | Due | Done |
| Salt in two parts | Ravi | 13 Jan | 13 Jan |
| Chart in the lab computer | Lim | {due} | |
"""
    assert ("overdue_actions" in flags(report("DV.xlsx", "=== S\n" + sheet, **CASES))) is overdue


LINES = """Decisions and how they stand (added 16.05.2026):
- Monthly check of the dials, Hakan, 31.01.2026. {first}
- Lamps of the light box, Sevda, 28.02.2026. Changed 19.02.2026.
- Contract with the dye house (Nuri, 15.03.2026). {last}
"""


@pytest.mark.parametrize(
    ("first", "last", "overdue"),
    [
        ("Not started.", "Waiting.", True),
        ("Başlanmadı.", "Bekliyor.", True),
        ("Done 20.01.2026.", "Signed 12.03.2026.", False),
    ],
)
def test_lines_that_end_in_their_state(first, last, overdue):
    text = LINES.format(first=first, last=last)
    assert ("overdue_actions" in flags(report("Review.docx", text, **REVIEW))) is overdue


@pytest.mark.parametrize(
    ("written", "state", "overdue"),
    [
        ("06.05.2026", "Not even ordered.", True),
        ("06.05.2026", "Ordered and fitted.", False),
        ("06.02.2026", "Not ordered yet.", False),
    ],
)
def test_a_task_within_minutes(written, state, overdue):
    text = f"""Follow-up ({written}): corner posts tried, no crushing since. From January: thickness gauge to be bought, Ufuk, 31.03.2026. {state}"""
    assert ("overdue_actions" in flags(report("Review.docx", text, **REVIEW))) is overdue


def test_a_check_until_a_day_that_is_closed_is_no_open_task():
    text = """Check: 14 lots kept 60 days at 30 C, no insect until 30 January 2026. Closed 4 February 2026. 26 pouches still in our store."""
    assert "overdue_actions" not in flags(report("Complaints.docx", text, **CASES))


@pytest.mark.parametrize(
    ("check", "unchecked"),
    [
        ("First check 17 February: 4 chips in 500. Locked 18 February. Second check 22 March: 0 in 800", False),
        ("Sheet IS-22 raised to revision 4", True),
    ],
)
def test_looks_told_with_their_day(check, unchecked):
    form = f"""D2 :: letter of 11 January 2026: 38 of 1,200 kettles with a chip beside the rivet
D4 :: rivet dies pressed at 0.62 MPa since the new regulator
D5 :: regulator locked at 0.42 MPa
D7 :: {check}
D8 :: Shut 30 March 2026, letter same day"""
    assert ("no_effectiveness_check" in flags(report("8D.docx", form, **CASES))) is unchecked
