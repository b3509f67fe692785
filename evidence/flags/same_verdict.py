"""The flag on cases and points of minutes that all end in one and the same sentence."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, Item, cite
from evidence.facts.case_heads import head_of
from evidence.facts.text import fold, late, phrases, plain
from evidence.flags.case_items import cases_of, cite_case
from evidence.flags.points_alike import points_alike
from evidence.flags.registry import Finding, rule
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.told_cases import names_of_fields, points_of_minutes, verdicts_of_summaries
from evidence.titles import is_record_of
from evidence.wording import shortened


@rule("same_sentence_as_verdict")
def same_sentence_as_verdict(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Cases or minutes that end in one and the same sentence."""
    verdicts: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in cases_of(bundle):
        for name in ("root_cause", "effectiveness", "action"):
            text = _without_day(plain(_told(item, name)))
            if len(text) >= 12:
                verdicts[name, text].append(item)
    for (name, text), items in sorted(verdicts.items()):
        total = sum(bool(_told(item, name)) for item in cases_of(bundle))
        all_of_few = name == "effectiveness" and LEAST_OF_FEW <= len(items) == total and len(text) >= LONG_VERDICT
        if (len(items) >= data["least"] and len(items) * 2 >= total) or all_of_few:
            what = {"root_cause": "causes", "effectiveness": "effectiveness checks", "action": "actions"}[name]
            yield Finding(
                {"count": len(items), "what": what, "sentence": shortened(text, 100)},
                tuple(place for item in items[:4] for place in cite_case(item)),
            )
    yield from _minutes(bundle, int(data["least"]))
    yield from points_of_minutes(bundle, int(data["least"]))
    told = {text for (_, text), items in verdicts.items() if len(items) >= data["least"]}
    yield from _registers(bundle, int(data["least"]), told)
    yield from verdicts_of_summaries(bundle, int(data["least"]), told)
    yield from points_alike(bundle, int(data["least"]))


def _told(item: Item, name: str) -> str:
    """What a case tells under a head; how well it worked may stand under the head of the follow-up instead."""
    if name == "action" and is_verdict(fold(str(item.value.get(name) or ""))):
        return ""  # the result of a test in a column for what came of it
    told = item.value.get(name) or (item.value.get("verification") if name == "effectiveness" else "")
    return str(told or "")


def _without_day(text: str) -> str:
    """A sentence without the days in it, where it tells no figure besides: with a count of its own it is no mere sentence."""
    bare = " ".join(_DAY.sub(" ", text).split()).strip(" ,.;:()-")
    return bare if bare != text and not any(map(str.isdigit, bare)) else text


_DAY = re.compile(
    r"\(?(?<!\d)(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./]\d{1,2}|(?:\d{2,4} ?[年년] ?)?\d{1,2} ?[月월](?: ?\d{1,2} ?[日일])?|"
    r"\d{1,2} [^\W\d_]{3,9}\.?,? (?:19|20|25)?\d{2}|(?:19|20|25)\d{2} ?[年년]|^\d{1,2} [^\W\d_]{3,9}(?=[,:;]))(?!\d)\)?"
)

LEAST_OF_FEW = 3
"""Cases that are all there are, from which one whole sentence about each of them is no chance."""

LONG_VERDICT = 20
"""Letters of a cell that says something: shorter ones are states such as closed or done."""


_NUMBERED = re.compile(r"(?<![^\W_])[a-z]{1,4}[- ]?\d{1,4}$")
"""A machine or a gauge by its number, behind what it is."""


def _registers(bundle: Bundle, least: int, told: set[str]) -> Iterator[Finding]:
    """A column of a register, whatever it is headed, that says one sentence about every case."""
    for document in bundle.read:
        rows = [item for item in cases_of(bundle, "row") if item.document.path == document.path]
        if len(rows) < least:
            continue
        cells: Counter[str] = Counter()
        where: dict[str, Any] = {}
        heads: list[str] = []
        fields = names_of_fields(document)
        for passage in document.passages:
            for line in passage.text.splitlines():
                parts = line.split("|")
                if sum(head_of(part.strip()) is not None for part in parts if part.strip()) >= LEAST_HEADS:
                    heads = [fold(part) for part in parts]
                aside = {at for at, head in enumerate(heads) if len(heads) == len(parts) and _ASIDE.search(head)}
                for part in {_without_day(plain(part)) for at, part in enumerate(parts) if at not in aside} - fields:
                    if sum(char.isalpha() for char in part) >= LONG_VERDICT or (
                        len(part) >= 8 and not part[:1].isascii() and not _NUMBERED.search(part)
                    ):
                        cells[part] += 1
                        where.setdefault(part, (passage, line))
        for text, count in sorted(cells.items()):
            if count >= least and count * 2 >= len(rows) and text not in told:
                passage, line = where[text]
                yield Finding(
                    {"count": count, "what": "cases", "sentence": shortened(text, 100)},
                    (cite(document, passage, line),),
                )
                break


LEAST_HEADS = 3
"""Cells of a row that head parts of a case: it heads a register."""

_ASIDE = late(rf"{phrases('corrective_flags', 'method').pattern}|{phrases('corrective_flags', 'thing').pattern}")
"""Heads of columns whose cells give no verdict."""


def _minutes(bundle: Bundle, least: int) -> Iterator[Finding]:
    for document in bundle.read:
        if not is_record_of(document, "management_review_record"):
            continue
        cells: Counter[str] = Counter()
        points = 0
        where: dict[str, Any] = {}
        for passage in document.passages:
            for line in passage.text.splitlines():
                parts = [plain(part) for part in line.split("|") if part.strip()]
                if len(parts) >= 2:
                    points += 1
                    cells[parts[-1]] += 1
                    where.setdefault(parts[-1], (passage, line))
        for text, count in sorted(cells.items()):
            if len(text) >= 12 and count >= max(least, 5) and count * 2 >= points:
                passage, line = where[text]
                yield Finding(
                    {"count": count, "what": "points of the review", "sentence": shortened(text, 100)},
                    (cite(document, passage, line),),
                )
