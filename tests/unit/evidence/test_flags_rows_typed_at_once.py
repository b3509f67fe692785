"""Logs whose own column says that all rows were typed on one day; marks of every row below numbered heads; papers that only hand over the report
of a case; team leaders and registers that are taken for something else.
"""

import pytest

from tests.unit.evidence.builders import flags, report

SITTING = "many_records_one_sitting"
DAYS = ("12.02.2026", "03.03.2026", "27.03.2026", "21.04.2026", "19.05.2026", "11.06.2026")
ONE_DAY = "2026-08-31"


def log(
    head: str, typed: str | tuple[str, ...], note: str = "", title: str = "Hourly check of caps", work: str = "Day"
):
    cells = (typed,) * len(DAYS) if isinstance(typed, str) else typed
    rows = "\n".join(
        f"| {day} | C-{210 + at} | {at + 31} | ok | {cell} |"
        for at, (day, cell) in enumerate(zip(DAYS, cells, strict=True))
    )
    text = f"# {title}\n\n| {work} | Lot | Torque Ncm | Result | {head} |\n{rows}\n\n{note}"
    return report("caps.xlsx", text, kind="traceability_record", criteria=("traceability",))


@pytest.mark.parametrize(
    "head",
    [
        "Entered on", "Entry made on", "Data entry", "Keyed in on", "Ngày nhập liệu", "Tanggal input", "Tarikh kemasukan data",
        "วันที่คีย์ข้อมูล", "录入日期", "填表日期", "입력일", "入力日", "Veri giriş tarihi", "Entered on / 录入日期",
    ],
)  # fmt: skip
def test_rows_of_months_typed_on_one_day(head):
    assert "6 rows" in flags(log(head, ONE_DAY))[SITTING].explanation


def test_a_word_for_drawing_up_with_times_that_run_on():
    clocks = tuple(f"{ONE_DAY} 18:{minute:02}" for minute in (2, 4, 5, 7, 9, 12))
    assert SITTING in flags(log("Created on", clocks))
    assert SITTING not in flags(log("Created on", ONE_DAY))


@pytest.mark.parametrize(
    ("head", "typed", "note", "title"),
    [
        ("Entered on", tuple(f"{day} 14:10" for day in DAYS), "", "Hourly check of caps"),  # each on its day
        ("Entered on", ("28.02.2026", "31.03.2026", "31.03.2026", "30.04.2026", "31.05.2026", "30.06.2026"), "", "Caps"),
        ("Shipped on", ONE_DAY, "", "Hourly check of caps"),  # one lorry
        ("Ngày nhập", ONE_DAY, "", "Hourly check of caps"),  # came in, and was not typed in
        ("Giriş tarihi", ONE_DAY, "", "Hourly check of caps"),
        ("Approved on", ONE_DAY, "", "Hourly check of caps"),
        ("Entered on", ONE_DAY, f"Transcribed from the paper cards on {ONE_DAY}.", "Hourly check of caps"),
        ("Entered on", ("16.06.2026",) * 6, "", "Training example: hourly check of caps"),
    ],
)  # fmt: skip
def test_rows_typed_in_turn_or_copied(head, typed, note, title):
    assert SITTING not in flags(log(head, typed, note, title))


def test_a_month_typed_at_its_end():
    rows = "\n".join(f"| 2026-08-{day:02} | C-{day} | 3{day % 10} | ok | 2026-08-31 |" for day in (3, 7, 12, 18, 21))
    text = f"# Caps, August\n\n| Day | Lot | Torque | Result | Entered on |\n{rows}"
    assert SITTING not in flags(report("caps.xlsx", text, kind="traceability_record", criteria=("traceability",)))


@pytest.mark.parametrize(
    ("heads", "marks"),
    [
        ("Date | Lot | 1 | 2 | 3 | Result", ("OK",) * 4),
        ("Ngày | Lô | 1 | 2 | 3 | Kết quả", ("Đạt",) * 4),
        ("日期 | 批次 | 1 | 2 | 3 | 判定", ("合格",) * 4),
        ("測定日 | ロット | 1 | 2 | 3 | 判定", ("合格",) * 4),
    ],
)
def test_the_mark_of_every_row_below_numbered_heads_concludes_nothing(heads, marks):
    figures = ("12.1 | 11.9 | 12.3", "12.0 | 12.4 | 11.8", "13.6 | 12.2 | 13.1", "11.7 | 12.1 | 12.0")
    rows = "\n".join(f"| {5 + at}/9 | M26{at}7 | {row} | {marks[at]} |" for at, row in enumerate(figures))
    text = f"# Length of pin P-12, 12.0 ± 1.0 mm\n\n| {heads} |\n{rows}"
    found = flags(report("pins.xlsx", text, kind="traceability_record", criteria=("traceability",)))
    assert "out_of_limits_without_reaction" in found
    assert "conclusion_contradicts_data" not in found


CASE = "# 8D report {number}\n\nCustomer complaint :: Handle loose on jug J-8, lot K0412 || Received :: 04.05.2026\nRoot cause :: Rivet die worn beyond 0.2 mm\nCorrective action :: Die changed, die checked each 20 000 strokes, 20.05.2026\n{check}Closed :: 30.06.2026\n"
CHECK = "Effectiveness check :: 28.06.2026, four lots of 500, no loose handle\n"
MAIL = "Subject :: FW: complaint {number} handle loose\nAttachments :: {file}\n\nDate :: 12.05.2026\n\nProblem description :: handle loose on jug J-8, lot K0412\nRoot cause :: rivet die worn, told in {file}\nCorrective action :: die changed. Action :: please find our final report of your complaint of 4 May 2026\n"


def cases(check: str, number: str = "26-0118", path: str = "mail.eml/{file}") -> set[str]:
    file = "8D 26-0118.docx"
    about = {"criteria": ("corrective_action",)}
    done = report(
        path.format(file=file), CASE.format(number="26-0118", check=check), kind="corrective_action_record", **about
    )
    mail = report("mail.eml", MAIL.format(number=number, file=file), kind="other", **about)
    return set(flags(mail, done))


def test_a_mail_that_holds_the_report_of_a_case_is_none():
    assert "no_effectiveness_check" not in cases(CHECK)
    assert "no_effectiveness_check" not in cases(CHECK, path="{file}")
    assert "no_effectiveness_check" in cases("")


@pytest.mark.parametrize(
    ("team", "raised"),
    [
        ("审核日期：2026年4月22日。组长：梁可（设计部），组员：谭伟（工程部）", False),
        ("审核日期：2026年4月22日，组长：梁可，组员：谭伟", False),
        ("Held on 22 April 2026. Team leader: Ana Lim. Member: Tan Bo", False),
        ("仓库审核，2026年4月22日。仓库主管：梁可", True),
    ],
)
def test_who_leads_the_team_behind_its_day_heads_no_area(team, raised):
    table = "| 部门 | 审核员 | 记录 | 不符合项 |\n| 仓库 | 梁可 | 10 个料号 | 无 |\n| 采购 | 谭伟 | 6 份采购单 | 1 项，已关闭 |"
    table = table.replace("梁可", "Ana Lim").replace("谭伟", "Tan Bo") if team.isascii() else table
    paper = report("内审.docx", f"# 2026 年度内部审核总结\n\n{team}\n\n{table}\n", kind="internal_audit_record", criteria=("internal_audit",))  # fmt: skip
    assert ("auditor_not_independent" in flags(paper)) is raised


REGISTERS = (
    ("Complaints and nonconformities 2026", "Source"),
    ("Sổ khiếu nại và sự không phù hợp 2026", "Nguồn"),
    ("苦情・不適合処理台帳 2026年", "発生源"),
    ("客诉与不合格处理台账 2026", "来源"),
)


@pytest.mark.parametrize(("title", "source"), REGISTERS)
@pytest.mark.parametrize(("of_audit", "raised"), [("customer", True), ("internal audit", False)])
def test_a_register_of_complaints_shows_no_finding_of_an_audit(title, source, of_audit, raised):
    about = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
    audit = "# Internal audit 10 June 2026\n\nAuditor :: N. Blum\n\n| Area | Auditor | Result | Nonconformities | Observations |\n| Press | N. Blum | conforms | 0 | 0 |\n| Stores | N. Blum | conforms | 0 | 0 |\n| Purchasing | I. Petrov | conforms | 0 | 0 |\n| Kiln | I. Petrov | conforms | 0 | 0 |\n\nResults of 2024 and 2025: no nonconformity."
    register = f"# {title}\n\n| No. | Received | {source} | Problem | Root cause | Action | Closed |\n| 26-1 | 22.01.2026 | {of_audit} | rough foot | wheel worn | wheel changed | 06.02.2026 |\n| 26-2 | 16.03.2026 | {of_audit} | crack at handle | slip too dry | slip checked each shift | 30.03.2026 |"
    papers = (report("Audit.docx", audit, **about), report(f"{title}.xlsx", register, **about))
    assert ("audits_without_finding" in flags(*papers)) is raised


@pytest.mark.parametrize(
    "seen",
    [
        "14 Jan 2026, 20 sheets, all filled, Nairobi road",
        "ngày 14 tháng 1 năm 2026, 20 tờ, đủ, lô 3",
        "14 Ocak 2026, 20 form, No 3, dolu",
    ],
)
def test_what_was_seen_in_a_factory_is_not_where_it_stands(seen):
    page = "# Certificate\n\nMwamba Spices Ltd\n\nAddress :: LR 4953/1182, Garissa Road, Thika, Kenya\nStandard :: ISO 9001:2015\nScope :: Milling of spices\nNumber :: VQC 3502\nIssue date :: 2026-04-15 || Expiry date :: 2029-04-14\nAccreditation :: KENAS\n"
    cert = report("Cert.pdf", page, kind="certificate", reading="static", mode="credential", criteria=("certification",))  # fmt: skip
    audit = report("Audit.docx", f"# Internal audit\n\n| Place | Finding | Action at the factory | Seen |\n| Mill 1 | sheet empty | Board in factory | {seen} |\n", kind="internal_audit_record", criteria=("internal_audit",))  # fmt: skip
    assert "certificate_other_holder" not in flags(cert, audit, supplier="Mwamba Spices Ltd")
