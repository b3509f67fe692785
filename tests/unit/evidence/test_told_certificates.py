"""Certificates that other papers tell of: rows of lists, cells of minutes, forms, plans; each beside its honest near miss."""

import pytest

from tests.unit.evidence.builders import flags, report


def _list(head: str, *rows: str, name: str = "certificate list.xlsx", title: str = "Certificate list 2026") -> object:
    body = "\n".join(f"| {row} |" for row in (head, *rows))
    return report(name, f"=== list\n\n# {title}\n\n{body}", kind="other")


HEAD = "Standard | Number | Issued by | Issued | Valid until | Last surveillance"
SOUND = "ISO 9001:2015 | Q-118 | Tidewater (UKAS) | 12.02.2025 | 11.02.2028 | 30.01.2026, no NC"


def test_a_row_of_a_list_is_one_certificate_and_the_days_of_its_neighbours_are_not_its_own() -> None:
    other = "FSC Chain of Custody | C-9 | Tidewater (ASI) | 15.08.2024 | 14.08.2029 | 30.07.2026"
    permit = "Fire safety | 218 | Police | 19.06.2018 | no expiry | 12.05.2026"
    assert not flags(_list(HEAD, SOUND, other, permit))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("No | Document | Number | From | To | Remarks", "3 | ISO 9001:2015 | Q-118 | 12.02.2025 | 11.02.2030 | SA-1 held 30.01.2026"),
        ("标准 | 证书编号 | 发证机构 | 发证日期 | 有效期至 | 监督审核", "GB/T 19001-2016 | Q-118 | 远潮认证 | 2025-02-12 | 2030-02-11 | 2026-01-30 通过"),
        ("Standart | Belge no | Kuruluş | Veriliş | Geçerlilik | Gözetim", "ISO 9001:2015 | Q-118 | Egecert | 12.02.2025 | 11.02.2029 | 30.01.2026 yapıldı"),
        ("Tiêu chuẩn | Số GCN | Tổ chức | Ngày cấp | Ngày hết hạn | Giám sát", "ISO 14001:2015 | E-118 | Triều Xa | 12/02/2025 | 11/02/2030 | 30/01/2026 đạt"),
    ],
)  # fmt: skip
def test_a_certificate_in_a_list_that_runs_for_longer_than_a_cycle_is_flagged(head: str, row: str) -> None:
    assert "certificate_validity_too_long" in flags(_list(head, row, name="tracker.xlsx", title="Tracker 2026"))
    assert "certificate_validity_too_long" not in flags(_list(HEAD, SOUND))


def test_standards_beside_each_other_over_their_days_are_read_in_columns() -> None:
    rows = ("Number | Q-118 | E-118", "Issue date | 12.02.2026 | 12.02.2026", "Expiry date | 11.02.2029 | 11.02.2031")
    assert "certificate_validity_too_long" in flags(_list("Standard | ISO 9001:2015 | ISO 14001:2015", *rows))


def test_a_cell_of_minutes_tells_of_a_certificate_whole() -> None:
    def minutes(last: str, edition: str = "2015") -> object:
        said = f"ISO 9001:{edition} certificate Q-118 by Tidewater (UKAS) issued 08-06-2026, valid up to {last}"
        return report(
            "minutes.docx", f"# Management review 24-09-2026\n\n| Point | Discussed | Decision |\n| Certification | {said} | copy to customers |\n"
            "| Complaints | 6 against 9 last year | gauge at bench 4 |",
            kind="management_review_record",
        )  # fmt: skip

    assert "certificate_validity_too_long" in flags(minutes("07-06-2031"))
    assert "edition_withdrawn" in flags(minutes("07-06-2029", "2008"))
    assert not {"certificate_validity_too_long", "edition_withdrawn"} & set(flags(minutes("07-06-2029")))


@pytest.mark.parametrize(
    "left", ["", "-", "not carried out", "belum dilaksanakan", "尚未", "ยังไม่ได้ตรวจ", "planned 03/2027"]
)
def test_a_place_for_surveillance_that_holds_no_visit_is_flagged(left: str) -> None:
    row = f"ISO 9001:2015 | Q-118 | Tidewater (UKAS) | 12.02.2025 | 11.02.2028 | {left}"
    assert "no_surveillance_evidence" in flags(_list(HEAD, row))
    assert "no_surveillance_evidence" not in flags(_list(HEAD, SOUND))


def test_the_visit_of_one_standard_is_none_of_another() -> None:
    row = "ISO 14001:2015 | E-118 | Tidewater (UKAS) | 05.08.2024 | 04.08.2027 | -"
    assert "no_surveillance_evidence" in flags(_list(HEAD, SOUND, row))


def test_a_plan_whose_visit_was_not_held_shows_none() -> None:
    def plan(actual: str) -> object:
        return _list(
            "Audit | By | Plan | Actual | Result",
            "ISO 9001:2015 certification | Tidewater | Sep 2024 | 24/09/2024 | Certificate Q-118, 21/10/2024 to 20/10/2027",
            "Internal audit | own | May 2026 | 12/05/2026 | 4 NC, closed 19/06/2026",
            f"Surveillance 1 | Tidewater | Sep 2025 | {actual}",
            name="audit plan.xlsx",
            title="Audit plan, status 16/11/2026",
        )

    assert "no_surveillance_evidence" in flags(plan(" | "))
    assert "no_surveillance_evidence" not in flags(plan("18/09/2025 | no NC"))


def test_the_day_of_a_letter_and_a_deadline_are_no_visits() -> None:
    form = "| Certificate | Q-118, Tidewater (UKAS) |\n| Issue / expiry | 06.05.2025 / 05.05.2028 |"
    mail = report(
        "answer.docx",
        f"With ref. to your mail dt. 12.10.2026 on the surveillance report of our ISO 9001:2015 certificate.\n\n{form}",
        kind="other",
    )
    assert "no_surveillance_evidence" in flags(mail)
    visited = report(
        "answer.docx", f"Of our ISO 9001:2015 certificate surveillance was held 14.04.2026.\n\n{form}", kind="other"
    )
    assert "no_surveillance_evidence" not in flags(visited)


def test_a_certificate_kept_for_the_record_is_not_judged() -> None:
    old = "ISO 9001:2008 | Q-20 | Tidewater (UKAS) | 22.06.2015 | 21.06.2018 | withdrawn, kept for record"
    assert not flags(_list(HEAD, old, SOUND))
    assert "edition_withdrawn" in flags(_list(HEAD, SOUND.replace("2015", "2008", 1)))


def test_a_form_in_which_a_supplier_tells_of_itself_is_no_certificate_in_an_office_format() -> None:
    form = report(
        "SQ-04 supplier questionnaire.docx",
        "# Supplier questionnaire\n\n| Q | Answer |\n| Standard | ISO 9001:2015 |\n| Certificate no. | Q-118 |\n"
        "| Certification body | Tidewater |\n| Scope | moulding of plastic parts |\n| Issued / expiry | 6 April 2026 / 5 April 2029 |",
        kind="certificate",
    )
    assert not {"editable_third_party_certificate", "no_accreditation"} & set(flags(form))


@pytest.mark.parametrize(
    "written", ["ISO 9001:2008", "ISO 9001 (2008)", "ISO 9001/2008", "GB/T 19001-2008", "ISO/IEC 27001:2013"]
)
def test_a_manual_that_goes_by_an_edition_of_the_past_is_flagged(written: str) -> None:
    def manual(text: str) -> object:
        return report("QM-01 manual.docx", f"# Quality manual, issue 4 of 06.04.2026\n\n{text}", kind="manual")

    assert "edition_withdrawn" in flags(manual(f"The system is built on {written} for castings."))
    for honest in (
        f"The system was changed over from {written} in 2017.",
        f"The system is built on {written.replace('2008', '2015').replace('2013', '2022')}.",
        f"| 1 | 05.03.2010 | Issued to {written} | M. Tan |\n| 2 | 20.11.2017 | Written anew | M. Tan |",
    ):
        assert "edition_withdrawn" not in flags(manual(honest))


def test_an_audit_of_this_year_against_an_edition_of_the_past_is_flagged_and_a_course_is_not() -> None:
    head = (
        "# Internal audit report 02\n\nDates :: 17.08.2026 || Area :: Stores\nAuditor :: K. Arora || Audit criteria :: "
    )
    audit = report("audit.docx", f"{head}ISO 9001:2008, own procedures", kind="internal_audit_record")
    assert "edition_withdrawn" in flags(audit)
    sound = report("audit.docx", f"{head}ISO 9001:2015, own procedures", kind="internal_audit_record")
    assert "edition_withdrawn" not in flags(sound)
    course = "| Date | Course | Result |\n| 14.09.2011 | ISO 9001:2008 internal audit | Pass |\n| 25.02.2026 | Crimping | Pass |"
    assert "edition_withdrawn" not in flags(report("card.docx", course, kind="training_record"))


def test_an_edition_that_was_replaced_by_another_standard_counts_no_more_unless_that_is_held() -> None:
    old = "ISO/TS 16949:2009 | T-1 | Tidewater (IATF) | 01.09.2025 | 31.08.2028 | -"
    new = "IATF 16949:2016 | T-2 | Tidewater (IATF) | 20.08.2025 | 19.08.2028 | 06.08.2026"
    assert "edition_withdrawn" in flags(_list(HEAD, old))
    assert "edition_withdrawn" not in flags(_list(HEAD, old, new))


@pytest.mark.parametrize(
    "said",
    [
        "issued on 12 May 2026 and is valid for five years.", "cấp ngày 12/05/2026, có hiệu lực 5 năm.",
        "issued 12.05.2026, valid until 11.05.2030.", "terbit 12-05-2026 berlaku sampai 11-05-2031.",
        "ออกวันที่ 12/05/2569 หมดอายุ 11/05/2574", "12.05.2026 tarihinde verildi, 11.05.2030 tarihine kadar geçerlidir.",
    ],
)  # fmt: skip
def test_a_term_is_told_in_the_words_of_a_letter(said: str) -> None:
    letter = report(
        "letter.docx", f"Kính gửi / Dear Sir,\n\nISO 9001:2015 certificate / chứng nhận Q-118, {said}", kind="other"
    )
    assert "certificate_validity_too_long" in flags(letter)
    sound = said.replace("five", "three").replace("5 năm", "3 năm").replace("2030", "2029").replace("2031", "2029")
    honest = report(
        "letter.docx", f"Dear Sir,\n\nISO 9001:2015 certificate Q-118, {sound.replace('2574', '2572')}", kind="other"
    )
    assert "certificate_validity_too_long" not in flags(honest)


@pytest.mark.parametrize(
    "rows",
    [
        "| Item | Party | From | To |\n| ISO 9001 certification contract | Tidewater | 01.01.2024 | 31.12.2028 |",
        "| Code | Title | Issued | Next review |\n| QM-01 | Quality manual ISO 9001:2015 | 01.03.2021 | 28.02.2027 |",
        "| Mill | Certificate | Standard | Date | Until |\n| Alpha Steel Co., Ltd | Q-9 | ISO 9001:2015 | 12.05.2021 | 11.05.2027 |",
        "| Supplier | Standard | No | Issued | Expires |\n| Alpha Steel | ISO 9001:2008 | Q-1 | 12.05.2024 | 11.05.2029 |",
        "| Name | Course | Issued | Until |\n| A. Tan | ISO 9001:2015 lead auditor | 12.05.2024 | 11.05.2029 |",
        "| Standard | No | First issued | Valid until | Last visit |\n| ISO 9001:2015 | Q-1 | 12.05.2012 | 11.05.2027 | 14.04.2026 |",
    ],
)
def test_what_has_days_and_a_standard_and_is_no_certificate_of_the_factory_stays_silent(rows: str) -> None:
    assert not flags(report("list.xlsx", f"=== list\n\n# Certificates and permits\n\n{rows}", kind="other"))
