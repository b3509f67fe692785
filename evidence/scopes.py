"""Whether the scope of a certificate names other goods than a factory makes, as its papers and its own name tell.

Only goods that are known by name (``goods.toml``) are compared, and only where no word of the scope stands in any other paper: what a
scope calls in general words, or a page cuts short, is not said to leave anything out.
"""

import re
from functools import cache

from evidence.bundle import Bundle
from evidence.data import table
from evidence.facts.text import fold, lines, pairs, phrases
from evidence.model import DocumentReport
from evidence.trades import beginning, families, is_open, words_shared

LONGEST_LABEL = 30
"""Letters of the head of a field for a product."""

_RECORDS = ("corrective_action_record", "traceability_record", "metrics_record", "management_review_record")
"""Kinds of papers whose products are the factory's own: what is bought stands in others."""

_AROUND = {"labels", "cartons", "pallets", "film_and_foam", "bags_and_sacks", "trays_and_cups"}
"""Goods that every factory buys for its own: a record of them is none of what it makes."""

_PRODUCT, _FOR = (phrases("scopes", name) for name in ("product", "for"))


def goods_told(bundle: Bundle, path: str, scope: str) -> str:
    """What the papers call the goods made, where a folded scope names others; empty where it names them or cannot be told not to.

    ``path`` is the paper of the certificate itself.
    """
    named = goods(_without_use(scope))
    others = [document for document in bundle.read if document.path != path and document.kind != "certificate"]
    if not named or is_open(scope) or not others:
        return ""
    texts = {document.path: _text(document) for document in others}
    whole = " \n ".join((fold(bundle.supplier), *texts.values()))
    if any(_patterns()[name].search(f"{whole} ") for name in named) or words_shared(scope, whole):
        return ""
    told = [value for document in others if document.kind in _RECORDS for value in _products(document)]
    own = [value for value in told if goods(fold(value)) - _AROUND]
    fields = own or ([] if any(goods(fold(value)) for value in told) else _titles(others))
    made = {good for value in fields for good in goods(fold(value))} | goods(fold(bundle.supplier))
    trade = families(fold(bundle.supplier))
    above = _above(named)
    if not (made or trade) or trade & (above | families(scope)) or (families(scope) - above) & _above(made):
        return ""
    telling = [value for value in fields if goods(fold(value))]
    return (telling[0] if own else min(telling, key=len)) if telling else bundle.supplier


def _without_use(scope: str) -> str:
    """A scope without what its goods are for: ``gaskets for washing machines`` are gaskets."""
    return _FOR.split(scope, maxsplit=1)[0] or scope


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
        [(title, goods(fold(title)) - _AROUND) for title in (document.path.rsplit("/", 1)[-1], *_opening(document))]
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


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: beginning(tuple(item["words"])) for name, item in table("goods").items()}


def goods(text: str) -> set[str]:
    """The goods of ``goods.toml`` that a folded text names."""
    return {name for name, pattern in _patterns().items() if pattern.search(f"{text} ")}


def _above(named: set[str]) -> set[str]:
    """The families of trades that name goods from afar."""
    return {family for name in named for family in table("goods")[name]["of"]}
