"""The day a problem came up, where the only day at the head of its report is that of the paper, and its closing on that day in words."""

from collections.abc import Sequence

from evidence.facts.case_heads import Case
from evidence.facts.case_letters import closes, sentences, tells_cause
from evidence.facts.sources import Source
from evidence.facts.text import Span, any_of, fold, late, phrases
from evidence.model import Passage


def told_before(source: Source, case: Case) -> None:
    """Take the first day that the problem tells for the day it came up, where the head only says ``Date`` and names the day on which the
    case was closed: such a report was written at its end.
    """
    opened = case.dates.get("opened")
    head = fold(case.heads.get("opened", "")).strip(" .:")
    if opened is None or opened != case.dates.get("closed") or not phrases("case_forms", "day").fullmatch(head):
        return
    told = [
        found.value
        for text in case.parts.get("problem", ())
        for found in source.dates(text)
        if found.precision == "day" and found.value < opened
    ]
    if told:
        case.dates["opened"] = told[0]


def told_at_first(case: Case, first: Sequence[tuple[Passage, Span]]) -> None:
    """Take the longest line that runs before any head for the problem, where the paper goes on to its cause and what was done and has no
    place for the problem: slides and letters tell it in their opening.
    """
    if "problem" in case.labels or not {"root_cause", "action"} <= set(case.parts):
        return
    told = [(sum(map(str.isalpha, line.text)), passage, line) for passage, line in first if is_told(line.text)]
    if not told:
        return
    _, passage, line = max(told, key=lambda one: one[0])
    case.see("problem")
    case.add("problem", line.text)
    case.place = case.place or (passage, line.start, line.end)


def told_why(case: Case) -> None:
    """Take what the problem goes on to tell from the sentence that says why for the cause, where no head has a place for it: ``The cause
    was the head of extruder 2``.
    """
    if "root_cause" in case.labels or not {"problem", "action"} <= set(case.parts):
        return
    texts = case.parts["problem"]
    at = next((at for at, text in enumerate(texts) if at and tells_cause(fold(text[:LONGEST_LEAD]))), None)
    if at is not None:
        case.see("root_cause")
        case.parts["problem"], case.parts["root_cause"] = texts[:at], texts[at:]


LONGEST_LEAD = 60
"""Letters at the beginning of a paragraph that say that it tells why."""


def is_told(text: str) -> bool:
    """Whether a line tells something, by its letters; a sign of a script without blanks says more."""
    letters = sum(map(str.isalpha, text))
    return letters >= (LEAST_TOLD if text.strip().count(" ") > 1 else LEAST_TOLD // 3)


LEAST_TOLD = 24
"""Letters of a line that tells what happened, and is not the title alone."""


def closed_at_once(source: Source, case: Case, passages: Sequence[Passage]) -> None:
    """Take the day it came up for that on which a case was closed, where its closing says so in a word, ``closed the same evening``, and
    the paper names no other day.
    """
    opened = case.dates.get("opened")
    told = [fold(text) for name in ("closure", "status") for text in case.parts.get(name, ())]
    if opened is None or "closed" in case.dates or not told:
        return
    says = any(
        phrases("case_forms", "closing").search(text)
        and phrases("corrective_flags", "same_day").search(text)
        and not phrases("case_forms", "not_yet").search(text)
        for text in told
    )
    days = {found.value for passage in passages for found in source.dates(passage.text) if found.precision == "day"}
    if says and days == {opened}:
        case.dates["closed"] = opened


def closed_in_words(case: Case, passages: Sequence[Passage]) -> None:
    """Take a sentence of a letter that says that the complaint or case is closed for its status, where the report has no place for one:
    ``With the above, we have closed this complaint in our system.``
    """
    if {"closed", "status", "closure"} & set(case.labels) or "action" not in case.parts:
        return
    told = list(sentences(passages))
    ends = [one.span.text for one in told if closes(one.folded) and _NAMES_CASE.search(one.folded)]
    looked = any(_FOUND_NONE.search(one.folded) and any(map(str.isdigit, one.folded)) for one in told)
    if ends and not looked:  # a letter may tell of its look anywhere, and of the lack of one alone is anything raised
        case.add("status", ends[-1])


_FOUND_NONE = any_of(
    ("corrective_flags", "none_found"), ("audits_flags", "none_before"), ("audits_flags", "none_behind")
)
_NAMES_CASE = late(rf"{phrases('case_forms', 'case_before').pattern}|{phrases('titles', 'corrective_action').pattern}")


def closed_by(case: Case, section: str | None, row: Sequence[Span]) -> None:
    """Take the day beside who verified for that of the closing, where the row of the check says that the case was closed with it:
    ``Verified and closed by | L. Ong | Date | 12.05.2026``.
    """
    day = case.dates.get(f"{section}_date")
    if section not in ("verification", "effectiveness") or day is None or "closed" in case.dates:
        return
    told = [fold(cell.text) for cell in row if len(cell.text) <= LONGEST_CLOSING]
    if any(
        phrases("case_forms", "closing").search(text) and not phrases("case_forms", "not_yet").search(text)
        for text in told
    ):
        case.see("closed")
        case.dates["closed"] = day


LONGEST_CLOSING = 60
"""Letters of a cell that says who closed a case, or that it may be."""
