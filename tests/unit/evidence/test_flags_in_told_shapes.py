"""Flags on papers that tell in lines, lie on their side or hold two fields a line: each shape with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    ("flag", "text", "bad", "good"),
    [
        (
            "conclusion_contradicts_data",
            "# Phiếu đo lô C-12 ngày 04/09/2026\n\nĐường kính yêu cầu 20,00 ± 0,05 mm. Kết quả: 20,01; 20,02; {}; 19,98; 20,00 mm. Kết luận: đạt.\n",
            "20,09",
            "20,03",
        ),
        (
            "out_of_limits_without_reaction",
            "# Oven log, lot W-12, 4 September 2026\n\nSet 180 ± 5 °C. Readings: 08:00 181, 10:00 179, 12:00 {}, 14:00 180 °C.\n",
            "191",
            "183",
        ),
        (
            "results_just_under_limit",
            "# Migration test, lot W-12, 4 September 2026\n\nLimit: max 10.0 mg. Results: 9.9, 9.8, 9.9, {}, 9.8, 9.9, 9.8 mg.\n",
            "9.9",
            "4.1",
        ),
        (
            "out_of_limits_without_reaction",
            "# Oven log, lot W-12, 4 September 2026\n\nSet 180 ± 5 °C. Readings: 181, 179, 191, 180 °C. {}\n",
            "",
            "The tray of 12:00 was scrapped.",
        ),
    ],
)
def test_readings_told_in_a_line_beside_their_limit(flag, text, bad, good):
    assert flag in flags(report("Log.docx", text.format(bad), **TEST))
    assert flag not in flags(report("Log.docx", text.format(good), **TEST))


def test_days_and_sizes_told_in_a_line_are_no_readings():
    text = "# Visit note, 4 September 2026\n\nSet 180 ± 5 °C. The oven was looked at on 3, 4 and 5 September. Orders 4411, 4412, 4413 ran.\n"
    assert not [fact for fact in report("Note.docx", text, **TEST).facts if fact.kind == "readings"]


def test_the_same_readings_told_in_the_lines_of_two_tests():
    text = "# Test, lot {}, {} 2026\n\nTensile readings: 412.3, 415.8, 409.6, 411.2, {}, 410.9, 413.7, 408.8 MPa.\n"
    one = report("t1.docx", text.format("W-1201", "3 June", "417.4"), **TEST)
    copied = report("t2.docx", text.format("W-1305", "9 July", "417.4"), **TEST)
    own = report(
        "t3.docx",
        "# Test, lot W-1306, 9 July 2026\n\nTensile readings: 411.9, 414.2, 410.6, 412.8, 416.0 MPa.\n",
        **TEST,
    )
    assert "identical_readings" in flags(one, copied)
    assert "identical_readings" not in flags(one, own)


def test_a_list_of_tasks_that_lies_on_its_side():
    rows = "=== 1\n| 事项 | 更换压力表 | 重新培训巡检 | 修订作业指导书 |\n| 负责人 | 王强 | 李梅 | 赵云 |\n| 期限 | 2026-06-30 | 2026-05-20 | 2026-07-15 |\n| 状态 | {} | 已完成 | {} |\n"
    assert "overdue_actions" in flags(report("任务.xlsx", rows.format("未完成", "进行中"), language="zh", **CASE))
    assert "overdue_actions" not in flags(report("任务.xlsx", rows.format("已完成", "已完成"), language="zh", **CASE))


def test_a_short_task_is_not_taken_for_who_does_it():
    rows = "# 경영검토 회의록 2026-05-12\n\n| 결정사항 | 담당 | 기한 | 진행 |\n| 수압시험대 증설 | 남궁현 | 2026-07-31 | {} |\n| 절차서 개정 | 오세진 | 2026-06-30 | 완료 |\n"
    review = {"kind": "management_review_record", "criteria": ("management_review",), "language": "ko"}
    assert "overdue_actions" in flags(report("회의록.docx", rows.format("미완료"), **review))
    assert "overdue_actions" not in flags(report("회의록.docx", rows.format("완료"), **review))


def test_states_told_by_colours():
    rows = "# Daftar tindakan, 15 Mei 2026\n\n| Tindakan | PIC | Batas waktu | Status |\n| ganti timbangan lama | Budi | 30 Juni 2026 | {} |\n| cat ulang lantai | Rina | 12 Mei 2026 | hijau |\n"
    assert "overdue_actions" in flags(report("Aksi.docx", rows.format("merah"), language="id", **CASE))
    assert "overdue_actions" not in flags(report("Aksi.docx", rows.format("hijau"), language="id", **CASE))


FORM = """# NCR {number}

Opened :: {opened} || Product :: drum D-20
Problem :: {problem}
Cause :: worn roller || Action :: roller replaced
Effect :: 60 drums tight, {closed}
Closed :: {closed}
"""


def test_two_fields_in_one_line_are_no_heads_of_columns():
    first = FORM.format(number=5, opened="3 February 2026", problem="seam leak at bottom", closed="5 March 2026")
    again = FORM.format(number=9, opened="3 June 2026", problem="bottom seam leaking again", closed="5 July 2026")
    other = FORM.format(number=9, opened="3 June 2026", problem="handle bent in transport", closed="5 July 2026")
    one = report("a.docx", first, **CASE)
    assert "same_defect_after_closure" in flags(one, report("b.docx", again, **CASE))
    assert "same_defect_after_closure" not in flags(one, report("b.docx", other, **CASE))


def test_the_number_of_the_next_line_is_no_cause():
    text = "# Laporan keluhan 14\n\n1. Masalah: 12 drum bocor di pelanggan, 4 Mei 2026\n2. Penyebab:{}\n3. Tindakan: drum diganti 6 Mei 2026\n4. Ditutup: 20 Mei 2026\n"
    assert "no_root_cause" in flags(report("klaim.docx", text.format(""), language="id", **CASE))
    assert "no_root_cause" not in flags(report("klaim.docx", text.format(" rol penutup aus"), language="id", **CASE))


def test_a_measure_told_month_by_month_that_never_moves():
    months = ("January", "February", "March", "April", "June", "July")
    for values, raised in ((["98.0"] * 6, True), (["98.0", "97.1", "98.4", "96.9", "98.0", "97.7"], False)):
        lines = "\n".join(f"- {month}: on-time delivery {value} %" for month, value in zip(months, values, strict=True))
        slides = report("Results.pptx", f"# Quality results 2026\n\n{lines}\n", **MEASURES)
        assert ("kpi_values_constant" in flags(slides)) is raised


@pytest.mark.parametrize(
    "told", ["target for on-time delivery", "mục tiêu on-time delivery", "goal of on-time delivery"]
)
def test_a_target_told_month_by_month_is_no_measure_that_never_moves(told):
    lines = "\n".join(
        f"- {month}: {told} 98.0 %" for month in ("January", "February", "March", "April", "June", "July")
    )
    assert "kpi_values_constant" not in flags(report("Aims.pptx", f"# Quality in 2026\n\n{lines}\n", **MEASURES))


def test_a_total_behind_its_parts():
    text = (
        "# Scrap May 2026\n\nBy cause: porosity 120 pcs, cold shut 45 pcs, sand 30 pcs, other 11 pcs. Total {} pcs.\n"
    )
    assert "figures_do_not_add" in flags(report("Scrap.docx", text.format(216), **MEASURES))
    assert "figures_do_not_add" not in flags(report("Scrap.docx", text.format(206), **MEASURES))


def test_audits_whose_field_for_the_number_of_findings_holds_none():
    text = "# İç denetim raporu {}\n\nTarih :: 05.03.{} || Denetçi :: A. Kaya\nUygunsuzluk sayısı :: {}\n"
    for count, raised in ((0, True), (2, False)):
        audits = [
            report(f"denetim {year}.docx", text.format(year, year, count), language="tr", **AUDIT)
            for year in (2025, 2026)
        ]
        assert ("audits_without_finding" in flags(*audits)) is raised
