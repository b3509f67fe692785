"""The causes of a fishbone are read with their bone and the effect, on sheets and slides."""

import pytest
from office_files import XDR, A, C, P, R, S, package, relations, workbook

from extractors import slides, spreadsheet
from extractors.fishbones import bones_of

EFFECT = "Porosity in lot 4711"
# Name of a bone, its far end, the place at the spine, and its causes, in steps of a grid of 24 by 12 with the spine at 6.
BRANCHES = [
    ("Man", (4, 1), (7, 6), [("new operator", 3), ("no training record", 4)]),
    ("Machine", (11, 1), (14, 6), [("die worn", 3)]),
    ("Method", (4, 11), (7, 6), [("no parameter sheet", 9)]),
    ("Material", (11, 11), (14, 6), [("hydrogen in melt", 9), ("degassing skipped", 8)]),
]
READ = [
    f"new operator; no training record → Man → {EFFECT}",
    f"no parameter sheet → Method → {EFFECT}",
    f"die worn → Machine → {EFFECT}",
    f"degassing skipped; hydrogen in melt → Material → {EFFECT}",
]


def shapes(to_right=True):
    """Texts with their boxes and lines, in steps."""
    texts, lines = [(EFFECT, (18.5, 5.5, 23, 6.5))], [(1, 6, 18, 6)]
    for name, (x, y), (x1, y1), causes in BRANCHES:
        top = y - 1 if y < 6 else y
        texts.append((name, (x - 1, top, x + 1, top + 1)))
        lines.append((x, y, x1, y1))
        for cause, height in causes:
            at = x + (x1 - x) * (height - y) / (y1 - y)
            texts.append((cause, (at - 3, height - 0.4, at - 0.3, height + 0.4)))
    if not to_right:
        texts = [(text, (24 - x1, y0, 24 - x0, y1)) for text, (x0, y0, x1, y1) in texts]
        lines = [(24 - x0, y0, 24 - x1, y1) for x0, y0, x1, y1 in lines]
    return texts, lines


@pytest.mark.parametrize("to_right", [True, False])
def test_each_bone_has_its_causes_in_order_of_the_spine(to_right):
    texts, lines = shapes(to_right)
    said = [text for text, _ in texts]
    assert [bone.text(said) for bone in bones_of([box for _, box in texts], said, lines)] == READ


@pytest.mark.parametrize("spoil", ["no spine", "no effect", "few bones", "no causes"])
def test_other_drawings_are_no_fishbone(spoil):
    texts, lines = shapes()
    if spoil == "no spine":
        lines = lines[1:]
    elif spoil == "no effect":
        texts = texts[1:]
    elif spoil == "few bones":
        lines = lines[:3]
    else:
        texts = [entry for entry in texts if entry[0] == EFFECT or entry[0] in {name for name, *_ in BRANCHES}]
    assert not bones_of([box for _, box in texts], [text for text, _ in texts], lines)


def sp(space, number, words, preset, form):
    body = f"<{space}:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></{space}:txBody>" if words else ""
    kind = "sp" if words else "cxnSp"
    more = f"<{space}:nvPr/>" if space == "p" else ""
    return (
        f'<{space}:{kind}><{space}:nvSpPr><{space}:cNvPr id="{number}" name="Shape {number}"/>{more}</{space}:nvSpPr>'
        f'<{space}:spPr>{form}<a:prstGeom prst="{preset}"/></{space}:spPr>{body}</{space}:{kind}>'
    )


def xfrm(box, flip=False, step=1):
    x0, y0, x1, y1 = (round(value * step) for value in box)
    return (
        f'<a:xfrm{" flipV=" + chr(34) + "1" + chr(34) if flip else ""}><a:off x="{x0}" y="{y0}"/>'
        f'<a:ext cx="{x1 - x0}" cy="{y1 - y0}"/></a:xfrm>'
    )


def upright(line):
    """The box of a line, and whether it rises from left to right."""
    x0, y0, x1, y1 = line
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), (x1 - x0) * (y1 - y0) < 0


def test_a_fishbone_of_loose_shapes_on_a_sheet(tmp_path, policy):
    def corner(name, x, y):
        column, row = int(x), int(y)
        return (
            f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{int((x - column) * 609600)}</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>{int((y - row) * 190500)}</xdr:rowOff></xdr:{name}>"
        )

    def anchor(box, shape):
        inner = corner("from", *box[:2]) + corner("to", *box[2:]) + shape
        return f"<xdr:twoCellAnchor>{inner}<xdr:clientData/></xdr:twoCellAnchor>"

    texts, lines = shapes()
    drawn = [anchor(box, sp("xdr", at, text, "rect", "")) for at, (text, box) in enumerate(texts)]
    for line in lines:
        box, rises = upright(line)
        drawn.append(anchor(box, sp("xdr", 99, "", "line", xfrm(box, rises))))
    drawn.append(anchor((1, 14, 3, 15), sp("xdr", 50, "Drawn by QA on 3 March 2025", "rect", "")))
    path = workbook(
        tmp_path / "f.xlsx",
        "",
        after='<drawing r:id="r1"/>',
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": relations(r1=("drawing", "../drawings/drawing1.xml")),
            "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{R}" xmlns:c="{C}" xmlns:s="{S}">'
            + "".join(drawn)
            + "</xdr:wsDr>",
        },
    )
    found = [block for block in spreadsheet.read(path, "f.xlsx", policy).blocks if block.kind == "drawing"]
    assert sorted(block.text for block in found) == sorted([*READ, "Drawn by QA on 3 March 2025"])
    (man,) = [block for block in found if "Man" in block.text]
    assert man.locators[0].cells == "C1:X7"


@pytest.mark.parametrize("grouped", [False, True])
def test_a_fishbone_on_a_slide_keeps_the_boxes_of_its_shapes(tmp_path, policy, grouped):
    texts, lines = shapes()
    drawn = "".join(sp("p", at, text, "rect", xfrm(box, step=100)) for at, (text, box) in enumerate(texts, start=2))
    for line in lines:
        box, rises = upright(line)
        drawn += sp("p", 99, "", "straightConnector1", xfrm(box, rises, step=100))
    if grouped:
        frame = '<a:off x="0" y="0"/><a:ext cx="2400" cy="1200"/><a:chOff x="0" y="0"/><a:chExt cx="2400" cy="1200"/>'
        drawn = f"<p:grpSp><p:grpSpPr><a:xfrm>{frame}</a:xfrm></p:grpSpPr>{drawn}</p:grpSp>"
    path = package(
        tmp_path / "f.pptx",
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(r1=("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst><p:sldId id="256" r:id="r1"/>'
            '</p:sldIdLst><p:sldSz cx="2400" cy="1200"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(r1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:cSld><p:spTree>{drawn}</p:spTree></p:cSld></p:sld>',
        },
    )
    found = slides.read(path, "f.pptx", policy).blocks
    assert [block.text for block in found] == READ
    assert len(found[0].locators[0].boxes) == 4
