"""What a very long table costs and what it leaves for those behind it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from evidence.facts.grids import MAX_CELLS, grids
from evidence.signs import LONGEST_READ, SIGNS, count
from extractors.document import Block, Cell, Document, Table
from extractors.locators import SheetLocator


def sheet(part, rows, columns, head):
    cells = [
        Cell(row=row, column=column, text=f"{head} {column}" if row == 1 else str(row * column))
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    ]
    table = Table(rows=rows, columns=columns, header_rows=1, cells=tuple(cells))
    place = SheetLocator(sheet=f"Sheet {part}", cells="A1")
    return Block(kind="table", text=head, locators=(place,), part=part, table=table)


def document(*blocks):
    return Document(path="a.xlsx", sha256="", media_type="", blocks=blocks)


def test_tables_behind_one_that_is_too_long_are_looked_at_too():
    long = sheet(1, MAX_CELLS // 20 + 500, 20, "Reading")
    short = sheet(2, 12, 4, "Case")
    found = grids(document(long, short), ())
    assert [grid.heads[0] for grid in found] == ["Reading 1", "Case 1"]
    assert len(found[1].rows) == 11
    assert 100 < len(found[0].rows) < MAX_CELLS // 20
    assert found[0].rows[0][1].text == "4"


def test_several_tables_that_are_too_long_share_what_is_left():
    found = grids(document(*(sheet(part, MAX_CELLS // 10 + 10, 10, "Reading") for part in range(1, 5))), ())
    assert len(found) == 4
    assert sum(len(grid.rows) * 10 for grid in found) <= MAX_CELLS


TEXTS = st.lists(
    st.sampled_from(
        [
            "was found", "shall be 12", "OK", "12", "007", "2025-03-01", "|", "\n", " ", "rev 3", "page 2 of 9", "closed", ": ",
            "QA-25-014", "3,5 mm", "at least 3", "Root cause", "☑", "kontrol edildi 4", "đã kiểm tra", "不合格 3 件", "sample1", "x9y",
            "- ", "\u0663\u0664", "due to 5 pcs", "1OK2", "100%", "no. 4711", "www.x1.org", "a.b2@c3.d",
        ]
    ),
    max_size=400,
)  # fmt: skip


@given(TEXTS)
def test_signs_are_counted_as_their_patterns_find_them(pieces):
    text = "".join(pieces)
    assert count(text) == {sign.name: len(list(re.finditer(sign.pattern, text[:LONGEST_READ]))) for sign in SIGNS}
