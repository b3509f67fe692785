"""Measures of quality performance: which of them a label names."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.text import KEPT_TEXTS, fold, words


@dataclass(frozen=True)
class Measure:
    """A measure of quality performance as ``measures.toml`` describes it."""

    id: str
    title: str
    better: str
    unit: str
    words: tuple[str, ...]


@cache
def measures() -> tuple[Measure, ...]:
    """All measures, in the order in which they are tried."""
    return tuple(
        Measure(item["id"], item["title"], item["better"], item["unit"], tuple(item["words"]))
        for item in table("measures")["measure"]
    )


def measure_of(label: str) -> Measure | None:
    """The measure a label names, or None."""
    folded = fold(label[:200])
    if not _LETTER.search(folded):
        return None  # a row of readings: each measure has a name
    best: tuple[int, Measure] | None = None
    for measure, pattern in _named():
        for match in pattern.finditer(folded):
            if best is None or len(match[0]) > best[0]:  # 不良率 holds 良率: the longer word is meant
                best = len(match[0]), measure
    counted = best is None or best[1].id == "escaped_defects"  # "rejected (%)" is the rate of what "rejected" counts
    if counted and SHARE.search(folded) and words(tuple(table("words")["series"]["bad"])).search(folded):
        return next(measure for measure in measures() if measure.id == "reject_rate")
    return best[1] if best else None


@cache
def _named() -> tuple[tuple[Measure, re.Pattern[str]], ...]:
    """All measures, each with the words that name it."""
    return tuple((measure, words(measure.words)) for measure in measures())


_LETTER = re.compile(r"[^\W\d_]")
SHARE = re.compile(
    r"%|(?<![^\W_])(?:rate|ratio|percent|percentage|pct|tỷ lệ|tỉ lệ|phần trăm|persen|persentase|prosentase|peratus\w*|tingkat|"
    r"kadar|angka|rasio|oran\w*|yüzde\w*)(?![^\W_])|率|百分比|占比|อัตรา|ร้อยละ|비율|[률율](?![^\W\d_])|割合"
)
"""Signs of a share: beside a word for what is bad it is a rate of rejects, whatever the factory calls it."""

HIGH_SHARE, WHOLE = 80.0, 100.0
"""Percent from which what a share lacks of a hundred tells more than what is there, and the whole."""


def says(label: str, what: str) -> bool:
    """Whether a label holds one of the words of ``row_words``."""
    return _says(label[:LONGEST_LABEL], what)


LONGEST_LABEL = 200
"""Characters of a label that are searched."""


@lru_cache(KEPT_TEXTS)
def _says(label: str, what: str) -> bool:
    return words(tuple(table("measures")["row_words"][what])).search(fold(label)) is not None
