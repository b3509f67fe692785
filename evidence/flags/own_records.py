"""Procedures on a matter of their own, beside the topics of expectations, of which no paper of the bundle shows that it is done.

What a procedure is about stands in its title, and what shows it in the papers that are no rules: the words of the title, the code of the
form it names, what else it speaks of, and for matters that have a name in every language that name.
"""

import re
from collections.abc import Sequence
from functools import cache

from evidence.bundle import Bundle
from evidence.data import table
from evidence.facts.text import fold, phrases, words
from evidence.flags.records_asked import is_daily_log
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS, is_filled_in

LEAST_SHARED = 4
"""Words of its steps that a record has in common with a procedure, from which it may be its record."""

LEAST_STEPS = 3
"""Sentences of a procedure that say how something is done."""

(_GENERAL, _ASKS, _PROCEDURE) = (phrases("procedures", name) for name in ("general", "asks", "procedure"))
_CODE = re.compile(r"[a-z](?<![^\W_][a-z])[a-z]{0,5}(?:[-.][a-z]{1,5}){0,3}[-. ]?\d{1,4}(?:-\d{1,3}){0,3}(?![^\W_])")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_STEP = re.compile(r"[.;\u3002\uff1b](?=\s|$)|\n|다\.|\u3002")


def unshown_matter(bundle: Bundle, document: DocumentReport) -> str | None:
    """What a procedure is about where nothing in the bundle shows it; None where something may, or where it cannot be told."""
    matter = _matter(document)
    told = fold(document.text)
    if (
        not matter
        or not (_ASKS.search(told) or _codes(told) - _codes(_title(document)))
        or sum(len(part.strip()) > MIN_STEP for part in _STEP.split(told)) < LEAST_STEPS
    ):
        return None
    others = [other for other in bundle.read if other.path != document.path and _may_show(other)]
    if others and not any(_languages(document) & _languages(other) for other in others):
        return None
    if not others and not (_PROCEDURE.search(fold(_title(document))) or _CODE.search(fold(_title(document)))):
        return None
    topics = topics_of(document)
    codes = _codes(told) - _codes(_title(document))
    steps = _stems(_GENERAL.sub(" ", told))
    shown = any(
        _shows(fold(f"{other.path} {_text(other)}"), fold(_title(other)), matter, topics, codes, steps)
        for other in others
    )
    return None if shown else _said(document)


@remembered
def is_shown(bundle: Bundle, document: DocumentReport, criterion: str) -> bool:
    """Whether the title of a paper that is no rule names what a procedure is about: then it is its record, whatever topic it was taken
    to be of. No sheet of daily readings shows a calibration.
    """
    matter = [word for word in _matter(document) if len(word) >= LEAST_SAID or not word.isascii()]
    return any(
        any(word in title for word in matter)
        for other in bundle.read
        if other.path != document.path and _may_show(other)
        if criterion != "calibration" or not is_daily_log(other)
        for title in (fold(_title(other)),)
    )


def topics_of(document: DocumentReport) -> list[str]:
    """The topics of ``[procedures.topics]`` that the title of a procedure names."""
    title = fold(_said(document))
    return [name for name, found in _topics().items() if found.search(title)]


MIN_STEP = 10
"""Letters of a step."""


def _shows(
    text: str, title: str, matter: Sequence[str], topics: Sequence[str], codes: set[str], steps: set[str]
) -> bool:
    if any(_topics()[name].search(text) for name in topics) or codes & _codes(text):
        return True
    if all(word in text for word in matter) or any(
        word in title for word in matter if len(word) >= LEAST_SAID or not word.isascii()
    ):
        return True
    return not topics and sum(stem in text for stem in steps) >= max(LEAST_SHARED, len(steps) // 3)


LEAST_SAID = 4
"""Letters of a word of a title that says something by itself."""


def _matter(document: DocumentReport) -> list[str]:
    """The stems of the words of a title that say what it is about."""
    bare = _GENERAL.sub(" ", _CODE.sub(" ", _DAY.sub(" ", fold(_said(document)))))
    return sorted(_stems(bare))[:MOST_WORDS]


MOST_WORDS = 6
"""Words of a title."""


def _stems(text: str) -> set[str]:
    """What words of a folded text are known by: their first letters, two signs of those that are not parted."""
    found = set()
    for word in re.findall(r"[^\W\d_]+", text):
        if word[0] < "\u0e00" or "\u1e00" <= word[0] <= "\u1eff":
            if len(word) >= LEAST_SAID - (not word.isascii()):
                found.add(word[:STEM])
        elif word[0] > "\u0eff":
            found.update(word[at : at + 2] for at in range(0, len(word) - 1, 2))
    found.update(_THAI.findall(text))
    return found


STEM = 6
"""Letters by which a word is found with other endings."""

_THAI = re.compile(r"[\u0e01-\u0e4e]{4,}")


def _said(document: DocumentReport) -> str:
    """The title of a procedure: its heading or first line that has words, else the name of its file."""
    first = document.passages[0] if document.passages else None
    lines = [
        *(first.heading[:1] if first else ()),
        *(line for passage in document.passages[:2] for line in passage.text.split("\n")[:2]),
    ]
    name = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    told = [line.strip() for line in (*lines, name) if len(line) <= LONGEST_TITLE]
    return next((line for line in told if _stems(_GENERAL.sub(" ", _CODE.sub(" ", _DAY.sub(" ", fold(line)))))), "")


LONGEST_TITLE = 120
"""Letters of a title."""


def _title(document: DocumentReport) -> str:
    first = document.passages[0] if document.passages else None
    return " ".join((document.path, *((*first.heading[:1], first.text.split("\n", 1)[0]) if first else ())))


def _may_show(document: DocumentReport) -> bool:
    """Whether a paper may show that something was done: no rules, no certificate; of forms those that were filled in."""
    return document.kind not in RULES_AND_FORMS or is_filled_in(document) or document.reading in ("living", "mixed")


def _codes(text: str) -> set[str]:
    return {re.sub(r"[ .-]", "", code) for code in _CODE.findall(fold(text)) if sum(map(str.isdigit, code)) > 0}


def _text(document: DocumentReport) -> str:
    return document.text


def _languages(document: DocumentReport) -> set[str]:
    text = _text(document)
    scripts = {name for name, signs in _SCRIPTS.items() if signs.search(text)}
    return scripts | {passage.language for passage in document.passages if passage.language}


_SCRIPTS = {
    "hangul": re.compile("[\uac00-\ud7af]"),
    "thai": re.compile("[\u0e01-\u0e4e]"),
    "han": re.compile("[\u4e00-\u9fff]"),
}


@cache
def _topics() -> dict[str, re.Pattern[str]]:
    return {name: words(tuple(found)) for name, found in table("words")["procedures"]["topics"].items()}
