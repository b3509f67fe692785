"""QR codes: read where they stand, on scans, pictures and among text; nothing of what they say is acted on."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.codes import LONGEST, MOST_CODES, codes_on
from extractors.locators import ImageLocator, PageLocator
from extractors.policy import ExtractionPolicy
from extractors.read import read_document

ADDRESS = "https://register.sandbank.example/check?cert=SBR-Q-25-0417&company=Teal+Gear"
POLICY = ExtractionPolicy()


def code(text=ADDRESS, scale=4):
    return Image.fromarray(
        np.array(
            zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode), scale=scale)
        )
    )


def page(*codes, size=(1240, 1754), at=(820, 1300)):
    made = Image.new("L", size, "white")
    for number, one in enumerate(codes):
        made.paste(one, (at[0], at[1] - 320 * number))
    return made


def pdf(draw):
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    canvas.drawString(72, 760, "Certificate of registration SBR-Q-25-0417 of Teal Gear Co., Ltd")
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def read_bytes(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return read_document(path, name, POLICY)


def codes_of(document):
    return [block for block in document.blocks if block.kind == "code"]


def test_the_place_of_a_code_is_where_it_stands():
    ((text, rect),) = codes_on(page(code()))
    assert text == ADDRESS
    assert 820 <= rect[0] < rect[2] <= 820 + code().width
    assert 1300 <= rect[1] < rect[3] <= 1300 + code().height


@pytest.mark.parametrize("degrees", [0, 90, 7])
def test_codes_are_found_turned_and_on_large_pictures(degrees):
    turned = page(code(scale=9), size=(4000, 5200), at=(2600, 4000)).rotate(degrees, expand=True, fillcolor="white")
    assert [text for text, _ in codes_on(turned)] == [ADDRESS]


def test_a_picture_file_keeps_its_code_with_its_place(tmp_path):
    stream = io.BytesIO()
    page(code()).save(stream, "PNG")
    (block,) = codes_of(read_bytes(tmp_path, "certificate.png", stream.getvalue()))
    assert (block.text, block.source) == (ADDRESS, "ocr")
    (place,) = block.locators
    assert isinstance(place, ImageLocator)
    assert place.boxes[0].x0 == pytest.approx(836 / 1240, abs=0.02)


def pictured(canvas):
    canvas.drawImage(ImageReader(code().convert("RGB")), 430, 90, 90, 90)


def drawn(canvas):
    widget = Drawing(90, 90)
    widget.add(QrCodeWidget(ADDRESS, barWidth=90, barHeight=90))
    renderPDF.draw(widget, canvas, 430, 90)


@pytest.mark.parametrize("draw", [pictured, drawn])
def test_a_code_among_the_text_of_a_page_is_read(tmp_path, draw):
    document = read_bytes(tmp_path, "certificate.pdf", pdf(draw))
    (block,) = codes_of(document)
    assert block.text == ADDRESS
    (place,) = block.locators
    assert isinstance(place, PageLocator)
    (box,) = place.boxes
    assert 430 / A4[0] - 0.02 <= box.x0 < box.x1 <= 520 / A4[0] + 0.02
    assert 1 - 180 / A4[1] - 0.02 <= box.y0 < box.y1 <= 1 - 90 / A4[1] + 0.02
    assert not document.parts[0].ocr


def test_a_scanned_page_keeps_its_code(tmp_path):
    stream = io.BytesIO()
    page(code()).save(stream, "PDF", resolution=150)
    (block,) = codes_of(read_bytes(tmp_path, "scan.pdf", stream.getvalue()))
    assert block.text == ADDRESS


def test_signs_that_are_no_writing_are_left_out_and_long_codes_are_cut():
    ((text, _),) = codes_on(page(code("A\u202eB\r\n\r\nNo: 1")))
    assert text == "AB\nNo: 1"
    assert codes_on(page(code("A\x1b[31mB"))) == []
    ((text, _),) = codes_on(page(code("x" * 1_800, scale=3), at=(100, 900)))
    assert text == "x" * LONGEST


def test_a_page_of_codes_keeps_so_many():
    small = code("short", scale=2)
    sheet = Image.new("L", (1240, 1754), "white")
    for row in range(6):
        for column in range(5):
            sheet.paste(code(f"part {row} {column}", scale=3), (40 + 220 * column, 40 + 260 * row))
    assert small.width < 220
    assert len(codes_on(sheet)) == MOST_CODES


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (2480, 3508)])
def test_noise_and_odd_sizes_hold_no_codes(size):
    noise = np.random.default_rng(7).integers(0, 255, (size[1], size[0]), dtype=np.uint8)
    assert codes_on(Image.fromarray(noise)) == []
