"""The status of traceability: records of inspection and tracking, and the numbers by which production is followed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Evidence
from evidence.findings import Finding, best, no_records, over_time, seen
from evidence.lots import is_lot, is_telling
from evidence.model import DocumentReport
from evidence.numbered_rows import code_columns, numbers_pieces
from evidence.wording import count_of


def traceability(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records that name lots, batches, heats, serial or piece numbers; the same number in two documents closes the loop. A report of
    a problem names its lot and follows none.
    """
    records = bundle.records(data["criteria"], data["kinds"])
    records += _measured(bundle, {id(item.passage) for item in records})
    if not records:
        return no_records(bundle, data)
    own = [item for item in records if bundle.kinds[item.document.path] != "corrective_action_record"]
    if not own:
        told = f"Lots are named in reports of problems ({count_of(len(records), 'passage')}), and in no record of inspection or tracking"
        return Finding("partial", "problems_only", f"{told}.", f"{told}.", best(bundle, records))
    naming = {document.path for document in bundle.documents if _names_lots(document)}
    with_code = [item for item in own if item.document.path in naming]
    if not with_code:
        told = (
            f"Records of inspection or tracking ({count_of(len(own), 'passage')}), none of which names a lot, "
            f"batch, heat or serial number"
        )
        return Finding("partial", "no_lot_named", f"{told}.", f"{told}.", best(bundle, own))
    linked = _linked(bundle)
    loop = (
        len(linked) >= 1 and len({e.document.path for e in records if e.document.path in naming}) >= 2,
        f"{_numbers(linked)} can be followed through two documents or more." if linked else "",
    )
    return over_time(bundle, data, seen(bundle, data, with_code), loop)


def _measured(bundle: Bundle, known: set[int]) -> list[Evidence]:
    """Readings of numbered pieces or lots in papers that were taken for something else; those of gauges are none of production."""
    found = []
    for document in bundle.read:
        if document.path in bundle.discounted or document.path in bundle.examples or not _names_lots(document):
            continue
        measured = {fact.passage for fact in document.facts if fact.kind == "readings"}
        for passage in document.passages:
            if (
                passage.id in measured
                and id(passage) not in known
                and bundle.is_record(passage)
                and not bundle.about(passage, ("calibration",))
            ):
                found.append(Evidence(document, passage, bundle.day_of(document, passage)))
    return found


def _names_lots(document: DocumentReport) -> bool:
    return any(is_lot(fact) for fact in document.facts) or numbers_pieces(document)


def _linked(bundle: Bundle) -> list[str]:
    """The numbers that stand in two documents or more: those of lots, and those by which the rows of a table are counted."""
    named: dict[str, set[str]] = {}
    for document in bundle.read:
        for fact in document.facts:
            if is_telling(fact) and fact.passage in bundle.passages[document.path]:
                named.setdefault(fact.value, set()).add(document.path)
    for code, path in _counted(bundle.read):
        others = {
            document.path
            for document in bundle.read
            if document.path != path and any(_stands(code, passage.text) for passage in document.passages)
        }
        if others:
            named.setdefault(code, {path}).update(others)
    return sorted(code for code, paths in named.items() if len(paths) > 1)


def _counted(documents: Sequence[DocumentReport]) -> list[tuple[str, str]]:
    """The numbers of the rows of tables that count pieces, with the path of the document."""
    found = [
        (fact.quote, document.path)
        for document in documents
        if numbers_pieces(document)
        for passage in document.passages
        for column in code_columns(passage)
        for fact in column
    ]
    return found[:MOST_COUNTED]


MOST_COUNTED = 300
"""Numbers of rows that are looked for in other papers."""


def _stands(code: str, text: str) -> bool:
    return code in text and re.search(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", text) is not None


def _numbers(codes: list[str]) -> str:
    """One number by its name, several by their count and the first of them."""
    return f"The number {codes[0]}" if len(codes) == 1 else f"{len(codes)} numbers such as {codes[0]}"
