"""Limits that another paper lays down, readings that sentences list, bare limits beside results, and drifts past a named limit."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags import find_flags
from evidence.model import DocumentReport
from tests.unit.evidence.builders import report

TODAY = date(2026, 11, 20)
OUT = "out_of_limits_without_reaction"


def paper(name: str, text: str, kind: str = "traceability_record") -> DocumentReport:
    reading = "living" if kind.endswith("_record") else "static"
    return report(name, text, kind=kind, reading=reading, criteria=("traceability",))


def flags(*papers: DocumentReport) -> set[str]:
    return {flag.id for flag in find_flags(Bundle("Somebody", TODAY, papers))} & {OUT, "conclusion_contradicts_data"}


PLAN = (
    "# CP-14 Control plan, dried noodles\n\n| Step | What is watched | Must be | How often |\n"
    "| 3 Drying | moisture | 9.0 to 12.0 % | every batch |\n| 3 Drying | oven temperature | 74 °C or higher | every batch |\n"
    "| 5 Frying oil | free fatty acid | max. 0.25 % | daily |\n"
)


def noodles(moisture: str, title: str = "Dryer log, control plan CP-14", end: str = "") -> DocumentReport:
    rows = "\n".join(
        f"| {day:02d}/10 | ND-{day + 40} | 76.{day % 7} | {value} | Ika |"
        for day, value in zip((5, 6, 7, 8, 9), ("10.4", "10.9", moisture, "11.2", "10.1"), strict=True)
    )
    return paper("Dryer log.xlsx", f"# {title}\n| Date | Batch | Oven temp. °C | Moisture % | By |\n{rows}\n\n{end}")


def test_a_plan_lays_down_the_limit_of_a_log() -> None:
    plan = paper("Control plan.docx", PLAN, "procedure")
    assert flags(plan, noodles("13.8")) == {OUT}
    assert flags(plan, noodles("13.8", title="Dryer 2, October")) == {
        OUT
    }  # two columns of the log are those of the plan
    assert not flags(plan, noodles("11.8"))
    assert not flags(plan, noodles("13.8", end="Batch ND-47 was dried again on 08/10, Ika."))
    assert not flags(noodles("13.8"))


@pytest.mark.parametrize(
    ("rule", "head"),
    [
        ("PS-21 Mua hạt nhựa\n\nĐộ ẩm hạt nhựa không quá 0,30 %.", "Độ ẩm %"),
        ("PS-21 Pembelian biji plastik\n\nKadar air tidak lebih dari 0,30 %.", "Kadar air %"),
        ("PS-21 การซื้อเม็ดพลาสติก\n\nความชื้นไม่เกิน 0.30 %", "ความชื้น %"),
        ("PS-21 塑料粒子采购规范\n\n含水率不超过 0.30 %。", "含水率 %"),
        ("PS-21 수지 구매 사양\n\n수분율은 0.30 % 이하", "수분율 %"),
        ("PS-21 樹脂購入仕様書\n\n水分率は 0.30 % 以下とする。", "水分率 %"),
        ("PS-21 Granül satın alma\n\nNem oranı en fazla 0,30 %.", "Nem oranı %"),
        ("PS-21 Resin purchase specification\n\nWater content 0.30 % at most.", "Water content %"),
    ],
)
def test_a_specification_that_the_sheet_names(rule: str, head: str) -> None:
    def sheet(value: str) -> DocumentReport:
        rows = "\n".join(
            f"| {day:02d}/10/2026 | R-{day}77 | {read} | 25 |"
            for day, read in zip((5, 6, 7, 8, 9), ("0.21", "0.24", value, "0.19", "0.22"), strict=True)
        )
        return paper("PS-21 oct.xlsx", f"# PS-21\n| Date | Lot | {head} | kg |\n{rows}\n")

    assert flags(paper("spec.docx", f"# {rule}", "procedure"), sheet("0.44")) == {OUT}
    assert not flags(paper("spec.docx", f"# {rule}", "procedure"), sheet("0.29"))


def test_papers_that_lay_down_nothing_for_a_log() -> None:
    other = PLAN.replace("CP-14", "CP-15").replace("oven temperature", "kneader speed").replace("74 °C", "74 rpm")
    assert not flags(paper("Plan.docx", other, "procedure"), noodles("13.8"))  # one name alone, and no code of it
    aimed = PLAN.replace("Must be", "Target").replace("9.0 to 12.0 %", "target 9.0 to 12.0 %")
    assert not flags(paper("Plan.docx", aimed.replace("74 °C or higher", "target 74 °C"), "procedure"), noodles("13.8"))
    two = PLAN.replace("| 5 Frying", "| 3 Drying | moisture, thick type | 12.5 to 14.5 % | every batch |\n| 5 Frying")
    assert not flags(paper("Plan.docx", two, "procedure"), noodles("13.8"))  # which type a batch is of is not told


LISTED = (
    "Dear all,\n\nThe process water must hold 0.5 to 1.0 ppm chlorine at the rinse line and 60 to 120 ppm in the hand dip.\n\n"
    "Monday: rinse line 0.7, hand dip 90. Tuesday: rinse line 0.8, hand dip 84. Wednesday: rinse line {}, hand dip 95. "
    "Thursday: rinse line 0.6, hand dip 88.\n\n{}\n"
)


def test_readings_that_sentences_list() -> None:
    assert flags(paper("RE water.eml", LISTED.format("0.2", "Regards, Ana"))) == {OUT}
    assert not flags(paper("RE water.eml", LISTED.format("0.6", "Regards, Ana")))
    assert not flags(
        paper("RE water.eml", LISTED.format("0.2", "On Wednesday the pump was repaired and the fish held."))
    )


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        ("Nhiệt độ kho phải từ 2 đến 8 °C.", "Nhiệt độ kho: T2 4.1, T3 4.6, T4 11.8, T5 5.0, T6 4.4"),
        (
            "Suhu gudang dingin harus 2 - 8 °C.",
            "Suhu gudang dingin: Senin 4.1, Selasa 4.6, Rabu 11.8, Kamis 5.0, Jumat 4.4",
        ),
        ("冷库温度应为 2～8 ℃。", "冷库温度：周一 4.1，周二 4.6，周三 11.8，周四 5.0，周五 4.4"),
        ("냉장고 온도 기준 2~8 ℃", "냉장고 온도: 월 4.1, 화 4.6, 수 11.8, 목 5.0, 금 4.4"),
        ("Soğuk depo sıcaklığı 2 - 8 °C olmalı.", "Soğuk depo sıcaklığı: Pzt 4.1, Sal 4.6, Çar 11.8, Per 5.0, Cum 4.4"),
    ],
)
def test_one_feature_over_its_days_in_a_sentence(limit: str, line: str) -> None:
    assert flags(paper("mail.eml", f"{limit}\n\n{line}")) == {OUT}
    assert not flags(paper("mail.eml", f"{limit}\n\n{line.replace('11.8', '7.8')}"))


def test_a_drift_beyond_a_limit_that_bears_the_name_of_the_column() -> None:
    read = ("16.5", "19.0", "22.0", "24.5", "26.5", "28.0", "29.5", "31.0")
    rows = "\n".join(f"| {at + 4} May | FB-{at} | 17{at} | {value} |" for at, value in enumerate(read))
    text = "# Fryer\n| Date | Batch | Temp °C | Polar matter % |\n" + rows + "\n\n{}"
    assert flags(paper("Fryer.xlsx", text.format("Temp 165 to 180 °C. Polar matter max. 25 %."))) == {OUT}
    assert not flags(paper("Fryer.xlsx", text.format("Temp 165 to 180 °C. Salt max. 25 %.")))


def test_columns_of_one_feature_make_up_for_each_other() -> None:
    rows = "\n".join(
        f"| {day} Jul | R-{day}1 | {left} | {mid} | {right} | 84 |"
        for day, left, mid, right in (
            (13, 40, 41, 39), (14, 41, 40, 47), (15, 39, 41, 48), (16, 40, 42, 47), (17, 41, 40, 40), (20, 40, 39, 41), (21, 39, 40, 40)
        )
    )  # fmt: skip
    text = f"# Film gauge book\n| Day | Roll | Left µm | Middle µm | Right µm | Weight kg |\n{rows}\n\nCustomer asks for 40 ± 3 micron across the web."
    assert flags(paper("Film.xlsx", text)) == {OUT}


@pytest.mark.parametrize(
    ("heads", "unit"),
    [
        ("Parameter | Unit | Result | Permit", "mg/l"),
        ("Parameter | Unit | Result | Standard", "mg/l"),
        ("Thông số | Đơn vị | Kết quả | Quy chuẩn", "mg/l"),
        ("Parameter | Satuan | Hasil | Baku mutu", "mg/L"),
        ("พารามิเตอร์ | หน่วย | ผล | มาตรฐาน", "mg/l"),
        ("项目 | 单位 | 结果 | 标准", "mg/L"),
        ("항목 | 단위 | 결과 | 배출허용기준", "mg/L"),
        ("項目 | 単位 | 結果 | 基準値", "mg/L"),
        ("Parametre | Birim | Sonuç | Sınır değer", "mg/L"),
    ],
)
def test_bare_limits_beside_results(heads: str, unit: str) -> None:
    def sheet(value: str) -> DocumentReport:
        rows = "".join(
            f"\n| {name} | {unit} | {read} | {end} |"
            for name, read, end in (("COD", value, "150"), ("BOD", "22", "50"), ("SS", "31", "100"), ("T-N", "9.4", "40"), ("Fe", "0.4", "5"))
        )  # fmt: skip
        return paper("Outlet.pdf", f"# Outlet, 14/07/2026\n| {heads} |{rows}\n")

    assert flags(sheet("238")) == {OUT}
    assert not flags(sheet("138"))


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Paste at 40 - 46 °C, viscosity below", "Viscosity s"),
        ("Hồ dán 40 - 46 °C, độ nhớt bên dưới", "Độ nhớt giây"),
        ("Bath 40 to 46 °C. Viscosity:", "Viscosity s"),
    ],
)
def test_a_limit_before_the_name_of_another_feature(title: str, head: str) -> None:
    rows = "\n".join(
        f"| {day:02d}/10 | BT-{day + 70} | {value} | Rosa |"
        for day, value in zip((5, 6, 7, 8, 9), ("41.2", "43.0", "52.6", "44.1", "42.8"), strict=True)
    )
    assert not flags(paper("Log.xlsx", f"# {title}\n| Date | Batch | {head} | By |\n{rows}\n"))


@pytest.mark.parametrize("gloss", ["gloss 60° min 88", "gloss at least 88"])
def test_a_limit_behind_the_name_of_another_feature_of_the_title(gloss: str) -> None:
    rows = "\n".join(
        f"| {day:02d}/10 | E-{day + 70} | {viscosity} | {shine} | Released |"
        for day, viscosity, shine in ((5, "89.2", "92"), (6, "91.4", "91"), (7, "{}", "94"), (8, "92.3", "{}"))
    )
    sheet = f"# Batch tests, enamel (viscosity 85-95 KU, {gloss})\n| Date | Batch | Viscosity KU | Gloss | Release |\n{rows}\n"
    assert not flags(paper("Tests.xlsx", sheet.format("87.0", "90")))
    assert flags(paper("Tests.xlsx", sheet.format("90.5", "81")))


def test_results_in_rows_beside_the_requirements_of_a_specification() -> None:
    spec = (
        "# MS-07 Material specification, strap steel\n\n| Property | Requirement |\n| Tensile strength | 430 to 560 N/mm2 |\n"
        "| Elongation | at least 20 % |\n| Hardness | 120 to 165 HV |\n| Thickness | 1.92 to 2.08 mm |\n"
    )
    sheet = (
        "# Mill test of coil C-8841 to MS-07, 12/10/2026\n\n| Property | Unit | Found |\n| Tensile strength | N/mm2 | {} |\n"
        "| Elongation | % | 24 |\n| Hardness | HV | 141 |\n| Thickness | mm | 2.01 |\n"
    )
    rule = paper("MS-07.docx", spec, "procedure")
    assert flags(rule, paper("Test C-8841.docx", sheet.format("404"))) == {OUT}
    assert not flags(rule, paper("Test C-8841.docx", sheet.format("464")))
    assert not flags(rule, paper("Test C-8841.docx", sheet.format("404").replace("MS-07", "MS-09")))
    assert not flags(
        rule, paper("Test C-8841.docx", sheet.format("404") + "\nCoil C-8841 went back to the mill on 13/10.")
    )
