"""Fields of a filled paper in which the model text still stands: the mask of a day or number, the name that all model texts give."""

import re

from evidence.facts.text import late, phrases
from evidence.flags.placeholders import line_of, shows_how

_DAY_MASK = (
    r"(?:dd|gg|tt|hh|nn|วว|tgl|ngày)[/.-](?:mm|aa|bb|tt|ดด|bln|tháng)[/.-](?:yy(?:yy)?|aaaa|tttt|nnnn|jjjj|ปปปป|thn|năm)|mm[/.-]dd[/.-]yyyy|"
    r"yyyy\s?[/.年년-]\s?mm\s?[/.月월-]\s?dd\s?[日일]?|xx[/.-]xx[/.-]xx(?:xx)?|[○〇×x]{2,4}\s?[年년]\s?[○〇×x]{1,2}\s?[月월]\s?[○〇×x]{1,2}\s?[日일]"
)
_NUMBER_MASK = r"(?:[a-z]{1,5}[-/.]){1,3}x{2,}(?:[-/.][a-z0]{2,}){0,3}|x{2,}(?:[-/.][x0]{2,}){1,3}|x{4,}"
_PERSON = rf"(?:{phrases('papers_flags', 'model_people').pattern}|{phrases('papers_flags', 'model_persons').pattern})"

_FIELD = late(
    rf"(?m)(?<=[|:：])[^\S\n]{{0,3}}(?:(?P<mask>{_DAY_MASK}|{_NUMBER_MASK})[^\S\n]{{0,3}}(?=\||$|[.;；。](?:\s|$))|"
    rf"(?P<person>{_PERSON})[^\S\n]{{0,3}}(?=\||$))"
)
_FORMAT = phrases("papers_flags", "format_of")

MOST_CELLS = 8
"""Cells of a line of fields; a longer one is a row of a table, whose mask says how its column is filled."""


def left_in_field(folded: str) -> re.Match[str] | None:
    """The first field of a folded text that holds a mask behind its label, or the name of nobody; none behind a label for how days or
    numbers are written, nor in a row that a number begins or that shows how others are filled.
    """
    for match in _FIELD.finditer(folded):
        line = line_of(folded, match)
        if shows_how(line):
            continue
        if match["person"]:
            return match
        before = match.start() - 1
        label = folded[max(folded.rfind(sign, 0, before) for sign in "|:：\n") + 1 : before].strip()
        if (
            any(map(str.isalpha, label))
            and not any(map(str.isdigit, label))
            and not _FORMAT.search(label)
            and line.count("|") < MOST_CELLS
        ):
            return match
    return None
