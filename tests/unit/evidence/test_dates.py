"""Dates in the forms of the region, and what they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.facts import calendar, find_facts
from evidence.facts.periods import bounds
from tests.unit.evidence.builders import document, passages, report

DAYS = [
    # numeric, day first
    ("12/03/2025", "2025-03-12"),
    ("12.03.2025", "2025-03-12"),
    ("12-03-2025", "2025-03-12"),
    ("12.03.25", "2025-03-12"),
    ("5/8/24", "2024-08-05"),
    ("05 / 08 / 2024", "2024-08-05"),
    ("31.12.2024", "2024-12-31"),
    ("29/02/2024", "2024-02-29"),
    # the second number can only be a day
    ("03/25/2025", "2025-03-25"),
    # ISO and its kin
    ("2025-03-12", "2025-03-12"),
    ("2025/3/12", "2025-03-12"),
    ("2025.3.12", "2025-03-12"),
    ("2025. 3. 12.", "2025-03-12"),
    ("2025-03-12 00:00:00", "2025-03-12"),
    ("2025-03-12T08:30", "2025-03-12"),
    ("20250312", "2025-03-12"),
    # English names
    ("12 Mar 2025", "2025-03-12"),
    ("12 March 2025", "2025-03-12"),
    ("12-Mar-25", "2025-03-12"),
    ("12 MAR 25", "2025-03-12"),
    ("12th March 2025", "2025-03-12"),
    ("1st of March 2025", "2025-03-01"),
    ("March 12, 2025", "2025-03-12"),
    ("Mar. 12, 2025", "2025-03-12"),
    ("Sept 3, 2024", "2024-09-03"),
    ("3-Sept-2024", "2024-09-03"),
    ("2025-Mar-12", "2025-03-12"),
    ("12.Mar.2025", "2025-03-12"),
    ("22 Jan'25", "2025-01-22"),
    # Vietnamese
    ("ngày 12 tháng 3 năm 2025", "2025-03-12"),
    ("Ngày 02 tháng 11 năm 2024", "2024-11-02"),
    ("12 tháng 3, 2025", "2025-03-12"),
    ("ngay 12 thang 3 nam 2025", "2025-03-12"),
    ("ngày 12/3/2025", "2025-03-12"),
    ("5 tháng 12/2024", "2024-12-05"),
    # Indonesian and Malay
    ("12 Maret 2025", "2025-03-12"),
    ("5 Agustus 2024", "2024-08-05"),
    ("17 Desember 2024", "2024-12-17"),
    ("3 Mei 2025", "2025-05-03"),
    ("9 Pebruari 2024", "2024-02-09"),
    ("tgl. 08 Okt 2025", "2025-10-08"),
    ("21 Ogos 2025", "2025-08-21"),
    ("14 Mac 2025", "2025-03-14"),
    ("2 Julai 2024", "2024-07-02"),
    ("30 Disember 2024", "2024-12-30"),
    # Thai, Buddhist years
    ("12 มีนาคม 2568", "2025-03-12"),
    ("12 มี.ค. 2568", "2025-03-12"),
    ("12 มี.ค. 68", "2025-03-12"),
    ("๑๒ มีนาคม พ.ศ. ๒๕๖๘", "2025-03-12"),
    ("12/03/2568", "2025-03-12"),
    ("5 ธันวาคม พ.ศ. 2567", "2024-12-05"),
    ("1 ก.ย. 2567", "2024-09-01"),
    ("12 มีนาคม ค.ศ. 2025", "2025-03-12"),
    # Chinese, Taiwan, Japan
    ("2025年3月12日", "2025-03-12"),
    ("2025 年 03 月 12 日", "2025-03-12"),
    ("25年3月12日", "2025-03-12"),
    ("民國114年3月12日", "2025-03-12"),
    ("中華民國 113 年 11 月 5 日", "2024-11-05"),
    ("114年3月12日", "2025-03-12"),
    ("二〇二五年三月十二日", "2025-03-12"),
    ("二○二四年十二月三十一日", "2024-12-31"),
    ("令和7年3月12日", "2025-03-12"),
    ("昭和63年5月1日", "1988-05-01"),
    ("発行日 R7.3.12", "2025-03-12"),
    ("２０２５年３月１２日", "2025-03-12"),
    # Korean
    ("2025년 3월 12일", "2025-03-12"),
    ("2025년3월12일", "2025-03-12"),
    ("25년 3월 12일", "2025-03-12"),
    ("'24.3/12", "2024-03-12"),
    ("'25.03.12", "2025-03-12"),
    ("2025.03.12", "2025-03-12"),
    # Turkish
    ("12 Mart 2025", "2025-03-12"),
    ("15 Ağustos 2025", "2025-08-15"),
    ("3 Şubat 2024", "2024-02-03"),
    ("9 Eylül 2025", "2025-09-09"),
    ("29 Ekim 2024", "2024-10-29"),
    ("1 Kasım 2024", "2024-11-01"),
    # full width and odd dashes
    ("１２／０３／２０２５", "2025-03-12"),
    ("12‑03‑2025", "2025-03-12"),
    ("2025–03–12", "2025-03-12"),
]

PERIODS = [
    ("Mar'24", "2024-03"),
    ("Mar-24", "2024-03"),
    ("Mar 2024", "2024-03"),
    ("March 2024", "2024-03"),
    ("tháng 3/2025", "2025-03"),
    ("tháng 03 năm 2025", "2025-03"),
    ("T3/2025", "2025-03"),
    ("03/2025", "2025-03"),
    ("2025-03", "2025-03"),
    ("2025年3月", "2025-03"),
    ("2025년 3월", "2025-03"),
    ("เมษายน 2568", "2025-04"),
    ("Maret 2025", "2025-03"),
    ("Eylül 2025", "2025-09"),
    ("Q1 2025", "2025-Q1"),
    ("Q3/25", "2025-Q3"),
    ("2025 Q2", "2025-Q2"),
    ("quý 1/2025", "2025-Q1"),
    ("2025年第1季度", "2025-Q1"),
    ("2025년", None),
    ("FY 23-24", "FY2023"),
    ("FY2025", "FY2025"),
    ("2024-25", "FY2024"),
    ("Triwulan II 2025", "2025-Q2"),
    ("Agustus 2025", "2025-08"),
    ("Q3/2567", "2024-Q3"),
    ("Kuartal III 2025", "2025-Q3"),
    ("third quarter of 2025", "2025-Q3"),
    ("suku tahun ketiga 2025", "2025-Q3"),
    ("2025年度第2四半期", "2025-Q2"),
    ("ครึ่งปีแรก 2568", "2025-H1"),
    ("2025 yılının ilk yarısı", "2025-H1"),
    ("nửa đầu năm 2025", "2025-H1"),
    ("Wk 34 2025", "2025-W34"),
    ("CW 18/26", "2026-W18"),
    ("Tuần 05/2026", "2026-W05"),
    ("Minggu ke-34 tahun 2025", "2025-W34"),
    ("สัปดาห์ที่ 5/2569", "2026-W05"),
    ("第34周（2025年）", "2025-W34"),
    ("2025년 34주차", "2025-W34"),
    ("34. hafta 2025", "2025-W34"),
]

NO_DATES = [
    "ISO 9001:2015",
    "clause 8.5.2",
    "CAPA-25-03-12",
    "lot 2605-014",
    "31/02/2025",
    "10.12.2025 %",
    "+84 24.3856.1234",
    "Rev 1.2",
    "192.168.10.12",
    "41.207 41.204 41.209",
    "12 of 600",
    "page 3/12",
    "13:45",
    "99/99/2025",
    "GB/T 19001-2016",
    "part 4471-12-24-B",
    "1,250",
    "Ø 22.00 ± 0.10",
    "may 25 pieces",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_has_one_normal_form(text: str, day: str) -> None:
    found = calendar.find(f"Audit held {text}")
    assert [item.value for item in found] == [day]


@pytest.mark.parametrize("text", ["Week 34: 2025 pcs", "week 60 2025", "12 weeks 2025", "wk 34"])
def test_weeks_without_a_year_are_no_periods(text: str) -> None:
    assert calendar.find(text) == []


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert bounds("2025-W34") == ("2025-08-18", "2025-08-24")


@pytest.mark.parametrize(("text", "period"), [pair for pair in PERIODS if pair[1]])
def test_a_period_has_one_normal_form(text: str, period: str) -> None:
    assert [item.value for item in calendar.find(text)] == [period]


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_that_are_no_dates_give_none(text: str) -> None:
    assert [item.value for item in calendar.find(text) if item.precision == "day"] == []


def test_the_document_decides_whether_the_month_comes_first() -> None:
    order, settled = calendar.order_of(["03/25/2025", "04/02/2025"])
    assert (order, settled) == ("mdy", True)
    assert calendar.find("04/02/2025", order)[0].value == "2025-04-02"
    assert calendar.order_of(["25/03/2025", "04/02/2025"]) == ("dmy", True)


def test_two_digit_years_come_first_in_korean_and_chinese_papers() -> None:
    assert calendar.find("24.03.12", calendar.order_of([], "ko")[0], "ko")[0].value == "2024-03-12"
    assert calendar.find("113/05/02", "dmy", "zh")[0].value == "2024-05-02"
    assert calendar.find("12/3/68", "dmy", "th")[0].value == "2025-03-12"


def test_an_ambiguous_day_is_less_sure() -> None:
    assert calendar.find("03/04/2025", settled=False)[0].confidence < calendar.find("23/04/2025")[0].confidence


ROLES = [
    ("Date of issue: 12 Mar 2025", "issue"),
    ("Valid until 12 Mar 2028", "expiry"),
    ("Rev. 3, revised 12 Mar 2025", "revision"),
    ("Due date: 12/03/2025", "due"),
    ("closed 12 Mar 2025", "closed"),
    ("Audit date: 12.03.2025", "evidence"),
    ("held on 12 March 2025", "evidence"),
    ("Next calibration: 12/03/2026", "next"),
    ("Ngày hết hạn: 12/03/2028", "expiry"),
    ("berlaku sampai 12 Maret 2028", "expiry"),
    ("发证日期：2025年3月12日", "issue"),
    ("有效期至 2028年3月11日", "expiry"),
    ("วันหมดอายุ 12 มี.ค. 2571", "expiry"),
    ("First certified: 12 Mar 2019", "original"),
    ("Date found: 12 Mar 2025", "opened"),
    ("verified on 12 Mar 2025", "verified"),
    ("hạn hoàn thành 12/03/2025", "due"),
    ("We saw it again 12 Mar 2025", "evidence"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_the_words_before_a_date_say_what_it_is(text: str, role: str) -> None:
    made = document("note.txt", text)
    assert [fact.role for fact in find_facts(made, passages(made)) if fact.kind == "date"] == [role]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WI-07, Rev. C dated 12-Oct-2024", {("revision", "2024-10-12")}),
        ("Lần sửa đổi: 02, ngày 12/03/2024", {("revision", "2024-03-12")}),
        ("แก้ไขครั้งที่ 2 วันที่ 01/02/2567", {("revision", "2024-02-01")}),
        ("令和5年4月1日 改訂、令和2年4月1日 制定", {("revision", "2023-04-01"), ("issue", "2020-04-01")}),
        ("2019년 4월 1일 제정, 2023년 5월 2일 개정", {("issue", "2019-04-01"), ("revision", "2023-05-02")}),
        ("Tgl. terbit : 17 Mei 2023", {("issue", "2023-05-17")}),
        ("Received 3 May 2025. Date of the audit: 4 May 2025", {("opened", "2025-05-03"), ("evidence", "2025-05-04")}),
    ],
)
def test_what_stands_around_a_day_says_that_it_is_of_a_revision_or_an_issue(
    text: str, found: set[tuple[str, str]]
) -> None:
    assert dated(text) == found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("| Rev | Date | Description of change |\n| B | 17.11.2023 | Clause 8.4 added |", "revision"),
        ("| Lần | Ngày | Nội dung sửa đổi |\n| 02 | 17/11/2023 | Bổ sung |", "revision"),
        ("| 版次 | 日期 | 修订内容 |\n| A1 | 2023-11-17 | 增加条款 |", "revision"),
        ("| Drawing | Rev | Date | Inspected | Rejected |\n| BRK-22 | B | 17.11.2023 | 120 | 2 |", "evidence"),
        ("| No | Date | Description of change |\n| 1 | 17.11.2023 | New supplier of resin |", "evidence"),
    ],
)
def test_the_days_of_a_history_of_revisions_are_no_evidence(text: str, role: str) -> None:
    assert dated(text) == {(role, "2023-11-17")}


def dated(text: str) -> set[tuple[str, str]]:
    made = document("paper.docx", text)
    return {(fact.role, fact.value) for fact in find_facts(made, passages(made, "record")) if fact.kind == "date"}


def test_the_head_of_the_column_says_what_a_date_is() -> None:
    made = document(
        "log.xlsx",
        (
            "| Action | Due | Closed |\n| vent cleaned | 12/03/2025 | 20/03/2025 |\n| gauge "
            "bought | 01/04/2025 | 28/03/2025 |"
        ),
    )
    roles = [(fact.role, fact.value) for fact in find_facts(made, passages(made)) if fact.kind == "date"]
    assert roles == [("due", "2025-03-12"), ("closed", "2025-03-20"), ("due", "2025-04-01"), ("closed", "2025-03-28")]


def test_a_range_gives_issue_and_expiry() -> None:
    made = document("c.txt", "Valid from 12 Mar 2025 to 11 Mar 2028")
    assert [fact.role for fact in find_facts(made, passages(made)) if fact.kind == "date"] == ["issue", "expiry"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error_and_found_verbatim(text: str) -> None:
    for item in calendar.find(text):
        assert 0 <= item.start < item.end <= len(text)
        bounds(item.value)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Lot: ",
                "12/03/2025",
                " | ",
                "\n",
                "ม.ค. ",
                "年3月",
                "Valid until ",
                "%",
                "İ",
                "1.250",
                "D4 ",
                "[ ]",
                "::",
                "Root cause",
                "ß",
                "2.4 %",
                "\u0301",
                "İ12 Mar 2025",
                "tháng 3",
            ]
        ),
        max_size=40,
    )
)
def test_facts_of_odd_papers_quote_their_passage_to_the_letter(pieces: list[str]) -> None:
    made = document("odd.txt", "".join(pieces))
    found = passages(made)
    texts = {passage.id: passage.text for passage in found}
    for fact in find_facts(made, found):
        assert fact.quote in texts[fact.passage]


def test_a_date_that_lost_its_format_is_read_in_a_column_of_dates_only() -> None:
    made = document("log.xlsx", "| Audit date | Pieces |\n| 45210 | 45210 |\n| 45301 | 12 |")
    found = [fact for fact in find_facts(made, passages(made)) if fact.kind == "date"]
    assert [(fact.value, fact.quote) for fact in found] == [("2023-10-11", "45210"), ("2024-01-10", "45301")]


@pytest.mark.parametrize(
    "heads",
    ["Item | Responsible | When | State", "Việc | Phụ trách | Khi nào | Tình trạng", "事项 | 负责人 | 何时 | 状态"],
)
def test_when_beside_who_is_until_when(heads: str) -> None:
    assert roles(
        f"{heads}\nSecond compressor | Mr Chaiya | 15 Oct 2026 | two makers asked\nLabels | Ms Wilai | 10 Aug 2026 | begun"
    ) == {"due"}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Biên bản họp xem xét của lãnh đạo lần 1/2026", []),
        ("รายงานการประชุมทบทวนฝ่ายบริหาร ครั้งที่ 1/2569", []),
        ("Internal audit no. 2/2026, reject rate of 2/2026", ["2026-02"]),
        ("| ครั้งที่ | NC |\n| 1/2569 | 0 |\n| 2/2569 | 0 |", []),
        ("| เดือน | NC |\n| 1/2569 | 0 |\n| 2/2569 | 0 |", ["2026-01", "2026-02"]),
    ],
)
def test_what_numbers_the_audits_of_a_year_is_no_month(text: str, periods: list[str]) -> None:
    found = [fact.value for fact in report("a.docx", text).facts if fact.kind == "period"]
    assert found == periods


def test_when_alone_is_when_it_happened() -> None:
    assert roles("What | Where | When\nBelt torn | Line 2 | 15 Oct 2026\nOil leak | Press 4 | 10 Aug 2026") == {
        "evidence"
    }


def roles(text: str) -> set[str]:
    made = document("actions.docx", text)
    return {fact.role for fact in find_facts(made, passages(made)) if fact.kind == "date"}
