"""Lots of one table that come out of another: what a line used and the goods-in book holds, what was shipped and what was inspected.

The tables tell by themselves which of them is the earlier one: the later one has its own number in each row beside that of what went
into it, or each lot they share stands in it on the same day or a later one.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, as_day
from evidence.facts.identifiers import role_of_head
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.lot_columns import LEAST_REGISTER, LotColumn, first_days, lot_columns
from evidence.flags.lot_months import is_numbered_in, month_in, months_made, numbered_months
from evidence.flags.sheets import SHIPPED
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport, Passage
from evidence.numbered_rows import LEAST_SHARED, form_of, turn_of

MOST_TABLES = 200
"""Tables with lots of a bundle that are set beside each other: more are a data dump."""

TIMES_KNOWN = 3
"""Lots that must be known for each one that is not, beyond the first."""

_ASKS = phrases("traceability_flags", "asks")
_PARTLY = phrases("traceability_flags", "some")


@dataclass(frozen=True)
class Unknown:
    """A lot as written, where it stands, and the passage of the table that should know it."""

    code: str
    later: DocumentReport
    passage: Passage
    earlier: DocumentReport
    register: Passage
    used: bool
    """Whether it went into what the later table tells of; else it was handed on."""


def unknown_lots(bundle: Bundle) -> Iterator[Unknown]:
    """Lots of a table that the table before it, which has the others, does not know, and no paper of the bundle but this one."""
    columns = lot_columns(bundle)
    if len(columns) > MOST_TABLES:
        return
    texts = {d.path: [fold(p.text) for p in d.passages] for d in bundle.read}
    for later, earlier in itertools.permutations(columns, 2):
        if later.table == earlier.table or len(earlier.codes) < LEAST_REGISTER:
            continue
        shared = later.codes & earlier.codes
        missing = later.codes - earlier.codes
        if len(shared) < LEAST_SHARED or not missing or is_partial(earlier) or names_old_lots(later.document):
            continue
        missing = {code for code in missing if not has_part(code, earlier.codes)}
        if not missing or len(missing) > max(1, len(shared) // TIMES_KNOWN):
            continue
        used = _is_used(columns, later, earlier)
        if not used and not _comes_later(later, earlier, shared):
            continue
        for code in sorted(missing):
            if _stands_elsewhere(texts, later, code) or not _belongs(later, earlier, shared, code):
                continue
            yield Unknown(code, later.document, later.passage, earlier.document, earlier.passage, used)


CASES = ("corrective_action_record", "internal_audit_record", "management_review_record")
"""Papers that name lots which left long ago."""


def names_old_lots(document: DocumentReport) -> bool:
    """Whether a paper names lots which left long ago: one on cases, or figures of months. What was taken for figures and holds none is a
    register of lots.
    """
    if document.kind == "metrics_record":
        return any(fact.kind == "series" for fact in document.facts)
    return document.kind in CASES


def is_partial(column: LotColumn) -> bool:
    """Whether a table holds some lots only: what was sampled, sorted, blocked or shipped."""
    if _PARTLY.search(column.title) or names_old_lots(column.document):
        return True
    if _WHOLE.search(column.title) and _TESTS.search(column.title):
        return False  # the shipping test of every piece
    return SHIPPED.search(column.title) is not None and not _INSPECTS.search(column.title)


_INSPECTS = phrases("titles", "inspection")
_USED = phrases("traceability_flags", "used_lot")
_WHOLE, _TESTS = (phrases("traceability_flags", name) for name in ("whole", "inspects"))


def has_part(code: str, known: set[str]) -> bool:
    """Whether a known lot is part of a code, or the code part of it: a lot and its second half."""
    return any(one in code or code in one for one in known)


def _is_used(columns: Sequence[LotColumn], later: LotColumn, earlier: LotColumn) -> bool:
    """Whether a column tells what went into what its table tells of: by its head, where the other table has each lot once; or because
    there are lots in another column, with a number of their own in each row, which the earlier table does not know.
    """
    if _USED.search(later.heads[later.index]) and not _USED.search(earlier.heads[earlier.index]):
        return len(earlier.codes) == len(earlier.named)
    for own in columns:
        if own.table != later.table or own.index >= later.index or own.codes & earlier.codes:
            continue
        if role_of_head(own.heads[own.index]) not in LOT_ROLES:
            continue  # the number of a slip
        lines = {one.line for one in own.named}
        used = {one.line for one in later.named}
        if len(own.codes) == len(own.named) == len(lines) and used <= lines:
            return True
    return False


def _comes_later(later: LotColumn, earlier: LotColumn, shared: set[str]) -> bool:
    """Whether each lot of both tables stands in one of them on a day not before that in the other."""
    first, second = first_days(earlier), first_days(later)
    both = [code for code in shared if code in first and code in second]
    steps = [(second[code] - first[code]).days for code in both]
    return len(both) >= LEAST_SHARED and all(step >= 0 for step in steps) and any(steps)


def _stands_elsewhere(texts: Mapping[str, Sequence[str]], later: LotColumn, code: str) -> bool:
    """Whether any line but those of its column names a lot: another paper that knows it, or a note that explains it."""
    lines = Counter(fold(one.line) for one in later.named)
    folded = fold(code)
    for passages in texts.values():
        for text in passages:
            if folded in text and _ASKS.search(text) and "|" not in next(t for t in text.splitlines() if folded in t):
                continue  # a customer who asks for its papers
            if folded in text and any(folded in line and line not in lines for line in text.splitlines()):
                return True
    return False


def _belongs(later: LotColumn, earlier: LotColumn, shared: set[str], code: str) -> bool:
    """Whether a register should hold a lot: it is counted on with lots of it, no older than they, and of a time that it covers; and its
    row is no other sort of goods than those of the lots that are known.
    """
    alike = [turn_of(known) for known in earlier.codes if series_of(known) == series_of(code)]
    if not alike or turn_of(code) < min(alike) or _of_other_sort(later, shared, code):
        return False
    if turn_of(code) < max(alike) and len(alike) >= LEAST_SHARED:
        return True
    day = first_days(later).get(code) or first_evidence_day(later.document)
    return is_of_its_time(earlier, later.document, code, day)


def is_of_its_time(register: LotColumn, later: DocumentReport, code: str, day: date | None) -> bool:
    """Whether a register was kept while a lot came up: by the month that its number tells, by the day that a later paper has for it, or
    by the month in which it was made, as that paper says.
    """
    spans = [*month_spans(register.title), *numbered_months(register.title)]
    if any(is_numbered_in(span, code) for span in spans):
        return True
    covered = first_days(register)
    if day is None or not covered:
        return False
    if min(covered.values()) <= day <= max(covered.values()):
        return True
    if any(span.first <= day.month <= span.last and span.year in (None, day.year) for span in spans):
        return True
    said = months_made([passage.text for passage in later.shown], code)
    return bool(said) and any(month_in(span, said) for span in spans)


def first_evidence_day(document: DocumentReport) -> date | None:
    """The first day on which something was done by what a paper tells."""
    told = (fact.value for fact in document.facts if fact.kind == "date" and fact.role == "evidence")
    return min((day for value in told if (day := as_day(value))), default=None)


def series_of(code: str) -> tuple[str, str]:
    """What lots that are counted on have in common: their form, and the letters before their figures."""
    letters = re.match(r"[A-Z]*", code)
    return form_of(code), letters[0] if letters else ""


def _of_other_sort(later: LotColumn, shared: set[str], code: str) -> bool:
    """Whether the row of a lot has another word where the rows of all known lots have the same one."""
    rows = {one.code: [cell.strip() for cell in one.line.split("|")] for one in later.named}
    own = rows[code]
    others = [rows[known] for known in shared if len(rows[known]) == len(own)]
    for index, cell in enumerate(own):
        same = {row[index] for row in others}
        if index == later.index or len(same) != 1 or len(others) < LEAST_SHARED:
            continue
        word = same.pop()
        if word != cell and any(map(str.isalpha, word)) and any(map(str.isalpha, cell)):
            return True
    return False
