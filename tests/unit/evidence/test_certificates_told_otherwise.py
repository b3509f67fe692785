"""Certificates, and papers near them, as plants send them: signs of bodies with a code, days of visits without their name, letters and histories."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report


@pytest.mark.parametrize(
    "line",
    ["SNAS Q-018", "NAC MSC 012", "BAB MS-012", "全國認證基金會 MS012", "EAK accreditation S012", "IATF no. 0338817", "IAOB oversight"],
)  # fmt: skip
def test_a_sign_of_a_body_with_the_code_of_an_accreditation_names_it(line: str) -> None:
    assert "no_accreditation" not in flags(certificate(accreditation=line))


@pytest.mark.parametrize(
    "line", ["Member of the World Association of Registrars.", "Certificate number: NAC 11822", "Reg. number: BAB 2281"]
)
def test_a_number_of_the_certificate_names_no_body(line: str) -> None:
    assert "no_accreditation" in flags(certificate(accreditation=line))


@pytest.mark.parametrize(
    "line",
    [
        "Annual supervision: 5 February 2026 qualified.",
        "İlk belgelendirme 14.03.2022, ara denetim 18.02.2026.",
        "Yearly check by our auditor: 20 February 2026",
        "Reissued on 20 February 2026.",
    ],
)
def test_a_day_well_after_the_issue_is_that_of_a_visit_whatever_it_is_called(line: str) -> None:
    assert "no_surveillance_evidence" not in flags(certificate(more=line, issue="14 March 2025"))


@pytest.mark.parametrize(
    "line",
    ["Surveillance 1 due before 13 March 2026.", "Next visit: 20 February 2027", "", "First issued on 14 March 2019."],
)
def test_a_visit_that_is_due_is_none(line: str) -> None:
    assert "no_surveillance_evidence" in flags(certificate(more=line, issue="14 March 2025"))


def test_a_certificate_of_the_standard_that_took_its_place_renews_one() -> None:
    old = certificate(standard="ISO/TS 16949:2009", issue="5 May 2013", expiry="4 May 2016", path="old.pdf")
    new = certificate(standard="IATF 16949:2016", accreditation="IATF no. 0338817")
    assert not {"certificate_expired", "edition_withdrawn", "no_accreditation"} & set(flags(old, new))
    assert "certificate_expired" in flags(old)


HISTORY = "# Lịch sử công ty\n\n2007: thành lập xưởng may\n\n2011: lần đầu được chứng nhận ISO 9001:2008\n\n2017: chuyển đổi sang ISO 9001:2015, là phiên bản áp dụng đến nay"
PROFILE = "# Quality\n\nISO 9001:2015, certificate 22-QM-118 by Aegean Assessment, valid through August 2028\n\n62 people, 11 presses"
MAIL = "From: sales@plant.example\n\nOur company is certified according to ISO 9001:2015, certificate no. SI-118, valid until 3 May 2028."


@pytest.mark.parametrize(("path", "text"), [("history.docx", HISTORY), ("profile.pptx", PROFILE), ("answer.eml", MAIL)])
def test_papers_that_tell_of_a_certificate_are_none(path: str, text: str) -> None:
    made = report(path, text, kind="certificate", reading="static", mode="credential", criteria=("certification",))
    assert not {"editable_third_party_certificate", "no_accreditation"} & set(flags(made))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("policy.docx", "# Lotus Valley Pumps Quality policy\n\nWe run a quality management system according to ISO 9001:2008.\n\nApproved: 12 January 2026"),
        ("매뉴얼.docx", "# 품질매뉴얼\n\n개정 5, 2026.02.10\n\n본 매뉴얼은 ISO 9001:2008 요구사항에 따라 품질경영시스템을 규정한다."),
        ("so tay.docx", "# Sổ tay chất lượng\n\nLần ban hành 4, ngày 03/02/2026\n\nHệ thống được xây dựng theo tiêu chuẩn ISO 9001:2008."),
    ],
)  # fmt: skip
def test_rules_taken_for_certificates_go_by_the_edition_they_name(path: str, text: str) -> None:
    made = report(path, text, kind="certificate", reading="static", mode="credential")
    assert "edition_withdrawn" in flags(made)


THAI = "บริษัท นครข้าวทอง จำกัด"


def test_two_letters_that_begin_a_thai_name_are_no_mention_of_it() -> None:
    other = certificate(holder="บริษัท ปากพนังไรซ์มิลล์ จำกัด", more="จังหวัดนครศรีธรรมราช Surveillance 20 February 2026")
    mail = report("mail.eml", f"{THAI} ผลิตที่โรงสีของเราเอง", kind="other")
    assert "certificate_other_holder" in flags(other, mail, supplier=THAI)
    assert "certificate_other_holder" not in flags(certificate(holder=THAI), mail, supplier=THAI)


def test_a_letter_that_only_says_there_is_a_certificate_is_no_own_one() -> None:
    letter = report(
        "introduction.docx",
        "# Lotus Valley Pumps Co., Ltd\n\nOur factory makes pumps. We are certified to ISO 9001, see the certificate attached.",
        kind="other",
        mode="credential",
    )
    assert "certificate_other_holder" in flags(certificate(holder="Kestrel Meridian Mould Co., Ltd"), letter)


def test_a_holder_in_another_script_is_another_company_where_a_paper_says_so() -> None:
    other = certificate(holder="Northern Kiln Works Public Company Limited")
    told = report("letter.docx", f"{THAI}\n\nใบรับรองที่ส่งให้เป็นของบริษัทเพื่อนซึ่งเป็นคนละบริษัท", kind="other")
    silent = report("letter.docx", f"{THAI}\n\nใบรับรองที่ส่งให้แนบมาพร้อมนี้", kind="other")
    assert "certificate_other_holder" in flags(other, told, supplier=THAI)
    assert "certificate_other_holder" not in flags(other, silent, supplier=THAI)


def test_the_day_of_a_sheet_that_answers_for_a_certificate_is_that_of_no_visit() -> None:
    sheet = report(
        "factory data.xlsx",
        "=== Data\nFACTORY DATA SHEET\n\nFactory :: Lotus Valley Pumps Co., Ltd || Date :: 2026-09-03\nSystem :: ISO 9001:2015 || Cert no. :: 30824Q20418\n"
        "Accreditation :: CNAS || Issue :: 2024-08-28\nExpiry :: 2027-08-27 || Surveillance :: none yet",
        kind="certificate",
        reading="static",
        mode="credential",
        criteria=("certification",),
    )
    assert "no_surveillance_evidence" in flags(sheet)


def test_a_certificate_that_was_renewed_runs_from_its_renewal():
    text = """# CERTIFICATE OF REGISTRATION

Kato Hamono Co., Ltd. has a quality management system that meets ISO 9001:2015

Scope: Manufacture of kitchen scissors

Registration | HQR-0926 | Registered | 21 December 2014
Renewed | 21 December 2023 | Expiry | 20 December 2026
"""
    made = report("certificate.pdf", text, kind="certificate", mode="credential")
    days = {fact.role: fact.value for fact in made.facts if fact.role in ("issue", "expiry", "original")}
    assert days == {"original": "2014-12-21", "issue": "2023-12-21", "expiry": "2026-12-20"}


def test_valid_from_one_day_to_another():
    text = """# CERTIFICATE

Suoi Cam Ironing Board Co., Ltd. has a quality management system that meets ISO 9001:2015

For: manufacture of ironing boards

Certificate | DNQ-1673 | First certified | 31 May 2021
Valid | 31 May 2024 to 30 May 2027 | Surveillance | 20 May 2025 passed; 14 May 2026 passed
"""
    made = report("certificate.pdf", text, kind="certificate", mode="credential")
    days = {fact.role: fact.value for fact in made.facts if fact.role in ("issue", "expiry", "original")}
    assert days == {"original": "2021-05-31", "issue": "2024-05-31", "expiry": "2027-05-30"}
