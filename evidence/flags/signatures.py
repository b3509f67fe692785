"""Signatures of papers: days behind a name or the word for signing, and behind the name of who approved."""

import re
from datetime import date

from evidence.bundle import Bundle
from evidence.facts.people import is_name
from evidence.facts.text import fold, phrases
from evidence.flags.registry import line_at
from evidence.model import DocumentReport, Fact

AFTER = phrases("papers_flags", "after_signing")
BEFORE = phrases("papers_flags", "before_signing")

_SIGNATURE = re.compile(r"\s*[^\W\d_][^\d|:;]{2,40},?\s*")


def is_signature(before: str) -> bool:
    """Whether what stands before a day is a name and nothing else."""
    return _SIGNATURE.fullmatch(before) is not None and ends_in_name(before.strip(" ,"))


def signs(document: DocumentReport, fact: Fact) -> bool:
    """Whether a day stands behind a name alone in one of the last lines of a paper, whatever the office before the name: a signature
    without the word for it.
    """
    last = document.passages[-1]
    if fact.kind != "date" or fact.passage != last.id:
        return False
    return any(
        is_signature(named)
        for line in last.text.splitlines()[last is document.passages[0] :]
        if (named := line.strip().removesuffix(fact.quote)) != line.strip()
    )


def ends_in_name(named: str) -> bool:
    """Whether words are a name, or two words of one behind an office: ``Quality Mgr. Ann Lowe``."""
    words = named.split()
    if any(word[:1].islower() for word in words):
        return False
    return is_name(named) or (
        len(words) > LEAST_NAMES
        and is_name(" ".join(words[-LEAST_NAMES:]))
        and all(word[:1].isupper() and len(word) > 1 for word in words[-LEAST_NAMES:])
    )


LEAST_NAMES = 2
"""Words of a name that is told in full."""


def _approves(bundle: Bundle, document: DocumentReport, fact: Fact) -> bool:
    """Whether a day stands right behind the name of who approved a paper."""
    passage = bundle.passages[document.path].get(fact.passage)
    if passage is None or fact.kind != "date":
        return False
    named = [
        other.quote
        for other in bundle.facts_by_passage.get((document.path, fact.passage), ())
        if other.kind == "person" and other.role == "approved"
    ]
    if not named:
        return False
    before = passage.text[: max(passage.text.find(fact.quote), 0)].rstrip(" ,|(")
    return before.endswith(tuple(named))


def signed_on(bundle: Bundle, document: DocumentReport) -> list[date]:
    """The days on which a document was signed or approved."""
    return [day for day, _ in signatures(bundle, document)]


def signatures(bundle: Bundle, document: DocumentReport) -> list[tuple[date, Fact]]:
    """The days on which a document was signed or approved, each with where it says so."""
    return [
        (day, fact)
        for fact in document.facts
        if (fact.role == "signature" or signs(document, fact) or _approves(bundle, document, fact))
        and (day := bundle.happened(fact))
        and not _is_behind_signing(bundle, document, fact)
    ]


def _is_behind_signing(bundle: Bundle, document: DocumentReport, fact: Fact) -> bool:
    """Whether a day is that of what was done after signing, and not of the signature."""
    passage = bundle.passages[document.path].get(fact.passage)
    line = line_at(passage.text, passage.text.find(fact.quote)) if passage else ""
    return AFTER.search(fold(line)) is not None


def is_signed(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper bears a signature or an approval: a day of one, or the field for it with a name in it."""
    return bool(signed_on(bundle, document)) or any(
        fact.kind == "person" and fact.role in ("approved", "checked", "prepared", "inspector")
        for fact in document.facts
    )
