"""What a signed paper says of itself: that a page of it was put in the place of another, or that it was written on under the old
signatures.

No figure needs to be told for it: the page that was signed is another than the one that was sent.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import late, phrases
from evidence.flags.dated_lines import Changed, DatedLine, dated_lines, signs_words
from evidence.flags.laboratory_papers import is_letter
from evidence.flags.signatures import signed_on
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS

NEAR = 30
"""Letters between the signatures and the word that they stayed, or a page and the word for what was done to it."""

_SIGNATURES, _STAYED, _PARTS, _REMADE = (
    phrases("papers_flags", name).pattern for name in ("signatures", "stayed", "parts_of_paper", "remade")
)
_KEPT = late(
    rf"(?:{_SIGNATURES})[^\n;。]{{0,{NEAR}}}?(?:{_STAYED})|(?:{_STAYED})[^\n;。.]{{0,{NEAR}}}?(?:{_SIGNATURES})"
)
_CHANGED = late(
    "|".join(
        phrases("papers_flags", name).pattern for name in ("amended", "replaced", "changes", "rewritten", "remade")
    )
)
_PAGE = late(rf"(?:{_PARTS})[^\n;。|]{{0,{NEAR}}}?(?:{_REMADE})|(?:{_REMADE})[^\n;。|.]{{0,{NEAR}}}?(?:{_PARTS})")
_NO_CHANGE, _RULED, _AGAIN, _NO_NEED = (
    phrases("papers_flags", name) for name in ("no_change", "ruled", "signed_again", "no_need")
)


def remade(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """What a paper says of a page put in after it was signed, or of words changed under the old signatures; None where it says nothing."""
    if document.kind == "blank_form" or is_example(document):
        return None
    lines = list(dated_lines(bundle, document))
    signed = [*signed_on(bundle, document), *_signing_days(lines)]
    for line in lines:
        begin = _begin_of_note(line.folded)
        told = line.folded[begin:]
        kept = None if _is_of_layout(document, told) else _KEPT.search(told)
        if not kept and not _is_of_page(document, told):
            continue
        asked = _RULED.search(_NO_NEED.sub(" ", told))
        if asked or _AGAIN.search(told) or (not kept and _NO_CHANGE.search(told)):
            continue
        days = [first for at, _, first, _ in line.days if at >= begin]
        if not days or (kept and not _CHANGED.search(_without(told, kept))):
            continue
        last = max((day for day in signed if day not in days), default=None)
        changed = max(days) if is_letter(document) else min(days)
        if (kept and (last is None or changed >= last)) or (last is not None and changed > last):
            return Changed(last, changed, cite(document, line.passage, line.text.strip()))
    return None


def _is_of_page(document: DocumentReport, told: str) -> bool:
    """Whether a line says of a page of its own record that it was put in or taken out: it begins with the page, or is a note. Rules have
    editions, and actions on cases and findings change the pages of other papers: there a note alone tells of its own.
    """
    if document.kind in RULES_AND_FORMS or document.kind == "other" or not _PAGE.search(told):
        return False
    if _MARKED.match(told) is not None:
        return True
    begins = _PAGE.match(told.lstrip(" -•"))
    if begins is None or document.kind in TELL_OF_OTHERS or _CONTENT.search(begins[0]):
        return False  # ``Page 2: filter replaced``: what is told on the page
    return _OBJECT.match(told.lstrip(" -•")[begins.end() :]) is None


_CONTENT = late(r"[:：]|\.\s|(?:쪽|페이지|장)\s[^\W\d_]{1,6}\s?(?:교체|삭제)")
"""Between a page and what was done: the page is where it is told, or something else was exchanged."""
_OBJECT = late(rf"\s?[\u4e00-\u9fff]{{2,}}(?<![页頁])\s*\d|\s(?:{phrases('papers_flags', 'machine_parts').pattern})")
"""Behind it: what was exchanged."""


def _is_of_layout(document: DocumentReport, told: str) -> bool:
    """Whether a line tells of the places for signatures of a form, or is a row of the editions of rules."""
    if _BOXES.search(told):
        return _FORM.search(told) is not None or document.kind in RULES_AND_FORMS
    return document.kind in RULES_AND_FORMS and _EDITION.match(told) is not None


_BOXES, _FORM = (phrases("papers_flags", name) for name in ("signature_places", "of_form"))
_EDITION = re.compile(r"\s*(?:rev(?:ision|izyon)?\.?|ed\.?|v|lần|ver\.?)?\s?\d{1,2}(?:\.\d)?\s?\|")

TELL_OF_OTHERS = ("corrective_action_record", "internal_audit_record", "management_review_record")
"""Kinds of records that tell what was done to other papers."""


def _without(told: str, kept: re.Match[str]) -> str:
    return told[: kept.start()] + " " + told[kept.end() :]


def _begin_of_note(folded: str) -> int:
    """Where the note begins with which a line ends, behind signatures in the same line; else where the line does."""
    return max((match.start() for match in _NOTE.finditer(folded)), default=0)


_MARKED = re.compile(r"\s*[(（\[【*†‡※]")
_NOTE = late(rf"(?:{phrases('papers_flags', 'note').pattern})\s?[:：]")


def _signing_days(lines: Sequence[DatedLine]) -> Iterator[date]:
    """The days in lines that name who signed, or below a line of such heads; a note behind them tells what was done later."""
    headed = False
    for line in lines:
        before = line.folded[: _begin_of_note(line.folded)] or line.folded
        if (signs_words().search(before) or headed) and not (_KEPT.search(before) or _PAGE.search(before)):
            yield from (first for _, end, first, _ in line.days if end <= len(before))
        headed = len(signs_words().findall(line.folded)) >= LEAST_HEADS and not any(map(str.isdigit, line.folded))


LEAST_HEADS = 2
"""Words of whoever signs in a line without figures that heads the signatures below it."""
