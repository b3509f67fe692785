"""Audits told in one table: areas, who answers for them, who audited them, on which day, and what was found in each."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    ("lead", "auditor", "raised"),
    [
        ("何勇", "何勇（仓库）", True),
        ("Ms. Do Thu Ha (Manager)", "Ms. Do Thu Ha (QA)", True),
        ("Nguyen Van Hung (Press)", "Nguyen Van Hung (QA)", False),
        ("Ms. Do Thu Ha (Manager)", "Mr. Bui Van Nam (Store)", False),
    ],
)
def test_one_name_in_both_columns_with_a_section_behind_it(lead, auditor, raised):
    text = f"# Internal audit 2026\n\n| Dept | Person in charge | Auditor | Date | Finding |\n| Press | Mr Le Thinh | Ms Tran Yen (Stores) | 2026-03-24 | Card of die 118 missing |\n| Stores | {lead} | {auditor} | 2026-03-25 | none |\n"
    assert ("auditor_not_independent" in flags(report("Audit 2026.xlsx", text, **AUDIT))) is raised


@pytest.mark.parametrize(
    ("head", "story", "none", "raised"),
    [
        ("Finding / action", "Gutter broken, repaired 30/3. Checked 22/4 after rain: dry. Closed", "no finding", False),
        ("Phát hiện và xử lý", "Máy đo ẩm hết pin, cấp pin 27/07; kiểm tra 24/08 ghi đủ. Đóng", "Không có", False),
        ("Findings", "no finding", "no finding", True),
    ],
)
def test_what_was_found_and_done_in_one_cell_beside_rows_without(head, story, none, raised):
    text = (
        f"# Internal audit 2026\n\n| Dept | Auditee | Auditor | Date | {head} |\n| Production | Mr Lim KH | Ms Faridah (QA) | 17/03/2026 | {story} |\n"
        f"| QA | Ms Faridah | Mr Lim KH | 17/03/2026 | {none} |\n| Purchasing | Ms Chong | Mr Rajan | 18/03/2026 | {none} |\n| Store | Mr Rajan | Ms Faridah | 18/03/2026 | {none} |\n"
    )
    assert ("audits_without_finding" in flags(report("IA 2026.xlsx", text, **AUDIT))) is raised


def test_the_day_on_which_an_area_was_audited_is_none_until_when():
    text = (
        "# Internal audit summary\n\n| Dept | Auditee | Auditor | Audit date | Finding | Correction / cause / status |\n"
        "| Press | Mr. Le Van Thinh | Ms. Do Thu Ha (QA) | 12/05/2026 | Die without card | Handover sheet added 20/05, checked 18/06: 23 of 23. Closed |\n"
        "| Warehouse | Mr. Ngo Van Si | Mr. Le Van Thinh (Press) | 12/05/2026 | none | - |\n"
        "| Purchasing | Ms. Tran Kim Yen | Mr. Ngo Van Si (Warehouse) | 13/05/2026 | 2 of 14 suppliers not scored | Scored 22/05; checked 18/06, 14 of 14. Closed |\n"
        "| HR | Ms. Bui Ngoc Mai | Ms. Tran Kim Yen (Purchasing) | 14/05/2026 | none | - |\n"
    )
    assert "overdue_actions" not in flags(report("Audit summary.xlsx", text, **AUDIT))
