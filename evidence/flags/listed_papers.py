"""Papers of a list that tells the numbers of its files beside them, of which none came."""

import re
from collections.abc import Iterator

from evidence.bundle import Bundle
from evidence.defects import telling
from evidence.facts.text import fold
from evidence.flags.listed_entries import entries_of_cards
from evidence.flags.registry import name_of
from evidence.model import DocumentReport, Passage

LEAST_NUMBERED = 3
"""Papers that came under the number that they have in a list, from which its other numbers are looked for."""

_ENTRY = re.compile(r"[\s|]*\(?(\d{1,2})\s?[.)|、]\s*(\S[^|\n]{3,90}?)\s*(?:\||$)")
_NUMBER = re.compile(r"0*(\d{1,2})[a-z]?(?=[ ._-])")
_FILE_NUMBER = re.compile(r"(?<![\w./-])0(\d)[a-z]?(?![\w/]|[.-]\d)")
"""The number of a file as a column of a list tells it: ``02, 03``, ``06 Oil register``."""

SAID = 0.5
"""Share of the words of an entry that the name or the first words of a paper must hold for it to be the one that is meant."""


def _entries(cover: DocumentReport) -> list[tuple[int, str, Passage, str]]:
    """The entries of a numbered list: number, what is listed, and the line where it stands."""
    lines = [(passage, line) for passage in cover.passages for line in passage.text.splitlines()]
    numbered = [(int(match[1]), match[2], p, line) for p, line in lines if (match := _ENTRY.match(line))]
    numbered = numbered or [
        (number, entry.text, entry.passage, entry.line) for number, entry in enumerate(entries_of_cards(cover), 1)
    ]
    return numbered or [(_place(match[1]), match[2], p, line) for p, line in lines if (match := _LETTERED.match(line))]


_LETTERED = re.compile(r"\s*\(?([A-Z])(?:\s?[.)|、:]|\s?[–—-](?=\s)|(?=\s\s))\s*(\S[^|\n]{3,90}?)\s*(?:\||$)")


def _place(letter: str) -> int:
    """The place of a letter by which a paper is listed: 1 for A."""
    return ord(letter) - ord("A") + 1


def numbered_missing(bundle: Bundle, cover: DocumentReport) -> Iterator[tuple[str, Passage, str]]:
    """The entries of a list that tells the numbers of its files in a column of its own, of which none came."""
    told = []
    others = [document for document in bundle.documents if document.path != cover.path]
    numbered = {int(match[1]) for document in others if (match := _NUMBER.match(name_of(document.path)))}
    for number, text, passage, line in _entries(cover):
        beside = line.partition(text)[2]
        if files := {int(found) for found in _FILE_NUMBER.findall(beside)} or _files_before(text):
            told.append((number, text, passage, line, files))
    came = {file for *_, files in told for file in files if file in numbered}
    if len(came) < LEAST_NUMBERED:
        return
    for _, text, passage, line, files in told:
        if not files & numbered and not any(means(text, document) for document in others):
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
