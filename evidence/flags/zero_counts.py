"""Findings counted class by class where there was none of any: ``Major 0, Minor 0, Observation 0``, ``NC: nil / OFI: nil``."""

from evidence.data import table
from evidence.facts.tables import is_finding
from evidence.facts.text import fold, late, phrases, words

_NAMES = "|".join(phrases("audits_flags", name).pattern for name in ("found", "counted", "classes", "findings"))
_COUNTERS = phrases("audits_flags", "counters").pattern
_NIL = words(tuple(table("words")["audits_flags"]["zero"])).pattern
_NO_FIGURE = r"(?![\d%]|[.,/]\d)"
_NONE = late(
    rf"(?:{_NAMES})s?\s?[)）]?[\s:=–(（-]{{0,3}}(?:0{_NO_FIGURE}|{_NIL})\s?(?:{_COUNTERS})?|"
    rf"(?<![\d.,/-])0\s?(?:(?:{_COUNTERS})\s?)?(?:{_NAMES})"
)
_SOME = late(
    rf"(?:{_NAMES})s?\s?[)）]?[\s:=–(（-]{{0,3}}[1-9]\d?(?!\d)|(?<![\d.,/-])[1-9]\d?\s?(?:(?:{_COUNTERS})\s?)?(?:{_NAMES})"
)
_NAMED = late(_NAMES)


def counts_none(line: str) -> bool:
    """Whether a line or cell counts findings, none of each class that it names, and tells of nothing wrong beside."""
    folded = fold(line)
    rest, counted = _NONE.subn(" ", folded)
    if not counted or _SOME.search(rest):
        return False
    return not is_finding(_NAMED.sub(" ", rest))
