"""The cases that flags look at, and how they are named and cited."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, as_day, cite, cite_fact, is_example
from evidence.facts.case_heads import TOLD, head_of, meaning
from evidence.facts.days import short_days
from evidence.facts.text import fold, phrases, plain
from evidence.flags.registry import name_of
from evidence.model import Citation, DocumentReport, Fact
from evidence.remembered import remembered
from evidence.titles import is_audit, is_record_of, names_before
from evidence.wording import shortened


@remembered
def cases_of(bundle: Bundle, role: str | None = None) -> Sequence[Item]:
    """Cases that happened: told by a record, or dated in a living paper where one line of it was taken for something else."""
    return [
        item
        for item in bundle.items("case", role)
        if (bundle.is_record(item.passage) or _lived(item))
        and not _is_change(bundle, item)
        and not _asks_for_leave(item)
        and not _is_of_meeting(item)
    ]


def _asks_for_leave(item: Item) -> bool:
    """Whether what was read as a case asks a customer by its title to take goods as they are: ``Deviation request DR-26-06``."""
    title = fold(" ".join((name_of(item.document.path), *item.passage.heading[:1])))
    return item.fact.role == "form" and phrases("titles", "concession").search(title) is not None


def _is_of_meeting(item: Item) -> bool:
    """Whether what was read as one case are the minutes of a meeting, and no point of them: complaints, scrap and people are what it looks at."""
    topics = ("management_review",) if item.value.get("paragraph") else ("management_review", "meetings")
    return item.fact.role in ("form", "letter") and any(
        names_before(item.document, topic, "corrective_action") for topic in topics
    )


def _is_change(bundle: Bundle, item: Item) -> bool:
    """Whether what was read as a case is a notice of a change, by its title and because it is nearer to change than to correction."""
    title = fold(" ".join((name_of(item.document.path), *item.passage.heading[:1])))
    return (
        item.fact.role == "form"
        and phrases("titles", "change").search(title) is not None
        and phrases("titles", "corrective_action").search(title) is None
        and bundle.about(item.passage, ("change_control",))
    )


def _lived(item: Item) -> bool:
    return (
        not item.passage.hidden
        and not is_example(item.document)
        and (item.document.kind == "other" or is_record_of(item.document, "corrective_action_record"))
        and item.document.reading in ("living", "mixed")
        and bool(item.value.get("opened"))
        and bool(item.value.get("problem"))
        and item.passage.modes.get("record", 0.0) >= 0.15
    )


def reports_problem(bundle: Bundle, item: Item) -> bool:
    """Whether the paper of a case reports it: by its kind or title, or because it tells what happened, why and what was done."""
    if is_record_of(item.document, "corrective_action_record"):
        return True
    if item.value.get("paragraph"):  # an entry of minutes that says why, and closes
        return bool(item.value.get("root_cause") and item.value.get("action") and item.value.get("status"))
    whole = all(item.value.get(name) for name in ("problem", "root_cause", "action", "opened"))
    return (
        item.fact.role == "form"
        and whole
        and item.document.reading != "static"
        and bundle.about(item.passage, ("corrective_action",))
    )


CASE_ROLES = ("capa", "ncr", "8d", "complaint")
"""Identifiers under which cases go."""


def is_number_of_case(fact: Fact) -> bool:
    """Whether an identifier is that of a case."""
    return fact.kind == "identifier" and fact.role in CASE_ROLES


def numbers_in(document: DocumentReport) -> set[str]:
    """The numbers of cases that a paper names, as they are compared."""
    return _compared(fact.value for fact in document.facts if is_number_of_case(fact))


def numbers_of(item: Item) -> set[str]:
    """The numbers under which a case goes: that of its row, and those that its report names."""
    own = _compared((str(item.value.get("reference") or ""),))
    return own | numbers_in(item.document) if item.fact.role == "form" else own


def _compared(numbers: Iterable[str]) -> set[str]:
    return {code for code in map(plain, numbers) if any(map(str.isdigit, code)) and len(code) >= LEAST_NUMBER}


LEAST_NUMBER = 4
"""Letters of a number that tells a case from another."""


def days_named(document: DocumentReport, text: str, near: date | None = None) -> set[date]:
    """The days that a text of a paper names, but those until when something is to be done; with ``near`` also those without their year, of the
    year of that day where they can be meant in one way only.
    """
    told = [fact for fact in document.facts if fact.kind == "date" and fact.quote and fact.quote in text]
    found = {fact.day for fact in told if fact.day and fact.role != "due"}
    for fact in told:
        text = text.replace(fact.quote, " ")
    for _, _, meant in short_days(fold(text)) if near else ():
        days = {as_day(f"{near.year}-{month:02}-{number:02}") for month, number in meant} if near else set()
        found |= {day for day in days if day and len(days) == 1}
    return found


def day_named(document: DocumentReport, text: str, near: date | None = None) -> date | None:
    """The day that a text of a paper names, where it is the only one."""
    days = days_named(document, text, near)
    return days.pop() if len(days) == 1 else None


LONGEST_NAME = 60
"""Letters of a number or of a problem by which a case of a register is called."""


def name_case(item: Item) -> str:
    """What a case is called at the beginning of a sentence: its file, and within a register its number or its problem."""
    file = f"'{name_of(item.document.path)}'"
    if item.fact.role != "row":
        return file
    reference, problem = str(item.value.get("reference") or ""), str(item.value.get("problem") or "")
    if reference:
        return f"Case {reference[:LONGEST_NAME]} of {file}"
    return f"The case '{shortened(problem, LONGEST_NAME)}' of {file}" if problem else f"A case of {file}"


def name_closed(item: Item) -> str:
    """What a case is called at the beginning of a sentence that says of the case, not of its paper, that it is closed."""
    return f"The case in {name_case(item)}" if item.fact.role != "row" else name_case(item)


def cite_days(bundle: Bundle, item: Item, **days: str) -> tuple[Citation | None, ...]:
    """The lines of a form in which days of the case stand, each by its role where one has it, and the case; a row of a register
    holds both.
    """
    found = []
    for role, day in days.items() if item.fact.role == "form" else ():
        dated = [f for f in item.document.facts if (f.kind, f.value) == ("date", day) and day]
        facts = [fact for fact in dated if fact.role == role] or dated[
            -1 if role == "closed" else 0 :
        ]  # a report ends with it
        found += [cite_fact(bundle, item.document, facts[0], wide=True)] if facts else []
    return (*dict.fromkeys(found), *cite_case(item))


def cite_case(item: Item) -> tuple[Citation | None, ...]:
    """Where a case stands."""
    return (cite(item.document, item.passage, row_of(item) or item.fact.quote),)


def cite_words(item: Item, words: str) -> Citation | None:
    """The line of its document in which the words of a field of a form stand; None for a row, which is cited whole."""
    pieces = sorted(words.split(" / "), key=len, reverse=True)
    for piece in pieces if item.fact.role == "form" else ():
        for passage in item.document.passages:
            at = passage.text.find(piece) if len(piece) >= SHORTEST_FIELD and not passage.hidden else -1
            if at >= 0:
                return cite(item.document, passage, piece, at)
    return None


SHORTEST_FIELD = 8
"""Characters of a field that can be looked up in its document: a shorter one stands there by chance."""


def cite_part(item: Item, part: str) -> Citation | None:
    """The line of a form that has the place for a part of the case, and says nothing there but a word for nothing: ``Cause | unknown``."""
    if item.fact.role != "form":
        return None
    for passage in item.document.passages:
        if passage.hidden or passage.part != item.passage.part:
            continue
        for match in re.finditer(r"[^\n]+", passage.text):
            label, _, said = re.sub(r"\s\|\s|[:：]", "\0", match[0]).partition("\0")
            said = said.strip(" |:：\0")
            if any(char.isalpha() for char in said) and not meaning(said) and head_of(label.strip(" |")) == part:
                return cite(item.document, passage, match[0].strip(), match.start())
    return None


def row_of(item: Item) -> str | None:
    """The whole row of a case in a register: two cases of one defect share its words, and differ in their days and numbers."""
    if item.fact.role != "row":
        return None
    told = [text for text in item.value.values() if isinstance(text, str)]
    rows = [line for line in item.passage.text.splitlines() if item.fact.quote in line]
    row = max(rows, key=lambda line: sum(text in line for text in told), default=None)
    return None if row and _holds_several(item, row) else row


def _holds_several(item: Item, row: str) -> bool:
    """Whether a line holds one part of several cases, which stand beside each other: its head, and then what each of them tells."""
    head, *told = [cell for piece in row.split("|") if (cell := piece.strip())]
    own = sum(isinstance(text, str) and text in told for text in item.value.values())
    return len(told) > 1 and own == 1 and item.fact.quote in told and head_of(head) in TOLD


def text_of(item: Item, *names: str) -> str:
    """The words of some parts of a case."""
    return " / ".join(str(item.value[name]) for name in names if item.value.get(name))


def only_remarked(item: Item) -> bool:
    """Whether a row of an audit is what an auditor only remarked or suggests, by its grade or by what it begins with: ``(OFI) Old index``."""
    if item.fact.role != "row" or not (is_audit(item.document) or is_record_of(item.document, "internal_audit_record")):
        return False
    if _is_of_other_sort(item):
        return True
    begun = _GRADED.match(str(item.value.get("problem", "")))
    cells = (cell for citation in cite_case(item) if citation for cell in citation.quote.split("|"))
    return any(_is_remark(fold(told).strip()) for told in (*cells, *(begun.groups() if begun else ())))


def _is_of_other_sort(item: Item) -> bool:
    """Whether the letters before the number of a row are not those of any row of its list that tells a cause: ``G1`` beside ``U1`` and
    ``U2``, as an audit numbers what it only saw apart from what does not conform.
    """
    sort = _sort_of(item.value)
    rows = (json.loads(fact.value) for fact in item.document.facts if fact.kind == "case" and fact.role == "row")
    asked = {_sort_of(row) for row in rows if row.get("root_cause")}
    return bool(sort) and bool(asked) and "" not in asked and sort not in asked


def _sort_of(value: Mapping[str, Any]) -> str:
    """The letters before the number of a row: ``OFI`` of ``OFI-3``."""
    match = _NUMBERED.match(str(value.get("reference") or value.get("problem") or ""))
    return fold(match[1]) if match else ""


_NUMBERED = re.compile(r"\W{0,2}([^\W\d_]{1,4})[ .-]{0,2}\d{1,3}(?![^\W_])")


def _is_remark(told: str) -> bool:
    """Whether words are those for a remark of an auditor, and hardly more."""
    match = _NO_ANSWER.search(told)
    return match is not None and 2 * len(match[0]) >= len(told)


_GRADED = re.compile(r"\W{0,3}([^\W\d_][^()（）\[\]【】:：|]{1,30})[)）\]】:：]")
_NO_ANSWER = phrases("audits_flags", "no_answer_needed")
