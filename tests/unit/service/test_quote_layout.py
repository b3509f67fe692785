"""Quotes laid out as they stand: rows as tables, lines as lines, not a word lost."""

from hypothesis import given
from hypothesis import strategies as st

from service.reports.layout import MOST_COLUMNS, blocks_of


def test_rows_stand_as_a_table_between_lines_of_text():
    first, table, last = blocks_of("Register\nNo. | Lot | Result\n1 | L-7\n | L-8 |  | \nchecked by Lan")
    assert first.text == "Register"
    assert table.rows == (("No.", "Lot", "Result", ""), ("1", "L-7", "", ""), ("", "L-8", "", ""))
    assert last.text == "checked by Lan"


def test_a_row_that_begins_with_an_empty_cell_keeps_it():
    (table,) = blocks_of("| 2026-01 | 2026-02\nReject % | 3.1 | 2.9")
    assert table.rows == (("", "2026-01", "2026-02"), ("Reject %", "3.1", "2.9"))


def test_rows_too_wide_for_paper_stay_lines():
    wide = " | ".join(str(n) for n in range(MOST_COLUMNS + 1))
    (block,) = blocks_of(wide)
    assert (block.text, block.rows) == (wide, ())


@given(st.text(alphabet="ab |\n-", max_size=80))
def test_no_word_is_lost_and_all_rows_of_a_table_are_even(quote):
    blocks = blocks_of(quote)
    told = "".join(block.text + "".join(cell for row in block.rows for cell in row) for block in blocks)
    assert "".join(told.replace("|", "").split()) == "".join(quote.replace("|", "").split())
    assert all(len({len(row) for row in block.rows}) <= 1 for block in blocks)
