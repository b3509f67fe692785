"""Lessons and their matter, remarks of auditors by their numbers, rows that are no heads, and results a hair inside a limit."""

import pytest

from evidence.blame import blames_person
from evidence.restated import restates
from tests.unit.evidence.builders import flags, report


def sheet(*rows):
    return "=== 1\n" + "\n".join(f"| {row} |" for row in rows)


def case(path, text, **more):
    return report(path, text, kind="corrective_action_record", criteria=("corrective_action",), **more)


@pytest.mark.parametrize(
    ("cause", "lesson", "change"),
    [
        ("Operator of press 4 was careless, not reading the setup sheet", "Train operator again on setup sheet and drawing. Warn operator.", "Train operator. Drawing marked with the hand of the part."),
        ("Inspector overlooked the burr", "Reminded inspector to use the gauge and look at the drawing", "Gauge with a lamp, inspector briefed"),
        ("Operator forgot the valve", "Counsel the operator", "Interlock on the valve; operators briefed"),
        ("Nhân viên QC kiểm tra không kỹ", "Huấn luyện lại nhân viên QC", "Làm đồ gá chống ngược, huấn luyện lại nhân viên"),
        ("Operator lupa mengecek label", "Operator diingatkan agar selalu memeriksa label dan jig", "Pasang sensor, operator diingatkan"),
        ("Pemeriksa terlepas pandang", "Ingatkan pemeriksa supaya lebih berhati-hati", "Sensor dipasang, pemeriksa dilatih"),
        ("พนักงานหยิบชิ้นงานผิดเพราะไม่ดูใบงาน", "ว่ากล่าวตักเตือนพนักงาน", "ทำจิ๊กกันกลับด้าน อบรมพนักงาน"),
        ("作业员粗心，未看图纸", "提醒作业员注意看标识和参数", "制作防呆治具，培训作业员"),
        ("작업자 부주의", "작업자에게 금형 확인을 당부", "지그 제작 및 작업자 교육"),
        ("作業者が手順を守らなかった", "手順書の再周知、教育", "治具を作成し、教育した"),
        ("Kontrol elemanının gözünden kaçmış", "Personele hatırlatma yapıldı", "Sensör takıldı, personele eğitim verildi"),
    ],
)  # fmt: skip
def test_the_matter_of_a_lesson_changes_nothing(cause, lesson, change):
    assert blames_person({"root_cause": cause, "action": lesson})
    assert not blames_person({"root_cause": cause, "action": change})
    assert not blames_person({"root_cause": "Chuck worn, no interval for it", "action": lesson})


@pytest.mark.parametrize(
    ("told", "lesson"),
    [
        ("The stitcher thought it was the same thread", "Stitcher was shown again"),
        ("Công nhân mải nói chuyện", "Nhắc nhở trước ca"),
        ("Penjahit mengantuk", "Penjahit ditegur"),
        ("พนักงานคุยกันขณะทำงาน", "หัวหน้าตักเตือน"),
        ("焊工打瞌睡", "批评教育"),
        ("작업자가 졸음", "작업자 경고"),
        ("溶接者の油断", "再教育"),
        ("Depocu başka partiyi göndermiş", "Depocu uyarıldı"),
    ],
)
def test_what_somebody_did_is_his_fault_whatever_it_was(told, lesson):
    assert blames_person({"root_cause": told, "action": lesson})


@pytest.mark.parametrize(
    ("cause", "lesson"),
    [
        ("Operators had no sample at the table", "Operators briefed"),
        ("Operator's screen froze", "Operators told what to do"),
        ("Staff turnover in May", "Training plan for new people"),
        ("Công nhân không được cấp dưỡng đo", "Đào tạo lại công nhân"),
        ("加工余量过大", "培训"),
        ("人员不足", "培训"),
        ("작업자가 한도견본을 받지 못함", "작업자 교육"),
        ("Operatöre talimat verilmemiş", "Eğitim verildi"),
    ],
)
def test_what_somebody_was_not_given_is_not_his_fault(cause, lesson):
    assert not blames_person({"root_cause": cause, "action": lesson})


@pytest.mark.parametrize(
    ("problem", "cause", "told"),
    [
        ("40 bottles leaking at the neck", "Leaks at the cap", "Cap chuck worn, leaks at the cap"),
        ("18 thùng chảy dầu ở cổ can", "Do can bị rò ở nắp", "Do gioăng nắp can bị rách, rò ở nắp"),
        ("Botol bocor di leher", "Bocor di tutup botol", "Torsi tutup kurang karena pegas aus, bocor di tutup"),
    ],
)
def test_a_defect_at_another_place_is_no_cause(problem, cause, told):
    assert restates(cause, problem)
    assert not restates(told, problem)


def test_what_an_audit_numbers_apart_needs_no_cause():
    rows = ("Finding | Area | Cause | Done | Closed by", "N1: log of oven 3 empty on 4 May | Ovens | Paper ran out, no spare roll | Spare rolls kept | A. Demir, 07.06.2026", "N2: hammer check out of date | Laboratory | Order waited for a signature | New set bought | H. Kaya, 29.06.2026")  # fmt: skip
    last = "{}: tape of the blocked area worn | Store | – | Tape renewed | A. Demir, 16.06.2026"
    audit = {"kind": "internal_audit_record", "criteria": ("internal_audit", "corrective_action")}
    found = {code: flags(report("audit 2026.xlsx", sheet(*rows, last.format(code)), **audit)) for code in ("O1", "N3")}
    assert "no_root_cause" not in found["O1"]
    assert "no_root_cause" in found["N3"]


def test_a_row_with_a_day_without_its_year_heads_no_register():
    rows = (
        "CORRECTIVE ACTIONS, 25 September 2026",
        "No | Raised | Issue | Root cause | Action | Owner | Due | Status",
        "26-02 | 11 Feb | Dust in two lots | Screen worn | Screens changed every month | Ann | 15 Mar | Done 12 Mar",
        "26-05 | 19 May | Wet bags in container | Leak not looked at | Light test form before loading | Bea | 10 Jun | Done 8 Jun",
        "26-06 | 5 Jun | Ash in one lot | Sand in the charcoal | Visit collector, concrete floor | Ann | {} | Open, not visited",
    )
    assert "overdue_actions" in flags(case("status.xlsx", sheet(*rows).replace("{}", "31 Jul")))
    assert "overdue_actions" not in flags(case("status.xlsx", sheet(*rows).replace("{}", "31 Dec")))


def test_chapters_of_a_standard_are_no_days():
    text = "# Audit checklist welding\n\nAudit date :: 9 June 2026\n\n| No | Checked | Clause | Conform / not | Facts |\n| 1 | Welders qualified | 7.2 | conform | 6 seen, valid to 2027 |\n| 2 | Records by lot | 8.6 | conform | M26-05 whole |\n| 3 | Labels of wrenches | 7.1.5 | not conform | label of TW-07 off |\n| 4 | Bad parts apart | 8.7 | conform | 2 in the frame, open tag |\n"
    assert "overdue_actions" not in flags(case("checklist.docx", text))


@pytest.mark.parametrize("values", [("9.8", "9.7", "9.9", "9.8", "9.9"), ("9.8", "9.9", "9.9", "9.7", "9.8", "9.9")])
def test_studies_that_all_end_a_hair_inside_their_limit(values):
    def summary(figures, limit):
        rows = (f"G-{n} | Caliper {n} | {value} | Accept" for n, value in enumerate(figures, 1))
        return report("MSA.xlsx", sheet(f"GAUGE R&R 2026, acceptance < {limit} %", "Study | Gauge | %GRR | Result", *rows), kind="calibration_record", criteria=("calibration",))  # fmt: skip

    assert "results_just_under_limit" in flags(summary(values, 10))
    assert "results_just_under_limit" not in flags(summary(values, 30))
    assert "results_just_under_limit" not in flags(summary((*values[:-1], "6.1"), 10))


@pytest.mark.parametrize("head", ["Weight g (≥400)", "น้ำหนัก g (≥400)", "重量 g (≥400)"])
def test_what_is_packed_lies_right_above_its_weight(head):
    rows = (f"{3 + n}/8/2026 | 09.20 | {value} | OK" for n, value in enumerate(("402.6", "403.1", "401.4", "404.0", "402.2", "401.9")))  # fmt: skip
    text = sheet("Finished goods, noodles 400 g", f"Date | Time | {head} | Seal", *rows)
    assert "results_just_under_limit" not in flags(
        report("weights.xlsx", text, kind="traceability_record", criteria=("traceability",))
    )


@pytest.mark.parametrize("given", [("", "", "", ""), ("38", "26", "13", "14")])
def test_how_points_are_given_is_no_score(given):
    rows = (("来料合格率", "40", "每低 1% 扣 4 分"), ("准时交货", "30", "每迟一批扣 3 分"), ("价格", "15", "与市场比较"), ("服务", "15", "8D 回复及时"))  # fmt: skip
    marks = (f"{' | '.join(row)} | {mark} |" for row, mark in zip(rows, given, strict=True))
    text = sheet("供应商年度评价表", "供应商 | 佛山青禾浆板有限公司 | 供货 | 甘蔗浆板 |", "评价日期 | 2026-01-16 | 评价人 | 钟丽 |", "项目 | 满分 | 评分标准 | 得分 | 备注", *marks)  # fmt: skip
    found = flags(
        report("评价表.xlsx", text, kind="supplier_evaluation_record", criteria=("supplier_control",), language="zh")
    )
    assert ("evaluation_without_result" in found) is not any(given)
