"""Certificates in German, Spanish, French, Portuguese and Italian, as bodies of Europe and the Americas issue them."""

import pytest

from evidence.facts import find_facts
from tests.unit.evidence.builders import document, passages


def fields(text: str) -> dict[str, str]:
    made = document("certificate.pdf", text)
    found = find_facts(made, passages(made, "credential", ("certification",)))
    return {fact.role: fact.value for fact in found if fact.kind == "certificate_field"}


GERMAN = (
    "# ZERTIFIKAT\n\nDie Zertifizierungsstelle der Ahorn Zertifizierung GmbH\n\nbescheinigt, dass das Unternehmen\n\nTeal Döküm A.Ş.\n\n"
    "Organize Sanayi Bölgesi 7. Cadde No. 4, Manisa\n\nfür den Geltungsbereich\n\nHerstellung von Gussteilen\n\n"
    "ein Qualitätsmanagementsystem anwendet. Die Forderungen der\n\nISO 9001:2015\n\nsind erfüllt.\n\n"
    "Zertifikat-Registrier-Nr.: A1N 24 07 8113\n\nGültig vom 2024-07-29 bis 2027-07-28\n\nErstzertifizierung 2018-07-30"
)
SPANISH = (
    "CALMA CERTIFICACIÓN, A.C.\n\n# CERTIFICADO\n\notorga el presente certificado a la organización:\n\nTroqueles del Norte, S.A. de C.V.\n\n"
    "Domicilio: Av. Mineral No. 18, Parque Industrial, Silao, México\n\npor haber demostrado que su Sistema de Gestión de la Calidad "
    "cumple con los requisitos de la norma\n\nISO 9001:2015\n\nAlcance: Diseño y estampado de piezas\n\nCertificado No.: MX-11/2023\n\n"
    "Fecha de certificación inicial: 17 de octubre de 2014\n\nFecha de emisión: 16 de octubre de 2023\n\nFecha de vencimiento: 15 de octubre de 2026"
)
FRENCH = (
    "ALCYON CERTIFICATION\n\n# Certificat\n\nAlcyon Certification certifie que le système de management mis en place par :\n\n"
    "Société Tunisienne de Câblage\n\npour les activités suivantes :\n\nFabrication de faisceaux de câbles\n\n"
    "est conforme aux exigences de ISO 9001 : 2015\n\nCertificat n° 2022/98417.3\n\nDate de prise d'effet : 2025-03-04\n\n"
    "Date d'échéance : 2028-03-03\n\nPremière certification : 2016-03-07"
)
ITALIAN = (
    "VENTO ATTESTAZIONI\n\nCERTIFICATO N. 30418\n\nSI CERTIFICA CHE IL SISTEMA DI GESTIONE PER LA QUALITÀ DI\n\nTORNERIE DEL LAGO S.R.L.\n\n"
    "È CONFORME ALLA NORMA UNI EN ISO 9001:2015\n\nPER LE SEGUENTI ATTIVITÀ:\n\nProduzione di minuterie tornite\n\n"
    "Unità operativa: Via dell'Industria 9 - 36065 Mussolente - Italia\n\n"
    "Prima emissione: 15/06/2007\n\nEmissione corrente: 11/06/2025\n\nData di scadenza: 14/06/2028\n\nVento Attestazioni S.p.A."
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GERMAN, {"holder": "Teal Döküm A.Ş.", "number": "A1N24078113", "issue": "2024-07-29", "expiry": "2027-07-28", "original": "2018-07-30", "body": "Ahorn Zertifizierung GmbH"}),
        (SPANISH, {"holder": "Troqueles del Norte, S.A. de C.V.", "scope": "Diseño y estampado de piezas", "number": "MX-11/2023", "issue": "2023-10-16", "expiry": "2026-10-15", "original": "2014-10-17"}),
        (FRENCH, {"number": "2022/98417.3", "issue": "2025-03-04", "expiry": "2028-03-03", "original": "2016-03-07", "scope": "Fabrication de faisceaux de câbles"}),
        (ITALIAN, {"holder": "TORNERIE DEL LAGO S.R.L.", "number": "30418", "issue": "2025-06-11", "expiry": "2028-06-14", "original": "2007-06-15", "body": "Vento Attestazioni S.p.A.", "site": "Via dell'Industria 9 - 36065 Mussolente - Italia"}),
    ],
    ids=["german", "spanish", "french", "italian"],
)  # fmt: skip
def test_languages_of_europe(text: str, wanted: dict[str, str]) -> None:
    found = fields(text)
    assert {role: found.get(role, "") for role in wanted} == wanted


def test_what_stands_before_an_accreditation_is_no_body_where_it_is_a_label_or_the_code_of_a_trade() -> None:
    head = "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Gear Ltd\n\nmeets ISO 9001:2015\n\nValid until: 4 May 2028\n\n"
    assert fields(head + "EAC 18 accredited by UKAS").get("body") != "EAC 18"
    assert fields(head + "Certificate number 4471-Q accredited by UKAS").get("body") is None
