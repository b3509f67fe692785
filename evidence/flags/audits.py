"""Flags on internal audits and management reviews."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Evidence, Item, age_months, cite, cite_fact, is_example, months_before
from evidence.facts.columns import state_of
from evidence.facts.people import is_name
from evidence.facts.people import lexicon as people
from evidence.facts.tables import is_finding, says_no_finding
from evidence.facts.text import fold, lines, pairs, phrases
from evidence.flags.case_items import cite_case
from evidence.flags.registry import Finding, name_of, rule
from evidence.model import DocumentReport, Fact, Passage
from evidence.titles import is_filed_as_record, is_record_of, title_of


def _audits(bundle: Bundle) -> list[DocumentReport]:
    return [
        document
        for document in bundle.read
        if is_record_of(document, "internal_audit_record") and not is_example(document)
    ]


_SAYS = {criterion: phrases("titles", criterion) for criterion in ("internal_audit", "management_review")}


def _newest(bundle: Bundle, criterion: str, kind: str) -> Evidence | None:
    """The newest record of audits or reviews: of documents of the kind, else of passages about it."""
    of_kind = [
        Evidence(document, passage, bundle.day_of(document, passage))
        for document in bundle.read if is_record_of(document, kind)
        for passage in document.passages
        if bundle.is_record(passage) or document.reading != "static" or is_filed_as_record(document)
    ]  # fmt: skip
    if kind == "internal_audit_record":
        of_kind += [Evidence(d, p, bundle.day_of(d, p)) for d, p in _head_only(bundle)]
    told = [
        e
        for e in bundle.records((criterion,))
        if e.document.kind == "other"
        or _SAYS[criterion].search(title_of(e.document))
        or (not of_kind and _SAYS[criterion].search(fold(e.passage.text)) and _has_own_day(bundle, e))
    ]
    found = [e for e in (*of_kind, *told) if e.day is not None]
    return max(found, key=lambda e: (e.day or date.min, e.document.path, e.passage.id)) if found else None


def _has_own_day(bundle: Bundle, told: Evidence) -> bool:
    """Whether the passage names its day itself: minutes of a later meeting speak of an audit, and their day is not its."""
    facts = bundle.facts_by_passage.get((told.document.path, told.passage.id), ())
    return any(bundle.happened(fact) for fact in facts)


def _head_only(bundle: Bundle) -> Iterator[tuple[DocumentReport, Passage]]:
    """Checklists with an auditor and a day in their head:

    an audit that was held or meant to be, whatever became of it.
    """
    for document in bundle.read:
        if any(fact.kind == "checklist" for fact in document.facts) and _people(document, "auditor"):
            for passage in document.passages:
                if any(bundle.happened(fact) for fact in bundle.facts_by_passage.get((document.path, passage.id), ())):
                    yield document, passage


def _too_old(bundle: Bundle, data: Mapping[str, Any], criterion: str, kind: str) -> Iterator[Finding]:
    newest = _newest(bundle, criterion, kind)
    if newest is None or newest.day is None or newest.day >= months_before(bundle.today, int(data["months"])):
        return
    yield Finding(
        {"day": newest.day.isoformat(), "months": age_months(newest.day, bundle.today)},
        (cite(newest.document, newest.passage),),
    )


@rule("internal_audit_too_old")
def internal_audit_too_old(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest record of an internal audit is older than a year."""
    yield from _too_old(bundle, data, "internal_audit", "internal_audit_record")


@rule("management_review_too_old")
def management_review_too_old(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest record of a management review is older than a year."""
    yield from _too_old(bundle, data, "management_review", "management_review_record")


def _telling(bundle: Bundle, document: DocumentReport) -> list[Passage]:
    """The passages of an audit that tell what was seen: its records, or where the model knows none in a dated audit, all that are
    not a form.
    """
    records = [passage for passage in document.passages if bundle.is_record(passage)]
    if records or bundle.document_day(document) is None:
        return records
    return [passage for passage in document.passages if not passage.hidden and passage.mode != "template"]


_FOLLOW_UP = phrases("audits_flags", "follow_up")


@rule("audits_without_finding")
def audits_without_finding(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """There are audits with answers, and in none of them a finding."""
    audits = [document for document in _audits(bundle) if document.reading != "static"]
    told: list[tuple[DocumentReport, str, Item | None]] = []
    for document in audits:
        items = [item for item in bundle.items("checklist") if item.document.path == document.path]
        answered = sum(item.value["answered"] for item in items)
        found = sum(item.value["findings"] for item in items)
        text = [passage.text for passage in _telling(bundle, document)]
        lines = [line for part in text for line in part.splitlines()]
        denied = any(says_no_finding(line) and not _FINDING_NUMBER.search(fold(line)) for line in lines)
        if not items and not denied:
            found = found or sum(is_finding(line) for part in text for line in part.splitlines())
        elif items and not denied:
            found += sum(bool(_FINDING_NUMBER.search(fold(part))) for part in text)
        elif denied and not items:
            found += sum(is_finding(line) for part in text for line in part.splitlines() if not says_no_finding(line))
        if (
            found
            or any(_FOLLOW_UP.search(fold(part)) for part in text)
            or any(_FINDING_NUMBER.search(fold(part)) and not says_no_finding(part) for part in lines)
            or (
                not items
                and any(bundle.about(p, ("corrective_action",)) and bundle.is_record(p) for p in document.passages)
            )
        ):
            return  # one audit with a finding shows that findings are written down
        if answered >= data["least_questions"]:
            told.append((document, f"{answered} questions", items[0]))
        elif denied:
            told.append((document, "in words", None))
    for document, questions, item in told:
        place = (
            cite(item.document, item.passage)
            if item
            else next((cite(document, p) for p in document.passages if says_no_finding(p.text)), None)
        )
        yield Finding({"name": name_of(document.path), "questions": questions}, (place,))


_NUMBERED, _COUNTED, _COUNTERS = (phrases("audits_flags", name).pattern for name in ("numbered", "counted", "counters"))
_FINDING_NUMBER = re.compile(
    rf"(?:{_NUMBERED})[ #.-]{{0,2}}(?:no\.?|nr\.?|số|ke-?)?[ .]{{0,2}}0*[1-9]|(?:minor|major) (?:nc|nonconf)|"
    rf"(?<![\d.,/-])[1-9]\d? ?(?:(?:{_COUNTERS}) ?)?(?:{_COUNTED})|(?:{_COUNTED}) ?[1-9]\d? ?(?:{_COUNTERS})"
)


@rule("auditor_not_independent")
def auditor_not_independent(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The same name as auditor and auditee, in one line or in the head of one audit."""
    for document in bundle.read:
        of_audit = is_record_of(document, "internal_audit_record")
        if not (of_audit or document.kind in ("other", "procedure")) or is_example(document):
            continue
        auditors, auditees = _people(document, "auditor"), _people(document, "auditee")
        if of_audit and (head := _head_of_area(document, auditors)):
            yield Finding({"name": name_of(document.path), "person": head[1].value}, (cite(document, *head[0]),))
            continue
        if not auditors or not auditees:
            continue
        by_passage: dict[str, list[Fact]] = {}
        for fact in auditees:
            by_passage.setdefault(fact.passage, []).append(fact)
        for auditor in auditors:
            match = next(
                (
                    fact
                    for fact in by_passage.get(auditor.passage, ())
                    if _same_person(fact.value, auditor.value) and _same_line(bundle, document, fact, auditor)
                ),
                None,
            )
            if match:
                passage = bundle.passages[document.path][auditor.passage]
                if bundle.is_record(passage) or of_audit:
                    yield Finding(
                        {"name": name_of(document.path), "person": auditor.value},
                        (cite_fact(bundle, document, auditor, wide=True),),
                    )
                    break


def _head_of_area(document: DocumentReport, auditors: Sequence[Fact]) -> tuple[tuple[Passage, str], Fact] | None:
    """The line that names an auditor as head of the area audited as well, whatever the field is called."""
    for passage in document.passages:
        for line in lines(passage.text):
            for pair in pairs(line):
                role = people().label(pair.label.text)
                if role not in (None, "owner", "auditee") or not _HEADS.search(fold(pair.label.text)):
                    continue
                named = re.split(r"[,;(\uFF08]", pair.value.text)[
                    0
                ].strip()  # behind the name: what the head is head of
                for auditor in auditors:
                    if auditor.passage == passage.id and _same_person(named, auditor.value):
                        return (passage, line.text), auditor
            for inner in _IN_BRACKETS.findall(line.text):
                for auditor in auditors:
                    rest = fold(inner).replace(fold(auditor.value), " ")
                    if auditor.passage == passage.id and rest != fold(inner) and _HEADS.fullmatch(rest.strip(" :,.")):
                        return (passage, line.text), auditor
    return None


_HEADS = phrases("audits_flags", "heads")
_IN_BRACKETS = re.compile(r"[(\uFF08]([^()\uFF08\uFF09]{3,50})[)\uFF09]")


def _people(document: DocumentReport, role: str) -> list[Fact]:
    return [fact for fact in document.facts if fact.kind == "person" and fact.role == role]


def _same_person(first: str, second: str) -> bool:
    left, right = fold(first).replace(".", " ").split(), fold(second).replace(".", " ").split()
    return left == right or (min(len(left), len(right)) >= 2 and set(left) == set(right))


def _same_line(bundle: Bundle, document: DocumentReport, first: Fact, second: Fact) -> bool:
    """In a programme of many rows auditor and auditee count only within one row;

    in the head of a report within the passage.
    """
    rows = [fact for fact in _people(document, "auditor") if fact.passage == second.passage]
    if len(rows) <= 1:
        return True
    text = bundle.passages[document.path][first.passage].text
    return any(
        first.quote in line and second.quote in line and (first.quote != second.quote or line.count(first.quote) > 1)
        for line in text.splitlines()
    )


_DONE = phrases("audits_flags", "done")


@rule("audit_findings_not_followed_up")
def audit_findings_not_followed_up(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings in an audit of some age, and neither the audit nor any later corrective-action record says what became
    of them.
    """
    actions = list(bundle.records(("corrective_action",), ("corrective_action_record",)))
    for document in _audits(bundle):
        day = bundle.document_day(document)
        if day is None or day > months_before(bundle.today, 2):
            continue
        text = [(passage, line) for passage in _telling(bundle, document) for line in passage.text.splitlines()]
        found = [(passage, line) for passage, line in text if _FINDING_NUMBER.search(fold(line)) and _tells(line)]
        found = found or _listed(text)
        if rows := _left_without_action(bundle, document):
            yield Finding(
                {"name": name_of(document.path), "count": len(rows)},
                tuple(place for item in rows[:3] for place in cite_case(item)),
            )
            continue
        if found and _says_unanswered(text):
            yield Finding(
                {"name": name_of(document.path), "count": len(found)},
                tuple(cite(document, passage, line) for passage, line in found[:3]),
            )
            continue
        others = [e for e in actions if e.document.path != document.path]
        if any(_answers(line, e.passage.text) for _, line in found for e in others):
            continue
        if (
            found
            and not any(_DONE.search(_UNDONE.sub(" ", fold(line))) for _, line in text)
            and not _dated_later(document, text, found[0])
        ):
            yield Finding(
                {"name": name_of(document.path), "count": len(found)},
                tuple(cite(document, passage, line) for passage, line in found[:3]),
            )


def _left_without_action(bundle: Bundle, document: DocumentReport) -> list[Item]:
    """The findings of an audit's own list with places for cause, action and checking, where all of these are empty."""
    rows = [
        item
        for kind in ("case", "action")
        for item in bundle.items(kind, "row")
        if item.document.path == document.path and item.value.get("problem")
    ]
    answered = (
        "root_cause",
        "action",
        "preventive",
        "effectiveness",
        "verification",
        "closed",
        "closed_text",
        "due",
        "due_text",
    )
    asked = {"root_cause", "action", "preventive", "verification", "effectiveness", "closed"}
    empty = [
        item
        for item in rows
        if not any(item.value.get(name) for name in answered)
        and (not item.value.get("status") or state_of(str(item.value.get("status"))) == "open")
        and asked & set(item.value.get("labels", []))
    ]
    return empty if empty and len(empty) == len(rows) else []


_CODE = re.compile(r"\s*([^\W\d_]{1,3})[ -]?(\d{1,2})\s?[:.)|]\s*(?=\S)")


def _listed(text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The findings of a report that numbers them by a letter of its own from one on: ``U-1: ...``, ``U-2: ...``."""
    series: dict[str, list[tuple[Passage, str]]] = {}
    for passage, line in text:
        if (code := _CODE.match(line)) and int(code[2]) == len(series.get(code[1], ())) + 1 and _tells(line):
            series.setdefault(code[1], []).append((passage, line))
    return max((lines for lines in series.values() if len(lines) > 1), key=len, default=[])


def _says_unanswered(text: Sequence[tuple[Passage, str]]) -> bool:
    """Whether the report itself says that nothing came of its findings."""
    return any(_UNDONE.search(fold(line)) for _, line in text)


_UNDONE = re.compile(
    rf"(?:{phrases('audits_flags', 'none_before').pattern}|(?<![^\W_])no(?![^\W_])|chưa|belum|ยังไม่|尚未|未|아직)\W{{0,3}}(?:[^\W\d_]+ ){{0,3}}?"
    rf"(?:{phrases('audits_flags', 'answers').pattern})|(?:{phrases('audits_flags', 'answers').pattern})"
    rf"[^\n.,;]{{0,30}}?(?:{phrases('audits_flags', 'none_behind').pattern}|not (?:yet )?received|not submitted)"
)
"""Words that an answer to the findings has not come."""


def _dated_later(document: DocumentReport, text: Sequence[tuple[Passage, str]], first: tuple[Passage, str]) -> bool:
    """Whether a day after that of the audit stands beside its findings or below them: something was done or set since."""
    days = [fact for fact in document.facts if fact.kind == "date" and len(fact.value) == DAY]
    below = text[text.index(first) :]
    return any(
        fact.value > days[0].value and any(passage.id == fact.passage and fact.quote in line for passage, line in below)
        for fact in days
    )


DAY = 10
"""Letters of a whole day in normal form: 2026-03-01."""


def _tells(line: str) -> bool:
    """Whether a numbered line tells of something: a finding by its words, or more than its number."""
    if says_no_finding(line):
        return False
    rest = _FINDING_NUMBER.sub(" ", fold(line))
    return is_finding(line) or sum(char.isalpha() for char in rest) >= LEAST_TOLD


LEAST_TOLD = 12
"""Letters beside its number from which a line tells what was found."""


def _answers(finding: str, record: str) -> bool:
    """Whether a record of an action speaks of a finding: of an audit, or in its words."""
    folded = fold(record)
    if _SAYS["internal_audit"].search(folded):
        return True
    wanted = {word for word in re.findall(r"[^\W\d_]{2,}", fold(finding)) if len(word) > 3 or not word.isascii()}
    shared = sum(word in folded for word in wanted)
    return len(wanted) >= 3 and shared >= 3 and shared * 2 >= len(wanted)


@rule("header_only_audit")
def header_only_audit(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A checklist with a filled head (a day, an auditor, an auditee) whose questions are not answered.

    A blank form has no filled head; a plan of an audit to come has a day ahead.
    """
    for document in bundle.read:
        if document.kind in ("manual", "certificate", "procedure") or is_example(document):
            continue
        items = [item for item in bundle.items("checklist") if item.document.path == document.path]
        questions = sum(item.value["questions"] for item in items)
        answered = sum(item.value["answered"] for item in items)
        if not questions or answered > questions * (1 - data["empty_share"]):
            continue
        head = _filled_head(bundle, document, {item.passage.part for item in items})
        named = any(fact.kind == "person" for fact in head) or _names_somebody(
            document, {item.passage.part for item in items}
        )
        if named and any(fact.kind == "date" for fact in head):
            yield Finding(
                {"name": name_of(document.path), "questions": questions, "empty": questions - answered},
                (
                    cite_fact(bundle, document, next(f for f in head if f.kind == "date"), wide=True),
                    cite(items[0].document, items[0].passage),
                ),
                (document.path,),
            )


def _names_somebody(document: DocumentReport, parts: set[int]) -> bool:
    """Whether a field of the head holds a name in two words, under a head that is none of a signature or of the form itself."""
    for passage in document.passages:
        if passage.part not in parts or passage.hidden:
            continue
        for line in lines(passage.text[:LONGEST_HEAD]):
            for pair in pairs(line):
                words = pair.value.text.split()
                whole = 2 <= len(words) <= 4 and all(
                    word[:1].isupper() and word[1:].replace(".", "").islower() for word in words
                )
                if (
                    whole
                    and is_name(pair.value.text)
                    and people().label(pair.label.text) not in ("prepared", "approved", "checked")
                ):
                    return True
    return False


LONGEST_HEAD = 400
"""Letters at the beginning of a checklist that are its head."""


def _filled_head(bundle: Bundle, document: DocumentReport, parts: set[int]) -> Sequence[Fact]:
    """People and days in the head of the checklist: on its own sheet or page, or on the page before it."""
    near = parts | {part - 1 for part in parts} if not document.path.lower().endswith((".xlsx", ".xls")) else parts
    by_id = bundle.passages[document.path]
    return [
        fact for fact in document.facts
        if fact.passage in by_id and by_id[fact.passage].part in near
        and ((fact.kind == "person" and fact.role in ("auditor", "auditee", "owner", "inspector"))
        or (fact.kind == "date" and fact.role in ("evidence", "opened") and bundle.happened(fact) is not None))
    ]  # fmt: skip
