"""Letters of a later day that say of a closed case that it came again: by its number, by its month, or in its own words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from evidence.bundle import Bundle, Item, as_day, cite
from evidence.case_reading import CASE_ROLES
from evidence.defects import came_back, shared_words
from evidence.facts.months import MONTHS
from evidence.facts.text import fold, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_cases import letters, sentences_of
from evidence.model import DocumentReport


def named_again(bundle: Bundle, closed: Sequence[tuple[Item, Any]]) -> Iterator[Finding]:
    """Letters that say in one sentence that something came again, and of which closed case that is."""
    for document in letters(bundle):
        first = next((as_day(f.value) for f in document.facts if f.kind == "date" and len(f.value) == DAY), None)
        said = [(place, fold(place[1])) for place in sentences_of(document)] if first else []
        text = "\n".join(passage.text for passage in document.passages if not passage.hidden)
        said = [(place, folded) for place, folded in said if _says_again(folded)]
        for earlier, day in closed if said else ():
            if first is None or earlier.document.path == document.path or not day < first <= day + LONGEST_AFTER:
                continue
            problem = str(earlier.value.get("problem", ""))
            for (passage, sentence), folded in said:
                if _means(earlier, problem, folded, text):
                    yield Finding(
                        {
                            "defect": problem[:90],
                            "closed": day.isoformat(),
                            "again": first.isoformat(),
                            "name": name_of(document.path),
                        },
                        (cite(document, passage, sentence), cite(earlier.document, earlier.passage)),
                    )
                    break


LONGEST_AFTER = timedelta(days=540)
"""Days behind the closing from which the same defect is another story."""


def _means(earlier: Item, problem: str, folded: str, text: str) -> bool:
    """Whether a sentence that says that something came again means a case.

    It names the number of the case; or the month in which the case came up, and tells of the same in two words of it or points back in
    so many words, in a letter that names the customer of the case; or the letter tells of it in the words of the case.
    """
    number = own_number(earlier)
    if number and fold(number) in folded and came_back(problem, text):
        return True
    shared, whole = shared_words(problem, text)
    opened = as_day(str(earlier.value.get("opened") or ""))
    if opened and _names_month(folded, opened):
        points = _POINTS.search(folded) is not None
        return (shared >= LEAST_OF_MONTH and shared >= whole * OF_MONTH) or (
            points and _names_customer(earlier, problem, text)
        )
    return shared >= LEAST_IN_WORDS and shared >= whole * IN_WORDS


LEAST_OF_MONTH = 2
OF_MONTH = 0.4
"""Words, and their share, in common with the case of the month that is named."""

LEAST_IN_WORDS = 3
IN_WORDS = 0.75
"""Words, and their share of those that tell the case, from which a letter tells of the same without naming when it was."""


def _says_again(folded: str) -> bool:
    """Whether a sentence says that something came again, or points back to it, and does not say that it did not."""
    match = _BACK.search(folded)
    if match is None or _NONE.search(folded):
        return False
    clause = re.split(r"[,;:.，。；：]", folded[: match.start()])[-1]
    return phrases("trends", "denied").search(clause) is None or _POINTS.search(folded) is not None


def _names_month(folded: str, day: date) -> bool:
    return _months()[day.month].search(folded) is not None


@cache
def _months() -> dict[int, re.Pattern[str]]:
    """For each month its names in sentences: ``in May`` and not ``may``; Thai leaves the last syllable away."""
    found = {}
    for number in range(1, 13):
        names = {name for name, month in MONTHS.items() if month == number and len(name) >= LEAST_LETTERS}
        names |= {
            name.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์") for name in names if name[0] > "\u0e00"
        }
        latin, thai = (
            "|".join(
                re.escape(name) for name in sorted(names, key=lambda name: -len(name)) if (name[0] > "\u0e00") is dense
            )
            for dense in (False, True)
        )
        lead = phrases("tasks", "month_before").pattern
        short = "|".join(re.escape(name) for name, month in MONTHS.items() if month == number)
        found[number] = re.compile(
            rf"(?<![^\W\d_])(?:{latin}){_CASE_ENDING}(?![^\W\d_])|{thai}|(?:{lead})\s?(?:{short})(?![^\W\d_])|(?<!\d)0?{number}\s?[月월]|tháng 0?{number}(?!\d)"
        )
    return found


_CASE_ENDING = r"(?:['\u2019]?(?:[td][ae](?:n|ki)?|[ıiuü]n))?"
"""Behind a month in Turkish: ``mayısta``, ``ağustos'ta``, ``marttan``, ``mayıstaki``."""

LEAST_LETTERS = 4
"""Letters of a month that no other word is."""


def _names_customer(earlier: Item, problem: str, text: str) -> bool:
    """Whether a letter holds a name that stands beside a case and is none of its own words: ``Medipro`` of ``@medipro.example``."""
    row = next((line for line in earlier.passage.text.splitlines() if earlier.fact.quote in line), "")
    told = fold(" ".join(str(value) for value in earlier.value.values()))
    wanted = fold(text)
    return any(name not in told and name in wanted for name in map(fold, _NAME.findall(row)))


_NAME = re.compile(r"(?<![^\W_])[A-ZĐÇŞÖÜİ][^\W\d_]{4,}")


DAY = 10
"""Letters of a whole day in normal form: 2026-03-01."""

_POINTS = phrases("corrective_flags", "points_back")
_BACK = re.compile(rf"{phrases('corrective_flags', 'again').pattern}|{_POINTS.pattern}")
_NONE = re.compile(
    rf"{phrases('audits_flags', 'none_before').pattern}|{phrases('audits_flags', 'none_behind').pattern}"
)


def own_number(item: Item) -> str | None:
    """The number under which a case goes, as it is written: that of its row, or of the name or first line of its paper."""
    if item.fact.role == "row":
        return str(item.value.get("reference") or "") or None
    opening = opening_of(item.document)
    return next(
        (
            fact.quote
            for fact in item.document.facts
            if fact.kind == "identifier" and fact.role in CASE_ROLES and fold(fact.quote) in opening
        ),
        None,
    )


def opening_of(document: DocumentReport) -> str:
    """The name of a paper and its first line, folded."""
    first = document.passages[0].text.split("\n", 1)[0] if document.passages else ""
    return fold(f"{document.path} {first}")
