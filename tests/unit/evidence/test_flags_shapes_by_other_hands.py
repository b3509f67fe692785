"""Shapes of papers in which a rule was silent: heads of other words, lines below a name, days without their year, words that hid in others."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


def sheet(rows, path, head, **told):
    return report(path, "\n".join([head, *(f"| {row} |" for row in rows)]), **{**CHECKED, **told})


@pytest.mark.parametrize(
    ("days", "raised"),
    [
        (("08.06", "08.18", "08.31", "09.14", "09.18"), True),
        (("06-08", "18-08", "31-08", "14-09", "18-09"), True),
        (("10.42", "10.17", "12.05", "10.11", "12.60"), True),  # figures: the titles alone tell which sheet comes first
    ],
)
def test_days_without_their_year_are_read_by_their_column(days, raised):
    made = ("2026.08.04", "2026.08.13", "2026.08.27", "2026.09.10", "2026.09.23")
    lots = ("CK260803", "CK260812", "CK260826", "CK260909", "CK260922")
    inspected = sheet(
        [f"{day} | {lot} | 9.4 | 합격" for day, lot in zip(made, lots, strict=True)],
        "출하검사 기록 8-9월.xlsx",
        "| 검사일 | LOT | pH (9.0~10.0) | 판정 |",
    )
    shipped = ("CK260803", "CK260812", "CK260826", "CK260909", "CK260916")
    sent = sheet(
        [f"{day} | {lot} | 남동금속 | 60" for day, lot in zip(days, shipped, strict=True)],
        "출하대장 8-9월.xlsx",
        "| 출하일 | LOT | 거래처 | 수량 |",
    )
    assert ("lot_unknown_in_next" in flags(inspected, sent)) is raised


@pytest.mark.parametrize(
    ("top", "raised"),
    [
        ("LOTUS VALLEY PUMPS - QUALITY DEPT.\n\nFINAL INSPECTION SUMMARY, APRIL TO JULY 2025", True),
        ("LOTUS VALLEY PUMPS - QUALITY DEPT.\n\nFINAL INSPECTION SUMMARY, APRIL TO JULY 2026", False),
        ("LOTUS VALLEY PUMPS - QUALITY DEPT.\n\nForm QC-07, in use since 1 March 2025", False),
    ],
)
def test_a_heading_below_the_name_of_the_firm_names_the_year(top, raised):
    rows = "\n".join(
        f"| {day} | L-{lot} | 200 | Pass |" for day, lot in (("14-Apr-26", 118), ("09-May-26", 131), ("27-Jun-26", 152))
    )
    paper = report("Final inspection.xlsx", f"{top}\n\n| Date | Lot | Checked | Result |\n{rows}", **CHECKED)
    assert ("heading_year_left_over" in flags(paper)) is raised


@pytest.mark.parametrize(("total", "raised"), [(27, True), (34, False)])
def test_a_total_that_leaves_a_row_out_beside_others_that_leave_out_none(total, raised):
    head = "| Date | Lot | Ordered | Checked | Major | Minor | Result |"
    rows = [
        "14-Apr-26 | L-118 | 6,240 | 200 | 4 | 11 | Pass",
        "09-May-26 | L-131 | 5,880 | 200 | 7 | 9 | Pass",
        "02-Jun-26 | L-140 | 3,150 | 125 | 9 | 6 | Pass",
        "27-Jun-26 | L-152 | 3,410 | 125 | 3 | 8 | Pass",
        "08-Aug-26 | L-167 | 8,700 | 200 | 6 | 12 | Pass",
        "13-Sep-26 | L-174 | 7,960 | 200 | 5 | 10 | Pass",
        f"TOTAL |  | 35,340 | 1,050 | {total} | 56 |",
    ]
    assert ("figures_do_not_add" in flags(sheet(rows, "Final inspection.xlsx", head))) is raised


@pytest.mark.parametrize(
    ("cause", "raised"),
    [
        ("Không tìm được", True),
        ("Not found.", True),
        ("未找到", True),
        ("bulunamadı", True),
        ("Không tìm được chốt định vị vì khay thiếu, nên lắp lệch 6 mm", False),
    ],
)
def test_a_cause_that_only_says_that_none_was_found(cause, raised):
    text = f"# NCR 26-17\n\nDate found :: 22/09/2026\nProblem :: Shade differs between both ends of the kiln, 140 m2\nCause :: {cause}\nAction :: 140 m2 put to second choice\nCheck of effect :: 28/09/2026, two lots of one shade\nClosed :: 29/09/2026, Khue"
    assert ("no_root_cause" in flags(report("NCR 26-17.docx", text, **CASE))) is raised


@pytest.mark.parametrize(
    ("did", "raised"),
    [
        ("Conveyor set straight and rails covered, finished on 13/08/2026", True),
        ("Tổ cơ điện chỉnh băng tải, làm xong ngày 13/08/2026", True),
        ("Conveyor set straight and rails covered, finished on 19/08/2026", False),
        ("Conveyor set straight as it was before the move, drawing of 13/08/2026 pinned up", False),
    ],
)
def test_the_day_on_which_an_action_was_finished_stands_at_its_end(did, raised):
    fields = [
        "Date found :: 17/08/2026",
        "Problem :: 26 tiles chipped at a corner",
        "Cause :: The belt runs 6 mm off and the edge scrapes the rail",
        f"Action :: {did}",
        "Check of effect :: 05/09/2026, four lots, 0 of 800 chipped",
        "Closed :: 07/09/2026, Khue",
    ]
    second = [
        "Date found :: 01/09/2026",
        "Problem :: Glaze pinholes on 40 tiles",
        "Cause :: Sieve of 120 mesh torn at the frame",
        "Action :: Sieve changed, 02/09/2026",
        "Check of effect :: 20/09/2026, three lots without pinholes",
        "Closed :: 22/09/2026, Khue",
    ]
    text = "# NCR 26-14\n\n" + "\n".join(fields) + "\n\n# NCR 26-15\n\n" + "\n".join(second)
    assert ("done_before_reported" in flags(report("NCR 26-14 and 26-15.docx", text, **CASE))) is raised


@pytest.mark.parametrize(
    ("remark", "raised"),
    [
        ("ครบ 1,240 เส้น ส่งคลังแล้ว", True),
        ("1,240 pcs sent to store", True),
        ("die centred again, 1,240 pcs sorted", False),
    ],
)
def test_goods_sent_to_store_are_no_reaction_and_a_diameter_is_no_pass(remark, raised):
    rows = [
        "05/08/2026 | R0805-1 | 19.02 | 18.96 | 19.07 | Manop | ",
        "06/08/2026 | R0806-1 | 19.11 | 19.08 | 19.14 | Manop | ",
        f"07/08/2026 | R0807-1 | 19.41 | 19.36 | 19.39 | Manop | {remark}",
        "10/08/2026 | R0810-1 | 19.05 | 19.09 | 18.98 | Manop | ",
    ]
    text = (
        "# เส้นผ่านศูนย์กลางนอก (OD) HR-19\n\nLimit 19.0 ± 0.3 mm\n\n| Date | Lot | 1 | 2 | 3 | By | Remark |\n"
        + "\n".join(f"| {row} |" for row in rows)
    )
    assert ("out_of_limits_without_reaction" in flags(report("OD HR-19.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("points", "raised"), [(("", "", ""), True), (("8", "7", "9"), False)])
def test_a_report_of_a_visit_scores_topics(points, raised):
    rows = "\n".join(
        f"| {topic} | {seen} | {mark} |"
        for (topic, seen), mark in zip(
            (
                ("Bath control", "Titration twice a shift"),
                ("Thickness", "Block of 8.1 read 8.0"),
                ("Cards", "Two frames without"),
            ),
            points,
            strict=True,
        )
    )
    text = f"# Supplier evaluation visit\n\nSupplier :: Mondego Plating || Date :: 15 June 2026\nVisitors :: F. Marques || Received by :: Mr. Teixeira\n\n| Topic | What we saw | Points 0-10 |\n{rows}"
    paper = report("Visit Mondego.docx", text, kind="supplier_evaluation_record", criteria=("supplier_control",))
    assert ("evaluation_without_result" in flags(paper)) is raised
