"""Days ahead that words tell to be of something done: a verb in the past, what was found, minutes of what was held."""

import re

from evidence.facts.text import fold, late, phrases, table_words
from evidence.model import DocumentReport, Fact

_IF = phrases("papers_flags", "ruled")
_FOUND = late(rf"{phrases('paper_days', 'came_out').pattern}|{phrases('paper_days', 'found').pattern}")
_TURKISH_ON = re.compile(r"['’]?(?:t[ea]|d[ea])(?![^\W\d_])|\s?(?:günü|tarihinde)")
"""What Turkish hangs on a day on which something is; ``-e`` and ``-a`` put it off to one."""
_TURKISH_DID = re.compile(r"[^\W\d_]{2}(?:[dt][ıiuü])(?:k|m|lar|ler)?\s?(?:[.:;,]|$)")
_TURKISH_MEANT = late(
    r"[^\W\d_]{2}m[ae]s[ıi](?:n[ıiae])?\s|karar|karş[ıi]laşt|planland|istend|öner|talep|ertelen|al[ıi]nd[ıi] termin"
)
"""What a past verb says of a work that lies ahead: its doing was decided, planned, asked for."""
_KOREAN_DID = re.compile(r"[가-힣](?:았|었|였|했|됐|졌)(?:다|음|으며|고|습니다|으나|는데)")
_KOREAN_MEANT = re.compile(r"하기로|기로 했|요청|결정|예정|계획|통보|한다고|하도록|일정|확정|합의|발주")


def tells_work_done(told: str, day: str) -> bool:
    """Whether the folded field or sentence of a day tells what was done on it by a verb in the past, or what was found before it with
    a figure: ``8 points checked, no crack found, Ann, 15 December``. What is to be done where something is tells nothing.
    """
    before, behind = told.split(day, 1) if day in told else (told, "")
    if _IF.search(told):
        return False
    if _TURKISH_ON.match(behind) and _TURKISH_DID.search(behind) and not _TURKISH_MEANT.search(behind):
        return True
    if _KOREAN_DID.search(behind) and not _KOREAN_MEANT.search(behind):
        return True
    if any(map(str.isalpha, behind)) or _GOES_ON.search(before):
        return False
    return any(map(str.isdigit, before)) and _FOUND.search(before) is not None


_GOES_ON = late(rf"(?:{phrases('paper_days', 'goes_on').pattern})\W{{0,3}}$")
"""Right before a day: what was found so far, and when it is looked at again."""


def is_signed(told: str, day: str) -> bool:
    """Whether a day, in a field or sentence as it is written, stands behind nothing but the names of those who did or approved what is
    recorded: ``Evaluated by: Indah P. (Purchasing), Bayu R. (QC) on 3 December``.
    """
    before, found, _ = told.partition(day)
    *_, signed = (None, *_SIGNED_BY.finditer(fold(before)))
    if not found or signed is None or len(fold(before)) != len(before):
        return False
    between = _OFFICES.sub(" ", before[signed.end() :])
    words = [word for word in _WORD.findall(between) if not _JOINS.fullmatch(fold(word))]
    if not words or len(words) > MOST_OF_NAMES or any(word[0].islower() for word in words):
        return False
    return signed[0][-1] in ":：" or all(word[0].isupper() for word in words)


MOST_OF_NAMES = 12
"""Words of the names of those who signed together."""

_SIGNED_BY = late(rf"(?:^|[|;,.。；，/]|(?<=\s))\s*(?:{phrases('paper_days', 'signed_by').pattern})\s?[:：]?")
_OFFICES = re.compile(r"[(（][^()（）]*[)）]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINS = late(
    rf"{table_words('inspection', 'and').pattern}|{phrases('paper_days', 'of_record').pattern}|{phrases('paper_days', 'signed_by').pattern}|on|dated|by|oleh|bởi|vào|pada|tarafından|days?"
)


def is_put_ahead(told: str, day: str) -> bool:
    """Whether a Turkish sentence says behind a day that its work was decided, planned or asked for: ``-da yapılmasına karar verildi``."""
    return day in told and _TURKISH_MEANT.search(told.split(day, 1)[1]) is not None


def opens_minutes(document: DocumentReport, fact: Fact) -> bool:
    """Whether a day is the first of minutes and stands in one of their first lines, where they tell who stayed away, what was decided or
    when the meeting closed: an invitation tells none of these.
    """
    first = next((other for other in document.facts if other.kind == "date"), None)
    if first is not fact or not document.passages or document.passages[0].id != fact.passage:
        return False
    lines = document.passages[0].text.splitlines()
    if not any(fact.quote in line for line in lines[:FIRST_LINES]):
        return False
    return any(
        _HELD.search(line) and not _IF.search(line) and not _INVITES.search(line)
        for passage in document.shown
        for line in fold(passage.text).splitlines()
    )


_INVITES = phrases("paper_days", "invites")
"""What a call to a meeting asks of those who cannot come."""


FIRST_LINES = 4
"""Lines of minutes in which the day of the meeting stands."""

_HELD = phrases("paper_days", "held")


def without_aims(title: str) -> str:
    """A title without what it says is aimed at, with its figure: ``target peak 1208 ± 6 °C`` makes no plan of a log."""
    return _AIMED.sub(" ", title)


_AIMED = re.compile(
    r"(?:[^\W\d_]{2,20}[ :]{1,2}){1,3}(?:[±≤≥<>] ?\d[\d.,]{0,8}|\d[\d.,]{0,8} ?(?:[±°%]|[µμ]m|mm|bar)(?: ?\d{1,4})?)"
)
