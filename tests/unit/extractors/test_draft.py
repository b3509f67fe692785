"""Text as a person sees it."""

import time

from extractors.draft import MOST_MARKS, clean


def test_letters_with_their_marks_apart_are_composed():
    assert clean("cha\u0302\u0301t lu\u031bo\u031b\u0323ng") == "chất lượng"


def test_a_heap_of_marks_is_cut_and_costs_nothing():
    """Bringing marks into their order takes the square of their number: 600,000 took hours."""
    begun = time.process_time()
    found = clean("a" + "\u0301\u0323" * 300_000 + " lot 4711")
    assert time.process_time() - begun < 2
    assert found.endswith(" lot 4711")
    assert len(found) <= MOST_MARKS + 1 + len(" lot 4711")
