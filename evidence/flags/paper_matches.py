"""Which paper of a bundle each entry of a list of papers is answered by, each by one: by its name, its number, a code, what kind of paper
it is in whatever language, and telling words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence.bundle import Bundle
from evidence.defects import telling
from evidence.facts.text import fold, phrases
from evidence.flags.listed_entries import Entry, place_of
from evidence.flags.registry import name_of
from evidence.model import DocumentReport, Passage
from evidence.numbered_rows import form_of
from evidence.paper_names import is_named, kinds_named, own_names, papers_named
from evidence.remembered import remembered

NAMED, CODED, NUMBERED, CODE_INSIDE = 8.0, 6.0, 6.0, 1.0
"""What it weighs that a paper bears the name of an entry as its file, its code in its name, its number, or its code within."""

OWN_NAME, OWN_NAME_INSIDE, SAME_NAME, SAME_KIND, BROAD_KIND = 5.0, 2.0, 3.0, 3.0, 1.5
"""What it weighs that both are one kind of paper: by a name of its own in the title or within, by a common name, by the kind that was told
by reading it, where that kind holds many papers too.
"""

WORDS_OF_TITLE, WORDS_WITHIN = 4.0, 2.0
"""What all telling words of an entry weigh in the title of a paper, and at its beginning."""

OTHERWISE = -4.0
"""What it weighs that a paper is of another kind."""

ELSEWHERE = 4.0
"""What it weighs against a paper that it came beside a mail that has papers with it."""

ANSWERED, MAY_BE_MEANT = 1.5, -1.0
"""Weights from which a paper answers an entry, and from which it may be meant by it."""

BROAD = ("traceability_record", "procedure", "other")
LOOSE = ("traceability_record", "procedure", "other", "blank_form", "certificate")
"""Kinds that hold many papers, and those under which a paper of no other kind may have been read."""

UNLIKELY = 0.1
"""Share of a kind below which a paper is not taken for it."""

MOST_TEXT = 6000
"""Letters of a paper in which names and codes are looked for."""

LEAST_CODE, LEAST_NAME = 4, 6
"""Letters and figures of a code that names one paper, and of a name by which a file is found."""

HALF, MOST = 0.5, 0.8

LEAST_CASES = 4
"""Codes of one form from which a record of cases is a register of them."""

ENDING = re.compile(r"\.(?:pdf|docx?|xlsx?|xlsm|pptx?|csv|jpe?g|png|tiff?|zip|eml|msg|txt|html?|odt|ods)$")
_CODE = re.compile(r"[a-z\d]+(?:[-/.][a-z\d]+)*")
_SIGNS = re.compile(r"[\W_]+")
_YEARLY = re.compile(r"20[12]\d")
_NUMBER = re.compile(r"(?:\D{1,12}[ ._-]?)?0*(\d{1,2})(?!\d)")
_LETTER = re.compile(r"([a-h])(?:[ ._)-]|$)")
_GENERAL = phrases("coverage_flags", "general")


@dataclass(frozen=True)
class Paper:
    """A paper of a bundle by what an entry of a list may name it by, looked at once."""

    document: DocumentReport
    name: str
    number: int | None
    title: frozenset[str]
    opening: frozenset[str]
    named: frozenset[str]
    own: frozenset[str]
    codes: frozenset[str]
    text: str

    @cached_property
    def words(self) -> str:
        """Its beginning behind the name of its file, folded."""
        return _words_of(self.document)

    def names(self, papers: frozenset[str]) -> bool:
        """Whether one of some papers is named in it: few lists ask, and to look for all there are takes longer than all else."""
        for paper in papers - self._looked_for.keys():
            self._looked_for[paper] = is_named(paper, self.words)
        return any(self._looked_for[paper] for paper in papers)

    @cached_property
    def _looked_for(self) -> dict[str, bool]:
        return {}

    def lists_cases_like(self, code: str) -> bool:
        """Whether it is a register of cases that has the one of a code among others: the report of that case is another paper."""
        forms = self._forms if self.document.kind == "corrective_action_record" else {}
        return forms.get(form_of(code), 0) >= LEAST_CASES

    @cached_property
    def _forms(self) -> Counter[str]:
        return Counter(map(form_of, codes_of(self.words)))

    def is_of(self, kinds: Iterable[str]) -> float:
        """How surely a paper is of one of some kinds."""
        told = self.document.kinds
        return sum(told.get(kind, 0.0) for kind in kinds) if told else float(self.document.kind in kinds)


@dataclass(frozen=True)
class Asked:
    """An entry of a list by what a paper may be known to be the one it names."""

    entry: Entry
    number: int | None
    words: frozenset[str]
    codes: frozenset[str]
    named: frozenset[str]
    own: frozenset[str]
    kinds: frozenset[str]
    cells: tuple[str, ...]


def asked_of(entries: Sequence[Entry]) -> list[Asked]:
    """The entries of a list with the words and codes that no other entry has."""
    words = [_words(entry.text) for entry in entries]
    codes = [codes_of(entry.line) for entry in entries]
    times = Counter(one for found in (*words, *codes) for one in found)
    named = [papers_named(entry.text) for entry in entries]
    return [
        Asked(
            entry,
            at if (place := place_of(entry.cells[0])) is None else place,
            frozenset(word for word in told if times[word] == 1) or frozenset(told),
            frozenset(code for code in coded if times[code] == 1),
            papers,
            own_names(papers),
            kinds_named(papers),
            tuple(name for cell in entry.cells if len(name := bare(ENDING.sub("", fold(cell)))) >= LEAST_NAME),
        )
        for at, (entry, told, coded, papers) in enumerate(zip(entries, words, codes, named, strict=True), 1)
    ]


@remembered
def papers_of(bundle: Bundle) -> list[Paper]:
    """The papers of a bundle, mails and second copies of a file apart."""
    each = {one.sha256: one for one in reversed(bundle.documents) if not one.is_mail}
    return [_paper(document) for document in reversed(each.values())]


def titles_hold(bundle: Bundle, asked: Sequence[Asked], least: int) -> bool:
    """Whether some entries of a list have a word or code in the title of a paper: of most lists that send nothing, none has."""
    told = _words_of_titles(bundle)
    return sum(not told.isdisjoint(one.words | one.codes) for one in asked) >= least


@remembered
def _words_of_titles(bundle: Bundle) -> frozenset[str]:
    return frozenset(word for paper in papers_of(bundle) for word in (*paper.title, *paper.codes))


def _paper(document: DocumentReport) -> Paper:
    name = ENDING.sub("", fold(name_of(document.path)))
    number, letter = _NUMBER.match(name), _LETTER.match(name)
    titles, opening = _told(document)
    return Paper(
        document,
        bare(name),
        int(number[1]) if number else ord(letter[1]) - ord("a") + 1 if letter else None,
        frozenset(telling(titles)),
        frozenset(telling(f"{titles} {opening}")),
        named := papers_named(titles),
        own_names(named),
        codes_of(name),
        bare(_words_of(document)),
    )


def _words_of(document: DocumentReport) -> str:
    """The beginning of a paper behind the name of its file, folded."""
    name = ENDING.sub("", fold(name_of(document.path)))
    return fold(" ".join((name, *(passage.text for passage in document.passages)))[:MOST_TEXT])


def _told(document: DocumentReport) -> tuple[str, str]:
    """The name of a paper with the titles of its parts, and its beginning."""
    parts: dict[int, Passage] = {}
    for passage in document.passages:
        parts.setdefault(passage.part, passage)
    titles = [
        " ".join((*passage.heading, passage.text.split("\n", 1)[0])).replace("|", " ")[:TITLE]
        for passage in list(parts.values())[:MOST_PARTS]
    ]
    named = [part.name for part in document.parts[:MOST_PARTS]]
    return (
        " ".join((name_of(document.path), *named, *titles)),
        " ".join(passage.text for passage in document.passages[:2])[:BEGINNING],
    )


TITLE, BEGINNING, MOST_PARTS = 160, 300, 12
"""Letters of a title and of the beginning of a paper; parts of which the titles are looked at."""


def weigh(asked: Asked, paper: Paper) -> float:
    """How much speaks for it that a paper is the one that an entry names; less than nothing where it is another."""
    if asked.cells and _bears(paper, asked.cells):
        return NAMED
    weight = 0.0
    if asked.codes & paper.codes:
        return CODED
    if asked.codes and any(code in paper.text for code in asked.codes):
        if len(asked.codes) == 1 and paper.lists_cases_like(*asked.codes):
            return OTHERWISE
        weight += CODE_INSIDE
    own, kinds = asked.own, asked.kinds
    if own & paper.named:
        weight += OWN_NAME
    elif own and paper.names(own):
        weight += OWN_NAME_INSIDE
    elif not own and asked.named & paper.named:
        weight += SAME_NAME
    elif paper.document.status == "failed" or not asked.named:
        pass
    elif (
        (own or paper.document.kind not in kinds)
        and (paper.named or paper.document.kind != "other")
        and not _may_be(asked, paper, kinds)
    ):
        weight += OTHERWISE
    elif not own and paper.document.kind in kinds:
        weight += BROAD_KIND if paper.document.kind in BROAD else SAME_KIND
    share = len(asked.words & paper.title) / max(1, len(asked.words))
    within = len(asked.words & paper.opening) / max(1, len(asked.words))
    return weight + WORDS_OF_TITLE * share + WORDS_WITHIN * (within if within >= HALF else 0.0)


def _may_be(asked: Asked, paper: Paper, kinds: frozenset[str]) -> bool:
    """Whether a paper whose name says nothing else can be of a kind that an entry names."""
    if paper.named:
        return not asked.own and not paper.own and paper.is_of(kinds) >= UNLIKELY
    return paper.is_of(kinds or LOOSE) >= UNLIKELY


def _bears(paper: Paper, names: Sequence[str]) -> bool:
    whole = len(paper.name) >= LEAST_NAME
    return any(told in paper.name or (whole and paper.name in told) for told in names)


def holds_too(asked: Asked, paper: Paper) -> bool:
    """Whether a paper that answers another entry holds what this one names as well: a sheet of the same workbook."""
    if asked.codes:
        return all(code in paper.text for code in asked.codes)
    if asked.own & paper.named:
        return True
    return len(asked.words & paper.title) >= MOST * max(1, len(asked.words))


@dataclass(frozen=True)
class Matched:
    """How a list and the papers go together: entries that papers answer, those that papers left over may answer, and the others."""

    answered: tuple[int, ...]
    may_be: tuple[int, ...]
    missing: tuple[int, ...]


def matched(asked: Sequence[Asked], papers: Sequence[Paper], spare: Sequence[bool]) -> Matched:
    """Entries and papers assigned to one another, as many as can be, best first; of papers that answer none, those that are ``spare`` may
    be meant by what is left.
    """
    weights = [[weigh(one, paper) for paper in papers] for one in asked]
    _count_numbers(asked, papers, weights)
    for row in weights:
        for place, free in enumerate(spare):
            row[place] -= 0.0 if free else ELSEWHERE
    of_paper: dict[int, int] = {}
    best = sorted(range(len(asked)), key=lambda at: -max(weights[at], default=0.0))
    answered = [at for at in best if _assign(at, weights, ANSWERED, of_paper, set())]
    left = [at for at in best if at not in answered]
    shared = [at for at in left if any(holds_too(asked[at], papers[place]) for place in of_paper)]
    for row in weights:
        for place, free in enumerate(spare):
            row[place] = row[place] if free else OTHERWISE
    may_be = [at for at in left if at in shared or _assign(at, weights, MAY_BE_MEANT, of_paper, set())]
    return Matched(tuple(answered), tuple(may_be), tuple(sorted(set(left) - set(may_be))))


def _assign(
    at: int, weights: Sequence[Sequence[float]], least: float, of_paper: dict[int, int], tried: set[int]
) -> bool:
    """Finds a paper for an entry, moving others to papers that answer them as well."""
    for paper in sorted(range(len(weights[at])), key=lambda place: -weights[at][place]):
        if weights[at][paper] < least or paper in tried:
            continue
        tried.add(paper)
        if paper not in of_paper or _assign(of_paper[paper], weights, ANSWERED, of_paper, tried):
            of_paper[paper] = at
            return True
    return False


def _count_numbers(asked: Sequence[Asked], papers: Sequence[Paper], weights: Sequence[list[float]]) -> None:
    """Lets the numbers of files count where they go with what the entries of these numbers say."""
    pairs = [
        (at, place)
        for at, one in enumerate(asked)
        for place, paper in enumerate(papers)
        if one.number is not None and one.number == paper.number
    ]
    sure = sum(weights[at][place] >= ANSWERED for at, place in pairs)
    if sure >= LEAST_NUMBERED and sure * 2 >= len(pairs):
        for at, place in pairs:
            weights[at][place] = max(weights[at][place], 0.0) + NUMBERED


LEAST_NUMBERED = 2
"""Papers that came under the number of their entry, from which numbers count."""


def codes_of(text: str) -> frozenset[str]:
    """The codes of a text without their signs: letters with two figures at least, or five figures."""
    found = (re.sub(r"[^a-z\d]", "", match[0]) for match in _CODE.finditer(fold(text)))
    return frozenset(
        code
        for code in found
        if (len(code) > LEAST_CODE and not _YEARLY.match(code) if code.isdigit() else len(code) >= LEAST_CODE)
        and sum(map(str.isdigit, code)) > 1
    )


def bare(text: str) -> str:
    """A text without signs, as names of files are compared."""
    return _SIGNS.sub("", text)


def _words(text: str) -> set[str]:
    return telling(_GENERAL.sub(" ", fold(text))) or telling(text)
