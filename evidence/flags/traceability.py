"""Flags on lots: inspections that name none, lots that lead nowhere."""

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite, cite_fact, is_example
from evidence.case_reading import CASE_ROLES
from evidence.data import table
from evidence.facts.identifiers import role_of_head
from evidence.facts.text import fold, late, phrases, words
from evidence.flags.handed_on import unknown_lots
from evidence.flags.lone_lots import lone_lots
from evidence.flags.lot_months import is_of_other_month
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.serial_runs import is_known_in
from evidence.flags.sheets import lists_some, sheets_of, ships_lots, titles_of
from evidence.flags.shipped_lots import INSPECTS, is_named_apart, is_of_other_goods, is_shipped_unknown
from evidence.lots import is_telling
from evidence.model import DocumentReport, Fact, Passage
from evidence.numbered_rows import (
    FOLLOWED,
    LEAST_SHARED,
    code_columns,
    counted_with,
    form_of,
    is_log,
    lists_all,
    numbers_in_text,
    numbers_pieces,
    shape_of,
    turn_of,
)
from evidence.titles import RULES_AND_FORMS, calls_itself, is_audit, measures_pieces, title_of
from extractors.locators import SheetLocator

_CODE_ROLES = ("lot", "batch", "heat", "serial", "order", "invoice", "po")


@rule("no_lot_in_inspection")
def no_lot_in_inspection(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Inspection records were sent, and none of them names a lot, batch, heat, serial number or delivery."""
    found: list[tuple[DocumentReport, Passage]] = []
    logged: list[tuple[DocumentReport, Passage]] = []
    for document in bundle.read:
        measured = measures_pieces(document)
        if _counts_months(document):
            continue  # no piece is looked at in it
        if is_example(document) or document.kind in RULES_AND_FORMS:
            continue
        of_goods = calls_itself(document, "inspection") and not _CALIBRATION.search(fold(document.path))
        if _of_gauges(bundle, document) and not of_goods:
            continue  # a gauge has a number of its own and no lot; test reports in a column make its list no inspection
        if measured and _MEDIUM.search(title_of(document)):
            continue  # sand, a bath or a room has no lot
        if not measured and (document.reading == "static" or not _inspects(document)):
            continue
        inspected = [
            p
            for p in document.passages
            if (bundle.is_record(p) and INSPECTS.search(fold(document.path + " " + " ".join(p.heading) + " " + p.text)))
            or (p.mode == "record" and calls_itself(document, "inspection"))
        ]
        if any(fact.kind == "identifier" and fact.role in _CODE_ROLES for fact in document.facts) or (
            _names_known_lot(bundle, document)
            or numbers_pieces(document)
            or numbers_in_text(document)
            or _on_sheet_of_lot(document)
            or any(_SAMPLE.search(fold(passage.text)) or _builds(passage) for passage in document.passages)
        ):
            return
        if not inspected and measured and document.kind == "traceability_record":
            logged += [(document, passage) for passage in document.passages[:1]]
        if not inspected:
            continue
        if any(_RUN_OF_NUMBERS.search(passage.text) for passage in document.passages):
            return  # pump P-4411 to P-4430: each piece has its number
        if document.status == "partial" or any(passage.source == "ocr" for passage in document.passages):
            continue  # the number may stand where it was not read
        found.append((document, inspected[0]))
    tested = sum(measures_pieces(document) for document, _ in found)
    found += logged if found else []  # a lone log of readings may be of a room or an oven
    if _go_by_numbers([document for document, _ in found]):
        return
    several = len(found) >= data["least_documents"] or any(is_log(document) for document, _ in found)
    if several or (tested and tested == len(found)):
        yield Finding({"count": len(found)}, tuple(cite(document, passage) for document, passage in found[:4]))


_CALIBRATION = phrases("titles", "calibration")
_MEDIUM = phrases("traceability_flags", "medium")
"""What is watched from day to day and is no piece: moulding sand, baths, water, rooms, ovens."""

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


def _is_filled(document: DocumentReport) -> bool:
    """Whether one passage names a lot, a day and a person who worked on it: a sheet of work done, whatever it was taken for."""
    named = [
        {fact.passage for fact in document.facts if fact.kind == kind and fact.role in roles}
        for kind, roles in (
            ("identifier", ("lot", "batch", "heat")),
            ("date", ("evidence",)),
            ("person", ("inspector",)),
        )
    ]
    return document.kind not in ("manual", "blank_form", "certificate") and bool(set.intersection(*named))


@rule("lot_unknown_in_next")
def lot_unknown_in_next(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Several records name lots, and no lot stands in two of them."""
    papers: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for document in bundle.read:
        if is_example(document):
            continue
        texts[document.path] = fold("\n".join((document.path, *(passage.text for passage in document.passages))))
        static = document.reading == "static" and document.kind != "traceability_record"
        if static and not _is_filled(document) and not ships_lots(document):
            continue
        for fact in document.facts:
            if is_telling(fact) and fact.role != "serial":
                papers[fact.value].add(document.path)
                first.setdefault(fact.value, (document, fact))
    parts = {part for _, fact in first.values() for part in _parts(fact.quote)}
    for document, fact in _followed_codes(bundle):
        if fact.value not in first and fold(fact.quote) not in parts:
            first[fact.value] = (document, fact)
            parts.update(_parts(fact.quote))
        if fact.value in first:
            papers[fact.value].add(document.path)
    for code in first:
        quote = fold(first[code][1].quote)
        papers[code] |= {p for p, told in texts.items() if quote in told or is_known_in(code, told)}
    gap = _gap(bundle, {document.path: document for document in bundle.read}, papers, first, texts)
    gap = gap or _gap_between_sheets(bundle, first) or _left_out(bundle)
    if gap:
        yield gap
        return
    scanned = {d.path for d in bundle.read if any(passage.source == "ocr" for passage in d.passages)}
    documents = {path for paths in papers.values() for path in paths} - scanned  # a figure misread parts one lot in two
    if sum(not _INCOMING.search(fold(name_of(path))) for path in documents) < LEAST_OWN:
        return
    if len(documents) < data["least_documents"] or any(len(paths) > 1 for paths in papers.values()):
        return
    complaints = {
        document.path
        for document in bundle.read
        if document.kind == "corrective_action_record" or any(fact.kind == "case" for fact in document.facts)
    }  # each names the lot complained of, which may be older than all sheets that were sent
    steps = documents - complaints
    if len(titles_of(bundle, steps)) <= 1 or all(_is_test(d) for d in bundle.read if d.path in steps):
        return  # sheets of one kind, or of one step, each hold lots of their own: the next paper is not in the bundle
    places = []
    for code in sorted(papers)[:4]:
        document, fact = first[code]
        places.append(cite_fact(bundle, document, fact, wide=True))
    yield Finding(
        {"told": f"{len(papers)} lots are named in single papers, and not one of them stands in a second paper."},
        tuple(places),
    )


def _is_test(document: DocumentReport) -> bool:
    """Whether a paper is of an inspection or a test: each looks at lots of its own, and none hands them on to another."""
    return not ships_lots(document) and (
        calls_itself(document, "inspection") or any(fact.kind == "readings" for fact in document.facts)
    )


def _left_out(bundle: Bundle) -> Finding | None:
    """A lot of one table that the table it comes out of does not know."""
    for lot in itertools.chain(unknown_lots(bundle), lone_lots(bundle)):
        told = f"Lot {lot.code} stands in '{name_of(lot.later.path)}' as {'used' if lot.used else 'handed on'}, and '{name_of(lot.earlier.path)}', which has the other lots beside it, does not have it."
        return Finding({"told": told}, (cite(lot.later, lot.passage), cite(lot.earlier, lot.register)))
    return None


MAX_WORDS = 12
"""Words of a lot as written of which each run is known as part of it; a quote of more is no number."""


def _parts(quote: str) -> Iterator[str]:
    """What a lot is also known by: each run of words and figures in it, ``b-14/2`` and ``b-14`` of ``Lot B-14/2``."""
    folded = fold(quote)
    pieces = [match.span() for match in _PIECE.finditer(folded)][:MAX_WORDS]
    for index, (start, _) in enumerate(pieces):
        yield from (folded[start:end] for _, end in pieces[index:])


_PIECE = re.compile(r"[^\W_]+")


def _followed_codes(bundle: Bundle) -> Iterator[tuple[DocumentReport, Fact]]:
    """Codes of a column that nobody calls a lot and that papers hand on: two of a column at least stand in a column of another
    paper too, as runs of a kiln or bales do.
    """
    columns: list[tuple[DocumentReport, list[Fact]]] = []
    for document in bundle.read:
        if document.reading == "static" or document.kind in RULES_AND_FORMS or is_example(document):
            continue
        cases = {f.value for f in document.facts if f.kind == "identifier" and f.role in CASE_ROLES}
        for passage in document.passages if document.path not in bundle.discounted else ():
            columns += [(document, facts) for facts in code_columns(passage) if not cases & {f.value for f in facts}]
    places: dict[str, set[str]] = defaultdict(set)
    for document, facts in columns:
        for fact in facts:
            places[fact.value].add(document.path)
    for document, facts in columns:
        if len({fact.value for fact in facts if len(places[fact.value]) > 1}) >= LEAST_SHARED:
            yield from ((document, fact) for fact in facts)


LEAST_OWN = 2
"""Papers of the supplier's own making that name lots; goods received each bring the lot of their maker."""

_INCOMING = phrases("traceability_flags", "incoming")
"""Papers of goods received: they name the lots of other makers, each its own."""

LEAST_LISTED = 4
"""Lots of a register from which it shows a run of numbers."""


def _gap_between_sheets(bundle: Bundle, first: Mapping[str, Any]) -> Finding | None:
    """The same between the sheets of one workbook, each a paper of its own: inspections on one, deliveries on the next."""
    for document in bundle.read:
        if document.path not in {found.path for found, _ in first.values()}:
            continue
        sheets = sheets_of(document)
        texts = {name: fold("\n".join((name, *(p.text for p in sheet.passages)))) for name, sheet in sheets.items()}
        quotes = {code: fold(fact.quote) for code, (_, fact) in first.items()}
        papers = {
            code: found
            for code, quote in quotes.items()
            if (found := {name for name, text in texts.items() if quote in text or code.lower() in text})
        }
        if len(sheets) > 1 and (gap := _gap(bundle, sheets, papers, first, texts)):
            return gap
    return None


def _gap(
    bundle: Bundle,
    units: Mapping[str, DocumentReport],
    papers: Mapping[str, set[str]],
    first: Mapping[str, Any],
    texts: Mapping[str, str],
) -> Finding | None:
    """A lot of one paper that a register of another passes over: it knows its neighbours, lower and higher ones, and not it."""
    by_paper: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for code, paths in papers.items():
        for path in paths:
            by_paper[path][code] = turn_of(code)
    sheets = {
        path for path, document in units.items() if document.kind == "traceability_record" or ships_lots(document)
    }  # a complaint names a lot that was shipped long ago
    logs = {path for path in sheets if not _INCOMING.search(fold(name_of(path)))}
    # A report on a problem names the lots that were looked at, and what leaves the factory need not be all that was made.
    cases = {path for path, d in units.items() if d.kind == "corrective_action_record" or lists_some(path, d)}
    for path, listed in sorted(by_paper.items()):
        for other, named in sorted(by_paper.items()):
            if other == path or len(listed.keys() & named.keys()) < 2 or path in cases:
                continue
            for code, numbers in sorted(named.items()):
                if is_shipped_unknown(
                    code, listed, named, papers, (texts[path], texts[other]), path in logs and other in sheets
                ) and not is_of_other_month(texts[other], code, texts[path]):
                    told = (
                        f"Lot {{lot}} stands in '{name_of(other)}' as shipped, and '{name_of(path)}', which has the other lots of that "
                        "shipment, does not have it."
                    )
                    return _left_unknown(bundle, units[path], first[code], told)
                alike = counted_with(numbers, [n for name, n in listed.items() if shape_of(name) == shape_of(code)])
                if code in listed or len(alike) < LEAST_LISTED or len(papers[code]) > 1 or code.lower() in texts[path]:
                    continue
                shared = listed.keys() & named.keys()
                if is_of_other_goods(code, shared, texts[other]) or is_named_apart(code, shared, texts[other]):
                    continue
                if min(alike) < numbers < max(alike) and lists_all(listed, named, alike, shape_of(code)):
                    told = (
                        f"Lot {{lot}} stands in '{name_of(other)}', and '{name_of(path)}', which lists the lots before and after it, "
                        "does not have it."
                    )
                    return _left_unknown(bundle, units[path], first[code], told)
    return None


def _left_unknown(bundle: Bundle, register: DocumentReport, place: Any, told: str) -> Finding:
    """The lot where it stands, beside the register that does not know it; ``told`` names the lot as ``{lot}``."""
    document, fact = place
    return Finding(
        {"told": told.replace("{lot}", fact.quote)},
        (cite_fact(bundle, document, fact, wide=True), cite(register, register.passages[0])),
    )
