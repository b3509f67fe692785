"""What a sentence says of the way of figures, against the row or column that it names: ``solder defects have come down month by month``
below a row of defects that rises.

No list of measures is asked: what is told of is known by the name that its own table gives it. A sentence is held against a series only
where none that it can mean has moved as it says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.indicators import SHARE, measure_of, says
from evidence.facts.text import any_of, fold, late, phrases
from evidence.facts.told_spans import month_spans, without_months
from evidence.flags.month_tables import span_of
from evidence.flags.moved_series import LEAST_PERIODS, MovedSeries, change, moved_series, way
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import sentences
from evidence.flags.trends import AHEAD, BETTER, CLAUSES, FALLS, NOT, RISES, WORSE
from evidence.flags.years_apart import YEAR_BEFORE, against_the_year_before, compared_year, years_apart
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_CELL = 20
"""Letters of a cell of a table that tells something in words."""

LEAST_BARS = 2
"""Cells of a line beyond which it is the row of a table."""

LONGEST_TOLD = 400
"""Letters of a sentence that sums figures up."""

LEAST_OF_ROW = 2
"""Figures of a row beyond which a remark behind them is on all."""

UNSTABLE = 0.4
"""Part of its first figure by which a series that moved one way all along is not stable."""

MOST_SERIES = 60
"""Series of a paper that sentences are held against."""

_PARTIAL, _TARGET = phrases("metrics_flags", "partial"), phrases("metrics_flags", "target")
_STABLE, _SINCE, _LATELY, _CAUSED = (phrases("told_ways", name) for name in ("stable", "since", "lately", "caused"))
_CLIENTS = phrases("told_spans", "clients")
_ALL = phrases("said_met", "all")
_YEAR = re.compile(r"(?<!\d)(?:20|25)\d\d(?!\d)")
_FIGURE = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,3})?(?![\d/-]|[.,]\d)")
_LIGHT = any_of(
    ("metrics_flags", "neutral"), ("trends", "joining"), ("told_by_name", "light"), ("told_ways", "common"),
)  # fmt: skip
_WIDE = re.compile(r"[\u0e00-\u0e7f]+|[\u3040-\u30ff\u4e00-\u9fff]+|[\uac00-\ud7a3]+")
_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]+")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{0,60}[)）\]]")


@dataclass(frozen=True)
class Claim:
    """What a clause says: 1 up, -1 down; of better or worse whether it is a judgement; or that nothing moved."""

    way: int = 0
    judged: int = 0
    stable: bool = False


def told_ways(bundle: Bundle) -> Iterator[Finding]:
    """The first sentence of each paper that says the opposite of what the figures do that it names."""
    for document in bundle.read:
        if is_example(document) or document.kind in RULES_AND_FORMS:
            continue
        if not any(_MOVES.search(fold(passage.text)) for passage in document.passages):
            continue
        said = [one for one in _said(document) if _MOVES.search(fold(one.text))]
        series = moved_series(document)[:MOST_SERIES]
        years = years_apart(document) if any(compared_year(fold(one.text)) is not None for one in said) else []
        if found := series and (_first_against(series, years, said) or _in_row(series)):
            one, what, passage, told = found
            yield Finding(
                {"name": name_of(document.path), "what": f"'{one.label[:60]}': {what}"},
                (cite(document, passage, told), cite(document, one.passage, one.line)),
            )


Against = tuple[MovedSeries, str, Passage, str]
"""A series, what is said against it, and where."""


@dataclass(frozen=True)
class Said:
    """A sentence or the cell of a table, and what the first cell of its row calls that which it is about."""

    passage: Passage
    text: str
    about: str = ""


def _first_against(series: Sequence[MovedSeries], years: Sequence[MovedSeries], said: Sequence[Said]) -> Against | None:
    for told in said:
        if found := _against(series, years, fold(told.text), fold(told.about)):
            return *found, told.passage, told.text
    return None


_MOVES = late("|".join(words.pattern for words in (RISES, FALLS, BETTER, WORSE, _STABLE)))


def _said(document: DocumentReport) -> Iterator[Said]:
    """The sentences of a paper, and the cells of its tables that tell something in words, each with the first of its row."""
    yield from (Said(passage, told) for passage, told in sentences(document) if len(told) <= LONGEST_TOLD)
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) > LEAST_BARS and not any(_FIGURE.fullmatch(cell) for cell in cells[1:]):
                told = [cell for cell in cells if LEAST_CELL <= _letters(cell) <= LONGEST_TOLD]
                yield from (Said(passage, cell, "" if cell == cells[0] else cells[0]) for cell in told)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text)) * (1 if text[:1].isascii() else 2)


def _in_row(series: Sequence[MovedSeries]) -> Against | None:
    """A row that says behind its own figures the opposite of what they do."""
    for one in series:
        folded = fold(one.behind)
        if not folded or _TARGET.search(folded) or _is_aside(folded):
            continue
        claim = _claim(folded)
        if claim and len(one.values) > LEAST_OF_ROW and (what := _opposes(claim, [one])):
            return one, what, one.passage, one.line
    return None


def _claim(clause: str) -> Claim | None:
    """What a folded clause says of the way of something; None where it says nothing, or more than one thing."""
    if AHEAD.search(clause) or NOT.search(clause):
        return None
    rises, falls, better, worse = (words.search(clause) is not None for words in (RISES, FALLS, BETTER, WORSE))
    if rises and falls:
        return None
    if rises or falls:
        return None if better and worse else Claim(1 if rises else -1, 1 if better else -1 if worse else 0)
    if better != worse:
        return Claim(judged=1 if better else -1)
    return Claim(stable=True) if _STABLE.search(clause) and not better else None


def _is_aside(folded: str) -> bool:
    """Whether a text compares with what no table of months shows, or speaks of the last of them alone."""
    return compared_year(folded) is not None or _LATELY.search(folded) is not None


def _against(
    series: Sequence[MovedSeries], years: Sequence[MovedSeries], folded: str, before: str = ""
) -> tuple[MovedSeries, str] | None:
    """What a sentence says against the series that one of its clauses names, or that what stands before it names."""
    for clause in filter(str.strip, CLAUSES.split(folded)):
        yearly = compared_year(clause) is not None
        if _TARGET.search(clause) or _LATELY.search(YEAR_BEFORE.sub(" ", clause)):
            before += clause
            continue
        meant = [*series, *years] if yearly else series
        claim = _claim(_without_names(clause, meant))
        if claim and (found := _held(meant, claim, clause, before, _months(clause) or _months(folded))):
            return found
        before += clause
    return None


def _held(
    series: Sequence[MovedSeries], claim: Claim, clause: str, before: str, months: frozenset[int]
) -> tuple[MovedSeries, str] | None:
    """A series that a clause means and that has moved otherwise; of a clause over all, each."""
    subject = _subject(clause)
    if _ALL.search(subject) and (each := [one for one in series if shared_letters(fold(one.title), subject)]):
        for one in each:
            if not _is_partial(one, subject) and (what := _opposes(claim, _over(one, clause, months))):
                return one, what
    named = _named(series, subject) or _named(series, _CAUSED.split(clause, 1)[0])
    if not named and _says_it(subject):
        named = _named(series, before)
    if any(_is_partial(one, subject) for one in named):
        return None
    if compared_year(clause) is not None:
        named = [one for one in named if one.is_yearly and not _months(fold(one.label))]
    over = [_over(one, clause, months) for one in named]
    what = _opposes(claim, [cut for parts in over for cut in parts]) if over and all(over) else ""
    return (named[0], what) if what else None


def _is_partial(one: MovedSeries, subject: str) -> bool:
    """Whether a clause tells of a part of the house that is not, with what stands before or behind it, in the name of a series: ``line 3``
    is none of ``공정불량률`` or ``downgraded product``.
    """
    name = _BLANKS.sub("", fold(f"{one.label} {one.title}"))
    told = _CLIENTS.sub(" ", _YEAR.sub(" ", subject))
    for part in _PARTIAL.finditer(told):
        word = _BLANKS.sub("", part[0])
        before, behind = (_BLANKS.sub("", text) for text in (told[: part.start()], told[part.end() :]))
        sides = [before[-1:] + word] * before[-1:].isdigit() + [word + behind[:1]] * behind[:1].isdigit()
        sides = sides or [before[-BESIDE_PART:] + word, word + behind[:BESIDE_PART]]
        if not any(len(side) > len(word) and side in name for side in sides):
            return True
    return False


BESIDE_PART = 2
"""Signs beside a word for a part of the house that a name must repeat with it; a number alone."""

_BLANKS = re.compile(r"\s")


def _subject(clause: str) -> str:
    """What a clause says something of: in languages that put it first what stands before its verb, and nowhere a cause."""
    clause = _CAUSED.split(clause, 1)[0] or clause
    match = _MOVES.search(clause)
    return clause[: match.end()] if match and _LATIN.match(clause.strip()[:1]) else clause


def _says_it(subject: str) -> bool:
    """Whether a clause names nothing itself: what it is of was named before it."""
    rest = _MOVES.sub(" ", subject)
    return not _words(_IT.sub(" ", rest)) and sum(map(len, _WIDE.findall(_IT.sub(" ", rest)))) <= FEW_SIGNS


FEW_SIGNS = 4
"""Signs of scripts without blanks beside the verb that still name nothing."""

_IT = phrases("told_ways", "it")


def _words(text: str) -> set[str]:
    plain = _LIGHT.sub(" ", _BRACKETS.sub(" ", text))
    return {word for word in _LATIN.findall(plain) if len(word) >= (LEAST_WORD if word.isascii() else LEAST_MARKED)}


LEAST_WORD, LEAST_MARKED = 3, 2
"""Letters of a word that names something; of one with marks, as the syllables of Vietnamese, fewer."""


def shared_letters(name: str, text: str) -> int:
    """How many letters of a name a text repeats, in words that begin alike or in a run of signs without blanks."""
    told = _words(text)
    count = sum(
        max((min(len(word), len(other)) for other in told if _alike(word, other)), default=0) for word in _words(name)
    )
    wide = re.sub(r"\s", "", text)
    for run in _WIDE.findall(
        _LIGHT.sub(" ", _BRACKETS.sub(" ", re.sub(r"(?<=[^\x00-\x7f])\s(?=[^\x00-\x7f])", "", name)))
    ):
        least = LEAST_THAI if "\u0e00" <= run[0] <= "\u0e7f" else LEAST_SIGNS
        longest = next(
            (
                size
                for size in range(min(len(run), LONGEST_RUN), least - 1, -1)
                if any(run[at : at + size] in wide for at in range(len(run) - size + 1))
            ),
            0,
        )
        count += longest * SIGN
    return count


LEAST_SIGNS, LEAST_THAI, SIGN, LONGEST_RUN = 2, 4, 2, 16
"""Signs of a name that a text must repeat, in Thai more; letters that a sign stands for; signs of a name that are looked for."""


def _alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return long == short or (
        len(short) >= LEAST_STEM and len(long) - len(short) <= LONGEST_ENDING and long.startswith(short)
    )


LEAST_STEM, LONGEST_ENDING = 4, 5


def _named(series: Sequence[MovedSeries], text: str) -> list[MovedSeries]:
    """The series that a text names best, by their own names or, where none is, by the titles of their tables; of rates and counts of
    one name those that it speaks of.
    """
    if not text:
        return []
    best = _best([(shared_letters(fold(one.label), text), one) for one in series])
    told = measure_of(text)
    if not best:
        titled = _best([(shared_letters(fold(one.title), text), one) for one in series])
        best = [one for one in titled if not says(one.label, "quantity")]
    elif sum(len(word) for word in _words(fold(best[0].label))) <= shared_letters(fold(best[0].label), text):
        told = None  # its whole name
    if told and any((own := measure_of(one.label)) and own.id != told.id for one in best):
        return []
    shares = [one for one in best if one.is_share] if SHARE.search(text) or "ppm" in text else []
    return shares or best


def _best(scored: Sequence[tuple[int, MovedSeries]]) -> list[MovedSeries]:
    most = max((score for score, _ in scored), default=0)
    return [one for score, one in scored if score >= NEARLY * most] if most >= LEAST_SHARED else []


NEARLY, LEAST_SHARED = 0.85, 3
"""Part of the best by which another name is as good: ``rejects`` may mean the reject rate; letters that a text must share with a name."""


def _over(one: MovedSeries, clause: str, told: frozenset[int]) -> list[MovedSeries]:
    """A series over the months that a clause tells of, each part of it that must then have moved otherwise; none where its months, years
    or figures are not those of the series.
    """
    figures = {_plain(figure) for figure in _FIGURE.findall(without_months(clause)) if not _YEAR.fullmatch(figure)}
    named = {_plain(figure) for figure in _FIGURE.findall(fold(one.label))}
    if not figures <= {*named, *(_plain(f"{value:.10g}") for value in one.values)}:
        return []
    years = {int(year) for year in _YEAR.findall(clause)}
    if (compared := compared_year(clause)) is not None:
        return against_the_year_before(one, compared, told)
    if years and not (years & {key[1] for key in one.keys if key[0] == "year"} or _YEAR.search(one.title + one.line)):
        return []
    places = one.of_months(told)
    if not told:
        return [one]
    if not places or (len(one.values) == LEAST_PERIODS and places == [0]):
        return []
    if len(places) > 1:
        return [one.part(places[0], places[-1] + 1)]
    first = places[0] if _SINCE.search(clause) else max(0, places[0] - 1)
    parts = [one.part(first, len(one.values))]
    if first < places[0]:
        parts.append(one.part(first, places[0] + 1))
    return parts if all(len(part.values) > 1 for part in parts) else []


def _without_names(clause: str, series: Sequence[MovedSeries]) -> str:
    """A clause without the names of what it tells of: ``不合格`` denies nothing."""
    for one in series:
        name = _BRACKETS.sub("", fold(one.label)).strip(" %‰.:")
        if len(name) >= LEAST_SIGNS and name in clause:
            clause = clause.replace(name, " ")
    return clause


def _months(text: str) -> frozenset[int]:
    """The months that a text names, at its beginning by a code too: ``T7: scrap rose``."""
    lead = span_of(text.partition(":")[0])
    return frozenset((*(month for span in month_spans(text) for month in (span.first, span.last)), *(lead or ())))


def _plain(figure: str) -> str:
    return re.sub(r"[.,]0+$", "", figure.replace(" ", "")).replace(",", ".")


def _opposes(claim: Claim, over: Sequence[MovedSeries]) -> str:
    """What is said against all series that are meant: none has moved as is said, and one surely the other way."""
    ways = [way(one.values) for one in over]
    if not over:
        return ""
    if claim.stable:
        worse = [one for one, told in zip(over, ways, strict=True) if told and told == -one.wanted]
        far = len(worse) == len(over) and all(abs(change(one.values)) >= UNSTABLE for one in over)
        return "it got worse all along, and is said to be stable" if far and len(over[0].values) > LEAST_STABLE else ""
    wanted = [claim.way or claim.judged * one.wanted for one in over]
    if any(not said for said in wanted) or (
        claim.way and claim.judged and any(one.wanted * claim.way == -claim.judged for one in over)
    ):
        return ""
    moved = [change(one.values) * said for one, said in zip(over, wanted, strict=True)]
    last = [(one.values[-1] - one.values[-2]) * said for one, said in zip(over, wanted, strict=True)]
    net = [abs(one.values[-1] - one.values[0]) for one in over]
    if any(by > 0 for by in moved) or any(by > LATELY * all_of for by, all_of in zip(last, net, strict=True)):
        return ""
    if not any(told == -said for told, said in zip(ways, wanted, strict=True)):
        return ""
    if not claim.way:
        return (
            "it gets worse, and is said to get better"
            if claim.judged > 0
            else "it gets better, and is said to get worse"
        )
    return "it falls, and is said to rise" if claim.way > 0 else "it rises, and is said to fall"


LEAST_STABLE = 3

LATELY = 0.5
"""Part of all that a series moved by which its last figure may have gone back: with more, a sentence may be on the last one."""
