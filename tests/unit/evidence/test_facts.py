"""Facts other than dates: series, cases, certificates, tables, identifiers, people, names of companies."""

import json
from typing import Any

import pytest

from evidence.facts import find_facts
from evidence.facts.limits import limits
from evidence.facts.numbers import parse
from evidence.model import Fact
from evidence.names import same_company
from tests.unit.evidence.builders import certificate, document, passages, report


def facts(text: str, path: str = "paper.docx", mode: str = "record") -> list[Fact]:
    made = document(path, text)
    return list(find_facts(made, passages(made, mode)))


def values(text: str, kind: str, path: str = "paper.docx") -> list[dict[str, Any]]:
    return [json.loads(fact.value) for fact in facts(text, path) if fact.kind == kind]


def test_a_series_along_the_heads_with_its_target_apart() -> None:
    text = (
        "# Reject rate 2026\n\n| Process | Jan | Feb | Mar | Apr | May | Jun |\n| Reject "
        "rate % | 3.1 | 2.9 | 2.8 | 2.2 | 2.1 | 1.9 |\n| Target % | 2.5 | 2.5 | 2.5 | 2.0 | 2.0 | 2.0 |"
    )
    (made,) = values(text, "series")
    assert made["measure"] == "reject_rate"
    assert made["periods"] == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    assert made["values"] == [3.1, 2.9, 2.8, 2.2, 2.1, 1.9]
    assert made["targets"] == [2.5, 2.5, 2.5, 2.0, 2.0, 2.0]
    assert made["change"] == pytest.approx(-1 / 3, abs=0.001)


def test_a_series_never_comes_from_a_target_alone() -> None:
    text = "# Objectives 2026\n\n| Measure | Jan | Feb | Mar | Apr |\n| Target reject rate % | 2.5 | 2.5 | 2.0 | 2.0 |"
    assert values(text, "series") == []


@pytest.mark.parametrize(
    ("label", "measure", "change"),
    [
        ("Tỷ lệ lỗi %", "reject_rate", -0.4),
        ("不良率 %", "reject_rate", -0.4),
        ("불량률 %", "reject_rate", -0.4),
        ("อัตราของเสีย %", "reject_rate", -0.4),
        ("Tingkat cacat %", "reject_rate", -0.4),
        ("ret oranı %", "reject_rate", -0.4),
        ("PPM", "ppm", -0.4),
        ("直通率 %", "first_pass_yield", -0.4),
    ],
)
def test_measures_are_known_in_the_languages_of_the_region(label: str, measure: str, change: float) -> None:
    text = f"| Month | {label} |\n| 2026-01 | 5 |\n| 2026-02 | 4 |\n| 2026-03 | 3 |"
    (made,) = values(text, "series")
    assert (made["measure"], made["change"]) == (measure, change)


def test_a_bare_per_cent_column_takes_its_measure_from_the_title_and_its_year_from_the_sheet() -> None:
    text = (
        "=== 2025\n# Reject rate of the plant\n\n| Month | Produced | Rejected | % |\n| "
        "Jan | 20000 | 600 | 3.00 |\n| Feb | 21000 | 588 | 2.80 |\n| Mar | 20500 | 492 | 2.40 |"
    )
    made = {item["label"]: item for item in values(text, "series", "figures.xlsx")}
    assert made["reject rate"]["periods"] == ["2025-01", "2025-02", "2025-03"]
    assert made["reject rate"]["values"] == [3.0, 2.8, 2.4]


def test_decimal_commas_and_thousands() -> None:
    text = (
        "| Tháng | SL sản xuất | Tỷ lệ lỗi % |\n| T1/2026 | 21.340 | 1,32 |\n| T2/2026 | "
        "14.105 | 1,43 |\n| T3/2026 | 22.870 | 1,39 |"
    )
    (made,) = values(text, "series")
    assert made["values"] == [1.32, 1.43, 1.39]


@pytest.mark.parametrize(
    ("digits", "comma", "value"),
    [
        ("1,250", False, 1250.0),
        ("1.250", True, 1250.0),
        ("1.250", False, 1.25),
        ("12,5", True, 12.5),
        ("12,5", False, 12.5),
        ("1.234,56", False, 1234.56),
        ("1,234.56", False, 1234.56),
        ("0,125", True, 0.125),
        ("1,25,000", False, 125000.0),
        ("-3.5", False, -3.5),
        ("41.207", False, 41.207),
    ],
)
def test_numbers_in_their_local_forms(digits: str, comma: bool, value: float) -> None:
    parsed = parse(digits, comma)
    assert parsed is not None
    assert parsed[0] == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("22.00 ± 0.10", 21.9, 22.1),
        ("6.00 +0.05/0", 6.0, 6.05),
        ("min 40", 40.0, None),
        ("min. 40 - 3 pcs", 40.0, None),
        ("min 2 max 8", 2.0, 8.0),
        ("từ 2 đến 8 °C", 2.0, 8.0),
        ("max 3 min", None, 3.0),
        ("≤ 0.08", None, 0.08),
        ("62.000 - 62.030", 62.0, 62.03),
        ("148 ±0,5", 147.5, 148.5),
        ("no flash", None, None),
    ],
)
def test_limits_of_a_specification(text: str, low: float | None, high: float | None) -> None:
    assert limits(text, "," in text) == (low, high)


def test_a_specification_without_readings_is_no_record_of_readings() -> None:
    assert (
        values("| Item | Spec | 1 | 2 | 3 |\n| Bore | 40.00 ± 0.05 | | | |\n| Face | 12.5 ± 0.1 | | | |", "readings")
        == []
    )


def test_the_eight_disciplines_are_read_as_one_case() -> None:
    text = (
        "D2 Problem :: 12 of 640 nuts off centre\nD3 Containment :: 418 sorted, 3 NG\nD4 "
        "Root cause :: pin worn from 9.97 to 9.31; old pin 4 of 30, new 0 of 30\nD5 "
        "Corrective action :: pin of hard steel, measured each 5,000 strokes\nD8 "
        "Effectiveness :: four lots to July, 1 of 1,280"
    )
    (made,) = values(text, "case")
    assert made["root_cause"].startswith("pin worn")
    assert made["effectiveness"] == "four lots to July, 1 of 1,280"


def test_a_blank_form_gives_no_case() -> None:
    text = (
        "D2 Problem ::\nD3 Containment ::\nD4 Root cause :: ..........\nD5 Corrective "
        "action ::\nD8 Effectiveness :: [ ] yes [ ] no"
    )
    assert values(text, "case") == []


def test_a_register_gives_a_case_a_row_with_its_days() -> None:
    text = (
        "| CAPA no | Date opened | Problem | Root cause | Action | Due | Date closed |\n|"
        " 26-01 | 05/03/2026 | leak at flange | vent blocked | vent depth measured | "
        "30/03/2026 | 28/03/2026 |\n| 26-02 | 11/05/2026 | thread missing | tap broke | sensor cleaned | 30/06/2026 | |"
    )
    first, second = values(text, "case", "log.xlsx")
    assert (first["opened"], first["due"], first["closed"]) == ("2026-03-05", "2026-03-30", "2026-03-28")
    assert "closed" not in second


def test_days_without_a_year_take_that_of_the_paper_and_not_yet_is_not_closed() -> None:
    text = (
        "Ngày :: 11/08/2026\n\n| Nội dung | Người làm | Hạn | Ngày xong |\n| móc mới | "
        "Đức | 31/08 | chưa, nhắc 03/09 |\n| ghi bản vẽ | Tâm | 20/08 | 19/08 |"
    )
    first, second = values(text, "action")
    assert first["due"] == "2026-08-31"
    assert "closed" not in first
    assert second["closed_text"] == "19/08"


def test_the_fields_of_a_certificate() -> None:
    made = {fact.role: fact.value for fact in certificate().facts if fact.kind == "certificate_field"}
    assert made["holder"] == "LOTUS VALLEY PUMPS CO., LTD"
    assert made["standard"] == "ISO 9001"
    assert made["edition"] == "ISO 9001:2015"
    assert made["number"] == "TAC-88-4120"
    assert made["scope"].startswith("Manufacture of centrifugal pumps")
    assert made["body"] == "Tidewater Assessment Certification Ltd"
    assert made["accreditation"] == "KAN"
    assert (made["issue"], made["expiry"]) == ("2025-03-14", "2028-03-13")


@pytest.mark.parametrize(
    "text",
    [
        (
            "# Calibration certificate\n\nCertificate no.: K-114 || item: micrometer, calibrated "
            "to ISO 17025 on 4 May 2026, valid until 4 May 2027. This is to certify that the "
            "readings are traceable."
        ),
        (
            "# Quality manual\n\nThis manual describes the system. Our certificate to ISO "
            "9001:2015 is valid until 13 March 2028, see annex."
        ),
        "# Mill certificate EN 10204 3.1\n\nThis is to certify that heat H-22871 was tested to ISO 6892, C 0.18.",
    ],
)
def test_other_papers_called_certificate_are_none_of_a_system(text: str) -> None:
    assert not [fact for fact in facts(text) if fact.kind == "certificate_field"]


@pytest.mark.parametrize(
    ("text", "role", "value"),
    [
        ("Lot no.: 26C07-2", "lot", "26C07-2"),
        ("Số lô | 2605-006", "lot", "2605-006"),
        ("批号：04-260226-A", "batch", "04-260226-A"),
        ("Heat no. H6-22871 was melted", "heat", "H6-22871"),
        ("see CAPA-25-017 for it", "capa", "CAPA-25-017"),
        ("NCR No: 23-014", "ncr", "23-014"),
        ("Part :: 4471-B || Qty :: 500", "part", "4471-B"),
        ("Lot kiln | K2-26-024", "lot", "K2-26-024"),
        ("nomor lot : KL-2209", "lot", "KL-2209"),
    ],
)
def test_identifiers_by_label_and_by_shape(text: str, role: str, value: str) -> None:
    found = {(fact.role, fact.value) for fact in facts(text) if fact.kind == "identifier"}
    assert (role, value) in found or ("lot" if role == "batch" else role, value) in found


def test_figures_told_of_a_lot_are_no_lots() -> None:
    def lots(text: str) -> set[str]:
        return {fact.value for fact in facts(text) if (fact.kind, fact.role) == ("identifier", "lot")}

    assert not {"0", "400"} & lots("Lot 26C07: 0 of 400 rejected, vent blocked.")
    assert "26C07" in lots("Lot 26C07: 0 of 400 rejected, vent blocked.")
    assert {"26C07", "26C08"} <= lots("Lot 1: 26C07\nLot 2: 26C08")


@pytest.mark.parametrize(
    "text", ["Lot size: 500 pcs", "Batch quantity: 1200", "Lot: n/a", "Serial no.:", "Lot no. 12/03/2025 checked"]
)
def test_sizes_and_empty_fields_are_no_identifiers(text: str) -> None:
    assert not [
        fact
        for fact in facts(text)
        if fact.kind == "identifier" and fact.role in ("lot", "batch", "serial") and not fact.value.count("/")
    ]


def test_people_with_their_parts() -> None:
    found = {
        (fact.role, fact.value)
        for fact in facts("Auditor: Maria Santos\n\nAuditee: Paul Reyes\n\nPrepared by: Quality department")
        if fact.kind == "person"
    }
    assert found == {("auditor", "Maria Santos"), ("auditee", "Paul Reyes")}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Công ty TNHH Cơ khí An Phú", "CÔNG TY TNHH CƠ KHÍ AN PHÚ (AN PHU MECHANICAL CO., LTD)", True),
        ("Sông Cấm Precision Castings Co., Ltd", "SONG CAM PRECISION CASTINGS COMPANY LIMITED", True),
        ("PT Barelang Circuit Assembly", "PT. BARELANG CIRCUIT ASSEMBLY", True),
        ("东莞恒力塑胶有限公司", "东莞市恒力塑胶制品有限公司", True),
        ("Dongguan Hengli Precision Plastics Co., Ltd", "Guangzhou Runfeng Import & Export Trading Co., Ltd", False),
        ("Dongguan Hengli Plastics", "Dongguan Weilong Plastics", False),
        ("Lotus Valley Pumps", "บริษัท ปั๊มน้ำ จำกัด", None),
    ],
)
def test_names_of_companies(first: str, second: str, same: bool | None) -> None:
    assert same_company(first, second) is same


def test_long_and_hostile_text_takes_little_time() -> None:
    text = "1.1.1.1.1.1.1." * 3000 + " lot " * 3000 + "| - " * 4000 + "ngày 1 tháng " * 2000
    made = document("hostile.txt", text)
    found = passages(made)
    assert isinstance(find_facts(made, found), tuple)


CUSTOMERS = """
| Customer | Half year | Shipped | Returned | ppm |
| THV | 1H 2025 | 96240 | 36 | 374 |
| THV | 2H 2025 | 104855 | 11 | 105 |
| THV | 1H 2026 | 101370 | 3 | 30 |
| MRK | 1H 2025 | 38460 | 4 | 104 |
| MRK | 2H 2025 | 41112 | 51 | 1241 |
| MRK | 1H 2026 | 40275 | 2 | 50 |
"""


def test_a_table_of_two_customers_holds_two_series() -> None:
    made = [item for item in values(CUSTOMERS, "series", "figures.xlsx") if item["measure"] == "ppm"]
    assert [(item["label"], item["values"]) for item in made] == [
        ("ppm (THV)", [374, 105, 30]),
        ("ppm (MRK)", [104, 1241, 50]),
    ]
    assert all(len(set(item["periods"])) == len(item["periods"]) for item in made)


def test_pieces_shipped_are_no_days() -> None:
    """A spreadsheet's day without its format is a number of five digits; so are pieces."""
    assert not [fact for fact in facts(CUSTOMERS, "figures.xlsx") if fact.kind == "date"]
    dated = "| Lot | Shipped |\n| A-17 | 45210 |\n| A-18 | 45241 |\n| A-19 | 45271 |"
    days = [fact.value for fact in facts(dated, "lots.xlsx") if fact.kind == "date"]
    assert days == ["2023-10-11", "2023-11-11", "2023-12-11"]


def test_a_number_that_looks_like_a_month_dates_nothing() -> None:
    made = report("car.docx", "CAR No. :: 2026-01 || Date :: 5 August 2026")
    assert [fact.value for fact in made.facts if fact.kind == "identifier"] == ["2026-01"]
    assert not [fact for fact in made.facts if fact.kind == "period"]
