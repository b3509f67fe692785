"""The words of a paper beside its readings: without the heads of its tables, its limits and what was measured, which are no reaction."""

from collections.abc import Sequence

from evidence.bundle import Item
from evidence.facts.text import fold, late, phrases
from evidence.flags.sheets import is_workbook
from evidence.model import DocumentReport


def said_beside(item: Item, without: frozenset[str] = frozenset(), on_sheet: bool = False) -> str:
    """The words of a paper, folded, without the limits as they are written: what must not be is no reaction to what was. ``without``
    are rows that speak of something else; ``on_sheet`` leaves out the other sheets of a workbook.
    """
    document = item.document
    if on_sheet and is_workbook(document):
        own = tuple(passage for passage in document.passages if passage.part == item.passage.part)
        document = document.model_copy(update={"passages": own})
    text = fold(_told(document, without))
    for spec in {fold(row["spec"]) for row in item.value["rows"]}:
        text = text.replace(spec, " ") if any(char.isalpha() for char in spec) else text
    return _MEASURED.sub(" ", _CHART.sub(" ", text))


def _told(document: DocumentReport, without: frozenset[str] = frozenset()) -> str:
    """The words of a paper that can be seen, without the heads of its tables: a column for rejects is no reaction."""
    kept = []
    for passage in document.passages:
        rows = [] if passage.hidden else passage.text.splitlines()
        for at, row in enumerate(rows):
            if not (
                _is_head(row) and any("|" in below and _has_figure(below) for below in _below_head(rows[at + 1 :]))
            ):
                kept.append("" if row in without else row)
    return " ".join(kept)


def _is_head(row: str) -> bool:
    return row.count("|") >= LEAST_HEADS and not _has_figure(row)


def _has_figure(row: str) -> bool:
    return any(map(str.isdigit, row))


def _below_head(rows: Sequence[str]) -> Sequence[str]:
    """The row below a head; where units stand there, which begin with an empty cell, the one below them too."""
    return rows[:2] if rows and rows[0].lstrip().startswith("|") else rows[:1]


LEAST_HEADS = 2
"""Bars in a row that heads a table: a form of two columns has one."""

_CHART = late(
    r"(?<![^\W_])x(?: ?-? ?(?:bar|tb|avg|rata|ort)|[\u0304\u0305]| ?- ?(?:m?r|s)|\d{1,2})(?![^\W_])|(?<=cl )x(?![^\W_])|x ?(?=chart|control chart|管制|控制图|控制圖|管理図|관리도)|(?<=\d)\s?[x×]\s?(?=\d)"
)
"""The mean of a control chart, the number of a sample or the sign between two lengths: no cross put against a reading."""

_MEASURED = late(
    rf"(?:{phrases('readings_flags', 'spread').pattern})|"
    r"(?<![^\W_])(?:deviations?|sapma\w*|sai lệch|simpangan|penyimpangan|偏差|편차)[ ,(]{0,2}(?:from (?:the )?(?:nominal|true|zero|target|mean|average|reference|master|set)|of nominal|(?:from|to|dari|terhadap|daripada|so với|จาก) (?=[-+]?\d)|in (?=[µμm%])|\+|[µμ]m|um|mm|%)"
)
"""How far a size is off its nominal or a written size, as what was measured: no deviation that somebody permitted."""
