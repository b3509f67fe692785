"""Days of a case that stand in no order: one of its steps is told as done before the problem came up, and the others behind it. In reports by
their steps, and in the sentences of a paragraph.
"""

from collections.abc import Iterator
from datetime import date

from evidence.bundle import Bundle, Item, as_day, cite, is_example
from evidence.deeds import tells_deed
from evidence.facts.case_letters import sentences_in
from evidence.facts.days import short_days
from evidence.facts.text import fold, late, lines, phrases
from evidence.model import Citation, DocumentReport, Passage

STEPS = ("containment", "root_cause", "action", "preventive", "verification", "effectiveness", "closure")
"""The parts of a report that follow the problem, in their order."""

LEAST_BEHIND = 2
"""Other steps whose days lie behind the day on which the case came up, from which one before it is out of order."""

LONGEST_DAY = 24
"""Letters of a cell that holds a day alone."""

OF_ONE_CASE = 200
"""Days between two that belong to one case; more are a slip of the year, or of another matter."""


def step_before(item: Item, opened: date) -> date | None:
    """The day of the one step of a report that is told as done before the case came up, where all days of the others are of then or later."""
    if item.fact.role != "form":
        return None
    told = {name: str(item.value.get(name, "")) for name in STEPS if item.value.get(name)}
    done = {
        name: day
        for name, text in told.items()
        if (day := _done_on(item, text, opened) or _held_on(item, name, text, opened))
    }
    early = [name for name, day in done.items() if day < opened]
    if len(early) != 1 or (opened - done[early[0]]).days > OF_ONE_CASE:
        return None
    behind = {name: days for name in told if name != early[0] and (days := _later_days(item, name, told[name], opened))}
    in_order = all(day >= opened for days in behind.values() for day in days)
    return done[early[0]] if in_order and len(behind) >= LEAST_BEHIND else None


def _held_on(item: Item, name: str, text: str, opened: date) -> date | None:
    """The one day that the containment names, and not as that of the goods: it tells nothing but what was done at once."""
    if name != "containment" or _EARLIER.search(fold(text)):
        return None
    days = _days(item.document, text, opened)
    return days.pop() if len(days) == 1 else None


def _later_days(item: Item, name: str, text: str, opened: date) -> set[date]:
    """The days of a step that belong to the case: that on which it was done, all of a look or a closing; of others not what was before,
    as a cause may tell of any day.
    """
    done = _done_on(item, text, opened)
    days = _days(item.document, text, opened)
    if done:
        return {done}
    return days if name in LOOKS else {day for day in days if day >= opened}


LOOKS = ("verification", "effectiveness", "closure")


def _done_on(item: Item, text: str, opened: date) -> date | None:
    """The day on which a step was done: in a cell of its own, or beside a word for done. None where several are told."""
    found: set[date] = set()
    for piece in text.split(" / "):
        folded = fold(piece)
        if len(piece.strip()) > LONGEST_DAY or sum(map(str.isalpha, piece)) > MOST_LETTERS:
            before, behind = _DONE_BEFORE.search(folded), _DONE_BEHIND.search(folded)
            if before:
                piece = piece[before.start() :][: LONGEST_DAY + before.end() - before.start()]
            elif behind:
                piece = piece[max(0, behind.end() - 2 * LONGEST_DAY) : behind.end()]
            else:
                continue
        days = _days(item.document, piece, opened)
        if len(days) == 1:
            found.update(days)
    return found.pop() if len(found) == 1 else None


MOST_LETTERS = 10
"""Letters of a cell that holds a day: those of its month."""


def _days(document: DocumentReport, text: str, near: date) -> set[date]:
    """The days that a text names, those without a year of the year of another."""
    whole = [fact for fact in document.facts if fact.kind == "date" and fact.quote and fact.quote in text]
    found = {fact.day for fact in whole if fact.day}
    for fact in whole:
        text = text.replace(fact.quote, " ")
    for _, _, meant in short_days(fold(text)):
        days = {as_day(f"{near.year}-{month:02}-{number:02}") for month, number in meant}
        found |= {day for day in days if day} if len(days) == 1 else set()
    return found


_DAY = r"(?:[^\W\d_]{1,9}\s?){0,2}\d"
_DONE_BEFORE = late(rf"(?:{phrases('corrective_flags', 'done_before_day').pattern})\W{{0,3}}{_DAY}")
_DONE_BEHIND = late(rf"\d\W{{0,3}}(?:{phrases('corrective_flags', 'done_behind_day').pattern})")


def deeds_before(bundle: Bundle) -> Iterator[tuple[DocumentReport, date, date, tuple[Citation | None, ...]]]:
    """Paragraphs that tell on which day something came up, and further on a deed of an earlier day that they call its result: ``All scoops
    were swapped on 12 May as a result of this find``.
    """
    for document in bundle.read:
        if document.reading == "static" or is_example(document):
            continue
        for passage in document.passages:
            if passage.hidden or passage.mode == "template" or not _RESULT.search(fold(passage.text)):
                continue
            for line in lines(passage.text):
                if found := _out_of_order(bundle, document, passage, line.text):
                    yield document, *found


def _out_of_order(
    bundle: Bundle, document: DocumentReport, passage: Passage, line: str
) -> tuple[date, date, tuple[Citation | None, ...]] | None:
    written = bundle.document_day(document)
    if "|" in line or written is None or not _RESULT.search(fold(line)):
        return None
    arose: tuple[date, str] | None = None
    for span in sentences_in(next(lines(line))):
        folded, days = fold(span.text), _days(document, span.text, written)
        if arose and len(days) == 1 and _RESULT.search(folded) and tells_deed(folded) and not _EARLIER.search(folded):
            done = next(iter(days))
            if _of_one_case(done, arose[0]):
                return done, arose[0], (cite(document, passage, arose[1]), cite(document, passage, span.text))
        if arose is None and len(days) == 1 and _AROSE.search(folded):
            arose = next(iter(days)), span.text
    return None


def _of_one_case(done: date, arose: date) -> bool:
    """Whether a day lies before another, and both belong to one case."""
    return 0 < (arose - done).days <= OF_ONE_CASE


_RESULT = phrases("corrective_flags", "in_answer")
_AROSE = phrases("corrective_flags", "arose")
_EARLIER = phrases("corrective_flags", "told_of_before")
"""Words that say that a deed was done earlier, or that its day is that of goods."""
