"""Registers as plants keep them: who and until when in one cell, days without years, an effect that was seen in a case nobody called closed."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("head", "until"),
    [
        ("PIC / Due", "Azhar 30/06/26"),
        ("Who / target date", "Azhar, 30.06.2026"),
        ("Target date / who", "30/06/2026 Azhar"),
        ("PIC / Batas waktu", "Azhar 30/06/2026"),
    ],
)
def test_who_and_until_when_share_a_cell(head, until):
    sheet = """=== 2026
| CAR | Raised | Issue | Root cause | Action | {head} | Done | Effectiveness |
| 26-02 | 12/01/26 | Thread gauge goes in, 22 pcs | Tap used 5,200 holes | Counter locked | Azhar 30/01/26 | 27/01/26 | 06/04/26: 12 lots, all stop |
| 26-05 | 20/04/26 | Undercut 0.6 mm, 9 pcs | Torch bracket bent | Bracket with hard stop | {until} | {done} | |
"""
    late = report("CAR list.xlsx", sheet.format(head=head, until=until, done="open, not started"), **CASES)
    done = report("CAR list.xlsx", sheet.format(head=head, until=until, done="25/06/26"), **CASES)
    assert "overdue_actions" in flags(late)
    assert "overdue_actions" not in flags(done)


@pytest.mark.parametrize("done", ["19/05, trễ 4 ngày do chờ máy quét", "19/05 (chậm 4 ngày)", "19/05"])
def test_what_was_done_late_is_done(done):
    sheet = f"""=== 2026
| Số | Ngày | Sự việc | Nguyên nhân | Biện pháp | Hạn | Xong | Kiểm hiệu quả |
| KPH-01 | 26/01/2026 | Mất cân bằng 14 viên | Cào mòn 4 mm | Thay cào, đo khe mỗi tuần | 28/02/2026 | 24/02/2026 | 3 lô tháng 3: 0,3 % |
| KPH-02 | 17/04/2026 | Sai nhãn, 210 nhãn | Hai file cùng tên | Quét mã trước khi in | 15/05/2026 | {done} | 46 lệnh in tháng 6 đúng |
"""
    assert "overdue_actions" not in flags(report("KPH 2026.xlsx", sheet, **CASES))


@pytest.mark.parametrize(("seen", "raised"), [("3/18 次ロット 3 件検品 0 双", True), ("", False)])
def test_an_effect_that_was_seen_ends_a_case_whose_cause_is_empty(seen, raised):
    sheet = f"""=== 2026
| No. | 受付日 | 得意先 | 内容 | 原因 | 処置・対策 | 効果確認 |
| 1 | 2026/1/21 | 瀬戸 | 親指付根の縫い外れ 7 双 |  | 7 双交換、在庫 340 双検品 | {seen} |
| 2 | 2026/6/4 | 瀬戸 | テープ剥離 12 双 | 外注先の作業標準に図なし | 周囲縫い図を追加 | 8/7 引張 20 双すべて 45 N 以上 |
"""
    assert ("no_root_cause" in flags(report("クレーム台帳2026.xlsx", sheet, **CASES))) is raised


@pytest.mark.parametrize(("closed", "raised"), [("3/6", True), ("8/1", False)])
def test_a_column_for_the_closing_that_holds_days_without_years_is_that_day(closed, raised):
    sheet = f"""=== 115
| 客訴及異常矯正登記簿　115 年 | < | < | < | < | < | < |
| 單號 | 受理日 | 客戶 | 問題描述 | 原因與對策 | 結案 | 效果追蹤 |
| C115-03 | 2/10 | 悅澄飯店 | 浴巾毛圈被勾出，38 條 | 打緯張力偏低 22 → 調回 28 cN | {closed} | 9/20 查 4 批，勾出 0 條 |
| C115-05 | 3/25 | 佳禾百貨 | 同箱色差 ΔE 1.9 | 兩缸混裝；裝箱單加缸號 | 4/17 | 6/8 抽 30 箱皆單一缸號 |
| C115-11 | 7/28 | 悅澄飯店 | 浴巾毛圈被勾出，51 條 | 打緯張力再度偏低，重新調整 | 8/21 | 9/30 查 3 批，勾出 0 條 |
"""
    assert ("same_defect_after_closure" in flags(report("115年客訴矯正登記簿.xlsx", sheet, **CASES))) is raised


@pytest.mark.parametrize(
    ("state", "raised"), [("started 04/05", False), ("started 20/05", True), ("open, asked 04/05", True)]
)
def test_what_was_begun_in_time_is_not_late(state, raised):
    minutes = f"""# Management review 2 June 2026

| Topic | Discussion | Decision | Who / due | Status 02/06/2026 |
| Complaints 2025 | 14, 8 of them scratches | Felt lining on stacker 2 | Wichai, 30/04/2026 | done 28/04 |
| Scrap | 4.6 % in 2025, target 4.0 % | New nesting, trial 2 coils | Prasert, 15/05/2026 | done, waste of trial 3.9 % |
| Resources | Second operator on night shift missing | Hire one person | Nok, 15/05/2026 | {state} |
"""
    made = report("Management review.docx", minutes, kind="management_review_record", criteria=("management_review",))
    assert ("overdue_actions" in flags(made)) is raised


@pytest.mark.parametrize(
    ("piece", "raised"), [("B70140 白／D0714", True), ("B70140 白／D0122", True), ("F3476 藍／D0714", False)]
)
def test_lots_of_one_part_are_no_other_parts(piece, raised):
    sheet = f"""=== 115
| 單號 | 受理日 | 客戶 | 品號／批號 | 問題描述 | 原因 | 對策 | 結案 |
| C115-03 | 2026/2/10 | 悅澄飯店 | B70140 白／D0122 | 浴巾毛圈被勾出，38 條 | 打緯張力偏低 22 | 調回 28 cN | 2026/3/6 |
| C115-11 | 2026/7/28 | 悅澄飯店 | {piece} | 浴巾毛圈被勾出，51 條 | 打緯張力再度偏低 | 重新調整 | 2026/8/21 |
"""
    assert ("same_defect_after_closure" in flags(report("115年客訴矯正登記簿.xlsx", sheet, **CASES))) is raised
