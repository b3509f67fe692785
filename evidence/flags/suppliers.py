"""Flags on the supplier's own suppliers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from evidence.bundle import Bundle, Evidence, Item, as_day, cite, is_example
from evidence.facts.identifiers import role_of_head
from evidence.facts.supplier_heads import says_list
from evidence.facts.supplier_marks import rates_by_head
from evidence.facts.text import fold, phrases, table_words
from evidence.flags.case_items import cases_of
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.unscored_sheets import tells_what_came, unscored_sheets
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport
from evidence.names import same_company
from evidence.titles import RULES_AND_FORMS, calls_itself, calls_itself_plan
from evidence.wording import count_of


def _tables(bundle: Bundle) -> list[Item]:
    return [
        item
        for item in bundle.items("evaluation")
        if item.document.kind
        not in (
            "internal_audit_record",
            "certificate",
            "corrective_action_record",
            "traceability_record",
            "metrics_record",
            "management_review_record",
            "training_record",
            "calibration_record",
        )
        or (bundle.about(item.passage, ("supplier_control",)) and not _is_of_audit(item.document))
    ]


def _is_of_audit(document: DocumentReport) -> bool:
    """Whether a paper is an internal audit by its kind and its title: a row of it on purchasing is no table of suppliers."""
    return document.kind == "internal_audit_record" and calls_itself(document, "internal_audit")


def _titled(bundle: Bundle, listing: bool = False) -> list[Item]:
    """Tables whose file, heading or first words say that suppliers are evaluated in them, or listed, whatever the paper was taken for."""
    known = [item.fact for item in _tables(bundle)]
    return [
        item
        for item in bundle.items("evaluation")
        if item.fact not in known
        and not _is_of_audit(item.document)
        and not (item.document.kind == "certificate" and is_issued(item.document))
        and (
            says_list(_titles(item))
            if listing
            else _SUPPLIER.search(_titles(item)) and _EVALUATES.search(_titles(item))
        )
    ]


def is_issued(document: DocumentReport) -> bool:
    """Whether a paper taken for a certificate has a holder, a number or a day of issue, and is no list of anything."""
    return any(fact.kind == "certificate_field" for fact in document.facts)


_SUPPLIER = phrases("suppliers_flags", "supplier")
_EVALUATES = phrases("suppliers_flags", "evaluates")
_PLACEHOLDER_NAME = re.compile(r"(?:supplier|vendor|ncc|pemasok|company|công ty)? ?(?:[a-e]|xyz|abc|\d{1,2}|x{2,})?")


def _title(told: Evidence) -> str:
    return " ".join((told.document.path, *told.passage.heading))


def _titles(item: Item) -> str:
    return fold(" ".join((item.document.path, *item.passage.heading, item.passage.text[:120])))


@rule("supplier_list_without_evaluation")
def supplier_list_without_evaluation(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A list of suppliers without results, and no record of an evaluation anywhere in the bundle."""
    lists = [
        item
        for item in [*_tables(bundle), *_titled(bundle, listing=True)]
        if item.value["suppliers"] >= 3
        and not item.value["with_result"]
        and not item.value.get("form")
        and not _asks_own(bundle, item)
        and not _tells_cases(bundle, item)
        and (
            not item.value["has_column"]
            or (says_list(_titles(item)) and not _EVALUATES.search(fold(item.document.path)))
        )  # empty columns in a list prove nothing more
        and (
            bundle.about(item.passage, ("supplier_control",)) or says_list(_titles(item)) or item.value.get("supplied")
        )
    ]
    evaluated = any(
        item.value["with_result"] >= 1 and bundle.is_record(item.passage) and not _judges_deliveries(item)
        for item in _tables(bundle)
    )
    listed = {item.document.path for item in lists}
    records = [
        e
        for e in bundle.records(("supplier_control",), ("supplier_evaluation_record",))
        if e.document.path not in listed
        and _EVALUATES.search(fold(f"{_title(e)} {e.passage.text}"))
        and not (e.document.kind != "supplier_evaluation_record" and calls_itself(e.document, "internal_audit"))
    ]
    if lists and not evaluated and not records and not any(_scored_elsewhere(bundle, item, listed) for item in lists):
        item = max(lists, key=lambda item: item.value["suppliers"])
        yield Finding(
            {"name": name_of(item.document.path), "count": item.value["suppliers"]},
            (cite(item.document, item.passage),),
        )


def _asks_own(bundle: Bundle, item: Item) -> bool:
    """Whether a table is a form of a customer in which the factory tells of itself as a supplier: ``Supplier | its own name``."""
    rows = [line.split("|") for line in item.passage.text.split("\n")]
    return any(
        len(row) > 1 and _SUPPLIER.search(fold(row[0])) and same_company(bundle.supplier, row[1].strip())
        for row in rows
    )


def _tells_cases(bundle: Bundle, item: Item) -> bool:
    """Whether the rows with suppliers tell what went wrong with goods of theirs and what was done: a list of complaints, not of whom
    the factory buys from.
    """
    cases = sum(case.document.path == item.document.path for case in cases_of(bundle, "row"))
    return item.document.kind == "corrective_action_record" and cases * 2 >= item.value["suppliers"]


def _judges_deliveries(item: Item) -> bool:
    """Whether a table with suppliers is one of an inspection of what they sent, by its title and because one of them stands in it more
    than once: its results are of lots, and of no supplier.
    """
    again = len(item.value["names"]) < item.value["with_result"]
    return again and calls_itself(item.document, "inspection") and not _EVALUATES.search(_titles(item))


def _scored_elsewhere(bundle: Bundle, item: Item, listed: set[str]) -> bool:
    """Whether half of the suppliers of a list, by their codes or names, stand in another record with a head for what they reached."""
    rows = [[cell.strip() for cell in line.split("|")] for line in item.passage.text.split("\n") if "|" in line]
    codes = {fold(cell) for row in rows for cell in row if _SUPPLIER_CODE.fullmatch(cell)}
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS and document.path not in listed:
            continue
        if any(told.document is document and _judges_deliveries(told) for told in bundle.items("evaluation")):
            continue
        lines = [fold(line) for passage in document.passages for line in passage.text.split("\n") if "|" in line]
        if _tells_deliveries(document, lines, set(item.value["names"])):
            continue
        if not any(table_words("evaluation", "result").search(line) for line in lines):
            continue
        told = [*_rated_rows(lines), *_rated_beside(lines)] if document.path in listed else lines  # a second table
        cells = {cell.strip() for line in told for cell in line.split("|")}
        for keys in (codes, set(item.value["names"])):
            if len(keys) >= LEAST_EVALUATED and 2 * len(keys & cells) >= max(len(keys), 2 * LEAST_EVALUATED):
                return True
    return False


def _tells_deliveries(document: DocumentReport, lines: Sequence[str], names: set[str]) -> bool:
    """Whether the rows of a paper with names of suppliers, none of whom it says it evaluates, are what came from them, one of them more than
    once, with a head for the lot: what stands under ``Result`` is that of a delivery.
    """
    if _EVALUATES.search(fold(" ".join((document.path, *_opening(document))))):
        return False
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    told = [cell for cells in rows for cell in cells if cell in names]
    headed = any(role_of_head(cell) in LOT_ROLES for cells in rows for cell in cells)
    return len(told) > len(set(told)) and (headed or calls_itself(document, "inspection"))


def _opening(document: DocumentReport) -> Sequence[str]:
    """The heading over a paper, and its first line."""
    first = document.passages[0] if document.passages else None
    return (*first.heading[:1], first.text.split("\n")[0]) if first else ()


def _rated_rows(lines: Sequence[str]) -> Iterator[str]:
    """The rows of tables, folded, in which something stands under a head for a result or a score."""
    at: list[int] = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        heads = [index for index, cell in enumerate(cells) if index and rates_by_head(cell)]
        if (
            cells[0]
            and not any(map(str.isdigit, cells[0]))
            and (heads or (len(cells) > 1 and not _tells_figure(cells)))
        ):
            at = heads
        elif any(index < len(cells) and any(map(str.isalnum, cells[index])) for index in at):
            yield line


def _rated_beside(lines: Sequence[str]) -> Iterator[str]:
    """The rows of tables, folded, in which suppliers stand beside each other above a row for what each of them reached."""
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    for at, cells in enumerate(rows):
        below = rows[at + 1 : at + 1 + MOST_PARTS]
        if any(len(row) == len(cells) > 2 and rates_by_head(row[0]) and all(row[1:]) for row in below):
            yield lines[at]


MOST_PARTS = 12
"""Rows below the names of suppliers that tell of them."""


def _tells_figure(cells: Sequence[str]) -> bool:
    return any(char.isdigit() for cell in cells for char in cell)


_SUPPLIER_CODE = re.compile(r"[A-Z]{1,4}[ -]?\d{1,4}")


@rule("evaluation_without_result")
def evaluation_without_result(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Columns for the result, names of suppliers in the rows, and the results empty. A blank form has no names."""
    tables = _tables(bundle) + _titled(bundle)
    for item in tables:
        value = item.value
        if any(
            other.fact is not item.fact
            and other.document.path == item.document.path
            and other.value["with_result"]
            and set(other.value["names"]) & set(value["names"])
            for other in tables
        ):
            continue  # the sheet of the next period stands ready beside the filled ones
        if _lies_ahead(bundle, item.document):
            continue
        if value.get("form") and not value["with_result"] and tells_what_came(bundle, item.document):
            continue
        if value.get("form") and not value["with_result"]:
            yield Finding(
                {"name": name_of(item.document.path), "missing": "it is empty for a supplier named there"},
                (cite(item.document, item.passage),),
            )
            continue
        empty = value["suppliers"] - value["with_result"]
        if (
            value["has_column"]
            and value["suppliers"] >= 2
            and empty >= value["suppliers"] * data["empty_share"]
            and not is_example(item.document)
            and not all(_PLACEHOLDER_NAME.fullmatch(name) for name in value["names"])
        ):
            if item.passage.mode == "prescription" and value["with_result"] == 0 and value["suppliers"] < 3:
                continue
            yield Finding(
                {
                    "name": name_of(item.document.path),
                    "missing": f"it is empty for {empty} of {value['suppliers']} suppliers",
                },
                (cite(item.document, item.passage),),
            )
        elif (dated := _evaluated_without(bundle, value)) >= (
            1 if _puts_off(item.document) else LEAST_EVALUATED
        ) and not is_example(item.document):
            yield Finding(
                {
                    "name": name_of(item.document.path),
                    "missing": f"it is empty for {count_of(dated, 'supplier')} beside the day of their evaluation",
                },
                (cite(item.document, item.passage),),
            )

    told = {item.document.path for item in tables if item.value["with_result"] or item.value.get("form")}
    for document, passage in unscored_sheets(bundle):
        if document.path not in told:
            yield Finding(
                {"name": name_of(document.path), "missing": "no score stands in it beside what was evaluated"},
                (cite(document, passage),),
            )


def _lies_ahead(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper is a plan by its title, and no day in it has passed."""
    return calls_itself_plan(document) and not any(
        fact.kind == "date" and bundle.happened(fact) for fact in document.facts
    )


LEAST_EVALUATED = 2
"""Suppliers evaluated on a day and left without a result; of one the sheet may be on its way."""


def _puts_off(document: DocumentReport) -> bool:
    """Whether the field for a result or a conclusion says that it follows later."""
    fields = [line.split("|") for passage in document.passages for line in passage.text.splitlines() if "|" in line]
    return any(
        len(cells) == FIELD and _PUTS_OFF.search(fold(cells[1])) and sum(map(str.isalpha, cells[1])) <= LONGEST_PUT_OFF
        for cells in fields
    )


FIELD = 2
"""Cells of a field of a form: its head and what was filled in."""

LONGEST_PUT_OFF = 40
"""Letters of a field that says no more than that something follows later."""

_PUTS_OFF = phrases("suppliers_flags", "puts_off")


def _evaluated_without(bundle: Bundle, value: Mapping[str, Any]) -> int:
    """Suppliers without a result whose day of evaluation has passed, beside others with one."""
    days = [day for text in value.get("last_empty", ()) if (day := as_day(text))]
    return sum(day < bundle.today - GRACE for day in days) if value["with_result"] else 0


GRACE = timedelta(days=30)
"""Days after an evaluation in which its result is worked out."""
