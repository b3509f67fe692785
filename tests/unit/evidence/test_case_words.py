"""Heads of registers and forms that are put together of several words, as any plant may write them."""

import pytest

from evidence.facts.case_heads import head_of
from evidence.facts.case_words import composed


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("Date of CAPA closure", "closed"),
        ("Complaint lodged on", "opened"),
        ("Tgl buka", "opened"),
        ("Tanggal keluhan diterima", "opened"),
        ("Tuntas tanggal", "closed"),
        ("Ngày tìm thấy lỗi", "opened"),
        ("Phiếu đóng ngày", "closed"),
        ("Şikayetin geldiği gün", "opened"),
        ("Kapatıldığı gün", "closed"),
        ("ปิดเมื่อ", "closed"),
        ("ตรวจพบเมื่อ", "opened"),
        ("客户抱怨日期", "opened"),
        ("接到客訴日期", "opened"),
        ("끝낸 날짜", "closed"),
        ("통보 일자", "opened"),
        ("不具合発見日", "opened"),
        ("Scheduled on", "due"),
        ("Planned closing date", "due"),
        ("Cause of the defect", "root_cause"),
        ("Căn nguyên của lỗi", "root_cause"),
        ("Sebab keluhan", "root_cause"),
        ("สาเหตุของปัญหา", "root_cause"),
        ("缺陷成因", "root_cause"),
        ("결함 요인", "root_cause"),
        ("Şikayetin sebebi", "root_cause"),
        ("Reason for escape", "outflow"),
        ("Was the action effective?", "effectiveness"),
        ("Etkililik doğrulaması", "effectiveness"),
        ("대책 효과 확인", "effectiveness"),
        ("D4 Cause of occurrence", "root_cause"),
        ("Step D3", "containment"),
        ("Corrective action request no.", "reference"),
    ],
)
def test_all_words_of_a_head_say_together_what_it_names(head: str, part: str) -> None:
    assert head_of(head) == part


@pytest.mark.parametrize(
    "head",
    [
        "Number of complaints",
        "Cause and action",
        "Effective date",
        "Time",
        "Planned",
        "Dilaporkan oleh",
        "Opened / closed",
        "Change",
        "Checked on",
        "Check point",
        "Reason of absence",
        "7 days after closing",
    ],
)
def test_words_that_do_not_belong_together_name_nothing(head: str) -> None:
    assert composed(head) is None
