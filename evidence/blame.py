"""Whether a cause blames a person alone, and whether an action changes a thing."""

import re
from collections.abc import Iterator, Mapping
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
        ((blames(cause) or _is_somebodys(cause)) if len(cause) < LONGEST_BLAME else _blames_throughout(cause))
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
            case_words("blame", "human"), case_words("blame", "own"), _PERSON_FAILED, _OF_ONE_TRADE, *_FAULTS,
        )
    ) or case_words("blame", "man").fullmatch(folded.strip(" .,;")) is not None  # fmt: skip


_SIGNS_FAILED = "|".join(
    re.escape(word) for word in table("cases")["blame"]["failed"] if any("\u4e00" <= char <= "\u9fff" for char in word)
)
_OF_ONE_TRADE = late(
    rf"(?!(?:加|施|手|人|完|竣|把|扶|拉|开|返|化|电|軍)(?:工|手))[\u4e00-\u9fff](?:员|員|工|手)(?!作|序|艺|藝|件|程|具|厂|廠)[^。；;\n]{{0,14}}(?:{_SIGNS_FAILED})"
)
"""Somebody by his trade in Chinese (whoever sews, packs, plugs) and what he did or left, in one sentence."""

SIGNS_APART = 16
"""Signs of Thai between somebody and what he did; of Chinese and Japanese half of them."""

_SOMEBODY, _FAILED, _FAULT = (rf"(?:{case_words('blame', name).pattern})" for name in ("persons", "failed", "faults"))
_WHERE = r"(?: (?:of|at|on|in|from|ca|tổ|trạm|chuyền|máy|ở|di|pada|stasiun|mesin|shift) [^\W_][\w-]*(?: [\w./-]*\d[\w./-]*)?)?"
"""Where somebody works, between him and what he did: ``operator of station 5-12 was distracted``."""

_PERSON_FAILED = late(
    rf"{_SOMEBODY}{_WHERE}\W{{0,2}}(?:[^\W\d_]+ ){{0,3}}?{_FAILED}|{_SOMEBODY}[\u0e00-\u0e7f ]{{1,{SIGNS_APART}}}?{_FAILED}|{_SOMEBODY}[\u3040-\u9fff]{{1,{SIGNS_APART // 2}}}?{_FAILED}"
)
"""Somebody of the factory and what he did or left, a few words apart at most."""

_NOT_HIS = r"(?! (?:panel|station|seat|cab|board|side|desk|interface|terminal|manual|screen|room|unit|card|amplifier)(?![^\W\d_]))"
_BY = r"(?:by|of|from|at|with|of the|by the|của|do|dari|oleh|pada|di pihak|ของ|จาก|โดย)"
_FAULTS = (
    late(rf"{_SOMEBODY}{_NOT_HIS}(?:'?s|s')?\W{{0,2}}{_FAULT}"),
    late(rf"{_FAULT}(?: [^\W\d_]+)? ?{_BY}? ?(?:[^\W\d_]+ ){{0,2}}?{_SOMEBODY}{_NOT_HIS}"),
    late(
        rf"(?:{case_words('blame', 'done_wrong').pattern})(?: [^\W\d_]+){{0,3}}? by (?:[^\W\d_]+ ){{0,2}}?{_SOMEBODY}"
    ),
    late(
        rf"{_SOMEBODY} (?!was |were |got |received |had |has |have |saw |found )[^\W\d_]+ (?:[^\W\d_]+ ){{0,2}}?wrong(?![^\W\d_])"
    ),
)
"""A fault put down to somebody: ``picker error``, ``lapse of the inspector``, ``wrong selection by the operator``, ``took the wrong reel``."""


def _is_somebodys(cause: str) -> bool:
    """Whether a cause tells of somebody of the factory and what he did, whatever it was: it begins with him, and names neither a thing that
    could be changed nor what he was not given. Taught alone, he is what was found.
    """
    if _BEGINS.match(cause) is None:
        return False
    return not any(
        case_words("blame", name).search(cause) for name in ("not_given", "things", "technical", "changes", "retrain")
    )


_TRADES = r"(?:[\u4e00-\u9fff]{1,3}[员員者]|[\u4e00-\u9fff]{0,2}(?![加施手人完竣返化軍开開])[\u4e00-\u9fff]工)(?![作序艺藝件程具厂廠数會会余餘])"
_BEGINS = late(
    rf"\W{{0,3}}(?:(?:the|a|an|one|our|new|some|two|seorang|para|một|bir)\s){{0,2}}"
    rf"(?:{_SOMEBODY}|{_TRADES}|ช่าง|คน(?!ละ))(?!'|\s?(?:shortage|number|change|turnover))" + _NOT_HIS
)
"""Somebody of the factory at the beginning of a cause; a trade in Chinese or Japanese by its last sign."""


def _technical(action: str) -> bool:
    """Whether an action changes a thing; words about checking harder and attending training change nothing, and neither does the matter
    of a lesson: ``explained the colour code again``, ``reminded to look at the label``.
    """
    lesson = ""
    for joint, clause in _clauses_of(action):
        cleaned = case_words("blame", "retrain").sub("\0", clause)
        told = cleaned != clause
        matter = told or (bool(lesson) and (joint == AND or ":" in lesson or "：" in lesson))
        lesson = clause if told else lesson if matter else ""
        cleaned = _without_matter(cleaned) if told else cleaned
        if case_words("blame", "changes").search(_untaught(clause)) or _ISSUED.search(_untaught(clause)):
            return True
        if case_words("blame", "technical").search(cleaned):
            return True
        made = cleaned if not matter or case_words("blame", "new").search(clause) else _untaught(clause) if told else ""
        if case_words("blame", "things").search(made):
            return True
    return False


def _clauses_of(action: str) -> Iterator[tuple[str, str]]:
    """The clauses of an action, each with the word or sign that joins it to the one before in its sentence; empty for the first of one."""
    for sentence in _ACTION_SENTENCES.split(action):
        pieces = _ACTION_CLAUSES.split(sentence)
        yield "", pieces[0]
        for joint, clause in zip(pieces[1::2], pieces[2::2], strict=True):
            yield AND if any(map(str.isalpha, joint)) else joint, clause


AND = "and"
"""A word between two clauses: what it joins to a lesson is taught in it as well. Behind a comma something else is done."""


def _untaught(clause: str) -> str:
    """A clause that tells of no lesson; of one in Thai what stands before the lesson, whose matter follows: nothing else parts the two."""
    lesson = case_words("blame", "retrain").search(clause)
    if lesson is None:
        return clause
    return clause[: lesson.start()] if "\u0e01" <= lesson[0][0] <= "\u0e4e" else ""


def _without_matter(clause: str) -> str:
    """A clause of a lesson without what it was about: ``trained again on changing products``. What is new was made before it was taught."""
    return clause if case_words("blame", "new").search(clause) else _MATTER.sub(" ", clause)


_ISSUED = late(
    r"(?<![^\W\d_])(?:rev|revision|ver|version|issue|edition|lần|revisi|edisi|แก้ไขครั้งที่|ฉบับที่|版本|第)\W{0,2}[0-9a-f]{1,2}(?![^\W_])"
)
"""An instruction or a form that goes out anew, in a clause that tells of no lesson on it."""

_MATTER = late(
    rf"\0[^\0]{{0,30}}?(?:{case_words('blame', 'about').pattern})\s?[^\0]*$|^[^\0]*(?:{case_words('blame', 'about_behind').pattern})"
)

_ACTION_SENTENCES = re.compile(r"[.;。；/\n]")
_ACTION_CLAUSES = re.compile(
    rf"([,&+，、]|[并並](?![列排])|및|(?<![^\W_])(?:{phrases('trends', 'joining').pattern})(?![^\W_]))"
)
