"""The papers that a list or letter names, however it sets them down: rows, lines behind a mark, lines below a head, clauses of a sentence."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.facts.text import fold, phrases
from evidence.flags.card_rows import as_rows, cards_of
from evidence.model import DocumentReport, Passage
from evidence.paper_names import papers_named

(_HEADS, _KEEPING, _SENT, _NOUNS, _JOINING) = (
    phrases(*name)
    for name in (
        ("coverage_flags", "paper_heads"),
        ("coverage_flags", "keeping"),
        ("coverage_flags", "says_sent"),
        ("coverage_flags", "paper_nouns"),
        ("trends", "joining"),
    )
)
_LATER = phrases("coverage_flags", "later")
_EDITIONS = phrases("papers_flags", "editions")
_LINE = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\s?[.)、:]|[A-H](?:\s\s|\s?[–—-]\s)|[①-⑳❶-❿㈠-㈩]|[-*•–▪●➢✓✔☑☒■□◆◇▶·]|"
    r"[^\W\d_][^\W\d_.]{0,14}(?: [^\W\d_]{2,12})?[. -]{0,2}\d{1,2}\s?[.):：–-])\s*(\S[^|\n]{3,110}?)\s*$"
)
_PLAIN = re.compile(r"\s*([^|\n:：]{4,90}?)\s*$")
_CLAUSES = re.compile(
    rf"[;；、]|,(?=\s)|，|\s?\(?\b[a-h\d][.)](?=\s)|[.。](?=\s|$)|:(?=\s)|：|{_JOINING.pattern}|(?<=\s)(?:and|và|dan|ve|และ)(?=\s)"
)
_LEADS = re.compile(r"^(?:the|a|an|our|also|copy of|copies of|our latest)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A paper that a list names: what it is called, the cells of its row, and where the row stands."""

    text: str
    cells: tuple[str, ...]
    line: str
    passage: Passage


def entries_of(cover: DocumentReport, sent: bool) -> list[Entry]:
    """The rows of the table whose heads name papers, or the lines of a list; where the paper says that it was sent, numbered rows without
    heads, lines below the one that says so, and clauses of a sentence too. A column of editions is at home there.
    """
    lines = list(cover.lines())
    if carded := _of_cards(lines):
        return carded
    heads: list[str] = []
    rows: list[tuple[Passage, str, list[str]]] = []
    bare: list[tuple[Passage, str, list[str]]] = []
    for passage, line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1 or _FIELD.search(cells[0]):
            continue
        folded = [fold(cell) for cell in cells]
        if not rows and not any(map(str.isdigit, line)) and any(_HEADS.search(cell) for cell in folded):
            if any(_KEEPING.search(cell) or (not sent and _EDITIONS.fullmatch(cell)) for cell in folded):
                return []
            heads = folded
        elif heads:
            rows.append((passage, line, cells + [""] * (len(heads) - len(cells))))
        else:
            bare.append((passage, line, cells))
    if rows:
        return _rows(rows, [at for at, head in enumerate(heads) if _HEADS.search(head)])
    numbered = [row for row in bare if place_of(row[2][0]) is not None]
    if sent and numbered and [place_of(cells[0]) for *_, cells in numbered] == list(range(1, len(numbered) + 1)):
        return _rows(numbered, list(range(1, min(len(cells) for *_, cells in numbered))))
    marked = _marked(lines)
    if not sent or len(marked) > 1:
        return marked
    return _below(lines) or _run_on(lines) or _in_sentence(lines)


def lists_records(document: DocumentReport) -> bool:
    """Whether a paper opens with a table of records and where or how long each is kept: a master list, which says nothing of how they come about."""
    rows = [line for passage in document.passages[:2] for line in passage.text.splitlines() if "|" in line]
    heads = next((line for line in rows if sum(map(bool, map(str.strip, line.split("|")))) > 2), "")
    cells = [fold(cell.strip()) for cell in heads.split("|")]
    return any(map(_KEEPING.search, cells)) and any(map(_HEADS.search, cells))


_SENTENCE = re.compile(r"[.。]$|[；;→]|。")
"""What no name of a paper holds."""

_FIELD = re.compile(r"[:：]$")
"""What ends the label of a field, as those at the head of a mail: ``Subject:``."""


def _marked(lines: Sequence[tuple[Passage, str]]) -> list[Entry]:
    """Lines behind a mark or number, without those below a line that says that its papers follow later."""
    found = []
    later = False
    for passage, line in lines:
        if (match := _LINE.match(line)) is None:
            later = _LATER.search(fold(line)) is not None and len(line) <= LONGEST_CLAUSE
            continue
        text = match[1].rstrip()
        if len(_letters(text)) >= LEAST_LETTERS and not _SENTENCE.search(text) and not later:
            found.append(Entry(text, (text,), line, passage))
    return found


def _run_on(lines: Sequence[tuple[Passage, str]]) -> list[Entry]:
    """Papers that are numbered within one line, each by the same word or sign: ``Ek-1 ... Ek-2 ...``, ``(1) ... (2) ...``."""
    for passage, line in lines:
        if "|" in line or len(line) < LEAST_SENTENCE:
            continue
        marks: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for mark in _MARK.finditer(line[:LONGEST_RUN]):
            before, signs = fold(mark[1] or "").strip(" .-"), mark[3]
            for begins, key in ((mark.start(), (before, signs)), (mark.start(2), ("", signs))):
                told = marks.setdefault(key, [])
                if any(key) and place_of(mark[2]) == len(told) + 1:
                    told.append((begins, mark.end()))
        for told in marks.values():
            ends = [begins for begins, _ in told[1:]] + [len(line)]
            texts = [_first_said(line[end:until]) for (_, end), until in zip(told, ends, strict=False)]
            if len(texts) > 1 and all(len(text) <= LONGEST_CLAUSE and _names_paper(text) for text in texts):
                return [Entry(text, (text,), line, passage) for text in texts]
    return []


def _first_said(text: str) -> str:
    """What a number of a run names: up to the end of its sentence where more follows than the name of a paper."""
    told = text if len(text) <= LONGEST_CLAUSE else _STOP.split(text, maxsplit=1)[0]
    return told.strip(" .,;:，；、。-–(")


_STOP = re.compile(r"(?<=[^\W_]{3})[.;]\s+(?=[^\W\d_])|[。；]")


def _names_paper(text: str) -> bool:
    return bool(papers_named(text)) or _NOUNS.search(fold(text)) is not None


_MARK = re.compile(r"(?<![\w.,/-])(\(|[^\W\d_]{2,12}[ .-]{0,2})?(\d|[a-h](?=[.):]))([.):：]{0,2})(?=\s)")
LONGEST_RUN = 600
"""Letters of a line that names papers one behind the other."""


def entries_of_cards(cover: DocumentReport) -> list[Entry]:
    """The entries of a list whose rows are set down as forms."""
    return _of_cards(list(cover.lines()))


def _of_cards(lines: Sequence[tuple[Passage, str]]) -> list[Entry]:
    """The entries of a list whose rows are set down as forms, one below the other, under labels that name papers."""
    cards = cards_of([line for _, line in lines])
    heads, rows = as_rows(cards)
    columns = [at for at, head in enumerate(heads) if _HEADS.search(fold(head))]
    if len(columns) < LEAST_COLUMNS or len(heads) > MOST_COLUMNS or any(_KEEPING.search(fold(head)) for head in heads):
        return []  # the forms of a checklist name what was seen
    told = max(columns, key=lambda at: sum(len(_letters(cells[at])) for cells in rows))
    found = []
    for card, cells in zip(cards, rows, strict=True):
        passage, line = next((lines[at] for at, (label, _) in card if label == heads[told]), lines[card[0][0]])
        if len(_letters(cells[told])) >= LEAST_LETTERS:
            found.append(Entry(cells[told], tuple(cells), line, passage))
    return found


def number_of(cell: str) -> int | None:
    """The number that is all a cell holds, in a ring or a single sign of Chinese too: ``3.``, ``③``; None for any other."""
    bare = cell.strip(" .()")
    if bare.isdecimal():
        return int(bare) if len(bare) <= LONGEST_NUMBER else None
    value = unicodedata.numeric(bare, 0.0) if len(bare) == 1 else 0.0
    return int(value) if value >= 1 and value == int(value) else None


def place_of(cell: str) -> int | None:
    """The number of a row, or the place of the letter that stands for it: ``B``, ``c)``."""
    bare = fold(cell).strip(" .()")
    return ord(bare) - ord("a") + 1 if len(bare) == 1 and "a" <= bare <= "h" else number_of(cell)


LEAST_COLUMNS, MOST_COLUMNS = 2, 6
"""Labels of such a form that name papers, the paper and its file, and all of them."""

LONGEST_NUMBER = 4
"""Figures of the number of a row; one of thousands of figures cannot be read."""


def _rows(rows: Sequence[tuple[Passage, str, list[str]]], columns: Sequence[int]) -> list[Entry]:
    told = max(columns, key=lambda at: sum(len(_letters(cells[at])) for *_, cells in rows), default=0)
    return [
        Entry(cells[told], tuple(cells), line, passage)
        for passage, line, cells in rows
        if len(_letters(cells[told])) >= LEAST_LETTERS
    ]


def _below(lines: Sequence[tuple[Passage, str]]) -> list[Entry]:
    """Short lines one below the other, behind a line that says that papers were sent, of which most name one."""
    found: list[Entry] = []
    opened = False
    for passage, line in lines:
        match = _PLAIN.match(line.strip())
        if opened and match is not None and line.rstrip()[-1:] not in ".,!?":
            found.append(Entry(match[1], (match[1],), line, passage))
        elif found:
            break
        opened = opened or _SENT.search(fold(line)) is not None
    while found and not _names_paper(found[-1].text):
        found.pop()  # who sends them, and a greeting
    return found if len(found) > 1 and sum(_names_paper(entry.text) for entry in found) * 2 > len(found) else []


def _in_sentence(lines: Sequence[tuple[Passage, str]]) -> list[Entry]:
    """The clauses of the first sentence that says that papers were sent and names several."""
    for passage, line in lines:
        if "|" in line or len(line) < LEAST_SENTENCE:
            continue
        for sentence in re.split(r"(?<=[.!?])\s+(?=[^\W\d_])|(?<=[。！？])", line):
            sent = _SENT.search(fold(sentence))
            if sent is None:
                continue
            clauses = [_LEADS.sub("", clause.strip(" .,;:()\t")) for clause in _CLAUSES.split(sentence) if clause]
            named = [
                Entry(clause, (clause,), line, passage)
                for clause in clauses
                if _names_paper(clause)
                and not _LATER.search(fold(clause))
                and LEAST_LETTERS <= len(_letters(clause)) <= LONGEST_CLAUSE
            ]
            if len(named) >= (LEAST_NUMBERED if _SECOND.search(sentence) else LEAST_CLAUSES):
                return named
    return []


_SECOND = re.compile(r"(?<!\w)\(?[2b][.)](?=\s)")
LEAST_NUMBERED = 2
"""The second number of a sentence that counts what it names, and how many papers at least such a one names."""

LEAST_LETTERS = 4
"""Letters of what a list calls a paper."""

LEAST_SENTENCE, LEAST_CLAUSES, LONGEST_CLAUSE = 30, 3, 90
"""Letters of a sentence that names several papers, the papers of it, and the letters of one."""


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))
