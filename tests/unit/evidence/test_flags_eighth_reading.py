"""Flags that a review of the rules asked for: each path with its near miss."""

import json
import random

import pytest

from evidence.facts.text import fold
from evidence.trades import covers
from tests.unit.evidence.builders import document, flags, merged, passages, report
from tests.unit.work import MOST, growth

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}


def rows(*lines: str) -> str:
    return "=== 1\n" + "\n".join(f"| {line} |" for line in lines)


def measured(number: int, values: str) -> str:
    day = f"{number % 27 + 1} June 2026"
    cells = "\n".join(f"| {piece} | {value} |" for piece, value in enumerate(values.split(), 1))
    return f"# Test sheet, lot W-{4400 + number}, {day}\n\n| Piece | Load kN |\n{cells}\n"


COPIED = "14.21 14.37 14.18 14.44 14.29 14.33 14.26 14.40"


def test_readings_copied_into_many_papers_are_told_once():
    papers = [report(f"Sheet {4400 + n}.docx", measured(n, COPIED), **TEST) for n in range(1, 13)]
    found = flags(*papers)["identical_readings"]
    assert found.citations


def test_nominal_sizes_in_many_papers_are_no_copied_readings():
    noise = random.Random(8)

    def paper(n):
        own = [f"{9.9 + noise.random() / 5:.3f}" for _ in range(6)]
        sizes = ["10.00", "10.40", "10.10", "10.90", "10.30", "10.70"]
        cells = "\n".join(
            f"| F{k} | {size} | {value} | {value}1 |" for k, (size, value) in enumerate(zip(sizes, own, strict=True))
        )
        return report(
            f"Sheet {4400 + n}.docx",
            f"# Test sheet, lot W-{4400 + n}, {n + 1} June 2026\n\n| Feature | Nominal | Piece 1 | Piece 2 |\n{cells}\n",
            **TEST,
        )

    assert "identical_readings" not in flags(*[paper(n) for n in range(1, 13)])


def test_thousands_of_codes_that_papers_hand_on_are_looked_up_at_once():
    def registers(lines):
        runs = [f"{n} | R{n:05d} | {n * 3} kg" for n in range(10_000, 10_000 + lines)]
        return [report(f"{at}.xlsx", rows(f"{at} | Run | Weight", *runs), **TEST) for at in ("Firing", "Shelf")]

    assert growth(registers, lambda papers: flags(*papers), 250) < MOST


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12.3 a batch", "2026-03-12"),
        ("3/4 a crack", "2026-04-03"),
        ("4/6 t", "2026-06-04"),
        ("4.6 A", None),
        ("4.6 t", None),
    ],
)
def test_a_unit_is_one_behind_a_decimal_point_only(written, day):
    from evidence.facts.days import short_day
    from evidence.facts.sources import source

    made = document("Log 2026.docx", "Made on 1 May 2026 and on 2 May 2026.")
    assert short_day(source(made, passages(made)), written) == day


FORM = """# CAR 12

Opened :: 3 March 2026 || Problem :: 40 lids cracked
Cause :: mould too cold || Corrective action :: heater fitted 9 March 2026
Effectiveness :: to be checked
Closure :: {closure}
Closed :: 20 April 2026
"""


def test_a_promise_in_one_field_is_kept_in_another():
    kept = "20 April 2026, checked on 4 lots of 500 lids each, none cracked, by A. Roe"
    assert "no_effectiveness_check" in flags(report("CAR 12.docx", FORM.format(closure="by A. Roe"), **CASE))
    assert "no_effectiveness_check" not in flags(report("CAR 12.docx", FORM.format(closure=kept), **CASE))


def test_a_total_is_checked_against_its_parts_in_fields_and_in_a_sentence():
    form = "# Sorting report 22 June 2026\n\nTotal pcs sorted :: 4,860\nGood :: {good} || No good :: 267 || For re-crimp :: 141\n"
    told = "# Sorting report 22 June 2026\n\nTotal sorted 4,860 pcs: good {good}, no good 267, for re-crimp 141.\n"
    for text in (form, told):
        assert "figures_do_not_add" in flags(report("Sorting.docx", text.format(good="4,512"), **CASE))
        assert "figures_do_not_add" not in flags(report("Sorting.docx", text.format(good="4,452"), **CASE))


def test_days_without_a_year_are_of_the_year_in_the_name_of_the_register():
    heads = "번호 | 접수 | 품목 | 내용 | 원인 | 대책 | 효과확인 | 완결"
    one = "1 | 1/13 | 8mm | 끝단 풀림 7본 | 전극 마모 | 전극 교체 | 2/19 120본 양호 | 2/20"
    again = "2 | {day} | 8mm | 끝단 풀림 11본 | 변압기 노후 | 변압기 교체 | 8/20 200본 양호 | 8/21"
    for day, raised in (("6/09", True), ("2/10", False)):
        register = report("클레임 대장 2026.xlsx", rows(heads, one, again.format(day=day)), language="ko", **CASE)
        assert ("same_defect_after_closure" in flags(register)) is raised


@pytest.mark.parametrize(
    ("name", "head", "year"),
    [
        ("Complaints 2026.xlsx", "Complaints", 2026),
        ("Complaints.xlsx", "Complaints, year: 2026", 2026),
        ("Complaints.xlsx", "Complaints as of ISO 9001:2015, clause 10.2", None),
        ("Complaints.xlsx", "Complaints 2026, ISO 9001 : 2015", 2026),
    ],
)
def test_the_year_of_a_standard_is_not_that_of_a_register(name, head, year):
    from evidence.facts.sources import source

    made = document(name, head)
    assert source(made, passages(made)).year == year


def test_closings_told_by_a_month_or_with_a_year_of_two_figures_are_kept():
    from evidence.facts import find_facts

    heads = "No. | Opened | Problem | Cause | Action | Closed"
    made = document(
        "Complaints 2026.xlsx",
        rows(
            heads,
            "1 | 20-Jun-26 | 40 lids cracked | mould too cold | heater fitted | 5-Jan-26",
            "2 | 21-Jun-26 | 12 lids bent | jaw worn | jaw changed | Mar-26",
            "3 | 22-Jun-26 | 9 lids torn | blade blunt | blade changed | 5/1",
        ),
    )
    closed = [json.loads(one.value).get("closed") for one in find_facts(made, passages(made)) if one.kind == "case"]
    assert closed == ["2026-01-05", "2026-03", None]


@pytest.mark.parametrize(
    "limit", ["not warmer than -18 °C", "không ấm hơn -18 °C", "不得高于 -18 °C", "tidak boleh lebih dari -18 °C"]
)
def test_limits_are_told_in_words_and_readings_stand_under_hours(limit):
    log = "=== 1\n| Cold store 2, {limit} | | | |\n| Date | 06h | 14h | 22h |\n" + "\n".join(
        f"| {day} August 2026 | -20.1 | {noon} | -19.8 |" for day, noon in ((10, "-19.4"), (11, "{bad}"), (12, "-19.3"))
    )
    for bad, raised in (("-14.6", True), ("-18.9", False)):
        sheet = report("Cold store.xlsx", log.format(limit=limit, bad=bad), **TEST)
        assert ("out_of_limits_without_reaction" in flags(sheet)) is raised


def test_readings_two_steps_of_the_gauge_below_a_lone_limit():
    head = "# Leak test of cylinder CY-88, lot 88-04, 4 May 2026\n\nlimit 0.50 ml max\n\n| Piece | Leakage ml |\n"
    for values, raised in (("0.49 0.48 0.49 0.50 0.48 0.49 0.49", True), ("0.31 0.22 0.49 0.40 0.18 0.27 0.35", False)):
        table = "\n".join(f"| {n} | {value} |" for n, value in enumerate(values.split(), 1))
        assert ("results_just_under_limit" in flags(report("Leak.docx", head + table, **TEST))) is raised


def test_a_chinese_approval_with_its_day_behind_the_name_is_a_signature():
    text = "# 成品檢驗紀錄表\n\n批號 :: LK0512 || 檢驗日 :: 2026/05/12\n判定 :: 允收 || 核准 :: 品保課長 許文彬 2026/05/13 簽核\n備註 :: {noted}\n"
    for noted, raised in (("2026/05/27 施淑芬將鍍層第二點 7.2 改為 8.8", True), ("2026/05/13 鍍層第二點 8.8", False)):
        paper = report("檢驗.docx", text.format(noted=noted), language="zh", **TEST)
        assert ("changed_after_signature" in flags(paper)) is raised


def test_text_over_a_scan_that_gives_another_whole_figure():
    scan = "# BURST TEST REPORT 0826\n\nFitting: tee T-40, cast 6-2208. Tested on 25 August 2026. Burst at {bar} bar. Requirement: not below 48 bar. The cast goes back to the furnace and is melted.\n"
    for bar, raised in (("38", True), ("61", False)):
        shown = report("Burst.pdf", scan.format(bar=bar), source="ocr", **TEST)
        laid = report("Burst.pdf", "Burst at 61 bar PASSED", **TEST)
        assert ("text_over_scan" in flags(merged(shown, laid))) is raised


@pytest.mark.parametrize("laid", ["Page 3 of 10", "Fittings 40."])
def test_numbers_of_pages_and_points_over_a_scan_are_no_other_figure(laid):
    scan = "# BURST TEST REPORT, page 1 of 2\n\nFittings 40 of cast 6-2208, tested on 25 August 2026. Each was held under water for a minute and then opened and looked at."
    shown = report("Burst.pdf", scan, source="ocr", **TEST)
    assert "text_over_scan" not in flags(merged(shown, report("Burst.pdf", laid, **TEST)))


@pytest.mark.parametrize(
    ("scope", "product", "covered"),
    [
        ("塑料玩具的注塑加工和销售", "LED driver power supplies", False),
        ("LED驱动电源的设计和生产", "LED driver power supplies", True),
        ("sản xuất bao bì carton", "frozen shrimp", False),
        ("chế biến tôm đông lạnh", "frozen shrimp", True),
        ("五金零件加工", "frozen shrimp", True),  # names no trade that is known
        ("giày dép", "shoe soles", True),
        ("Steel pipes and Luxor® poles", "lamp poles", True),  # a sign is no other script
    ],
)
def test_scopes_cover_products_in_other_languages(scope, product, covered):
    assert covers(fold(scope), fold(product)) is covered


def test_files_without_an_author_made_in_one_sitting_by_one_program():
    made = {"producer": "Microsoft Word", "created": "2026-07-03T09:30:00Z"}
    months = ("January", "February", "April", "June")
    papers = [
        report(
            f"Record {m}.docx",
            f"# Roast log\n\nDate :: 15 {m} 2026 || Lot :: CW-1{n}\nChecked by :: A. Roe\n\n{n} kg roasted, {n} faults.",
            metadata=made,
            **TEST,
        )
        for n, m in enumerate(months, 1)
    ]
    assert "many_records_one_sitting" in flags(*papers)
    converted = [p.model_copy(update={"metadata": made | {"producer": "Smallpdf zip"}}) for p in papers]
    assert "many_records_one_sitting" not in flags(*converted)
