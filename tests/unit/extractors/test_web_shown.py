"""What of a web page is seen and what is not."""

import pytest

from extractors import web
from extractors.web_rules import MOST_RULES, SHEETS_BYTES
from tests.unit.work import MOST, growth


def told(tmp_path, policy, page):
    path = tmp_path / "a.html"
    path.write_text(f"<!doctype html><html>{page}</html>", encoding="utf-8")
    return [(block.text, block.hidden) for block in web.read(path, "a.html", policy).blocks]


@pytest.mark.parametrize(
    "sheet",
    [
        ".note{display:none}",
        "p.note { color: red; display : none }",
        "h1, .a.note {visibility:hidden}",
        "#n1{opacity:0}",
        "<!-- /* lead */ td{color:red} .note { position:absolute; left:-9999px } -->",
        ".note{font-size:0}",
        "@media screen{p{color:red}} .note{color:transparent}",
        ".note{color:rgba(0, 0, 0, 0)}",
        ".note{color:#00000000}",
        ".note{font-size:1px}",
    ],
)
def test_what_a_style_sheet_of_the_page_hides_is_hidden(tmp_path, policy, sheet):
    page = f"<head><style>{sheet}</style></head><body><p>Lot 17 was scrapped</p><p id=n1 class='a note'>and replaced</p></body>"
    assert told(tmp_path, policy, page) == [("Lot 17 was scrapped", False), ("and replaced", True)]


@pytest.mark.parametrize(
    "sheet",
    [
        ".other{display:none}",
        "@media print{.note{display:none}}",
        ".note .inner{display:none}",
        "/* .note{display:none} */",
        ".note{background-color:transparent;line-opacity:0;left:-9px}",
        "*{display:none}",
        ".note{display:none",
    ],
)
def test_what_no_rule_hides_by_itself_is_seen(tmp_path, policy, sheet):
    page = f"<head><style>{sheet}</style></head><body><p class=note>and replaced</p></body>"
    assert told(tmp_path, policy, page) == [("and replaced", False)]


def test_hidden_rows_and_words_of_a_table_are_hidden(tmp_path, policy):
    rows = (
        "<tr><th>Lot</th><th>State</th></tr><tr><td>17</td><td>open<span style='display:none'>closed</span></td></tr>"
        "<tr hidden><td>18</td><td>scrapped</td></tr><tr><td>19</td><td>open</td></tr>"
    )
    assert told(tmp_path, policy, f"<table>{rows}</table>") == [
        ("Lot | State\n17 | open\n19 | open", False),
        ("closed", True),
        ("18\nscrapped", True),
    ]


def test_of_a_list_the_chosen_entries_are_shown_and_fields_stand_apart(tmp_path, policy):
    page = (
        "<p>Grade:<select><option>A<option selected>B</select>by<select><option>Mai<option>Lan</select>because"
        "<textarea>late</textarea></p><datalist><option>C</datalist>"
    )
    assert told(tmp_path, policy, page) == [("Grade: B by Mai because late", False)]


@pytest.mark.parametrize(
    "piece", ["/* ", "@m{", "@m{x{}", "a", "a{", "{}", ".a{display:none}", "@m x;", "display:none;"]
)
def test_style_sheets_without_end_cost_their_length(tmp_path, policy, piece):
    """Expressions that begin at each letter and go on to the last one take a quarter of an hour for the whole length."""

    def read(sheet):
        page = f"<head><style>{sheet}</style></head><body><p>Lot 17</p></body>"
        assert told(tmp_path, policy, page) == [("Lot 17", False)]

    assert growth(lambda number: piece * number, read, 1_000) < MOST
    read(piece * (SHEETS_BYTES // len(piece)))


@pytest.mark.parametrize(
    ("head", "element"),
    [
        ("<style>.tab{display:none} .tab.active{display:block}</style>", "<div class='tab active'>"),
        ("<style>.tab{display:none}</style><style>.tab{display:block}</style>", "<div class=tab>"),
        ("<style media=print>.tab{display:none}</style>", "<div class=tab>"),
        ("<style media='screen and (max-width:480px)'>.tab{display:none}</style>", "<div class=tab>"),
        ("<noscript><style>.tab{display:none}</style></noscript>", "<div class=tab>"),
        ("<style>.tab{display:none}</style>", "<div class=tab style='display:block'>"),
        ("<style>.fade{opacity:0} .page .fade{opacity:1}</style>", "<div class=fade>"),
        (
            "<style>.tab{display:none}" + ".a{color:red}" * MOST_RULES + ".tab{display:block}</style>",
            "<div class=tab>",
        ),
        # Programs that write mails set size 0 around their columns, which have a size of their own.
        ("", "<div style='font-size:0px'><div style='font-size:13px'>"),
        ("", "<div style='font-size:0'><div style='font:13px/1 Arial'>"),
        ("<style>.row{font-size:0} .col{font-size:16px}</style>", "<div class=row><div class=col>"),
        ("", "<div style='visibility:hidden'><div style='visibility:visible'>"),
        # Letters cut out of a coloured ground.
        ("<style>.a{-webkit-background-clip:text} .b{color:transparent}</style>", "<div class='a b'>"),
        ("", "<div style='background:linear-gradient(red,blue);background-clip:text;color:transparent'>"),
        ("", "<div style='color:rgb(0, 0, 0)'>"),
    ],
)
def test_a_rule_that_another_one_overrules_hides_nothing(tmp_path, policy, head, element):
    page = f"<head>{head}</head><body>{element}<p>CAR-12 was closed on 3 March 2026.</p></div></body>"
    assert told(tmp_path, policy, page) == [("CAR-12 was closed on 3 March 2026.", False)]


def test_what_is_inherited_holds_where_nothing_else_is_said(tmp_path, policy):
    page = "<div style='font-size:0'>Lot 17<p style='font-size:1em'>was <b>not</b></p><p style='font-size:9pt'>closed</p></div>"
    assert told(tmp_path, policy, page) == [("Lot 17", True), ("was not", True), ("closed", False)]
