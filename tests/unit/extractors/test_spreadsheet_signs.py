"""What sheets show as signs and pictures: icons in place of numbers, check boxes, controls of forms, pictures in cells."""

import pytest
from office_files import R, S, relations, text, workbook
from PIL import Image

from extractors import spreadsheet
from extractors.grids import GridCell
from extractors.spreadsheet_icons import CELLS_LOOKED_AT, IconRule, IconRules
from extractors.spreadsheet_sheet import MOST_HEADS

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def read(tmp_path, policy, rows, **options):
    return spreadsheet.read(workbook(tmp_path / "b.xlsx", rows, **options), "b.xlsx", policy)


def lines(document):
    return [line for block in document.blocks for line in block.text.split("\n")]


def numbers(*values):
    rows = f'<row r="1">{text("A1", "Step")}{text("B1", "Done")}</row>'
    for row, value in enumerate(values, start=2):
        rows += f'<row r="{row}">{text(f"A{row}", f"D{row}")}<c r="B{row}"><v>{value}</v></c></row>'
    return rows


def rule(steps, attributes='iconSet="3Symbols" showValue="0"', ranges="B2:B9"):
    found = "".join(f'<cfvo type="{kind}" val="{value}"/>' for kind, value in steps)
    return f'<conditionalFormatting sqref="{ranges}"><cfRule type="iconSet"><iconSet {attributes}>{found}</iconSet></cfRule></conditionalFormatting>'


PERCENTS = (("percent", 0), ("percent", 33), ("percent", 67))


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        (rule((("num", 0), ("num", 0.5), ("num", 1))), "✗!✓"),
        (rule(PERCENTS), "✗!✓"),
        (rule((("min", 0), ("percentile", 50), ("max", 0))), "✗!✓"),
        (rule(PERCENTS, 'iconSet="3Symbols2" showValue="0" reverse="1"'), "✓!✗"),
        (rule(PERCENTS, 'showValue="0"'), "🔴🟡🟢"),
    ],
)
def test_icons_in_place_of_numbers_are_read_as_shown(tmp_path, policy, after, shown):
    document = read(tmp_path, policy, numbers(0, 0.5, 1), after=after)
    assert lines(document)[1:] == [f"D{row} | {sign}" for row, sign in enumerate(shown, start=2)]


@pytest.mark.parametrize(
    "after",
    [
        rule(PERCENTS, 'iconSet="3Symbols"'),  # beside the numbers
        rule(PERCENTS, 'iconSet="5Boxes" showValue="0"'),
        rule((("formula", "$Z$1"), ("num", 1), ("num", 2))),
        rule(PERCENTS[:2]),
        rule(PERCENTS, ranges="nonsense"),
    ],
)
def test_numbers_that_are_shown_stay_numbers(tmp_path, policy, after):
    assert lines(read(tmp_path, policy, numbers(0, 1), after=after))[1:] == ["D2 | 0", "D3 | 1"]


def test_icons_chosen_one_by_one_are_read(tmp_path, policy):
    icons = '<x14:cfIcon iconSet="NoIcons" iconId="0"/><x14:cfIcon iconSet="NoIcons" iconId="0"/><x14:cfIcon iconSet="3Symbols2" iconId="2"/>'
    steps = "".join(f'<x14:cfvo type="num"><xm:f>{number}</xm:f></x14:cfvo>' for number in range(3))
    after = (
        f'<extLst><ext xmlns:x14="{X14}" xmlns:xm="urn:xm"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="iconSet">'
        f'<x14:iconSet showValue="0" custom="1">{steps}{icons}</x14:iconSet></x14:cfRule><xm:sqref>B2:B9</xm:sqref></x14:conditionalFormatting>'
        "</x14:conditionalFormattings></ext></extLst>"
    )
    document = read(tmp_path, policy, numbers(0, 2), after=after)
    assert "D3 | ✓" in lines(document)


def test_rules_over_whole_sheets_cost_what_the_sheet_holds():
    looked_at = 0

    class Sheet(dict):
        def items(self):
            nonlocal looked_at
            looked_at += len(self)
            return super().items()

        def __contains__(self, place):
            nonlocal looked_at
            looked_at += 1
            return super().__contains__(place)

    cells = Sheet({(row, 1): GridCell(row, 1, str(row), kind="number", value=str(row)) for row in range(1, 2_000)})
    rules = [IconRule("A1:XFD1048576", ["a", "b"], [("percent", "0", True), ("percent", "50", True)])] * 100
    applied = IconRules()
    applied.apply(rules, cells)
    assert cells[1, 1].text == "a"
    assert cells[1_999, 1].text == "b"
    assert looked_at == 100 * len(cells)
    for _ in range(20):  # sheets of one workbook
        applied.apply(rules, cells)
    assert CELLS_LOOKED_AT - len(cells) <= looked_at <= CELLS_LOOKED_AT


@pytest.mark.parametrize("step", ["nan", "-inf", "inf"])
def test_a_step_that_is_no_number_leaves_the_numbers(step):
    cells = {(1, 1): GridCell(1, 1, "7", kind="number", value="7")}
    IconRules().apply([IconRule("A1:A1", ["a", "b"], [("percentile", "0", True), ("percentile", step, True)])], cells)
    assert cells[1, 1].text == "7"


def test_cells_that_are_check_boxes_show_boxes(tmp_path, policy):
    styles = (
        "<cellXfs><xf/><xf><extLst><ext><x:xfComplement xmlns:x='http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag' i='0'/>"
        "</ext></extLst></xf></cellXfs>"
    )
    rows = "".join(
        f'<row r="{row}">{text(f"A{row}", words)}{cell}</row>'
        for row, (words, cell) in enumerate(
            [
                ("Cleaned", '<c r="B1" s="1" t="b"><v>1</v></c>'),
                ("Zeroed", '<c r="B2" s="1" t="b"><v>0</v></c>'),
                ("Signed", '<c r="B3" s="1"/>'),
                ("Plain", '<c r="B4" t="b"><v>1</v></c>'),
            ],
            start=1,
        )
    )
    assert lines(read(tmp_path, policy, rows, styles=styles)) == [
        "Cleaned | ☑",
        "Zeroed | ☐",
        "Signed | ☐",
        "Plain | TRUE",
    ]


def control(number, kind, inside, words=""):
    box = f"<v:textbox><div><font>{words}</font><br></div></v:textbox>" if words else ""
    return f'<v:shape id="_x0000_s{number}">{box}<x:ClientData ObjectType="{kind}"><x:Anchor>1, 0, 1, 0, 2, 0, 2, 0</x:Anchor>{inside}</x:ClientData></v:shape>'


def test_controls_of_older_drawings_are_read_also_where_they_are_no_xml(tmp_path, policy):
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        + control(1025, "Checkbox", "<x:Checked>1</x:Checked>", "Fixture cleaned")
        + control(1026, "Drop", "<x:FmlaRange>$F$1:$F$2</x:FmlaRange><x:Sel>2</x:Sel>")
        + control(1027, "Drop", "<x:FmlaRange>Other!$F$1:$F$2</x:FmlaRange><x:Sel>2</x:Sel>")
        + control(1029, "Drop", f"<x:FmlaRange>$F$1:$F$2</x:FmlaRange><x:Sel>{'9' * 5_000}</x:Sel>")
        + control(1030, "Button", "", "Release lot")
        + control(1028, "Note", "", "a comment that is read elsewhere")
        + "</xml>"
    )
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(v1=("vmlDrawing", "../drawings/v.vml")),
        "xl/drawings/v.vml": drawing,
    }
    rows = f'<row r="1">{text("F1", "Accept")}</row><row r="2">{text("F2", "Rework")}</row>'
    document = read(tmp_path, policy, rows, after='<legacyDrawing r:id="v1"/>', more=more)
    assert [block.text for block in document.blocks if block.kind == "drawing"] == [
        "☑ Fixture cleaned",
        "Rework",
        "Release lot",
    ]


def test_what_is_printed_on_even_and_first_pages_and_captions_of_filters_are_read(tmp_path, policy):
    after = "<headerFooter><oddHeader>&amp;LQF-81</oddHeader><evenHeader>&amp;LQF-81</evenHeader><firstHeader>&amp;CCover</firstHeader></headerFooter>"
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(s1=("slicer", "../slicers/s.xml")),
        "xl/slicers/s.xml": f'<slicers xmlns="{X14}"><slicer name="x" caption="Defect class"/></slicers>',
    }
    document = read(tmp_path, policy, f'<row r="1">{text("A1", "x")}</row>', after=after, more=more)
    assert [block.text for block in document.blocks] == ["QF-81", "Cover", "x", "Defect class"]


def test_a_sheet_has_no_more_printed_heads_than_a_sheet_can_have(tmp_path, policy):
    after = (
        "<headerFooter>" + "".join(f"<oddHeader>{n}</oddHeader>" for n in range(10 * MOST_HEADS)) + "</headerFooter>"
    )
    document = read(tmp_path, policy, f'<row r="1">{text("A1", "x")}</row>', after=after)
    assert sum(block.kind == "header" for block in document.blocks) <= MOST_HEADS


@pytest.fixture
def photo(tmp_path):
    Image.effect_noise((300, 200), 60).save(tmp_path / "a.png")
    return (tmp_path / "a.png").read_bytes()


def test_pictures_in_cells_are_looked_at_and_named(tmp_path, policy, photo, monkeypatch):
    monkeypatch.setattr("extractors.embedded.Pictures._words", lambda self, data: ("Lot 4711", 0.9))
    more = {
        "xl/metadata.xml": f'<metadata xmlns="{S}"><futureMetadata name="XLRICHVALUE"><bk><extLst><ext><r:rvb xmlns:r="urn:r" i="0"/></ext></extLst></bk>'
        '</futureMetadata><valueMetadata><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>',
        "xl/richData/rdrichvalue.xml": '<rvData xmlns="urn:x"><rv s="0"><v>0</v><v>5</v></rv></rvData>',
        "xl/richData/rdrichvaluestructure.xml": '<rvStructures xmlns="urn:x"><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/></s></rvStructures>',
        "xl/richData/richValueRel.xml": f'<richValueRels xmlns="urn:x" xmlns:r="{R}"><rel r:id="p1"/></richValueRels>',
        "xl/richData/_rels/richValueRel.xml.rels": relations(p1=("image", "../media/a.png")),
        "xl/cellimages.xml": f'<c:cellImages xmlns:c="urn:c" xmlns:x="urn:x" xmlns:a="urn:a" xmlns:r="{R}"><c:cellImage><x:pic><x:nvPicPr><x:cNvPr name="ID_1"/></x:nvPicPr>'
        '<a:blip r:embed="p1"/></x:pic></c:cellImage></c:cellImages>',
        "xl/_rels/cellimages.xml.rels": relations(p1=("image", "media/a.png")),
        "xl/media/a.png": photo,
    }
    named = '<c r="{}" t="str"><f>x</f><v>=DISPIMG("{}",1)</v></c>'
    rows = (
        f'<row r="1">{text("A1", "Photo")}<c r="B1" t="e" vm="1"><v>#VALUE!</v></c></row><row r="2">{text("A2", "Photo")}{named.format("B2", "ID_1")}</row>'
        f'<row r="3">{text("A3", "Lost")}{named.format("B3", "ID_2")}</row><row r="4">{text("A4", "Plain")}<c r="B4" t="e" vm="9"><v>#N/A</v></c></row>'
    )
    document = read(tmp_path, policy, rows, more=more)
    seen = [(block.text, block.locators[0].cells) for block in document.blocks if block.kind == "drawing"]
    assert seen == [("Lot 4711", "B1"), ("Lot 4711", "B2")]
    assert [(left.code, left.locators[0].cells) for left in document.not_read] == [("picture_not_read", "B3")]
    assert not any("#VALUE!" in line or "DISPIMG" in line for line in lines(document))
    assert any("#N/A" in line for line in lines(document))


def test_entries_of_lists_that_stand_on_another_sheet_are_read(tmp_path, policy):
    controls = "".join(
        control(1025 + n, "Drop", f"<x:FmlaRange>{ranges}</x:FmlaRange><x:Sel>{number}</x:Sel>")
        for n, (ranges, number) in enumerate(
            [("'Its ''lists'''!$B$2:$B$3", 2), ("verdicts", 1), ("Sheet1!$A$1:$A$1", 1), ("Nowhere!$A$1:$A$2", 1), ("gone", 1), ("", 0)]
        )
    )  # fmt: skip
    more = {
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/>'
        "<sheet name=\"Its 'lists'\" sheetId=\"2\" r:id=\"r3\"/></sheets><definedNames><definedName name=\"Verdicts\">'Its ''lists'''!$B$2:$B$3</definedName>"
        "</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            r1=("worksheet", "worksheets/sheet1.xml"), r3=("worksheet", "worksheets/sheet2.xml")
        ),
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{S}"><sheetData><row r="1"/><row r="2">{text("B2", "Accept")}</row><row r="3">{text("B3", "Rework")}</row>'
        "</sheetData></worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": relations(v1=("vmlDrawing", "../drawings/v.vml")),
        "xl/drawings/v.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"{controls}</xml>",
    }
    document = read(
        tmp_path, policy, f'<row r="1">{text("A1", "Lot")}</row>', after='<legacyDrawing r:id="v1"/>', more=more
    )
    assert [block.text for block in document.blocks if block.kind == "drawing"] == ["Rework", "Accept", "Lot"]
    assert [item.code for item in document.not_read] == ["control_not_read"]
