"""In a long document passages that differ in figures alone share one reading; in a usual one each is read."""

from dataclasses import replace

import numpy as np
import pytest

from evidence.alike import LONG, Most, alike, alike_texts, in_place, within
from evidence.bare import bare_draft


def drafts(count):
    return [bare_draft(str(at), f"Lot {at}.{at} | 12,{at:03d} mm | accepted") for at in range(count)]


def test_each_key_is_read_once_and_spread_to_all():
    same = alike(["a", "b", "a", "c", "b"])
    assert same.first == (0, 1, 3)
    assert same.spread(np.array([10, 20, 30])).tolist() == [10, 20, 10, 30, 20]


@pytest.mark.parametrize(("count", "read"), [(LONG - 1, LONG - 1), (LONG, 1)])
def test_figures_are_told_apart_in_usual_documents_only(count, read):
    made = drafts(count)
    assert len(alike_texts(made).first) == read
    assert len(set(in_place(made, ["heads"] * count, range(count)))) == read


def test_the_same_text_is_read_once_in_any_document_but_not_in_other_surroundings():
    made = [bare_draft(str(at), "Lot accepted by QA.") for at in range(3)]
    assert len(alike_texts(made).first) == 1
    assert len(set(in_place(made, ["a", "b", "a"], range(3)))) == 2


def test_the_same_row_under_another_heading_is_read_again():
    made = drafts(LONG)
    moved = [*made[:-1], replace(made[-1], heading=("Plan",))]
    assert len(set(in_place(moved, [""] * LONG, range(LONG)))) == 2


def test_of_a_document_beyond_the_limit_passages_are_left_out_evenly():
    made = [bare_draft(str(at), f"Step {chr(97 + at % 26)}{chr(97 + at // 26)} was done.") for at in range(100)]
    kept = within(made, Most(texts=25, passages=1_000))
    assert [int(draft.id) for draft in kept] == list(range(3, 100, 4))
    assert [draft.id for draft in within(made, Most(texts=25, passages=10))][-1] == "99"
    assert len(within(made, Most(texts=25, passages=10))) == 10
    assert within(made, Most(texts=100, passages=10)) is made


def test_rows_that_differ_in_figures_count_once_against_the_limit():
    made = drafts(LONG)
    assert len(within(made, Most(texts=5, passages=1_000))) == LONG
