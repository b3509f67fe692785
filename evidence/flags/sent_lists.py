"""Lists of papers sent, known by how they stand: rows or lines of which most are answered by papers of the bundle.

What heads such a list, and of what kind the paper with it was taken for, differs from house to house; that two of its papers came, and that
nothing else stands in its rows than names, numbers, files and copies, does not.
"""

import re
from collections.abc import Sequence

from evidence.bundle import Bundle
from evidence.defects import telling
from evidence.facts.text import any_of, fold, phrases
from evidence.flags.listed_entries import Entry, entries_of
from evidence.flags.paper_matches import ENDING, Paper, asked_of, bare, matched, papers_of, titles_hold
from evidence.flags.registry import name_of
from evidence.model import DocumentReport

LEAST_ANSWERED = 2
"""Papers of a list that came, from which it is one of what was sent."""

LONGEST_LIST = 6000
"""Letters of a letter or list of what was sent."""

MOST_ENTRIES = 40
"""Papers of a list; a longer one is that of all papers of a house."""

(_WISHES, _NOUNS, _SENT, _LATER, _ANNEX) = (
    phrases("coverage_flags", name) for name in ("wishes", "paper_nouns", "says_sent", "later", "annexes")
)


def unanswered(bundle: Bundle, cover: DocumentReport) -> list[Entry] | None:
    """The entries of a list of papers sent that no paper answers to; none where one that came may be meant, None where the paper is no list."""
    if not _may_list(cover) or asks_for_papers(cover):
        return None
    says = _says_sent(cover)
    own = bare(ENDING.sub("", fold(name_of(cover.path))))
    listed = [entry for entry in entries_of(cover, says) if not _is_itself(entry, own)]
    if not LEAST_ANSWERED <= len(listed) <= MOST_ENTRIES:
        return None
    if cover.kind != "other" and cover.reading == "living" and not _opened_as_sent(cover, listed[0]):
        return None
    papers = [paper for paper in papers_of(bundle) if paper.document.sha256 != cover.sha256]
    if not _SENT.search(_ANNEX.sub(" ", _opening(cover))) and _numbers_forms(listed, papers):
        return []
    with_it = {document.sha256 for document in bundle.documents if document.path.startswith(f"{cover.path}/")}
    letter = (
        cover.kind == "other" or cover.reading != "living"
    )  # else a mail about a case: what it names may have come apart from it
    spare = [not (with_it and letter) or paper.document.sha256 in with_it for paper in papers]
    sends = says and (letter or bool(with_it))
    asked = asked_of(listed)
    if not sends and not titles_hold(bundle, asked, LEAST_ANSWERED):
        return []
    found = matched(asked, papers, spare)
    came = len(found.answered)
    told = came + (len(found.may_be) if sends else 0)
    if came < (1 if sends else LEAST_ANSWERED) or told * 2 < len(listed) - sends or len(found.missing) > came:
        return []
    answered = [listed[at] for at in found.answered]
    return [
        listed[at]
        for at in found.missing
        if (len(listed[at].cells) > 1 or asked[at].named or _NOUNS.search(fold(listed[at].text)))
        and not _is_excused(listed[at], answered)
    ]


def _opened_as_sent(cover: DocumentReport, first: Entry) -> bool:
    """Whether the name of a paper, what stands above its list, or what begins the line of it, says that papers were sent, or a column
    tells how many copies of each were: a record of something else lists much.
    """
    lines = [line for passage in cover.passages for line in passage.text.splitlines()]
    above = lines[: lines.index(first.line)][-LINES_ABOVE:]
    leads = first.line.partition(first.text)[0] if "|" not in first.line else ""
    if _SENT.search(fold(" / ".join((name_of(cover.path), *first.passage.heading, *above, leads)))):
        return True
    heads = above[-1].split("|") if above and len(first.cells) > 1 else []
    return any(_COPIES.fullmatch(fold(head).strip(" .:#")) for head in heads)


def _numbers_forms(listed: Sequence[Entry], papers: Sequence[Paper]) -> bool:
    """Whether most entries bear a number of one series and no record bears any of them: they are numbers of forms, and the list is one of
    kinds of records, of which nothing was sent as such.
    """
    found = [number for entry in listed if (number := _SERIES.search(fold(" | ".join(entry.cells))))]
    if 2 * len(found) <= len(listed) or len({number[1] for number in found}) > 1:
        return False
    borne = re.compile("|".join(rf"(?<![^\W_]){re.escape(number[0])}(?![-./]?\d)" for number in found))
    return not any(paper.document.reading != "static" and borne.search(paper.words) for paper in papers)


_SERIES = re.compile(r"(?<![^\W_])([a-z]{1,4})[.-]?\d{2,3}(?![^\W_]|[.,/-]\d)")

_COPIES = phrases("coverage_flags", "copies")


LINES_ABOVE = 5
"""Lines above a list in which it says what it is."""


def asks_for_papers(document: DocumentReport) -> bool:
    """Whether a letter asks another house for papers, and says of none that it was sent."""
    opening = _opening(document)
    return _WISHES.search(opening) is not None and _SENT.search(opening) is None


def _opening(document: DocumentReport) -> str:
    return fold(" ".join((document.path, *(passage.text for passage in document.passages[:2])))[:OPENING])


def _says_sent(document: DocumentReport) -> bool:
    """Whether a paper says at its beginning, or in a heading, that papers were sent."""
    heads = " / ".join(dict.fromkeys(head for passage in document.passages for head in passage.heading))
    return _SENT.search(f"{_opening(document)} {fold(heads)}") is not None


def _may_be_letter(cover: DocumentReport) -> bool:
    """Whether what was taken for rules or a certificate may be a letter: it is read as one nearly as well, or its first lines say that
    papers were sent.
    """
    if cover.kinds.get("other", 0.0) >= LIKELY:
        return True
    lines = [line.rstrip() for passage in cover.passages[:2] for line in passage.text.splitlines()][:LINES_ABOVE]
    titled = fold(" / ".join((*cover.passages[0].heading[:1], *lines[:1]))) if lines else ""
    opens = any(line.endswith(":") and _SENT.search(fold(line)) for line in lines)
    return cover.kind == "procedure" and cover.reading == "static" and bool(opens or _LISTS_SENT.search(titled))


_LISTS_SENT = any_of(("coverage_flags", "sent_list"), ("coverage_flags", "index"))

LIKELY = 0.25
"""Share of other papers from which what was taken for a certificate may be a letter."""

OPENING = 700
"""Letters in which a list says what it is."""


def _may_list(cover: DocumentReport) -> bool:
    """Whether a paper is short enough, and of a kind, to list what was sent; a checklist tells what was seen of the papers it names."""
    return (
        not any(fact.kind == "checklist" for fact in cover.facts)
        and (cover.kind not in ("procedure", "manual", "certificate") or _may_be_letter(cover))
        and sum(len(passage.text) for passage in cover.passages) < LONGEST_LIST
    )


def _is_itself(entry: Entry, own: str) -> bool:
    """Whether a list names itself among its papers."""
    return any(bare(ENDING.sub("", fold(cell))) == own for cell in entry.cells)


def _is_excused(entry: Entry, answered: Sequence[Entry]) -> bool:
    """Whether a row says that its paper is not here: in words, or by another mark than stands in that column at all that came."""
    own = entry.text if any(other.line == entry.line for other in answered) else entry.line  # one line names several
    if _LATER.search(fold(own)) or _stands_within(entry, answered):
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


def _stands_within(entry: Entry, answered: Sequence[Entry]) -> bool:
    """Whether a cell beside a paper tells that it stands in another of the list that came: ``page 2 of the dispatch report``."""
    cells = [cell for cell in entry.cells if cell != entry.text and _NOUNS.search(fold(cell))]
    beside = {word for cell in cells for word in telling(cell)}
    own = telling(entry.text)
    return any((named := telling(_CODED.sub(" ", other.text)) - own) and named <= beside for other in answered)


_CODED = re.compile(r"\S*\d\S*")


def _is_mark(mark: str) -> bool:
    """Whether a cell says that a paper is here: a tick, a letter, a word for it."""
    return (0 < len(mark) <= LONGEST_MARK and not mark.isdigit()) or _SENT.search(mark) is not None


LONGEST_MARK = 3
"""Letters of a tick or short yes."""

NOTHING = frozenset(
    [
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
    ]
)
"""What stands in a column of files or marks where nothing was sent."""
