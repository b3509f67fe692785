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


SCANS = {
    "en": "MATERIAL TEST REPORT\nCustomer | Harbour Cranes\nHeat no. 7A119 | Date 12.03.2026\nTest | Limit | Found\nHardness HB | 180 - 220 | 176\nTensile N/mm2 | min 250 | 243\nCharpy at -20 C | min 27 J | 22 J\nResult | REJECTED\nTested by P. Lowe",
    "vi": "PHIẾU KIỂM TRA ĐỘ CỨNG\nMã hàng: TR-40 | Số lô: L0612\nMẫu | 1 | 2 | 3\nĐộ cứng HRC | 52 | 51 | 49\nYêu cầu 55 - 60 HRC\nKết quả: Không đạt\nNgười đo: Lê Văn Sơn",
    "th": "บันทึกการวัดชิ้นงาน\nเลขล็อต TH2606-4 วันที่ 12/06/2026\nจุดวัด | ค่ากำหนด | ค่าที่วัดได้\nเส้นผ่านศูนย์กลาง | 12.00 ± 0.05 | 12.11\nความยาว | 40.0 ± 0.2 | 40.1\nผู้วัด สมชาย",
    "zh": "拉力试验记录\n批号 26-0612 | 日期 2026-06-12\n试样 | 抗拉强度 MPa | 判定\n1 | 432 | 合格\n2 | 401 | 不合格\n3 | 428 | 合格\n要求 ≥ 415 MPa\n试验员 王芳",
    "ko": "인장 시험 기록\n로트 W606 | 시험일 2026.06.12\n시편 | 인장강도 N | 판정\n1 | 75.2 | 합격\n2 | 61.0 | 불합격\n기준 70 N 이상\n시험자 김민수 작성 품질관리팀",
    "ja": "硬さ試験成績書\nロット J26-118 | 試験日 2026/6/12\n測定点 | 規格 HV | 測定値\n1 | 700 以上 | 705\n2 | 700 以上 | 688\n3 | 700 以上 | 711\n測定者 田中 品質保証課",
    "tr": "ÇEKME DENEYİ KAYDI\nParti no TR-2606 | Tarih 12.06.2026\nNumune | Akma MPa | Kopma MPa\n1 | 352 | 471\n2 | 348 | 466\nİstenen kopma en az 480 MPa\nDeneyi yapan: A. Kaya",
    "id": "CATATAN UJI KADAR AIR\nLot KA-0612 | Tanggal 12-06-2026\nSampel | Kadar air %\n1 | 14,2\n2 | 13,9\n3 | 14,4\nBatas maks 12 %\nPenguji: Dewi Lestari, laboratorium mutu",
}
"""Made-up records as OCR reads them, by language."""


def _is_told(language: str, typed: str) -> bool:
    known = {"kind": "traceability_record", "language": language}
    scan = report("record.pdf", SCANS[language], source="ocr", **known)
    return "text_over_scan" in flags(merged(scan, report("record.pdf", typed, **known)))


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "Hardness 196"),
        ("zh", "试样 3 482 合格"),
        ("en", "Tensile 262   Charpy 31"),
        ("en", "7A119  31 J  ok"),
        ("en", "PASSED"),
        ("en", "Heat no. 7A121"),
        ("en", "Test date 19.03.2026"),
        ("vi", "58 57 59 HRC"),
        ("vi", "Kết quả: Đạt"),
        ("vi", "Độ cứng 58"),
        ("vi", "Số lô: L0619"),
        ("th", "ค่าที่วัดได้ 12.02 ผ่าน"),
        ("th", "ล็อต TH2606-9"),
        ("zh", "试样2 424 合格"),
        ("zh", "抗拉强度 452 MPa"),
        ("zh", "批号 26-0699"),
        ("ko", "시편 2: 74.1 N"),
        ("ko", "2  74.1 합격"),
        ("ko", "시험일 2026.07.01"),
        ("ja", "判定 合格"),
        ("ja", "HV 706"),
        ("ja", "試験日 2026/7/3"),
        ("tr", "Kopma 492"),
        ("tr", "Parti TR-2611 UYGUN"),
        ("tr", "492 MPa"),
        ("id", "Kadar air 11,8 %"),
        ("id", "MEMENUHI SYARAT, kadar air 11,9"),
        ("id", "Lot KA-0619"),
        ("en", "CORRECTED: HB 196"),
        ("en", "Colour fastness to washing grade 4-5"),
        ("zh", "耐洗色牢度 4级"),
        ("id", "Sampel 14,2 memenuhi"),
        ("ja", "コイル番号 7H-2290-4"),
        ("en", "Coil no. 7H-2290-4"),
    ],
)
def test_what_the_scan_says_otherwise_or_nowhere_is_told(language: str, typed: str) -> None:
    assert _is_told(language, typed)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "Page 1 of 2"),
        ("en", "Scanned 12/10/2026 14:03"),
        ("en", "12.10.2026 14.03 HARBOUR CRANES +44 20 7946 0011"),
        ("en", "QMS-REC-0114"),
        ("en", "Controlled copy 3"),
        ("en", "Received 14.03.2026 stores"),
        ("en", "Approved 14.03.2026"),
        ("en", "Approved by J. Ward 14.03.2026"),
        ("en", "PO 4500012887"),
        ("en", "Harbour Cranes 26/118"),
        ("en", "Hardness 180 - 220"),
        ("en", "DOC-2026-00114"),
        ("en", "Project HC 118 item 4"),
        ("vi", "Trang 1/2"),
        ("vi", "Ký bởi: Công ty ABC, 12/06/2026"),
        ("vi", "Lưu trữ 26-114"),
        ("vi", "Số lô: L0612"),
        ("th", "หน้า 1/2"),
        ("th", "สแกนเมื่อ 12/06/2026"),
        ("zh", "第 1 页 共 2 页"),
        ("zh", "扫描日期 2026-06-15"),
        ("zh", "受控文件 2026-06-15"),
        ("ko", "페이지 1/2"),
        ("ko", "수신 2026.06.15"),
        ("ko", "로트 W606"),
        ("ja", "1/2 ページ"),
        ("ja", "受領 2026/6/15"),
        ("ja", "電子承認 2026/6/15 佐藤"),
        ("tr", "Sayfa 1/2"),
        ("tr", "Onay 15.06.2026"),
        ("id", "Halaman 1 dari 2"),
        ("id", "Disetujui 15-06-2026"),
        ("id", "Diterima 15-06-2026 gudang"),
        ("en", "Hardness 176"),
        ("zh", "1 432 合格"),
        ("zh", "试样3 428 合格"),
        ("ko", "1 75.2 합격"),
        ("id", "Kadar air 14,2 %"),
        ("en", "Approved 15.03.2026 J. Ward"),
        ("en", "Colour fastness, order no. 4471-2"),
        ("en", "File: pilling and colour fastness"),
    ],
)
def test_what_the_scan_says_too_and_what_offices_lay_over_scans_is_not(language: str, typed: str) -> None:
    assert not _is_told(language, typed)


@pytest.mark.parametrize(
    ("language", "typed", "line"),
    [
        ("en", "Hardness 196", "Hardness HB | 180 - 220 | 176"),
        ("en", "PASSED", "Result | REJECTED"),
        ("zh", "试样 3 482 合格", "3 | 428 | 合格"),
        ("th", "เส้นผ่านศูนย์กลาง 12.03 ผ่าน", "เส้นผ่านศูนย์กลาง | 12.00 ± 0.05 | 12.11"),
    ],
)
def test_what_the_scan_itself_says_stands_beside_what_is_typed_over_it(language: str, typed: str, line: str) -> None:
    known = {"kind": "traceability_record", "language": language}
    scan = report("record.pdf", SCANS[language], source="ocr", **known)
    flag = flags(merged(scan, report("record.pdf", typed, **known)))["text_over_scan"]
    assert [citation.quote for citation in flag.citations] == [typed, line]
    assert f"the scan itself reads '{line.replace(' | ', ', ')}'" in flag.explanation


def test_a_lot_that_the_scan_names_nowhere_stands_alone() -> None:
    scan = report("coa.pdf", SCAN, kind="traceability_record", source="ocr")
    flag = flags(merged(scan, report("coa.pdf", "批号：C-260914", kind="traceability_record")))["text_over_scan"]
    assert len(flag.citations) == 1
    assert "the scan itself" not in flag.explanation
