"""Every passage is found verbatim at its locators, looked up by another library than the one that read it."""

import csv
import string

import openpyxl
import pdfplumber
import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from evidence.passages import cut
from extractors.locators import PageLocator, SheetLocator, SlideLocator
from extractors.policy import ExtractionPolicy
from extractors.read import read_document

POLICY = ExtractionPolicy()
WORD = st.text(string.ascii_letters, min_size=2, max_size=9)
SENTENCE = st.lists(WORD, min_size=6, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
ROWS = st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=8)
few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain(text):
    return "".join(text.replace("|", "").split())


def passages(path):
    drafts = cut(read_document(path, path.name, POLICY))
    assert drafts
    return drafts


def within(chars, box, page):
    """The letters whose middle lies in the box."""
    left, right = box.x0 * page.width, box.x1 * page.width
    top, bottom = box.y0 * page.height, box.y1 * page.height
    middles = ((char["text"], (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2) for char in chars)
    return "".join(text for text, x, y in middles if left <= x <= right and top <= y <= bottom)


@few
@given(st.lists(SENTENCE, min_size=1, max_size=30))
def test_of_a_pdf_in_its_boxes(tmp_path, sentences):
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    words, line, y = " ".join(sentences).split(), "", 780
    for word in [*words, None]:
        if word is None or len(line) + len(word) > 70:
            canvas.setFont("Courier", 10)
            canvas.drawString(72, y, line.strip())
            line, y = "", y - 13
            if y < 60:
                canvas.showPage()
                y = 780
        line += f" {word}"
    canvas.save()
    with pdfplumber.open(path) as peer:
        for draft in passages(path):
            found = "".join(
                within(peer.pages[place.page - 1].chars, box, peer.pages[place.page - 1])
                for place in draft.locators
                if isinstance(place, PageLocator)
                for box in place.boxes
            )
            assert plain(draft.text) == plain(found)


@few
@given(ROWS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_of_a_sheet_in_its_cells(tmp_path, kind, rows):
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    for draft in passages(path):
        held = []
        for place in draft.locators:
            assert isinstance(place, SheetLocator)
            grid = openpyxl.utils.cell.range_boundaries(place.cells)
            held += [
                rows[row - 1][column - 1]
                for row in range(grid[1], grid[3] + 1)
                for column in range(grid[0], grid[2] + 1)
            ]
        assert plain(draft.text) == plain(" ".join(held))


@few
@given(st.lists(SENTENCE, min_size=1, max_size=4))
def test_of_a_slide_in_its_shapes(tmp_path, sentences):
    path = tmp_path / "a.pptx"
    deck = pptx.Presentation()
    for sentence in sentences:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.shapes.add_textbox(0, 0, 4_000_000, 900_000).text_frame.text = sentence
    deck.save(path)
    slides = pptx.Presentation(path).slides
    for draft in passages(path):
        held = []
        for place in draft.locators:
            assert isinstance(place, SlideLocator)
            shapes = {shape.name: shape for shape in slides[place.slide - 1].shapes}
            held.append(shapes[place.shape].text_frame.text)
        assert plain(draft.text) in plain(" ".join(held))
