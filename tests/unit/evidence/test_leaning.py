"""Passages drawn to what their sheet or section says together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidence.context import answered, leaning
from evidence.heads import softmax
from evidence.model import MODES
from evidence.passages import Draft

RECORD, RULE, OTHER = (MODES.index(mode) for mode in ("record", "prescription", "other"))


def drafts(parts: list[int]) -> list[Draft]:
    return [Draft(str(number), "text", (), part) for number, part in enumerate(parts)]


def said(best: list[int], sure: float = 0.55) -> np.ndarray:
    found = np.full((len(best), len(MODES)), (1 - sure) / (len(MODES) - 1), dtype=np.float32)
    found[np.arange(len(best)), best] = sure
    return found


def lean(passages: list[Draft], modes: np.ndarray) -> np.ndarray:
    return leaning(passages, np.log(modes))


def test_a_doubtful_passage_follows_its_sheet_and_a_sure_one_does_not():
    modes = said([RECORD] * 8 + [RULE], 0.9)
    modes[8] = 0.02
    modes[8, [RULE, RECORD]] = 0.5, 0.42
    assert lean(drafts([0] * 9), modes).argmax(1)[8] == RECORD
    modes[8, [RULE, RECORD]] = 0.91, 0.01
    assert lean(drafts([0] * 9), modes).argmax(1)[8] == RULE


def test_a_sheet_leans_on_itself_before_the_others():
    modes = np.vstack([said([RECORD] * 6, 0.9), said([RULE] * 3, 0.5)])
    together, apart = lean(drafts([0] * 9), modes), lean(drafts([0] * 6 + [1] * 3), modes)
    assert softmax(apart)[8, RULE] > softmax(together)[8, RULE]


def test_one_passage_alone_is_what_it_was():
    modes = said([RULE], 0.7)
    assert np.allclose(softmax(lean(drafts([0]), modes)), modes, atol=1e-6)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(range(len(MODES)))), min_size=1, max_size=30), st.randoms()
)
def test_the_order_of_passages_changes_nothing(passages, shuffler):
    parts, best = [p for p, _ in passages], [m for _, m in passages]
    order = list(range(len(passages)))
    shuffler.shuffle(order)
    found = lean(drafts(parts), said(best))
    again = lean(drafts([parts[i] for i in order]), said([best[i] for i in order]))
    assert np.isfinite(found).all()
    assert np.allclose(found[order], again, atol=1e-4)


def test_other_is_answered_only_where_it_is_twice_as_likely_as_anything_else():
    modes = np.full((2, len(MODES)), 0.01, dtype=np.float32)
    modes[0, [RECORD, OTHER]] = 0.4, 0.56
    modes[1, [RECORD, OTHER]] = 0.2, 0.76
    found = answered(modes)
    assert found.argmax(1).tolist() == [RECORD, OTHER]
    assert np.allclose(found.sum(1), 1)
    assert modes[0, OTHER] == np.float32(0.56), "what others learn from is left as it was"
