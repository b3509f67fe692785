"""Lists of papers sent, known by how they stand: rows or lines of which most are answered by papers of the bundle.

What heads such a list, and of what kind the paper with it was taken for, differs from house to house; that two of its papers came, and that
nothing else stands in its rows than names, numbers, files and copies, does not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.bundle import Bundle
from evidence.defects import telling
from evidence.facts.text import fold, phrases
from evidence.flags.listed_entries import Entry, entries_of, number_of
from evidence.flags.registry import name_of
from evidence.model import DocumentReport, Passage

LEAST_ANSWERED = 2
"""Papers of a list that came, from which it is one of what was sent."""

LONGEST_LIST = 6000
"""Letters of a letter or list of what was sent."""

MOST_ENTRIES = 40
"""Papers of a list; a longer one is that of all papers of a house."""

(_WISHES, _GENERAL, _SENT, _LATER) = (
    phrases("coverage_flags", name) for name in ("wishes", "general", "says_sent", "later")
)
_CODE = re.compile(r"[a-z\d]+(?:[-/.][a-z\d]+)*")
_NUMBERED = re.compile(r"(?:\D{1,12}[ ._-])?0*(\d{1,2})(?!\d)")
_ENDING = re.compile(r"\.(?:pdf|docx?|xlsx?|xlsm|pptx?|csv|jpe?g|png|tiff?|zip|eml|msg|txt|html?|odt|ods)$")


def unanswered(bundle: Bundle, cover: DocumentReport) -> list[Entry]:
    """The entries of a list of papers sent that no paper answers to; none where the paper is no such list, or where one that came may be meant."""
    if not _may_list(cover):
        return []
    says = _SENT.search(_opening(cover)) is not None
    listed = entries_of(cover, says)
    if not LEAST_ANSWERED <= len(listed) <= MOST_ENTRIES:
        return []
    listed = [entry for entry in listed if not _is_itself(entry, _bare(_ENDING.sub("", fold(name_of(cover.path)))))]
    papers = _papers(bundle)
    itself = papers.places[cover.path]
    words = [_words(entry.text) for entry in listed]
    shared = {word for word, times in Counter(word for found in words for word in found).items() if times > 1}
    codes = Counter(code for entry in listed for code in _codes(entry.line))
    answers: list[tuple[set[int], bool]] = []
    for entry, found in zip(listed, words, strict=True):
        own = {code for code in _codes(entry.line) if codes[code] == 1}
        named = papers.named(entry, own) - {itself}
        answers.append((named | (papers.meant(found, shared) - {itself}), bool(named)))
    came = sum(bool(found) for found, _ in answers)
    sends = says and (cover.kind == "other" or cover.reading != "living")
    if came < (1 if sends else LEAST_ANSWERED) or came * 2 < len(listed) - sends or asks_for_papers(cover):
        return []
    answered = [entry for entry, (found, _) in zip(listed, answers, strict=True) if found]
    missing = [
        entry
        for number, (entry, (found, _)) in enumerate(zip(listed, answers, strict=True), 1)
        if not found and not _is_excused(entry, answered) and not _has_number(number, entry, papers.numbers)
    ]
    taken = set().union(*(found for found, _ in answers))
    sure = sum(named for _, named in answers) >= LEAST_ANSWERED
    spare = [at for at in papers.failed if at not in taken and at != itself] if sure else papers.free(taken | {itself})
    with_it = [at for at, document in enumerate(bundle.documents) if document.path.startswith(f"{cover.path}/")]
    if with_it:  # a mail: what it says is attached to it came with it
        spare = [at for at in spare if at in with_it]
    return missing if len(spare) < len(missing) else []


def asks_for_papers(document: DocumentReport) -> bool:
    """Whether a letter asks another house for papers, and says of none that it was sent."""
    opening = _opening(document)
    return _WISHES.search(opening) is not None and _SENT.search(opening) is None


def _opening(document: DocumentReport) -> str:
    return fold(" ".join((document.path, *(passage.text for passage in document.passages[:2])))[:OPENING])


def says_not_sent(line: str) -> bool:
    """Whether the last cell of a row that has others says that nothing was sent: a stroke, a no."""
    cells = [fold(cell).strip() for cell in line.strip().strip("|").split("|")]
    return len(cells) > LEAST_CELLS and any(cell in NOTHING for cell in cells[2:])


LEAST_CELLS = 2
"""Cells of a row beside its number and name."""

OPENING = 700
"""Letters in which a list says what it is."""


def _may_list(cover: DocumentReport) -> bool:
    """Whether a paper is short enough, and of a kind, to list what was sent; a checklist tells what was seen of the papers it names."""
    return (
        not any(fact.kind == "checklist" for fact in cover.facts)
        and cover.kind not in ("procedure", "manual", "certificate")
        and sum(len(passage.text) for passage in cover.passages) < LONGEST_LIST
    )


def _words(text: str) -> set[str]:
    return telling(_GENERAL.sub(" ", fold(text))) or telling(text)


def _codes(text: str) -> set[str]:
    """The codes of a text without their signs: letters with two digits at least."""
    found = (re.sub(r"[^a-z\d]", "", match[0]) for match in _CODE.finditer(fold(text)))
    return {
        code for code in found if len(code) >= LEAST_CODE and sum(map(str.isdigit, code)) > 1 and not code.isdigit()
    }


LEAST_CODE = 4
"""Letters and digits of a code that names one paper."""


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_itself(entry: Entry, own: str) -> bool:
    """Whether a list names itself among its papers."""
    return any(_bare(_ENDING.sub("", fold(cell))) == own for cell in entry.cells)


LEAST_NAME = 6
"""Letters of a name by which a paper is found."""


@dataclass
class _Papers:
    """The papers of a bundle by what they may be found by, each looked at once: their places by path, word and code."""

    places: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)
    codes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    titled: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    opened: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def named(self, entry: Entry, codes: set[str]) -> set[int]:
        """The papers that bear the name that a cell of an entry gives, as their file, or a code that it alone holds."""
        found = set().union(*(self.codes.get(code, set()) for code in codes))
        for cell in entry.cells:
            told = _ENDING.sub("", fold(cell))
            bare = _bare(told)
            if len(bare) < LEAST_NAME:
                continue
            for at in set().union(*(self.titled.get(word, set()) for word in telling(told))):
                own = self.names[at]
                if bare in own or (len(own) >= LEAST_NAME and own in bare):
                    found.add(at)
        return found

    def meant(self, words: set[str], shared: set[str]) -> set[int]:
        """The papers with half of the words of an entry that no other entry has in their name or the titles of their parts, or with most
        of all of them at their beginning.
        """
        own = words - shared or words
        titled = Counter(at for word in own for at in self.titled.get(word, ()))
        opened = Counter(at for word in words for at in self.opened.get(word, ()))
        telling_own = Counter(at for word in own for at in self.opened.get(word, ()))
        return {at for at, times in titled.items() if times >= HALF * len(own)} | {
            at for at, times in opened.items() if times >= MOST * len(words) and telling_own[at] >= MOST * len(own)
        }

    def free(self, taken: set[int]) -> list[int]:
        """The papers that answer no entry."""
        return [at for at in range(len(self.names)) if at not in taken]


def _papers(bundle: Bundle) -> _Papers:
    asked = ("papers by their names", "")
    if asked not in bundle.known:
        papers = _Papers()
        for at, document in enumerate(bundle.documents):
            name = _ENDING.sub("", fold(name_of(document.path)))
            papers.places[document.path] = at
            papers.names.append(_bare(name))
            if match := _NUMBERED.match(name):
                papers.numbers.add(int(match[1]))
            if document.status == "failed":
                papers.failed.add(at)
            for code in _codes(name):
                papers.codes[code].add(at)
            titles, opening = _told(document)
            for word in titles:
                papers.titled[word].add(at)
            for word in opening:
                papers.opened[word].add(at)
        bundle.known[asked] = papers
    known: _Papers = bundle.known[asked]
    return known


HALF, MOST = 0.5, 0.8
"""Shares of the words of an entry by which a paper is the one that is meant."""


def _told(document: DocumentReport) -> tuple[set[str], set[str]]:
    parts: dict[int, Passage] = {}
    for passage in document.passages:
        parts.setdefault(passage.part, passage)
    titles = [
        " ".join((*passage.heading, passage.text.split("\n", 1)[0])).replace("|", " ")[:TITLE]
        for passage in list(parts.values())[:MOST_PARTS]
    ]
    opening = " ".join(passage.text for passage in document.passages[:2])[:BEGINNING]
    named = " ".join((name_of(document.path), *titles))
    return telling(named), telling(f"{named} {opening}")


TITLE, BEGINNING, MOST_PARTS = 160, 300, 12
"""Letters of a title and of the beginning of a paper; parts of which the titles are looked at."""


def _is_excused(entry: Entry, answered: Sequence[Entry]) -> bool:
    """Whether a row says that its paper is not here: in words, or by another mark than stands in that column at all that came."""
    if _LATER.search(fold(entry.line)):
        return True
    for at, cell in enumerate(entry.cells[1:], 1):
        marks = {fold(other.cells[at]) for other in answered if at < len(other.cells)}
        mark = fold(cell)
        if (
            len(answered) >= LEAST_ANSWERED
            and len(marks) == 1
            and mark not in marks
            and not mark.isdigit()
            and _is_mark(next(iter(marks)))
        ):
            return True
        if mark in NOTHING and len(answered) >= LEAST_ANSWERED and not marks & NOTHING:
            return True
    return False


def _is_mark(mark: str) -> bool:
    """Whether a cell says that a paper is here: a tick, a letter, a word for it."""
    return (0 < len(mark) <= LONGEST_MARK and not mark.isdigit()) or _SENT.search(mark) is not None


LONGEST_MARK = 3
"""Letters of a tick or short yes."""

NOTHING = frozenset(
    (
        "-",
        "–",
        "—",
        "/",
        "x",
        "×",
        "✗",
        "✘",
        "no",
        "n",
        "na",
        "n.a.",
        "nil",
        "none",
        "0",
        "无",
        "無",
        "否",
        "없음",
        "ไม่มี",
    )
)
"""What stands in a column of files or marks where nothing was sent."""


def _has_number(number: int, entry: Entry, numbered: set[int]) -> bool:
    """Whether files are numbered as the list is, and the one of this number came under other words."""
    told = number_of(fold(entry.cells[0]))
    place = number if told is None else told
    return len(numbered) >= LEAST_ANSWERED and place in numbered
