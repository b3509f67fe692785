"""What a paper calls itself: in the name of its file, its first heading and its first words.

A model that has seen few papers of a trade may take an audit for a training record. Its title still says what it is, in any of
the languages served; a rule that looks for audits has to look at it.
"""

import json
import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold, phrases, words
from evidence.model import DocumentReport, Passage
from evidence.paper_names import papers_named

RULES_AND_FORMS = ("manual", "procedure", "blank_form", "certificate")
"""Kinds of documents that record nothing: what they hold is an example or a history of editions."""

NO_TESTS = ("metrics_record", "supplier_evaluation_record", "training_record", "management_review_record")
"""Kinds of documents whose figures were read of no piece."""

LIVED = ("living", "mixed")
"""Readings of papers in which something happened."""

OPENING = 100
"""Characters of the first passage that can be a title: the body of a paper names other papers."""

KINDS = {
    "internal_audit_record": "internal_audit",
    "management_review_record": "management_review",
    "corrective_action_record": "corrective_action",
}
"""Kinds of records whose titles are looked at, with their words in ``words.toml``."""


def records_nothing(document: DocumentReport) -> bool:
    """Whether a paper holds rules, blanks or a certificate: by its kind, unless it lives or somebody filled it in."""
    return (
        document.kind in RULES_AND_FORMS
        and not (document.kind != "procedure" and document.reading in LIVED)
        and not is_filled_in(document)
    )


def is_filled_in(document: DocumentReport) -> bool:
    """Whether what was taken for a blank form was filled in: a day in it, with somebody who looked or two rows that tell of
    something.
    """
    if document.kind != "blank_form" and (document.kind != "other" or document.reading != "static"):
        return False
    dated = any(fact.kind == "date" and fact.role in ("evidence", "opened") for fact in document.facts)
    looked = any(fact.kind == "person" and fact.role in ("auditor", "inspector", "auditee") for fact in document.facts)
    told = sum(fact.kind in ("case", "action") and '"problem":' in fact.value for fact in document.facts)
    return dated and (looked or told >= LEAST_TOLD)


def reads_no_piece(document: DocumentReport) -> bool:
    """Whether a paper is of a kind whose figures were read of no piece; the samples of a control chart or study were, whatever it counts as."""
    return document.kind in NO_TESTS and not papers_named(title_of(document)) & {"capability", "msa"}


def measures_pieces(document: DocumentReport) -> bool:
    """Whether pieces were measured in a paper; a control chart among figures of a period is of the process."""
    return any(
        fact.kind == "readings" and not (document.kind == "metrics_record" and '"chart":true' in fact.value)
        for fact in document.facts
    )


LEAST_TOLD = 2
"""Rows that tell of something in a form that was filled in."""


LEAST_SUPPLIERS = 3
"""Suppliers from which a table is a list of them."""


def lists_suppliers(document: DocumentReport) -> bool:
    """Whether a paper is a bare list of suppliers, without a place for what they reached and without a sentence that rules: no
    procedure, whatever it was taken for.
    """
    if any(_rules(passage) for passage in document.passages if passage.mode == "prescription"):
        return False
    return any(
        one["suppliers"] >= LEAST_SUPPLIERS and not one["with_result"] and not one["has_column"] and not one.get("form")
        for one in (json.loads(fact.value) for fact in document.facts if fact.kind == "evaluation")
    )


def _rules(passage: Passage) -> bool:
    """Whether a passage without a table says how anything is to be done; a title, an edition and who signs do not."""
    told = [line for line in passage.text.splitlines() if line.strip() not in passage.heading]
    if any("|" in line for line in told):
        return False
    evaluates = phrases("suppliers_flags", "evaluates")
    return sum(map(len, told)) > LONGEST_EDITION or any(evaluates.search(fold(line)) for line in told)


LONGEST_EDITION = 160
"""Letters with which a list tells of its edition and of those who made it."""


def title_of(document: DocumentReport) -> str:
    """File name, first heading and first words, folded."""
    opening = document.passages[0] if document.passages else None
    heading = " ".join((*opening.heading[:1], opening.text[:OPENING])) if opening else ""
    return fold(f"{_file_name(document)} {heading}")


def _file_name(document: DocumentReport) -> str:
    return document.path.replace("\\", "/").rsplit("/", 1)[-1].replace("_", " ")


def calls_itself(document: DocumentReport, topic: str) -> bool:
    """Whether the title names a topic of ``[titles]`` in ``words.toml``, and no plan, procedure or form of it."""
    return _named_at(document, topic) >= 0


def names_before(document: DocumentReport, topic: str, other: str) -> bool:
    """Whether a paper names a topic of ``[titles]`` before another, or not the other at all: what stands first is what it is."""
    at, later = _named_at(document, topic), _named_at(document, other)
    return at >= 0 and (later < 0 or at < later)


def is_audit(document: DocumentReport) -> bool:
    """Whether a paper calls itself an internal audit: it tells what was found, and cause and check may stand in the reports of the
    single cases.
    """
    return calls_itself(document, "internal_audit")


def calls_itself_plan(document: DocumentReport) -> bool:
    """Whether a paper is a plan by its title: it says what is to be done when, not how."""
    opening = document.passages[0] if document.passages else None
    title = " ".join((*opening.heading[:1], opening.text.split("\n", 1)[0][:OPENING])) if opening else ""
    return phrases("titles", "plan").search(fold(f"{_file_name(document)} {title}")) is not None


def is_filed_as_record(document: DocumentReport) -> bool:
    """Whether the name of the file says report, minutes, log or the like: a procedure may hold the heading of a filled example,
    but nobody files it under that.
    """
    return phrases("titles", "recorded").search(fold(_file_name(document))) is not None and calls_itself(
        document, "recorded"
    )


def is_pure_rule(document: DocumentReport) -> bool:
    """Whether a paper rules and nothing happened in it: the day in its head is that of its edition, whatever its head was taken for."""
    return (
        document.kind in ("manual", "procedure") and document.reading == "static" and not is_filed_as_record(document)
    )


def is_kept_as_record(document: DocumentReport) -> bool:
    """Whether a paper that was taken for rules, or for none of the kinds, is filed as minutes, a report or a log and names the day of
    what it tells.
    """
    if document.kind not in ("procedure", "other") or not is_filed_as_record(document):
        return False
    return any(fact.day and fact.role == "evidence" for fact in document.facts)


def _named_at(document: DocumentReport, topic: str) -> int:
    """Where in its title a paper names a topic, the name of its file first; -1 where it does not, or names a plan of it."""
    title = title_of(document)
    named = phrases("titles", topic).search(title)
    return named.start() if named and phrases("titles", "planned").search(title) is None else -1


def is_record_of(document: DocumentReport, kind: str) -> bool:
    """Whether a document is of a kind of records, by the model's word or by its own title."""
    if kind == "internal_audit_record" and (is_of_other_house(document) or _is_of_meeting(document)):
        return False
    if document.kind == kind:
        return True
    filed = document.kind in ("procedure", "certificate") and is_filed_as_record(
        document
    )  # minutes that the model took for rules
    filed = filed or is_filled_in(document) or is_kept_as_record(document)
    if not filed and (document.kind in RULES_AND_FORMS or document.reading == "static"):
        return False
    at = _named_at(document, KINDS[kind])
    if at < 0 or document.kind not in KINDS:
        return at >= 0
    other = _named_at(document, KINDS[document.kind])
    return other < 0 or at < other  # of two topics the title is of the one named first


def _is_of_meeting(document: DocumentReport) -> bool:
    """Whether a paper calls itself the minutes of a meeting and no audit: what was found on rounds is told there too."""
    return (
        phrases("titles", "meetings").search(title_of(document)) is not None
        and _named_at(document, "internal_audit") < 0
    )


def is_of_other_house(document: DocumentReport) -> bool:
    """Whether a paper calls itself an audit of a supplier, by a customer or by a certification body, and nowhere in its title an internal one."""
    title = title_of(document)
    return phrases("titles", "other_house").search(title) is not None and _sure("internal_audit").search(title) is None


_TOPICS = {
    "internal_audit_record": ("internal_audit",),
    "management_review_record": ("management_review",),
    "corrective_action_record": ("corrective_action",),
    "training_record": ("competence",),
    "calibration_record": ("calibration",),
    "supplier_evaluation_record": ("supplier_control",),
    "traceability_record": ("inspection", "traceability"),
    "metrics_record": ("objectives",),
}
"""The topics of ``[titles]`` that a paper of each kind of records may name."""

_MEETINGS = ("internal_audit_record", "management_review_record")
"""Kinds whose papers speak of all other matters too, so that a model takes them for papers of those."""

_OF_SUPPLIERS = phrases("suppliers_flags", "supplier")


def kind_of(document: DocumentReport) -> str:
    """The kind of a paper as its reader would say it: the model's word, unless the paper calls itself an internal audit or a
    management review and its title names nothing of the model's kind.
    """
    if any(_named_at(document, topic) >= 0 for topic in _TOPICS.get(document.kind, ())):
        return document.kind
    if _OF_SUPPLIERS.search(title_of(document)):
        return document.kind
    named = {
        at: kind
        for kind in _MEETINGS
        if kind != document.kind and is_record_of(document, kind) and (at := _surely_named_at(document, kind)) >= 0
    }
    return named[min(named)] if named else document.kind


def _surely_named_at(document: DocumentReport, kind: str) -> int:
    """Where the title names a kind by words that are said of no other meeting or audit; -1 where it does not."""
    found = _sure(KINDS[kind]).search(title_of(document))
    return found.start() if found else -1


@cache
def _sure(topic: str) -> re.Pattern[str]:
    names = table("words")["titles"]
    return words(tuple(name for name in names[topic] if name not in names["loose"]))
