"""Flags on the days of corrective actions: closed the day they were opened, done before they were reported."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, as_day
from evidence.facts.days import bare_day
from evidence.facts.text import fold, late, phrases
from evidence.flags.case_items import cases_of, cite_days, day_named, name_closed
from evidence.flags.done_early import early_cells, early_labels, leading_days
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.steps_in_order import Early, days_done, deeds_before, step_before
from evidence.flags.told_cases import closed_at_once


@rule("closed_same_day")
def closed_same_day(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A problem opened and closed on one day, its cause and action with it."""
    seen: set[str] = set()
    numbers_of: dict[str, set[int]] = {}
    for item in cases_of(bundle):
        opened, closed = item.value.get("opened"), item.value.get("closed")
        one_day = opened if opened and opened == closed and as_day(opened) else _one_bare_day(item, numbers_of)
        if one_day and (item.value.get("root_cause") or item.fact.role == "form") and not _counts_hours(item):
            seen.add(item.document.path)
            yield Finding(
                {"case": name_closed(item), "day": one_day}, cite_days(bundle, item, opened=one_day, closed=one_day)
            )
    for document, day, places in closed_at_once(bundle):
        if document.path in seen:
            continue
        yield Finding({"case": f"The case in '{name_of(document.path)}'", "day": day}, places)


def _counts_hours(item: Item) -> bool:
    """Whether a row tells at which hour something stopped and at which it ran again: of such a log a day is long."""
    row = next((line for line in item.passage.text.splitlines() if item.fact.quote in line), "")
    return item.fact.role == "row" and len(_HOUR.findall(row)) > 1


_HOUR = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])[:h][0-5]\d(?!\d)")


def _one_bare_day(item: Item, numbers_of: dict[str, set[int]]) -> str | None:
    """The day without its year at which a row was both opened and closed, as a log of one year writes it: ``Jul 28``; nothing where the
    two may be a month and its year.
    """
    opened, closed = (str(item.value.get(name) or "").strip() for name in ("opened_text", "closed_text"))
    if not opened or fold(opened) != fold(closed) or as_day(str(item.value.get("opened") or "")):
        return None
    if not bare_day(opened):
        return None
    if item.document.path not in numbers_of:
        numbers_of[item.document.path] = {
            day
            for fact in item.document.facts
            if fact.kind == "case" and fact.role == "row"
            for name in ("opened_text", "closed_text")
            if (day := bare_day(str(json.loads(fact.value).get(name) or "").strip())) is not None
        }
    numbers = numbers_of[item.document.path]
    return opened if len(numbers) > MOST_YEARS or min(numbers, default=DAYS_ONLY + 1) <= DAYS_ONLY else None


MOST_YEARS = 4
"""Numbers beside the months of one log that can be years; more are days."""

DAYS_ONLY = 12
"""A number beside a month that is no year of which a log is still sent."""


@rule("done_before_reported")
def done_before_reported(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Closed or acted upon before it was opened, where the dates of the document are not open to two readings."""
    columns_and_labels = [
        early
        for early in (*early_cells(bundle), *early_labels(bundle))
        if early.item is None or _in_order(early.item, early.opened, early.done)
    ]
    told = {early.name for early in columns_and_labels}
    fields = (early for early in _early_fields(bundle) if early.name not in told)
    for early in (*columns_and_labels, *fields, *deeds_before(bundle)):
        words = {"name": early.name, "done": early.done.isoformat(), "opened": early.opened.isoformat()}
        yield Finding(words, early.places)


def _early_fields(bundle: Bundle) -> Iterator[Early]:
    """Cases closed or acted upon before they were opened, as the fields or cells for these days say."""
    leading = leading_days(bundle)
    for item in cases_of(bundle):
        if item.fact.role == "letter":
            continue  # which of its days is that of the problem is not said beyond doubt
        opened, closed = as_day(str(item.value.get("opened") or "")), as_day(str(item.value.get("closed") or ""))
        row = item.document.path, item.fact.quote
        if opened and closed and closed < opened and (*row, closed) not in leading and _in_order(item, opened, closed):
            places = cite_days(bundle, item, opened=opened.isoformat(), closed=closed.isoformat())
            yield Early(item.document, item, closed, opened, places)
            continue
        opened = min([opened, *_came_up(item)]) if opened else None
        acted = day_of_action(item) or (_first_of_several(item, opened) if opened else None)
        if opened and (acted is None or acted >= opened):
            acted = step_before(item, opened) or acted
        if opened is None or acted is None or acted >= opened or (*row, acted) in leading:
            continue
        if _in_order(item, opened, acted) and not _is_of_report(item, opened):
            places = cite_days(bundle, item, opened=opened.isoformat(), action=acted.isoformat())
            yield Early(item.document, item, acted, opened, places)


def _came_up(item: Item) -> list[date]:
    """The days on which a form says that its problem came up, where it names more than one: seen, reported, and written down."""
    if item.fact.role != "form":
        return []
    return [day for fact in item.document.facts if fact.role == "opened" and (day := fact.day)]


def _first_of_several(item: Item, opened: date) -> date | None:
    """The first of the days that the clauses of an action in running text name, where it and another are before the case came up, and no
    other day of the paper is: one alone may tell of what was there before.
    """
    if item.fact.role != "form":
        return None
    action = str(item.value.get("action", ""))
    told = [day for clause in _CLAUSES.split(action) if (day := day_named(item.document, clause))]
    others = [day for fact in item.document.facts if (day := fact.day) and day not in told]
    early = [day for day in told if day < opened]
    return told[0] if len(early) > 1 and told[0] == min(told) and min(others, default=opened) >= opened else None


_CLAUSES = re.compile(r"[;；。]|[.,，](?=\s)")


def _is_of_report(item: Item, opened: date) -> bool:
    """Whether the day of a form is that on which it was finished: it is after all others that the paper tells, those of its action and
    of the look at its effect among them.
    """
    days = {day for fact in item.document.facts if (day := fact.day)} - {opened}
    return item.fact.role == "form" and len(days) >= DAYS_TOLD and max(days) < opened


DAYS_TOLD = 4
"""Other days of a form, from which the latest is that of the form."""


_ACTION_DAY = re.compile(rf"(?:{phrases('corrective_flags', 'acted').pattern})\s*[:|]\s*([^|\n]{{6,40}})")


def day_of_action(item: Item) -> date | None:
    """The day of the action where the form names it apart: a day as the action of a row, or a field for it."""
    action = str(item.value.get("action", "")).strip()
    day = str(item.value.get("action_date") or "")
    opened = as_day(str(item.value.get("opened") or ""))
    if 6 <= len(action) <= 12 and not any(map(str.isalpha, action)):
        return day_named(item.document, action)
    if as_day(day):
        return as_day(day)
    if item.fact.role == "form" and (own := day_named(item.document, action)):
        return own
    if item.fact.role == "form" and " / " in action and (days := days_done(item.document, action, opened)):
        return min(days)
    last = action.rpartition(" / ")[2]
    if item.fact.role == "row" and last != action and not _NO_DAY.search(last) and _opens_before(item, last):
        told = day_named(item.document, last, opened)  # the column of its day, beside that of the action
        return told if told and (opened is None or abs((told - opened).days) <= OF_ONE_YEAR) else None
    if item.fact.role == "row" and _DAY_AT_END.search(fold(action)) and _opens_before(item, action):
        return day_named(item.document, action)
    if item.fact.role == "form" and (day or action):
        for passage in item.document.passages:
            if match := _ACTION_DAY.search(fold(passage.text)):
                return day_named(item.document, passage.text[match.start(1) : match.end(1)])
    return None


def _opens_before(item: Item, action: str) -> bool:
    """Whether the day of opening stands before the action in its row: one behind it may be that of a check."""
    opened, text = str(item.value.get("opened_text", "")), item.passage.text
    row = next((line for line in text.splitlines() if action in line), "")
    if row.count("|") > 1:
        return bool(opened) and opened in row[: row.find(action)]
    return bool(opened) and opened in text[: text.find(action)]  # fields one below the other


_DAY_AT_END = re.compile(
    rf"(?:[(（,，;；]|(?<!\d)\.)\s?(?:[^(（,，]{{0,6}}|(?:{phrases('corrective_flags', 'done_before_day').pattern})\s?)\d[^(（,，]{{3,20}}[)）]?$|"
    rf"[,，;；.]\s?\d[\d./年月日년월일 -]{{3,14}}\s?(?:{phrases('corrective_flags', 'done_behind_day').pattern})[.。]?$"
)
"""A day that ends an action is the one on which it was done: ``springs changed (09/07/2026)``."""


OF_ONE_YEAR = 150
"""Days between the opening and the day in a column of its own: one farther away is of another year."""


_NO_DAY = late(r"[^\W\d_]{10,}|\d{5,}|[^\W\d_]\W+[^\W\d_]{2,}|^.{0,3}$|^.{21,}$")
"""What no cell is that holds a day alone: ``4月8日``, ``08 Apr``, ``8.4.2026``."""


def _swapped(opened: date, closed: date) -> bool:
    """Whether reading day and month the other way round would put the two in order."""
    for first, second in ((opened, closed), (closed, opened)):
        if first.day <= 12:
            turned = first.replace(month=first.day, day=first.month)
            if (turned <= second) if first is opened else (second <= turned):
                return True
    return False


READ_ONE_WAY = 0.9
"""Confidence of a date from which its day and month cannot be meant the other way round."""


LEAST_READ = 0.65
"""Confidence of a date from which anything is said of it."""

_YEAR_FIRST = re.compile(r"\d{3,4}[./-]")
"""A day whose year stands first: month and day follow in this order, whichever count of years it is."""


def _in_order(item: Item, opened: date, done: date) -> bool:
    """Whether the two days are read surely enough to say that one came before the other."""
    found = [
        READ_ONE_WAY if _YEAR_FIRST.match(fact.quote) and fact.confidence >= LEAST_READ else fact.confidence
        for fact in item.document.facts
        if fact.kind == "date" and fact.passage == item.fact.passage
    ]
    return all(share >= LEAST_READ for share in found) and (
        all(share >= READ_ONE_WAY for share in found) or not _swapped(opened, done)
    )
