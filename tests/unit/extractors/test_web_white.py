"""White words on white web pages are hidden; white words on anything else are seen."""

import pytest

from extractors import web, web_rules
from extractors.colours import is_veil, is_white_word
from tests.unit.work import MOST, growth


def told(tmp_path, policy, page):
    path = tmp_path / "a.html"
    path.write_text(f"<!doctype html><html>{page}</html>", encoding="utf-8")
    return [(block.text, block.hidden) for block in web.read(path, "a.html", policy).blocks]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Lot 17 was scrapped<span style='color:#ffffff'>and replaced</span></p>",
        "<p>Lot 17 was scrapped</p><p style='COLOR: White !important'>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p><font color=#FEFEFE>and replaced</font></p>",
        "<p>Lot 17 was scrapped</p><div style='color:rgb(255, 255, 255)'><p>and <b>replaced</b></p></div>",
        "<style>.w{color:#fff}</style><p>Lot 17 was scrapped</p><p class=w>and replaced</p>",
        "<style>body{background:#fff;color:#000} p.w{color:white}</style><p>Lot 17 was scrapped</p><p class=w>and replaced</p>",
        "<body style='background:navy'><div style='background:#fff'><p>Lot 17 was scrapped</p><p style='color:#fff'>and replaced</p></div>",
        "<style>@media print{.x{background:black}}</style><p>Lot 17 was scrapped</p><p style='color:#fff'>and replaced</p>",
        "<body style='color:#fff'><p style='color:black'>Lot 17 was scrapped</p><p>and replaced</p>",
        "<style>@page{margin:1cm} p{color:black} .w{color:white}</style><p>Lot 17 was scrapped</p><p class=w>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p style='color:#fff;background:rgba(0, 0, 0, 0)'>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p style='color:hsl(0, 0%, 100%)'>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p style='color:rgb(100% 100% 98% / .9)'>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p style='color:#fff;background:hsla(210, 50%, 20%, 0)'>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p style='color:#fff;background:rgb(0 0 0 / 0%)'>and replaced</p>",
        "<body style='background:navy'><div style='background:hsl(0 0% 99%)'><p>Lot 17 was scrapped</p><p style='color:#fff'>and replaced</p></div>",
        "<p>Lot 17 was scrapped</p><p style='color:hsla(0, 0%, 0%, 0)'>and replaced</p>",
        "<p>Lot 17 was scrapped</p><p style='color:hsl(0 0% 0% / none)'>and replaced</p>",
    ],
)
def test_white_on_white_is_hidden(tmp_path, policy, page):
    assert told(tmp_path, policy, page) == [("Lot 17 was scrapped", False), ("and replaced", True)]


@pytest.mark.parametrize(
    "page",
    [
        "<table bgcolor=#1F4E79><tr><td><font color=white>and replaced</font></td></tr></table>",
        "<div style='background-color:#1f4e79'><p style='color:#fff'>and replaced</p></div>",
        "<div style='background:url(a.png)'><p style='color:#fff'>and replaced</p></div>",
        "<body background=a.png><p style='color:#fff'>and replaced</p>",
        "<body style='background:#222;color:#fff'><p>and replaced</p>",
        "<style>body{background:#222;color:#fff}</style><p>and replaced</p>",
        "<style>.hero h1, .hero p{background:linear-gradient(red, blue)}</style><p style='color:#fff'>and replaced</p>",
        "<style>@media screen{p{background:black}}</style><p style='color:#fff'>and replaced</p>",
        "<style>p{color:#fff} .seen p{color:black}</style><div class=seen><p>and replaced</p></div>",
        "<p style='color:#fff;text-shadow:1px 1px black'>and replaced</p>",
        "<div style='position:absolute'><p style='color:#fff'>and replaced</p></div>",
        "<p style='color:#fff'><mark>and replaced</mark></p>",
        "<p style='color:#fff'><a href=b>and replaced</a></p>",
        "<p style='color:#fff'><span style='color:#333'>and replaced</span></p>",
        "<p style='color:var(--text)'>and replaced</p>",
        "<p style='color:#ddd'>and replaced</p>",
        "<p style='color:hsl(0 0% 95%)'>and replaced</p>",
        "<p style='color:rgb(95%, 95%, 95%)'>and replaced</p>",
        "<p style='color:hsla(0, 0%, 0%, .1)'>and replaced</p>",
        "<div style='background:hsl(210 50% 20%)'><p style='color:#fff'>and replaced</p></div>",
        "<div style='background:hsl(210deg, 50%, 20%)'><p style='color:hsl(0 0% 100%)'>and replaced</p></div>",
        "<div style='background:color-mix(in srgb, navy, white)'><p style='color:#fff'>and replaced</p></div>",
        "<body bgcolor=navy><div style='background:hsl(0 0% 100% / 10%)'><p style='color:#fff'>and replaced</p></div>",
        "<body bgcolor=navy><div style='background:rgba(255,255,255,.1)'><p style='color:#fff'>and replaced</p></div>",
        "<table><col style='background:navy'><tr><td style='color:#fff'>and replaced</td></tr></table>",
        "<head><link rel=stylesheet href=a.css></head><p style='color:#fff'>and replaced</p>",
        "<style>@import 'a.css';</style><p style='color:#fff'>and replaced</p>",
    ],
)
def test_white_on_what_may_be_dark_is_seen(tmp_path, policy, page):
    assert told(tmp_path, policy, page) == [("and replaced", False)]


@pytest.mark.parametrize(
    ("colour", "white"),
    [
        ("rgb(255, 255, 255)", True),
        ("RGBA(255,255,255,0.5)", True),
        ("rgb(245 245 245)", True),
        ("rgb(100%, 97%, 100%)", True),
        ("rgb(255 100% 250.5 / 50%)", True),
        ("rgb(300 300 300)", True),
        ("hsl(0, 0%, 100%)", True),
        ("hsla(120deg, 100%, 99%, .3)", True),
        ("hsl(.5turn 0 97)", True),
        ("hsl(none none 100%)", True),
        ("rgb(244 255 255)", False),
        ("rgb(95%, 100%, 100%)", False),
        ("hsl(0, 0%, 95%)", False),
        ("hsl(0 100% 97%)", False),
        ("hsl(60 100% 50%)", False),
        # No browser reads these, so that the colour before them holds.
        ("hsl(0, 0, 100)", False),
        ("rgb(255, 100%, 255)", False),
        ("rgb(255, 255 255)", False),
        ("rgb(255, 255, none)", False),
        ("rgb(255 255 255 255)", False),
        ("rgb(255 255 255 /)", False),
        ("hsl(100% 0% 100%)", False),
        ("rgb(,,)", False),
        ("hsl()", False),
        ("hsl(from white h s l)", False),
        ("rgb(" + "1" * 90_000, False),
    ],
)
def test_colours_written_as_functions(colour, white):
    assert is_white_word(colour) is white


@pytest.mark.parametrize(
    ("colour", "veil"),
    [
        ("rgba(255, 255, 255, .1)", True),
        ("hsl(0 0% 100% / 99%)", True),
        ("rgb(255 255 255 / none)", True),
        ("rgb(100%, 100%, 99%)", False),
        ("hsl(0, 0%, 99%)", False),
        ("rgba(255, 255, 255, 1.0)", False),
        ("white", False),
    ],
)
def test_what_shines_through_a_colour(colour, veil):
    assert is_veil(colour) is veil


def test_in_tables_the_white_head_on_blue_is_seen_and_white_words_of_cells_are_hidden(tmp_path, policy):
    rows = (
        "<tr style='background:#1f4e79;color:#fff'><th>Lot</th><th>State</th></tr>"
        "<tr><td>17</td><td>open <span style='color:#fff'>closed</span></td></tr>"
        "<tr style='color:white'><td>18</td><td>closed</td></tr>"
    )
    assert told(tmp_path, policy, f"<table>{rows}</table>") == [
        ("Lot | State\n17 | open", False),
        ("closed", True),
        ("18\nclosed", True),
    ]


def test_words_beside_seen_ones_are_hidden_by_themselves(tmp_path, policy):
    page = "<p style='color:#fff'>first <b style='color:red'>second</b> third</p>"
    assert told(tmp_path, policy, page) == [("first", True), ("second", False), ("third", True)]


def test_the_cost_grows_with_the_page(tmp_path, policy):
    def page(number):
        return "<div style='color:#fff'>" * (number // 8) + "<p>word <b style='color:red'>seen</b></p>" * number

    assert growth(page, lambda made: told(tmp_path, policy, made), 300) < MOST


@pytest.mark.parametrize(
    ("rule", "element", "most"),
    [
        ("p{{color:red}}", "<p>a", web_rules.MOST_COMPARED),
        (".a{0}.x{{display:none}}", "<p class=x>a", web_rules.MOST_COMPARED),
        (".a{0}.x{{color:#fff}}", "<p class=x id=i{0}>a", 5_000),  # no two are alike, so that only the limit holds
    ],
)
def test_the_cost_does_not_grow_with_rules_times_elements(tmp_path, policy, monkeypatch, rule, element, most):
    monkeypatch.setattr(web_rules, "MOST_COMPARED", most)

    def page(number):
        sheet = "".join(rule.format(n) for n in range(number)) + ".y{display:none} .z{color:#fff}"
        return f"<style>{sheet}</style>" + "".join(element.format(n) for n in range(number * 3))

    def read(made):
        assert len(told(tmp_path, policy, made)) == made.count("<p")

    assert growth(page, read, 100) < MOST
