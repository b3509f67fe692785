"""What became of the findings of an audit, row by row of its table and line by line of its text."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
HEAD = "# Internal audit, 17 March 2026\n\n| No | Department | Auditor | {heads} |\n"
ENGLISH = HEAD.format(heads="Finding | Cause and action | Done on | Verified")
CHINESE = HEAD.format(heads="發現 | 原因/矯正 | 完成日 | 確認")
ANSWERED = (
    "| 1 | Stores | Rao | Bars without heat number | Tag in steel since 2 April | 2/4 | 6 May, 18 bars, all marked |\n"
)


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


MINUTES = "# Management review, 29 January 2026\n\nPresent: Lim, Ravi, Devi.\n\n{told}\n\nScrap was 3.4 % in 2025.\n"


@pytest.mark.parametrize(
    ("told", "kind", "old"),
    [
        ("Last internal audit was done on 8 July 2025 by Faridah: 3 NC, closed 9 September 2025.", "management_review_record", True),
        ("Last internal audit was done on 8 December 2025 by Faridah: 3 NC.", "management_review_record", False),
        ("Internal audits are planned yearly; the programme of 8 July 2025 stands.", "management_review_record", False),
        ("Last internal audit was done on 8 July 2025.", "procedure", False),
    ],
)  # fmt: skip
def test_minutes_tell_when_an_audit_was_last_held(told, kind, old):
    minutes = report("Minutes.docx", MINUTES.format(told=told), kind=kind, criteria=("management_review",))
    assert ("internal_audit_too_old" in flags(minutes)) is old


def test_minutes_say_nothing_where_the_audit_itself_was_sent():
    told = MINUTES.format(told="Last internal audit was done on 8 July 2025 by Faridah.")
    minutes = report("Minutes.docx", told, kind="management_review_record", criteria=("management_review",))
    audit = report(
        "Internal audit.docx", "# Internal audit, 3 March 2026\n\nStores: one label torn. Closed 9 April 2026.", **AUDIT
    )
    assert "internal_audit_too_old" not in flags(minutes, audit)


RULE = {"kind": "procedure", "reading": "static", "mode": "prescription"}


def test_watching_testers_at_work_is_a_rule_on_their_competence():
    text = "# PR-12 {title}\n\nEach tester is watched twice a year by the head of the laboratory on form F-12/1; below 80 points he is trained again."
    for title in ("Monitoring of personnel", "Personel izleme", "人员监督"):
        assert "procedure_without_record" in flags(report("PR-12.pdf", text.format(title=title), **RULE))


def test_a_list_of_who_heads_what_is_no_rule():
    text = "# Who is who, training season 2026\n\n| Function | Name | Deputy |\n| Station | Selin Ak | Cem |\n| Ramp | Cem Aydemir | Taş |"
    made = report("Training who is who.docx", text, criteria=("competence",), **RULE)
    assert "procedure_without_record" not in flags(made)
