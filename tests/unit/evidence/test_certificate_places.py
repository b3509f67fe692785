"""Fields of certificates by place: beside, below and above their labels, under the name they belong to."""

import pytest

from evidence.facts.certificate_bodies import _NAMED_WITHIN
from evidence.facts.certificate_marks import Marks


def test_days_and_number_in_columns_under_their_labels_and_over_small_print(fields) -> None:
    below = fields(
        "# CERTIFICATE\n\n This certifies that the management system of\n## Teal Gear Company Ltd\n^ 4 Dock Road, Hull HU1 4AA\n"
        "^ conforms to ISO 9001:2015\n\n"
        " Certificate no.:                 Initial certification date:             Valid:\n"
        " TG-118842-Q                      03 February 2016                        03 February 2025 - 02 February 2028\n"
    )
    assert (below["number"], below["original"]) == ("TG-118842-Q", "2016-02-03")
    assert (below["issue"], below["expiry"]) == ("2025-02-03", "2028-02-02")
    above = fields(
        "# BELGE\n\n^ Bu belge,\n## Yeşil Dişli Sanayi A.Ş.\n^ Dok Cad. No: 4, Bursa\n^ kuruluşunun ISO 9001:2015 şartlarına uygun olduğunu onaylar.\n\n"
        "   TRQ-2025/0613              20.01.2025                  19.01.2028\n"
        "~  Belge No                   Belge Tarihi                Geçerlilik Tarihi\n"
    )
    assert above["number"] == "TRQ-2025/0613"
    assert (above["issue"], above["expiry"]) == ("2025-01-20", "2028-01-19")


def test_holder_and_address_stand_in_the_column_beside_their_label(fields) -> None:
    found = fields(
        "# Certificate of Registration\n\n"
        "     This is to certify that:         Teal Gear Company Limited\n"
        "                                      Unit 4\n"
        "                                      Dock Estate\n"
        "                                      HU1 4AA Hull\n\n"
        "     Holds Certificate Number:        FS-664-019\n\n"
        "     and operates a system which complies with ISO 9001:2015 for the following scope:\n\n"
        "                                      Cutting of gears and shafts.\n\n"
        "     Original Registration Date: 2009-05-21            Effective Date: 2024-05-21\n"
        "     Latest Revision Date: 2024-04-30                  Expiry Date: 2027-05-20\n"
    )
    assert found["holder"] == "Teal Gear Company Limited"
    assert found["address"] == "Unit 4 Dock Estate HU1 4AA Hull"
    assert found["number"] == "FS-664-019"
    assert found["scope"].startswith("Cutting of gears and shafts")
    assert (found["original"], found["issue"], found["expiry"]) == ("2009-05-21", "2024-05-21", "2027-05-20")


def test_the_body_at_the_head_is_not_the_holder(fields) -> None:
    found = fields(
        "# SERTİFİKA\n\n^ Mavi Sertifikasyon Hizmetleri A.Ş.\n\n^ YEŞİL DİŞLİ SANAYİ A.Ş.\n^ Dok Caddesi No: 188, 35410 İzmir\n^ firmasının\n\n"
        "^ DİŞLİ ÜRETİMİ VE MONTAJI\n\n^ faaliyetlerinde ISO 9001:2015 standardına uygun bir sistem kurduğunu onaylar.\n\n"
        "  Sertifika No                9001-TR-4471-3\n  Belgelendirme Periyodu      08 Ocak 2024 - 07 Ocak 2027\n"
    )
    assert found["holder"] == "YEŞİL DİŞLİ SANAYİ A.Ş."
    assert found["body"] == "Mavi Sertifikasyon Hizmetleri A.Ş."
    assert found["scope"] == "DİŞLİ ÜRETİMİ VE MONTAJI"


@pytest.mark.parametrize(
    ("lines", "role", "value"),
    [
        ("     회 사 명          (주)한결정공\n\n     소 재 지          경상남도 창원시 공단로 473번길 25", "holder", "(주)한결정공"),
        ("  覆盖范围 Scope\n  精密注塑模具的设计、制造", "scope", "精密注塑模具的设计、制造"),
        ("  颁证日期 Date of issue          证书有效期至 Valid until\n  2025年3月28日                   2028年3月27日", "expiry", "2028-03-27"),
        ("   登録番号  QM-00712          登録日         平成21年6月14日\n   発行日    令和6年6月14日    有効期限       令和9年6月13日", "issue", "2024-06-14"),
        ("  valid from          2024-11-11\n  last certified until   2024-11-10\n  valid until         2027-11-10", "issue", "2024-11-11"),
        ("   Merkez Adres / Head Office     :  OSB 3. Cadde No: 21, Konya", "address", "OSB 3. Cadde No: 21, Konya"),
        ("^ This sub-certificate No. TG-26-04 is part of the main certificate No. TG-26", "number", "TG-26-04"),
        ("  NSC  QMS 007", "accreditation", "NAC"),
    ],
)  # fmt: skip
def test_labels_by_place(fields, lines: str, role: str, value: str) -> None:
    found = fields(
        f"# Certificate\n\n^ Rowan Assurance Ltd certifies that\n## Teal Gear Company Ltd\n^ conforms to ISO 9001:2015\n\n{lines}\n"
        if role != "holder"
        else f"# 품질경영시스템 인증서\n\n{lines}\n\n^ ISO 9001:2015 요구사항에 적합함을 인증합니다.\n  유효기간    2024년 12월 2일 ~ 2027년 12월 1일\n"
    )
    assert found[role] == value


def test_a_period_is_read_whole_and_a_revision_is_no_issue(fields) -> None:
    found = fields(
        "# Certificate\n\n^ Rowan Assurance Ltd certifies that\n## Teal Gear Company Ltd\n^ conforms to ISO 9001:2015\n\n"
        "  Cycle          4 July 2023 to 3 July 2026\n  Last amended   12 April 2024\n"
    )
    assert (found["issue"], found["expiry"]) == ("2023-07-04", "2026-07-03")
    assert "original" not in found


def test_an_accredited_laboratory_and_a_withdrawal_are_no_certificates_of_the_standard(fields) -> None:
    laboratory = fields(
        "# Certificate of Accreditation\n\n## Estuary Metrology Ltd\n^ is accredited to ISO/IEC 17025:2017\n\n"
        "^ The management system meets the relevant principles of ISO 9001.\n\n  Certificate Issued: 2 May 2024\n"
    )
    assert "ISO 9001" not in laboratory.get("standard", "")
    withdrawal = fields(
        "  NOTICE OF WITHDRAWAL\n\n  Castle Registrars Ltd gives notice that certificate QMS-21-4410 to ISO 9001:2015, held by\n"
        "  Trevan Gauge Ltd, has been withdrawn with effect from 16 June 2025.\n"
    )
    assert withdrawal == {}


def test_the_first_day_of_a_period_whose_last_cannot_be_read_is_no_expiry(fields) -> None:
    found = fields(
        "# 품질경영시스템 인증서\n\n   회 사 명     (주)한결정공\n\n^ ISO 9001:2015 요구사항에 적합함을 인증합니다.\n\n"
        "   유효기간     2024년 12월 2일 ~ 202714 12월 1일\n\n   최초인증일    2015년 12월 2일\n"
    )
    assert "expiry" not in found
    assert found["issue"] == "2024-12-02"


def test_a_line_spread_to_its_width_is_one_piece(fields) -> None:
    found = fields(
        "# Certificate\n\n^ Rowan Assurance Ltd certifies that\n## Teal Gear Company Ltd\n^ conforms to ISO 9001:2015\n\n"
        "  Scope of Certification\n  Cutting   and   grinding   of   gears   and   shafts,   assembly   of   gear\n  boxes\n"
    )
    assert found["scope"] == "Cutting and grinding of gears and shafts, assembly of gear boxes"


@pytest.mark.parametrize(
    ("lines", "role", "value"),
    [
        ("^ Rowan Quality Certification, accredited by UKAS (no. 7719)", "body", "Rowan Quality Certification"),
        ("  Certificate QMS 7741 first granted 20 June 2013, current until 19 June 2027", "original", "2013-06-20"),
        ("  Holder      Teal Gear Company Ltd\n  Premises    4 Dock Road, Hull HU1 4AA\n  Standards   ISO 9001:2015\n"
         "  For what    Cutting of gears and assembly of gear boxes\n  Number      TG-4711", "scope", "Cutting of gears and assembly of gear boxes"),
    ],
)  # fmt: skip
def test_names_end_before_an_accreditation_and_unknown_heads_are_told_by_their_column(
    fields, lines: str, role: str, value: str
) -> None:
    found = fields(
        "# Certificate of Approval\n\n^ This is to certify that the quality management system of\n## Teal Gear Company Ltd\n"
        f"^ conforms to ISO 9001:2015\n\n{lines}\n"
    )
    assert found[role] == value


def test_many_labels_and_names_are_each_looked_at_once(fields, monkeypatch) -> None:
    asked: list[str] = []
    values = Marks.values
    monkeypatch.setattr(
        Marks, "values", lambda self, label, fits: asked.append(label.role) or values(self, label, fits)
    )
    names = "".join(f"  Company name:\n  Acme {chr(65 + n)} Ltd\n\n" for n in range(20))
    found = fields(f"# Certificate\n\n^ This is to certify that Teal Gear Ltd\n^ conforms to ISO 9001:2015\n\n{names}")
    assert found["standard"] == "ISO 9001"
    assert 10 <= asked.count("holder") <= 25


@pytest.mark.parametrize("word", ["A." * 40, "PRECISIONMACHININGANDGRINDINGOFGEARSANDSHAFTSOFSTEEL"])
def test_a_long_word_of_capitals_costs_no_more_than_another(word: str) -> None:
    assert _NAMED_WITHIN.search(word) is None
    assert _NAMED_WITHIN.search(f"Atas {word} Certification Ltd") is not None
    assert _NAMED_WITHIN.search("by ABC Certification Ltd.")["name"] == "ABC Certification Ltd."
    assert _NAMED_WITHIN.search("by ABC Ltd.")["name"] == "ABC Ltd."
