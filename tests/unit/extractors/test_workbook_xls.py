import datetime
import struct

import pytest
import xlwt

from extractors import read, workbook_xls
from extractors.errors import DamagedFile


def test_an_old_workbook_gives_dates_signs_merged_and_hidden_cells(tmp_path, policy):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Kế hoạch")
    bold = xlwt.easyxf("font: bold on; borders: left thin, right thin, top thin, bottom thin")
    ruled = "borders: left thin, right thin, top thin, bottom thin"
    for column, words in enumerate(["Gauge", "Date", "Rate", "Mark", "Open"]):
        sheet.write(0, column, words, bold)
    for row in (1, 2, 3):
        sheet.write(row, 0, f"VC-{row}", xlwt.easyxf(ruled))
        sheet.write(row, 1, datetime.date(2024, 3, row), xlwt.easyxf(ruled, num_format_str="dd.mm.yyyy"))
        sheet.write(row, 2, 0.025 * row, xlwt.easyxf(ruled, num_format_str="0.0%"))
        sheet.write(row, 3, "q", xlwt.easyxf("font: name Wingdings 3; " + ruled))
        sheet.write(row, 4, None, xlwt.easyxf(ruled))
    sheet.row(3).hidden = True
    sheet.write_merge(5, 5, 0, 4, "Approved by the quality manager on the basis of the readings of March.")
    book.add_sheet("old").visibility = 1
    path = tmp_path / "w.xls"
    book.save(str(path))
    document = workbook_xls.read(path, "w.xls", policy)
    table = document.blocks[0]
    assert table.text.splitlines()[:2] == ["Gauge | Date | Rate | Mark | Open", "VC-1 | 01.03.2024 | 2.5% | ▼ | "]
    assert table.table.header_rows == 1
    assert [cell.value for cell in table.table.cells if cell.kind == "date"] == ["2024-03-01", "2024-03-02"]
    assert sum(cell.kind == "empty" for cell in table.table.cells) == 2
    assert [block.text.split(" | ")[0] for block in document.blocks if block.hidden] == ["VC-3"]
    assert [part.hidden for part in document.parts] == [False, True]


def test_rubbish_after_the_right_first_bytes_is_a_damaged_file(tmp_path, policy):
    path = tmp_path / "x.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)
    with pytest.raises(DamagedFile):
        workbook_xls.read(path, "x.xls", policy)


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_workbook_of_before_compound_files_is_read(tmp_path, policy, version):
    def record(number, content):
        return struct.pack("<HH", number, len(content)) + content

    high = {2: 0, 3: 0x200, 4: 0x400}[version]
    start = record(high | 0x09, struct.pack("<HH", version, 0x10) + b"\x00\x00" * (version > 2))
    if version == 2:
        cells = record(0x04, struct.pack("<HH3sB", 0, 0, bytes(3), 5) + b"Gauge")
        cells += record(0x03, struct.pack("<HH3sd", 0, 1, bytes(3), 12.5))
    else:
        cells = record(0x204, struct.pack("<HHHH", 0, 0, 0, 5) + b"Gauge")
        cells += record(0x203, struct.pack("<HHHd", 0, 1, 0, 12.5))
    path = tmp_path / "old.xls"
    path.write_bytes(start + cells + record(0x0A, b""))
    document = read.read_document(path, "old.xls", policy)
    assert [block.text for block in document.blocks] == ["Gauge | 12.5"]


def test_what_is_printed_at_the_edges_of_pages_is_read(tmp_path, policy):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("A")
    sheet.write(0, 0, "Lot 4711")
    sheet._Worksheet__header_str, sheet._Worksheet__footer_str = "&LQF-81 sửa đổi 3&R&D", "&CPage &P"
    book.save(str(tmp_path / "w.xls"))
    document = workbook_xls.read(tmp_path / "w.xls", "w.xls", policy)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("header", "QF-81 sửa đổi 3"),
        ("paragraph", "Lot 4711"),
        ("footer", "Page"),
    ]


def test_a_cell_at_the_far_right_costs_one_cell(tmp_path, policy, monkeypatch):
    made = []
    real = workbook_xls.GridCell
    monkeypatch.setattr(workbook_xls, "GridCell", lambda *values, **more: made.append(1) or real(*values, **more))
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for row in range(200):
        sheet.write(row, 255, f"v{row}")
    book.save(str(tmp_path / "w.xls"))
    document = workbook_xls.read(tmp_path / "w.xls", "w.xls", policy)
    assert "v199" in document.blocks[-1].text
    assert len(made) < 500


def test_columns_that_are_drawn_with_borders_stay_open_fields(tmp_path, policy):
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    ruled = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    sheet.write(0, 0, "Reading", ruled)
    sheet.write(0, 3, "end", ruled)
    sheet.col(1).set_style(ruled)
    book.save(str(tmp_path / "w.xls"))
    document = workbook_xls.read(tmp_path / "w.xls", "w.xls", policy)
    cells = [cell for block in document.blocks if block.table for cell in block.table.cells]
    assert [(cell.column, cell.kind) for cell in cells if cell.kind == "empty"][:1] == [(2, "empty")]
