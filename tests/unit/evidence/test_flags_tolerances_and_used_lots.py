"""Tolerances in columns of their own, lots that were used, lots beside orders, blocks below an empty cell, and what crowds at a limit in a note."""

import json
from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags import find_flags
from evidence.model import DocumentReport
from tests.unit.evidence.builders import report

TODAY = date(2026, 11, 20)
OUT, LOTS, NO_LOT = "out_of_limits_without_reaction", "lot_unknown_in_next", "no_lot_in_inspection"
EDGE, SAME = "results_just_under_limit", "identical_readings"


def paper(name: str, text: str, kind: str = "traceability_record") -> DocumentReport:
    return report(name, text, kind=kind, criteria=("traceability",))


def flags(*papers: DocumentReport) -> set[str]:
    return {flag.id for flag in find_flags(Bundle("Somebody", TODAY, papers))} & {OUT, LOTS, NO_LOT, EDGE, SAME}


@pytest.mark.parametrize(
    ("heads", "tolerance"),
    [
        ("Point | Spec | Tol | Pc 1 | Pc 2 | Pc 3", "±0.5"),
        ("Vị trí | Kích thước | Dung sai | Mẫu 1 | Mẫu 2 | Mẫu 3", "± 0,5"),
        ("Titik | Ukuran | Toleransi | 1 | 2 | 3", "+/-0.5"),
        ("จุดวัด | ขนาด | ค่าเผื่อ | 1 | 2 | 3", "±0.5"),
        ("部位 | 尺寸 | 公差 | 1# | 2# | 3#", "±0.5"),
        ("부위 | 치수 | 공차 | X1 | X2 | X3", "±0.5"),
        ("箇所 | 寸法 | 公差 | n1 | n2 | n3", "±0.5"),
        ("Nokta | Ölçü | Tolerans | 1 | 2 | 3", "± 0,5"),
        ("Point | Nominal | + | - | A | B | C", "+0.5 | -0.5"),
    ],
)
def test_tolerances_in_columns_of_their_own(heads: str, tolerance: str) -> None:
    def sheet(read: str) -> DocumentReport:
        text = (
            f"# Lot K-2610, 14/10/2026\n| {heads} |\n| A | 31.0 | {tolerance} | 31.1 | 30.9 | 31.2 |\n"
            f"| B | 47.0 | {tolerance} | 47.2 | {read} | 46.8 |\n| C | 12.5 | {tolerance} | 12.4 | 12.6 | 12.5 |\n"
        )
        return paper("Sizes.xlsx", text.replace(".", ",") if "," in tolerance else text)

    assert flags(sheet("48.3")) == {OUT}
    assert not flags(sheet("47.3"))


def test_what_should_be_is_no_reading() -> None:
    text = "# Lot K-2610\n| Point | Spec | Tol | Found |\n| A | 31.0 | ±0.5 | 31.1 |\n| B | 47.0 | ±0.5 | 47.2 |\n| C | 12.5 | ±0.3 | 12.7 |\n| D | 8.0 | ±0.2 | 8.1 |"
    found = [json.loads(fact.value) for fact in paper("S.xlsx", text).facts if fact.kind == "readings"]
    assert [row["values"] for row in found[0]["rows"]] == [[31.1], [47.2], [12.7], [8.1]]


REGISTER = "# Kiln log Q3 2026\n| Load | Kiln | In | Out | Moisture |\n" + "\n".join(
    f"| DK26-{61 + at} | {1 + at % 3} | {day}/07/2026 | {day + 9}/07/2026 | 9.{at} |" for at, day in enumerate((2, 5, 8, 11, 15, 19))
)  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["Load used", "Lô sấy dùng", "Lot dipakai", "ล็อตที่ใช้", "使用批号", "투입LOT", "使用ロット", "Kullanılan lot"],
)
def test_a_lot_that_was_used_and_never_made(head: str) -> None:
    def card(third: str, kind: str = "traceability_record") -> DocumentReport:
        return paper(
            "Job 4417.xlsx",
            f"# Job card 4417, begun 24/08/2026\n| Part | {head} | Issued | Good | Spoilt |\n| leg | DK26-61 | 400 | 391 | 9 |\n"
            f"| rail | DK26-63 | 200 | 196 | 4 |\n| seat | {third} | 100 | 98 | 2 |\n| back | DK26-66 | 100 | 97 | 3 |\n",
            kind,
        )

    for kind in ("traceability_record", "metrics_record"):  # a register of lots is sometimes taken for figures
        assert flags(paper("Kiln log Q3 2026.xlsx", REGISTER, kind), card("DK26-79")) == {LOTS}
        assert LOTS not in flags(paper("Kiln log Q3 2026.xlsx", REGISTER, kind), card("DK26-64"))


def test_a_lot_beside_an_order_is_a_lot() -> None:
    text = (
        "# Final inspection, hinge 40\n| Date | {} | Pin 7.94-8.00 | Height 39.8-40.2 |\n| 07.09.2026 | 5120 / L26-361 | 7.97 | 40.0 |\n"
        "| 15.09.2026 | 5133 / L26-372 | 7.96 | 40.1 |\n| 22.09.2026 | 5141 / L26-380 | 7.98 | 39.9 |\n"
    )
    assert NO_LOT not in flags(paper("Final inspection.xlsx", text.format("Order / lot")))
    bare = text.replace("5120 / L26-361", "8 400").replace("5133 / L26-372", "6 000").replace("5141 / L26-380", "4 200")
    assert NO_LOT in flags(paper("Final inspection.xlsx", bare.format("Quantity")))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Gauge study, June", "Accept: below 10 %. All accepted."),
        ("계측기 연구 판정 기준 10 % 미만 합격", ""),
        ("ゲージR&R一覧 判定：10.0 % 未満 合格", ""),
        ("量具研究，10 % 以下合格", ""),
        ("Nghiên cứu thước đo, chấp nhận dưới 10 %", ""),
        ("Studi alat ukur, diterima di bawah 10 %", ""),
    ],
)
def test_studies_that_all_end_a_hair_below_what_is_accepted(above: str, below: str) -> None:
    def sheet(*read: str) -> DocumentReport:
        rows = "\n".join(f"| TG-{at} | gauge | {value} |" for at, value in enumerate(read))
        return paper("GRR.xlsx", f"# {above}\n| No. | Kind | %GRR |\n{rows}\n\n{below}", "calibration_record")

    assert EDGE in flags(sheet("9.8", "9.7", "9.9", "9.8", "9.6", "9.9"))
    assert EDGE not in flags(sheet("9.8", "6.7", "8.9", "4.8", "9.6", "7.9"))


def test_one_of_several_features_of_a_line_crowds_at_its_limit() -> None:
    head = "# Register\n| Grade: | moisture max 5.0 % | iodine min 1000 mg/g | ash max 3.5 % |\n\n| Day | Lot | Moisture % | Iodine mg/g | Ash % |\n"
    rows = "\n".join(
        f"| Sep {at + 7} | AC-26-{931 + at} | {{{at}}} | 10{at}6 | 2.{at} |" for at in range(8)
    )  # fmt: skip
    near = ("4.97", "4.99", "4.96", "4.98", "4.99", "4.97", "4.98", "4.95")
    far = ("4.97", "4.12", "4.96", "3.98", "4.49", "4.97", "3.98", "4.15")
    assert EDGE in flags(paper("Register.xlsx", head + rows.format(*near)))
    assert EDGE not in flags(paper("Register.xlsx", head + rows.format(*far)))


def test_lots_of_several_rows_below_an_empty_cell() -> None:
    def block(lot: str, figures: str) -> str:
        one, two, three = figures.split("/")
        return f"| {lot} | 05-Oct-26 | Pin 17.90-18.00 | {one} |\n| | | Length 22.3-22.7 | {two} |\n| | | Slot 2.05-2.15 | {three} |\n"

    first = "17.97 | 17.92 | 17.94 | 17.93/22.41 | 22.57 | 22.51 | 22.44/2.12 | 2.07 | 2.09 | 2.11"
    other = "17.94 | 17.96 | 17.91 | 17.98/22.48 | 22.52 | 22.46 | 22.53/2.09 | 2.11 | 2.08 | 2.13"
    head = "# Barrel\n| Lot | Date | Feature | 1 | 2 | 3 | 4 |\n"
    assert SAME in flags(paper("B.xlsx", head + block("26J02", other) + block("26J09", first) + block("26J22", first)))
    changed = first.replace("22.57", "22.61").replace("2.07", "2.13")
    assert SAME not in flags(
        paper("B.xlsx", head + block("26J02", other) + block("26J09", first) + block("26J22", changed))
    )
