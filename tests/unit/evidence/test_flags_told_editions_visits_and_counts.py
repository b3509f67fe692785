"""Visits told as held, lists of audits below a heading, findings counted by class beside rows of none, and manuals behind their certificate."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

SUPPLIER = "Hoa Lư Precision Co., Ltd"


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Surveillance done :: 2025-11-28, 2026-05-02", False),
        ("定期審査：2025年11月28日 実施、登録継続", False),
        ("Surveillance audit :: due on or before 2025-11-28, date done:", True),
    ],
)
def test_visits_that_a_certificate_tells_as_held(line, raised):
    page = f"# Certificate\n\nHoa Lư Precision Co., Ltd\n\nStandard :: ISO 9001:2015\nScope :: Manufacture of saddles\nCertificate :: FMS-7702\nEffective :: 2024-12-21 || Expires :: 2027-12-20\n{line}\n\nTAF accredited, certification body Q019\n"
    paper = report(
        "ISO9001.pdf", page, kind="certificate", reading="static", mode="credential", criteria=("certification",)
    )
    assert ("no_surveillance_evidence" in flags(paper, supplier=SUPPLIER)) is raised


ROUNDS = "# Minutes of the management review, 24.06.2026\n\nPresent: the director, QA, production\n\n## {}\n\n| Round | When | {} |\n| 1/2024 | 11.04.2024 | {} |\n| 2/2024 | 17.10.2024 | none |\n| 1/2025 | 10.04.2025 | none |\n| 1/2026 | 09.04.2026 | none |\n"


@pytest.mark.parametrize(
    ("heading", "column", "first", "raised"),
    [
        ("Internal audits", "Findings", "none", True),
        ("Internal audits", "Findings", "2", False),
        ("Internal audits", "Findings", "1 minor: no label", False),
        ("Customer complaints", "Findings", "none", False),
    ],
)
def test_audits_listed_below_a_heading_of_a_review(heading, column, first, raised):
    text = ROUNDS.format(heading, column, first)
    paper = report("Minutes.docx", text, kind="management_review_record", criteria=("management_review",))
    assert ("audits_without_finding" in flags(paper, supplier=SUPPLIER)) is raised


@pytest.mark.parametrize(("cell", "raised"), [("軽微 1", False), ("軽微1件:ラベル剥がれ", False), ("なし", True)])
def test_a_finding_counted_by_its_class_stands_beside_rows_of_none(cell, raised):
    table = f"# 内部監査結果 2026年6月10日\n\n| 部門 | 監査員 | 確認したもの | 指摘 |\n| 成形課 | 早川 | 条件表 5号機 | なし |\n| 資材課 | 内田 | 受入記録 5月分 | なし |\n| 品証課 | 早川 | 校正台帳 31点 | {cell} |\n| 営業課 | 内田 | 見積 6件 | なし |\n"
    paper = report("内部監査結果.xlsx", table, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("audits_without_finding" in flags(paper, supplier=SUPPLIER)) is raised


@pytest.mark.parametrize(
    ("edition", "kind", "raised"),
    [
        ("ISO 9001:2008", "manual", True),
        ("ISO 9001:2015", "manual", False),
        ("ISO 9001:2008", "training_record", False),
    ],
)
def test_rules_of_today_go_by_a_withdrawn_edition_beside_a_later_certificate(edition, kind, raised):
    text = f"# Quality manual\n\nMM-01, revision 6, in force from 3 March 2025\n\nThis manual describes the system set up to {edition} for the works at Garut.\n"
    manual = report("MM-01.docx", text, kind=kind, reading="static", mode="prescription")
    assert ("edition_withdrawn" in flags(manual, certificate(), supplier=SUPPLIER)) is raised


@pytest.mark.parametrize(
    ("title", "raised"), [("INTERNAL AUDIT PLAN 2026-27", True), ("INTERNAL AUDIT PLAN 2015-16", False)]
)
def test_a_plan_is_of_the_years_that_it_is_for(title, raised):
    text = f"{title}, Audit criteria: ISO 9001:2008 and company QSPs\n\n| Department | Clauses | Auditor | Oct | Nov |\n| Purchase | 7.4 | P. Jadhav | 14 | |\n| HR | 6.2 | R. Bhosale | | 10 |\n"
    plan = report(
        "IA plan.xlsx",
        text,
        kind="internal_audit_record",
        reading="static",
        mode="prescription",
        criteria=("internal_audit",),
    )
    assert ("edition_withdrawn" in flags(plan, supplier=SUPPLIER)) is raised
