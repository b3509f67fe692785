"""Flags on certificates: each must fire on its case and stay silent on the ordinary one beside it."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

INSPECTION = report(
    "final inspection L2604.xlsx",
    (
        "Lotus Valley Pumps Co., Ltd\n\nLot :: L2604-11 || Date :: 12/04/2026\n\n| Item | "
        "Spec | 1 | 2 | 3 |\n| Bore | 40.00 ± 0.05 | 40.01 | 39.98 | 40.03 |\n| Face | 12.5 ± "
        "0.1 | 12.52 | 12.47 | 12.55 |"
    ),
    kind="traceability_record",
    criteria=("traceability",),
)


def test_an_expired_certificate_is_flagged_and_a_valid_one_is_not() -> None:
    fired = flags(certificate(issue="14 March 2022", expiry="13 March 2025"))
    assert "2025-03-13" in fired["certificate_expired"].explanation
    assert fired["certificate_expired"].citations
    assert "certificate_expired" not in flags(certificate())


def test_an_old_certificate_kept_beside_its_renewal_is_ordinary() -> None:
    old = certificate(issue="14 March 2022", expiry="13 March 2025", path="old.pdf")
    assert "certificate_expired" not in flags(old, certificate())


def test_a_certificate_that_runs_out_within_ninety_days_is_named() -> None:
    assert "certificate_expires_soon" in flags(certificate(issue="15 December 2023", expiry="14 December 2026"))
    assert "certificate_expires_soon" not in flags(certificate(expiry="13 March 2027"))


def test_the_certificate_of_another_company_is_flagged_once_the_supplier_is_known_from_other_papers() -> None:
    fired = flags(certificate(holder="KESTREL MERIDIAN TRADING CO., LTD"), INSPECTION)
    assert "KESTREL MERIDIAN" in fired["certificate_other_holder"].explanation


def test_the_holder_in_capitals_with_its_legal_form_or_in_two_languages_is_the_supplier() -> None:
    for holder in ("LOTUS VALLEY PUMPS COMPANY LIMITED", "CÔNG TY TNHH BƠM LOTUS VALLEY (LOTUS VALLEY PUMPS CO., LTD)"):
        assert "certificate_other_holder" not in flags(certificate(holder=holder), INSPECTION)


def test_the_certificate_of_a_material_supplier_beside_the_own_one_is_ordinary() -> None:
    other = certificate(holder="Redwater Steel Mills Co., Ltd", path="mill.pdf")
    assert "certificate_other_holder" not in flags(certificate(), other, INSPECTION)


def test_a_supplier_named_from_a_folder_is_not_taken_for_another_company() -> None:
    document = report("8d.docx", "Lotus Valley Pumps 8D report\n\nLot :: L2604-11", kind="corrective_action_record")
    assert "certificate_other_holder" not in flags(certificate(), document, supplier="incoming-batch-7")


def test_a_scope_of_trade_does_not_cover_what_is_made() -> None:
    assert "certificate_scope_mismatch" in flags(
        certificate(scope="Import and export sales of hardware and household articles."), INSPECTION
    )
    assert "certificate_scope_mismatch" not in flags(
        certificate(scope="Manufacture, sales and export of pumps."), INSPECTION
    )


def test_a_product_that_is_set_must_stand_in_the_scope() -> None:
    assert "certificate_scope_mismatch" in flags(certificate(), product="wiring harnesses")
    assert "certificate_scope_mismatch" not in flags(certificate(), product="pump housing")


def test_an_edition_that_no_longer_counts_is_flagged_but_not_where_the_current_one_stands_beside_it() -> None:
    assert "edition_withdrawn" in flags(certificate(standard="ISO 9001:2008"))
    assert "edition_withdrawn" not in flags(certificate(standard="GB/T 19001-2016 / ISO 9001:2015"))
    assert "edition_withdrawn" not in flags(
        certificate(standard="ISO 9001:2008", path="2016.pdf", expiry="13 March 2018", issue="14 March 2015"),
        certificate(),
    )


def test_a_certificate_without_an_accreditation_body_is_flagged_unless_it_was_only_read_from_a_picture() -> None:
    bare = certificate(accreditation="This certificate is the property of Tidewater.")
    assert "no_accreditation" in flags(bare)
    assert "no_accreditation" not in flags(certificate())
    scan = bare.model_copy(update={"passages": tuple(p.model_copy(update={"source": "ocr"}) for p in bare.passages)})
    assert "no_accreditation" not in flags(scan)


def test_a_validity_beyond_a_cycle_is_flagged_and_a_few_months_more_are_not() -> None:
    assert "certificate_validity_too_long" in flags(certificate(issue="14 March 2024", expiry="13 March 2029"))
    assert "certificate_validity_too_long" not in flags(certificate(issue="2 February 2025", expiry="13 March 2028"))


@pytest.mark.parametrize(
    ("days", "raised"),
    [
        ("Number RQG 2207/Q - first issue 02.02.2026 - expiry 01.02.2031", True),
        ("First issue: 2 February 2026\n\nExpiry date: 1 February 2031", True),
        ("Originally certified 2026-02-02\n\nValid until 2031-02-01", True),
        ("Number RQG 2207/Q - first issue 02.02.2022 - expiry 01.02.2028", False),
        ("Number RQG 2207/Q - first issue 02.02.2026 - expiry 01.02.2029", False),
    ],
)
def test_a_first_issue_alone_excuses_no_expiry_beyond_a_cycle_from_today(days, raised) -> None:
    text = (
        "Registro Garda S.p.A. declares that the quality management system of\n\nLotus Valley Pumps Co., Ltd\n\n"
        f"conforms to ISO 9001:2015 for manufacture of pump housings\n\n{days}\n\nACCREDIA, SGQ N° 119A"
    )
    paper = report("ISO 9001 certificate.pdf", f"# CERTIFICATE\n\n{text}", kind="certificate")
    assert ("certificate_validity_too_long" in flags(paper)) is raised


def test_no_sign_of_surveillance_for_fifteen_months_is_flagged() -> None:
    quiet = certificate(more="Valid with annual surveillance.")
    assert "no_surveillance_evidence" in flags(quiet)
    assert "no_surveillance_evidence" not in flags(certificate())
    assert "no_surveillance_evidence" not in flags(
        certificate(more="Valid with annual surveillance.", issue="20 January 2026", expiry="19 January 2029")
    )
    audit = report(
        "S1 report.pdf",
        "# Surveillance audit report\n\nAudit dates: 20 May 2026. One minor nonconformity.",
        criteria=("certification",),
    )
    assert "no_surveillance_evidence" not in flags(quiet, audit)


def test_a_certificate_in_an_office_file_can_be_changed_by_anybody() -> None:
    assert "editable_third_party_certificate" in flags(certificate(path="ISO 9001.docx"))
    assert "editable_third_party_certificate" not in flags(certificate(path="ISO 9001.pdf"))


PROFILE = (
    "# Supplier profile\n\nSupplier :: {name} || Date :: 4 September 2026\n{label} :: {place} || Employees :: 164\n"
)


@pytest.mark.parametrize(
    ("label", "place", "raised"),
    [
        ("Factory which makes your parts", "300/62 Moo 1, Seaboard Estate, Pluak Daeng, Rayong 21140", True),
        ("Factory which makes your parts", "19 Soi Theedin 7, Bangplee, Samut Prakan 10540", False),
        ("Factory which makes your parts", "19 Soi Theedin 7, Bang Plee, Samutprakan", False),
        ("Warehouse", "300/62 Moo 1, Seaboard Estate, Pluak Daeng, Rayong 21140", False),
        ("Head office (factory on certificate)", "88 Sathon Road, Bangkok 10120", False),
    ],
)
def test_a_certificate_for_another_place_than_the_factory(label, place, raised):
    text = PROFILE.format(name="Lotus Valley Pumps Co., Ltd", label=label, place=place)
    shown = certificate(more="Address: 19 Soi Theedin 7, Bangplee, Samut Prakan 10540 (only)")
    assert ("certificate_other_holder" in flags(shown, report("Profile.docx", text))) is raised


def test_a_record_of_another_numbered_factory_than_the_certified_one():
    shown = certificate(more="Site: Factory 1, Lot A3, Tan Quang Cluster, Van Lam, Hung Yen. This site only.")
    head = "LOTUS VALLEY PUMPS - FACTORY {}, Dong Van III IP, Duy Tien, Ha Nam\n\n| Date | Lot | Part | NG |\n| 05/09/2026 | H2-22 | Cover | 1 |\n"
    sheet = {"kind": "traceability_record", "criteria": ("traceability",)}
    assert "certificate_other_holder" in flags(shown, report("OQC.xlsx", head.format(2), **sheet))


@pytest.mark.parametrize(
    ("holder", "raised"),
    [("주식회사 세진무역", True), ("광명베어링제조 주식회사", False)],
)
def test_a_holder_in_another_script_is_compared_with_the_name_the_papers_write_beside(holder, raised):
    name = "Kwang Myung Bearings Mfg. Co., Ltd."
    text = PROFILE.format(name=f"광명베어링제조(주) {name}", label="Machines", place="22 grinders")
    found = flags(certificate(holder=holder), report("회사 소개.docx", text, language="ko"), supplier=name)
    assert ("certificate_other_holder" in found) is raised


@pytest.mark.parametrize(
    ("supplier", "holder", "raised"),
    [
        ("Minh Phat Packaging Co., Ltd", "CÔNG TY CỔ PHẦN XÂY DỰNG MINH PHÁT THỊNH", True),
        ("Minh Phat Packaging Co., Ltd", "CÔNG TY TNHH BAO BÌ MINH PHÁT", False),
        ("Minh Phat Packaging JSC", "CÔNG TY CỔ PHẦN BAO BÌ MINH PHÁT HẢI PHÒNG", False),
        ("Sialkot Surgicraft Works", "ALLIED MEDITRADE (PVT) LTD", True),
        ("HCP Plastics Co., Ltd", "HUNG CUONG PLASTICS JOINT STOCK COMPANY", False),
        ("batch-7", "ALLIED MEDITRADE (PVT) LTD", False),
    ],
)
def test_a_certificate_sent_alone_in_the_name_of_another(supplier, holder, raised):
    assert ("certificate_other_holder" in flags(certificate(holder=holder), supplier=supplier)) is raised
