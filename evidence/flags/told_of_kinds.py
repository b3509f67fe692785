"""A figure of a month, a quarter or any run of months that a paper tells of what it counts, against the sheet of months that counts the same.

Which column is meant is shown by what both count (``counted_kinds``), in what, and for when; in whatever languages the two are written. Of
counts the sum of the months is set against a told total, of rates their range. Held back is whatever could be another figure: of a part,
of a customer, of another column, the mean, the least, the greatest or the last of the months.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evidence.bundle import Bundle, cite
from evidence.facts.indicators import measures, says
from evidence.facts.text import fold, lines, phrases, words
from evidence.facts.told_spans import MonthSpan, month_spans
from evidence.flags.counted_kinds import CLASSES_OF, MEASURES_OF, kind_of, unit_of
from evidence.flags.figure_tables import FigureTable, figure_tables
from evidence.flags.figures_told_twice import HIGH_SHARE, WHOLE_OF, lacks_differ
from evidence.flags.month_figures import LONGEST_LINE, Told, figures_in, papers_that_tell, passages_that_tell
from evidence.flags.numbered_parts import of_one_part, parts_numbered, told_of_other_part
from evidence.flags.registry import Finding, line_at, name_of
from evidence.flags.told_by_name import far_from, is_change
from evidence.flags.told_of_periods import counts_business_years, is_told_of_whole, year_of
from evidence.flags.written_figures import AIMED, LIGHT, WHOLE, WORD, YEARS, Written, written_figures
from evidence.model import DocumentReport, Passage

MOST_LEFT, MOST_WIDE = 9, 3
"""Letters of words that say neither what nor when is told, up to which a figure is of all; of scripts without spaces fewer."""

_PARTIAL, _CLIENTS = phrases("metrics_flags", "partial"), phrases("told_spans", "clients")
_YOURS, _ANOTHER = phrases("counted", "yours"), phrases("same_figures", "another")
_OF_CLIENTS = frozenset({"complaints", "returned", "on_time", "satisfaction", "shipped"})
"""What is always counted at customers: the word for them names no part."""

_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True)
class Said:
    """A figure that a paper tells, with what it counts and in what."""

    told: Told
    kind: str
    unit: str
    zone: str
    around: str


def _said(bundle: Bundle) -> Iterator[Said]:
    """What the papers of a bundle tell in sentences, points and totals of small tables."""
    for document in papers_that_tell(bundle):
        if document.kind in _OF_SINGLE:
            continue
        titled = _one_span(fold(_title(document))) if document.kind != "corrective_action_record" else []
        for passage in passages_that_tell(document):
            yield from _in_passage(document, passage, titled)
    for one in figure_tables(bundle):
        if one.document.kind not in (*_OF_SINGLE, "corrective_action_record"):
            yield from _in_table(one)


_OF_SINGLE = (
    "traceability_record", "calibration_record", "training_record", "supplier_evaluation_record", "certificate",
)  # fmt: skip
"""Kinds of papers on single lots, cases, gauges or suppliers, which tell of a month what was in them."""


def _title(document: DocumentReport) -> str:
    opening = document.passages[0]
    return " \n ".join((name_of(document.path), *opening.heading[:1], opening.text.split("\n", 1)[0][:LONGEST_TITLE]))


LONGEST_TITLE = 120
"""Letters of a first line that is a title."""


def _one_span(folded: str) -> list[MonthSpan]:
    """The months that a text names, where it names one month or run of months alone."""
    spans = list(month_spans(folded))
    return spans[:1] if len({(span.first, span.last) for span in spans}) == 1 else []


def _in_passage(document: DocumentReport, passage: Passage, titled: list[MonthSpan]) -> Iterator[Said]:
    heading = fold(" ".join(passage.heading[-1:]))
    for line in lines(passage.text):
        if line.text.count("|") > 1 or len(line.text) > LONGEST_LINE or not any(map(str.isdigit, line.text)):
            continue
        written = _BUSINESS_RUN.sub(" ", line.text)
        folded = fold(written)
        spans = list(month_spans(folded))
        above = _one_span(folded) if spans else _one_span(heading) or ([] if YEARS.search(folded) else titled)
        kind, sentence = "", ""
        for told in figures_in(document, passage, written, above):
            kind, sentence = (kind, sentence) if told.sentence == sentence else ("", told.sentence)
            kind, zone = kind_told(told, kind)
            if told.loose or AIMED.search(told.between) or AIMED.search(told.behind[:NEAR]):
                continue
            if not kind and not _left(zone, "", told) and document.kind != "corrective_action_record":
                kind = kind_of(heading)
            if kind and not (kind in _WHOLE_NUMBERS and told.exact and not told.unit):
                unit = told.unit or unit_of(_first_word(told.behind)) or ("%" if "%" in told.between else "")
                yield Said(told, kind, unit, zone, heading)


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
    bare = _without_months(piece)
    zone = bare if told.unit or labelled else f"{bare} {told.behind}"
    around = (bare,) if labelled and kind_of(bare) else (bare, told.behind) if told.unit else (told.behind, bare)
    kinds = [kind_of(text) for text in around]
    if labelled and not told.unit and _names_more(told.behind, kinds[0]):
        return "", zone  # complaints: 9 burrs
    kind = next((kind for kind in kinds if kind and kind not in _WEAK), "") or next(filter(None, kinds), "")
    if kind and told.unit and not kinds[0]:
        zone = f"{bare} {told.behind}"
    if not kind and not first and bare != piece and not _left(bare, "", told):
        kind = before
    return kind, zone


_WHOLE_NUMBERS = frozenset({"complaints", "findings", "people"})
"""Kinds that are counted whole."""

_WEAK = frozenset({"made", "inspected", "shipped", "received", "people"})
"""Kinds whose words are verbs too: ``we received three complaints``."""


def _in_table(one: FigureTable) -> Iterator[Said]:
    """The totals of a table of one month, or its only row, under what its title counts."""
    above = _one_span(one.title)
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


def _without_months(text: str) -> str:
    for span in reversed(list(month_spans(text))):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def told_of_kinds(bundle: Bundle) -> Iterator[Finding]:
    """Figures that a sheet of months in another paper has otherwise."""
    columns = written_figures(bundle)
    pairs: set[tuple[str, str]] = set()
    for said in _said(bundle) if columns else ():
        told = said.told
        if (
            is_change(told)
            or not is_told_of_whole(told)
            or _ANOTHER.search(told.sentence)
            or _YOURS.search(told.sentence)
        ):
            continue
        if _YOURS.search(said.around):
            continue
        column = _contradicting(bundle, said, columns)
        if column is not None and (pair := (told.document.path, column.column.document.path)) not in pairs:
            pairs.add(pair)
            yield _finding(said, column)


def _contradicting(bundle: Bundle, said: Said, columns: Sequence[Written]) -> Written | None:
    """The column that has another figure for what is said, where no other column can be meant."""
    told = said.told
    first, last, year = told.span.first, told.span.last, _year(bundle, told)
    if told.span.quarter and counts_business_years(bundle):
        return None
    others = [
        one
        for one in columns
        if one.column.document.path != told.document.path and _of_year(bundle, one, year) and one.expected(first, last)
    ]
    alike = [one for one in others if one.unit == said.unit]
    if any(_same(told, value) for one in alike for value in one.expected(first, last)[:1]):
        return None
    meant = [one for one in alike if one.kind == said.kind and _is_of_same(said, one)]
    whole = [one for one in meant if WHOLE.search(fold(one.column.label)) or says(one.column.label, "sum")]
    meant = whole or meant
    if len({one.expected(first, last)[0] for one in meant}) != 1:
        return None
    one = meant[0]
    expected = one.expected(first, last)
    beside = [value for at in (first - 1, first + 1) for value in one.expected(at, at)[:1]] if first == last else []
    if any(_same(told, value) for value in (*expected, *beside)):
        return None
    if said.unit in ("%", "ppm") and len(expected) > 1:
        low, high = min(expected[1:]), max(expected[1:])
        nearest = min(max(told.value, low), high)
        return one if far_from(told, nearest) else None
    if said.unit == "%" and min(told.value, expected[0]) >= HIGH_SHARE:
        return one if lacks_differ(told.value, expected[0]) else None
    few = not said.unit and told.value == int(told.value) and max(told.value, expected[0]) <= FEW
    return one if far_from(told, expected[0]) or (few and told.value != expected[0]) else None


FEW = 12
"""Counts that may be of one thing whatever their size: four complaints that were told, and one."""


def _same(told: Told, value: float) -> bool:
    return not far_from(told, value) and abs(told.value - value) <= ROUNDED * max(abs(told.value), abs(value))


ROUNDED = 0.05
"""Part of a figure within which it is the same, rounded."""


def _year(bundle: Bundle, told: Told) -> int | None:
    """The year of a figure; of a paper without a day that of the reference day, where its months had passed by then."""
    if told.span.year is None and bundle.document_day(told.document) is None:
        return bundle.today.year if told.span.last <= bundle.today.month else None
    return year_of(bundle, told)


def _of_year(bundle: Bundle, one: Written, year: int | None) -> bool:
    """Whether a sheet is of a year: the one that it names, else that of the reference day."""
    if year is None:
        return False
    return year in one.years if one.years else year == bundle.today.year


def _is_of_same(said: Said, one: Written) -> bool:
    """Whether what is said is of all that a column counts: neither names a part or a customer that the other does not name."""
    told = said.told
    sheet_of = one.column.document, one.column.passage
    if of_one_part(*sheet_of, told.document) or told_of_other_part(told.document, told.sentence, *sheet_of):
        return False
    sheet = fold(f"{one.column.label} {one.title} {one.column.passage.text[:HEAD_OF_SHEET]}")
    zone, label = f"{said.zone} {told.behind}", fold(one.column.label)
    around = f"{said.around} {fold(_title(told.document))}"
    if said.kind in _OF_CLIENTS:
        zone, label = _CLIENTS.sub(" ", zone), _CLIENTS.sub(" ", label)
    elif _at_clients(f"{zone} {said.around}") != _at_clients(f"{label} {one.title}"):
        return False
    named = {match[0] for match in _PARTIAL.finditer(zone)} | parts_numbered(told.sentence)
    if any(part not in sheet for part in named):
        return False
    if any(match[0] not in f"{zone} {around}" for match in _PARTIAL.finditer(label)):
        return False
    return not _left(said.zone, sheet, told, said.kind)


def _at_clients(text: str) -> bool:
    """Whether a text says that something was counted at customers, and not that it is told to them."""
    return _CLIENTS.search(WHOLE_OF.sub(" ", text)) is not None


HEAD_OF_SHEET = 200
"""Letters of a sheet in which it says what it counts."""


def _left(zone: str, sheet: str, told: Told, kind: str = "") -> bool:
    """Whether more is said beside a figure than what and when it counts: of which part, by which fault, at whom."""
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
    return latin > MOST_LEFT or wide > MOST_WIDE


def _unknown(word: str, sheet: str) -> int:
    """Letters of a word of a script without blanks that stand in no pair of letters of the sheet."""
    known = {at + beside for at in range(len(word) - 1) if word[at : at + 2] in sheet for beside in (0, 1)}
    return len(word) - len(known)


@cache
def _kind_words(kind: str) -> tuple[re.Pattern[str], ...]:
    """The words of a kind, by which it is known."""
    named = [words(measure.words) for measure in measures() if measure.id in MEASURES_OF.get(kind, ())]
    return (*named, *(phrases("same_figures", name) for name in CLASSES_OF.get(kind, ())))


def _finding(said: Said, one: Written) -> Finding:
    told = said.told
    first, last = told.span.first, told.span.last
    return Finding(
        {
            "label": one.column.label[:60],
            "period": f"month {first}" if first == last else f"months {first} to {last}",
            "first": f"{told.value:g}",
            "second": f"{one.expected(first, last)[0]:g}",
            "one": name_of(told.document.path),
            "other": name_of(one.column.document.path),
        },
        (
            cite(told.document, told.passage, told.quote),
            cite(one.column.document, one.column.passage, line_at(one.column.passage.text, 0)),
        ),
    )
