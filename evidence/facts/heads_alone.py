"""A row of heads that a blank row parts from its table, put together with it."""

from collections.abc import Iterator, Sequence

from extractors.document import Block

MAX_WIDTH = 200
"""Columns of a table that are looked at."""

MAX_HEAD = 80
"""Longest head of a column: two languages and a unit; what is longer is a sentence."""


def joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with a table that a blank row parts from its heads put together with them."""
    heads: Block | None = None
    for block in blocks:
        if heads is not None:
            together = _below(heads, block)
            yield together or heads
            heads = None
            if together:
                continue
        if _is_row_of_heads(block):
            heads = block
            continue
        yield block
    if heads is not None:
        yield heads


def _is_row_of_heads(block: Block) -> bool:
    """Whether a table is one row of words alone, each place of it filled: heads below which a blank row was left."""
    table = block.table
    if table is None or table.rows != 1 or not LEAST_HEADS <= table.columns <= MAX_WIDTH:
        return False
    texts = [cell.text.strip() for cell in table.cells]
    return len(texts) == table.columns and all(
        text and len(text) <= MAX_HEAD and not any(map(str.isdigit, text)) for text in texts
    )


def _below(heads: Block, block: Block) -> Block | None:
    """A table with the row of heads that stands right above it as its own; None where the table has other columns or heads itself."""
    table = block.table
    if heads.table is None or table is None or block.part != heads.part or table.columns != heads.table.columns:
        return None
    first = [cell.text for cell in table.cells if cell.row == 1]
    if sum(any(map(str.isdigit, text)) for text in first) < LEAST_VALUES:
        return None
    below = tuple(cell.model_copy(update={"row": cell.row + 1}) for cell in table.cells)
    whole = table.model_copy(
        update={"cells": (*heads.table.cells, *below), "rows": table.rows + 1, "header_rows": 1, "title": None}
    )
    return block.model_copy(update={"table": whole, "text": f"{heads.text}\n{block.text}"})


LEAST_HEADS = 4
"""Cells of a row of words that heads a table: fewer are fields beside each other."""

LEAST_VALUES = 2
"""Cells with figures in the first row below heads: that row heads nothing."""
