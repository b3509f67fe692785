"""Registers and minutes whose heads and notes answer for their rows, each beside the one that is still told."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = "\n".join(
    f"| NC26-01{n} | 2026.0{n}.09 | 阀芯 VX-20 | 外径 19.96{n} | 1{n} | 砂轮修整间隔过长 {n} | 每{n}0件修整一次 | 2026.0{n}.1{n} |"
    for n in (1, 2, 3, 4, 5)
)
REGISTER = (
    f"# 不合格品处理台账\n\n| 编号 | 发现日期 | 零件 | 不合格描述 | 数量 | 原因 | 纠正措施 | 完成日期 |\n{CASES}\n\n"
)
CORRECTIVE = {"kind": "corrective_action_record", "criteria": ("corrective_action",), "language": "zh"}


@pytest.mark.parametrize(
    ("note", "told"),
    [("效果确认:以上各项完成后连续三批检验未再发生。", False), ("编制:周丽 审核:顾建明", True), ("效果确认:", True)],
)
def test_a_note_below_a_register_checks_all_its_cases(note: str, told: bool) -> None:
    assert ("no_effectiveness_check" in flags(report("台账.xlsx", REGISTER + note, **CORRECTIVE))) is told


@pytest.mark.parametrize(("head", "told"), [("原因與改善", False), ("改善", True)])
def test_cause_and_improvement_share_a_column(head: str, told: bool) -> None:
    rows = "\n".join(
        f"| 114-0{n} | 115/0{n}/15 | 車床課 | 檢查表 {n} 未填 | 表單用完未補;每週由文管補表 {n} | 115/0{n}/28 查四週均已填 結案 |"
        for n in (1, 2, 3, 4)
    )
    text = f"# 矯正措施追蹤表\n\n| 編號 | 日期 | 單位 | 缺失 | {head} | 追蹤確認 |\n{rows}\n"
    assert ("no_root_cause" in flags(report("追蹤表.xlsx", text, **CORRECTIVE))) is told


PATROL = "製程巡檢紀錄\n\n日期:2026年{month}月11日 巡檢:郭惠雯\n\n成型區:三號機油盤滿到外緣,操作員當場清除。\n\n搓牙區:牙規放在機台上沒有歸位。"


def test_a_round_through_the_shop_looks_at_no_pieces() -> None:
    rounds = [
        report(f"製程巡檢 {month}.docx", PATROL.format(month=month), kind="traceability_record", language="zh")
        for month in (3, 6)
    ]
    assert "no_lot_in_inspection" not in flags(*rounds)


def test_readings_a_few_steps_apart_come_to_each_other_by_chance() -> None:
    rows = (
        "| 1 | 18.1 | 18.3 | 18.2 | 18.4 |\n| 2 | 18.0 | 18.2 | 18.1 | 18.3 |\n| 3 | 18.3 | 18.1 | 18.4 | 18.2 |\n"
        "| 4 | 18.9 | 18.7 | 18.8 | 19.0 |\n| 5 | 18.2 | 18.3 | 18.0 | 18.1 |\n| 6 | 18.1 | 18.0 | 18.2 | 18.1 |"
    )
    sheet = report("SPC.xlsx", f"# Potting weight\n\n| Group | x1 | x2 | x3 | x4 |\n{rows}", kind="metrics_record")
    assert "figures_do_not_add" not in flags(sheet)


@pytest.mark.parametrize(
    "name", ["Công ty TNHH Xơ dừa Mỹ Tho", "Công ty TNHH Xơ Dừa Mỹ Tho"]
)  # a name goes on behind a word that begins small
def test_a_vietnamese_name_is_read_to_its_end(name: str) -> None:
    text = f"# Biên bản xem xét của lãnh đạo\n\n{name}\n\nNgày 12/03/2026. Hệ thống chất lượng vận hành tốt."
    found = flags(report("MRM.docx", text, kind="management_review_record", language="vi"))
    assert "Xơ'" not in getattr(found.get("placeholder_left"), "explanation", "")


def test_a_row_of_limits_heads_no_column_of_limits() -> None:
    rows = "\n".join(f"| B6-07{n}4 | 0{n}/07/2026 | {45 + n / 10} | {98 + n} | {196 + n % 4} |" for n in range(1, 10))
    text = f"# Batch release\n\n| Batch | Blended | KV40 cSt | VI | Water ppm |\n| spec | | 41.4 - 50.6 | min 95 | max 200 |\n{rows}"
    assert "results_just_under_limit" in flags(report("Batches.xlsx", text, kind="traceability_record"))


@pytest.mark.parametrize(("mark", "told"), [("", True), ("A", False)])
def test_a_remark_that_all_were_evaluated_is_no_result(mark: str, told: bool) -> None:
    names = ("大裕鑄造", "協益熱處理", "正隆研磨", "永盛螺絲", "宏昇包材")
    rows = "\n".join(f"| {name} | 2026/03/1{n} | 吳俊賢 | {mark} | 已考核 |" for n, name in enumerate(names))
    text = f"# 供應商考核彙總表\n\n| 廠商 | 考核日期 | 考核人員 | 考核結果 | 備註 |\n{rows}"
    made = report("考核.xlsx", text, kind="supplier_evaluation_record", criteria=("supplier_control",), language="zh")
    assert ("evaluation_without_result" in flags(made)) is told


def test_a_list_of_audits_in_thai_inspects_no_goods() -> None:
    rows = "\n".join(f"| {n}/2568 | 1{n} มี.ค. 2568 | ฝ่ายผลิต | สุดา (บุคคล) | 0 | {n} |" for n in (1, 2, 3, 4))
    text = f"# สรุปผลการตรวจติดตามคุณภาพภายใน\n\n| ครั้งที่ | วันที่ | หน่วยงาน | ผู้ตรวจ | CAR | OBS |\n{rows}"
    made = report("สรุปผลการตรวจติดตามภายใน.xlsx", text, kind="internal_audit_record", language="th")
    assert "no_lot_in_inspection" not in flags(made)
