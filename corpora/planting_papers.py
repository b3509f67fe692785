"""Ordinary papers of our own writing, in nine languages, laid beside the papers of a bundle on days counted from its reference date.

They stand in ``corpora/ordinary`` as ``NAME-LANGUAGE.md``, in the form of all documents (``FORMAT.md``), with places in braces: ``{day-95}``
and ``{month+60}`` are so many days from the reference date, ``{year+1}`` the year after it, ``{company}`` the supplier's name, ``{pick a b}``
one of the words, drawn, and ``{no}`` the number of a paper that is laid down several times.
"""

import random
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from corpora.authored import AuthoredDocument, AuthoredSupplier, parse_document
from corpora.month_names import MONTHS
from corpora.planting import drawn_from
from corpora.planting_copies import blank_of, with_papers

PAPERS = Path(__file__).parent / "ordinary"

DAYS: Mapping[str, str] = {
    "en": "{day} {month} {year}", "vi": "{day:02d}/{at:02d}/{year}", "id": "{day} {month} {year}", "ms": "{day} {month} {year}", "th": "{day} {month} {year}",
    "zh": "{year}年{at}月{day}日", "ko": "{year}년 {at}월 {day}일", "ja": "{year}年{at}月{day}日", "tr": "{day:02d}.{at:02d}.{year}",
}  # fmt: skip
"""How a day is written in each language."""

_PLACE = re.compile(r"\{(day|month|year|company|no|pick)([+-]\d+)?((?: [^{} ]+)*)\}")


def paper(name: str, language: str, supplier: AuthoredSupplier, number: int = 1) -> AuthoredDocument:
    """One of the papers, filled in for a supplier; its ``number``-th where there are several. Raises AuthoringError."""
    path = PAPERS / f"{name}-{language}.md"
    drawn = drawn_from(f"{supplier.id} {name} {number}")
    text = path.read_text(encoding="utf-8")
    return parse_document(
        _PLACE.sub(lambda place: _filled(place, language, supplier, number, drawn), text), path, supplier.id
    )


def _filled(place: re.Match[str], language: str, supplier: AuthoredSupplier, number: int, drawn: random.Random) -> str:
    reference, step = date.fromisoformat(supplier.reference_date), int(place[2] or 0)
    match place[1]:
        case "company":
            return supplier.name
        case "no":
            return str(number)
        case "pick":
            return drawn.choice(place[3].split())
        case "year":
            return str(reference.year + step)
    day = reference + timedelta(days=step)
    month = MONTHS[language][day.month - 1]
    form = DAYS[language] if place[1] == "day" else "{month} {year}"
    return form.format(day=day.day, month=month, at=day.month, year=day.year)


def language_of(supplier: AuthoredSupplier, name: str) -> str:
    """One of the languages in which a supplier's papers are, drawn for a paper."""
    return drawn_from(f"{supplier.id} {name}").choice(sorted({document.language for document in supplier.documents}))


def laid_beside(name: str, copies: int = 1) -> Callable[[AuthoredSupplier], AuthoredSupplier]:
    """A change that lays a paper, or several of it, beside those of a supplier, in one of its languages."""

    def change(supplier: AuthoredSupplier) -> AuthoredSupplier:
        language = language_of(supplier, name)
        return with_papers(supplier, [paper(name, language, supplier, number) for number in range(1, copies + 1)])

    return change


def blanks_alone(*names: str) -> Callable[[AuthoredSupplier], AuthoredSupplier]:
    """A change that lays the blanks of papers beside those of a supplier, and none that is filled."""

    def change(supplier: AuthoredSupplier) -> AuthoredSupplier:
        filled = [paper(name, language_of(supplier, name), supplier) for name in names]
        return with_papers(supplier, [blank for one in filled if (blank := blank_of(supplier, one))])

    return change


def in_two_languages(name: str) -> Callable[[AuthoredSupplier], AuthoredSupplier]:
    """A change that lays a paper beside those of a supplier, in English and in another language."""

    def change(supplier: AuthoredSupplier) -> AuthoredSupplier:
        others = sorted({document.language for document in supplier.documents} - {"en"}) or sorted(set(DAYS) - {"en"})
        other = drawn_from(f"{supplier.id} {name}").choice(others)
        return with_papers(supplier, [paper(name, language, supplier) for language in ("en", other)])

    return change
