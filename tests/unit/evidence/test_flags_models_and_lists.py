"""Red flags on names that model texts leave behind and on papers that a list of what was sent names; beside each an honest paper."""

import pytest

from tests.unit.evidence.builders import flags, report

OWN = report("Log.docx", "# Feedback log\n\nImus Coatings, 3 March 2026: lid rust on 22 cans, lids moved.", kind="corrective_action_record", criteria=("corrective_action",))  # fmt: skip
RULE = {"kind": "procedure", "reading": "static", "mode": "prescription", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("The QA Manager of Laguna Lube Oil Corporation writes it into the log.", True),
        ("It is answered by the quality department of Laguna Lube Oil Corporation in five days.", True),
        ("Manajer Mutu dari PT Laguna Pelumas menulisnya di buku.", True),
        ("Laguna Yağ Sanayi A.Ş. Kalite Müdürü kaydı açar.", True),
        ("The QA Manager of Imus Coatings Corporation writes it into the log.", False),
        ("Our customer, the QA Manager of Laguna Lube Oil Corporation, is told in five days.", False),
        ("Laguna Lube Oil Corporation is sent a copy.", False),
    ],
)
def test_an_office_of_another_company_in_a_rule(line, raised):
    text = f"# QP-12 Customer feedback\n\nAny employee who hears a complaint passes it on the same day. {line}\n"
    found = flags(report("QP-12.docx", text, **RULE), OWN, supplier="Imus Coatings")
    assert ("placeholder_left" in found) is raised


@pytest.mark.parametrize(
    ("title", "raised"),
    [("Instruksi Kerja Pengambilan Contoh", True), ("Contoh instruksi kerja", False), ("Hướng dẫn lấy mẫu", True)],
)
def test_sampling_is_no_model(title, raised):
    text = f"# {title}\n\nContoh diambil dari awal, tengah dan akhir pengisian, masing-masing dua kartrid.\n\nAnalis [NAMA PERUSAHAAN ANDA] mencatat hasil pada lembar analisis pada hari yang sama.\n"
    paper = report("IK.docx", text, kind="blank_form", reading="static", mode="template")
    assert ("placeholder_left" in flags(paper)) is raised


LIST = {"kind": "other", "reading": "static", "mode": "other"}


def _sent(*names: str):
    return [report(f"{name}.docx", f"# {name}\n\nDone on 3 March 2026, lot B6-0812, 96 KU.", kind="traceability_record") for name in names]  # fmt: skip


@pytest.mark.parametrize(("last", "raised"), [("06 Oil register", True), ("04", False)])
def test_a_column_of_a_list_tells_the_numbers_of_its_files(last, raised):
    text = f"# Index of papers for M/s Calder\n\n| Sl | Paper | File |\n| 1 | 8D for bushing leak | 01 8D |\n| 2 | Vacuum logs | 02, 03 |\n| 3 | Audit | 04 |\n| 4 | Oil and moisture register | {last} |\n"
    papers = _sent("01 8D bushing leak", "02 vacuum log MAR", "03 vacuum log JUN", "04 Audit")
    assert ("promised_document_missing" in flags(report("00 Index.docx", text, **LIST), *papers)) is raised


@pytest.mark.parametrize(("more", "raised"), [((), True), (("Bien ban xem xet cua lanh dao",), False)])
def test_a_kind_of_paper_that_a_list_of_papers_sent_names(more, raised):
    text = "# DANH MỤC HỒ SƠ GỬI KHÁCH HÀNG\n\n| STT | Tên hồ sơ | Ghi chú |\n| 1 | Báo cáo 8D-26-03 móc H2T | word |\n| 2 | Danh sách hiệu chuẩn thiết bị đo | excel |\n| 3 | Báo cáo đánh giá nội bộ | word |\n| 4 | Biên bản họp xem xét của lãnh đạo 01/2026 | pdf |\n"
    papers = _sent("8D-26-03 moc H2T", "DS hieu chuan TB do", "Bao cao danh gia noi bo", *more)
    assert ("promised_document_missing" in flags(report("00 Danh muc.xlsx", text, **LIST), *papers)) is raised


def test_a_file_may_bear_a_letter_behind_its_number():
    text = "# Daftar isi berkas\n\n| No. | Isi | Lampiran |\n| 1 | CAPA 26-09 dan 26-13 | ada |\n| 2 | Sertifikat | ada |\n| 3 | Studi Gage viskometer | ada |\n| 4 | Instruksi pengambilan contoh | ada |\n"
    papers = _sent("01a CAPA 26-09", "01b CAPA 26-13", "02 Sertifikat", "04 IK pengambilan contoh")
    cover = report("00 Daftar isi berkas.docx", text, **LIST)
    assert "promised_document_missing" in flags(cover, *papers)
    assert "promised_document_missing" not in flags(cover, *papers, *_sent("03 Studi Gage"))


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Người phụ trách: <họ và tên>", True),
        ("PT. XXX berkomitmen menjawab.", True),
        ("บริษัท กขค จำกัด ตอบลูกค้า", True),
        ("某某有限公司品管部答复", True),
        ("홍길동 팀장이 답변한다.", True),
        ("Örnek Firma A.Ş. cevap verir.", True),
        ("Revision date: DD/MM/YYYY", True),
        ("…………(tên công ty) trả lời", True),
        ("Ghi ngày [dd/mm/yyyy] vào phiếu.", False),
        ("Days are written as DD/MM/YYYY.", False),
        ("Pressure < 3 bar and > 1 bar.", False),
        ("合格品贴[绿色]标签。", False),
    ],
)
def test_names_and_days_of_model_texts(line, raised):
    text = f"# QP-12\n\nEvery complaint is written into the log on the same day. {line}\n"
    assert ("placeholder_left" in flags(report("QP-12.docx", text, **RULE))) is raised


@pytest.mark.parametrize("mark", ["- {}", "| {} | 2 |"])
def test_a_list_without_numbers(mark):
    names = ["ISO 9001 certificate", "8D 26-03", "Internal audit 2026", "Gauge study of caliper"]
    head = "| Paper | Pages |\n" if "|" in mark else ""
    cover = report(
        "00 Content.docx", f"# Content of the package\n\n{head}" + "\n".join(map(mark.format, names)), **LIST
    )
    assert "promised_document_missing" in flags(cover, *_sent(*names[:3]))
    assert "promised_document_missing" not in flags(cover, *_sent(*names))


@pytest.mark.parametrize(
    ("third", "raised"),
    [
        ("calibration reports of both scales", True),
        ("kitting records", True),
        ("kitting records on request", False),
    ],
)
def test_a_letter_that_letters_what_it_sends(third, raised):
    text = f"Dear Sirs,\n\nAs asked we send you today\n\na) our log of mixing of the latest quarter and the half-year b) the latest scorecards of those who deliver to us c) {third}\n\nKind regards\n"
    cover = report("Cover note.txt", text, **LIST)
    assert ("promised_document_missing" in flags(cover, *_sent("Mixing log", "Scorecards"))) is raised
