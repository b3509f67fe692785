"""What the place for the look at the effect holds that is no look: a promise of one, a word that none was needed, a bare day, a photograph of
what was done.
"""

import re
from functools import cache

from evidence.data import table
from evidence.defects import akin_to, telling
from evidence.facts.case_heads import head_of, meaning
from evidence.facts.months import MONTHS
from evidence.facts.text import fold, late, phrases, table_words, words
from evidence.model import DocumentReport

WHOLE_DAYS = late(
    r"\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?|\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,10}\.? \d{2,4}|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}"
)
"""A day with its year in folded text."""

LONGEST_PROMISE = 60
"""Letters of a field without figures that can be a promise and nothing else."""


def is_promise(told: str) -> bool:
    """Whether a field only says that something is going to be looked at, or that the look goes on; the day for which it is planned and
    how much will be looked at are no figures of a look.
    """
    folded = fold(told)
    if table_words("evaluation", "not_yet").fullmatch(folded.strip(" .:;-–。")):
        return True
    promised = phrases("trends", "promised").search(folded)
    if promised is None or len(told) > LONGEST_PROMISE or _good().search(folded):
        return False
    bare = without_days(folded)
    if not _LOOKED_BEFORE.search(without_days(folded[: promised.start()])):
        bare = _AMOUNT.sub(" ", bare)
    return not any(char.isdigit() for char in bare)


_AMOUNT = late(rf"(?<![\d./-])\d{{1,3}}\s?(?:{phrases('trends', 'promised_amounts').pattern})")
_LOOKED_BEFORE = re.compile(r"\d")


def is_spared(told: str) -> bool:
    """Whether a field only says that no look was thought necessary."""
    bare = any(map(str.isdigit, told)) is False and len(told) <= LONGEST_PROMISE
    return bare and phrases("corrective_flags", "spared").search(fold(told)) is not None


def tells_no_look(told: str, role: str, action: str = "") -> bool:
    """Whether a field holds nothing but a photograph, the heads of a plan whose results nobody wrote down, or a word that the action was
    done, beside words of the action; in a form also, nothing but a day.
    """
    left = without_days(fold(told))
    if not any(map(str.isalnum, left)):
        return role == "form"
    left = _AMOUNT.sub(" ", left)
    if any(map(str.isdigit, left)) or not phrases("corrective_flags", "shows_done").search(left):
        return False
    for sign in _PAIRS.findall(left):
        if sign in action:
            left = left.replace(sign, " ")
    for pattern in (phrases("corrective_flags", "shows_done"), _plain()):
        left = pattern.sub(" ", left)
    known = telling(action)
    dense = sum(map(len, _DENSE.findall(left)))
    return dense <= 1 and all(akin_to(word, known) for word in telling(_DENSE.sub(" ", left)))


_DENSE = re.compile(r"[\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]+")
_PAIRS = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]{2}")


def without_days(folded: str) -> str:
    """A folded text without the days and months it names."""
    return _month_of_year().sub(" ", WHOLE_DAYS.sub(" ", folded))


@cache
def _month_of_year() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(MONTHS, key=lambda name: -len(name)))
    return re.compile(
        rf"(?:\d{{1,2}}\s)?(?<![^\W\d_])(?:{names})\.?\s?\d{{2,4}}|(?<!\d)\d{{1,2}}[/.-]\d{{4}}|\d{{4}}[/.-]\d{{1,2}}(?!\d)|\d{{4}}년\s?\d{{1,2}}월|\d{{4}}年\d{{1,2}}月"
        rf"|(?<![\d./-])\d{{1,2}}/\d{{1,2}}(?![\d./%-])|\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일号]?"
        rf"|(?<![^\W\d_])\d{{1,2}}\s(?:{names})(?![^\W\d_])|(?:tháng|ngày|tgl|tanggal|q|cw|kw|wk|week)\.?\s?\d{{1,2}}(?:/\d{{2,4}})?"
    )


@cache
def _good() -> re.Pattern[str]:
    """What was found, and so looked at: ``checked as planned, no recurrence``."""
    lists = (("corrective_flags", "none_found"), ("corrective_flags", "all_well"), ("audits_flags", "none_before"))
    return late("|".join(phrases(*names).pattern for names in lists))


@cache
def _plain() -> re.Pattern[str]:
    return words(tuple(table("restated")["words"]["plain"]))


def checks_all_below(document: DocumentReport) -> bool:
    """Whether a line of its own under a register tells how the effect of its cases was seen: ``Effectiveness: no repeat in three lots``."""
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            label, sign, told = line.replace("\uff1a", ":").partition(":")
            if "|" not in line and sign and head_of(label) == "effectiveness" and meaning(told):
                return sum(map(str.isalpha, told)) >= LEAST_TOLD
    return False


LEAST_TOLD = 8
"""Letters of a line that says how the effect was seen."""
