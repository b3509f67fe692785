"""Findings of audits as points of a list under a head that says so."""

import re
from collections.abc import Sequence

from evidence.facts.tables import choices, says_no_finding
from evidence.facts.text import fold, phrases
from evidence.model import Passage

FOUND = re.compile(rf"{phrases('audits_flags', 'found').pattern}|{phrases('audits_flags', 'counted').pattern}")

LONGEST_COUNTED = 40
"""Letters of the head of a column that counts findings."""

LEAST_TOLD = 12
"""Letters beside its number from which a line tells what was found."""


def found_good(line: str) -> bool:
    """Whether a row ends in a word of assent: a clause on nonconforming product that is kept is no finding."""
    cells = [fold(cell).strip(" .") for cell in line.split("|") if cell.strip()]
    return len(cells) >= 2 and cells[-1] in choices("yes")


def below_head(text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The points of a list under a head that says that they are findings: ``Nonconformities:``, ``- gauges without sticker``."""
    found: list[tuple[Passage, str]] = []
    under = False
    for passage, line in text:
        point = _POINT.match(fold(line))
        if not point:
            under = _heads_findings(line)
        elif under and sum(map(str.isalpha, line)) >= LEAST_TOLD // (1 if line[point.end() :][:1].isascii() else 2):
            if says_no_finding(line) or found_good(line):
                return []
            found.append((passage, line))
    return found


_POINT = re.compile(r"\s*(?:[-*•–▪·]|\(?\d{1,2}[.)、]|[a-h][.)])\s?(?=\S)")


def _heads_findings(line: str) -> bool:
    """Whether a short line names findings and says nothing of them."""
    bare = fold(line).strip(" |:\uff1a#.")
    return 0 < len(bare) <= LONGEST_COUNTED and FOUND.search(bare) is not None and not says_no_finding(bare)
