"""Sentences that tell from where to where a figure went, and say the opposite of it themselves: ``defects fell from 2.1 to 3.4 %``.

No table is needed: the two figures and the verb stand in one clause. Where the sentence only judges, what it counts tells which way is good.
"""

import re
from collections.abc import Iterator
from functools import cache

from evidence.bundle import Bundle, cite, is_example
from evidence.data import table
from evidence.facts.indicators import measure_of
from evidence.facts.numbers import amount
from evidence.facts.text import any_of, fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import sentences
from evidence.flags.trends import AHEAD, BETTER, FALLS, NOT, RISES, WORSE
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LONGEST_TOLD = 400
"""Letters of a sentence that tells from where to where something went."""

LONGEST_BETWEEN = 24
"""Letters between the first figure and the word before the second: its unit and its month."""

FAR = 20.0
"""Times one figure the other of the same thing can be."""

_FROM, _TO, _TO_BEHIND, _FROM_BEHIND, _LESS, _MORE, _RANKS = (
    phrases("told_from_to", name)
    for name in ("from", "to", "to_behind", "from_behind", "less_is_better", "more_is_better", "ranks")
)
_BAD = any_of(("series", "bad"), ("told_ways", "bad"))
_NUMBER = r"(?<![\d.,/:])[-+−]?(?:\d{1,3}(?:[ ,.]\d{3})+|\d{1,7})(?:[.,]\d{1,4})?(?![\d/:]|[.,]\d)"
_BEFORE = late(
    rf"(?:{_FROM.pattern})\s?(?P<low>{_NUMBER})(?P<unit>[^\d.;。；|]{{0,{LONGEST_BETWEEN}}}?)(?:{_TO.pattern})[^\W\d]{{0,3}}\s?(?P<high>{_NUMBER})(?P<behind>\s?[^\s\d,;.。，；、()（）|]{{0,8}})"
)
_BEHIND = late(
    rf"(?P<low>{_NUMBER})(?P<unit>\s?[^\s\d.;。；|]{{0,8}}?)\s?['’]?(?:{_FROM_BEHIND.pattern})[^\d.;。；|]{{0,{LONGEST_BETWEEN}}}?(?P<high>{_NUMBER})(?P<behind>\s?[^\s\d,;.。，；、()（）|]{{0,8}}?)\s?['’]?(?:{_TO_BEHIND.pattern})"
)
_ARROW = late(
    rf"(?P<low>{_NUMBER})(?P<unit>\s?[^\s\d.;。；|>→]{{0,8}})\s?(?:->|→|=>|⇒)\s?(?P<high>{_NUMBER})(?P<behind>\s?[^\s\d,;.。，；、()（）|]{{0,8}})"
)
_UNIT = re.compile(r"%|‰|°\s?c|[^\W\d_]+|µ\w+")
_YEAR = re.compile(r"(?:19|20|25)\d\d")
_MOVES = late("|".join(words.pattern for words in (RISES, FALLS, BETTER, WORSE)))


def told_from_to(bundle: Bundle) -> Iterator[Finding]:
    """The first such sentence of each paper."""
    for document in bundle.read:
        if is_example(document) or document.kind in RULES_AND_FORMS:
            continue
        if found := _in(document):
            passage, sentence, what = found
            yield Finding({"name": name_of(document.path), "what": what}, (cite(document, passage, sentence),))


def _in(document: DocumentReport) -> tuple[Passage, str, str] | None:
    for passage in document.passages:
        if passage.hidden or not _MOVES.search(fold(passage.text)):
            continue
        for sentence in _told(document, passage):
            if what := _against(fold(sentence)):
                return passage, sentence, what
    return None


def _told(document: DocumentReport, passage: Passage) -> Iterator[str]:
    """The sentences of a passage and the cells of its rows."""
    alone = document.model_copy(update={"passages": (passage,)})
    for _, sentence in sentences(alone):
        if len(sentence) <= LONGEST_TOLD:
            yield sentence
    for line in passage.text.splitlines():
        if line.count("|") > 1:
            yield from (cell.strip() for cell in line.split("|") if LEAST_TOLD <= len(cell) <= LONGEST_TOLD)


LEAST_TOLD = 12
"""Letters of a cell that tells from where to where."""


def _against(folded: str) -> str:
    """What a sentence says against its own two figures; empty where it does not, or has several such pairs."""
    found = [match for pattern in (_BEFORE, _BEHIND, _ARROW) for match in pattern.finditer(folded)]
    if len(found) != 1 or AHEAD.search(folded) or NOT.search(folded):
        return ""
    match = found[0]
    first, second = (_value(match[name]) for name in ("low", "high"))
    if first is None or second is None or not first or not second or first == second or not _same_thing(match):
        return ""
    if not 1 / FAR <= abs(second / first) <= FAR:
        return ""
    around = _clause(folded, match)
    way = 1 if second > first else -1
    verb = _verb(folded, match)
    rises, falls, better, worse = (words.search(verb) is not None for words in (RISES, FALLS, BETTER, WORSE))
    figures = f"{match['low'].strip()} and {match['high'].strip()}"
    if rises != falls and not _RANKS.search(around):
        if rises and way < 0 and not better:
            return f"from and to are {figures}, and it is said to rise"
        if falls and way > 0 and not worse:
            return f"from and to are {figures}, and it is said to fall"
        return ""
    if rises or falls or better == worse:
        return ""
    wanted = _wanted(folded, around)
    if wanted and (1 if better else -1) * wanted == -way:
        return f"from and to are {figures}, which is {'worse' if better else 'better'}, and it is said to be {'better' if better else 'worse'}"
    return ""


def _verb(folded: str, match: re.Match[str]) -> str:
    """Where the verb of a pair of figures can stand: right before it, between the figures or, where the word for from stands behind its
    figure, right behind the second. What stands further off may have moved because of them: ``from 42 to 48 °C, and the haze fell``.
    """
    before, behind = folded[max(0, match.start() - LONGEST_VERB) : match.start()], folded[match.end() :][:NEAR]
    if _FROM.match(match[0]):
        return f"{_CAUSED.split(before)[-1]} {match[0][: match.start('behind') - match.start()]}"  # 20 drops/min
    return f"{_CAUSED.split(before)[-1] if _ARROWS.search(match[0]) else ''} {match[0]} {behind}"


_ARROWS = re.compile("->|→|=>|⇒")
_CAUSED = phrases("told_ways", "caused")

LONGEST_VERB, NEAR = 24, 10
"""Letters before a pair of figures in which its verb stands, and behind it."""


def _clause(folded: str, match: re.Match[str]) -> str:
    """The clause around a pair of figures, with the verb that some languages put between them: ``从2.1降到3.4``."""
    before = re.split(r"[,;:，；：、()（）]\s", folded[: match.start()])[-1]
    behind = re.split(r"[,;:，；：、()（）]", folded[match.end() :])[0]
    return f"{before} {match[0]} {behind}"


def _value(text: str) -> float | None:
    found = amount(text.replace("−", "-").strip(), re.search(r"\d,\d{1,2}(?!\d)", text) is not None)
    return found.value if found else None


def _same_thing(match: re.Match[str]) -> bool:
    """Whether both figures bear the same unit, or one of them none: minutes and hours, dates and years are no pair."""
    if any(_YEAR.fullmatch(match[name].strip()) for name in ("low", "high")):
        return False
    units = [{unit for unit in _UNIT.findall(match[name]) if unit in _units()} for name in ("unit", "behind")]
    return not (units[0] and units[1]) or units[0] == units[1]


@cache
def _units() -> frozenset[str]:
    counted, spans = table("words")["counted"], table("words")["trends"]["promised_amounts"]
    told = (*(word for name in ("mass", "time", "money") for word in counted[name]), *spans)
    return frozenset(("%", "‰", "ppm", "dppm", "kg", "g", "mm", "µm", *map(fold, told)))


def _wanted(folded: str, clause: str) -> int:
    """1 for what had better be much, -1 for what had better be little, 0 where nothing tells."""
    less, more = _LESS.search(folded) is not None, _MORE.search(folded) is not None
    if less != more:
        return -1 if less else 1
    measure = measure_of(clause)
    if measure:
        return {"higher": 1, "lower": -1}.get(measure.better, 0)
    return -1 if _BAD.search(clause) else 0
