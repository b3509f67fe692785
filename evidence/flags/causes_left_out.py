"""Reports of a closed problem in running text that nowhere say why it came about: each of their sentences tells the problem, a deed, what a
look found, the closing or is there for courtesy, and none is left that could.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.case_reading import is_closed
from evidence.deeds import is_deed, may_say_why, tell_no_cause
from evidence.facts.case_entries import told_in
from evidence.facts.case_letters import Told, changes, closes, looks, sentences
from evidence.facts.case_letters import tells as is_told_at_length
from evidence.facts.text import any_of, fold, late, lines, phrases
from evidence.flags.case_items import cases_of
from evidence.flags.told_cases import SPOKEN_OF, letters, points, tells_why
from evidence.model import Citation, DocumentReport
from evidence.no_cause import says_no_cause
from evidence.titles import is_audit, is_record_of


def letters_without_cause(bundle: Bundle) -> Iterator[tuple[DocumentReport, tuple[Citation | None, ...]]]:
    """Letters on a problem that is closed whose sentences all tell something else than why."""
    for document in (*letters(bundle), *_answers(bundle)):
        if any(fact.kind == "case" and '"root_cause"' in fact.value for fact in document.facts):
            continue  # a cause was read, of one of several cases perhaps
        every = list(sentences(document.passages))
        told = [one for one in every if is_told_at_length(one)]
        acts = [at for at, one in enumerate(told) if changes(one.folded) or is_deed(one.folded)]
        if not acts or tells_why(document):
            continue
        behind = every[every.index(told[acts[0]]) :]
        if not any(closes(one.folded) and not may_say_why(one.folded) for one in behind):
            continue  # ``cast in die no. 2 with the vent closed`` closes no case
        before = _right_before(document, told, acts[0]) or _all_through(document, every)
        if before is not None:
            yield document, tuple(cite(document, one.passage, one.span.text) for one in (before, told[acts[0]]))


def _answers(bundle: Bundle) -> Iterator[DocumentReport]:
    """Letters that were taken for papers of no kind, and whose opening says that they answer a complaint."""
    for document in bundle.read:
        if document.kind != "other" or document.reading != "living" or is_example(document):
            continue
        opening = fold("\n".join(passage.text for passage in document.passages[:1])[:OPENING])
        about = any(bundle.about(passage, ("corrective_action",)) for passage in document.passages)
        if about and _COMPLAINT.search(opening) and not any(fact.kind == "case" for fact in document.facts):
            yield document


OPENING = 600
"""Letters at the beginning of a letter in which its subject stands."""


def _right_before(document: DocumentReport, told: Sequence[Told], act: int) -> Told | None:
    """The one sentence with a day right before the first deed, where every sentence behind it tells what was done or looked at, or closes."""
    dated = [fact.quote for fact in document.facts if fact.kind == "date" and fact.quote]
    before = [one for one in told[:act] if any(quote in one.span.text for quote in dated)]
    if len(before) == 1 and before[0] is told[act - 1] and all(_is_deed(one) for one in told[act:]):
        return before[0]
    return None


def _is_deed(one: Told) -> bool:
    """Whether a sentence tells what was done, what was looked at, or that the case is closed."""
    if changes(one.folded) or looks(one.folded) or _NONE_FOUND.search(one.folded):
        return True
    return closes(one.folded)


def _all_through(document: DocumentReport, told: Sequence[Told]) -> Told | None:
    """The sentence on the problem, where no other of the letter can say why: its subject, or the first with a day. What points to a paper
    that came with it may have the cause there.
    """
    if any(_ATTACHED.search(one.folded) for one in told):
        return None
    dated = [fact.quote for fact in document.facts if fact.kind == "date" and fact.quote]
    named = [at for at, one in enumerate(told) if _COMPLAINT.search(one.folded)]
    days = [at for at, one in enumerate(told) if any(quote in one.span.text for quote in dated)]
    both = [at for at in named if at in days and is_told_at_length(told[at])]
    at = next(iter((*both, *named, *days)), None)
    if at is None or at > MOST_BEFORE:
        return None
    behind = [one for one in told[at + 1 :] if is_told_at_length(one)]
    others = [one for one in told if one is not told[at] and one not in behind]  # greetings, names, whose letter it is
    bare = not any(may_say_why(one.folded) for one in others) and tell_no_cause(behind, told[at].span.text)
    return told[at] if bare else None


MOST_BEFORE = 6
"""Sentences of a letter before the one on the problem: who writes, to whom, and when."""


def entries_without_cause(bundle: Bundle) -> Iterator[tuple[Item, tuple[Citation | None, ...]]]:
    """Closed cases told one after the other in a paper on problems whose entries cannot say why, where no other paper on problems names
    what they name.
    """
    for item in cases_of(bundle, "letter"):
        document = item.document
        if (
            item.value.get("root_cause")
            or item.value.get("cut")
            or not item.value.get("paragraph")
            or not is_closed(item)
            or is_audit(document)
        ):
            continue
        if not is_record_of(document, "corrective_action_record") or not _cannot_say_why(item):
            continue
        if not _told_elsewhere(bundle, item):
            yield item, (cite(document, item.passage, item.fact.quote),)


def points_without_cause(bundle: Bundle) -> Iterator[tuple[DocumentReport, tuple[Citation | None, ...]]]:
    """Points of minutes in which a case was dealt with and closed, and a sentence says that nobody found or sought its cause."""
    for document in bundle.read:
        if document.kind not in SPOKEN_OF or document.reading == "static" or is_example(document):
            continue
        if any(fact.kind == "case" for fact in document.facts):
            continue
        for passage, pieces in points(document):
            folded = [fold(piece) for piece in pieces]
            unknown = [one for one, told in zip(pieces, folded, strict=True) if says_no_cause(told)]
            dealt_with = any(changes(told) or is_deed(told) for told in folded)
            if unknown and dealt_with and any(map(closes, folded)) and bundle.about(passage, ("corrective_action",)):
                yield document, (cite(document, passage, unknown[0]),)
                break


def _cannot_say_why(item: Item) -> bool:
    """Whether none of the sentences of an entry behind the one on the problem can say why it came about."""
    line = next(
        (line for line in lines(item.passage.text) if line.text.startswith(item.fact.quote[:LEAST_QUOTED])), None
    )
    told = told_in(item.passage, line) if line else []
    at = next((at for at, one in enumerate(told) if one.span.text == item.value.get("problem")), None)
    return at is not None and tell_no_cause(told[at + 1 :], told[at].span.text)


LEAST_QUOTED = 60
"""Letters at the beginning of an entry by which it is found again."""


def _told_elsewhere(bundle: Bundle, item: Item) -> bool:
    """Whether another paper on problems names a number of the entry: the report of that case may tell why."""
    numbers = {number for number in _NUMBERS.findall(fold(item.fact.quote)) if any(map(str.isdigit, number))}
    return any(
        any(number in fold(passage.text) for number in numbers for passage in document.passages)
        for document in bundle.read
        if document.path != item.document.path and is_record_of(document, "corrective_action_record")
    )


_NUMBERS = re.compile(r"(?<![\w/-])[a-z]{0,6}[-/]?\d[\w/-]{2,20}")
"""Numbers of cases, lots and parts in folded text."""

_COMPLAINT, _ATTACHED = phrases("titles", "corrective_action"), phrases("coverage_flags", "attached")
_NONE_FOUND = late(
    any_of(("audits_flags", "none_before"), ("audits_flags", "none_behind"), ("corrective_flags", "none_found")).pattern
)
