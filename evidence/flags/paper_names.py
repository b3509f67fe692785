"""What a paper is by the words for it, in any language: ``papers.toml`` holds what papers of a factory are called when they are listed."""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold, late, words


def papers_named(text: str) -> frozenset[str]:
    """The papers that a text names, by their names in ``papers.toml``."""
    return frozenset(found.lastgroup for found in _pattern().finditer(fold(text)) if found.lastgroup)


def own_papers_named(text: str) -> frozenset[str]:
    """Those of them that are hardly ever meant by another name."""
    return frozenset(found.lastgroup for found in _pattern(True).finditer(fold(text)) if found.lastgroup)


@cache
def _pattern(own: bool = False) -> re.Pattern[str]:
    """One pattern of all names; what has a name of its own comes first: a mock recall is no record of traceability."""
    asked = [one for one in table("papers").items() if not own or one[1].get("own", False)]
    named = sorted(asked, key=lambda one: not one[1].get("own", False))
    return late("|".join(f"(?P<{name}>{words(tuple(paper['words'])).pattern})" for name, paper in named))


def own_names(named: frozenset[str]) -> frozenset[str]:
    """Those of the papers named that are hardly ever meant by another name."""
    return frozenset(name for name in named if table("papers")[name].get("own", False))


def kinds_named(named: frozenset[str]) -> frozenset[str]:
    """The kinds of document that the papers named can be, those with a name of their own before others; none where any can be."""
    told = [table("papers")[name].get("kinds", ()) for name in own_names(named) or named]
    return frozenset(kind for kinds in told for kind in kinds) if all(told) else frozenset()
