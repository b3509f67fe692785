"""Flags on readings of inspections and tests: outside the limits, judged against them, always at the edge."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.facts.text import fold, late, phrases
from evidence.flags.accepted_by_class import passed_by_class
from evidence.flags.accepted_counts import passed_against_plan
from evidence.flags.all_of_them import all_of_them
from evidence.flags.case_of_reading import answered_in_case
from evidence.flags.comparisons import comparisons
from evidence.flags.denied_faults import denied_faults
from evidence.flags.denied_lists import denied_lists
from evidence.flags.figure_rows import cite_rows
from evidence.flags.grades_given import grades_given
from evidence.flags.head_limits import GOOD, beyond_limits, is_routine_row, passes_every_row
from evidence.flags.kept_by_all import kept_by_all
from evidence.flags.outside_limits import keeps, outside_of
from evidence.flags.periods_compared import said_of_periods
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.row_verdicts import (
    PLAIN,
    Outside,
    judged_good_in_row,
    least_of,
    other_lots,
    other_sheets,
    read_anew_below,
    read_anew_beside,
    rows_before,
    rows_of_others,
)
from evidence.flags.said_beside import said_beside
from evidence.flags.said_met import said_met
from evidence.flags.states_denied import states_denied
from evidence.flags.studies import CAPABLE_WORDS, NAMES_INDEX, capabilities, gauge_studies
from evidence.flags.told_from_to import told_from_to
from evidence.flags.told_ways import told_ways
from evidence.flags.trends import said_against_series
from evidence.model import Citation, DocumentReport
from evidence.wording import count_of

_REACTION = phrases("readings_flags", "reaction")


def readings(bundle: Bundle) -> list[Item]:
    """The tables of readings of papers that are no examples."""
    return [item for item in bundle.items("readings") if not is_example(item.document)]


@rule("out_of_limits_without_reaction")
def out_of_limits_without_reaction(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Readings beyond their written limits, and no word of rejecting, sorting or accepting them by concession."""
    for item in readings(bundle):
        outside = outside_of(item)
        total = sum(len(row["values"]) for row in item.value["rows"])
        many = len(outside) * 2 > total and not item.value.get("sure")
        if not outside or many or item.passage.source == "ocr" or _aims(item):
            continue  # more than half outside means that the columns are not readings of this limit; a scan may be misread
        left = next(
            (
                one
                for one in outside[:MOST_ASKED]
                if not (_is_answered(item, outside, one) or answered_in_case(bundle, item.document, one))
            ),
            None,
        ) or _passed_in_row(bundle, item, outside)
        if left is None:
            continue
        row, value = left
        yield Finding(
            {
                "name": name_of(item.document.path),
                "count": f"{count_of(len(outside), 'reading')} {'lies' if len(outside) == 1 else 'lie'}",
                "label": row["label"],
                "value": f"{value:.10g}",
                "spec": row["spec"],
            },
            (cite_rows(item.document, item.passage, [value for _, value in outside]),),
        )
    yield from _by_row(bundle, good=False)


def _passed_in_row(bundle: Bundle, item: Item, outside: Outside) -> tuple[Mapping[str, Any], float] | None:
    """The first reading outside its limits that its own row passes without a word more: with the mark of every row of a log, or as all rows
    are passed while nobody reacts.
    """
    found = judged_good_in_row(item.document, outside)
    if not found or is_routine_row(item.document, found[2]):
        return found[:2] if found else None
    one = found[:2]
    passed = passes_every_row(item.document, found[2])
    if not passed or _is_reacted_to(item, outside, one) or answered_in_case(bundle, item.document, one):
        return None
    return one


def _by_row(bundle: Bundle, *, good: bool) -> Iterator[Finding]:
    """The first reading of each paper beyond its limits to which its own row does not react; ``good`` are those that it judges good by a
    verdict of their own.
    """
    told: set[str] = set()
    for one in beyond_limits(bundle):
        judged = one.verdict == GOOD
        if (good and not judged) or one.document.path in told:
            continue
        if judged and good is passes_every_row(one.document, one.row.line):
            continue  # where every row is passed nobody concluded on this one, and nobody reacted to it
        told.add(one.document.path)
        words: dict[str, Any] = {"name": name_of(one.document.path)}
        if good:
            words["what"] = _reads(one.head, one.value, one.spec)
        else:
            words |= {"count": "1 reading lies", "label": one.head, "value": f"{one.value:.10g}", "spec": one.spec}
        yield Finding(words, (cite(one.document, one.row.passage, one.row.line),))


def _reads(label: str, value: float, spec: str) -> str:
    """What was read and passed; a limit that stands in its label is not told twice."""
    return f"'{label}' reads {value:.10g}{'' if spec in label else f' against {spec}'} and is judged good"


def _verdict_line(item: Item) -> Citation | None:
    """The line below or beside a table that passes what it tells; None where a column or a row does."""
    own = [passage for passage in item.document.passages if passage.part == item.passage.part and not passage.hidden]
    at = own.index(item.passage) + 1 if item.passage in own else 0
    for passage in (*own[at:], *own[:at]):  # what is concluded stands below, a title with the same word above
        begin = 0
        for line in passage.text.splitlines(keepends=True):
            if line.count("|") < LEAST_WIDE and _judged(fold(line)):
                return cite(item.document, passage, line.rstrip(), begin)
            begin += len(line)
    return None


MOST_ASKED = 8
"""Readings of a table outside their limits for each of which the words of its paper are looked through."""


def _is_answered(item: Item, outside: Outside, one: tuple[Mapping[str, Any], float]) -> bool:
    """Whether a paper reacts to a reading outside its limits, or judges it; what it says of another lot alone is no word on this one,
    and a verdict on another sheet is one on something else.
    """
    said = said_beside(item, _of_others(item, one), on_sheet=True)
    capable = NAMES_INDEX.search(fold(one[0]["label"])) is not None and CAPABLE_WORDS.search(said) is not None
    return capable or _judged(said) or _is_reacted_to(item, outside, one)


def _is_reacted_to(item: Item, outside: Outside, one: tuple[Mapping[str, Any], float]) -> bool:
    """Whether a paper says what was done about a reading outside its limits."""
    others = _of_others(item, one)
    if _REACTION.search(said_beside(item, others)):
        return True
    return _remarked(item.document, [one] if others else outside)


def _of_others(item: Item, one: tuple[Mapping[str, Any], float]) -> frozenset[str]:
    """The rows of a paper that speak of something else than a reading."""
    return other_lots(item.document, one) | rows_before(item.document, one) | other_sheets(item, one)


def _remarked(document: DocumentReport, outside: Sequence[tuple[Mapping[str, Any], float]]) -> bool:
    """Whether the row of a reading outside its limits says something that the other rows do not: what was done about it."""
    lines = [line for _, line in document.lines()]
    bare = [_wordly(line) for line in lines]
    named = _filled_columns(lines)
    for row, value in outside:
        figure = _figure(value)
        if _told_below(row, figure, lines) or read_anew_below(lines, value) or _read_anew_beside(row, figure, lines):
            return True
        for at, line in enumerate(lines):
            if not figure.search(line) or not ("|" in line or (row["spec"] in line and len(row["values"]) == 1)):
                continue
            first, *cells = line.split("|") if "|" in line else _CELLS_OF_LINE.split(line)
            place = next((n for n, cell in enumerate(line.split("|")) if figure.search(cell)), 0)
            cells = (
                cells[max(place - 1, 0) :] if "|" in line else cells
            )  # before a reading stand its name, unit and limit
            for cell in (*cells, *(_below(line, lines[at + 1 :], place) if _along(row, line) else ())):
                told = _wordly(cell)
                letters = sum(char.isalpha() for char in told)
                if (
                    letters >= least_of(told)
                    and row["spec"] not in cell
                    and sum(told in other for other in bare) == 1
                    and told not in (_wordly(first), _wordly(row["label"]))
                    and told not in named
                    and not _AS_EVER.search(fold(cell))
                ):
                    return True
    return False


def _read_anew_beside(row: Mapping[str, Any], figure: re.Pattern[str], lines: Sequence[str]) -> bool:
    """Whether a reading was read anew in its own row."""
    rows = [line.split("|") for line in lines if "|" in line]
    places = [next((n for n, cell in enumerate(cells) if figure.search(cell)), len(cells)) for cells in rows]
    return any(
        read_anew_beside(cells, at, rows, lambda value: keeps(row, value))
        for cells, at in zip(rows, places, strict=True)
    )


def _told_below(row: Mapping[str, Any], figure: re.Pattern[str], lines: Sequence[str]) -> bool:
    """Whether a line of its own speaks of a reading's piece and feature by their names: ``7R-2643 pc 1: loft out, 22 re-bent``."""
    features = [word for word in re.findall(r"[^\W\d_]+", fold(row["label"])) if len(word) >= LEAST_FEATURE]
    pieces = {line.split("|")[0].strip() for line in lines if "|" in line and figure.search(line)}
    codes = [fold(piece) for piece in pieces if len(piece) >= LEAST_FEATURE and any(map(str.isdigit, piece))]
    told = [fold(line) for line in lines if "|" not in line and sum(map(str.isalpha, line)) >= LEAST_TOLD]
    return any(
        any(code in line for code in codes) and any(word in line for word in features) and not _judged(line)
        for line in told
    )


LEAST_FEATURE, LEAST_TOLD = 4, 20
"""Letters of the name of a feature or of a piece, and of a line that tells what came of it."""


def _filled_columns(lines: Sequence[str]) -> frozenset[str]:
    """What stands in a column of which nearly every row holds something of its own: names and places of use, and no remarks."""
    columns: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        cells = line.split("|")
        if len(cells) >= LEAST_WIDE:
            for at, cell in enumerate(cells):
                columns.setdefault((len(cells), at), []).append(_wordly(cell))
    found: set[str] = set()
    for told in columns.values():
        own = {cell for cell in told if any(map(str.isalpha, cell))}
        if len(told) > LEAST_ROWS and len(own) * 4 >= len(told) * 3 and max(map(len, own)) <= LONGEST_NAME:
            found |= own
    return frozenset(found)


LEAST_ROWS = 4
"""Rows of a table, its head among them, of which a column can be seen to be filled."""

LONGEST_NAME = 24
"""Letters of a name or place of use."""


def _figure(value: float) -> re.Pattern[str]:
    """A value as tables write it: with a point or a comma, and thousands apart or not."""
    whole, _, part = f"{value:.6f}".rstrip("0").partition(".")
    grouped = "[., ]?".join(re.findall(r"\d+?(?=(?:\d{3})*$)", whole))
    return re.compile(
        rf"(?<![\d.,]){'-' if value < 0 else ''}{grouped}{f'[.,]{part}0*' if part else '(?:[.,]0+)?'}(?![\d.,]*\d)"
    )


def _wordly(text: str) -> str:
    """The words of a text without its figures: ``found 35.5`` in one row says no more than ``found 2.03`` in another."""
    return " ".join(_FIGURES.sub(" ", text).split())


_FIGURES = late(r"[-+±]?\d[\d.,]*")
_CELLS_OF_LINE = late(r"[()（）:：]|[,;，；、](?!\d)")
_AS_EVER = phrases("readings_flags", "as_ever")
"""Words of a remark that says that nothing was changed: no reaction."""


def _along(row: Mapping[str, Any], line: str) -> bool:
    """Whether the readings of a feature run along the cells of a line: then what was done stands below them, else at the end of their line.
    Several in one cell are of one row, as those of a sample.
    """
    cells = [{float(figure.replace(",", ".")) for figure in PLAIN.findall(cell)} for cell in line.split("|")]
    values = row["values"]
    told = sum(any(value in cell for cell in cells) for value in values)
    return told >= LEAST_WIDE and sum(any(value in cell for value in values) for cell in cells) >= LEAST_WIDE


def _below(line: str, lines: Sequence[str], place: int) -> Iterator[str]:
    """What is written in the rows below a reading of a table in which readings run along: remarks that fill some of its columns.

    A verdict on all of them is no remark, nor is what stands under another column where its own is left empty.
    """
    width = line.count("|")
    if width < LEAST_WIDE:
        return
    for other in itertools.takewhile(lambda row: "|" in row, lines):
        told = other.split("|")[1:]
        placed = any(not cell.strip() for cell in told)  # each remark stands under the reading that it is on
        fills_some = 0 < len(told) < width + placed
        if fills_some and not _judged(fold(other)) and not _SIGNED.match(fold(other).strip()):
            yield from told[place - 1 : place] if placed else told


_SIGNED = phrases("readings_flags", "signed")
"""Who measured, at the foot of a sheet: no remark on a reading."""

LEAST_WIDE = 3
"""Bars of a row in which readings run along."""


@rule("conclusion_contradicts_data")
def conclusion_contradicts_data(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """All judged OK while readings lie outside their limits;

    a gauge study accepted with an error beyond what is ever accepted.
    """
    for item in readings(bundle):
        outside = outside_of(item)
        total = sum(len(row["values"]) for row in item.value["rows"])
        many = len(outside) * 2 > total and not item.value.get("sure")
        if not outside or many or item.passage.source == "ocr" or item.value.get("chart") or _of_months(item):
            continue  # beyond a control limit a piece can still be good
        text = said_beside(item)
        in_row = judged_good_in_row(item.document, outside)
        if in_row and (is_routine_row(item.document, in_row[2]) or passes_every_row(item.document, in_row[2])):
            continue  # the mark of every row: nobody concluded on this one
        judged = _judged(text) and _judged(said_beside(item, rows_of_others(item.document, outside[0])))
        if in_row or (judged and not _REACTION.search(text) and not _remarked(item.document, outside)):
            row, value = in_row[:2] if in_row else outside[0]
            yield Finding(
                {
                    "name": name_of(item.document.path),
                    "what": _reads(str(row["label"]), value, str(row["spec"])),
                },
                (cite_rows(item.document, item.passage, [value]), None if in_row else _verdict_line(item)),
            )
    yield from _by_row(bundle, good=True)
    yield from gauge_studies(bundle)
    yield from comparisons(bundle)
    yield from capabilities(bundle)
    yield from said_against_series(bundle)
    yield from passed_against_plan(bundle)
    yield from passed_by_class(bundle)
    yield from grades_given(bundle)
    yield from (found for found in said_met(bundle) if not _is_of_routine_row(bundle, found))
    yield from said_of_periods(bundle)
    yield from told_ways(bundle)
    yield from told_from_to(bundle)
    yield from kept_by_all(bundle)
    yield from all_of_them(bundle)
    yield from denied_faults(bundle)
    yield from denied_lists(bundle)
    yield from states_denied(bundle)


def _is_of_routine_row(bundle: Bundle, found: Finding) -> bool:
    """Whether a finding cites the row of a log that only bears the mark of every row."""
    return any(
        cited and document.path == cited.document and is_routine_row(document, cited.quote)
        for cited in found.citations
        for document in bundle.read
    )


_JUDGED = phrases("readings_flags", "judged")


def _aims(item: Item) -> bool:
    """Whether what a table is held against are aims of the house, month after month: what is done about a month below its aim stands in
    reviews and plans of actions, and what was not met was aimed at all the same.
    """
    return item.document.kind == "metrics_record" and _of_months(item) and not item.value.get("chart")


def _of_months(item: Item) -> bool:
    """Whether a table holds figures of months beside what is aimed at: one month beyond it is no verdict on a piece."""
    return any(fact.kind == "series" and fact.passage == item.passage.id for fact in item.document.facts)


def _judged(text: str) -> bool:
    """Whether a folded text says that something was good; what it tells of the norm, ``acceptance limit ± 0.03``, says nothing of it."""
    return _JUDGED.search(_NORM.sub(" ", text)) is not None


_ACCEPTS, _LIMITS = (phrases("readings_flags", name).pattern for name in ("acceptance", "norm"))
_NORM = late(
    rf"(?:{_ACCEPTS})\s?(?:{_LIMITS})|(?:{_LIMITS})[^\d\n|.;。；±≤≥<>]{{0,20}}(?:{_ACCEPTS})(?=\s?[:=：]?\s?(?:[±≤≥<>]|\d))"
)
