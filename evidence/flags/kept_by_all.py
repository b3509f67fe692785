"""Sentences that all that was measured kept its limit, above or below a table of which one row does not.

The limit may stand anywhere: in a column of its own on either side of the figures, in their head, in the title, or in the sentence. That it is
theirs is shown by its name, or by most of the figures keeping it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import any_of, fold, late, phrases
from evidence.facts.told_spans import HALF, month_spans
from evidence.flags.crowded_columns import lone_limits
from evidence.flags.measured_tables import Column, Measured, limited_columns, measured_tables
from evidence.flags.missed_limits import Ends, misses
from evidence.flags.moved_series import period_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.row_verdicts import read_anew_beside
from evidence.flags.told_tables import TableRow, sentences
from evidence.flags.told_ways import shared_letters
from evidence.flags.trends import AHEAD, CLAUSES, NOT, OF_HOW_MANY
from evidence.model import Passage
from evidence.titles import RULES_AND_FORMS

LONGEST_REMARK = 12
"""Letters of a cell in a row beyond its limit from which it may say what was done; of scripts without blanks half."""

LONGEST_CLAIM = 300
"""Letters of a sentence over all."""

SURE_OF_SCAN = 2
"""Figures of a scan beyond their limit: one may be misread."""

_SET, _REACHED, _ALL, _OTHERS, _EXCEPT, _MISSED, _EACH_PERIOD = (
    phrases("said_met", name) for name in ("set", "reached", "all", "others", "except", "missed", "each_period")
)
_JUDGED, _REACTION = (phrases("readings_flags", name) for name in ("judged", "reaction"))
_WITHIN, _EXCEEDS, _THINGS, _FIRST = (phrases("kept_by_all", name) for name in ("within", "exceeds", "things", "first"))
_AGAIN = phrases("accepted_counts", "reacted")
_WITHIN_BOUND = late(
    rf"(?:{phrases('kept_by_all', 'inside').pattern})\s(?:[^\W\d]+\s){{0,2}}?(?:{phrases('kept_by_all', 'bound').pattern}|[±]?\d)"
)
"""The same with the name of what is limited between, or with the limit itself: ``within DHU limit``, ``within DE 1.00``."""

_NONE = any_of(("audits_flags", "none_before"), ("trends", "denied"), ("kept_by_all", "none"))
_BEFORE = phrases("told_spans", "year_before")
_FIGURE = re.compile(r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?(?![.,]?\d)")


@dataclass(frozen=True)
class Claim:
    """A sentence over all, and whether it speaks of aims, which a year may meet and a month miss."""

    passage: Passage
    text: str
    folded: str
    of_aims: bool

    @cached_property
    def of_each_period(self) -> bool:
        """Whether it speaks of every month that is shown."""
        return _EACH_PERIOD.search(self.folded) is not None

    @cached_property
    def months(self) -> frozenset[int]:
        """The months that it names; a half or a quarter may be one of a business year and names none."""
        spans = [span for span in month_spans(self.folded) if not span.quarter and span.last - span.first != HALF - 1]
        return frozenset(month for span in spans for month in range(span.first, span.last + 1))

    @cached_property
    def of_first(self) -> bool:
        """Whether it speaks of what was read first, or says that nothing had to be done again."""
        return _FIRST.search(self.folded) is not None or any(
            _NONE.search(clause) and _AGAIN.search(clause) for clause in CLAUSES.split(self.folded)
        )

    def leaves_out(self, column: Column) -> list[tuple[TableRow, str, Ends]]:
        """The figures of a column that it speaks of and that are beyond their limit. What is said of aims and names no time is meant of
        the last period or of the mean of all, and only figures that lie beyond it as well are surely left out.
        """
        beyond = column.beyond
        if not (column.of_periods and self.of_aims) or self.of_each_period or not beyond:
            return beyond
        if self.months:
            return [one for one in beyond if (period := column.period(one)) and period[1] in self.months]
        return column.last_beyond()


def _is_flat(claim: Claim) -> bool:
    """Whether what was done takes nothing of a sentence back: it says of each period, or of one that it names, that the aims were met, or of
    all that they did so when first looked at.
    """
    return claim.of_first or (claim.of_aims and (claim.of_each_period or bool(claim.months)))


def kept_by_all(bundle: Bundle) -> Iterator[Finding]:
    """The first figure of each paper beyond a limit that all are said to keep."""
    for document in bundle.read:
        if is_example(document) or document.kind in (*RULES_AND_FORMS, "manual", "certificate"):
            continue
        told = [(passage, text, fold(text)) for passage, text in sentences(document)]
        claims = [claim for one in told if not _is_title(*one) and (claim := _claim(*one))]
        if not claims:
            continue
        corrected = document.kind == "corrective_action_record"
        tables = measured_tables(document)
        for claim in claims:
            if found := _against(claim, tables, told, corrected):
                column, (row, value, _) = found
                limit = row.cells[column.limited] if column.limited else column.limit
                what = f"'{column.head[:40]}' of '{row.cells[0][:40]}' is {value} against {limit[:40]}, and all are said to keep it"
                row = column.table.sources.get(column.head, row)
                places = (cite(document, row.passage, row.line), cite(document, claim.passage, claim.text))
                yield Finding({"name": name_of(document.path), "what": what}, places)
                break


def _is_title(passage: Passage, text: str, folded: str) -> bool:
    """Whether a heading names figures and their limit, and says nothing of them: ``First pass yield - all lines (target 97.0 %)``."""
    return text in passage.heading and bool(lone_limits(folded))


def _claim(passage: Passage, text: str, folded: str) -> Claim | None:
    """A sentence that says of all that they keep what is asked, or that none exceeds it."""
    if len(text) > LONGEST_CLAIM or _EXCEPT.search(folded) or _BEFORE.search(folded):
        return None
    if not (_ALL.search(folded) or _NONE.search(folded) or _EACH_PERIOD.search(folded)):
        return None
    if _EACH_PERIOD.search(folded) and any(span.first == span.last for span in month_spans(folded)):
        return None  # every month but one that it names
    for clause in filter(str.strip, CLAUSES.split(folded)):
        if AHEAD.search(_SET.sub(" ", clause)) or _OTHERS.search(clause) or OF_HOW_MANY.search(clause):
            continue
        exceeds = _EXCEEDS.search(clause)
        if exceeds and _NONE.search(clause.replace(exceeds[0], " ")):
            return Claim(passage, text, folded, of_aims=False)
        if exceeds or NOT.search(_WITHIN.sub(" ", clause)) or not (_ALL.search(folded) or _EACH_PERIOD.search(folded)):
            continue
        if _WITHIN.search(clause) or _WITHIN_BOUND.search(clause) or _JUDGED.search(clause):
            return Claim(passage, text, folded, of_aims=False)
        each = _ALL.search(clause) or _EACH_PERIOD.search(clause)
        if _SET.search(clause) and _REACHED.search(clause) and each:
            return Claim(passage, text, folded, of_aims=True)
    return None


def _against(
    claim: Claim, tables: Sequence[Measured], told: Sequence[tuple[Passage, str, str]], corrected: bool
) -> tuple[Column, tuple[TableRow, str, Ends]] | None:
    """The figure that a sentence over all leaves out, in the table that it is of."""
    own = [table for table in tables if table.part == claim.passage.part] or tables
    columns = [column for table in own for column in limited_columns(table, claim.folded)]
    scored = [(shared_letters(f"{column.head} {column.table.title}", claim.folded), column) for column in columns]
    most = max((score for score, _ in scored), default=0)
    named = most > 0 or _THINGS.search(claim.folded) is not None or _SET.search(claim.folded) is not None
    for score, column in scored:
        beyond = claim.leaves_out(column)
        if not beyond or score < most or not (named or _letters(claim.text) <= SHORT_CLAIM):
            continue
        if len(beyond) < SURE_OF_SCAN and beyond[0][0].passage.source == "ocr":
            continue
        if not any(_is_answered(column, one, claim, _behind(told, one[0]) if corrected else told) for one in beyond):
            return column, beyond[0]
    return None


def _behind(told: Sequence[tuple[Passage, str, str]], row: TableRow) -> list[tuple[Passage, str, str]]:
    """What is told behind a row: in a case what was done before it was measured again is no answer to what was measured then."""
    ids = list(dict.fromkeys(passage.id for passage, _, _ in told))
    at = ids.index(row.passage.id) if row.passage.id in ids else None
    if at is None:
        return [one for one in told if one[0].id > row.passage.id]
    place = row.passage.text.find(row.line)
    later = ids[at + 1 :]
    return [
        one for one in told if one[0].id in later or (one[0].id == row.passage.id and one[0].text.find(one[1]) > place)
    ]


SHORT_CLAIM = 60
"""Letters of a sentence over all that names nothing and so is of the table beside it."""


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text)) * (1 if text[:1].isascii() else 2)


def _is_answered(
    column: Column, one: tuple[TableRow, str, Ends], claim: Claim, told: Sequence[tuple[Passage, str, str]]
) -> bool:
    """Whether a row says something of its figure, or a sentence speaks of it or of what lies beyond."""
    row, value, _ = one
    at = row.cells.index(value)
    rows = [other.cells for other in column.table.rows]
    if not _is_flat(claim) and read_anew_beside(row.cells, at, rows, lambda figure: not misses(figure, one[2])):
        return True
    cells = [cell for place, cell in enumerate(row.cells) if place not in (0, at, column.limited)]
    others = [other.cells for other in column.table.rows if other is not row]
    for cell in cells:
        if (_REACTION.search(cell) and not _is_flat(claim)) or _MISSED.search(cell):
            return True
        remarked = (
            not _is_flat(claim)
            and _letters(cell) >= LONGEST_REMARK
            and row.cells.index(cell) > at
            and not _FIGURE.match(cell)
        )
        if remarked and not any(cell in other for other in others):
            return True
    name, flat = row.cells[0], _is_flat(claim)
    figure = _FIGURE.match(value)
    if len(name) >= LEAST_NAME and any(map(str.isdigit, name)) and name in claim.folded and not period_of(name):
        return True  # it speaks of this one by its number
    lines = {other.line for other in column.table.rows}
    for _, text, folded in told:
        if text == claim.text or text in lines:
            continue
        if len(name) >= LEAST_NAME and name in folded and not (flat or period_of(name)):
            return True
        if (
            figure
            and re.search(rf"(?<![\d.,]){re.escape(figure[0])}(?![\d.,]*\d)", folded)
            and any(map(str.isalpha, folded))
        ):
            return True
        for clause in CLAUSES.split(folded):
            words = _EXCEEDS.search(clause) or _MISSED.search(clause) or (not flat and _REACTION.search(clause))
            if words and words[0] in f"{column.head} {column.table.title}":
                continue  # scrap that is counted is none that was a reaction
            if words and not (NOT.search(clause.replace(words[0], " ")) or _NONE.search(clause.replace(words[0], " "))):
                return True
    return False


LEAST_NAME = 3
