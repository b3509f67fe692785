"""One count told alike in two papers, and beside it another number of bad ones or another share; sections headed by another paper's number."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags.one_subject import one_subject
from evidence.flags.told_beside_counts import told_beside_counts
from tests.unit.evidence.builders import report

TODAY = date(2026, 9, 30)
YEAR = """=== 2025
| Samples answered in the agreed time, 2025 | | | |
| Quarter | Samples | In time | % |
| Q1 | 1,204 | 1,160 | 96.3 |
| Q2 | 1,377 | 1,310 | 95.1 |
| Q3 | 1,190 | 1,136 | 95.5 |
| Q4 | 1,311 | 1,259 | 96.0 |
| Year | 5,082 | 4,865 | 95.7 |
"""
REGISTER = """# Lots refused at final check, June 2026
Lots inspected in the month: 163   Lots rejected: 5
| Date | Lot | Found |
| 4 June | K-0604-2 | 3 short |
"""


def beside(sheet: str, said: str, path: str = "sheet.xlsx") -> bool:
    papers = [
        report(path, sheet, kind="metrics_record", criteria=("quality_metrics",)),
        report("review.docx", f"# Review\n10/07/2026\n\n{said}", kind="management_review_record", criteria=("quality_metrics",)),
    ]  # fmt: skip
    return bool(list(told_beside_counts(Bundle("Somebody", TODAY, papers))))


@pytest.mark.parametrize(
    ("sheet", "said", "raised"),
    [
        (YEAR, "5,082 samples were answered in 2025, of which 97.8 % in the agreed time.", True),
        (YEAR, "Năm 2025 trả lời 5.082 mẫu, 97,8 % đúng thời gian đã hẹn.", True),
        (YEAR, "5,082 samples were answered in 2025, of which 95.7 % in the agreed time.", False),
        (YEAR, "5,082 samples were answered in 2025, 4.3 % of them late.", False),
        (YEAR, "5,082 samples were answered in 2025; the target is 97.8 %.", False),
        (YEAR, "Corrected: 5,082 samples were answered in 2025, 97.8 % in time.", False),
        (REGISTER, "In June 2026 163 lots were inspected. Of these 8 were rejected.", True),
        (REGISTER, "Sepanjang Juni 2026 sebanyak 163 lot telah diperiksa. Daripadanya 8 lot ditolak.", True),
        (REGISTER, "2026年6月检验163批，不合格8批。", True),
        (REGISTER, "In June 2026 163 lots were inspected. Of these 5 were rejected.", False),
        (REGISTER, "In May 2026 163 lots were inspected. Of these 8 were rejected.", False),
        (REGISTER, "In June 2026 163 persons were trained, 8 lots were rejected at Hanbit.", False),
    ],
)
def test_beside_one_count_stands_one_figure(sheet: str, said: str, raised: bool) -> None:
    assert beside(sheet, said) is raised


AUDIT = """# Internal audit report IA-26-02
Held 11 and 12 May 2026.

Total 8 findings: 2 minor, 6 OFI.
"""


@pytest.mark.parametrize(("found", "minor", "raised"), [(8, 2, False), (6, 1, True)])
def test_a_section_headed_by_a_number_counts_what_that_paper_counts(found: int, minor: int, raised: bool) -> None:
    deck = f"# Review, 20 June 2026\nPresent: all heads\n# Audit IA-26-02\nFindings raised: {found}\nminor {minor}, OFI {found - minor}\n# Output\nNew press"
    papers = [
        report("audit.docx", AUDIT, kind="internal_audit_record", criteria=("internal_audit",)),
        report("deck.pptx", deck, kind="management_review_record", criteria=("management_review",)),
    ]
    assert bool(list(one_subject(Bundle("Somebody", TODAY, papers)))) is raised
