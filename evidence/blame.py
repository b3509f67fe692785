"""Whether a cause blames a person alone, and whether an action changes a thing."""

import re
from collections.abc import Mapping
from typing import Any

from evidence.case_reading import case_words
from evidence.data import table
from evidence.facts.case_heads import MAX_VALUE
from evidence.facts.text import fold, late, phrases


def blames_person(value: Mapping[str, Any]) -> bool:
    """Whether the cause names a person's fault and the action is only training or warning."""
    cause = fold(str(value.get("root_cause", "")))
    action = fold(" / ".join(str(value.get(name, "")) for name in ("action", "preventive")))
    if not cause or not action:
        return False
    return (
        (blames(cause) if len(cause) < LONGEST_BLAME else _blames_throughout(cause))
        and bool(case_words("blame", "retrain").search(action))
        and not _technical(action)
    )


LONGEST_BLAME = 200
"""Letters of a cause that can blame somebody and tell nothing else."""


def _blames_throughout(cause: str) -> bool:
    """Whether each piece of a long cause blames somebody: why it came about and why nobody saw it, in one language or in two."""
    pieces = [piece.strip() for piece in cause[: MAX_VALUE - 1].split(" / ")]
    whole = pieces if len(cause) < MAX_VALUE else pieces[:-1]  # the last one is cut off
    return len(whole) > 1 and all(blames(piece) for piece in whole if len(piece) >= SHORTEST_PIECE)


SHORTEST_PIECE = 12
"""Letters of a piece of a cause that tells something: a shorter one is a name or a number."""


def blames(folded: str) -> bool:
    """Whether folded words put something down to somebody's fault: by a word for it, or as what somebody of the factory did or left."""
    return any(
        pattern.search(folded)
        for pattern in (
            case_words("blame", "human"), case_words("blame", "own"), _PERSON_FAILED, _OF_ONE_TRADE,
        )
    ) or case_words("blame", "man").fullmatch(folded.strip(" .,;")) is not None  # fmt: skip


_SIGNS_FAILED = "|".join(
    re.escape(word) for word in table("cases")["blame"]["failed"] if any("\u4e00" <= char <= "\u9fff" for char in word)
)
_OF_ONE_TRADE = late(
    rf"(?!(?:加|施|手|人|完|竣|把|扶|拉|开|返|化|电|軍)(?:工|手))[\u4e00-\u9fff](?:员|員|工|手)(?!作|序|艺|藝|件|程|具|厂|廠)[^。；;\n]{{0,14}}(?:{_SIGNS_FAILED})"
)
"""Somebody by his trade in Chinese (whoever sews, packs, plugs) and what he did or left, in one sentence."""

_PERSON_FAILED = late(
    rf"(?:{case_words('blame', 'persons').pattern})\W{{0,2}}(?:[^\W\d_]+ ){{0,2}}?(?:{case_words('blame', 'failed').pattern})"
)
"""Somebody of the factory and what he did or left, a few words apart at most."""


def _technical(action: str) -> bool:
    """Whether an action changes a thing; words about checking harder and attending training change nothing, and neither does the matter
    of a lesson: ``explained the colour code again``.
    """
    for clause in _ACTION_CLAUSES.split(action):
        cleaned = case_words("blame", "retrain").sub("\0", clause)
        if cleaned != clause:
            cleaned = _without_matter(cleaned)
            cleaned = case_words("blame", "taught").sub(" ", cleaned)
        if case_words("blame", "technical").search(cleaned):
            return True
    return False


def _without_matter(clause: str) -> str:
    """A clause of a lesson without what it was about: ``trained again on changing products``. What is new was made before it was taught."""
    return clause if case_words("blame", "new").search(clause) else _MATTER.sub(" ", clause)


_MATTER = late(
    rf"\0[^\0]{{0,30}}?(?:{case_words('blame', 'about').pattern})\s?[^\0]*$|^[^\0]*(?:{case_words('blame', 'about_behind').pattern})"
)

_ACTION_CLAUSES = re.compile(rf"[,.;:。，；：、/\n]|(?<![^\W_])(?:{phrases('trends', 'joining').pattern})(?![^\W_])")
