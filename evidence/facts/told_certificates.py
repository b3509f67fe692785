"""Certificates that other papers tell of: a row of a register, a cell of minutes, a slide, the form in a mail.

Facts have kind ``told_certificate``. Role ``row`` or ``text``: ``{"standards", "editions", "issue", "expiry", "original", "visits",
"watched", "ended", "holder"}``, the days in their normal form or none; ``visits`` are days on which it was watched over, ``watched`` says that the
row has a place for them, ``ended`` that the certificate is kept for the record. Role ``visit_left``: a line of a plan that names a
surveillance visit which was not held, ``{}``. Which of two days is which is told by their heads and words, and where these are silent
by arithmetic: a certificate runs for whole years.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evidence.data import table
from evidence.facts.certificate_bodies import BODY_WORD
from evidence.facts.certificate_days import SURVEILLANCE
from evidence.facts.certificate_editions import edition_apart, lacks_edition
from evidence.facts.certificate_names import is_company
from evidence.facts.certificate_standards import NUMBERED, Mention, mentions, names_system
from evidence.facts.grids import Grid, GridCell, headed, upright
from evidence.facts.sources import Source, fact
from evidence.facts.supplier_heads import is_name_head, is_provider_head, is_supplier_head
from evidence.facts.text import Span, fold, lines, phrases, words
from evidence.facts.told_terms import Day, days_told, term
from evidence.model import Fact, Passage

KIND = "told_certificate"

LONGEST = 12_000
"""Characters of a paper that is read for certificates told in its sentences; rows of tables are read in any."""

LEAST_CELLS = 3
"""Filled cells of a row that tells of a certificate: its standard, from when, until when."""

_ENDED, _PERSONAL, _VISITED, _DONE, _CERTIFICATE, _TERM = (
    phrases("told_certificates", name) for name in ("ended", "personal", "visited", "done", "certificate", "term")
)
_YEAR_WORD = r"(?:-? ?years?|yrs?|năm|tahun|thn|ปี|年|년|yıl|jahre?|ans|años|anni)(?![^\W\d_])"
_COUNTS = {
    name: count
    for count, names in enumerate(
        (
            "four|bốn|empat|สี่|四|dört|vier|quatre|cuatro", "five|năm|lima|ห้า|五|beş|fünf|cinq|cinco",
            "six|sáu|enam|หก|六|altı|sechs|seis", "seven|bảy|tujuh|เจ็ด|七|yedi", "eight|tám|delapan|lapan|แปด|八|sekiz",
            "nine|chín|sembilan|เก้า|九|dokuz", "ten|mười|sepuluh|สิบ|十|on|zehn|dix|diez",
        ), 4,
    )
    for name in names.split("|")
}  # fmt: skip
"""Years for which no certificate of a system runs, in words: ``valid for five years``."""
_NUMBER_OF_YEARS = re.compile(rf"(?<![\w./-])(\d{{1,2}}|{'|'.join(_COUNTS)}) ?(?:\(\d{{1,2}}\) ?)?{_YEAR_WORD}")
_IN_YEARS = re.compile(_YEAR_WORD)


def find_told_certificates(source: Source) -> Iterator[Fact]:
    """The certificates that the tables and the sentences of a paper tell of, and the visits of a plan that were not held."""
    if not any(names_system(fold(passage.text)) for passage in source.passages):
        return
    rows = list(_of_tables(source))
    yield from rows
    if sum(len(passage.text) for passage in source.passages) > LONGEST:
        return
    taken = {(item.passage, line) for item in rows for line in item.quote.split("\n")} | set(_of_others(source))
    yield from _of_text(source, taken)


def _of_others(source: Source) -> Iterator[tuple[str, str]]:
    """The lines of tables of other firms, with their passages."""
    for grid in map(_standing, source.grids):
        if _lists_others(grid):
            for row in grid.rows:
                if filled := [cell for cell in row if cell.text and cell.passage is not None]:
                    passage, start, end = _line_of(filled)
                    yield passage.id, passage.text[start:end]


# --- tables


def _of_tables(source: Source) -> Iterator[Fact]:
    for grid in map(_standing, source.grids):
        if grid.hidden or _lists_others(grid):
            continue
        done_at = [index for index, head in enumerate(grid.heads) if head and _DONE.search(fold(head))]
        for row in grid.rows:
            filled = [cell for cell in row if cell.text and cell.passage is not None]
            if not filled:
                continue
            at = next((cell for cell in filled if names_system(fold(cell.text))), None)
            if at is not None and len(filled) >= LEAST_CELLS:
                yield from _of_row(source, grid, row, at)
            elif at is None or not days_told(source, at.text, ""):
                yield from _left(row, filled, done_at)


def _standing(grid: Grid) -> Grid:
    """The table with its heads, turned where the standards stand beside each other over their numbers and days."""
    grid = headed(grid)
    beside = [head for head in grid.heads[1:] if head and names_system(fold(head))]
    return upright(grid) if len(beside) > 1 and not names_system(fold(grid.heads[0])) and len(grid.rows) > 1 else grid


def _lists_others(grid: Grid) -> bool:
    """Whether a table lists other firms, whose certificates are not the factory's. The first row of a form, in which a firm tells of
    itself, has a name or a day beside the word for a supplier.
    """
    heads = [head for head in grid.heads if head]
    if any(is_company(head) or any(map(str.isdigit, head)) for head in heads):
        return False
    return any(
        (is_supplier_head(head) or is_name_head(head) or is_provider_head(head)) and not _CERTIFICATE.search(fold(head))
        for head in heads
    )


def _left(row: Sequence[GridCell], filled: Sequence[GridCell], done_at: Sequence[int]) -> Iterator[Fact]:
    """A line of a plan with a surveillance visit, and nothing in the columns for what was done."""
    named = next((cell for cell in filled if SURVEILLANCE.search(fold(cell.text))), None)
    if named is None or not done_at:
        return
    if all(not any(map(str.isalnum, row[index].text)) for index in done_at):
        passage, start, end = _line_of(filled)
        yield fact(KIND, "visit_left", "{}", passage, start, end)


def _line_of(filled: Sequence[GridCell]) -> tuple[Passage, int, int]:
    """The passage of a row, and where its line begins and ends in it."""
    first = filled[0]
    assert first.passage is not None
    text = first.passage.text
    end = text.find("\n", first.start)
    return first.passage, text.rfind("\n", 0, first.start) + 1, len(text) if end < 0 else end


def _of_row(source: Source, grid: Grid, row: Sequence[GridCell], at: GridCell) -> Iterator[Fact]:
    named = systems(at.text)
    filled = [cell for cell in row if cell.text and cell.passage is not None]
    if not named or any(_PERSONAL.search(fold(cell.text)) for cell in filled):
        return
    days: list[Day] = []
    watched = False
    for head, cell in zip(grid.heads, row, strict=True):
        of_visits = bool(SURVEILLANCE.search(fold(head)) or _VISITED.search(fold(head)))
        watched = watched or of_visits
        if cell.text:
            days += days_told(source, cell.text, head, of_visits)
    told = " | ".join(
        f"{cell.text} years" if cell.text.isdigit() and _IN_YEARS.search(fold(head)) else cell.text
        for head, cell in zip(grid.heads, row, strict=True)
        if cell.text
    )
    heads = " | ".join(head for head in grid.heads if head)
    if not _stands_alone(at.text) and not _CERTIFICATE.search(fold(f"{told} {heads}")):
        return  # a manual or a plan that names a standard has days too
    told = f"{told} | {' | '.join(head for head in grid.heads if _TERM.search(fold(head)))}"
    yield from _made(named, days, told, watched, "row", _line_of(filled), _holder(grid.heads, row))


def _holder(heads: Sequence[str], row: Sequence[GridCell]) -> str:
    """The company that a row names, but for those who certify; ``""`` for none."""
    for head, cell in zip(heads, row, strict=True):
        of_body = _BODY.search(fold(head)) or _CERTIFICATE.search(fold(head)) or BODY_WORD.search(fold(cell.text))
        named = len(cell.text) <= LONGEST_NAME and not any(map(str.isdigit, cell.text)) and is_company(cell.text)
        if named and not of_body:
            return cell.text
    return ""


LONGEST_NAME = 90
"""Letters of a cell that holds a company's name alone."""

_BODY = words(tuple(table("certificate_labels")["stems"]["body"]))


# --- sentences and forms


def _of_text(source: Source, taken: set[tuple[str, str]]) -> Iterator[Fact]:
    """Certificates told in a line or, where no line tells one whole, in the lines from its standard to the next."""
    shown = [
        _Line(passage, line)
        for passage in source.passages
        if not passage.hidden
        for line in lines(passage.text)
        if (passage.id, line.text) not in taken
    ]
    apart = _edition_apart([line.text for line in shown], tuple(source.passages))
    made: list[Fact] = []
    whole = set[str]()
    for line in shown:
        for begin, piece in _sentences(line.text):
            if not names_system(fold(piece)) or _PERSONAL.search(fold(piece)) or not _speaks_of_one(line, piece):
                continue
            place = line.passage, line.start + begin, line.start + begin + len(piece)
            found = list(_made(systems(piece), days_told(source, piece, ""), piece, False, "text", place))
            whole |= {line.passage.id} if found else set()
            made += found
    yield from made
    for named, block in _blocks(shown):
        told = "\n".join(line.text for line in block)
        naming = [line.text for line in block if names_system(fold(line.text)) and _speaks_of_one(line, line.text)]
        if any(line.passage.id in whole for line in block) or not _CERTIFICATE.search(fold(told)):
            continue
        if not naming or any(_PERSONAL.search(fold(text)) for text in naming):
            continue
        days = [day for line in block for day in days_told(source, line.text, "")]
        first = next((line for line in block if names_system(fold(line.text))), block[0])
        inside = [line for line in block if line.passage is first.passage]
        place = first.passage, inside[0].start, inside[-1].start + len(inside[-1].text)
        named = [replace(found, edition=found.edition or apart.get(found.name, "")) for found in named]
        yield from _made(named, days, told, False, "text", place)


def _edition_apart(texts: Sequence[str], passages: tuple[Passage, ...]) -> dict[str, str]:
    """The edition of the one standard that a paper names, where it stands apart from it: ``Edition | 2008``."""
    name = lacks_edition([found for text in texts for found in systems(text)])
    found = next(edition_apart(passages, name), None) if name else None
    return {name: found.value} if found else {}


def _speaks_of_one(line: "_Line", piece: str) -> bool:
    """Whether a line with a standard is about a certificate: by a word of its own, or in a row because the standard has a cell for itself,
    or in a list or a sentence by those around it.
    """
    if _CERTIFICATE.search(fold(piece)):
        return True
    if "|" in piece:
        return any(_stands_alone(cell) for cell in piece.split("|") if names_system(fold(cell)))
    return _CERTIFICATE.search(fold(" ".join((*line.passage.heading, line.passage.text)))) is not None


def _stands_alone(cell: str) -> bool:
    """Whether a cell says hardly more than the standard."""
    return sum(map(str.isalpha, NUMBERED.sub(" ", fold(cell)))) <= MOST_BESIDE


MOST_BESIDE = 12
"""Letters beside a standard that only say what it is of: ``ISO 9001:2015 QMS``."""


@dataclass(frozen=True)
class _Line:
    """A line of a passage."""

    passage: Passage
    line: Span

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def start(self) -> int:
        return self.line.start


def _blocks(shown: Sequence[_Line]) -> Iterator[tuple[list[Mention], list[_Line]]]:
    """The lines that belong to a standard: all of a passage and the next where they name no other, else those from a line that names one
    to the next that does.
    """
    naming = [index for index, line in enumerate(shown) if names_system(fold(line.text))]
    named = {index: systems(shown[index].text) for index in naming}
    if len({tuple(sorted({found.name for found in group})) for group in named.values() if group}) == 1:
        order = list(dict.fromkeys(line.passage.id for line in shown))
        first = order.index(shown[naming[0]].passage.id)
        near = order[first : first + NEAR]
        yield (
            [found for group in named.values() for found in group],
            [line for line in shown if line.passage.id in near],
        )
        return
    for index, following in itertools.zip_longest(naming, naming[1:]):
        if named[index]:
            yield named[index], list(shown[index:following][:LONGEST_BLOCK])


NEAR = 2
"""Passages in which the fields of one certificate stand."""

LONGEST_BLOCK = 10
"""Lines of the fields of one certificate, below its standard."""


def systems(text: str) -> list[Mention]:
    """The standards of management systems that a text names, with an edition that stands apart from its number: ``ISO 9001 (2008)``."""
    folded, found = fold(text), []
    for mention in mentions(folded, text):
        if not mention.of_system:
            continue
        year = None if mention.edition else _EDITION_BEHIND.match(folded, mention.end)
        found.append(replace(mention, edition=f"{mention.name}:{year[1]}") if year else mention)
    return found


_EDITION_BEHIND = re.compile(
    rf"\s?(?:[(（\[/.,]|(?:[(（]\s?)?(?:{phrases('certificates_flags', 'edition').pattern})|(?=(?:19|20)\d\d\s?年?版))\s?[:.]?\s?((?:19|20)\d\d)(?![\d./-]*\d)"
)
"""What stands between a standard and the year of its edition, where it is no colon."""


_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.]\s+(?=\S)|[。；]|;\s|\s\|\s")


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    """A line with a standard and all of its days, sentence by sentence where more than one names a standard."""
    pieces = list(_cut(line, _SENTENCE))
    if sum(names_system(fold(piece)) for _, piece in pieces) < LEAST_NAMED:
        yield 0, line
    else:
        yield from pieces


LEAST_NAMED = 2


def _cut(line: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    start = 0
    for match in pattern.finditer(line):
        yield start, line[start : match.start()]
        start = match.end()
    yield start, line[start:]


def _made(
    named: Sequence[Mention],
    days: Sequence[Day],
    told: str,
    watched: bool,
    role: str,
    place: tuple[Passage, int, int],
    holder: str = "",
) -> Iterator[Fact]:
    """The fact, where the days hold the term of a certificate."""
    folded = fold(told)
    own = [day for day in days if not day.visit]
    issue, expiry = term(own)
    if issue and not expiry and (years := _NUMBER_OF_YEARS.search(folded)) and _TERM.search(folded):
        run = _COUNTS.get(years[1]) or int(years[1])
        expiry = (date.fromisoformat(issue) + timedelta(days=round(run * 365.25) - 1)).isoformat()
    if not expiry:
        return
    first = [day.value for day in own if day.role == "original"]
    visits = [
        day.value
        for day in days
        if not day.left
        and day.value not in (issue, expiry)
        and (day.visit or (role == "row" and issue and issue < day.value < expiry))
    ]
    value = {
        "standards": list(dict.fromkeys(found.name for found in named)),
        "editions": list(dict.fromkeys(found.edition for found in named if found.edition)),
        "issue": issue,
        "expiry": expiry,
        "original": min(first) if first else None,
        "visits": visits,
        "watched": watched or bool(SURVEILLANCE.search(folded)),
        "ended": bool(_ENDED.search(folded)),
        "holder": holder,
    }
    yield fact(KIND, role, json.dumps(value, ensure_ascii=False), *place)
