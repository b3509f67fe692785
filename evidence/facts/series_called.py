"""How a person calls a line of figures: the name in its own column, not the target beside it; a bare sign by what stands over it."""

from collections.abc import Sequence

from evidence.facts.grids import GridCell
from evidence.facts.indicators import says
from evidence.facts.numbers import amount

ABOVE = 3
"""Parts of a context that stand over its table: title, the line before it, heading."""

LONGEST = 80
"""Letters of a line over a table that names what it counts: a longer one is a paragraph."""

LEAST_LETTERS = 3
"""Letters of a name: fewer are a sign or a unit."""


def called(
    label: str, anchor: GridCell, heads: Sequence[str], rows: Sequence[tuple[GridCell, ...]], first: int, context: str
) -> str:
    """The name of a line for its readers where that is not its label; empty where it is.

    ``first`` is the column of the first period: what stands before it names the line, unless its head says that it is a target.
    """
    row = next((row for row in rows if any(cell is anchor for cell in row)), ())
    before = [
        cell.text
        for index, cell in enumerate(row[:first])
        if cell.text and amount(cell.text) is None and not (index < len(heads) and says(heads[index], "target"))
    ]
    name = " ".join(before) if _letters("".join(before)) >= LEAST_LETTERS else label
    if _letters(name) < LEAST_LETTERS:
        over = (part.strip().rstrip(":：") for part in context.split("\n")[:ABOVE])
        name = next((part for part in over if _letters(part) >= LEAST_LETTERS and len(part) <= LONGEST), label)
    name = " ".join(name.split())[:LONGEST]
    return "" if name == " ".join(label.split())[:LONGEST] else name


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
