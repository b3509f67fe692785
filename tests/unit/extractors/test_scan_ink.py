"""Ink that is no print: what is written by hand is said not to be read, with its place."""

import math

import pytest
from pdf_files import picture
from PIL import Image, ImageDraw

from extractors import image
from extractors.scan_ink import is_handwritten, marks

LINES = ["Final inspection of shaft 21-B", "Result of the last reading is good", "Checked by"]


def scrawl(page: Image.Image, left: int, top: int, width: int = 260, height: int = 70) -> Image.Image:
    """A signature: one stroke of loops."""
    points = [
        (
            left + width * t / 200 + 14 * math.sin(t / 5),
            top + height / 2 + height / 2.2 * math.sin(t / 4.1) * math.cos(t / 17),
        )
        for t in range(200)
    ]
    ImageDraw.Draw(page).line(points, fill=30, width=4)
    return page


def test_a_signature_is_said_not_to_be_read_with_its_place(tmp_path, policy):
    page = scrawl(picture(LINES), 420, 330)
    path = tmp_path / "form.png"
    page.save(path)
    document = image.read(path, "form.png", policy)
    note = next(item for item in document.not_read if item.code == "handwritten_not_read")
    box = note.locators[0].boxes[0]
    assert 400 < box.x0 * page.width < 480
    assert 320 < box.y0 * page.height < 380
    assert "Checked by" in " ".join(block.text for block in document.blocks)


def test_a_printed_page_has_no_marks(tmp_path, policy):
    path = tmp_path / "form.png"
    picture(LINES).save(path)
    assert image.read(path, "form.png", policy).not_read == ()


@pytest.mark.parametrize("size", [(260, 70), (400, 60)])
def test_joined_strokes_are_handwriting_and_letters_are_not(size):
    page = scrawl(Image.new("L", (800, 400), 255), 50, 50, *size)
    assert is_handwritten(page, (30, 30, 90 + size[0], 70 + size[1]))
    print_ = picture(["Result of the last reading"])
    assert not is_handwritten(print_, (95, 95, 520, 140))
    assert not is_handwritten(print_, (900, 700, 1000, 720))


def test_frames_bars_photos_and_what_touches_the_edge_are_no_marks():
    page = Image.new("L", (850, 1100), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 100, 300, 180), fill=0)
    draw.rectangle((0, 400, 60, 460), outline=0, width=3)
    draw.point([(x * 7 % 850, x * 13 % 1100) for x in range(3000)], fill=0)
    assert marks(page, [], []) == []
