"""What Word shows besides its plain paragraphs: fields that never end, lists to choose from, what hangs on page headers and
notes, files pasted as parts."""

import pytest
from office_files import W, paragraph, word

from extractors import word as word_reader


def kinds(document):
    return [(block.kind, block.text, block.hidden) for block in document.blocks]


def read_word(tmp_path, policy, body, more=None, **links):
    return word_reader.read(word(tmp_path / "w.docx", body, more, **links), "w.docx", policy)


def field(part, words=""):
    return f"<w:r><w:fldChar w:fldCharType='{part}'/><w:t>{words}</w:t></w:r>"


def test_text_behind_fields_that_never_end_is_shown(tmp_path, policy):
    body = f"<w:p>{field('begin') * 300}</w:p>" + paragraph("The audit found two gaps.")
    assert kinds(read_word(tmp_path, policy, body)) == [("paragraph", "The audit found two gaps.", False)]


def test_text_in_the_code_of_a_field_that_ends_is_kept_as_hidden(tmp_path, policy):
    body = f"<w:p>{field('begin', 'unseen')}{field('separate', 'seen')}{field('end')}</w:p>"
    assert kinds(read_word(tmp_path, policy, body)) == [("paragraph", "seen", False), ("paragraph", "unseen", True)]


@pytest.mark.parametrize(("chosen", "shown"), [("<w:result w:val='1'/>", "Rejected"), ("", "Accepted")])
def test_the_chosen_entry_of_a_drop_down_list_is_read(tmp_path, policy, chosen, shown):
    entries = "<w:listEntry w:val='Accepted'/><w:listEntry w:val='Rejected'/>"
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Lot: </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>"
        f"{chosen}{entries}</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        f"{field('separate')}{field('end')}</w:p>"
    )
    assert kinds(read_word(tmp_path, policy, body)) == [("paragraph", f"Lot: {shown}", False)]


def test_hidden_text_in_cells_headers_and_notes_is_kept(tmp_path, policy):
    unseen = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    row = f"<w:tr><w:tc>{paragraph('Lot')}{unseen.format('in a cell')}</w:tc><w:tc>{paragraph('4711')}</w:tc></w:tr>"
    more = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("QP-07")}{unseen.format("in a header")}</w:hdr>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote>{paragraph("note")}{unseen.format("in a note")}'
        "</w:footnote></w:footnotes>",
    }
    links = {"r1": ("header", "header1.xml"), "r2": ("footnotes", "footnotes.xml")}
    document = read_word(tmp_path, policy, f"<w:tbl>{row}</w:tbl>", more, **links)
    assert [text for _, text, hidden in kinds(document) if hidden] == ["in a header", "in a cell", "in a note"]


def test_text_of_shapes_on_a_locked_canvas_is_read(tmp_path, policy):
    body = (
        "<w:p><w:r><w:drawing><a:graphic><a:graphicData><lc:lockedCanvas"
        ' xmlns:lc="http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas"><a:sp><a:txSp><a:txBody>'
        "<a:p><a:r><a:t>Effect: scrap</a:t></a:r></a:p></a:txBody></a:txSp></a:sp></lc:lockedCanvas></a:graphicData></a:graphic></w:drawing></w:r></w:p>"
    )
    assert kinds(read_word(tmp_path, policy, body)) == [("drawing", "Effect: scrap", False)]


def pasted(tmp_path):
    inner = word(tmp_path / "inner.docx", paragraph("From the other file")).read_bytes()
    return {
        "part.html": b"<html><body><p>Minutes of March</p><table><tr><td>Scrap</td><td>2 %</td></tr></table></body></html>",
        "part.docx": inner,
        "part.rtf": rb"{\rtf1 Signed by Mai}",
        "part.txt": b"Plain words of the inspector.",
    }


def test_files_pasted_as_parts_are_read_where_they_stand(tmp_path, policy):
    parts = pasted(tmp_path)
    chunks = "".join(f'<w:altChunk r:id="c{number}"/>' for number in range(len(parts)))
    links = {f"c{number}": ("aFChunk", name) for number, name in enumerate(parts)}
    document = read_word(
        tmp_path,
        policy,
        paragraph("Before") + chunks + paragraph("Behind"),
        {f"word/{name}": content for name, content in parts.items()},
        **links,
    )
    assert [text for _, text, _ in kinds(document)] == [
        "Before", "Minutes of March", "Scrap | 2 %", "From the other file", "Signed by Mai",
        "Plain words of the inspector.", "Behind",
    ]  # fmt: skip
    assert not document.not_read


def test_files_pasted_into_one_another_are_followed_no_deeper_and_named(tmp_path, policy):
    chunk = '<w:altChunk r:id="c0"/>'
    inner = b""
    for number in range(3):
        path = word(
            tmp_path / f"{number}.docx",
            paragraph(f"level {number}") + chunk,
            {"word/a.docx": inner},
            c0=("aFChunk", "a.docx"),
        )
        inner = path.read_bytes()
    document = word_reader.read(path, "2.docx", policy)
    assert [text for _, text, _ in kinds(document)] == ["level 2", "level 1"]
    assert [found.code for found in document.not_read] == ["part_not_read"]


def test_changes_beyond_the_limit_are_said_to_be_left_out(tmp_path, policy, monkeypatch):
    monkeypatch.setattr(word_reader, "MOST_CHANGES", 2)
    deleted = "<w:del w:author='Mai'><w:r><w:delText>{}</w:delText></w:r></w:del>"
    body = "<w:p>" + "".join(deleted.format(word) for word in ("one", "two", "three")) + "</w:p>"
    document = read_word(tmp_path, policy, body)
    assert len(document.blocks) == 2
    assert [found.code for found in document.not_read] == ["limit_exceeded"]


@pytest.mark.parametrize("name", ["MACROBUTTON", "GotoButton"])
def test_the_words_of_a_field_to_click_on_are_shown(tmp_path, policy, name):
    def code(words):
        return f"<w:r><w:instrText xml:space='preserve'>{words}</w:instrText></w:r>"

    body = (
        f"<w:p><w:r><w:t xml:space='preserve'>Supplier: </w:t></w:r>{field('begin')}{code(f' {name} NoMacro ')}"
        f"{code('[click and type the name]')}{field('end')}</w:p><w:p>{field('begin')}{code(' PAGE ')}{field('end')}</w:p>"
    )
    assert kinds(read_word(tmp_path, policy, body)) == [("paragraph", "Supplier: [click and type the name]", False)]


def test_a_fraction_stands_on_one_line_and_drawn_lettering_is_read(tmp_path, policy):
    body = (
        "<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:f><m:num><m:r><m:t>3</m:t></m:r>"
        "</m:num><m:den><m:r><m:t>400</m:t></m:r></m:den></m:f></m:oMath></w:p>"
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='SAMPLE'/></v:shape></w:pict></w:r></w:p>"
    )
    assert [text for _, text, _ in kinds(read_word(tmp_path, policy, body))] == ["3/400", "SAMPLE"]


def test_what_is_said_of_a_picture_for_those_who_cannot_see_it_is_no_text_of_the_paper(tmp_path, policy):
    """Programs make it up themselves, nobody who reads the paper sees it, and it is no hidden text somebody put there."""
    picture = "<w:r><w:drawing><wp:docPr xmlns:wp='urn:wp' id='1' name='Picture 1' descr='A close-up of a machine'/></w:drawing></w:r>"
    document = read_word(tmp_path, policy, f"<w:p>{picture}</w:p>" + paragraph("Lot 4711 passed."))
    assert kinds(document) == [("paragraph", "Lot 4711 passed.", False)]


def run(words, look):
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>"


WHITE = '<w:color w:val="FFFFFF"/>'
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Banner"><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>'
    "</w:style></w:styles>"
)
BEHIND = '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="urn:wp" behindDoc="1"/></w:drawing></w:r></w:p>'
INLINE = '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="urn:wp" behindDoc="0"/></w:drawing></w:r></w:p>'


@pytest.mark.parametrize(
    ("look", "ground", "before", "hidden"),
    [
        (WHITE, "", "", True),
        (WHITE, '<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>', "", False),
        (f'{WHITE}<w14:textOutline xmlns:w14="urn:w14"><w14:solidFill/></w14:textOutline>', "", "", False),
        (WHITE, "", INLINE, True),
        ('<w:sz w:val="2"/>', "", "", True),
        ('<w:sz w:val="12"/>', "", "", False),
        ('<w:color w:val="C00000"/>', "", "", False),
        (WHITE + '<w:shd w:val="clear" w:fill="000000"/>', "", "", False),
        (WHITE + '<w:highlight w:val="black"/>', "", "", False),
        (WHITE, '<w:shd w:val="clear" w:fill="1F3864"/>', "", False),
        (WHITE, '<w:pStyle w:val="Banner"/>', "", False),
        (WHITE, "", BEHIND, False),
        (WHITE, "", '<w:p><w:r><w:pict><v:rect style="z-index:-2516"/></w:pict></w:r></w:p>', False),
    ],
)
def test_white_and_tiny_letters_on_white_paper_are_hidden(tmp_path, policy, look, ground, before, hidden):
    body = f"{before}<w:p><w:pPr>{ground}</w:pPr>{run('Lot 17 was scrapped', '')}{run(' and replaced', look)}</w:p>"
    document = read_word(tmp_path, policy, body, {"word/styles.xml": STYLES}, r1=("styles", "styles.xml"))
    seen = "Lot 17 was scrapped" if hidden else "Lot 17 was scrapped and replaced"
    assert kinds(document) == [("paragraph", seen, False), *([("paragraph", "and replaced", True)] * hidden)]


def named(name, look="", based="", kind="paragraph", more=""):
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:basedOn w:val="{based}"/>{more}<w:rPr>{look}</w:rPr></w:style>'
    )


NAMED = f'<w:styles xmlns:w="{W}">' + "".join((
    named("White", WHITE),
    named("Child", based="White"),
    named("Dark", '<w:color w:val="auto"/>', based="White"),
    named("Off", "<w:vanish/>"),
    named("Outlined", WHITE + "<w:outline/>"),
    named("Banner", WHITE, more='<w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>'),
    named("Faint", WHITE, kind="character"),
    named("Tiny", '<w:sz w:val="2"/>', kind="character"),
    named("Lit", WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>', kind="character"),
    named("Red", '<w:color w:val="C00000"/>', kind="character"),
    named("Round", WHITE, based="Circle"),
    named("Circle", based="Round"),
)) + "</w:styles>"  # fmt: skip


@pytest.mark.parametrize(
    ("paragraph", "look", "hidden"),
    [
        ("White", "", True),
        ("Child", "", True),
        ("Off", "", True),
        ("Round", "", True),
        ("", '<w:rStyle w:val="Faint"/>', True),
        ("", '<w:rStyle w:val="Tiny"/>', True),
        ("Dark", "", False),
        ("Outlined", "", False),
        ("Banner", "", False),
        ("White", '<w:rStyle w:val="Red"/>', False),
        ("White", '<w:color w:val="000000"/>', False),
        ("Off", '<w:vanish w:val="0"/>', False),
        ("", '<w:rStyle w:val="Lit"/>', False),
        ("", '<w:rStyle w:val="Faint"/><w:highlight w:val="black"/>', False),
    ],
)
def test_letters_are_white_or_off_by_named_styles_too(tmp_path, policy, paragraph, look, hidden):
    body = f'<w:p><w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>{run("and replaced", look)}</w:p>'
    document = read_word(tmp_path, policy, body, {"word/styles.xml": NAMED}, r1=("styles", "styles.xml"))
    assert kinds(document) == [("paragraph", "and replaced", hidden)]


def test_white_letters_in_cells_and_boxes_stay_seen(tmp_path, policy):
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{run('On a dark box', WHITE)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('In a box', WHITE)}</w:p></w:tc></w:tr></w:tbl>"
    row = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{table}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    assert not [text for _, text, hidden in kinds(read_word(tmp_path, policy, box + row)) if hidden]


DARK, PLAIN = '<w:shd w:val="clear" w:fill="1F3864"/>', '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'
TABLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="table" w:styleId="Plain" w:default="1"><w:tblPr/></w:style>'
    f'<w:style w:type="table" w:styleId="Banded"><w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Child"><w:basedOn w:val="Banded"/></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("table", "row", "cell", "hidden"),
    [
        ("", "", "", True),
        ("", "", PLAIN, True),
        ("", "", '<w:shd w:val="clear" w:fill="auto"/>', True),
        ('<w:tblStyle w:val="Plain"/>', "", "", True),
        ('<w:tblStyle w:val="Child"/>', "", PLAIN, True),
        ("", "", DARK, False),
        ("", "", '<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>', False),
        (DARK, "", "", False),
        ("", f"<w:tblPrEx>{DARK}</w:tblPrEx>", "", False),
        ('<w:tblStyle w:val="Banded"/>', "", "", False),
        ('<w:tblStyle w:val="Child"/>', "", "", False),
        ('<w:tblStyle w:val="Unknown"/>', "", "", False),
    ],
)
def test_white_letters_in_white_cells_are_hidden(tmp_path, policy, table, row, cell, hidden):
    words = run("closed", "") + run(" and replaced", WHITE)
    body = (
        f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr>{row}<w:tc><w:p>{run('17', '')}</w:p></w:tc>"
        f"<w:tc><w:tcPr>{cell}</w:tcPr><w:p>{words}</w:p></w:tc></w:tr></w:tbl>"
    )
    document = read_word(tmp_path, policy, body, {"word/styles.xml": TABLES}, r1=("styles", "styles.xml"))
    seen = "17 | closed" if hidden else "17 | closed and replaced"
    assert [(text, unseen) for _, text, unseen in kinds(document)] == [
        (seen, False),
        *([("and replaced", True)] * hidden),
    ]


def test_a_table_within_a_dark_cell_is_seen(tmp_path, policy):
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('White on dark', WHITE)}</w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc><w:tcPr>{DARK}</w:tcPr><w:p/>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert not [text for _, text, hidden in kinds(read_word(tmp_path, policy, body)) if hidden]


def test_a_formula_between_paragraphs_is_read(tmp_path, policy):
    body = '<m:oMathPara xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath><m:r><m:t>Cpk = 1.41</m:t></m:r></m:oMath></m:oMathPara>'
    assert kinds(read_word(tmp_path, policy, body)) == [("paragraph", "Cpk = 1.41", False)]
