"""White letters of workbooks are hidden where nothing may be painted below them."""

import pytest
from office_files import S, relations, text, workbook

from extractors import spreadsheet, spreadsheet_icons
from extractors.spreadsheet_icons import unpainted
from tests.unit.work import MOST, growth

FILLS = (
    '<fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill></fills>'
)
RULE = '<conditionalFormatting sqref="{}"><cfRule type="{}" {} priority="1"/></conditionalFormatting>'


def hidden(tmp_path, policy, colour, fill=0, **given):
    styles = f'<fonts><font/><font><color {colour}/></font></fonts>{FILLS}<cellXfs><xf/><xf fontId="1" fillId="{fill}"/></cellXfs>'
    rows = f'<row r="1">{text("A1", "Lot")}{text("B1", "closed", 1)}</row>'
    document = spreadsheet.read(workbook(tmp_path / "a.xlsx", rows, styles=styles, **given), "a.xlsx", policy)
    return any(block.hidden for block in document.blocks)


@pytest.mark.parametrize(
    ("colour", "fill", "unseen"),
    [
        ('rgb="FFFFFFFF"', 0, True),
        ('theme="0"', 0, True),  # what Excel itself writes for white
        ('theme="0"', 3, True),
        ('indexed="9"', 0, True),
        ('theme="0" tint="-0.5"', 0, False),
        ('theme="1"', 0, False),
        ('theme="0"', 2, False),
    ],
)
def test_white_in_whatever_way_it_is_written(tmp_path, policy, colour, fill, unseen):
    assert hidden(tmp_path, policy, colour, fill) is unseen


@pytest.mark.parametrize(
    ("after", "unseen"),
    [
        (RULE.format("A1:C9", "cellIs", 'dxfId="0"'), False),
        (RULE.format("Z1 B1:B2", "expression", 'dxfId="0"'), False),
        (RULE.format("A1:A9", "cellIs", 'dxfId="0"'), True),
        (RULE.format("A1:C9", "iconSet", ""), True),
        ('<conditionalFormatting sqref="A1:C9"><cfRule type="colorScale"><colorScale/></cfRule></conditionalFormatting>', False),
    ],
)  # fmt: skip
def test_a_rule_may_paint_the_ground_of_its_cells(tmp_path, policy, after, unseen):
    assert hidden(tmp_path, policy, 'theme="0"', after=after) is unseen


@pytest.mark.parametrize(
    ("look", "place", "unseen"),
    [("TableStyleMedium2", "A1:B9", False), ("TableStyleMedium2", "D1:E9", True), ("", "A1:B9", True)],
)
def test_the_look_of_a_table_may_paint_it(tmp_path, policy, look, place, unseen):
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(t=("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": f'<table xmlns="{S}" ref="{place}"><tableStyleInfo name="{look}"/></table>',
    }
    assert hidden(tmp_path, policy, 'theme="0"', more=more) is unseen


def test_many_ranges_and_many_cells_are_not_compared_one_by_one(monkeypatch):
    monkeypatch.setattr(spreadsheet_icons, "CELLS_LOOKED_AT", 4_000)

    def sheet(number):
        places = {(row, column) for row in range(1, number + 1) for column in range(1, 11)}
        assert len(unpainted(places, [f"A1:J{number - 1}"])) == 10
        return places, ["A1:B2 C3"] * number

    def read(made):
        assert unpainted(*made) == set()

    assert growth(sheet, read, 100) < MOST
