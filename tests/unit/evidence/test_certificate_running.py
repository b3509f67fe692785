"""Certificates that tell several fields in one line, without signs between a label and its words, in the languages served."""

import pytest

from tests.unit.evidence.test_certificate_fields import fields

RUNNING = [
    (
        "SERTIFIKAT\nPT Kencana Wadah Baja\nKawasan Industri Candi, Semarang\nISO 9001:2015 untuk pembuatan wadah baja\n"
        "No. LSX-0912 terbit 4 Maret 2025, berlaku sampai 3 Maret 2028 Lembaga Sertifikasi Bahari, terakreditasi KAN",
        {"number": "LSX-0912", "scope": "pembuatan wadah baja", "body": "Lembaga Sertifikasi Bahari", "issue": "2025-03-04"},
    ),
    (
        "ใบรับรอง\nให้การรับรองแก่ บริษัท ธารทองพลาสติก จำกัด\n12/4 หมู่ 3 จังหวัดชลบุรี\nมาตรฐาน ISO 9001:2015\nขอบข่าย การเป่าขวดพลาสติก\n"
        "เลขที่ใบรับรอง BKC-2207 วันที่ออก 6 มีนาคม 2568 วันหมดอายุ 5 มีนาคม 2571 หน่วยรับรอง บูรพาเซอร์ทิฟาย รับรองระบบงานโดย NAC",
        {
            "holder": "บริษัท ธารทองพลาสติก จำกัด", "scope": "การเป่าขวดพลาสติก", "body": "บูรพาเซอร์ทิฟาย", "number": "BKC-2207",
            "accreditation": "NAC",
        },
    ),
    (
        "CERTIFICATE\nFenwick Registrars certifies that Alder Beck Springs Ltd, 4 Mill Lane, Kendal LA9 1AA, operates a system that meets "
        "ISO 9001:2015.\nScope: coiling of springs Certificate FR 55120. First registered 3 May 2015\nCurrent issue 2 May 2024. Valid to 1 May 2027",
        {"number": "FR55120", "scope": "coiling of springs", "body": "Fenwick Registrars", "original": "2015-05-03"},
    ),
    (
        "质量管理体系认证证书\n东湖认证中心证明：鄂州市樊口管件有限公司（鄂州市樊口街道工业路3号）建立的质量管理体系符合 ISO 9001:2015\n"
        "覆盖范围：管件的生产发证日期：2025年3月4日 有效期至：2028年3月3日\n编号 DH25Q0771\nCNAS 认可",
        {
            "holder": "鄂州市樊口管件有限公司", "address": "鄂州市樊口街道工业路3号", "scope": "管件的生产", "body": "东湖认证中心",
            "number": "DH25Q0771", "issue": "2025-03-04",
        },
    ),
    (
        "GIẤY CHỨNG NHẬN\nCông ty Chứng nhận Sông Gianh xác nhận hệ thống quản lý chất lượng của\nCông ty TNHH Lốp Đồng Hới\n"
        "Xã Lộc Ninh, Đồng Hới phù hợp với ISO 9001:2015\nPhạm vi: đắp lốp xe tải Số: SGC 25.118 Ngày cấp: 05/03/2025 Ngày hết hạn: 04/03/2028",
        {"number": "SGC25.118", "scope": "đắp lốp xe tải", "body": "Công ty Chứng nhận Sông Gianh"},
    ),
    (
        "인증서\n(주)금강벨브\n대전광역시 대덕구 문평로 5\nISO 9001:2015 볼밸브의 제조\n"
        "인증번호 GQ-118, 발행일 2025.03.04, 만료일 2028.03.03 호남품질인증원, 한국인정지원센터(KAB) 인정",
        {"body": "호남품질인증원", "scope": "볼밸브의 제조", "number": "GQ-118"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), RUNNING)
def test_fields_in_running_text(text: str, wanted: dict[str, str]) -> None:
    found = fields(text)
    assert {role: found.get(role) for role in wanted} == wanted


def test_days_in_a_row_under_the_row_of_their_labels() -> None:
    found = fields(
        "CERTIFICATE\nCert. No. CT-2187-01\n\nNorth Fork Harness Corp.\n\nManagement system as per ISO 9001:2015\n\n"
        "Initial Certification Date || Current Issue Date || Certificate Expiry Date\nJune 3, 2014 || May 28, 2026 || June 2, 2029"
    )
    assert (found["original"], found["issue"], found["expiry"]) == ("2014-06-03", "2026-05-28", "2029-06-02")


def test_a_title_or_a_label_is_no_body() -> None:
    found = fields(
        "质量管理体系认证证书\n鄂州市樊口管件有限公司\n符合 ISO 9001:2015\n通过认证范围如下：管件的生产\n证书编号：DH25Q0771\n"
        "首次颁证日期：2019年3月4日 本次颁证日期：2025年3月4日\n有效期至：2028年3月3日"
    )
    assert "body" not in found
    assert (found["scope"], found["original"], found["issue"]) == ("管件的生产", "2019-03-04", "2025-03-04")


def test_the_number_of_an_accreditation_and_of_a_house_is_not_that_of_the_certificate() -> None:
    found = fields(
        "CERTIFICATE\nThis certifies the quality management system of\nHolm Castings Ltd\nNo 14 Quay Road, Barrow LA14 2XX\n"
        "to ISO 9001:2015\nIssued 4 May 2025, valid until 3 May 2028\nSolway Certification Ltd, accredited by UKAS, no. 4417-B"
    )
    assert "number" not in found
    assert found["body"] == "Solway Certification Ltd"


def test_labels_that_nobody_has_listed_are_told_by_a_word_in_them() -> None:
    found = fields(
        "SERTIFIKAT\n\nNomor Registrasi | LSX-22-0917\nNama Organisasi | CV Mitra Genteng\nAlamat Kantor Pusat dan Pabrik | Jl. Raya Km 4, Purwakarta\n"
        "Uraian lingkup yang disetujui | Pembuatan genteng\nAcuan | ISO 9001:2015\nMasa berlaku | 11 Oktober 2025 s.d. 10 Oktober 2028\n"
        "Atas nama PT Sertifikasi Mutu Pasundan, terakreditasi oleh KAN"
    )
    assert found["address"] == "Jl. Raya Km 4, Purwakarta"
    assert found["scope"] == "Pembuatan genteng"
    assert found["body"] == "PT Sertifikasi Mutu Pasundan"


def test_a_scan_loses_marks_over_thai_letters_and_makes_a_letter_of_a_line() -> None:
    found = fields(
        "ใบรับรอง\nเที่อยู่ | [55 ถนนมิตรภาพ จังหวัดนครราชสีมา\n[มาตรฐาน | [1ร0 9001:2015\nเขอบขาย | [การผลิตกระเบื้อง\n"
        "[เลขที่ใบรับรอง | KRT-0091\nเออกให ณ วันที่ | [20/01/2568 [ใชไดถึง [19/01/2571\nเหนวยรับรอง | [บริษัท สยาม เซอรทิฟาย จำกัด"
    )
    assert found["standard"] == "ISO 9001"
    assert found["scope"] == "การผลิตกระเบื้อง"
    assert (found["issue"], found["expiry"]) == ("2025-01-20", "2028-01-19")
    assert found["body"] == "บริษัท สยาม เซอรทิฟาย จำกัด"


def test_an_issue_that_is_called_the_first_is_the_first_certification() -> None:
    found = fields(
        "Certificate\nWe have found the quality system of\nKlang Tray Sdn Bhd, Lot 9 Jalan Kapar, Klang\nto conform with MS ISO 9001:2008\n"
        "for the fabrication of cable trays\nCertificate no. QMS 7741 · first granted 20 June 2013 · current until 19 June 2027"
    )
    assert (found["original"], found["expiry"]) == ("2013-06-20", "2027-06-19")
    assert "issue" not in found


def test_a_paper_of_certificate_words_with_a_cycle_is_one_whatever_it_calls_itself() -> None:
    text = (
        "QUALITY SYSTEM APPROVAL\nPenmaen Slate Machinery Ltd\nhas arrangements under ISO 9001:2015 in respect of building of saws.\n"
        "Renewed 1 October 2023, lapses {end}."
    )
    assert fields(text.format(end="30 September 2026"))["issue"] == "2023-10-01"
    assert not fields(text.format(end="30 September 2024"))


def test_the_number_of_a_house_stays_with_its_address() -> None:
    found = fields(
        "KALİTE YÖNETİM SİSTEMİ BELGESİ\nBu belge\nGediz Boya Ltd. Şti.\nMenderes Cad. No: 90, Gaziemir, İzmir\nkuruluşunun kalite yönetim "
        "sisteminin ISO 9001:2015 standardına uygun olduğunu belgelendirir.\nBelge No: GZ-118\nGeçerlilik tarihi: 02.10.2027"
    )
    assert found["address"] == "Menderes Cad. No: 90, Gaziemir, İzmir"


def test_of_three_days_the_one_before_the_cycle_is_the_first_certification() -> None:
    text = (
        "CERTIFICATE OF REGISTRATION\nThis is to certify that the management system of\nHolm Castings Ltd\nconforms to ISO 9001:2015\n"
        "Beginning {first}. Issued {issue}, valid until {expiry}"
    )
    told = fields(text.format(first="4 May 2016", issue="4 May 2025", expiry="3 May 2028"))
    assert told["original"] == "2016-05-04"
    told = fields(text.format(first="4 January 2025", issue="4 May 2025", expiry="3 May 2028"))
    assert "original" not in told  # the audit of this cycle
    told = fields(text.format(first="4 May 2016", issue="4 May 2023", expiry="3 May 2028"))
    assert told["issue"] == "2023-05-04"  # a validity of five years stays what it is


def test_a_scope_between_the_company_and_the_words_for_its_field() -> None:
    found = fields(
        "# Kalite Yönetim Sistemi Sertifikası\n\nMavi Kalite Belgelendirme Ltd. Şti. olarak\n\nYeşil Dişli Sanayi A.Ş.\n\n(Liman Cad. No: 4, Sinop)\n\n"
        "firmasının dişli ve mil üretimi konusundaki faaliyetlerinin ISO 9001:2015 ile uyumlu olduğunu beyan ederiz.\n\nGeçerlilik: 16.05.2028"
    )
    assert found["scope"] == "dişli ve mil üretimi"
