"""Whether a certificate of the supplier's own is for another place than the factory that its papers tell of.

A certificate of management covers the sites it names. Two addresses are compared by the words for places in them: they lie apart where
they are written in one script and have no such word in common, not even the province.
"""

import re
from collections.abc import Iterator

from evidence.bundle import Bundle, cite
from evidence.certification import Certificate
from evidence.facts.certificate_sites import is_address
from evidence.facts.pairs import pairs
from evidence.facts.text import fold, late, lines, one_form, phrases
from evidence.model import Citation, DocumentReport, Passage
from evidence.names import mentions, unmarked
from evidence.told_certification import asks_supplier

LONGEST_LABEL = 45
"""Letters of the label of an address."""

LEAST_WORDS = 2
"""Words for places by which an address can be told from another."""

_FACTORY, _BESIDE, _GENERAL = (phrases("own_sites", name) for name in ("factory", "beside", "general"))
_SIGNS = re.compile(r"[\u4e00-\u9fff]+")
_DIVISION = re.compile(r"[\u4e00-\u9fff]{2,4}?[省市县縣区區镇鎮乡鄉]")
_OTHER_SIGNS = re.compile(r"[\uac00-\ud7af\u0e00-\u0e7f]")


def made_elsewhere(bundle: Bundle, certificate: Certificate) -> tuple[str, Citation | None] | None:
    """The address of the factory that the papers tell, where the certificate names none of its places; with its line. None where a
    factory they tell of is on the certificate, or where that cannot be told.
    """
    fields = certificate.fields
    if "address" not in fields or certificate.expired(bundle.today):
        return None
    shown = " ".join(passage.text for passage in certificate.document.passages)
    for name in (bundle.supplier, *(fields[role].value for role in ("holder", "body") if role in fields)):
        shown = re.sub(re.escape(name), " ", shown, flags=re.IGNORECASE)
    apart = None
    for document, passage, value in _factories(bundle, certificate.document.path):
        own, certified = _numbers(value), _numbers(shown)
        numbered = own and certified and not own & certified
        if not numbered and not lies_apart(value, fields["address"].value, shown):
            return None
        apart = apart or (value, cite(document, passage, value))
    return apart


def _numbers(text: str) -> set[str]:
    """The numbers of factories that a text names: ``Factory 1``, ``Nhà máy số 2``, ``2공장``."""
    return {
        _ROMAN.get(number, number)
        for found in _NUMBERED.finditer(fold(text))
        for number in [next(filter(None, found.groups()))]
    }


_NUMBERED = late(
    rf"(?:{phrases('own_sites', 'numbered').pattern})\s?(?:no\.?|number|số|nomor|ที่|第)?\s?#?([1-9]|i{{1,3}}|iv|[a-d])(?![^\W_])|"
    r"(?:第|제)?\s?([1-9一二三四])\s?(?:工厂|工廠|号厂|號廠|厂|廠|공장)(?!\d)|(?<![\d.])([1-9])\.\s?(?:fabrika|tesis)"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "一": "1", "二": "2", "三": "3", "四": "4"}


OF_OTHERS = ("certificate", "supplier_evaluation_record")
"""Kinds of papers whose factories are not the supplier's alone."""


def _factories(bundle: Bundle, path: str) -> Iterator[tuple[DocumentReport, Passage, str]]:
    """The addresses behind a label for the factory in other papers than the certificate."""
    for document in bundle.read:
        if document.path == path or (document.kind in OF_OTHERS and not asks_supplier(document)):
            continue
        yield from _headed(bundle, document)
        yield from _said(bundle, document)
        for passage in document.passages:
            for line in lines(passage.text) if not passage.hidden else ():
                for pair in pairs(line):
                    label = fold(pair.label.text)
                    named = len(label) <= LONGEST_LABEL and _FACTORY.search(label) and not _BESIDE.search(label)
                    if (
                        named
                        and is_address(fold(pair.value.text))
                        and not _dated(bundle, document, passage, pair.value.text)
                    ):
                        yield document, passage, pair.value.text.strip()


def _dated(bundle: Bundle, document: DocumentReport, passage: Passage, value: str) -> bool:
    """Whether a text holds a day, however it is written, which no address does: what was seen or done in a factory does."""
    facts = bundle.facts_in(document, passage)
    return any(fact.kind in ("date", "short_day") and fact.quote in value for fact in facts)


def _said(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[DocumentReport, Passage, str]]:
    """The address behind the word for the factory in a sentence that says what is made there: ``all goods are produced at our Bac Giang
    plant (Lot F2, Van Trung Industrial Park)``. Not of a factory that others run, or that was closed.
    """
    for passage in document.passages:
        for sentence in _SENTENCE.split(passage.text) if not passage.hidden else ():
            folded = fold(sentence)
            made = _MADE.search(folded) if "|" not in sentence and len(sentence) <= LONGEST_SENTENCE else None
            at = next(_FACTORY.finditer(folded, made.end()), None) if made else None
            if at is None or _GONE.search(folded) or _BOUGHT.search(folded) or _BESIDE.search(folded[: at.start()]):
                continue
            value = sentence[at.end() :].strip(" .:")
            before = re.split(r"[,;]", sentence[made.end() : at.start()])[-1].strip() if made else ""
            value = f"{before} {value}" if before[:1].isupper() else value
            if is_address(fold(value)) and not _dated(bundle, document, passage, value):
                yield document, passage, value


LONGEST_SENTENCE = 240
"""Letters of a sentence that tells where things are made."""

_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}|.\))[.!?](?=\s|$)|[;；。\n]")
_MADE, _GONE, _BOUGHT = phrases("own_sites", "made"), phrases("scopes", "denied"), phrases("scopes", "bought")


def _headed(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[DocumentReport, Passage, str]]:
    """The address of a numbered factory behind the supplier's name in the first lines of a record of its work."""
    if document.kind not in RECORDS:
        return
    for passage in document.passages[:1]:
        for line in passage.text.splitlines()[:HEAD_LINES] if not passage.hidden else ():
            for cell in line.split("|"):
                named = _NUMBERED.search(fold(cell)) if mentions(cell, bundle.supplier) else None
                if named and is_address(fold(cell[named.start() :]).strip()):
                    yield document, passage, cell[named.start() :].strip()


RECORDS = ("traceability_record", "calibration_record", "metrics_record", "training_record")
"""Kinds of records of work that is done where their head says."""

HEAD_LINES = 3
"""Lines at the head of a record."""


def lies_apart(factory: str, address: str, shown: str) -> bool:
    """Whether a factory's address names no place that a certificate, its address or the whole of its text, names."""
    if _OTHER_SIGNS.search(factory + address):
        return False
    if _SIGNS.search(factory) or _SIGNS.search(address):
        own, at = one_form(factory), one_form(address)
        divisions = set(_DIVISION.findall(re.sub(r"\s", "", own)))
        whole = one_form(re.sub(r"\s", "", shown))
        return (
            bool(_SIGNS.search(at) and divisions)
            and bool(_DIVISION.search(at))
            and not any(name[:2] in whole for name in divisions)
        )
    own_words, at_words = _places(factory), _places(address)
    joined = re.sub(r"[^a-z0-9]", "", unmarked(shown))
    return min(len(own_words), len(at_words)) >= LEAST_WORDS and not any(word[:STEM] in joined for word in own_words)


STEM = 6
"""Letters by which the name of a place is found again in another spelling."""


def _places(address: str) -> set[str]:
    """The words for places of an address in Latin letters, neighbours of two short syllables joined."""
    bare = _GENERAL.sub(" ", fold(address))
    words = [word for part in re.split(r"[,;()]", unmarked(bare)) for word in _joined(part)]
    return {word for word in words if len(word) >= SHORTEST}


SHORTEST = 4
"""Letters of a word for a place."""


def _joined(part: str) -> list[str]:
    """The runs of words of a part of an address, each as one word: ``Samut Prakan`` is also written Samutprakan."""
    return ["".join(run.split()) for run in re.findall(r"[a-z]+(?:\s[a-z]+)*", part)]
