"""Figures told in a sentence or field beside what is asked of them, and below it: ``on-time delivery 93.1 % (target ≥ 97 %)``."""

import re
from collections.abc import Iterator

from evidence.facts.indicators import HIGH_SHARE, WHOLE
from evidence.facts.text import fold, late, phrases
from evidence.flags.missed_limits import Ends, Missed, ends_of, misses, same_unit, value_of
from evidence.flags.told_tables import TableRow, sentences
from evidence.model import DocumentReport

LONGEST_LABEL = 70
"""Letters before a figure that tell what it is of."""

_ASKED = rf"(?:{phrases('metrics_flags', 'target').pattern}|{phrases('said_met', 'limit_row').pattern}|{phrases('grades', 'pass_mark').pattern})"
_ASK = late(_ASKED)
_FIGURE = r"[-+]?\d{1,3}(?:[ ,.]?\d{3}){0,4}(?:[.,]\d{1,4})?\s?(?:%|‰|ppm|[^\W\d_]{1,6}(?:/[^\W\d_]{1,6})?)?"
_SIDE = rf"(?:[≤≥<>]=?|{phrases('said_met', 'most').pattern}|{phrases('said_met', 'least').pattern}|max\.?|min\.?|maks\.?|maksimal|minimal|tối đa|tối thiểu)"
_BESIDE = late(
    rf"(?P<value>(?<![\d.,/-]){_FIGURE})\s?"
    rf"(?:[(（,;，；/|]|\s-\s|[^\d.;。；|()（）]{{0,24}}?)\s?(?:vs\.?|against|so với|terhadap|เทียบ|对比|较|대비)?\s?(?:the |a |of )?"
    rf"(?P<asked>{_ASKED})\s?(?:is|was|of|là|adalah|คือ|为|:|：|=)?\s?(?P<limit>(?:{_SIDE})?\s?{_FIGURE}(?:\s?(?:以上|以下|以内|이상|이하|이내|trở lên|ke atas|ขึ้นไป|or more|or less|max|min|ve üzeri))?)(?![\d.,/-]*\d)"
)
_BEFORE = late(
    rf"(?P<asked>{_ASKED})\s?(?:is|was|of|là|:|：|=)?\s?"
    rf"(?P<limit>(?:{_SIDE})?\s?{_FIGURE}(?:\s?(?:以上|以下|以内|이상|이하|이내|trở lên|ke atas|ขึ้นไป|or more|or less|ve üzeri))?)\s?[)）\]]?\s?[:：,;，；|]?\s?"
    rf"(?:{phrases('measures_told', 'found').pattern})?\s?[:：=]?\s?(?P<value>(?<![\d.,/-]){_FIGURE})(?![\d.,/-]*\d)"
)
_LABEL = rf"(?P<label>[^\d|:：,;()（）≤≥<>]{{3,{LONGEST_LABEL}}}?)"
_LABEL_BESIDE, _LABEL_BEFORE = late(rf"{_LABEL}\s?[:：|=]?\s?$"), late(rf"{_LABEL}\s?[:：|]?\s?[(（\[]?\s?$")
"""What a figure is of, right before it or before what is asked: looked for behind those, for every letter may begin a label."""


def _labelled(folded: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The figures beside what is asked of them, each with its label."""
    for pattern, label in ((_BESIDE, _LABEL_BESIDE), (_BEFORE, _LABEL_BEFORE)):
        last = 0
        for match in pattern.finditer(folded):
            if named := label.search(folded[max(last, match.start() - LONGEST_LABEL - BETWEEN) : match.start()]):
                yield " ".join(named["label"].split()), match
                last = match.end()


BETWEEN = 4
"""Signs between a label and what it names."""


def told_missed(document: DocumentReport) -> Iterator[Missed]:
    """The figures outside tables that miss what the same sentence asks of them."""
    for passage, sentence in sentences(document):
        folded = fold(sentence)
        if not any(map(str.isdigit, folded)) or not _ASK.search(folded):
            continue  # said first: most sentences ask for nothing, and the labels before their figures are many
        for label, match in _labelled(folded):
            limit, value = (" ".join(match[name].split()) for name in ("limit", "value"))
            ends, read = _ends(limit, label, match["asked"]), value_of(value)
            if sum(map(str.isalpha, folded[match.end() :])) > LONGEST_BEHIND or _REACTION.search(folded[match.end() :]):
                continue  # what became of it
            if read is None or ends == (None, None) or not same_unit(limit, value):
                continue
            if misses(read, ends):
                row = TableRow(passage, sentence, [label, limit, value])
                yield Missed(row, label.strip(" -•*"), value, limit, "")


LONGEST_BEHIND = 24
"""Letters behind a figure and its limit that only say whether it was met."""


def _ends(limit: str, label: str, asked: str) -> Ends:
    """The ends of a limit; a mark to pass and a high share are reached from below."""
    ends = ends_of(limit, label, asked)
    end = value_of(limit) if ends == (None, None) else None
    if end is not None and (_PASS_MARK.fullmatch(asked) or ("%" in limit and HIGH_SHARE <= end <= WHOLE)):
        return end, None
    return ends


_PASS_MARK, _REACTION = phrases("grades", "pass_mark"), phrases("readings_flags", "reaction")
