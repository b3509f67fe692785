"""Sentences that say that all of several things are closed, beside a list of the same paper in which one is open."""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.columns import state_of
from evidence.facts.text import any_of, fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import TableRow, ToldTable, sentences, tables_of
from evidence.flags.trends import AHEAD, CLAUSES, NOT
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_ROWS = 2
"""Rows of a list of which a sentence says something of all."""

LONGEST_STATE, LONGEST_CLAIM = 30, 240
"""Letters of a cell that tells a state alone, and of a sentence over all."""

_CLOSED, _ITEMS = phrases("states_denied", "closed"), phrases("states_denied", "items")
_ALL, _OTHERS, _EXCEPT = (phrases("said_met", name) for name in ("all", "others", "except"))
_LEFT = any_of(("audits_flags", "left_open"), ("audits_flags", "lies_open"))
_EARLIER = any_of(("denied_lists", "earlier"), ("denied", "part"), ("told_spans", "year_before"))
_STATE = phrases("audits_flags", "state_columns")
_YEAR = re.compile(r"(?<!\d)(?:20[0-4]\d|25[5-9]\d)(?!\d)")
_COUNTED = late(rf"(?:{_ALL.pattern})\s?(?:the )?(\d{{1,3}})(?![\d./%-]|\s?[年월月])")
"""How many they are said to be: ``all 5 findings``."""

Told = tuple[Passage, str, str]


def states_denied(bundle: Bundle) -> Iterator[Finding]:
    """The first open row of each paper that a sentence over all calls closed."""
    for document in bundle.read:
        if is_example(document) or document.kind in (*RULES_AND_FORMS, "manual", "certificate"):
            continue
        told = [(passage, text, fold(text)) for passage, text in sentences(document)]
        claims = [one for one in told if _claims(one[2])]
        if claims and (found := _against(document, claims, told)):
            (passage, text, _), row, state = found
            what = f"'{row.cells[0][:40]}' is '{state}', and all are said to be closed"
            yield Finding(
                {"name": name_of(document.path), "what": what},
                (cite(document, row.passage, row.line), cite(document, passage, text)),
            )


def _claims(folded: str) -> bool:
    """Whether a sentence says of all findings or actions that they are closed, and of none of an earlier time."""
    if len(folded) > LONGEST_CLAIM or not _ALL.search(folded) or not _CLOSED.search(folded):
        return False
    if any(words.search(folded) for words in (_EXCEPT, _OTHERS, _EARLIER, _LEFT)):
        return False
    return any(
        _ALL.search(clause)
        and _CLOSED.search(clause)
        and _ITEMS.search(clause)
        and not NOT.search(_ITEMS.sub(" ", clause))
        and not AHEAD.search(clause)
        for clause in CLAUSES.split(folded)
    )


def _against(
    document: DocumentReport, claims: Sequence[Told], told: Sequence[Told]
) -> tuple[Told, TableRow, str] | None:
    """The open row of the one list with states that stands in the part of a claim."""
    tables = [(table, at) for table in tables_of(document) for at in [_state_column(table)] if at]
    for claim in claims:
        own = [one for one in tables if one[0].rows[0].passage.part == claim[0].part] or tables
        if len(own) != 1 or not _is_of(claim[2], own[0][0]):
            continue
        table, at = own[0]
        states = [(row, row.cells[at]) for row in table.rows if at < len(row.cells) and row.cells[at]]
        left = [one for one in states if state_of(one[1]) == "open"]
        closed = any(state_of(state) == "done" for _, state in states)
        if closed and left and not _is_told(left, claim, told):
            return claim, *left[0]
    return None


def _state_column(table: ToldTable) -> int:
    """The column that holds the state of each row and nothing else; 0 for none."""
    found = [
        at
        for at, head in enumerate(table.head)
        if at
        and _STATE.fullmatch(head)
        and all(len(row.cells[at]) <= LONGEST_STATE for row in table.rows if at < len(row.cells))
        and sum(state_of(row.cells[at]) is not None for row in table.rows if at < len(row.cells)) == len(table.rows)
    ]
    return found[0] if len(found) == 1 and len(table.rows) >= LEAST_ROWS else 0


def _is_of(claim: str, table: ToldTable) -> bool:
    """Whether a claim can be of a list: its number is that of the rows, its year one that they name."""
    rows = " ".join((*table.above[-1:], *(row.line for row in table.rows)))
    counted = _COUNTED.search(claim)
    years = set(_YEAR.findall(claim))
    if counted and int(counted[1]) != len(table.rows):
        return False
    return not years or not _YEAR.search(rows) or bool(years & set(_YEAR.findall(rows)))


def _is_told(left: Sequence[tuple[TableRow, str]], claim: Told, told: Sequence[Told]) -> bool:
    """Whether another sentence says that something is open."""
    lines = {row.line for row, _ in left}
    return any(text != claim[1] and text not in lines and _LEFT.search(folded) for _, text, folded in told)
