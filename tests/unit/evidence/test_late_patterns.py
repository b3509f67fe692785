"""Patterns are compiled when they are first used, and all of them can be."""

import gc
import re
import subprocess
import sys

import pytest

from evidence.facts.text import _Late, late, words

COUNTING = """
import gc
import evidence.assessment
from evidence.facts.text import _Late
found = [item for item in gc.get_objects() if type(item) is _Late]
print(len(found), sum("search" in vars(item) for item in found))
"""


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    made = late(r"lot (\d+)", re.IGNORECASE)
    assert "search" not in vars(made)
    assert made.fullmatch("Lot 17")[1] == "17"
    assert "search" in vars(made)
    assert made.sub("x", "lot 3") == "x"
    assert made.groups == 1
    assert late(r"lot (\d+)", re.IGNORECASE) is made
    assert re.compile(words(("oven", "furnace")).pattern).search("the oven")
    with pytest.raises(AttributeError):
        made.no_such_method  # noqa: B018
    with pytest.raises(re.error):
        late("(").search("")


def test_the_rules_compile_few_patterns_before_they_are_asked() -> None:
    told = subprocess.run([sys.executable, "-c", COUNTING], capture_output=True, text=True, check=True).stdout
    known, compiled = map(int, told.split())
    assert known > 150
    assert compiled < known / 20


def test_every_pattern_can_be_compiled() -> None:
    import evidence.assessment
    import evidence.pipeline

    assert evidence.assessment
    assert evidence.pipeline
    found = [item for item in gc.get_objects() if type(item) is _Late and item.pattern != "("]
    assert len(found) > 150
    for item in found:
        assert item.search("") is None or item.search("")[0] == ""
