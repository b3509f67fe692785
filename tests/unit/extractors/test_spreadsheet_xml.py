import pytest

from extractors import detect, read
from extractors.errors import DamagedFile
from extractors.read import read_document
from extractors.text_detect import SPREADSHEET_XML

STYLES = (
    '<Styles><Style ss:ID="h"><Font ss:Bold="1"/><Borders><Border ss:Position="Left"/></Borders></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="dd.mm.yyyy"/></Style><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>'
    '<Style ss:ID="f"><Borders><Border ss:Position="Left"/></Borders></Style></Styles>'
)


def workbook(tmp_path, body):
    path = tmp_path / "readings.xls"
    path.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{STYLES}{body}',
        "utf-8",
    )
    return path


def sheet(rows, name="Tổng hợp", options=""):
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options}</Worksheet>'


def cell(value, kind="String", more=""):
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


HEADS = (
    "<Row>" + "".join(cell(head, more='ss:StyleID="h"') for head in ("Gauge", "Checked", "Drift", "Note")) + "</Row>"
)


def row(number, more=""):
    return (
        f"<Row {more}>"
        + cell(f"G-{number}")
        + cell(f"2025-03-0{number}T00:00:00.000", "DateTime", 'ss:StyleID="d"')
        + cell(f"0.0{number}", "Number", 'ss:StyleID="p"')
        + '<Cell ss:StyleID="f"/></Row>'
    )


def test_a_workbook_in_xml_gives_what_excel_shows(tmp_path, policy):
    second = sheet(
        "<Row>" + cell("moved", more='ss:Index="3"') + "</Row>",
        "old",
        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>",
    )
    body = sheet(HEADS + "".join(map(row, (1, 2, 3))) + row(4, 'ss:Hidden="1"')) + second + "</Workbook>"
    path = workbook(tmp_path, body)
    assert detect.media_type(path, path.name) == SPREADSHEET_XML
    document = read.read_document(path, path.name, policy)
    assert [(part.name, part.hidden) for part in document.parts] == [("Tổng hợp", False), ("old", True)]
    table = document.blocks[0]
    assert table.text.splitlines()[:2] == ["Gauge | Checked | Drift | Note", "G-1 | 01.03.2025 | 1.0% | "]
    assert [entry.value for entry in table.table.cells if entry.kind == "date"] == [
        f"2025-03-0{day}" for day in (1, 2, 3)
    ]
    assert sum(entry.kind == "empty" for entry in table.table.cells) == 3
    assert [block.text.split(" | ")[0] for block in document.blocks if block.hidden] == ["G-4", "moved"]
    assert document.blocks[-1].locators[0].cells == "C1"


def test_merged_cells_comments_and_far_places_of_a_workbook_in_xml(tmp_path, policy):
    rows = (
        '<Row><Cell ss:MergeAcross="2" ss:StyleID="h"><Data ss:Type="String">Readings of March</Data>'
        "<Comment><ss:Data>taken by Ngoc</ss:Data></Comment></Cell></Row>"
        '<Row ss:Index="900000000"><Cell><Data ss:Type="String">beyond</Data></Cell></Row>'
    )
    document = read.read_document(workbook(tmp_path, sheet(rows) + "</Workbook>"), "w.xls", policy)
    assert [(block.kind, block.locators[0].cells) for block in document.blocks][-1] == ("comment", "A1")
    assert document.blocks[0].locators[0].cells == "A1:C1"
    assert [item.code for item in document.not_read] == ["limit_exceeded"]


def test_a_workbook_in_xml_cut_short_keeps_what_stands_before(tmp_path, policy):
    path = workbook(tmp_path, sheet(HEADS + row(1) + row(2) + row(3)).partition("</Table>")[0] + "<Row><Cell")
    document = read.read_document(path, "w.xls", policy)
    assert "G-3" in document.blocks[0].text
    assert [item.code for item in document.not_read] == ["damaged_part"]


def test_entities_in_a_workbook_in_xml_are_refused(tmp_path, policy):
    path = workbook(tmp_path, "</Workbook>")
    path.write_text(path.read_text("utf-8").replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook'), "utf-8")
    with pytest.raises(DamagedFile):
        read.read_document(path, "w.xls", policy)


def test_printed_heads_and_feet_are_read(tmp_path, policy):
    names = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    path = tmp_path / "a.xml"
    path.write_text(
        f'<?xml version="1.0"?><Workbook {names}><Worksheet ss:Name="S"><Table><Row><Cell><Data ss:Type="String">Lot</Data></Cell></Row></Table>'
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><PageSetup><Header x:Data="&amp;LForm QF-12"/><Footer x:Data="Rev. 3"/></PageSetup>'
        "</WorksheetOptions></Worksheet></Workbook>"
    )
    document = read_document(path, "a.xml", policy)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("header", "Form QF-12"),
        ("paragraph", "Lot"),
        ("footer", "Rev. 3"),
    ]
