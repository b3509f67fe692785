"""The flag on records that are near the same."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from evidence.bundle import Bundle, Item, as_day, cite
from evidence.facts.text import fold, plain
from evidence.flags.copied_words import Sheet, copied_words
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.same_pieces import tells_same_pieces
from evidence.flags.signatures import signs
from evidence.likeness import NARRATIVE_KINDS, Pair
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS, is_kept_as_record, is_record_of
from evidence.wording import list_of

COPIED_NUMBERS = 0.85
"""Share of figures that two measured records must have in common to be copies."""


@rule("near_identical_records")
def near_identical_records(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Two records alike but for their dates.

    One document in two formats, and one form for several parts with their own values, are not meant.
    """
    groups: dict[str, list[set[str]]] = {}
    near = list(_copies(bundle))
    known = {frozenset((pair.first.path, pair.second.path)) for pair, _ in near}
    copied = [
        found for found in _copied_cases(bundle) if {frozenset((found[0].first.path, found[0].second.path))} - known
    ]
    sheets = list(copied_words(bundle))
    for pair, what in (*near, *copied, *_copied_briefly(bundle, sheets, known)):
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
                tuple(record_place(bundle, paper) for paper in papers), tuple(paper.path for paper in papers[1:]),
            )  # fmt: skip

    for one, other in sheets:
        if one.document is other.document and is_of_work(bundle, one.document):
            places = tuple(cite(sheet.document, sheet.passage) for sheet in (one, other))
            yield Finding({"names": f"Two sheets of '{name_of(one.document.path)}'", "what": "their dates"}, places)
            break


def _copied_briefly(
    bundle: Bundle, sheets: Sequence[tuple[Sheet, Sheet]], known: set[frozenset[str]]
) -> Iterator[tuple[Pair, str]]:
    """Two papers, too short to be told alike as a whole, that are made of the same words and figures."""
    cases = _cases_by_path(bundle)
    for one, other in sheets:
        pair = Pair(one.document, other.document, 0.0, 1.0, 1.0)
        if one.document is other.document or frozenset((pair.first.path, pair.second.path)) in known:
            continue
        if is_of_work(bundle, pair.first) and is_of_work(bundle, pair.second) and not _told_to_several(cases, pair):
            yield pair, "their dates"


MOST_NAMED = 5
"""Copies of one record that a sentence names; the others are counted, and cited."""


def _copies(bundle: Bundle) -> Iterator[tuple[Pair, str]]:
    """Two records that are copies, and what they differ in."""
    cases, pieces = _cases_by_path(bundle), dict[str, set[str]]()
    for pair in bundle.likeness.near:
        if not (is_of_work(bundle, pair.first) and is_of_work(bundle, pair.second)):
            continue
        days = bundle.document_day(pair.first), bundle.document_day(pair.second)
        if _same_event(pair, days) or _keeps_days(pair) or _told_to_several(cases, pair):
            continue
        narrative = _of_words(pair.first) and _of_words(pair.second)
        measured = pair.numbers < COPIED_NUMBERS or _measured_anew(pair)
        if not narrative and measured and not tells_same_pieces(pair, pieces):
            continue
        if narrative and pair.numbers < 0.5 and pair.masked < 0.95:
            continue
        yield pair, "their dates and numbers" if pair.numbers < 0.95 else "their dates"


def _copied_cases(bundle: Bundle) -> Iterator[tuple[Pair, str]]:
    """Two reports of problems that tell, with every figure, the same problem, cause, action and check, each on days of its own: the head of
    a short report holds so many words that its copy for another customer is no near copy as a whole.
    """
    told: dict[tuple[str, ...], list[tuple[DocumentReport, set[str]]]] = defaultdict(list)
    cases = _cases_by_path(bundle)
    for item in bundle.items("case", "form"):
        parts = [str(item.value.get(name) or "") for name in COPIED_PARTS]
        letters = sum(char.isalpha() for part in parts for char in part)
        dense = any(char > LAST_ALPHABET for part in parts for char in part)
        if (
            all(parts)
            and letters >= (LEAST_COPIED // 3 if dense else LEAST_COPIED)
            and is_of_work(bundle, item.document)
        ):
            days = {f.quote for f in item.document.facts if f.kind == "date" and f.quote}
            key = tuple(_undated(part, days) for part in parts)
            earlier = told[key]
            for other, its in earlier:
                values = {f.value for f in item.document.facts if f.day}
                pair = Pair(other, item.document, 0.0, 1.0, 1.0)
                apart = other.path != item.document.path and values and its and values.isdisjoint(its)
                if apart and not _told_to_several(cases, pair):
                    yield pair, "their dates and whom they answer"
            earlier.append((item.document, {f.value for f in item.document.facts if f.day}))


def _told_to_several(cases: Mapping[str, Sequence[Item]], pair: Pair) -> bool:
    """Whether two reports answer complaints on the same problem that came in within a few weeks: one fault of a mould reaches several
    customers, and each is told the same cause and action.
    """
    left, right = (
        [(plain(str(item.value.get("problem") or "")), as_day(str(item.value.get("opened") or ""))) for item in items]
        for items in (cases.get(pair.first.path, ()), cases.get(pair.second.path, ()))
    )
    return any(
        problem and problem == other and day and its and abs(day - its) < ONE_EVENT
        for problem, day in left
        for other, its in right
    )


def _cases_by_path(bundle: Bundle) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in bundle.items("case", "form"):
        found[item.document.path].append(item)
    return found


ONE_EVENT = timedelta(days=30)
"""Days within which complaints of several customers on the same problem come from one fault."""


def _undated(text: str, days: set[str]) -> str:
    """The words and figures of a part without its days."""
    for day in sorted(days, key=len, reverse=True):
        text = text.replace(day, " ")
    return " ".join(fold(text).split())


COPIED_PARTS = ("problem", "root_cause", "action")
"""Parts of a report that are alike in a copy for another case."""

LEAST_COPIED = 120
"""Letters of these parts from which they are not alike by chance; a third in scripts in which a sign says more."""

LAST_ALPHABET = "\u1fff"


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


def is_of_work(bundle: Bundle, document: DocumentReport) -> bool:
    """A paper of work done: by its reading, or because a passage of a record in it names its day."""
    if document.kind not in RULES_AND_FORMS and (
        document.reading != "static" or bundle.document_day(document) is not None
    ):
        return True
    if is_kept_as_record(document):
        return True
    signed = any(signs(document, fact) for fact in document.facts)
    return signed and any(fact.kind == "identifier" and fact.role in LOT_ROLES for fact in document.facts)


def _of_words(document: DocumentReport) -> bool:
    """Whether a record is made of words, by its kind or by its title."""
    return any(is_record_of(document, kind) for kind in NARRATIVE_KINDS)


def _same_event(pair: Pair, days: tuple[date | None, date | None]) -> bool:
    """The same record saved twice: nearly all the words and digits, and the same day."""
    return pair.exact >= 0.9 and days[0] is not None and days[0] == days[1]


def _keeps_days(pair: Pair) -> bool:
    """Whether all days of one of two records stand in the other: a later edition, an extract or a print of it. A copy has a day of its own."""
    one, other = ({fact.value for fact in document.facts if fact.day} for document in (pair.first, pair.second))
    return bool(one and other) and (one <= other or other <= one)


def record_place(bundle: Bundle, document: DocumentReport) -> Any:
    """The longest passage of a record, cited; None where none is one."""
    passage = max(
        (p for p in document.passages if bundle.is_record(p)), key=lambda p: (len(p.text), p.id), default=None
    )
    return cite(document, passage) if passage else None
