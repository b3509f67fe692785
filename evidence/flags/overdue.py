"""The flag on tasks whose day has passed and which are still open."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, as_day, is_example
from evidence.facts.case_heads import meaning
from evidence.facts.columns import state_of
from evidence.facts.days import short_days
from evidence.facts.text import fold, phrases
from evidence.flags.case_days import day_of_action
from evidence.flags.case_items import cite_case, text_of
from evidence.flags.later_lists import shown_later
from evidence.flags.registry import Finding, name_of, rule
from evidence.titles import is_record_of, title_of


@rule("overdue_actions")
def overdue_actions(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """An action whose day has passed by more than the set days, and which the sheet shows open.

    The sheet's own age counts: it says open only for its day.
    """
    listed = [*bundle.items("case", "row"), *bundle.items("case", "form"), *bundle.items("action")]
    raised: set[tuple[str, date]] = set()
    for item in listed:
        due = as_day(str(item.value.get("due") or ""))
        if item.document.kind == "calibration_record" and not is_record_of(item.document, "corrective_action_record"):
            continue  # a gauge falls due, and no action does
        if due is None or item.value.get("closed") or item.value.get("action_date") or not _is_open(item):
            continue
        if item.fact.role == "line" and item.document.kind not in KEEP_TASKS and not _lists_tasks(item):
            continue
        if not bundle.is_record(item.passage) and not _is_kept(item):
            continue
        if item.fact.role == "form" and not _written_after(bundle, item, due):
            continue
        says_open = state_of(_told_state(item)) == "open"
        sheet_day = _sheet_day(bundle, item)
        # A line sent now that says open is open; a story behind a task told before its day says nothing of it.
        told_later = item.fact.role != "line" or sheet_day > due or len(_told_state(item)) <= LONGEST_STATE
        if (min(bundle.today, sheet_day) - due).days > data["days"] or (
            says_open and told_later and (bundle.today - due).days > data["days"]
        ):
            if shown_later(bundle, item, listed):
                continue
            if item.fact.role == "line" and (item.document.path, due) in raised:
                continue  # read as a row as well
            raised.add((item.document.path, due) if item.fact.role == "row" else ("", due))
            action = text_of(item, "action", "problem") or item.fact.quote
            yield Finding(
                {"name": name_of(item.document.path), "action": action[:90], "due": due.isoformat()}, cite_case(item)
            )


def _written_after(bundle: Bundle, item: Item, due: date) -> bool:
    """Whether a form that says that its action is open was written when the action was due already; one written before says nothing
    of it, and one that tells the day of the action or a look at its effect is open for something else.
    """
    looked = any(item.value.get(name) for name in ("effectiveness", "verification", "closure"))
    if state_of(_told_state(item)) != "open" or looked or day_of_action(item):
        return False
    if not (item.value.get("root_cause") or item.value.get("action")):
        return True  # asked for and never answered: nothing came of it since
    days = [bundle.happened(fact) for fact in item.document.facts if fact.day]
    return any(day > due for day in days if day)


KEEP_TASKS = ("management_review_record", "corrective_action_record", "other")
"""Kinds of papers in whose lines tasks are set; an audit tells what it found."""


def _lists_tasks(item: Item) -> bool:
    """Whether most lines of a paper are tasks with their days and states: a list of them, whatever it was taken for."""
    tasks = sum(fact.kind == "action" and fact.role == "line" for fact in item.document.facts)
    told = sum(bool(line.strip()) for passage in item.document.passages for line in passage.text.splitlines())
    return tasks >= LEAST_LISTED and tasks * 2 > told


LONGEST_STATE = 40
"""Letters of words that only say how far a task is."""

LEAST_LISTED = 3
"""Lines with a task, its day and its state from which a paper is a list of tasks."""


def _told_state(item: Item) -> str:
    """What a list says of how far a task is: in the column of its state, else in that of its end."""
    ended = str(item.value.get("closed_text", ""))
    return str(item.value.get("status") or meaning(ended) or (ended if state_of(ended) == "open" else ""))


def _is_open(item: Item) -> bool:
    """Whether a task is said to be open, or the place for its end is empty where it has one."""
    state, ended = state_of(_told_state(item)), meaning(str(item.value.get("closed_text", "")))
    if state_of(ended) == "done":
        return False
    if state is not None:
        return state == "open" and not _begun_in_time(item)
    if _is_in_open_list(item):
        return state_of(_behind_day(item)) != "done"
    labels = item.value.get("labels", [])
    return not _told_state(item) and bool({"closed", "status"} & set(labels)) and _keeps_states(item)


def _begun_in_time(item: Item) -> bool:
    """Whether the state of a task says that it was begun on a day before that for which it was promised: ``started 04/05``, whoever was hired."""
    told, due = fold(_told_state(item)), as_day(str(item.value.get("due") or ""))
    if due is None or _BEGUN.match(told) is None:
        return False
    days = [day for _, _, meant in short_days(told) for day in meant]
    return bool(days) and min(days) <= (due.month, due.day)


_BEGUN = phrases("tasks", "begun")


def _behind_day(item: Item) -> str:
    """What the field for the day until when goes on to say: how far the task is."""
    told = str(item.value.get("due_text", ""))
    for fact in item.document.facts:
        if fact.kind == "date" and fact.quote:
            told = told.replace(fact.quote, " ")
    return told.strip(" .,;")


def _is_in_open_list(item: Item) -> bool:
    """Whether the list in which a task stands is headed as one of open tasks: ``Open actions as of 24 August``."""
    return item.fact.role == "row" and _OPEN_LISTS.search(title_of(item.document)) is not None


_OPEN_LISTS = phrases("tasks", "open_lists")


def _is_kept(item: Item) -> bool:
    """Whether a list of things to do was kept: it says how far they are. As a bare list it would only be a plan."""
    return (
        item.document.kind not in ("manual", "blank_form", "certificate")
        and not is_example(item.document)
        and (state_of(_told_state(item)) == "open" or _is_in_open_list(item))
    )


def _keeps_states(item: Item) -> bool:
    """Whether the list says of its other tasks how far they are: an empty cell then means that nothing was done."""
    return "closed" in item.value.get("labels", []) or any(
        state_of(str(value)) == "done"
        for fact in item.document.facts
        if fact.kind == item.fact.kind and fact.role == "row"
        for value in [json.loads(fact.value).get("status")]
        if value
    )


STILL_KEPT = 180
"""Days for which a running list is taken to be kept after the last day in it: an older one is a paper of its time."""


def _day_in_title(bundle: Bundle, item: Item) -> date | None:
    """The day as of which a list of open tasks is headed."""
    if not _is_in_open_list(item):
        return None
    title = title_of(item.document)
    days = (bundle.happened(fact) for fact in item.document.facts if fact.kind == "date" and fold(fact.quote) in title)
    return next((day for day in days if day), None)


def _sheet_day(bundle: Bundle, item: Item) -> date:
    """The day for which a list speaks. A workbook is kept on: its last day is that of its newest line, and not of the sheet."""
    newest = _day_in_title(bundle, item) or bundle.document_day(item.document)
    if newest is None:
        return bundle.today
    dues = [
        day
        for other in bundle.items(item.fact.kind, "row")
        if other.document.path == item.document.path and (day := as_day(str(other.value.get("due") or "")))
    ]
    last = max([newest, *(day for day in dues if day <= bundle.today)])
    kept = item.fact.role == "row" and item.document.is_book
    return bundle.today if kept and (bundle.today - last).days <= STILL_KEPT else newest
