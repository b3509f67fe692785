"""White words of slides on white ground are hidden; white words on anything that may be dark are seen."""

import pptx
import pytest
from lxml import etree
from office_files import A, P, R, package, relations
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches

from extractors import slide_layouts, slides
from extractors.slide_colours import Palette
from extractors.slide_grounds import MOST_SHAPES
from tests.unit.work import MOST, growth

NAMES = (
    f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
PLAIN = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
THEME = (
    f'<a:theme {NAMES}><a:themeElements><a:clrScheme><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="1F3864"/></a:dk2><a:lt2><a:srgbClr val="EEEEEE"/></a:lt2>'
    "</a:clrScheme><a:fmtScheme><a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst><a:outerShdw/>"
    f"</a:effectLst></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst>{PLAIN}<a:gradFill/></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
MAP = '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"/>'
DARK_MAP = '<p:clrMap bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"/>'
OVER = '<p:clrMapOvr><a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"/></p:clrMapOvr>'
BG1 = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'


def fill(colour):
    kind = "schemeClr" if colour[-1] in "12" else "srgbClr"
    return f'<a:solidFill><a:{kind} val="{colour}"/></a:solidFill>'


WHITE, NAVY = fill("FFFFFF"), fill("1F3864")


def page_fill(inner):
    return f"<p:bg><p:bgPr>{inner}<a:effectLst/></p:bgPr></p:bg>"


def run(words, inner=WHITE, kind="r"):
    return f"<a:{kind}><a:rPr>{inner}</a:rPr><a:t>{words}</a:t></a:{kind.split()[0]}>"


SEEN = "<a:r><a:t>Lot 17 was scrapped </a:t></a:r>"
FAINT = SEEN + run("and replaced")
INHERITED = "<a:r><a:t>and replaced</a:t></a:r>"


def at(x=1_000_000, wide=3_000_000, turn=""):
    return f'<a:xfrm{turn}><a:off x="{x}" y="1000000"/><a:ext cx="{wide}" cy="1000000"/></a:xfrm>'


def box(text=FAINT, look="", *, place=None, style="", role="", lists="", body="<a:bodyPr/>", own=""):
    if style:
        style = f"<p:style>{style}</p:style>"
    place = at() if place is None else place
    return (
        f'<p:sp {own}><p:nvSpPr><p:cNvPr id="2" name="Box"/><p:cNvSpPr/><p:nvPr>{role}</p:nvPr></p:nvSpPr><p:spPr>{place}{look}</p:spPr>{style}'
        f"<p:txBody>{body}<a:lstStyle>{lists}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def panel(look=NAVY, **given):
    return box("", look, **given)


def picture(x):
    return f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="P"/></p:nvPicPr><p:blipFill/><p:spPr>{at(x)}</p:spPr></p:pic>'


def group(inner, turn=""):
    same = '<a:off x="0" y="0"/><a:ext cx="9" cy="9"/><a:chOff x="0" y="0"/><a:chExt cx="9" cy="9"/>'
    return f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="5" name="G"/></p:nvGrpSpPr><p:grpSpPr><a:xfrm{turn}>{same}</a:xfrm></p:grpSpPr>{inner}</p:grpSp>'


def deck(path, shapes, *, page="", after="", attributes="", layout="", layout_page="", master="", master_page=BG1, colours=MAP, styles="", more=None, default=""):  # fmt: skip
    """One slide with a layout, a master and a theme."""

    def root(name, page, inner, after="", attributes=""):
        return f"<p:{name} {NAMES} {attributes}><p:cSld>{page}<p:spTree>{inner}</p:spTree></p:cSld>{after}</p:{name}>"

    return package(
        path,
        {
            "_rels/.rels": relations(r1=("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation {NAMES}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst>'
            f'<p:sldSz cx="9144000" cy="6858000"/><p:defaultTextStyle>{default}</p:defaultTextStyle></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(r1=("slide", "s.xml"), t=("tableStyles", "tables.xml")),
            "ppt/s.xml": root("sld", page, shapes, after, attributes),
            "ppt/_rels/s.xml.rels": relations(l=("slideLayout", "l.xml")),
            "ppt/l.xml": root("sldLayout", layout_page, layout),
            "ppt/_rels/l.xml.rels": relations(m=("slideMaster", "m.xml")),
            "ppt/m.xml": root("sldMaster", master_page, master, f"{colours}<p:txStyles>{styles}</p:txStyles>"),
            "ppt/_rels/m.xml.rels": relations(t=("theme", "t.xml")),
            "ppt/t.xml": THEME,
            **(more or {}),
        },
    )


def told(tmp_path, policy, shapes, **given):
    path = deck(tmp_path / "a.pptx", shapes, **given)
    return [(block.text, block.hidden) for block in slides.read(path, "a.pptx", policy).blocks]


def hidden(tmp_path, policy, shapes, **given):
    found = told(tmp_path, policy, shapes, **given)
    unseen = [words for words, is_hidden in found if is_hidden]
    assert unseen in ([], ["and replaced"])
    assert ("and replaced" in "\n".join(words for words, is_hidden in found if not is_hidden)) is not bool(unseen)
    return bool(unseen)


def test_white_words_beside_seen_ones_are_a_piece_of_their_own(tmp_path, policy):
    text = "<a:r><a:t>Lot 17</a:t></a:r>" + run("and") + "<a:r><a:t>was scrapped</a:t></a:r>" + run(" replaced")
    assert told(tmp_path, policy, box(text)) == [("Lot 17 was scrapped", False), ("and replaced", True)]


@pytest.mark.parametrize(
    ("colour", "unseen"),
    [
        (WHITE, True),
        (fill("F5F5F5"), True),
        (fill("bg1"), True),
        (fill("lt1"), True),
        ('<a:solidFill><a:prstClr val="white"/></a:solidFill>', True),
        ('<a:solidFill><a:prstClr val="whiteSmoke"/></a:solidFill>', True),
        ('<a:solidFill><a:sysClr val="window"/></a:solidFill>', True),
        ('<a:solidFill><a:scrgbClr r="100000" g="100%" b="100000"/></a:solidFill>', True),
        ('<a:solidFill><a:hslClr hue="0" sat="0" lum="100000"/></a:solidFill>', True),
        ('<a:solidFill><a:schemeClr val="tx1"><a:lumMod val="0"/><a:lumOff val="100000"/></a:schemeClr></a:solidFill>', True),
        ('<a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill>', True),
        ('<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="40000"/></a:srgbClr></a:solidFill>', True),
        ("<a:noFill/>", True),
        ('<a:gradFill><a:gsLst><a:gs pos="0"><a:schemeClr val="bg1"/></a:gs></a:gsLst></a:gradFill>', True),
        ("", False),
        (fill("tx1"), False),
        (fill("F4F4F4"), False),
        (fill("bg2"), False),
        ('<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="95000"/></a:schemeClr></a:solidFill>', False),
        ('<a:solidFill><a:schemeClr val="bg1"><a:shade val="50000"/></a:schemeClr></a:solidFill>', False),
        ('<a:solidFill><a:schemeClr val="accent9"/></a:solidFill>', False),
        ('<a:solidFill><a:scrgbClr r="100000" g="100000"/></a:solidFill>', False),
        ('<a:solidFill><a:srgbClr val="000000"><a:alpha val="20000"/></a:srgbClr></a:solidFill>', False),
        ('<a:solidFill><a:srgbClr val="000000"><a:alpha val="x"/></a:srgbClr></a:solidFill>', False),
        ('<a:gradFill><a:gsLst><a:gs pos="0"><a:schemeClr val="tx1"/></a:gs></a:gsLst></a:gradFill>', False),
        ('<a:ln><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>' + WHITE, False),
        ("<a:ln><a:noFill/></a:ln>" + WHITE, True),
        (WHITE + "<a:effectLst><a:glow/></a:effectLst>", False),
        (WHITE + "<a:effectLst/>", True),
        (WHITE + '<a:highlight><a:srgbClr val="000000"/></a:highlight>', False),
        (WHITE + '<a:hlinkClick r:id="q"/>', False),
    ],
)  # fmt: skip
def test_colours_of_letters(tmp_path, policy, colour, unseen):
    assert hidden(tmp_path, policy, box(SEEN + run("and replaced", colour))) is unseen


@pytest.mark.parametrize(
    ("shapes", "unseen"),
    [
        (box(look="<a:noFill/>"), True),
        (box(look=WHITE), True),
        (box(style='<a:fillRef idx="0"/><a:effectRef idx="0"/>'), True),
        (box(style='<a:effectRef idx="1"/>'), True),
        (box(look="<a:noFill/>", style='<a:fillRef idx="1"/>'), True),
        (box(own='useBgFill="1"'), True),
        (group(box()), True),
        (box() + panel(place=at(5_000_000)), True),
        (box() + picture(4_000_000), True),
        (box() + panel("<a:noFill/>"), True),
        (box() + panel().replace("<p:cNvPr", '<p:cNvPr hidden="1"'), True),
        (box() + panel("<a:noFill/><a:ln w='12700'/>"), True),
        (box(look=NAVY), False),
        (box(look='<a:blipFill/>'), False),
        (box(style='<a:fillRef idx="1"/>'), False),
        (box(look="<a:effectLst><a:outerShdw/></a:effectLst>"), False),
        (box(style='<a:effectRef idx="2"/>'), False),
        (box(body="<a:bodyPr><a:sp3d/></a:bodyPr>"), False),
        (panel() + box(), False),
        (box() + panel(place=at(3_900_000)), False),
        (box() + panel("<a:gradFill/>"), False),
        (picture(2_000_000) + box(), False),
        (box() + group(panel(place=at(3_000_000))), False),
        (box() + group(panel(place=at(7_000_000)), ' rot="5400000"'), False),
        (box() + panel(place=at(4_100_000, 1_000_000, ' rot="2700000"')), False),
        (box() + panel(place=""), False),
        (box() + panel("<a:noFill/><a:ln w='500000'/>", place=at(4_100_000)), False),
        (box() + "<p:contentPart/>", False),
        (box() + f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{picture(2_000_000)}</mc:Fallback></mc:AlternateContent>", False),
        # Words that run over the edge of their box.
        (box(SEEN * 4 + run("and replaced"), body='<a:bodyPr wrap="none"/>') + picture(4_100_000), False),
        (box(SEEN * 30 + run("and replaced"), place=at(1_000_000, 300_000)) + picture(1_000_000).replace('y="1000000"', 'y="5000000"'), False),
        (box(body='<a:bodyPr vert="vert"/>') + picture(7_000_000), False),
    ],
)  # fmt: skip
def test_shapes_that_may_paint_the_ground(tmp_path, policy, shapes, unseen):
    assert hidden(tmp_path, policy, shapes) is unseen


@pytest.mark.parametrize(
    ("given", "unseen"),
    [
        ({}, True),
        ({"master_page": ""}, True),
        ({"page": page_fill(WHITE)}, True),
        ({"page": page_fill(WHITE), "layout_page": page_fill(NAVY)}, True),
        ({"page": page_fill(fill("bg1"))}, True),
        ({"layout": panel(place=at(5_000_000))}, True),
        ({"layout": panel(role='<p:ph type="pic" idx="7"/>')}, True),
        ({"layout": panel(), "attributes": 'showMasterSp="0"'}, True),
        ({"page": page_fill(NAVY)}, False),
        ({"page": f"<mc:AlternateContent><mc:Choice>{page_fill(NAVY)}</mc:Choice></mc:AlternateContent>"}, False),
        ({"page": page_fill("<a:blipFill/>")}, False),
        ({"layout_page": page_fill(NAVY)}, False),
        ({"master_page": page_fill(NAVY)}, False),
        ({"master_page": BG1.replace("1001", "1002")}, False),
        ({"master_page": BG1.replace("1001", "1009")}, False),
        ({"colours": DARK_MAP}, False),
        ({"after": OVER}, False),
        ({"layout": panel()}, False),
        ({"master": picture(2_000_000)}, False),
        ({"after": "<p:timing><p:animMotion/></p:timing>"}, False),
        ({"after": "<p:timing><p:attrName>style.color</p:attrName></p:timing>"}, False),
        ({"more": {"ppt/m.xml": "<broken"}}, False),
        ({"more": {"ppt/_rels/m.xml.rels": relations(t=("theme", "lost.xml"))}}, False),
        ({"more": {"ppt/_rels/s.xml.rels": relations(l=("slideLayout", "l.xml"), o=("themeOverride", "t.xml"))}}, False),
        ({"more": {"ppt/_rels/s.xml.rels": relations(l=("slideLayout", "lost.xml"))}}, False),
    ],
)  # fmt: skip
def test_grounds_of_the_slide_its_layout_and_its_master(tmp_path, policy, given, unseen):
    assert hidden(tmp_path, policy, box(), **given) is unseen


def level(colour, number=1):
    return f"<a:lvl{number}pPr><a:defRPr>{fill(colour)}</a:defRPr></a:lvl{number}pPr>"


BODY, TITLE = '<p:ph idx="1"/>', '<p:ph type="title"/>'
FONT = '<a:fontRef idx="minor"><a:schemeClr val="{}"/></a:fontRef>'


@pytest.mark.parametrize(
    ("shape", "given", "unseen"),
    [
        (box(INHERITED, lists=level("bg1")), {}, True),
        (box(f'<a:pPr lvl="1"/>{INHERITED}', lists=level("tx1") + level("bg1", 2)), {}, True),
        (box(INHERITED, style=FONT.format("lt1")), {}, True),
        (box(INHERITED, role=BODY), {"layout": box("", role=BODY, lists=level("bg1"))}, True),
        (box(INHERITED, role=BODY), {"layout": box("", role=BODY), "master": box("", role='<p:ph type="body"/>', lists=level("bg1"))}, True),
        (box(INHERITED, role=TITLE), {"layout": box("", role=TITLE), "styles": f"<p:titleStyle>{level('bg1')}</p:titleStyle>"}, True),
        (box(INHERITED, role=BODY, place=""), {"layout": box("", role=BODY, lists=level("bg1")) + picture(5_000_000)}, True),
        (box(INHERITED), {"default": level("bg1")}, True),
        (box(INHERITED), {"default": level("bg1"), "styles": f"<p:otherStyle>{level('tx1')}</p:otherStyle>"}, False),
        (box(INHERITED), {}, False),
        (box(INHERITED, lists=level("bg1", 2)), {}, False),
        (box(INHERITED, lists=level("bg1"), style=FONT.format("dk1")), {}, False),
        (box(run("and replaced", fill("tx1")), lists=level("bg1")), {}, False),
        # Programs do not agree on what a paragraph says of its letters.
        (box(f"<a:pPr><a:defRPr>{NAVY}</a:defRPr></a:pPr>{INHERITED}", lists=level("bg1")), {}, False),
        (box(f"<a:pPr><a:defRPr>{WHITE}</a:defRPr></a:pPr>{INHERITED}"), {}, False),
        (box(INHERITED, role=BODY), {"layout": box("", NAVY, role=BODY, lists=level("bg1"))}, False),
        (box(INHERITED, role=BODY), {"layout": box("", role=BODY, lists=level("bg1")), "master": panel(role='<p:ph type="body"/>')}, False),
        (box(INHERITED, role=BODY, place=""), {"layout": box("", role=BODY, lists=level("bg1")) + picture(2_000_000)}, False),
        (box(FAINT, role='<p:ph idx="12"/>'), {"layout": box("", role=BODY)}, False),
        (box(SEEN + run("and replaced", kind='fld type="slidenum"'), role='<p:ph type="sldNum"/>'), {"layout": box("", role='<p:ph type="sldNum"/>')}, False),
    ],
)  # fmt: skip
def test_what_letters_inherit(tmp_path, policy, shape, given, unseen):
    assert hidden(tmp_path, policy, shape, **given) is unseen


BARE, LOOK = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"


def table(cell="", look="", place="", more=""):
    look = f"<a:tblPr>{look and f'<a:tableStyleId>{look}</a:tableStyleId>'}{more}</a:tblPr>"
    cells = "".join(
        f"<a:tc><a:txBody><a:p>{text}</a:p></a:txBody><a:tcPr>{cell}</a:tcPr></a:tc>"
        for text in ("<a:r><a:t>Lot 17</a:t></a:r>", SEEN + run("and replaced"))
    )
    frame = '<p:xfrm><a:off x="1000000" y="1000000"/><a:ext cx="3000000" cy="500000"/></p:xfrm>'
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="T"/></p:nvGraphicFramePr>{frame}<a:graphic><a:graphicData>'
        f"<a:tbl>{look}<a:tr>{cells}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def tables(inner):
    look = f'<a:tblStyle styleId="{LOOK}"><a:wholeTbl><a:tcStyle>{inner}</a:tcStyle></a:wholeTbl></a:tblStyle>'
    return {"more": {"ppt/tables.xml": f"<a:tblStyleLst {NAMES}>{look}</a:tblStyleLst>"}}


@pytest.mark.parametrize(
    ("shapes", "given", "unseen"),
    [
        (table(), {}, True),
        (table("<a:noFill/>", BARE), {}, True),
        (table(WHITE), {}, True),
        (table(look=LOOK), tables("<a:fill><a:noFill/></a:fill>"), True),
        (table() + panel(place=at(5_000_000)), {}, True),
        (table(NAVY), {}, False),
        (table(look=LOOK), {}, False),
        (table(look=LOOK), tables(f"<a:fill>{NAVY}</a:fill>"), False),
        (table(look=LOOK), tables('<a:fillRef idx="1"/>'), False),
        (table(more=NAVY), {}, False),
        (table() + panel(), {}, False),
        (table() + panel().replace('y="1000000"', 'y="3000000"'), {}, False),
        (table(), {"page": page_fill(NAVY)}, False),
    ],
)
def test_cells_of_tables(tmp_path, policy, shapes, given, unseen):
    assert hidden(tmp_path, policy, shapes, **given) is unseen


def test_of_a_hidden_slide_and_a_hidden_shape_everything_is_hidden_as_before(tmp_path, policy):
    slide = told(tmp_path, policy, box(), attributes='show="0"')
    shape = told(tmp_path, policy, box().replace("<p:cNvPr", '<p:cNvPr hidden="1"'))
    assert slide == shape == [("Lot 17 was scrapped and replaced", True)]


def test_more_shapes_than_are_compared_and_layouts_too_large_to_keep_hide_nothing(tmp_path, policy, monkeypatch):
    line = panel("<a:noFill/>", place=at(5_000_000))
    assert hidden(tmp_path, policy, box() + line * (MOST_SHAPES - 1))
    assert not hidden(tmp_path, policy, box() + line * MOST_SHAPES)
    monkeypatch.setattr(slide_layouts, "MOST_KEPT_BYTES", 100)
    assert not hidden(tmp_path, policy, box())


def test_hostile_numbers_and_circles_cost_nothing(tmp_path, policy):
    sizes = box(SEEN + run("and replaced").replace("<a:rPr>", '<a:rPr sz="-5">'), place=at(1, 182_880))
    assert hidden(tmp_path, policy, sizes)
    for number in ("1e308", "nan", "-1", "9" * 400):
        told(
            tmp_path,
            policy,
            group(box(place=at(number, number)).replace("noFill", "x"), f' rot="{number}"') + picture(1),
        )
    circle = THEME.replace('<a:sysClr val="window" lastClr="FFFFFF"/>', '<a:schemeClr val="lt1"/>')
    assert not Palette(etree.fromstring(circle), etree.fromstring(THEME), None, None).is_white(
        etree.fromstring(f'<a:schemeClr {NAMES} val="lt1"/>')
    )
    deep = box()
    for _ in range(60):
        deep = group(deep)
    told(tmp_path, policy, deep)


def test_the_cost_does_not_grow_with_cells_times_shapes(tmp_path, policy):
    def made(number):
        cell = f"<a:tc><a:txBody><a:p>{run('closed')}</a:p></a:txBody></a:tc>"
        grid = table().replace("<a:tr>", f"<a:tr>{cell * number * 4}")
        return box() * number + panel("<a:noFill/>", place=at(6_000_000)) * number + grid

    assert growth(made, lambda shapes: told(tmp_path, policy, shapes), 20) < MOST


def test_in_a_deck_of_the_usual_template(tmp_path, policy):
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])

    def white(frame, words):
        letters = frame.paragraphs[0].add_run()
        letters.text = words
        letters.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1

    white(slide.shapes.title.text_frame, "title")
    white(slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1)).text_frame, "text")
    filled = slide.shapes.add_shape(1, Inches(1), Inches(4), Inches(3), Inches(1))
    filled.text_frame.text = "white by the style of its shape"
    red = slide.shapes.add_shape(1, Inches(5), Inches(4), Inches(3), Inches(1))
    red.fill.solid()
    red.fill.fore_color.rgb = RGBColor(200, 0, 0)
    white(red.text_frame, "on red")
    grid = slide.shapes.add_table(1, 1, Inches(1), Inches(6), Inches(3), Inches(0.5)).table
    white(grid.cell(0, 0).text_frame, "head of a table")
    made.save(tmp_path / "a.pptx")
    document = slides.read(tmp_path / "a.pptx", "a.pptx", policy)
    assert [(block.text, block.hidden, block.locators[0].shape) for block in document.blocks if block.hidden] == [
        ("title", True, "Title 1"),
        ("text", True, "TextBox 2"),
    ]
    assert len(document.blocks) == 5
