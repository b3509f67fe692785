"""Numbers of cases, machines, gauges, drawings and orders by their labels in forms, columns and sentences; and figures that are none."""

import pytest

from evidence.facts import find_facts
from tests.unit.evidence.builders import document, passages


def numbers(text: str) -> set[tuple[str, str]]:
    made = document("paper.docx", text)
    return {(fact.role, fact.value) for fact in find_facts(made, passages(made, "record")) if fact.kind == "identifier"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Drg. No :: BRK-1001-02 || Inv. No. :: INV-25-118", {("drawing", "BRK-1001-02"), ("invoice", "INV-25-118")}),
        ("設備編號：EQ-077\u3000圖面編號：DW-119", {("machine", "EQ-077"), ("drawing", "DW-119")}),
        ("機械番号 :: M-15 || 注文番号 :: PO-7712", {("machine", "M-15"), ("po", "PO-7712")}),
        (
            "| 計測器番号 | 校正日 |\n| K-021 | 2025/03/02 |\n| K-022 | 2025/03/02 |",
            {("gauge", "K-021"), ("gauge", "K-022")},
        ),
        (
            "| 계측기 번호 | 교정일 |\n| G-101 | 2025.03.02 |\n| G-102 | 2025.03.02 |",
            {("gauge", "G-101"), ("gauge", "G-102")},
        ),
        ("| 図番 | ロット |\n| ZU-1022 | 250812-A |", {("drawing", "ZU-1022"), ("lot", "250812-A")}),
        ("หมายเลขชิ้นงาน :: P-5521 || เลขที่แบบ :: DWG-332", {("part", "P-5521"), ("drawing", "DWG-332")}),
        ("Gauge ID: DC-118, S/N 20191187", {("gauge", "DC-118"), ("serial", "20191187")}),
    ],
)
def test_a_field_or_a_column_gives_its_numbers(text: str, found: set[tuple[str, str]]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pin on machine no. 07 broke, as drawing no. BRK-22 shows.", {("machine", "07"), ("drawing", "BRK-22")}),
        ("Corrective action request no. 2025/014 was raised.", {("capa", "2025/014")}),
        ("PO 4500998121, to be shipped whole.", {("po", "4500998121")}),
        ("Khiếu nại số KN-25-118 liên quan đến máy số MP-07.", {("complaint", "KN-25-118"), ("machine", "MP-07")}),
        ("Keluhan pelanggan no. KP-25-008 dari mesin INJ-08.", {("complaint", "KP-25-008"), ("machine", "INJ-08")}),
        ("พบที่เครื่องจักรหมายเลข M-11 ข้อร้องเรียนเลขที่ CC68-004", {("machine", "M-11"), ("complaint", "CC68-004")}),
        ("在机台CNC-12上发现，客诉编号KS-2025-011。", {("machine", "CNC-12"), ("complaint", "KS-2025-011")}),
        ("設備番号M-15で発生、是正処置番号CA-25-012。", {("machine", "M-15"), ("capa", "CA-25-012")}),
        ("Lot: 25C-0412 was held.", {("lot", "25C-0412")}),
    ],
)
def test_a_sentence_gives_the_number_behind_its_label(text: str, found: set[tuple[str, str]]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Audit 2025 covered all areas, CAPA 2025 fourteen cases.",
        "Machine speed :: 120 rpm || Part weight :: 12.5 g",
        "The machine stood still for 45 minutes. Order 3 is late. Each order over 5,000 pcs is split.",
        "PO value 12,500 USD. The purchase order of 12/03/2025 was confirmed.",
        "机台12台，订单25份，投诉3件，批次12批",
        "설비 12대, 발주 25건, 로트 12개, 클레임 3건",
        "Guide pin part M10x1.5 of the model year 2025.",
    ],
)
def test_counts_years_and_amounts_are_no_numbers_of_things(text: str) -> None:
    assert numbers(text) == set()
