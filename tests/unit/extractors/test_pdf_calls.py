import ctypes
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from extractors import pdf_calls
from tests.unit.extractors.pdf_files import pdf, text


def address(pointer):
    return ctypes.cast(pointer, ctypes.c_void_p).value


def test_calls_bound_for_speed_say_what_the_bindings_say(tmp_path):
    path = pdf(tmp_path / "a.pdf", text("Lot 4711 was released.", "Lot 4712 was held.", font="Helvetica-Bold", size=12))
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[0]) as page:
        raw = pdfium.FPDFText_LoadPage(page.raw)
        handle = pdf_calls.handle(raw)
        assert pdf_calls.font_size(handle, 3) == pdfium.FPDFText_GetFontSize(raw, 3) == 12
        assert pdf_calls.has_no_meaning(handle, 3) == pdfium.FPDFText_HasUnicodeMapError(raw, 3)
        assert pdf_calls.count_rects(handle, 0, 60) == pdfium.FPDFText_CountRects(raw, 0, 60) > 0
        item, same = pdf_calls.text_object(handle, 3), pdfium.FPDFText_GetTextObject(raw, 3)
        assert item
        assert item.value == address(same)
        assert pdf_calls.font(item) == address(pdfium.FPDFTextObj_GetFont(same))
        assert pdf_calls.render_mode(item) == pdfium.FPDFTextObj_GetTextRenderMode(same)
        number = pdfium.FPDFPage_CountObjects(page.raw)
        found = [pdf_calls.page_object(pdf_calls.handle(page.raw), at) for at in range(number)]
        assert [each.value for each in found] == [
            address(pdfium.FPDFPage_GetObject(page.raw, at)) for at in range(number)
        ]
        assert {pdf_calls.object_type(each) for each in found} == {pdfium.FPDF_PAGEOBJ_TEXT}
        pdfium.FPDFText_ClosePage(raw)


def test_nothing_is_a_false_handle():
    assert not pdf_calls.handle(None)
