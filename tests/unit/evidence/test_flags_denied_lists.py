"""Sentences that something did not happen, beside a list of how it did."""

import pytest

from tests.unit.evidence.builders import flags, report

REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


def _contradicts(text, **kind):
    return "conclusion_contradicts_data" in flags(report("Minutes 2026.docx", text, **(kind or REVIEW)))


LIST = """
| No. | Received | Customer | Matter |
| R-01 | 12 Apr 2026 | Norfolk Foods | lid cracked |
| R-02 | 20 May 2026 | Esk Dairy | wrong label |
"""
AUDITS = """
| No. | Date | Area | Auditor |
| 1 | 12 Apr 2026 | Warehouse | P. Lane |
| 2 | 20 May 2026 | Filling | T. Orr |
"""


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("There were no customer complaints in the second quarter of 2026.", True),
        ("No complaints were received in this period.", True),
        ("Customer complaints: none.", True),
        (
            "There were no complaints in the third quarter (July to September). Those below are of the second quarter.",
            False,
        ),
        ("There were no complaints since the last meeting. The two below are of earlier quarters.", False),
        ("No complaints about delivery were received.", False),
        ("No complaints were left open.", False),
        ("No further complaints came in.", False),
        ("There were no serious complaints.", False),
        ("No complaints were received in 2025.", False),
        ("There were no customer complaints in the third quarter of 2026.", False),
        ("There were two customer complaints.", False),
        ("There should be no customer complaints.", False),
    ],
)
def test_none_above_a_list(said, raised):
    assert _contradicts(f"# Review\n\n## Customers\n\n{said}\n{LIST}\n") is raised


def test_a_list_of_something_else_and_of_earlier_ones():
    said = "There were no customer complaints in the second quarter of 2026."
    assert not _contradicts(f"# Review\n\n## Customers\n\n{said}\n\n## Audits\n{AUDITS}\n")
    assert not _contradicts(f"# Review\n\n{said}\n\nInternal audits:\n{AUDITS}\n")
    assert not _contradicts(f"# Review\n\n{said}\n\nFollow-up of complaints of earlier quarters:\n{LIST}\n")
    assert _contradicts(f"# Review\n\n{said}\n\n## Register of complaints\n{LIST}\n")


@pytest.mark.parametrize(
    ("heading", "said", "head"),
    [
        (
            "Khách hàng, quý 2 năm 2026",
            "Trong quý không có khiếu nại nào của khách hàng.",
            "STT | Ngày | Khách hàng | Nội dung",
        ),
        (
            "Pelanggan, triwulan 2 2026",
            "Tidak ada keluhan pelanggan pada triwulan ini.",
            "No | Tanggal | Pelanggan | Masalah",
        ),
        ("Pelanggan, suku tahun 2 2026", "Tiada aduan pelanggan diterima.", "Bil | Tarikh | Pelanggan | Perkara"),
        ("ลูกค้า ไตรมาส 2 ปี 2569", "ไตรมาสนี้ไม่มีข้อร้องเรียนจากลูกค้า", "ลำดับ | วันที่ | ลูกค้า | รายละเอียด"),
        ("顾客反馈 2026年", "本年度没有收到客户投诉。", "编号 | 日期 | 客户 | 内容"),
        ("顧客回饋 2026年", "本期無客訴。", "編號 | 日期 | 客戶 | 內容"),
        ("고객 2026년", "이번 분기 고객 불만은 없었다.", "번호 | 일자 | 고객 | 내용"),
        ("顧客 2026年", "当期の顧客クレームはなかった。", "番号 | 日付 | 顧客 | 内容"),
        ("Müşteriler 2026", "Bu dönemde müşteri şikâyeti alınmamıştır.", "No | Tarih | Müşteri | Konu"),
    ],
)
def test_the_same_in_the_languages_of_the_plants(heading, said, head):
    rows = "| A-1 | 2026-04-12 | Marlow Ltd | lid cracked |\n| A-2 | 2026-05-20 | Esk Dairy | wrong label |\n"
    assert _contradicts(f"# Review\n\n## {heading}\n\n{said}\n\n| {head} |\n{rows}\n")
    assert not _contradicts(f"# Review\n\n## {heading}\n\n{said}\n\n| {head} |\n{rows.replace('2026', '2024')}\n")


def test_accidents_and_late_deliveries():
    table = "| No. | Date | Place | What |\n| 1 | 3 Feb 2026 | Press 2 | finger bruised, first aid |\n"
    assert _contradicts(
        f"# Year 2026\n\n## Safety\n\nNo accidents occurred in 2026.\n\n## List of accidents\n\n{table}\n"
    )
    assert not _contradicts(
        f"# Year 2026\n\n## Safety\n\nNo accidents occurred in 2025.\n\n## List of accidents\n\n{table}\n"
    )
