"""Follow-up audits on a certificate are surveillance; goods in another language are known; what a list says is not sent is no promise."""

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


AUDIT = "# Internal audit\n\n12 August 2026\n\n| Area | Auditor | Findings |\n| Press | Tran | 1 |"
SENT = (
    report("Quality manual.pdf", "# Quality manual", kind="manual", reading="static", mode="prescription"),
    report("Internal audit report 2026.docx", AUDIT, kind="internal_audit_record", criteria=("internal_audit",)),
    report("KPI 2026.xlsx", "# KPI 2026\n\n| Month | Reject % |\n| Jan | 2.1 |\n| Feb | 2.0 |", kind="metrics_record"),
)
INDEX = "# Documents sent\n\nContents of this package:\n\n- Quality manual.pdf\n- Internal audit report 2026.docx\n- {}\n- KPI 2026.xlsx"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("Training records 2026.xlsx", True),
        ("Customer complaint register (none this year)", False),
        ("Management review minutes (on request)", False),
        ("Training records - to be shown on site", False),
        ("Biên bản xem xét của lãnh đạo (cung cấp khi yêu cầu)", False),
        ("培训记录（现场查看）", False),
        ("교육 기록 (요청 시 제출)", False),
    ],
)
def test_an_entry_that_says_it_does_not_come_is_no_promise(entry, told):
    index = report("Index.docx", INDEX.format(entry), kind="other", reading="static")
    assert ("promised_document_missing" in flags(index, *SENT)) is told
