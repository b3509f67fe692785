"""Follow-up audits on the face of a certificate are surveillance; goods in another language than the scope are known."""

import pytest

from evidence.facts.text import fold
from evidence.trades import covers
from tests.unit.evidence.builders import flags, report

FACE = (
    "# Certificate\n\nNorth Cert\n\nHolder: Colina Beds Ltd\n\nStandard: ISO 9001:2015\n\nScope: Manufacture of mattresses\n\n"
    "Certificate: NC-5102\n\nIssue: 16 February 2024\n\nValid to: 15 February 2027\n\nAccreditation: IPAC C0061"
)


def certificate(more=""):
    return report("Certificate ISO 9001.pdf", FACE + more, kind="certificate", reading="static", mode="credential")


@pytest.mark.parametrize(
    "line",
    [
        "Follow-up audits: 6 February 2025 and 11 February 2026, certificate maintained",
        "Auditorias de acompanhamento: 06/02/2025 e 11/02/2026",
        "Đánh giá theo dõi: 06/02/2025; 11/02/2026",
    ],
)
def test_follow_up_audits_on_the_certificate_are_surveillance(line):
    assert "no_surveillance_evidence" in flags(certificate())
    assert "no_surveillance_evidence" not in flags(certificate("\n\n" + line))


@pytest.mark.parametrize("product", ["saringan air rumah tangga", "máy lọc nước gia đình", "家用濾水器", "정수기 필터"])
def test_filters_are_known_in_the_languages_of_buyers(product):
    assert covers(fold("Manufacture of household water filters and cartridges"), fold(product))
    assert not covers(fold("Manufacture of rubber hoses"), fold(product))
