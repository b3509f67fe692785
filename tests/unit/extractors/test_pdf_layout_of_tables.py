"""Tables beside each other, heads of several lines, words whose letters stand below each other."""

import pytest
from pdf_files import pdf, text

from extractors.ocr import FakeEngine
from extractors.pdf import read


def blocks(path, policy, *draw):
    return read(pdf(path / "a.pdf", lambda canvas: [put(canvas) for put in draw]), "a.pdf", policy, FakeEngine()).blocks


def rows(cells, xs, top=700, pitch=14):
    def draw(canvas):
        canvas.setFont("Helvetica", 10)
        for at, row in enumerate(cells):
            for x, cell in zip(xs, row, strict=True):
                canvas.drawString(x, top - at * pitch, cell)

    return draw


LOTS = [["Lot", "Qty", "Result"], ["L1", "120", "pass"], ["L2", "90", "fail"], ["L3", "75", "pass"], ["L4", "60", "ok"]]
GAUGES = [["Gauge", "Due", "By"], ["G-1", "2025-05-02", "AN"], ["G-2", "2025-06-02", "AN"], ["G-3", "2025-07-01", "BT"]]


def test_two_tables_side_by_side_whose_rows_do_not_meet_are_two(tmp_path, policy):
    found = blocks(tmp_path, policy, rows(LOTS, (60, 110, 160)), rows(GAUGES, (340, 400, 480), top=694, pitch=19))
    assert [block.text.splitlines() for block in found] == [
        [" | ".join(row) for row in LOTS],
        [" | ".join(row) for row in GAUGES],
    ]


def test_a_table_whose_rows_meet_across_a_wide_gap_is_one(tmp_path, policy):
    wide = [left + right for left, right in zip(LOTS, GAUGES, strict=False)]
    (found,) = blocks(tmp_path, policy, rows(wide, (60, 110, 160, 340, 400, 480)))
    assert found.text.splitlines() == [" | ".join(row) for row in wide]


def test_heads_of_two_lines_belong_to_the_rows_below(tmp_path, policy):
    heads = [["Part", "Measured", "Measured", "Decision"], ["number", "value, mm", "limit, mm", "by shift leader"]]
    body = [["P-1", "3.02", "3.05", "accept"], ["P-2", "3.07", "3.05", "reject"], ["P-3", "3.01", "3.05", "accept"]]
    (found,) = blocks(tmp_path, policy, rows(heads + body, (60, 160, 260, 360), pitch=16))
    assert found.table.header_rows == 2


@pytest.mark.parametrize(
    "body",
    [
        [["P-1", "pending", "", "none"], ["P-2", "3.07", "3.05", "reject"], ["P-3", "3.01", "3.05", "accept"]],
        [["mill", "steel", "EN 8", "yes"], ["drill", "copper", "hard", "no"], ["lathe", "brass", "soft", "no"]],
    ],
)
def test_a_first_row_of_words_is_no_second_head(tmp_path, policy, body):
    heads = [["Part", "Value", "Limit", "Decision"]]
    found = blocks(tmp_path, policy, rows(heads + body, (60, 160, 260, 360), pitch=16))
    assert found[0].table.header_rows <= 1


def test_letters_below_each_other_are_one_word_before_what_stands_beside_them(tmp_path, policy):
    words = ("Steel is bought from two mills that we audit.", "Copper comes with a certificate.", "Paper is weighed.")
    found = blocks(
        tmp_path,
        policy,
        text(*"MATERIAL", x=60, y=690),
        *(text(line, x=110, y=y) for line, y in zip(words, (686, 651, 616), strict=True)),
    )
    assert [block.text for block in found] == ["MATERIAL", *words]
    (box,) = found[0].locators[0].boxes
    assert box.y1 - box.y0 > 0.1


def test_marks_in_a_column_of_a_table_are_no_word(tmp_path, policy):
    marks = [["Step", "Mark", "Minutes"], *([f"Step {at}", mark, f"{at}5"] for at, mark in enumerate("YNAYN", start=1))]
    (found,) = blocks(tmp_path, policy, rows(marks, (60, 160, 260)))
    assert found.text.splitlines() == [" | ".join(row) for row in marks]
