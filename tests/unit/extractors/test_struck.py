"""Words that are struck through are read as if they stood, which is said, in every kind of file that tells it."""

import pytest
import xlwt
from office_files import S, W, text, word, workbook
from pdf_files import texts
from test_office_drawings import slide
from test_open_document import opened, p, style
from test_pdf_appearances import note, page

from extractors import markdown, pdf, rich_text, slides, spreadsheet, web, workbook_xls
from extractors import word as word_files
from extractors.draft import MOST_STRUCK, STRUCK, STRUCK_CODE

STYLES = f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'


def said(document):
    return [item.locators for item in document.not_read if (item.code, item.sentence) == (STRUCK_CODE, STRUCK)]


@pytest.mark.parametrize(
    ("look", "struck"),
    [
        ("<w:strike/>", True),
        ("<w:dstrike/>", True),
        ('<w:rStyle w:val="Old"/>', True),
        ('<w:strike w:val="0"/>', False),
        ('<w:rStyle w:val="Old"/><w:strike w:val="0"/>', False),
        ("<w:strike/><w:vanish/>", False),
        ("", False),
    ],
)
def test_in_word(tmp_path, policy, look, struck):
    run = f"<w:r><w:rPr>{look}</w:rPr><w:t>closed</w:t></w:r>"
    cells = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>17</w:t></w:r></w:p></w:tc><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:p><w:r><w:t>Lot 17 </w:t></w:r>{run}</w:p>{cells}"
    path = word(tmp_path / "a.docx", body, {"word/styles.xml": STYLES}, r1=("styles", "styles.xml"))
    document = word_files.read(path, "a.docx", policy)
    told = [block.locators for block in document.blocks if not block.hidden]
    assert said(document) == (told if struck else [])


def test_in_word_so_many_places_are_told(tmp_path, policy):
    body = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>old</w:t></w:r></w:p>" * 200
    assert len(said(word_files.read(word(tmp_path / "a.docx", body), "a.docx", policy))) == MOST_STRUCK


def test_in_workbooks(tmp_path, policy):
    fonts = '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    styles = f'{fonts}<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
    rows = "".join(f'<row r="{at}">{text(f"A{at}", "closed", at - 1)}</row>' for at in (1, 2, 3))
    document = spreadsheet.read(workbook(tmp_path / "a.xlsx", rows, styles=styles), "a.xlsx", policy)
    assert [place.cells for (place,) in said(document)] == ["A2"]


@pytest.mark.parametrize(("look", "struck"), [("<strike/>", True), ('<strike val="0"/>', False), ("<b/>", False)])
def test_in_parts_of_cells(tmp_path, policy, look, struck):
    strings = f'<sst xmlns="{S}"><si><r><t>open </t></r><r><rPr>{look}</rPr><t>closed</t></r></si></sst>'
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = workbook(tmp_path / "a.xlsx", row, more={"xl/sharedStrings.xml": strings})
    assert bool(said(spreadsheet.read(path, "a.xlsx", policy))) is struck


def test_in_old_workbooks(tmp_path, policy):
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, "open")
    sheet.write(1, 0, "closed", xlwt.easyxf("font: struck_out on"))
    path = tmp_path / "a.xls"
    book.save(str(path))
    assert [place.cells for (place,) in said(workbook_xls.read(path, "a.xls", policy))] == ["A2"]


@pytest.mark.parametrize(("look", "struck"), [("sngStrike", True), ("dblStrike", True), ("noStrike", False)])
def test_in_slides(tmp_path, policy, look, struck):
    run = f'<a:r><a:rPr strike="{look}"/><a:t>closed</a:t></a:r>'
    shape = f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Box 1"/></p:nvSpPr><p:txBody><a:p>{run}</a:p></p:txBody></p:sp>'
    document = slides.read(slide(tmp_path / "a.pptx", shape), "a.pptx", policy)
    assert [place.shape for (place,) in said(document)] == ["Box 1", "Box 1"] * struck  # both slides are one part


@pytest.mark.parametrize(("line", "struck"), [("solid", True), ("none", False)])
@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_in_open_document(tmp_path, policy, line, struck, kind):
    look = style("parent", "text", f'<style:text-properties style:text-line-through-style="{line}"/>')
    words = p('Lot <text:span text:style-name="old">17</text:span>')
    body = (
        words
        if kind == "text"
        else f"<table:table><table:table-row><table:table-cell>{words}</table:table-cell></table:table-row></table:table>"
    )
    _, document = opened(tmp_path, policy, kind, body, styles=look + style("old", "text", "", "parent"))
    assert bool(said(document)) is struck


@pytest.mark.parametrize(
    ("words", "struck"),
    [
        (r"\strike closed\strike0", True),
        (r"\striked1 closed", True),
        (r"\strike0 closed", False),
        (r"{\strike }closed", False),
    ],
)
def test_in_rich_text(tmp_path, policy, words, struck):
    path = tmp_path / "a.rtf"
    path.write_text(rf"{{\rtf1 Lot 17 {words}\par}}")
    assert bool(said(rich_text.read(path, "a.rtf", policy))) is struck


@pytest.mark.parametrize(
    ("words", "struck"),
    [
        ("<s>closed</s>", True),
        ("<del><b>closed</b></del>", True),
        ("<span style='text-decoration: line-through'>closed</span>", True),
        ("<s></s><u>closed</u>", False),
    ],
)
def test_in_web_pages(tmp_path, policy, words, struck):
    path = tmp_path / "a.html"
    path.write_text(f"<p>Lot 17 {words}</p>")
    assert bool(said(web.read(path, "a.html", policy))) is struck


def test_in_markdown(tmp_path, policy):
    path = tmp_path / "a.md"
    path.write_text("Lot 17 ~~closed~~ open\n")
    assert len(said(markdown.read(path, "a.md", policy))) == 1


@pytest.mark.parametrize(("flags", "struck"), [(b"4", True), (b"2", False)])
def test_by_marks_of_a_pdf(tmp_path, policy, flags, struck):
    path = page(tmp_path / "a.pdf", note(b"StrikeOut", b"110 518 140 532", rest=b"/F " + flags))
    document = pdf.read(path, "a.pdf", policy)
    assert texts(document, "paragraph") == ["Body"]
    assert [place.page for (place,) in said(document)] == [1] * struck
