"""Red flags on what papers tell of themselves: days ahead, pages changed under signatures, gaps of models, lists of what was sent."""

import pytest

from tests.unit.evidence.builders import flags, report

LOT = {"kind": "traceability_record", "criteria": ("traceability",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
GAUGE = {"kind": "calibration_record", "criteria": ("calibration",)}
SUPPLIER = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}


@pytest.mark.parametrize(
    ("text", "kind", "raised"),
    [
        ("# 점검표\n\n관리번호 :: M-9 || 점검일 :: 26. 12. 28. \n\n| 25.00 | 25.01 | 합 |", GAUGE, True),
        ("# 점검표\n\n관리번호 :: M-9 || 차기 점검 :: 26. 12. 28.", GAUGE, False),
        ("# DÖF 7\n\nÖlçümü 28 Aralık 2026'da Ali yaptı, 40 parça iyi.", CASE, True),
        ("# DÖF 7\n\nÖlçüm 28 Aralık 2026'ya ertelendi.", CASE, False),
        ("# DÖF 7\n\nÖlçümün 28 Aralık 2026'da yapılmasına karar verildi.", CASE, False),
        ("# CAR 7\n\nติดตามผล :: ตรวจครบ 8 จุด ไม่พบรอยแตก – สายใจ 28 ธันวาคม 2569", CASE, True),
        ("# CAR 7\n\nFollow-up :: 8 points looked at, no cracks, Ann 28 December 2026", CASE, True),
        ("# CAR 7\n\nFollow-up :: if 8 points show no cracks, closing on 28 December 2026", CASE, False),
        ("# Management review\n\nMonday 28 December 2026, 9.00 to 11.00\nAbsent: Ann Lowe\nScrap 2.1 %", REVIEW, True),
        ("# Management review\n\nMonday 28 December 2026, 9.00 to 11.00\nPlease bring your figures", REVIEW, False),
    ],
)
def test_a_day_ahead_on_which_something_was_done(text, kind, raised):
    assert ("date_in_future" in flags(report("Paper.docx", text, **kind))) is raised


@pytest.mark.parametrize(("day", "count", "raised"), [("28/12/2026", "1", True), ("28/12/2026", " ", False)])
def test_pieces_found_bad_are_counted_when_they_are_looked_at(day, count, raised):
    rows = "".join(f"| {n} | 0{n}/02/2026 | L-{n} | 200 | {n % 3} | |\n" for n in range(1, 6))
    text = f"=== a\n| STT | Ngày kiểm | Lô | Kiểm | Lỗi | Ghi chú |\n{rows}| 6 | {day} | L-6 | 200 | {count} | |\n"
    assert ("date_in_future" in flags(report("So kiem.xlsx", text, language="vi", **LOT))) is raised


SHEET = "# Batch sheet\n\nBatch :: VP-7 || Made :: 03-02-2026\nMoisture (max 0.5 %) :: 0.38\n\nQA approval: H. Patel, 06-02-2026.\n\n"


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Page 2 replaced on 15-02-2026 by production.", True),
        ("Halaman 2 diganti 15-02-2026 oleh produksi.", True),
        ("15-02-2026: lot made larger, first sheet retyped, signature page unchanged.", True),
        ("On 15-02-2026 quantity changed to 900, chữ ký giữ nguyên.", True),
        ("Page 2 replaced on 05-02-2026, ink spilt.", False),
        ("Page 2 replaced on 15-02-2026 and signed again, approved H. Patel.", False),
        ("No page was replaced up to 15-02-2026.", False),
        ("If page 2 is replaced the QA head signs again, 15-02-2026.", False),
        ("Filter replaced on 15-02-2026.", False),
    ],
)
def test_a_page_put_in_after_the_signature(line, raised):
    assert ("changed_after_signature" in flags(report("Batch.pdf", SHEET + line, **LOT))) is raised


@pytest.mark.parametrize(
    ("kind", "name", "line", "raised"),
    [
        (AUDIT, "Audit.docx", "(Added 11 March 2026) two remarks deleted from the body of the report.", True),
        (AUDIT, "Audit.docx", "Page 2 of the welding instruction replaced 11 March 2026.", False),
        ({"kind": "procedure", "reading": "static"}, "WI-7.pdf", "Page 2 replaced 11 March 2026, edition C.", False),
    ],
)
def test_pages_of_other_papers_are_changed_by_right(kind, name, line, raised):
    text = f"# Internal audit\n\nHeld 20 January 2026, Ann Lowe.\n\n| Prepared | Checked | Approved |\n| A. Lowe 2/2 | B. Kerr 3/2 | C. Dunn 3/2 |\n\n{line}"
    assert ("changed_after_signature" in flags(report(name, text, **kind))) is raised


VISIT = "# Visit to a supplier\n\nSawmill, 10/02/2026. Fifty boards, moisture 9 to 12 %, score 83 of 100, passed.\n\nĐỗ Thị Luyến, 12/02/2026"


@pytest.mark.parametrize(
    ("by", "modified", "raised"),
    [("B. Kerr", "2026-10-09", True), ("A. Lowe", "2026-10-09", True), ("B. Kerr", "2026-02-20", False)],
)
def test_a_visit_told_in_words_is_closed_by_its_signature(by, modified, raised):
    metadata = {
        "author": "A. Lowe",
        "last_modified_by": by,
        "created": "2026-02-10T09:00:00Z",
        "modified": f"{modified}T09:00:00Z",
    }
    paper = report("Visit.docx", VISIT, metadata=metadata, **SUPPLIER)
    assert ("changed_after_signature" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("# 内审报告\n\n依据：ISO 9001、××有限公司质量手册。", True),
        ("# 内审报告\n\n客户××有限公司投诉一次。", False),
        ("# Penilaian\n\nTgl :: 12/03/2026 || Penilai :: Nama Anda", True),
        ("# Survey\n\nDate :: 12/03/2026 || Your name :: Ann Lowe", False),
    ],
)
def test_what_a_model_text_left(text, raised):
    assert ("placeholder_left" in flags(report("Report.docx", text, **AUDIT))) is raised


def _sent(*names: str):
    return [report(name, "# Sheet\n\n| Lot | 7 |", **LOT) for name in names]


@pytest.mark.parametrize(
    ("text", "names", "raised"),
    [
        (
            "1. 01 Audit summary\n2. 02 to 04 Loom sheets\n3. 05 Resin ratings",
            ("01 ก.docx", "02 ข.docx", "03 ค.docx", "04 ง.docx"),
            True,
        ),
        ("1. 01 Audit summary\n2. 02 to 04 Loom sheets", ("01 ก.docx", "02 ข.docx", "03 ค.docx", "04 ง.docx"), False),
        (
            "1. Cert\n2. DÖF 9\n3. Leak table\n4. Furnace table\n5. Gauge list",
            ("01 Cert.pdf", "02 DOF x.docx", "03 Leak.xlsx", "04 Furnace.xlsx"),
            True,
        ),
        ("| 1 | 01_Rejects.xlsx | V |\n| 2 | 02_Ratings.pdf | V |", ("01_Rejects.xlsx",), True),
        ("| 1 | 01_Rejects.xlsx | V |\n| 2 | 02_Ratings.pdf | will follow |", ("01_Rejects.xlsx",), False),
    ],
)
def test_lists_of_what_was_sent(text, names, raised):
    listed = report(
        "00 Index.docx",
        f"# Documents sent to the buyer\n\n{text}",
        kind="internal_audit_record",
        reading="static",
        mode="other",
    )
    other = report(
        "00 Index.docx", f"# Documents sent to the buyer\n\n{text}", kind="other", reading="static", mode="other"
    )
    assert ("promised_document_missing" in flags(listed, *_sent(*names))) is raised
    assert ("promised_document_missing" in flags(other, *_sent(*names))) is raised


def test_thai_months_whose_points_are_drawn_apart():
    from evidence.facts.months import MONTHS

    assert MONTHS["ม ค."] == MONTHS["ม.ค."] == 1
    assert MONTHS["ก ย."] == 9


@pytest.mark.parametrize(
    ("lab", "name", "title", "raised"),
    [
        ("Lanna Metrology Laboratory Co., Ltd.", "Cert.xlsx", "CERTIFICATE OF CALIBRATION | | No. | LM-7", True),
        ("Lanna Metrology Laboratory Co., Ltd.", "Cert.pdf", "CERTIFICATE OF CALIBRATION | | No. | LM-7", False),
        ("Lotus Valley Pumps Laboratory Co., Ltd.", "Cert.xlsx", "CERTIFICATE OF CALIBRATION | | No. | LM-7", False),
        (
            "Lanna Metrology Laboratory Co., Ltd.",
            "List.xlsx",
            "Calibration certificates of the year, whoever issued them | |",
            False,
        ),
    ],
)
def test_the_certificate_of_a_laboratory_that_anybody_can_change(lab, name, title, raised):
    text = f"=== a\n| {lab} |\n| ISO/IEC 17025 laboratory 0392 |\n| {title} |\n| Gauge | DC-118 | Date | 11/08/2026 |\n"
    assert ("editable_third_party_certificate" in flags(report(name, text, **GAUGE))) is raised
