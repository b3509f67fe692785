"""What office files draw: remarks in charts, diagrams, what stands behind slides, threads of comments, ink."""

import pytest
from lxml import etree
from office_files import XDR, A, C, P, R, W, package, paragraph, relations, text, word, workbook

from extractors import slides, spreadsheet
from extractors import word as word_reader
from extractors.charts import MOST_REMARKS, MOST_SERIES, Series, chart_of, chart_remarks
from extractors.draft import Draft
from extractors.packages import Package

DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def rich(words):
    return f"<c:tx><c:rich><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx>"


CHART = (
    f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:chart><c:plotArea><c:barChart><c:ser>'
    f"<c:dLbls><c:dLbl>{rich('new tool')}</c:dLbl><c:dLbl>{rich('[VALUE]')}</c:dLbl></c:dLbls>"
    f"<c:trendline><c:name>Trend of scrap</c:name><c:trendlineLbl>{rich('y = 2x')}</c:trendlineLbl></c:trendline>"
    "<c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>42.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart>"
    '</c:plotArea></c:chart><c:userShapes r:id="u1"/></c:chartSpace>'
)
SHAPES = (
    f'<c:userShapes xmlns:c="{C}" xmlns:a="{A}"><x:relSizeAnchor xmlns:x="urn:x"><x:sp><x:txBody><a:p><a:r><a:t>Target 2 %</a:t></a:r></a:p>'
    "</x:txBody></x:sp></x:relSizeAnchor></c:userShapes>"
)
POINTS = (
    f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Con</a:t></a:r><a:r><a:t>tain</a:t></a:r></a:p></dgm:t>'
    "</dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Correct</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
)
DRAWN = f'<d:drawing xmlns:d="urn:d" xmlns:a="{A}"><d:sp><d:txBody><a:p><a:r><a:t>Prevent</a:t></a:r></a:p></d:txBody></d:sp></d:drawing>'


def told(document):
    return [(block.kind, block.text) for block in document.blocks]


def framed(inner):
    return f"<w:p><w:r><w:drawing><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></w:drawing></w:r></w:p>"


def slide(path, shapes, more=None, attributes="", **links):
    return package(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(r1=("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst><p:sldId id="256" r:id="r1"/><p:sldId id="257" r:id="r1"/>'
            '</p:sldIdLst><p:sldSz cx="1000" cy="500"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(r1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" {MC} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>',
            "ppt/slides/_rels/slide1.xml.rels": relations(**links),
            **(more or {}),
        },
    )


def box(words, role=""):
    return f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Box"/><p:nvPr>{role}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>'


def test_labels_trends_and_shapes_in_a_chart_are_read(tmp_path, policy):
    parts = {
        "word/charts/chart1.xml": CHART,
        "word/charts/_rels/chart1.xml.rels": relations(u1=("chartUserShapes", "../drawings/drawing1.xml")),
        "word/drawings/drawing1.xml": SHAPES,
    }
    body = framed(f'<c:chart xmlns:c="{C}" r:id="r1"/>')
    path = word(tmp_path / "w.docx", body, parts, r1=("chart", "charts/chart1.xml"))
    chart, remarks = told(word_reader.read(path, "w.docx", policy))
    assert "42.5" in chart[1]
    assert remarks == ("drawing", "new tool\nTrend of scrap\ny = 2x\nTarget 2 %")


@pytest.mark.parametrize(("data", "shown"), [(POINTS, "Contain\nCorrect"), (f'<d xmlns="{DGM}"/>', "Prevent")])
def test_diagrams_are_read_by_their_points_or_by_their_drawing(tmp_path, policy, data, shown):
    inner = f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="d1"/>'
    links = {"d1": ("diagramData", "../diagrams/data1.xml"), "d2": ("diagramDrawing", "../diagrams/drawing1.xml")}
    for folder in ("word", "ppt", "xl"):
        parts = {f"{folder}/diagrams/data1.xml": data, f"{folder}/diagrams/drawing1.xml": DRAWN}
        path = tmp_path / folder
        if folder == "word":
            near = {key: (kind, target.removeprefix("../")) for key, (kind, target) in links.items()}
            document = word_reader.read(word(path, framed(inner), parts, **near), "w.docx", policy)
        elif folder == "ppt":
            frame = f"<p:graphicFrame><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></p:graphicFrame>"
            document = slides.read(slide(path, frame, parts, **links), "s.pptx", policy)
        else:
            frame = (
                f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{R}"><xdr:absoluteAnchor><xdr:graphicFrame><a:graphic>'
                f"<a:graphicData>{inner}</a:graphicData></a:graphic></xdr:graphicFrame></xdr:absoluteAnchor></xdr:wsDr>"
            )
            parts |= {
                "xl/worksheets/_rels/sheet1.xml.rels": relations(r1=("drawing", "../drawings/drawing1.xml")),
                "xl/drawings/drawing1.xml": frame,
                "xl/drawings/_rels/drawing1.xml.rels": relations(**links),
            }
            book = workbook(path, f'<row r="1">{text("A1", "x")}</row>', after='<drawing r:id="r1"/>', more=parts)
            document = spreadsheet.read(book, "b.xlsx", policy)
        assert ("drawing", shown) in told(document)


def test_what_layout_and_master_show_is_read_once_and_prompts_are_not(tmp_path, policy):
    parts = {
        "ppt/slideLayouts/l.xml": f'<p:sldLayout xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{box("QF-81 rev. 3")}{box("Click to edit", "<p:ph/>")}</p:spTree></p:cSld></p:sldLayout>',
        "ppt/slideLayouts/_rels/l.xml.rels": relations(m=("slideMaster", "../slideMasters/m.xml")),
        "ppt/slideMasters/m.xml": f'<p:sldMaster xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{box("Song Cam Castings")}</p:spTree></p:cSld></p:sldMaster>',
    }
    link = {"l": ("slideLayout", "../slideLayouts/l.xml")}
    path = slide(tmp_path / "s.pptx", box("Review"), parts, **link)
    document = slides.read(path, "s.pptx", policy)
    assert told(document) == [
        ("drawing", "Review"), ("footer", "QF-81 rev. 3"), ("footer", "Song Cam Castings"), ("drawing", "Review"),
    ]  # fmt: skip
    bare = slide(tmp_path / "t.pptx", box("Review"), parts, 'showMasterSp="0"', **link)
    assert {kind for kind, _ in told(slides.read(bare, "t.pptx", policy))} == {"drawing"}


def test_replies_to_comments_on_slides_are_read(tmp_path, policy):
    body = "<txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></txBody>"
    comments = f'<cmLst xmlns="urn:c" xmlns:a="{A}"><cm><replyLst><reply>{body.format("Done on 3 May")}</reply></replyLst>{body.format("Who?")}</cm></cmLst>'
    path = slide(tmp_path / "s.pptx", box("x"), {"ppt/comments/c.xml": comments}, c=("comments", "../comments/c.xml"))
    found = [words for kind, words in told(slides.read(path, "s.pptx", policy)) if kind == "comment"]
    assert found[:2] == ["Who?", "Done on 3 May"]


def test_of_ink_the_other_side_is_read(tmp_path, policy):
    ink = f'<mc:AlternateContent><mc:Choice Requires="p14"><p:contentPart r:id="q"/></mc:Choice><mc:Fallback>{box("as a shape")}</mc:Fallback></mc:AlternateContent>'
    document = slides.read(slide(tmp_path / "s.pptx", ink), "s.pptx", policy)
    assert told(document)[0] == ("drawing", "as a shape")


def test_rows_that_were_taken_out_stand_among_the_changes(tmp_path, policy):
    gone = "<w:tr><w:trPr><w:del w:author='Mai'/></w:trPr><w:tc><w:p><w:del w:author='Mai'><w:r><w:delText>Lot 7</w:delText></w:r></w:del></w:p></w:tc></w:tr>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('Lot 8')}</w:tc></w:tr>{gone}</w:tbl>"
    document = word_reader.read(word(tmp_path / "w.docx", body), "w.docx", policy)
    assert ("comment", "Deleted by Mai: Lot 7") in told(document)


def test_a_page_pasted_with_its_pictures_is_read(tmp_path, policy):
    page = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="z"\r\n\r\n--z\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        b"<p>Minutes of March</p>\r\n--z--\r\n"
    )
    path = word(tmp_path / "w.docx", '<w:altChunk r:id="c1"/>', {"word/a.mht": page}, c1=("aFChunk", "a.mht"))
    assert told(word_reader.read(path, "w.docx", policy)) == [("paragraph", "Minutes of March")]


def test_a_part_that_is_named_a_hundred_times_is_read_once(tmp_path, policy, monkeypatch):
    asked = []
    real = Package.xml
    monkeypatch.setattr(Package, "xml", lambda self, name: asked.append(name) or real(self, name))
    body = framed(f'<c:chart xmlns:c="{C}" r:id="r1"/>' * 100 + f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="r2"/>' * 100)
    parts = {
        "word/c.xml": CHART,
        "word/d.xml": POINTS,
        "word/h.xml": f'<w:hdr xmlns:w="{W}">{paragraph("QP-07")}</w:hdr>',
    }
    heads = {f"h{number}": ("header", "h.xml") for number in range(100)}
    path = word(tmp_path / "w.docx", body, parts, r1=("chart", "c.xml"), r2=("diagramData", "d.xml"), **heads)
    document = word_reader.read(path, "w.docx", policy)
    assert sorted(block.kind for block in document.blocks) == ["chart", "drawing", "drawing", "header"]
    assert all(asked.count(part) == 1 for part in parts)


def test_a_layout_is_read_once_however_many_slides_have_it(tmp_path, policy, monkeypatch):
    asked = []
    real = Package.xml
    monkeypatch.setattr(Package, "xml", lambda self, name: asked.append(name) or real(self, name))
    layout = (
        f'<p:sldLayout xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{box("QF-81")}</p:spTree></p:cSld></p:sldLayout>'
    )
    path = slide(tmp_path / "s.pptx", box("x"), {"ppt/l.xml": layout}, l=("slideLayout", "../l.xml"))
    assert len(slides.read(path, "s.pptx", policy).parts) == 2
    assert asked.count("ppt/l.xml") == 1


def test_when_the_time_is_over_what_is_drawn_is_said_to_be_left_out(tmp_path, policy, monkeypatch):
    monkeypatch.setattr("extractors.progress.out_of_time", lambda: True)
    draft = Draft(tmp_path / "x", "x", "x", policy)
    assert draft.stops()
    assert [left.code for left in draft.not_read] == ["limit_exceeded"]


def test_labels_of_charts_that_hold_brackets_alone_cost_their_length():
    root = etree.fromstring(
        f'<c:chart xmlns:c="{C}" xmlns:a="{A}"><c:dLbl>{rich("[]" * 60 + "x")}</c:dLbl><c:dLbl>{rich("[VALUE]; [X]")}</c:dLbl></c:chart>'
    )
    assert chart_remarks(root) == (["[]" * 60 + "x"], False)


def test_a_chart_of_too_many_labels_says_so():
    labels = "".join(f"<c:dLbl>{rich(f'Lot {n}')}</c:dLbl>" for n in range(MOST_REMARKS + 1))
    root = etree.fromstring(f'<c:chart xmlns:c="{C}" xmlns:a="{A}">{labels}</c:chart>')
    remarks, cut = chart_remarks(root)
    assert (len(remarks), cut) == (MOST_REMARKS, True)


def test_a_chart_of_too_many_series_says_so():
    series = [Series(str(number), {0: "May"}, {0: ("1", "1")}) for number in range(MOST_SERIES + 1)]
    assert chart_of(series, []).cut
    assert not chart_of(series[1:], []).cut
