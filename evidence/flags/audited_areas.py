"""Auditors who head what they audit, told beside their names or in a sentence: ``Auditor: Budi, kepala gudang``, ``the audit of purchasing
was carried out by Bo Tan, head of purchasing``.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.facts.pairs import Pair, pairs, run_on
from evidence.facts.people import is_name, normal, own_label
from evidence.facts.people import lexicon as people
from evidence.facts.text import fold, lines, phrases
from evidence.model import DocumentReport, Fact, Passage
from evidence.titles import is_audit

LEAST_LETTERS = 4
"""Letters of a word that names an area; of scripts without blanks, two signs do."""

LONGEST_TOLD = 90
"""Letters behind the word for by in which an auditor is named, with his office."""

_HEADS, _AREAS, _BY, _BEHIND, _GENERAL, _AUDITS = (
    phrases("audits_flags", name) for name in ("heads", "areas", "by", "by_behind", "general", "audits")
)
_BY_ENDS = re.compile(rf"(?:{_BY.pattern})$")
_ENDS = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s|$)|[。;；\n]")


def own_area(document: DocumentReport, auditors: Sequence[Fact]) -> tuple[Passage, str, str] | None:
    """The passage and line in which an auditor is said to head the area audited, and who it is; None where none is."""
    audited = " ".join(_audited(document))
    for passage in document.told:
        for line in lines(passage.text):
            for pair in run_on(pairs(line), people()):
                for named, office in _offices(pair, auditors):
                    if inside := _HEADS.search(named.quote) if " " in named.quote else None:
                        office = named.quote[inside.start() :]  # name and office in one: ``Mr Tan, head of stores``
                    if _heads_one_of(office, audited):
                        return passage, line.text, named.value
            if bracketed := _in_brackets(line.text):
                return passage, line.text, bracketed
            for sentence in _ENDS.split(line.text):
                if said := _told(sentence) or _says_own(sentence):
                    return passage, line.text, said
    return _named_with_office(document)


def _offices(pair: Pair, auditors: Sequence[Fact]) -> list[tuple[Fact, str]]:
    """The auditors that a field names, each with what stands behind him, as far as the next one."""
    role = people().label(own_label(pair.label.text))
    places = {at: fact for fact in auditors if fact.role == role and (at := pair.value.text.find(fact.quote)) >= 0}
    starts = sorted(places)
    return [
        (places[at], pair.value.text[at + len(places[at].quote) : end])
        for at, end in itertools.zip_longest(starts, starts[1:])
    ]


def _in_brackets(text: str) -> str | None:
    """Who is told in brackets as head of an area and behind them as its auditor: ``Transport (manager Mr Khanh): audited by Mr Khanh``."""
    for match in _BRACKETS.finditer(text):
        office = _HEADS.search(fold(match["inner"]))
        named = (
            normal((match["inner"][: office.start()] + match["inner"][office.end() :]).strip(" :,.-–="))
            if office
            else ""
        )
        behind = text[match.end() : match.end() + LONGEST_TOLD]
        if not is_name(named) or _OTHER_AREA.search(behind[: behind.find(named)]):
            continue
        before, found, after = behind.partition(named)
        told = fold(before)
        bare = _CALLED.sub("", told).rstrip()
        audits = _AUDITS.search(told) or _OWN_VERBS.search(told)
        if found and audits and not after[:1].isalpha() and (_BY_ENDS.search(bare) or bare.endswith((":", "："))):
            return named
    return None


_BRACKETS = re.compile(r"[(（](?P<inner>[^()（）]{4,50})[)）]")
_OTHER_AREA = re.compile(r"[.;。；](?:\s|$)|[(（]")
_CALLED = re.compile(
    r"(?<![^\W_])(?:mr|mrs|ms|miss|bpk|ibu|pak|bu|anh|chị|ông|bà|khun)\.?\s*$|(?:คุณ|นาย|นางสาว|นาง)\s*$"
)


def _says_own(sentence: str) -> str | None:
    """What a sentence tells of somebody who audited what is his own: ``stores were audited by the storekeeper himself``."""
    folded = fold(sentence)
    if _NOT_OWN.search(folded) or _CHANGED.search(folded) or "|" in sentence or len(sentence) > LONGEST_SENTENCE:
        return None
    for own in _OWN.finditer(folded):
        near = folded[max(0, own.start() - NEAR_OWN) : own.end() + NEAR_OWN]
        of_another = re.search(r"['’]s? $", folded[: own.start()]) and _BY.match(folded, folded.find("by", own.end()))
        if of_another:
            continue  # the manager's own area was audited by another
        if _OWN_VERBS.search(near) and _HEADS.search(folded):
            return sentence.strip()[:LONGEST_TOLD]
    return None


_OWN, _OWN_VERBS, _NOT_OWN = (phrases("audits_flags", name) for name in ("own_work", "own_verbs", "not_own"))

_CHANGED = phrases("audits_flags", "changed")
"""What says that somebody else took what was planned for one: who heads it did not audit it in the end."""

NEAR_OWN = 24
"""Letters between the word for own and the one for auditing."""

LONGEST_SENTENCE = 160
"""Letters of a sentence that tells who audited what."""


def _named_with_office(document: DocumentReport) -> tuple[Passage, str, str] | None:
    """An auditor whose office is told in one sentence and who took the area of that office in another: ``turning was seen by T. Nowak,
    foreman of hardening. The hardening shop was taken by T. Nowak``.
    """
    told = [
        (passage, line.text, sentence)
        for passage in document.passages
        if not passage.hidden and passage.mode != "template"
        for line in lines(passage.text)
        if "|" not in line.text
        for sentence in _SENTENCE.split(line.text)
    ]
    offices = [
        (match["name"], match["office"])
        for _, _, sentence in told
        for match in _OFFICE.finditer(sentence)
        if _HEADS.search(fold(match["office"]))
    ]
    for name, office in offices:
        area = re.compile(
            rf"(?:{_BY.pattern})\s?{re.escape(fold(name))}(?!, |\s?\()|(?:{_BY.pattern})\s?{re.escape(fold(name))}, because"
        )
        for passage, line, sentence in told:
            if (found := area.search(fold(sentence))) and _ANSWERED.search(fold(sentence)[: found.start()]):
                continue  # who answers the findings of his area did not audit it
            if found and _heads_one_of(office, _GENERAL.sub(" ", fold(sentence)[: found.start()])):
                return passage, line, name
    return None


_ANSWERED = phrases("audits_flags", "found")

_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.!?](?=\s|$)|[;\n]")
_OFFICE = re.compile(
    r"(?P<name>(?:[A-Z]\.\s?|[A-Z][^\W\d_]+\s){1,3}[A-Z][^\W\d_]+)(?:,\s|\s\()(?P<office>[^.,;()]{4,40})"
)


def names_auditor(head: str, document: DocumentReport) -> bool:
    """Whether a head is that of the auditor: in a paper that calls itself an internal audit, whoever looks is; a section is none."""
    role = people().label(head) or people().label(_IN_BRACKETS.sub("", head))
    return role == "auditor" or (role == "inspector" and is_audit(document) and _SECTION.search(head) is None)


_IN_BRACKETS = re.compile(r"\s?[(（][^()（）]{1,20}[)）]")
"""What a head says in brackets of what stands below it beside the name: ``审核员（所在部门）``."""

_SECTION = re.compile(r"^[A-Z]{2,4}$|[(（]\s?[A-Z]{2,4}\s?[)）]$")
"""A section by its letters alone, or behind a name: ``QC``, ``Wanna (QC)``."""


def _audited(document: DocumentReport) -> Iterator[str]:
    """What is audited: the title, and the fields for the area."""
    for passage in document.passages[:1]:
        yield from passage.heading[:1]
        yield passage.text.split("\n", 1)[0]
    for passage in document.passages:
        for line in lines(passage.text):
            yield from (pair.value.text for pair in pairs(line) if _AREAS.search(fold(pair.label.text)))


def _heads_one_of(office: str, audited: str) -> bool:
    """Whether an office is that of the head of something audited."""
    folded, wanted = fold(office), fold(audited)
    if not _HEADS.search(folded):
        return False
    named = _GENERAL.sub(" ", _HEADS.sub(" ", folded))
    return any(word in wanted for word in _words(named))


def _words(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_]+", text):
        if word.isascii() or ord(word[0]) < 0x0E00:
            if len(word) >= LEAST_LETTERS:
                yield word
        elif word[0] > "\u0e7f":
            yield from (word[at : at + 2] for at in range(len(word) - 1))
    yield from _THAI.findall(
        text
    )  # its vowels are no letters to an expression, and any two of its signs stand in many words


_THAI = re.compile(r"[\u0e01-\u0e4e]{4,}")


def _told(sentence: str) -> str | None:
    """Who is told in a sentence to have audited what he heads."""
    folded = fold(sentence)
    if not _AUDITS.search(folded) or _CHANGED.search(folded):
        return None
    for match in _BY.finditer(folded):
        behind = folded[match.end() : match.end() + LONGEST_TOLD]
        if _heads_one_of(behind, _GENERAL.sub(" ", folded[: match.start()])):
            return sentence[match.end() : match.end() + LONGEST_TOLD].strip(" ,.")
    for match in _BEHIND.finditer(folded):
        before = folded[: match.start()]
        start = max(before.rfind(","), before.rfind("，"), len(before) - LONGEST_TOLD // 2, 0)
        if _heads_one_of(before[start:], _GENERAL.sub(" ", before[:start])):
            return sentence[start : match.start()].strip(" ,.")
    return None
