"""The name of a line of figures and the target that it tells: ``on time (target 98 %)``, ``rejects % target max 1.5``."""

import re
from collections.abc import Sequence
from functools import cache

from evidence.data import table
from evidence.facts.indicators import LONGEST_LABEL, measure_of, says
from evidence.facts.numbers import Amount, amount
from evidence.facts.text import fold, late, lettered, phrases, words

_NO_YEAR = r"(?!20[0-4]\d(?![\d.,]*\d|\s?ppm))"
_FIGURE = rf"{_NO_YEAR}\d[\d.,]{{0,9}}"
"""A figure that is no year: the year for which something is aimed at is told as well."""

_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_ASIDE = re.compile(r"(?:[,;，；、]|\s[-–—])\s?[^,;，；、]*\d[\d.,]*\s?%?\s*$")
_LAST_WORDS = re.compile(rf"(?<=[^\s,;])\s[^\s\d]{{1,20}}\s?[:：]?\s?[≤≥<>=]{{0,2}}\s?{_FIGURE}\s?%?\s*$")
"""The last word of a name and the figure behind it, which may be its target: ``complaints target 2``."""


@cache
def _aim_behind() -> re.Pattern[str]:
    """A word for a target, what bounds it and its figure, at the end of a folded name."""
    aims = words(tuple(table("measures")["row_words"]["target"])).pattern
    bound, behind = (phrases("metrics_flags", name).pattern for name in ("bound", "bound_behind"))
    return late(
        rf"(?:{aims})\W{{0,3}}(?:(?:{bound})\W{{0,3}})?(?P<figure>{_FIGURE})\s?(?:%|[^\W\d_]{{1,8}})?\s?(?:{behind})?\W{{0,2}}$"
    )


def is_target(label: str) -> bool:
    """Whether a line holds targets: its own name says so. A target told in brackets or a clause behind the name is that of the line."""
    own = own_name(label)
    return says(own, "target") and not says(own, "actual")


def own_name(label: str) -> str:
    """The name of a line without what it tells of its target behind it or in brackets; the whole where nothing else is left."""
    name = " ".join(_ASIDE.sub(" ", _BRACKETED.sub(" ", label[:LONGEST_LABEL])).split())
    told = _aim_behind().search(fold(name)) if any(map(str.isdigit, name)) else None
    if told and lettered(name[: told.start()]):
        name = name[: told.start()]
    elif (last := _LAST_WORDS.search(name)) and says(last[0], "target"):
        name = name[: last.start()]
    return name if sum(char.isalpha() for char in name) > 1 else label


def target_in(label: str) -> Amount | None:
    """The target that the name of a line tells in brackets, its last clause or its last words: ``on time (target 98 %)``."""
    name = label[:LONGEST_LABEL]
    clauses = (*_BRACKETED.finditer(name), *_ASIDE.finditer(name), *_LAST_WORDS.finditer(name))
    told = next((match[0] for match in clauses if says(match[0], "target")), "")
    digits = re.search(rf"(?<!\d){_FIGURE}", told)
    if digits is None and any(map(str.isdigit, name)) and (behind := _aim_behind().search(fold(name))):
        return amount(behind["figure"].rstrip(".,"))
    return amount(digits[0].rstrip(".,")) if digits else None


def target_above(label: str, above: Sequence[str]) -> Amount | None:
    """The target that a title or heading over the only line of a table tells beside its measure: ``Scrap rate (target ≤ 1.5 %)``."""
    told = (part for part in above if (own := measure_of(part)) and measure_of(label) in (None, own))
    return next((target for part in told if (target := target_in(part.strip()))), None)
