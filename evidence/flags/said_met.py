"""Figures that miss what is asked of them and are said to meet it: in their row, or by a sentence over all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evidence.bundle import Bundle, Item, cite, cite_fact, is_example
from evidence.facts.indicators import measure_of
from evidence.facts.text import fold, late, phrases
from evidence.flags.missed_limits import Missed, missed_in
from evidence.flags.missed_told import told_missed
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import sentences
from evidence.flags.trends import AHEAD, CLAUSES, NOT, OF_HOW_MANY
from evidence.model import DocumentReport, Passage
from evidence.remembered import remembered

_SET, _REACHED, _ALL, _OTHERS, _EXCEPT, _MISSED = (
    phrases("said_met", name) for name in ("set", "reached", "all", "others", "except", "missed")
)
_REACTION, _ACCEPTED, _REFUSED, _JUDGED = (
    phrases("readings_flags", name) for name in ("reaction", "accepted", "refused", "judged")
)


def said_met(bundle: Bundle) -> Iterator[Finding]:
    """The first figure of each paper that misses its limit and is said to meet it."""
    for document in bundle.read:
        if is_example(document) or document.kind in ("manual", "blank_form", "certificate"):
            continue
        missed = [*missed_in(document), *told_missed(document)]
        if not missed:
            yield from _said_of_months(bundle, document)
            continue
        judged = next((one for one in missed if one.verdict), None)
        place = None
        if judged is None:
            told = _said_of(document, missed)
            if told is None:
                yield from _said_of_months(bundle, document)
                continue
            judged, place = told
        what = f"'{judged.label[:60]}' is {judged.value} against {judged.limit} and is said to meet it"
        places = [cite(document, judged.row.passage, judged.row.line)]
        if place is not None:
            places.append(cite(document, *place))
        yield Finding({"name": name_of(document.path), "what": what}, tuple(places))


def _said_of_months(bundle: Bundle, document: DocumentReport) -> Iterator[Finding]:
    """A sentence that says that a figure met its target in every month, where most months of its series did and some did not; or that it
    met it, where none did.
    """
    lines = _series_by_paper(bundle).get(document.path, ())
    told = [(passage, sentence, fold(sentence)) for passage, sentence in sentences(document)] if lines else []
    said = [
        (passage, sentence, measure_of(sentence))
        for passage, sentence, folded in told
        if not _BEFORE.search(folded) and _says_all_met(folded)
    ]
    praised = {sentence for _, sentence, _ in said}
    rest = [_WITHIN.sub(" ", folded) if sentence in praised else folded for _, sentence, folded in told]
    if any(_MISSED.search(folded) or _EXCEPT.search(folded) for folded in rest):
        return  # scrap that is below its target has not missed it
    for passage, sentence, measure in said:
        for item in lines:
            each = _EACH_PERIOD.search(fold(sentence)) is not None
            beyond = _months_missed(item) if each else _all_missed(item)
            is_of_line = measure.id == item.fact.role if measure else len(lines) == 1 or _ALL.search(fold(sentence))
            if beyond and is_of_line:
                label, target = str(item.value.get("label", ""))[:60], item.value["target"]
                what = f"'{label}' is {beyond[0]:g} against a target of {target:g} and is said to meet it{' every month' if each else ''}"
                places = (cite(document, passage, sentence), cite_fact(bundle, document, item.fact, wide=True))
                yield Finding({"name": name_of(document.path), "what": what}, places)
                return


@remembered
def _series_by_paper(bundle: Bundle) -> Mapping[str, Sequence[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in bundle.items("series"):
        found[item.document.path].append(item)
    return found


_EACH_PERIOD = phrases("said_met", "each_period")


def _says_all_met(folded: str) -> bool:
    clauses = [clause for clause in CLAUSES.split(folded) if not AHEAD.search(_SET.sub(" ", clause))]
    return any((_says_met(clause) or _MET.search(clause)) and not NOT.search(clause) for clause in clauses)


_MET, _WITHIN = phrases("trends", "met"), phrases("kept_by_all", "within")


def _months_missed(item: Item) -> list[float]:
    """The figures of a series that miss its one target, where they are the fewer ones, or all of them and near to it: else its target is misread."""
    target, values = item.value.get("target"), [float(value) for value in item.value.get("values", [])]
    better = item.value.get("better")
    if not target or better not in ("lower", "higher") or len(values) < LEAST_MONTHS:
        return []
    beyond = [value for value in values if (value > target if better == "lower" else value < target)]
    near = all(abs(value - target) <= NEAR * target for value in beyond)
    return beyond if 2 * len(beyond) < len(values) or (near and len(beyond) == len(values)) else []


def _all_missed(item: Item) -> list[float]:
    """The figures of a series of which none met its target."""
    beyond = _months_missed(item)
    return beyond if len(beyond) == len(item.value["values"]) else []


NEAR = 0.5
"""Part of a target by which all figures of a series may miss it."""


LEAST_MONTHS = 3
"""Months that a sentence on every month can be of."""


def _said_of(document: DocumentReport, missed: Sequence[Missed]) -> tuple[Missed, tuple[Passage, str]] | None:
    """The sentence that says that all was met, or a missed one of them, with what it is of; None where the paper tells of one missed."""
    told = [(passage, sentence, fold(sentence)) for passage, sentence in sentences(document)]
    if any(_MISSED.search(folded) or _EXCEPT.search(folded) for _, _, folded in told):
        return None
    tested = document.kind not in ("metrics_record", "management_review_record")
    if tested and any(_REFUSED.search(folded) or _REACTION.search(_CROSS.sub(" ", folded)) for _, _, folded in told):
        return None
    for passage, sentence, folded in told:
        clauses = [
            clause
            for clause in CLAUSES.split(folded)
            if not AHEAD.search(_SET.sub(" ", clause)) and not NOT.search(clause)
        ]
        if _BEFORE.search(folded):
            continue
        if any(_ALL.search(clause) and _says_met(clause) and not _OTHERS.search(clause) for clause in clauses):
            return missed[0], (passage, sentence)
        for one in missed:
            named_in = one.is_whole or set(_WORD.findall(one.label)) & set(_WORD.findall(folded))
            if named_in and any(_says_met(clause) or (tested and _is_praised(clause)) for clause in clauses):
                return one, (passage, sentence)
        if tested and len(folded) <= LONGEST_VERDICT and any(_is_praised(clause) for clause in clauses):
            return missed[0], (passage, sentence)
    return None


_CROSS = late(r"[x×]\s?(?=\d)|(?<=\d)\s?[x×]")
LONGEST_VERDICT = 200
"""Letters of a sentence that judges a test as a whole."""


_BEFORE = phrases("told_spans", "year_before")
_WORD = re.compile(r"[^\W\d_]{4,}|[\u0e00-\u9fff\uac00-\ud7a3]{2,}")


def _says_met(clause: str) -> bool:
    return (_SET.search(clause) is not None and _REACHED.search(clause) is not None) and not OF_HOW_MANY.search(clause)


def _is_praised(clause: str) -> bool:
    return (_ACCEPTED.search(clause) or _JUDGED.search(clause)) is not None and not any(
        map(str.isdigit, _COUNT.sub("", clause))
    )


_COUNT = late(r"\b(?:all|both)?\s?\d{1,3} (?=[^\W\d_]{4})")
