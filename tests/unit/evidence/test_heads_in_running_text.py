"""Heads of a case that stand in bold at the beginning of a paragraph, of which reading keeps the words and the full stop alone."""

import pytest

from evidence.facts.case_lines import labelled
from evidence.facts.text import Span
from tests.unit.evidence.builders import flags, report


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Root cause. Die worn at the gate, no interval for its change.", ["Root cause: Die worn at the gate, no interval for its change."]),
        ("Nguyên nhân. Khuôn mòn ở cổng phun, chưa có chu kỳ thay.", ["Nguyên nhân: Khuôn mòn ở cổng phun, chưa có chu kỳ thay."]),
        ("原因。模具浇口磨损，没有保养周期，上次保养在两年前的三月份一直没有做过。", ["原因: 模具浇口磨损，没有保养周期，上次保养在两年前的三月份一直没有做过。"]),
        (
            "D4 occurrence. Moisture of the faces differs. D4 escape. Warp was measured straight behind the press.",
            ["D4 occurrence: Moisture of the faces differs.", "D4 escape: Warp was measured straight behind the press."],
        ),
        (
            "D7. FMEA line 17 changed. D8. 30.09.2026: 118 batches after 48 h, none above 4.0.",
            ["D7: FMEA line 17 changed.", "D8: 30.09.2026: 118 batches after 48 h, none above 4.0."],
        ),
        ("Closed. Goods were sent back to the supplier on the next day.", ["Closed. Goods were sent back to the supplier on the next day."]),
        ("Lot 4 failed. D3 drilling was stopped and the machine was set again.", ["Lot 4 failed. D3 drilling was stopped and the machine was set again."]),
    ],
)  # fmt: skip
def test_a_paragraph_is_cut_at_heads_that_are_sentences(line: str, parts: list[str]) -> None:
    assert [span.text for span in labelled(Span(0, len(line), line))] == parts


PAPER = """# Corrective action request CAR-2026-31

CAR no. :: CAR-2026-31 || Date raised :: 14 July 2026

Problem. Lifted lead at U7 on 23 boards, found at the circuit test.

Root cause. Reflow profile taken over from another board that is thinner by 0.6 mm.

Corrective action. New profile with a peak of 241 °C, thermocouple on U7.

Action completed on :: {done} || By :: K. Saravanan

Verification. Three lots, 2,400 boards in all, no lifted lead. Checked 28 August 2026."""


@pytest.mark.parametrize(("done", "told"), [("9 July 2026", True), ("20 July 2026", False)])
def test_days_of_such_a_paper_are_those_of_its_case(done: str, told: bool) -> None:
    made = report(
        "CAR-2026-31.pdf", PAPER.format(done=done), kind="corrective_action_record", criteria=("corrective_action",)
    )
    found = flags(made)
    assert ("done_before_reported" in found) is told
    assert "no_root_cause" not in found
