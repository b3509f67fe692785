"""Tables of audited areas, one a row, in which one name stands both as auditor and as who answers for the area: two columns of names, or
the name of who answers beside the area itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from evidence.data import table
from evidence.facts.case_heads import field_of
from evidence.facts.people import is_name, normal, same_person
from evidence.facts.people import lexicon as people
from evidence.facts.text import any_of, fold, phrases, spellings
from evidence.flags.audited_areas import names_auditor
from evidence.flags.finding_rows import heads_one
from evidence.flags.offices import names_area
from evidence.model import DocumentReport, Passage

LONGEST_HEAD = 30
"""Letters of the head of a column of names."""


@dataclass
class _Table:
    """A table with one column for the auditor: which of its other columns name who answers for what, and its rows so far."""

    heads: Sequence[str]
    auditor: int
    section: int | None
    rows: list[tuple[Passage, str, list[str]]] = field(default_factory=list)

    @property
    def areas(self) -> list[int]:
        """The columns of what is audited."""
        return [at for at, head in enumerate(self.heads) if at != self.auditor and names_area(head)]

    @property
    def leading(self) -> list[int]:
        """The columns of who answers for what is audited. Where one is that of who is audited, no other tells it; one of areas names
        nobody, whatever it is called: ``Tetkik edilen süreç``.
        """
        audited = [
            at for at, head in enumerate(self.heads) if people().label(head) == "auditee" and at not in self.areas
        ]
        return audited or [
            at
            for at, head in enumerate(self.heads)
            if at != self.auditor and _leads(head) and not (people().label(head) == "owner" and at > self._found)
        ]

    @property
    def unlisted(self) -> list[int]:
        """The columns right beside that of the area or of the auditor, before what was found, whose heads nobody has listed."""
        near = {at + step for at in (*self.areas, self.auditor) for step in (-1, 1)}
        return [
            at
            for at, head in enumerate(self.heads)
            if at in near
            and at < self._found
            and at not in (*self.areas, self.auditor, self.section)
            and _is_free(head)
        ]

    @property
    def _found(self) -> int:
        """The column of what was found; behind it stands who is to do something about it."""
        found = (at for at, h in enumerate(self.heads) if heads_one(h, "finding_columns") or field_of(h) == "problem")
        return next(found, len(self.heads))


def own_row(document: DocumentReport) -> tuple[Passage, str, str] | None:
    """The passage and row of a table of areas in which one name stands both as auditor and as who heads the area, and that name."""
    for held in _tables(document):
        leading = held.leading
        for passage, line, cells in held.rows:
            if name := _own(held, leading, cells):
                return passage, line, name
        for at in () if leading else held.unlisted:
            if told := _in_column(held, at):
                return told
    return None


def _tables(document: DocumentReport) -> Iterator[_Table]:
    """The tables with a column for the auditor; one that runs on in the next passages keeps its heads."""
    held: _Table | None = None
    for passage in document.passages:
        for line in passage.text.split("\n") if not passage.hidden else ():
            cells = [cell.strip() for cell in line.split("|")]
            audits = [at for at, cell in enumerate(cells) if len(cell) < LONGEST_HEAD and names_auditor(cell, document)]
            from_where = [at for at in audits if len(audits) > 1 and _FROM.search(fold(cells[at]))]
            audits = [at for at in audits if at not in from_where]
            if len(cells) > LEAST_CELLS and len(audits) == 1:
                if held:
                    yield held
                held = _Table(cells, audits[0], next(iter(from_where), None))
            elif held and held.auditor < len(cells) <= len(held.heads):
                held.rows.append((passage, line, cells))
    if held:
        yield held


LEAST_CELLS = 2
"""Cells of a row that is no more than a field."""


def _own(held: _Table, leading: Sequence[int], cells: Sequence[str]) -> str | None:
    """The auditor of a row who is told there to head or to come from what he audited; None where none is."""
    named = cells[held.auditor]
    one = _bare_name(named)
    if _is_one(one) and any(at < len(cells) and _names_same(cells[at], named) for at in leading):
        return one
    if _is_one(one) and any(
        same_person(normal(inner.strip()), one) for at in held.areas for inner in _beside_area(cells, at)
    ):
        return one
    if (both := _BOTH.split(named)) and len(both) == len(_BOTH.split(held.heads[held.auditor])) == PAIR:
        roles = {people().label(head) for head in _BOTH.split(held.heads[held.auditor])}
        if roles == {"auditor", "auditee"} and _is_one(_bare_name(both[0])) and _names_same(*both):
            return _bare_name(both[0])
    if held.section is not None and held.section < len(cells) and _is_one(named) and cells[held.section]:
        others = (cell for at, cell in enumerate(cells) if at not in (held.section, held.auditor))
        if any(fold(cell) == fold(cells[held.section]) for cell in others):
            return named
    if (of := _OF_SECTION.fullmatch(named)) and any(
        fold(cell) == fold(of["section"]) for cell in cells[: held.auditor]
    ):
        return of["name"]
    return None


PAIR = 2
_BOTH = re.compile(r"\s?[/&+;]\s?|\s[–—-]\s")
"""What parts the two of one column: ``Auditor / Auditee``."""


def _beside_area(cells: Sequence[str], at: int) -> Iterator[str]:
    """The names that may stand beside an area in its cell, in brackets or behind a dash: ``Purchasing (Cem Tuncel)``."""
    if at < len(cells):
        yield from (match[1] or match[2] for match in _BESIDE_AREA.finditer(cells[at]))


_BESIDE_AREA = re.compile(r"[(（]([^()（）]{3,40})[)）]|(?:\s[–—-]|[:：])\s?([^()（）:：–—-]{3,40})$")


def _in_column(held: _Table, at: int) -> tuple[Passage, str, str] | None:
    """The first row in which a column names its auditor, where the column holds names alone, of several people, and in another row
    somebody else than the auditor.
    """
    rows = [row for row in held.rows if at < len(row[2]) and row[2][at]]
    names = [_bare_name(cells[at]) for _, _, cells in rows]
    if len(set(names)) < SEVERAL or not all(map(_is_one, names)):
        return None
    same = [_names_same(cells[at], cells[held.auditor]) for _, _, cells in rows]
    whole = (len(name.split()) >= SEVERAL or not name[:1].isascii() for name in names)
    own = next((row for row, is_same, full in zip(rows, same, whole, strict=True) if is_same and full), None)
    return (own[0], own[1], _bare_name(own[2][held.auditor])) if own and not all(same) else None


SEVERAL = 2
"""People whom a column of those who answer for areas names; words of a name that is no other's."""


def _is_free(head: str) -> bool:
    """Whether a head of a column is none that is known: it names no part that somebody has in an audit, and nothing done or signed."""
    folded = fold(head).strip(" .:*")
    return (
        0 < len(head) < LONGEST_HEAD
        and not any(map(str.isdigit, head))
        and people().label(head) in (None, "owner")
        and field_of(head) in (None, "owner")
        and not _DONE.search(folded)
    )


_OF_SECTION = re.compile(r"(?P<name>[^()（）,;|]{2,40}?)\s?[(（]\s?(?P<section>[^()（）,;|]{2,30}?)\s?[)）]")
"""An auditor with the section he comes from: of the row for that section he is none."""


def _bare_name(cell: str) -> str:
    """The name in a cell, without the section or office behind it, in brackets or behind a sign, and what somebody is called before it:
    ``Mr. Aziz Rahman, QA Manager``.
    """
    name, _, behind = cell.partition(sign[0]) if (sign := _BEFORE_OFFICE.search(cell)) else (cell, "", "")
    named = name if _HEADS.search(fold(behind)) else cell
    return normal(re.split(r"\s?[(（]", named)[0]) or named


_BEFORE_OFFICE = re.compile(r"\s?[,，、;/]\s?|\s[–—-]\s")
"""What parts a name from the office of who bears it."""


def _names_same(first: str, second: str) -> bool:
    """Whether two cells name one person; two of one name are told apart by the sections in brackets behind it."""
    sections = [fold(of["section"]) if (of := _OF_SECTION.fullmatch(cell)) else "" for cell in (first, second)]
    apart = all(sections) and sections[0] != sections[1] and not any(_HEADS.search(section) for section in sections)
    return same_person(_bare_name(first), _bare_name(second)) and not apart


def _is_one(named: str) -> bool:
    """Whether a cell names somebody: not a mark, everybody or nobody."""
    return is_name(named) and _NOBODY.fullmatch(fold(named).strip(" .()")) is None


_HEADS, _NOBODY, _ACTS, _FROM = (phrases("audits_flags", name) for name in ("heads", "nobody", "acts", "comes_from"))
_DONE = any_of(("audits_flags", "acts"), ("audits_flags", "signs"))


def _leads(head: str) -> bool:
    """Whether a head of a column stands over those who answer for what is audited, and not for what is done about a finding."""
    return (
        len(head) < LONGEST_HEAD
        and not _ACTS.search(fold(head))
        and fold(head).strip(" .:*") not in team_leaders()  # of the audit or of a section: its column tells which
        and (people().label(head) in ("auditee", "owner") or _HEADS.search(fold(head)) is not None)
    )


@cache
def team_leaders() -> frozenset[str]:
    """Who leads the team of an audit, and no area."""
    return spellings(table("words")["audits_flags"]["team_leaders"])
