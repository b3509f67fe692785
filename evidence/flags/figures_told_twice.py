"""One figure told in two papers in the same words, and told differently: ``Returns in April 2026: 4``, ``returns in April 2026 were 11``.

The month or year has to be the same, and so have the words before the figure, without those that say nothing of what is counted
(``our``, ``was``). No list of measures is asked where they are several; a known measure is enough by its name.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, is_example
from evidence.facts.indicators import HIGH_SHARE, WHOLE, measure_of
from evidence.facts.months import MONTH
from evidence.facts.numbers import parse
from evidence.facts.sentence_series import month_token
from evidence.facts.sheet_periods import bare_month
from evidence.facts.text import fold, lines, phrases
from evidence.flags.registry import Finding
from evidence.flags.two_figures import Figure, two_figures
from evidence.model import DocumentReport, Fact, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_WORDS = 3
"""Words beside the month that say what is counted; of a script without spaces, twice as many letters."""

LONGEST_LINE = 800
"""Letters of a line in which such figures are sought."""

JOINING = 6
"""Letters of the one word that may join words and figure: ``is``, ``were``, ``là``."""

MOST_PAPERS = 40
"""Papers with the same words before a figure up to which each is set beside each: more are copies of one form."""

_TARGET, _AHEAD = phrases("metrics_flags", "target"), phrases("trends", "ahead")
_PARTIAL = phrases("metrics_flags", "partial")
"""Words of a paper that counts a part of the factory only."""

WHOLE_OF = re.compile(rf"{phrases('metrics_flags', 'addressed').pattern}|(?<![^\W_])(?:plant|site|factory)(?= 20\d\d)")
"""Words for whom a report is meant, and for the whole plant in a year: neither names a part of the factory."""

_FIGURE = re.compile(
    r"(?<![\d_A-Za-zÀ-ỹ.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,6}(?:[.,]\d{1,3})?)(?![\d_A-Za-zÀ-ỹ/-]|[.,]\d|\s?[年月日号號년월일])\s?(%|ppm)?"
)
"""A figure; letters that are written without spaces may touch it."""

_CLAUSE = re.compile(r"[.;!?:|,]\s|[，、；：。！？]")
_PLAIN = re.compile(r"[^\w%/]+")
_NEUTRAL = phrases("metrics_flags", "neutral")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


@dataclass(frozen=True)
class _Told:
    """A figure with the words before it."""

    words: str
    joined: str
    value: float
    unit: str
    document: DocumentReport
    passage: Passage
    quote: str


def told_twice(bundle: Bundle) -> Iterator[Finding]:
    """Figures of one month that two papers tell in the same words and differently."""
    by_words: dict[str, list[_Told]] = defaultdict(list)
    for document in bundle.read:
        if document.kind in (*RULES_AND_FORMS, "supplier_evaluation_record") or is_example(document):
            continue
        for passage in document.passages:
            headed = WHOLE_OF.sub(" ", fold(" ".join((document.path, *passage.heading))))
            if bundle.is_record(passage) and not _PARTIAL.search(headed):
                for told in _figures(bundle, document, passage):
                    by_words[told.words].append(told)
                    if told.joined != told.words:
                        by_words[told.joined].append(told)
    pairs: set[tuple[str, str]] = set()
    for words, every in by_words.items():
        values: dict[str, set[float]] = defaultdict(set)
        for told in every:
            values[told.document.path].add(told.value)
        once = [
            told for told in every if len(values[told.document.path]) == 1
        ]  # several of one paper are of several parts
        if len(once) > MOST_PAPERS:
            continue
        for first, second in ((first, second) for at, first in enumerate(once) for second in once[at + 1 :]):
            pair = first.document.path, second.document.path
            if pair[0] == pair[1] or pair in pairs or first.unit != second.unit or not _differ(first, second):
                continue
            if _of_two_things(_title(first.document), _title(second.document)):
                continue
            pairs.add(pair)
            month = _month(bundle, first.document, first.passage, first.quote) or ""
            figures = (Figure(told.value, told.document, told.passage, told.quote) for told in (first, second))
            yield two_figures(words, month, *figures)


def _title(document: DocumentReport) -> str:
    """The first heading or line of a paper, folded, without months, figures and words for the kind of paper."""
    opening = document.passages[0]
    title = fold(opening.heading[0] if opening.heading else opening.text.split("\n", 1)[0])[:LONGEST_TITLE]
    for plain in (month_token(), _KIND, _FIGURES):
        title = plain.sub(" ", title)
    return " ".join(title.split())


def _of_two_things(first: str, second: str) -> bool:
    """Whether two titles say the same but for one place, in which each names something else: the meetings of two halls."""
    shorter = min(len(first), len(second))
    before = next((at for at in range(shorter) if first[at] != second[at]), shorter)
    behind = next((at for at in range(shorter - before) if first[-1 - at] != second[-1 - at]), shorter - before)
    apart = first[before : len(first) - behind], second[before : len(second) - behind]
    return all(any(map(str.isalpha, part)) for part in apart) and 2 * (before + behind) >= shorter


LONGEST_TITLE = 120
"""Letters of a title that are compared."""

_KIND, _FIGURES = phrases("titles", "recorded"), re.compile(r"[\d./-]+")


def _differ(first: _Told, second: _Told) -> bool:
    """Whether two figures are more than rounding apart."""
    if first.unit == "%" and lacks_differ(first.value, second.value):
        return True
    return abs(first.value - second.value) > 0.05 * max(abs(first.value), abs(second.value))


LEAST_POINTS = 1.0
"""Points that two such shares must lie apart: less may be rounding."""


def lacks_differ(first: float, second: float) -> bool:
    """Whether two high shares differ by what they lack of a hundred."""
    low, high = sorted((first, second))
    if low < HIGH_SHARE or high > WHOLE or high - low < LEAST_POINTS:
        return False
    return (high - low) > 0.25 * (WHOLE - low)


def _figures(bundle: Bundle, document: DocumentReport, passage: Passage) -> Iterator[_Told]:
    months = any(fact.kind == "period" and len(fact.value) == MONTH for fact in _facts(bundle, document, passage))
    for line in lines(passage.text):
        if line.text.count("|") > 1 or len(line.text) > LONGEST_LINE:
            continue
        if not months and not _YEAR.search(line.text) and _named_month(fold(line.text)) is None:
            continue
        for match in _FIGURE.finditer(line.text):
            if _YEAR.fullmatch(match[1]) and not match[2]:
                continue  # a year
            before = line.text[: match.start()].rstrip(" :：|=")
            start = max((stop.end() for stop in _CLAUSE.finditer(before)), default=0)
            clause = before[start:]
            folded = fold(clause)
            period = _period(bundle, document, passage, clause)
            if period is None or _TARGET.search(folded) or _AHEAD.search(folded):
                continue
            behind = _CLAUSE.split(line.text[match.end() :], maxsplit=1)[0][:BEHIND]
            if _PARTIAL.search(fold(behind)):
                continue
            words = _PLAIN.sub(" ", folded).strip()
            measured = measure_of(f"{clause} {match[2] or ''}") is not None
            parsed = parse(match[1], bool(re.search(r"\d,\d{1,2}(?!\d)", passage.text)))
            if parsed is None or not (measured or (len(period) == MONTH and _says_enough(words))):
                continue
            if measured:
                words = f"{_counted(folded)} {period}"
            quote = line.text[start : match.end()].strip()
            joined = words if measured else _without_joint(words)
            yield _Told(words, joined, parsed[0], match[2] or "", document, passage, quote)


BEHIND = 40
"""Letters behind a figure in which a word can say of which part of the factory it is."""


def _counted(folded: str) -> str:
    """What a clause counts: its words without months, years, figures and those that say nothing of it."""
    return " ".join(_PLAIN.sub(" ", _NEUTRAL.sub(" ", month_token().sub(" ", folded))).split())


def _named_month(folded: str) -> int | None:
    """The one month that a text names; in scripts without spaces its name may touch other words."""
    return bare_month(" ".join(match["month"] for match in month_token().finditer(folded) if match["month"]))


def _period(bundle: Bundle, document: DocumentReport, passage: Passage, clause: str) -> str | None:
    """The month that a clause names, of the year of its paper where it names none; else the one year it names. Of a run of months, as
    in ``January to July``, none is named.
    """
    if len({match["month"] for match in month_token().finditer(fold(clause)) if match["month"]}) > 1:
        return None
    if found := _month(bundle, document, passage, clause):
        return found
    years = set(_YEAR.findall(clause))
    month, made = _named_month(fold(clause)), bundle.document_day(document)
    if month is not None and made is not None and not years:
        return f"{made.year}-{month:02d}" if month <= made.month else None
    if len(years) != 1 or month is not None or int(min(years)) >= (made or bundle.today).year:
        return None  # a year that runs has another figure each month
    return years.pop()


def _says_enough(words: str) -> bool:
    """Whether words, without their figures, say what is counted."""
    named = [word for word in words.split() if any(char.isalpha() for char in word) and not word[0].isdigit()]
    wide = sum(not char.isascii() and char.isalpha() and char.upper() == char.lower() for char in words)
    return len(named) > LEAST_WORDS or wide >= 2 * LEAST_WORDS


def _without_joint(words: str) -> str:
    """The words without the short one that joins them to the figure."""
    *before, last = words.split()
    if len(before) > LEAST_WORDS and len(last) <= JOINING and last.isalpha():
        return " ".join(before)
    return (
        words[:-1] if not words[-1].isascii() and words[-1].upper() == words[-1].lower() and " " not in words else words
    )


def _facts(bundle: Bundle, document: DocumentReport, passage: Passage) -> Sequence[Fact]:
    return bundle.facts_in(document, passage)


def _month(bundle: Bundle, document: DocumentReport, passage: Passage, text: str) -> str | None:
    """The month that words name."""
    return next(
        (
            fact.value
            for fact in _facts(bundle, document, passage)
            if fact.kind == "period" and len(fact.value) == MONTH and fact.quote in text
        ),
        None,
    )
