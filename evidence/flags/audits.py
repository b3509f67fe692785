"""Flags on internal audits and management reviews."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from evidence import titles
from evidence.bundle import Bundle, Evidence, age_months, cite, cite_fact, is_example, months_before
from evidence.facts.pairs import Pair, pairs, run_on
from evidence.facts.people import LEAST_NAMES, is_person, own_label, same_person
from evidence.facts.people import lexicon as people
from evidence.facts.text import Span, fold, lines, phrases
from evidence.flags.audited_areas import own_area
from evidence.flags.audited_by_writer import by_writer, in_one_run
from evidence.flags.audited_rows import own_row, team_leaders
from evidence.flags.event_rows import on_its_row, told_in_rows
from evidence.flags.held_days import audit_on_its_day, filed_in
from evidence.flags.mailed_days import BY_NUMBER, told_in_mail, told_in_minutes
from evidence.flags.offices import heads_own_area
from evidence.flags.own_sections import own_section, own_section_of_row
from evidence.flags.registry import Finding, name_of, rule
from evidence.meetings import on_its_day, regular
from evidence.model import Citation, DocumentReport, Fact, Passage
from evidence.titles import calls_itself, is_audit, is_filed_as_record, is_pure_rule, is_record_of, title_of

_SAYS = {criterion: phrases("titles", criterion) for criterion in ("internal_audit", "management_review")}


def _newest(bundle: Bundle, criterion: str, kind: str) -> Evidence | None:
    """The newest record of audits or reviews: of documents of the kind, else of passages about it."""
    kept = [document for document in bundle.read if is_record_of(document, kind)]
    named = any(calls_itself(document, criterion) for document in kept)
    regular = _regular(bundle) if named and criterion == "management_review" else set[str]()
    if named:
        kept = [
            document
            for document in kept
            if calls_itself(document, criterion)
            or (
                document.path not in regular
                and _speaks_of(bundle, document, criterion)
                and not calls_itself(document, "round")
            )
        ]
    mailed = {d.path: e for d in bundle.read if (e := told_in_mail(bundle, d, BY_NUMBER[criterion]))}
    kept = [document for document in kept if document.path not in mailed]
    of_kind = [
        Evidence(document, passage, bundle.day_of(document, passage))
        for document in kept
        for passage in document.passages
        if bundle.is_record(passage) or document.reading != "static" or is_filed_as_record(document)
    ]  # fmt: skip
    if kind == "internal_audit_record":
        of_kind += [Evidence(d, p, bundle.day_of(d, p)) for d, p in _head_only(bundle)]
    told = [
        e
        for e in bundle.records((criterion,))
        if not is_pure_rule(e.document)
        and e.document.path not in regular
        and not (criterion == "internal_audit" and titles.is_of_other_house(e.document))
        and (
            (
                e.document.kind == "other"
                and not any(calls_itself(e.document, name) for name in _SAYS if name != criterion)
            )
            or _SAYS[criterion].search(title_of(e.document))
            or (not of_kind and _SAYS[criterion].search(fold(e.passage.text)) and _has_own_day(bundle, e))
        )
    ]
    own_day = on_its_day if criterion == "management_review" else audit_on_its_day
    rows = [
        row
        for e in (*of_kind, *told)
        if e.document.path not in mailed and (row := on_its_row(bundle, e, _SAYS[criterion]))
    ]
    found = [own_day(bundle, e) for e in rows if e.day]
    found += mailed.values()
    found = found or told_in_minutes(bundle, _SAYS[criterion]) or told_in_rows(bundle, _SAYS[criterion])
    found = found or [filed for e in of_kind if e.document.path not in mailed and (filed := filed_in(e))]
    return max(found, key=lambda e: (e.day or date.min, e.document.path, e.passage.id)) if found else None


def _regular(bundle: Bundle) -> set[str]:
    """The papers of meetings held every week or month: beside a review that says so in its title they are none."""
    return regular(bundle.read)


def _speaks_of(bundle: Bundle, document: DocumentReport, criterion: str) -> bool:
    """Whether a paper of the kind is about its topic at all: beside one that says so in its title, one that neither says nor tells it
    was only taken for its like.
    """
    return any(bundle.about(passage, (criterion,)) for passage in document.passages)


def _has_own_day(bundle: Bundle, told: Evidence) -> bool:
    """Whether the passage names its day itself: minutes of a later meeting speak of an audit, and their day is not its."""
    facts = bundle.facts_in(told.document, told.passage)
    return any(bundle.happened(fact) for fact in facts)


def _head_only(bundle: Bundle) -> Iterator[tuple[DocumentReport, Passage]]:
    """Checklists with an auditor and a day in their head:

    an audit that was held or meant to be, whatever became of it.
    """
    for document in bundle.read:
        if any(fact.kind == "checklist" for fact in document.facts) and _people(document, "auditor"):
            for passage in document.passages:
                if any(bundle.happened(fact) for fact in bundle.facts_in(document, passage)):
                    yield document, passage


def _too_old(bundle: Bundle, data: Mapping[str, Any], criterion: str, kind: str) -> Iterator[Finding]:
    newest = _newest(bundle, criterion, kind)
    if newest is None or newest.day is None or newest.day >= months_before(bundle.today, int(data["months"])):
        return
    if _has_later_edition(bundle, newest, months_before(bundle.today, int(data["months"]))):
        return
    yield Finding(
        {"day": newest.day.isoformat(), "months": age_months(newest.day, bundle.today)},
        (_dated(bundle, newest),),
    )


def _has_later_edition(bundle: Bundle, newest: Evidence, since: date) -> bool:
    """Whether a paper that bears the name of the newest but for its figures tells of days since: the report of a later year, whatever
    language it is in and whatever it was taken for.
    """
    name = _NUMBERS.sub("", fold(name_of(newest.document.path)))
    return sum(map(str.isalpha, name)) >= LEAST_NAMED and any(
        document.path != newest.document.path
        and _NUMBERS.sub("", fold(name_of(document.path))) == name
        and any((day := bundle.happened(fact)) and day >= since for fact in document.facts)
        for document in bundle.read
    )


LEAST_NAMED = 6
"""Letters of the name of a file by which the papers of one kind are known."""

_NUMBERS = re.compile(r"[\d\W_]+")


def _dated(bundle: Bundle, newest: Evidence) -> Citation | None:
    """The line in which the newest day of a record stands, in the record or elsewhere in its paper; else the record."""
    facts = (*bundle.facts_in(newest.document, newest.passage), *newest.document.facts)
    at = next((fact for fact in facts if fact.kind == "date" and bundle.happened(fact) == newest.day), None)
    return cite_fact(bundle, newest.document, at, wide=True) if at else cite(newest.document, newest.passage)


@rule("internal_audit_too_old")
def internal_audit_too_old(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest record of an internal audit is older than a year."""
    yield from _too_old(bundle, data, "internal_audit", "internal_audit_record")


@rule("management_review_too_old")
def management_review_too_old(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest record of a management review is older than a year."""
    yield from _too_old(bundle, data, "management_review", "management_review_record")


@rule("auditor_not_independent")
def auditor_not_independent(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The same name as auditor and auditee, in one line or in the head of one audit."""
    for document in bundle.read:
        of_audit = is_record_of(document, "internal_audit_record") or (
            document.kind == "other"
            and any(bundle.is_record(p) and bundle.about(p, ("internal_audit",)) for p in document.passages[:1])
        )
        if not (of_audit or document.kind in ("other", "procedure")) or is_example(document):
            continue
        auditors, auditees = _people(document, "auditor"), _people(document, "auditee")
        if not auditors and is_audit(document):  # whoever checks in a report of an internal audit is its auditor
            auditors = _people(document, "inspector")
        if of_audit and (head := _head_of_area(document, auditors)):
            yield Finding({"name": name_of(document.path), "person": head[1].value}, (cite(document, *head[0]),))
            continue
        if of_audit and (
            own := own_area(document, auditors)
            or own_row(document)
            or own_section(document)
            or own_section_of_row(document)
            or by_writer(document)
            or in_one_run(document)
        ):
            yield Finding({"name": name_of(document.path), "person": own[2]}, (cite(document, *own[:2]),))
            continue
        if of_audit and (led := heads_own_area(bundle, document, auditors)):
            yield Finding(
                {"name": name_of(document.path), "person": led.name}, (cite(document, led.passage, led.line),)
            )
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
                    if same_person(fact.value, auditor.value) and _same_line(bundle, document, fact, auditor)
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


_FIELDS_APART = re.compile(r"\u3000+|\s{3,}")
"""Between two fields of one line: the value of the first is no part of what the second is called."""


def _head_of_area(document: DocumentReport, auditors: Sequence[Fact]) -> tuple[tuple[Passage, str], Fact] | None:
    """The line that names an auditor as head of the area audited as well, whatever the field is called."""
    for passage in document.passages:
        for line in lines(passage.text):
            for pair in run_on(pairs(line), people()):
                label = own_label(_without_named(_FIELDS_APART.split(pair.label.text)[-1]))
                role = people().label(label)
                for auditor in auditors if role in (None, "auditee") and _AREAS.search(fold(label)) else ():
                    whole = len(auditor.value.split()) > 1 or not auditor.value[:1].isascii()
                    if whole and fold(auditor.value) in fold(pair.value.text) and not _gives_out(document, pair):
                        return (passage, line.text), auditor
                if role is None and (named_twice := _named_as_head(document, passage, pair, auditors)):
                    return (passage, line.text), named_twice
                if role not in (None, "owner", "auditee") or not _HEADS.search(fold(label)):
                    continue
                if _AHEAD.split(fold(label))[-1].strip(" .:") in team_leaders():
                    continue
                named = re.split(r"[,;(\uFF08]", pair.value.text)[
                    0
                ].strip()  # behind the name: what the head is head of
                for auditor in auditors:
                    if (
                        (auditor.passage == passage.id or _in_one_head(document, passage, auditor, auditors))
                        and (
                            same_person(named, auditor.value)
                            or _with_title(named, auditor.value)
                            or auditor.value in _IN_BRACKETS.findall(pair.value.text)  # his initials
                            or same_person(" ".join(named.split()[:LEAST_NAMES]), auditor.value)  # a field behind it
                        )
                    ):
                        return (passage, line.text), auditor
            if of_line := _in_own_line(passage, line):
                return (passage, line.text), of_line
            for inner in (piece for told in _IN_BRACKETS.findall(line.text) for piece in _PIECES.split(told)):
                for auditor in auditors:
                    rest = fold(inner).replace(fold(auditor.value), " ")
                    if (
                        auditor.passage == passage.id
                        and rest != fold(inner)
                        and _HEADS.fullmatch(rest.strip(" :,."))
                        and not _by_another(line.text, inner, auditor, auditors)
                    ):
                        return (passage, line.text), auditor
    return None


_AHEAD = re.compile(r"[,;，；。、]|(?<=\d)\.\s|\s[–—-]\s")
"""Between a field and what stands before it in its sentence: ``22 April 2026, team leader``, ``4月22日。组长``."""


def _without_named(label: str) -> str:
    """A label without a bracket that names who heads what it names: ``QA (head Ms Kim)`` stands before another than her."""
    named = [inner for inner in _IN_BRACKETS.findall(label) if _HEADS.search(fold(inner))]
    told = [inner for inner in named if any(map(str.isalpha, _HEADS.sub(" ", fold(inner))))]
    return _BRACKET.sub(" ", label).strip() if told else label


_BRACKET = re.compile(r"[(（][^()（）]*[)）]")


def _gives_out(document: DocumentReport, pair: Pair) -> bool:
    """Whether a field gives each area to an auditor in brackets: ``production (N. Er); stores (S. Tan)``. Where several stand behind
    areas, and each of them in the lines of the team above, they are who looks at them.
    """
    named = {fold(inner).strip() for inner in _IN_BRACKETS.findall(pair.value.text)}
    head = document.text
    above = fold(head[: max(head.find(pair.value.text), 0)])
    return len(named) > 1 and all(name in above for name in named)


def _in_one_head(document: DocumentReport, passage: Passage, auditor: Fact, auditors: Sequence[Fact]) -> bool:
    """Whether the head of a report runs over two passages: the first names no auditor, and the second begins with this one."""
    if passage is not document.passages[0] or any(other.passage == passage.id for other in auditors):
        return False
    after = document.passages[1] if len(document.passages) > 1 else None
    return after is not None and auditor.passage == after.id and auditor.quote in after.text.split("\n", 1)[0]


def _by_another(text: str, inner: str, auditor: Fact, auditors: Sequence[Fact]) -> bool:
    """Whether the clause with a bracket names another auditor: ``Mr Urrutia audited the quality office (owner: Ane Etxaniz)``."""
    clause = next((fold(part) for part in _CLAUSES.split(text) if inner in part), "")
    others = {fold(other.value).split()[-1] for other in auditors} - set(fold(auditor.value).split())
    return any(re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", clause) for name in others if len(name) > 1)


_CLAUSES = re.compile(r"[;；。\n]|(?<=[^\W\d_]{3}[)\s])\.\s|(?<=\))\.\s|(?<=[^\W\d_]{3})\.\s")


def _in_own_line(passage: Passage, line: Span) -> Fact | None:
    """Who is told in one line as head of an area, in brackets, and as its auditor: ``Stores (head Tan Bo), auditor: Tan Bo``."""
    for pair in run_on(pairs(line), people()):
        named = people().nearest(pair.label.text, NEAR_LABEL)
        if named is None or named[0] != "auditor":
            continue
        name = re.split(r"[,;.(\uFF08\uff0c\u3002]", pair.value.text)[0].strip()
        for inner in _IN_BRACKETS.findall(pair.label.text) if len(name) > 1 else ():
            rest = fold(inner).replace(fold(name), " ")
            if rest != fold(inner) and _HEADS.fullmatch(rest.strip(" :,.")):
                return Fact(
                    kind="person", role="auditor", value=name, quote=name, passage=passage.id, locators=passage.locators
                )
    return None


NEAR_LABEL = 2
"""Letters behind the word for an auditor up to the colon."""


def _named_as_head(document: DocumentReport, passage: Passage, pair: Pair, auditors: Sequence[Fact]) -> Fact | None:
    """The auditor whose whole name stands once more in the head of the report, under a head that nobody has listed and that
    signs or reports nothing: whoever else is named there is who is audited.
    """
    if (
        passage is not document.passages[0]
        or _SIGNS.search(fold(pair.label.text))
        or not 0 < sum(map(str.isalpha, pair.label.text)) <= len(pair.label.text) <= LONGEST_PART
        or not _has_field(passage, "auditor")  # below a head in a table one auditor stands in many rows
    ):
        return None
    at = passage.text[: pair.label.start].count("\n")
    return next(
        (
            auditor
            for auditor in auditors
            if auditor.passage == passage.id
            and pair.value.text.strip() == auditor.quote.strip()
            and (len(auditor.value.split()) > 1 or not auditor.value[:1].isascii())
            and abs(passage.text[: max(passage.text.find(auditor.quote), 0)].count("\n") - at) <= NEAR_LINES
            and passage.text.count(auditor.quote) == 2  # as auditor, and here
            and sum(other.passage == passage.id for other in auditors) == 1
        ),
        None,
    )


def _has_field(passage: Passage, role: str) -> bool:
    """Whether a field of a passage is for somebody of the role, and holds a name."""
    found = (pair for line in lines(passage.text) for pair in pairs(line))
    return any(people().label(own_label(pair.label.text)) == role and is_person(pair.value.text) for pair in found)


NEAR_LINES = 3
"""Lines of the head of a report in which auditor and auditee stand together."""

LONGEST_PART = 30
"""Letters of the head of a field for a person."""

_SIGNS, _HEADS, _AREAS = (phrases("audits_flags", name) for name in ("signs", "heads", "areas"))
_PIECES = re.compile(r"[,;\uff0c\u3001\uff1b]")
_IN_BRACKETS = re.compile(r"[(\uFF08]([^()\uFF08\uFF09]{3,50})[)\uFF09]")


def _people(document: DocumentReport, role: str) -> list[Fact]:
    return [fact for fact in document.facts if fact.kind == "person" and fact.role == role]


def _with_title(named: str, name: str) -> bool:
    """Whether a field holds a whole name and before or behind it what that person is: ``车间主任 郭志鹏``."""
    told, wanted = fold(named).split(), fold(name).split()
    whole = len(wanted) >= 2 or (len(name) >= 2 and not name[:1].isascii())
    return whole and len(told) > len(wanted) and wanted in (told[: len(wanted)], told[-len(wanted) :])


def _same_line(bundle: Bundle, document: DocumentReport, first: Fact, second: Fact) -> bool:
    """In a programme of many rows auditor and auditee count only within one row;

    in the head of a report within the passage.
    """
    rows = [fact for fact in _people(document, "auditor") if fact.passage == second.passage]
    if len(rows) <= 1:
        return True
    text = bundle.passages[document.path][first.passage].text
    short, long = sorted((first.quote, second.quote), key=len)
    least = 2 if short in long else 1  # a name with and without its title may be one place
    return any(long in line and line.count(short) >= least for line in text.splitlines())
