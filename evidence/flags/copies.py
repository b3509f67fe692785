"""Flags on copies: records that are near the same, many files made in one sitting, changes after the signature."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from evidence.bundle import Bundle, as_day, cite, cite_fact, is_example
from evidence.facts.people import is_name
from evidence.facts.text import fold, phrases
from evidence.flags.registry import Finding, name_of, rule
from evidence.likeness import NARRATIVE_KINDS, Pair
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport, Fact
from evidence.titles import RULES_AND_FORMS, is_record_of
from evidence.wording import list_of

COPIED_NUMBERS = 0.85
"""Share of figures that two measured records must have in common to be copies."""


@rule("near_identical_records")
def near_identical_records(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Two records alike but for their dates.

    One document in two formats, and one form for several parts with their own values, are not meant.
    """
    groups: dict[str, list[set[str]]] = {}
    for pair, what in _copies(bundle):
        together = [group for group in groups.setdefault(what, []) if {pair.first.path, pair.second.path} & group]
        merged = {pair.first.path, pair.second.path}.union(*together)
        groups[what] = [group for group in groups[what] if group not in together] + [merged]
    by_path = {document.path: document for document in bundle.documents}
    for what, found in groups.items():
        for paths in found:
            papers = sorted(
                (by_path[path] for path in paths), key=lambda d: (bundle.document_day(d) or date.min, d.path)
            )
            named = [f"'{name_of(paper.path)}'" for paper in papers]
            more = [f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED + 1 else named[MOST_NAMED:]
            yield Finding(
                {"names": list_of([*named[:MOST_NAMED], *more]), "what": what},
                tuple(_record_place(bundle, paper) for paper in papers), tuple(paper.path for paper in papers[1:]),
            )  # fmt: skip


MOST_NAMED = 5
"""Copies of one record that a sentence names; the others are counted, and cited."""


def _copies(bundle: Bundle) -> Iterator[tuple[Pair, str]]:
    """Two records that are copies, and what they differ in."""
    for pair in bundle.likeness.near:
        if not (_is_record(bundle, pair.first) and _is_record(bundle, pair.second)):
            continue
        days = bundle.document_day(pair.first), bundle.document_day(pair.second)
        if _same_event(pair, days):
            continue
        narrative = _of_words(pair.first) and _of_words(pair.second)
        if not narrative and (pair.numbers < COPIED_NUMBERS or _measured_anew(pair)):
            continue
        if narrative and pair.numbers < 0.5 and pair.masked < 0.95:
            continue
        yield pair, "their dates and numbers" if pair.numbers < 0.95 else "their dates"


def _measured_anew(pair: Pair) -> bool:
    """Whether two tables of readings differ in their order: a gauge of coarse steps shows few figures, over and over, and two
    honest tests hold nearly the same ones.
    """
    left, right = (
        [
            value
            for fact in document.facts
            if fact.kind == "readings"
            for row in json.loads(fact.value)["rows"]
            for value in row["values"]
        ]
        for document in (pair.first, pair.second)
    )
    if not left or not right:
        return False
    alike = sum(one == other for one, other in zip(left, right, strict=False))
    return len(left) != len(right) or alike < COPIED_NUMBERS * len(left)


def _is_record(bundle: Bundle, document: DocumentReport) -> bool:
    """A paper of work done: by its reading, or because a passage of a record in it names its day."""
    if document.kind not in RULES_AND_FORMS and (
        document.reading != "static" or bundle.document_day(document) is not None
    ):
        return True
    signed = any(_signs(document, fact) for fact in document.facts)
    return signed and any(fact.kind == "identifier" and fact.role in LOT_ROLES for fact in document.facts)


def _of_words(document: DocumentReport) -> bool:
    """Whether a record is made of words, by its kind or by its title."""
    return any(is_record_of(document, kind) for kind in NARRATIVE_KINDS)


def _same_event(pair: Pair, days: tuple[date | None, date | None]) -> bool:
    """The same record saved twice: nearly all the words and digits, and the same day."""
    return pair.exact >= 0.9 and days[0] is not None and days[0] == days[1]


def _record_place(bundle: Bundle, document: DocumentReport) -> Any:
    passage = max(
        (p for p in document.passages if bundle.is_record(p)), key=lambda p: (len(p.text), p.id), default=None
    )
    return cite(document, passage) if passage else None


_CONVERTED = (
    "scan",
    "camscanner",
    "ghostscript",
    "itext",
    "ilovepdf",
    "smallpdf",
    "pdf24",
    "zip",
    "export",
    "print to pdf",
    "pdfcreator",
    "chromium",
    "canon",
    "ricoh",
    "xerox",
    "konica",
    "epson",
    "hp ",
    "brother",
    "reportlab",
)


@rule("many_records_one_sitting")
def many_records_one_sitting(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Office files of records that claim days far apart, created within hours by one author, or where no author is kept by one program.

    Prints, scans and conversions carry the day they were made and are not meant.
    """
    groups: dict[tuple[str, str], list[tuple[datetime, DocumentReport, date]]] = defaultdict(list)
    for document in bundle.read:
        created, author = _time(document.metadata.get("created")), document.metadata.get("author")
        day = _claimed_day(bundle, document)
        maker = author or document.metadata.get("producer", "")
        if created is None or not maker or day is None or not _is_office(document):
            continue
        groups[maker, author or ""].append((created, document, day))
    for (_, author), items in sorted(groups.items()):
        items.sort(key=lambda item: (item[0], item[1].path))
        for index in range(len(items)):
            window = [
                item
                for item in items[index:]
                if (item[0] - items[index][0]).total_seconds() <= data["window_minutes"] * 60
            ]
            days = sorted(item[2] for item in window)
            late = [item for item in window if (item[0].date() - item[2]).days > 14]
            if (
                len(window) >= data["least"]
                and (days[-1] - days[0]).days >= data["span_days"]
                and len(late) * 2 >= len(window)
            ):
                yield Finding(
                    {
                        "count": len(window),
                        "first": days[0].isoformat(),
                        "last": days[-1].isoformat(),
                        "day": items[index][0].date().isoformat() + (f" by {author}" if author else ""),
                    },
                    tuple(_record_place(bundle, item[1]) for item in window[:4]),
                )
                break


def _claimed_day(bundle: Bundle, document: DocumentReport) -> date | None:
    """The day a record claims, also one with a filled head over an empty body; None for rules and blank forms."""
    if _is_record(bundle, document):
        return bundle.document_day(document)
    if not any(fact.kind == "person" and fact.role in ("auditor", "inspector", "chair") for fact in document.facts):
        return None
    days = [day for fact in document.facts if fact.role == "evidence" and (day := bundle.happened(fact))]
    return max(days) if days and document.kind not in ("procedure", "manual", "certificate") else None


def _is_office(document: DocumentReport) -> bool:
    producer = fold(document.metadata.get("producer", ""))
    return document.path.lower().endswith((".docx", ".xlsx", ".xls", ".doc", ".pptx")) and not any(
        word in producer for word in _CONVERTED
    )


SIGNATURE = re.compile(r"\s*[^\W\d_][^\d|:;]{2,40},?\s*")
"""A name with nothing but a day behind it."""


def _signs(document: DocumentReport, fact: Fact) -> bool:
    """Whether a day stands behind a name in the last line of a paper: a signature without the word for it."""
    last = document.passages[-1]
    line = last.text.rstrip().rsplit("\n", 1)[-1]
    return (
        fact.kind == "date"
        and fact.passage == last.id
        and line.endswith(fact.quote)
        and SIGNATURE.fullmatch(line.removesuffix(fact.quote)) is not None
        and is_name(line.removesuffix(fact.quote).strip(" ,"))
    )


def _approves(bundle: Bundle, document: DocumentReport, fact: Fact) -> bool:
    """Whether a day stands right behind the name of who approved a paper."""
    passage = bundle.passages[document.path].get(fact.passage)
    if passage is None or fact.kind != "date":
        return False
    named = [
        other.quote
        for other in bundle.facts_by_passage.get((document.path, fact.passage), ())
        if other.kind == "person" and other.role == "approved"
    ]
    if not named:
        return False
    before = passage.text[: max(passage.text.find(fact.quote), 0)].rstrip(" ,|(")
    return before.endswith(tuple(named))


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        return None


@rule("changed_after_signature")
def changed_after_signature(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """An office file of a signed record that somebody other than its author saved long after the signature, and a certificate
    whose digital signature no longer fits the file.

    PDF prints and scans are not meant.
    """
    for document, fields in bundle.fields():
        signature = fields.get("digital_signature")
        if signature and "broken" in signature.value and (place := cite_fact(bundle, document, signature)):
            words = {"signed": "an earlier day", "modified": "a later one", "how": "as its digital signature shows"}
            yield Finding({"name": name_of(document.path), **words}, (place,))
    for document in bundle.read:
        if not _is_office(document):
            yield from _told_amended(bundle, document)
            continue
        if not _is_record(bundle, document) or document.kind in (
            "metrics_record",
            "training_record",
            "supplier_evaluation_record",
            "calibration_record",
        ):
            continue  # registers and running sheets are written on after each signature
        modified, by, author = (
            as_day(document.metadata.get("modified", "")),
            document.metadata.get("last_modified_by"),
            document.metadata.get("author"),
        )
        signed = _signed(bundle, document)
        newest = bundle.document_day(document) or max(signed, default=None)
        if told := _amended(bundle, document, signed):
            yield Finding(
                {
                    "name": name_of(document.path),
                    "signed": max(signed).isoformat(),
                    "modified": told[0].isoformat(),
                    "how": "as it says itself",
                },
                (told[1],),
            )
            continue
        if (
            modified
            and by
            and (not author or fold(by) != fold(author))
            and signed
            and newest
            and (modified - max(*signed, newest)).days > data["days"]
        ):
            yield Finding(
                {
                    "name": name_of(document.path),
                    "signed": max(signed).isoformat(),
                    "modified": modified.isoformat(),
                    "how": f"in its file by {by}",
                },
                (_record_place(bundle, document),),
            )


def _signed(bundle: Bundle, document: DocumentReport) -> list[date]:
    """The days on which a document was signed or approved."""
    return [
        day
        for fact in document.facts
        if (fact.role == "signature" or _signs(document, fact) or _approves(bundle, document, fact))
        and (day := bundle.happened(fact))
    ]


def _told_amended(bundle: Bundle, document: DocumentReport) -> Iterator[Finding]:
    """A print or scan of a record that says of itself, with a day, that it was corrected after it was signed."""
    if not _is_record(bundle, document) or is_example(document):
        return
    for fact in document.facts:
        passage, day = bundle.passages[document.path].get(fact.passage), bundle.happened(fact)
        if fact.kind != "date" or passage is None or passage.hidden or day is None:
            continue
        line = next((line for line in passage.text.splitlines() if fact.quote in line), "")
        folded = fold(line)
        if phrases("papers_flags", "after_signing").search(folded) and _CHANGES.search(folded):
            words = {"signed": "an earlier day", "modified": day.isoformat(), "how": "as it says itself"}
            yield Finding({"name": name_of(document.path), **words}, (cite(document, passage, line),))
            return


_AMENDED = phrases("papers_flags", "amended")
_CHANGES = re.compile(rf"{_AMENDED.pattern}|{phrases('papers_flags', 'changes').pattern}")


_REPLACED = re.compile(
    rf"\d(?:[.,]\d+)?(?: ?[^\W\d_]{{1,4}})? ?(?:{phrases('papers_flags', 'replaced').pattern}|→|->|=>) ?\d"
)
"""A figure that was put in the place of another: ``7.2 changed to 8.8``."""


def _amended(bundle: Bundle, document: DocumentReport, signed: Sequence[date]) -> tuple[date, Any] | None:
    """The day after all signatures on which a record says that it was changed, and the line that says so."""
    after = phrases("papers_flags", "after_signing")
    for fact in document.facts if signed else ():
        day, passage = bundle.happened(fact), bundle.passages[document.path].get(fact.passage)
        if fact.kind != "date" or day is None or passage is None or day <= max(signed):
            continue
        for line in passage.text.splitlines():
            if fact.quote in line and after.search(fold(line)) and _CHANGES.search(fold(line)):
                return day, cite(document, passage, line)
            told = _AMENDED.search(fold(line))
            if told and told.end() <= line.find(fact.quote) <= told.end() + NEAR:
                return day, cite(document, passage, line)
            if fact.quote in line and document.kind == "traceability_record" and _REPLACED.search(fold(line)):
                return day, cite(document, passage, line)
    return None


NEAR = 30
"""Letters between the word for a change and its day."""
