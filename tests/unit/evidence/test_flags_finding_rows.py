"""What became of the findings of an audit, row by row of its table and line by line of its text."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
HEAD = "# Internal audit, 17 March 2026\n\n| No | Department | Auditor | {heads} |\n"
ENGLISH = HEAD.format(heads="Finding | Cause and action | Done on | Verified")
CHINESE = HEAD.format(heads="發現 | 原因/矯正 | 完成日 | 確認")
ANSWERED = "| 1 | Stores | Rao | Bars without heat number | Tag in steel since 2 April | 2/4 | 6 May, 18 bars, all marked |\n"


def _raised(text: str) -> set[str]:
    return set(flags(report("Internal audit.xlsx", text, **AUDIT)))


@pytest.mark.parametrize(
    ("heads", "row", "left"),
    [
        (ENGLISH, "| 2 | Turning | Kuo | First-off sheet not signed on 11 March |  |  |  |", True),
        (CHINESE, "| 2 | 車床課 | 郭小姐 | 首件表 3/11 未簽 |  |  |  |", True),
        (ENGLISH, "| 2 | Turning | Kuo | First-off sheet not signed on 11 March | - | - | - |", True),
        (ENGLISH, "| 2 | Turning | Kuo | No finding, 14 sheets traced |  |  |  |", False),
        (ENGLISH, "| 2 | Turning | Kuo | OFI: sheets are kept on paper, not in the system |  |  |  |", False),
        (ENGLISH, "| 2 | Turning | Kuo | All first-off sheets are signed |  |  |  |", False),
        (ENGLISH, "| 2 | Turning | Kuo | First-off sheet not signed |  |  |  |\n\nPoint 2 was closed on 4 May 2026.", False),
        (ENGLISH, "| 2 | Turning | Kuo | First-off sheet not signed | Stamp on the sheet | 4/4 | 6 May, all signed |", False),
    ],
)  # fmt: skip
def test_rows_left_beside_answered_ones(heads, row, left):
    assert ("audit_findings_not_followed_up" in _raised(heads + ANSWERED + row)) is left


def test_a_row_with_its_action_is_a_finding_beside_clean_ones():
    clean = "| 2 | Microbiology | Moodley | No finding; 14 worksheets traced |  |  |  |"
    assert "audits_without_finding" not in _raised(ENGLISH + ANSWERED + clean)


TOLD = """# Internal quality audit, 17 and 18 March 2026

Pasting: paste density weighed 3 times in February against each batch in the instruction. Minor.

Stores: 14 drums of acid have no number. {last}

{end}
"""


@pytest.mark.parametrize(
    ("last", "end", "left"),
    [
        ("Minor.", "Replies in file (5 November): pasting - nil, stores - nil.", True),
        ("Minor.", "Auditees to send cause and correction by 17 April. Replies: none.", True),
        ("Minor.", "Replies of both came on 9 April; closed on 20 May 2026.", False),
        ("Minor.", "Cause and action of both were verified on 20 May 2026.", False),
    ],
)
def test_points_that_end_in_their_class(last, end, left):
    text = TOLD.format(last=last, end=end)
    assert ("audit_findings_not_followed_up" in set(flags(report("IQA March.docx", text, **AUDIT)))) is left
