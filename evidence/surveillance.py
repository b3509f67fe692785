"""The days on which whoever certified was there to watch over the system: on the certificate, in a report, a letter or minutes."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from evidence.bundle import Bundle, as_day
from evidence.facts.certificate_standards import QUALITY, mentions, names_system
from evidence.facts.text import any_of, fold, is_nameless, phrases
from evidence.facts.told_certificates import KIND
from evidence.model import DocumentReport, Fact
from evidence.remembered import remembered
from evidence.told_certification import list_paths, told_certificates
from evidence.wording import name_of

_SURVEILLANCE = phrases("certification", "surveillance")
_PLANNED = re.compile(r"due|next|planned|will be|shall|subject to|dự kiến|rencana|kế hoạch|下次|예정|before")


@remembered
def surveillance_days(bundle: Bundle) -> list[tuple[date, DocumentReport, Fact]]:
    """Days on which a surveillance audit was held, on the certificate itself or in a report, letter or minutes."""
    return list(_found(bundle))


def visits_told(bundle: Bundle, document: DocumentReport) -> tuple[list[str], list[str]]:
    """The visits that a certificate tells of, for its readers: those that were held, and those to come or of which nothing is known.

    A year stands for a visit where no day of it is told; the days of the certificate itself are none of visits.
    """
    told = {
        role: [fact.value for fact in document.facts if (fact.kind, fact.role) == ("certificate_field", role)]
        for role in ("issue", "expiry", "original", "surveillance", "surveillance_due")
    }
    found = (
        day.isoformat() if len(fact.value) > YEAR else fact.value
        for day, paper, fact in surveillance_days(bundle)
        if paper.path == document.path
    )
    held = {*told["surveillance"], *found} - {*told["issue"], *told["expiry"], *told["original"]}
    held -= {year for year in held if len(year) == YEAR and any(day.startswith(f"{year}-") for day in held)}
    return sorted(held), [day for day in dict.fromkeys(told["surveillance_due"]) if day not in held]


def visits_elsewhere(bundle: Bundle, document: DocumentReport) -> list[str]:
    """The last visits that other papers tell of, the newest first, each with the name of its paper."""
    newest: dict[str, date] = {}
    for day, paper, _ in surveillance_days(bundle):
        if paper.path != document.path:
            newest[paper.path] = max(day, newest.get(paper.path, day))
    ordered = sorted(newest.items(), key=lambda one: (one[1], one[0]), reverse=True)
    return [f"{day.isoformat()} ({name_of(path)})" for path, day in ordered[:MOST_VISITS]]


MOST_VISITS = 3
"""Papers named that tell of visits."""


def _found(bundle: Bundle) -> Iterator[tuple[date, DocumentReport, Fact]]:
    for document in bundle.read:
        by_id = bundle.passages[document.path]
        if _of_other_system(document):
            continue
        listed = document.path in list_paths(bundle)
        left = _lines_apart(document)
        headed = _is_headed(document, bool(left))
        for fact in document.facts:
            passage = by_id.get(fact.passage)
            if passage is None or fact.kind not in ("date", "certificate_field", "period"):
                continue
            if listed and fact.kind == "certificate_field":
                continue  # a list is no certificate; its rows tell of their visits
            if fact.kind == "certificate_field":
                held = fact.role == "surveillance" or (fact.role == "surveillance_due" and _passed(passage.text, fact))
                day = _held(fact.value) if held else None
            else:
                day = bundle.happened(fact)
            if day is None or day > bundle.today:
                continue
            at = passage.text.find(fact.quote)
            line = passage.text[
                passage.text.rfind("\n", 0, at) + 1 : passage.text.find("\n", at)
                if passage.text.find("\n", at) > 0
                else None
            ]
            if (passage.id, line) in left or _was_left(line, fact.quote) or _is_of_letter(line, fact.quote):
                continue
            if _is_deadline(line, fact.quote) and not _passed(passage.text, fact):
                continue
            told = not is_nameless(line) and _SURVEILLANCE.search(fold(line)) is not None
            if (
                fact.kind == "certificate_field"
                or (told and not _PLANNED.search(fold(line)[: max(0, line.find(fact.quote))][-40:]))
                or (headed and bundle.is_record(passage) and document.kind != "procedure")
            ):
                yield day, document, fact


def _is_headed(document: DocumentReport, listed: bool) -> bool:
    """Whether one of the first lines of a paper names surveillance, so that all of its days are those of the visit: a title, or the value of
    a field. A label of a field tells of its own day alone, and so do the lines of a table in a paper that lists certificates or plans visits.
    """
    if _MAIL.match(document.passages[0].text):
        return False
    opening = [line for passage in document.passages[:3] for line in passage.text.split("\n")]
    return any(
        any(map(_SURVEILLANCE.search, _values(fold(line))))
        and not _LEFT.search(fold(line))
        and not (listed and "|" in line)
        for line in opening
    )


def _values(line: str) -> list[str]:
    """What a line says but for labels: the whole of one without cells, else its last cell, and in pairs each behind a label."""
    cells = line.rstrip(" |").split("|")
    if len(cells) % 2 == 0 and all(any(map(str.isalpha, label)) for label in cells[::2]):
        return cells[1::2]
    return cells[-1:]


def _is_deadline(line: str, quote: str) -> bool:
    """Whether the words right before a day make it the last one on which a visit may be held: ``on or before 02.06.2026``."""
    before = fold(line)[: max(0, line.find(quote))]
    return _UNTIL.search(_FIGURES.split(before)[-1][-2 * NEAR :]) is not None


_UNTIL = phrases("told_certificates", "deadline")
_FIGURES = re.compile(r"\d")


def _is_of_letter(line: str, quote: str) -> bool:
    """Whether the words before a day make it that of a letter: ``with reference to your mail dated``."""
    return _LETTER.search(fold(line)[: max(0, line.find(quote))][-NEAR:]) is not None


NEAR = 24
"""Letters before a day in which a word is about it."""

_LETTER = phrases("told_certificates", "letter")


_MAIL = re.compile(r"(?:From|To|Date|Subject): ?\|? ?\S")
"""The head of a mail: its day is that of a letter."""


def _lines_apart(document: DocumentReport) -> set[tuple[str, str]]:
    """The lines of a paper whose days are told apart: rows of certificates, and visits of a plan that were not held."""
    return {
        (fact.passage, line)
        for fact in document.facts
        if fact.kind == KIND and fact.role in ("row", "visit_left")
        for line in fact.quote.split("\n")
    }


def _was_left(line: str, quote: str) -> bool:
    """Whether a line says behind a day, before another visit is named, that the visit was not held."""
    at = line.find(quote)
    if at < 0 or not _SURVEILLANCE.search(fold(line)):
        return False
    behind = fold(line)[at + len(quote) :]
    other = _SURVEILLANCE.search(behind)
    return _LEFT.search(_CLAUSE.split(behind[: other.start() if other else len(behind)])[0]) is not None


_LEFT = phrases("told_certificates", "not_held")
_CLAUSE = re.compile(r"[;；。]|\. ")


def is_dated_since(bundle: Bundle, document: DocumentReport, issue: date, expiry: date | None) -> bool:
    """Whether a certificate bears a day well after its issue that has passed and is none on which anything is due or runs out: of a visit, or of the
    paper being issued again after one, whatever it is called.
    """
    passages = bundle.passages[document.path]
    begun = (
        max(issue, expiry - CYCLE) if expiry else issue
    )  # a day between a first issue and its renewal is of a cycle that is over
    for fact in document.facts:
        day = fact.day
        if day is None or not begun + SOONEST_VISIT <= day <= bundle.today or day == expiry or fact.role == "due":
            continue
        text = passages[fact.passage].text if fact.passage in passages else ""
        line = next((line for line in text.split("\n") if fact.quote in line), "")
        before = fold(line)[: max(0, line.find(fact.quote))]
        if line and not (_PLANNED.search(before) or _is_deadline(line, fact.quote) or _was_left(line, fact.quote)):
            return True
    return False


SOONEST_VISIT, CYCLE = timedelta(days=180), timedelta(days=3 * 365)
"""Days after the issue from which a visit is one of surveillance, and those of a cycle of certification."""


def visits_of(bundle: Bundle, standards: tuple[str, ...]) -> list[date]:
    """The days on which a list of certificates says that one to these standards was watched over."""
    return [
        day for item in told_certificates(bundle) for day in item.visits
        if set(item.standards) & set(standards) and day <= bundle.today
    ]  # fmt: skip


def _of_other_system(document: DocumentReport) -> bool:
    """Whether a paper names standards of systems, and none of quality: visits told on one for the environment kept that one."""
    named = {
        found.name
        for passage in document.passages
        if names_system(folded := fold(passage.text))
        for found in mentions(folded, passage.text)
        if found.of_system
    }
    return bool(named) and not named & QUALITY


def _passed(text: str, fact: Fact) -> bool:
    """Whether the line of a visit that was planned says behind its day that it was passed."""
    at = text.find(fact.quote)
    line = _EMPTY.sub("", text[at:].split("\n", 1)[0]) if at >= 0 else ""
    return _PASSED.search(fold(line)) is not None


_EMPTY = re.compile(r"[^|:：]{1,30}[:：]\s*$")
"""A field behind a day in which nothing stands: ``Date done:``."""

_PASSED = any_of(("readings_flags", "judged"), ("certificates", "held"))


YEAR = 4
"""Figures of a visit that is told by its year: no day is made of it."""


def _held(value: str) -> date | None:
    """The day of a visit; of one that is told by its year the first on which it can have been."""
    return as_day(f"{value}-01-01" if len(value) == YEAR else value)
