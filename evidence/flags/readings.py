"""Flags on readings of inspections and tests: the same ones twice, outside the limits, always at the edge."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.registry import Finding, name_of, rule
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

_REACTION = phrases("readings_flags", "reaction")


def _readings(bundle: Bundle) -> list[Item]:
    return [item for item in bundle.items("readings") if not is_example(item.document)]


@rule("identical_readings")
def identical_readings(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Two tests of different lots or days with the same readings in the same order.

    Not meant: one report in two formats, rows without spread (a gauge of coarse steps repeats itself), fewer readings
    than chance could repeat.
    """
    seen: dict[tuple[tuple[float, ...], ...], Item] = {}
    for item in _readings(bundle):
        rows = tuple(tuple(row["values"]) for row in item.value["rows"] if len(set(row["values"])) > 1)
        count = sum(map(len, rows))
        if len(rows) < data["least_rows"] or count < data["least_values"]:
            continue
        first = seen.setdefault(rows, item)
        if (
            first is not item
            and first.document.path != item.document.path
            and _different_test(first.document, item.document)
        ):
            yield Finding(
                {"one": name_of(first.document.path), "other": name_of(item.document.path), "count": count},
                (
                    cite(first.document, first.passage, first.fact.quote),
                    cite(item.document, item.passage, item.fact.quote),
                ),
                (item.document.path,),
            )

    yield from _plain_tables(bundle)


LEAST_ALONE = 8
"""Figures with decimals that stand once in a paper: so many in the same order in two papers are no chance, and no gauge that
reads its nominal values.
"""

_FIGURE = re.compile(r"(?<![\w.,/-])-?\d+[.,]\d+(?![\w.,/%-]*\d)")


def _plain_tables(bundle: Bundle) -> Iterator[Finding]:
    """Test tables without limits, told by the rows of the papers alone."""
    known = {item.document.path for item in _readings(bundle)}
    seen: dict[tuple[str, ...], tuple[DocumentReport, Passage]] = {}
    for document in bundle.read:
        if document.kind not in ("traceability_record", "calibration_record", "other") or document.path in known:
            continue
        if is_example(document) or (document.reading == "static" and bundle.document_day(document) is None):
            continue
        rows = [(p, line) for p in document.passages for line in p.text.splitlines() if line.count("|") >= 2]
        figures = [figure for _, line in rows for figure in _FIGURE.findall(line)]
        alone = tuple(figure for figure in figures if figures.count(figure) == 1)
        if len(alone) < LEAST_ALONE:
            continue
        place = next(p for p, line in rows if _FIGURE.search(line))
        first, where = seen.setdefault(tuple(figures), (document, place))
        if first.path != document.path and _different_test(first, document):
            yield Finding(
                {"one": name_of(first.path), "other": name_of(document.path), "count": len(figures)},
                (cite(first, where), cite(document, place)),
                (document.path,),
            )


def _different_test(first: DocumentReport, second: DocumentReport) -> bool:
    """Whether two reports claim to be of different lots, pieces or days."""
    for role in ("lot", "batch", "heat", "serial"):
        left = {fact.value for fact in first.facts if fact.kind == "identifier" and fact.role == role}
        right = {fact.value for fact in second.facts if fact.kind == "identifier" and fact.role == role}
        if left and right and left.isdisjoint(right):
            return True
    left = {fact.value for fact in first.facts if fact.kind == "date" and fact.role == "evidence"}
    right = {fact.value for fact in second.facts if fact.kind == "date" and fact.role == "evidence"}
    return bool(left and right) and left.isdisjoint(right)


@rule("out_of_limits_without_reaction")
def out_of_limits_without_reaction(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Readings beyond their written limits, and no word of rejecting, sorting or accepting them by concession."""
    for item in _readings(bundle):
        outside = [(row, value) for row in item.value["rows"] for value in row["values"] if _outside(row, value)]
        total = sum(len(row["values"]) for row in item.value["rows"])
        if not outside or len(outside) * 3 > total or item.passage.source == "ocr":
            continue  # a third outside means that the columns are not readings of this limit; a scan may be misread
        text = fold(" ".join(passage.text for passage in item.document.passages))
        if _REACTION.search(text) or _judged(text):
            continue
        row, value = outside[0]
        yield Finding(
            {
                "name": name_of(item.document.path),
                "count": len(outside),
                "label": row["label"],
                "value": f"{value:g}",
                "spec": row["spec"],
            },
            (cite(item.document, item.passage),),
        )


@rule("conclusion_contradicts_data")
def conclusion_contradicts_data(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """All judged OK while readings lie outside their limits;

    a gauge study accepted with an error beyond what is ever accepted.
    """
    for item in _readings(bundle):
        outside = [(row, value) for row in item.value["rows"] for value in row["values"] if _outside(row, value)]
        total = sum(len(row["values"]) for row in item.value["rows"])
        text = fold(" ".join(passage.text for passage in item.document.passages))
        if (
            outside
            and len(outside) * 3 <= total
            and item.passage.source != "ocr"
            and _judged(text)
            and not _REACTION.search(text)
        ):
            row, value = outside[0]
            yield Finding(
                {
                    "name": name_of(item.document.path),
                    "what": f"'{row['label']}' reads {value:g} against {row['spec']} and is judged good",
                },
                (cite(item.document, item.passage),),
            )
    yield from _gauge_studies(bundle)


_JUDGED = phrases("readings_flags", "judged")


def _judged(text: str) -> bool:
    return _JUDGED.search(text) is not None


FAR = 6
"""Widths of the tolerance beyond which a figure is no reading of the feature:

a sample size or a number of another column.
"""


def _outside(row: Mapping[str, Any], value: float) -> bool:
    low, high = row["low"], row["high"]
    slack = 1e-9
    span = (high - low) if low is not None and high is not None else abs(high or low or 1.0)
    if (span and low is not None and value < low - FAR * span) or (
        span and high is not None and value > high + FAR * span
    ):
        return False  # another column, not a reading of this feature
    return (low is not None and value < low - slack) or (high is not None and value > high + slack)


_WORST_GAUGE = 30.0
"""Percent of gauge repeatability and reproducibility above which a gauge is not acceptable (AIAG, Measurement Systems
Analysis).
"""


def _gauge_studies(bundle: Bundle) -> Iterator[Finding]:
    pattern = re.compile(
        r"(?:%\s?(?:gr&r|grr|r&r|gage r&r|gauge r&r|total r&r)|(?:gr&r|grr|r&r)\s?%)\s{0,2}[:=|"
        r"]?\s{0,2}(\d{1,3}(?:[.,]\d+)?)"
    )
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document):
            continue
        text = [(p, fold(p.text)) for p in document.passages if not p.hidden and p.mode != "prescription"]
        accepted = next(
            (
                passage
                for passage, folded in text
                if re.search(r"accept(?:ed|able)|đạt yêu cầu|diterima|合格|可接受|합격|kabul", folded)
                and "not accept" not in folded
                and "unaccept" not in folded
            ),
            None,
        )
        for passage, folded in text:
            match = pattern.search(folded)
            if match and accepted and _WORST_GAUGE < float(match[1].replace(",", ".")) <= 200:
                yield Finding(
                    {
                        "name": name_of(document.path),
                        "what": f"a gauge error of {match[1]} % is accepted; more than {_WORST_GAUGE:.0f} % never is",
                    },
                    (cite(document, passage), cite(document, accepted)),
                )
                break


@rule("results_just_under_limit")
def results_just_under_limit(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Nearly all readings of a test crowd at one limit, none beyond it."""
    for item in _readings(bundle):
        close = total = 0
        for row in item.value["rows"]:
            low, high = row["low"], row["high"]
            if low is not None and high is not None and high > low:
                edge = (high - low) * data["share"]
                total += len(row["values"])
                close += sum(high - edge <= value <= high or low <= value <= low + edge for value in row["values"])
                if any(value > high or value < low for value in row["values"]):
                    close -= len(row["values"])
        if total >= data["least"] and close >= 0.9 * total:
            yield Finding(
                {"name": name_of(item.document.path), "count": close, "total": total, "share": f"{data['share']:.0%}"},
                (cite(item.document, item.passage),),
            )
