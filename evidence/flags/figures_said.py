"""Figures that papers tell in sentences, points and small tables of a month, a run of months or a year, each with what it counts and in what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from evidence.bundle import Bundle
from evidence.facts.indicators import measures, says
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.text import fold, late, lines, phrases, words
from evidence.facts.told_spans import MonthSpan, month_spans, without_months
from evidence.facts.worded_counts import with_figures
from evidence.flags.business_years import business_year, years_of
from evidence.flags.counted_kinds import CLASSES_OF, MEASURES_OF, SUPPLIERS, kind_of, unit_of
from evidence.flags.figure_tables import FigureTable, figure_tables
from evidence.flags.month_figures import (
    LONGEST_LINE,
    Told,
    figures_in,
    papers_that_tell,
    passages_that_tell,
)
from evidence.flags.registry import name_of
from evidence.flags.written_figures import AIMED, LIGHT, WORD, YEARS
from evidence.model import DocumentReport, Passage

MOST_LEFT, MOST_WIDE = 9, 3
"""Letters of words that say neither what nor when is told, up to which a figure is of all; of scripts without spaces fewer."""

_CLIENTS = phrases("told_spans", "clients")
_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True)
class Said:
    """A figure that a paper tells, with what it counts and in what."""

    told: Told
    kind: str
    unit: str
    zone: str
    around: str
    of_rows: bool = False
    """Whether it is the count of the rows of a register, told in no words."""


def figures_said(bundle: Bundle) -> Iterator[Said]:
    """What the papers of a bundle tell in sentences, points and totals of small tables."""
    for document in papers_that_tell(bundle):
        if document.kind in _OF_SINGLE:
            continue
        titled = _titled(document) if document.kind != "corrective_action_record" else []
        for passage in passages_that_tell(document):
            yield from _in_passage(document, passage, titled)
    for one in figure_tables(bundle):
        if one.document.kind not in (*_OF_SINGLE, "corrective_action_record"):
            yield from _in_table(one)


_OF_SINGLE = (
    "traceability_record", "calibration_record", "training_record", "supplier_evaluation_record", "certificate",
)  # fmt: skip
"""Kinds of papers on single lots, cases, gauges or suppliers, which tell of a month what was in them."""


def title_of_paper(document: DocumentReport) -> str:
    """The name of a paper with its first heading and line."""
    opening = document.passages[0]
    return " \n ".join((name_of(document.path), *opening.heading[:1], opening.text.split("\n", 1)[0][:LONGEST_TITLE]))


LONGEST_TITLE, OPENING = 120, 500
"""Letters of a first line that is a title, and of the beginning of a paper, in which it says of what year of account it is."""


def _titled(document: DocumentReport) -> list[MonthSpan]:
    """The months of which a paper says in its title that it is, or the year of account that it names at its beginning."""
    if told := one_span(fold(title_of_paper(document))):
        return told
    opening = " ".join((name_of(document.path), *(passage.text for passage in document.passages[:2])))
    return _account(fold(opening[:OPENING]))


def _account(folded: str) -> list[MonthSpan]:
    year = business_year(folded)
    return [MonthSpan(0, 0, 1, MONTHS_OF_YEAR, year)] if year else []


def one_span(folded: str) -> list[MonthSpan]:
    """The months that a text names, where it names one month or run of months alone, or one and months within it."""
    spans = sorted(month_spans(folded), key=lambda span: span.first - span.last)
    within = all(spans[0].first <= span.first and span.last <= spans[0].last for span in spans)
    return spans[:1] if spans and within and len({span.year for span in spans} - {None}) <= 1 else []


def _in_passage(document: DocumentReport, passage: Passage, titled: list[MonthSpan]) -> Iterator[Said]:
    heading = fold(" ".join(passage.heading[-1:]))
    for line in lines(passage.text):
        if line.text.count("|") > 1 or len(line.text) > LONGEST_LINE:
            continue
        plain = _BUSINESS_RUN.sub(_blanks, line.text)
        written = with_figures(plain)
        if not any(map(str.isdigit, written)):
            continue
        folded = fold(written)
        above = _above(folded, heading, titled)
        kind, sentence = "", ""
        for told in figures_in(document, passage, written, above):
            kind, sentence = (kind, sentence) if told.sentence == sentence else ("", told.sentence)
            kind, zone = kind_told(told, kind)
            if told.loose or AIMED.search(told.between) or AIMED.search(told.behind[:NEAR]):
                continue
            if not kind and not left_of(zone, "", told) and document.kind != "corrective_action_record":
                kind = kind_of(heading)
            if kind == "satisfaction" and not told.unit and _OF_CLIENTS.match(told.behind):
                continue  # how many were asked, and how many answered
            if kind and not (kind in _WHOLE_NUMBERS and told.exact and not told.unit):
                unit = told.unit or unit_of(_first_word(told.behind)) or ("%" if "%" in told.between else "")
                if written is not plain and (at := written.find(told.quote)) >= 0:
                    told = replace(told, quote=line.text[at : at + len(told.quote)])
                yield Said(told, kind, unit, zone, heading)


_OF_CLIENTS = late(rf"\s?(?:{phrases('told_spans', 'clients').pattern}|{phrases('told_spans', 'out_of').pattern})")
"""Behind a figure, who was asked, or how many: ``34 of 41 customers``."""


def _above(folded: str, heading: str, titled: list[MonthSpan]) -> list[MonthSpan]:
    """The months that figures of a line are of which name none: those of the line, of the heading, of the title."""
    if any(month_spans(folded)):
        return one_span(folded)
    if told := _account(folded) or one_span(heading):
        return told
    years = set(map(int, YEARS.findall(folded)))
    of_account = bool(
        titled and titled[0].year and titled[0].year > max(years, default=0) and years <= years_of(titled[0].year)
    )
    return titled if not years or of_account else []


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


_BUSINESS_RUN = re.compile(r"(?<=年度)\s?[(（][^()（）]{4,30}[)）]")
"""The months of a business year, told beside it."""

NEAR = 14
"""Letters behind a figure that make it a target or a limit."""


def _names_more(behind: str, kind: str) -> bool:
    """Whether a word right behind a labelled figure says of what it is."""
    said = re.split(r" {2}", behind.lstrip(" "), maxsplit=1)[0] if not behind.startswith("  ") else ""
    for pattern in (*_kind_words(kind), _CLIENTS, LIGHT):
        said = pattern.sub(" ", said)
    return WORD.search(said) is not None


_LABELLED = re.compile(r"[^\d:]{2,60}:\s*\d")
"""A line of labels and their figures: ``Lots inspected: 148   Lots rejected: 4``."""

_PIECES = re.compile(r"[,;:(、，；：（]")


def kind_told(told: Told, before: str) -> tuple[str, str]:
    """What a figure counts, and the words that are said of it. What stands between it and the figure before it, up to a comma, is of
    that one; a figure beside which nothing but its month stands goes on with what the one before it counts.
    """
    first = told.sentence.startswith(told.between)
    labelled = told.between.rstrip()[-1:] == ":" and (first or _LABELLED.match(told.sentence) is not None)
    piece = told.between if first else _PIECES.split(told.between.rstrip(" :") if labelled else told.between)[-1]
    bare = without_months(piece)
    led = _LEAD.match(bare)
    bare = bare[led.end() :] if led and not kind_of(led[0]) else bare
    zone = bare if told.unit or labelled else f"{bare} {told.behind}"
    around = (bare,) if labelled and kind_of(bare) else (bare, told.behind) if told.unit else (told.behind, bare)
    kinds = [kind_of(text) for text in around]
    if labelled and not told.unit and _names_more(told.behind, kinds[0]):
        return "", zone  # complaints: 9 burrs
    kind = next((kind for kind in kinds if kind and kind not in _WEAK), "") or next(filter(None, kinds), "")
    if kind and told.unit and not kinds[0]:
        zone = f"{bare} {told.behind}"
    if not kind and not first and bare != piece and not left_of(bare, "", told):
        kind = before
    return kind, zone


_LEAD = re.compile(r"\s*(?:\d{1,2}[.)]\s)?[^\d:：]{2,40}[:：]\s?(?=.*[^\W\d_]{4})")
"""What leads a point of minutes, before a sentence that says itself what is counted: ``Resources: the plant trained ...``."""

_WHOLE_NUMBERS = frozenset({"complaints", "findings", "people"})
"""Kinds that are counted whole."""

_WEAK = frozenset({"made", "inspected", "shipped", "received", "people"})
"""Kinds whose words are verbs too: ``we received three complaints``."""


def _in_table(one: FigureTable) -> Iterator[Said]:
    """The totals of a table of one month, or its only row, under what its title counts."""
    above = one_span(one.title)
    if one.told or not above or any(any(month_spans(one.head(index))) for index in range(len(one.heads))):
        return
    rows = list(enumerate(one.rows))
    if any(any(month_spans(fold(row.cells[0]))) for _, row in rows):
        return
    if len(rows) > 1:
        rows = [(at, row) for at, row in rows if says(row.cells[0], "sum")]
    for at, row in rows if len(rows) == 1 else ():
        for index, column in one.figures.items():
            head = one.head(index)
            kind = kind_of(head)
            if at not in column or not kind or AIMED.search(head):
                continue
            value = column[at]
            unit = unit_of(head, share=value.unit == "%")
            told = Told(
                value.value, unit if unit in ("%", "ppm") else "", value.decimals > 0, above[0], False, one.title, head, "",
                one.document, row.passage, row.line,
            )  # fmt: skip
            yield Said(told, kind, unit, head, one.title)


def _first_word(behind: str) -> str:
    match = WORD.match(behind.strip())
    return match[0] if match else ""


def left_of(zone: str, sheet: str, told: Told, kind: str = "", most: int = MOST_LEFT) -> bool:
    """Whether more is said beside a figure than what and when it counts: of which part, by which fault, at whom. ``most`` letters are free."""
    text = zone
    for pattern in (*_kind_words(kind), _CLIENTS, LIGHT):
        text = pattern.sub(" ", text)
    if not told.unit and (noun := _first_word(told.behind)) and _LATIN.match(noun):
        text = text.replace(noun, " ", 1)
    rest = [word for word in WORD.findall(text) if word not in sheet]
    names = set(WORD.findall(told.quote)[1:])
    if any(
        word.capitalize() in names or word.upper() in names for word in rest if len(word) > 2 and _LATIN.match(word)
    ):
        return True
    latin = sum(len(word) for word in rest if _LATIN.match(word))
    wide = sum(_unknown(word, sheet) for word in rest if not _LATIN.match(word))
    return latin > most or wide > min(most, MOST_WIDE)


def _unknown(word: str, sheet: str) -> int:
    """Letters of a word of a script without blanks that stand in no pair of letters of the sheet."""
    known = {at + beside for at in range(len(word) - 1) if word[at : at + 2] in sheet for beside in (0, 1)}
    return len(word) - len(known)


@cache
def _kind_words(kind: str) -> tuple[re.Pattern[str], ...]:
    """The words of a kind, by which it is known."""
    named = [words(measure.words) for measure in measures() if measure.id in MEASURES_OF.get(kind, ())]
    if kind == "suppliers":
        return (SUPPLIERS, *named)
    return (*named, *(phrases("same_figures", name) for name in CLASSES_OF.get(kind, ())))
