"""Quotes laid out as they stand in the paper: rows of cells as a table, everything else as lines.

A passage keeps the cells of a row apart by `` | ``; nothing is added to the words and nothing left out.
"""

from dataclasses import dataclass

SEPARATOR = " | "
# Columns that still stand readably side by side on a sheet of paper; wider rows stay lines that wrap.
MOST_COLUMNS = 16


@dataclass(frozen=True)
class Block:
    """A piece of a quote: rows of cells, all of one length, or lines of text."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks_of(quote: str) -> tuple[Block, ...]:
    """The quote as blocks in its order: neighbouring rows of cells are one table, neighbouring lines one text."""
    made: list[Block] = []
    for line in quote.splitlines():
        cells = _cells(line)
        if cells:
            rows = (*made[-1].rows, cells) if made and made[-1].rows else (cells,)
            made[-1:] = [Block(rows=rows)] if made and made[-1].rows else [*made[-1:], Block(rows=rows)]
        elif made and not made[-1].rows:
            made[-1] = Block(f"{made[-1].text}\n{line}")
        else:
            made.append(Block(line))
    return tuple(_even(block) for block in made)


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row; none where the line is no row, or one too wide to stand as a table."""
    if SEPARATOR not in line:
        return ()
    inner = line.removeprefix("| ")
    cells = ("", *inner.split(SEPARATOR)) if inner != line else tuple(line.split(SEPARATOR))
    return tuple(cell.strip() for cell in cells) if len(cells) <= MOST_COLUMNS else ()


def _even(block: Block) -> Block:
    """A table whose rows all have as many cells as its longest: passages leave out the empty cells at the end."""
    most = max((len(row) for row in block.rows), default=0)
    return Block(block.text, tuple((*row, *[""] * (most - len(row))) for row in block.rows))
