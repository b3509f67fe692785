"""Days of a case that stand in no order: one of its steps is told as done before the problem came up, and the others behind it. In reports by
their steps, and in the sentences of a paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.deeds import tells_deed
from evidence.facts.case_letters import sentences_in
from evidence.facts.text import fold, late, lines, phrases
from evidence.flags.case_items import day_named, days_named, name_case
from evidence.flags.registry import name_of
from evidence.model import Citation, DocumentReport, Passage

STEPS = ("containment", "root_cause", "action", "preventive", "verification", "effectiveness", "closure")
"""The parts of a report that follow the problem, in their order."""

LEAST_BEHIND = 2
"""Other steps whose days lie behind the day on which the case came up, from which one before it is out of order."""

LONGEST_DAY = 24
"""Letters of a cell that holds a day alone."""

OF_ONE_CASE = 200
"""Days between two that belong to one case; more are a slip of the year, or of another matter."""


def is_early(done: date, opened: date) -> bool:
    """Whether a day lies before another, and both belong to one case."""
    return 0 < (opened - done).days <= OF_ONE_CASE


@dataclass(frozen=True)
class Early:
    """A day on which something was done about a problem that came up later."""

    document: DocumentReport
    item: Item | None
    """The case; None where a paper tells both days outside of one."""
    done: date
    opened: date
    places: tuple[Citation | None, ...]

    @property
    def name(self) -> str:
        """What the case is called at the beginning of a sentence."""
        return name_case(self.item) if self.item else f"'{name_of(self.document.path)}'"


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
    if len(early) != 1 or not is_early(done[early[0]], opened):
        return None
    behind = {name: days for name in told if name != early[0] and (days := _later_days(item, name, told[name], opened))}
    in_order = all(day >= opened for days in behind.values() for day in days)
    return done[early[0]] if in_order and len(behind) >= LEAST_BEHIND else None


def _held_on(item: Item, name: str, text: str, opened: date) -> date | None:
    """The one day that the containment names, and not as that of the goods: it tells nothing but what was done at once."""
    if name != "containment" or _EARLIER.search(fold(text)):
        return None
    return day_named(item.document, text, opened)


def _later_days(item: Item, name: str, text: str, opened: date) -> set[date]:
    """The days of a step that belong to the case: that on which it was done, all of a look or a closing; of others not what was before,
    as a cause may tell of any day.
    """
    done = _done_on(item, text, opened)
    days = days_named(item.document, text, opened)
    if done:
        return {done}
    return days if name in LOOKS else {day for day in days if day >= opened}


LOOKS = ("verification", "effectiveness", "closure")


def _done_on(item: Item, text: str, opened: date) -> date | None:
    """The day on which a step was done; None where several are told."""
    days = days_done(item.document, text, opened)
    return days.pop() if len(days) == 1 else None


def days_done(document: DocumentReport, text: str, near: date | None) -> set[date]:
    """The days on which the pieces of a step were done: in a cell of its own, or beside a word for done."""
    found = set()
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
        if day := day_named(document, piece, near):
            found.add(day)
    return found


MOST_LETTERS = 10
"""Letters of a cell that holds a day: those of its month."""


_DAY = r"(?:[^\W\d_]{1,9}\s?){0,2}\d"
_DONE_BEFORE = late(rf"(?:{phrases('corrective_flags', 'done_before_day').pattern})\W{{0,3}}{_DAY}")
_DONE_BEHIND = late(rf"\d\W{{0,3}}(?:{phrases('corrective_flags', 'done_behind_day').pattern})")


def deeds_before(bundle: Bundle) -> Iterator[Early]:
    """Paragraphs that tell on which day something came up, and further on a deed of an earlier day that they call its result: ``All scoops
    were swapped on 12 May as a result of this find``.
    """
    for document in bundle.read:
        if document.reading == "static" or is_example(document):
            continue
        for passage in document.told:
            if not _RESULT.search(fold(passage.text)):
                continue
            for line in lines(passage.text):
                if found := _out_of_order(bundle, document, passage, line.text):
                    yield found


def _out_of_order(bundle: Bundle, document: DocumentReport, passage: Passage, line: str) -> Early | None:
    written = bundle.document_day(document)
    if "|" in line or written is None or not _RESULT.search(fold(line)):
        return None
    arose: tuple[date, str] | None = None
    for span in sentences_in(next(lines(line))):
        folded, day = fold(span.text), day_named(document, span.text, written)
        if arose and day and is_early(day, arose[0]) and _tells_answer(folded):
            places = cite(document, passage, arose[1]), cite(document, passage, span.text)
            return Early(document, None, day, arose[0], places)
        if arose is None and day and _AROSE.search(folded):
            arose = day, span.text
    return None


def _tells_answer(folded: str) -> bool:
    """Whether a sentence tells a deed and calls it the result of what came up, and does not say that it was done before."""
    return _RESULT.search(folded) is not None and tells_deed(folded) and _EARLIER.search(folded) is None


_RESULT = phrases("corrective_flags", "in_answer")
_AROSE = phrases("corrective_flags", "arose")
_EARLIER = phrases("corrective_flags", "told_of_before")
"""Words that say that a deed was done earlier, or that its day is that of goods."""
