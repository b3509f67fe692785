"""Every passage is found verbatim at its locators, looked up by another library than the one that read it."""

import csv
import string
import zipfile

import openpyxl
import pdfplumber
import pptx
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from evidence.passages import cut
from extractors.locators import ImageLocator, PageLocator, SheetLocator, SlideLocator
from extractors.policy import ExtractionPolicy
from extractors.read import read_document

POLICY = ExtractionPolicy()
WORD = st.text(string.ascii_letters, min_size=2, max_size=9)
SENTENCE = st.lists(WORD, min_size=6, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
ROWS = st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=8)
# An engine reads these without fault, so that only their places are tested.
PRINTED = (
    "The furnace was checked in March", "Each lot carries its own number", "Two castings were sent back",
    "The gauge is due in September", "Nobody signed the second sheet", "Samples are kept for three years",
)  # fmt: skip
few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain(text):
    return "".join(text.replace("|", "").split())


def passages(path):
    drafts = cut(read_document(path, path.name, POLICY))
    assert drafts
    return drafts


def open_sheet(path, rows):
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    body = "".join(
        "<table:table-row>{}</table:table-row>".format(
            "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in row)
        )
        for row in rows
    )
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='Sheet'>{body}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )


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
@given(st.lists(SENTENCE, min_size=1, max_size=12), st.sampled_from([90, 180, 270]), st.integers(0, 40))
def test_of_a_turned_and_cropped_page_in_its_boxes(tmp_path, sentences, turn, margin):
    path = tmp_path / "a.pdf"
    across, up = A4
    # The drawing library lays a page down by itself where it is to be turned by a quarter.
    width, height = (up, across) if turn in (90, 270) else (across, up)
    canvas = Canvas(str(path), pagesize=A4, cropBox=(margin, margin, width - margin, height - margin))
    canvas.setPageRotation(turn)
    # Set so that it reads upright once the page is turned clockwise.
    canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
    canvas.rotate(turn)
    canvas.setFont("Helvetica", 9)
    places = []
    for at, sentence in enumerate(sentences):
        x, y = 60 + 5 * (at % 3), up - 80 - 30 * at
        canvas.drawString(x, y, sentence)
        middle = x + stringWidth(sentence, "Helvetica", 9) / 2
        places.append((sentence, (middle - margin) / (across - 2 * margin), (up - margin - y - 3) / (up - 2 * margin)))
    canvas.save()
    for draft in passages(path):
        boxes = [box for place in draft.locators if isinstance(place, PageLocator) for box in place.boxes]
        held = [text for box in boxes for text, x, y in places if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1]
        assert plain(draft.text) == plain(" ".join(held))


@settings(few, max_examples=3)
@given(st.lists(st.sampled_from(PRINTED), min_size=2, max_size=6, unique=True))
def test_of_a_picture_in_its_boxes(tmp_path, sentences):
    path = tmp_path / "a.png"
    image = Image.new("L", (1240, 200 + 110 * len(sentences)), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(34)
    places = []
    for at, sentence in enumerate(sentences):
        pen.text((100, 100 + at * 110), sentence, fill=0, font=font)
        x0, y0, x1, y1 = pen.textbbox((100, 100 + at * 110), sentence, font=font)
        places.append((sentence, (x0 + x1) / 2 / image.width, (y0 + y1) / 2 / image.height))
    image.save(path)
    drafts = passages(path)
    for draft in drafts:
        boxes = [box for place in draft.locators if isinstance(place, ImageLocator) for box in place.boxes]
        held = [text for box in boxes for text, x, y in places if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1]
        assert plain(draft.text) == plain(" ".join(held))
    assert sum(len(plain(draft.text)) for draft in drafts) == sum(len(plain(text)) for text, _, _ in places)


@few
@given(ROWS)
@pytest.mark.parametrize("kind", ["xlsx", "csv", "xls", "ods"])
def test_of_a_sheet_in_its_cells(tmp_path, kind, rows):
    path = tmp_path / f"a.{kind}"
    if kind == "xls":
        old = xlwt.Workbook()
        sheet = old.add_sheet("Sheet")
        for number, row in enumerate(rows):
            for column, word in enumerate(row):
                sheet.write(number, column, word)
        old.save(str(path))
    elif kind == "ods":
        open_sheet(path, rows)
    elif kind == "xlsx":
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
