"""Sentences that deny for all what a row of the same paper tells of one: ``no leakage on any of the valves`` below ``14 drops/min``, ``no
nonconformities were identified`` below two that are graded.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.told_tables import TableRow, ToldTable, sentences, tables_of
from evidence.flags.trends import AHEAD, NOT
from evidence.model import DocumentReport, Passage
from evidence.titles import records_nothing

LEAST_NIL = 3
"""Cells of a column that say none, from which it is one of faults that are seldom there; as many times the others must they be."""

LONGEST_CELL = 40
"""Letters of a cell that says whether something was there."""

_NIL, _NIL_WHOLE, _NONE, _CLASSES, _FOUND = (
    phrases("audits_flags", name) for name in ("zero", "none_whole", "none_before", "classes", "found")
)
_ALL, _OTHERS, _EXCEPT = (phrases("said_met", name) for name in ("all", "others", "except"))
_REACTION = phrases("readings_flags", "reaction")
_WORD = re.compile(r"[^\W\d_]{4,}|[\u0e00-\u9fff\uac00-\ud7a3]{2,}")
_DENIES = late(
    rf"(?:{_NONE.pattern})|(?<![^\W_])(?:no|nil|zero|none|without|not any|không|tidak|yok|nihil)(?![^\W_])|无|無|없|ไม่"
)


def denied_faults(bundle: Bundle) -> Iterator[Finding]:
    """The first sentence of each paper that denies for all what one of its rows tells."""
    for document in bundle.read:
        if is_example(document) or records_nothing(document):
            continue
        told = [(passage, sentence, fold(sentence)) for passage, sentence in sentences(document)]
        denials = [
            one for one in told if _DENIES.search(one[2]) and not _EXCEPT.search(one[2]) and not _OTHERS.search(one[2])
        ]
        found = (denials and (_graded(document, denials) or _by_column(document, told, denials))) or _passed(
            document, told
        )
        if found:
            row, what, passage, sentence = found
            yield Finding(
                {"name": name_of(document.path), "what": what},
                (cite(document, row.passage, row.line), cite(document, passage, sentence)),
            )


Told = tuple[Passage, str, str]


def _by_column(
    document: DocumentReport, told: Sequence[Told], denials: Sequence[Told]
) -> tuple[TableRow, str, Passage, str] | None:
    """A column that says none in nearly all rows and something in one, and a sentence that says none by the name of the column."""
    for table in tables_of(document):
        for at, head in enumerate(table.head):
            odd = _odd(table, at) if at and head else None
            if odd is None or _REACTION.search(" | ".join(odd.cells[at + 1 :])) or _answered(told, odd):
                continue
            words = set(_WORD.findall(head))
            for passage, sentence, folded in denials:
                named = any(word in folded for word in words) or (len(head) > LEAST_HEAD and head in folded)
                if named and _ALL.search(folded):
                    return (
                        odd,
                        f"'{head}' of '{odd.cells[0]}' is '{odd.cells[at]}', and there is said to be none",
                        passage,
                        sentence,
                    )
    return None


def _odd(table: ToldTable, at: int) -> TableRow | None:
    """The one row that says something in a column that says none in all others."""
    rows = [row for row in table.rows if len(row.cells) == len(table.head) and row.cells[at]]
    odd = [row for row in rows if not _is_nil(row.cells[at])]
    if len(odd) != 1 or len(rows) - 1 < LEAST_NIL or len(odd[0].cells[at]) > LONGEST_CELL:
        return None
    return odd[0]


def _is_nil(cell: str) -> bool:
    bare = cell.strip(" .()-–—/")
    return (
        not bare
        or bare in ("0", "ok", "0.0", "✓", "√")
        or any(words.fullmatch(bare) is not None for words in (_NIL, _NIL_WHOLE, _DENIES))
    )


def _answered(told: Sequence[Told], row: TableRow) -> bool:
    """Whether a sentence names the row again or says what was done with what was bad."""
    return any(
        (len(row.cells[0]) > LEAST_NAME and row.cells[0] in folded) or _REACTION.search(folded) for _, _, folded in told
    )


def _passed(document: DocumentReport, told: Sequence[Told]) -> tuple[TableRow, str, Passage, str] | None:
    """A row of a test that did not pass, of which no row and no sentence says more, and a sentence that all did."""
    if document.kind not in _TESTS:
        return None
    if any(_REACTION.search(folded) or _ANSWERED.search(folded) or _EXCEPT.search(folded) for _, _, folded in told):
        return None
    said = next(
        (
            (passage, sentence)
            for passage, sentence, folded in told
            if _ALL.search(folded) and _JUDGED.search(folded) and not (_OTHERS.search(folded) or NOT.search(folded) or AHEAD.search(folded))
        ),
        None,
    )  # fmt: skip
    rows = [row for table in tables_of(document, _heads) for row in table.rows] if said else []
    bad = [row for row in rows if any(_BAD.fullmatch(cell.strip(" .()")) for cell in row.cells[1:])]
    if said is None or len(bad) != 1 or len(rows) < LEAST_NIL:
        return None
    row = bad[0]
    at = next(n for n, cell in enumerate(row.cells) if n and _BAD.fullmatch(cell.strip(" .()")))
    again = sum(other.cells[0] == row.cells[0] for other in rows) > 1 and not row.cells[0].isdigit()
    if again or any(sum(map(str.isalpha, cell)) > LEAST_REMARK for cell in row.cells[at + 1 :]):
        return None
    return row, f"'{row.cells[0]}' is '{row.cells[at]}', and all are said to have passed", *said


def _heads(cells: list[str]) -> bool:
    """Whether a row of words heads a table: one that bears a verdict is a row of it."""
    return not any(_BAD.fullmatch(cell.strip(" .()")) or is_verdict(cell) for cell in cells)


LEAST_REMARK = 5
"""Letters behind a verdict that say what was done."""

_TESTS = ("traceability_record", "training_record", "calibration_record", "supplier_evaluation_record", "other")
_BAD, _ANSWERED = phrases("denied", "bad_verdict"), phrases("accepted_counts", "reacted")
_JUDGED = phrases("readings_flags", "judged")

LEAST_NAME, LEAST_HEAD = 2, 4


def _graded(document: DocumentReport, denials: Sequence[Told]) -> tuple[TableRow, str, Passage, str] | None:
    """A row of a report of an audit whose last cell is the class of a nonconformity, and a sentence that none was found in the whole."""
    if document.kind != "internal_audit_record":
        return None
    whole = [
        one
        for one in denials
        if says_no_finding(one[1]) and _OVER_ALL.search(one[2]) and not _PART.search(one[2])
    ]  # fmt: skip
    rows = [
        row for table in tables_of(document) for row in table.rows if any(_is_class(cell) for cell in row.cells[1:])
    ]
    if not whole or not rows:
        return None
    passage, sentence, _ = whole[0]
    said = next(cell for cell in rows[0].cells[1:] if _is_class(cell))
    return rows[0], f"'{said}' stands in a row, and none is said to have been found", passage, sentence


_OVER_ALL = late(rf"{_ALL.pattern}|{phrases('denied', 'over_all').pattern}")
_PART = late(rf"{_CLASSES.pattern}|{phrases('denied', 'part').pattern}")


def _is_class(cell: str) -> bool:
    match = _CLASSES.search(cell) or _FOUND.search(cell)
    return (
        match is not None
        and len(cell) <= LONGEST_CELL
        and not _DENIES.search(cell)
        and _CLASS_CELL.fullmatch(cell) is not None
    )


_CLASS_CELL = late(
    rf"(?:1 ?(?:x )?)?(?:(?:{_CLASSES.pattern}|{_FOUND.pattern}|{phrases('denied', 'class_words').pattern})[ .:-]{{0,2}}){{1,3}}"
)
