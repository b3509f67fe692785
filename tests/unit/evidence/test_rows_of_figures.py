"""Rows of figures, of which long sheets are made, are passed over by what looks for words: no list may hold a phrase that they could
show.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.data import table
from evidence.facts.calendar import find
from evidence.facts.grids import Grid, GridCell
from evidence.facts.limits import limits
from evidence.facts.text import is_nameless
from evidence.signs import IN_FIGURES, SIGNS, count

FIGURES = st.text(alphabet="0123456789 .,:;/|-+()[]{}<>%$&*'\"_=?!@\n\t", max_size=60)
LISTS = [
    *((file, group) for file, group in (("tables", "checklist"), ("tables", "evaluation"), ("tables", "inspection"))),
    *(("cases", group) for group in ("fields", "asked", "status_words")),
    *(("labels", group) for group in ("identifiers", "prose", "people", "dates")),
]


@pytest.mark.parametrize(("file", "group"), LISTS)
def test_no_list_of_words_holds_figures_and_marks_alone(file, group):
    # ``[ ]`` between yes and no is looked up as a whole cell, not sought in rows.
    listed = [word for words in table(file)[group].values() if isinstance(words, list) for word in words]
    assert [word for word in listed if is_nameless(word)] == []


@pytest.mark.parametrize(
    ("group", "name"),
    [("metrics_flags", "target"), ("certification", "surveillance"), ("case_forms", "day"), ("case_forms", "closing")],
)
def test_no_list_of_phrases_holds_figures_and_marks_alone(group, name):
    assert [word for word in table("words")[group][name] if is_nameless(word)] == []


@given(FIGURES)
def test_signs_of_rows_of_figures_are_counted_as_of_any_text(text):
    assert count(text) == {sign.name: len(sign.pattern.findall(text)) for sign in SIGNS}


def test_every_sign_that_figures_show_is_a_sign():
    assert {sign.name for sign in SIGNS} >= IN_FIGURES


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        (" |  | 2026-03-12 11:20:12 | 259 | 13.2", "en", ["2026-03-12"]),
        ("12 ~ 15/03/2026 | 4", "en", ["2026-03-12", "2026-03-15"]),
        ("2025-26 | 98.1", "en", ["FY2025"]),
        ("113.05.06 | 7", "zh", ["2024-05-06"]),
        (" |  |  | 413", "en", []),
    ],
)
def test_days_and_years_of_rows_of_figures_are_read(text, language, values):
    assert [found.value for found in find(text, "dmy", language)] == values


def test_a_table_below_rows_of_figures_is_found():
    rows = (("1", "2"), ("3.5", "4"), ("Lot", "Result"), ("5", "6"))
    grid = Grid(("Part", ""), tuple(tuple(map(GridCell, row)) for row in rows))
    (found,) = grid.tables(lambda heads: "Lot" in heads)
    assert found.heads == ("Lot", "Result")
    assert [[cell.text for cell in row] for row in found.rows] == [["5", "6"]]


@given(st.from_regex(re.compile(r"-?[0-9]{0,6}[.,]?[0-9]{0,6}"), fullmatch=True))
def test_a_reading_alone_states_no_limit(text):
    assert limits(text) == (None, None)
