"""The flag on targets for quality that are set and not measured: in lists, headings, tables and sentences."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, as_day, cite, is_example, months_before
from evidence.data import table
from evidence.facts.indicators import measure_of, says
from evidence.facts.months import DAY, MONTH
from evidence.facts.sheet_periods import lone_month
from evidence.facts.text import fold, is_nameless, late, lettered, phrases, words
from evidence.facts.told_spans import month_spans
from evidence.flags.month_tables import span_of
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.targets_left import LEAST_MONTHS, targets_left
from evidence.lots import LOT_ROLES
from evidence.model import Passage
from evidence.quality_series import is_real_series
from evidence.titles import calls_itself, is_record_of

_TARGET = phrases("metrics_flags", "target")
_AIM = late(
    rf"(?:[≤≥<>]=?|{phrases('metrics_flags', 'bound').pattern})\s{{0,3}}(?:%\s?)?\d|"
    rf"\d[\d.,]*\s?\S{{0,4}}\s?(?:{phrases('metrics_flags', 'bound_behind').pattern})|\d\s?(?:%|ppm)|%\s?\d"
)
_BOUND = late(
    rf"(?:[≤≥<>]=?|{phrases('metrics_flags', 'bound').pattern})\W{{0,3}}(?:[^\W\d]{{1,9}} ){{0,2}}\d|"
    rf"\d[\d.,]*\s?(?:%|[^\W\d_]{{1,8}})?\s?(?:{phrases('metrics_flags', 'bound_behind').pattern})"
)


def _is_bound(line: str) -> bool:
    """Whether a short line sets a bound for a measure: not more than 0.5 percent. It aims at something whatever its heading says."""
    return len(line) <= LONGEST_AIM and _BOUND.search(fold(line)) is not None


LONGEST_AIM = 120
"""Letters of a line that sets one target; a longer one is a sentence about something else."""


@rule("kpi_target_without_series")
def kpi_target_without_series(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Targets are set for measures of quality, and for none of them figures over time were sent."""
    aims: dict[str, tuple[Any, Passage, str]] = {}
    for document in bundle.read:
        if is_example(document) or document.kind == "certificate":
            continue
        reviews = any(is_record_of(document, kind) for kind in LOOK_BACK)
        for passage in document.passages:
            if passage.hidden or passage.mode not in ("prescription", "template", "record"):
                continue
            headed = _TARGET.search(fold(" ".join((*passage.heading, document.path, passage.text.split("\n", 1)[0]))))
            about = bundle.about(passage, ("quality_metrics",))
            if not about and not (headed and measure_of(passage.text)) and not _sets_several(passage):
                continue
            if _is_ahead(bundle, document.path, passage):
                continue
            bare = is_nameless(passage.text)  # rows of readings, in which no word stands for a target
            aimed = headed or passage.mode == "prescription" or (not bare and _TARGET.search(fold(passage.text)))
            columns = _target_columns(passage)
            for line in _aims_in(passage, headed is not None):
                bound = "|" not in line and _is_bound(line)
                aim = aimed and (_AIM.search(fold(line)) or _has_aim(line, columns))
                if not bound and not aim:
                    continue  # said first: most rows set no bound, and naming their measure takes long
                if any(is_compared(head, line) for head in passage.text.splitlines()) or _counts_result(passage, line):
                    continue
                if (
                    _is_of_months(passage, line)
                    or _tells_month(line)
                    or _is_of_series(bundle, document.path, passage, line)
                    or _came_out(passage, line)
                    or (reviews and not columns and not _is_listed(passage, line) and _looks_back(line))
                ):
                    continue
                measure = measure_of(line)
                listed = (
                    headed and ("|" in line or len(line) <= LONGEST_AIM)
                    if passage.mode == "prescription"
                    else _lists_aims(passage, line)
                )
                if (bound and (measure or about)) or (aim and (measure or listed)):
                    aims.setdefault(f"{measure.id if measure else ''} {fold(line)[:24]}", (document, passage, line))
    measured = [
        item
        for item in bundle.items("series")
        if len(item.value.get("values", [])) >= 3
        and is_real_series(bundle, item)
        and len(set(item.value["values"])) > 1
    ]
    of_lots = {item.fact.role for item in measured if _is_of_lots(item)}
    yield from targets_left(bundle)
    beside = [key for key in aims if key.partition(" ")[0] not in of_lots]
    if len(beside) < data["least"] or any(item.fact.role not in of_lots for item in measured):
        return
    constant = not measured and any(True for _ in bundle.items("series"))
    figures = [
        e
        for e in bundle.records(("quality_metrics",), ("metrics_record",))
        if measure_of(e.passage.text) and e.document.kind in ("metrics_record", "management_review_record")
    ]
    if len({e.day for e in figures if e.day}) >= 3 and not constant:
        return  # figures of several days stand in prose or slides
    document, passage, line = next(iter(aims.values()))
    other = "; the one series sent never moves" if constant else ""
    yield Finding(
        {"count": len(aims), "example": line.strip()[:80], "name": name_of(document.path), "other": other},
        tuple(cite(d, p, text) for d, p, text in list(aims.values())[:3]),
    )


def _target_columns(passage: Passage) -> Collection[int]:
    """The places of the columns of a table that are headed as targets."""
    heads = next((line.split("|") for line in passage.text.splitlines() if line.count("|") >= LEAST_BARS), [])
    if any(_SHARE.search(head) for head in heads):
        return ()  # a row of figures, in one of which a target is told
    return [at for at, head in enumerate(heads) if at and (says(head, "target") or _TARGET.search(fold(head)))]


_SHARE = late(r"\d\s?(?:%|‰|ppm)")


def _came_out(passage: Passage, line: str) -> bool:
    """Whether a row of a record has beside its target a figure under the head for what came out, or for a month: ``Objective | Target | May``."""
    heads = _heads_of(passage, line)
    cells = line.split("|")
    if passage.mode != "record" or not any(says(head, "target") for head in heads):
        return False
    return any(
        (says(head, "actual") or span_of(head.strip())) and not says(head, "target") and _DIGIT.search(cell)
        for head, cell in zip(heads, cells, strict=False)
    )


def _has_aim(line: str, columns: Collection[int]) -> bool:
    """Whether a row of a table names something in words and has a figure under a head for targets, whatever unit stands beside it."""
    cells = [cell.strip() for cell in line.split("|")]
    named = any(lettered(cell) for at, cell in enumerate(cells) if at not in columns)
    return named and any(at < len(cells) and _AIMED_AT.match(fold(cells[at])) for at in columns)


def _is_of_months(passage: Passage, line: str) -> bool:
    """Whether a row has figures below heads of months, in one row or above another: its measure has a series, though it be one that never moves."""
    filled = sum(_DIGIT.search(cell) is not None for cell in line.split("|"))
    return filled > MOST_AIMED or (
        filled >= LEAST_MONTHS
        and any(
            sum(any(month_spans(fold(head))) for head in text.split("|")) >= LEAST_MONTHS
            for text in passage.text.splitlines()
            if text.count("|") >= LEAST_MONTHS and text != line
        )
    )


MOST_AIMED = 6
"""Figures of a row beyond which they are results, wherever its heads stand: the targets of a year and its quarters are fewer."""


def _heads_of(passage: Passage, line: str) -> list[str]:
    """The heads above a row: the last row before it that has one for targets, else the first row of the passage."""
    rows = [text.split("|") for text in passage.text.split(line)[0].splitlines() if text.count("|") >= LEAST_BARS]
    return next((heads for heads in reversed(rows) if any(says(head, "target") for head in heads)), (rows or [[]])[0])


def _tells_month(line: str) -> bool:
    """Whether a line begins with the month of its figures: ``May: rejects 1.2 %, on time 98 %``; a row of that month has two at least."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > 1:
        told = sum(_DIGIT.search(cell) is not None for cell in cells[1:])
        return told > 1 and (lone_month(cells[0]) is not None or _MONTH.fullmatch(cells[0]) is not None)
    head, colon, _ = line.partition(":")
    return bool(colon) and lone_month(head.strip(" -•*.")) is not None


_MONTH = re.compile(r"20\d\d[-/.](?:0?[1-9]|1[0-2])")


def _is_of_series(bundle: Bundle, path: str, passage: Passage, line: str) -> bool:
    """Whether a row is that of a series: it has figures of periods beside its target, though they never move."""
    facts = bundle.facts_by_passage.get((path, passage.id), ())
    return "|" in line and any(fact.kind == "series" and line.strip().startswith(fact.quote) for fact in facts)


def _lists_aims(passage: Passage, line: str) -> bool:
    """Whether a row stands in a table of aims alone in a record: ``Objective | Value``, one bound a row and no place for a result."""
    heads = next((text for text in passage.text.splitlines() if "|" in text), "")
    if line == heads or "|" not in line or not _TARGET.search(fold(heads)):
        return False
    if says(heads, "actual") or _DIGIT.search(heads) or any(month_spans(fold(heads))):
        return False
    cells = [fold(cell) for cell in line.split("|") if _DIGIT.search(cell)]
    return len(cells) == 1 and _BOUND.search(cells[0]) is not None


LEAST_BARS = 2
"""Bars of the heads of a table."""

_AIMED_AT = late(r"\W{0,3}\d[\d.,]{0,9}(?!\d?[-/.]\d)")


def _counts_result(passage: Passage, line: str) -> bool:
    """Whether a line of a record tells beside its target what came out, by the count and the whole of it: ``1,204 / 169,580``."""
    return passage.mode == "record" and any(
        int("".join(filter(str.isdigit, part))) <= int("".join(filter(str.isdigit, whole)))
        and len(whole) >= LEAST_WHOLE
        for part, whole in _OF_WHOLE.findall(line)
    )


_OF_WHOLE = re.compile(r"(?<![\d.,/-])(\d[\d,.]{0,12})\s?(?:/|of|dari|trên)\s?(\d[\d,.]{0,12}\d)(?![\d/-])")
LEAST_WHOLE = 3
"""Figures of a whole of which a part is counted; two are of a day and month."""


def _looks_back(line: str) -> bool:
    """Whether a line of a paper that looks back only tells what was reached: it sets nothing, or its target stands right behind what was
    reached or before it: ``95.7%, target 95%``, ``target 96, actual 94``.
    """
    folded = fold(line)
    if _REACHED.search(folded) or not (_SETS.search(folded) or _BOUND.search(folded)):
        return True
    return _TOLD.search(_AIMED_FIGURE.sub(" ", folded)) is not None


LOOK_BACK = ("management_review_record", "internal_audit_record")
"""Kinds of papers that tell what came of targets which others set."""


def _is_listed(passage: Passage, told: str) -> bool:
    """Whether what is told stands in a line that lists what is aimed at."""
    return any(_LISTS_TARGETS.match(fold(line)) and told in line for line in passage.text.splitlines())


_LISTS_TARGETS = late(rf"\W{{0,4}}(?:{_TARGET.pattern})[^:\d]{{0,20}}(?:20\d\d)?\s?[:：]")
"""The beginning of a line that lists what is aimed at: ``Targets for 2026: claims 3000 ppm; on-time delivery 97 %``."""

_SIGN = r"[≤≥<>=:.\s]{0,4}(?!20\d\d(?!\d))(?:%\s?)?"
_UNIT = r"(?:[.,]\d+)?\s?(?:%|ppm|[^\W\d_]{1,10})?\s?[,;:，；、|(（/-]{0,2}\s?(?:[^\W\d_]{1,7}\s){0,2}"
_REACHED = late(
    rf"\d{_UNIT}(?:{_TARGET.pattern})(?:[^\W\d_]{{0,4}}){_SIGN}\d|"
    rf"(?:{_TARGET.pattern})(?:[^\W\d_]{{0,4}}){_SIGN}\d[\d.,]*{_UNIT}"
    rf"(?:{words(tuple(table('measures')['row_words']['actual'])).pattern})(?:[^\W\d_]{{0,4}}){_SIGN}\d"
)


def _is_of_lots(item: Item) -> bool:
    """Whether a series is a column of an inspection, a lot a row on its day: what a lot was like is no figure of a period, and speaks of
    its own measure alone.
    """
    if item.document.kind != "traceability_record" or any(
        len(str(one)) != DAY for one in item.value.get("periods", [])
    ):
        return False
    lots = {fact.value for fact in item.document.facts if fact.kind == "identifier" and fact.role in LOT_ROLES}
    return len(lots) >= LEAST_LOTS or calls_itself(item.document, "inspection")


LEAST_LOTS = 3
"""Lots that a paper names from which its rows are of lots, whatever it is called."""


def is_compared(head: str, line: str) -> bool:
    """Whether a row of a table sets its target beside the figures of two periods, as a review compares last year with this one."""
    heads, cells = head.split("|"), line.split("|")
    if len(heads) != len(cells) or not any(says(name, "target") for name in heads):
        return False
    named = next((index for index, cell in enumerate(cells) if measure_of(cell)), 0)
    told = [
        name
        for name, cell in list(zip(heads, cells, strict=True))[named + 1 :]
        if _DIGIT.search(cell) and not says(name, "target") and (_DIGIT.search(name) or says(name, "actual"))
    ]
    return len(told) > 1 or any(
        says(name, "actual") and (_DIGIT.search(name) or any(month_spans(fold(name)))) for name in told
    )


_DIGIT = late(r"\d")
_CLAUSES = late(rf"(?<!\d)[,;，；、]|[,;，；、](?!\d)|{phrases('trends', 'joining').pattern}|(?<=[^\W\d_]{{2}})\. ")
_AHEAD = phrases("trends", "ahead")
_SETS = late(rf"{_TARGET.pattern}|{phrases('metrics_flags', 'sets').pattern}")
_AIMED_FIGURE = late(
    rf"(?:{_SETS.pattern})[^\d|;.。；]{{0,24}}\d[\d.,]*\s?(?:%|‰|[^\W\d_]{{1,8}})?|(?:{_BOUND.pattern})[\d.,]*\s?(?:%|‰|ppm)?"
)
"""A target or a bound with its figure."""

_TOLD = late(rf"\d\s?(?:%|‰|ppm|(?:{phrases('counted', 'pieces').pattern})(?![^\W_]))")
"""A figure that tells what was reached: a share, or how many cases there were."""


def _sets_several(passage: Passage) -> bool:
    """Whether a sentence of a paper on something else says that it sets targets, and sets two of them at least."""
    return any(_SETS.search(fold(line)) and len(list(_clauses_of(line))) > 1 for line in passage.text.splitlines())


def _aims_in(passage: Passage, headed: bool) -> Iterator[str]:
    """The lines of a passage, and of a sentence that sets several targets each of its clauses."""
    for line in passage.text.splitlines():
        if is_nameless(line):
            yield line
            continue
        folded = fold(line)
        sets = headed or passage.mode == "prescription" or _TARGET.search(folded) or _AHEAD.search(folded)
        several = list(_clauses_of(line)) if sets else []
        if len(several) < LEAST_CLAUSES:
            yield line
        elif headed or passage.mode != "record":
            yield from several
        else:
            yield from (clause for clause in several if not _is_result(folded, fold(clause)))


LEAST_CLAUSES = 2
"""Clauses of a sentence from which it sets several targets."""


def _is_result(folded: str, clause: str) -> bool:
    """Whether a clause of a record tells what was reached: a target or a bound is named behind it alone, ``FPY 94.3 %, target 95``."""
    if _COMPUTED.search(clause):
        return True
    told = folded[: folded.find(clause) + len(clause)]
    return not (_SETS.search(told) or _AHEAD.search(told) or _BOUND.search(clause))


_COMPUTED = late(r"=\s?\d[\d.,]*\s?(?:%|ppm)")
"""A rate that is said to be computed."""


def _clauses_of(line: str) -> Iterator[str]:
    """The clauses of a sentence that name a measure and a figure for it."""
    if "|" in line:
        return
    starts = [0, *(match.end() for match in _CLAUSES.finditer(fold(line)))]
    for begin, end in zip(starts, [*starts[1:], len(line)], strict=True):
        clause = line[begin:end].strip(" ,;，；、:")
        if (_AIM.search(fold(clause)) or _is_bound(clause)) and measure_of(clause):
            yield clause


_HEADED_YEAR = late(r"(?<!\d)20\d\d(?!\d)")


def _is_ahead(bundle: Bundle, path: str, passage: Passage) -> bool:
    """Whether a passage is headed by a year that has not begun: of its targets there can be no figures yet."""
    first = passage.text.split("\n", 1)[0]
    headed = " ".join((path, *passage.heading, *(() if "|" in first else (first,))))
    months = _headed_months(bundle, path, passage)
    if months:
        return min(months) > months_before(bundle.today, LEAST_MEASURED)
    days = [fact for fact in bundle.facts_by_passage.get((path, passage.id), ()) if fact.kind == "date"]
    if any(fact.value > bundle.today.isoformat() and _starts_on(headed, fact.quote) for fact in days):
        return True
    for fact in days:
        headed = headed.replace(fact.quote, " ")  # the day on which it was published
    years = _HEADED_YEAR.findall(headed)
    return bool(years) and min(map(int, years)) > bundle.today.year


def _starts_on(headed: str, quote: str) -> bool:
    """Whether a heading says that something holds from a day on."""
    at = headed.find(quote)
    around = fold(headed[max(0, at - NEAR_DAY) : at]), fold(headed[at + len(quote) :][:NEAR_DAY])
    return at >= 0 and any(phrases("metrics_flags", "holds_from").search(text) for text in around)


NEAR_DAY = 24
"""Letters around a day in which it is said that something holds from it on."""


def _headed_months(bundle: Bundle, path: str, passage: Passage) -> list[date]:
    """The first days of the two months between which, by their heading, targets hold."""
    months = {
        day
        for fact in bundle.facts_by_passage.get((path, passage.id), ())
        if fact.kind == "period"
        and len(fact.value) == MONTH
        and any(fact.quote in heading for heading in passage.heading)
        and (day := as_day(f"{fact.value}-01"))
    }
    return sorted(months) if len(months) > 1 else []


LEAST_MEASURED = 2
"""Months of a period after which figures of it can have been sent."""
