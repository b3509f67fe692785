"""Rules changed under an old approval: the last row of the editions is later than every signature, and these are of an edition before."""

import re
from datetime import date

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import fold, late, phrases
from evidence.flags.dated_lines import Changed, DatedLine, dated_lines, days_signed
from evidence.model import DocumentReport

LATEST = 31
"""Days behind its approval on which an edition may come into force."""

LEAST_ROWS = 2
"""Editions that a table lists."""

_EDITION = late(rf"\s*(?:{phrases('papers_flags', 'editions').pattern})\W{{0,3}}\s*")
_APPROVES = phrases("papers_flags", "approving")
_NUMBER = re.compile(r"\s*[^\W\d_]{0,8}[.\s-]{0,2}(?:\d{1,2}(?:[./]\d{1,2})?|[a-h])\s*")


def unsigned_edition(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """The newest edition of a paper that nobody signed, where the days of its signatures fit the edition before."""
    if is_example(document):
        return None
    told = list(dated_lines(bundle, document))
    rows = _rows(told)
    if len(rows) < LEAST_ROWS:
        return None
    in_rows = {id(line) for line, _ in rows}
    others = [line for line in told if id(line) not in in_rows]
    signed = days_signed(bundle, document, others, {edition for _, edition in rows})
    ordered = sorted(rows, key=lambda row: row[1])
    (_, before), (newest, edition) = ordered[-2:]
    if not signed or max(signed) >= edition or (edition - max(signed)).days <= LATEST:
        return None
    later = [day for line in others for _, _, day, _ in line.days if day >= edition]
    if max(signed) < before or later:
        return None  # signed once for all, or signed or put in force where it cannot be told
    return Changed(max(signed), edition, cite(document, newest.passage, newest.text.strip()))


def _rows(told: list[DatedLine]) -> list[tuple[DatedLine, date]]:
    """The rows of a table of editions with the day of each; none where each has a place for who approved it."""
    found: list[tuple[DatedLine, date]] = []
    headed = False
    for line in told:
        cells = line.text.split("|")
        if len(cells) > LEAST_ROWS and not line.days and _EDITION.fullmatch(fold(cells[0])):
            headed = not any(_APPROVES.search(fold(cell)) for cell in cells)
            continue
        if headed and len(cells) > LEAST_ROWS and line.days and _NUMBER.fullmatch(fold(cells[0])):
            found.append((line, line.days[0][2]))
        elif "|" not in line.text or not line.days:
            headed = False
    return found
