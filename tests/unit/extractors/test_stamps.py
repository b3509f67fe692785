"""A stamp in colour over print: both are read, the stamp behind the text that it covers."""

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from extractors import image
from extractors.pdf import read
from extractors.scan_stamps import has_stamps, inked, taken_apart

LINES = [
    "Certificate of conformity",
    "Lot number 4711 was inspected by the quality department",
    "and released on 12 March 2025 after the second reading",
    "of all dimensions by the shift leader of hall seven.",
    "No deviation was found in this lot and none is open.",
]
RED, BLUE = (205, 30, 45), (40, 60, 190)


def scan(colour=RED, tilt=0.0, lines=LINES, ink=(15, 15, 15)):
    """A page at 150 dpi with a stamp of two words over its second to fourth line."""
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        draw.text((100, 100 + at * 60), line, fill=ink, font=ImageFont.load_default(30))
    stamp = Image.new("RGB", (420, 200), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((4, 4, 415, 195), outline=colour, width=8)
    for at, word in enumerate(("RELEASED", "QC HALL 7")):
        draw.text((40, 25 + 80 * at), word, fill=colour, font=ImageFont.load_default(52))
    stamp = stamp.rotate(tilt, expand=True, fillcolor="white")
    page.paste(ImageChops.multiply(page.crop((420, 160, 420 + stamp.width, 160 + stamp.height)), stamp), (420, 160))
    return page


@pytest.mark.parametrize(("colour", "tilt"), [(RED, 0), (BLUE, 0), (RED, 8)])
def test_print_under_a_stamp_is_read(tmp_path, policy, colour, tilt):
    scan(colour, tilt).save(tmp_path / "a.png", dpi=(150, 150))
    found = image.read(tmp_path / "a.png", "a.png", policy).blocks
    assert " ".join(block.text for block in found if block.kind != "note") == " ".join(LINES)


def test_the_stamp_of_a_scanned_page_is_a_note_with_its_place(tmp_path, policy):
    scan().save(tmp_path / "a.pdf", resolution=150)
    found = read(tmp_path / "a.pdf", "a.pdf", policy).blocks
    (note,) = [block for block in found if block.kind == "note"]
    assert note is found[-1]
    assert note.text == "RELEASED\nQC HALL 7"
    (box,) = note.locators[0].boxes
    assert (box.x0, box.y0) == (pytest.approx(424 / 1240, abs=0.02), pytest.approx(164 / 1754, abs=0.02))


def test_boxes_of_stamps_hold_on_a_page_turned_on_its_side():
    whole = taken_apart(scan())
    assert len(inked(whole.ink)) == 1
    (x0, y0, x1, y1) = inked(whole.ink.rotate(90, expand=True))[0]
    assert (x1 - x0, y1 - y0) == (pytest.approx(196, abs=8), pytest.approx(416, abs=8))


def test_print_in_colour_is_no_stamp():
    assert not has_stamps(scan(lines=[], ink=BLUE))
    page = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(page).text((100, 100), "\n".join(LINES), fill=BLUE, font=ImageFont.load_default(30))
    assert not has_stamps(page)
    assert not has_stamps(page.convert("L"))


def test_a_photo_is_no_page_of_stamps():
    photo = Image.effect_noise((600, 800), 90).convert("RGB")
    red, green, blue = photo.split()
    assert not has_stamps(Image.merge("RGB", (red, green.rotate(90).resize(red.size), blue.rotate(180))))


def test_a_page_printed_in_colour_throughout_has_no_stamps():
    assert not has_stamps(scan(colour=(70, 20, 110), ink=(80, 25, 120)))
