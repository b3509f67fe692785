"""What the status rules share: records with their occasions, the best citations, and the general rule over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Evidence, age_months, cite, months_before, occasions
from evidence.data import table
from evidence.facts.text import fold, words
from evidence.model import Citation, Status
from evidence.wording import age_of, count_of, list_of, name_of

MAX_CITATIONS = 5
"""Citations shown with an expectation: the best few; the rest can be searched."""


SHORTEST = 25
"""Characters of a passage that is worth citing: a heading or a number alone proves nothing."""

OLDEST_MONTHS = 60
"""Months back from which occasions are told: what is older says nothing of the system of today."""


@dataclass(frozen=True)
class Finding:
    """What a rule decided, in words."""

    status: Status
    rule: str
    explanation: str
    provided: str
    evidence: tuple[Citation, ...] = ()
    lacks: str = ""  # what is lacking here, where the rule by itself says less
    wanted: str = ""  # which of the asks of the expectation would close the gap, where the rule by itself does not tell


@dataclass
class Seen:
    """The records of an expectation with their days and their occasions."""

    records: list[Evidence]
    days: list[date] = field(default_factory=list)
    times: list[date] = field(default_factory=list)

    @property
    def newest(self) -> date | None:
        """The newest day of the records."""
        return max(self.days) if self.days else None


def max_age(bundle: Bundle, data: Mapping[str, Any]) -> int:
    """Months that the newest record of an expectation may be old."""
    return int(bundle.settings.max_age_months.get(data["id"], data["max_age_months"]))


def seen(bundle: Bundle, data: Mapping[str, Any], records: list[Evidence] | None = None) -> Seen:
    """The records of an expectation with their days and occasions."""
    found = bundle.records(data["criteria"], data["kinds"]) if records is None else records
    days = sorted(evidence.day for evidence in found if evidence.day is not None)
    return Seen(found, days, occasions(_all_days(bundle, found), data["gap_days"]))


def _all_days(bundle: Bundle, records: Sequence[Evidence]) -> list[date]:
    days: list[date] = []
    oldest = months_before(bundle.today, OLDEST_MONTHS)
    for item in records:
        own = bundle.days_in(item.document, item.passage)
        days.extend(own or ([item.day] if item.day else []))
    return [day for day in days if day >= oldest] or days


def best(bundle: Bundle, records: Sequence[Evidence], count: int = MAX_CITATIONS) -> tuple[Citation, ...]:
    """The citations that prove most: sure records with a day, the newest first, not all from one document."""
    ordered = sorted(
        records,
        key=lambda e: (
            e.day is None,
            -(e.day.toordinal() if e.day else 0),
            -round(e.strength, 2),
            e.document.path,
            e.passage.id,
        ),
    )
    chosen: list[Evidence] = []
    used: dict[str, int] = {}
    for limit in (1, 2, count):
        for item in ordered:
            if (
                len(chosen) < count
                and item not in chosen
                and used.get(item.document.path, 0) < limit
                and len(item.passage.text) >= SHORTEST
            ):
                chosen.append(item)
                used[item.document.path] = used.get(item.document.path, 0) + 1
    return tuple(citation for item in chosen if (citation := cite(item.document, item.passage)))


def telling(bundle: Bundle, data: Mapping[str, Any], items: Sequence[Evidence], count: int) -> tuple[Citation, ...]:
    """The citations of words that speak most plainly of an expectation.

    Those that name its side of the matter come first, then those that are most surely about it and of their mode: a
    table of revisions stands at the head of every procedure and says nothing.
    """
    side = words(tuple(data["aspect"])) if "aspect" in data else None

    def rank(item: Evidence) -> tuple[bool, float, str, str]:
        passage = item.passage
        about = max((passage.criteria.get(name, 0.0) for name in data["criteria"]), default=0.0)
        sure = passage.modes.get(passage.mode, 1.0)
        named = side is None or side.search(fold(passage.text)) is not None
        return not named, -round(about * sure, 2), item.document.path, passage.id

    chosen = sorted((item for item in items if len(item.passage.text) >= SHORTEST), key=rank)[:count]
    return tuple(citation for item in chosen if (citation := cite(item.document, item.passage)))


def no_records(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """The status where no record was found: words only, nothing, or not enough read to say so."""
    pages, read = coverage(bundle)
    doubtful = _doubtful(bundle, data)
    limits = bundle_limits()
    if len(bundle.read) < limits["least_documents"] or (pages and read / pages < limits["least_share_read"]):
        if not bundle.documents:
            return Finding(
                "undetermined", "too_little_sent", "No document was sent.", "Nothing was sent.", (), "Nothing was sent."
            )
        if not read:
            none = (
                "The one document sent" if len(bundle.documents) == 1 else f"None of {len(bundle.documents)} documents"
            )
            told = f"{none} could {'not ' if len(bundle.documents) == 1 else ''}be read: nothing can be said."
            return Finding("undetermined", "too_little_read", told, "Nothing could be read.")
        sent = f"{count_of(len(bundle.documents), 'document')} with {count_of(pages, 'page')}"
        if read < pages:
            told = f"Of {sent}, {count_of(read, 'page')} could be read: nothing can be said."
            return Finding("undetermined", "too_little_read", told, "Too little could be read.")
        told = f"Only {sent} {'was' if len(bundle.documents) == 1 else 'were'} sent, too few to judge by."
        return Finding("undetermined", "too_little_sent", told, "Too little was sent.")
    words_only = bundle.talks(data["criteria"], ("prescription", "template", "claim", "credential"))
    if len(doubtful) >= 2:
        return Finding(
            "undetermined", "model_unsure",
            f"{count_of(len(doubtful), 'passage')} may be records of this, but the model is not sure; a reviewer "
            f"decides.",
            "Passages that may be records, to be looked at by a reviewer.", best(bundle, doubtful, 3),
        )  # fmt: skip
    if words_only:
        named = list_of(
            [f"{name} ({_files(paths)})" for mode, name in _MODE_WORDS.items() if (paths := _holding(words_only, mode))]
        )
        return Finding(
            "static_only", "only_words", f"Only {named}, and not one record of it being done.",
            f"Only {named}.", telling(bundle, data, words_only, 2),
        )  # fmt: skip
    return Finding(
        "missing",
        "nothing_found",
        f"Nothing about this in {count_of(read, 'readable page')} of {count_of(len(bundle.read), 'document')}.",
        "Nothing.",
    )


_MODE_WORDS = {
    "prescription": "rules, plans or lists",
    "template": "blank forms",
    "claim": "general claims",
    "credential": "certificates",
}

MOST_FILES = 2
"""Files named in a sentence; the others are counted."""


def _holding(items: Sequence[Evidence], mode: str) -> list[str]:
    """Names of the files with passages of a mode, those with the most first; a file is told by what most of it is."""
    counts: dict[str, Counter[str]] = {}
    for item in items:
        counts.setdefault(item.document.path, Counter())[item.passage.mode] += 1
    blank = {item.document.path for item in items if item.document.kind == "blank_form"}
    main = {
        path: "template" if path in blank else max(_MODE_WORDS, key=lambda name: found[name])
        for path, found in counts.items()
    }
    paths = sorted((path for path in main if main[path] == mode), key=lambda path: (-counts[path][mode], path))
    return [name_of(path) for path in paths]


def _files(names: Sequence[str]) -> str:
    shown = [f"'{name}'" for name in names[:MOST_FILES]]
    return list_of([*shown, f"{len(names) - MOST_FILES} more"] if len(names) > MOST_FILES else shown)


def _doubtful(bundle: Bundle, data: Mapping[str, Any]) -> list[Evidence]:
    floor, ceiling = bundle.settings.doubt_floor, bundle.settings.record_floor
    found = []
    for document in bundle.read:
        if document.path in bundle.discounted:
            continue
        for passage in document.passages:
            share = passage.modes.get("record", 0.0)
            unsure = (
                floor <= share
                and (share < ceiling or passage.mode != "record")
                and share >= max(passage.modes.values(), default=1.0) - 0.1
            )
            if unsure and not passage.hidden and bundle.about(passage, data["criteria"]):
                found.append(Evidence(document, passage, None))
    return found


def coverage(bundle: Bundle) -> tuple[int, int]:
    """Pages, sheets and slides of the bundle, and how many of them were read;

    a failed file counts as one page at least.
    """
    pages = sum(max(document.pages, 1) for document in bundle.documents)
    read = sum(document.pages_read if document.status != "failed" else 0 for document in bundle.documents)
    return pages, read


def bundle_limits() -> Mapping[str, Any]:
    """Limits of coverage from the data."""
    limits: Mapping[str, Any] = table("expectations")["coverage"]
    return limits


def over_time(bundle: Bundle, data: Mapping[str, Any], found: Seen, loop: tuple[bool, str] = (False, "")) -> Finding:
    """The general rule:

    records over time or a closed loop, fresh, are living; old ones stale; one or undated ones partial.
    """
    if not found.records:
        return no_records(bundle, data)
    months = max_age(bundle, data)
    documents = len({e.document.path for e in found.records})
    summary = f"Records in {count_of(documents, 'document')}"
    passages = f" ({count_of(len(found.records), 'passage')})"
    citations = best(bundle, found.records)
    newest = found.newest
    if newest is None:
        return Finding(
            "partial",
            "records_without_date",
            f"{summary}{passages}, but none names the day on which it happened.",
            f"{summary}, undated.",
            citations,
        )
    age = age_months(newest, bundle.today)
    span = (
        f"on {count_of(len(found.times), 'occasion')} from {found.times[0].isoformat()} to {found.times[-1].isoformat()}"
        if len(found.times) > 1
        else f"on one occasion, {newest.isoformat()}"
    )
    shown = f"{summary}, {span}."
    told = f"{summary}{passages}, {span}"
    if newest < months_before(bundle.today, months):
        return Finding(
            "stale",
            "records_too_old",
            f"{told}. The newest is {age_of(age, months)} old; more than {months} months is too old.",
            shown,
            citations,
        )
    if loop[0]:
        return Finding("living", "closed_loop", f"{told}. {loop[1]}", shown, citations)
    if len(found.times) >= data["occasions"]:
        return Finding(
            "living",
            "records_over_time",
            f"{told}. The newest is {age_of(age)} old; up to {count_of(months, 'month')} count.",
            shown,
            citations,
        )
    return Finding(
        "partial",
        "too_few_occasions",
        f"{told}; at least {data['occasions']} are needed to show that it keeps happening.",
        shown,
        citations,
    )
