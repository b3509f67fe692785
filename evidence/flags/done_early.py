"""Days of a case that lie before the day on which its problem came up, wherever they stand: in a column of days of a register, beside a label of
its report, or in another paper on the same case.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from evidence.bundle import Bundle, Item, as_day, cite, cite_fact, is_example
from evidence.deeds import tells_deed
from evidence.facts.text import any_of, fold, phrases
from evidence.flags.case_items import cases_of, cite_case, numbers_in, numbers_of, row_of
from evidence.flags.registry import line_at
from evidence.flags.steps_in_order import Early, is_early
from evidence.model import Citation, DocumentReport, Fact
from evidence.remembered import remembered
from evidence.titles import is_record_of


def early_cells(bundle: Bundle) -> Iterator[Early]:
    """Rows of registers of cases with a day before that on which the case was opened, in a column whose other days mostly lie behind it,
    whatever its head: a column of days of production, or of the first sight of a problem, never lies behind. A column of deeds with their
    days in words is one too, where most of its rows name just one day.
    """
    for found in (*_columns(bundle), *_worded_columns(bundle)):
        behind = sum(day > opened for _, day, opened, _ in found)
        if behind >= LEAST_BEHIND and behind > len(found) - behind:
            for item, day, opened, row in found:
                if is_early(day, opened):
                    yield Early(item.document, item, day, opened, (cite(item.document, item.passage, row),))


def leading_days(bundle: Bundle) -> set[tuple[str, str, date]]:
    """Rows, by their document and words, with their days in columns of registers that mostly lie before the opening and never behind it: nothing
    is done in them. A stop that is mended on its day has days that are its own.
    """
    return {
        (item.document.path, item.fact.quote, day)
        for found in _columns(bundle)
        if len(found) > LEAST_BEHIND
        and all(day <= opened for _, day, opened, _ in found)
        and 2 * sum(day < opened for _, day, opened, _ in found) > len(found)
        for item, day, _, _ in found
    }


Dated = tuple[Item, date, date, str]
"""A row of a register, a day in it, that of its opening, and its words."""


@remembered
def _columns(bundle: Bundle) -> list[list[Dated]]:
    """The columns of days of the registers of cases, but that of the openings."""
    columns: dict[tuple[str, int, int, int], list[Dated]] = defaultdict(list)
    for item, opened, row, cells, at in _rows(bundle):
        days = _days_beside(bundle, item)
        for index, cell in enumerate(cells):
            if index != at and cell in days:
                columns[item.document.path, len(cells), at, index].append((item, days[cell], opened, row))
    return list(columns.values())


def _worded_columns(bundle: Bundle) -> Iterator[list[Dated]]:
    """The columns of which most rows hold words with just one day, not before the opening: what was done, and when. Of the days before it
    only those are left that stand for the cell as a whole: ``Seal changed, 08.06.26``, not ``Boxes of 08.06.26 sorted``.
    """
    columns: dict[tuple[str, int, int, int], list[tuple[Dated, bool]]] = defaultdict(list)
    rows: Counter[tuple[str, int, int]] = Counter()
    for item, opened, row, cells, at in _rows(bundle):
        days = _days_beside(bundle, item)
        rows[item.document.path, len(cells), at] += 1
        for index, cell in enumerate(cells):
            told = [quote for quote in days if quote in cell != quote]
            if index != at and len(told) == 1:
                dated = item, days[told[0]], opened, row
                columns[item.document.path, len(cells), at, index].append((dated, _stands_for(cell, told[0])))
    for place, found in columns.items():
        behind = sum(day >= opened for (_, day, opened, _), _ in found)
        if 2 * behind > rows[place[:3]]:
            yield [one for one, whole in found if whole or one[1] >= one[2]]


def _days_beside(bundle: Bundle, item: Item) -> dict[str, date]:
    """The days in the passage of a case by their words, but those on which something is due or from which it ran."""
    facts = bundle.facts_in(item.document, item.passage)
    return {fact.quote.strip(): day for fact in facts if fact.role not in ("due", "birth") and (day := fact.day)}


def _stands_for(cell: str, quote: str) -> bool:
    """Whether a day at an edge of a cell is that of what the cell tells: set apart by a stop, or with a word for a day or a deed beside it."""
    before, _, behind = (fold(piece).strip(_CLOSES) for piece in cell.partition(quote))
    if _BEFORE.search(before):
        return False
    if before and behind:
        return _DONE_BEHIND.fullmatch(behind) is not None
    return not before or _APART.search(before) is not None or tells_deed(before.rpartition(" ")[2])


def _rows(bundle: Bundle) -> Iterator[tuple[Item, date, str, list[str], int]]:
    """The rows of registers of cases with the day of their opening, their words, their cells, and the place of the opening among them."""
    for item in cases_of(bundle, "row"):
        opened, row = as_day(str(item.value.get("opened") or "")), row_of(item)
        cells = [cell.strip() for cell in (row or "").split("|")]
        told = str(item.value.get("opened_text") or "").strip()
        if opened is not None and row is not None and told in cells:
            yield item, opened, row, cells, cells.index(told)


LEAST_BEHIND = 2
"""Rows of a register whose day lies behind that of the opening, from which its column is one of what followed."""


def early_labels(bundle: Bundle) -> Iterator[Early]:
    """Reports of one case that tell, beside a label for it, that something was done before the problem came up: by their own day, or by
    that of the register or of another paper that holds the number of the case.
    """
    for document in bundle.read:
        if (
            not is_record_of(document, "corrective_action_record")
            or document.reading == "static"
            or is_example(document)
            or any(fact.kind == "case" and fact.role == "row" for fact in document.facts)
        ):
            continue
        dated = [(day, fact) for fact in document.facts if (day := fact.day)]
        arose = {day: cite_fact(bundle, document, fact) for day, fact in dated if fact.role == "opened"}
        numbers = numbers_in(document)
        if len(numbers) == 1 and (registered := _registered(bundle).get(*numbers)):
            arose.setdefault(*registered)
        opened = min(arose, default=None)
        if opened is None or not any(day > opened for day, _ in dated):
            continue
        for day, fact in dated:
            if is_early(day, opened) and fact.role not in NO_DEED and _is_of_deed(bundle, document, fact):
                yield Early(document, None, day, opened, (arose[opened], cite_fact(bundle, document, fact)))
                break


NO_DEED = ("due", "opened", "issue", "birth")
"""Roles of days on which nothing was done about a problem."""

_LABEL = re.compile(r"(?:^|[|(（。;；,，]|\s{2,}|\u3000)([^|(（。;；,，\d]{2,40}?)[\s|:：]*$")
_ACTED = phrases("corrective_flags", "acted")
_DEED = any_of(
    ("corrective_flags", "acted"), ("corrective_flags", "done_before_day"), ("corrective_flags", "done_behind_day")
)
_DAY = phrases("case_forms", "day")
_BEFORE = phrases("corrective_flags", "told_of_before")
_DONE_BEHIND = phrases("corrective_flags", "done_behind_day")
_CLOSES = ")）】]。 "
_APART = re.compile(
    rf"(?:^|[(（【\[,，;；:：.。、/–—-]|{any_of(('corrective_flags', 'done_before_day'), ('case_forms', 'day')).pattern})$"
)
"""What stands before a day that is that of the words before it."""


def _is_of_deed(bundle: Bundle, document: DocumentReport, fact: Fact) -> bool:
    """Whether the label before a day is for the day on which something was done: one of these names, or a word for a day with one for a
    deed in a few words.
    """
    passage = bundle.passages[document.path].get(fact.passage)
    if passage is None or passage.hidden:
        return False
    line = line_at(passage.text, passage.text.find(fact.quote))
    label = _LABEL.search(fold(line.partition(fact.quote)[0]))
    if label is None or _BEFORE.search(label[1]):
        return False
    named = label[1].strip(" .:：")
    return _ACTED.fullmatch(named) is not None or (_DAY.search(named) is not None and _DEED.search(named) is not None)


@remembered
def _registered(bundle: Bundle) -> Mapping[str, tuple[date, Citation | None]]:
    """The days on which registers say that cases came up, by their numbers; of a number that two rows hold nothing is known."""
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in cases_of(bundle, "row"):
        for number in numbers_of(item):
            rows[number].append(item)
    return {
        number: (opened, cite_case(items[0])[0])
        for number, items in rows.items()
        if len(items) == 1 and (opened := as_day(str(items[0].value.get("opened") or "")))
    }
