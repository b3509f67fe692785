"""Lots that were passed with more pieces found bad than their plan allows: ``none may break``, three broke, passed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from evidence.bundle import Bundle, cite, is_example
from evidence.data import table
from evidence.facts.indicators import says
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS, calls_itself

LEAST_CELLS = 3
"""Cells of a row: what was looked at, how many were bad, and the verdict."""

_BAD, _NONE, _GOOD, _NOT_GOOD = (
    phrases("accepted_counts", name) for name in ("bad", "none_allowed", "passed", "not_passed")
)
_ALLOWED = re.compile(r"(?<![^\W_])(?:(?:ac|acc\.? no\.?) ?[=:]? ?|c ?= ?)(\d{1,2})(?![\d.,%])")
_COUNT = late(rf"(\d{{1,4}})(?: ?(?:{'|'.join(table('measures')['piece_words']['words'])}))?")


@dataclass(frozen=True)
class _Columns:
    """Where the count of bad pieces and the verdict stand in the rows below, and how many may be bad."""

    bad: int
    verdict: int
    allowed: int
    plan: int | None = None

    def of_row(self, row: Sequence[str]) -> int:
        """How many may be bad by the plan of a row, ``315 / 10``, else by that of the sheet; a plan that cannot be read allows all."""
        if self.plan is None or self.plan >= len(row):
            return self.allowed
        told = fold(row[self.plan]).strip()
        if (both := _AC_RE.fullmatch(told)) and int(both[2]) == int(both[1]) + 1:
            return int(both[1])  # accepted up to 2, refused from 3 on
        match = _PLAN.fullmatch(told)
        return int(match["allowed"]) if match else MOST_ALLOWED


MOST_ALLOWED = 10_000
"""More bad pieces than a row counts."""


def passed_against_plan(bundle: Bundle) -> Iterator[Finding]:
    """Rows of inspections whose count of bad pieces is above what the sheet allows and whose verdict is good."""
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document):
            continue
        for passage, row, columns in _rows(document):
            words = {
                "name": name_of(document.path),
                "what": f"{row[columns.bad]} were found bad where {columns.of_row(row) or 'none'} may be, and '{row[columns.verdict]}' is the verdict",
            }
            line = next((one for one in passage.text.splitlines() if _cells(one) == row), None)
            yield Finding(words, (cite(document, passage, line),))
            break
        else:
            inspects = document.kind == "traceability_record" or calls_itself(document, "inspection")
            if inspects and (told := _told(document)):
                passage, count, most, said = told
                what = f"{count} were found bad where {most or 'none'} may be, and '{said}' is the verdict"
                yield Finding({"name": name_of(document.path), "what": what}, (cite(document, passage),))


def _told(document: DocumentReport) -> tuple[Passage, int, int, str] | None:
    """The one count of bad pieces that fields or sentences of an inspection tell, above the one that its plan allows, with the verdict
    that is good; None where a paper tells several, or of a second sample, of sorting or of a concession.
    """
    shown = [(passage, fold(passage.text)) for passage in document.shown]
    whole = "\n".join(folded for _, folded in shown)
    allowed = {int(found) for _, folded in shown for found in _ALLOWED_TOLD.findall(folded)}
    allowed |= {
        int(match[1]) for _, folded in shown for match in _PAIRED.finditer(folded) if int(match[2]) == int(match[1]) + 1
    }
    found = [(passage, match) for passage, folded in shown for match in _FOUND.finditer(folded)]
    counts = {int(match["behind"] or match["before"]) for _, match in found}
    if any(_BY_CLASS.search(match.string[match.end() :].split("\n", 1)[0]) for _, match in found):
        return None
    if not found and len(allowed) == 1 and (summed := _summed(document)):
        found, counts = [(summed[0], _NOTHING)], {summed[1]}
    if len(allowed) != 1 or len(counts) != 1 or not found or phrases("accepted_counts", "reacted").search(whole):
        return None
    verdicts = [match for match in _VERDICT.finditer(whole) if _GOOD.search(match["said"])]
    if len(verdicts) != 1 or _NOT_GOOD.search(verdicts[0]["said"]):
        return None
    most, count = allowed.pop(), counts.pop()
    return (found[0][0], count, most, verdicts[0]["said"].strip()) if count > most else None


_NOTHING = cast(re.Match[str], re.match("", ""))


def _summed(document: DocumentReport) -> tuple[Passage, int] | None:
    """The sum of the one list of faults of an inspection, a kind of fault and its count a row: as its last row tells it, else added up."""
    lists: list[tuple[Passage, list[tuple[str, int]]]] = []
    for passage in document.passages:
        head = ""
        for line in () if passage.hidden else passage.text.splitlines():
            cells = [cell.strip() for cell in fold(line).split("|")]
            if len(cells) != PAIR:
                head = ""
                continue
            count = _COUNT.fullmatch(cells[1])
            if count is None:
                head = cells[0] if not any(map(str.isdigit, line)) else ""
                if _FAULTS.search(head):
                    lists.append((passage, []))
                continue
            if lists and head:
                lists[-1][1].append((cells[0], int(count[1])))
    filled = [one for one in lists if one[1]]
    if len(filled) != 1:
        return None
    passage, rows = filled[0]
    name, last = rows[-1]
    return passage, last if says(name, "sum") else sum(count for _, count in rows)


PAIR = 2
"""Cells of a row of a list of faults."""

_FAULTS = phrases("accepted_counts", "faults")

LONGEST_VERDICT = 24
"""Letters of a verdict that says nothing of sorting, a second sample or a concession."""

_ALLOWED_TOLD = re.compile(
    r"(?<![^\W\d_])(?:(?:ac|acc\. ?no\.)\s?[=:|]?|c\s?=)\s?(\d{1,2})(?![\d.,%/]| ?(?:k?v|h|hz|k?w|m?a|volt)(?![^\W_]))"
)
_ACCEPTANCE, _REFUSAL = (phrases("accepted_counts", name).pattern for name in ("accept_from", "refuse_from"))
_PAIRED = late(
    rf"(?:{_ACCEPTANCE})[^\d\n|.;。；]{{0,16}}(\d{{1,3}})[^\d\n|.;。；]{{0,12}}(?:{_REFUSAL})[^\d\n|.;。；]{{0,16}}(\d{{1,3}})(?![\d%]|[.,]\d)"
)
"""From how many on a lot is refused, one more than with how many it is accepted: ``accept 7, reject 8``."""

_PIECES = "|".join((*table("measures")["piece_words"]["words"], *table("measures")["piece_words"]["signs"], "pieces"))
_FOUND = re.compile(
    rf"(?:{phrases('accepted_counts', 'bad').pattern})[^\d\n.;,。；，()]{{0,14}}[:=|：]\s?(?P<behind>\d{{1,4}})(?![\d.,%/])(?=\s?(?:{_PIECES})?\s?(?:[\n|.;,。；，()]|$))|"
    rf"(?<![\d.,/=:|] )(?<![\d.,/])(?P<before>\d{{1,4}}) ?(?:pcs? |pieces |cái |buah )?(?:{phrases('accepted_counts', 'bad').pattern})"
)
_BY_CLASS = phrases("accepted_counts", "light")
_VERDICT = re.compile(
    rf"(?:{phrases('accepted_counts', 'verdict').pattern})\s?[:：|=]\s?(?P<said>[^\n.;。；|]{{1,{LONGEST_VERDICT}}})"
)


def _rows(document: DocumentReport) -> Iterator[tuple[Passage, list[str], _Columns]]:
    for part in sorted({passage.part for passage in document.passages}):
        passages = [p for p in document.passages if p.part == part and not p.hidden]
        allowed = _allowed("\n".join((*(h for p in passages[:1] for h in p.heading), *(p.text for p in passages[:1]))))
        columns: _Columns | None = None
        for passage in passages:
            for line in passage.text.splitlines():
                row = _cells(line)
                if headed := _columns(row, allowed):
                    columns = headed
                elif columns and len(row) > max(columns.bad, columns.verdict) and _is_wrong(row, columns):
                    yield passage, row, columns


def _allowed(text: str) -> int | None:
    """How many of a sample may be bad, as the head of a sheet says; None where it says nothing."""
    opening = "\n".join(fold(text).splitlines()[:LINES_OF_HEAD])
    if _NONE.search(opening) and not phrases("accepted_counts", "by_class").search(opening):
        return 0
    numbers = {int(found) for found in _ALLOWED.findall(opening)}
    return numbers.pop() if len(numbers) == 1 else None


LINES_OF_HEAD = 4
"""Lines at the beginning of a sheet that tell its plan."""


_PLAN = late(
    r"(?:n ?= ?)?(?:\d{1,5} ?[/,;-] ?)?(?:ac ?[=:]? ?|c ?= ?)?(?P<allowed>\d{1,3})(?: ?[/-] ?(?:re ?)?\d{1,3})?"
)
_AC_RE = re.compile(r"(?:ac ?[=:]? ?)?(\d{1,3}) ?[/-] ?(?:re ?[=:]? ?)?(\d{1,3})")
_PLANNED = late(r"(?<![^\W_])(?:ac|ac[ /]+re|acc\.? no\.?|acceptance (?:no\.?|number))(?![^\W_])")
"""The head of a column with the number of bad pieces up to which each lot is passed: ``Sample / Ac``."""


def _columns(row: Sequence[str], allowed: int | None) -> _Columns | None:
    if len(row) < LEAST_CELLS or any(char.isdigit() for char in "".join(row)):
        return None
    plans = [at for at, head in enumerate(row) if head and _PLANNED.search(fold(head))]
    if len(plans) == 1 and plans[0] + 1 < len(row):
        verdicts = [at for at, head in enumerate(row) if phrases("accepted_counts", "verdict").search(fold(head))]
        beside = _beside_plan(row, plans[0], verdicts[-1]) if verdicts else None
        if beside is not None:
            return _Columns(beside, verdicts[-1], allowed or 0, plans[0])
    if allowed is None:
        return None
    bad = [at for at, head in enumerate(row) if head and _BAD.search(fold(head))]
    verdict = [at for at, head in enumerate(row) if head and phrases("accepted_counts", "verdict").search(fold(head))]
    return _Columns(bad[0], verdict[-1], allowed) if bad and verdict and bad[0] != verdict[-1] else None


def _beside_plan(row: Sequence[str], plan: int, verdict: int) -> int | None:
    """The column of what was found bad: between the plan and the verdict, or the one before the plan that is called so."""
    if verdict > plan + 1:
        named = [at for at in range(plan + 1, verdict) if _BAD.search(fold(row[at]))]
        return (named or [plan + 1])[0]
    before = [at for at in range(plan) if _BAD.search(fold(row[at])) or _FOUND_BAD.search(fold(row[at]))]
    return before[0] if verdict > plan and len(before) == 1 else None


_FOUND_BAD = phrases("accepted_counts", "found")


def _is_wrong(row: Sequence[str], columns: _Columns) -> bool:
    count, verdict = _COUNT.fullmatch(fold(row[columns.bad])), fold(row[columns.verdict])
    if count is None or int(count[1]) <= columns.of_row(row):
        return False
    return _GOOD.search(verdict) is not None and _NOT_GOOD.search(verdict) is None and len(verdict) <= LONGEST_VERDICT


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
