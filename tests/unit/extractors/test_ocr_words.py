"""Letters that the engine hands out one by one become words again, with their boxes and the blanks that are there."""

import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr import OcrWord, TesseractEngine, languages_available
from extractors.ocr_words import usual_spelling, whole_words

FONTS = {
    "tha": ("/usr/share/fonts/truetype/tlwg/Garuda.ttf", 0),
    "kor": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 1),
    "chi_sim": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "jpn": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 0),
}
# Own sentences, with the most of them that may be misread, blanks counted (share of the letters).
LINES = {
    "tha": (["ใบรับรองระบบบริหารงานคุณภาพ", "บริษัท สยามชิ้นส่วนแม่นยำ จำกัด", "พบของเสีย 14 ชิ้นจากล็อต L-2210"], 0.05),
    "kor": (
        ["조직명: 주식회사 한빛정밀", "자동차용 고무 부품의 설계 및 제조", "경영검토 회의는 1년에 두 번 개최한다"],
        0.06,
    ),
    "chi_sim": (["质量管理体系认证证书", "苏州恒远精密机械有限公司", "管理评审会议每年召开两次"], 0.06),
    "jpn": (
        ["自動車用ゴム部品の設計及び製造", "株式会社はるか精密工業", "マネジメントレビューは年に二回実施する"],
        0.06,
    ),
}


def pieces(*letters, line=1, size=20, sure=0.9):
    """Pieces from left to right: text, or text with the gap before it in pixels."""
    found, x = [], 0.0
    for letter in letters:
        text, gap = letter if isinstance(letter, tuple) else (letter, 2)
        x += gap
        found.append(OcrWord(text, sure, (x, 10, x + size * len(text), 10 + size), line))
        x += size * len(text)
    return found


def texts(words):
    return [word.text for word in words]


def test_blanks_are_those_of_the_running_text_whatever_the_gaps():
    read = pieces("조", "직", ("명:", 9), ("주식회사", 3), "한", ("빛", 12))
    assert texts(whole_words(read, "조직명: 주식회사 한빛\n")) == ["조직명:", "주식회사", "한빛"]


def test_a_column_gap_parts_what_the_running_text_joins():
    assert texts(whole_words(pieces("合", "格", ("批", 60), "次"), "合格批次")) == ["合格", "批次"]


def test_without_running_text_the_gap_decides():
    assert texts(whole_words(pieces("한", "빛", ("정", 10), "밀"), "")) == ["한빛", "정밀"]
    assert texts(whole_words(pieces("苏", ("州", 10), "市", ("218", 5)), "")) == ["苏州市", "218"]


def test_latin_words_stay_as_they_are():
    read = pieces("Lot", "4711", "released")
    assert whole_words(read, "Lot 4711 released") == read


def test_a_word_has_the_box_and_the_mean_confidence_of_its_letters():
    read = [OcrWord("质", 0.9, (10, 10, 30, 30), 1), OcrWord("量部", 0.6, (32, 8, 70, 31), 1)]
    (word,) = whole_words(read, "质量部")
    assert word.rect == (10, 8, 70, 31)
    assert word.confidence == pytest.approx(0.7)


def test_a_stamp_across_a_line_does_not_hide_in_its_sure_letters():
    read = pieces("质", "量") + [
        OcrWord(letter, 0.2, (60 + 22 * at, 10, 80 + 22 * at, 30), 1) for at, letter in enumerate("口日田")
    ]
    assert [(w.text, w.confidence > 0.5) for w in whole_words(read, "质量口日田")] == [
        ("质量", True),
        ("口日田", False),
    ]


def test_a_piece_that_the_running_text_lacks_does_not_lose_the_rest():
    assert texts(whole_words(pieces("한", "X", "빛", ("정", 3), "밀"), "한빛 정밀")) == ["한", "X빛", "정밀"]


def test_lines_are_never_joined():
    read = pieces("质") + pieces("量", line=2)
    assert texts(whole_words(read, "质量")) == ["质", "量"]


@pytest.mark.parametrize(
    ("typed", "read"), [("จำกัด", "จ\u0e4d\u0e32กัด"), ("น้ำ", "น\u0e4d\u0e49\u0e32"), ("Lot", "Lot")]
)
def test_thai_is_spelt_as_people_type_it(typed, read):
    assert usual_spelling(read) == typed


@given(
    st.lists(st.sampled_from(["ก", "ิ", "่", "า", "ร", "ั", "ะ", "A", "7", "조", "质"]), min_size=1, max_size=12),
    st.data(),
)
def test_no_letter_is_lost_and_no_mark_stands_behind_a_blank(letters, data):
    read = [
        OcrWord(text, data.draw(st.sampled_from([0.2, 0.9])), (at * 30.0, 10, at * 30.0 + 20, 30), 1)
        for at, text in enumerate(letters)
    ]
    running = "".join(text + data.draw(st.sampled_from(["", " "])) for text in letters)
    words = whole_words(read, running)
    assert "".join(texts(words)) == "".join(letters)
    assert all(not unicodedata.category(word.text[0]).startswith("M") for word in words[1:])


@pytest.mark.parametrize("language", FONTS)
@pytest.mark.parametrize("size", [28, 40])
def test_a_page_is_read_with_its_blanks(language, size):
    path, index = FONTS[language]
    if language not in languages_available() or not Path(path).exists():
        pytest.skip(f"data or font for {language} is not installed")
    font = ImageFont.truetype(path, size, index=index)
    lines, most = LINES[language]
    page = Image.new("L", (int(max(map(font.getlength, lines))) + 160, size * 6 + 120), 255)
    for at, text in enumerate(lines):
        # Set in by a third of a letter: in Chinese, letters straight below each other are taken for upright writing.
        ImageDraw.Draw(page).text((60 + at * size // 3, 50 + at * 2 * size), text, font=font, fill=0)
    words = TesseractEngine().recognise(page, (language, "eng"), 200, 20)
    wanted = unicodedata.normalize("NFKC", " ".join(lines))
    said = unicodedata.normalize("NFKC", " ".join(texts(words)))
    assert SequenceMatcher(None, wanted, said, autojunk=False).ratio() > 1 - most
    # The engine's boxes of single letters are rough; those of whole words stand on their ink.
    for word in words:
        if len(word.text) > 2:
            assert page.crop(tuple(map(int, word.rect))).getextrema()[0] < 100
