"""Pages and pictures of a PDF that are read by OCR."""

import pypdfium2
import pytest
from pdf_files import HEIGHT, PROSE, WIDTH, pdf, picture, text, texts
from reportlab.lib.utils import ImageReader

from extractors.ocr import FakeEngine, OcrWord
from extractors.pdf import read
from extractors.pdf_overlay import small_picture
from extractors.policy import ExtractionPolicy


def test_a_page_that_is_a_picture_goes_through_ocr_and_only_that_page(tmp_path, policy):
    scan = ImageReader(picture(["a scanned page"]).convert("RGB"))
    engine = FakeEngine([OcrWord("Lot", 0.9, (100, 100, 180, 140), 1), OcrWord("4711", 0.8, (200, 100, 300, 140), 1)])
    path = pdf(tmp_path / "a.pdf", text(*PROSE), lambda canvas: canvas.drawImage(scan, 0, 0, WIDTH, HEIGHT))
    document = read(path, "a.pdf", policy, engine)
    assert [part.ocr for part in document.parts] == [False, True]
    assert document.blocks[-1].text == "Lot 4711"
    assert document.blocks[-1].source == "ocr"
    assert document.blocks[-1].confidence == pytest.approx(0.85)
    assert len(engine.seen) == 1


def test_words_the_engine_is_not_sure_of_are_reported_and_not_told(tmp_path, policy):
    scan = ImageReader(picture(["x"]).convert("RGB"))
    engine = FakeEngine(
        [OcrWord("Lot", 0.9, (100, 100, 180, 140), 1), OcrWord("scr1bble", 0.2, (200, 100, 300, 140), 1)]
    )
    document = read(
        pdf(tmp_path / "a.pdf", lambda canvas: canvas.drawImage(scan, 0, 0, WIDTH, HEIGHT)), "a.pdf", policy, engine
    )
    assert "scr1bble" not in " ".join(texts(document))
    (unread,) = document.not_read
    assert unread.code == "handwriting_or_poor_picture"
    assert unread.locators[0].boxes


def test_a_scan_pasted_into_a_text_page_is_read_where_it_stands(tmp_path, policy):
    scan = ImageReader(picture(["Lot 4711 released", "by Tran Thi Hoa"], (900, 400)).convert("RGB"))

    def page(canvas):
        text(*PROSE)(canvas)
        canvas.drawImage(scan, 72, 300, 450, 200)

    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)
    block = next(block for block in document.blocks if "4711" in block.text)
    assert (block.source, document.parts[0].ocr) == ("ocr", False)
    box = block.locators[0].boxes[0]
    assert box.x0 == pytest.approx((72 + 50) / WIDTH, abs=0.02)
    assert box.y0 == pytest.approx((HEIGHT - 500 + 52) / HEIGHT, abs=0.02)


def test_a_picture_without_words_adds_nothing(tmp_path, policy):
    engine = FakeEngine([OcrWord("ae", 0.5, (10, 10, 60, 40), 1)])
    scan = ImageReader(picture([]).convert("RGB"))

    def page(canvas):
        text(*PROSE)(canvas)
        canvas.drawImage(scan, 72, 300, 450, 200)

    assert len(read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy, engine).blocks) == 1
    assert engine.seen


def test_a_blank_page_is_read_and_costs_no_ocr(tmp_path, policy):
    engine = FakeEngine()
    document = read(pdf(tmp_path / "a.pdf", lambda canvas: None), "a.pdf", policy, engine)
    assert document.parts[0].read
    assert not engine.seen


def test_scans_beyond_the_limit_are_said_to_be_unread(tmp_path):
    scan = ImageReader(picture(["x"]).convert("RGB"))
    draw = lambda canvas: canvas.drawImage(scan, 0, 0, WIDTH, HEIGHT)  # noqa: E731
    policy = ExtractionPolicy(ocr_pages=1)
    engine = FakeEngine([OcrWord("Lot", 0.9, (100, 100, 180, 140), 1)])
    document = read(pdf(tmp_path / "a.pdf", draw, draw), "a.pdf", policy, engine)
    assert [part.read for part in document.parts] == [True, False]
    assert [item.code for item in document.not_read] == ["limit_exceeded"]


@pytest.mark.parametrize("packed", ["JPXDecode", "JBIG2Decode"])
def test_a_scan_that_cannot_be_decoded_is_said_to_be_unread(tmp_path, policy, packed):
    content = b"595 0 0 842 0 0 cm /X Do"
    scan = b"no codestream" * 50
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width 1000/Height 1400/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/%s"
        b"/Length %d>>\nstream\n%s\nendstream" % (packed.encode(), len(scan), scan),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>")
    document = read(path, "a.pdf", policy, FakeEngine())
    assert [part.read for part in document.parts] == [False]
    (unread,) = document.not_read
    assert unread.code == "part_not_read"
    assert "Page 1" in unread.sentence
    assert unread.locators[0].page == 1


def test_a_blank_back_of_a_scanned_sheet_is_read(tmp_path, policy):
    blank = ImageReader(picture([]).convert("RGB"))
    path = pdf(tmp_path / "a.pdf", lambda canvas: canvas.drawImage(blank, 0, 0, WIDTH, HEIGHT))
    document = read(path, "a.pdf", policy, FakeEngine())
    assert [part.read for part in document.parts] == [True]
    assert not document.not_read


def test_a_scan_under_typed_words_beyond_the_limit_is_said_to_be_unread_and_the_words_stay(tmp_path):
    scan = ImageReader(picture([f"line {row} of a scanned report on lot 4711" for row in range(12)]).convert("RGB"))
    typed = "Received by the purchasing department in good order"

    def plain(canvas):
        canvas.drawImage(scan, 0, 0, WIDTH, HEIGHT)

    def written_on(canvas):
        plain(canvas)
        canvas.drawString(72, 60, typed)

    engine = FakeEngine([])
    path = pdf(tmp_path / "a.pdf", plain, written_on)
    document = read(path, "a.pdf", ExtractionPolicy(ocr_pages=1), engine)
    assert [item.code for item in document.not_read] == ["limit_exceeded"]
    assert [part.read for part in document.parts] == [True, False]
    assert texts(document) == [typed]


def test_the_small_picture_of_a_huge_page_stays_small():
    document = pypdfium2.PdfDocument.new()
    image, scale = small_picture(document.new_page(14_400, 14_400), 1_000_000)
    assert image.width * image.height <= 1_010_000
    assert scale * 14_400 == pytest.approx(1000)
