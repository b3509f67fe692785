"""Word, slides, web pages, Markdown, text, delimited files, OpenDocument."""

import pytest
from office_files import A, P, R, W, package, paragraph, relations, word

from extractors import delimited, markdown, opendocument, plain, slides, web
from extractors import word as word_reader
from extractors.errors import EmptyFile


def kinds(document):
    return [(block.kind, block.text) for block in document.blocks]


def read_word(tmp_path, policy, body, more=None, **links):
    return word_reader.read(word(tmp_path / "w.docx", body, more, **links), "w.docx", policy)


def test_word_headings_come_from_outline_levels_and_lists_show_their_numbers(tmp_path, policy):
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    body = (
        paragraph("Scope", '<w:outlineLvl w:val="1"/>')
        + paragraph("one", item.format(0))
        + paragraph("sub", item.format(1))
    )
    body += paragraph("two", item.format(0))
    document = read_word(tmp_path, policy, body, {"word/numbering.xml": numbering}, r1=("numbering", "numbering.xml"))
    assert kinds(document) == [
        ("heading", "Scope"),
        ("list_item", "1. one"),
        ("list_item", "1a) sub"),
        ("list_item", "2. two"),
    ]
    assert document.blocks[0].level == 2


def test_word_tables_keep_merged_and_empty_cells_and_inner_tables_follow(tmp_path, policy):
    def cell(words, properties="", inner=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}{paragraph(words)}</w:tc>"

    nested = f"<w:tbl><w:tr>{cell('in')}{cell('ner')}</w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr>"
        + cell("Part", '<w:vMerge w:val="restart"/>')
        + cell("Readings", '<w:gridSpan w:val="2"/>')
        + "</w:tr><w:tr>"
    )
    body += cell("", "<w:vMerge/>") + cell("12.1") + cell("", inner=nested) + "</w:tr></w:tbl>"
    first, second = read_word(tmp_path, policy, body).blocks
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in first.table.cells if cell.text}
    assert spans == {"Part": (2, 1), "Readings": (1, 2), "12.1": (1, 1)}
    assert sum(cell.kind == "empty" for cell in first.table.cells) == 1
    assert second.text == "in | ner"
    assert (first.locators[0].table, second.locators[0].table) == (1, 2)


def test_word_text_boxes_are_read_once(tmp_path, policy):
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>"
        + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert kinds(read_word(tmp_path, policy, body)) == [("drawing", "In the box")]


def test_word_changes_show_what_was_put_in_and_hide_what_was_taken_out(tmp_path, policy):
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Scrap </w:t></w:r><w:ins w:author='Mai' w:date='2024-05-02T10:00:00Z'><w:r><w:t>fell</w:t></w:r></w:ins>"
        "<w:del w:author='Mai'><w:r><w:delText>rose</w:delText></w:r></w:del></w:p>"
    )
    document = read_word(tmp_path, policy, body)
    assert document.blocks[0].text == "Scrap fell"
    notes = [(block.text, block.hidden) for block in document.blocks if block.kind == "comment"]
    assert notes == [("Inserted by Mai on 2024-05-02: fell", False), ("Deleted by Mai: rose", True)]


def test_word_check_boxes_fields_and_signs_are_read_as_shown(tmp_path, policy):
    body = (
        "<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:t xml:space='preserve'> Yes </w:t></w:r><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        "<w:r><w:t>4</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )
    assert read_word(tmp_path, policy, body).blocks[0].text == "☒ Yes ✓4"


def test_word_headers_notes_and_comments_are_told_apart(tmp_path, policy):
    more = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("QP-07 rev. 3")}</w:hdr>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
        f"<w:footnote>{paragraph('see lot list')}</w:footnote></w:footnotes>",
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="Ann">{paragraph("really?")}</w:comment></w:comments>',
    }
    links = {"r1": ("header", "header1.xml"), "r2": ("footnotes", "footnotes.xml"), "r3": ("comments", "comments.xml")}
    document = read_word(tmp_path, policy, paragraph("Body"), more, **links)
    assert kinds(document) == [
        ("header", "QP-07 rev. 3"),
        ("paragraph", "Body"),
        ("note", "see lot list"),
        ("comment", "Ann: really?"),
    ]


def test_word_hidden_text_is_read_but_marked(tmp_path, policy):
    body = "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
    assert [(b.text, b.hidden) for b in read_word(tmp_path, policy, body).blocks] == [("seen", False), ("unseen", True)]


def presentation(path, shapes, more=None, attributes=""):
    return package(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(r1=("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst>'
            '<p:sldSz cx="1000" cy="500"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(r1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>',
            **(more or {}),
        },
    )


def shape(words, x, y, name="Box", role=""):
    holder = f'<p:nvPr><p:ph type="{role}"/></p:nvPr>' if role else "<p:nvPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/>{holder}</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="100" cy="50"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def test_slides_are_read_title_first_then_line_by_line_with_boxes(tmp_path, policy):
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="500" y="100"/><a:ext cx="200" cy="100"/><a:chOff x="0" y="0"/><a:chExt cx="100" cy="50"/></a:xfrm></p:grpSpPr>'
        + shape("in group", 50, 0)
        + "</p:grpSp>"
    )
    shapes = shape("right", 400, 100) + group + shape("left", 0, 100) + shape("Review", 0, 400, role="title")
    document = slides.read(presentation(tmp_path / "s.pptx", shapes), "s.pptx", policy)
    assert [block.text for block in document.blocks] == ["Review", "left", "right", "in group"]
    box = document.blocks[3].locators[0].boxes[0]
    assert (box.x0, box.y0, box.x1, box.y1) == (0.6, 0.2, 0.8, 0.4)


@pytest.mark.parametrize(
    ("x", "y", "hidden"),
    [(-200, 100, True), (-99, 100, False), (1000, 100, True), (999, 100, False), (0, -50, True), (0, 500, True)],
)
def test_shapes_wholly_beside_a_slide_are_hidden(tmp_path, policy, x, y, hidden):
    document = slides.read(presentation(tmp_path / "b.pptx", shape("Beside", x, y)), "b.pptx", policy)
    assert [(b.text, b.hidden) for b in document.blocks] == [("Beside", hidden)]


def test_a_shape_without_a_size_is_not_beside_its_slide(tmp_path, policy):
    shapes = shape("Seen", 0, 0).replace('cx="100" cy="50"', 'cx="0" cy="0"')
    assert not slides.read(presentation(tmp_path / "z.pptx", shapes), "z.pptx", policy).blocks[0].hidden


def test_shapes_that_are_switched_off_are_hidden(tmp_path, policy):
    off = shape("Rejected lots", 0, 100).replace('name="Box"', 'name="Box" hidden="1"')
    group = f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="G" hidden="1"/></p:nvGrpSpPr><p:grpSpPr/>{shape("In group", 0, 200)}</p:grpSp>'
    document = slides.read(presentation(tmp_path / "o.pptx", off + group + shape("Review", 0, 300)), "o.pptx", policy)
    assert [(b.text, b.hidden) for b in document.blocks] == [
        ("Rejected lots", True),
        ("In group", True),
        ("Review", False),
    ]


def test_a_font_for_symbols_does_not_turn_letters_into_signs(tmp_path, policy):
    words = '<a:r><a:rPr><a:sym typeface="Wingdings"/></a:rPr><a:t>Done \uf0fc</a:t></a:r><a:r><a:rPr><a:latin typeface="Wingdings"/></a:rPr><a:t>l</a:t></a:r>'
    shapes = shape("X", 0, 0).replace("<a:r><a:t>X</a:t></a:r>", words)
    document = slides.read(presentation(tmp_path / "f.pptx", shapes), "f.pptx", policy)
    assert document.blocks[0].text == "Done ✓●"


def test_notes_are_read_and_hidden_slides_marked(tmp_path, policy):
    notes = f'<p:notes xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{shape("Say the figure", 0, 0, role="body")}</p:spTree></p:cSld></p:notes>'
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(r1=("notesSlide", "../notesSlides/n.xml")),
        "ppt/notesSlides/n.xml": notes,
    }
    document = slides.read(presentation(tmp_path / "n.pptx", "", more, 'show="0"'), "n.pptx", policy)
    assert [(b.kind, b.text, b.hidden) for b in document.blocks] == [("note", "Say the figure", True)]
    assert document.parts[0].hidden


def test_a_web_page_gives_headings_lists_tables_and_marks_hidden_text(tmp_path, policy):
    page = tmp_path / "p.html"
    page.write_text(
        "<html><head><title>Report</title><script>no()</script></head><body><h2>Audit</h2><p>Seen <span style='display:none'>unseen</span></p>"
        "<ol><li>one<li>two</ol><table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2>1</td><td></td></tr><tr><td>3</td></tr></table></body></html>"
    )
    document = web.read(page, "p.html", policy)
    assert [(b.kind, b.text, b.hidden) for b in document.blocks[:5]] == [
        ("heading", "Audit", False),
        ("paragraph", "Seen", False),
        ("paragraph", "unseen", True),
        ("list_item", "1. one", False),
        ("list_item", "2. two", False),
    ]
    table = document.blocks[5].table
    assert (table.rows, table.columns, table.header_rows, len(table.cells)) == (3, 2, 1, 5)
    assert document.metadata.title == "Report"


@pytest.mark.parametrize(
    ("encoding", "words"), [("cp1258", "Báo cáo"), ("shift_jis", "検査記録の報告書です"), ("utf-16", "Prüfung")]
)
def test_text_in_other_encodings_is_read(tmp_path, policy, encoding, words):
    file = tmp_path / "t.txt"
    file.write_bytes(
        (words + "\n\n").encode(encoding) * 20 if encoding != "utf-16" else (words + "\n").encode(encoding)
    )
    assert plain.read(file, "t.txt", policy).blocks[0].text == words


def test_markdown_front_matter_is_a_form_and_open_fields_stay_empty(tmp_path, policy):
    file = tmp_path / "m.md"
    file.write_text(
        "---\ntitle: NC log\nowner:\n---\n# Log\n\n- [x] done\n- [ ] open\n\n| A | B |\n|---|---|\n| 1 |  |\n"
    )
    document = markdown.read(file, "m.md", policy)
    assert [b.kind for b in document.blocks] == ["form", "heading", "list_item", "list_item", "table"]
    assert [b.text for b in document.blocks[2:4]] == ["☑ done", "☐ open"]
    assert document.blocks[0].table.cells[-1].kind == "empty"
    assert document.blocks[4].table.cells[-1].kind == "empty"
    assert document.metadata.title == "NC log"


def test_footnotes_of_markdown_are_read_and_what_is_too_deep_is_said(tmp_path, policy):
    file = tmp_path / "m.md"
    file.write_text("Scrap fell[^1].\n\n[^1]: By the new tool.\n")
    assert kinds(markdown.read(file, "m.md", policy)) == [
        ("paragraph", "Scrap fell[^1]."),
        ("paragraph", "[^1]: By the new tool."),
    ]
    file.write_text("> " * 20 + "seen\n\n" + "> " * 200 + "deep")
    document = markdown.read(file, "m.md", policy)
    assert [block.text for block in document.blocks] == ["seen"]
    assert [left.code for left in document.not_read] == ["limit_exceeded"]


def test_delimited_files_are_sheets_whatever_their_delimiter(tmp_path, policy):
    file = tmp_path / "k.csv"
    file.write_bytes("Lot;Prüfer;Maß\n24A;Jörg;3,5\n24B;Öz;3,6\n".encode("cp1252"))
    document = delimited.read(file, "k.csv", policy)
    table = document.blocks[0].table
    assert (table.rows, table.columns, table.header_rows) == (3, 3, 1)
    assert [cell.text for cell in table.cells[3:6]] == ["24A", "Jörg", "3,5"]
    assert table.cells[5].locator.cells == "C2"


def test_a_file_of_white_space_is_empty(tmp_path, policy):
    file = tmp_path / "e.txt"
    file.write_text(" \n\n ")
    with pytest.raises(EmptyFile):
        plain.read(file, "e.txt", policy)


def test_plain_text_keeps_columns_line_by_line(tmp_path, policy):
    file = tmp_path / "c.txt"
    file.write_text("Report\n======\n\nLot      Result\n24A      ok\n\n1. first\n2. second\n")
    assert kinds(plain.read(file, "c.txt", policy)) == [
        ("heading", "Report"),
        ("paragraph", "Lot      Result\n24A      ok"),
        ("list_item", "1. first"),
        ("list_item", "2. second"),
    ]


def test_open_document_sheets_and_texts_are_read(tmp_path, policy):
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cells = "<table:table-cell office:value-type='float' office:value='3'><text:p>3</text:p></table:table-cell>"
    sheet = f"<office:spreadsheet><table:table table:name='K'><table:table-row table:number-rows-repeated='1000000'><table:table-cell/></table:table-row><table:table-row>{cells}{cells}</table:table-row></table:table></office:spreadsheet>"
    path = package(
        tmp_path / "o.ods",
        {
            "content.xml": f"<office:document-content {names}><office:body>{sheet}</office:body></office:document-content>"
        },
    )
    from extractors import spreadsheet

    document = spreadsheet.read(path, "o.ods", policy)
    assert document.blocks[0].locators[0].cells == "A1000001:B1000001"
    written = "<office:text><text:h text:outline-level='2'>Scope</text:h><text:list><text:list-item><text:p>one<text:s text:c='2'/>two</text:p></text:list-item></text:list></office:text>"
    path = package(
        tmp_path / "o.odt",
        {
            "content.xml": f"<office:document-content {names}><office:body>{written}</office:body></office:document-content>"
        },
    )
    assert kinds(word_reader.read(path, "o.odt", policy)) == [("heading", "Scope"), ("list_item", "one  two")]
    assert opendocument.MOST_REPEATS < 1000
