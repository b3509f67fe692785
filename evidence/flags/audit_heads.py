"""Checklists of audits with a filled head over questions that nobody answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, cite, cite_fact, is_example
from evidence.facts.pairs import pairs
from evidence.facts.people import is_name, name_in, own_label
from evidence.facts.people import lexicon as people
from evidence.facts.supplier_heads import is_supplier_head
from evidence.facts.text import fold, lines, phrases, table_words
from evidence.flags.registry import Finding, name_of, rule
from evidence.model import DocumentReport, Fact


@rule("header_only_audit")
def header_only_audit(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A checklist with a filled head (a day, an auditor, an auditee) whose questions are not answered.

    A blank form has no filled head; a plan of an audit to come has a day ahead.
    """
    for document in bundle.read:
        if document.kind in ("manual", "certificate") or is_example(document):
            continue
        items = [item for item in bundle.items("checklist") if item.document.path == document.path]
        questions = sum(item.value["questions"] for item in items)
        answered = sum(item.value["answered"] for item in items)
        if not questions or answered > questions * (1 - data["empty_share"]):
            continue
        if document.kind == "procedure" and not _is_all_questions(document, questions):
            continue
        head = _filled_head(bundle, document, {item.passage.part for item in items})
        named = any(fact.kind == "person" for fact in head) or _names_somebody(
            document, {item.passage.part for item in items}
        )
        if named and any(fact.kind in DAYS for fact in head):
            yield Finding(
                {"name": name_of(document.path), "questions": questions, "empty": questions - answered},
                (
                    cite_fact(bundle, document, next(f for f in head if f.kind in DAYS), wide=True),
                    cite(items[0].document, items[0].passage),
                ),
                (document.path,),
            )


DAYS = ("date", "period")
"""Kinds of facts that say when an audit was: on a day, or in a month."""


def _is_all_questions(document: DocumentReport, questions: int) -> bool:
    """Whether a paper holds hardly more than its questions: taken for rules, as questions say what shall be, it is a form all the same."""
    told = sum(bool(line.strip()) for passage in document.passages for line in passage.text.splitlines())
    return told <= questions + LINES_BESIDE


LINES_BESIDE = 10
"""Lines of a form beside its questions: title, fields, heads, signatures."""


def _names_somebody(document: DocumentReport, parts: set[int]) -> bool:
    """Whether a field of the head holds a name: in two words, under a head that is none of a signature or of the form itself, or any under
    a head for whoever looks or shows around.
    """
    for passage in document.passages:
        if passage.part not in parts or passage.hidden:
            continue
        for line in lines(passage.text[:LONGEST_HEAD]):
            for pair in pairs(line):
                name = name_in(re.split(r"[,;/\n&(\uff08\u3001]", pair.value.text.strip())[0])[0].strip()
                label = own_label(pair.label.text)
                if not is_name(name) or people().label(label) in ("prepared", "approved", "checked"):
                    continue
                if _LOOKS.search(fold(label)) or (_is_whole(name) and not _names_no_person(label)):
                    return True
    return False


def _names_no_person(label: str) -> bool:
    """Whether a field is for a firm or for what is audited."""
    folded = fold(label)
    return (
        is_supplier_head(label)
        or _AREAS.search(folded) is not None
        or table_words("evaluation", "firm").search(folded) is not None
    )


def _is_whole(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(
        word[:1].isupper() and word[1:].replace(".", "").replace("-", "").islower() for word in words
    )


_AREAS = phrases("audits_flags", "areas")
_LOOKS = phrases("audits_flags", "who_looks")
"""Heads of fields for whoever did the audit or was asked in it."""

LONGEST_HEAD = 400
"""Letters at the beginning of a checklist that are its head."""


def _filled_head(bundle: Bundle, document: DocumentReport, parts: set[int]) -> Sequence[Fact]:
    """People and days in the head of the checklist: on its own sheet or page, or on the page before it."""
    near = parts | {part - 1 for part in parts} if not document.path.lower().endswith((".xlsx", ".xls")) else parts
    by_id = bundle.passages[document.path]
    told = [fact for fact in document.facts if fact.passage in by_id and by_id[fact.passage].part in near]
    days = DAYS[:1] if any(fact.kind == DAYS[0] for fact in told) else DAYS  # a month beside a day is that of the form
    return [
        fact
        for fact in told
        if (fact.kind == "person" and fact.role in ("auditor", "auditee", "owner", "inspector"))
        or (fact.kind in days and fact.role != "signature" and bundle.happened(fact) is not None)
    ]
