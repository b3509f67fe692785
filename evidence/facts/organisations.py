"""Companies and sites with the part they play: customer, supplier, laboratory, site, and whose paper it is.

Fact: kind ``organisation``, role ``customer``, ``supplier``, ``laboratory``, ``site`` or ``issuer``, value the name with single blanks.
The parties of a certificate are fields of it (``certificates``).
"""

import re
from collections.abc import Iterator

from evidence.departments import is_department
from evidence.facts.certificate_names import CUT, is_company
from evidence.facts.pairs import labels, pairs, run_on
from evidence.facts.people import is_no_name
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, filled, fold, is_nameless, lines
from evidence.model import Fact, Passage

MAX_ORGANISATIONS = 200
"""Companies and sites kept of one document; a list of suppliers holds fewer."""

LONGEST_NAME, MOST_WORDS = 100, 8
"""Letters of a name with its place, and words of one without a legal form: more are a sentence."""

HEAD_LINES = 4
"""First lines of a paper, in which its letterhead stands."""

LEAST_LISTED, MOST_CELLS = 2, 6
"""Rows below heads that make a list of them, and cells of a line of fields: three with their values."""

Told = tuple[str, Passage, int, int, float]
"""Role, passage, place in it and how sure it is."""


def find_organisations(source: Source) -> Iterator[Fact]:
    """Companies and sites by their label, by the head of their column and by the letterhead; one fact for each place."""
    taken: set[tuple[str, int]] = set()
    for role, passage, start, end, confidence in (*_labelled(source), *_listed(source), *_letterhead(source)):
        if (passage.id, start) not in taken and len(taken) < MAX_ORGANISATIONS:
            taken.add((passage.id, start))
            value = " ".join(passage.text[start:end].split())
            yield fact("organisation", role, value, passage, start, end, confidence=confidence)


def _labelled(source: Source) -> Iterator[Told]:
    known = labels("organisations")
    headed = {tuple(filter(None, grid.heads)) for grid in source.grids if len(grid.rows) >= LEAST_LISTED}
    for passage in source.passages:
        for line in () if passage.hidden else lines(passage.text):
            row = tuple(cell.text for cell in filled(line)) if "|" in line.text else ()
            if row in headed or len(row) > MOST_CELLS:
                continue  # heads stand over names, not before them
            for pair in () if is_nameless(line.text) else run_on(pairs(line), known):
                role = known.label(pair.label.text)
                if role and (name := _name_in(pair.value, role)):
                    yield role, passage, name.start, name.end, 0.8


def _listed(source: Source) -> Iterator[Told]:
    for grid in source.grids:
        for index, head in enumerate(grid.heads):
            role = labels("organisations").label(head)
            if role is None or grid.hidden:
                continue
            for cell in grid.column(index):
                if cell.passage and (name := _name_in(Span(cell.start, cell.start + len(cell.text), cell.text), role)):
                    yield role, cell.passage, name.start, name.end, 0.75


def _letterhead(source: Source) -> Iterator[Told]:
    """A company whose name is all that one of the first lines holds."""
    for passage in source.passages[:1]:
        for line in [*lines(passage.text)][:HEAD_LINES]:
            name = _ADDRESSED.sub("", line.text.strip())
            cut = _cut(name)
            whole = len(name) <= LONGEST_NAME and len(name[len(cut) :].split()) <= MOST_BEHIND
            if whole and is_company(cut) and _FORM.search(fold(cut)) and _in_capitals(cut):
                start = line.start + line.text.index(name)
                yield "issuer", passage, start, start + len(cut), 0.7


def _in_capitals(name: str) -> bool:
    """Whether each word of a name that is none of those that join words begins as a name does, and no label stands before it."""
    told = [word for word in name.split() if word.lower() not in _JOINING]
    return (
        not _NO_ISSUER.search(name)
        and len(told) <= MOST_WORDS
        and all(_begins(word) for word in told if word[:1].isalpha())
    )


_JOINING = frozenset(
    ("of", "and", "và", "dan", "ve", "de", "des", "di", "y", "khí", "chất", "bị", "liệu", "nghệ", "phẩm", "ty", "for")
)
"""Words of names that are written small."""
_NO_ISSUER = re.compile(r"[|:：?!。]|\d|^(?:To|Attn\.?|Kepada|Kính gửi|Sayın|致)\s")

MOST_BEHIND = 3
"""Words behind the name of a company in a line that is its letterhead."""

_ADDRESSED = re.compile(r"\s*(?:御中|様|殿)$")
_FORM = re.compile(
    r"[a-z]|(?:公司|厂|廠|会社|주식회사|㈜|\(주\))$|^(?:株式会社|有限会社|주식회사|㈜|\(주\)|บริษัท|หจก|ห้างหุ้นส่วน)"
)
"""The legal form at an end of a name without Latin letters: within one it is a word of a sentence."""


def _name_in(value: Span, role: str) -> Span | None:
    """The name that a field holds: without its address where it is a company, nothing where it tells of something else."""
    text = _END.split(value.text)[0].strip() if role == "site" else _cut(value.text)
    if not 2 <= len(text) <= LONGEST_NAME or not _begins(text) or is_no_name(text) or is_department(text):
        return None
    if any(labels(group).label(text) for group in ("identifiers", "dates", "people")):
        return None
    told = text.split()
    if not is_company(text) and (len(told) > MOST_WORDS or _NO_NAME.search(text)):
        return None
    if role != "site" and any(map(str.isdigit, text)):
        return None
    start = value.start + value.text.index(text)
    return Span(start, start + len(text), text)


def _cut(text: str) -> str:
    """A name up to its legal form, or else to what stands behind a comma."""
    return (CUT.match(text) or _FIRST.match(text) or [text])[0].strip()


_FIRST = re.compile(r"(?:\(주\))?[^,;；，\n|(（]*(?:\(주\))?")
_END = re.compile(r"[;；\n|]")
_NO_NAME = re.compile(r"%|[≤≥=<>?!。]|\.\s|^\W*\d+(?:[.,]\d+)?\W*$|_{2,}")


def _begins(text: str) -> bool:
    """Whether a text begins as a name does: with a capital letter, or in a script that has none."""
    first = next((char for char in text if char.isalpha()), "")
    return bool(first) and (first.isupper() or first.lower() == first.upper())
