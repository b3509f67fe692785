"""Flags on what internal audits found, and on what became of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Evidence, Item, cite, is_example, months_before
from evidence.facts.case_heads import field_of
from evidence.facts.columns import state_of
from evidence.facts.tables import is_finding, says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.audits_told import LEAST_LISTED, heads_audits, lists_without_finding, told_without_finding
from evidence.flags.case_items import cite_case
from evidence.flags.empty_places import is_stamp, places_empty, rows_left
from evidence.flags.finding_answers import answered_by_number, asks_for_answer, is_answered, says_left, undone
from evidence.flags.finding_days import dated_later, done_since
from evidence.flags.finding_lists import (
    FOUND,
    LEAST_TOLD,
    LONGEST_COUNTED,
    below_head,
    faulty,
    found_good,
    graded_lines,
    marked_points,
    some_rows_go_on,
)
from evidence.flags.finding_pieces import left_beside_closed, numbered_points
from evidence.flags.finding_rows import left_beside_answered, tells_answered_finding
from evidence.flags.finding_sentences import (
    names_finding,
    points_among_none,
    tells_deeds,
    told_among_none,
)
from evidence.flags.findings_left import audit_day, counted_left, left_rows, tells_findings
from evidence.flags.findings_told import told_left
from evidence.flags.good_rows import counts_points, good_rows, tells_suggestions
from evidence.flags.places_left import places_left
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.zero_counts import counts_none, counts_of_findings, field_counts_none, field_denies_finding
from evidence.model import DocumentReport, Passage
from evidence.titles import KINDS, calls_itself, is_filed_as_record, is_record_of, records_nothing

_SPEAKS_OF_AUDIT = phrases("titles", "internal_audit")


def _audits(bundle: Bundle) -> list[DocumentReport]:
    return [
        document
        for document in bundle.read
        if is_record_of(document, "internal_audit_record") and not is_example(document) and not _is_register(document)
    ]


def _is_register(document: DocumentReport) -> bool:
    """Whether a paper that the model took for an audit calls itself a list of complaints or nonconformities, and nowhere speaks of one
    or names an auditor: what went wrong in the works was not found by auditors.
    """
    return (
        calls_itself(document, KINDS["corrective_action_record"])
        and not any(fact.kind == "person" and fact.role == "auditor" for fact in document.facts)
        and not any(_SPEAKS_OF_AUDIT.search(fold(p.text)) for p in document.passages)
    )


def _telling(bundle: Bundle, document: DocumentReport) -> list[Passage]:
    """The passages of an audit that tell what was seen: its records, or where the model knows none in a dated audit, all that are
    not a form.
    """
    records = [p for p in document.passages if bundle.is_record(p) or (p.mode == "record" and not p.hidden)]
    if records or bundle.document_day(document) is None:
        return records
    dated = {fact.passage for fact in document.facts if fact.kind == "date" and fact.role == "evidence"}
    return [
        passage
        for passage in document.passages
        if not passage.hidden and (passage.mode != "template" or passage.id in dated)
    ]


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
        none, some = counts_of_findings(text)
        if some:
            return
        denied = none >= LEAST_AUDITS or any(map(_denies_finding, lines))
        if not items and not denied:
            found = found or sum(
                is_finding(line) or (is_answered(fold(line)) and not _is_bare_head(line))
                for line in lines
                if not field_counts_none(line) and not counts_none(line)
            )
        elif items and not denied:
            found += sum(bool(_FINDING_NUMBER.search(fold(part))) for part in text)
        elif denied and not items:
            found += sum(
                is_finding(line)
                for line in lines
                if not says_no_finding(line)
                and not (none and ("|" in line or _LEGEND.search(line)))
                and not found_good(line)
                and not field_counts_none(line)
                and not counts_none(line)
            )
        if (
            found
            or any(c.document.path == document.path and c.value.get("problem") for c in bundle.items("case", "form"))
            or counts_points(lines)
            or tells_suggestions(lines)
            or any(_FOLLOW_UP.search(fold(part)) for part in text)
            or done_since(bundle, document, lines)
            or some_rows_go_on(lines)
            or tells_answered_finding(_telling(bundle, document))
            or any(names_finding(part, _FINDING_NUMBER) for part in lines)
            or told_among_none(lines)
            or points_among_none(lines)
            or tells_deeds(lines)
            or (
                not items
                and not (denied and len(lines) <= SHORT_REPORT)
                and any(bundle.about(p, ("corrective_action",)) and bundle.is_record(p) for p in document.passages)
            )
        ):
            return  # one audit with a finding shows that findings are written down
        if answered >= data["least_questions"]:
            told.append((document, f"answers {answered} questions", items[0]))
        elif not items and not denied and (good := good_rows(text)) >= _least_good(data, lines):
            told.append((document, f"finds {good} areas good", None))
        elif denied and none >= LEAST_AUDITS:
            told.append((document, f"lists {none} audits or areas", None))
        elif denied:
            told.append((document, "tells in words what was looked at", None))
    if not told:
        yield from _told_elsewhere(bundle, audits)
    for document, answers, item in told:
        telling = _telling(bundle, document)
        place = item.passage if item else next((p for p in telling if says_no_finding(p.text)), telling[0])
        yield Finding({"name": name_of(document.path), "answers": answers}, (cite(document, place),))


def _denies_finding(line: str) -> bool:
    """Whether a line says in words, by a count or in a field that nothing was found."""
    said = says_no_finding(line) and not _FINDING_NUMBER.search(fold(line))
    return said or counts_none(line) or field_denies_finding(line)


def _least_good(data: Mapping[str, Any], lines: Sequence[str]) -> int:
    """Rows that say that all was good from which an audit had no finding: of a list of audits, or of areas each with its auditor, few."""
    return LEAST_LISTED if any(map(heads_audits, lines)) else int(data["least_questions"])


def _told_elsewhere(bundle: Bundle, audits: Sequence[DocumentReport]) -> Iterator[Finding]:
    """Papers that tell of several audits, or of one of the whole company, that nothing was found."""
    actions = bundle.records(("corrective_action",), ("corrective_action_record",))
    for document in bundle.read:
        if any(_SPEAKS_OF_AUDIT.search(fold(e.passage.text)) for e in actions if e.document.path != document.path):
            continue  # what an audit found was answered
        place = told_without_finding(bundle, document) or lists_without_finding(bundle, document)
        if place and not is_example(document):
            answers = "tells in words of internal audits"
            yield Finding({"name": name_of(document.path), "answers": answers}, (cite(document, *place),))
            return


SHORT_REPORT = 12
"""Lines of a report of one audit, of which each was looked at for findings."""

LEAST_AUDITS = 2
"""Rows without a finding from which a list of audits tells that there never was one."""

_LEGEND = late(r"(?<!\S)[^\W\d_]{1,4} ?= ?[^\W\d_]{3}")
"""What letters at the head of a column stand for: ``Mn = minor``."""

_NUMBERED, _COUNTED, _COUNTERS, _WORDS, _FAILS = (
    phrases("audits_flags", name).pattern for name in ("numbered", "counted", "counters", "numbers", "fails")
)
_FINDING_NUMBER = late(
    rf"(?:{_NUMBERED})[ #.-]{{0,2}}(?:no\.?|nr\.?|số|ke-?)?[ .]{{0,2}}0*[1-9]|(?:minor|major) (?:nc|nonconf)|"
    rf"(?<![\d.,/-])[1-9]\d? ?(?:(?:{_COUNTERS}) ?)?(?:{_COUNTED})|(?:{_COUNTED}) ?[1-9]\d? ?(?:{_COUNTERS})|"
    rf"(?:{_WORDS}) ?(?:(?:{_COUNTERS}) ?)?(?:[^\W\d_]+ ){{0,3}}(?:{_COUNTED})|(?:{_FAILS})"
)


@rule("audit_findings_not_followed_up")
def audit_findings_not_followed_up(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings in an audit of some age, and neither the audit nor any later corrective-action record says what became
    of them.
    """
    actions = list(bundle.records(("corrective_action",), ("corrective_action_record",)))
    reports = _reports(bundle)
    audits = _audits(bundle)
    taken_up = [action for action in actions if not says_left(fold(action.passage.text))]
    at_once = list(_told_left(bundle, [*audits, *reports], taken_up))
    yield from (finding for finding, _ in at_once)
    done = {document.path for _, document in at_once}
    for document in (*audits, *reports):
        if document.path in done:
            continue
        happened = filter(None, map(bundle.happened, document.facts))
        day = max(happened, default=None) if document in reports else bundle.document_day(document)
        if day and _says_unanswered([(p, line) for p in document.passages for line in p.text.splitlines()]):
            day = min(bundle.days_of(document))  # it looks back on the audit itself
        if day and any(is_stamp(line) for p in document.passages for line in p.text.splitlines()):
            day = audit_day(bundle, document)  # a copy is printed later
        if day is None or day > months_before(bundle.today, 2):
            continue
        telling = document.passages if document in reports else _telling(bundle, document)
        text = [(passage, line) for passage in telling for line in passage.text.splitlines()]
        found = [(passage, line) for passage, line in text if _FINDING_NUMBER.search(fold(line)) and _tells(line)]
        found = found or graded_lines(text) or _listed(text) or below_head(text) or numbered_points(document, text)
        found = found or tells_findings(telling)
        elsewhere = [e.passage.text for e in actions if e.document.path != document.path]
        papers = [other for other in bundle.read if other.path != document.path and other not in reports]
        if answered_by_number(
            [line for _, line in text], ["\n".join(p.text for p in other.passages) for other in papers]
        ):
            continue
        left = [
            (passage, line)
            for passage, line in (
                *left_beside_closed(bundle, document, text),
                *left_beside_answered(telling),
                *places_left(telling),
            )
            if not any(_answers(line, told) for told in elsewhere)
        ]
        if left:
            yield _finding(document, left)
            continue
        if rows := _left_without_action(bundle, document):
            yield Finding(
                {"name": name_of(document.path), "count": len(rows)},
                tuple(place for item in rows[:3] for place in cite_case(item)),
            )
            continue
        left = rows_left(telling)
        found = found or left
        if found and (_says_unanswered(text) or places_empty(document) or left):
            yield _finding(document, found)
            continue
        others = [e for e in taken_up if e.document.path != document.path]
        if any(_answers(line, e.passage.text) for _, line in found for e in others):
            continue
        told = [item for item in text if item == found[0] or not asks_for_answer(fold(item[1]))] if found else []
        if (
            found
            and not any(is_answered(fold(line)) for _, line in told if not _is_bare_head(line))
            and not dated_later(document, told, found[0])
        ):
            yield _finding(document, found)


def _finding(document: DocumentReport, left: Sequence[tuple[Passage, str]]) -> Finding:
    """What a paper leaves open, by its lines."""
    places = tuple(cite(document, passage, line) for passage, line in left[:3])
    return Finding({"name": name_of(document.path), "count": len(left)}, places)


def _told_left(
    bundle: Bundle, audits: Sequence[DocumentReport], taken_up: Sequence[Evidence]
) -> Iterator[tuple[Finding, DocumentReport]]:
    """Registers of findings behind which nothing stands, and papers that say that nobody took them up; nothing where another record
    answers what an audit found.
    """
    for document in bundle.read:
        if records_nothing(document) or is_example(document):
            continue
        of_audit = document in audits or calls_itself(document, "internal_audit")
        left = left_rows(bundle, document, of_audit) or counted_left(bundle, document, of_audit)
        elsewhere = [e for e in taken_up if e.document.path != document.path]
        left = [(p, line) for p, line in left if not any(_answers(line, e.passage.text) for e in elsewhere)]
        if left := left or told_left(bundle, document):
            yield _finding(document, left), document


def _reports(bundle: Bundle) -> list[DocumentReport]:
    """Papers filed as the report of an internal audit that the model knows nothing by: a page of findings and the places for what
    became of them.
    """
    return [
        document
        for document in bundle.read
        if document.kind == "other"
        and document.reading == "static"
        and is_filed_as_record(document)
        and calls_itself(document, "internal_audit")
        and not is_example(document)
        and document not in _audits(bundle)
    ]


def _is_bare_head(line: str) -> bool:
    """Whether a line is a head of a field, and nothing stands behind it."""
    bare = line.strip(" |:\uff1a")
    return len(bare) <= LONGEST_COUNTED and not any(c.isdigit() for c in bare) and field_of(bare) is not None


def _left_without_action(bundle: Bundle, document: DocumentReport) -> list[Item]:
    """The findings of an audit's own list with places for cause, action and checking, where all of these are empty."""
    rows = [
        item
        for kind in ("case", "action")
        for item in bundle.items(kind)
        if item.document.path == document.path and item.value.get("problem")
    ]
    wrong = faulty([str(item.value["problem"]) for item in rows])
    rows = [item for item, is_wrong in zip(rows, wrong, strict=True) if is_wrong]
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


_CODE = late(r"\s*([^\s\d_|:.,;()]{1,24})[ -]?(\d{1,2})\s?[:.)|]\s*(?=\S)")


_HEADED = late(
    rf"(?:\W{{0,4}}|\s*\d{{1,2}}[.)]\s*)(?:{phrases('audits_flags', 'found').pattern}|{phrases('audits_flags', 'told_as').pattern})\W{{0,2}}[:|.]\s*[^\W_]"
)
"""A point of a list that begins with the word for a finding."""


def _listed(text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The findings of a report that numbers them by a letter of its own from one on: ``U-1: ...``, ``U-2: ...``."""
    headed = [(passage, line) for passage, line in text if _HEADED.match(fold(line)) and _tells(line)]
    if len(headed) > 1 or (headed and FOUND.search(fold(text[0][1]))):  # the report of one finding is headed so
        return headed
    if marked := [(passage, line) for passage, line in marked_points(text) if _tells(line)]:
        return marked
    series: dict[str, list[tuple[Passage, str]]] = {}
    for passage, line in text:
        if (code := _CODE.match(line)) and int(code[2]) == len(series.get(code[1], ())) + 1 and _tells(line):
            series.setdefault(code[1], []).append((passage, line))
    return max((lines for lines in series.values() if len(lines) > 1), key=len, default=[])


def _says_unanswered(text: Sequence[tuple[Passage, str]]) -> bool:
    """Whether the report itself says that nothing came of its findings."""
    return any(undone(fold(line)) for _, line in text)


def _tells(line: str) -> bool:
    """Whether a numbered line tells of something: a finding by its words, or more than its number."""
    if says_no_finding(line):
        return False
    rest = _FINDING_NUMBER.sub(" ", fold(line))
    return is_finding(line) or sum(char.isalpha() for char in rest) >= LEAST_TOLD


def _answers(finding: str, record: str) -> bool:
    """Whether a record of an action speaks of a finding: of an audit, or in its words."""
    folded = fold(record)
    if _SPEAKS_OF_AUDIT.search(folded):
        return True
    wanted = {word for word in re.findall(r"[^\W\d_]{2,}", fold(finding)) if len(word) > 3 or not word.isascii()}
    shared = sum(word in folded for word in wanted)
    return len(wanted) >= 3 and shared >= 3 and shared * 2 >= len(wanted)
