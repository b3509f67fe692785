"""Lines of a form whose heads and fields no sign parts, as OCR reads them: ``Opening date 03.08.2026``."""

import re

from evidence.facts.case_heads import DATES, NARRATIVE
from evidence.facts.case_words import lexicon
from evidence.facts.text import Span, fold


def run_together(line: Span) -> list[Span]:
    """A line in which the fields of a report follow each other without a sign between them, as OCR reads a form: cut at the heads of the
    problem, the cause and the action, which stand in this order, each with a capital; empty for any other line.
    """
    if headed := _before_its_day(line):
        return headed
    if len(line.text) < LEAST_RUN or len(_CAPITALS.findall(line.text)) < len(IN_ORDER) - 1:
        return []
    heads = [
        match
        for match in lexicon().pattern.finditer(fold(line.text))
        if line.text[match.start()].isupper()
        and not line.text[match.end() : match.end() + LONGEST_COLON].lstrip().startswith((":", "\uff1a"))
        and lexicon().role_of(match[0]) in NARRATIVE
    ]
    roles = [lexicon().role_of(match[0]) for match in heads]
    if len(set(roles)) < len(roles) or [role for role in roles if role in IN_ORDER] != list(IN_ORDER):
        return []
    ends = [*(match.start() for match in heads[1:]), len(line.text)]
    before = line.text[: heads[0].start()].rstrip()
    return [
        *([Span(line.start, line.start + len(before), before)] if before else []),
        *(
            Span(line.start + match.start(), line.start + end, f"{line.text[match.start() : match.end()]}: {told}")
            for match, end in zip(heads, ends, strict=True)
            for told in [line.text[match.end() : end].strip(" .")]
        ),
    ]


_CAPITALS = re.compile(r"(?<=[^\s.!?:;|] )[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]")
"""A capital within a sentence: where a head follows what the one before it told."""

IN_ORDER = ("problem", "root_cause", "action")
"""The parts that every report has, in their order."""

LEAST_RUN = 60
"""Letters of a line that holds them all."""

LONGEST_COLON = 3
"""Letters behind a head in which its colon stands."""


def _before_its_day(line: Span) -> list[Span]:
    """A short line that ends in a day right behind the head of one, the two as a field; empty for any other line."""
    match = _ENDS_IN_DAY.fullmatch(line.text.strip())
    if match is None:
        return []
    folded = fold(match["label"])
    heads = [one for one in lexicon().pattern.finditer(folded) if one.end() == len(folded)]
    if not heads or lexicon().role_of(heads[-1][0]) not in DATES:
        return []
    return [Span(line.start, line.end, f"{match['label'][heads[-1].start() :]}: {match['day']}")]


_ENDS_IN_DAY = re.compile(
    r"(?P<label>[^\W\d_][^\d|:\uff1a]{2,40}?)\s(?P<day>\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2} [^\W\d_]{3,10} \d{4})"
)
