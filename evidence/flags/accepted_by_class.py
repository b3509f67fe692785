"""Inspections by attributes with a plan for each class of defects: 12 major where 7 are accepted, and the lot is passed."""

import re
from collections.abc import Iterator, Mapping

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.case_heads import ticked
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import tables_of
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

CLASSES = ("critical", "major", "minor")
MOST = 10_000
"""More defects than a sheet counts."""

_CLASS = {name: phrases("accepted_classes", name) for name in CLASSES}
_GOOD, _NOT_GOOD, _VERDICT, _REACTED = (
    phrases("accepted_counts", name) for name in ("passed", "not_passed", "verdict", "reacted")
)
_SUM = phrases("totals", "whole")
_AC = re.compile(
    r"(?<![^\W_])(?:ac(?:c(?:ept)?)?\.?(?: ?no\.?)?|允收(?:数)?|接收数|合格判定数|c) ?[=:]? ?(\d{1,3})(?![\d.,%])|(?<!\d)(\d{1,3}) ?/ ?(\d{1,3})(?![\d/])"
)
_COUNT = late(r"(\d{1,4})(?:\s?[^\W\d_]{1,5})?")
LONGEST_VERDICT = 60
"""Letters of a field or sentence that says whether a lot was passed."""


def passed_by_class(bundle: Bundle) -> Iterator[Finding]:
    """Inspections whose defects of a class are more than its plan accepts, and whose verdict is good."""
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document):
            continue
        allowed = allowed_of(document)
        if not allowed:
            continue
        verdict = _verdict(document)
        if verdict is None:
            continue
        for name, (count, passage, line) in _found_of(document, allowed).items():
            if allowed[name] < count <= MOST:
                what = (
                    f"{count} {name} defects were found where {allowed[name] or 'none'} may be, and the lot is passed"
                )
                yield Finding(
                    {"name": name_of(document.path), "what": what},
                    (cite(document, passage, line), cite(document, *verdict)),
                )
                break


def allowed_of(document: DocumentReport) -> Mapping[str, int]:
    """How many defects of each class the plan of a sheet accepts, in a line or a table; none where it tells two plans."""
    found: dict[str, set[int]] = {}
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            folded = fold(line)
            places = sorted(
                (match.start(), match.end(), name) for name in CLASSES for match in _CLASS[name].finditer(folded)
            )
            for at, (_, end, name) in enumerate(places):
                until = places[at + 1][0] if at + 1 < len(places) else len(folded)
                match = _AC.search(folded, end, until)
                if match and (match[1] or (match[2] and int(match[3]) == int(match[2]) + 1)):
                    found.setdefault(name, set()).add(int(match[1] or match[2]))
    for table in tables_of(document):
        plan = next((n for n, head in enumerate(table.head) if n and _AC_HEAD.fullmatch(head)), None)
        for row in table.rows if plan is not None else ():
            name = _class_of(row.cells[0])
            match = (
                _COUNT.fullmatch(row.cells[plan].split("/")[0].strip())
                if plan is not None and len(row.cells) > plan
                else None
            )
            if name and match:
                found.setdefault(name, set()).add(int(match[1]))
        for row in table.rows:
            if re.match(r"(?:ac|accept\w*|允收|acc)\W{0,3}(?:no\.?|/ ?re\w*|数)?$", row.cells[0]):
                for n, head in enumerate(table.head):
                    if (
                        (name := _class_of(head))
                        and n < len(row.cells)
                        and (match := _COUNT.fullmatch(row.cells[n].split("/")[0].strip()))
                    ):
                        found.setdefault(name, set()).add(int(match[1]))
    return {name: told.pop() for name, told in found.items() if len(told) == 1}


_AC_HEAD = late(
    r"(?:ac|acc\.?|accept(?:ed|ance)?(?: no\.?| number| limit)?|ac ?/ ?re|ac[-–]re|max\.? ?(?:allowed|accepted)?|allowed|允收(?:数)?|接收数|合格判定数|合格判定|cho phép|số chấp nhận|boleh|batas|ยอมรับ|허용|합격판정개수|kabul)"
)


def _class_of(cell: str) -> str:
    """The class that a short cell names, and no other."""
    named = [name for name in CLASSES if len(cell) <= LONGEST_CLASS and _CLASS[name].search(cell)]
    return named[0] if len(named) == 1 else ""


LONGEST_CLASS = 30
"""Letters of a cell that names a class of defects."""


def _found_of(document: DocumentReport, allowed: Mapping[str, int]) -> dict[str, tuple[int, Passage, str]]:
    """How many defects of each class were found, and where that is told: in a column, a row or a field of the class."""
    found: dict[str, tuple[int, Passage, str]] = {}
    for table in tables_of(document):
        for at, head in enumerate(table.head):
            name = _class_of(head) if at else ""
            if name not in allowed or name in found:
                continue
            counts = [
                (row, int(match[1]))
                for row in table.rows
                if len(row.cells) > at and not _AC.search(row.cells[0]) and (match := _COUNT.fullmatch(row.cells[at]))
            ]
            summed = [(row, count) for row, count in counts if _is_sum(row.cells[0])]
            if summed or counts:
                row, count = summed[-1] if summed else counts[0]
                found[name] = count if summed else sum(c for _, c in counts), row.passage, row.line
        columns = [
            n for n, head in enumerate(table.head) if n and _FOUND_HEAD.search(head) and not _AC_HEAD.fullmatch(head)
        ]
        for row in table.rows if len(columns) == 1 else ():
            name, at = _class_of(row.cells[0]), columns[0]
            if (
                name in allowed
                and name not in found
                and len(row.cells) > at
                and (match := _COUNT.fullmatch(row.cells[at]))
            ):
                found[name] = int(match[1]), row.passage, row.line
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            folded = fold(line)
            for name in allowed:
                told = _TOLD[name].search(folded)
                if name not in found and told and not _AC.search(folded[told.start() : told.end()]):
                    found[name] = int(told[1]), passage, line
    return found


_FOUND_HEAD = late(
    rf"{phrases('accepted_counts', 'found').pattern}|{phrases('accepted_counts', 'bad').pattern}|{phrases('accepted_counts', 'verdict').pattern}|actual|qty|数量|số lượng|jumlah"
)
_TOLD = {
    name: late(
        rf"(?:{phrases('accepted_counts', 'found').pattern}|{phrases('accepted_counts', 'bad').pattern}|actual|total)[^\d\n|;,.]{{0,16}}(?:{_CLASS[name].pattern})[^\d\n|;,.]{{0,12}}[:=| ]\s?(\d{{1,4}})(?![\d.,%/])"
    )
    for name in CLASSES
}


def _is_sum(cell: str) -> bool:
    match = _SUM.search(cell)
    return match is not None and 2 * len(match[0]) >= len(cell)


def _verdict(document: DocumentReport) -> tuple[Passage, str] | None:
    """The one place that says that the lot was passed; None where the paper says anything else of it."""
    found = None
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            told = fold(ticked(line))
            if _REACTED.search(told):
                return None
            named = _VERDICT.search(told)
            short = len(told) <= LONGEST_VERDICT or named
            if not short or line.count("|") > LEAST_BARS or (named is None and "|" in told):
                continue
            said = told[named.end() :] if named else told
            if _NOT_GOOD.search(said) and named:
                return None
            if named and _GOOD.search(said):
                found = passage, line
            elif not named and _GOOD.search(said) and not _NOT_GOOD.search(said) and not any(map(str.isdigit, said)):
                found = found or (passage, line)
    return found


LEAST_BARS = 3
