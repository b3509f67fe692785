"""The flag on last year's heading over this year's rows."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from evidence.bundle import Bundle, as_day, cite, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.headed_years import head_of, year_of
from evidence.flags.registry import Finding, name_of, rule
from evidence.model import DocumentReport, Fact, Passage
from evidence.titles import calls_itself


@rule("heading_year_left_over")
def heading_year_left_over(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """One year in the head of a sheet, and all dated rows of another, later one.

    A span over New Year and the standard's year are ordinary.
    """
    for document in bundle.read:
        if document.kind in ("procedure", "manual", "blank_form", "certificate") or is_example(document):
            continue
        for passages in _sheets(document):
            found_head = head_of(bundle, document, passages)
            headed = year_of(found_head[1]) if found_head is not None else None
            if found_head is None or headed is None or _is_of_a_row(document, *found_head):
                continue
            head, title = found_head
            year, spans = headed
            rows = days_of_rows(bundle, document, passages, title)
            if len(rows) < LEAST_ROWS:
                rows = _months_of_series(bundle, document, passages, title) or rows
            found = Counter(int(value[:4]) for value in rows)
            told = len(rows) >= LEAST_ROWS and found and year >= bundle.today.year - 6
            held = _held_on(bundle, document, passages)
            if told and not spans and _reviews_year_before(document, year, held or min(rows)):
                continue
            if told and _follows_up(bundle, document, head, title, min(rows)):
                continue
            late = not spans and rows and found and min(found) > year >= bundle.today.year - 6
            if (late and held and _is_held_later(bundle.kinds[document.path], year, held, len(rows))) or (
                told
                and (
                    (min(found) > year and not (not spans and _ends_later(document, title, year, rows)))
                    or (spans and _is_next_year(title, rows, year))
                )
            ):
                later = max(found)
                place = cite(document, head, title if title in head.text else None)
                yield Finding({"name": name_of(document.path), "year": year, "rows": later}, (place,))
                break


def _sheets(document: DocumentReport) -> Iterator[list[Passage]]:
    """What is shown of each sheet or page; the slides of a deck stand under the title of its first."""
    shown = [passage for passage in document.passages if not passage.hidden]
    parts = sorted({passage.part for passage in document.passages})
    if "presentation" in document.media_type:
        yield shown
    else:
        yield from ([passage for passage in shown if passage.part == part] for part in parts)


def _is_of_a_row(document: DocumentReport, head: Passage, title: str) -> bool:
    """Whether what names a year on the slides of a deck heads a row and no deck: its title stands on the first slide, in words."""
    first = next((passage for passage in document.passages if not passage.hidden), None)
    worded = sum(map(str.isalpha, title)) >= LEAST_TITLE
    return "presentation" in document.media_type and (not worded or first is None or head.part != first.part)


LEAST_TITLE = 3
"""Letters of a title beside its year, of scripts without blanks."""


def _months_of_series(bundle: Bundle, document: DocumentReport, passages: Sequence[Passage], title: str) -> list[str]:
    """The months of the series of a sheet that write their year themselves: one that they take from elsewhere says nothing of a title."""
    told = "\n".join(passage.text.replace(title, " ") for passage in passages)
    ids = {passage.id for passage in passages}
    come = bundle.today.isoformat()[:MONTH]
    months = {
        period
        for fact in document.facts
        if fact.kind == "series" and fact.passage in ids
        for period in json.loads(fact.value).get("periods", ())
        if len(period) == MONTH and period <= come
    }
    named = {
        year: re.search(rf"(?<![\d.,]){year}|['’ -]{year[2:]}(?![\d.,])", told) for year in {m[:4] for m in months}
    }
    return sorted(month for month in months if named[month[:4]])


def _follows_up(bundle: Bundle, document: DocumentReport, head: Passage, title: str, first: str) -> bool:
    """Whether a heading holds a whole day (``Internal audit, 18 November 2025``) and what its rows tell begins soon after it: what was
    found late in a year is seen to early in the next.
    """
    days = [
        day
        for fact in bundle.facts_in(document, head)
        if fact.quote and fact.quote in title and (day := fact.day) is not None
    ]
    begun = as_day(first if len(first) == DAY else f"{first}-01") if len(first) >= MONTH else None
    return bool(days) and begun is not None and begun - max(days) <= FOLLOWED_WITHIN


FOLLOWED_WITHIN = timedelta(days=120)
"""From the day in a heading to the first of what its rows tell."""


def days_of_rows(bundle: Bundle, document: DocumentReport, passages: Sequence[Passage], title: str) -> list[str]:
    """The days and months of what was done, of a table the first of each row, in normal form: one in the middle of a row may tell of what
    went before it. Days in fields above a table, as that of an edition, are none of its rows.
    """
    found: list[str] = []
    in_rows: list[str] = []
    for passage in passages:
        if not bundle.is_record(passage):
            continue
        facts = [
            fact
            for fact in bundle.facts_in(document, passage)
            if fact.kind in ("date", "period") and fact.quote and fact.quote not in title and _has_come(bundle, fact)
        ]
        found += [fact.value for fact in facts if fact.role != "issue"]
        for line in passage.text.splitlines() if facts else ():
            if sum(bool(cell.strip()) for cell in line.split("|")) >= LEAST_ROWS:
                placed = [(line.find(fact.quote), -len(fact.quote), fact.value) for fact in facts if fact.quote in line]
                in_rows += [value for _, _, value in sorted(placed)[:1]]
    return in_rows if len(in_rows) >= LEAST_ROWS else found


def _has_come(bundle: Bundle, fact: Fact) -> bool:
    """Whether a day or month tells of what was done, or of what holds from it on, as does the day of each row of a log."""
    day = as_day(fact.value) if fact.kind == "date" and fact.role == "issue" else None
    return bundle.happened(fact) is not None or (day is not None and day <= bundle.today)


LEAST_ROWS = 3
"""Dated rows that show of which year a sheet is, and filled cells of such a row."""


def _held_on(bundle: Bundle, document: DocumentReport, passages: Sequence[Passage]) -> str | None:
    """The first whole day that a paper tells as one on which something was done: that of a meeting stands above what was said there."""
    days = (
        (passage.text.find(fact.quote), fact.value)
        for passage in passages[:2]
        for fact in bundle.facts_in(document, passage)
        if fact.day and fact.role == "evidence" and bundle.happened(fact) is not None
    )
    first = next(iter(sorted(days)), None) if passages else None
    return first[1] if first else None


def _is_held_later(kind: str, year: int, held: str, told: int) -> bool:
    """Whether the minutes of a review or the report of an audit under the year of a heading are of a meeting after it: two years later, or
    in the second half of the next one where more days say so. One of few words tells few days.
    """
    if kind not in ("management_review_record", "internal_audit_record"):
        return False
    return held >= f"{year + 2}" or (held > f"{year + 1}-07" and told > 1)


DAY = 10
"""Letters of a whole day in normal form."""


def _is_next_year(title: str, rows: Sequence[str], end: int) -> bool:
    """Whether the rows under a heading for a year of account run from its first month of the next one, April, past the end of any other
    such year: ``FY 2025-26`` over April to October 2026.
    """
    months = {value[:7] for value in rows if len(value) >= len("2026-04")}
    return (
        _is_of_account(title)
        and len(months) >= LEAST_ROWS
        and min(months) == f"{end}-04"
        and max(months) >= f"{end}-10"
    )


def _ends_later(document: DocumentReport, title: str, year: int, rows: Sequence[str]) -> bool:
    """Whether rows of the year after a heading fall in its year of account; in Japan, where 年度 is one, it ends with March, and what was
    begun in it may be closed later.
    """
    of_japan = document.language == "ja" and "年度" in title and min(rows) < f"{year + 1}-04"
    return max(rows) < f"{year + 1}-07" and (of_japan or _is_of_account(title))


def _is_of_account(title: str) -> bool:
    """Whether a heading names a year of account; the Chinese word for one is that for any year too."""
    found = _OF_ACCOUNT.search(fold(title))
    return found is not None and found[0] != "年度"


_OF_ACCOUNT = phrases("paper_days", "year_of_account")


def _reviews_year_before(document: DocumentReport, year: int, first: str) -> bool:
    """Whether a paper is the review of a year that is over, held in the first half of the next one: its decisions are carried out later."""
    of_review = document.kind == "management_review_record" or calls_itself(document, "management_review")
    return of_review and f"{year + 1}-01" <= first[:MONTH] <= f"{year + 1}-06"


MONTH = 7
"""Letters of a month in normal form: 2026-03."""
