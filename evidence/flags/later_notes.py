"""Notes below the signatures of a record that correct it or add to it on a later day, and that nobody signed.

A note is a line that opens with a word for a correction or an addition and its day. An addition alone may tell what became of a thing: it counts
where it says that something was changed, or gives another figure in a unit of which the signed paper holds one: ``Addendum 24 June: 2,000 pcs``
below a permit for 500 pcs.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import any_of, late, phrases
from evidence.flags.dated_lines import (
    CHANGED,
    NO_CHANGE,
    OF_ORDERS,
    RULED,
    Changed,
    DatedLine,
    dated_lines,
    days_signed,
)
from evidence.flags.signatures import AFTER
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS, is_record_of, title_of

GO_ON = ("corrective_action_record", "internal_audit_record")
"""Kinds of records on which people go on writing by right: what was done about each point."""

_CORRECTS = phrases("papers_flags", "correcting_heads")
_OPENS = late(
    rf"\W{{0,3}}(?:(?:{phrases('papers_flags', 'note').pattern})\s?)?(?:{_CORRECTS.pattern}|{phrases('papers_flags', 'adding_heads').pattern})"
)
_AGAIN = phrases("papers_flags", "signed_again")
_DECIDES = any_of(("papers_flags", "change_papers"), ("papers_flags", "one_decision"))
_ENDS = any_of(("case_forms", "closing"), ("corrective_flags", "none_found"))
"""Words of what became of a thing: it was closed, and nothing was found."""

HEAD = 28
"""Letters between the beginning of a note and its day, and behind its day those of who wrote it."""

_MEASURED = re.compile(r"(?<![\w.,/-])(\d{1,6}(?:[.,]\d{1,3})?)\s?([^\W\d_]{1,8}|%|°c|µm)(?![^\W_])")


def later_note(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """A note of a later day below the signatures of a paper; None where there is none, or it was signed in its turn."""
    if is_example(document) or document.kind in RULES_AND_FORMS:
        return None
    decides = _DECIDES.search(title_of(document)) is not None
    if not decides and any(is_record_of(document, kind) for kind in GO_ON):
        return None
    told = [_with_short_day(bundle, line) for line in dated_lines(bundle, document)]
    at = next((at for at, line in enumerate(told) if at and _is_note(line)), None)
    if at is None:
        return None
    above, note = told[:at], told[at]
    mine = note.days[0][2]
    signed = days_signed(bundle, document, above, {mine})
    signed_below = any(line.signs for line in told[at + 1 :])
    if not signed or signed_below or max(signed) >= mine or not _is_change(note, above, decides):
        return None
    return Changed(max(signed), mine, cite(document, note.passage, note.text.strip()))


def _with_short_day(bundle: Bundle, line: DatedLine) -> DatedLine:
    """A line that opens as a note with the day in its head that only there is no figure: ``Ek not (15.06 Kaya):``. It is of this year."""
    opened = _OPENS.match(line.folded) if not line.days and "|" not in line.text else None
    told = _POINTED.match(line.text, opened.end()) if opened else None
    if told is None:
        return line
    for number, month in ((told[1], told[2]), (told[2], told[1])):
        with suppress(ValueError):
            day = date(bundle.today.year, int(month), int(number))
            return replace(line, days=[(told.start(1), told.end(2), day, day)])
    return line


_POINTED = re.compile(r"\s?[(（:：-]?\s?(\d{1,2})[./](\d{1,2})\b(?!\s?[%°a-zµ])")


def _is_note(line: DatedLine) -> bool:
    """Whether a line opens with a word for a correction or an addition, and its day."""
    opened = _OPENS.match(line.folded) if line.days and "|" not in line.text else None
    return opened is not None and line.days[0][0] - opened.end() <= HEAD


def _is_change(note: DatedLine, above: Sequence[DatedLine], decides: bool) -> bool:
    """Whether a note changes what was signed, and does not say that it was signed anew, or what became of it."""
    said = note.undated[note.days[0][1] :]
    if _AGAIN.search(said) and AFTER.search(said) is None:
        return False
    if any(words.search(said) for words in (NO_CHANGE, RULED, _ENDS)) or (OF_ORDERS.search(said) and not decides):
        return False
    corrects = _CORRECTS.search(note.undated, 0, note.days[0][0]) is not None
    return corrects or CHANGED.search(said) is not None or _gives_other_figure(said, above)


def _gives_other_figure(said: str, above: Sequence[DatedLine]) -> bool:
    """Whether a note gives a figure that the paper above it does not hold, in a unit of which it holds another."""
    known: dict[str, set[str]] = defaultdict(set)
    for line in above:
        for figure, unit in _MEASURED.findall(line.undated):
            known[unit].add(figure)
    return any(unit in known and figure not in known[unit] for figure, unit in _MEASURED.findall(said))
