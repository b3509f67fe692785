"""Tables as factories draw them: open at the sides, with section rows, shaded cells, lists within cells."""

from itertools import pairwise

import pytest
from pdf_files import HEIGHT, pdf, text

from extractors.pdf import read, tables_at


def table_of(path, policy):
    (block,) = [block for block in read(path, path.name, policy).blocks if block.kind == "table"]
    return block


def put(canvas, rows, xs, y=686, step=20):
    canvas.setFont("Helvetica", 10)
    for at, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=True):
            canvas.drawString(x, y - at * step, cell)


ROWS = [["Gauge", "Limit", "Found"], ["G-12", "within two", "ok"], ["G-13", "within five", "not ok"]]


@pytest.mark.parametrize("sides", ["left and right", "top and bottom", "all"])
def test_a_table_open_at_its_sides_keeps_its_outer_cells(tmp_path, policy, sides):
    def page(canvas):
        upright = (182, 292) if sides != "top and bottom" else (72, 182, 292, 402)
        across = (680, 660) if sides != "left and right" else (700, 680, 660, 640)
        for x in upright:
            canvas.line(x, 700, x, 640)
        for y in across:
            canvas.line(72, y, 402, y)
        put(canvas, ROWS, (80, 190, 300))

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert block.text.splitlines() == [" | ".join(row) for row in ROWS]


def test_a_section_row_without_upright_lines_does_not_cut_the_table(tmp_path, policy):
    def page(canvas):
        for y in (700, 680, 660, 640, 620):
            canvas.line(72, y, 402, y)
        for x in (182, 292):
            canvas.line(x, 700, x, 660)
            canvas.line(x, 640, x, 620)
        put(canvas, [["Check", "Shift", "Seen"], ["Mould", "day", "ok"]], (80, 190, 300))
        canvas.drawString(80, 646, "Packing")
        canvas.drawString(80, 626, "Carton")
        canvas.drawString(190, 626, "night")

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert (block.table.rows, block.table.columns) == (4, 3)
    section = next(cell for cell in block.table.cells if cell.text == "Packing")
    assert section.column_span == 3


def test_shading_within_a_cell_makes_no_cells(tmp_path, policy):
    def page(canvas):
        for y in (700, 680, 660):
            canvas.line(72, y, 292, y)
        for x in (72, 182, 292):
            canvas.line(x, 700, x, 660)
        canvas.setFillColorRGB(0.8, 0.8, 0.8)
        for x0, x1 in ((73, 78), (78, 176), (176, 181)):
            canvas.rect(x0, 681, x1 - x0, 18, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        put(canvas, [["Lot", "Result"], ["A-17", "ok"]], (84, 190))

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert (block.table.rows, block.table.columns) == (2, 2)


def test_labels_without_lines_stand_in_the_rows_ruled_beside_them(tmp_path, policy):
    labels = ["Total scrap", "Die wear", "Cold shut", "Porosity", "Flash"]

    def page(canvas):
        canvas.line(72, 700, 292, 700)
        canvas.line(72, 600, 292, 600)
        for row in range(1, 5):
            canvas.line(182, 700 - row * 20, 292, 700 - row * 20)
        for x in (72, 182, 292):
            canvas.line(x, 700, x, 600)
        put(canvas, [[label, f"seen {at}"] for at, label in enumerate(labels)], (80, 190))

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert block.text.splitlines() == [f"{label} | seen {at}" for at, label in enumerate(labels)]


def test_two_columns_of_figures_between_two_lines_are_two_columns_under_one_head(tmp_path, policy):
    def page(canvas):
        for y in (700, 660, 560):
            canvas.line(72, y, 400, y)
        for x in (72, 182, 400):
            canvas.line(x, 700, x, 560)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(80, 670, "Month")
        canvas.drawString(230, 686, "Rejected parts in the plant")
        canvas.drawString(220, 668, "Line A")
        canvas.drawString(320, 668, "Line B")
        put(canvas, [[f"2025-0{at}", f"{at}12", f"{at}07"] for at in range(1, 6)], (80, 225, 325), y=646, step=18)

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert block.text.splitlines()[2:4] == ["2025-01 | 112 | 107", "2025-02 | 212 | 207"]
    head = next(cell for cell in block.table.cells if cell.text.startswith("Rejected"))
    assert (head.row, head.column, head.column_span) == (1, 2, 2)
    assert [cell.text for cell in block.table.cells if cell.row == 2] == ["Line A", "Line B"]


def test_bullets_of_a_symbol_font_stay_with_their_lines(tmp_path, policy):
    points = ["Check the die", "Weigh the charge", "Note the lot"]

    def page(canvas):
        for y in (700, 620):
            canvas.line(72, y, 400, y)
        for x in (72, 182, 400):
            canvas.line(x, 700, x, 620)
        for at, point in enumerate(points):
            canvas.setFont("Symbol", 10)
            canvas.drawString(190, 680 - at * 14, "\u2022")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(206, 680 - at * 14, point)
        canvas.drawString(80, 680, "Operator")

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert block.text == "Operator | " + " ".join(f"• {point}" for point in points)


def test_figures_behind_leading_dots_stand_in_their_own_column(tmp_path, policy):
    def page(canvas):
        canvas.setFont("Courier", 10)
        for at in range(5):
            canvas.drawString(72, 700 - at * 14, f"Line {at} ............ {at}12 {at}45 {at}78")

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    assert block.text.splitlines()[1] == "Line 1 | 112 | 145 | 178"


def test_a_region_pointed_at_is_read_as_one_table(tmp_path, policy):
    def page(canvas):
        text("Prose above the list that nobody asked for", y=760)(canvas)
        put(canvas, [["Melt", "first"], ["Pour", "second"]], (72, 250))

    path = pdf(tmp_path / "a.pdf", page)
    region = (60, HEIGHT - 700, 400, HEIGHT - 660)
    (block, nothing) = tables_at(path, 1, [region, (0, 700, 50, 750)], policy)
    assert block.text.splitlines() == ["Melt | first", "Pour | second"]
    assert nothing is None


def test_the_lines_of_a_cell_in_a_very_long_row_have_their_own_boxes(tmp_path, policy):
    steps = [f"{n}. The shift leader measures the part and writes the value into the record." for n in range(1, 31)]

    def page(canvas):
        canvas.rect(60, 300, 100, 420)
        canvas.rect(160, 300, 380, 420)
        text("Body", x=70, y=700)(canvas)
        text(*steps, x=170, y=705, size=9)(canvas)

    block = table_of(pdf(tmp_path / "a.pdf", page), policy)
    short, long = block.table.cells
    assert (short.lines, len(short.locator.boxes)) == ((), 1)
    assert [long.text[begin:end].strip() for begin, end in pairwise((*long.lines, len(long.text)))] == steps
    for at, box in enumerate(long.locator.boxes):
        assert box.y0 < (HEIGHT - 705 + at * 9 * 1.3) / HEIGHT < box.y1 + 0.002
        assert box.y1 - box.y0 < 0.02
