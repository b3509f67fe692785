"""Limits in titles, lines, notes, fields and rows of their own, matched to the columns of readings by name, unit or consistency."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags import find_flags
from evidence.flags.limit_places import limits_in
from evidence.model import DocumentReport
from tests.unit.evidence.builders import report

TODAY = date(2026, 11, 20)
OUT, CONCLUSION = "out_of_limits_without_reaction", "conclusion_contradicts_data"


def sheet(text: str, name: str = "log.xlsx", kind: str = "traceability_record") -> DocumentReport:
    return report(name, text, kind=kind, criteria=("traceability",))


def flags(*papers: DocumentReport) -> set[str]:
    return {flag.id for flag in find_flags(Bundle("Somebody", TODAY, papers))} & {OUT, CONCLUSION}


def log(title: str, head: str, reading: str, below: str = "") -> DocumentReport:
    rows = "\n".join(
        f"| {day:02d}/10 | BT-{day + 70} | {value} | Rosa |"
        for day, value in zip((5, 6, 7, 8, 9, 12), ("41.2", "43.0", "42.4", reading, "44.1", "42.8"), strict=True)
    )
    return sheet(f"# {title}\n| Date | Batch | {head} | Read by |\n{rows}\n\n{below}")


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Paste viscosity, 40 to 46 s", "Viscosity s"),
        ("Paste log. The flow must lie between 40 and 46", "Flow"),
        ("Độ nhớt keo, yêu cầu 40 - 46 giây", "Độ nhớt"),
        ("Kekentalan lem, batas 40 - 46 detik", "Kekentalan"),
        ("ความหนืดกาว เกณฑ์ 40 - 46", "ความหนืด"),
        ("胶水粘度记录　规格 43 ± 3 s", "粘度"),
        ("접착제 점도 점검표 기준 40 ~ 46 초", "점도"),
        ("接着剤 粘度記録 規格 40～46 秒", "粘度"),
        ("Tutkal viskozitesi, sınır 40 - 46 sn", "Viskozite"),
        ("Viscosity, no batch to be above 46 s", "Viscosity s"),
    ],
)
def test_a_limit_in_the_title(title: str, head: str) -> None:
    assert flags(log(title, head, "52.6")) == {OUT}
    assert not flags(log(title, head, "45.6"))
    assert not flags(log(title, head, "52.6", "Batch BT-78 was scrapped on 09/10, Rosa."))


@pytest.mark.parametrize(
    "title",
    [
        "Paste viscosity, target 40 to 46 s",
        "Paste viscosity, alert at 46 s",
        "Paste viscosity, cup no. 4, gauge 40-46 s",
        "Paste log, form 40-46",
    ],
)
def test_figures_in_a_title_that_are_no_limit(title: str) -> None:
    assert not flags(log(title, "Viscosity s", "52.6"))


def test_columns_of_times_share_a_limit_below_the_table() -> None:
    text = (
        "# Chill room 2\n| Day | 06:00 | 14:00 | 22:00 | By | Remarks |\n| 5 Oct | 2.1 | 2.8 | 2.4 | JK | |\n"
        "| 6 Oct | 2.0 | {} | 2.6 | JK | none |\n| 7 Oct | 1.9 | 3.1 | 2.2 | PM | |\n| 8 Oct | 2.3 | 2.7 | 2.5 | PM | |\n\n"
        "Not warmer than 4.0 °C at any reading."
    )
    assert flags(sheet(text.format("6.9"))) == {OUT}
    assert not flags(sheet(text.format("3.9")))


def test_one_sentence_on_two_features() -> None:
    text = (
        "# Wire test\nThe order asks for a strength of 1,570 to 1,760 N/mm2 and an elongation of at least 4 %.\n\n"
        "| Coil | Rm N/mm2 | Elongation % | Note of delivery |\n| C-1 | 1,648 | 5.1 | D-9 |\n| C-2 | 1,655 | {} | D-9 |\n"
        "| C-3 | 1,640 | 4.9 | D-10 |\n| C-4 | 1,651 | 5.3 | D-10 |\n| C-5 | 1,644 | 5.0 | D-11 |"
    )
    assert flags(sheet(text.format("3.1"))) == {OUT}
    assert not flags(sheet(text.format("4.1")))


def test_limits_in_a_row_of_their_own() -> None:
    text = (
        "# Reflow\n| Date | Lot | Peak °C | Time s | Remark |\n| | limit | 235 ~ 250 | 45 ~ 75 | |\n| 03/10 | H-31 | 243.1 | 61 | |\n"
        "| 06/10 | H-32 | 244.0 | {} | {} |\n| 10/10 | H-33 | 241.9 | 59 | |\n| 13/10 | H-34 | 246.2 | 64 | |\n| 17/10 | H-35 | 242.7 | 60 | |"
    )
    assert flags(sheet(text.format("88", ""))) == {OUT}
    assert not flags(sheet(text.format("88", "zone 8 lower, re-run 68 before start")))
    assert not flags(sheet(text.format("74", "")))


def test_each_product_has_its_own_limit() -> None:
    text = (
        "# Liquid results\n| Date | Batch | Product | pH | Remark |\n| 1/10 | J-101 | Lime | 7.1 | |\n| 2/10 | J-102 | Lime | 7.3 | |\n"
        "| 5/10 | J-103 | Bleach | 8.1 | |\n| 6/10 | J-104 | Lime | {} | |\n| 7/10 | J-105 | Lime | 7.2 | |\n\n"
        "Limits: Lime pH 6.5-7.5; Bleach pH 7.8-8.5"
    )
    assert not flags(sheet(text.format("7.4")))
    assert flags(sheet(text.format("8.2"))) == {OUT}


LOADS = (
    "# Absorption of fired pieces, limit 0.10 % max\n| Date | Kiln car | Lot | Absorption % | {head} |\n| 08.06.26 | 14 | P-26F | 0.04 | OK |\n"
    "| 11.06.26 | 17 | P-27F | 0.06 | OK |\n| 16.06.26 | 22 | S-26F | 0.27 | OK |\n| 23.06.26 | 29 | S-27F | 0.07 | OK |\n"
    "| 01.07.26 | 36 | P-28G | 0.05 | {last} |\n\n{below}"
)


@pytest.mark.parametrize(
    ("head", "last", "below", "raised"),
    [
        ("Result", "OK", "", {OUT}),  # the mark of every row
        ("Result", "not ok, held", "", {CONCLUSION}),  # somebody looks at each
        ("Decision", "OK", "", {CONCLUSION, OUT}),  # each was passed, this one too
        ("Result", "OK", "All loads are acceptable. Q.C. manager", {CONCLUSION, OUT}),
    ],
)
def test_a_mark_in_every_row_is_no_conclusion(head: str, last: str, below: str, raised: set[str]) -> None:
    assert flags(sheet(LOADS.format(head=head, last=last, below=below))) == raised


def test_a_case_by_a_number_of_digits_answers() -> None:
    coats = (
        "# Film build, microns. Customer limits 60 to 100\n| Date | Job | Batch | Lowest | Inspector |\n| 18/05 | Gate | 26-2207 | 71 | Sandhu |\n"
        "| 21/05 | Gate | 26-2214 | 74 | Sandhu |\n| 27/05 | Caps | 26-2226 | 43 | Bright |\n| 02/06 | Gate | 26-2239 | 70 | Sandhu |\n"
        "| 09/06 | Caps | 26-2251 | 72 | Bright |"
    )
    case = report(
        "NCR 26-019.docx",
        "# Nonconformance report 26-019\n\nBatch: 26-2226, 320 caps\n\nFound: 43 microns, limit 60. Stripped and recoated.",
        kind="corrective_action_record",
        criteria=("corrective_action",),
    )
    assert flags(sheet(coats)) == {OUT}
    assert not flags(sheet(coats), case)


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("LIMIT: -18.0 °C OR COLDER", (None, -18.0)),
        ("700 mA ±3 %", (679.0, 721.0)),
        ("Humidity 55 ± 5 %", (50.0, 60.0)),
        ("수분 12 % 이하", (None, 12.0)),
        ("含水率 12%以下", (None, 12.0)),
        ("Nem en fazla %12", (None, 12.0)),
    ],
)
def test_limits_of_a_line(line: str, ends: tuple[float | None, float | None]) -> None:
    assert [(limit.low, limit.high) for limit in limits_in(line)] == [ends]


@pytest.mark.parametrize(
    "line", ["form WH-05 rev 2, 12/10/2026", "lots 18-2608A, 18-2608B", "Alert 5.0 mg/l", "no figures"]
)
def test_lines_without_limits(line: str) -> None:
    assert not [limit for limit in limits_in(line) if not limit.weak]


@pytest.mark.parametrize(
    ("title", "low"),
    [
        ("Min. flow time 40 s", True),
        ("Cup test / min drain time 40 s (UT, 4 points) / cup size max 4.0 mm", True),
        ("Max flow time 46 s", False),
        ("Tối đa thời gian chảy 46 s", False),
        ("Maks. waktu alir 46 s", False),
    ],
)
def test_a_name_may_stand_between_the_side_and_the_figure(title: str, low: bool) -> None:
    beyond, kept = ("31.2", "41.6") if low else ("52.6", "45.6")
    assert flags(log(title, "Flow time s", beyond)) == {OUT}
    assert not flags(log(title, "Flow time s", kept))


def test_readings_of_one_sample_share_a_cell() -> None:
    title = "Rungs of birch. Moisture 8-12 %, bend max 6.0 mm"
    rows = [f"9.4 10.{n} 9.8" for n in range(1, 6)]

    def moisture(third: str) -> DocumentReport:
        told = [*rows[:2], third, *rows[3:]]
        lines = "\n".join(f"| {at + 2:02d}/10 | P-{at + 30} | {cell} | 4.{at} | pass |" for at, cell in enumerate(told))
        return sheet(f"# {title}\n| Date | Batch | Moisture % (3 pcs) | Bend mm | Result |\n{lines}")

    assert flags(moisture("14.3 14.8 13.9")) == {OUT}
    assert not flags(moisture("11.3 11.8 10.9"))


def test_the_number_of_a_lot_is_no_range() -> None:
    assert not [limit for limit in limits_in("Scratches crowd in lot 26-071 of firm A") if not limit.open]
    assert limits_in("Scratch width 26-71 µm")


def test_the_limit_of_a_named_unit_goes_to_the_column_of_that_unit() -> None:
    head = "| Date | Lot | UT1 | UT2 | UT3 | Expn % | Result |"
    rows = [
        (1.58, 1.61, 1.57, 1.4),
        (1.55, 1.59, 1.56, 1.7),
        (1.62, 1.60, 1.63, 1.3),
        (1.53, 1.44, 1.51, 1.9),
        (1.57, 1.56, 1.60, 1.5),
    ]
    lines = "\n".join(
        f"| {at + 1:02d}/09 | 6K-{at}A | {' | '.join(map(str, row))} | OK |" for at, row in enumerate(rows)
    )
    made = sheet(f"# Min wall 1.50 mm (UT, 3 points) / Vol. expansion max 3.0 %\n{head}\n{lines}")
    assert flags(made) == {OUT}
    (flag,) = find_flags(Bundle("Somebody", TODAY, (made,)))
    assert "1.44" in flag.explanation
    assert "expn" not in flag.explanation


@pytest.mark.parametrize(
    "title",
    ["Tuning check (cents, tolerance ±3.0)", "校音抽检记录（单位：音分，允差 ±3.0）", "Sai lệch âm, dung sai ±3,0"],
)
def test_readings_that_are_told_as_what_they_are_off_by(title: str) -> None:
    def tuned(third: str) -> DocumentReport:
        told = ["+0.8", "-1.9", third, "-0.3", "+1.1", "-2.2"]
        rows = "\n".join(f"| 0{at + 3}/08/2026 | H26080{at} | {cell} | OK |" for at, cell in enumerate(told))
        return sheet(f"# {title}\n| Date | Lot | Reading | Result |\n{rows}")

    assert flags(tuned("+4.5")) == {OUT}
    assert not flags(tuned("+2.5"))
