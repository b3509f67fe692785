from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpora.authored import load_supplier
from corpora.twins import Piece, pieces, twins

SENTENCE = "The die vent of cavity three was blocked by flash and was cleaned by the night shift on 12 March"


def _piece(text: str, family: str) -> Piece:
    return Piece(text, family, family)


def test_the_same_wording_with_other_figures_is_a_twin():
    found = twins([_piece(SENTENCE, "a"), _piece(SENTENCE.replace("12", "27"), "b")])
    assert [(t.one.family, t.other.family, t.likeness) for t in found] == [("a", "b", 1.0), ("b", "a", 1.0)]


def test_twins_of_one_family_are_meant():
    assert twins([_piece(SENTENCE, "a"), _piece(SENTENCE, "a")]) == []


def test_another_wording_is_no_twin():
    other = "Blocked vent found in cavity three: flash, cleaned at night by the second shift crew in March"
    assert twins([_piece(SENTENCE, "a"), _piece(other, "b")]) == []


def test_chinese_is_compared_by_signs():
    text = "模具三号型腔排气孔堵塞，夜班已清理，复检六百件无不良，由质量工程师确认并签字。"
    assert len(twins([_piece(text, "a"), _piece(text, "b")])) == 2


@given(st.lists(st.text("abcde ", min_size=1, max_size=60), max_size=12))
def test_likeness_is_mutual_above_the_limit(texts):
    found = twins([_piece(text, str(n)) for n, text in enumerate(texts)])
    assert all(0.8 < t.likeness <= 1.0001 and t.one.family != t.other.family for t in found)
    assert {t.one.family for t in found} >= {t.other.family for t in found}


def test_pieces_are_texts_with_words():
    supplier = load_supplier(Path(__file__).parents[3] / "corpora" / "suppliers" / "song-cam-castings")
    found = pieces([supplier])
    assert len(found) > 50
    assert all(sum(sign.isalpha() for sign in piece.text) >= 60 for piece in found)
