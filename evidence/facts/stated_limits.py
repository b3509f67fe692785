"""Limits that lines tell, beside the words before them: ``burr ≤ 0.08 mm; OD 20.00 ± 0.03``, ``25.0 mΩ 이하``."""

import re
from collections.abc import Sequence

from evidence.facts.limits import BETWEEN, limits, side_words
from evidence.facts.numbers import parse
from evidence.facts.text import fold, table_words

StatedLimit = tuple[str, str, float | None, float | None]
"""A limit told in a line: the words before it, its own words, its lower and upper end."""

_UNIT = r"(?:%|°c?|µm?|um|μm|mm|cm|in|g|kg|n|bar|mpa|kpa|hrc|hv|hb|shore|v|a|ohm|rpm|ph|ppm|pcs|℃|度)"
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


_SAID_BEHIND = re.compile(
    rf"(-?\d+(?:[.,]\d+)?) ?(?:%|°c|[^\W\d_]{{1,4}})?? ?(?:(?P<above>{side_words('high_behind')})|(?:{side_words('low_behind')}))"
)
"""A limit whose end is told behind it: ``25.0 mΩ 이하``."""


def stated_limits(texts: Sequence[str]) -> list[StatedLimit]:
    """Limits told in lines: the words before each, its own words, its lower and upper end."""
    found: list[StatedLimit] = []
    for text in texts:
        folded = fold(text[:300]).strip()
        ends: dict[str, tuple[float, str]] = {}
        for name in ("low", "high"):
            pattern = re.compile(rf"(?:{table_words('inspection', name).pattern})\W{{0,3}}?(-?\d+(?:[.,]\d+)?)")
            if match := pattern.search(folded):
                parsed = parse(match[1], "," in match[1])
                if parsed:
                    ends[name] = parsed[0], match[0]
        if ends:
            spec = " ".join(said for _, said in ends.values())
            low, high = (ends[name][0] if name in ends else None for name in ("low", "high"))
            if low is None or high is None or low < high:
                found.append((folded, spec, low, high))
                continue
        if match := _SAID_BEHIND.search(folded):
            parsed = parse(match[1], "," in match[1])
            if parsed:
                low, high = (None, parsed[0]) if match["above"] else (parsed[0], None)
                found.append((folded[: match.start()][-40:].strip(), match[0], low, high))
                continue
        for match in _SAID_LIMIT.finditer(folded):
            low, high = limits(match["spec"], "," in match["spec"] and "." not in match["spec"])
            if low is not None or high is not None:
                found.append((match["words"].strip(), match["spec"].strip(), low, high))
    return list(dict.fromkeys(found))
