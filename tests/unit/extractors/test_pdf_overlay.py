"""Words typed over a scan: the scan is read too, and no page that its own text tells."""

import numpy as np
import pytest
from pdf_files import HEIGHT, PROSE, WIDTH, pdf, picture, text, texts
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractors.ocr import FakeEngine, OcrWord
from extractors.pdf import read

SCANNED = [
    "Melt 4711 was poured on 3 March and cooled",
    "for six hours in the pit before it was shaken",
    "out of the sand. Eleven castings of forty were",
    "found cold shut and went back to the furnace.",
    "The foreman stopped the line until the ladle",
    "had been dried, and the next melt was good.",
    "Hardness was measured on five of the rest.",
    "All of them lay between 190 and 215 HB.",
]
ADDED = ("Reviewed by the quality manager: no defect was found in any casting of this melt.",)


def _engine():
    return FakeEngine(
        [OcrWord("Eleven", 0.9, (400, 500, 520, 540), 1), OcrWord("castings", 0.9, (540, 500, 700, 540), 1)]
    )


def _scan(canvas, image=None):
    shown = image or picture(SCANNED, (1240, 1754))
    canvas.drawImage(ImageReader(shown.convert("RGB")), 0, 0, WIDTH, HEIGHT)


def test_a_scan_with_words_typed_over_it_is_read_and_so_are_the_words(tmp_path, policy):
    def page(canvas):
        _scan(canvas)
        text(*ADDED, y=300)(canvas)

    engine = _engine()
    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine)
    assert len(engine.seen) == 1
    assert document.parts[0].ocr
    assert any("Eleven castings" in block.text and block.source == "ocr" for block in document.blocks)
    assert any(ADDED[0] in found for found in texts(document))


def test_a_scan_that_was_made_searchable_is_not_read_again_for_a_line_added_to_it(tmp_path, policy):
    def page(canvas):
        _scan(canvas)
        canvas.saveState()
        told = canvas.beginText()
        told.setTextRenderMode(3)
        told.setFont("Helvetica", 13)
        for at, line in enumerate(SCANNED):
            told.setTextOrigin(100 / 1240 * WIDTH, HEIGHT - (130 + at * 60) / 1754 * HEIGHT)
            told.textOut(line)
        canvas.drawText(told)
        canvas.restoreState()
        text(*ADDED, y=300)(canvas)

    engine = _engine()
    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine)
    assert engine.seen == []
    assert not any(block.hidden for block in document.blocks)
    assert any("found cold shut" in block.text and block.source == "ocr" for block in document.blocks)
    assert [block.text for block in document.blocks if block.source == "text"] == [*ADDED]


def test_text_on_a_coloured_ground_or_a_photo_is_read_as_it_is(tmp_path, policy):
    shades = np.add.outer(np.linspace(90, 230, 400), np.sin(np.linspace(0, 20, 300)) * 20)
    photo = Image.fromarray(shades.astype("uint8"))

    def page(canvas):
        _scan(canvas, photo)
        text(*PROSE)(canvas)

    engine = _engine()
    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine)
    assert engine.seen == []
    assert not document.parts[0].ocr


def test_a_letterhead_behind_a_page_of_text_is_read_as_it_is(tmp_path, policy):
    paper = picture(["Red River Castings"], (1240, 1754))

    def page(canvas):
        _scan(canvas, paper)
        text(*PROSE, *PROSE, y=600)(canvas)

    engine = _engine()
    read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine)
    assert engine.seen == []


@pytest.mark.parametrize("turned", [0.0, 1.5, -2.5])
def test_a_scan_that_is_one_ruled_form_is_read_below_words_typed_over_it(tmp_path, policy, turned):
    """The rulings join all cells into one drawing: the page looked as if it showed no line of print."""
    rows = ["Test | Limit | 1 | 2", "Hardness | min 90 | 93 | 91", "Bend | min 4 | 4.8 | 5.1"]
    form = picture([*rows, *rows], (1240, 1754), grid=4)
    form = form.rotate(turned, fillcolor=255)

    def page(canvas):
        _scan(canvas, form)
        text("Tensile strength 262 N/mm2  hardness 207 HB", y=300)(canvas)

    engine = _engine()
    read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine)
    assert len(engine.seen) == 1


@pytest.mark.parametrize("lines", [3, 4])
def test_a_scan_of_a_few_long_lines_is_read_below_words_typed_over_it(tmp_path, policy, lines):
    def page(canvas):
        _scan(canvas, picture(SCANNED[:lines], (1240, 1754)))
        text("Result corrected: all castings accepted", y=300)(canvas)

    engine = _engine()
    read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine)
    assert len(engine.seen) == 1
