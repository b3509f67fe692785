"""Texts in the encodings that factories' programs write, however short."""

import unicodedata

import pytest

from extractors.encodings import declared, decode


def in_vietnamese_windows(text):
    """Letters of Windows for Vietnamese: a vowel, then its tone."""
    found = []
    for letter in unicodedata.normalize("NFC", text):
        for form in (letter, *_parted(letter)):
            try:
                found.append(form.encode("cp1258"))
                break
            except UnicodeEncodeError:
                continue
    return b"".join(found)


def _parted(letter):
    base, *marks = unicodedata.normalize("NFD", letter)
    for last in marks:
        others = "".join(mark for mark in marks if mark != last)
        yield unicodedata.normalize("NFC", base + others) + last


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("检验报告合格", "gb18030"),
        ("产品\t数量\n螺栓\t500\n垫片\t200", "gb18030"),
        ("Lot 4711 是", "gb18030"),
        ("檢驗報告合格", "big5"),
        ("供應商名單", "big5"),
        ("検査報告書", "shift_jis"),
        ("是正処置報告\n担当：田中", "euc_jp"),
        ("品質目標：顧客苦情率を下げる", "euc_jp"),
        ("검사 보고서", "euc_kr"),
        ("시정 조치 보고서\n담당: 김철수", "cp949"),
        ("ใบรับรอง", "cp874"),
        ("Report 2025 รายงานการตรวจสอบ", "cp874"),
        ("Müşteri şikâyeti", "cp1254"),
        ("Düzeltici faaliyet raporu: kök neden", "cp1254"),
        ("Rapport d'audit : écarts relevés à l'atelier – clos", "cp1252"),
        ("Prüfbericht für Maßabweichungen größer 5 µm", "cp1252"),
        ("Übergabe", "cp1252"),
        ("Отчёт о проверке качества", "cp1251"),
        ("Raport z audytu wewnętrznego: źródło błędów", "cp1250"),
    ],
)
def test_short_texts_are_read_in_the_encoding_of_their_country(text, encoding):
    for written in (text, f"Report of lot 55 for Acme\n{text}\nend", text + "\n" + "1;2;3\n" * 30_000 + text):
        assert decode(written.encode(encoding)) == written


def test_vietnamese_of_windows_is_read_with_its_tones():
    text = "Báo cáo kiểm tra chất lượng: sản phẩm không phù hợp"
    assert unicodedata.normalize("NFC", decode(in_vietnamese_windows(text))) == text


def test_a_long_text_without_blanks_is_cut_between_letters():
    text = "单行没有空格的记录，" * 30_000
    assert decode(text.encode("gb18030")) == text


def test_a_declared_encoding_is_taken_for_the_wider_one_that_programs_write():
    assert declared("张小囧的检验".encode("gbk"), "GB2312") == "张小囧的检验"
    assert declared("볶똠방각하".encode("cp949"), "ks_c_5601-1987") == "볶똠방각하"
    assert declared("①検査".encode("cp932"), "shift_jis") == "①検査"
    assert declared("“1 €”".encode("cp1252"), "iso-8859-1") == "“1 €”"
    assert declared("Müşteri".encode(), "iso-8859-9") == "Müşteri"
    assert declared("検査".encode("iso-2022-jp"), "iso-2022-jp") == "検査"


def test_an_encoding_that_is_not_kept_to_is_guessed_and_slight_damage_is_kept():
    assert declared("Müşteri".encode("cp1254"), "us-ascii") is None
    assert declared("Müşteri".encode("cp1254"), "utf-8") is None
    assert declared(b"a", "x-unheard-of") is None
    assert declared(b"a", "base64") is None
    damaged = ("检验报告" * 100).encode("gbk") + b"\xff"
    assert declared(damaged, "gb2312").startswith("检验报告")
