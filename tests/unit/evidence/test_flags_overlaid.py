"""Words typed over a scan."""

import pytest

from tests.unit.evidence.builders import flags, merged, report

SCAN = (
    "CERTIFICATE OF ANALYSIS\nHaidong Paper Mill\nProduct: white face stock\n"
    "Face stock 80 | 79.6\nPeel 8 - 14 | 11.3\nLoop tack min. 10 | 13.8\nCaliper 152 | 154\nQC chemist"
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Lot no. 61008-B   Date: 12 Oct 2026", True),
        ("Model LC-1203   Lot 2608-114", True),
        ("批号：C-260914", True),
        ("Số lô: L-26-0914", True),
        ("Lot No: 2609-14", True),
        ("Received lot 2609-14, store 2", False),
        ("GRN 26-1187 lot 2609-14", False),
        ("来料 批号 C-260914", False),
        ("Page 2 of 3", False),
        ("Face stock 79.6", False),
    ],
)
def test_a_lot_typed_on_a_scan_that_names_none(typed: str, told: bool) -> None:
    scan = report("coa.pdf", SCAN, kind="traceability_record", source="ocr")
    over = report("coa.pdf", typed, kind="traceability_record")
    assert ("text_over_scan" in flags(merged(scan, over))) is told


def test_the_lot_of_the_scan_typed_once_more() -> None:
    scan = report("coa.pdf", SCAN + "\nLot 61008-B", kind="traceability_record", source="ocr")
    over = report("coa.pdf", "Lot no. 61008-B", kind="traceability_record")
    assert "text_over_scan" not in flags(merged(scan, over))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Heat A4655 - 40 nos - 79.6 / 11.3 - ACCEPTED", True),
        ("Caliper 154 - 13.8: OK", True),
        ("Lot no. 61008-B   Date of test 21.09.2026", True),
        ("Số lô 61008-B   Ngày thử 21.09.2026", True),
        ("Signed 21.09.2026, ACCEPTED 2 of 2", False),
        ("Received lot 61008-B on 21.09.2026", False),
        ("Page 1 of 2   21.09.2026", False),
    ],
)
def test_a_verdict_or_the_fields_of_a_lot_typed_over_what_the_scan_says_too(typed: str, told: bool) -> None:
    scan = report(
        "coa.pdf", f"{SCAN}\nLot no. 61008-B | Date of test 21.09.2026", kind="traceability_record", source="ocr"
    )
    over = report("coa.pdf", typed, kind="traceability_record")
    assert ("text_over_scan" in flags(merged(scan, over))) is told


THICK = "BỀ DÀY LỚP MẠ\nNgày 2026-06-11   Lô ZN-0609   Mặt hàng: đai ốc M10\nQuy cách: từ 8 µm\nĐiểm | 1 | 2 | 3 | 4 | 5\nµm 9.1 8.7 9.4 8.9\nNgười đo: Hạnh"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("điểm 5: 8.4", True),
        ("No. five 8.5", True),
        ("Rev 8.4", False),
        ("8.9", False),  # what stands there
        ("Hồ sơ 31.7", False),  # far from all that was read
        ("412 MPa   207 HB", True),
        ("61 J 58 J 64 J mean 61 J", True),
        ("Received 61 J 58 J", False),
        ("340 kg   12 rolls", False),
    ],
)
def test_a_reading_or_results_with_their_units_typed_over_a_scan(typed: str, told: bool) -> None:
    scan = report("do.pdf", THICK, kind="traceability_record", source="ocr")
    over = report("do.pdf", typed, kind="traceability_record")
    assert ("text_over_scan" in flags(merged(scan, over))) is told
