"""What is ordinary within the files of a bundle: a hidden sheet that a workbook was worked out with, and the day of a conversion."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpora.authored import SHEETS, AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label, Row
from corpora.planting import with_document
from corpora.reshaping import MERGED, regular

MOST_SHEETS, MOST_CONVERTED = 3, 5
"""Workbooks of a bundle that get a hidden sheet, and files that are converted."""


def with_hidden(
    sheet: Callable[[AuthoredBlock], Sequence[Sequence[str]]], name: str
) -> Callable[[AuthoredSupplier], AuthoredSupplier]:
    """A change that gives each workbook a hidden sheet of what its first tables were worked out with."""

    def change(supplier: AuthoredSupplier) -> AuthoredSupplier:
        documents: list[AuthoredDocument] = []
        for document in supplier.documents:
            made = sum(one != was for one, was in zip(documents, supplier.documents, strict=False))
            rows = [
                cells
                for block in document.blocks()
                if regular(block.rows) and block.kind == "table"
                for cells in sheet(block)
            ]
            if (
                made < MOST_SHEETS
                and document.render in SHEETS
                and rows
                and name not in (part.name for part in document.parts)
            ):
                label = Label("other")
                table = AuthoredBlock("table", label, rows=tuple(Row(tuple(cells), label) for cells in _even(rows)))
                document = replace(document, parts=(*document.parts, AuthoredPart(name, True, (table,))))
            documents.append(document)
        return replace(supplier, documents=tuple(documents))

    return change


def _even(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    width = max(map(len, rows))
    yield from ([*cells, *[""] * (width - len(cells))] for cells in rows)


def half_sums(block: AuthoredBlock) -> list[list[str]]:
    """The sums of the first and of the second half of each column of whole numbers."""
    columns = _columns(block)
    return [
        [head, str(sum(values[: len(values) // 2])), str(sum(values[len(values) // 2 :]))]
        for head, cells in columns
        if len(cells) > 3
        and all(re.fullmatch(r"\d{1,6}", cell) for cell in cells)
        and (values := [int(cell) for cell in cells])
    ]


def choices(block: AuthoredBlock) -> list[list[str]]:
    """The words that a column chooses from."""
    return [
        [head, *sorted(set(cells))]
        for head, cells in _columns(block)
        if 1 < len(set(filter(None, cells))) <= len(cells) // 2 and not any(re.search(r"\d", cell) for cell in cells)
    ]


def charted(block: AuthoredBlock) -> list[list[str]]:
    """The figures of a table on their side, as a chart takes them."""
    return [
        [head, *cells] for head, cells in _columns(block) if all(re.fullmatch(r"[\d.,]+ ?%?", cell) for cell in cells)
    ]


def _columns(block: AuthoredBlock) -> list[tuple[str, list[str]]]:
    span = regular(block.rows)
    assert span is not None
    head, *body = [row.cells for row in block.rows[span[0] : span[1]]]
    return [(name, [cells[at] for cells in body if cells[at] not in MERGED]) for at, name in enumerate(head)]


def converted(renders: Sequence[str], author: str) -> Callable[[AuthoredSupplier], AuthoredSupplier]:
    """A change that dates the files of these formats on one day before the bundle was sent, by the name a scanner or converter leaves."""

    def change(supplier: AuthoredSupplier) -> AuthoredSupplier:
        day = (date.fromisoformat(supplier.reference_date) - timedelta(days=4)).isoformat()
        own = [
            one
            for one in supplier.documents
            if one.render in renders and "created" not in one.front and one.kind != "certificate"
        ]
        for one in own[:MOST_CONVERTED]:
            made = replace(one, front={**one.front, "created": day, "author": author})
            supplier = with_document(supplier, supplier.documents.index(one), made)
        return supplier

    return change
