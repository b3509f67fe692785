"""Audits of several areas in one table: who answers for each, who audited it, whatever the columns are called."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
OWN = "auditor_not_independent"


def told(head: str, *rows: str) -> bool:
    """Whether an audit of these rows below this head is told to have been done by who answers for it."""
    table = "\n".join(f"| {row} |" for row in (head, *rows))
    return OWN in flags(report("Audit 2026.docx", f"# Internal audit 2026\n\nDate :: 14/04/2026\n\n{table}\n", **AUDIT))


OTHERS = ("Printing | Amir Selim | Nora Blum | 2 | ", "Stores | Ivan Petrov | Amir Selim | 1 | ")


@pytest.mark.parametrize(
    "head",
    [
        "Audited process | Process responsible | Auditor | Findings | Remark",
        "Section | Contact there | Auditor | Findings | Remark",
        "Khu vực | Người đứng đầu | Đánh giá viên | Số phát hiện | Ghi chú",
        "Bagian | Pimpinan bagian | Auditor | Temuan | Keterangan",
        "Jabatan | Penyelia | Juruaudit | Penemuan | Catatan",
        "หน่วยงาน | ผู้ดูแลพื้นที่ | ผู้ตรวจติดตาม | สิ่งที่พบ | หมายเหตุ",
        "部门 | 接待人 | 审核员 | 不符合项 | 备注",
        "심사 부서 | 부서 대표 | 심사원 | 지적사항 | 비고",
        "対象部門 | 部門代表 | 監査員 | 指摘 | 備考",
        "Tetkik edilen süreç | Süreç sorumlusu | Tetkikçi | Bulgu sayısı | Not",
    ],
)
@pytest.mark.parametrize(("auditor", "raised"), [("Lea Sommer", True), ("Ivan Petrov", False)])
def test_a_column_of_who_answers_for_each_area(head: str, auditor: str, raised: bool) -> None:
    assert told(head, OTHERS[0], f"Purchasing | Lea Sommer | {auditor} | 0 | ", OTHERS[1]) is raised


@pytest.mark.parametrize(
    "head",
    [
        "Section | Prepared by | Auditor | Findings | Remark",
        "Section | Team leader | Auditor | Findings | Remark",
        "Section | Findings | Auditor | Responsible | Remark",
        "Section audited | Findings | Auditor | Responsible | Remark",
        "Bagian | Ketua tim | Auditor | Temuan | Keterangan",
        "部门 | 审核组长 | 审核员 | 不符合项 | 备注",
        "Tetkik edilen süreç | Raporu yazan | Tetkikçi | Bulgu sayısı | Not",
    ],
)
def test_who_writes_leads_the_team_or_acts_answers_for_no_area(head: str) -> None:
    rows = ("Printing | Amir Selim | Nora Blum | 2 | ", "Purchasing | Lea Sommer | Lea Sommer | 1 | ", OTHERS[1])
    if "Findings | Auditor" in head:
        rows = (
            "Printing | Plate not cleaned | Nora Blum | Amir Selim | ",
            "Purchasing | Two files without a score | Lea Sommer | Lea Sommer | ",
        )
    assert not told(head, *rows)


def test_a_column_of_one_name_alone_coordinates() -> None:
    rows = (
        f"{area} | Lea Sommer | {who} | 1 | " for area, who in (("Printing", "Nora Blum"), ("Stores", "Lea Sommer"))
    )
    assert not told("Section | Coordinator | Auditor | Findings | Remark", *rows)


@pytest.mark.parametrize(
    ("area", "auditor", "raised"),
    [
        ("Purchasing (Lea Sommer)", "Lea Sommer", True),
        ("Purchasing - Ms Lea Sommer", "Lea Sommer", True),
        ("Purchasing: Lea Sommer", "L. Sommer", True),
        ("Purchasing (Lea Sommer)", "Nora Blum", False),
        ("Purchasing (Lea)", "Nora Lea", False),
    ],
)
def test_who_answers_beside_the_area_in_its_cell(area: str, auditor: str, raised: bool) -> None:
    head = "Section | Auditor | Findings | Remark"
    assert told(head, "Printing (Amir Selim) | Nora Blum | 2 | ", f"{area} | {auditor} | 1 | ") is raised


@pytest.mark.parametrize(
    ("owner", "auditor", "raised"),
    [("Lea Sommer", "L. Sommer", True), ("Nguyen Van Hoa", "N. V. Hoa", False), ("Lea Sommer", "N. Sommer", False)],
)
def test_a_first_name_cut_short_in_one_column(owner: str, auditor: str, raised: bool) -> None:
    head = "Section | Process owner | Auditor | Findings | Remark"
    assert told(head, OTHERS[0], f"Purchasing | {owner} | {auditor} | 1 | ") is raised


@pytest.mark.parametrize(("both", "raised"), [("Lea Sommer / Lea Sommer", True), ("Nora Blum / Lea Sommer", False)])
def test_auditor_and_audited_in_one_column(both: str, raised: bool) -> None:
    head = "Section | Auditor / Auditee | Findings | Remark"
    assert told(head, "Printing | Nora Blum / Amir Selim | 2 | ", f"Purchasing | {both} | 1 | ") is raised
