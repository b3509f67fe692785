import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from indexes.embedder import FakeEmbedder
from indexes.errors import WrongShape
from indexes.generation import Vector
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem
from indexes.terms import Term, Termbase
from indexes.together import together
from tests.unit.indexes.passages import PASSAGES, ids, make


@pytest.fixture(params=["memory", "folder"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HybridIndex]:
    found = make(tmp_path / "index" if request.param == "folder" else None)
    found.upsert(PASSAGES)
    yield found
    found.close()


def test_a_hit_says_what_matched_in_the_words_of_the_passage(index: HybridIndex) -> None:
    hit = index.search("vents blocked")[0]
    assert hit.id == 1
    assert hit.matched_terms == ("vent", "blocked")
    assert set(hit.legs) <= {"words", "meaning", "languages", "numbers"}
    assert 0 < hit.score <= 1


def test_english_is_embedded_by_both_models_and_other_languages_by_one(index: HybridIndex) -> None:
    made = index.vectors_for(["a vent", "lỗ thoát khí", "x"], ["en", "vi", ""])
    assert [found[0].model for found in made] == ["fake-64", "fake-32", "fake-64"]
    assert index.verify().counts == {"words": 4, "fake-64": 3, "fake-32": 4}


def test_vectors_of_the_database_are_used_as_they_are() -> None:
    index = make()
    vector = Vector("fake-64", FakeEmbedder().encode(["porosity"])[0])
    index.upsert([IndexItem(9, "nothing of the kind", vectors=(vector,))])
    assert ids(index, "porosity") == [9]


def test_several_rows_may_come_flat_as_a_database_keeps_them() -> None:
    rows = FakeEmbedder().encode(["middle", "porosity", "hardness"])
    index = make()
    index.upsert([IndexItem(9, "long text", vectors=(Vector("fake-64", rows.ravel()),)), PASSAGES[3]])
    assert ids(index, "porosity")[0] == 9
    assert index.verify().sound


def test_vectors_of_a_strange_model_or_shape_change_nothing() -> None:
    index = make()
    index.upsert(PASSAGES)
    for vector in (Vector("other", np.ones(64)), Vector("fake-64", np.ones(63)), Vector("fake-64", np.ones(0))):
        with pytest.raises(WrongShape):
            index.upsert([IndexItem(1, "new text", vectors=(vector,))])
    assert ids(index, "porosity") == [1]


def test_only_allowed_passages_are_found(index: HybridIndex) -> None:
    assert ids(index, "vent", allowed_ids={2, 4}) == [2]
    assert ids(index, "vent", allowed_ids=np.array([4])) == []
    assert ids(index, "vent", allowed_ids=[]) == []
    assert len(ids(index, "vent lots", limit=1)) == 1


def test_phrases_and_exclusions_hold_for_hits_by_meaning_too(index: HybridIndex) -> None:
    assert ids(index, '"vent cleaning"') == [2]
    assert ids(index, "vent -porosity") == [2]


def test_a_passage_written_again_is_replaced_even_in_another_language(index: HybridIndex) -> None:
    index.upsert([IndexItem(1, "Độ cứng đạt yêu cầu.", "vi")])
    assert ids(index, "porosity") == []
    assert ids(index, "do cung") == [1]
    assert index.verify().sound
    assert len(index) == 4


def test_a_removed_passage_is_not_found_from_that_moment(index: HybridIndex) -> None:
    index.remove([1, 404])
    assert ids(index, "porosity") == []
    assert len(index) == 3
    assert index.verify(expected=[2, 3, 4]).sound


def test_verify_names_what_differs_from_the_database(index: HybridIndex) -> None:
    found = index.verify(expected=[1, 2, 3, 5])
    assert found.not_indexed == (5,)
    assert found.not_in_database == (4,)
    assert not found.sound


def test_an_irrelevant_question_finds_nothing(index: HybridIndex) -> None:
    assert ids(index, "quarterly opera tickets") == []
    assert ids(index, "") == []
    assert ids(index, "-vent") == []


def test_a_question_finds_passages_through_the_termbase() -> None:
    index = make(termbase=Termbase([Term("audit", {"en": ("internal audit",), "vi": ("đánh giá nội bộ",)})]))
    index.upsert(PASSAGES)
    hit = index.search("internal audit")[0]
    assert hit.id == 3
    assert hit.matched_terms == ("đánh", "giá", "nội", "bộ")


def test_a_single_sign_answers_like_the_word_it_stands_in() -> None:
    index = make()
    index.upsert([IndexItem(6, "作业指导书应在每个工位上可见。", "zh"), IndexItem(7, "The vent is clean.", "en")])
    assert ids(index, "作") == [6]


def test_passages_like_one_leave_it_out_and_say_nothing_where_none_is_near(index: HybridIndex) -> None:
    twin = IndexItem(9, "The die vent was blocked by flash, porosity on lot 24C07B3.")
    index.upsert([twin])
    assert [hit.id for hit in index.like(9, twin.text, {})] == [1]
    assert index.like(4, PASSAGES[3].text, {}) == []
    assert index.like(9, twin.text, {}, allowed_ids=[2, 3]) == []


def test_pieces_of_work_are_done_beside_each_other_and_the_next_is_taken_by_who_is_free() -> None:
    met = threading.Barrier(2, timeout=10)
    done: list[str] = []

    def waits_for_the_other(name: str) -> None:
        met.wait()  # nobody passes alone
        done.append(name)

    pieces = (partial(waits_for_the_other, "first"), partial(waits_for_the_other, "second"))
    together(*pieces, lambda: done.append("third"))
    assert sorted(done) == ["first", "second", "third"]
    assert done[-1] == "third" or done.index("third") == 1


def test_what_goes_wrong_in_a_piece_of_work_is_raised_and_the_rest_is_left() -> None:
    done: list[int] = []

    def fails() -> None:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        together(fails, *(partial(time.sleep, 0.05),), *(partial(done.append, n) for n in range(3)))
    assert not done
