"""Flags on what a paper is:

rules without records, placeholders, text that is not shown.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, Evidence, cite, is_example
from evidence.case_reading import CASE_ROLES
from evidence.facts.text import fold, is_nameless, late, phrases
from evidence.findings import telling
from evidence.flags.offices import lists_offices
from evidence.flags.other_company import RULES, kept_by_another, named_instead
from evidence.flags.placeholders import LEFT_OPEN, PLACEHOLDER, in_rules, is_hint
from evidence.flags.records_asked import asks_for_exercise, is_daily_log, tells_recall
from evidence.flags.registry import Finding, line_at, name_of, rule
from evidence.model import DocumentReport, Passage
from evidence.titles import (
    RULES_AND_FORMS,
    calls_itself_plan,
    is_filed_as_record,
    is_filled_in,
    lists_suppliers,
    title_of,
)

TOPICS = {
    "corrective_action": "corrective action",
    "internal_audit": "internal audit",
    "management_review": "management review",
    "traceability": "traceability",
    "supplier_control": "supplier evaluation",
    "calibration": "calibration",
    "competence": "training",
    "recall": "a mock recall",
}
"""Criteria whose procedures ask for records, with the words for them.

Risk and change may leave none in a quiet year.
"""


@rule("procedure_without_record")
def procedure_without_record(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A topic has a procedure, and not one dated record in the whole bundle."""
    unread = sum(document.status == "failed" for document in bundle.documents)
    for criterion, topic in TOPICS.items():
        rules = [e for e in bundle.talks((criterion,), ("prescription",)) if e.document.kind in ("procedure", "manual")]
        rules += [
            Evidence(document, passage, None)
            for document in bundle.read
            if document.kind == "procedure" and _is_titled(document, criterion) and not _is_no_rule(document)
            for passage in document.passages
            if passage.mode == "prescription" and not passage.hidden and not bundle.about(passage, (criterion,))
        ]
        documents = Counter(e.document.path for e in rules)
        own = [
            e
            for e in rules
            if e.document.kind == "procedure"
            and not calls_itself_plan(e.document)
            and not _is_no_rule(e.document)
            and (documents[e.document.path] >= 2 or _is_short_text(e.document))
            and (_main_topic(bundle, e.document) == criterion or _is_titled(e.document, criterion))
        ]
        if not own or (criterion == "recall" and not any(asks_for_exercise(e.document) for e in own)):
            continue
        done = any(e.day is not None and _tells_of(e, criterion) for e in bundle.records((criterion,))) or any(
            (
                document.kind in RECORDS.get(criterion, ())
                and document.reading in ("living", "mixed")
                and not (criterion == "calibration" and is_daily_log(document))
            )
            or (_records_topic(document) and _is_titled(document, criterion))
            or (criterion == "recall" and tells_recall(bundle, document))
            for document in bundle.read
        )
        if done or unread * 3 > len(bundle.documents):
            continue
        ruling = [e for e in own if not lists_suppliers(e.document)]
        if not ruling and not any(_holds_form(e.document) for e in own):
            continue  # a bare list says nothing of how anything is to be done
        told = (
            {"says": f"says how {topic} is to be done", "it": "it"}
            if ruling
            else {"says": "lists suppliers", "it": topic}
        )
        yield Finding(
            {"topic": topic, "name": name_of((ruling or own)[0].document.path), **told},
            telling(bundle, {"criteria": (criterion,)}, ruling or own, 1),
        )


def _holds_form(document: DocumentReport) -> bool:
    """Whether a list has a blank form on a sheet or page of its own: what is to be done is set out there, and not filled."""
    parts = {passage.part for passage in document.passages if passage.mode in ("prescription", "record")}
    return any(passage.mode == "template" and passage.part not in parts for passage in document.passages)


def _tells_of(told: Evidence, criterion: str) -> bool:
    """Whether a record shows a topic being done. A sheet of production that counts rejects is near to corrective action in its
    words, and is none: outside the papers that speak of cases it has to name one, or the work itself.
    """
    if criterion == "calibration":
        return not is_daily_log(told.document)
    if criterion != "corrective_action" or told.document.kind in SPEAK_OF_CASES:
        return True
    return any(
        fact.kind in ("case", "action") or (fact.kind == "identifier" and fact.role in (*CASE_ROLES, "scar"))
        for fact in told.document.facts
    ) or bool(phrases("titles", "corrective_action").search(fold(f"{told.document.path} {told.passage.text}")))


SPEAK_OF_CASES = ("corrective_action_record", "management_review_record", "internal_audit_record")
"""Kinds of records in which a passage on corrective action is meant so."""


def _records_topic(document: DocumentReport) -> bool:
    """Whether a paper can show a topic of its title being done: no rule or form, and no paper of which nothing is known to have
    happened but a certificate of something else than a system.
    """
    if document.kind == "certificate":
        return not any(fact.kind == "certificate_field" and fact.role == "standard" for fact in document.facts)
    return document.kind not in RULES_AND_FORMS and document.reading != "static"


def _is_no_rule(document: DocumentReport) -> bool:
    """Whether a paper taken for a procedure says what is aimed at or holds what was done: objectives, ratings, readings."""
    rated = phrases("suppliers_flags", "evaluates").search(title_of(document))
    return (
        is_filed_as_record(document)
        or lists_offices(document)
        or _is_headed_by_day(document)
        or any(phrases("titles", name).search(title_of(document)) for name in ("objectives", "study"))
        or any(
            fact.kind in ("readings", "series") or (fact.kind == "evaluation" and rated is not None)
            for fact in document.facts
        )
    )


def _is_headed_by_day(document: DocumentReport) -> bool:
    """Whether a paper is headed by the day of what it tells, and names a later one: ``Internal audit, 12 March 2026``. A rule is in force
    from a day on, and none stands in its name.
    """
    days = [
        fact for fact in document.facts if fact.kind == "date" and fact.role == "evidence" and len(fact.value) == DAY
    ]
    heads = {heading for passage in document.passages[:1] for heading in passage.heading}
    headed = [fact.value for fact in days if fact.quote and any(fact.quote in heading for heading in heads)]
    return len(headed) > 0 and any(fact.value > min(headed) for fact in days)


DAY = 10
"""Letters of a whole day in normal form: 2026-03-01."""


def _is_titled(document: DocumentReport, criterion: str) -> bool:
    """Whether the title of a paper names a topic that titles are known of."""
    return criterion in TITLED and phrases("titles", criterion).search(title_of(document)) is not None


TITLED = tuple(TOPICS)
"""Topics whose titles are known in all languages."""

RECORDS = {
    "corrective_action": ("corrective_action_record",),
    "internal_audit": ("internal_audit_record",),
    "management_review": ("management_review_record",),
    "traceability": ("traceability_record",),
    "supplier_control": ("supplier_evaluation_record",),
    "calibration": ("calibration_record",),
    "competence": ("training_record",),
}
"""Kinds of records that show a topic being done, dated or not: an undated record is a gap of its own."""


def _is_short_text(document: DocumentReport) -> bool:
    """A procedure of a page, cut into one passage or two; a list in a workbook is none."""
    return len(document.passages) <= 2 and not _is_workbook(document)


def _main_topic(bundle: Bundle, document: DocumentReport) -> str | None:
    counts: Counter[str] = Counter(
        name
        for passage in document.passages
        if passage.mode == "prescription"
        for name in TOPICS
        if bundle.about(passage, (name,))
    )
    return counts.most_common(1)[0][0] if counts else None


@rule("placeholder_left")
def placeholder_left(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Words of a model text left in a manual, procedure or record, or another company's name in a manual or procedure.

    In a blank form a model text is at home.
    """
    for document in bundle.read:
        rules = document.kind in RULES or (
            document.kind == "blank_form" and (_is_manual(document) or _is_running_text(document))
        )
        if (document.kind == "blank_form" and not rules and not is_filled_in(document)) or is_example(document):
            continue
        for passage in document.passages:
            if passage.hidden or (passage.mode == "template" and not rules and _formish(passage)):
                continue
            if is_nameless(passage.text) and "{{" not in passage.text and "<<" not in passage.text:
                continue  # rows of readings
            folded = fold(passage.text)
            match = PLACEHOLDER.search(folded) or (in_rules(folded) if rules else None) or _left_open(folded)
            if match:
                quote = passage.text[match.start() : match.end()]
                yield Finding(
                    {"name": name_of(document.path), "text": quote.strip()},
                    (cite(document, passage, line_at(passage.text, match.start())),),
                )
                break
        else:
            if other := named_instead(bundle, document) or kept_by_another(bundle, document):
                yield Finding(
                    {"name": name_of(document.path), "text": other.text},
                    (cite(document, other.passage, line_at(other.passage.text, other.start)),),
                )


def _left_open(folded: str) -> re.Match[str] | None:
    """What a sentence left open; the head of a last column names its unit, and a label the kind of value that belongs behind it."""
    return next(
        (
            match
            for match in LEFT_OPEN.finditer(folded)
            if "|" not in line_at(folded, match.start()) and not is_hint(folded, match)
        ),
        None,
    )


def _is_manual(document: DocumentReport) -> bool:
    """Whether what was taken for a form calls itself a manual and holds no fields."""
    return phrases("coverage_kinds", "manual").search(title_of(document)) is not None and not any(
        "|" in passage.text for passage in document.passages
    )


def _is_running_text(document: DocumentReport) -> bool:
    """Whether most lines of what was taken for a form are whole sentences, and none a field to fill in: a policy, a letter."""
    told = [line.strip() for passage in document.passages for line in passage.text.splitlines() if line.strip()]
    whole = sum(len(line.split()) >= LEAST_SENTENCE and line[-1] in ".!" for line in told)
    blank = any("|" in line or "___" in line or "...." in line for line in told)
    named = fold(f"{name_of(document.path)} {told[0] if told else ''}")
    model = phrases("papers_flags", "models").search(phrases("papers_flags", "sampling").sub(" ", named))
    return whole >= LEAST_TOLD and whole * 2 >= len(told) and not blank and not model


LEAST_SENTENCE = 6
"""Words of a line that ends in a full stop, from which it is a sentence and no head of a field."""

LEAST_TOLD = 2
"""Sentences of a paper that tells something."""


def _formish(passage: Passage) -> bool:
    """A row or form of blanks, where a hint such as [name] belongs."""
    return (
        passage.text.count("|") >= 3 or "___" in passage.text or "....." in passage.text or passage.text.count("[") >= 4
    )


@rule("hidden_text")
def hidden_text(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Text on a page that is drawn so that nobody sees it.

    Hidden sheets and columns of workbooks are ordinary working space.
    """
    for document in bundle.read:
        if _is_workbook(document):
            continue
        for passage in document.passages:
            letters = _length("".join(filter(str.isalpha, passage.text)))
            if not passage.hidden or letters < data["least_characters"] or _seen_elsewhere(document, passage):
                continue
            yield Finding(
                {"name": name_of(document.path), "text": " ".join(passage.text.split())[:100]},
                (cite(document, passage),),
            )
            break


def _is_workbook(document: DocumentReport) -> bool:
    return (
        document.path.lower().endswith((".xlsx", ".xls", ".xlsm", ".ods", ".csv"))
        or "spreadsheet" in document.media_type
        or "excel" in document.media_type
    )


def _seen_elsewhere(document: DocumentReport, hidden: Passage) -> bool:
    """A text layer under a scan repeats what the picture shows: nothing is kept from the reader."""
    wanted = set(re.findall(r"[^\W_]{3,}", fold(hidden.text)))
    if not wanted:
        return True
    shown = set(re.findall(r"[^\W_]{3,}", fold(" ".join(p.text for p in document.passages if not p.hidden))))
    return len(wanted & shown) >= 0.7 * len(wanted)


@rule("text_over_scan")
def text_over_scan(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A page that is mainly a picture, read by OCR, with a few typed values of the file's own text over it that the
    OCR reads differently.
    """
    for document in bundle.read:
        for part in sorted({passage.part for passage in document.passages}):
            passages = [p for p in document.passages if p.part == part and not p.hidden]
            ocr = sum(_length(p.text) for p in passages if p.source == "ocr")
            typed = [p for p in passages if p.source == "text" and any(char.isdigit() for char in p.text)]
            amount = sum(len(p.text) for p in typed)
            if not typed or ocr < LEAST_SCANNED or amount * 3 > ocr:
                continue
            shown = fold(" ".join(p.text for p in passages if p.source == "ocr"))
            odd = [p for p in typed if not any(word in shown for word in re.findall(r"\d[\d.,/-]{2,}", fold(p.text)))]
            if odd and any(
                _has_values(p.text) or _is_said_otherwise(p.text, shown) or _has_its_unit(p.text, shown) for p in odd
            ):
                yield Finding(
                    {"name": name_of(document.path), "text": " ".join(odd[0].text.split())[:80]},
                    (cite(document, odd[0]),),
                )
                break


def _length(text: str) -> int:
    """Letters of a text; a sign of a script without an alphabet of a few dozen letters says as much as two."""
    return len(text) + sum("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text)


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


LEAST_LETTERS = 4
"""Letters of a word before a figure that names what was read."""

_OF_A_STAMP = late(r"(?i)signed|signature|page|trang|halaman|ký bởi|签名")
"""Words of what is laid over scans every day: signatures and numbers of pages."""

_VALUE = late(r"([^\W\d_]{2,})\W{1,3}(\d+(?:[.,]\d+)*)\s?([^\W\d_]{1,4}|%)?(?![^\W_])")

_VERDICT = phrases("readings_flags", "judged")
"""Words by which a result is passed: typed beside a figure they are a result, whatever its unit."""
