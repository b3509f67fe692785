import pytest

from evidence.model import Passage
from extractors.document import Block, Cell, Table
from extractors.locators import (
    Box,
    ImageLocator,
    PageLocator,
    ParagraphLocator,
    SheetLocator,
    SlideLocator,
)
from service.documents.places import Area, area_of, column_name, places_of, where


def passage(text, *locators, part=1):
    return Passage(id="abc-0001", text=text, locators=locators, part=part)


def picture_of(number):
    return f"/page/{number}"


def sheet_block(cells, sheet="Log"):
    """A table block from {address: text}; ranges are merged cells."""
    made = []
    for address, text in cells.items():
        area = area_of(address)
        made.append(Cell(text=text, row=area.top, column=area.left, locator=SheetLocator(sheet=sheet, cells=address)))
    rows, columns = max(cell.row for cell in made), max(cell.column for cell in made)
    table = Table(rows=rows, columns=columns, cells=tuple(made))
    return Block(kind="table", text="", locators=(SheetLocator(sheet=sheet, cells="A1"),), part=1, table=table)


def paragraphs(*texts):
    return [
        Block(kind="paragraph", text=text, locators=(ParagraphLocator(paragraph=number),), part=1)
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("cells", "area"),
    [("B4:F9", Area(4, 2, 9, 6)), ("AA10", Area(10, 27, 10, 27)), ("F9:B4", Area(4, 2, 9, 6)), ("whole", None)],
)
def test_a_range_is_read_in_numbers(cells, area):
    assert area_of(cells) == area


def test_columns_have_their_letters():
    assert [column_name(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_rows_that_follow_each_other_are_named_as_one_range():
    rows = [SheetLocator(sheet="Log", cells=cells) for cells in ("A3:F3", "A4:F4", "A5:F5", "A9:F9")]
    assert where(rows) == "sheet Log, A3:F5, A9:F9"


def test_a_passage_over_two_pages_is_shown_on_both():
    box = Box(x0=0.1, y0=0.2, x1=0.3, y1=0.4)
    found = places_of(passage("x", PageLocator(page=2, boxes=(box,)), PageLocator(page=3)), lambda part: [], picture_of)
    assert [(place.address, place.boxes) for place in found] == [("/page/2", (box,)), ("/page/3", ())]


def test_a_picture_file_is_its_own_page():
    (place,) = places_of(passage("x", ImageLocator()), lambda part: [], picture_of)
    assert place.address == "/page/1"


def test_only_the_cited_cells_are_marked_and_they_stand_at_their_addresses():
    block = sheet_block({"B2": "No", "C2": "Cause", "B3": "1", "C3": "worn", "B4": "2", "C4": "bent"})
    (grid,) = places_of(passage("2 | bent", SheetLocator(sheet="Log", cells="B4:C4")), lambda part: [block], picture_of)
    assert grid.columns == ("B", "C")
    assert {row.name: [cell.text for cell in row.cells if cell.marked] for row in grid.rows} == {
        "1": [], "2": [], "3": [], "4": ["2", "bent"],
    }  # fmt: skip


def test_a_merged_cell_stands_once_with_its_spans():
    block = sheet_block({"A1:C1": "Register", "A2": "a", "B2": "b", "C2": "c"})
    (grid,) = places_of(passage("a", SheetLocator(sheet="Log", cells="A2")), lambda part: [block], picture_of)
    head = grid.rows[0].cells
    assert [(cell.text, cell.column_span) for cell in head] == [("Register", 3)]


def test_a_huge_sheet_is_shown_around_the_cited_cells_only():
    block = sheet_block({f"A{row}": f"row {row}" for row in range(1, 3000)})
    (grid,) = places_of(passage("row 1500", SheetLocator(sheet="Log", cells="A1500")), lambda part: [block], picture_of)
    assert len(grid.rows) < 20
    assert grid.shortened
    assert [cell.text for row in grid.rows for cell in row.cells if cell.marked] == ["row 1500"]


def test_another_sheet_of_the_same_part_lends_no_cells():
    blocks = [sheet_block({"A1": "mine"}), sheet_block({"A1": "other"}, sheet="Other")]
    (grid,) = places_of(passage("mine", SheetLocator(sheet="Log", cells="A1")), lambda part: blocks, picture_of)
    assert [cell.text for row in grid.rows for cell in row.cells] == ["mine"]


def test_the_sentences_of_a_long_paragraph_are_marked_inside_it():
    blocks = paragraphs("Before.", "One. Two. Three.", "After.")
    (running,) = places_of(passage("Two.", ParagraphLocator(paragraph=2)), lambda part: blocks, picture_of)
    assert [[(piece.text, piece.marked) for piece in line.pieces] for line in running.lines] == [
        [("Before.", False)], [("One. ", False), ("Two.", True), (" Three.", False)], [("After.", False)],
    ]  # fmt: skip


def test_a_shape_of_a_slide_is_marked_among_the_others():
    blocks = [
        Block(kind="paragraph", text=text, locators=(SlideLocator(slide=1, shape=text),), part=1)
        for text in ("Title", "Body")
    ]
    (running,) = places_of(passage("Body", SlideLocator(slide=1, shape="Body")), lambda part: blocks, picture_of)
    assert [line.pieces[0].marked for line in running.lines] == [False, True]


def test_a_passage_whose_text_is_not_kept_stands_alone():
    (running,) = places_of(passage("Alone.", ParagraphLocator(paragraph=7)), lambda part: [], picture_of)
    assert [piece.text for line in running.lines for piece in line.pieces] == ["Alone."]


def test_the_row_of_a_table_in_a_text_is_marked():
    cells = [Cell(text=f"{r}{c}", row=r, column=c) for r in (1, 2, 3) for c in (1, 2)]
    place = ParagraphLocator(paragraph=1, last=6, table=1)
    block = Block(kind="table", text="", locators=(place,), part=1, table=Table(rows=3, columns=2, cells=tuple(cells)))
    grid = places_of(passage("21 | 22", place), lambda part: [block], picture_of)[0]
    assert [cell.text for row in grid.rows for cell in row.cells if cell.marked] == ["21", "22"]
