"""What the child answers, checked before anyone uses it: types, sizes, and numbers that fit to each other."""

from pydantic import ValidationError

from extractors.document import Block, Document, Table
from extractors.policy import ExtractionPolicy

# A spanning table has more places than cells; beyond this a table is a trick to make somebody loop for ever.
TABLE_PLACES = 50_000_000
# Parts, blocks and notes of one document: far above what any reader gives within the other limits.
MOST_ITEMS = 2_000_000
# A reader's own sentences and joints come on top of the text that the policy counts.
SLACK = 3
_PNG = b"\x89PNG\r\n\x1a\n"


class AnswerRefused(Exception):
    """The child said something that no reader of ours says."""


def checked_document(payload: bytes, policy: ExtractionPolicy) -> Document:
    """The document of an answer. Raises AnswerRefused."""
    try:
        document = Document.model_validate_json(payload)
    except (ValidationError, RecursionError) as problem:
        raise AnswerRefused("it is no document") from problem
    if max(len(document.parts), len(document.blocks), len(document.not_read)) > MOST_ITEMS:
        raise AnswerRefused("it has too many parts")
    last = max((part.number for part in document.parts), default=0)
    characters = 0
    for block in document.blocks:
        characters += len(block.text)
        if document.parts and block.part > last:
            raise AnswerRefused("a block stands on a part that is not there")
        _check_block(block)
    if characters > SLACK * policy.text_characters:
        raise AnswerRefused("it holds more text than the set limit")
    return document


def _check_block(block: Block) -> None:
    if block.confidence is not None and not 0 <= block.confidence <= 1:
        raise AnswerRefused("a confidence is no share")
    if block.table is not None:
        _check_table(block.table)


def _check_table(table: Table) -> None:
    if table.rows * table.columns > TABLE_PLACES or table.header_rows > table.rows:
        raise AnswerRefused("a table is larger than its cells")
    for cell in table.cells:
        if cell.row + cell.row_span - 1 > table.rows or cell.column + cell.column_span - 1 > table.columns:
            raise AnswerRefused("a cell lies outside its table")


def checked_picture(payload: bytes, width_px: int) -> bytes:
    """A PNG of no more than the width asked for. Raises AnswerRefused."""
    if payload[:8] != _PNG or payload[12:16] != b"IHDR":
        raise AnswerRefused("it is no picture")
    width, height = int.from_bytes(payload[16:20], "big"), int.from_bytes(payload[20:24], "big")
    # A page is at most some times as high as it is wide; a picture of a roll of paper a hundred times.
    if not 0 < width <= width_px + 1 or not 0 < height <= 100 * (width_px + 1):
        raise AnswerRefused("the picture is not of the size asked for")
    return payload
