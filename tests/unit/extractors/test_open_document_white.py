"""White words of OpenDocument files on white cells, pages and slides are hidden; those on a ground of their own are seen."""

import pytest
from test_open_document import opened, p, style

LETTERS = '<style:text-properties fo:color="#ffffff"/>'
GROUND = '<style:table-cell-properties fo:background-color="#1f3864"/>'
LOOKS = (
    style("white", "table-cell", LETTERS)
    + style("child", "table-cell", "", "white")
    + style("head", "table-cell", LETTERS + GROUND)
    + style("ruled", "table-cell", LETTERS + '<style:map style:condition="value()=1"/>')
    + style("faint", "text", LETTERS)
    + style("dark", "text", '<style:text-properties fo:color="#333333"/>')
)


@pytest.mark.parametrize(
    ("column", "cell", "words", "seen", "unseen"),
    [
        ("", "white", "closed", "17 | open", ["closed"]),
        ("", "child", "closed", "17 | open", ["closed"]),
        ("white", "", "closed", "17 | open", ["closed"]),
        ("", "", 'new <text:span text:style-name="faint">closed</text:span>', "17 | open | new", ["closed"]),
        ("white", "", '<text:span text:style-name="dark">closed</text:span>', "17 | open | closed", []),
        ("", "head", "closed", "17 | open | closed", []),
        ("", "ruled", "closed", "17 | open | closed", []),
        ("white", "dark", "closed", "17 | open | closed", []),
    ],
)
def test_white_words_in_white_cells_of_a_sheet_are_hidden(tmp_path, policy, column, cell, words, seen, unseen):
    def row(last):
        entries = "".join(f"<table:table-cell>{p(each)}</table:table-cell>" for each in ("17", "open"))
        return f'<table:table-row>{entries}<table:table-cell table:style-name="{cell}">{p(last)}</table:table-cell></table:table-row>'

    body = (
        f'<table:table><table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="{column}"/>'
        f"{row(words)}</table:table>"
    ).replace(' table:style-name=""', "")
    found, _ = opened(tmp_path, policy, "spreadsheet", body, styles=LOOKS)
    assert [" | ".join(filter(None, map(str.strip, text.split("|")))) for _, text, hidden in found if not hidden] == [
        seen
    ]
    assert [text for _, text, hidden in found if hidden] == unseen


@pytest.mark.parametrize(
    ("rule", "hidden"), [("condition", False), ("color-scale", False), ("icon-set", True), ("", True)]
)
def test_a_rule_of_the_sheet_may_paint_the_ground_of_white_words(tmp_path, policy, rule, hidden):
    rules = (
        '<calcext:conditional-formats xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<calcext:conditional-format calcext:target-range-address="S.A1:S.B2"><calcext:{rule}/></calcext:conditional-format></calcext:conditional-formats>'
    )
    cells = f'<table:table-cell>{p("17")}</table:table-cell><table:table-cell table:style-name="white">{p("closed")}</table:table-cell>'
    body = (
        f'<table:table table:name="S"><table:table-row>{cells}</table:table-row>{rules if rule else ""}</table:table>'
    )
    found, _ = opened(tmp_path, policy, "spreadsheet", body, styles=LOOKS)
    assert any(unseen for _, _, unseen in found) is hidden


def test_hidden_columns_of_a_sheet_are_hidden(tmp_path, policy):
    columns = (
        "<table:table-column/><table:table-column-group><table:table-column"
        ' table:visibility="collapse" table:number-columns-repeated="16000"/></table:table-column-group>'
    )
    cells = "".join(f"<table:table-cell>{p(words)}</table:table-cell>" for words in ("17", "scrapped"))
    found, _ = opened(
        tmp_path,
        policy,
        "spreadsheet",
        f"<table:table>{columns}<table:table-row>{cells}</table:table-row></table:table>",
    )
    assert [(words, hidden) for _, words, hidden in found] == [("17", False), ("scrapped", True)]


def test_white_words_on_a_paragraph_with_a_gradient_are_seen(tmp_path, policy):
    look = style("a", "paragraph", LETTERS + '<style:graphic-properties draw:fill="gradient"/>')
    found, _ = opened(tmp_path, policy, "text", '<text:p text:style-name="a">Audit</text:p>', styles=look)
    assert found == [("paragraph", "Audit", False)]


SHAPE_LOOKS = (
    style("bare", "graphic", '<style:graphic-properties draw:fill="none"/>')
    + style("child", "graphic", "", "bare")
    + style("pale", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#ffffff"/>' + LETTERS)
    + style("navy", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#1f3864"/>')
    + style("title", "presentation", '<style:graphic-properties draw:fill="none"/>' + LETTERS)
    + style("dark-page", "drawing-page", '<style:drawing-page-properties draw:fill="solid" draw:fill-color="#000000"/>')
    + style("white-page", "drawing-page", '<style:drawing-page-properties draw:fill="none"/>')
    + style("faint", "text", LETTERS)
)
FAINT = p('closed <text:span text:style-name="faint">and replaced</text:span>')


def shape(look, inner, x=1, kind="graphic"):
    names = {"graphic": "draw:style-name", "presentation": "presentation:style-name"}
    return (
        f'<draw:frame {names[kind]}="{look}" svg:x="{x}cm" svg:y="1cm" svg:width="5cm" svg:height="20mm">'
        f"<draw:text-box>{inner}</draw:text-box></draw:frame>"
    )


PICTURE = '<draw:frame draw:style-name="bare" svg:x="{}cm" svg:y="1cm" svg:width="5cm" svg:height="2cm"><draw:image/></draw:frame>'


@pytest.mark.parametrize(
    ("page", "shapes", "master", "hidden"),
    [
        ("white-page", shape("bare", FAINT), "", "and replaced"),
        ("", shape("child", FAINT), "", "and replaced"),
        ("", shape("pale", p("and replaced")), "", "and replaced"),
        ("", shape("title", p("and replaced"), kind="presentation"), "", "and replaced"),
        ("", f"<draw:g>{shape('bare', FAINT)}</draw:g>", "", "and replaced"),
        ("", shape("bare", FAINT) + shape("navy", p("a"), x=7), "", "and replaced"),
        ("", shape("bare", FAINT) + shape("navy", p("a"), x=5), "", ""),
        ("", shape("bare", FAINT) + PICTURE.format(8), "", "and replaced"),
        ("", PICTURE.format(1) + shape("bare", FAINT), "", ""),
        ("", shape("bare", FAINT), PICTURE.format(2), ""),
        ("", shape("bare", FAINT).replace("svg:x", "draw:transform"), shape("navy", p("a"), x=20), ""),
        ("", shape("navy", FAINT), "", ""),
        ("", shape("unknown", FAINT), "", ""),
        ("dark-page", shape("bare", FAINT), "", ""),
    ],
)
def test_white_words_of_a_slide_are_hidden_where_nothing_paints_a_ground(
    tmp_path, policy, page, shapes, master, hidden
):
    body = f'<draw:page draw:style-name="{page}" draw:master-page-name="M">{shapes}</draw:page>'
    found, _ = opened(tmp_path, policy, "presentation", body, master=master, styles=SHAPE_LOOKS)
    assert "".join(words for _, words, unseen in found if unseen) == hidden
    assert ("and replaced" in " ".join(words for _, words, unseen in found if not unseen)) is not bool(hidden)
