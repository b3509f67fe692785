"""The flag on records that were changed after they were signed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evidence.bundle import Bundle, as_day, cite, cite_fact, is_example
from evidence.facts.text import late, phrases
from evidence.flags.altered_figures import altered, tells_of_order
from evidence.flags.copies import is_of_work
from evidence.flags.dated_lines import Changed, dated_lines, tells_of_pieces
from evidence.flags.late_editions import unsigned_edition
from evidence.flags.late_marks import late_mark
from evidence.flags.later_notes import later_note
from evidence.flags.paper_changes import remade
from evidence.flags.read_again import read_again
from evidence.flags.registry import Finding, line_at, name_of, rule
from evidence.flags.signatures import AFTER, BEFORE, is_signed, signatures, signed_on
from evidence.flags.sittings import is_office
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport
from evidence.titles import is_record_of, title_of


@rule("changed_after_signature")
def changed_after_signature(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """An office file of a signed record that was saved long after the signature, by whomever, and a certificate whose digital signature
    no longer fits the file.

    PDF prints and scans are not meant.
    """
    for document, fields in bundle.fields():
        signature = fields.get("digital_signature")
        if signature and "broken" in signature.value and (place := cite_fact(bundle, document, signature)):
            words = {"signed": "an earlier day", "modified": "a later one", "how": "as its digital signature shows"}
            yield Finding({"name": name_of(document.path), **words}, (place,))
    for document in bundle.read:
        told = _told(bundle, document)
        if told is not None:
            words = {
                "signed": told.signed.isoformat() if told.signed else "an earlier day",
                "modified": told.changed.isoformat(),
                "how": "as it says itself",
            }
            yield Finding({"name": name_of(document.path), **words}, (told.place,))
        elif is_office(document) and _is_settled(bundle, document):
            yield from _saved_later(bundle, document, data["days"])


def _told(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """What a paper says itself of a change behind its signatures."""
    of_work = is_of_work(bundle, document)
    return (
        (altered(bundle, document) if _can_be_altered(bundle, document) else None)
        or (altered(bundle, document, below=True) if _is_report_of_case(document) else None)
        or (late_mark(bundle, document) if of_work else None)
        or unsigned_edition(bundle, document)
        or later_note(bundle, document)
        or (remade(bundle, document) if of_work or document.kind in SIGNED_RULES else None)
        or (_told_amended(bundle, document) if of_work and not is_office(document) else None)
        or (_amended(bundle, document) if is_office(document) and _is_settled(bundle, document) else None)
    )


def _is_settled(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a record is finished with its signatures: registers and running sheets are written on after each."""
    return is_of_work(bundle, document) and (document.kind not in WRITTEN_ON or _tells_one_visit(bundle, document))


def _saved_later(bundle: Bundle, document: DocumentReport, days: int) -> Iterator[Finding]:
    """A file that was saved by somebody some days after all that it tells, its signatures among it."""
    created, modified = (as_day(document.metadata.get(name, "")) for name in ("created", "modified"))
    by = document.metadata.get("last_modified_by")
    signed = dict(reversed(signatures(bundle, document)))  # of two on one day the first is cited
    dated = [day for fact in document.facts if fact.kind == "date" and (day := bundle.happened(fact))]
    newest = max((*dated, *signed), default=None)  # a month may be that of a plan
    typed_later = created is not None and newest is not None and created > newest  # and changed by nobody
    if modified and by and signed and newest and not typed_later and (modified - newest).days > days:
        words = {"signed": max(signed).isoformat(), "modified": modified.isoformat(), "how": f"in its file by {by}"}
        yield Finding(
            {"name": name_of(document.path), **words}, (cite_fact(bundle, document, signed[max(signed)], wide=True),)
        )


SIGNED_RULES = ("procedure", "other")
"""Kinds of papers besides records that are signed and may say that a page of them was changed under the signatures."""

WRITTEN_ON = ("metrics_record", "training_record", "supplier_evaluation_record", "calibration_record")
"""Kinds of records that are mostly registers and running sheets."""


def _tells_one_visit(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper of such a kind is a text of one event, closed by its signatures: no row of it is dated, and no day is later."""
    signed = signed_on(bundle, document)
    if not signed or not document.path.lower().endswith((".docx", ".docm", ".doc", ".odt")):
        return False
    dated = {
        (fact.passage, line)
        for fact in document.facts
        if fact.kind == "date"
        and (passage := bundle.passages[document.path].get(fact.passage))
        and "|" in (line := line_at(passage.text, passage.text.find(fact.quote)))
    }
    newest = bundle.document_day(document)
    return len(dated) < LEAST_ROWS and (newest is None or newest <= max(signed))


LEAST_ROWS = 2
"""Lines with a day and cells, from which a paper is a table of days: one holds the fields at its head."""


def _told_amended(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """What a print or scan of a signed record says, with a day, of a correction after it was signed. Papers on corrective actions and
    changes tell of other papers, but in their notes.
    """
    if is_example(document) or not is_signed(bundle, document):
        return None
    if _of_lot(document) and (told := _amended(bundle, document)):
        return told
    of_others = _tells_of_changes(document)
    days = [day for fact in document.facts if fact.role == "evidence" and fact.day and (day := bundle.happened(fact))]
    form = days[0] if len(set(days)) > 1 else date.min  # a form is older than what is written in it
    made = max(signed_on(bundle, document), default=form)
    for line in dated_lines(bundle, document):
        done = {day for quote, day in bundle.days_told(document, line.passage) if quote in line.text}
        later = [day for _, _, day, _ in line.days if day > made and day in done]
        if later and _says_changed(line.folded) and (not of_others or _NOTE.match(line.folded)):
            return Changed(None, later[0], cite(document, line.passage, line.text))
    return None


def _can_be_altered(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper is a record whose figures are settled by its signature: none on a corrective action, whose work goes on, but one
    that asks for a change or a deviation.
    """
    if not is_of_work(bundle, document) or is_example(document):
        return False
    if phrases("papers_flags", "one_decision").search(title_of(document)):
        return True
    return document.kind not in ("metrics_record", "training_record") and not is_record_of(
        document, "corrective_action_record"
    )


def _is_report_of_case(document: DocumentReport) -> bool:
    """Whether a paper is the report of a corrective action, and no register."""
    return is_record_of(document, "corrective_action_record") and not is_example(document) and not document.is_book


def _of_lot(document: DocumentReport) -> bool:
    """Whether a paper tells what was read on a lot."""
    return document.kind == "traceability_record" or (
        any(fact.kind == "readings" for fact in document.facts)
        and any(fact.kind == "identifier" and fact.role in LOT_ROLES for fact in document.facts)
    )


def _tells_of_changes(document: DocumentReport) -> bool:
    """Whether a paper is on a corrective action or on a change, by its kind or its title."""
    return is_record_of(document, "corrective_action_record") or bool(
        phrases("papers_flags", "change_papers").search(title_of(document))
    )


def _says_changed(folded: str) -> bool:
    """Whether a line says that something was changed after it was signed, and not what is to be done where it is."""
    changed = AFTER.search(folded) and _CHANGES.search(folded)
    return changed is not None and not any(said.search(folded) for said in (_NO_CHANGE, _RULED, _RULED_IN_ENDING))


_NOTE = late(rf"\s*(?:[*†‡¹²³⁴⁵※]|\((?:\d|[a-z*])\)|(?:{phrases('papers_flags', 'note').pattern})\s?[:.：])")
"""The beginning of a note on the paper in which it stands."""

_NO_CHANGE, _RULED = (phrases("papers_flags", name) for name in ("no_change", "ruled"))
_RULED_IN_ENDING = re.compile(r"[^\W\d_]{3}(?:malı|meli|mali|[ıiuü]rsa|[ıiuü]rse|lirse)(?:d[ıi]r)?(?![^\W\d_])")
"""Turkish hangs ``must`` and ``if`` on the verb."""

_AMENDED = phrases("papers_flags", "amended")
_CHANGES = late(rf"{_AMENDED.pattern}|{phrases('papers_flags', 'changes').pattern}")


_FIGURE = r"\d{1,9}(?:[.,]\d{1,6})?(?![\d.,]*\d)"
_REPLACED = late(
    rf"(?<![\d.,])(?P<before>{_FIGURE})(?: ?[^\W\d_]{{1,4}})? ?(?:{phrases('papers_flags', 'replaced').pattern}|→|->|=>) ?"
    rf"(?P<after>{_FIGURE})"
)
"""A figure that was put in the place of another: ``7.2 changed to 8.8``."""


def _amended(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """A line of a record that says that it was changed, on a day after all signatures."""
    signed = signed_on(bundle, document)
    last = max(signed, default=date.max)
    for line in dated_lines(bundle, document) if signed else ():
        if BEFORE.search(line.folded) or tells_of_pieces(line.folded):
            continue
        told = _AMENDED.search(line.folded)
        put = _REPLACED.search(line.folded) if _of_lot(document) and not tells_of_order(line.folded) else None
        for at, _, day, _ in line.days:
            if day <= last:
                continue
            near = told is not None and told.end() <= at <= told.end() + NEAR
            if put and _is_reading(put):
                far = NEAR_FIGURE if _is_bare_arrow(put, line.folded) else len(line.folded)
                near = near or abs(at - put.end()) <= far
            if near or _says_changed(line.folded):
                return Changed(last, day, cite(document, line.passage, line.text))
    again = read_again(bundle, document, signed) if _of_lot(document) else None
    return Changed(last if signed else None, *again) if again else None


def _is_reading(put: re.Match[str]) -> bool:
    """Whether of two figures one can stand in the place of the other: of as many decimals, and not many times as large."""
    before, after = put["before"].replace(",", "."), put["after"].replace(",", ".")
    decimals = [len(figure.partition(".")[2]) for figure in (before, after)]
    low, high = sorted((float(before), float(after)))
    return decimals[0] == decimals[1] and high < MOST_TIMES * low


def _is_bare_arrow(put: re.Match[str], folded: str) -> bool:
    """Whether an arrow alone stands between two figures, and no word of the line says that something was changed."""
    return any(arrow in put[0] for arrow in ("→", "->", "=>")) and _CHANGES.search(folded) is None


MOST_TIMES = 3
"""Times by which a figure put in the place of another may exceed it: a furnace that goes from 20 to 850 was not corrected."""

NEAR_FIGURE = 6
"""Letters between the figure put in and the day on which it was: its unit and a comma."""


NEAR = 30
"""Letters between the word for a change and its day."""
