"""What a recorded problem says of itself:

whether it is closed and whether its effect was checked.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from evidence.bundle import Bundle, Item
from evidence.carried_over import is_of_other_parts
from evidence.data import table
from evidence.facts.case_heads import head_of, ticked
from evidence.facts.days import names_later_day
from evidence.facts.looks import looks_on_day, looks_over, looks_today
from evidence.facts.months import MONTHS
from evidence.facts.text import fold, late, phrases, words
from evidence.model import Passage
from evidence.told_looks import WHOLE_DAYS, is_promise, is_spared, tells_no_look
from extractors.locators import SheetLocator


@cache
def case_words(group: str, name: str) -> Any:
    """The pattern of a list of words of ``cases.toml``."""
    return words(tuple(table("cases")[group][name]))


def kept_cases(bundle: Bundle, roles: Sequence[str] = ("form", "row")) -> list[Item]:
    """The cases of the bundle that count: told in records of papers whose worth no flag took."""
    return [
        item
        for role in roles
        for item in bundle.items("case", role)
        if item.document.path not in bundle.discounted and bundle.is_record(item.passage)
    ]


def is_closed(item: Item) -> bool:
    """Whether a case says that it is closed: a closing day or a status that says so."""
    status = fold(str(item.value.get("status", ""))).strip()
    if status and (case_words("status_words", "open").search(status) or re.match(r"[ow]\b", status)):
        return False
    return bool(item.value.get("closed")) or bool(
        status and (case_words("status_words", "closed").search(status) or re.match(r"c\b", status))
    )


def left_unchecked(item: Item) -> bool:
    """Whether a register ends a case with the day of its action and the look at the effect, and the second stands empty."""
    labels = set(item.value.get("labels", []))
    return (
        "effectiveness" in labels and not labels & {"closed", "status", "due"} and bool(item.value.get("action_date"))
    )


def is_checked(bundle: Bundle, item: Item) -> bool:
    """Whether the effect of a case's action was looked at.

    A field for the effectiveness that is filled; where the form has no such field, a verification; a closing part that tells of lots or
    checks with a date; or another sheet or page of the same document that reports the check.
    """
    value = item.value
    if value.get("looked"):
        return True  # a letter that may tell of it: more is not read of letters
    told = str(value.get("effectiveness", ""))
    action = " / ".join(str(value.get(name, "")) for name in ("action", "preventive"))
    if told and not (is_promise(told) or is_spared(told) or tells_no_look(told, item.fact.role, action)):
        return True
    seen = str(value.get("verification") or "")
    if seen and "effectiveness" not in value.get("labels", []) and not tells_no_look(seen, "row", action):
        return True
    parts = ("closure",) if is_of_other_parts(item, str(value.get("preventive", ""))) else ("preventive", "closure")
    told = fold(" / ".join(str(value.get(name, "")) for name in parts))
    closure = str(value.get("closure", ""))
    if len(closure) >= 40 and sum(char.isdigit() for char in closure) >= 4 and _CHECK.search(fold(closure)):
        return True
    if item.fact.role != "form":
        return False
    if (
        (_SEEN_LATER.search(told) and _counts(told))
        or _none_of_many(told)
        or _counted_and_none(told)
        or any(_none_later(fold(str(value.get(name, "")))) for name in parts)
        or _denies_problem(str(value.get("problem", "")), told)
        or _looked_later(item)
        or _told_later(item)
        or _closes_with_none(item)
    ):
        return True
    return any(
        passage.part != item.passage.part
        and bundle.is_record(passage)
        and (
            _EFFECT.search(fold(" ".join((*passage.heading, *_sheets(passage), passage.text))))
            or _AFTERWARDS.search(fold(" ".join((*passage.heading, *_sheets(passage)))))
        )
        and any(char.isdigit() for char in passage.text)
        for passage in item.document.passages
    )  # fmt: skip


def was_checked(bundle: Bundle, item: Item) -> bool:
    """Whether the effect was looked at on a day that has come, told plainly: of a letter, by a sentence on what was found; of a form
    that has a place for it, in that place or in words.
    """
    if check_lies_ahead(bundle, item):
        return False
    if item.fact.role == "letter":
        return _told_later(item) or _told_good_on_a_day(str(item.value.get("looked", "")))
    return is_checked(bundle, item)


def _told_good_on_a_day(looked: str) -> bool:
    """Whether the sentences behind the action name a day of a look, how many were looked at, and that none was bad or all were within
    their limit: ``Looked at on 25 May: 22 seats measured, spread 0.008 at most``.
    """
    folded = fold(looked)
    good = _NONE_FOUND.search(folded) or _NONE.search(folded) or _WITHIN.search(folded)
    dated = WHOLE_DAYS.search(folded) or names_later_day(folded, _NEW_YEAR)
    return bool(good and dated and _counts(folded)) and not is_promise(looked) and not _AHEAD.search(folded)


_WITHIN = phrases("letters", "within")
_NEW_YEAR = date(2000, 1, 1)
"""The day after which any other comes in its year."""


def check_lies_ahead(bundle: Bundle, item: Item) -> bool:
    """Whether the look at the effect names days that are all still to come: it is planned, or made up."""
    told = " / ".join(str(item.value.get(name, "")) for name in ("effectiveness", "verification", "looked"))
    days = [day for fact in item.document.facts if fact.quote and fact.quote in told and (day := fact.day)]
    return bool(days) and min(days) > bundle.today


def leaves_check_empty(item: Item) -> bool:
    """Whether a report has a place for the look at the effect, and nothing in it."""
    return "effectiveness" in item.value.get("labels", []) and not item.value.get("effectiveness")


def _denies_problem(problem: str, told: str) -> bool:
    """Whether what was done last tells how many were looked at and that none shows the problem, in words of the problem itself:
    ``31 helmets with a loose strap`` and ``200 helmets, no loose strap``.
    """
    wanted = set(_stems(problem))
    for match in _DENIED.finditer(told):
        if told[: match.start()].rstrip()[-1:] not in _CLAUSE_SIGNS:
            continue  # ``so that no strap is loose`` is wanted, and was not seen
        clause = _CLAUSE_ENDS.split(told[match.end() :], maxsplit=1)[0]
        before = WHOLE_DAYS.sub(" ", told[: match.start()])
        counted = [_count(count) for count in _COUNTED.finditer(before) if count[2] not in MONTHS]
        lots = {code for code in _LOTS.findall(told[: match.start()]) if any(map(str.isalpha, code))}
        if (max(counted, default=0) >= LEAST_COUNTED or len(lots) >= LEAST_LOTS) and wanted & set(
            itertools.islice(_stems(clause), NEAR_WORDS)
        ):
            return _AHEAD.search(told[: match.end()].replace(match[0], " ")) is None
    return False


def _stems(text: str) -> Iterator[str]:
    """The words of a text that tell something, by their beginnings; of scripts without blanks, its pairs of signs."""
    for word in re.findall(r"[\u0e01-\u0e4e]+|[^\W\d_]+", fold(text)):
        if word[0] < "\u0e00":
            if len(word) >= LEAST_LETTERS:
                yield word[:6]
        else:
            pair = LEAST_LETTERS if word[0] < "\u0e80" else 2
            yield from (word[at : at + pair] for at in range(len(word) - pair + 1))


LEAST_LETTERS = 4
"""Letters of a word that says what is wrong."""

NEAR_WORDS = 3
"""Words behind one for none among which the problem is named again."""

LEAST_COUNTED = 5
"""Pieces that are looked at where the effect is: fewer are copies of a paper or people who were told."""

LEAST_LOTS = 2
"""Lots called by their numbers of which a look tells that none shows the problem: ``reels T4-0806, T4-0821: no bent tab``."""

_LOTS = re.compile(
    r"(?<![^\W_])(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z-])[a-z0-9]{1,6}-?[a-z0-9]{2,8}(?:-[a-z0-9]{1,6})?(?![^\W_]|[./]\d)"
)
_COUNTED = late(r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,6}) ?([^\W\d_]{2,})")


def _count(match: re.Match[str]) -> int:
    """How many a match counts: ``6,300 pcs``."""
    return int(re.sub(r"[.,]", "", match[1]))


_CLAUSE_ENDS = late(r"[,.;:。，；：、|/]")
_CLAUSE_SIGNS = tuple(",.;:。，；：、|/-–—")
_DENIED = late(rf"{phrases('audits_flags', 'zero').pattern}|{phrases('audits_flags', 'none_before').pattern}")
_AHEAD = phrases("trends", "ahead")


_SEEN_LATER = phrases("corrective_flags", "seen_later")
"""Words that tell of pieces or lots looked at after the action, and what was found."""


_NONE = late(r"(?<![\d.,/-])0 [^\W\d_]{2}")


def _none_of_many(told: str) -> bool:
    """Whether the parts behind the action tell, with a day, of pieces that were looked at and that none was bad:
    ``115/09/10, 3 lots of 200 pieces, 0 pieces``.
    """
    none = _NO_PIECE.search(told)
    if none is None or not WHOLE_DAYS.search(told) or is_promise(told) or _AHEAD.search(told):
        return False
    before = WHOLE_DAYS.sub(" ", told[: none.start()])
    return any(int(count) >= LEAST_COUNTED for count in _PIECES.findall(before))


def _counted_and_none(told: str) -> bool:
    """Whether the parts behind the action tell of many pieces that were looked at and behind them of none: ``100 pulled by hand, no tear``."""
    many = next((match for match in _COUNTED.finditer(told) if _count(match) >= MANY and match[2] not in MONTHS), None)
    none = _DENIED.search(told, many.end()) if many else None
    if many is None or none is None or is_promise(told) or _AHEAD.search(told):
        return False
    return _LOOKED.search(told, many.end(), none.start()) is not None  # what was made or stamped was not looked at


_LOOKED = phrases("corrective_flags", "looked_at")

MANY = 20
"""Pieces that are looked at for the effect, where no day is told."""


def _none_later(closing: str) -> bool:
    """Whether the closing part tells, with a day, how many were looked at and then of none: ``18.09: 180 boxes, none above 72 dB``."""
    day = WHOLE_DAYS.search(closing)
    if day is None or is_promise(closing) or _AHEAD.search(closing):
        return False
    counted = [
        match.end()
        for match in _COUNTED.finditer(WHOLE_DAYS.sub(lambda found: " " * len(found[0]), closing))
        if match[2] not in MONTHS and _count(match) >= LEAST_COUNTED
    ]
    if counted and _WITHOUT.search(closing[counted[0] :].split(";")[0]):
        return True
    return any(_DENIED.search(closing, end) or _NONE.search(closing, end) for end in counted[:1])


_WITHOUT = phrases("corrective_flags", "without")


def _closes_with_none(item: Item) -> bool:
    """Whether one of the last steps of an 8D report, wherever its words were put, tells with a day how many were looked at and then of
    none: ``D8. 30.09.2026: 118 batches, none above 4.0``.
    """
    steps = [step for p in item.document.shown for step in _STEPS.split(fold(p.text))]
    return any(_none_later(step[:LONGEST_STEP]) for step in steps if _LAST_STEP.match(step))


LONGEST_STEP = 600
"""Letters of a step of a report in which a look at the effect is sought."""

_STEPS = re.compile(r"(?=(?<![\w-])d ?[1-8](?![\w-]))")
_LAST_STEP = re.compile(r"d ?[678]")

_SIGNS = "|".join(table("measures")["piece_words"]["signs"])
_PIECES, _NO_PIECE = (late(rf"(?<![\d.,/-]){count} ?(?:{_SIGNS})") for count in (r"(\d{1,6})", "0"))
"""A count of pieces in scripts that write a word for pieces of one sign behind it."""


def _counts(text: str) -> bool:
    """Whether figures beside the days are told: pieces, lots, weeks."""
    return bool(re.search(r"\d", WHOLE_DAYS.sub(" ", text)))


def _told_later(item: Item) -> bool:
    """Whether a sentence behind that on the action tells how many were looked at and that none was bad: ``we tested 240 drums and found
    no leak``.
    """
    action = _SENTENCE.split(str(item.value.get("action", "")).split(" / ")[0])[0][:40]
    seen = False
    for passage in item.document.passages:
        for sentence in _SENTENCE.split(passage.text) if action and not passage.hidden else ():
            sentence = ticked(sentence)
            if seen and is_of_other_parts(item, sentence):
                continue
            if seen and (_told_good(fold(sentence)) or looks_on_day(sentence)):
                return True
            if seen and (looks_today(sentence) or looks_over(sentence)):
                return True
            seen = seen or action in sentence
    return False


def _told_good(folded: str) -> bool:
    """Whether a sentence tells of a check with figures beside its days, and that nothing was found in it."""
    none = _NONE_FOUND.search(folded) or _NONE.search(folded)
    return none is not None and _SEEN_LATER.search(folded) is not None and _counts(folded)


_NONE_FOUND = late(
    rf"{phrases('audits_flags', 'none_before').pattern}|{phrases('audits_flags', 'none_behind').pattern}|{phrases('corrective_flags', 'none_found').pattern}"
)


def _looked_later(item: Item) -> bool:
    """Whether a field behind the action, whatever it is called, begins with a later day than any in the action and goes on to tell
    how many of what were looked at: ``Checked | 22 June 2026, 61 reels from T0521 to T0618, no tears``.
    """
    action = str(item.value.get("action", "")).split(" / ")[0]
    days = [fact for fact in item.document.facts if fact.day]
    acted = max((fact.value for fact in days if fact.quote in action), default="")
    seen = False
    for passage in item.document.passages:
        for line in passage.text.splitlines() if action and not passage.hidden else ():
            seen = seen or action[:40] in line
            field = _FIELD.match(line) if seen else None
            if field is None or head_of(field[1]) not in (None, "effectiveness", "verification"):
                continue
            for fact in days:
                rest = field[2].removeprefix(fact.quote)
                words_told = len(re.findall(r"[^\W\d_]{2,}", rest))
                if rest != field[2] and fact.value > acted and _counts(fold(rest)) and words_told >= LEAST_WORDS:
                    return True
    return False


_FIELD = late(r"\s*([^\W\d][^\d|:\uff1a]{1,30}?)\s*[|:\uff1a]\s*(\S.*)")
LEAST_WORDS = 2
"""Words beside a day and a figure from which a field tells what was seen."""


_SENTENCE = late(r"\n|(?<=[^\d\W])\. |(?<=\d\))\. |(?<=\d{4})\. (?=[^\W\d_])|。")


def _sheets(passage: Passage) -> set[str]:
    """The names of the sheets a passage stands on: they often say what their rows are."""
    return {place.sheet for place in passage.locators if isinstance(place, SheetLocator)}


_CHECK = late(phrases("corrective_flags", "checks").pattern + r"|\b0 (?:of|ng|fail|complaint)|0/\d")
_EFFECT = phrases("corrective_flags", "effect")
_AFTERWARDS = phrases("corrective_flags", "afterwards")
