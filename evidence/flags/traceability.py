"""The flag on lots that lead nowhere."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite, cite_fact, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.case_items import is_number_of_case
from evidence.flags.handed_on import unknown_lots
from evidence.flags.lone_lots import lone_lots
from evidence.flags.lot_months import is_of_other_month
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.serial_runs import is_known_in
from evidence.flags.sheets import lists_some, sheets_of, ships_lots, titles_of
from evidence.flags.shipped_lots import is_named_apart, is_of_other_goods, is_shipped_unknown
from evidence.lots import is_telling
from evidence.model import DocumentReport, Fact
from evidence.numbered_rows import (
    LEAST_SHARED,
    code_columns,
    counted_with,
    is_of_other_line,
    lists_all,
    shape_of,
    turn_of,
)
from evidence.titles import RULES_AND_FORMS, calls_itself


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


def _shares(bundle: Bundle) -> bool:
    """Whether two papers name one lot, were it by a short name that alone would tell little: ``26G1``."""
    named: dict[str, str] = {}
    return any(
        named.setdefault(fact.value, document.path) != document.path
        for document in bundle.read
        for fact in document.facts
        if fact.kind == "identifier" and fact.role in ("lot", "batch", "heat")
    )


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
    if len(documents) < data["least_documents"] or any(len(paths) > 1 for paths in papers.values()) or _shares(bundle):
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
        cases = {f.value for f in document.facts if is_number_of_case(f)}
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
    cases = {path for path, d in units.items() if _tells_case(d) or lists_some(path, d)}
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
                if is_of_other_line(code, listed) or (path in logs and other in sheets - logs):
                    continue  # what came in and was not worked up is in stock, or went back
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


def _tells_case(document: DocumentReport) -> bool:
    """Whether a paper is on corrective actions, or the report of one problem by its form, whatever it was taken for."""
    return document.kind == "corrective_action_record" or any(
        fact.kind == "case" and fact.role == "form" for fact in document.facts
    )


def _left_unknown(bundle: Bundle, register: DocumentReport, place: Any, told: str) -> Finding:
    """The lot where it stands, beside the register that does not know it; ``told`` names the lot as ``{lot}``."""
    document, fact = place
    return Finding(
        {"told": told.replace("{lot}", fact.quote)},
        (cite_fact(bundle, document, fact, wide=True), cite(register, register.passages[0])),
    )
