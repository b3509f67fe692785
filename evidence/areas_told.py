"""The works by which the areas of an audit of the own house are called: what is audited there is done there."""

from collections.abc import Mapping

from evidence.facts.text import fold
from evidence.model import DocumentReport
from evidence.processes import processes
from evidence.titles import is_of_other_house

LEAST_CELLS, LONGEST_AREA = 3, 40
"""Cells of a row of a table, and letters of the name of an area."""

LEAST_WORKS = 2
"""Works that the areas of one audit name, from which they tell what the house does."""


def works_of_areas(document: DocumentReport) -> Mapping[str, set[str]]:
    """The cells of an internal audit that are the names of works, with those works; empty where they name fewer than two. A paint shop
    may be a dye house: in some languages one word is for both.
    """
    if document.kind != "internal_audit_record" or is_of_other_house(document):
        return {}
    cells = [
        cell.strip()
        for passage in document.passages
        for line in (passage.text.split("\n") if not passage.hidden else ())
        if line.count("|") >= LEAST_CELLS - 1
        for cell in line.split("|")
    ]
    named = {cell: works for cell in cells if len(cell) <= LONGEST_AREA and (works := processes(fold(cell)))}
    if len(set().union(*named.values())) < LEAST_WORKS:
        return {}
    return {cell: works | ({"dyeing"} if "painting" in works else set()) for cell, works in named.items()}
