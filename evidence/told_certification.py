"""Certificates that other papers tell of, beside those that were sent: rows of lists, cells of minutes, the form in a mail.

A list of certificates reads like one certificate with many days; where its rows tell of certificates each for itself, the rows count
and the whole does not.
"""

import re
from collections.abc import Iterator

from evidence.bundle import Bundle, as_day
from evidence.certification import Certificate, certificates
from evidence.data import table
from evidence.facts.text import fold, phrases, words
from evidence.facts.told_certificates import KIND
from evidence.model import DocumentReport
from evidence.names import same_company
from evidence.remembered import remembered

OTHERS = ("training_record", "supplier_evaluation_record", "blank_form")
"""Kinds of papers whose certificates in sentences are those of persons or of other companies."""

OPENING = 3
"""First lines of a paper in which it calls itself a certificate."""


@remembered
def list_paths(bundle: Bundle) -> frozenset[str]:
    """The papers whose rows tell of certificates, and which are no certificate themselves."""
    rows = {item.document.path: item.document for item in bundle.items(KIND, "row")}
    return frozenset(path for path, document in rows.items() if not calls_itself_one(document))


def calls_itself_one(document: DocumentReport) -> bool:
    """Whether one of the first lines of a paper, outside its tables, has the title of a certificate and is not that of a list."""
    lines = [line for passage in document.passages[:1] for line in passage.text.split("\n")[:OPENING]]
    return any(
        "|" not in line and len(line) <= LONGEST_TITLE and _is_title(fold(line)) and not _LISTS.search(fold(line))
        for line in lines
    )


def _is_title(line: str) -> bool:
    """Whether a folded line has the word for a certificate where a title has it, and no year before it as a history has: at its beginning or end,
    or among few words; not in the middle of a sentence.
    """
    match = _TITLE.search(line)
    said = len(line.split()) > FEW_WORDS and line.rstrip().endswith((".", "。"))
    if match is None or said or _OF_YEAR.match(line) or len(line.split()) > MOST_WORDS:
        return False
    before, behind = line[: match.start()], line[match.end() :]
    return not any(map(str.isalpha, before)) or not any(map(str.isalnum, behind)) or "," not in behind


MOST_WORDS, FEW_WORDS = 14, 4
"""Words of the line of a title; a longer one is a sentence, and so is one of more than a few with a full stop behind."""

_OF_YEAR = re.compile(r"\W{0,3}(?:19|20|25)\d\d\s?(?:[:：年년]|[-–—]\s|\|)")
"""How a line of a history begins."""

LONGEST_TITLE = 120
"""Letters of the line of a title, in two languages."""

_TITLE = phrases("certificates", "title")
_LISTS = words(
    (
        *table("words")["suppliers_flags"]["listers"],
        *table("words")["suppliers_flags"]["listers_behind"],
        *table("words")["told_certificates"]["lists"],
    )
)


def says_it_certifies(document: DocumentReport) -> bool:
    """Whether a paper is a certificate by what it says of itself: by its title, or by a sentence of one that the model takes for such."""
    if calls_itself_one(document):
        return True
    return document.kind == "certificate" and any(
        _CERTIFIES.search(fold(line)) and "|" not in line and not _OF_YEAR.match(line)
        for passage in document.passages
        for line in passage.text.split("\n")
    )


def asks_supplier(document: DocumentReport) -> bool:
    """Whether a paper is a form of a customer in which a supplier tells of itself."""
    head = " ".join(passage.text for passage in document.passages[:2])[:HEAD]
    return _ASKS.search(fold(f"{document.path} {head}")) is not None


HEAD = 400
"""Letters at the beginning of a form in which it says what it asks for."""

_ASKS = phrases("told_certificates", "asks")
_CERTIFIES = phrases("certificates", "certifies")


@remembered
def told_certificates(bundle: Bundle) -> list[Certificate]:
    """The certificates that papers tell of, in the order of the bundle; those kept for the record are left out."""
    return list(_told(bundle))


def papers(bundle: Bundle) -> list[Certificate]:
    """The certificates that were sent themselves."""
    return [item for item in certificates(bundle) if item.document.path not in list_paths(bundle)]


def _told(bundle: Bundle) -> Iterator[Certificate]:
    lists = list_paths(bundle)
    sent = {item.document.path for item in certificates(bundle) if item.expiry}
    for item in bundle.items(KIND):
        role, value, path = item.fact.role, item.value, item.document.path
        if role not in ("row", "text") or value.get("ended"):
            continue
        if role == "row" and (path not in lists or item.document.kind == "training_record"):
            continue
        if role == "text" and (path in sent or (item.document.kind in OTHERS and not asks_supplier(item.document))):
            continue
        if value["holder"] and same_company(bundle.supplier, value["holder"]) is False:
            continue
        days = {name: as_day(value[name]) if value.get(name) else None for name in ("issue", "expiry", "original")}
        fields = {
            name: item.fact.model_copy(update={"role": name, "value": day.isoformat()})
            for name, day in days.items()
            if day
        } | {"standard": item.fact.model_copy(update={"role": "standard", "value": value["standards"][0]})}
        yield Certificate(
            item.document,
            fields,
            tuple(value["standards"]),
            tuple(item.fact.model_copy(update={"role": "edition", "value": name}) for name in value["editions"]),
            days["expiry"],
            days["issue"],
            days["original"],
            (),
            told=role,
            visits=tuple(day for text in value["visits"] if (day := as_day(text))),
            watched=bool(value["watched"]),
        )
