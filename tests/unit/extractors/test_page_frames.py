"""A frame round the text of a page is no cell: its paragraphs, heads and tables stand for themselves."""

from pdf_files import pdf, ruled

from extractors.layout import Word
from extractors.ocr import FakeEngine
from extractors.page_frames import lies_under
from extractors.pdf import read
from tests.unit.work import MOST, growth

PARAGRAPHS = [
    [
        f"{number}. Duties",
        *(f"The owner of process {number} answers for step {step} and signs it." for step in range(4)),
    ]
    for number in range(1, 5)
]


def box(canvas, left, bottom, right, top):
    canvas.rect(left, bottom, right - left, top - bottom)


def letterhead(canvas):
    """A row of three fields joined to a frame that goes round the whole page."""
    box(canvas, 40, 40, 555, 740)
    for left, right, text in ((40, 200, "Acme Castings"), (200, 400, "Work instruction"), (400, 555, "WI-07 rev. 3")):
        box(canvas, left, 740, right, 800)
        canvas.drawString(left + 6, 765, text)


def body(canvas, top=710):
    for part in PARAGRAPHS:
        for line in part:
            canvas.drawString(52, top, line)
            top -= 14
        top -= 14


def page(path, policy, *draw):
    return read(pdf(path / "a.pdf", lambda canvas: [put(canvas) for put in draw]), "a.pdf", policy, FakeEngine()).blocks


def test_the_letterhead_is_a_table_and_the_framed_text_paragraphs(tmp_path, policy):
    head, *rest = page(tmp_path, policy, letterhead, body)
    assert head.text == "Acme Castings | Work instruction | WI-07 rev. 3"
    assert all(block.kind != "table" for block in rest)
    assert len(rest) >= len(PARAGRAPHS)
    assert " ".join(block.text for block in rest) == " ".join(line for part in PARAGRAPHS for line in part)


def test_a_table_within_the_frame_keeps_its_cells(tmp_path, policy):
    rows = [["Step", "Owner", "Record"], ["Cast", "Nam", "F-11"], ["Fettle", "Lan", "F-12"]]
    found = page(tmp_path, policy, letterhead, body, ruled(rows, x=60, y=300))
    tables = [block for block in found if block.kind == "table"]
    assert [block.text.splitlines() for block in tables[1:]] == [[" | ".join(row) for row in rows]]


def test_a_large_empty_field_of_a_form_stays_a_cell(tmp_path, policy):
    (head,) = page(tmp_path, policy, letterhead)
    assert head.table.rows == 2
    assert [cell.kind for cell in head.table.cells] == ["text", "text", "text", "empty"]


def test_a_large_field_with_few_lines_stays_a_cell(tmp_path, policy):
    (head,) = page(tmp_path, policy, letterhead, lambda canvas: canvas.drawString(52, 700, "Root cause: worn gauge"))
    assert head.table.cells[-1].text == "Root cause: worn gauge"


def cross(canvas):
    """A cross in pale colour under the middle of the page, as the mark of a house."""
    canvas.setFillColorRGB(0.9, 1, 1)
    canvas.setStrokeColorRGB(0.8, 0.9, 0.9)
    for left, bottom, width, height in ((270, 400, 60, 340), (95, 520, 405, 60)):
        canvas.rect(left, bottom, width, height, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def centred(canvas):
    for at, line in enumerate(CENTRED):
        canvas.drawCentredString(300, 700 - at * 34, line)


CENTRED = [
    "This is to certify that the papers which were sent by",
    "Ardent Castings Ltd",
    "have been looked at by the society of safe works and found in order",
    "and that the company named above has been taken up as a member",
    "Contractor",
    "The review went by the core criteria of the forum of safe works",
    "and by the chosen parts of the papers on health and on safety",
]


def test_a_shape_that_lies_under_the_text_is_no_table(tmp_path, policy):
    found = page(tmp_path, policy, cross, centred)
    assert all(block.kind != "table" for block in found)
    assert " ".join(block.text for block in found) == " ".join(CENTRED)


def test_a_table_stays_one_though_a_word_is_too_long_for_its_cell(tmp_path, policy):
    rows = [["Step", "Owner of the step", "Record"], ["Cast", "Nam", "F-11"], ["Fettle and blast", "Lan", "F-12"]]
    (found,) = page(tmp_path, policy, ruled([*rows, ["Acceptance of the lot", "Hoa", "F-13"]], width=80))
    assert found.kind == "table"
    assert found.table.rows == len(rows) + 1


def test_a_long_table_stays_one_though_a_few_of_its_rows_are_tight(tmp_path, policy):
    rows = [[f"Lot {number}", "in order", "Lan"] for number in range(1, 31)]
    for number in (4, 12, 20):
        rows[number] = [f"Lot {number} was held back for rework", "", "Hoa"]
    (found,) = page(tmp_path, policy, ruled(rows, y=780, width=110))
    assert found.kind == "table"
    assert found.table.rows == len(rows)


def line(top, *spans):
    return [Word("word", (left, top, right, top + 10)) for left, right in spans]


def test_rows_that_part_in_pieces_of_their_own_count_as_kept():
    """Of a table with wide gaps each cell is a line of its own, which reaches over no side."""
    cells = [(x, y, x + 150.0, y + 18.0) for x in (40.0, 190.0, 340.0) for y in range(20, 20 + 40 * 18, 18)]
    lines = [line(y + 4, (x + 5, x + 45)) for x, y, *_ in cells]
    tight = [line(24 + row * 18, (45, 120), (123, 230)) for row in (3, 9, 30)]
    assert not lies_under(cells, [*lines, *tight])
    assert lies_under(cells, tight)
    beside = [line(y + 4, (500, 560)) for y in range(20, 700, 18)]
    assert lies_under(cells, [*tight, *beside])


def test_squared_paper_full_of_text_costs_its_lines():
    """Each line was compared with the sides of all cells."""
    side = 5.0

    def paper(number):
        cells = [(x * side, y * side, (x + 1) * side, (y + 1) * side) for x in range(20) for y in range(number)]
        return cells, [line(y, *((x, x + 3.0) for x in range(0, 100, 10))) for y in range(int(number * side))]

    def read(made):
        assert not lies_under(*made)

    assert growth(paper, read, 20) < MOST
