"""Papers that know of each other: which numbers of cases, lots, orders and gauges stand in documents of different kinds.

Copies, examples, rules, blank forms and what a flag took the worth from do not count: a form that prints a number on every sheet
knows of nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from evidence.bundle import Bundle, Item, cite, cite_fact
from evidence.data import table
from evidence.facts.identifiers import normal
from evidence.lots import LEAST_CODE
from evidence.model import Citation, DocumentReport, Fact, Link, Passage

MOST_LINKS = 300
"""Links in a report, those between the most papers first: a ledger of ten thousand lots tells no more."""

MOST_MENTIONS = 40
"""Papers cited for one number: what a person would open."""

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9_\-/.#]{3,40}")
_DAY = re.compile(r"(?:19|20)\d{2}[-/.]?\d{1,2}(?:[-/.]?\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})|FY\d{2,4}")
_SILENT_MODES = ("prescription", "template", "credential")


def links(bundle: Bundle) -> tuple[Link, ...]:
    """The numbers that documents of different kinds share, each with one place in every document that names it. Tests, cards and
    deliveries are all papers of a lot, and two of them no less different for that.

    A number is first told by what its label, its column or its shape says it is; a paper that only names it in a
    sentence is found by the number itself where that is long enough not to be met by chance.
    """
    titles: dict[str, str] = table("links")["roles"]
    documents = [
        d for d in bundle.read
        if d.path not in bundle.examples and d.path not in bundle.discounted and d.kind not in table("links")["not_from"]
    ]  # fmt: skip
    named: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, dict[str, Citation]] = defaultdict(dict)
    for document in documents:
        for fact in document.facts:
            if fact.kind == "identifier" and fact.role in titles and _tells(fact) and _stands(bundle, document, fact):
                named[fact.value][fact.role] += 1
                if document.path not in places[fact.value] and (citation := cite_fact(bundle, document, fact)):
                    places[fact.value][document.path] = citation
    paths = {document.path for document in documents}
    for code, item, written in _cases(bundle, frozenset(named)):
        if item.document.path in paths and (citation := cite(item.document, item.passage, written)):
            named[code]["capa"] += 1
            places[code].setdefault(item.document.path, citation)
    long = {code for code in named if _is_long(code)}
    for document in documents:
        for passage in document.passages:
            if _speaks(passage):
                for match in _WORD.finditer(passage.text):
                    code = normal(match[0].rstrip("."))
                    if code in long and document.path not in places[code]:
                        words = match[0].rstrip(".#-/")
                        if citation := cite(document, passage, words, match.start()):
                            places[code][document.path] = citation
    wide = table("links")["wide_kinds"]
    kinds = {document.path: document.path if document.kind in wide else document.kind for document in documents}
    order = {role: place for place, role in enumerate(titles)}
    found = [
        Link(code=code, role=min(roles, key=lambda role: (-roles[role], order[role])), mentions=tuple(places[code][p] for p in sorted(places[code]))[:MOST_MENTIONS])
        for code, roles in named.items()
        if len({kinds[path] for path in places[code]}) > 1
    ]  # fmt: skip
    found.sort(key=lambda link: (-len(link.mentions), order[link.role], link.code))
    return tuple(found[:MOST_LINKS])


def _cases(bundle: Bundle, known: frozenset[str]) -> Iterator[tuple[str, Item, str]]:
    """The numbers of cases that only their register tells to be such: by the place of a case, no label beside them."""
    for item in bundle.items("case"):
        written = str(item.value.get("reference") or "")
        code = normal(written)
        if (
            code not in known
            and _is_long(code)
            and not _DAY.fullmatch(code)
            and _speaks(item.passage)
            and written in item.passage.text
        ):
            yield code, item, written


def title_of(role: str) -> str:
    """What a number is, in words."""
    return str(table("links")["roles"].get(role, role))


def _tells(fact: Fact) -> bool:
    """Whether a code is one number and no other: long enough, with figures, and no date."""
    code = fact.value
    figures = sum(char.isdigit() for char in code)
    return len(code) >= LEAST_CODE - 1 and figures >= 2 and not _DAY.fullmatch(code)


def _is_long(code: str) -> bool:
    """Whether the number alone says what it is: letters and figures, long enough; bare figures may be a quantity."""
    figures = sum(char.isdigit() for char in code)
    letters = sum(char.isalpha() for char in code)
    return len(code) >= LEAST_CODE and figures >= 2 and letters >= 1 and figures + letters >= LEAST_CODE


def _stands(bundle: Bundle, document: DocumentReport, fact: Fact) -> bool:
    passage = bundle.passages[document.path].get(fact.passage)
    return passage is not None and _speaks(passage)


def _speaks(passage: Passage) -> bool:
    return not passage.hidden and passage.mode not in _SILENT_MODES
