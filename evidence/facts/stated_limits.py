"""Limits that lines tell, beside the words before them: ``burr ≤ 0.08 mm; OD 20.00 ± 0.03``, ``25.0 mΩ 이하``."""

import re
from collections.abc import Sequence
from functools import cache

from evidence.data import table
from evidence.facts.limits import BETWEEN, limits, side_words
from evidence.facts.numbers import parse, powers
from evidence.facts.text import fold, phrases, table_words, words

StatedLimit = tuple[str, str, float | None, float | None]
"""A limit told in a line: the words before it, its own words, its lower and upper end."""

_UNIT = r"(?:% ?rh|%|°c?|µm?|um|μm|mm|cm|in|g|kg|n|bar|mpa|kpa|hrc|hv|hb|shore|v|a|ohm|rpm|ph|ppm|pcs|℃|度)"
_WHOLE_RANGE = (
    rf"(?<![\d.,/:-])[-+]?\d+(?:[.,]\d+)?\s?(?:(?:{BETWEEN})\s?[-+]?\d+(?:[.,]\d+)?(?=\s?{_UNIT})|"
    rf"[-~]\s?\d+(?:[.,]\d+)?(?=\s?{_UNIT}(?![^\W_])))(?![\d/:-])"
)
"""A range of whole numbers: with its unit behind it, so that no days or numbers of papers are taken for it."""

_SAID_LIMIT = re.compile(
    r"(?P<words>[^\d;,，；。|≤≥<>]{0,40}?)(?P<spec>[-+]?\d+(?:[.,]\d+)?\s?(?:mm|µm|um|in|g|n|°c)?\s?(?:±|\+/-)\s?\d*[.,]?\d+|"
    rf"[-+]?\d+[.,]\d+\s?(?:-|–|~|{BETWEEN})\s?[-+]?\d+[.,]\d+|"
    + _WHOLE_RANGE
    + r"|(?:≤|≥|<=|>=|<|>)\s?\d+(?:[.,]\d+)?)"
)

_GAUGE = phrases("papers_flags", "not_result")

_SAID_BEHIND = re.compile(
    rf"(-?\d+(?:[.,]\d+)?) ?(?:%|°c|[^\W\d_]{{1,4}}(?:/[^\W\d_]{{1,5}}[²³]?)?)?? ?(?:(?P<above>{side_words('high_behind')})|(?:{side_words('low_behind')}))"
)
"""A limit whose end is told behind it: ``25.0 mΩ 이하``."""


_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")


def writes_comma(text: str) -> bool:
    """Whether a comma in a text is that before decimals: ``4,5`` and ``0,125``, but not ``10,000``."""
    return "," in _THOUSANDS.sub(" ", text)


def stated_limits(texts: Sequence[str]) -> list[StatedLimit]:
    """Limits told in lines: the words before each, its own words, its lower and upper end."""
    found: list[StatedLimit] = []
    for text in texts:
        folded = powers(fold(text[:300])).strip()
        ends: dict[str, tuple[float, str]] = {}
        begun = len(folded)
        for name in ("low", "high"):
            pattern = re.compile(rf"(?:{table_words('inspection', name).pattern})\W{{0,3}}?(-?\d+(?:[.,]\d+)?)")
            if match := pattern.search(folded):
                parsed = parse(match[1], writes_comma(match[1]))
                if parsed:
                    ends[name] = parsed[0], match[0]
                    begun = min(begun, match.start())
        if ends:
            spec = " ".join(said for _, said in ends.values())
            low, high = (ends[name][0] if name in ends else None for name in ("low", "high"))
            if low is None or high is None or low < high:
                found.append((_own_words(folded, begun), spec, low, high))
                continue
        if match := _SAID_BEHIND.search(folded):
            parsed = parse(match[1], writes_comma(match[1]))
            if parsed:
                low, high = (None, parsed[0]) if match["above"] else (parsed[0], None)
                found.append((folded[: match.start()][-40:].strip(), match[0], low, high))
                continue
        for match in _SAID_LIMIT.finditer(folded):
            low, high = limits(match["spec"], writes_comma(match["spec"]) and "." not in match["spec"])
            if low == 0 and high is not None and _GAUGE.search(match["words"]):
                continue  # what a gauge measures: digital caliper 0-150 mm
            if low is not None or high is not None:
                found.append((match["words"].strip(), match["spec"].strip(), low, high))
    return list(dict.fromkeys(found))


def _own_words(folded: str, begun: int) -> str:
    """The words of a line that are those of a limit: the ones right before it where other limits stand before these, else all."""
    *before, near = re.split(r"[,;，；(（]", folded[:begun])
    several = any(map(str.isdigit, "".join(before))) and sum(map(str.isalpha, near)) >= LEAST_WORD
    return near if several else folded


def is_of_head(limit: StatedLimit, texts: Sequence[str], head: str) -> bool | None:
    """Whether a limit that lines tell is of the readings under a head: by their unit (45 - 65 %RH of the humidity) or by a word before it.
    False where it is of something else, by its unit (``6.0 - 8.0 mm`` over ``Torque (Nm)``), by another piece of its line, or as one on the
    air around a test; None where nothing tells.
    """
    words_before, spec, *_ = limit
    told = next((folded for folded in (powers(fold(text)) for text in texts) if spec in folded), "")
    behind = _kind_behind(told[told.find(spec) + len(spec) :])
    of_limit, of_head = behind or _kind_behind(spec.lstrip("-+0123456789., ")), _kind_of_head(fold(head))
    of_air = of_limit in _OF_AIR and table_words("inspection", "ambient").search(f"{told} {words_before}")
    if of_limit != of_head if of_limit and of_head else of_air or _is_told_apart(told, spec, fold(head)):
        return False
    return shares_word(head, words_before) or (behind != "" and behind == of_head) or None


def shares_word(head: str, words_before: str) -> bool:
    """Whether a head bears a word that stands before a limit."""
    return bool(set(_WORD.findall(fold(head))) & set(_WORD.findall(words_before)))


_WORD = re.compile(r"[^\W\d_]{2,}")


def _is_told_apart(told: str, spec: str, head: str) -> bool:
    """Whether a line names a head only in another piece than that of a limit: ``viscosity 85-95 KU, gloss min 88`` and ``paste at 40 -
    46 °C, viscosity below`` tell no limit of 88 or 46 of the viscosity.
    """
    at = told.find(spec)
    before, behind = told[:at], told[at + len(spec) :]
    begun = max((cut.end() for cut in _PIECE_ENDS.finditer(before)), default=0)
    ends = _PIECE_ENDS.search(behind)
    own = before[begun:] + (behind[: ends.start()] if ends else behind)
    names = [word for word in _WORD.findall(head) if len(word) >= LEAST_WORD or word[0] > "\u0e00"]
    return not any(name in own for name in names) and any(name in told for name in names)


_PIECE_ENDS = re.compile(r"[,;]\s|[，；、。]")
"""Between two things that a line tells one after the other; a comma within a figure is none."""


LEAST_WORD = 4
"""Letters of a word by which a head is known again in a line."""

_OF_AIR = ("temperature", "humidity")


@cache
def _units() -> tuple[tuple[str, str], ...]:
    """Units with what they measure, the longest first."""
    known = ((fold(unit), kind) for kind, units in table("tables")["units"].items() for unit in units)
    return tuple(sorted(known, key=lambda pair: (-len(pair[0]), pair[0])))


def _kind_behind(text: str) -> str:
    """What the unit at the beginning of a text measures; empty where it begins with none."""
    begun = text.lstrip()
    return next(
        (kind for unit, kind in _units() if begun.startswith(unit) and not begun[len(unit) : len(unit) + 1].isalpha()),
        "",
    )


def _kind_of_head(folded: str) -> str:
    """What the unit in a head measures, in brackets or behind its last comma: ``Torque (Nm)``."""
    found = next((kind for match in _IN_HEAD.finditer(folded) if (kind := _kind_behind(match[1]))), "")
    worded = next((kind for kind, said in _kinds_in_words().items() if said.search(folded)), "")
    *before, last = folded.split() or [""]
    behind = before and not any(
        map(str.isdigit, before[-1])
    )  # of ``N/25 mm`` the millimetres are not what was measured
    return found or worded or (_kind_behind(last) if behind else "")


@cache
def _kinds_in_words() -> dict[str, re.Pattern[str]]:
    return {kind: words(tuple(named)) for kind, named in table("tables")["kinds_in_words"].items()}


_IN_HEAD = re.compile(r"[(（\[,/]\s?([^()（）\[\],]{1,12})(?=[)）\]]|$)")


def settled_later(head: str, heads: Sequence[str]) -> bool:
    """Whether a column holds what was read before a work, where another holds what was read after it and counts."""
    before, after = table_words("inspection", "before"), table_words("inspection", "after")
    return before.search(fold(head)) is not None and any(
        after.search(fold(other)) and not before.search(fold(other)) for other in heads if other != head
    )


_SPEC = rf"(?:{table_words('inspection', 'spec').pattern}|{table_words('inspection', 'bound').pattern})"


def required(form: Sequence[tuple[str, str]]) -> list[str]:
    """The fields of the form above a table that say what was required: ``Requirement: 50 to 55 HRC``."""
    told = [f"{label}: {value}" for label, value in form if re.search(_SPEC, fold(label))]
    aims = {value for label, value in form if table_words("calibration", "standard").search(fold(label))}
    allowed = {value for label, value in form if table_words("calibration", "permitted").search(fold(label))}
    allowed = {value for value in allowed if _ALLOWED.fullmatch(fold(value))}
    if len(aims) == len(allowed) == 1:
        aim, either_side = aims.pop(), allowed.pop().lstrip("±+/- ")
        told = [f"{_LEADING.sub(lambda found: found[0] + ' ± ' + either_side.split()[0], aim, count=1)}"]
    return told


_ALLOWED = re.compile(r"(?:±|\+/-|\+-) ?\d{1,4}(?:[.,]\d{1,4})? ?\S{0,4}")
_LEADING = re.compile(r"\d+(?:[.,]\d+)?")
