"""Days of cases without their year, days put off, days in heads with what was done, and papers that are no cases."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(("closed", "same"), [("Jul 28", True), ("Aug 9", False)])
def test_a_log_that_writes_no_year_at_all(closed, same):
    sheet = f"""=== Log
| Ref | Opened | Complaint | Why | What was done | Closed |
| 5 | Feb 16 | rust ring under lid | lids stored beside the wash bay | lids moved upstairs | Apr 15 |
| 8 | May 6 | shade drift | scale in steps of 50 g | scale of 15 kg bought | Jun 24 |
| 11 | Jul 28 | part B thick | drum left open for two days | drum replaced, cap bought | {closed} |
"""
    assert ("closed_same_day" in flags(report("Feedback log.xlsx", sheet, **CASES))) is same


@pytest.mark.parametrize("year", ["2026", "2025"])
def test_months_with_their_years_are_no_days(year):
    sheet = f"""=== Log
| Ref | Opened | Complaint | Why | What was done | Closed |
| 5 | Feb 25 | rust ring under lid | lids stored beside the wash bay | lids moved upstairs | Apr {year[2:]} |
| 8 | Mar {year[2:]} | shade drift | scale in steps of 50 g | scale of 15 kg bought | Mar {year[2:]} |
"""
    assert "closed_same_day" not in flags(report("Feedback log.xlsx", sheet, **CASES))


@pytest.mark.parametrize(("done", "before"), [("9 Apr", True), ("29 Apr", False)])
def test_days_in_words_of_the_year_in_the_title(done, before):
    sheet = f"""NON CONFORMANCE REGISTER 2026

| NCR | Raised | What is wrong | Why it came | Put right by | Action completed |
| 1 | 19 Jan | 84 sheets with an open edge | grooves of the roller blocked | rollers cleaned | 23 Jan |
| 2 | 22 Apr | moisture too high in bin 4 | steam trap stuck | trap replaced | {done} |
"""
    assert ("done_before_reported" in flags(report("NCR register 2026.xlsx", sheet, **CASES))) is before


@pytest.mark.parametrize(("done", "before"), [("04.08", True), ("05.08", False)])
def test_a_head_that_holds_the_day_of_what_was_done(done, before):
    sheet = f"""고객불만 관리대장 2026

| 번호 | 접수일 | 내용 | 원인 | 대책 (완료일) | 유효성 확인 |
| 1 | 2026.02.03 | 내경 버 12개 | 코어핀 마모 | 핀 교체 (02.19) | 3월 3로트 0건 |
| 2 | 2026.04.20 | 접착 박리 4개 | 교반 누락 | 교반 타이머 설치 ({done}) | 6월 3로트 이상 없음 |
"""
    assert ("done_before_reported" in flags(report("고객불만 2026.xlsx", sheet, **CASES))) is before


@pytest.mark.parametrize(("due", "late"), [("2026-06-30", True), ("2026-06-30, moved to 2026-12-20 with consent of the buyer", False)])  # fmt: skip
def test_a_day_put_off_in_its_own_cell(due, late):
    sheet = f"""=== CAPA
| No | Opened | Problem | Cause | Action | Due | Closed | Status |
| 1 | 2026-02-22 | leak at window | groove too shallow | cavity re-cut | 2026-03-10 | 2026-03-06 | closed |
| 2 | 2026-04-11 | carton crushed | board too weak | board of another mill | {due} | | open |
"""
    assert ("overdue_actions" in flags(report("CAPA.xlsx", sheet, **CASES))) is late


MINUTES = """Management review, 3 June 2026

| # | Action | Who | Until | State on 10 September 2026 |
| 1 | Second oven, contract | Vine | 30 Jun | signed 28 Jun |
| 2 | Buy a cutter for samples | Trask | {due} | waiting for quotation |
| 3 | Visit to the customer | Vine | 20 Dec | ticket booked |
"""


@pytest.mark.parametrize(("due", "late"), [("15 Jul", True), ("15 Dec", False)])
def test_tasks_with_days_in_words_without_their_year(due, late):
    assert ("overdue_actions" in flags(report("Minutes.docx", MINUTES.format(due=due), **REVIEW))) is late


@pytest.mark.parametrize(("seen", "raised"), [("43건 전수 확인 누락 0, 2026-06-30 민", False), ("", True)])
def test_a_head_of_a_part_and_its_day(seen, raised):
    form = f"부적합 쪽지 26-07 || 발견일 :: 2026-03-19\n내용 :: 성적서에 환산계수 누락\n원인 :: 양식이 한 단위로 고정\n조치 / 완료일 :: 단위 선택 추가 2026-03-31\n확인 / 확인일 :: {seen}\n종결일 :: 2026-04-02"
    found = flags(report("부적합 쪽지 26-07.docx", form, **CASES))
    assert ("no_effectiveness_check" in found) is raised
    assert "done_before_reported" not in found


@pytest.mark.parametrize(("title", "raised"), [("Deviation request DR-06", False), ("Deviation report DR-06", True)])
def test_a_request_to_take_goods_as_they_are_is_no_case(title, raised):
    form = f"{title} || Date :: 2026-03-10\nProblem :: chamfer 0.2 instead of 0.3\nCause :: tool worn after 9,000 pieces\nAction :: tool changed, counter fitted\nClosed :: 2026-03-22"
    assert ("no_effectiveness_check" in flags(report(f"{title}.docx", form, **CASES))) is raised
