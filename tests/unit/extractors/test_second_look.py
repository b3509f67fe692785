"""The second reader of doubtful lines, and which languages a page is read with."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import matplotlib
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors import ocr_lines
from extractors.ocr import FakeEngine, OcrWord, TesseractEngine, languages_available
from extractors.ocr_languages import languages_of_page
from extractors.ocr_lines import ReadWord, line_reader
from extractors.ocr_second import second_look

PAGE = Image.new("L", (400, 100), 255)


class Says:
    """A line reader that says the same of every line and keeps the sizes it was shown."""

    def __init__(self, *words: ReadWord) -> None:
        self.words = list(words)
        self.seen: list[tuple[int, int]] = []

    def read(self, crops: Sequence[Image.Image]) -> list[list[ReadWord]]:
        self.seen += [crop.size for crop in crops]
        return [self.words for _ in crops]


def look(words, reader, languages=("eng",)):
    return [(w.text, round(w.confidence, 2)) for w in second_look(words, PAGE, languages, reader, 10)]


def word(text, confidence, left=10.0, line=1):
    return OcrWord(text, confidence, (left, 10, left + 12 * len(text), 30), line)


def test_a_doubtful_line_is_read_again_and_keeps_its_place():
    reader = Says(ReadWord("RM11.60", 0.97, 0.0, 0.6), ReadWord("SR", 0.99, 0.8, 1.0))
    words = second_look([word("RM1l.", 0.5), word("60", 0.7, 80), word("SR", 0.9, 110)], PAGE, ("eng",), reader, 10)
    assert [w.text for w in words] == ["RM11.60", "SR"]
    assert words[0].rect[0] == pytest.approx(10, abs=6)
    assert words[1].rect[2] == pytest.approx(134, abs=6)
    assert {w.line for w in words} == {1}


def test_a_sure_line_is_left_alone():
    reader = Says(ReadWord("other", 0.99, 0, 1))
    assert look([word("Lot", 0.96), word("4711", 0.95, 60)], reader) == [("Lot", 0.96), ("4711", 0.95)]
    assert reader.seen == []


def test_on_a_page_read_well_only_a_real_doubt_is_read_again():
    """Half the lines of a clean page have one word below the usual doubt, and are right."""
    page = [word("released", 0.98, line=n) for n in range(20)]
    unsure = Says(ReadWord("other", 0.99, 0, 1))
    assert look([*page, word("Lot", 0.85, line=30)], unsure)[-1] == ("Lot", 0.85)
    assert look([*page, word("Lot", 0.70, line=30)], unsure)[-1] == ("other", 0.99)


def test_columns_are_read_each_for_itself():
    reader = Says(ReadWord("x", 0.99, 0, 1))
    look([word("Qty", 0.5), word("17.70", 0.5, 300)], reader)
    assert len(reader.seen) == 2


def test_languages_that_the_second_reader_lacks_are_left_to_the_first():
    reader = Says(ReadWord("Kiem tra", 0.99, 0, 1))
    assert look([word("Kiểm", 0.5)], reader, ("vie", "eng")) == [("Kiểm", 0.5)]
    assert look([word("检", 0.99)], reader, ("chi_sim", "eng")) == [("Kiem tra", 0.99)]


def test_what_two_unsure_readers_see_differently_is_not_believed():
    scrawl = Says(ReadWord("jwlly", 0.7, 0, 1))
    assert look([word("EOF;", 0.3)], scrawl) == [("jwlly", 0.28)]
    print_alike = Says(ReadWord("LOT", 0.7, 0, 1))
    assert look([word("L0T", 0.3)], print_alike) == [("LOT", 0.7)]


def test_nothing_is_taken_from_a_reader_that_guesses():
    assert look([word("Lot", 0.8)], Says(ReadWord("Iat", 0.4, 0, 1))) == [("Lot", 0.8)]
    assert look([word("Lot", 0.8)], Says()) == [("Lot", 0.8)]


def typeface(size: int, name: str = "DejaVuSans") -> ImageFont.FreeTypeFont:
    """The fonts that matplotlib carries; they hold Vietnamese."""
    return ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"), size)


def line(text: str, spread: int = 0) -> Image.Image:
    """A printed line; ``spread`` pixels are put between its letters, as thermal printers do."""
    font = typeface(32, "DejaVuSansMono" if spread else "DejaVuSans")
    image = Image.new("L", (60 + (26 + spread) * len(text), 60), 255)
    draw = ImageDraw.Draw(image)
    if not spread:
        draw.text((20, 8), text, font=font, fill=0)
    for at, letter in enumerate(text if spread else ""):
        draw.text((20 + at * (20 + spread), 8), letter, font=font, fill=0)
    return image


@pytest.fixture(scope="module")
def real():
    reader = line_reader()
    if reader is None:
        pytest.skip("the weights of the second reader are not installed")
    return reader


def test_blanks_stand_where_the_ink_leaves_a_gap(real):
    tight, wide = real.read([line("Goods sold are not returnable"), line("TOTAL 45.90 SR", spread=6)])
    assert [w.text for w in tight] == ["Goods", "sold", "are", "not", "returnable"]
    assert [w.text for w in wide] == ["TOTAL", "45.90", "SR"]
    assert all(0 <= w.start < w.end <= 1 and 0.8 < w.confidence <= 1 for w in tight + wide)
    assert [w.start for w in tight] == sorted(w.start for w in tight)


def test_lines_of_every_shape_are_read_and_empty_ones_give_nothing(real):
    blank = Image.new("L", (500, 40), 255)
    huge = Image.new("L", (9000, 30), 255)
    tiny = Image.new("RGB", (1, 1), "white")
    found = real.read([blank, line("Lot 4711"), huge, tiny, line("Lot 4711").convert("RGB")])
    assert [[w.text for w in words] for words in found] == [[], ["Lot", "4711"], [], [], ["Lot", "4711"]]


def test_without_the_weights_there_is_no_second_reader(monkeypatch):
    monkeypatch.setattr(ocr_lines, "PACKAGE", "livingproof_no_such_package")
    assert ocr_lines.model_path() is None


@pytest.mark.parametrize("broken", [b"\x0f", b"\x08\x01", b""])
def test_a_model_without_its_characters_is_refused(broken):
    with pytest.raises(ValueError):
        ocr_lines._characters(broken)


VIETNAMESE = [
    "Phiếu kiểm tra chất lượng đầu vào",
    "Kết quả đo đường kính trục không đạt",
    "Người kiểm tra ký tên và ghi ngày tháng",
]


class Reads(FakeEngine):
    """An engine that reads each language as it is told."""

    def __init__(self, **texts: tuple[str, float]) -> None:
        super().__init__()
        self.texts = texts

    def languages(self) -> tuple[str, ...]:
        return tuple(self.texts)

    def recognise(self, image, languages, dpi, seconds):
        text, confidence = self.texts[languages[0]]
        return [OcrWord(w, confidence, (10, 10, 90, 30), 1) for w in text.split()]


def chosen(policy, **texts):
    engine = Reads(**texts)
    words = engine.recognise(PAGE, ("eng",), 300, 1)
    return languages_of_page(words, PAGE, ("eng",), engine, policy)


def test_a_language_is_chosen_by_letters_that_only_it_has(policy):
    english = "The auditor found no lot number"
    assert chosen(policy, eng=("Phieu kiém tra chét luong dau vao", 0.7), vie=(VIETNAMESE[0], 0.9)) == ("vie", "eng")
    assert chosen(policy, eng=(english, 0.95), vie=(english, 0.95)) == ("eng",)
    # Marks that the wrong data invents in English come with less confidence.
    assert chosen(policy, eng=(english, 0.95), vie=("Thẻ ảuditor fờund nọ lột", 0.6)) == ("eng",)
    assert chosen(policy, eng=("A B ll I", 0.3), tha=("ใบตรวจสอบคุณภาพ สินค้า ล็อต", 0.9)) == ("tha", "eng")


def test_malay_is_told_by_its_small_words(policy):
    text = "Hasil pemeriksaan dan tindakan yang diambil untuk lot dari pemasok"
    assert chosen(policy, eng=(text, 0.9), ind=(text, 0.9)) == ("ind", "eng")


@pytest.mark.skipif("vie" not in languages_available(), reason="Vietnamese data of Tesseract is not installed")
def test_a_vietnamese_scan_is_read_as_vietnamese(tmp_path, policy):
    from extractors import image

    path = tmp_path / "scan.png"
    page = Image.new("L", (1240, 900), 255)
    for at, words in enumerate(VIETNAMESE * 3):
        ImageDraw.Draw(page).text((100, 100 + at * 60), words, font=typeface(30), fill=0)
    page.save(path)
    text = "\n".join(block.text for block in image.read(path, "scan.png", policy).blocks)
    assert "kiểm tra" in text
    assert "đường kính" in text


def test_every_language_file_in_several_folders_is_found(tmp_path):
    source = next(iter(TesseractEngine().languages()))
    assert source
    (tmp_path / "xyz.traineddata").write_bytes(b"")
    assert "xyz" in languages_available((str(tmp_path),))
    shutil.rmtree(tmp_path)
    assert "xyz" not in languages_available((str(tmp_path),))


@pytest.mark.skipif("vie" not in languages_available(), reason="Vietnamese data of Tesseract is not installed")
def test_languages_whose_data_lie_in_several_folders_are_read_in_the_confined_child(tmp_path, policy):
    """A child that may make no links could read no scan where the data lay in two folders."""
    from extractors.sandbox import Reader

    page = Image.new("L", (1240, 500), 255)
    for at, words in enumerate(VIETNAMESE):
        ImageDraw.Draw(page).text((100, 100 + at * 60), words, font=typeface(30), fill=0)
    page.save(tmp_path / "scan.png")
    with Reader(policy) as reader:
        document = reader.read(tmp_path / "scan.png", "scan.png")
    assert "đường kính" in "\n".join(block.text for block in document.blocks)
