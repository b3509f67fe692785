"""Quality figures told in prose: ``reject rate in June 1.83 %``. Fact: kind ``measure``, role the measure's id, value
a compact JSON object
``{"value", "label", "period"}`` with the period as 2026-06, 2026-Q2 or null, the unit beside it.
"""

import json
import re
from collections.abc import Iterator

from evidence.facts.indicators import measure_of, says
from evidence.facts.numbers import parse
from evidence.facts.sheet_periods import QUARTER_BEHIND, bare_month, lone_month
from evidence.facts.sources import Source, fact
from evidence.facts.text import any_of, fold, late, lines, phrases
from evidence.model import Fact

_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")
"""Thousands: no count of parts in a million has three decimals."""
_OF_SALES = re.compile(r"\s?(?:of|on) (?:sales|turnover|revenue)|\s?(?:doanh thu|dari penjualan)")

MAX_MEASURES = 200
"""Figures kept of one document's prose."""

REACH = 70
"""Characters between the words for a measure and its figure: one clause."""

_FIGURE = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?|\d{1,6})\s?(%|ppm)(?![a-z])|(?<![\d] )(?<!\d)%\s?(\d{1,3}(?:[.,]\d{1,3})?)(?![\d%])"
)
_STOP = re.compile(r"(?<![\u0e01-\u0e4e])\.\s|[;:!?。；]\s|\n")
_QUARTER = re.compile(rf"[1-4](?=\.){QUARTER_BEHIND}")
"""A quarter whose number has a point behind it, which ends no sentence: ``2026 3. çeyrek``."""
_LIMIT = re.compile(
    r"below|under|above|at least|dưới|không quá|tối đa|maksimal|minimal|tidak lebih dari|kurang dari|ไม่เกิน|ต่ำกว่า|"
    r"不超过|不高于|不低于|en fazla|en az|[≤≥<>]\s?$"
)
_CHANGED = any_of(*(("trends", name) for name in ("rises", "falls", "better", "worse")))
_CHANGED_BY = late(rf"(?:{_CHANGED.pattern})\s?(?:{phrases('measures_told', 'by').pattern})?\s?$")
_CHANGE_BEHIND = late(rf"\s?(?:points? )?(?:{phrases('measures_told', 'change_behind').pattern})")
_LIMIT_BEHIND = late(rf"\s?(?:{phrases('metrics_flags', 'bound_behind').pattern})")


def _is_aim(clause: str, behind: str) -> bool:
    """Whether a figure is what is aimed at or a bound of it: the words since the figure or comma before it, or right behind it, say so."""
    told = _PART.split(clause)[-1]
    return bool(says(told, "target") or _LIMIT.search(clause[-NEAR_LIMIT:]) or _LIMIT_BEHIND.match(behind))


def _is_change(clause: str, behind: str) -> bool:
    """Whether a figure tells by how much a measure changed, not what it is: ``fell by 30 %``, ``30 % 감소``, but not ``fell to 1.8 %``."""
    return bool(_CHANGED_BY.search(clause) or _CHANGE_BEHIND.match(behind))


_PART = re.compile(r"(?<!\d)[,，、]|[,，、](?!\d)|%|ppm")
NEAR_LIMIT = 25
"""Letters before a figure within which a word bounds it."""


def find_measures(source: Source) -> Iterator[Fact]:
    """Figures with a unit behind the words for a measure, in running text; targets are left out."""
    count = 0
    for passage in source.passages:
        comma = bool(re.search(r"\d,\d{1,2}\s?%|%\s?\d+,\d", passage.text))
        for line in lines(passage.text):
            if "|" in line.text or len(line.text) > 2_000:
                continue
            folded = fold(line.text)
            headed = _month_ahead(source, line.text)
            for match in _FIGURE.finditer(folded):
                before = folded[max(0, match.start() - REACH) : match.start()]
                stops = [
                    stop.end()
                    for stop in _STOP.finditer(before)
                    if stop[0][0] != ":" and not _QUARTER.match(before, max(stop.start() - 1, 0))
                ]
                clause = before[stops[-1] :] if stops else before
                unit = match[2] or "%"
                measure = measure_of(f"{clause} {unit}")
                digits = match[1] or match[3]
                parsed = parse(digits, "." in digits if unit == "ppm" and _GROUPED.fullmatch(digits) else comma)
                behind = folded[match.end() : match.end() + REACH]
                if (
                    measure is None
                    or parsed is None
                    or _is_aim(clause, behind)
                    or _is_change(clause, behind)
                    or measure.unit not in ("%", "ppm", unit, _OF_SALES.match(behind) and "money")
                ):
                    continue
                count += 1
                if count > MAX_MEASURES:
                    return
                value = {
                    "value": parsed[0],
                    "label": " ".join(clause.split())[:80],
                    "period": _period(source, clause, folded[match.end() :]) or headed,
                }
                yield fact(
                    "measure", measure.id, json.dumps(value, ensure_ascii=False, separators=(",", ":")), passage,
                    line.start + match.start(), line.start + match.end(), unit, 0.7,
                )  # fmt: skip


BESIDE = 16
"""Letters behind a figure within which the month it is of begins: ``1.5 % in June``."""


def _period(source: Source, before: str, behind: str) -> str | None:
    """The month of a figure: named right behind it, else before it. What stands behind another figure belongs to that one,
    unless a comma parts the two.
    """
    near = _ENDS.split(behind, maxsplit=1)[0][: BESIDE + LONGEST_MONTH]
    if (found := _month(source, near)) is not None:
        return found
    other = max((figure.end() for figure in _FIGURE.finditer(before)), default=0)
    between = before[other:]
    return _month(source, between) if not other or between.lstrip()[:1] in _PARTS else None


def _month_ahead(source: Source, text: str) -> str | None:
    """The month that stands before the colon of a line and holds for all figures in it: ``May: rejects 1.2 %, on time 98 %``."""
    head = _HEAD.match(text)
    if head is None:
        return None
    month = lone_month(head[1])
    if month is not None:
        return f"{source.year}-{month:02d}" if source.year else None
    found = [item for item in source.dates(head[1]) if item.precision in ("month", "quarter")]
    return found[0].value if len(found) == 1 else None


_HEAD = re.compile(r"\W{0,3}([^:：|\d][^:：|]{1,20}?|\d{1,4}[^:：|]{1,16}?)\s?[:：]\s")

LONGEST_MONTH = 12
"""Letters of a month with its year."""

_ENDS = re.compile(r"\d\s?(?:%|ppm)|[.;,，、。；]\s|[。；，、]")
_PARTS = (",", ";", "，", "、", "；")


def _month(source: Source, clause: str) -> str | None:
    found = [item for item in source.dates(clause) if item.precision in ("month", "quarter")]
    if found:
        return found[-1].value
    month = bare_month(clause)
    return f"{source.year}-{month:02d}" if month and source.year else None
