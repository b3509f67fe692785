"""Whether the scope of a certificate names other goods than a factory makes, as its papers and its own name tell.

Goods that are known by name (``evidence/data/goods``) are compared, and only where no word of the scope stands in any other paper but in
the names of those goods: what a scope calls in general words, or a page cuts short, is not said to leave anything out.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from functools import cached_property

from evidence.bundle import Bundle
from evidence.facts.pairs import pairs
from evidence.facts.supplier_heads import is_supplier_head
from evidence.facts.text import fold, lines, phrases
from evidence.goods import above, around, goods, goods_made, plain, what_is_made, without
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.tested import Tested, tested_trade
from evidence.trades import families, has_room, in_general_words, is_open, words_shared

LONGEST_LABEL = 30
"""Letters of the head of a field for a product."""

RECORDS = ("corrective_action_record", "traceability_record", "metrics_record", "management_review_record")
"""Kinds of papers whose products are the factory's own: what is bought stands in others."""

LONGEST_CUSTOMER = 60
"""Letters of the name of a customer."""

LEAST_COLUMNS = 3
"""Cells of the head of a table; a field has two."""

_PRODUCT = phrases("scopes", "product")
_CUSTOMER = phrases("told_spans", "clients")
_IN_NAMES = phrases("scopes", "in_names")


class Paper:
    """A paper as scopes are held against it, each answer worked out once however many certificates ask."""

    def __init__(self, document: DocumentReport) -> None:
        self.document = document

    @cached_property
    def text(self) -> str:
        """All that it shows, folded, with its path."""
        shown = (passage.text for passage in self.document.shown)
        return fold(" \n ".join((self.document.path, *shown)))

    @cached_property
    def products(self) -> list[str]:
        """What stands in its fields for a product."""
        return _products(self.document)

    @cached_property
    def customers(self) -> frozenset[str]:
        """The folded names of customers in it."""
        return frozenset(_customers(self.document))


@remembered
def paper_of(bundle: Bundle, document: DocumentReport) -> Paper:
    """A paper of a bundle as scopes are held against it."""
    return Paper(document)


def goods_told(bundle: Bundle, path: str, scope: str) -> str:
    """What the papers call the goods made, where a folded scope names others; empty where it names them or cannot be told not to.

    ``path`` is the paper of the certificate itself.
    """
    named = goods_made(scope)
    others = [document for document in bundle.read if document.path != path and document.kind != "certificate"]
    if not (named or families(scope)) or is_open(scope) or not others:
        return ""
    papers = [paper_of(bundle, document) for document in others]
    return _other_goods(bundle, scope, named, papers) or _other_tests(bundle, scope, named, papers)


def _other_goods(bundle: Bundle, scope: str, named: set[str], others: list[Paper]) -> str:
    """What the papers call the goods made, where it is known by name and none of a scope."""
    told = [value for paper in others if paper.document.kind in RECORDS for value in paper.products]
    own = [value for value in told if goods_made(fold(value)) - around()]
    fields = own or ([] if any(goods(fold(value)) for value in told) else _titles([paper.document for paper in others]))
    called = goods(_IN_NAMES.sub(" ", fold(bundle.supplier)))
    made = {good for value in fields for good in goods_made(fold(value))} | called
    trade = families(without(fold(bundle.supplier), called))  # a maker of metal boxes makes no boxes of paper
    held = in_general_words(scope) if own else above(named) | families(scope)
    if not (own or (named and (made or trade))) or trade & held or named & made:
        return ""
    if in_general_words(scope) & above(made) or any(has_room(scope, fold(value)) for value in fields):
        return ""
    if _stands_in(scope, named, made, bundle.supplier, others):
        return ""
    telling = [value for value in fields if goods_made(fold(value))]
    return (telling[0] if own else min(telling, key=len)) if telling else bundle.supplier


def _other_tests(bundle: Bundle, scope: str, named: set[str], others: list[Paper]) -> str:
    """What the records test, where nobody tests the goods of a scope so, and neither the supplier's name nor a paper tells of those."""
    trade = _trade_of(bundle)
    held = families(what_is_made(scope))
    if trade is None or not held <= trade.apart or not all(above({good}) & trade.apart for good in named):
        return ""
    if families(fold(bundle.supplier)) & (held | above(named)):
        return ""
    return "" if _stands_in(scope, named, set(), bundle.supplier, others) else trade.told


def _stands_in(scope: str, named: set[str], made: set[str], supplier: str, others: list[Paper]) -> bool:
    """Whether the goods of a scope, or words of it, stand in other papers, beside the names of the goods that are made."""
    customers = _any_of({name for paper in others for name in paper.customers})
    told = (fold(supplier), *(paper.text for paper in others))
    # What customers are called says nothing of what is made for them.
    texts = [without(customers.sub(" ", text) if customers else text, made) for text in told]
    return any(goods(text) & named for text in texts) or words_shared(plain(scope), " \n ".join(texts))


def _any_of(names: set[str]) -> re.Pattern[str] | None:
    """A pattern of names, the longest first; None where there are none."""
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n))))) if names else None


@remembered
def _trade_of(bundle: Bundle) -> Tested | None:
    """The trade that the records of a bundle tell of."""
    return tested_trade([document for document in bundle.read if document.kind in RECORDS])


def _customers(document: DocumentReport) -> Iterator[str]:
    """The folded names of customers in the fields and columns for them."""
    told = (
        pair.value.text.strip()
        for passage in document.passages
        for line in lines(passage.text)
        for pair in pairs(line)
        if _is_customer_label(pair.label.text)
    )
    below = (name for _, name in _below(document, _is_customer_label))
    yield from (fold(name) for name in itertools.chain(told, below) if _is_proper(name))


def _below(document: DocumentReport, is_head: Callable[[str], bool]) -> Iterator[tuple[list[str], str]]:
    """What stands in the column under a head, with the heads of its table, as far as a passage holds both."""
    for passage in document.passages:
        heads: list[str] = []
        column = 0
        for line in lines(passage.text) if not passage.hidden else ():
            cells = [cell.strip() for cell in line.text.split("|")]
            found = next((at for at, cell in enumerate(cells) if is_head(cell)), None)
            if found is not None and len(cells) >= LEAST_COLUMNS:
                heads, column = cells, found
            elif heads and column < len(cells) and cells[column]:
                yield heads, cells[column]


def _is_customer_label(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and _CUSTOMER.match(fold(label).strip()) is not None


def _is_proper(name: str) -> bool:
    """Whether a text is a name and no head: every longer word of it begins with a capital, and one is behind another."""
    said = [word for word in name.split() if len(word) > 2]
    return len(said) > 1 and len(name) <= LONGEST_CUSTOMER and all(word[0].isupper() for word in said)


def _products(document: DocumentReport) -> list[str]:
    """What stands in the fields for a product of a record, and in such columns of registers of cases or beside customers, not suppliers."""
    fields = [
        pair.value.text.strip()
        for passage in document.shown
        for line in lines(passage.text)
        for pair in pairs(line)
        if _is_product_label(pair.label.text)
    ]
    below = [
        value
        for heads, value in _below(document, _is_product_label)
        if not any(map(is_supplier_head, heads))
        and (document.kind == "corrective_action_record" or any(map(_is_customer_label, heads)))
    ]
    return [*fields, *below]


def _is_product_label(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and _PRODUCT.fullmatch(fold(label).strip(" .:|")) is not None


def _titles(others: list[DocumentReport]) -> list[str]:
    """The titles of records of work that name goods which two of them name: what is inspected, tested and complained of is made there."""
    titled = [
        [(title, goods(fold(title)) - around()) for title in (document.path.rsplit("/", 1)[-1], *_opening(document))]
        for document in others
        if document.kind in (*RECORDS, "calibration_record", "training_record")
    ]
    named = [good for titles in titled for good in set().union(*(found for _, found in titles))]
    return [
        title
        for titles in titled
        for title, found in titles
        if any(named.count(good) >= LEAST_TITLES for good in found)
    ]


LEAST_TITLES = 2
"""Records whose titles name goods, from which they are made there."""


def _opening(document: DocumentReport) -> list[str]:
    """The first two lines of a paper, with the heading over them."""
    first = document.passages[:1]
    return [
        text
        for passage in first
        if not passage.hidden
        for text in (*passage.heading[:1], *passage.text.split("\n")[:2])
    ]
