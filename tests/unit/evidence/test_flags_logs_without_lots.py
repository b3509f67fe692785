"""Logs of inspected goods that name no lot beside papers that do, in many languages, and logs whose looks are found again otherwise."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
LOTS = "# Packing list 12 June 2025\n\n| Date | Lot | Product | Quantity |\n| 10/06/2025 | SB-0610 | Ring | 400 |\n| 11/06/2025 | SB-0611 | Ring | 420 |\n| 12/06/2025 | SB-0612 | Ring | 380 |\n"
FINAL = "# Final inspection SB\n\n| Date | Lot no. | Size mm | Result |\n| 10/06/2025 | SB-0610 | 4.1 | pass |\n| 11/06/2025 | SB-0611 | 4.2 | pass |\n| 12/06/2025 | SB-0612 | 4.0 | pass |\n"
DAYS = ("03/06/2025", "05/06/2025", "09/06/2025", "11/06/2025", "16/06/2025")


def _raised(title: str, heads: str, cells: tuple[str, ...], *others: str) -> bool:
    rows = "".join(f"| {day} | {cell} |\n" for day, cell in zip(DAYS, cells, strict=True))
    log = report("Sheet.xlsx", f"# {title}\n\n| {heads} |\n{rows}", **CHECKED)
    return "no_lot_in_inspection" in flags(
        log, *(report(f"Paper {at}.xlsx", text, **CHECKED) for at, text in enumerate(others or (FINAL, LOTS)))
    )


def _cells(good: str) -> tuple[str, ...]:
    return tuple(f"{size} | {size + 1} | {good}" for size in (70, 71, 69, 72, 70))


@pytest.mark.parametrize(
    ("title", "heads", "good"),
    [
        ("Hardness inspection of finished rings", "Date | Reading 1 | Reading 2 | Verdict", "OK"),
        ("Phiếu kiểm tra độ cứng thành phẩm", "Ngày đo | Lần 1 | Lần 2 | Kết luận", "Đạt"),
        ("Laporan inspeksi produk jadi", "Tanggal | Sampel 1 | Sampel 2 | Hasil", "Lulus"),
        ("Rekod pemeriksaan akhir produk", "Tarikh | Bacaan 1 | Bacaan 2 | Keputusan", "Lulus"),
        ("บันทึกการตรวจสอบสินค้าสำเร็จรูป", "วันที่ | ค่า 1 | ค่า 2 | ผล", "ผ่าน"),
        ("成品检验记录", "日期 | 测量1 | 测量2 | 判定", "合格"),
        ("완제품 검사 일지", "일자 | 측정1 | 측정2 | 판정", "합격"),
        ("完成品検査記録", "日付 | 測定1 | 測定2 | 判定", "合格"),
        ("Nihai muayene kayıtları", "Tarih | Ölçüm 1 | Ölçüm 2 | Sonuç", "Uygun"),
        ("Outgoing inspection log", "Date | Height | Width | Inspector", "Mai"),
    ],
)
def test_a_log_without_lots_beside_papers_that_name_theirs(title, heads, good):
    assert _raised(title, heads, _cells(good))


@pytest.mark.parametrize(
    ("title", "heads", "cells"),
    [
        ("Hardness inspection of rings", "Date | Lot | Reading | Verdict", tuple(f"SB-060{n} | 70 | OK" for n in range(5))),
        ("Hardness inspection of rings", "Date | Coil | Reading | Verdict", tuple(f"C-4410{n} | 70 | OK" for n in (1, 1, 2, 2, 3))),
        ("Oven temperature log", "Date | 08:00 | 14:00 | Verdict", _cells("OK")),
        ("Verification of gauges", "Date | Reading 1 | Reading 2 | Verdict", _cells("OK")),
        ("Training of inspectors", "Date | Mark 1 | Mark 2 | Result", _cells("passed")),
        ("5S patrol of the hall", "Date | Seen | Asked for | Result", tuple(f"aisle {n} | clear | closed" for n in "abcde")),
    ],
)  # fmt: skip
def test_a_log_whose_looks_are_found_again_or_that_looks_at_no_goods(title, heads, cells):
    assert not _raised(title, heads, cells)


def test_a_scanned_log_is_read_whole_where_each_column_has_its_head():
    rows = "".join(f"| {day} | 70 | 71 | Dat |\n" for day in DAYS)
    told = {}
    for last in ("Ket luan", ""):
        text = f"# PHIẾU KIỂM TRA ĐỘ CỨNG THÀNH PHẨM\n\n| Ngày đo | Lần 1 | Lần 2 | {last} |\n{rows}"
        log = report("Do cung.pdf", text, **CHECKED)
        log = log.model_copy(update={"passages": tuple(p.model_copy(update={"source": "ocr"}) for p in log.passages)})
        told[last] = "no_lot_in_inspection" in flags(log, report("Final.xlsx", FINAL, **CHECKED))
    assert told == {"Ket luan": True, "": False}
