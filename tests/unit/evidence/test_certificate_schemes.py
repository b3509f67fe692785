"""Certificates of other standards and of schemes: read as what they are, and judged as no quality certificate."""

import pytest

from evidence.certification import certificates
from evidence.data import table
from evidence.facts import find_facts
from evidence.facts.certificate_standards import QUALITY, SYSTEMS, mentions
from evidence.facts.text import fold
from tests.unit.evidence.builders import bundle, document, flags, passages, report

WOOD = (
    "Arbour Assurance Ltd\n\n# CHAIN OF CUSTODY CERTIFICATE\n\nThis is to certify that the chain of custody of\n\nTeal Carton Ltd\n\n"
    "meets FSC-STD-40-004 V3-1\n\nCertificate code: ARB-COC-1182\n\nIssue date: 3 June 2019\n\nExpiry date: 2 June 2024"
)
SAFETY = (
    "# CERTIFICATE OF ACCREDITATION\n\nThis certificate is awarded to\n\nTeal Lifting Ltd\n\nwho meets the requirements of the "
    "SafeContractor scheme\n\nMembership number: SC-2044\n\nValid until: 31 July 2026\n\n"
    "SafeContractor is a member of Safety Schemes in Procurement (SSIP). Help line 020 7946 0958"
)


def read(text: str) -> list[tuple[str, str]]:
    made = document("certificate.pdf", text)
    found = find_facts(made, passages(made, "credential", ("certification",)))
    return [(fact.role, fact.value) for fact in found if fact.kind == "certificate_field"]


def fields(text: str) -> dict[str, str]:
    return dict(reversed(read(text)))


def named(text: str) -> list[tuple[str, str]]:
    return [(made.name, made.edition) for made in mentions(fold(text), text)]


def test_a_certificate_of_a_scheme_has_its_fields() -> None:
    found = fields(WOOD)
    assert (found["standard"], found["edition"]) == ("FSC Chain of Custody", "FSC-STD-40-004 V3-1")
    assert (found["holder"], found["number"]) == ("Teal Carton Ltd", "ARB-COC-1182")
    assert (found["issue"], found["expiry"]) == ("2019-06-03", "2024-06-02")


def test_a_scheme_that_certifies_itself_is_the_body_and_the_wider_scheme_is_not_told_beside_it() -> None:
    told = read(SAFETY)
    assert [value for role, value in told if role == "standard"] == ["SafeContractor"]
    found = dict(told)
    assert (found["body"], found["number"], found["expiry"]) == ("SafeContractor", "SC-2044", "2026-07-31")
    assert "accreditation_claim" not in found


def test_a_telephone_number_is_no_number_of_a_certificate() -> None:
    assert "number" not in fields(SAFETY.replace("Membership number: SC-2044\n\n", ""))


@pytest.mark.parametrize(
    ("text", "name", "edition"),
    [
        ("AS9100D", "AS 9100", "AS 9100:D"),
        ("EN 9100:2018", "AS 9100", "AS 9100:2018"),
        ("SA8000:2014", "SA8000", "SA8000:2014"),
        ("Global Organic Textile Standard (GOTS) - Version 7.0", "GOTS", "GOTS 7.0"),
        ("BRCGS Issue 9", "BRCGS", "BRCGS 9"),
        ("GB/T 24001-2016", "ISO 14001", "ISO 14001:2015"),
        ("GB/T 45001-2020", "ISO 45001", "ISO 45001:2018"),
        ("OHSAS 18001:2007", "OHSAS 18001", "OHSAS 18001:2007"),
        ("ISO 3834-2:2021", "ISO 3834", "ISO 3834:2021"),
        ("IATF 16949:2016", "IATF 16949", "IATF 16949:2016"),
        ("ISO/TS 16949:2009", "ISO/TS 16949", "ISO/TS 16949:2009"),
        ("SafeContractor, 12 High Street", "SafeContractor", ""),
    ],
)
def test_names_and_editions(text: str, name: str, edition: str) -> None:
    assert named(text)[0] == (name, edition)


def test_what_a_company_makes_or_a_body_says_elsewhere_is_no_second_standard() -> None:
    head = "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Foods Ltd\n\nmeets ISO 9001:2015\n\n"
    scope = "Scope: processing of halal and organic chicken under HACCP\n\nValid until: 4 May 2028\n\n"
    body = "Rowan Assurance Ltd also offers the certification of FSC and PEFC chains of custody to all its clients."
    assert [value for role, value in read(head + scope + body) if role == "standard"] == ["ISO 9001"]


def test_two_standards_in_lines_of_their_own_are_both_told() -> None:
    text = "# CERTIFICATE\n\nThis is to certify that the management system of\n\nTeal Air Ltd\n\nmeets\n\nAS9100D\n\nISO 9001:2015\n\nValid until: 4 May 2028"
    assert {value for role, value in read(text) if role == "standard"} == {"ISO 9001", "AS 9100"}


@pytest.mark.parametrize(
    "text",
    [
        "# Code of conduct\n\nWe expect our suppliers to hold a BSCI or SA8000 certificate and to send it each year by 31 March 2026.",
        "# CERTIFICATE OF TRAINING\n\nThis is to certify that\n\nMs. Van\n\nattended the course on BSCI and SMETA audits on 14 May 2025",
        "# Certificate of Accreditation\n\nTeal Metrology Ltd is accredited in accordance with ISO/IEC 17025:2017, and operates a "
        "management system which meets the principles of ISO 9001.\n\nThis is to certify the above. Valid until: 4 May 2028",
    ],
)
def test_papers_that_name_a_scheme_and_are_no_certificate_of_it(text: str) -> None:
    assert not [role for role, _ in read(text) if role == "standard"]


def test_only_certificates_of_systems_are_judged() -> None:
    expired = report("fsc.pdf", WOOD, kind="certificate", mode="credential", criteria=("certification",))
    assert not {
        rule for rule in flags(expired) if "certificate" in rule or rule in ("no_accreditation", "edition_withdrawn")
    }
    (found,) = certificates(bundle(expired))
    assert (found.of_system, found.of_quality) == (False, False)
    safety = WOOD.replace("FSC-STD-40-004 V3-1", "ISO 45001:2018")
    assert "certificate_expired" in flags(
        report("ohs.pdf", safety, kind="certificate", mode="credential", criteria=("certification",))
    )


def test_no_accreditation_is_asked_of_a_scheme_whose_owner_issues_its_certificates() -> None:
    def judged(standard: str) -> set[str]:
        text = (
            "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Valves Ltd\n\n"
            f"meets {standard}\n\nCertificate no.: Q1-1182\n\nIssue date: 3 June 2025\n\nExpiry date: 2 June 2028"
        )
        return flags(report("q.pdf", text, kind="certificate", mode="credential", criteria=("certification",)))

    assert "no_accreditation" in judged("AS 9100 Rev D")
    assert "no_accreditation" in judged("ISO 9001:2015 and API Spec Q1")
    assert "no_accreditation" not in judged("API Spec Q1")


def test_schemes_are_looked_for_only_in_what_begins_as_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(
        "evidence.facts.certificate_kind.mentions", lambda folded, written: asked.append(folded) or iter(())
    )
    assert not read("# Minutes of the meeting\n\nThe BSCI audit of 4 May 2025 was talked about.")
    assert not asked
    assert not read(WOOD.replace("2024", "2025"))
    assert asked


def test_every_scheme_has_words_that_are_found_and_a_source() -> None:
    for item in table("schemes")["scheme"]:
        assert item["source"]
        for word in item["words"]:
            plain = word.rstrip("*")
            assert item["name"] in [name for name, _ in named(plain)], word
    assert QUALITY <= SYSTEMS
