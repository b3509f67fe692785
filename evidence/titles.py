"""What a paper calls itself: in the name of its file, its first heading and its first words.

A model that has seen few papers of a trade may take an audit for a training record. Its title still says what it is, in any of
the languages served; a rule that looks for audits has to look at it.
"""

from evidence.facts.text import fold, phrases
from evidence.model import DocumentReport
from evidence.worked import RULES_AND_FORMS

OPENING = 100
"""Characters of the first passage that can be a title: the body of a paper names other papers."""

KINDS = {
    "internal_audit_record": "internal_audit",
    "management_review_record": "management_review",
    "corrective_action_record": "corrective_action",
}
"""Kinds of records whose titles are looked at, with their words in ``words.toml``."""


def title_of(document: DocumentReport) -> str:
    """File name, first heading and first words, folded."""
    opening = document.passages[0] if document.passages else None
    heading = " ".join((*opening.heading[:1], opening.text[:OPENING])) if opening else ""
    name = document.path.replace("\\", "/").rsplit("/", 1)[-1]
    return fold(f"{name.replace('_', ' ')} {heading}")


def calls_itself(document: DocumentReport, topic: str) -> bool:
    """Whether the title names a topic of ``[titles]`` in ``words.toml``, and no plan, procedure or form of it."""
    title = title_of(document)
    return phrases("titles", topic).search(title) is not None and phrases("titles", "planned").search(title) is None


def is_record_of(document: DocumentReport, kind: str) -> bool:
    """Whether a document is of a kind of records, by the model's word or by its own title."""
    if document.kind == kind:
        return True
    if document.kind in RULES_AND_FORMS or document.kind in KINDS:
        return False
    return document.reading != "static" and calls_itself(document, KINDS[kind])
