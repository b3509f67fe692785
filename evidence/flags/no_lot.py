"""The flag on inspections that name no lot."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, cite, is_example
from evidence.data import table
from evidence.facts.identifiers import role_of_head
from evidence.facts.text import any_of, fold, late, phrases, words
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.shipped_lots import INSPECTS
from evidence.flags.told_tables import tables_of
from evidence.lots import is_telling
from evidence.model import Citation, DocumentReport, Passage
from evidence.numbered_rows import FOLLOWED, code_columns, form_of, is_log, numbers_in_text, numbers_pieces
from evidence.titles import RULES_AND_FORMS, calls_itself, is_audit, measures_pieces, title_of
from evidence.wording import list_of
from extractors.locators import SheetLocator

_CODE_ROLES = ("lot", "batch", "heat", "serial", "order", "invoice", "po")


@rule("no_lot_in_inspection")
def no_lot_in_inspection(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Inspection records were sent, and none of them names a lot, batch, heat, serial number or delivery; or others do, and a log of
    inspected goods does not.
    """
    numbered = False
    found: list[tuple[DocumentReport, Passage]] = []
    logged: list[tuple[DocumentReport, Passage]] = []
    for document in bundle.read:
        measured = measures_pieces(document)
        if _counts_months(document):
            continue  # no piece is looked at in it
        of_goods = (
            calls_itself(document, "inspection")
            and not is_audit(document)
            and not _CALIBRATION.search(fold(document.path))
        )
        reports = of_goods and _reports(document)
        if is_example(document) or (document.kind in RULES_AND_FORMS and not reports):
            continue
        if _of_gauges(bundle, document) and (not of_goods or _GAUGES.search(title_of(document))):
            continue  # a gauge has a number of its own and no lot; test reports in a column make its list no inspection
        if not measured and _COMPLAINTS.search(title_of(document)):
            continue  # what a customer says of goods is looked into, not inspected
        if (_MEDIUM if measured else phrases("traceability_flags", "exercise")).search(title_of(document)):
            continue  # sand, a bath or a room has no lot, nor has an emergency
        if not measured and not reports and (document.reading == "static" or not _inspects(document)):
            continue
        inspected = [
            p
            for p in document.passages
            if (bundle.is_record(p) and INSPECTS.search(fold(document.path + " " + " ".join(p.heading) + " " + p.text)))
            or ((p.mode == "record" or reports) and of_goods)
        ]
        if any(fact.kind == "identifier" and fact.role in _CODE_ROLES for fact in document.facts) or (
            _names_known_lot(bundle, document)
            or numbers_pieces(document)
            or numbers_in_text(document)
            or _has_lot_column(document)
            or _on_sheet_of_lot(document)
            or any(_SAMPLE.search(fold(passage.text)) or _builds(passage) for passage in document.passages)
        ):
            numbered = True
            continue
        if not inspected and measured and document.kind == "traceability_record":
            logged += [(document, passage) for passage in document.passages[:1]]
        if not inspected or (_PATROL.search(title_of(document)) and not (measured or _looks_at_pieces(document))):
            continue
        if any(_RUN_OF_NUMBERS.search(passage.text) for passage in document.passages):
            numbered = True  # pump P-4411 to P-4430: each piece has its number
            continue
        scanned = any(passage.source == "ocr" for passage in document.passages)
        if document.status == "partial" or (scanned and not _is_read_whole(document)):
            continue  # the number may stand where it was not read
        found.append((document, inspected[0]))
    if numbered:
        logs = [(document, passage) for document, passage in found if _lacks_numbers(document)]
        if logs:
            told = "Other papers name their lots; no lot, batch, heat or serial number stands in {}."
            named = list_of([f"'{name_of(document.path)}'" for document, _ in logs[:MOST_SHOWN]])
            yield Finding({"told": told.format(named)}, _places(logs))
        return
    tested = sum(measures_pieces(document) or _judges_goods(document) for document, _ in found)
    found += logged if found else []  # a lone log of readings may be of a room or an oven
    if _go_by_numbers([document for document, _ in found]):
        return
    several = len(found) >= data["least_documents"] or any(is_log(document) for document, _ in found)
    if several or (tested and tested == len(found)):
        told = f"No lot, batch, heat or serial number stands in any inspection record that was sent ({len(found)} looked at)."
        yield Finding({"told": told}, _places(found))


MOST_SHOWN = 4
"""Inspections that are shown: a flag is read, not studied."""


def _places(found: Sequence[tuple[DocumentReport, Passage]]) -> tuple[Citation | None, ...]:
    return tuple(cite(document, passage) for document, passage in found[:MOST_SHOWN])


def _lacks_numbers(document: DocumentReport) -> bool:
    """Whether a log of inspected goods, beside papers that go by lots, tells its looks apart by their days alone: each row has its
    readings or its verdict, and no column holds codes of any kind.
    """
    if not (calls_itself(document, "inspection") and is_log(document)) or any(
        len({fact.value for fact in codes}) > 1 for passage in document.passages for codes in code_columns(passage)
    ):
        return False
    return measures_pieces(document) or any(
        sum(
            any(map(is_verdict, row.cells)) or sum(map(bool, map(_FIGURE.fullmatch, row.cells))) > 1
            for row in told.rows
        )
        >= LEAST_JUDGED
        for told in tables_of(document)
    )


_FIGURE = re.compile(r"[+-]?\d{1,5}(?:[.,]\d{1,4})?")


def _is_read_whole(document: DocumentReport) -> bool:
    """Whether the table of a scanned log lacks no column: each head was read, each row has a cell below each. The lot of
    one day could stand in a line that was not read; those of several stand in a column.
    """
    tables = [told for told in tables_of(document) if len(told.rows) >= LEAST_JUDGED]
    return (
        is_log(document)
        and bool(tables)
        and all(
            all(any(map(str.isalpha, head)) for head in told.head)
            and all(len(row.cells) == len(told.head) for row in told.rows)
            for told in tables
        )
    )


def _has_lot_column(document: DocumentReport) -> bool:
    """Whether the head of a column names a lot beside something else, and its cells hold numbers: ``Order / lot | 5120 / L26-361``."""
    for told in tables_of(document):
        for at, head in enumerate(told.head):
            if not any(role_of_head(word.strip()) in _CODE_ROLES for word in _WORDS_OF_HEAD.split(head)):
                continue
            cells = [row.cells[at] for row in told.rows if at < len(row.cells)]
            if 2 * sum(sum(map(str.isdigit, cell)) >= LEAST_DIGITS for cell in cells) > len(cells):
                return True
    return False


_WORDS_OF_HEAD = re.compile(r"[/／,、&+()（）]|\s(?:and|or|và|dan|และ|ve)\s")

LEAST_DIGITS = 3
"""Figures of a number by which a lot is found again."""


def _reports(document: DocumentReport) -> bool:
    """Whether a paper that calls itself an inspection was filled in, whatever it was taken for: it has the days of several looks, or the
    day, the quantity and the verdicts of one.
    """
    dated = any(fact.day for fact in document.facts)
    return is_log(document) or (dated and _judges_goods(document))


def _looks_at_pieces(document: DocumentReport) -> bool:
    """Whether a paper counts what it looks at or goes through it row by row: what is told of rooms and machines in sentences does not."""
    lines = [line for p in document.shown for line in fold(p.text).splitlines()]
    return sum(line.count("|") >= LEAST_BARS for line in lines) >= LEAST_JUDGED or any(map(_COUNTED.search, lines))


_PATROL = phrases("traceability_flags", "patrol")

LEAST_BARS = 2
"""Bars of a row of a table; a form of two columns has one."""


def _judges_goods(document: DocumentReport) -> bool:
    """Whether an inspection says how many pieces of what there were and gives its verdict on several features: a lone report, without
    a reading in figures.
    """
    if not calls_itself(document, "inspection"):
        return False
    lines = [line for p in document.shown for line in fold(p.text).splitlines()]
    judged = sum(any(is_verdict(cell.strip()) for cell in line.split("|")) for line in lines if "|" in line)
    return judged >= LEAST_JUDGED and any(_COUNTED.search(line) for line in lines)


LEAST_JUDGED = 3
"""Features with a verdict from which a sheet is the inspection of a piece."""

_COUNTED = late(rf"(?:{phrases('traceability_flags', 'quantities').pattern})[^|:\d]{{0,12}}[|:\uff1a ]\s{{0,2}}\d")
"""A field with the quantity of what was looked at."""

_CALIBRATION = phrases("titles", "calibration")
_GAUGES = phrases("traceability_flags", "gauges")
_MEDIUM = phrases("traceability_flags", "medium")
_COMPLAINTS = any_of(("same_figures", "complaints"), ("denied_lists", "complaints"))
"""What a customer says, in all words for it.

What is watched from day to day and is no piece: moulding sand, baths, water, rooms, ovens."""

_SAMPLE = late(
    rf"(?:{phrases('traceability_flags', 'sample').pattern})[\s:|#.]{{1,6}}(?=[^\W\d_]{{0,6}}[-/]?\d)[\w/-]{{4,}}"
)
"""The number of what a laboratory was sent, behind its label: by it the piece is found again as by a lot."""


def _builds(passage: Passage) -> bool:
    """Whether what was tested is software, known by the number of its build as a piece is by its serial number: a column or a field
    under that name.
    """
    for above, below in itertools.pairwise([*passage.text.splitlines(), ""]):
        heads, cells = above.split("|"), below.split("|")
        for at, head in enumerate(heads):
            if len(head) <= LONGEST_HEAD and _BUILD.search(fold(head)):
                told = (*heads[at + 1 : at + 2], *cells[at : at + 1], head)
                if any(_BUILD_NUMBER.search(cell) for cell in told):
                    return True
    return False


LONGEST_HEAD = 30
"""Letters of the head of a column or the name of a field."""

_BUILD = phrases("traceability_flags", "build")
_BUILD_NUMBER = re.compile(
    r"(?<![\d.,])(?:v(?:er)?\.? ?)?\d+\.\d+\.\d+(?![\d.]*%)|\(\d{3,6}\)|(?<![\w.,])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?!\w)|#\d{3,}"
)
"""A version of three places, the number of a build in brackets or behind a sign, or the hash of a state of the source."""

_RUN_OF_NUMBERS = re.compile(
    rf"(?<![^\W_])([A-Z]{{1,4}}[-/ ]?)\d{{3,}}\s?(?:[-–~]|{words(tuple(table('tables')['inspection']['to'])).pattern})\s?\1\d{{3,}}(?![^\W_])"
)
"""The numbers of the first and the last piece that were looked at."""

_NUMBER = re.compile(r"(?<![^\W_])(?=[a-z0-9-]*\d{3})(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![^\W_])")


def _go_by_numbers(documents: list[DocumentReport]) -> bool:
    """Whether each paper is named by a number of its own, which stands in it as that of the piece: whatever the word for it, it is
    one by which the piece can be found again.
    """
    numbers = []
    for document in documents:
        cells = {fold(cell).strip() for p in document.passages for cell in re.split(r"[|:\uff1a\n]", p.text)}
        numbers.append(next((code for code in _NUMBER.findall(fold(name_of(document.path))) if code in cells), ""))
    return len(numbers) > 1 and all(numbers) and len(set(numbers)) == len(numbers)


def _counts_months(document: DocumentReport) -> bool:
    """Whether a paper holds figures of months."""
    return any(
        fact.kind == "series"
        and all(len(period) == len("2026-03") for period in json.loads(fact.value).get("periods", []))
        for fact in document.facts
    )


def _of_gauges(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper tells of gauges, by its kind or because its passages are nearer to calibration than to production."""
    if document.kind == "calibration_record":
        return True
    return all(
        bundle.about(passage, ("calibration",))
        and passage.criteria.get("calibration", 0.0) > passage.criteria.get("traceability", 0.0)
        for passage in document.passages
    )


def _names_known_lot(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper names, without the word for it, what another paper calls a lot: ``plating thickness BW-1104``."""
    text = fold("\n".join((document.path, *(passage.text for passage in document.passages))))
    lots = {
        fold(fact.value)
        for other in bundle.read
        if other.path != document.path
        for fact in other.facts
        if is_telling(fact)
    }
    forms = {form_of(lot) for lot in lots}
    if any(form_of(code) in forms for code in FOLLOWED.findall(name_of(document.path).rsplit(".", 1)[0])):
        return True  # a file that is called by a number built like that of the lots
    # Looked for as they stand first: an expression for each of thousands of lots takes minutes.
    return any(lot in text and re.search(rf"(?<![^\W_]){re.escape(lot)}(?![^\W_])", text) for lot in lots)


def _on_sheet_of_lot(document: DocumentReport) -> bool:
    """Whether a sheet of a workbook is named by the lot whose pieces stand on it: ``Lot DL-2607-2``."""
    names = {
        place.sheet for passage in document.passages for place in passage.locators if isinstance(place, SheetLocator)
    }
    return any(
        role_of_head(word) in _CODE_ROLES and any(map(str.isdigit, code))
        for name in names
        for word, code in itertools.pairwise(name.split())
    )


def _inspects(document: DocumentReport) -> bool:
    """Whether a paper without readings reports an inspection: by its kind, or by its title where it is no monthly summary or audit."""
    if document.kind == "traceability_record" or is_audit(document):
        return document.kind == "traceability_record"
    return calls_itself(document, "inspection") and not any(fact.kind == "series" for fact in document.facts)
