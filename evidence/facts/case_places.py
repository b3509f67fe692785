"""Parts of a problem report known by their place: what stands under heads that no list of words names."""

from collections.abc import Sequence

from evidence.facts.case_heads import LONGEST_NAME, SHORT_BESIDE, TOLD, Case, Unnamed, is_day
from evidence.facts.dates import lexicon as roles_of_days
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases

LEAST_ROWS = 2
"""Fields headed by a day from which they are rows of a table."""

LEAST_TOLD = 8
"""Letters of a field that tells something."""


def by_place(source: Source, case: Case) -> None:
    """What fields under unknown heads say by where they stand in the form of a corrective action: such forms run from the day and
    the problem to the cause, the action and the day of closing, whatever their makers call them.
    """
    fields = case.unnamed
    if not TOLD & set(case.labels):
        if case.columns:
            return  # the rows of a register, read as such
        _from_scratch(source, case)
        return
    if sum(bool(source.dates(item.head)) for item in fields) >= LEAST_ROWS:
        return  # rows of a table below each other, their first cells days
    last = len(fields) - 1
    dated = [is_day(source, item.text) or (at == last and _is_signed(source, item)) for at, item in enumerate(fields)]
    told = [
        at
        for at, item in enumerate(fields)
        if sum(char.isalpha() for char in item.text) >= LEAST_TOLD and not dated[at]
    ]
    behind = {name: next((at for at, item in enumerate(fields) if name in item.after), len(fields)) for name in TOLD}
    if "root_cause" in case.labels:
        _fill(case, "problem", [at for at in told if at < behind["root_cause"]][-1:])
        behind["action"] = (
            _fill(case, "action", [at for at in told if at >= behind["root_cause"]][:1]) or behind["action"]
        )
    elif "problem" in case.labels and "action" in case.labels:
        _fill(case, "root_cause", [at for at in told if behind["problem"] <= at < behind["action"]][-1:])
    elif "problem" in case.labels:
        later = [at for at in told if at >= behind["problem"]]
        if len(later) > 1:
            _fill(case, "root_cause", later[:1])
        behind["action"] = _fill(case, "action", later[1:2] or later[:1]) or behind["action"]
        _see_empty(case, later[:1])
    _see_empty(case)
    if "verification" not in case.labels:
        checks = [
            at
            for at in told
            if at >= behind["action"] and any(char.isdigit() for char in fields[at].text) and not _closes(fields[at])
        ]
        _fill(case, "effectiveness", checks[-1:])
    days = [at for at, item in enumerate(fields) if dated[at] and not _lies_ahead(item)]
    for item in fields:
        if is_day(source, item.text) and _lies_ahead(item):
            _take_out(case, item)
    for name, places in (
        ("opened", [at for at in days if not TOLD & set(fields[at].after)][:1]),
        ("closed", [at for at in days if at >= behind["action"]][-1:]),
    ):
        if name not in case.dates and places:
            _take_out(case, fields[places[0]])
            case.see(name)
            case.dates[name] = source.dates(fields[places[0]].text)[0].value


def _is_signed(source: Source, item: Unnamed) -> bool:
    """Whether a field begins with a day and goes on with no more than who signed on it: ``20 April 2026, Ibu Sari (QA)``."""
    days = source.dates(item.text)
    if len(days) != 1 or days[0].precision != "day" or days[0].start > SHORT_BESIDE:
        return False
    name = item.text[days[0].end :].strip(" ,;/-")
    return 0 < len(name) <= LONGEST_NAME and not any(map(str.isdigit, name))


def _lies_ahead(item: Unnamed) -> bool:
    """Whether a field names a day until which or on which something else is due: the next audit, the end of a shelf life."""
    return roles_of_days().label(item.head) in ("next", "due", "expiry")


def _closes(item: Unnamed) -> bool:
    """Whether a field tells only that and when a case was closed."""
    said = fold(
        item.head
        if len(item.text.split()) > SHORT_CLOSING or "," in item.text or "，" in item.text
        else f"{item.head} {item.text}"
    )
    return phrases("case_forms", "closing").search(said) is not None


SHORT_CLOSING = 8
"""Words of a field that names a day and who closed the case, and no check."""


def _from_scratch(source: Source, case: Case) -> None:
    """A report none of whose heads is known: its first day, what happened, why, what was done and what became of it, its last day."""
    fields = case.unnamed
    days = [at for at, item in enumerate(fields) if is_day(source, item.text) and not _lies_ahead(item)]
    told = [
        at
        for at, item in enumerate(fields)
        if not is_day(source, item.text)
        and sum(char.isalpha() for char in item.text) >= LEAST_TOLD
        and (not days or at > days[0])
    ]
    heads = [fields[at].head for at in (*told, *days)]
    if len(told) < 3 or not days or any(not _is_head(source, head) for head in heads):
        return
    for name, at in zip(("problem", "root_cause", "action", "effectiveness"), told, strict=False):
        _fill(case, name, [at])
    case.dates["opened"] = source.dates(fields[days[0]].text)[0].value
    if len(days) > 1 and days[-1] > told[1]:
        case.dates["closed"] = source.dates(fields[days[-1]].text)[0].value
        case.see("closed")


def _is_head(source: Source, text: str) -> bool:
    """Whether a text can head a field; where numbers and days stand before what is told, the rows of a table were read."""
    return any(char.isalpha() for char in text) and not source.dates(text) and not text.strip()[:1].isdigit()


def _see_empty(case: Case, acted: Sequence[int] = ()) -> None:
    """The place of the cause, where a field without words stands between the problem and the action."""
    fields = case.unnamed
    if "root_cause" in case.labels or not {"problem", "action"} <= set(case.labels):
        return
    for at, item in enumerate(fields):
        ended = {"action", "closed"} & set(item.after) or (acted and at > acted[0])
        if not item.text and "problem" in item.after and not ended:
            case.see("root_cause")


def _fill(case: Case, name: str, places: Sequence[int]) -> int | None:
    """Give an unnamed field to a part that has none; the place behind it."""
    if name in case.labels or not places:
        return None
    item = case.unnamed[places[0]]
    _take_out(case, item)
    case.see(name)
    case.add(name, item.text)
    case.place = case.place or (item.passage, item.cell.start, item.cell.end)
    return places[0] + 1


def _take_out(case: Case, item: Unnamed) -> None:
    """Take a field out of the part it was read on to, as its head was no head of a part."""
    for name, texts in case.parts.items():
        case.parts[name] = [text for text in texts if text not in (item.head, item.text, item.cell.text)]
