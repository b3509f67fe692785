"""Lots that a later paper names one by one, a traveller, a delivery, a complaint, and that the register of the step before it does not have
though it was kept at that time, or for that order, and counts lots of the same series.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from evidence.bundle import Bundle, is_example
from evidence.data import table
from evidence.facts.identifiers import normal
from evidence.facts.text import fold, late, phrases, words
from evidence.flags.handed_on import (
    CASES,
    Unknown,
    first_evidence_day,
    has_part,
    is_of_its_time,
    names_old_lots,
    series_of,
)
from evidence.flags.lot_columns import LEAST_REGISTER, DaysOfRows, LotColumn, lot_columns
from evidence.flags.lot_months import is_of_other_month
from evidence.flags.registry import name_of
from evidence.flags.sheets import SHIPPED
from evidence.flags.shipped_lots import is_named_apart, is_of_other_goods
from evidence.lots import is_lot
from evidence.model import DocumentReport, Passage
from evidence.numbered_rows import turn_of
from evidence.titles import RULES_AND_FORMS

INCOMING, MADE, INSPECTED, SENT, COMPLAINED = range(5)
"""The steps of a factory, in their order."""

MOST_NAMED = 40
"""Lots of a paper that are looked at one by one."""

LEAST_LETTERS = 2
"""Letters before the figures of lots from which they are of one maker or product."""

_INCOMING = phrases("traceability_flags", "incoming")
_INSPECTS = late(
    "|".join(phrases("traceability_flags", name).pattern for name in ("inspects", "certifies"))
    + f"|{phrases('titles', 'inspection').pattern}"
)
_MAKES = phrases("traceability_flags", "makes")
_PARTLY = phrases("traceability_flags", "some")
_MODEL = re.compile(r"(?<![\d.,-])\d{4,6}(?![\d.,-])")
_DATED = re.compile(r"(?:19|20|25)\d\d(?!\d)|\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?")
_PRODUCT = re.compile(r"(?<![\w-])(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}(?![\w-])")


def lone_lots(bundle: Bundle) -> Iterator[Unknown]:
    """The lots of a later paper that a register lacks: one a paper, beside which it has all others."""
    registers = [
        (column, step)
        for column in lot_columns(bundle)
        if len(column.codes) >= LEAST_REGISTER
        and not _PARTLY.search(column.title)
        and (step := step_of(column.document, column.title)) not in (None, COMPLAINED)
    ]
    texts = {d.path: [fold(p.text) for p in d.passages] for d in bundle.read}
    for later in bundle.read if registers else ():
        if later.kind in RULES_AND_FORMS or is_example(later) or later.path in bundle.discounted:
            continue
        named = _lots_of(bundle, later)
        if not 0 < len(named) <= MOST_NAMED:
            continue
        step = step_of(later, _title(later))
        for register, before in registers:
            if register.document is later or not _comes_before(register, before, step):
                continue
            own = [code for code in named if any(series_of(code) == series_of(known) for known in register.codes)]
            missing = [code for code in own if code not in register.codes and not has_part(code, register.codes)]
            shared = register.codes.intersection(own)
            if len(missing) != 1 or not _should_have(bundle, register, later, missing[0], shared):
                continue
            if not _is_told_of(texts, later, missing[0]):
                yield Unknown(
                    missing[0],
                    later,
                    named[missing[0]],
                    register.document,
                    register.passage,
                    (step or MADE) < INSPECTED,
                )


def _comes_before(register: LotColumn, before: int | None, step: int | None) -> bool:
    """Whether a register is of a step before that of a later paper. What was sent is looked up where a customer complains of it; a paper
    of no known step comes after what was received.
    """
    if before is None or (before == SENT and step != COMPLAINED):
        return False
    return before < (MADE if step is None else step)


def step_of(document: DocumentReport, title: str) -> int | None:
    """The step of the work that a paper tells of; None where its title and kind do not say."""
    if document.kind in CASES:
        return COMPLAINED
    if _INCOMING.search(title) and not SHIPPED.search(title):
        return INCOMING
    if SHIPPED.search(title):
        return SENT if not _CHECKS.search(title) else INSPECTED
    if _INSPECTS.search(title):
        return INSPECTED
    if _MAKES.search(title):
        return MADE
    return INSPECTED if any(fact.kind == "readings" for fact in document.facts) else None


_CHECKS = phrases("titles", "inspection")


def _title(document: DocumentReport) -> str:
    first = document.passages[0]
    lines = first.text.splitlines()[: 1 if not document.path.lower().endswith(".eml") else 6]
    return fold(" ".join((name_of(document.path).rsplit(".", 1)[0].replace("_", " "), *first.heading[:1], *lines)))


def _is_told_of(texts: Mapping[str, Sequence[str]], later: DocumentReport, code: str) -> bool:
    """Whether another paper knows a lot, or its own says where it comes from: out of stock, of an earlier sheet."""
    folded = fold(code)
    for path, passages in texts.items():
        for text in passages:
            lines = [line for line in text.splitlines() if folded in line]
            if lines and (path != later.path or any(_EXPLAINED.search(line) for line in lines)):
                return True
    return False


_EXPLAINED = phrases("traceability_flags", "from_before")


def _lots_of(bundle: Bundle, document: DocumentReport) -> dict[str, Passage]:
    """The lots that a paper names, in capitals, each with the first passage that does."""
    passages = bundle.passages[document.path]
    found: dict[str, Passage] = {}
    for fact in document.facts:
        if is_lot(fact) and fact.passage in passages and fact.role != "serial":
            found.setdefault(fact.quote.upper(), passages[fact.passage])
    for column in lot_columns(bundle):
        if column.document is document:
            for one in column.named:
                found.setdefault(one.code, column.passage)
    return found


def _should_have(bundle: Bundle, register: LotColumn, later: DocumentReport, code: str, shared: set[str]) -> bool:
    """Whether a register should hold a lot: it is of one order with the later paper, or was kept while the lot came up."""
    told = fold("\n".join(p.text for p in later.passages))
    if is_of_other_goods(code, shared, told) or is_named_apart(code, shared, told):
        return False
    if is_of_other_month(told, code, register.title):
        return False
    if shared and orders_of(register.document) & orders_of(later):
        return True
    alike = [turn_of(known) for known in register.codes if series_of(known) == series_of(code)]
    if len(alike) < LEAST_REGISTER or turn_of(code) <= min(alike):
        return False
    if not shared and not _same_goods(register, later, code):
        return False
    if turn_of(code) < max(alike):
        return True
    days = DaysOfRows(bundle, later)
    lines = (line for p in later.passages for line in p.text.splitlines() if "|" in line and code in line.upper())
    day = next((found for line in lines if (found := days.of(line))), None) or days.only or first_evidence_day(later)
    return not names_old_lots(later) and is_of_its_time(register, later, code, day)


def _same_goods(register: LotColumn, later: DocumentReport, code: str) -> bool:
    """Whether lots are of one maker or product: by the letters before their figures, or the number of the product in both papers."""
    if len(series_of(code)[1]) >= LEAST_LETTERS:
        return True
    told = fold("\n".join((later.path, *(passage.text for passage in later.passages))))
    known = fold(" ".join((register.title, *(one.line for one in register.named))))
    lots = {fold(lot) for lot in (*register.codes, code)}
    named = set(_PRODUCT.findall(known)) | set(_MODEL.findall(_DATED.sub(" ", register.title)))
    return bool((named & {*_PRODUCT.findall(told), *_MODEL.findall(_DATED.sub(" ", told))}) - lots)


def orders_of(document: DocumentReport) -> set[str]:
    """The numbers of orders, invoices and deliveries that a paper names."""
    text = fold("\n".join((document.path, *(p.text for p in document.shown))))
    return {normal(match[1]) for match in _ordered().finditer(text)}


@cache
def _ordered() -> re.Pattern[str]:
    labels = table("labels")["identifiers"]
    named: Sequence[str] = [word for role in ("po", "order", "invoice") for word in labels[role]]
    return late(
        rf"(?:{words(tuple(named)).pattern})[\s:#.|：]{{0,4}}(?:no\.?\s?)?([a-z]{{0,4}}[-/]?\d[\da-z/-]{{2,16}})"
    )
