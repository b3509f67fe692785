"""Whether the scope of a certificate names other goods than a factory makes, as its papers and its own name tell.

Goods that are known by name (``evidence/data/goods``) are compared, and only where no word of the scope stands in any other paper but in
the names of those goods: what a scope calls in general words, or a page cuts short, is not said to leave anything out.
"""

from evidence.bundle import Bundle
from evidence.facts.text import fold, lines, pairs, phrases
from evidence.goods import above, around, goods, goods_made, plain, without
from evidence.model import DocumentReport
from evidence.trades import families, has_room, in_general_words, is_open, words_shared

LONGEST_LABEL = 30
"""Letters of the head of a field for a product."""

_RECORDS = ("corrective_action_record", "traceability_record", "metrics_record", "management_review_record")
"""Kinds of papers whose products are the factory's own: what is bought stands in others."""

_PRODUCT = phrases("scopes", "product")


def goods_told(bundle: Bundle, path: str, scope: str) -> str:
    """What the papers call the goods made, where a folded scope names others; empty where it names them or cannot be told not to.

    ``path`` is the paper of the certificate itself.
    """
    named = goods_made(scope)
    others = [document for document in bundle.read if document.path != path and document.kind != "certificate"]
    if not (named or families(scope)) or is_open(scope) or not others:
        return ""
    told = [value for document in others if document.kind in _RECORDS for value in _products(document)]
    own = [value for value in told if goods_made(fold(value)) - around()]
    fields = own or ([] if any(goods(fold(value)) for value in told) else _titles(others))
    made = {good for value in fields for good in goods_made(fold(value))} | goods(fold(bundle.supplier))
    trade = families(fold(bundle.supplier))
    if not (own or (named and (made or trade))) or trade & (above(named) | families(scope)) or named & made:
        return ""
    if in_general_words(scope) & above(made) or any(has_room(scope, fold(value)) for value in fields):
        return ""
    if _stands_in(scope, named, made, bundle.supplier, others):
        return ""
    telling = [value for value in fields if goods_made(fold(value))]
    return (telling[0] if own else min(telling, key=len)) if telling else bundle.supplier


def _stands_in(scope: str, named: set[str], made: set[str], supplier: str, others: list[DocumentReport]) -> bool:
    """Whether the goods of a scope, or words of it, stand in other papers, beside the names of the goods that are made."""
    texts = [without(text, made) for text in (fold(supplier), *map(_text, others))]
    return any(goods(text) & named for text in texts) or words_shared(plain(scope), " \n ".join(texts))


def _text(document: DocumentReport) -> str:
    return fold(" \n ".join((document.path, *(passage.text for passage in document.passages if not passage.hidden))))


def _products(document: DocumentReport) -> list[str]:
    """What stands in the fields for a product of a record."""
    return [
        pair.value.text.strip()
        for passage in document.passages
        if not passage.hidden
        for line in lines(passage.text)
        for pair in pairs(line)
        if len(pair.label.text) <= LONGEST_LABEL and _PRODUCT.fullmatch(fold(pair.label.text).strip(" .:|"))
    ]


def _titles(others: list[DocumentReport]) -> list[str]:
    """The titles of records of work that name goods which two of them name: what is inspected, tested and complained of is made there."""
    titled = [
        [(title, goods(fold(title)) - around()) for title in (document.path.rsplit("/", 1)[-1], *_opening(document))]
        for document in others
        if document.kind in (*_RECORDS, "calibration_record", "training_record")
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
