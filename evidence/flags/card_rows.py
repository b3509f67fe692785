"""Rows of registers that are laid out one below the other: each as a form of its own whose labels come again in the next, or turned, with
the heads in the first column and each row as a column.
"""

from collections import Counter
from collections.abc import Sequence

LEAST_CARDS = 3
"""Times a label comes again, from which it is the head of a register."""

MOST_LABELS, LONGEST_LABEL = 25, 60
"""Fields of a card, and letters of a label."""

Field = tuple[str, str]


def field_of(line: str) -> Field | None:
    """The label and the value of a line that holds no more than these; the value may be empty."""
    label, bar, value = line.partition("|")
    label, value = label.strip(), value.strip()
    if not label or (bar and "|" in value) or len(label) > LONGEST_LABEL or any(map(str.isdigit, label)):
        return None
    return label, value


def cards_of(lines: Sequence[str]) -> list[list[tuple[int, Field]]]:
    """The cards of a paper: the fields of each with the places of their lines; none where no labels come again."""
    told = [(at, field) for at, line in enumerate(lines) if (field := field_of(line))]
    valued = Counter(label for _, (label, value) in told if value)
    again = {label for label, times in valued.items() if times >= LEAST_CARDS}
    known = again | {label for label, times in Counter(label for _, (label, _) in told).items() if times >= LEAST_CARDS}
    first = next((label for _, (label, _) in told if label in again), None)
    if first is None or len(known) < len((first, "")):
        return []
    cards: list[list[tuple[int, Field]]] = []
    for at, (label, value) in told:
        if label not in known:
            continue
        if label == first or not cards or any(label == other for _, (other, _) in cards[-1]):
            cards.append([])
        cards[-1].append((at, (label, value)))
    return [card for card in cards if 1 < len(card) <= MOST_LABELS]


def as_rows(cards: Sequence[Sequence[tuple[int, Field]]]) -> tuple[list[str], list[list[str]]]:
    """The cards as rows under their labels."""
    heads = list(dict.fromkeys(label for card in cards for _, (label, _) in card))
    return heads, [[dict(field for _, field in card).get(head, "") for head in heads] for card in cards]


def turned(rows: Sequence[Sequence[str]], at: int) -> list[list[str]]:
    """The columns around a row of a table as rows: from the first to the last neighbour of as many cells that begins with a head. Cells
    that are lacking at the end of a row are empty.
    """
    width = len(rows[at])
    first = last = at
    while first > 0 and _is_of_heads(rows[first - 1], width):
        first -= 1
    while last + 1 < len(rows) and _is_of_heads(rows[last + 1], width):
        last += 1
    return [list(column) for column in zip(*(_wide(row, width) for row in rows[first : last + 1]), strict=True)]


def _is_of_heads(row: Sequence[str], width: int) -> bool:
    return LEAST_CARDS < len(row) <= width and bool(row[0]) and not any(map(str.isdigit, row[0]))


def _wide(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]
