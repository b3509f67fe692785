"""People with the part they play: owner, auditor, auditee, prepared, checked, approved, inspector, attendee."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidence.data import table
from evidence.departments import is_department
from evidence.facts.pairs import labels, pairs, run_on
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import (
    MAX_LABEL,
    Lexicon,
    Span,
    filled,
    fold,
    is_nameless,
    late,
    lines,
    one_form,
    phrases,
    plain,
    spellings,
    table_words,
)
from evidence.model import Fact

_SPLIT = re.compile(r"[,;/\n&]|\s+and\s+|\s+và\s+|、")
_TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|ir|bpk|bapak|ibu|pak|anh|chị|ông|bà)\.?\s+|(?:คุณ|นางสาว|นาง|นาย|น\.ส\.|ดร\.)\s*(?=[ก-ฮเ-ไ])|"
    r"(?:(?:dipl|ing|eng|engr|mgr|bc|msc|th\.?s|ths|ks|st|prof|assoc|asst|tn|ny|sdr|sdri|en|hj|dra|drs|sn|yrd|doç|mag|inż|mgr inż|gs|pgs|ts|cn)\.[\s-]?)+\s?)",
    re.IGNORECASE,
)
"""What stands before a name: how somebody is addressed, and with a point what he has learned: ``Ing. Hana Dvořáková``."""
_RANK = re.compile(
    r"(?<=[\u4e00-\u9fff\uac00-\ud7a3]{2})(?:\s(?:사원|주임|계장|대리|과장|차장|부장|팀장|반장|조장|직장|실장|소장|기사|이사|상무|전무|부사장|사장|대표|공장장|선임|책임|수석"
    r"|课长|課長|部长|部長|科长|科長|係長|主任|班長|班长|组长|組長|厂长|廠長|工場長|社長|经理|經理|主管|工程师|工程師)|\s?(?:님|씨|先生|女士|小姐|さん|氏|様|殿))$"
)
"""What stands behind a name of Korea, China or Japan: rank, or how somebody is addressed: ``이정훈 과장``."""
_DAY_BEHIND = re.compile(r"(?<=[^\W\d])[\s,]+(?:on |am |le )?\d[\d.:-]*$")
"""The day that is written behind a name, or what of it stands before its first slash."""

_FIELD = re.compile(r"(?<=[^\W\d_]{3})(?<!\bbpk)(?<!\bmrs)\.\s+|(?<=\d)\.\s+|\s{3,}|(?<=\d)[;,]\s+", re.IGNORECASE)
"""What parts a field from the next one in a line of prose: ``12/05/2026. Auditor: Hoa Tran. Area: stores``."""


def own_label(label: str) -> str:
    """A label without the fields that stand before it in its line."""
    return _FIELD.split(label)[-1]


MAX_PEOPLE = 200
"""People kept of one document; an attendance list of a plant has fewer."""


@cache
def _not_in_names() -> tuple[str, ...]:
    """Words of functions, departments and fields, each with a blank before and behind."""
    return tuple(f" {fold(word)} " for word in table("words")["people"]["not_in_names"])


@cache
def lexicon() -> Lexicon:
    """The labels of people's parts."""
    return labels("people")


@cache
def _alone() -> dict[str, str]:
    """What names a part only as the whole label."""
    return {one_form(fold(word)): role for role, known in table("labels")["people_alone"].items() for word in known}


def _head_role(head: str) -> str | None:
    """Role of a column of names. Where words are not parted, the word for the role must be nearly all of the head: 审核员 is the
    auditor, 审核内容 what is audited.
    """
    if role := _alone().get(one_form(plain(head))):
        return role
    role = lexicon().label(head)
    if role is None or head.strip()[:1].isascii():
        return role
    longest = max((len(match[0]) for match in lexicon().pattern.finditer(fold(head))), default=0)
    return role if longest * 3 >= 2 * sum(char.isalnum() for char in head) else None


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: letters of one to five words, no digits, no word for a function."""
    text = _TITLE.sub("", text.strip())
    if not 2 <= len(text) <= 40 or any(char.isdigit() for char in text) or sum(char.isalpha() for char in text) < 2:
        return False
    parts = fold(text).replace(".", " ").split()
    whole = f" {' '.join(parts)} "
    if (
        len(parts) > 5
        or any(word in whole for word in _not_in_names())
        or any(char in text for char in ":[]()（）=<>|?%_")
    ):
        return False
    return text[0].isalpha() and (not text[0].isascii() or text[0].isupper())


_BRACKET = re.compile(r"[(（]")
_OFFICE_BEHIND = re.compile(r"\s[-–—]\s")
"""Between a name and the office of who bears it: ``Nguyễn Văn An - Trưởng phòng mua hàng``."""


def name_in(piece: str) -> tuple[str, int]:
    """What of a piece of a field may be a name: without titles with a point before it, without brackets, a day, an office or the next field
    behind it; and how many of the letters of the piece, blanks apart, stand before it.
    """
    told = _DAY_BEHIND.sub("", _BRACKET.split(piece)[0].strip())
    title = _TITLE.match(told)
    ahead = title.end() if title and "." in title[0] else 0
    return _OFFICE_BEHIND.split(_FIELD.split(told[ahead:])[0])[0], ahead


def find_people(source: Source) -> Iterator[Fact]:
    """People by the label before their name or the head of their column."""
    count = 0
    seen: set[tuple[str, str, int]] = set()
    for passage in source.passages:
        for line in lines(passage.text):
            for pair in () if is_nameless(line.text) else run_on(pairs(line), lexicon()):
                role = _head_role(pair.label.text) or _head_role(own_label(pair.label.text))
                if role is None:
                    continue
                offset = 0
                for piece in _SPLIT.split(pair.value.text[:300])[:20]:
                    at = pair.value.text.find(piece, offset)
                    offset = at + len(piece)
                    name, ahead = name_in(piece)
                    start = pair.value.start + at + (len(piece) - len(piece.lstrip())) + ahead
                    if is_person(name) and (passage.id, role, start) not in seen and count < MAX_PEOPLE:
                        seen.add((passage.id, role, start))
                        count += 1
                        yield fact("person", role, normal(name), passage, start, start + len(name), confidence=0.8)
            for role, name, start in _in_one_cell(line):
                if (passage.id, role, start) not in seen and count < MAX_PEOPLE:
                    seen.add((passage.id, role, start))
                    count += 1
                    yield fact("person", role, normal(name), passage, start, start + len(name), confidence=0.7)
    for grid in source.grids:
        for index, head in enumerate(grid.heads):
            if role := _head_role(head) or _listed(grid.heads, head):
                for cell in grid.column(index):
                    if cell.passage is None or not is_person(cell.text) or count >= MAX_PEOPLE:
                        continue
                    if (cell.passage.id, role, cell.start) not in seen:
                        seen.add((cell.passage.id, role, cell.start))
                        count += 1
                        yield cell_fact("person", role, normal(cell.text), cell, confidence=0.75)


def is_person(text: str) -> bool:
    """Whether a field for a person names one: no head that stands beside its label in a row of heads, no department alone."""
    return is_name(text) and not (
        _head_role(text) or labels("dates").label(text) or is_no_name(text) or is_department(text)
    )


def is_no_name(text: str) -> bool:
    """Whether a field for a name holds the head of another column, a verdict or a state: ``Responsible | Result``, ``Checked: OK``."""
    return _NO_NAME.fullmatch(plain(text).rstrip(".")) is not None


_NO_NAME = late(
    "|".join(
        pattern.pattern
        for pattern in (
            phrases("people", "no_names"),
            phrases("readings_flags", "judged"),
            table_words("checklist", "yes"),
            table_words("checklist", "no"),
            table_words("checklist", "answer"),
            table_words("evaluation", "mark"),
            table_words("evaluation", "not_yet"),
        )
    )
)
_NAMES, _OF_EACH = phrases("people", "names"), phrases("people", "of_each")


def _listed(heads: Sequence[str], head: str) -> str | None:
    """The part of those whom a list names with their position or signature: ``Name | Position | Signature``."""
    named = _NAMES.fullmatch(plain(head)) and any(_OF_EACH.fullmatch(plain(other)) for other in heads)
    return "attendee" if named else None


def _in_one_cell(line: Span) -> Iterator[tuple[str, str, int]]:
    """Auditors and who is audited in a row of fields with label and name in one cell each: ``Date 16/09/2026 | Auditor Bo T.``; role, name
    and place.
    """
    row = filled(line) if "|" in line.text else []
    for cell in row if len(row) > 1 else ():
        label = lexicon().pattern.match(fold(cell.text[:MAX_LABEL]))
        role = lexicon().role_of(label[0]) if label else None
        if label is None or role not in ("auditor", "auditee"):
            continue
        name = cell.text[label.end() :].strip()
        words = name.split()
        if len(words) > 1 and all(word[0].isupper() or not word[0].isascii() for word in words) and is_name(name):
            yield role, name, cell.start + len(cell.text) - len(cell.text[label.end() :].lstrip())


def normal(name: str) -> str:
    """A name as it is compared: no title, no rank behind it, single blanks."""
    return " ".join(_RANK.sub("", _TITLE.sub("", name.strip())).split())


def same_person(first: str, second: str) -> bool:
    """Whether two names are of one person, also with a first name cut short: R. Villaluz is Ramon Villaluz. Where the family
    stands first, an initial stands for any of a few names that half of a country bears, and says nothing.
    """
    left, right = (fold(normal(name)).replace(".", " ").split() for name in (first, second))
    if min(len(left), len(right)) < LEAST_NAMES:
        return left == right
    if set(left) == set(right):
        return True
    cut = [min(one, other, key=len) for one, other in zip(left, right, strict=False) if one != other]
    return (
        len(left) == len(right)
        and left[-1] == right[-1]
        and len(left[-1]) > 1
        and all(len(word) == 1 for word in cut)
        and all(one[0] == other[0] for one, other in zip(left, right, strict=True))
        and not {left[0], right[0]} & _families()
    )


@cache
def _families() -> frozenset[str]:
    return spellings(table("words")["people"]["families"])


LEAST_NAMES = 2
"""Words of a name that is told in full."""
