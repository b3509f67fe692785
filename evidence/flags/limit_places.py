"""Limits that stand anywhere in a paper but in the head of their column: in its title, a line or note above or below the table, a field,
a sentence on two features, or a table of limits; each with the words before it, for its columns are found by name, unit or consistency.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.limits import BETWEEN, side_words
from evidence.facts.numbers import parse, powers
from evidence.facts.text import KEPT_TEXTS, any_of, fold, late, one_form, phrases, table_words

LONGEST = 400
"""Letters of a line in which limits are sought: a title, a note or a sentence."""

LONGEST_WORDS = 60
"""Letters before a limit that name what it is of, where its line tells several."""

_FIGURE = r"(?<![\w.,/])(?<!\d:)(?<![\d\w]-)(?:[-+]?\d{1,3}(?:,\d{3})+(?![\d,])|[-+]?\d+(?:[.,]\d+)?)(?![\d/:]|[.,]\d)"
_SECOND = r"(?:[-+]?\d{1,3}(?:,\d{3})+(?![\d,])|[-+]?\d+(?:[.,]\d+)?)(?![\d/:-]|[.,]\d)"
_UNIT = r"(?:\s?(?P<{}>%(?:\s?rh)?|°\s?[cf]?|℃|[a-zµμω]{{1,8}}(?:[·.][a-z]{{1,3}})?(?:/[a-z]{{1,4}})?[²³23]?|[秒分度분초도])(?![a-z\d]))?"


def _unit(name: str) -> str:
    return _UNIT.format(name)


_AROUND = re.compile(
    rf"(?P<middle>{_FIGURE}){_unit('unit')}\s?(?:±|\+/-|\+-)\s?(?P<off>\d*[.,]?\d+)(?![\d/:]|[.,]\d){_unit('behind')}"
)
_OFF = re.compile(rf"(?<![\d)\]])(?<![\d)\]] )(?:±|\+/-|\+-)\s?(?P<off>\d*[.,]?\d+)(?![\d/:]|[.,]\d){_unit('unit')}")
"""By how much readings that are told as what they are off by may be off: ``tolerance ±3.0``."""
_RANGE = re.compile(
    rf"(?P<begin>{_FIGURE}){_unit('unit')}\s?(?:[-~～–]|\.\.\.?|…|÷|{BETWEEN}|(?P<joined>and|và|dan|และ|ve|y|und|和|与|と|와|과))\s?(?P<end>{_SECOND}){_unit('behind')}"
)
_LOWEST, _HIGHEST = rf"(?:≥|>=|>|{side_words('low')})", rf"(?:≤|<=|<|{side_words('high')})"
_BEFORE = late(
    rf"(?:(?P<low>{_LOWEST})|(?P<high>{_HIGHEST}))\.?[\s:=：%]{{0,3}}(?P<figure>-?\s?{_FIGURE}){_unit('unit')}"
)
_BEHIND = late(
    rf"(?P<figure>{_FIGURE}){_unit('unit')}?(?: per [a-z]{{1,8}})?\s?\(?(?:(?P<low>min(?![a-z])|{side_words('low_behind')})|(?P<high>{side_words('high_behind')}))(?!\.?\s?[-:=]?\s?\d)"
)
_AHEAD = late(
    rf"(?:(?P<low>{side_words('low')})|(?P<high>{side_words('high')}))\.?\s(?P<name>[^\W\d_][^\d\n|;；。,，:()（）≤≥<>]{{1,24}}?)\s(?P<figure>{_FIGURE}){_unit('unit')}"
)
"""The name between the word of the side and the figure: ``min wall thickness 1.50 mm``."""
_OPEN = late(
    rf"(?:{table_words('inspection', 'bound').pattern}|(?P<beyond>{phrases('limit_places', 'beyond').pattern}))[^\d\n|;；。]{{0,24}}?(?P<figure>{_FIGURE}){_unit('unit')}"
)
_OPEN_BEHIND = late(
    rf"(?P<figure>{_FIGURE}){_unit('unit')}[^\d\n|;；。]{{0,8}}?(?P<beyond>{phrases('limit_places', 'beyond_behind').pattern})"
)
_TOLD = late(
    f"{table_words('inspection', 'spec').pattern}|{table_words('inspection', 'bound').pattern}|{phrases('limit_places', 'asked').pattern}"
)
_ACCEPTS = phrases("readings_flags", "acceptance")
"""Words with which a line says from where on something is good: ``accept below 10 %``."""

NOT_LIMITS = any_of(("metrics_flags", "target"), ("limit_places", "no_limit"), ("head_limits", "not_of_pieces"))
_PIECE = re.compile(r"[;；。\n|]|\.\s|[,，、·]\s?(?!\d)")
_PARTS = re.compile(r"[;；。·\n|]|(?<=[\d%)])\.\s|(?<=[^\W\d_]{6})\.\s")
_YEAR = re.compile(r"(?:19|20|25)\d\d")


@dataclass(frozen=True)
class PlacedLimit:
    """A limit as a line tells it: what stands before it, its own words, its ends, and its unit; of ``open`` the side is not told."""

    words: str
    spec: str
    low: float | None
    high: float | None
    unit: str
    open: bool = False
    around: str = ""
    """The words of its part of the line, which may name the product that it is for."""
    behind: str = ""
    """The words up to the next limit of its line, which may name what it is of."""
    weak: bool = False
    """A range of which nothing says that it is a limit but the name of its column."""

    def keeps(self, value: float) -> bool:
        """Whether a reading lies within the limit."""
        return (self.low is None or value >= self.low - _SLACK) and (self.high is None or value <= self.high + _SLACK)

    def sided(self, *, under: bool) -> "PlacedLimit":
        """The limit with the side on which its readings lie."""
        end = self.high if self.high is not None else self.low
        return replace(self, low=None if under else end, high=end if under else None, open=False)


_SLACK = 1e-9


def limits_in(line: str, comma: bool = False) -> list[PlacedLimit]:
    """The limits that a line tells, in their order; ``comma`` where the table beside it writes decimals with one."""
    return [*_limits_in(line[:LONGEST], comma)] if any(map(str.isdigit, line)) else []


@lru_cache(KEPT_TEXTS)  # each table of a paper asks for the lines around it, and each column for its cells twice
def _limits_in(line: str, comma: bool) -> Sequence[PlacedLimit]:
    folded = powers(fold(line))
    found: list[tuple[int, int, PlacedLimit]] = []
    for start, end, limit in _found(folded, comma or _DECIMALS.search(_THOUSANDS.sub(" ", folded)) is not None):
        if not any(start < other_end and other < end for other, other_end, _ in found):
            found.append((start, end, limit))
    found.sort(key=lambda one: one[0])
    made: list[PlacedLimit] = []
    ends: list[int] = []
    begun = 0
    for start, end, limit in found:
        piece = folded[begun:start]
        cut = max((match.end() for match in _PIECE.finditer(piece)), default=0)
        near = piece[cut:][-LONGEST_WORDS:]
        rest = _PIECE.split(folded[end:])[0] if limit.unit == "°c" else folded[end:]  # 40 - 46 °C, viscosity below
        around = _PARTS.split(folded[:start])[-1] if len(found) > 1 else f"{folded[:start]} {rest}"
        own = folded[max(begun + cut, start - NEAR) : end]
        own = _OF_NAME.sub("", own)
        begun, behind = end, _WORD_BEHIND.match(folded, end)
        if not NOT_LIMITS.search(own) and not (behind and NOT_LIMITS.search(behind[1])):
            ahead = _TOKENS.findall(near)[-1:] if not limit.unit else []
            if ahead and close(ahead[0]) in known_units():  # Temperature °C: 20 - 25
                limit = replace(limit, unit=close(ahead[0]), weak=False)
            made.append(replace(limit, words=f"{near} {limit.words}".strip(" :-="), around=around))
            ends.append(end)
    if len(made) < SEVERAL:
        return made
    untils = [folded.find(limit.spec, end) for limit, end in zip(made[1:], ends, strict=False)]
    after = [_PIECE.split(folded[end:until])[0] for end, until in zip(ends, [*untils, len(folded)], strict=True)]
    return [replace(limit, behind=words.strip()) for limit, words in zip(made, after, strict=True)]


SEVERAL = 2
"""Limits of a line, each of which can stand before the name of its feature: ``0.5 to 1.0 ppm at the fillet line and 50 to 100 in the dip``."""

WIDEST = 20
"""Times its lower end above which the upper one of a range does not lie: ``18-2608`` is the number of a lot."""

NEAR = 30
"""Letters before a limit in which a word can say that it is none."""

_WORD_BEHIND = re.compile(r"\s?[(（]([^()（）,，;；]{1,20})")
_OF_NAME = re.compile(r"^[^:：]*\d[^:：\d]{0,12}[:：]\s")
"""A name with a figure of its own before a limit: ``nominal 16 mm: 15.93 to 16.00``."""

_RUNNING = re.compile(r"[-+]?0\d+")

_AMID = phrases("limit_places", "between")
_DECIMAL = re.compile(r"\d[.,]\d")
_DECIMALS = re.compile(r"\d,\d")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")


def _found(folded: str, comma: bool) -> Iterator[tuple[int, int, PlacedLimit]]:
    """Limits with their places, those that tell the most first."""
    told = _TOLD.search(folded) is not None

    def number(digits: str) -> float | None:
        parsed = parse(digits.replace(" ", ""), comma)
        return parsed[0] if parsed and not _YEAR.fullmatch(digits) else None

    for match in _AROUND.finditer(folded):
        middle, off = number(match["middle"]), number(match["off"])
        if middle is not None and off:
            unit = match["unit"] or match["behind"] or ""
            if match["behind"] == "%" and match["unit"] not in (None, "%"):
                off *= abs(middle) / 100  # 700 mA ± 3 %
            yield *match.span(), PlacedLimit("", match[0], round(middle - off, 6), round(middle + off, 6), close(unit))
    for match in _OFF.finditer(folded) if told else ():
        if off := number(match["off"]):
            yield *match.span(), PlacedLimit("", match[0], -off, off, close(match["unit"] or ""))
    for match in _RANGE.finditer(folded):
        low, high = number(match["begin"]), number(match["end"])
        unit = close(match["behind"] or match["unit"] or "")
        if low is None or high is None or not low < high or (0 < low * WIDEST < high):
            continue
        if any(_RUNNING.fullmatch(match[end]) for end in ("begin", "end")):
            continue  # 26-071 numbers a lot
        if match["joined"] and not _AMID.search(folded[max(0, match.start() - NEAR) : match.end() + NEAR]):
            continue
        beside = folded[max(0, match.start() - NEAR) : match.end() + NEAR]
        weak = unit not in known_units() and not _TOLD.search(beside) and not (told and _DECIMAL.search(match[0]))
        yield *match.span(), PlacedLimit("", match[0], low, high, unit, weak=weak)
    for pattern in (_BEHIND, _BEFORE):
        for match in pattern.finditer(folded):
            value = number(match["figure"])
            if value is not None:
                low, high = (value, None) if match["low"] else (None, value)
                yield *match.span(), PlacedLimit("", match[0], low, high, close(match["unit"] or ""))
    for match in _AHEAD.finditer(folded):
        value, unit = number(match["figure"]), close(match["unit"] or "")
        if value is not None and unit in known_units():
            low, high = (value, None) if match["low"] else (None, value)
            yield *match.span(), PlacedLimit(match["name"], match[0], low, high, unit)
    accepts = told or _ACCEPTS.search(folded) is not None
    for match in [*_OPEN.finditer(folded), *(_OPEN_BEHIND.finditer(folded) if accepts else ())]:
        value = number(match["figure"])
        if value and (accepts or not match["beyond"]):
            yield *match.span(), PlacedLimit("", match[0], None, value, close(match["unit"] or ""), open=True)


def close(unit: str) -> str:
    """A unit without its blanks, as heads and limits write it alike."""
    closed = "".join(unit.split()).replace("℃", "°c").replace("²", "2").replace("³", "3").replace("·", "").rstrip(".")
    return _units_alike().get(closed, closed)


@cache
def _units_alike() -> dict[str, str]:
    """Other ways of writing a unit, with the one that stands for all."""
    ways = table("tables")["units_alike"]
    return {fold(way): unit for unit, others in ways.items() for way in others}


@cache
def known_units() -> frozenset[str]:
    """The units of what is measured on pieces or in stores, closed up."""
    units = (unit for kind in table("tables")["units"].values() for unit in kind)
    return frozenset({close(fold(unit)) for unit in units} | {"%", "v", "a", "ohm", "ppm", "µm", "μm", "kn", "kg/cm2"})


@lru_cache(KEPT_TEXTS)
def units_in(head: str) -> frozenset[str]:
    """The units that a head names."""
    return frozenset(unit for token in _TOKENS.findall(fold(head)) if (unit := close(token)) in known_units())


_TOKENS = re.compile(r"[^\s()（）\[\],;:：]+")


@lru_cache(KEPT_TEXTS)  # of the same heads for each limit
def names_in(text: str) -> frozenset[str]:
    """What can name a feature in a text: words of four letters or more, and pairs of signs that are words; not the words of limits."""
    folded = one_form(_COMMON.sub(" ", fold(text)))
    found = {match[0][:STEM] for match in _WORD.finditer(folded)}
    found |= {match[0] for match in _SHORT.finditer(folded) if match[0] not in known_units()} - _SMALL
    for match in _SIGNS.finditer(folded):
        size = PAIR if match[0][0] > "\u0e7f" else STEM
        found |= {match[0][at : at + size] for at in range(len(match[0]) - size + 1)}
    return frozenset(found)


def shared_names(one: frozenset[str], other: frozenset[str]) -> set[str]:
    """The names of one text that another has too; of a short word a longer one that begins with it is another form: cook, cooking."""
    short = {name[:LEAST_NAME] for name in other} if any(len(name) == LEAST_NAME for name in one) else set()
    shorter = {name for name in other if len(name) == LEAST_NAME}
    return {
        name
        for name in one
        if name in other or (name[:LEAST_NAME] in shorter) or (len(name) == LEAST_NAME and name in short)
    }


LEAST_NAME = 4
"""Letters of a word from which it can name a feature."""

STEM = 5
"""Letters of a word by which it is known again with other endings."""

PAIR = 2
"""Signs by which a word of a script without blanks is known again."""

_WORD = re.compile(r"[^\W\d_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4,}")
_SHORT = re.compile(r"(?<![^\W_])[a-z]{2,3}(?![^\W\d_])")
_SMALL = frozenset(table("words")["limit_places"]["small"])
"""Short words that name nothing, where ``pH``, ``Rm`` and ``OD`` do."""
_SIGNS = re.compile(r"[\u0e00-\u0e7f]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_COMMON = any_of(("limit_places", "common"), ("limit_places", "asked"), ("limit_places", "beyond"))
