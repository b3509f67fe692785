"""Papers that a list of what was sent names or numbers as its files are named and numbered, and that did not come."""

import re
from collections.abc import Iterator, Mapping

from evidence.bundle import Bundle
from evidence.defects import telling
from evidence.facts.text import fold
from evidence.flags.listed_entries import entries_of_cards
from evidence.flags.registry import name_of
from evidence.model import DocumentReport, Passage

LEAST_FOUND = 2
"""Papers of a list that came under the very name by which it lists them, from which the others are looked for by their names too."""

LEAST_NUMBERED = 3
"""Papers that came under the number that they have in a list, from which its other numbers are looked for."""

MOST_NAMED_ELSE = 1
"""Papers of such a list that came under their number and under words of another language or spelling."""

_ENTRY = re.compile(r"[\s|]*\(?(\d{1,2})\s?[.)|、]\s*(\S[^|\n]{3,90}?)\s*(?:\||$)")
_NUMBER = re.compile(r"0*(\d{1,2})[a-z]?(?=[ ._-])")
_FILE_NUMBER = re.compile(r"(?<![\w./-])0(\d)[a-z]?(?![\w/]|[.-]\d)")
"""The number of a file as a column of a list tells it: ``02, 03``, ``06 Oil register``."""

SAID = 0.5
"""Share of the words of an entry that the name or the first words of a paper must hold for it to be the one that is meant."""


def entries(cover: DocumentReport) -> list[tuple[int, str, Passage, str]]:
    """The entries of a numbered list: number, what is listed, and the line where it stands."""
    lines = [(passage, line) for passage in cover.passages for line in passage.text.splitlines()]
    numbered = [(int(match[1]), match[2], p, line) for p, line in lines if (match := _ENTRY.match(line))]
    numbered = numbered or [
        (number, entry.text, entry.passage, entry.line) for number, entry in enumerate(entries_of_cards(cover), 1)
    ]
    return numbered or [(_place(match[1]), match[2], p, line) for p, line in lines if (match := _LETTERED.match(line))]


_LETTERED = re.compile(r"\s*\(?([A-Z])(?:\s?[.)|、:]|\s?[–—-](?=\s)|(?=\s\s))\s*(\S[^|\n]{3,90}?)\s*(?:\||$)")
_FILE_LETTER = re.compile(r"([A-Z])(?=[ ._)-]{1,3}[^\W\d_])")


def _place(letter: str) -> int:
    """The place of a letter by which a paper is listed: 1 for A."""
    return ord(letter) - ord("A") + 1


_BULLET = re.compile(r"\s*[-*•–▪●]\s*(\S[^|\n]{3,90}?)\s*(?:\||$)")


def _unnumbered(cover: DocumentReport) -> list[tuple[int, str, Passage, str]]:
    """The entries of a list that has no numbers, counted: its bullets, or the rows below the heads of its table."""
    lines = [(passage, line) for passage in cover.passages if not passage.hidden for line in passage.text.splitlines()]
    told = [(found[1], passage, line) for passage, line in lines if (found := _BULLET.match(line))]
    if not told:
        rows = [(line.split("|", 1)[0].strip(), passage, line) for passage, line in lines if line.count("|")][1:]
        told = [row for row in rows if sum(map(str.isalpha, row[0])) >= LEAST_LETTERS]
    return [(number, *entry) for number, entry in enumerate(told, 1)]


LEAST_LETTERS = 4
"""Letters of what a list without numbers calls a paper."""


def listed_missing(bundle: Bundle, cover: DocumentReport) -> Iterator[tuple[str, Passage, str]]:
    """The entries of a list that no paper answers to, where the others came under their names or their numbers."""
    listed = entries(cover) or _unnumbered(cover)
    if [number for number, _, _, _ in listed] != list(range(1, len(listed) + 1)):
        return
    others = [document for document in bundle.documents if document.path != cover.path]
    names = [_bare(name_of(document.path)) for document in others]
    found = [any(bare in name for name in names) for bare in (_bare(text) for _, text, _, _ in listed)]
    numbered = {int(match[1]): document for document in others if (match := _NUMBER.match(name_of(document.path)))}
    if listed and not _ENTRY.match(listed[0][3]):  # by letters, as its files may be
        numbered = {
            _place(match[1]): document for document in others if (match := _FILE_LETTER.match(name_of(document.path)))
        } or numbered
    paired = [
        number in numbered
        and (bool(telling(text) & telling(name_of(numbered[number].path))) or means(text, numbered[number]))
        for number, text, _, _ in listed
    ]
    by_name = sum(found) >= LEAST_FOUND and sum(found) * 2 >= len(listed)
    came = sum(number in numbered for number, _, _, _ in listed)
    by_number = sum(paired) >= LEAST_NUMBERED and came - sum(paired) <= MOST_NAMED_ELSE
    if not by_name and not by_number:
        yield from _numbered_beside(bundle, cover, numbered)
        return
    taken = {numbered[number].path for number, _, _, _ in listed if by_number and number in numbered}
    taken |= {d.path for d in others if any(_bare(text) in _bare(name_of(d.path)) for _, text, _, _ in listed)}
    free = [
        d for d in others if d.status != "failed" or d.path not in taken
    ]  # one that cannot be read may be any paper
    for (number, text, passage, line), named in zip(listed, found, strict=True):
        if not named and not (by_number and number in numbered) and not any(means(text, d) for d in free):
            yield text, passage, line


def _numbered_beside(
    bundle: Bundle, cover: DocumentReport, numbered: Mapping[int, DocumentReport]
) -> Iterator[tuple[str, Passage, str]]:
    """The entries of a list that tells the numbers of its files in a column of its own, of which none came."""
    told = []
    for number, text, passage, line in entries(cover):
        beside = line.partition(text)[2]
        if files := {int(found) for found in _FILE_NUMBER.findall(beside)} or _files_before(text):
            told.append((number, text, passage, line, files))
    came = {file for *_, files in told for file in files if file in numbered}
    if len(came) < LEAST_NUMBERED:
        return
    others = [document for document in bundle.documents if document.path != cover.path]
    for _, text, passage, line, files in told:
        if not files & numbered.keys() and not any(means(text, document) for document in others):
            yield text, passage, line


_FILES_BEFORE = re.compile(
    r"0(\d)(?:\s?(?:to|-|–|~|đến|sampai|s/d|ถึง|至|到|부터|ile|,|&|and|và|dan|และ|及|ve)\s?0?(\d{1,2}))?\.?[ _](?=\S)"
)


def _files_before(text: str) -> set[int]:
    """The numbers of files with which an entry begins: ``06 Oil register``, ``02 to 05 Loom reports``."""
    found = _FILES_BEFORE.match(fold(text))
    return set(range(int(found[1]), int(found[2] or found[1]) + 1)) if found else set()


def means(text: str, document: DocumentReport) -> bool:
    """Whether a paper has half of the words of an entry in its name or at its beginning, or could not be read."""
    wanted = telling(text)
    opening = " ".join((document.path, *(" ".join((*p.heading, p.text)) for p in document.passages[:2])))[:300]
    return document.status == "failed" or not wanted or len(wanted & telling(opening)) >= SAID * len(wanted)


def _bare(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
