"""OpenDocument: what stands beside the plain paragraphs and cells."""

import pytest
from lxml import etree
from office_files import package

from extractors import delimited, slides, spreadsheet, word
from extractors.errors import DamagedFile
from extractors.opendocument_drawings import _series
from tests.unit.work import MOST, growth

_KINDS = ("office", "text", "table", "style", "form", "chart")
NAMES = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in _KINDS) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def p(words):
    return f"<text:p>{words}</text:p>"


def table(*cells):
    return (
        "<table:table><table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        + "</table:table-row></table:table>"
    )


def opened(tmp_path, policy, kind, body, *, master="", styles="", more=None):
    path = package(
        tmp_path / "file",
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
            "styles.xml": f'<office:document-styles {NAMES}><office:master-styles><style:master-page style:name="M">{master}</style:master-page>'
            "</office:master-styles></office:document-styles>",
            **(more or {}),
        },
    )
    reader = {"text": word, "spreadsheet": spreadsheet, "presentation": slides}[kind]
    document = reader.read(path, "file", policy)
    return [(block.kind, block.text, block.hidden) for block in document.blocks], document


CHART = (
    f"<office:document-content {NAMES}><office:body><office:chart><chart:chart><chart:title>{p('Scrap by month')}</chart:title><table:table>"
    f"<table:table-header-rows><table:table-row><table:table-cell/><table:table-cell>{p('Rate')}</table:table-cell></table:table-row></table:table-header-rows>"
    f"<table:table-rows><table:table-row><table:table-cell>{p('May')}</table:table-cell><table:table-cell office:value='2.5'>{p('2.5')}</table:table-cell>"
    "</table:table-row></table:table-rows></table:table></chart:chart></office:chart></office:body></office:document-content>"
)
FORM = (
    '<office:forms><form:form><form:checkbox form:id="a" form:label="Cleaned" form:current-state="checked"/><form:text form:id="b" form:current-value="Mai"/>'
    '<form:listbox form:id="c"><form:option form:label="Scrap"/><form:option form:label="Rework" form:current-selected="true"/></form:listbox>'
    '<form:password form:id="d" form:current-value="secret"/></form:form></office:forms>'
)
CONTROLS = "".join(f'<draw:control draw:control="{name}"/>' for name in "abcd")
OBJECT = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>'


def test_edges_of_pages_are_read(tmp_path, policy):
    master = (
        f"<style:header>{p('QP-07 rev. 3')}</style:header><style:footer>{table(p('Issued'), p('Mai'))}</style:footer>"
    )
    found, _ = opened(tmp_path, policy, "text", p("Body"), master=master)
    assert found == [("header", "QP-07 rev. 3", False), ("paragraph", "Body", False), ("footer", "Issued | Mai", False)]


def test_of_the_edges_of_sheets_those_that_every_new_workbook_has_are_left_out(tmp_path, policy):
    master = (
        "<style:header><text:p><text:sheet-name>???</text:sheet-name></text:p></style:header>"
        f"<style:footer><style:region-left>{p('QF-81 rev. 3')}</style:region-left><style:region-right><text:p>Page <text:page-number>1</text:page-number></text:p>"
        "</style:region-right></style:footer>"
    )
    found, _ = opened(tmp_path, policy, "spreadsheet", table(p("Lot"), p("4711")), master=master)
    assert [(kind, words) for kind, words, _ in found if kind in ("header", "footer")] == [("footer", "QF-81 rev. 3")]


def test_what_was_taken_out_and_what_is_not_shown_is_hidden(tmp_path, policy):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Mai</dc:creator><dc:date>2025-03-01T10:00:00</dc:date>"
        f"</office:change-info>{p('rose')}</text:deletion></text:changed-region></text:tracked-changes>"
        f"{p('Scrap fell')}<text:section text:display='none'>{p('unseen')}</text:section>"
    )
    found, _ = opened(tmp_path, policy, "text", body)
    assert found == [
        ("paragraph", "Scrap fell", False),
        ("paragraph", "unseen", True),
        ("comment", "Deleted by Mai on 2025-03-01: rose", True),
    ]


def test_words_in_styles_that_are_not_shown_are_hidden(tmp_path, policy):
    unseen = "<style:style style:name='Unseen' style:family='text'><style:text-properties text:display='none'/></style:style>"
    child = "<style:style style:name='U1' style:family='text' style:parent-style-name='Unseen'/>"
    seen = "<style:style style:name='S1' style:family='text' style:parent-style-name='Unseen'><style:text-properties text:display='true'/></style:style>"
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('see lots')}</text:note-body></text:note>"
    body = (
        "<text:p>Lot 17 was <text:span text:style-name='U1'>not </text:span>scrapped</text:p>"
        f"<text:p text:style-name='Unseen'>by <text:span text:style-name='U1'>hand</text:span>{note}</text:p>"
        + table("<text:p>4711<text:span text:style-name='Unseen'>closed</text:span></text:p>", p("open"))
        + "<text:p><text:span text:style-name='S1'>and weighed</text:span></text:p>"
    )
    found, _ = opened(tmp_path, policy, "text", body, styles=unseen + child + seen)
    assert [(words, hidden) for _, words, hidden in found] == [
        ("Lot 17 was scrapped", False),
        ("see lots", False),
        ("4711 | open", False),
        ("and weighed", False),
        ("not", True),
        ("by hand", True),
        ("closed", True),
    ]


def style(name, family, look, parent=""):
    parent = f" style:parent-style-name='{parent}'" if parent else ""
    return f"<style:style style:name='{name}' style:family='{family}'{parent}>{look}</style:style>"


WHITE = (
    style("W", "text", "<style:text-properties fo:color='#ffffff'/>")
    + style("W1", "text", "", "W")
    + style("WP", "paragraph", "<style:text-properties fo:color='#FFFFFF'/>")
    + style("Red", "text", "<style:text-properties fo:color='#c00000'/>")
    + style("Auto", "text", "<style:text-properties style:use-window-font-color='true'/>", "W")
    + style("Lit", "text", "<style:text-properties fo:color='#ffffff' fo:background-color='#1f3864'/>")
    + style("Dark", "paragraph", "<style:paragraph-properties fo:background-color='#1f3864'/>")
    + style("DarkCell", "table-cell", "<style:table-cell-properties fo:background-color='#1f3864'/>")
    + style("WhiteCell", "table-cell", "<style:table-cell-properties fo:background-color='#ffffff'/>")
    + style("DarkTable", "table", "<style:table-properties fo:background-color='#1f3864'/>")
)


@pytest.mark.parametrize(
    "words",
    [
        "<text:p>Lot 17 was scrapped<text:span text:style-name='W1'> and replaced</text:span></text:p>",
        "<text:p text:style-name='WP'><text:span text:style-name='Red'>Lot 17 was scrapped</text:span><text:s/>and <text:span>replaced</text:span></text:p>",
        "<table:table table:style-name='DarkTable'><table:table-row><table:table-cell table:style-name='WhiteCell'>"
        "<text:p>Lot 17 was scrapped<text:span text:style-name='W'>and replaced</text:span></text:p></table:table-cell></table:table-row></table:table>",
    ],
)
def test_white_words_on_white_paper_are_hidden(tmp_path, policy, words):
    found, _ = opened(tmp_path, policy, "text", words, styles=WHITE)
    assert [(text, hidden) for _, text, hidden in found] == [("Lot 17 was scrapped", False), ("and replaced", True)]


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("<text:p><text:span text:style-name='Lit'>and replaced</text:span></text:p>", ""),
        ("<text:p><text:span text:style-name='Auto'>and replaced</text:span></text:p>", ""),
        ("<text:p text:style-name='Dark'><text:span text:style-name='W'>and replaced</text:span></text:p>", ""),
        (
            "<text:p><text:span text:style-name='W'><text:span text:style-name='Red'>and replaced</text:span></text:span></text:p>",
            "",
        ),
        (
            "<table:table><table:table-row><table:table-cell table:style-name='DarkCell'>"
            "<text:p text:style-name='WP'>and replaced</text:p></table:table-cell></table:table-row></table:table>",
            "",
        ),
        (
            "<table:table table:style-name='DarkTable'><table:table-row><table:table-cell>"
            "<text:p text:style-name='WP'>and replaced</text:p></table:table-cell></table:table-row></table:table>",
            "",
        ),
        (
            "<text:p><draw:frame><draw:text-box><text:p text:style-name='WP'>and replaced</text:p></draw:text-box></draw:frame></text:p>",
            "",
        ),
        (
            "<text:p text:style-name='WP'>and replaced</text:p>",
            "<style:page-layout><style:page-layout-properties fo:background-color='#000000'/></style:page-layout>",
        ),
        (
            "<text:p text:style-name='WP'>and replaced</text:p>",
            style("Behind", "graphic", "<style:graphic-properties style:run-through='background'/>"),
        ),
    ],
)
def test_white_words_on_a_ground_are_seen(tmp_path, policy, words, more):
    found, _ = opened(tmp_path, policy, "text", words, styles=WHITE + more)
    assert [(text, hidden) for _, text, hidden in found] == [("and replaced", False)]


def test_tables_within_tables_and_what_hangs_on_their_cells_follow(tmp_path, policy):
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('see lots')}</text:note-body></text:note>"
    comment = f"<office:annotation>{p('really?')}</office:annotation>"
    inner = table(p("in"), f"<text:p>ner{comment}</text:p>")
    found, _ = opened(tmp_path, policy, "text", table(f"<text:p>Part{note}</text:p>", p("12.1") + inner))
    assert [words for _, words, _ in found] == ["Part | 12.1", "see lots", "in | ner", "really?"]


def test_indexes_and_frames_of_their_own_are_read(tmp_path, policy):
    index = f"<text:table-of-content><text:index-body><text:index-title>{p('Contents')}</text:index-title>{p('1 Scope')}</text:index-body></text:table-of-content>"
    frame = f"<draw:frame><svg:desc>spoken only</svg:desc><draw:text-box>{p('In the box')}</draw:text-box></draw:frame>"
    ruby = "<text:p><text:ruby><text:ruby-base>検査</text:ruby-base><text:ruby-text>けんさ</text:ruby-text></text:ruby></text:p>"
    found, _ = opened(tmp_path, policy, "text", index + frame + ruby)
    assert [words for _, words, _ in found] == ["Contents", "1 Scope", "In the box", "検査"]


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation"])
def test_controls_show_their_state_and_charts_their_numbers(tmp_path, policy, kind):
    body = {
        "text": f"{FORM}<text:p>{CONTROLS}{OBJECT}</text:p>",
        "spreadsheet": f"<table:table>{FORM}<table:shapes>{CONTROLS}</table:shapes><table:table-row><table:table-cell>{OBJECT}</table:table-cell></table:table-row></table:table>",
        "presentation": f"<draw:page>{FORM}{CONTROLS}{OBJECT}</draw:page>",
    }[kind]
    found, document = opened(tmp_path, policy, kind, body, more={"Object 1/content.xml": CHART})
    shown = [words for block, words, _ in found if block == "drawing"]
    assert shown == ["☒ Cleaned", "Mai", "Rework"]
    assert [words for block, words, _ in found if block == "chart"] == ["Scrap by month\n | Rate\nMay | 2.5"]
    assert not document.not_read


def test_formulas_are_read_and_other_objects_are_named(tmp_path, policy):
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>Cpk</mi><mo>=</mo><mn>1.33</mn></math>'
    found, document = opened(
        tmp_path, policy, "text", f"<text:p>{OBJECT}</text:p>", more={"Object 1/content.xml": formula}
    )
    assert (found, document.not_read) == ([("drawing", "Cpk = 1.33", False)], ())
    _, document = opened(tmp_path, policy, "text", f"<text:p>{OBJECT}</text:p>")
    assert [left.code for left in document.not_read] == ["object_not_read"]


def test_shapes_over_a_sheet_are_no_text_of_its_cells(tmp_path, policy):
    box = f"<draw:custom-shape>{p('OK')}</draw:custom-shape>"
    body = f"<table:table><table:shapes>{box.replace('OK', 'Effect')}</table:shapes><table:table-row><table:table-cell>{p('Lot')}{box}</table:table-cell></table:table-row></table:table>"
    found, _ = opened(tmp_path, policy, "spreadsheet", body)
    assert [words for _, words, _ in found] == ["Lot", "OK", "Effect"]


def test_slides_show_their_master_once_their_comments_and_hidden_pages(tmp_path, policy):
    master = f"<draw:frame><draw:text-box>{p('QF-81')}</draw:text-box></draw:frame><draw:frame presentation:class='title'><draw:text-box>{p('Click')}</draw:text-box></draw:frame>"
    styles = (
        "<style:style style:name='dp1'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    )
    page = "<draw:page draw:master-page-name='M' draw:style-name='{}'><draw:frame><draw:text-box>{}</draw:text-box></draw:frame>{}</draw:page>"
    body = page.format("x", p("Claims"), f"<office:annotation>{p('late')}</office:annotation>") + page.format(
        "dp1", p("old"), ""
    )
    found, document = opened(tmp_path, policy, "presentation", body, master=master, styles=styles)
    assert found == [
        ("paragraph", "Claims", False),
        ("comment", "late", False),
        ("footer", "QF-81", False),
        ("paragraph", "old", True),
    ]
    assert [part.hidden for part in document.parts] == [False, True]


@pytest.mark.parametrize("around", ["{}", "<text:p>{}</text:p>"])
def test_tables_in_text_boxes_are_read(tmp_path, policy, around):
    box = f"<draw:frame><draw:text-box>{p('Seen')}{table(p('Lot'), p('4711') + table(p('in'), p('ner')))}</draw:text-box></draw:frame>"
    found, _ = opened(tmp_path, policy, "text", around.format(box))
    assert [words.strip() for _, words, _ in found] == ["Seen", "Lot | 4711", "in | ner"]


def test_the_words_of_a_deletion_stay_as_they_were(tmp_path, policy):
    change = f"<text:changed-region><text:deletion>{p('Lot : 4711')}</text:deletion></text:changed-region>"
    found, _ = opened(tmp_path, policy, "text", f"<text:tracked-changes>{change}</text:tracked-changes>{p('kept')}")
    assert found == [("paragraph", "kept", False), ("comment", "Deleted: Lot : 4711", True)]


def test_frames_within_frames_have_an_end(tmp_path, policy):
    def found(frames):
        body = p("deep")
        for _ in range(frames):
            body = f"<text:p><draw:frame><draw:text-box>{body}</draw:text-box></draw:frame></text:p>"
        return [text for _, text, _ in opened(tmp_path, policy, "text", body)[0]]

    assert found(70) == ["deep"]  # each text once, however many frames stand around it
    with pytest.raises(DamagedFile):  # deeper than a reader of XML goes
        found(300)


def test_a_wide_and_long_table_of_a_chart_costs_its_cells():
    def chart(number):
        wide = "<table-row>" + "<table-cell><p>a</p></table-cell>" * number + "</table-row>"
        long = (
            "<table-row><table-cell><p>May</p></table-cell><table-cell/><table-cell><p>1</p></table-cell></table-row>"
        )
        return number, etree.fromstring(f"<chart><table>{wide}{long * number}</table></chart>")

    def read(made):
        (only,) = _series(made[1])
        assert (only.name, len(only.values), only.categories[0]) == ("a", made[0], "May")

    assert growth(chart, read, 200) < MOST


@pytest.mark.parametrize(("shown", "wanted"), [('calcext:show-value="false"', "✗✓"), ("", "02")])
def test_icons_in_place_of_numbers_are_read_as_shown(tmp_path, policy, shown, wanted):
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{n}">{p(n)}</table:table-cell>' for n in (0, 2)
    )
    steps = "".join(f'<calcext:formatting-entry calcext:value="{n}" calcext:type="percent"/>' for n in (0, 33, 67))
    body = (
        f'<table:table table:name="It\'s 1.1"><table:table-row>{cells}</table:table-row>'
        '<calcext:conditional-formats xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        "<calcext:conditional-format calcext:target-range-address=\"$'It''s 1.1'.A1:$'It''s 1.1'.B1 $'It''s 1.1'.D9\">"
        f'<calcext:icon-set calcext:icon-set-type="3Symbols" {shown}>{steps}</calcext:icon-set></calcext:conditional-format>'
        "</calcext:conditional-formats></table:table>"
    )
    found, _ = opened(tmp_path, policy, "spreadsheet", body)
    assert "".join(words for _, words, _ in found).replace(" | ", "") == wanted


def test_the_foot_of_a_slide_stands_elsewhere_and_groups_of_the_master_are_seen(tmp_path, policy):
    declared = "".join(
        f'<presentation:{kind} presentation:name="{name}">{words}</presentation:{kind}>'
        for kind, name, words in (
            ("footer-decl", "f1", "Plant 2"),
            ("footer-decl", "f2", "not used"),
            ("date-time-decl", "d", "May 2025"),
        )
    )
    page = f'<draw:page draw:master-page-name="M" presentation:use-footer-name="f1" presentation:use-date-time-name="d">{{}}<presentation:notes><draw:custom-shape>{p("Ask")}</draw:custom-shape></presentation:notes></draw:page>'
    master = f"<draw:g><draw:g><draw:rect>{p('Confidential')}</draw:rect></draw:g></draw:g>"
    body = declared + page.format("") + page.format("")
    found, _ = opened(tmp_path, policy, "presentation", body, master=master)
    assert [words for kind, words, _ in found if kind == "footer"] == ["Plant 2", "May 2025", "Confidential"]
    assert [words for kind, words, _ in found if kind == "note"] == ["Ask", "Ask"]


def test_what_stands_right_of_the_last_column_that_is_read_is_named(tmp_path, policy):
    narrow = policy.model_copy(update={"sheet_columns": 2})
    for cells, codes in ((("a", "b", "c"), ["limit_exceeded"]), (("a", "b", ""), [])):
        row = "".join(f"<table:table-cell>{p(words) if words else ''}</table:table-cell>" for words in (*cells, ""))
        body = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
        _, document = opened(tmp_path, narrow, "spreadsheet", body)
        assert [item.code for item in document.not_read] == codes
        path = tmp_path / "a.csv"
        path.write_text("\n".join([";".join(cells)] * 3))
        assert [item.code for item in delimited.read(path, "a.csv", narrow).not_read] == codes


def test_the_captions_of_buttons_are_read_and_not_what_they_send(tmp_path, policy):
    form = '<office:forms><form:form><form:button form:id="e" form:label="Release lot" form:value="42"/></form:form></office:forms>'
    body = f'<table:table>{form}<table:shapes><draw:control draw:control="e"/></table:shapes><table:table-row/></table:table>'
    found, _ = opened(tmp_path, policy, "spreadsheet", body)
    assert found == [("drawing", "Release lot", False)]


def test_fractions_and_powers_of_formulas_stand_on_one_line(tmp_path, policy):
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>ppm</mi><mo>=</mo><mfrac><mn>3</mn><mrow><mi>n</mi><mo>+</mo>'
        "<mn>1</mn></mrow></mfrac><mo>·</mo><msup><mn>10</mn><mn>6</mn></msup></mrow><annotation>{3} over {n+1}</annotation></semantics></math>"
    )
    found, _ = opened(tmp_path, policy, "text", f"<text:p>{OBJECT}</text:p>", more={"Object 1/content.xml": formula})
    assert found == [("drawing", "ppm = 3/(n + 1) · 10^6", False)]
