"""Findings under their head, numbered without a dot as a list in a PDF is read, and a list of other things."""

from tests.unit.evidence.builders import flags, report

FLAG = "audit_findings_not_followed_up"

TEXT = """# Internal audit report 26-1
Date 17 February 2026. Auditor Esi Hammond (sales).
# {head}
1 The thermometer of the retort reads 1.8 °C below the reference
2 {second}
3 In stores five bags of acid stand past their date
Good practice: the hand washing station is watched on each shift.
"""


def _told(head: str, second: str = "Mango drums were used before the result came") -> set[str]:
    text = TEXT.format(head=head, second=second)
    return set(
        flags(report("internal audit Feb 2026.pdf", text, kind="internal_audit_record", criteria=("internal_audit",)))
    )


def test_points_numbered_without_a_dot() -> None:
    assert FLAG in _told("Findings")
    assert FLAG in _told("Temuan")
    assert FLAG in _told("不符合项")


def test_points_of_another_list_or_answered_ones() -> None:
    assert FLAG not in _told("Places seen")
    assert FLAG not in _told(
        "Findings", "Mango drums were used before the result came; corrective action closed 3 March 2026"
    )
