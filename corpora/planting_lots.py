"""A lot planted in a table that another paper, which lists the others and more, does not know; or a lot fewer in it, as some are still in stock."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.planting import Planted, drawn_for, exchanged, with_document

UNKNOWN = ("lot_unknown_in_next",)

LEAST_SHARED = 2
"""Lots besides the changed one that both papers know."""

_CODE = re.compile(r"(?=(?:[^\d]*\d){3})[A-Za-z]{0,6}[-/]?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,4}")
_PLAIN = re.compile(r"[\d.,/-]+")
_LOT = re.compile(
    r"(?i)\b(?:lot|batch|heat|charge|parti|serial)\b|lô|mẻ|ล็อต|ล๊อต|批|炉号|爐號|로트|배치|ロット|parti|seri"
)


def lot_unknown(supplier: AuthoredSupplier, *, left_out: bool) -> Iterator[Planted]:
    """For each table whose lots all stand in a table of another paper, which has more of them, one lot that stands nowhere; or one row fewer."""
    tables = {document.id: _lots_of(document) for document in supplier.documents}
    told = " ".join(
        cell for document in supplier.documents for part in document.parts for block in part.blocks for row in block.rows for cell in row.cells
    ) + " ".join(block.text for document in supplier.documents for part in document.parts for block in part.blocks)  # fmt: skip
    for place, later in enumerate(supplier.documents):
        lots = tables[later.id]
        known = max((tables[one.id].keys() for one in supplier.documents if one is not later), key=lambda found: len(found & lots.keys()))  # fmt: skip
        shared = sorted(lots.keys() & known)
        if len(shared) <= LEAST_SHARED or lots.keys() - known or len(known) <= len(lots):
            continue
        drawn = drawn_for(later)
        old = drawn.choice(shared[1:])
        new = "" if left_out else _between(old, sorted(known), told)
        if (not new and not left_out) or told.count(old) > MOST_TOLD:
            continue
        made = later
        for block in (block for part in later.parts for block in part.blocks):
            rows = tuple(
                replace(row, cells=tuple(new if cell.strip() == old else cell for cell in row.cells))
                for row in block.rows
                if not left_out or old not in map(str.strip, row.cells)
            )
            if rows != block.rows:
                made = exchanged(made, block, replace(block, rows=rows))
        yield Planted(with_document(supplier, place, made), f"{later.file}: {old} > {new or '-'}", () if left_out else UNKNOWN)  # fmt: skip


MOST_TOLD = 3
"""Places that name a lot: one that is told of in many is no row like the others."""


def _lots_of(document: AuthoredDocument) -> Mapping[str, int]:
    """The codes in the columns of a paper whose head names a lot, with the number of rows of each."""
    found: dict[str, int] = {}
    for block in (block for part in document.parts for block in part.blocks if block.kind == "table"):
        heads: dict[int, str] = {}
        for row in block.rows:
            if not any(_CODE.fullmatch(cell.strip()) for cell in row.cells):
                heads = {at: cell for at, cell in enumerate(row.cells) if _LOT.search(cell)} or heads
            for at in heads:
                if (
                    at < len(row.cells)
                    and _CODE.fullmatch(code := row.cells[at].strip())
                    and not _PLAIN.fullmatch(code)
                ):
                    found[code] = found.get(code, 0) + 1
    return found


def _between(old: str, known: list[str], told: str) -> str:
    """A code of the form of an old one, between the first and the last that are known, that stands nowhere; nothing where there is none."""
    match = re.fullmatch(r"(.*?)(\d{1,3})(\D*)", old)
    if match is None:
        return ""
    head, figures, tail = match.groups()
    for step in (1, 2, 3, -1, -2, 4):
        made = f"{head}{int(figures) + step:0{len(figures)}d}{tail}"
        if len(made) == len(old) and made not in told and min(known) < made < max(known):
            return made
    return ""
