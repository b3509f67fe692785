"""Text as a person sees it."""

import unicodedata
from types import SimpleNamespace

from extractors import draft
from extractors.draft import MOST_MARKS, clean


def test_letters_with_their_marks_apart_are_composed():
    assert clean("cha\u0302\u0301t lu\u031bo\u031b\u0323ng") == "chất lượng"


def test_a_heap_of_marks_is_cut_before_it_is_put_in_order(monkeypatch):
    """Bringing marks into their order takes the square of their number: 600,000 took hours."""

    def few(composed):
        def compose(form, text):
            assert len(text) <= MOST_MARKS + 1 + len(" lot 4711")
            return composed(form, text)

        return compose

    forms = {"normalize": few(unicodedata.normalize), "is_normalized": few(unicodedata.is_normalized)}
    monkeypatch.setattr(draft, "unicodedata", SimpleNamespace(**vars(unicodedata) | forms))
    found = clean("a" + "\u0301\u0323" * 300_000 + " lot 4711")
    assert found.endswith(" lot 4711")
    assert len(found) <= MOST_MARKS + 1 + len(" lot 4711")
