"""Words typed over a page that is a picture: what the file itself says where the scan says otherwise, or nothing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite
from evidence.facts.text import fold, late, phrases
from evidence.flags.authenticity import letters_of
from evidence.flags.registry import Finding, name_of, rule
from evidence.lots import is_lot
from evidence.model import DocumentReport, Passage


@rule("text_over_scan")
def text_over_scan(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A page that is mainly a picture, read by OCR, with a few typed values of the file's own text over it that the
    OCR reads differently.
    """
    for document in bundle.read:
        for part in sorted({passage.part for passage in document.passages}):
            passages = [p for p in document.passages if p.part == part and not p.hidden]
            ocr = sum(letters_of(p.text) for p in passages if p.source == "ocr")
            typed = [p for p in passages if p.source == "text" and any(char.isdigit() for char in p.text)]
            amount = sum(len(p.text) for p in typed)
            if not typed or ocr < LEAST_SCANNED or amount * 3 > ocr:
                continue
            shown = fold(" ".join(p.text for p in passages if p.source == "ocr"))
            odd = [p for p in typed if not any(word in shown for word in re.findall(r"\d[\d.,/-]{2,}", fold(p.text)))]
            if odd and any(
                _has_values(p.text)
                or _is_said_otherwise(p.text, shown)
                or _has_its_unit(p.text, shown)
                or _names_the_goods(document, p, shown)
                for p in odd
            ):
                yield Finding(
                    {"name": name_of(document.path), "text": " ".join(odd[0].text.split())[:80]},
                    (cite(document, odd[0]),),
                )
                break


LEAST_SCANNED = 120
"""Letters of the scan below which a page is not mainly a scanned text."""


def _has_values(text: str) -> bool:
    """Whether typed words are values of a record: a figure with its unit or verdict, or several of them.

    Stamps of offices, page numbers and the date of a signature are laid over scans every day.
    """
    if _OF_A_STAMP.search(text):
        return False
    values = re.findall(r"\d+[.,]\d+|\d{2}[/.-]\d{2}[/.-]\d{2,4}|\d\s?%", text)
    if len(values) >= 2 or (re.search(r"\d+[.,]\d+", text) and _VERDICT.search(fold(text))):
        return True
    return bool(re.search(r"\d+[.,]\d+\s?(?:%|pp[mb]\b|[mkµu]?[mgl]\b|bar|mpa|°)|\d\s?%", fold(text)))


_DECIMAL = late(r"(?<![\d.,])\d+[.,]\d+ ?([^\W\d_]{1,4}|%)(?![^\W_])")


def _has_its_unit(text: str, shown: str) -> bool:
    """Whether typed words end in a figure with the unit of two figures of the scan: a reading beside its readings."""
    if _OF_A_STAMP.search(text):
        return False
    return any(len(re.findall(rf"\d ?{re.escape(unit)}(?![^\W_])", shown)) > 1 for unit in _DECIMAL.findall(fold(text)))


def _is_said_otherwise(text: str, shown: str) -> bool:
    """Whether the scan has the same words before and behind a figure, and another figure: ``Burst at 61 bar`` over 38 bar."""
    if _OF_A_STAMP.search(text):
        return False
    told = [
        (before, figure, behind)
        for before, figure, behind in _VALUE.findall(fold(text))
        if len(before) >= LEAST_LETTERS or behind
    ]
    for before, figure, behind in told:
        same = re.compile(rf"{re.escape(before)}\W{{1,3}}(\d+(?:[.,]\d+)*)\s?{re.escape(behind)}(?![^\W_])")
        found = same.findall(shown)
        if found and figure not in found:
            return True
    return False


def _names_the_goods(document: DocumentReport, typed: Passage, shown: str) -> bool:
    """Whether typed words give the lot or the product for which the scan, which names none of that kind or another, is to stand.

    A receiver who types the number of his own delivery on a supplier's paper says that he received it.
    """
    told = fold(typed.text)
    if _OF_A_STAMP.search(typed.text) or _OF_A_RECEIPT.search(told):
        return False
    known = re.sub(r"[\W_]+", "", shown)
    return any(
        fact.passage == typed.id
        and (is_lot(fact) or fact.role == "part")
        and re.sub(r"[\W_]+", "", fold(fact.value)) not in known
        for fact in document.facts
    )


_OF_A_RECEIPT = phrases("traceability_flags", "incoming")
"""Words of whoever received the paper with its goods."""

LEAST_LETTERS = 4
"""Letters of a word before a figure that names what was read."""

_OF_A_STAMP = late(r"(?i)signed|signature|page|trang|halaman|ký bởi|签名")
"""Words of what is laid over scans every day: signatures and numbers of pages."""

_VALUE = late(r"([^\W\d_]{2,})\W{1,3}(\d+(?:[.,]\d+)*)\s?([^\W\d_]{1,4}|%)?(?![^\W_])")

_VERDICT = phrases("readings_flags", "judged")
"""Words by which a result is passed: typed beside a figure they are a result, whatever its unit."""
