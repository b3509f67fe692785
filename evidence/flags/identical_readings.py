"""The flag on readings that stand in two tests: as rows under limits, as plain tables, as columns, as whole files."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, is_example
from evidence.facts.limits import limits
from evidence.facts.text import fold, phrases
from evidence.flags.figure_rows import cite_rows
from evidence.flags.lots_alike import lots_alike
from evidence.flags.reading_columns import LONG_RUN, columns_of_readings, head_of, is_set, of_one_feature
from evidence.flags.readings import readings
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.results_alike import results_alike
from evidence.flags.rows_alike import rows_alike
from evidence.flags.sheets import sheets_of
from evidence.flags.trials_alike import trials_alike
from evidence.model import DocumentReport, Fact, Passage
from evidence.titles import RULES_AND_FORMS, reads_no_piece


@rule("identical_readings")
def identical_readings(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Two tests of different lots or days with the same readings in the same order.

    Not meant: one report in two formats, rows without spread (a gauge of coarse steps repeats itself), fewer readings
    than chance could repeat.
    """
    found = False
    for finding in _copied(bundle, data):
        found = True
        yield finding
    if not found:
        yield from trials_alike(bundle, _different_test)


def _copied(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """What was copied from one paper, sheet, table or row to another, by the shapes that papers mostly have."""
    told: set[frozenset[str]] = set()
    seen: dict[tuple[tuple[float, ...], ...], Item] = {}
    for item in readings(bundle):
        rows = tuple(tuple(row["values"]) for row in item.value["rows"] if len(set(row["values"])) > 1)
        count = sum(map(len, rows))
        few = len(rows) < data["least_rows"] or count < data["least_values"]
        if few and not (rows and all(_is_unlike(row) for row in rows)):
            continue
        first = seen.setdefault(rows, item)
        if (
            first is not item
            and first.document.path != item.document.path
            and _different_test(first.document, item.document)
        ):
            told.add(frozenset((first.document.path, item.document.path)))
            yield Finding(
                {"one": name_of(first.document.path), "other": name_of(item.document.path), "count": count},
                tuple(cite_rows(one.document, one.passage, _values(one.fact)) for one in (first, item)),
                (item.document.path,),
            )

    yield from _files_again(bundle, told)
    yield from _plain_tables(bundle, told)
    yield from _same_columns(bundle, told, int(data["least_values"]))
    yield from _sheets_alike(bundle)
    yield from results_alike(bundle, _different_test)
    yield from list(rows_alike(bundle)) or lots_alike(bundle)


LEAST_UNLIKE = 5
"""Readings of one feature, all different, from which two tests with the same ones are no chance where the readings lie far apart."""

WIDE = 20
"""Steps of the gauge over which such readings are spread: five of them meet again once in a million tests."""


def _is_unlike(row: Sequence[float]) -> bool:
    """Whether a row of readings differs so much that no second test gives it again."""
    if len(row) < LEAST_UNLIKE or len(set(row)) < len(row):
        return False
    decimals = max(len(f"{value:.6f}".rstrip("0").split(".")[1]) for value in row)
    return (max(row) - min(row)) * 10**decimals >= WIDE


def _files_again(bundle: Bundle, told: set[frozenset[str]]) -> Iterator[Finding]:
    """One sheet of readings twice, to the letter, under names that tell it is of two lots or orders. A copy of a file or another
    format of it keeps its number.
    """
    by_path = {document.path: document for document in bundle.documents}
    for again, kept in sorted(bundle.likeness.doubles.items()):
        first, second = by_path[kept], by_path[again]
        left, right = _numbers_of(first), _numbers_of(second)
        facts = [fact for fact in second.facts if fact.kind == "readings"]
        if not facts or not left or not right or left & right or _ending(kept) != _ending(again) or is_example(second):
            continue
        count = sum(len(_values(fact)) for fact in facts)
        places = tuple(
            cite_rows(document, bundle.passages[document.path][fact.passage], _values(fact))
            for document in (first, second)
            for fact in [fact for fact in document.facts if fact.kind == "readings"][:1]
        )
        told.add(frozenset((kept, again)))
        yield Finding({"one": name_of(kept), "other": name_of(again), "count": count}, places, (again,))


def _values(fact: Fact) -> list[float]:
    """The readings of a table."""
    return [value for row in json.loads(fact.value)["rows"] for value in row["values"]]


def _as_numbers(figures: Sequence[str]) -> list[float]:
    return [float(figure.replace(",", ".")) for figure in figures]


def _ending(path: str) -> str:
    return path.rsplit(".", 1)[-1].lower()


LEAST_ALONE = 8
"""Figures with decimals that stand once in a paper: so many in the same order in two papers are no chance, and no gauge that
reads its nominal values.
"""

_TESTED = ("traceability_record", "calibration_record", "metrics_record", "other")


_FIGURE = re.compile(r"(?<![\w.,/-])-?\d+[.,]\d+(?![\w.,/%-]*\d)")


def _plain_tables(bundle: Bundle, told: set[frozenset[str]]) -> Iterator[Finding]:
    """Test tables without limits, told by the rows of the papers alone."""
    known = {item.document.path for item in readings(bundle)}
    seen: dict[tuple[str, ...], tuple[DocumentReport, Passage]] = {}
    for document in bundle.read:
        if document.kind not in _TESTED or document.path in known:
            continue
        if document.kind == "metrics_record" and any(fact.kind in ("series", "rates") for fact in document.facts):
            continue  # figures over time may be told twice
        if is_example(document) or (document.reading == "static" and bundle.document_day(document) is None):
            continue
        rows = [(p, line) for p in document.passages for line in p.text.splitlines() if line.count("|") >= 2]
        figures = [figure for _, line in rows for figure in _FIGURE.findall(line)]
        often = Counter(figures)
        alone = tuple(figure for figure in figures if often[figure] == 1)
        if len(alone) < LEAST_ALONE:
            continue
        place = next(p for p, line in rows if _FIGURE.search(line))
        first, where = seen.setdefault(tuple(figures), (document, place))
        if first.path != document.path and _different_test(first, document):
            told.add(frozenset((first.path, document.path)))
            yield Finding(
                {"one": name_of(first.path), "other": name_of(document.path), "count": len(figures)},
                tuple(cite_rows(paper, at, _as_numbers(alone)) for paper, at in ((first, where), (document, place))),
                (document.path,),
            )


def _sheets_alike(bundle: Bundle) -> Iterator[Finding]:
    """Two sheets of one workbook, of different lots or days, with the same figures in the same order."""
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or reads_no_piece(document) or is_example(document):
            continue
        sheets: dict[tuple[str, ...], DocumentReport] = {}
        parts = sheets_of(document)
        yield from _columns_again(document, parts)
        for name, sheet in parts.items():
            figures = tuple(figure for p in sheet.passages for figure in _read_in(p.text))
            if len(set(figures)) < LEAST_ALONE and not _are_fine(figures):
                continue
            first = sheets.setdefault(figures, sheet)
            if first is not sheet and _different_test(first, sheet):
                before = next(key for key, one in parts.items() if one is first)
                names = [f"{name_of(document.path)}, sheet {key}" for key in (before, name)]
                yield Finding(
                    {"one": names[0], "other": names[1], "count": len(figures)},
                    tuple(cite_rows(one, one.passages[0], _as_numbers(figures)) for one in (first, sheet)),
                )
                break


LEAST_FINE = 5
"""Different figures of four digits and more that no second test gives again."""


def _are_fine(figures: Sequence[str]) -> bool:
    """Whether few figures are read so finely that they tell one test from another, and are not set in round ones."""
    fine = {figure for figure in figures if sum(map(str.isdigit, figure.lstrip("-0.,"))) >= FINE}
    return len(fine) >= LEAST_FINE and 2 * sum(figure[-1] in "05" for figure in fine) < len(fine)


FINE = 4
"""Digits, without zeros before them, of a figure that was read finely."""


def _columns_again(document: DocumentReport, parts: Mapping[str, DocumentReport]) -> Iterator[Finding]:
    """Two sheets of a workbook, of two lots, with one column of readings that lie too far apart to come again."""
    seen: dict[tuple[str, ...], tuple[str, DocumentReport, Passage]] = {}
    for name, sheet in parts.items():
        for column, passage in columns_of_readings(sheet).items():
            if not (_is_unlike([float(figure) for figure in column]) and of_one_feature(column)):
                continue
            before, first, place = seen.setdefault(column, (name, sheet, passage))
            if first is not sheet and not _is_followed(column, first, sheet) and _different_test(first, sheet):
                one, other = (f"{name_of(document.path)}, sheet {key}" for key in (before, name))
                yield Finding(
                    {"one": one, "other": other, "count": len(column)},
                    tuple(cite_rows(one, at, _as_numbers(column)) for one, at in ((first, place), (sheet, passage))),
                )
                return


def _is_followed(column: Sequence[str], *sheets: DocumentReport) -> bool:
    """Whether a column is what was set and not what was read: on each sheet other figures keep close to it row by row, and they are other
    ones on each.
    """
    values = [float(figure) for figure in column]
    near = (max(values) - min(values)) / FOLLOWS
    close = [
        {
            other
            for other in columns_of_readings(sheet)
            if other != column
            and len(other) == len(column)
            and all(abs(float(figure) - value) <= near for figure, value in zip(other, values, strict=True))
        }
        for sheet in sheets
    ]
    return all(close) and close[0] != close[1]


FOLLOWS = 8
"""Part of the spread of a column within which each reading lies beside the size that it was read of."""


def _read_in(text: str) -> Iterator[str]:
    """The figures with decimals of rows that hold several, without those that are set and stand in each report on the part: the columns
    and rows under such names, and cells that state a limit.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if "|" in line]
    set_at = {
        index
        for index in range(max(map(len, rows), default=0))
        if is_set(head_of([row[index] if index < len(row) else "" for row in rows]))
    }
    for row in rows:
        if len(_FIGURE.findall(" | ".join(row))) < LEAST_IN_ROW or is_set(row[0]):
            continue
        for index, cell in enumerate(row):
            if index not in set_at and not _STATED.search(cell) and limits(cell) == (None, None):
                yield from _FIGURE.findall(cell)


LEAST_IN_ROW = 2
"""Figures of a row of readings: what was read, and what it is held against or read again."""

_STATED = re.compile(r"±|\+/-|[≤≥<>]")

LEAST_SHORT = 2
"""Shared short runs from which tests are alike where they share no long one."""

MOST_PAPERS = 8
"""Papers up to which each is set beside each. What stands in more of them is the nominal size of the part, unless it can be
readings of one feature and the papers share most of what they hold: that is told once.
"""


def _same_columns(bundle: Bundle, told: set[frozenset[str]], least: int) -> Iterator[Finding]:
    """The same columns or rows of figures in two papers, whatever stands around them and whatever their tables look like.

    The nominal sizes and limits of a part stand in all its reports: the runs under such heads are not looked at, and more than
    half of the others have to be shared.
    """
    columns: dict[tuple[str, ...], list[tuple[DocumentReport, Passage]]] = {}
    counts: dict[str, int] = {}
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or document.kind == "metrics_record" or is_example(document):
            continue
        found = columns_of_readings(document)
        counts[document.path] = len(found)
        for column, passage in found.items():
            columns.setdefault(column, []).append((document, passage))
    shared: dict[tuple[str, str], list[tuple[tuple[str, ...], Passage, Passage]]] = {}
    documents = {document.path: document for document in bundle.read}
    in_many: set[tuple[str, ...]] = set()
    for column, places in columns.items():
        many = len(places) > MOST_PAPERS
        pairs = ((places[0], place) for place in places[1:]) if many else itertools.combinations(places, 2)
        for (first, one), (second, other) in pairs if not many or of_one_feature(column) else ():
            shared.setdefault((first.path, second.path), []).append((column, one, other))
    for (left, right), every in sorted(shared.items()):
        few = [entry for entry in every if len(columns[entry[0]]) <= MOST_PAPERS]
        found_in_both = few or every
        count = sum(len(column) for column, _, _ in found_in_both)
        decimals = any("." in figure for column, _, _ in found_in_both for figure in column)
        first, second = documents[left], documents[right]
        long = any(len(column) >= LONG_RUN for column, _, _ in found_in_both)
        if count < least or not decimals or frozenset((left, right)) in told or not _different_test(first, second):
            continue
        most = len(found_in_both) * 2 > min(counts[left], counts[right])
        of_one = any(len(column) >= LONG_RUN and of_one_feature(column) for column, _, _ in few)
        if not (of_one or (most and (long or len(found_in_both) >= LEAST_SHORT))):
            continue
        if not few:
            copied = {column for column, _, _ in found_in_both}
            if copied & in_many:
                continue
            in_many |= copied
        yield Finding(
            {"one": name_of(left), "other": name_of(right), "count": count},
            tuple(
                cite_rows(paper, at, _as_numbers(found_in_both[0][0]))
                for paper, at in ((first, found_in_both[0][1]), (second, found_in_both[0][2]))
            ),
            (right,),
        )


def _different_test(first: DocumentReport, second: DocumentReport) -> bool:
    """Whether two reports claim to be of different lots, pieces or days, and neither says that it takes the place of the other."""
    if any(_REPLACES.search(fold(f"{one.path}\n{p.text}")) for one in (first, second) for p in one.passages[:OPENING]):
        return False
    for role in ("lot", "batch", "heat", "serial"):
        left = {fact.value for fact in first.facts if fact.kind == "identifier" and fact.role == role}
        right = {fact.value for fact in second.facts if fact.kind == "identifier" and fact.role == role}
        if left and right and left.isdisjoint(right):
            return True
    left = {fact.value for fact in first.facts if fact.kind == "date" and fact.role == "evidence"}
    right = {fact.value for fact in second.facts if fact.kind == "date" and fact.role == "evidence"}
    if left and right:
        return left.isdisjoint(right)
    left, right = _numbers_of(first), _numbers_of(second)
    return bool(left and right) and left.isdisjoint(right)


OPENING = 4
"""Passages at the beginning of a report, where an edition says which one it replaces."""

_REPLACES = phrases("papers_flags", "replaces")


def _numbers_of(document: DocumentReport) -> set[str]:
    """The numbers of three figures and more in the name of a file: of a lot or an order, where the sheet itself names none."""
    stem = name_of(document.path).rsplit(".", 1)[0]
    return {
        number for number in re.findall(r"\d[\d-]*", stem) if sum(char.isdigit() for char in number) >= LEAST_DIGITS
    }


LEAST_DIGITS = 3
"""Figures of a number that tells one test from another: fewer count editions and copies of one file."""
