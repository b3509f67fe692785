"""Auditors who head what they audit, where another line or paper tells their office: a list of who heads what, minutes that name who was
there, a sentence of the report. Whatever the shape, it is read as one thing: a name beside an office with its area.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence.bundle import Bundle
from evidence.data import table
from evidence.facts.pairs import pairs
from evidence.facts.people import is_name, own_label
from evidence.facts.people import lexicon as people
from evidence.facts.text import KEPT_TEXTS, fold, lines, phrases, spellings
from evidence.flags.audited_areas import names_auditor
from evidence.flags.same_work import core_of, same_work
from evidence.model import DocumentReport, Fact, Passage
from evidence.remembered import remembered

LONGEST_OFFICE = 70
"""Letters beside a name in which an office with its area is told."""

LONGEST_HEAD = 40
"""Letters of the head of a column."""

(_OFFICES, _LEADS, _LED, _NOT_HEAD, _AUDITS, _AREAS) = (
    phrases("audits_flags", name) for name in ("offices", "leads", "led_by", "not_head", "audits", "areas")
)
_PARTS = re.compile(r"[,;，；、]|(?<=[^\W\d_]{3})\.(?=\s|$)|[。\n]|\s[–—-]\s|\s\|\s|\s/\s?|/\s")
_SUB_AREAS = re.compile(
    r"[,;/&+()，；、（）]|\s(?:and|và|dan|ve|และ|및)\s|(?<=[\u4e00-\u9fff])[及和](?=[\u4e00-\u9fff])"
)
_BESIDE = re.compile(
    r"[)）\"']?\s?(?:[,(，（:：–—-]\s?)?(?:(?:is|was|as|là|làm|adalah|sebagai)\s|(?:เป็น|是|兼|担任)\s?)?(?:(?:the|a|an|our|mr|ms)\s)?"
)
_GIVEN_TITLE = r"(?:คุณ|นาย|นางสาว|นาง)"


@dataclass(frozen=True)
class Audited:
    """Who audited what, with the line that tells it."""

    passage: Passage
    line: str
    name: str
    area: str


def heads_own_area(bundle: Bundle, document: DocumentReport, auditors: Sequence[Fact]) -> Audited | None:
    """The first of an audit whose auditor is told anywhere in the bundle as head of the area; None where none is."""
    told: dict[str, list[str]] = {}
    for audited in (*_of_tables(document), *_of_fields(document, auditors), *_of_title(bundle, document, auditors)):
        name = _pattern_of(audited.name)
        areas = [part for part in _SUB_AREAS.split(audited.area) if core_of(part)]
        if name is None or not areas or (len(told) >= MOST_AUDITORS and audited.name not in told):
            continue
        if audited.name not in told:
            told[audited.name] = list(_offices(bundle, name))
        if any(same_work(office, area) for office in told[audited.name] for area in areas):
            return audited
    return next(_titled(document), None)


def _titled(document: DocumentReport) -> Iterator[Audited]:
    """Auditors named in the head of a report with their office before the name: ``심사원: 품질보증팀장 백승우``, ``Stores manager Bo Tan``."""
    for passage in document.told:
        told = [
            (own_label(pair.label.text), pair.value.text, line.text)
            for line in lines(passage.text)
            for pair in pairs(line)
        ]
        areas = [
            area
            for label, value, _ in told
            if _names(label, "area_columns") or _AREAS.fullmatch(fold(label).strip(" .:"))
            for area in _SUB_AREAS.split(re.split(r"\.\s|\s\|\s", value)[0][: 2 * LONGEST_OFFICE])
            if core_of(area)
        ]
        for label, value, line in told if areas else ():
            if people().label(label) != "auditor":
                continue
            team = [part for part in _PARTS.split(value[: 2 * LONGEST_OFFICE]) if any(map(str.isalpha, part))]
            if len(team) > 1 and len(areas) > 1:
                continue  # of two heads each audits the area of the other
            for part in team:
                if _AUDITS.search(fold(part)):
                    continue
                begins = _OFFICES.match(
                    fold(part).lstrip()
                )  # with the area behind it: ``Trưởng phòng Mua hàng Nguyễn Văn An``
                rest = part.lstrip()[begins.end() :].strip() if begins else ""
                for area in (a.strip() for a in areas if begins and fold(rest).startswith(fold(a.strip()))):
                    if _names_one(rest[len(area) :]):
                        yield Audited(passage, line, rest[len(area) :].strip(), area)
                office = next((f for f in _OFFICES.finditer(fold(part)) if _names_one(part[f.end() :])), None)
                if office is None:
                    continue
                said = _OFFICES.sub(" ", fold(part)[: office.end()])
                if any(same_work(said, area) for area in areas):
                    yield Audited(passage, line, part[office.end() :].strip(), value)


def _names_one(text: str) -> bool:
    """Whether a text is the name of somebody and no more: of two words, or in signs."""
    bare = _TITLE.sub("", text.strip().lower()) if text.isascii() else text.strip()
    return (
        is_name(text.strip()) and (len(bare.split()) >= 2 or not bare.isascii()) and not _OF.match(fold(text).strip())
    )


MOST_AUDITORS = 40
"""Auditors of one audit whose offices are looked for."""


def lists_offices(document: DocumentReport) -> bool:
    """Whether a paper is a list of who heads what, and says nothing beside it of how anything is done."""
    told = [line for passage in document.shown for line in passage.text.split("\n")]
    rows = [[cell.strip() for cell in line.split("|")] for line in told if "|" in line]
    headed = any(
        any(_names(cell, "functions") for cell in row) and any(_names(cell, "office_names") for cell in row)
        for row in rows
        if all(map(_heads_column, row))
    )
    return headed and not any("|" not in line and len(line) > LONGEST_OFFICE for line in told)


def _lists_heads(document: DocumentReport) -> bool:
    """Whether a paper is a list of offices whose column of names says that these answer for theirs, and no list of audits."""
    if not lists_offices(document) or any(_of_tables(document)):
        return False
    told = (line for passage in document.shown for line in passage.text.split("\n"))
    rows = ([cell.strip() for cell in line.split("|")] for line in told if "|" in line)
    return any(
        _names(cell, "office_names") and _HEADS.search(fold(cell))
        for row in rows
        if all(map(_heads_column, row))
        for cell in row
    )


_HEADS = phrases("audits_flags", "heads")


def _of_tables(document: DocumentReport) -> Iterator[Audited]:
    """The rows of tables with a column for the auditor and one for the area."""
    at_auditor = at_area = width = -1
    for passage in document.passages:
        for line in passage.text.split("\n") if not passage.hidden and passage.mode != "template" else ():
            cells = [cell.strip() for cell in line.split("|")]
            auditor = [at for at, cell in enumerate(cells) if _heads_column(cell) and names_auditor(cell, document)]
            area = [at for at, cell in enumerate(cells) if _heads_column(cell) and _names(cell, "area_columns")]
            if len(auditor) == 1 and area and area[0] != auditor[0]:
                at_auditor, at_area, width = auditor[0], area[0], len(cells)
            elif len(cells) > max(at_auditor, at_area) >= 0 and len(cells) <= width:
                named = re.split(r"[(（]", cells[at_auditor])[0].strip()
                if is_name(named):
                    yield Audited(passage, line, named, cells[at_area])
            elif len(cells) == 1:
                at_auditor = at_area = width = -1


def _of_fields(document: DocumentReport, auditors: Sequence[Fact]) -> Iterator[Audited]:
    """The field for the area of a report with one auditor in its head."""
    named = [fact for fact in auditors if not _is_any_head(fact.value)]
    if len({fact.value for fact in named}) != 1:
        return
    fact = named[0]
    for passage in document.passages:
        for line in lines(passage.text) if passage.id == fact.passage and not passage.hidden else ():
            for pair in pairs(line):
                label = own_label(pair.label.text)
                if _names(label, "area_columns") or _AREAS.fullmatch(fold(label).strip(" .:")):
                    area = re.split(r"\.\s|\s\|\s", pair.value.text)[0]
                    if fact.quote not in area and len(area) <= 2 * LONGEST_OFFICE:
                        yield Audited(passage, line.text, fact.value, area)


def _of_title(bundle: Bundle, document: DocumentReport, auditors: Sequence[Fact]) -> Iterator[Audited]:
    """What the heading of a report with one auditor in its head says was audited: ``Internal audit, Sewing, 18 August 2026``."""
    named = [fact for fact in auditors if not _is_any_head(fact.value)]
    opening = document.passages[0] if document.passages else None
    if opening is None or opening.hidden or len({fact.value for fact in named}) != 1 or named[0].passage != opening.id:
        return
    told = next((line for line in lines(opening.text)), None)
    if told is None or "|" in told.text or len(told.text) > 2 * LONGEST_OFFICE or not _AUDITS.search(fold(told.text)):
        return
    company = set(re.findall(r"[^\W\d_]+", fold(bundle.supplier)))
    for part in _TITLE_PARTS.split(_AUDITS.sub(" ", fold(told.text))):
        area = " ".join(word for word in part.split() if word.strip(".") not in company)
        if core_of(area):
            yield Audited(opening, told.text, named[0].value, area)


_TITLE_PARTS = re.compile(r"[,;:/()（），、：–—-]|\d+|\s(?:at|in|of|the|report|for|on)\s")


def _is_any_head(text: str) -> bool:
    """Whether a text taken for a name is the head of the next column."""
    return people().label(text) is not None or any(_names(text, group) for group in ("area_columns", "finding_columns"))


def _heads_column(cell: str) -> bool:
    return 0 < len(cell) <= LONGEST_HEAD and not any(map(str.isdigit, cell))


def names_area(label: str) -> bool:
    """Whether a head is one over what is audited."""
    return _names(label, "area_columns")


@lru_cache(KEPT_TEXTS)
def _names(label: str, group: str) -> bool:
    """Whether a head is one of a list, in one language or one beside the other."""
    return any(part.strip(" .:*") in _whole(group) for part in re.split(r"[/(（)）]", fold(label)))


@cache
def _whole(group: str) -> frozenset[str]:
    return spellings(table("words")["audits_flags"][group])


def _pattern_of(name: str) -> re.Pattern[str] | None:
    """A name as it may stand elsewhere, folded: without initials, and in Thai by the given name behind its title."""
    told = _TITLE.sub("", fold(name)).replace(".", " ").split()
    folded = [word for word in told if len(word) > 1]
    if not folded or max(map(len, folded)) < LEAST_NAME:
        return None
    whole = r"\s".join(map(re.escape, folded))
    if "\u0e00" <= folded[0][0] <= "\u0e7f":
        return re.compile(rf"(?:{_GIVEN_TITLE}\s?)?{whole}|{_GIVEN_TITLE}\s?{re.escape(folded[0])}")
    if len(told) > len(folded) == 1 and name.isascii():  # S. Yadav is no R. Yadav
        own = re.escape(told[0])
        return re.compile(rf"(?<![^\W_])(?:{own}\.?\s?|{_NO_INITIAL}){whole}(?![^\W_])")
    return re.compile(rf"(?<![^\W_]){whole}(?![^\W_])" if name.isascii() or folded[0][0] < "\u2e80" else whole)


_NO_INITIAL = r"(?<!(?<![a-z])[a-z]\.\s)(?<!(?<![a-z])[a-z]\.)(?<!(?<![a-z])[a-z]\s)"
"""No initial of somebody else stands before."""

LEAST_NAME = 2
"""Letters of a name."""


def _offices(bundle: Bundle, name: re.Pattern[str]) -> Iterator[str]:
    """The offices told beside a name, folded, each with its area."""
    for text, told in _folded(bundle):
        if name.search(text) is None:  # most papers name few people
            continue
        listed = _Listed()
        for line, owns in told:
            yield from listed.office(line, name, owns)
            if name.search(line):
                yield from _beside(line, name)


@remembered
def _folded(bundle: Bundle) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Each paper folded, and its lines, each with whether its passage is about who heads what."""
    return [
        ("\n".join(line for line, _ in lines), lines)
        for document in bundle.read
        for lines in (_lines(bundle, document),)
    ]


def _lines(bundle: Bundle, document: DocumentReport) -> list[tuple[str, bool]]:
    listed = _lists_heads(document)
    return [
        (line, listed or bundle.about(passage, ("process_ownership",)))
        for passage in document.shown
        for line in fold(passage.text).split("\n")
    ]


class _Listed:
    """The tables of a paper that list who heads what, read line by line."""

    def __init__(self) -> None:
        self.function = self.named = -1
        self.seen: set[str] = set()

    def office(self, line: str, name: re.Pattern[str], owns: bool) -> Iterator[str]:
        """The office that a row gives to a name: its own words, or what the column of functions says where one stands for each."""
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 2:
            self.function = -1
            return
        function = [at for at, cell in enumerate(cells) if _heads_column(cell) and _names(cell, "functions")]
        named = [at for at, cell in enumerate(cells) if _heads_column(cell) and _names(cell, "office_names")]
        if function and named and function[0] != named[0]:
            self.function, self.named, self.seen = function[0], named[0], set()
            return
        if (
            max(self.function, self.named) >= len(cells)
            or self.function < 0
            or name.fullmatch(_bare(cells[self.named])) is None
        ):
            if 0 <= self.function < len(cells):
                self.seen.add(cells[self.function])
            return
        said = cells[self.function]
        if said and said not in self.seen and (owns or _OFFICES.search(said)) and not _NOT_HEAD.search(said):
            yield _OFFICES.sub(" ", said)


def _bare(cell: str) -> str:
    return _TITLE.sub("", re.split(r"[(（]", cell)[0].strip())


_CALLED = r"mr|mrs|ms|miss|dr|ir|bpk|bapak|ibu|pak|bu|en|encik|puan|cik|anh|chị|ông|bà|khun|shri|smt|sri"
_TITLE = re.compile(rf"^(?:(?:{_CALLED})\b\.?\s?|คุณ|นางสาว|นาย|นาง)")
"""What somebody is called before his name, folded."""


def _beside(line: str, name: re.Pattern[str]) -> Iterator[str]:
    """The offices in a folded line that stand right before a name or right behind it."""
    for match in name.finditer(line):
        behind = line[match.end() :]
        led = behind[: _beside_end(behind)]
        said = _PARTS.split(behind[len(led) :][:LONGEST_OFFICE])[0]
        office = _OFFICES.search(said)
        whole = " " in match[0] or match[0] > "\u0e00"
        if office and _is_of_another(said, office, led, whole):
            office = None
        if office and (office.start() == 0 or not _VERB.search(said[: office.start()])):
            yield from _told(said)
        elif lead := _LEADS.match(line[match.end() :].lstrip()):
            yield from _told(_PARTS.split(line[match.end() :].lstrip()[lead.end() :][:LONGEST_OFFICE])[0])
        before = _PARTS.split(line[max(0, match.start() - LONGEST_OFFICE) : match.start()])[-1]
        before = _TITLES.sub("", before).rstrip(" :：(（")
        if (office := _OFFICES.search(before)) and not _VERB.search(before):
            if whole or not before[office.end() :].strip():
                yield from _told(before)
        elif (by := list(_LED.finditer(before))) and not before[by[-1].end() :].strip():
            yield from _told(before[: by[-1].start()])


def _is_of_another(said: str, office: re.Match[str], led: str, whole: bool) -> bool:
    """Whether an office behind a name is that of somebody named with it: ``Hoa, stores manager Nam``, and of ``Agus`` alone ``Agus Salim
    (head of stores)``.
    """
    if not office.start():
        return False
    rest = said[office.end() :].strip(" )）")
    return (not whole and not led.strip()) or ("," in led and bool(rest) and not _OF.match(rest))


def _beside_end(text: str) -> int:
    found = _BESIDE.match(text)
    return found.end() if found else 0


_TITLES = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|dr|ir|bpk|bapak|ibu|anh|chị|ông|bà|shri|smt|pak|bu|en|puan|encik|khun)\b\.?|คุณ|นาย|นางสาว|นาง)\s*$"
)
_OF = re.compile(r"(?:of|for|in|at|and|since|from|dan|và|ve)(?![^\W_])")

_VERB = re.compile(
    r"\b(?:asked|told|met|saw|with|showed|shown|interviewed|informed|reported|visited|by|to|from|and|gặp|hỏi|với|và|bertemu|bersama|dengan|kepada|ile|ve)\b|พบ|ถาม|กับ|与|和|向|问"
)
"""Words between a name and an office that make of them two people."""


def _told(said: str) -> Iterator[str]:
    """An office without the words for heading it, where it is one of today and none of auditing."""
    if not _NOT_HEAD.search(said) and not _AUDITS.search(said):
        yield _OFFICES.sub(" ", said)
