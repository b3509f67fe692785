"""What stands on lines, on solid panels and along the edge of a scanned page is read."""

import pytest
from pdf_files import VERA, picture
from PIL import Image, ImageDraw, ImageFont

from extractors import image
from extractors.ocr import FakeEngine, OcrWord, TesseractEngine
from extractors.scan import read_scan
from extractors.scan_panels import leaves_joined, panels
from extractors.scan_rulings import rulings, without_lines
from extractors.scan_sideways import sideways_read


def font(size):
    return ImageFont.truetype(str(VERA), size)


def read(tmp_path, page, policy):
    path = tmp_path / "page.png"
    page.save(path, dpi=(200, 200))
    return image.read(path, path.name, policy)


def test_the_line_under_a_written_day_goes_and_the_day_stays():
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    draw.text((300, 500), "Valid to  9 July 2027", fill=0, font=font(40))
    draw.line((500, 549, 1100, 549), fill=0, width=4)
    across, _ = rulings(page)
    assert len(across) == 1
    clean = without_lines(page, across)
    assert clean.crop((900, 540, 1100, 560)).getextrema()[0] > 200
    assert clean.crop((300, 500, 800, 540)).tobytes() == page.crop((300, 500, 800, 540)).tobytes()


@pytest.mark.parametrize("written", [False, True])
def test_lines_that_merely_part_things_and_pieces_of_dashed_ones_stay(written):
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    if written:
        draw.text((300, 500), "Total 15.00", fill=0, font=font(40))
        for start in range(250, 1300, 160):
            draw.line((start, 549, start + 150, 549), fill=0, width=4)
    else:
        draw.line((250, 549, 1300, 549), fill=0, width=4)
    across, _ = rulings(page)
    assert across
    assert without_lines(page, across).tobytes() == page.tobytes()


def test_a_leaf_of_a_calendar_is_one_day(tmp_path, policy):
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    for at, line in enumerate(("Certificate of approval", "This is to certify that", "Northgate Fixings Ltd")):
        draw.text((300, 300 + 120 * at), line, fill=0, font=font(50))
    draw.text((300, 1700), "Phone 5550 1234", fill=0, font=font(36))
    for top, high, text, size in ((1400, 200, "07", 120), (1620, 70, "MARCH", 40), (1710, 100, "2028", 60)):
        draw.rectangle((1200, top, 1430, top + high), fill=90)
        width = draw.textlength(text, font=font(size))
        draw.text((1315 - width / 2, top + high / 2), text, fill=255, font=font(size), anchor="lm")
    document = read(tmp_path, page, policy)
    assert "07 MARCH 2028" in "\n".join(block.text for block in document.blocks)


def test_pictures_and_thick_letters_are_no_panels():
    page = picture(["Some words of a page"] * 8)
    draw = ImageDraw.Draw(page)
    draw.ellipse((900, 600, 1000, 760), outline=60, width=40)  # a thick O
    assert panels(page, []) == []
    draw.rectangle((500, 650, 640, 720), fill=80)  # a bar without letters
    assert panels(page, []) == []
    draw.text((530, 665), "12", fill=255, font=font(40))
    assert len(panels(page, [])) == 1
    assert panels(page, [(530.0, 665.0, 580.0, 700.0)]) == []


def test_figures_below_each_other_in_a_table_are_no_leaf():
    words = [
        OcrWord("12", 0.9, (100, 100, 140, 130), 1),
        OcrWord("May", 0.9, (100, 140, 150, 170), 2),
        OcrWord("2026", 0.9, (100, 180, 160, 210), 3),
    ]
    assert leaves_joined(words, []) == words


@pytest.mark.parametrize("shade", [0, 60, 110, 150])
@pytest.mark.parametrize("size", [18, 60])
def test_panels_of_every_shade_are_found_with_thin_and_thick_letters(shade, size):
    page = Image.new("L", (1654, 600), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((300, 100, 340 + 5 * size, 140 + size), fill=shade)
    draw.text((320, 118), "PASS 17", fill=255, font=font(size))
    assert len(panels(page, [])) == 1


def test_a_photo_is_no_panel():
    page = Image.new("L", (1654, 600), 255)
    page.paste(Image.linear_gradient("L").resize((500, 300)).point(lambda shade: shade // 2), (300, 100))
    ImageDraw.Draw(page).text((420, 200), "PASS 17", fill=255, font=font(60))
    assert panels(page, []) == []


def test_what_a_panel_says_stands_once():
    doubted = OcrWord("O7", 0.5, (105, 104, 138, 128), 1)
    beside = OcrWord("Lot", 0.5, (10, 104, 60, 128), 1)
    read_again = OcrWord("07", 0.95, (100, 100, 140, 130), 2)
    assert leaves_joined([doubted, beside], [read_again]) == [beside, read_again]


def test_a_line_along_the_edge_is_read_turned():
    page = Image.new("L", (1654, 2339), 255)
    side = Image.new("L", (900, 80), 255)
    ImageDraw.Draw(side).text((10, 10), "Quality Certification", fill=0, font=font(50))
    page.paste(side.rotate(90, expand=True), (100, 700))
    letters = [OcrWord("NOITACIFITREC"[at], 0.9, (110, 1000 + 46 * at, 170, 1040 + 46 * at), at) for at in range(13)]
    engine = TesseractEngine()
    found = sideways_read(page, letters, lambda crop: engine.recognise(crop, ("eng",), 200, 20))
    assert [word.text for word in found] == ["Quality", "Certification"]
    left, top, right, bottom = found[1].rect
    assert page.crop((int(left), int(top), int(right), int(bottom))).getextrema()[0] == 0
    assert found[0].rect[1] > bottom - 5  # it runs upwards


def test_marks_below_each_other_in_a_column_stay_as_they_were_read():
    marks = [OcrWord(str(at + 1), 0.9, (100, 100 + 50 * at, 120, 130 + 50 * at), at) for at in range(6)]
    page = Image.new("L", (600, 600), 255)
    for turned in ("v", "0000000", "XKXKXKXK"):
        assert sideways_read(page, marks, lambda crop, said=turned: [OcrWord(said, 0.9, (1, 1, 9, 9), 1)]) == marks


def test_a_page_that_used_up_its_time_is_not_read_in_pieces_too(policy):
    class Counting(FakeEngine):
        asked = 0

        def recognise(self, *given):
            self.asked += 1
            return super().recognise(*given)

    letters = [OcrWord("a", 0.9, (20, 100 + 46 * at, 60, 140 + 46 * at), at) for at in range(13)]
    engine = Counting(letters)
    scan = read_scan(Image.new("L", (1000, 1000), 255), engine, policy.model_copy(update={"ocr_page_seconds": 1e-9}))
    assert (engine.asked, scan.cut) == (1, True)


def test_figures_below_each_other_within_a_page_are_not_read_again():
    columns = [
        OcrWord("12", 0.9, (300 + 80 * column, 100 + 50 * row, 320 + 80 * column, 130 + 50 * row), row)
        for column in range(12)
        for row in range(10)
    ]
    asked = []
    assert sideways_read(Image.new("L", (1654, 900), 255), columns, lambda crop: asked.append(crop) or []) == columns
    assert asked == []
