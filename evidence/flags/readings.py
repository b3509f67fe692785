"""Flags on readings of inspections and tests: outside the limits, judged against them, always at the edge."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.facts.text import fold, late, phrases
from evidence.flags.accepted_counts import passed_against_plan
from evidence.flags.figure_rows import cite_rows
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.trends import said_against_series
from evidence.model import DocumentReport
from evidence.titles import records_nothing
from evidence.wording import count_of

_REACTION = phrases("readings_flags", "reaction")


def readings(bundle: Bundle) -> list[Item]:
    """The tables of readings of papers that are no examples."""
    return [item for item in bundle.items("readings") if not is_example(item.document)]


@rule("out_of_limits_without_reaction")
def out_of_limits_without_reaction(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Readings beyond their written limits, and no word of rejecting, sorting or accepting them by concession."""
    for item in readings(bundle):
        outside = [(row, value) for row in item.value["rows"] for value in row["values"] if _outside(row, value)]
        total = sum(len(row["values"]) for row in item.value["rows"])
        many = len(outside) * 2 > total and not item.value.get("sure")
        if not outside or many or item.passage.source == "ocr":
            continue  # more than half outside means that the columns are not readings of this limit; a scan may be misread
        text = _said_beside(item)
        if _REACTION.search(_CHART.sub(" ", text)) or _judged(text) or _remarked(item.document, outside):
            continue
        row, value = outside[0]
        yield Finding(
            {
                "name": name_of(item.document.path),
                "count": f"{count_of(len(outside), 'reading')} {'lies' if len(outside) == 1 else 'lie'}",
                "label": row["label"],
                "value": f"{value:g}",
                "spec": row["spec"],
            },
            (cite_rows(item.document, item.passage, [value for _, value in outside]),),
        )


def _said_beside(item: Item) -> str:
    """The words of a paper, folded, without the limits as they are written: what must not be is no reaction to what was."""
    text = fold(_told(item.document))
    for spec in {fold(row["spec"]) for row in item.value["rows"]}:
        text = text.replace(spec, " ") if any(char.isalpha() for char in spec) else text
    return text


def _told(document: DocumentReport) -> str:
    """The words of a paper without the heads of its tables: a column for rejects is no reaction."""
    kept = []
    for passage in document.passages:
        rows = passage.text.splitlines()
        for row, below in itertools.zip_longest(rows, rows[1:], fillvalue=""):
            head = row.count("|") >= LEAST_HEADS and not any(char.isdigit() for char in row)
            if not (head and "|" in below and any(char.isdigit() for char in below)):
                kept.append(row)
    return " ".join(kept)


LEAST_HEADS = 2
"""Bars in a row that heads a table: a form of two columns has one."""

_CHART = late(r"(?<![^\W_])x ?-? ?(?:bar|tb|avg|rata|ort)(?![^\W_])")
"""The mean of a control chart, which is no cross put against a reading."""

LEAST_REMARK = 6
"""Letters of a remark; fewer are a name or a verdict."""


def _remarked(document: DocumentReport, outside: Sequence[tuple[Mapping[str, Any], float]]) -> bool:
    """Whether the row of a reading outside its limits says something that the other rows do not: what was done about it."""
    lines = [line for passage in document.passages for line in passage.text.splitlines()]
    bare = [_wordly(line) for line in lines]
    for row, value in outside:
        figure = re.compile(rf"(?<![\d.,]){re.escape(f'{value:g}').replace(chr(92) + '.', '[.,]')}0*(?![\d.,]*\d)")
        for at, line in enumerate(lines):
            if not figure.search(line) or not ("|" in line or (row["spec"] in line and len(row["values"]) == 1)):
                continue
            first, *cells = line.split("|") if "|" in line else _CELLS_OF_LINE.split(line)
            for cell in (*cells, *_below(line, lines[at + 1 :])):
                told = _wordly(cell)
                letters = sum(char.isalpha() for char in told)
                least = LEAST_REMARK if told[:1].isascii() else LEAST_REMARK // 2
                if (
                    letters >= least
                    and row["spec"] not in cell
                    and sum(told in other for other in bare) == 1
                    and told != _wordly(first)
                    and not _AS_EVER.search(fold(cell))
                ):
                    return True
    return False


def _wordly(text: str) -> str:
    """The words of a text without its figures: ``found 35.5`` in one row says no more than ``found 2.03`` in another."""
    return " ".join(_FIGURES.sub(" ", text).split())


_FIGURES = late(r"[-+±]?\d[\d.,]*")
_CELLS_OF_LINE = late(r"[()（）:：]|[,;，；、](?!\d)")
_AS_EVER = phrases("readings_flags", "as_ever")
"""Words of a remark that says that nothing was changed: no reaction."""


def _below(line: str, lines: Sequence[str]) -> Iterator[str]:
    """What is written in the rows below a reading of a table in which readings run along: remarks that fill some of its columns.

    A verdict on all of them is no remark.
    """
    width = line.count("|")
    if width < LEAST_WIDE:
        return
    for other in itertools.takewhile(lambda row: "|" in row, lines):
        if 0 < other.count("|") < width and not _judged(fold(other)):
            yield from other.split("|")[1:]


LEAST_WIDE = 3
"""Bars of a row in which readings run along."""


@rule("conclusion_contradicts_data")
def conclusion_contradicts_data(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """All judged OK while readings lie outside their limits;

    a gauge study accepted with an error beyond what is ever accepted.
    """
    for item in readings(bundle):
        outside = [(row, value) for row in item.value["rows"] for value in row["values"] if _outside(row, value)]
        total = sum(len(row["values"]) for row in item.value["rows"])
        text = _said_beside(item)
        if (
            outside
            and (len(outside) * 2 <= total or item.value.get("sure"))
            and item.passage.source != "ocr"
            and _judged(text)
            and not _REACTION.search(text)
            and not _remarked(item.document, outside)
        ):
            row, value = outside[0]
            yield Finding(
                {
                    "name": name_of(item.document.path),
                    "what": f"'{row['label']}' reads {value:g} against {row['spec']} and is judged good",
                },
                (cite_rows(item.document, item.passage, [value]),),
            )
    yield from _gauge_studies(bundle)
    yield from _capabilities(bundle)
    yield from said_against_series(bundle)
    yield from passed_against_plan(bundle)


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


_ACCEPTED, _REFUSED = (phrases("readings_flags", name) for name in ("accepted", "refused"))
_NORM = late(r"[^\n.;。；]*\d ?%[^\n.;。；]*\d ?%[^\n.;。；]*")
"""A line that tells from which percentage on what is accepted is the norm, no verdict."""

_BOUND = late(rf"[≤≥<>]|{phrases('metrics_flags', 'bound').pattern}|{phrases('metrics_flags', 'bound_behind').pattern}")
_CHOICES = late(r"\s/\s|[;；]")


def _without_norms(folded: str) -> str:
    """A text without the lines that tell from which figure on what is good: ``below 10 good / above 30 bad`` is no verdict."""
    kept = []
    for line in _NORM.sub(" ", folded).split("\n"):
        line = "|".join(cell for cell in line.split("|") if not _is_norm(cell))
        choices = [part for part in _CHOICES.split(line) if any(char.isdigit() for char in part)]
        kept.append(" " if len(choices) > 1 and sum(bool(_BOUND.search(part)) for part in choices) > 1 else line)
    return "\n".join(kept)


def _is_norm(cell: str) -> bool:
    """Whether a cell says of two ranges of figures and more what each is worth: ``≤10 good, 10-30 with conditions, >30 bad``."""
    parts = [part for part in _NORM_PARTS.split(cell) if any(char.isdigit() for char in part)]
    return len(parts) > 1 and all(_RANGED.search(part) and _WORDED.search(part) for part in parts)


_NORM_PARTS = late(r"[,;；，、](?!\d)|(?<!\d)[,;；，、]|\s/\s")
_RANGED = late(rf"\d\s?%?\s?[-–~～]\s?\d|{_BOUND.pattern}")
_WORDED = late(r"[^\W\d_]{2}")


_CAPABLE = 1.0
"""Cpk below which a process makes pieces outside its limits (AIAG, Statistical Process Control)."""

_BETWEEN = rf"(?:(?!{phrases('readings_flags', 'aside').pattern})[^\d\n.;。；<>≤≥]){{0,24}}?"
"""What may stand between the name of an index and its figure: a bar, a colon, ``came out at``, but no bound, target or part of it."""

_CPK = late(rf"(?<![^\W_])(?:cpk|ppk){_BETWEEN}(?<![\d.,])(\d[.,]\d{{1,3}})(?![\d.,]*\d)")


_STUDY_FIELD = late(
    r"(?:^|\| )\W{0,2}(?:cpk|ppk|gr&r|grr|r&r)\W{0,3}\| \W{0,2}\d{1,3}[.,]?\d* ?%?(?: \||$)", re.MULTILINE
)


def _is_study(document: DocumentReport) -> bool:
    """Whether a paper taken for a rule has a day and a figure in the field of an index: what somebody measured, and no rule."""
    return any(fact.kind == "date" and fact.role == "evidence" for fact in document.facts) and any(
        _STUDY_FIELD.search(fold(passage.text)) for passage in document.passages
    )


def _capabilities(bundle: Bundle) -> Iterator[Finding]:
    """A process judged capable whose own index says that it is not."""
    for document in bundle.read:
        if (records_nothing(document) and not _is_study(document)) or is_example(document):
            continue
        shown = [(p, fold(p.text)) for p in document.passages if not p.hidden]
        if not any("cpk" in folded or "ppk" in folded for _, folded in shown):
            continue
        text = [(p, _without_norms(folded)) for p, folded in shown]
        whole = " ".join(folded for _, folded in text)
        found = [(p, match) for p, folded in text for match in _CPK.finditer(folded) if not _is_aside(match)]
        capable = next((p for p, folded in text if _CAPABLE_WORDS.search(folded)), None)
        if len(found) != 1 or capable is None or _REFUSED.search(whole) or _REACTION.search(whole):
            continue
        place, match = found[0]
        if float(match[1].replace(",", ".")) < _CAPABLE:
            what = f"a Cpk of {match[1]} is judged capable; below {_CAPABLE:.0f} pieces fall outside the limits"
            yield Finding(
                {"name": name_of(document.path), "what": what}, (cite(document, place), cite(document, capable))
            )


_CAPABLE_WORDS = phrases("readings_flags", "capable")

_ASIDE = late(rf"(?:{phrases('readings_flags', 'aside').pattern})[^.;。；\n|]{{0,12}}$")


def _is_aside(match: re.Match[str]) -> bool:
    """Whether words right before an index make its figure a bound, an aim or an earlier state: ``before the change Cpk 0.82``."""
    return _ASIDE.search(match.string[max(0, match.start() - 30) : match.start()]) is not None


def _gauge_studies(bundle: Bundle) -> Iterator[Finding]:
    for document in bundle.read:
        if (records_nothing(document) and not _is_study(document)) or is_example(document):
            continue
        text = [(p, fold(p.text)) for p in document.passages if not p.hidden]
        if not any(_GAUGE_ERROR.search(folded) or _gauge_row(folded) for _, folded in text):
            continue
        accepted = next(
            (
                passage
                for passage, folded in text
                if _ACCEPTED.search(_without_norms(folded)) and not _REFUSED.search(_without_norms(folded))
            ),
            None,
        )
        for passage, folded in text if accepted else ():
            match = _GAUGE_ERROR.search(_without_norms(folded)) or _gauge_row(folded)
            share = match[match.lastindex or 0] if match else "0"
            if match and accepted is not None and _WORST_GAUGE < float(share.replace(",", ".") or 0) <= 200:
                yield Finding(
                    {
                        "name": name_of(document.path),
                        "what": f"a gauge error of {share.replace(',', '.')} % is accepted; more than {_WORST_GAUGE:.0f} % never is",
                    },
                    (cite(document, passage), cite(document, accepted)),
                )
                break


_GAUGE_ERROR = late(
    r"(?:% ?(?:gr&r|grr|r&r|gage r&r|gauge r&r|total r&r)|(?:gr&r|grr|r&r)\s?%)\s{0,2}[:=|"
    r"]?\s{0,2}(\d{1,3}(?:[.,]\d+)?)|(?:gr&r|grr|r&r)[^\d\n|%]{1,16}%[^\d\n|%]{0,24}[:=|]\s?(\d{1,3}(?:[.,]\d+)?)|"
    r"total (?:gauge|gage|measurement)[^\d\n.]{0,30}\s(?P<told>\d{1,3}(?:[.,]\d+)?) ?%|"
    rf"(?:gr&r|grr|r&r){_BETWEEN}(?<![\d.,])(?:(?P<said>\d{{1,3}}(?:[.,]\d+)?) ?%|%\s?(?P<signed>\d{{1,3}}(?:[.,]\d+)?))"
)
_GAUGE_NAME = late(r"(?<![^\W_])(?:gr&r|grr|r&r|ga(?:u)?ge r&r|r ?& ?r)(?![^\W_])")
_REMARK = late(r"[(\uff08][^()\uff08\uff09]{0,20}[)\uff09]")
_WITH_SIGN = late(r"\d{1,3}(?:[.,]\d+)? ?%")
_SHARE_CELL = late(r"(\d{1,3}(?:[.,]\d+)?) ?%?")


def _gauge_row(folded: str) -> re.Match[str] | None:
    """The gauge error of a table with a column of percentages: that of its last column, the share of the tolerance."""
    at: int | None = None
    for line in folded.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        bare = [_REMARK.sub(" ", cell) for cell in cells]
        shares = [index for index, cell in enumerate(bare) if "%" in cell and not any(char.isdigit() for char in cell)]
        if len(cells) >= LEAST_CELLS and shares:
            at = shares[-1]
        elif at is not None and at < len(cells) and _GAUGE_NAME.search(cells[0]):
            return _SHARE_CELL.fullmatch(cells[at])
        elif _GAUGE_NAME.search(cells[0]) and len(cells) > LEAST_CELLS and _WITH_SIGN.fullmatch(cells[-1]):
            return _SHARE_CELL.fullmatch(cells[-1])
    return None


LEAST_CELLS = 2
"""Cells of a row that heads a column of percentages: the name of the part of the spread and its share."""


LEAST_ALONE = 8
"""Readings of one feature under a greatest value that say it alone, whatever lies beside them; a least value can be one that the
feature itself hardly passes, as 98 of 100 %.
"""

LEAST_END = 0.001
"""Size of a lone limit from which a share of it means something."""


@rule("results_just_under_limit")
def results_just_under_limit(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Nearly all readings of a test crowd at one limit, none beyond it."""
    for item in readings(bundle):
        counted = [_close(row, data) for row in item.value["rows"]]
        alone = [
            one
            for one, row in zip(counted, item.value["rows"], strict=True)
            if one[1] >= LEAST_ALONE and row["low"] is None
        ]
        close, total = max(
            [(sum(close for close, _ in counted), sum(total for _, total in counted)), *alone],
            key=lambda pair: pair[0] / max(pair[1], 1),
            default=(0, 0),
        )
        if total >= data["least"] and close >= 0.9 * total:
            yield Finding(
                {"name": name_of(item.document.path), "count": close, "total": total, "share": f"{data['share']:.0%}"},
                (cite(item.document, item.passage),),
            )


def _close(row: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[int, int]:
    """How many readings of a feature lie close inside a limit, none beyond it, and how many there are."""
    low, high, values = row["low"], row["high"], row["values"]
    if low is not None and high is not None and high > low:
        edge = (high - low) * data["share"] + 1e-9
        close = sum(high - edge <= value <= high or low <= value <= low + edge for value in values)
        return close - (len(values) if any(value > high or value < low for value in values) else 0), len(values)
    end = high if high is not None else low
    if end is None or abs(end) <= LEAST_END:
        return 0, 0
    inside = [value for value in values if (value <= end if high is not None else value >= end)]
    if len(inside) < len(values) or len(set(inside)) == 1:
        return 0, len(values)
    edge = _edge(abs(end), inside, high is not None, data)
    return sum(abs(end - value) <= edge for value in inside), len(values)


def _edge(end: float, values: Sequence[float], is_high: bool, data: Mapping[str, Any]) -> float:
    """How far from a lone limit a reading is close to it: below a greatest value also two steps of a coarse gauge, within the share
    that holds for tolerances.
    """
    share = float(data["share_alone"]) * end
    if not is_high:
        return share + 1e-9
    steps = sorted(set(values))
    step = min((later - earlier for earlier, later in itertools.pairwise(steps)), default=0.0)
    return max(share, min(2 * step, float(data["share"]) * end)) + 1e-9
