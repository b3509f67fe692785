"""Two tests of different lots or goods with the same single result for every feature, each beside its limit."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item
from evidence.facts.text import fold, phrases
from evidence.flags.figure_rows import cite_rows
from evidence.flags.readings import readings
from evidence.flags.registry import Finding, name_of
from evidence.flags.sheets import is_workbook, sheets_of
from evidence.model import DocumentReport

LEAST_FEATURES = 4
"""Features of a test of which each was read once."""

UNLIKELY = 5.0
"""Powers of ten: one in so many tests would give all results of another one again."""


def results_alike(bundle: Bundle, differ: Callable[[DocumentReport, DocumentReport], bool]) -> Iterator[Finding]:
    """Tests with one result a feature, all of them the same as in another test of another lot, style or day."""
    seen: dict[tuple[tuple[str, tuple[float, ...]], ...], tuple[Item, DocumentReport]] = {}
    for item in readings(bundle):
        rows = item.value["rows"]
        if len(rows) < LEAST_FEATURES or any(len(row["values"]) != 1 for row in rows) or item.passage.source == "ocr":
            continue
        if sum(map(_told_by, rows)) < UNLIKELY or _are_set(rows):
            continue
        sheets = sheets_of(item.document) if is_workbook(item.document) else {}
        paper = next((sheet for sheet in sheets.values() if item.passage in sheet.passages), item.document)
        key = tuple((fold(row["label"]), tuple(row["values"])) for row in rows)
        first, other = seen.setdefault(key, (item, paper))
        if (
            first is not item
            and paper is not other
            and differ(other, paper)
            and not _same_melt(other, paper)
            and not _is_double(bundle, first, item)
        ):
            values = [row["values"][0] for row in rows]
            yield Finding(
                {"one": _name(first), "other": _name(item), "count": len(values)},
                tuple(cite_rows(one.document, one.passage, values) for one in (first, item)),
            )
            return


def _is_double(bundle: Bundle, first: Item, second: Item) -> bool:
    """Whether one paper is the other in another format."""
    doubles = bundle.likeness.doubles
    paths = first.document.path, second.document.path
    return doubles.get(paths[0]) == paths[1] or doubles.get(paths[1]) == paths[0]


def _same_melt(first: DocumentReport, second: DocumentReport) -> bool:
    """Whether two papers name one heat: two deliveries of it have the figures of one mill certificate."""
    heats = [
        {fact.value for fact in one.facts if fact.kind == "identifier" and fact.role == "heat"}
        for one in (first, second)
    ]
    return bool(heats[0] & heats[1])


def _are_set(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most results are what a machine was set to, and no test: by their names, or each in the middle of its range."""
    named = sum(_SETTING.search(fold(row["label"])) is not None for row in rows)
    middle = sum(
        row["low"] is not None
        and row["high"] is not None
        and math.isclose(2 * row["values"][0], row["low"] + row["high"])
        for row in rows
    )
    return 2 * named >= len(rows) or 4 * middle >= 3 * len(rows)


_SETTING = phrases("readings_flags", "machine_set")


def _name(item: Item) -> str:
    return (
        name_of(item.document.path)
        if len(item.document.parts) < 2
        else f"{name_of(item.document.path)}, part {item.passage.part}"
    )


def _told_by(row: Mapping[str, Any]) -> float:
    """Powers of ten of the results that a feature could have had: the steps of its gauge between both limits, else one for each figure
    of the result behind the first.
    """
    value = abs(row["values"][0])
    written = f"{value:.6f}".rstrip("0").rstrip(".")
    decimals = len(written.split(".")[1]) if "." in written else 0
    if row["low"] is not None and row["high"] is not None:
        return math.log10(max((row["high"] - row["low"]) * 10**decimals / 2, 1.0))
    return float(max(len(written.replace(".", "").lstrip("0")) - 1, 0))
