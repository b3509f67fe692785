"""Letters of a later day that say of a closed case that it came again: by its number, by its month, or in its own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from evidence.bundle import Bundle, Item, as_day, cite
from evidence.defects import akin_to, akin_words, came_back, telling, telling_of_case
from evidence.facts.columns import tells_done
from evidence.facts.months import MONTHS
from evidence.facts.text import fold, late, phrases
from evidence.flags.case_items import is_number_of_case, row_of
from evidence.flags.found_anew import MOST_FOUND, Words, found_anew
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_cases import letters, sentences_of
from evidence.model import DocumentReport
from evidence.wording import shortened


def named_again(bundle: Bundle, closed: Sequence[tuple[Item, Any]]) -> Iterator[Finding]:
    """Letters that say in one sentence that something came again, and of which closed case that is."""
    words_of: dict[str, set[str]] = {}
    known: dict[int, Words] = {}
    spoken = list(_minutes(bundle))
    for document in (*letters(bundle), *_mails(bundle), *spoken, *_figures(bundle)):
        first = next((f.day for f in document.facts if f.day), None)
        told = list(sentences_of(document)) if first else []
        said = [at for at, (_, sentence) in enumerate(told) if _says_again(fold(sentence))]
        if (
            document in spoken or document.kind == "metrics_record"
        ):  # minutes speak again of what is closed, of what may come, and of what has not come back
            said = [at for at in said if not _speaks_well(fold(told[at][1]))]
        if first is None:
            continue
        yield from found_anew(document, told, closed, known)
        if not said:
            continue
        letter = _Letter(document.text)
        near = {at: telling(" ".join(sentence for _, sentence in told[max(at - 1, 0) : at + 1])) for at in said}
        count = 0
        for earlier, day in closed:
            if earlier.document.path == document.path or not day < first <= day + LONGEST_AFTER:
                continue
            problem = str(earlier.value.get("problem", ""))
            if problem not in words_of:
                words_of[problem] = telling_of_case(problem)
            words = words_of[problem]
            for at in said:
                passage, sentence = told[at]
                if _means(earlier, words, fold(sentence), near[at], letter):
                    count += 1
                    yield Finding(
                        {
                            "defect": shortened(problem, 90),
                            "closed": day.isoformat(),
                            "again": first.isoformat(),
                            "name": name_of(document.path),
                        },
                        (cite(document, passage, sentence), cite(earlier.document, earlier.passage)),
                    )
                    break
            if count >= MOST_FOUND:
                break


def _mails(bundle: Bundle) -> Iterator[DocumentReport]:
    """Mails of no kind in which no case was read: a customer writes that it came again, and answers no form."""
    for document in bundle.read:
        mail = document.is_mail and document.kind == "other"
        if mail and document.reading == "living" and not any(fact.kind == "case" for fact in document.facts):
            yield document


def _minutes(bundle: Bundle) -> Iterator[DocumentReport]:
    """Minutes of meetings and other papers in which no case was read: what came again is spoken of there."""
    for document in bundle.read:
        spoken = document.kind == "management_review_record" or (document.kind == "other" and not document.is_mail)
        read = any(fact.kind == "case" and '"paragraph"' not in fact.value for fact in document.facts)
        if spoken and document.reading == "living" and not read:
            yield document


def _figures(bundle: Bundle) -> Iterator[DocumentReport]:
    """Sheets of figures in which no case was read: a remark below them tells what was opened."""
    for document in bundle.read:
        living = document.kind == "metrics_record" and document.reading == "living"
        if living and not any(fact.kind == "case" for fact in document.facts):
            yield document


LONGEST_AFTER = timedelta(days=540)
"""Days behind the closing from which the same defect is another story."""


@dataclass(frozen=True)
class _Letter:
    """What a letter says in all."""

    text: str

    @cached_property
    def words(self) -> set[str]:
        """Its telling words."""
        return telling(self.text)


def _means(earlier: Item, words: set[str], folded: str, near: set[str], letter: _Letter) -> bool:
    """Whether a sentence that says that something came again means a case.

    It names the number of the case; or the month in which the case came up, and tells of the same in two words of it or points back in
    so many words, in a letter that names the customer of the case; or it tells of it in the words of the case, with the sentence before.
    """
    number = own_number(earlier)
    problem = str(earlier.value.get("problem", ""))
    if number and fold(number) in folded and came_back(problem, letter.text):
        return True
    opened = as_day(str(earlier.value.get("opened") or ""))
    if opened and _names_month(folded, opened):
        points = _POINTS.search(folded) is not None
        shared = akin_words(words, letter.words)
        return (shared >= LEAST_OF_MONTH and shared >= len(words) * OF_MONTH) or (
            points and _names_customer(earlier, problem, letter.text)
        )
    shared = akin_words(words, near)
    return shared >= LEAST_IN_WORDS and shared >= len(words) * IN_WORDS


LEAST_OF_MONTH = 2
OF_MONTH = 0.4
"""Words, and their share, in common with the case of the month that is named."""

LEAST_IN_WORDS = 3
IN_WORDS = 0.75
"""Words, and their share of those that tell the case, from which a letter tells of the same without naming when it was."""


def points_to(earlier: Item, later: Item) -> bool:
    """Whether a later case says that something came again and names the month in which an earlier one came up, and tells of the same in
    two words of it: ``gloss 60 again, as in January``.
    """
    opened = as_day(str(earlier.value.get("opened") or ""))
    problem, told = str(earlier.value.get("problem", "")), str(later.value.get("problem", ""))
    folded = fold(told)
    if opened is None or not _says_again(folded) or not _names_month(folded, opened):
        return False
    words = telling_of_case(problem)
    shared = akin_words(words, telling(told))
    return shared >= LEAST_OF_MONTH and shared >= len(words) * OF_MONTH


def sets_apart(earlier: Item, later: Item) -> bool:
    """Whether a later case names the number of an earlier one and says that it was set beside it and is another matter, or denies in its
    cause that of the time before: ``over-dried; not the container this time``.
    """
    cause = fold(str(later.value.get("root_cause", "")))
    if (
        _denies_earlier(cause)
        or is_of_old_goods(later)
        or _denies_cause(cause, str(earlier.value.get("root_cause", "")))
    ):
        return True
    number = own_number(earlier)
    if not number:
        return False
    if later.value.get("paragraph"):
        text = later.fact.quote
    elif later.fact.role == "row":
        text = row_of(later) or ""
    else:
        text = " ".join(passage.text for passage in later.document.shown)
    folded = fold(text)
    return any(
        _SET_APART.search(folded, max(0, match.start() - NEAR), match.end() + NEAR)
        for match in re.finditer(rf"(?<![a-z0-9-]){re.escape(fold(number))}(?![a-z0-9-])", folded)
    )


def is_of_old_goods(later: Item) -> bool:
    """Whether a later case says that its goods were made before an earlier one was mended, or in the same run: ``made before the air blow``."""
    told = " ".join(str(later.value.get(name, "")) for name in ("problem", "root_cause", "action", "containment"))
    return phrases("corrective_flags", "old_goods").search(fold(told)) is not None


def _denies_earlier(cause: str) -> bool:
    """Whether a clause of a cause says that it was not what it was before, or that it was another one."""
    for clause in re.split(r"[,;.:，；。：、]", cause):
        if _OTHER_CAUSE.search(clause) or (_THIS_TIME.search(clause) and phrases("trends", "denied").search(clause)):
            return True
    return False


def _denies_cause(cause: str, before: str) -> bool:
    """Whether a cause begins with saying that it was not what was found the time before: ``NOT the barcode (filter tested) ...``."""
    opening = cause[:LONGEST_DENIAL]
    none = phrases("letters", "denies").match(opening)
    if none is None:
        return False
    known = telling(before)
    return any(akin_to(word, known) for word in telling(re.split(r"[,;.:(，；。：、]", opening[none.end() :])[0]))


LONGEST_DENIAL = 40
"""Letters at the beginning of a cause in which it is denied that it is the one of before."""

_OTHER_CAUSE, _THIS_TIME = phrases("corrective_flags", "other_cause"), phrases("corrective_flags", "this_time")

NEAR = 80
"""Letters around the number of another case in which it is said how the two belong together."""

_SET_APART = phrases("corrective_flags", "set_apart")


def _says_again(folded: str) -> bool:
    """Whether a sentence says that something came again, or points back to it, and does not say that it did not."""
    folded = _DONE_AGAIN.sub(" ", _without_requests(folded))
    match = _BACK.search(folded)
    if match is None or _NONE.search(folded):
        return False
    clause = re.split(_CLAUSE, folded[: match.start()])[-1]
    return phrases("trends", "denied").search(clause) is None or _POINTS.search(folded) is not None


def _speaks_well(folded: str) -> bool:
    """Whether a sentence says that something is over, that none of it was found, or what is done if it comes."""
    told = _DEFECTIVE.sub(" ", folded)
    return tells_done(told) or any(pattern.search(told) for pattern in _WELL)


_DEFECTIVE = re.compile("不[良合符]|不具合")
_WELL = tuple(
    phrases(group, name)
    for group, name in (
        ("corrective_flags", "none_found"),
        ("letters", "condition"),
        ("corrective_flags", "may_come"),
        ("audits_flags", "zero"),
        ("trends", "denied"),
    )
)


def _without_requests(folded: str) -> str:
    """A sentence without what is asked for in it: pictures that shall be shown again tell nothing. A request that says that something is
    so, or asks why, tells it.
    """
    asked = _ASKS.search(folded)
    if asked and not _TELLS.search(folded, asked.start()):
        folded = folded[: asked.start()]
    last = _ASKED_LAST.search(folded)
    if last:
        *before, clause = re.split(_CLAUSE, folded[: last.start()])
        if not _TELLS.search(clause):
            return " , ".join((*before, folded[last.end() :]))
    return folded


_CLAUSE = r"[,;:.，。；：]"
_ASKS, _ASKED_LAST = (phrases("corrective_flags", name) for name in ("asks_for", "asked_last"))
_TELLS = late(rf"{phrases('corrective_flags', 'tells_that').pattern}|{phrases('letters', 'cause').pattern}")


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
    told = fold(" ".join(str(value) for value in earlier.value.values()))
    wanted = fold(text)
    return any(name not in told and name in wanted for name in map(fold, _names_beside(earlier)))


def _names_beside(item: Item) -> list[str]:
    """The names in the row of a case; of a form those that stand within its lines, or behind a head for a customer."""
    if item.fact.role == "row":
        row = next((line for line in item.passage.text.splitlines() if item.fact.quote in line), "")
        return _NAME.findall(row)
    found = []
    for passage in item.document.passages:
        cells = [cell.strip() for line in passage.text.splitlines() for cell in line.split("|")]
        for before, cell in zip(["", *cells], cells, strict=False):
            partner = phrases("columns", "partner").search(fold(before)) is not None
            found += [match[0] for match in _NAME.finditer(cell) if partner or _WITHIN.search(cell[: match.start()])]
    return found


_WITHIN = re.compile(r"[^\W\d_A-Z]{2} $|[(（]$")
"""What stands before a name within a sentence, and not before the first word of one."""

_NAME = re.compile(r"(?<![^\W_])[A-ZĐÇŞÖÜİ][^\W\d_]{4,}")


_POINTS = phrases("corrective_flags", "points_back")
_BACK = re.compile(rf"{phrases('corrective_flags', 'again').pattern}|{_POINTS.pattern}")
_AGAIN, _OURS = (phrases("corrective_flags", name).pattern for name in ("again", "done_again"))
_DONE_AGAIN = late(rf"(?:{_OURS})(?: [^\W\d_]+){{0,3}}? ?(?:{_AGAIN})|(?:{_AGAIN}) ?(?:{_OURS})")
"""What the factory did once more: ``checked the stock again``, ``will send you new samples again``."""

_NONE = re.compile(
    rf"{phrases('audits_flags', 'none_before').pattern}|{phrases('audits_flags', 'none_behind').pattern}"
)


def own_number(item: Item) -> str | None:
    """The number under which a case goes, as it is written: that of its row, or of the name or first line of its paper."""
    if item.fact.role == "row" or item.value.get("paragraph"):
        return str(item.value.get("reference") or "") or None
    opening = opening_of(item.document)
    return next(
        (fact.quote for fact in item.document.facts if is_number_of_case(fact) and fold(fact.quote) in opening),
        None,
    )


def opening_of(document: DocumentReport) -> str:
    """The name of a paper and its first line, folded."""
    first = document.passages[0].text.split("\n", 1)[0] if document.passages else ""
    return fold(f"{document.path} {first}")
