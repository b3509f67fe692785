"""Forms that a PDF does not hold as pages."""

from pdf_files import objects, stream

from extractors import pdf


def form(path, more):
    return objects(
        path,
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA[(datasets) 5 0 R]>>" + more + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 6 0 R>>>>/Contents 4 0 R>>",
        stream(b"BT /F 12 Tf 72 700 Td (Please wait.) Tj ET"),
        stream(b'<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data/></xfa:datasets>'),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def test_a_form_that_acrobat_alone_shows_is_said_to_be_unread(tmp_path, policy):
    document = pdf.read(form(tmp_path / "form.pdf", b"/NeedsRendering true"), "form.pdf", policy)
    assert [item.code for item in document.not_read] == ["part_not_read"]
    assert "XFA" in document.not_read[0].sentence
    assert [block.text for block in document.blocks] == ["Please wait."]
