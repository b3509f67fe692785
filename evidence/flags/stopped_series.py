"""Series that stop while what stands beside them goes on, and notes that say why one does."""

import re
from collections.abc import Sequence
from datetime import date

from evidence.bundle import Item
from evidence.facts.row_numbers import unnumbered_lines
from evidence.facts.sheet_periods import is_month
from evidence.facts.text import fold, phrases
from evidence.flags.trends import SENTENCES
from evidence.model import DocumentReport

Ends = Sequence[tuple[Item, date]]
"""Series with the last day of each."""


def stopped_beside(ends: Ends, item: Item, months: int) -> bool:
    """Whether the rows beside a series begin with the same months and go on for some more, and no other paper carries it on."""
    periods = item.value.get("periods", [])
    beside = [other for other, _ in ends if other.document.path == item.document.path and other.fact != item.fact]
    longer = [
        other
        for other in beside
        if other.passage.part == item.passage.part
        and other.value.get("label") != item.value.get("label")
        and other.value.get("periods", [])[: len(periods)] == periods
        and len(other.value["periods"]) >= len(periods) + months
    ]
    names_beside = {other.value.get("label") for other in beside} - {item.value.get("label")}
    elsewhere = any(
        other.document.path != item.document.path
        and other.fact.role == item.fact.role
        and other.value.get("label") not in names_beside  # a deck that shows the line beside carries that one on
        and other.value.get("periods", [])[-1:] > periods[-1:]
        for other, _ in ends
    )
    goes_on = len(longer) >= LEAST_BESIDE or _rows_go_on(item) >= months or stopped_in_deck(ends, item, months)
    return goes_on and not elsewhere


def _rows_go_on(item: Item) -> int:
    """Months further down the sheet that have figures in two other columns at least and none under the head of the series."""
    lines = _lines_beside(item)
    label = str(item.value.get("label", ""))
    at = next((number for number, cells in enumerate(lines) if label in cells[1:]), len(lines))
    rows = [cells for cells in lines[at + 1 :] if is_month(cells[0])]
    if not rows:
        return 0
    column = lines[at].index(label)
    filled = [column < len(cells) and any(char.isdigit() for char in cells[column]) for cells in rows]
    last = max((number for number, there in enumerate(filled) if there), default=len(rows))
    return sum(
        sum(any(char.isdigit() for char in cell) for cell in cells[1:]) >= LEAST_BESIDE for cells in rows[last + 1 :]
    )


def _lines_beside(item: Item) -> list[list[str]]:
    """The cells of the lines of the sheet in which a series stands."""
    return unnumbered_lines(
        [
            [cell.strip() for cell in line.split("|")]
            for passage in item.document.passages
            if passage.part == item.passage.part
            for line in passage.text.splitlines()
        ]
    )


LEAST_BESIDE = 2
"""Rows that go on beside one that stops."""


MOST_COUNTED = 9
"""What happens now and then; where no zero is written, an empty cell is one."""


def stopped_in_deck(ends: Ends, item: Item, months: int) -> bool:
    """Whether a deck shows a series beside another one that begins with the same months and goes on for some more."""
    return any(_runs_on_in_deck(item, other, months) for other, _ in ends)


def _runs_on_in_deck(item: Item, other: Item, months: int) -> bool:
    """Whether a deck shows another series of the same months on a page of its own that goes on for some more."""
    periods, longer = item.value.get("periods", []), other.value.get("periods", [])
    return (
        item.document.path == other.document.path
        and item.document.path.lower().endswith((".pptx", ".ppt", ".odp"))
        and item.passage.part != other.passage.part
        and longer[: len(periods)] == periods
        and len(longer) >= len(periods) + months
    )


def tells_why(item: Item) -> bool:
    """Whether a sentence of the sheet says of what a series counts that it ended or is counted elsewhere: the line was shut in April."""
    return says_why(item.document, item.passage.part, str(item.value.get("label", "")))


def says_why(document: DocumentReport, part: int, label: str) -> bool:
    """Whether a sentence of a part of a paper says of what is called so that it ended or is counted elsewhere."""
    named = _words(label)
    for passage in document.passages:
        if passage.part != part or passage.hidden:
            continue
        for said in SENTENCES.split(passage.text):
            if ENDED.search(fold(said)) and named & _words(said) and sum(map(str.isalpha, said)) >= LEAST_SAID:
                return True
    return False


ENDED = phrases("series_lines", "ended")

LEAST_SAID = 8
"""Letters of a line that says something, in whatever script."""


def _words(text: str) -> set[str]:
    """Words of a text by which another one is of the same; of a script without blanks each two signs."""
    folded = fold(text)
    found = {word for word in re.findall(r"[^\W\d_]{4,}", folded) if word < "\u0e00"}
    for run in re.findall(r"[\u0e00-\uffff]{2,}", folded):
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    return found


def goes_on(ends: Ends, item: Item, end: date) -> bool:
    """Whether another series of the same paper tells all of this one and goes on: a chart that shows some months of its table."""
    told = set(zip(item.value["periods"], item.value["values"], strict=True))
    return any(
        until > end
        and other.document is item.document
        and other.fact.role == item.fact.role
        and told <= set(zip(other.value["periods"], other.value["values"], strict=True))
        for other, until in ends
    )
