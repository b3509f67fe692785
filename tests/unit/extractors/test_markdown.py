"""Web elements within Markdown: hidden words are told, tables are tables, placeholders swallow nothing; pictures are read."""

import base64
import io

import pytest
from pdf_files import picture

from extractors import markdown
from extractors.markdown_html import OpenElements
from tests.unit.work import MOST, growth


@pytest.fixture
def told(tmp_path, policy):
    def read(text):
        path = tmp_path / "a.md"
        path.write_text(text, encoding="utf-8")
        return [(block.text, block.hidden) for block in markdown.read(path, "a.md", policy).blocks]

    return read


@pytest.mark.parametrize(
    "text",
    [
        "Lot 17 was scrapped <span style='display:none'>and **replaced**</span>",
        'Lot 17 was scrapped\n\n<div style="display:none">\n\nand *replaced*\n\n</div>',
        "Lot 17 was scrapped\n\n<div hidden>and replaced</div>",
        "Lot 17 was scrapped\n\n<p style='visibility: hidden'>and <b>replaced</b></p>\n",
        "Lot 17 was scrapped <font color=white>and replaced</font>",
        "Lot 17 was scrapped\n\n<div style='color:#fff'>\n\n- and replaced\n\n</div>",
        "Lot 17 was scrapped\n\n<div style='display:none'>\n\n# and replaced",
    ],
)
def test_words_in_hidden_elements_are_hidden(told, text):
    assert told(text) == [("Lot 17 was scrapped", False), ("and replaced", True)]


@pytest.mark.parametrize(
    "text",
    [
        "<div style='display:block'>\n\nand replaced\n\n</div>",
        "<div style='display:none'>\n\n</div>\n\nand replaced",
        "<span style='color:white;background:green'>and replaced</span>",
        "<div style='background:navy'>\n\n<span style='color:white'>and replaced</span>\n\n</div>",
        "<template>\n\nand replaced",
        "<script>\nlet a = 1;\n</script>\n\nand replaced",
        "<style>p{display:none}</style>\n\nand replaced",
        "<!-- lead\n-->\n\nand replaced",
        "<details><summary>and replaced</summary></details>",
        "<span style='color:white'><b style='color:#333'>and replaced</b></span>",
        "<div style='color:#fff'>\n\n<div style='background:navy'>\n\nand replaced\n\n</div>\n\n</div>",
    ],
)
def test_others_are_seen(told, text):
    assert told(text) == [("and replaced", False)]


def test_an_element_that_begins_in_a_line_ends_with_it(told):
    assert told("first <span style='display:none'>second\n\nthird") == [
        ("first", False),
        ("second", True),
        ("third", False),
    ]


def test_hidden_words_of_cells_stand_behind_their_table(told):
    text = "| Lot | State |\n|---|---|\n| 17 | open <i style='opacity:0'>closed</i> |\n\nend"
    assert told(text) == [("Lot | State\n17 | open", False), ("closed", True), ("end", False)]


def test_tables_and_lists_written_as_web_pages_are_read_as_such(tmp_path, policy):
    path = tmp_path / "a.md"
    path.write_text(
        "# Log\n\n<table>\n<tr><th>Lot</th><th>State</th></tr>\n<tr><td>17</td><td>open</td></tr>\n</table>\n\n"
        "<ul><li>a &amp; b</li></ul>\n\nAB&lt;1\n"
    )
    blocks = markdown.read(path, "a.md", policy).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "Log"),
        ("table", "Lot | State\n17 | open"),
        ("list_item", "a & b"),
        ("paragraph", "AB<1"),
    ]


@pytest.mark.parametrize("piece", ["<!-- ", "<script> ", "<style>a ", "<b ", "<div hidden>", "</div>"])
def test_the_cost_grows_with_the_file(told, piece):
    assert growth(lambda number: "<div>" + piece * number, told, 1_000) < MOST


@pytest.mark.parametrize(("piece", "times"), [("<!-- ", 2_000_000), ("<style> ", 300_000), ("<b ", 500_000)])
def test_what_has_no_end_is_looked_for_once(piece, times):
    """So many that look for their end each, through all that follows, take half an hour and more."""
    words, for_itself = OpenElements().block("<div>" + piece * times)
    assert [hidden for _, hidden in words] == [False] * (piece != "<style> ")
    assert not for_itself


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("See ![][image1] below\n\n[image1]: <{}>", "See  below"),
        ("| a | b |\n|---|---|\n| ![][image1] | 1 |\n\n[image1]: <{}>", "a | b\n | 1"),
        ("<p>\n<img src='{}'>\n</p>\n\nend", "end"),
    ],
)
def test_pictures_written_into_the_file_are_read(told, text, around):
    data = io.BytesIO()
    picture(["Certificate of calibration 4711"]).save(data, "PNG")
    found = told(text.format(f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"))
    assert sorted(found) == sorted([(around, False), ("Certificate of calibration 4711", False)])


def test_a_long_address_in_an_element_is_no_text(told):
    assert told(f"<div>\n<img src='data:image/png;base64,{'A' * 3_000}'>\n\nend\n\n</div>") == [("end", False)]
