"""Auditors whose office is told in another line or paper than the one that says what they audited."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
ROWS = "# Internal audit 2026, 9 June 2026\n\n| {area} | {auditor} | Finding |\n| {one} | {first} | log not signed |\n| {two} | {second} | label missing |"
ENGLISH = ROWS.format(
    area="Section", auditor="Auditor", one="Stores", first="Mrs Anjali Rao", two="Induction hardening", second="Mr. S. Kulkarni",
)  # fmt: skip
VIETNAMESE = ROWS.format(
    area="Khu vực", auditor="Đánh giá viên", one="Mua hàng", first="Lê Thu Hằng", two="Xưởng làm khuôn", second="Phạm Văn Dũng",
)  # fmt: skip
FIELDS = "# Internal audit report\n\nArea: Ramp operations, stands 201 to 224. Date: 13 May 2026. Auditor: Cem Aydemir. Auditee: shift leaders.\n"


def _own(audit: str, other: str, *, criteria: tuple[str, ...] = ("management_review",), kind: str = "other") -> bool:
    papers = (report("Audit.docx", audit, **AUDIT), report("Other.docx", other, kind=kind, criteria=criteria))
    return "auditor_not_independent" in flags(*papers)


@pytest.mark.parametrize(
    ("audit", "told", "own"),
    [
        (ENGLISH, "Shri Kulkarni is in-charge of the induction hardening section and knows the coils best.", True),
        (
            ENGLISH,
            "Present: GM, S. Kulkarni (manager, induction hardening), Rao (sales).",
            False,
        ),  # the comma parts them
        (ENGLISH, "Present: GM, S. Kulkarni (induction hardening manager), Rao (sales).", True),
        (ENGLISH, "The induction hardening shop is run by Mr Kulkarni.", True),
        (ENGLISH, "Kulkarni asked the foreman of induction hardening for the sheet.", False),
        (ENGLISH, "Kulkarni was met by the induction hardening supervisor.", False),
        (ENGLISH, "Kulkarni, former head of induction hardening, is in sales now.", False),
        (ENGLISH, "Kulkarni is deputy of the head of induction hardening.", False),
        (ENGLISH, "Kulkarni, head of the tool room.", False),
        (ENGLISH, "Kulkarni, head of quality.", False),
        (VIETNAMESE, "Dự họp: QA Lê Thu Hằng, quản đốc xưởng làm khuôn Phạm Văn Dũng.", True),
        (VIETNAMESE, "Dự họp: QA Lê Thu Hằng, quản đốc xưởng đúc Phạm Văn Dũng.", False),
        (VIETNAMESE, "Anh Phạm Văn Dũng phụ trách xưởng làm khuôn từ 2019.", True),
        (VIETNAMESE, "Anh Phạm Văn Dũng phụ trách đánh giá xưởng làm khuôn.", False),
        (
            FIELDS,
            "| Name | Position |\n| Cem Aydemir | Ramp operations manager |\n| Melis Kara | Baggage manager |",
            True,
        ),
        (
            FIELDS,
            "| Name | Position |\n| Melis Kara | Ramp operations manager |\n| Cem Aydemir | Baggage manager |",
            False,
        ),
    ],
)
def test_an_office_told_elsewhere(audit, told, own):
    assert _own(audit, f"# Minutes, 24 April 2026\n\n{told}\n") is own


LIST = "# Who is who\n\n| Function | Name | Deputy |\n| Station | Selin Ak | Cem Aydemir |\n| {function} | {name} | Taş |\n| GSE workshop | Rıfat Bey | - |"


@pytest.mark.parametrize(
    ("function", "name", "criteria", "own"),
    [
        ("Ramp operations", "Cem Aydemir", ("process_ownership",), True),
        ("Ramp operations", "Melis Kara", ("process_ownership",), False),
        ("Ramp operations", "Cem Aydemir", ("competence",), False),  # a list of those who work there
        ("Ramp operations, process owner", "Cem Aydemir", ("competence",), True),
    ],
)
def test_a_list_of_who_heads_what(function, name, criteria, own):
    assert _own(FIELDS, LIST.format(function=function, name=name), criteria=criteria) is own


@pytest.mark.parametrize(
    ("area", "auditor", "told", "own"),
    [
        ("ห้องอบแห้ง (Drying)", "วิภา ศรีสุข", "ผู้เข้าประชุม คุณวิภา หัวหน้าห้องอบแห้ง", True),
        ("ห้องอบแห้ง (Drying)", "วิภา ศรีสุข", "ผู้เข้าประชุม คุณวิภา หัวหน้าคลังสินค้า", False),
        ("车床车间", "郭志鹏", "出席：车床车间主任郭志鹏、品保刘雅雯", True),
        ("车床车间", "郭志鹏", "出席：电镀车间主任郭志鹏、品保刘雅雯", False),
        ("Döküm", "Hakan Yurt", "Katılanlar: Döküm müdürü Hakan Yurt, Filiz Arda", True),
        ("Pengecoran", "Budi Santoso", "Hadir: Budi Santoso (kepala bagian pengecoran), Sari", True),
        ("주조", "김민수", "참석: 주조팀장 김민수, 박지영", True),
    ],
)
def test_offices_in_the_languages_of_the_region(area, auditor, told, own):
    audit = f"# Internal audit, 9 June 2026\n\n| Area | Auditor | Finding |\n| Stores | Ann Lowe | torn tag |\n| {area} | {auditor} | log not signed |"
    assert _own(audit, f"# Minutes, 24 April 2026\n\n{told}\n") is own


def test_the_head_of_the_next_column_is_no_second_auditor():
    audit = f"{FIELDS}\n| No | Auditor | Finding |\n| 1 | Cem Aydemir | tag missing |"
    told = "# Minutes, 24 April 2026\n\nPresent: Selin, Cem Aydemir (ramp operations manager).\n"
    assert _own(audit, told)


@pytest.mark.parametrize(("area", "own"), [("품질보증팀", True), ("구매자재팀", False)])
def test_the_head_of_the_audited_department_in_a_row_of_his(area: str, own: bool) -> None:
    told = f"심사일자: 2026.05.12. 심사팀장: 차동욱 (품질보증팀장), 심사원: 여미란 (총무팀 과장)\n\n| 수심부서 | 심사원 | 심사결과 |\n| {area} | 차동욱 | 적합 |"
    audit = report("내부심사.docx", f"# 내부심사 결과보고서\n\n{told}", **AUDIT)
    assert ("auditor_not_independent" in flags(audit)) is own


def test_what_stands_behind_one_auditor_is_not_told_of_another() -> None:
    told = "稽核員：黃課長（稽核生產）、粘課長（稽核品保）\n\n| 部門 | 缺失 |\n| 生產 | 首件紀錄空白 |"
    audit = report("內部稽核總結.docx", f"# 115 年內部稽核總結 生產\n\n{told}", **AUDIT)
    assert "auditor_not_independent" not in flags(audit)


@pytest.mark.parametrize(("auditor", "own"), [("Mr. S. Yadav, Stores", False), ("Mr. R. Yadav, Press shop", True)])
def test_an_initial_tells_two_of_one_family_apart(auditor: str, own: bool) -> None:
    told = f"Area :: Press shop || Auditee :: Mr. R. Yadav, HOD Press shop\nAuditor :: {auditor}\n"
    audit = report("IA report Press shop.docx", f"# INTERNAL AUDIT REPORT IA-26/05 DT. 19.05.2026\n\n{told}", **AUDIT)
    assert ("auditor_not_independent" in flags(audit)) is own


def test_a_thai_title_makes_nobody_another() -> None:
    told = "แผนกที่ถูกตรวจ :: ฝ่ายผลิต || ผู้จัดการแผนก :: นายสมบัติ แก้วใส\nผู้ตรวจติดตาม :: สมบัติ แก้วใส"
    audit = report("รายงานตรวจติดตามภายใน.docx", f"# รายงานการตรวจติดตามภายใน ครั้งที่ 1/2569\n\n{told}", **AUDIT)
    assert "auditor_not_independent" in flags(audit)
