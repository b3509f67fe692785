"""The parts of a case: how their heads are named or asked for, and a case while it is put together."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from evidence.data import table
from evidence.facts.case_words import lexicon, named_by
from evidence.facts.sources import Source
from evidence.facts.text import Span, fold, has, is_nameless, phrases, spellings, words
from evidence.model import Passage

MAX_VALUE = 240
"""Characters kept of one part of a case: enough to judge a cause by, short enough for a thousand rows."""


DATES = ("opened", "due", "replanned", "closed")


LOOKS = ("effectiveness", "verification")
"""The parts that tell of a look at the effect."""

NARRATIVE = (
    "problem",
    "containment",
    "root_cause",
    "outflow",
    "action",
    "preventive",
    "effectiveness",
    "verification",
    "closure",
)


DISCIPLINE = re.compile(
    r"^\s*(?:(?:step|bước|langkah|tahap|ขั้นตอนที่|ขั้นตอน|步骤|步驟|단계|adım) ?)?d\s?-?([1-8])([ab]?)(?:\s?[/,&-]\s?d?\s?[1-8])?(?![a-z0-9])[\s.:)\-]*"
)
"""The number of a discipline; some part the fourth into why it came about (a) and why it was not seen (b)."""


HOUR_BESIDE = re.compile(r"\s*[dD]\s?\d(?:\s?[/,&-]\s?[dD]?\s?\d)?\s{1,3}\d{1,2}:\d{2}(?!\d)")
"""A discipline and the hour at which it was told: ``D3 10:00``."""


_NUMBERING = re.compile(r"^\s*(?:\(?(?:[a-hA-H]|\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4})[.)/]\s*|step\s\d\s?[:.-]?\s*)")


_BLANKS = re.compile(r"[._\u2026]{3,}|\[\s?\]|\(\s*\)|☐|□|_{2,}")


_EMPTY_BOX = re.compile(r"\[\s?\]|☐|□")


_TICKED = re.compile(r"\[[xXvV✓]\]|☑|☒|✓|✔|■")


_REMARK = re.compile(r"\([^)]{0,120}\)")


DAY_IN_HEAD = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[ -][^\W\d_]{3,9}\.?[ -]\d{2,4}|\d{4} ?[年년]")
"""A day in the head of a column, as of which it was filled in: ``Status on 02.11.2026``."""


@dataclass(frozen=True)
class Unnamed:
    """A filled field of a form under a head that nobody has listed, and the parts that were named before it."""

    head: str
    text: str
    passage: Passage
    cell: Span
    after: tuple[str, ...]


@dataclass
class Case:
    """A case while it is put together: the texts of its parts, the heads seen, its days and the fields under no known head."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    place: tuple[Passage, int, int] | None = None
    unnamed: list["Unnamed"] = field(default_factory=list)
    early: int = 0  # texts of the action that stand before the cause
    columns: bool = False  # whether a row of column heads was met
    heads: dict[str, str] = field(default_factory=dict)  # how the places of days are headed

    def see(self, name: str) -> None:
        """Remember that the paper has a place for a part."""
        if name not in self.labels:
            self.labels.append(name)

    def add(self, name: str, text: str) -> None:
        """Add a text to a part, where it says anything; of boxes to tick, what is ticked."""
        text = ticked(text)
        if meaning(text):
            self.parts.setdefault(name, []).append(text)


def ticked(text: str) -> str:
    """The choices of a text that are ticked, where it holds boxes of both sorts; else the text: ``☒ worker ☐ machine``. What is told in
    words before the first box or behind a choice stays.
    """
    if not (_TICKED.search(text) and _EMPTY_BOX.search(text)):
        return text
    pieces = _BOX.split(text)
    told = [pieces[0]] if _in_words(pieces[0]) else []
    for box, piece in zip(pieces[1::2], pieces[2::2], strict=False):
        behind = _BEHIND_CHOICE.split(piece, maxsplit=1)[1:]
        told += [piece] if _TICKED.fullmatch(box) else [rest for rest in behind if _in_words(rest)]
    return ", ".join(said for piece in told if (said := piece.strip(" ,;|\n")))


def _in_words(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= (LEAST_BESIDE_BOXES if " " in text.strip() else LEAST_BESIDE_BOXES // 2)


LEAST_BESIDE_BOXES = 20
"""Letters beside boxes to tick that tell something and head none; half of them in scripts without blanks."""

_BEHIND_CHOICE = re.compile(r"\n|[.;。；]\s|[。；]|\s[–—-]\s")
_BOX = re.compile(r"(\[[xXvV✓ ]?\]|[☐□☑☒✓✔■])")


def meaning(text: str) -> str:
    """What is left of a field without lines to fill in, empty boxes, remarks in brackets and words for nothing;

    empty where nothing is.
    """
    if _EMPTY_BOX.search(text) and not _TICKED.search(text):
        return ""  # a choice that nobody made
    left = _BLANKS.sub(" ", text)
    left = _REMARK.sub(" ", left) if len(left) > 2 else left
    left = " ".join(left.split()).strip(" :|-/.,*")
    if not any(char.isalnum() for char in left):
        return ""
    return "" if fold(left) in _nothing() else left


@cache
def _nothing() -> frozenset[str]:
    return spellings(table("cases")["blame"]["empty"])


_DATE = re.compile(r"(?<![^\W_])d(?:t|te)\b\.?", re.IGNORECASE)
"""How a date is cut short in heads: ``Promise Dt``."""


def field_of(label: str) -> str | None:
    """Which part of a case a label names."""
    label = _DATE.sub("date", label)
    if short := table("cases")["short"].get(fold(label).replace(".", "").replace(" ", "")):
        return str(short)
    label = _told_before_day(label)
    bare = _REMARK.sub("", label).strip()
    text = _NUMBERING.sub("", _REMARK.sub(" ", label) if len(bare) > 3 or is_dense(bare) else label).strip()
    discipline = DISCIPLINE.match(fold(text))
    if discipline:
        rest = text[discipline.end() :]
        if discipline[1] == ESCAPED[0] and phrases("case_forms", "occurs").fullmatch(fold(rest).strip(" .:-/")):
            return "root_cause"  # ``D4 Occurrence`` beside ``D4 Escape``: no day and no problem
        named = named_by(rest) if rest else None
        if named is None and has(rest, tuple(table("cases")["results"]["words"])):
            return "effectiveness"
        if named is None and phrases("case_forms", "check_alone").fullmatch(fold(rest).strip(" .:/")):
            return "verification"
        fallback = str(table("cases")["eight_d"].get(f"d{discipline[1]}", "team"))
        if named not in NARRATIVE and discipline[1] + discipline[2] == ESCAPED:
            return "outflow"
        return named if named in NARRATIVE else loosely(rest) or fallback
    named = named_by(text) or _of_one_script(text)
    if named in _TO_END and "/" not in text and _lies_ahead(fold(text)):  # ``Due / done`` holds both
        return "due"
    return _OF_A_DAY[named] if named in _OF_A_DAY and phrases("case_forms", "day").search(fold(text)) else named


def _of_one_script(label: str) -> str | None:
    """The part that a head in two scripts names in either of them: ``Finish 结案``; both say the same."""
    pieces = [piece for pattern in (_DENSE, _LATIN) if (piece := " ".join(pattern.findall(label)).strip())]
    if len(pieces) < TWO or not all(len(piece) > 1 for piece in pieces):
        return None
    return next((name for piece in pieces if (name := named_by(piece))), None)


TWO = 2
_DENSE = re.compile(r"[\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]+(?: [\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]+)*")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]+")

_TO_END = ("opened", "closed")


def _lies_ahead(folded: str) -> bool:
    """Whether a head for a day or an end says that it is still to come: ``Expected completion``, ``要求完成时间``."""
    if phrases("case_forms", "come").search(folded):
        return False
    return phrases("case_forms", "to_come").search(folded) is not None


ESCAPED = "4b"
"""The discipline that tells why nobody saw it before it left."""


def is_dense(text: str) -> bool:
    """Whether a text is of a script in which two signs are a word: Chinese, Japanese, Korean."""
    return len(text) > 1 and all("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text)


def _told_before_day(label: str) -> str:
    """A head without its second half, where the first names what is told and the second only its day: ``Action / date done``, ``Action
    and date done``.
    """
    pieces = [piece for piece in _JOINED.split(fold(label)) if piece.strip()]
    if len(pieces) != HALVES or lexicon().label(pieces[0]) not in NARRATIVE:
        return label
    second = pieces[1]
    dated = lexicon().label(second) in DATES or phrases("case_forms", "day").search(second) is not None
    return label[: len(pieces[0])] if dated and fold(label).startswith(pieces[0]) else label


HALVES = 2
"""What a head names together."""


LONGEST_QUESTION = 40
"""Letters of a head that asks; a longer one is a sentence with a question word in it."""


def head_of(label: str) -> str | None:
    """Which part of a case the head of a column or of a filled field names or asks for: ``Why did it happen``, ``Kim``.

    What asks is known where naming fails; a word for the root wins over one for the problem whose root it is.
    """
    if is_nameless(label):
        return None
    named = field_of(label)
    if named not in (None, "problem") or len(label) > LONGEST_QUESTION:
        return named
    folded = fold(label)
    for name in _ASKED:
        if _asks(name).search(folded):
            return name if named is None or name == "root_cause" else named
    return named


def is_source(label: str) -> bool:
    """Whether a head that may ask for the cause may as well ask where a case came from: ``Origin``."""
    return phrases("case_forms", "source").fullmatch(fold(label).strip(" .:*")) is not None


@cache
def _asks(name: str) -> re.Pattern[str]:
    return words(tuple(table("cases")["asked"][name]))


def both_of(label: str) -> tuple[str, ...]:
    """The two parts that one head names together: ``Cause and action``, ``Opened / closed``; nothing for any other head."""
    pieces = [piece for piece in _JOINED.split(_REMARK.sub(" ", fold(label))) if piece.strip()]
    named = tuple(field_of(piece) or "" for piece in pieces)
    if named[:1] == ("closure",) and named[1:] in (("effectiveness",), ("verification",)):
        named = ("closed", *named[1:])
    if len(named) == TWO and named in (("closed", ""), ("", "root_cause")):
        named = (
            ("closed", "") if named[0] else ("problem", "root_cause")
        )  # ``Closed / next receipts``, ``Topic and cause``
    return named if named in _PAIRS else ()


_PAIRS = (
    ("root_cause", "action"),
    ("problem", "root_cause"),
    ("opened", "closed"),
    ("due", "closed"),
    ("closed", "effectiveness"),
    ("closed", "verification"),
    ("closed", ""),
    ("owner", "due"),
    ("due", "owner"),
)
_JOINED = re.compile(
    rf"\s*[/&+–-]\s*|\s*[,;，、]\s*|\s(?:{phrases('trends', 'joining').pattern})\s|(?:{phrases('columns', 'joins').pattern})"
)

_ASKED = ("root_cause", "problem", "action", "effectiveness", "due", "owner", "status")
"""The parts that heads ask for, in the order in which they are tried."""


_OF_A_DAY = {"problem": "opened", "closure": "closed"}
"""What a head is that names a part of a case together with a word for a day: ``Claim date``."""


def loosely(text: str) -> str | None:
    """The part of a case that a word within a head names."""
    near = lexicon().pattern.search(fold(text[:60]))
    role = lexicon().role_of(near[0]) if near else None
    return role if role in NARRATIVE else None


TOLD = frozenset({"problem", "root_cause", "action", "preventive", "containment"})
"""Parts that tell in words what happened or what is to be done."""


def is_day(source: Source, text: str) -> bool:
    """Whether a field holds a day and nothing else but the hour."""
    text = _HOUR.sub("", text) if ":" in text or "h" in text else text
    found = source.dates(text)
    return (
        len(found) == 1
        and found[0].precision == "day"
        and len(text.strip()) - (found[0].end - found[0].start) <= SHORT_BESIDE
    )


_HOUR = re.compile(
    r"(?<=[\d,] )(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?: ?[ap]m)?(?!\d)|^(?:[01]?\d|2[0-3])[:h][0-5]\d "
)

SHORT_BESIDE = 3
"""Letters beside a day that say nothing more about it."""


def is_signed(behind: Sequence[Span]) -> bool:
    """Whether what stands behind a day is a short head and a name: ``Closed on | 20/7/2026 | by | Waraporn``."""
    return len(behind) == LEAST_SIGNED and all(
        len(cell.text) <= LONGEST_NAME and not any(char.isdigit() for char in cell.text) for cell in behind
    )


LEAST_SIGNED = 2
"""Cells of a signature: its head and the name."""

LONGEST_NAME = 24
"""Letters of a name, with its title."""


def tells_what_was_done(case: Case, label: str, beside: str) -> bool:
    """Whether a head for what is done, behind the cause of a report without an action so far, stands beside a sentence and not beside
    a day: ``Done | The two trolleys have now colours of their own and each its bay, 20 May``.
    """
    return (
        ("root_cause" in case.labels or any("problem" in one.after and " " in one.text for one in case.unnamed))
        and "action" not in case.labels
        and not phrases("case_forms", "closing").search(fold(label))
        and _is_told(beside)
    )


def _is_told(beside: str) -> bool:
    """Whether a text tells something and is no day with a name: long enough, or with its words before its day."""
    least = LEAST_DONE if " " in beside.strip() else LEAST_DONE // 3
    first = re.search(r"\d{1,4}[./年월月-]|\d{1,2} [^\W\d_]{3,}|$", beside)
    before = beside[: first.start()] if first else beside
    return sum(map(str.isalpha, beside)) >= least or (
        sum(map(str.isalpha, before)) * 2 >= least and any(map(str.isdigit, before))
    )


LEAST_DONE = 40
"""Letters of a sentence on what was done; a third of them in scripts without blanks. Fewer beside a day are a name or a remark."""


def written(case: Case) -> str:
    """The value of the fact of a case: a compact JSON object."""
    made: dict[str, object] = {}
    for name, texts in case.parts.items():
        made[name] = " / ".join(texts)[:MAX_VALUE]
    made.update(case.dates)
    made["labels"] = case.labels
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
