"""Forms that a PDF does not hold as pages."""

from pdf_files import objects, stream

from extractors import pdf
from extractors.pdf_extras import VALUE_CHARACTERS
from extractors.pdf_xfa import MOST_FIELDS


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


TEMPLATE = (
    b'<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform><draw><value><text>Supplier audit</text></value></draw>'
    b'<draw><value><exData><body xmlns="http://www.w3.org/1999/xhtml"><p>Re<b>v.</b></p><p>3</p></body></exData></value></draw>'
    b'<field name="lot"><caption><value><text>Lot number</text></value></caption></field></subform></template>'
)
DATA = (
    b'<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1><lot>4711</lot><empty/><remark>new tool</remark></form1></xfa:data>'
    b"</xfa:datasets>"
)


def xfa(path, *packets):
    named = b" ".join(b"(%d) %d 0 R" % (at, 7 + at) for at in range(len(packets)))
    return objects(
        path,
        b"<</Type/Catalog/Pages 2 0 R/NeedsRendering true/AcroForm<</Fields[]/XFA[" + named + b"]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 6 0 R>>>>/Contents 4 0 R>>",
        stream(b"BT /F 12 Tf 72 700 Td (Please wait.) Tj ET"),
        b"null",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *map(stream, packets),
    )


def test_what_is_printed_and_filled_in_is_read_from_the_parts_of_the_form(tmp_path, policy):
    parts = (b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">', TEMPLATE, DATA, b"</xdp:xdp>")
    document = pdf.read(xfa(tmp_path / "form.pdf", *parts), "form.pdf", policy)
    assert [(block.kind, block.text) for block in document.blocks[1:]] == [
        ("paragraph", "Supplier audit\nRev. 3"),
        ("form", "Lot number | 4711\nremark | new tool"),
    ]
    assert "without their places" in document.not_read[0].sentence


def test_a_form_with_entities_is_left_alone(tmp_path, policy):
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' + DATA
    document = pdf.read(xfa(tmp_path / "form.pdf", bomb), "form.pdf", policy)
    assert [block.text for block in document.blocks] == ["Please wait."]


def test_the_settings_of_a_form_are_not_taken_for_what_was_filled_in(tmp_path, policy):
    settings = b"<config><present><common><data><xsl><uri/></xsl><startNode>first</startNode></data></common></present></config>"
    document = pdf.read(xfa(tmp_path / "form.pdf", settings, TEMPLATE, DATA), "form.pdf", policy)
    assert document.blocks[-1].text == "Lot number | 4711\nremark | new tool"


def test_a_form_with_too_many_fields_says_that_some_were_left_out(tmp_path, policy):
    data = DATA.replace(b"<empty/>", b"<n>1</n>" * MOST_FIELDS)
    document = pdf.read(xfa(tmp_path / "form.pdf", TEMPLATE, data), "form.pdf", policy)
    assert [item.code for item in document.not_read] == ["part_not_read", "limit_exceeded"]
    assert document.blocks[-1].table.rows == MOST_FIELDS


def test_long_values_and_large_or_damaged_parts_are_named(tmp_path, policy, monkeypatch):
    long = DATA.replace(b"new tool", b"new tool " * 4_000)
    document = pdf.read(xfa(tmp_path / "form.pdf", TEMPLATE, long), "form.pdf", policy)
    assert [(item.code, bool(item.locators)) for item in document.not_read[1:]] == [("limit_exceeded", True)]
    damaged = pdf.read(xfa(tmp_path / "form.pdf", TEMPLATE, DATA[:90]), "form.pdf", policy)
    assert [item.code for item in damaged.not_read[1:]] == ["damaged_part"]
    monkeypatch.setattr("extractors.pdf_xfa.PART_BYTES", 100)
    large = pdf.read(xfa(tmp_path / "form.pdf", TEMPLATE, DATA), "form.pdf", policy)
    assert [(item.code, "larger" in item.sentence) for item in large.not_read[1:]] == [("limit_exceeded", True)]


def test_a_text_longer_than_is_read_of_one_note_or_field_is_cut_and_named(tmp_path, policy):
    words = b"w" * (VALUE_CHARACTERS + 5_000)
    path = objects(
        tmp_path / "a.pdf",
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots[6 0 R 7 0 R]>>",
        stream(b"BT /F 12 Tf 72 700 Td (Lot) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(" + words + b")/Rect[10 10 200 40]>>",
        b"<</Type/Annot/Subtype/Text/Rect[10 50 30 70]/Contents(" + words + b")>>",
    )
    document = pdf.read(path, "a.pdf", policy)
    assert [block.text.count("w") for block in document.blocks] == [0, VALUE_CHARACTERS, VALUE_CHARACTERS]
    ((code, places),) = [(item.code, len(item.locators)) for item in document.not_read]
    assert (code, places) == ("limit_exceeded", 2)
