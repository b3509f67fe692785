"""A supplier's bundle as rules look at it: documents with their record passages, days, facts and copies found once."""

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from evidence.data import table
from evidence.examples import TAUGHT_BY_EXAMPLE, heads_example, tells_made_up_case
from evidence.facts.periods import bounds
from evidence.facts.series_known import until
from evidence.facts.text import fold, spellings
from evidence.likeness import Likeness
from evidence.model import Citation, DocumentReport, Fact, Mode, Passage
from evidence.model import as_day as as_day
from evidence.quotes import MAX_QUOTE, end_of_quote
from evidence.settings import AssessmentSettings
from evidence.titles import kind_of

HAPPENED = ("evidence", "opened", "closed", "verified", "signature")
"""Roles of dates that say when something was done; expiry, due, next, issue and revision dates prove nothing about work done."""

TELLS_CERTIFICATE = {"number", "holder", "body", "accreditation", "accreditation_claim", "scope"}
"""Fields of which a certificate tells one at least, beside its standard."""

EARLIEST = date(1995, 1, 1)
"""Days before it are no evidence of a system that is sold today: misread numbers, founding years."""


@dataclass(frozen=True)
class Evidence:
    """A record passage in its document, with the newest day it or its document names."""

    document: DocumentReport
    passage: Passage
    day: date | None

    @property
    def strength(self) -> float:
        """How surely it is a record."""
        return self.passage.modes.get("record", 1.0 if self.passage.mode == "record" else 0.0)


@dataclass(frozen=True)
class Item:
    """A structured fact (series, case, checklist ...) with its document, its passage and its decoded value."""

    document: DocumentReport
    passage: Passage
    fact: Fact
    value: dict[str, Any]


def once(documents: Sequence[DocumentReport]) -> list[DocumentReport]:
    """Each file once, by its path and fingerprint: suppliers send a bundle again. Of equal ones the first stays."""
    return list({(document.path, document.sha256): document for document in reversed(documents)}.values())[::-1]


@dataclass
class Bundle:
    """All documents of one supplier at one reference date. Nothing in it changes the documents."""

    supplier: str
    today: date
    documents: Sequence[DocumentReport]
    settings: AssessmentSettings = field(default_factory=AssessmentSettings)
    discounted: frozenset[str] = frozenset()

    @cached_property
    def likeness(self) -> Likeness:
        """Which documents are the same one in another format, and which are near copies."""
        return Likeness(self.documents)

    @cached_property
    def examples(self) -> frozenset[str]:
        """Paths of the documents that say of themselves that they are a training case or an example."""
        return frozenset(document.path for document in self.documents if is_example(document))

    @cached_property
    def known(self) -> dict[tuple[Hashable, ...], Any]:
        """What was worked out once and is asked for again by other rules: see ``evidence.remembered``."""
        return {}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind each document goes by, by path: the model's, or what its title says it is."""
        return {document.path: kind_of(document) for document in self.documents}

    @cached_property
    def read(self) -> list[DocumentReport]:
        """Documents of which something was read, each once: without copies, second formats and what stands whole in a fuller state."""
        again = self.likeness.doubles.keys() | self.likeness.earlier.keys()
        return [
            document
            for document in self.documents
            if document.status != "failed" and document.passages and document.path not in again
        ]

    @cached_property
    def passages(self) -> dict[str, dict[str, Passage]]:
        """Passages by document path and id, which begins with the fingerprint of its file: those of one name lie side by side."""
        found: dict[str, dict[str, Passage]] = {}
        for document in self.documents:
            found.setdefault(document.path, {}).update((passage.id, passage) for passage in document.passages)
        return found

    @cached_property
    def facts_by_passage(self) -> dict[tuple[str, str], list[Fact]]:
        """Facts by document path and passage id."""
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for document in self.documents:
            for fact in document.facts:
                found[document.path, fact.passage].append(fact)
        return found

    def is_record(self, passage: Passage) -> bool:
        """Whether a passage counts as a record: not hidden, and sure enough."""
        if passage.hidden:
            return False
        if passage.modes:
            return passage.mode == "record" and passage.modes.get("record", 0.0) >= self.settings.record_floor
        return passage.mode == "record"

    def about(self, passage: Passage, criteria: Iterable[str]) -> bool:
        """Whether a passage is about one of the criteria."""
        return any(passage.criteria.get(name, 0.0) >= self.settings.criterion_floor for name in criteria)

    def records(self, criteria: Sequence[str], kinds: Sequence[str] = ()) -> list[Evidence]:
        """Record passages about the criteria, or of documents of the kinds; those that a flag took the worth from are left out."""
        found = []
        for document in self.read:
            if document.path in self.discounted or document.path in self.examples:
                continue
            of_kind = self.kinds[document.path] in kinds
            for passage in document.passages:
                if self.is_record(passage) and (of_kind or self.about(passage, criteria)):
                    found.append(Evidence(document, passage, self.day_of(document, passage)))
        return found

    def talks(self, criteria: Sequence[str], modes: Sequence[Mode]) -> list[Evidence]:
        """Passages of other modes about the criteria: procedures, forms, claims, certificates."""
        return [
            Evidence(document, passage, None)
            for document in self.read
            for passage in document.passages
            if passage.mode in modes and not passage.hidden and self.about(passage, criteria)
        ]

    def day_of(self, document: DocumentReport, passage: Passage) -> date | None:
        """The newest day on or before today that the passage names; else that of its document."""
        days = self.days_in(document, passage)
        return max(days) if days else self.document_day(document)

    def days_in(self, document: DocumentReport, passage: Passage) -> list[date]:
        """The days on or before today on which a passage says something was done, with or without their year."""
        return [day for fact in self.facts_in(document, passage) if (day := self._told_day(fact))]

    def facts_in(self, document: DocumentReport, passage: Passage) -> Sequence[Fact]:
        """The facts of a passage."""
        return self.facts_by_passage.get((document.path, passage.id), ())

    def days_told(self, document: DocumentReport, passage: Passage) -> list[tuple[str, date]]:
        """The words and days of what a passage says was done."""
        told = (fact for fact in self.facts_in(document, passage) if fact.kind == "date" and fact.quote)
        return [(fact.quote, day) for fact in told if (day := self.happened(fact))]

    def days_of(self, document: DocumentReport) -> list[date]:
        """The days, and the first ones of months, on which a document says that something was done."""
        return [day for fact in document.facts if (day := self.happened(fact))]

    def _told_day(self, fact: Fact) -> date | None:
        return self._past(fact.value) if fact.kind == "short_day" else self.happened(fact)

    def _past(self, value: str) -> date | None:
        return day if (day := as_day(value)) is not None and EARLIEST <= day <= self.today else None

    def document_day(self, document: DocumentReport) -> date | None:
        """The newest day in the records of a document, else in any of its passages that is not a rule or a form."""
        return self._document_days.get(document.path)

    @cached_property
    def _document_days(self) -> dict[str, date]:
        found: dict[str, date] = {}
        for document in self.documents:
            by_id = self.passages[document.path]
            sure: list[date] = []
            other: list[date] = []
            for fact in document.facts:
                passage = by_id.get(fact.passage)
                if passage is None or passage.hidden:
                    continue
                day = self._told_day(fact)
                if day is None:
                    continue
                (sure if self.is_record(passage) else other).append(day)
            if sure or (other and document.reading != "static"):
                found[document.path] = max(sure or other)
        return found

    def happened(self, fact: Fact) -> date | None:
        """The day on which a dated fact says something was done, where that day has come."""
        if fact.kind == "date" and fact.role in HAPPENED:
            day = as_day(fact.value)
        elif (
            fact.kind == "period" and fact.role in HAPPENED and not fact.value.startswith("FY") and len(fact.value) > 4
        ):
            day = as_day(bounds(fact.value)[0])
        else:
            return None
        return day if day is not None and EARLIEST <= day <= self.today else None

    def items(self, kind: str, role: str | None = None) -> Iterator[Item]:
        """Structured facts of the documents that were read, in order."""
        for item in self._items.get(kind, ()):
            if role is None or item.fact.role == role:
                yield item

    @cached_property
    def _items(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for document in self.read:
            if document.path in self.examples:
                continue
            for fact in document.facts:
                passage = self.passages[document.path].get(fact.passage)
                if passage is None or passage.hidden or not fact.value.startswith("{"):
                    continue
                if fact.kind in TAUGHT_BY_EXAMPLE and any(map(heads_example, passage.heading)):
                    continue
                try:
                    value = json.loads(fact.value)
                except ValueError:
                    continue
                if isinstance(value, dict):
                    known = until(value, self.today) if fact.kind == "series" else value
                    found[fact.kind].append(Item(document, passage, fact, known))
        return found

    def fields(self, kind: str = "certificate_field") -> Iterator[tuple[DocumentReport, dict[str, Fact]]]:
        """The certificates of the bundle: document and its first fact of each role. A standard and a day alone are a letter on one."""
        for document in self.read:
            found: dict[str, Fact] = {}
            for fact in document.facts:
                if fact.kind == kind:
                    found.setdefault(fact.role, fact)
            told = found.keys() & TELLS_CERTIFICATE
            if "standard" in found and (told & {"number", "holder"} or ("expiry" in found and told)):
                yield document, found


def evidence_period(
    passages: Sequence[Passage], facts: Sequence[Fact], until: str = "9999-12-31"
) -> tuple[str, str] | None:
    """First and last day, up to an ISO day, on which record passages say that something was done, or of a period that
    their measured series tell; None where none does."""
    records = {passage.id for passage in passages if passage.mode == "record"}
    days: list[str] = []
    for fact in facts:
        if fact.passage not in records:
            continue
        if fact.kind in ("date", "short_day") and fact.role in HAPPENED and len(fact.value) == 10:
            days.append(fact.value)
        elif fact.kind == "series":
            told = [bounds(period) for period in _told_periods(json.loads(fact.value))]
            days += [day for first, last in told if first <= until for day in (first, min(last, until))]
    days = sorted(day for day in days if day <= until)
    return (days[0], days[-1]) if days else None


def up_to(document: DocumentReport, day: date) -> DocumentReport:
    """The document with the days of its evidence that have come: what lies ahead is a plan."""
    period = document.evidence_period
    if period is None or period[1] <= day.isoformat():
        return document
    return document.model_copy(
        update={"evidence_period": evidence_period(document.passages, document.facts, day.isoformat())}
    )


def _told_periods(series: dict[str, Any]) -> list[str]:
    """The months, quarters and half years of a series up to its last figure that is not zero: months to come stand as zeros."""
    periods, values = series.get("periods", []), series.get("values", [])
    filled = [place for place, value in enumerate(values) if value]
    told = periods[: filled[-1] + 1] if filled and series.get("dated", True) else []
    return [period for period in told if len(period) > 4 and not period.startswith("FY") and period[:4].isdigit()]


KEPT_OPENINGS = 2_000
"""Papers of which it is remembered whether they are examples: each rule asks."""


def is_example(document: DocumentReport) -> bool:
    """Whether a document says of itself that it is a training case or an example: left out of the evidence, not accused."""
    return _says_example(document.path + " " + " ".join(passage.text for passage in document.passages[:2])[:400])


@lru_cache(KEPT_OPENINGS)
def _says_example(opening: str) -> bool:
    opening = fold(opening)
    return (
        any(word in opening for word in EXAMPLE_WORDS)
        or tells_made_up_case(opening)
        or any(map(_is_specimen, opening.splitlines()))
    )


def _is_specimen(line: str) -> bool:
    """Whether a folded line marks a paper as a specimen; among the heads of a table the word names the pieces that were tested."""
    return line.count("|") < HEADS and _SPECIMEN.search(line) is not None


HEADS = 2
"""Bars of a row that heads a table."""

_SPECIMEN = re.compile(r"(?:^|[\n|(\[])[\s-]{0,40}specimen[\s-]{0,40}(?:$|[\n|)\]])")
"""The word in a line or cell of its own: laboratories test specimens, and count and number them."""

EXAMPLE_WORDS = tuple(sorted(spellings(table("words")["papers_flags"]["examples"])))


def months_before(day: date, months: int) -> date:
    """The same day some months earlier (the last of a shorter month)."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    first = date(year, month + 1, 1)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def age_months(day: date, today: date) -> int:
    """Whole months between a day and today."""
    months = (today.year - day.year) * 12 + today.month - day.month
    return months - (today.day < day.day)


def occasions(days: Iterable[date], gap_days: int) -> list[date]:
    """Occasions in a run of days: days closer together than the gap are one occasion. Gives the newest day of each."""
    found: list[date] = []
    start: date | None = None
    for day in sorted(set(days)):
        if start is not None and (day - start).days < gap_days:
            found[-1] = day
        else:
            found.append(day)
            start = day
    return found


def cite(
    document: DocumentReport, passage: Passage, quote: str | None = None, start: int | None = None
) -> Citation | None:
    """A citation whose quote stands to the letter in the passage; None where the passage has no place.

    ``start`` is where the quote begins in the passage, for quotes that stand in it more than once.
    """
    if not passage.locators:
        return None
    begin = start if start is not None else passage.text.find(quote) if quote else 0
    text = quote if quote and begin >= 0 else passage.text
    begin = max(0, begin)
    if len(text) > MAX_QUOTE:
        text = text[: end_of_quote(text)]
    begin += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    places = passage.locators_of(begin, begin + len(text))
    return Citation(document=document.path, locator=places[0], quote=text, passage=passage.id, locators=places)


def cite_fact(bundle: Bundle, document: DocumentReport, fact: Fact, wide: bool = False) -> Citation | None:
    """A citation of a fact: its quote, or with ``wide`` the line of the passage that holds it."""
    passage = bundle.passages[document.path].get(fact.passage)
    if passage is None:
        return None
    at = _place_of(fact, passage)
    if at < 0:
        return cite(document, passage, fact.quote)
    if not wide:
        return cite(document, passage, fact.quote, at)
    begin = passage.text.rfind("\n", 0, at) + 1
    end = passage.text.find("\n", at + len(fact.quote))
    line = passage.text[begin : end if end >= 0 else len(passage.text)]
    return cite(document, passage, line, begin) if len(line) <= MAX_QUOTE else cite(document, passage, fact.quote, at)


def _place_of(fact: Fact, passage: Passage) -> int:
    """Where the words of a fact begin in its passage: of several, the ones at the fact's own place; -1 where not."""
    if not fact.quote:
        return -1
    first = at = passage.text.find(fact.quote)
    while at >= 0:
        if passage.locators_of(at, at + len(fact.quote)) == fact.locators:
            return at
        at = passage.text.find(fact.quote, at + 1)
    return first
