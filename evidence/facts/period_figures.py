"""Figures of periods as the cells of a sheet tell them: with a verdict or a sign behind them, or in points."""

import re

from evidence.data import table
from evidence.facts.numbers import Amount, amount
from evidence.facts.text import fold, words


def period_figure(text: str, comma: bool) -> Amount | None:
    """The figure of a cell under a period: ``1.5 % (met)``, ``98% ✓``, ``90 points``; None for a cell that tells anything else."""
    found = amount(text, comma)
    if found is not None or not any(map(str.isdigit, text)) or len(text) > LONGEST:
        return found
    bare = _VERDICT.sub("", fold(text)).strip()
    return amount(_POINTS.sub("", bare).strip(), comma)


LONGEST = 40
"""Letters of a cell with a figure and its verdict."""

_VERDICT = re.compile(r"\s?(?:[(（\[][^()（）\[\]\d]{1,20}[)）\]]|[✓✔√○◎●▲△▼×✗☑]|(?<=%)\s[^\W\d_][^\d|]{0,14})$")
"""Behind a figure: words in brackets, a sign, or a word behind its per cent."""

_POINTS = re.compile(rf"(?<=\d)\s?(?:{words(tuple(table('measures')['row_words']['points'])).pattern})$")
