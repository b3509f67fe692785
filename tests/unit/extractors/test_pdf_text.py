import pytest
from pdf_files import HEIGHT, PROSE, WIDTH, pdf, ruled, text, texts

from extractors.errors import DamagedFile, EncryptedFile
from extractors.ocr import FakeEngine
from extractors.pdf import page_count, page_picture, read, read_pages
from extractors.policy import ExtractionPolicy
from tests.fuzz.bombs import pdf as bomb
from tests.fuzz.bombs import stream


def test_lines_of_a_paragraph_become_one_block_with_a_box_for_each_line(tmp_path, policy):
    document = read(pdf(tmp_path / "a.pdf", text(*PROSE)), "a.pdf", policy)
    assert texts(document) == [" ".join(PROSE)]
    boxes = document.blocks[0].locators[0].boxes
    assert len(boxes) == 3
    assert boxes[0].x0 == pytest.approx(72 / WIDTH, abs=0.01)
    assert boxes[0].y0 == pytest.approx((HEIGHT - 768) / HEIGHT, abs=0.01)


def test_boxes_follow_crop_and_rotation(tmp_path, policy):
    def turned(canvas):
        canvas.setPageRotation(90)
        canvas.setCropBox((0, 0, WIDTH, HEIGHT / 2))
        canvas.drawString(10, 10, "Lower left corner of the paper")

    document = read(pdf(tmp_path / "a.pdf", turned), "a.pdf", policy)
    box = document.blocks[0].locators[0].boxes[0]
    assert box.x1 < 0.1
    assert box.y0 < 0.1


def test_headings_and_lists_are_told_from_text(tmp_path, policy):
    def page(canvas):
        text("4.2 Control of records", y=780, size=16, font="Helvetica-Bold")(canvas)
        text(*PROSE, y=740)(canvas)
        text("1) The lot card travels with the parts", "2) The lot card is scanned at each station", y=640)(canvas)

    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "list_item", "list_item"]
    assert document.blocks[0].level == 2


def test_a_label_with_its_value_is_no_heading_even_in_bold(tmp_path, policy):
    def page(canvas):
        text("Date of audit: 12.03.2025", y=780, font="Helvetica-Bold")(canvas)
        text(*PROSE, y=700)(canvas)

    assert read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy).blocks[0].kind == "paragraph"


def test_columns_of_prose_are_read_one_after_the_other(tmp_path, policy):
    left = [f"left column line {at} with words enough to be prose" for at in range(8)]
    right = [f"right column line {at} with words enough for prose" for at in range(8)]

    def page(canvas):
        # Drawn row by row, so that the order of the file would mix the columns.
        for at in range(8):
            text(left[at], x=40, y=700 - at * 13)(canvas)
            text(right[at], x=330, y=700 - at * 13)(canvas)

    joined = " ".join(texts(read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)))
    assert joined.index("left column line 7") < joined.index("right column line 0")


def test_lines_that_come_back_on_each_page_are_header_and_footer(tmp_path, policy):
    def page(number):
        def draw(canvas):
            text("Hengli Plastics Quality Manual", y=815)(canvas)
            text(f"Chapter {number} is about something else on every page here", y=600)(canvas)
            text(f"Page {number} of 3", y=20)(canvas)

        return draw

    document = read(pdf(tmp_path / "a.pdf", page(1), page(2), page(3)), "a.pdf", policy)
    assert texts(document, "header") == ["Hengli Plastics Quality Manual"] * 3
    assert texts(document, "footer") == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert len(texts(document, "paragraph")) == 3


def test_a_ruled_table_keeps_its_empty_cells_and_is_not_told_twice(tmp_path, policy):
    rows = [["Lot", "Result", "Checked by"], ["A-17", "12.5", ""], ["A-18", "", ""]]

    def page(canvas):
        text("Incoming inspection of castings, see the table for the results of each lot", y=760)(canvas)
        ruled(rows)(canvas)

    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)
    (block,) = [block for block in document.blocks if block.kind == "table"]
    cells = {(cell.row, cell.column): cell for cell in block.table.cells}
    assert [[cells[r, c].text for c in (1, 2, 3)] for r in (1, 2, 3)] == rows
    assert cells[3, 2].kind == "empty"
    assert cells[2, 2].kind == "number"
    assert block.table.header_rows == 1
    assert block.text == "Lot | Result | Checked by\nA-17 | 12.5 | \nA-18 |  | "
    assert sum("A-17" in block.text for block in document.blocks) == 1
    box = cells[2, 1].locator.boxes[0]
    assert box.y0 == pytest.approx((HEIGHT - 680) / HEIGHT, abs=0.005)


def test_merged_cells_stand_once_with_their_span(tmp_path, policy):
    def page(canvas):
        ruled([["", "", ""], ["a", "b", "c"], ["d", "e", "f"]])(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setStrokeColorRGB(1, 1, 1)

    def merged(canvas):
        canvas.setFont("Helvetica", 10)
        for y in (700, 680, 660, 640):
            canvas.line(72, y, 402, y)
        canvas.line(72, 700, 72, 640)
        canvas.line(402, 700, 402, 640)
        for x in (182, 292):
            canvas.line(x, 680, x, 640)
        canvas.drawString(80, 686, "Calibration results")
        for at, word in enumerate(("Gauge", "Limit", "Found", "G-12", "0.02", "0.01")):
            canvas.drawString(80 + at % 3 * 110, 666 - at // 3 * 20, word)

    document = read(pdf(tmp_path / "a.pdf", merged), "a.pdf", policy)
    (block,) = [block for block in document.blocks if block.kind == "table"]
    assert block.table.title == "Calibration results"
    assert (block.table.cells[0].column_span, len(block.table.cells)) == (3, 7)


def test_a_table_without_lines_keeps_rows_and_cells(tmp_path, policy):
    rows = [
        ("Element", "Limit", "Result", "Unit"),
        ("Lead", "0.5", "0.12", "ppm"),
        ("Cadmium", "0.2", "ND", "ppm"),
        ("Arsenic", "0.2", "0.03", "ppm"),
    ]

    def page(canvas):
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                text(cell, x=72 + column * 100, y=700 - at * 15)(canvas)

    (block,) = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy).blocks
    assert block.kind == "table"
    assert block.text.splitlines() == [" | ".join(row) for row in rows]


def test_a_row_set_as_one_text_object_with_gaps_is_cut_into_cells(tmp_path, policy):
    def page(canvas):
        for at in range(5):
            words = canvas.beginText(72, 700 - at * 15)
            words.setFont("Helvetica", 10)
            words._code.append(f"[(Shift{at}) -6000 (1{at}.5) -6000 (2{at}.1) -6000 (99.{at})] TJ")
            canvas.drawText(words)

    (block,) = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy).blocks
    assert block.kind == "table"
    assert block.text.splitlines()[0] == "Shift0 | 10.5 | 20.1 | 99.0"


def test_a_value_stays_on_the_line_of_its_label(tmp_path, policy):
    def page(canvas):
        text("Auditor", x=72, y=700)(canvas)
        text("Nguyen Van Minh", x=300, y=700)(canvas)

    assert texts(read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)) == ["Auditor Nguyen Van Minh"]


def test_form_fields_are_read_with_their_values_and_the_empty_ones_too(tmp_path, policy):
    def page(canvas):
        text("Root cause:", "Verified by:", y=700, size=12)(canvas)
        form = canvas.acroForm
        form.textfield(name="t1", x=200, y=695, width=200, height=14, value="worn die insert", fontSize=9)
        form.textfield(name="t2", x=200, y=679, width=200, height=14, value="", fontSize=9)
        form.checkbox(name="c1", x=200, y=640, size=14, checked=True, tooltip="Effective")

    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)
    (form,) = [block for block in document.blocks if block.kind == "form"]
    assert form.text.splitlines() == ["Root cause | worn die insert", "Verified by | ", "Effective | ✓"]
    assert form.table.cells[3].kind == "empty"


def test_notes_of_a_reviewer_are_comments(tmp_path, policy):
    def page(canvas):
        text(*PROSE)(canvas)
        canvas.textAnnotation("Which furnace? Please state.", Rect=[300, 700, 320, 720])

    assert texts(read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy), "comment") == ["Which furnace? Please state."]


def test_metadata_is_read_with_iso_dates(tmp_path, policy):
    path = tmp_path / "a.pdf"

    def page(canvas):
        canvas.setTitle("Internal audit 2025")
        canvas.setAuthor("QA")
        text("Audit")(canvas)

    metadata = read(pdf(path, page), "a.pdf", policy).metadata
    assert (metadata.title, metadata.author) == ("Internal audit 2025", "QA")
    assert metadata.created[4] == metadata.created[7] == "-"
    assert "ReportLab" in metadata.producer


def test_pages_beyond_the_limit_are_said_to_be_unread(tmp_path):
    path = pdf(tmp_path / "a.pdf", *[text(f"Page with words {at}") for at in range(4)])
    document = read(path, "a.pdf", ExtractionPolicy(pages=3))
    assert [part.read for part in document.parts] == [True, True, True, False]
    assert document.not_read[0].code == "limit_exceeded"


def test_ranges_of_pages_keep_their_numbers(tmp_path, policy):
    path = pdf(tmp_path / "a.pdf", *[text(f"Words of page {at}") for at in (1, 2, 3)])
    assert page_count(path, policy) == 3
    document = read_pages(path, "a.pdf", policy, 2, 3)
    assert [part.number for part in document.parts] == [2, 3]
    assert document.blocks[0].locators[0].page == 2


def test_a_password_and_a_broken_file_are_told_apart(tmp_path, policy):
    with pytest.raises(EncryptedFile):
        read(pdf(tmp_path / "a.pdf", text("secret"), encrypt="password"), "a.pdf", policy)
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing of use")
    with pytest.raises(DamagedFile):
        read(broken, "b.pdf", policy)


def test_fonts_and_outline_are_told(tmp_path, policy):
    def page(canvas):
        text("4 Control of nonconforming parts", size=14, font="Times-Bold")(canvas)
        for level, title in enumerate(("4 Control of nonconforming parts", "4.1 Segregation")):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)

    extra = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy).metadata.extra
    assert extra["outline"].splitlines() == ["4 Control of nonconforming parts (page 1)", "  4.1 Segregation (page 1)"]
    assert extra["fonts"] == "Times-Bold"


def test_a_blank_form_and_the_same_filled_differ_by_their_values(tmp_path, policy):
    def form(values):
        def page(canvas):
            text("Complaint:", "Cause:", "Closed:", y=700, size=12)(canvas)
            fields = canvas.acroForm
            fields.textfield(name="a", x=200, y=695, width=200, height=14, value=values[0], fontSize=9)
            fields.choice(name="b", x=200, y=679, width=200, height=14, value=values[1], options=["-", "die", "melt"])
            fields.checkbox(name="c", x=200, y=664, size=12, checked=values[2])

        return read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)

    blank, filled = form(("", "-", False)), form(("cracks at the gate", "die", True))
    told = [[cell.text for b in d.blocks if b.kind == "form" for cell in b.table.cells] for d in (blank, filled)]
    assert [one for one, other in zip(*told, strict=True) if one != other] == ["", "-", ""]
    assert [other for one, other in zip(*told, strict=True) if one != other] == ["cracks at the gate", "die", "✓"]
    assert texts(blank, "paragraph") == texts(filled, "paragraph")


def test_words_drawn_in_any_order_are_read_in_the_order_of_the_page(tmp_path, policy):
    words = [(line, at, word) for line, sentence in enumerate(PROSE) for at, word in enumerate(sentence.split())]

    def page(canvas):
        canvas.setFont("Courier", 8)
        for line, at, word in sorted(words, key=lambda item: item[2]):
            before = " ".join(PROSE[line].split()[:at])
            canvas.drawString(40 + (len(before) + bool(at)) * 4.8, 700 - line * 11, word)

    document = read(pdf(tmp_path / "a.pdf", page), "a.pdf", policy)
    assert " ".join(texts(document)) == " ".join(PROSE)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90])
def test_a_page_whose_text_runs_across_it_is_read_level_and_placed_where_it_is_shown(tmp_path, policy, turn, shown):
    def draw(canvas):
        canvas.setPageRotation(shown)
        canvas.translate(*((HEIGHT / 2, WIDTH / 2) if shown else (WIDTH / 2, HEIGHT / 2)))
        canvas.rotate(turn)
        canvas.translate(-200, 100)
        ruled([["Lot", "Result"], ["L-204", "0.31 mm"], ["L-205", "0.29 mm"]], x=0, y=0)(canvas)
        text("Weekly check of the spindle", "Each lot is measured twice on the same gauge.", x=0, y=-120)(canvas)

    source = pdf(tmp_path / "a.pdf", draw)
    found = read(source, "a.pdf", policy, FakeEngine())
    assert found.blocks[0].kind == "table"
    assert "L-204 | 0.31 mm" in found.blocks[0].text
    words = " ".join(block.text for block in found.blocks[1:])
    assert words == "Weekly check of the spindle Each lot is measured twice on the same gauge."
    assert (found.parts[0].width, found.parts[0].height) == pytest.approx((WIDTH, HEIGHT), abs=0.1)
    assert found.parts[0].turned == (shown - turn) // 90 % 4
    picture = page_picture(source, 1, 800, policy).convert("L")
    ink = picture.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    boxes = [box for block in found.blocks for place in block.locators for box in place.boxes]
    around = (min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
    assert around == pytest.approx(
        (ink[0] / picture.width, ink[1] / picture.height, ink[2] / picture.width, ink[3] / picture.height), abs=0.02
    )


def test_notes_beyond_the_limit_are_said_to_be_left_out(tmp_path):
    notes = b"[" + b"5 0 R " * 9 + b"]"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Annots %s>>" % notes
    note = b"<</Type/Annot/Subtype/Text/Rect[0 0 10 10]/Contents(Approved)>>"
    path = tmp_path / "a.pdf"
    path.write_bytes(bomb(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(b"BT ET"), note))
    document = read(path, "a.pdf", ExtractionPolicy(annotations=4), FakeEngine())
    assert [block.text for block in document.blocks] == ["Approved"] * 4
    assert [item.code for item in document.not_read] == ["limit_exceeded"]


def test_words_filled_into_two_fields_of_a_form_are_two_lines(tmp_path, policy):
    """pdfium sets no line break between the appearances of fields, and hands both on as one line."""

    def draw(canvas):
        for name, words in (("holder", "Ardent Castings Ltd"), ("role", "Contractor")):
            canvas.beginForm(name, 0, 0, 300, 60)
            canvas.setFont("Helvetica-Bold", 16)
            canvas.drawString(72, 27, words)
            canvas.endForm()
        canvas.setFont("Helvetica", 10)
        canvas.drawString(100, 700, "The papers supplied by")
        canvas.drawString(100, 640, "have been checked, and the company is named as")
        for name, below in (("holder", 650), ("role", 590)):
            canvas.saveState()
            canvas.translate(100, below)
            canvas.doForm(name)
            canvas.restoreState()

    found = read(pdf(tmp_path / "a.pdf", draw), "a.pdf", policy, FakeEngine())
    assert texts(found) == [
        "The papers supplied by",
        "Ardent Castings Ltd",
        "have been checked, and the company is named as",
        "Contractor",
    ]
