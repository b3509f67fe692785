"""The words for the parts of a case, and heads put together of several of them: ``Date of CAPA closure``, ``Tgl buka``, ``客户抱怨日期``."""

import re
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.text import KEPT_TEXTS, MAX_LABEL, Lexicon, fold, is_nameless


@cache
def lexicon() -> Lexicon:
    """The heads of the parts of a case."""
    return Lexicon(table("cases")["fields"])


@cache
def _in_heads() -> Lexicon:
    """The same with what stands beside them in a head: words for a day, a number, the case itself, and joining words that name nothing."""
    data = table("cases")
    roles = {name: list(phrases) for name, phrases in data["beside"].items()}
    for name, phrases in (*data["fields"].items(), *data["within"].items()):
        roles.setdefault(name, []).extend(phrases)
    return Lexicon(roles)


def named_by(label: str) -> str | None:
    """The part of a case that a label names: as a whole, by all its words together, or by the longest phrase that makes up most of it."""
    if len(label) > MAX_LABEL or is_nameless(label) or fold(label).strip(" .:*") in _no_part():
        return None
    return lexicon().role_of(label.strip(" .:*")) or composed(label) or lexicon().label(label)


@cache
def _no_part() -> frozenset[str]:
    """Heads that hold a word for a part and name none: ``ชิ้นงาน``, the piece, holds ``งาน``, what is to be done."""
    return frozenset(map(fold, table("cases")["no_part"]["words"]))


@lru_cache(KEPT_TEXTS)
def composed(label: str) -> str | None:
    """The part that all words of a label name together; None where one of them is unknown or they do not belong together.

    A head of two halves (``Cause and action``) names two parts and is none of these.
    """
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        found.add(_in_heads().role_of(match[0]) or UNKNOWN)
        return " "

    left = _in_heads().pattern.sub(take, fold(label))
    if any(map(str.isalnum, left.replace(" nya", ""))) or _JOINS.search(left) or found & {UNKNOWN, "joined", "count"}:
        return None
    parts = found - {"day", "hour", "number", "aside"}
    if found & {"day", "hour"}:
        return _of_day(parts)
    if "number" in found:
        return "reference" if parts and parts <= _NUMBERED else None
    told = parts - _OF_DAYS
    if len(told) > 1:
        return next((name for name, beside in _TOGETHER.items() if name in told and told <= {name, *beside}), None)
    name = next(iter(told), None)
    return name if name in _ALONE or (name in _TOLD and found != {name}) else None


UNKNOWN = "unknown"
_JOINS = re.compile(r"[/&+,;、，|]")
_OF_DAYS = frozenset({"opened_on", "closed_on"})
_ALONE = frozenset({"root_cause", "outflow"})
_TOLD = frozenset({"problem", "action", "containment", "preventive"})
"""Parts that one word names with another that says only how they are told (``Điểm KPH``); a cause needs none (``起因``)."""

_NUMBERED = frozenset({"problem", "action", "preventive", "containment", "reference"})

_TOGETHER = {
    "effectiveness": ("verification", "action"),
    "outflow": ("root_cause", "problem", "opened"),
    "root_cause": ("problem", "opened"),
    "verification": ("action",),
    "containment": ("action", "problem"),
    "preventive": ("action", "problem"),
    "due": ("closed", "closure", "problem"),
    "owner": ("action",),
    "action": ("problem",),
}
"""What a head names that holds words for several parts: the effect of an action, the cause of a defect."""


def _of_day(parts: set[str]) -> str | None:
    """The day that a word for a day names together with words for parts of a case; None for a part that is told, with its day."""
    if not parts or parts & _NO_DAY:
        return None
    ends, begins = parts & {"closed", "closed_on", "closure"}, parts & {"opened", "opened_on"}
    if "due" in parts:
        return "due" if not begins else None
    if "action" in parts:
        return "closed" if ends & {"closed", "closure"} else "action"
    if ends:
        return "closed" if not begins else None
    return "opened" if begins or parts == {"problem"} else None


_NO_DAY = frozenset({"effectiveness", "verification", "root_cause", "outflow", "owner", "status", "replanned"})
