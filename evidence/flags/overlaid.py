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
            laid = next((p for p in typed if _is_laid_over(document, p, shown)), None)
            if laid is not None:
                yield Finding(
                    {"name": name_of(document.path), "text": " ".join(laid.text.split())[:80]}, (cite(document, laid),)
                )
                break


def _is_laid_over(document: DocumentReport, typed: Passage, shown: str) -> bool:
    """Whether typed words are matter of the record that the scan itself does not show so: a value, a verdict, the lot it is to stand for."""
    if _passes(typed.text, shown) or _names_the_goods(document, typed, shown):
        return True
    if any(word in shown for word in re.findall(r"\d[\d.,/-]{2,}", fold(typed.text))):
        return False
    return (
        _has_values(typed.text)
        or _is_said_otherwise(typed.text, shown)
        or _has_its_unit(typed.text, shown)
        or _has_measured(typed.text)
        or _goes_on(typed.text, shown)
    )


def _has_measured(text: str) -> bool:
    """Whether typed words hold two figures with units in which things are tested: ``61 J  58 J``, ``262 N/mm2   207 BHN``."""
    told = fold(text)
    return not _OF_A_STAMP.search(text) and not _OF_A_RECEIPT.search(told) and len(_MEASURED.findall(told)) > 1


_MEASURED = late(
    r"(?<![\w.,/-])\d{1,5}(?:[.,]\d{1,4})?\s?(?:[mk]?pa|[mk]?n|n/mm[2²]?|n/mm|j|kj/m2|bhn|hbn|hbw?|hr[abc]|hv\d{0,2}|shore [ad]|bar|psi|°[cf]|℃"
    r"|mm|[µμ]m|microns?|mikron|mg/(?:l|kg|m2|m3)|pp[mb]|[mk]?v|m?a|[kmµ]?ω|k?ohms?|k?hz|db|rpm|cst|ntu|cfu(?:/g)?|gsm|g/m2|kgf|n[·.]?m)(?![^\W_]|/)"
)
"""A figure with the unit of a test; weights and lengths of what is delivered are written by whoever received it."""


def _goes_on(text: str, shown: str) -> bool:
    """Whether typed words end in one figure that goes on a run of readings of the scan: of as many decimals, among them or near, and
    none of them. The number of an edition is none.
    """
    told = _LAST.search(fold(text))
    if told is None or _OF_A_STAMP.search(text) or _OF_AN_EDITION.search(fold(text)):
        return False
    decimals = len(told[1].rpartition(".")[2] if "." in told[1] else told[1].rpartition(",")[2])
    run = [
        float(one.replace(",", ".")) for one in _DECIMALS.findall(shown) if len(re.split("[.,]", one)[1]) == decimals
    ]
    value, room = float(told[1].replace(",", ".")), max(run, default=0.0) - min(run, default=0.0)
    if len(run) < LEAST_RUN or value in run or not 0 < max(run) < MOST_APART * min(run):
        return False
    return min(run) - room <= value <= max(run) + room


_LAST = re.compile(r"(?<![\d.,/-])(\d{1,5}[.,]\d{1,4})\s*$")
_DECIMALS = re.compile(r"(?<![\w.,/-])\d{1,5}[.,]\d{1,4}(?![\w/-]|[.,]\d)")
_OF_AN_EDITION = late(
    r"(?<![^\W\d_])(?:rev|ver|version|v|ed|edition|issue|form|iso|clause|版|판|ฉบับ|phiên bản|lần)(?![^\W\d_])"
)
LEAST_RUN = 3
"""Readings of the scan that one typed figure can go on."""

MOST_APART = 2
"""Times the least of them that the largest may be, to be readings of one thing."""


def _passes(text: str, shown: str) -> bool:
    """Whether typed words pass what was read, figures among them, where the scan has no such verdict."""
    told = fold(text)
    if _OF_A_STAMP.search(text) or _OF_A_RECEIPT.search(told) or not any(map(str.isdigit, told)):
        return False
    verdicts = {match[0] for match in _VERDICT.finditer(told)}
    return bool(verdicts) and len(_VALUES.findall(told)) >= LEAST_VALUES and not any(map(shown.__contains__, verdicts))


_VALUES = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)?(?![\w/-]|[.,]\d)")
LEAST_VALUES = 2
"""Figures beside a verdict from which they are what was read."""


LEAST_SCANNED = 80
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
    """Whether typed words give the lot or the product for which the scan, which names none of that kind or another, is to stand. Who
    types a field for the lot, its label and a day with it, lays it over the one that the scan has, whatever that tells now.

    A receiver who types the number of his own delivery on a supplier's paper says that he received it.
    """
    told = fold(typed.text)
    if _OF_A_STAMP.search(typed.text) or _OF_A_RECEIPT.search(told):
        return False
    known = "" if _is_field_of_lot(document, typed) else re.sub(r"[\W_]+", "", shown)
    return any(
        fact.passage == typed.id
        and (is_lot(fact) or fact.role == "part")
        and re.sub(r"[\W_]+", "", fold(fact.value)) not in known
        for fact in document.facts
    )


def _is_field_of_lot(document: DocumentReport, typed: Passage) -> bool:
    """Whether typed words are the fields of a lot and of a day, with their labels, and nothing else."""
    told = [fact.quote for fact in document.facts if fact.passage == typed.id and (is_lot(fact) or fact.kind == "date")]
    dated = any(fact.kind == "date" and fact.passage == typed.id for fact in document.facts)
    rest = typed.text
    for quote in told:
        rest = rest.replace(quote, " ", 1)
    return dated and len(set(told)) > 1 and not any(map(str.isdigit, rest)) and any(map(str.isalpha, rest))


_OF_A_RECEIPT = phrases("traceability_flags", "incoming")
"""Words of whoever received the paper with its goods."""

LEAST_LETTERS = 4
"""Letters of a word before a figure that names what was read."""

_OF_A_STAMP = late(r"(?i)signed|signature|page|trang|halaman|ký bởi|签名")
"""Words of what is laid over scans every day: signatures and numbers of pages."""

_VALUE = late(r"([^\W\d_]{2,})\W{1,3}(\d+(?:[.,]\d+)*)\s?([^\W\d_]{1,4}|%)?(?![^\W_])")

_VERDICT = phrases("readings_flags", "judged")
"""Words by which a result is passed: typed beside a figure they are a result, whatever its unit."""
