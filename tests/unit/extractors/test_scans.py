import errno
import io

import pytest
from pdf_files import picture
from PIL import Image

from extractors import image, pictures
from extractors.detect import PNG
from extractors.errors import DamagedFile, LimitExceeded, ReaderUnavailable, UnsupportedType
from extractors.ocr import FakeEngine, OcrEngine, OcrWord, Orientation, TesseractEngine, languages_available
from extractors.policy import ExtractionPolicy
from extractors.scan import Scan, not_read, read_scan
from extractors.scan_rulings import rulings
from extractors.scan_skew import measure_skew

LINES = ["Certificate of conformity", "Lot number 4711 was inspected", "and released on 12 March 2025"]


def save(tmp_path, picture, name="scan.png", **options):
    path = tmp_path / name
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("engine", [TesseractEngine(), FakeEngine([OcrWord("Lot", 0.9, (10, 10, 60, 40), 1)])])
def test_every_engine_keeps_the_contract(engine: OcrEngine):
    page = picture(LINES)
    assert "eng" in engine.languages()
    for word in engine.recognise(page, ("eng",), 150, 20):
        assert word.text.strip()
        assert 0 <= word.confidence <= 1
        assert 0 <= word.rect[0] < word.rect[2] <= page.width
        assert 0 <= word.rect[1] < word.rect[3] <= page.height
    found = engine.orientation(page)
    assert found is None or found.degrees in (0, 90, 180, 270)


def test_english_can_always_be_read():
    assert "eng" in languages_available()


def test_a_scan_is_read_with_its_places(tmp_path, policy):
    document = image.read(save(tmp_path, picture(LINES), dpi=(150, 150)), "scan.png", policy)
    text = " ".join(block.text for block in document.blocks)
    assert "Lot number 4711 was inspected" in text
    assert document.blocks[0].locators[0].type == "image"
    assert document.blocks[0].locators[0].boxes[0].y0 == pytest.approx(105 / 900, abs=0.02)
    assert all(block.source == "ocr" and block.confidence > 0.5 for block in document.blocks)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_scanned_on_its_side_is_read_and_its_boxes_are_those_of_the_picture(tmp_path, policy, degrees):
    turned = picture(LINES * 4).rotate(degrees, expand=True, fillcolor=255)
    document = image.read(save(tmp_path, turned), "scan.png", policy)
    block = next(block for block in document.blocks if "4711" in block.text)
    box = block.locators[0].boxes[0]
    crop = turned.crop(
        (box.x0 * turned.width - 5, box.y0 * turned.height - 5, box.x1 * turned.width + 5, box.y1 * turned.height + 5)
    )
    assert crop.getextrema()[0] < 100


@pytest.mark.parametrize("degrees", [-4.0, -1.5, 2.0, 5.0])
def test_skew_is_measured(degrees):
    crooked = picture(LINES * 4).rotate(degrees, expand=True, fillcolor=255)
    assert measure_skew(crooked) == pytest.approx(-degrees, abs=0.25)


def test_a_straight_page_is_left_alone():
    assert measure_skew(picture(LINES * 4)) == 0


def test_a_table_on_a_crooked_scan_is_a_table(tmp_path, policy):
    rows = ["Lot | Limit | Found", "A17 | 0.50 | 0.31", "A18 | 0.50 | 0.29"]
    crooked = picture(rows, grid=3).rotate(1.5, expand=True, fillcolor=255)
    document = image.read(save(tmp_path, crooked, dpi=(150, 150)), "scan.png", policy)
    (block,) = [block for block in document.blocks if block.kind == "table"]
    assert (block.table.rows, block.table.columns) == (3, 3)
    assert block.text.splitlines()[0] == "Lot | Limit | Found"
    assert block.source == "ocr"
    assert block.confidence > 0.5


def test_rulings_are_found_and_letters_are_not():
    across, upright = rulings(picture(["a | b", "c | d"], grid=2))
    assert (len(across), len(upright)) == (3, 3)
    across, upright = rulings(picture(LINES))
    assert min(len(across), len(upright)) == 0


def test_an_orientation_that_is_not_sure_does_not_turn_the_page(policy):
    engine = FakeEngine([OcrWord("Lot", 0.9, (10, 10, 60, 40), 1)], Orientation(180, 0.4))
    assert read_scan(picture(LINES), engine, policy).turned == 0


def test_a_line_of_doubtful_words_is_left_out_whole(policy):
    engine = FakeEngine([OcrWord("maybe", 0.45, (10, 10, 60, 40), 1), OcrWord("this", 0.5, (70, 10, 120, 40), 1)])
    scan = read_scan(picture(LINES), engine, policy)
    assert not scan.lines
    assert len(scan.unread) == 2


def test_each_frame_of_a_fax_is_a_page(tmp_path, policy):
    frames = [picture([f"Fax page {number} of two"]) for number in (1, 2)]
    path = save(tmp_path, frames[0], "fax.tif", save_all=True, append_images=frames[1:])
    document = image.read(path, "fax.tif", policy)
    assert [part.number for part in document.parts] == [1, 2]
    assert [block.locators[0].page for block in document.blocks] == [1, 2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_every_kind_of_picture_is_opened(tmp_path, policy, kind):
    engine = FakeEngine([OcrWord("Lot", 0.9, (10, 10, 60, 40), 1)])
    document = image.read(save(tmp_path, picture(LINES), f"scan.{kind.lower()}", format=kind), "scan", policy, engine)
    assert document.blocks[0].text == "Lot"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "LA", "F"])
def test_every_colour_mode_is_brought_to_grey(tmp_path, policy, mode):
    engine = FakeEngine([OcrWord("Lot", 0.9, (10, 10, 60, 40), 1)])
    page = Image.new("I;16", (60, 60)) if mode == "I;16" else picture(LINES).convert(mode)
    document = image.read(save(tmp_path, page, "scan.tif"), "scan", policy, engine)
    assert document.parts[0].ocr


def test_a_picture_turned_by_its_camera_note_is_read_upright(tmp_path, policy):
    engine = FakeEngine([OcrWord("Lot", 0.9, (10, 10, 60, 40), 1)])
    exif = Image.Exif()
    exif[0x0112] = 6
    image.read(save(tmp_path, picture(LINES), "photo.jpg", exif=exif), "photo.jpg", policy, engine)
    assert engine.seen == [(900, 1240)]


def test_a_picture_inside_another_file_gives_its_words(policy):
    stream = io.BytesIO()
    picture(LINES).save(stream, "PNG")
    text, confidence = image.text_of_picture(stream.getvalue(), policy)
    assert "Lot number 4711 was inspected" in text.splitlines()
    assert confidence > 0.7
    assert image.text_of_picture(stream.getvalue(), policy, FakeEngine()) is None


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path):
    with pytest.raises(LimitExceeded):
        image.read(save(tmp_path, picture(LINES)), "scan.png", ExtractionPolicy(image_pixels=1000), FakeEngine())


def test_a_picture_cut_short_is_damaged(tmp_path, policy):
    path = save(tmp_path, picture(LINES))
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(DamagedFile):
        image.read(path, "scan.png", policy, FakeEngine())


def test_large_pictures_are_scaled_down_for_the_engine_and_boxes_come_back(tmp_path):
    engine = FakeEngine([OcrWord("Lot", 0.9, (0, 0, 62, 45), 1)])
    document = image.read(
        save(tmp_path, picture(LINES)), "scan.png", ExtractionPolicy(ocr_pixels=1240 * 900 // 4), engine
    )
    assert engine.seen == [(620, 450)]
    assert document.blocks[0].locators[0].boxes[0].x1 == pytest.approx(0.1, abs=0.01)


def test_a_picture_has_a_page_picture_and_a_text_file_has_none(tmp_path, policy):
    path = save(tmp_path, picture(LINES))
    png = pictures.picture(path, PNG, 1, 310, policy)
    assert png.startswith(b"\x89PNG")
    with pytest.raises(UnsupportedType):
        pictures.picture(path, "text/plain", 1, 310, policy)
    with pytest.raises(DamagedFile):
        pictures.picture(path, PNG, 2, 310, policy)


def test_a_full_disk_is_no_fault_of_the_picture(tmp_path, policy, monkeypatch):
    class Full(FakeEngine):
        def recognise(self, *_):
            raise OSError(errno.ENOSPC, "no space left")

    path = tmp_path / "a.png"
    picture(LINES).save(path)
    with pytest.raises(ReaderUnavailable):
        image.read(path, "a.png", policy, Full())


def test_a_reading_that_was_cut_off_says_so(policy):
    scan = Scan(cut=True)
    assert [item.code for item in not_read(scan, "page 1", lambda rects: ())] == ["limit_exceeded"]


@pytest.mark.parametrize("size", [(40, 60_000), (60_000, 40)])
def test_a_picture_longer_than_the_engine_counts_is_read_smaller(tmp_path, policy, size):
    """Tesseract ends the process on places beyond 32,767."""
    long = picture(["lot 4711"], (40, 60)).resize((40, 60))
    page = Image.new("L", size, 255)
    for at in range(0, max(size), 400):
        page.paste(long, (0, at) if size[1] > size[0] else (at, 0))
    document = image.read(save(tmp_path, page), "scan.png", policy)
    assert document.parts[0].ocr
