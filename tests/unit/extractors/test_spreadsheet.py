import datetime

import pytest
from office_files import XDR, A, C, R, S, relations, text, workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, Side

from extractors import spreadsheet
from extractors.errors import DamagedFile, LimitExceeded

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def block(document, kind):
    found = [block for block in document.blocks if block.kind == kind]
    assert found, [(block.kind, block.text) for block in document.blocks]
    return found[0]


def cell_at(document, place):
    return next(
        cell
        for block in document.blocks
        if block.table
        for cell in block.table.cells
        if cell.locator and cell.locator.cells.split(":")[0] == place
    )


def test_dates_and_shares_are_shown_as_a_person_sees_them_and_keep_their_values(book):
    made, read = book
    made.active.append(["Date", "Share", "Count", "Time"])
    made.active.append([datetime.date(2024, 3, 12), 0.0237, 1234.5, 0.3125])
    for place, code in (("A2", "dd-mmm-yy"), ("B2", "0.0%"), ("C2", "#,##0.00"), ("D2", "hh:mm")):
        made.active[place].number_format = code
    document = read()
    cells = [cell_at(document, place) for place in ("A2", "B2", "C2", "D2")]
    assert [cell.text for cell in cells] == ["12-Mar-24", "2.4%", "1,234.50", "07:30"]
    assert [cell.value for cell in cells] == ["2024-03-12", "0.0237", "1234.5", "07:30:00"]
    assert [cell.kind for cell in cells] == ["date", "number", "number", "number"]


def test_merged_heads_count_as_header_rows_and_stand_once(book):
    made, read = book
    sheet = made.active
    sheet["A1"], sheet["B1"], sheet["D1"] = "Line", "January", "February"
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(merged)
    for column, words in zip("BCDE", ["Made", "Bad", "Made", "Bad"], strict=True):
        sheet[f"{column}2"] = words
    sheet.append(["L1", 3000, 14, 2800, 9])
    sheet.append(["L2", 4000, 11, 4100, 12])
    table = block(read(), "table").table
    assert table.header_rows == 2
    january = next(cell for cell in table.cells if cell.text == "January")
    assert (january.row, january.column, january.column_span) == (1, 2, 2)
    assert sum(cell.text == "Line" for cell in table.cells) == 1


@pytest.mark.parametrize(
    "months",
    [
        ["01/2026", "02/2026", "03/2026"],
        ["2026-01", "2026-02", "2026-03"],
        ["一月", "二月", "三月"],
        ["1월", "2월", "3월"],
    ],
)
def test_months_in_any_writing_head_the_figures_typed_below_them(book, months):
    made, read = book
    made.active.append(["Quality objectives 2026"])
    made.active.merge_cells("A1:E1")
    made.active.append(["Objective", "Target", *months])
    made.active.append(["Scrap (%)", "≤ 2,5", "2,81", "2,36", "2,44"])
    made.active.append(["On time (%)", "≥ 95", "93,8", "96,4", "95,7"])
    table = block(read(), "table").table
    assert (table.rows, table.header_rows) == (3, 1)


def test_bars_part_the_same_columns_in_every_row_below_a_merged_cell(book):
    made, read = book
    made.active.append(["Gauge", "Row", "Jan", "Feb"])
    made.active.append(["VC-1", "plan", None, "x"])
    made.active.append([None, "done", None, "y"])
    made.active.merge_cells("A2:A3")
    for row in made.active["A1:D1"]:
        for cell in row:
            cell.font = Font(bold=True)
    assert block(read(), "table").text.splitlines()[1:] == ["VC-1 | plan |  | x", " | done |  | y"]


def test_symbol_fonts_are_read_as_the_signs_they_show(book):
    made, read = book
    made.active.append(["Gauge", "Jan", "Feb", "Mar"])
    made.active.append(["VC-1", "s", "q", "ü"])
    for place, font in (("B2", "Wingdings 3"), ("C2", "Wingdings 3"), ("D2", "Wingdings")):
        made.active[place].font = Font(name=font)
    assert block(read(), "table").text.splitlines()[-1] == "VC-1 | ▽ | ▼ | ✓"


def test_a_blank_inspection_form_keeps_its_empty_reading_cells(book):
    made, read = book
    made.active.append(["No", "Characteristic", "Limits", "1", "2", "3"])
    for number in range(1, 6):
        made.active.append([number, "Bore", f"{number}.0 ±0.1"])
    for row in made.active["A1:F6"]:
        for cell in row:
            cell.border = BOX
    found = block(read(), "table")
    assert found.table.header_rows == 1
    assert sum(cell.kind == "empty" for cell in found.table.cells) == 15
    assert found.locators[0].cells == "A1:F6"


def test_labels_beside_ruled_fields_are_a_form_and_sections_are_headings(book):
    made, read = book
    sheet = made.active
    rows = [("A1:F1", "8D REPORT"), ("A2:A2", "Customer"), ("B2:C2", "Nordmann"), ("D2:D2", "Complaint"), ("E2:F2", "CC-2024-017"),
            ("A3:A3", "Part"), ("B3:C3", "Housing"), ("D3:D3", "Date"), ("E3:F3", datetime.date(2024, 3, 12)),
            ("A4:F4", "D4 Root cause"), ("A5:A5", "Occurrence"), ("B5:F5", "vent blocked"), ("A6:A6", "Outflow"), ("B6:F6", None)]  # fmt: skip
    for area, value in rows:
        for row in sheet[area]:
            for cell in row:
                cell.border = BOX
        if area.split(":")[0] != area.split(":")[1]:
            sheet.merge_cells(area)
        sheet[area.split(":")[0]] = value
    document = read()
    assert [found.kind for found in document.blocks] == ["heading", "form"]
    assert "Outflow | " in document.blocks[1].text + " "
    empty = [cell for cell in document.blocks[1].table.cells if cell.kind == "empty"]
    assert [cell.locator.cells for cell in empty] == ["B6:F6"]


def test_a_list_of_choices_beside_a_table_does_not_join_its_rows(book):
    made, read = book
    for row, values in enumerate([["No", "Defect", "Qty"], [1, "burr", 3], [2, "dent", 4], [3, "rust", 1]], start=1):
        for column, value in enumerate(values, start=1):
            made.active.cell(row, column, value)
    for row, choice in enumerate(["Man", "Machine", "Method", "Material"], start=1):
        made.active.cell(row, 8, choice)
    assert "Machine" not in block(read(), "table").text


def test_two_tables_parted_by_a_blank_row_are_two(book):
    made, read = book
    for row in (["A", "B", "C"], ["x", 1, 2], ["y", 3, 4], [], ["D", "E", "F"], ["z", 5, 6], ["w", 7, 8]):
        made.active.append(row)
    assert [found.locators[0].cells for found in read().blocks if found.kind == "table"] == ["A1:C3", "A5:C7"]


def test_a_blank_row_inside_a_table_does_not_part_it(book):
    made, read = book
    for row in (["No", "Found", "Qty"], [1, "burr", 3], [2, "dent", 4], [], [3, "rust", 1], [4, "scratch", 2]):
        made.active.append(row)
    for cell in made.active[1]:
        cell.font = Font(bold=True)
    assert [found.locators[0].cells for found in read().blocks if found.table] == ["A1:C6"]


def test_hidden_sheets_rows_columns_and_white_letters_are_read_but_marked(book):
    made, read = book
    made.active.append(["a", "b", "c"])
    made.active.append(["seen", "2", "column"])
    made.active.append(["row", "4", "5"])
    made.active.append([None, None, "white"])
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["B"].hidden = True
    made.active["C4"].font = Font(color="FFFFFFFF")
    made.active.append(["blanked", 17])
    made.active["A5"].number_format = made.active["B5"].number_format = ";;;"
    made.create_sheet("old").append(["last year"])
    made["old"].sheet_state = "hidden"
    document = read()
    hidden = " ".join(found.text for found in document.blocks if found.hidden)
    shown = " ".join(found.text for found in document.blocks if not found.hidden)
    assert all(words in hidden for words in ("row", "2", "white", "blanked", "17", "last year"))
    assert "seen" in shown
    assert "row" not in shown
    assert [part.hidden for part in document.parts] == [False, True]


def test_comments_stand_at_their_cell(book):
    made, read = book
    made.active["B4"] = 12
    made.active["B4"].comment = Comment("counted twice", "QM")
    found = block(read(), "comment")
    assert found.text == "counted twice"
    assert found.locators[0].cells == "B4"


def test_cached_results_are_shown_and_formulas_known(tmp_path, policy):
    rows = '<row r="1">' + text("A1", "sum") + '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1+2</f></c></row>'
    document = spreadsheet.read(workbook(tmp_path / "f.xlsx", rows), "f.xlsx", policy)
    cell = cell_at(document, "B1")
    assert (cell.text, cell.formula) == ("2", True)
    assert [note.code for note in document.not_read] == ["formula_without_value"]


def test_what_stands_before_damage_is_kept(tmp_path, policy):
    rows = '<row r="1">' + text("A1", "kept") + "</row><row r='2'><c></broken>"
    document = spreadsheet.read(workbook(tmp_path / "torn.xlsx", rows), "torn.xlsx", policy)
    assert [found.text for found in document.blocks] == ["kept"]
    assert [note.code for note in document.not_read] == ["damaged_part"]


def test_an_entity_bomb_is_refused(tmp_path, policy):
    path = workbook(tmp_path / "bomb.xlsx", "", more={"xl/sharedStrings.xml": "<sst/>"})
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = bomb.encode() + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    with pytest.raises(DamagedFile):
        spreadsheet.read(path, "bomb.xlsx", policy)


def test_a_part_that_inflates_beyond_the_limit_is_stopped_while_it_inflates(tmp_path, policy):
    path = workbook(tmp_path / "fat.xlsx", "<row>" + " " * 5_000_000 + "</row>")
    with pytest.raises(LimitExceeded):
        spreadsheet.read(path, "fat.xlsx", policy.model_copy(update={"xml_part_bytes": 1_000_000}))


ANCHOR = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>{c}</xdr:col><xdr:row>{r}</xdr:row></xdr:from>"
    "<xdr:to><xdr:col>{c}</xdr:col><xdr:colOff>400000</xdr:colOff><xdr:row>{r}</xdr:row><xdr:rowOff>150000</xdr:rowOff></xdr:to>"
    "{shape}<xdr:clientData/></xdr:twoCellAnchor>"
)
SHAPE = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{n}" name="{name}"/></xdr:nvSpPr>'
    '<xdr:spPr><a:prstGeom prst="{form}"/>{fill}</xdr:spPr><xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
)


def drawn(path, rows, *anchors, more=None):
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{R}" xmlns:c="{C}">' + "".join(anchors) + "</xdr:wsDr>"
    )
    return workbook(
        path,
        rows,
        after='<drawing r:id="r1"/>',
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": relations(r1=("drawing", "../drawings/drawing1.xml")),
            "xl/drawings/drawing1.xml": drawing,
            "xl/drawings/_rels/drawing1.xml.rels": relations(r1=("chart", "../charts/chart1.xml")),
            **(more or {}),
        },
    )


def test_text_boxes_are_read_with_their_name_and_place(tmp_path, policy):
    shape = SHAPE.format(n=2, name="TextBox 1", form="rect", fill="", words="Material: wrong alloy")
    path = drawn(tmp_path / "t.xlsx", "", ANCHOR.format(c=1, r=3, shape=shape))
    found = block(spreadsheet.read(path, "t.xlsx", policy), "drawing")
    assert (found.text, found.locators[0].cells, found.locators[0].shape) == (
        "Material: wrong alloy",
        "B4",
        "TextBox 1",
    )


def test_triangles_over_empty_cells_are_the_plan_and_a_circle_marks_the_word_below_it(tmp_path, policy):
    rows = (
        '<row r="1">'
        + text("A1", "Task")
        + text("B1", "Jan")
        + text("C1", "Feb")
        + "</row><row r='2'>"
        + text("A2", "PPAP")
        + "</row>"
    )
    rows += '<row r="3">' + text("A3", "Release") + text("C3", "Yes") + "</row>"
    done = SHAPE.format(
        n=2, name="T", form="flowChartMerge", fill='<a:solidFill><a:srgbClr val="000000"/></a:solidFill>', words=""
    )
    ring = SHAPE.format(n=3, name="Oval 3", form="ellipse", fill="<a:noFill/>", words="")
    path = drawn(tmp_path / "p.xlsx", rows, ANCHOR.format(c=1, r=1, shape=done), ANCHOR.format(c=2, r=2, shape=ring))
    document = spreadsheet.read(path, "p.xlsx", policy)
    assert cell_at(document, "B2").text == "▼"
    mark = block(document, "drawing")
    assert (mark.text, mark.locators[0].cells) == ("○ Yes", "C3")


CHART = f"""<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Scrap</a:t></a:r></a:p></c:rich></c:tx></c:title>
<c:plotArea><c:lineChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>ppm</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Jan</c:v></c:pt><c:pt idx="1"><c:v>Feb</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:numCache><c:formatCode>0.0</c:formatCode><c:pt idx="0"><c:v>812.25</c:v></c:pt><c:pt idx="1"><c:v>640</c:v></c:pt></c:numCache>
</c:numRef></c:val></c:ser></c:lineChart></c:plotArea></c:chart></c:chartSpace>"""
FRAME = '<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="Chart 1"/></xdr:nvGraphicFramePr><a:graphic><a:graphicData><c:chart r:id="r1"/></a:graphicData></a:graphic></xdr:graphicFrame>'


def test_numbers_that_only_a_chart_keeps_are_read(tmp_path, policy):
    path = drawn(tmp_path / "c.xlsx", "", ANCHOR.format(c=0, r=5, shape=FRAME), more={"xl/charts/chart1.xml": CHART})
    found = block(spreadsheet.read(path, "c.xlsx", policy), "chart")
    assert found.text.splitlines() == ["Scrap", " | ppm", "Jan | 812.3", "Feb | 640.0"]
    assert found.locators[0].shape == "Chart 1"
    assert [cell.value for cell in found.table.cells if cell.kind == "number"] == ["812.25", "640"]


def test_a_chart_without_numbers_is_said_not_to_be_read(tmp_path, policy):
    empty = f'<c:chartSpace xmlns:c="{C}"><c:chart><c:plotArea/></c:chart></c:chartSpace>'
    path = drawn(tmp_path / "e.xlsx", "", ANCHOR.format(c=0, r=5, shape=FRAME), more={"xl/charts/chart1.xml": empty})
    assert [note.code for note in spreadsheet.read(path, "e.xlsx", policy).not_read] == ["chart_not_read"]


def test_shapes_that_are_switched_off_are_hidden_and_stand_ins_of_controls_are_no_text(tmp_path, policy):
    off = SHAPE.format(n=2, name="Old", form="rect", fill="", words="{words}").replace(
        ' name="Old"', ' name="Old" hidden="1"'
    )
    seen = SHAPE.format(n=3, name="Now", form="rect", fill="", words="Cause found")
    stand_in = off.format(words="Accepted").replace(
        "/></xdr:nvSpPr>",
        '><a:extLst><a:ext><a14:compatExt xmlns:a14="urn:a14"/></a:ext></a:extLst></xdr:cNvPr></xdr:nvSpPr>',
    )
    group = f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9" name="G"/></xdr:nvGrpSpPr>{off.format(words="In a group")}{seen}</xdr:grpSp>'
    shapes = (off.format(words="Rejected"), stand_in, group)
    path = drawn(tmp_path / "o.xlsx", "", *(ANCHOR.format(c=1, r=at, shape=shape) for at, shape in enumerate(shapes)))
    found = [(b.text, b.hidden) for b in spreadsheet.read(path, "o.xlsx", policy).blocks if b.kind == "drawing"]
    assert found == [("Rejected", True), ("In a group", True), ("Cause found", False)]


def test_check_boxes_show_their_state(tmp_path, policy):
    shape = SHAPE.format(n=1025, name="Check Box 1", form="rect", fill="", words="Accepted")
    path = drawn(
        tmp_path / "k.xlsx",
        "",
        ANCHOR.format(c=1, r=1, shape=shape),
        more={
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}" xmlns:r="{R}"><sheetData/><drawing r:id="r1"/>'
            '<controls><control shapeId="1025" r:id="r2" name="Check Box 1"/></controls></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                r1=("drawing", "../drawings/drawing1.xml"), r2=("ctrlProp", "../ctrlProps/ctrlProp1.xml")
            ),
            "xl/ctrlProps/ctrlProp1.xml": '<formControlPr objectType="CheckBox" checked="Checked"/>',
        },
    )
    assert block(spreadsheet.read(path, "k.xlsx", policy), "drawing").text == "☑ Accepted"


def test_the_number_of_a_form_beside_its_title_is_no_column_head(book):
    made, read = book
    for row in (
        ["8D REPORT", None, None, "QR-031"],
        ["Customer", None, "Product", None],
        ["Lot", None, "Qty", None],
        ["Defect", None, "Date", None],
    ):
        made.active.append(row)
    for row in made.active["A1:D4"]:
        for cell in row:
            cell.border = BOX
    made.active.merge_cells("A1:C1")
    document = read()
    assert [(found.kind, found.text) for found in document.blocks[:2]] == [
        ("heading", "8D REPORT"),
        ("paragraph", "QR-031"),
    ]
    assert document.blocks[2].kind == "form"
    assert document.blocks[2].table.title == "8D REPORT"
