"""What a sheet costs: what it holds, however many rows, columns and merged ranges it claims."""

from office_files import text, workbook

from extractors import grids_layout, spreadsheet
from extractors.grids import GridCell
from extractors.grids_layout import regions
from extractors.spreadsheet_sheet import Sheet, apply_merges
from tests.unit.work import MOST, growth


def test_a_sheet_ruled_to_its_last_row_gives_only_what_it_holds(tmp_path, policy):
    styles = (
        '<borders><border/><border><bottom style="thin"/></border></borders><cellXfs><xf/><xf borderId="1"/></cellXfs>'
    )
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 60_000))
    rows = (
        '<row r="1">' + text("A1", "No") + text("B1", "Found") + "</row><row r='2'>" + text("A2", "1") + "</row>" + rows
    )
    document = spreadsheet.read(workbook(tmp_path / "long.xlsx", rows, styles=styles), "long.xlsx", policy)
    assert sum(len(found.table.cells) for found in document.blocks if found.table) < 200


def test_a_row_number_of_a_million_costs_nothing(tmp_path, policy):
    rows = (
        '<row r="1">'
        + text("A1", "first")
        + '</row><row r="1048576">'
        + text("XFD1048576", "far")
        + text("A1048576", "last")
        + "</row>"
    )
    document = spreadsheet.read(workbook(tmp_path / "far.xlsx", rows), "far.xlsx", policy)
    assert [found.text for found in document.blocks] == ["first", "last"]


def test_more_cells_than_the_policy_allows_are_left_out_and_said(tmp_path, policy):
    rows = "".join(f'<row r="{n}">' + text(f"A{n}", f"a{n}") + text(f"B{n}", f"b{n}") + "</row>" for n in range(1, 200))
    document = spreadsheet.read(
        workbook(tmp_path / "many.xlsx", rows), "many.xlsx", policy.model_copy(update={"workbook_cells": 100})
    )
    assert "limit_exceeded" in [note.code for note in document.not_read]
    assert sum(len(found.table.cells) for found in document.blocks if found.table) <= 100


def test_merged_ranges_without_end_cost_a_set_number_of_looks():
    """Three hundred merged ranges over a full sheet looked at each of its cells."""
    sheet = Sheet("S", cells={(row, 1): GridCell(row, 1, "x") for row in range(1, 5_001)})
    sheet.merges = [(1, 2, 1_000_000, 3)] * 10_000 + [(1, 1, 1, 2)]
    assert apply_merges(sheet, most=52_000) <= 52_000
    assert sheet.cells[1, 1].column_span == 2


def test_columns_hidden_again_and_again_are_hidden_once():
    cell = GridCell(1, 3, "x")
    sheet = Sheet("S", cells={(1, 3): cell}, hidden_columns={3})
    assert sheet.is_hidden(cell)
    assert not sheet.is_hidden(GridCell(1, 4, "x"))


def test_a_comb_of_columns_costs_what_it_holds(monkeypatch):
    """At each blank column all the cells before it were looked at again: with a thousand of them for minutes."""
    monkeypatch.setattr(grids_layout, "MOST_LOOKS", 1_000)

    def comb(number):
        return [GridCell(row, 2 * n, "1", kind="number") for row in range(1, 11) for n in range(1, number + 1)]

    def read(cells):
        assert sum(len(region.cells) for region in regions(cells)) == len(cells)

    assert growth(comb, read, 50) < MOST
