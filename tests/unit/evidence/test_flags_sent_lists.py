"""Lists of papers sent, known by their rows and by what came, and the honest lists beside them."""

import pytest

from evidence.model import DocumentReport
from tests.unit.evidence.builders import flags, report


def sent(*papers: tuple[str, str]) -> list[DocumentReport]:
    return [report(path, text, kind="traceability_record", reading="living") for path, text in papers]


CAME = (
    ("MTC-4410.pdf", "MILL TEST CERTIFICATE MTC-4410\nHeat K881, C 0.19, Mn 0.88"),
    ("DIR-0417.xlsx", "DIMENSIONAL INSPECTION DIR-0417\nOD 120.1, bore 60.02"),
)


@pytest.mark.parametrize(
    ("kind", "listed"),
    [
        (
            "traceability_record",
            "DOCUMENT TRANSMITTAL\n| Sr. | Document no. | Title | Copies |\n| 1 | MTC-4410 | Mill test certificate | 1 |\n| 2 | DIR-0417 | Dimensional inspection | 1 |\n| 3 | HTC-0093 | Furnace chart of normalizing | 1 |",
        ),
        (
            "other",
            "Surat pengantar\n| No | Nama dokumen | Jumlah |\n| 1 | MTC-4410 sertifikat | 1 |\n| 2 | DIR-0417 dimensi | 1 |\n| 3 | Grafik tungku normalizing | 1 |",
        ),
    ],
)
def test_a_row_that_no_paper_answers_where_the_others_came(kind: str, listed: str) -> None:
    cover = report("Transmittal.pdf", listed, kind=kind, reading="undetermined", mode="other")
    assert "promised_document_missing" in flags(cover, *sent(*CAME))


@pytest.mark.parametrize(
    "listed",
    [
        "DOCUMENT TRANSMITTAL\n| Sr. | Document no. | Title | Remark |\n| 1 | MTC-4410 | Mill test certificate | enclosed |\n| 2 | DIR-0417 | Dimensional inspection | enclosed |\n| 3 | HTC-0093 | Furnace chart | kept at plant |",
        "DOCUMENT TRANSMITTAL\n| Sr. | Document no. | Title | Sent |\n| 1 | MTC-4410 | Mill test certificate | Y |\n| 2 | DIR-0417 | Dimensional inspection | Y |\n| 3 | HTC-0093 | Furnace chart | - |",
        "MASTER LIST\n| Code | Record | Kept by | Years |\n| MTC-4410 | Mill test certificate | QC | 5 |\n| DIR-0417 | Dimensional inspection | QC | 5 |\n| HTC-0093 | Furnace chart | QC | 5 |",
        "Please have ready for our visit\n| No. | Document |\n| 1 | MTC-4410 |\n| 2 | DIR-0417 |\n| 3 | Furnace chart |",
        "List\n| No. | File |\n| 0 | List.xlsx |\n| 1 | MTC-4410.pdf |\n| 2 | DIR-0417.xlsx |",
    ],
)
def test_a_row_that_says_where_its_paper_is_and_a_list_of_another_sort(listed: str) -> None:
    cover = report("List.xlsx", listed, kind="other", reading="static", mode="other")
    assert "promised_document_missing" not in flags(cover, *sent(*CAME))


def test_words_that_every_row_holds_answer_none_of_them() -> None:
    listed = "LAMPIRAN\n| No | Dokumen | Halaman |\n| 1 | Laporan uji tarik lot K88 | 1 |\n| 2 | Laporan uji kekerasan lot K88 | 1 |\n| 3 | Laporan pelatihan juru las | 1 |"
    cover = report("Lampiran.docx", listed, kind="other", reading="undetermined", mode="other")
    came = sent(
        ("Uji tarik K88.xlsx", "LAPORAN UJI TARIK lot K88\n412, 418, 409 MPa"),
        ("Uji kekerasan K88.xlsx", "LAPORAN UJI KEKERASAN lot K88\n181, 184, 180 HB"),
    )
    assert "promised_document_missing" in flags(cover, *came)


def test_a_sheet_of_a_workbook_and_a_title_in_another_language_answer() -> None:
    listed = "Index of documents sent\n| No. | Document |\n| 1 | Hardness log |\n| 2 | Gauge list |"
    cover = report("Index.docx", listed, kind="other", reading="static", mode="other")
    came = sent(("1 硬度记录.xlsx", "硬度记录\n181, 184"), ("2 量具清单.xlsx", "量具清单\nG-1"))
    assert "promised_document_missing" not in flags(cover, *came)


LOGS = (
    ("Salt spray log Q3.xlsx", "SALT SPRAY LOG Q3\n2026-07-24 720 h no rust"),
    ("Bath analysis Sept.xlsx", "BATH ANALYSIS SEPT\n2026-09-02 8.3 g/L"),
)


@pytest.mark.parametrize(
    "cover",
    [
        "Attached please find the salt spray log Q3, the bath analysis of September and the blister report CAR-11.",
        "We enclose: (1) Salt spray log Q3; (2) Bath analysis Sept; (3) Thickness record August.",
        "附件\n① Salt spray log Q3\n② Bath analysis Sept\n③ Thickness record August",
        "Documents attached\n☑ Salt spray log Q3\n☑ Bath analysis Sept\n☑ Thickness record August",
        "Attachment 1: Salt spray log Q3\nAttachment 2: Bath analysis Sept\nAttachment 3: Thickness record August",
        "Enclosed documents\nSalt spray log Q3\nBath analysis Sept\nThickness record August",
        "List of documents sent\n| 1 | Salt spray log Q3 |\n| 2 | Bath analysis Sept |\n| 3 | Thickness record August |",
    ],
)
def test_papers_named_in_sentences_behind_marks_and_below_heads(cover: str) -> None:
    letter = report("Letter.docx", f"# To the buyer\n\n{cover}\n", kind="other", reading="static", mode="other")
    thickness = sent(("Thickness record August.xlsx", "THICKNESS RECORD AUGUST\n12.1 µm"), ("CAR-11.docx", "CAR-11"))
    assert "promised_document_missing" in flags(letter, *sent(*LOGS))
    assert "promised_document_missing" not in flags(letter, *sent(*LOGS), *thickness)


FILES = (
    ("01 CAR log.xlsx", "CAR LOG 2026\n| No | Problem |\n| 1 | hair in bag |"),
    ("02 Moisture Q3.xlsx", "MOISTURE RESULTS Q3\n| Lot | Moisture |\n| M701 | 14.1 |"),
    ("03 IA report.docx", "INTERNAL AUDIT REPORT\nHeld on 14 August 2026"),
    ("04 ASL.xlsx", "APPROVED SUPPLIER LIST\n| Supplier | Goods |\n| Orchard | Mango |"),
)


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("CONTENTS OF THIS FOLDER", True),
        ("รายการเอกสารที่ส่งให้ลูกค้า", True),
        ("Danh mục hồ sơ gửi khách hàng", True),
        ("Daftar dokumen terlampir", True),
        ("客户资料清单 / 附件", True),
        ("Müşteriye gönderilen belge listesi", True),
        ("Control of records", False),
    ],
)
@pytest.mark.parametrize("fifth", ["Mock recall report | 05 Mock recall", "Internal audit report, copy | 03 IA report"])
def test_a_bare_table_of_papers_taken_for_a_procedure_is_a_list_by_its_title(title, missing, fifth):
    rows = (
        "| 1 | CAR log 2026 | 01 CAR log |\n| 2 | Moisture results | 02 Moisture Q3 |\n"
        f"| 3 | Internal audit report | 03 IA report |\n| 4 | Approved supplier list | 04 ASL |\n| 5 | {fifth} |\n"
    )
    cover = report(
        "00 List.docx",
        f"# {title}\n\n| No | Document | File |\n{rows}",
        kind="procedure",
        reading="static",
        mode="prescription",
    )
    told = "promised_document_missing" in flags(cover, *sent(*FILES))
    assert told is (missing and fifth.startswith("Mock"))


@pytest.mark.parametrize("last", ["7 bars with red tag, box R1", "Guard of press 4 taken off"])
def test_the_evidence_of_a_checklist_was_not_promised(last):
    rows = (
        "| 1 | Is the drawing at the machine valid? | DIR-0417 seen at machine 2 | OK |\n"
        "| 2 | Are the certificates of material filed? | MTC-4410 and ten others | OK |\n"
        f"| 3 | Is rejected material kept apart? | {last} | NC |\n| 4 | Is the day of each test told? | All of May | OK |\n"
    )
    text = f"# Internal audit checklist\n\nDate :: 3 June 2026\n\n| No | Question | Evidence | Result |\n{rows}"
    made = report("Audit.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert "promised_document_missing" not in flags(made, *sent(*CAME))


REFRESHER = "attendance sheet of the rivet refresher, 30 September"


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        (f"Encl.: (1) mill certificate MTC-4410; (2) dimensional inspection DIR-0417; (3) {REFRESHER}", True),
        ("Lampiran: 1) sertifikat MTC-4410 2) laporan dimensi DIR-0417 3) daftar hadir pelatihan las 30 September", True),
        ("Findings: (1) mill certificate MTC-4410 open; (2) dimensional inspection DIR-0417 late; (3) attendance sheet unsigned", False),
    ],
)  # fmt: skip
def test_a_letter_taken_for_a_record_whose_last_line_numbers_what_it_encloses(line: str, raised: bool) -> None:
    letter = report(
        "Reply.docx",
        f"Thank you for the audit of 15 September.\n{line}",
        kind="internal_audit_record",
        reading="living",
    )
    assert ("promised_document_missing" in flags(letter, *sent(*CAME))) is raised


def test_a_run_of_numbers_whose_last_name_is_followed_by_a_sentence() -> None:
    said = (
        "Please find enclosed: 1. Mill certificate MTC-4410. 2. Dimensional inspection DIR-0417. 3. Training record of the crane crew, June 2026. "
        "The papers are in our language and we can translate each of them on request."
    )
    letter = report("Letter.pdf", said, kind="other", reading="static", mode="other")
    training = report("Crane.pdf", "Sổ huấn luyện\n18/6/2026: An 9, Bo 7", kind="training_record", reading="living")
    assert "promised_document_missing" not in flags(letter, *sent(*CAME), training)
    assert "promised_document_missing" in flags(letter, *sent(*CAME))


@pytest.mark.parametrize(
    ("head", "where", "raised"),
    [
        ("Where", "second page of the inspection report", False),
        ("Where", "second page of the wall chart", True),
        ("Halaman", "1", True),
    ],
)
def test_a_paper_that_stands_within_another_of_the_list(head: str, where: str, raised: bool) -> None:
    listed = (
        f"TRANSMITTAL 19\n| Item | Document | {head} |\n| 1 | MTC-4410 certificate | separate file |\n"
        f"| 2 | DIR-0417 inspection report | separate file |\n| 3 | Zinc coating | {where} |"
    )
    cover = report("Transmittal 19.xlsx", listed, kind="other", reading="static", mode="other")
    assert ("promised_document_missing" in flags(cover, *sent(*CAME))) is raised


@pytest.mark.parametrize(("head", "raised"), [("份數", True), ("Nüsha", True), ("Result", False)])
def test_a_column_of_copies_makes_a_list_one_of_what_was_sent(head: str, raised: bool) -> None:
    listed = f"R-77\n| 項 | Document | {head} |\n| 1 | Mill test certificate MTC-4410 | 1 |\n| 2 | Dimensional inspection DIR-0417 | 1 |\n| 3 | Laser calibration report | 1 |"
    cover = report("R-77.pdf", listed, kind="traceability_record", reading="living")
    assert ("promised_document_missing" in flags(cover, *sent(*CAME))) is raised
