"""Certificates of other shapes: names over two lines, days in words, one row a standard, sentences, notices."""

from datetime import date

import pytest

from evidence.facts.calendar import find

HEAD = "# CERTIFICATE\n\n^ This is to certify that the quality management system of\n## Teal Gear Company Ltd\n^ 4 Dock Road, Hull HU1 4AA\n"
TAIL = (
    "^ conforms to ISO 9001:2015\n\n^ Certificate no. TG-118842-Q\n^ Valid from 3 February 2025 until 2 February 2028\n"
)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("this fifth day of March two thousand and twenty-four", date(2024, 3, 5)),
        ("the twenty-first of July, two thousand twenty five", date(2025, 7, 21)),
        ("March first, twenty twenty-six", date(2026, 3, 1)),
        ("the 5th day of March 2024", date(2024, 3, 5)),
        ("tanggal tiga bulan Februari tahun dua ribu dua puluh lima", date(2025, 2, 3)),
    ],
)
def test_a_day_in_words(words: str, day: date) -> None:
    assert [found.value for found in find(words)] == [day.isoformat()]


@pytest.mark.parametrize(
    "words", ["the thirtieth of February two thousand and ten", "the first March two", "twenty parts in March"]
)
def test_words_that_are_no_day(words: str) -> None:
    assert find(words) == []


def test_a_body_whose_name_stands_over_two_lines(fields) -> None:
    found = fields(
        "ROWAN ASSURANCE\n& CERTIFICATION SERVICES PTY LTD\n~ Quality House, 2 Mill Lane, Perth\n\n" + HEAD + TAIL
    )
    assert found["body"].lower() == "rowan assurance & certification services pty ltd"
    assert found["holder"] == "Teal Gear Company Ltd"
    found = fields("  ROWAN SYSTEMS\n  CERTIFICATIONS PVT. LTD.\n\n" + HEAD + TAIL)
    assert found["body"].lower() == "rowan systems certifications pvt. ltd."


def test_two_lines_that_are_two_names_stay_two(fields) -> None:
    found = fields("Rowan Assurance\nTraining in Hull since 1990\n\n" + HEAD + TAIL)
    assert found["body"] == "Rowan Assurance"


def test_of_a_row_for_each_standard_that_of_the_quality_system_is_read(fields) -> None:
    found = fields(
        "# Integrated Management System Certificate\n\n  The organisation\n\n  Teal Gear Company Ltd\n  4 Dock Road, Hull HU1 4AA\n\n"
        "  operates a management system that conforms to the standards below:\n\n"
        "  Standard              Certificate          First certified      This issue           Valid until\n\n"
        "  ISO 14001:2015        E-70412              2019-05-06           2025-08-18           2028-08-17\n"
        "  ISO 9001:2015         Q-70412              2016-08-18           2025-08-19           2028-08-18\n\n"
        "  This certificate covers the following scope\n  Cutting of gears and shafts\n"
    )
    assert (found["number"], found["original"]) == ("Q-70412", "2016-08-18")
    assert (found["issue"], found["expiry"]) == ("2025-08-19", "2028-08-18")


def test_a_standard_in_brackets_behind_the_number_of_another_certificate_is_not_certified(facts_of_sheet) -> None:
    sheet = HEAD.replace("quality", "environmental") + TAIL.replace("9001", "14001")
    held = "\n  Held together with the certificates Q 88119 (ISO 9001:2015) and S 88121 (ISO 45001:2018).\n"
    assert {fact.value for fact in facts_of_sheet(sheet + held) if fact.role == "standard"} == {"ISO 14001"}
    alone = HEAD + TAIL.replace("ISO 9001:2015", "the standard of Q 88119 (ISO 9001:2015)")
    assert {fact.value for fact in facts_of_sheet(alone) if fact.role == "standard"} == {"ISO 9001"}


@pytest.mark.parametrize(
    "words",
    [
        "## NOTICE OF SUSPENSION OF CERTIFICATION\n",
        "  The Bureau has therefore suspended the above. The certificate has been suspended with effect from 4 May 2025.\n",
        "## THÔNG BÁO ĐÌNH CHỈ HIỆU LỰC GIẤY CHỨNG NHẬN\n",
        "## 认证证书暂停通知\n",
    ],
)
def test_a_notice_of_the_end_of_a_certificate_is_none(fields, words: str) -> None:
    assert fields(words + HEAD + TAIL) == {}


@pytest.mark.parametrize(
    "words",
    [
        "~ If the certificate has been suspended, its marks may not be used. It may be withdrawn at any time.\n",
        "~ This certificate replaces TG-1, which has been withdrawn.\n",
        "~ See our rules on suspension of certificates if surveillance is refused.\n",
    ],
)
def test_conditions_and_earlier_certificates_are_no_notice(fields, words: str) -> None:
    assert fields(HEAD + TAIL + words)["expiry"] == "2028-02-02"


def test_the_sentence_set_in_two_columns_and_a_history_of_certifications(fields) -> None:
    found = fields(
        "# CERTIFICATE\n\n  Granted to            Teal Gear Company Ltd\n\n  whose offices are at  4 Dock Road, Hull HU1 4AA\n\n"
        "  against               ISO 9001:2015\n\n  for                   Cutting of gears and shafts\n\n"
        "  History of certification\n      Initial certification              20 January 2012\n"
        "      First recertification              20 January 2015\n      Second recertification             18 January 2018\n"
        "      Third recertification              20 January 2022  (lapse 20 Jan 2021 to 19 Jan 2022)\n"
        "      Revised for change of address      3 September 2023\n\n  Certification lapses on                19 January 2025\n"
    )
    assert (found["holder"], found["scope"]) == ("Teal Gear Company Ltd", "Cutting of gears and shafts")
    assert found["address"] == "4 Dock Road, Hull HU1 4AA"
    assert (found["original"], found["issue"], found["expiry"]) == ("2012-01-20", "2022-01-20", "2025-01-19")


def test_one_running_sentence_over_several_lines(fields) -> None:
    found = fields(
        "# SERTIFIKAT\n^ Nomor 0562/SMM/2025\n\n  Berdasarkan hasil audit, Lembaga Sertifikasi Rowan Mutu dengan ini menyatakan\n"
        "  bahwa sistem manajemen mutu yang diterapkan oleh PT Teal Roda Gigi Utama\n"
        "  yang beralamat di Jl. Dermaga No. 4, Kota Bekasi 17151, Jawa Barat\n"
        "  telah memenuhi persyaratan SNI ISO 9001:2015 untuk ruang lingkup Pengecoran aluminium\n"
        "  bertekanan dan permesinan komponen.\n\n  Berlaku sejak 3 Februari 2025 sampai 2 Februari 2028.\n"
    )
    assert found["holder"] == "PT Teal Roda Gigi Utama"
    assert found["address"] == "Jl. Dermaga No. 4, Kota Bekasi 17151, Jawa Barat"
    assert found["scope"].startswith("Pengecoran aluminium bertekanan dan permesinan komponen")


def test_the_next_site_and_the_code_of_the_post_are_no_part_of_an_address(fields) -> None:
    found = fields(
        "# GIẤY CHỨNG NHẬN\n\n^ Chứng nhận hệ thống quản lý của\n## CÔNG TY TNHH BÁNH RĂNG XANH\n"
        "^ Trụ sở: Số 4, đường D2, KCN Mỹ Phước, tỉnh Bình Dương\n^ Xưởng 2: Lô F7, KCN Việt Hương, tỉnh Bình Dương\n"
        "^ phù hợp với các yêu cầu của\n## ISO 9001:2015\n^ Có hiệu lực từ 03/02/2025 đến 02/02/2028\n"
    )
    assert found["address"] == "Số 4, đường D2, KCN Mỹ Phước, tỉnh Bình Dương"
    found = fields(
        "# 认证证书\n\n^ 证书编号：05624Q21873R2M\n^ 兹证明\n## 宁波青轮齿轮有限公司\n  地址：浙江省宁波市海曙区广昌路66号（邮编：315171）\n"
        "^ 质量管理体系符合 ISO 9001:2015\n  发证日期：2024年11月06日    有效期至：2027年11月05日\n"
    )
    assert found["address"] == "浙江省宁波市海曙区广昌路66号"


def test_a_number_in_thai_letters_and_figures_and_no_page(fields) -> None:
    found = fields(
        "# ใบรับรอง\n\n^ ขอรับรองว่า\n## บริษัท เฟืองเขียว จำกัด\n^ ๙๙ หมู่ ๔ ตำบลบางปลา จังหวัดสมุทรปราการ\n^ ISO 9001:2015\n"
        "   ใบรับรองเลขที่ รร ๐๐๔๗/๒๕๖๗\n   ออกให้วันที่ ๘ กรกฎาคม ๒๕๖๗   ใช้ได้ถึงวันที่ ๗ กรกฎาคม ๒๕๗๐\n"
    )
    assert found["number"] == "รร0047/2567"
    found = fields(
        HEAD
        + TAIL.replace("^ Certificate no. TG-118842-Q\n", "")
        + "\n   R. Rowan        Approval TG/3381/V\n~ Certificate.   Page 1 of 2\n"
    )
    assert found["number"] == "TG/3381/V"


def sites(facts) -> list[str]:
    return [fact.value for fact in facts if fact.role == "site"]


def test_sites_of_an_annex_and_behind_labels_of_their_own(facts_of_sheet) -> None:
    annex = (
        "===\n## Schedule to TG-118842-Q\n\n   Location                                              Activities\n\n"
        "   4 Dock Road, Hull HU1 4AA                             Head office\n   1. Unit 17, Tipton Road,                              Cutting\n"
        "      Dudley DY1 4SH\n   2. Zone Industrielle Nord, 08000 Charleville, France  Grinding\n"
    )
    found = sites(facts_of_sheet(HEAD + TAIL + annex))
    assert found == ["Unit 17, Tipton Road, Dudley DY1 4SH", "Zone Industrielle Nord, 08000 Charleville, France"]
    labelled = HEAD + "^ Factory 2: Lot F7, Viet Huong Industrial Park, Binh Duong\n" + TAIL
    assert sites(facts_of_sheet(labelled)) == ["Lot F7, Viet Huong Industrial Park, Binh Duong"]
    assert (
        sites(facts_of_sheet(HEAD + TAIL + "\n## Rowan Assurance Ltd\n^ 2 Mill Lane, York YO1 7AA, United Kingdom\n"))
        == []
    )


def test_the_title_under_a_body_is_no_part_of_its_name(fields) -> None:
    found = fields(
        "^ 公益財団法人 青歯車登録センター\n^ 品質マネジメントシステム登録証\n\n## 青歯車株式会社\n^ 愛知県豊川市穂ノ原三丁目12番地\n\n^ JIS Q 9001:2015（ISO 9001:2015）\n"
        "   登録番号　MS-2290\n   有効期限　2028年5月31日\n"
    )
    assert found["body"] == "公益財団法人 青歯車登録センター"


def test_labels_spread_over_their_column_with_the_value_behind_a_colon(fields) -> None:
    found = fields(
        "# CERTIFICATE\n^ 인 증 서\n\n  푸른기어(주)\n  인천광역시 남동구 남동서로 270번길 14\n\n  귀사의 품질경영시스템이 다음 표준의 요구사항에 적합함을 증명합니다.\n\n"
        "  표       준 : ISO 9001:2015\n  인 증 범 위 : 자동차용 부품의 제조\n  인 증 번 호 : KR-Q-11842\n"
        "  유 효 기 간 : 2025년 1월 6일부터 2028년 1월 5일까지\n  재심사 일자 : 2024년 12월 4일 ~ 5일\n"
    )
    assert (found["scope"], found["number"]) == ("자동차용 부품의 제조", "KR-Q-11842")
    assert (found["issue"], found["expiry"]) == ("2025-01-06", "2028-01-05")


def test_a_scope_ends_where_it_begins_anew_in_another_language(fields) -> None:
    found = fields(
        "# SERTIFIKAT\n\n  Organisasi / Organization\n  PT Teal Roda Gigi Utama\n\n  Standar / Standard\n  ISO 9001:2015\n\n"
        "  Ruang lingkup / Scope\n  Pertenunan dan pencelupan kain rayon\n  Weaving and dyeing of rayon fabrics\n\n"
        "  Berlaku sampai 7 November 2026\n"
    )
    assert found["scope"] == "Pertenunan dan pencelupan kain rayon"


@pytest.mark.parametrize(
    ("words", "web"),
    [
        ("its validity can be checked at rowan-cert.com/directory", "rowan-cert.com/directory"),
        ("Check it at rowancert.org.", "rowancert.org"),
        ("Ask info@rowancert.com about it", None),
        ("TCVN/ISO 9001, Teal S.r.l. and Rowan e.g./i.e.", None),
    ],
)
def test_a_web_address_without_its_prefix(fields, words: str, web: str | None) -> None:
    assert fields(HEAD + TAIL + f"~ {words}\n").get("web") == web


def test_a_column_at_the_side_stands_between_no_lines_of_the_page(fields) -> None:
    found = fields(
        "^ CERTIFICATE OF REGISTRATION\n\n  Certificate Number:           This is to certify that the management system of:\n  0118 447-02\n"
        "                                Cikarang Precision Gears, PT\n  Initial Certification Date:\n"
        "  24 March 2016                 Main Site: Jababeka Estate, Jl. Industri 5, Bekasi 17530, Indonesia\n\n"
        "                                has been registered by Rowan as conforming to the requirements of\n"
        "  Issuing Date:\n                                ISO 9001:2015\n"
        "  24 March 2025                 The management system is applicable to:\n\n"
        "  Valid Until:                  The manufacture of precision gears and shafts for motorcycles\n"
        "  23 March 2028                 and power tools.\n\n\n"
        "  0014                          Rowan Certification Limited, 10A Victory Park, Derby DE24 8ZF\n"
    )
    assert (found["holder"], found["body"]) == ("Cikarang Precision Gears, PT", "Rowan Certification Limited")
    assert found["scope"].startswith("The manufacture of precision gears and shafts for motorcycles and power tools")


def test_the_branch_of_a_body_certifies_and_its_logo_is_not_its_name(fields) -> None:
    found = fields(
        "                        MARCHETTI CERTIFICATION\n\n## TEAL GEAR CO., LTD.\n^ 4 Dock Road, Hull HU1 4AA\n\n"
        "^ Lloyd Marchetti Certification Holding SAS - UK Branch certifies that the Management System of the above\n"
        "^ organisation has been found to be in accordance with\n## ISO 9001:2015\n\n"
        "        this certificate expires on:            02 October 2027\n        Certificate No.   TH016622\n"
    )
    assert (found["holder"], found["body"]) == ("TEAL GEAR CO., LTD.", "Lloyd Marchetti Certification Holding SAS")


def test_the_expiry_of_the_cycle_before_is_not_that_of_this_one(fields) -> None:
    told = "^ Hiệu lực: Từ 12/05/2024 đến 11/05/2027 (thay cho giấy hết hạn ngày 11/05/2024)\n"
    assert fields(HEAD + "^ conforms to ISO 9001:2015\n\n" + told)["expiry"] == "2027-05-11"


def test_an_institute_for_quality_in_korea_is_a_body(fields) -> None:
    found = fields(
        "# 인증서 CERTIFICATE\n\n  인증번호 Certificate No.       KQA-2201-9\n  회사명 Company                 주식회사 푸른고무\n"
        "  적용규격 Standard              ISO 9001:2015\n  만료일 Expiry                  2027-08-29\n\n\n"
        "                   한국품질보증원 (Korea Quality Assurance Institute)\n"
    )
    assert found["body"].startswith("한국품질보증원")


def test_holder_address_and_scope_in_one_sentence_of_a_letter(fields) -> None:
    found = fields(
        "# GIẤY CHỨNG NHẬN\n\n  Công ty TNHH Chứng nhận Thăng Long chứng nhận hệ thống quản lý chất lượng của\n"
        "  CÔNG TY CỔ PHẦN KHUÔN MẪU AN VIỆT, địa chỉ: Lô CN-09, cụm công nghiệp\n"
        "  Thanh Oai, xã Bích Hòa, huyện Thanh Oai, thành phố Hà Nội, trong lĩnh vực thiết kế, chế tạo\n"
        "  khuôn dập phù hợp với tiêu chuẩn TCVN ISO 9001:2015.\n\n"
        "  Giấy chứng nhận có giá trị từ ngày 12 tháng 8 năm 2024 đến hết ngày 11 tháng 8 năm 2027.\n"
    )
    assert found["holder"] == "CÔNG TY CỔ PHẦN KHUÔN MẪU AN VIỆT"
    assert found["address"] == "Lô CN-09, cụm công nghiệp Thanh Oai, xã Bích Hòa, huyện Thanh Oai, thành phố Hà Nội"
    assert found["scope"] == "thiết kế, chế tạo khuôn dập"


def test_what_any_body_is_called_is_no_name(fields) -> None:
    found = fields(
        "## ROWAN CONFORMITY REGISTRARS LTD\n\n" + HEAD + TAIL + "\n   ____________________          IAS ACCREDITED\n"
        "   On behalf of the Registrars   Management Systems Certification Body\n"
    )
    assert found["body"] == "ROWAN CONFORMITY REGISTRARS LTD"


def test_an_address_before_the_word_that_certifies_is_no_body(fields) -> None:
    found = fields(
        "                             Rowan Quality Certification\n\n# REGISTERED ORGANISATION\n\n"
        "  We, Rowan Quality Certification, having assessed the quality management system of\n\n"
        "            Teal Gear Company Ltd\n            Unit 2, Kiln Way, Stoke-on-Trent, ST6 4PQ\n\n"
        "  confirm that it meets BS EN ISO 9001:2015 for\n\n            The refurbishment of gears\n\n"
        "  Our reference            GB/9/40715\n  Present period           18 November 2024 - 17 November 2027\n"
    )
    assert (found["body"], found["holder"]) == ("Rowan Quality Certification", "Teal Gear Company Ltd")
