"""People with their parts, as signature blocks, minutes and lists write them; and what in such a field names nobody."""

import pytest

from evidence.departments import is_department
from evidence.facts import find_facts
from tests.unit.evidence.builders import document, passages


def people(text: str) -> set[tuple[str, str]]:
    made = document("paper.docx", text)
    return {(fact.role, fact.value) for fact in find_facts(made, passages(made, "record")) if fact.kind == "person"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Prepared by: M. Okafor Checked by: L. Schmidt Approved by: R. Devi",
            {("prepared", "M. Okafor"), ("checked", "L. Schmidt"), ("approved", "R. Devi")},
        ),
        ("作成：佐藤健一\u3000照査：鈴木花子", {("prepared", "佐藤健一"), ("checked", "鈴木花子")}),
        ("主持人：刘总；记录人：周婷", {("chair", "刘总"), ("prepared", "周婷")}),
        ("编制：王丽   复核：李强", {("prepared", "王丽"), ("checked", "李强")}),
        ("Calibrated by: T. Baker", {("inspector", "T. Baker")}),
        ("Disemak oleh: Lim Ah Kow", {("checked", "Lim Ah Kow")}),
        ("ประธานที่ประชุม: คุณอรุณี ศรีสุข", {("chair", "อรุณี ศรีสุข")}),
        ("ผู้อนุมัติ: คุณากร วงศ์ทอง", {("approved", "คุณากร วงศ์ทอง")}),
        ("의장: 박정호", {("chair", "박정호")}),
        ("Toplantı başkanı: Ali Çelik", {("chair", "Ali Çelik")}),
        ("Thư ký: Bà Trần Thu Hà", {("prepared", "Trần Thu Hà")}),
    ],
)
def test_a_label_gives_who_stands_behind_it(text: str, found: set[tuple[str, str]]) -> None:
    assert people(text) == found


def test_a_list_with_positions_names_those_who_were_there() -> None:
    text = "| Name | Position | Signature |\n| Rosa Diaz | QA manager | (signed) |\n| Tom Hill | Foreman | (signed) |"
    assert people(text) == {("attendee", "Rosa Diaz"), ("attendee", "Tom Hill")}


@pytest.mark.parametrize(
    "text",
    [
        "| Prepared | Checked | Approved |\n|  |  |  |",
        "| Action | Responsible | Result |\n| New pins |  | 12.5 |",
        "| Hành động | Người phụ trách | Hạn |\n| Thay khuôn |  | 12/05/2025 |",
        "| 承認 | 照査 | 作成 |\n|  |  |  |",
        "| Lot | Checked | Approved |\n| L-25-001 | OK | Rejected |",
        "审核：合格",
        "Kontrol eden: Uygun",
        "Responsible: Maintenance",
        "ผู้รับการตรวจ: ฝ่ายผลิต",
        "Auditee: Bagian Gudang",
        "Owner: Customer",
    ],
)
def test_heads_verdicts_and_departments_are_nobody(text: str) -> None:
    assert people(text) == set()


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("QA", True),
        ("QA/QC", True),
        ("Bagian Gudang", True),
        ("ฝ่ายผลิต", True),
        ("品质部", True),
        ("생산팀", True),
        ("Phòng mua hàng", True),
        ("Tim Baker", False),
        ("박정호", False),
        ("QA Rossi", False),
    ],
)
def test_a_department_alone(text: str, alone: bool) -> None:
    assert is_department(text) is alone
