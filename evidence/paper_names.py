"""What a paper is by the words for it, in any language: ``papers.toml`` holds what papers of a factory are called when they are listed."""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold, late, words


def papers_named(text: str) -> frozenset[str]:
    """The papers that a text names, by their names in ``papers.toml``."""
    return frozenset(found.lastgroup for found in _pattern().finditer(fold(text)) if found.lastgroup)


def is_named(paper: str, folded: str) -> bool:
    """Whether a folded text names a paper by one of its names in ``papers.toml``."""
    return _pattern_of(paper).search(folded) is not None


@cache
def _pattern_of(paper: str) -> re.Pattern[str]:
    return late(words(tuple(table("papers")[paper]["words"])).pattern)


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern of all names; what has a name of its own comes first: a mock recall is no record of traceability."""
    named = sorted(table("papers").items(), key=lambda one: not one[1].get("own", False))
    return late(_MAY_BEGIN + f"(?:{'|'.join(f'(?P<{name}>{_pattern_of(name).pattern})' for name, _ in named)})")


_MAY_BEGIN = r"(?:(?<![^\W_])|(?=[^\x00-\u024f\u1e00-\u1eff]))"
"""Where the words of a list may begin: no letter or figure stands before them, or they are of a script without blanks. A search then
tries none of the many names within a word.
"""


def own_names(named: frozenset[str]) -> frozenset[str]:
    """Those of the papers named that are hardly ever meant by another name."""
    return frozenset(name for name in named if table("papers")[name].get("own", False))


def kinds_named(named: frozenset[str]) -> frozenset[str]:
    """The kinds of document that the papers named can be, those with a name of their own before others; none where any can be."""
    told = [table("papers")[name].get("kinds", ()) for name in own_names(named) or named]
    return frozenset(kind for kinds in told for kind in kinds) if all(told) else frozenset()
