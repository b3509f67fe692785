"""Patterns are compiled when they are first used, and all of them can be."""

import gc
import re
import subprocess
import sys

import pytest

from evidence.facts.text import _Late, late, words

COUNTING = """
import re._compiler, sys
made, compiled = [], re._compiler.compile
re._compiler.compile = lambda pattern, flags=0: made.append(pattern) or compiled(pattern, flags)
import evidence.assessment
from evidence.facts.text import _Late
import gc
waiting = [item.pattern for item in gc.get_objects() if isinstance(item, _Late) and "search" not in vars(item)]
print(len(waiting), len(set(waiting) & set(made)))
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
    waiting, compiled = map(int, told.split())
    assert waiting > 150
    assert compiled == 0


def test_every_pattern_can_be_compiled() -> None:
    import evidence.assessment
    import evidence.pipeline

    assert evidence.assessment
    assert evidence.pipeline
    found = [item for item in gc.get_objects() if isinstance(item, _Late) and item.pattern != "("]
    assert len(found) > 150
    for item in found:
        assert item.search("") is None or item.search("")[0] == ""
