"""How vectors of several languages are laid over each other before they are compared."""

import numpy as np
import pytest

from indexes.embedder import FakeEmbedder, unit_rows
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem
from indexes.multilingual import DIMENSION, Alignment


def rows(count, seed=0):
    return unit_rows(np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32))


def test_what_a_language_has_in_common_is_taken_off_and_vectors_stay_of_unit_length():
    meaning, english, thai = rows(20), rows(1, 1)[0], rows(1, 2)[0]
    alignment = Alignment({"passage_": np.zeros(DIMENSION), "passage_en": english, "passage_th": thai})
    one = alignment.of(meaning + english, ["en"] * 20)
    other = alignment.of(meaning + thai, ["th"] * 20)
    assert np.allclose(np.sum(one * other, axis=1), 1.0, atol=1e-5)
    assert np.allclose(np.linalg.norm(one, axis=1), 1.0, atol=1e-5)


def test_a_language_without_a_centre_has_that_of_any_other():
    alignment = Alignment({"passage_": rows(1, 3)[0], "passage_en": np.zeros(DIMENSION)})
    some = rows(1)
    assert np.allclose(alignment.of(some, ["xx"]), unit_rows(some - rows(1, 3)))


def test_each_side_is_turned_by_its_own_map():
    turn = np.roll(np.eye(DIMENSION), 1, axis=1)
    zero = np.zeros(DIMENSION)
    alignment = Alignment({
        "passage_": zero, "question_": zero, "map_question": turn, "shift_question": zero,
        "map_passage": np.eye(DIMENSION), "shift_passage": zero,
    })  # fmt: skip
    some = rows(5)
    assert np.allclose(alignment.of(some, [""] * 5), some, atol=1e-5)
    assert np.allclose(alignment.of(some, [""] * 5, questions=True), np.roll(some, 1, axis=1), atol=1e-5)


def test_the_name_changes_with_any_number():
    zero = np.zeros(DIMENSION)
    other = zero.copy()
    other[7] = 1e-3
    assert Alignment({"passage_": zero}).name == Alignment({"passage_": zero.astype(np.float16)}).name
    assert Alignment({"passage_": zero}).name != Alignment({"passage_": other}).name


class Aligning(FakeEmbedder):
    """A model whose vectors are laid over each other in a way that has a name."""

    alignment = "first"

    def aligned(self, rows, languages, *, questions=False):
        return unit_rows(np.asarray(rows, dtype=np.float32))


@pytest.mark.parametrize(("alignment", "kept"), [("first", 1), ("second", 0)])
def test_an_index_whose_vectors_were_laid_over_each_other_otherwise_is_made_anew(tmp_path, alignment, kept):
    index = HybridIndex(tmp_path, FakeEmbedder(), Aligning())
    index.upsert([IndexItem(1, "porosity in the flange", "en", "8d.pdf", (), "a/8d.pdf")])
    index.flush(5)
    index.close()
    later = Aligning()
    later.alignment = alignment
    again = HybridIndex(tmp_path, FakeEmbedder(), later)
    assert (len(again), again.mark) == (kept, 5 * kept)
