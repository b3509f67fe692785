"""Lots that went out by a list of shipments, and the inspection or log that knows the others: an inspection of one product knows nothing of
the lots of another.
"""

import re
from collections.abc import Collection, Mapping

from evidence.facts.text import fold, phrases
from evidence.flags.sheets import SHIPPED
from evidence.numbered_rows import LEAST_SHARED, form_of

INSPECTS = phrases("traceability_flags", "inspects")
"""Words of a paper on an inspection."""

_PRODUCT = phrases("scopes", "product")


def is_shipped_unknown(
    code: str,
    listed: Mapping[str, tuple[str, ...]],
    named: Mapping[str, tuple[str, ...]],
    papers: Mapping[str, set[str]],
    told: tuple[str, str],
    is_log: bool,
) -> bool:
    """Whether a lot went out by a paper whose other lots stand in an inspection or a log of what was made, and no paper but that one
    knows it.

    A lot older than all of the inspection belongs to an earlier sheet; one after all of a log, and of no month in it, to a later one.
    """
    register, shipment = told
    if code in listed or len(papers[code]) > 1 or code.lower() in register:
        return False
    notes = [line for line in shipment.splitlines() if code.lower() in line and "|" not in line]
    if any(
        sum(lot.lower() in line for lot in listed) < LEAST_SHARED or not _is_listed(code, listed, line)
        for line in notes
    ):
        return False  # a note of the shipment tells of its test; a sentence that lists the lots sent is the shipment
    inspects = INSPECTS.search(register) is not None
    if not SHIPPED.search(shipment) or SHIPPED.search(register) or not (inspects or is_log):
        return False
    form = form_of(code)
    alike = {known for known in named if form_of(known) == form}
    shared = alike & listed.keys()
    if is_of_other_goods(code, shared, shipment):
        return False
    known = [numbers for lot, numbers in listed.items() if form_of(lot) == form]
    if not known:
        return False
    spanned = inspects or named[code] < max(known) or any(named[code][:-1] == numbers[:-1] != () for numbers in known)
    return len(shared) >= max(LEAST_SHARED, len(alike - shared) + 1) and named[code] > min(known) and spanned


def is_named_apart(code: str, known: Collection[str], told: str) -> bool:
    """Whether a sentence names known lots and, in other words than those of a list, this one: ``trays of lots 803 and 810, lids of 812``."""
    lines = [line for line in told.splitlines() if code.lower() in line and "|" not in line]
    return any(any(lot.lower() in line for lot in known) and not _is_listed(code, known, line) for line in lines)


def _is_listed(code: str, listed: Collection[str], line: str) -> bool:
    """Whether a sentence names a lot right behind known ones, with nothing between but their quantities: they are of one sort."""
    before = line[: line.find(code.lower())]
    ends = [before.rfind(lot.lower()) + len(lot) for lot in listed if lot.lower() in before]
    between = _QUANTITY.sub(" ", before[max(ends) :]) if ends else before
    return sum(map(str.isalpha, between)) <= MOST_BETWEEN


_QUANTITY = re.compile(r"[(（][^()（）]{1,24}[)）]|(?<![^\s,;、，])\d[\d.,]*\s+[^\W\d_]{1,12}")
"""How much there is of a lot, in brackets behind it or before it with its unit."""

MOST_BETWEEN = 8
"""Letters between two lots of a list: those that join them, and a unit."""


def is_of_other_goods(lot: str, known: Collection[str], told: str) -> bool:
    """Whether the rows of a text name other goods for a lot than for all of the lots known elsewhere, under a head for goods. What knows lots
    of several goods is kept for all of them.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in told.splitlines() if "|" in line]
    columns = {index for row in rows for index, cell in enumerate(row) if _PRODUCT.fullmatch(fold(cell))}
    own = _goods(rows, columns, {fold(lot)})
    others = _goods(rows, columns, {fold(code) for code in known})
    return bool(own) and len(others) == 1 and not own & others


def _goods(rows: Collection[list[str]], columns: Collection[int], lots: Collection[str]) -> set[str]:
    return {
        fold(row[index])
        for row in rows
        if any(fold(cell) in lots for cell in row)
        for index in columns
        if index < len(row) and row[index]
    }
