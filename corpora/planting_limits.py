"""Readings planted beyond the limits of their column, where these stand in its head and where they are told elsewhere in the paper."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label, Row
from corpora.planting import AIMED, LEAST_FIGURES, Planted, drawn_for, exchanged, value_of, with_document, written_as
from corpora.reshaping import regular

BEYOND = ("out_of_limits_without_reaction", "conclusion_contradicts_data")

LONGEST_REMARK = 16
"""Letters of a cell beside a changed reading: a longer one may say what was done about it."""

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_READING = re.compile(_NUMBER)
_AROUND = re.compile(rf"{_NUMBER}\s*±\s*{_NUMBER}")
_BETWEEN = re.compile(rf"(?<![\d.,]){_NUMBER}\s*[~–-]\s*{_NUMBER}(?![\d.,]*\d)")
_MOST = re.compile(rf"(?i)(?:≤|\bma[xk]s?\.?|tối đa|ไม่เกิน)\s*{_NUMBER}")
_LEAST = re.compile(rf"(?i)(?:≥|\bmin\.?|tối thiểu)\s*{_NUMBER}")
_REACTION = re.compile(r"(?i)\bng\b|hold|reject|ncr|tolak|\bret\b|scrap|again|cancel|返|不合格|불합격|재|退|調|调|回")


def beyond_limits(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """For each paper whose table tells limits in a head, one reading a quarter of the tolerance beyond them, in a row that says no more
    than a verdict.
    """
    for place, document, block, at, index, ends in _chosen(supplier):
        rows = _beyond(block.rows, at, index, ends)
        what = f"{document.file}: {' | '.join(rows[at].cells)}"
        yield Planted(
            with_document(supplier, place, exchanged(document, block, replace(block, rows=rows))), what, BEYOND
        )


def limits_elsewhere(supplier: AuthoredSupplier, *, place: str, beyond: bool) -> Iterator[Planted]:
    """For each such paper the limits taken out of the head and told in a line above the table (``title``) or ``below`` it, with the name of
    the column, in a ``row`` under the head, or in a ``paper`` of its own whose number stands above the table: with a reading beyond them,
    or with none, which raises nothing.
    """
    for number, document, block, at, index, ends in _chosen(supplier):
        rows = list(_beyond(block.rows, at, index, ends) if beyond else block.rows)
        span = regular(block.rows)
        assert span is not None
        head = rows[span[0]]
        bare, told = _parted(head.cells[index])
        if len(bare) < LEAST_NAME:
            continue
        what = f"{document.file}: {bare}: {told} | {' | '.join(rows[at].cells)}"
        rows[span[0]] = replace(head, cells=(*head.cells[:index], bare, *head.cells[index + 1 :]))
        if place == "row":
            cells = [LIMIT[document.language], *("" for _ in head.cells[1:])]
            cells[index] = told
            rows.insert(span[0] + 1, replace(head, cells=tuple(cells)))
        line = AuthoredBlock("paragraph", head.label, f"{bare}: {told}")
        table = replace(block, rows=tuple(rows))
        number_above = AuthoredBlock("paragraph", head.label, NUMBER)
        blocks = {"title": (line, table), "below": (table, line), "row": (table,), "paper": (number_above, table)}[
            place
        ]
        changed = with_document(supplier, number, exchanged(document, block, *blocks))
        if place == "paper":
            laid = _laid_down(document, bare, told)
            changed = replace(changed, documents=(*changed.documents, laid))
        yield Planted(changed, what, BEYOND if beyond else ())


NUMBER = "QS-41"
"""The number of a paper that lays limits down."""


def _laid_down(document: AuthoredDocument, name: str, told: str) -> AuthoredDocument:
    """A specification with the limits of one column."""
    label = Label("prescription", ("traceability",))
    rows = (Row((REQUIRED[document.language], LIMIT[document.language]), label), Row((name, told), label))
    blocks = (AuthoredBlock("heading", label, f"{NUMBER} {name}", level=1), AuthoredBlock("table", label, rows=rows))
    return replace(
        document, file=f"{NUMBER}.docx", render="docx", kind="procedure", reading="static", parts=(AuthoredPart("", False, blocks),), family=None, front={}
    )  # fmt: skip


REQUIRED: Mapping[str, str] = {
    "en": "Item", "id": "Parameter", "ms": "Perkara", "tr": "Özellik", "th": "รายการ", "vi": "Hạng mục", "zh": "项目", "ko": "항목", "ja": "項目",
}  # fmt: skip


LEAST_NAME = 4
"""Signs of the head of a column without its limits by which it is known."""

LIMIT: Mapping[str, str] = {
    "en": "Limit", "id": "Batas", "ms": "Had", "tr": "Sınır", "th": "เกณฑ์", "vi": "Giới hạn", "zh": "规格", "ko": "기준", "ja": "規格",
}  # fmt: skip


def _parted(head: str) -> tuple[str, str]:
    """A head without its limits, and these."""
    found = next(match for limit in (_AROUND, _BETWEEN, _MOST, _LEAST) if (match := limit.search(head)))
    unit = re.match(r"\s?(?:%|°C|[A-Za-zµ]{1,4}(?:/[A-Za-z]{1,3}[²2]?)?)(?![^\W_])", head[found.end() :])
    told = found[0] + (unit[0] if unit else "")
    return re.sub(r"[(（\[]\s*[,;]?\s*[)）\]]", "", head.replace(told, "", 1)).strip(" ,;:"), told.strip()


Ends = tuple[float | None, float | None]


def _chosen(supplier: AuthoredSupplier) -> Iterator[tuple[int, AuthoredDocument, AuthoredBlock, int, int, Ends]]:
    """For each paper whose table tells limits in a head, one reading in a row that says no more than a verdict, and its limits."""
    for place, document in enumerate(supplier.documents):
        if document.kind not in ("traceability_record", "calibration_record", "other"):
            continue
        chosen = [found for part in document.parts for block in part.blocks for found in _readings(block)]
        if chosen:
            yield place, document, *drawn_for(document).choice(chosen)


def _beyond(rows: Sequence[Row], at: int, index: int, ends: Ends) -> tuple[Row, ...]:
    """The rows of a table with one reading a quarter of its tolerance beyond its limits."""
    low, high = ends
    width = high - low if low is not None and high is not None else abs(high if high is not None else low or 0.0)
    value = (high if high is not None else low or 0.0) + (0.25 if high is not None else -0.25) * width
    cells = rows[at].cells
    changed = replace(rows[at], cells=(*cells[:index], written_as(cells[index], value), *cells[index + 1 :]))
    return (*rows[:at], changed, *rows[at + 1 :])


def _readings(block: AuthoredBlock) -> Iterator[tuple[AuthoredBlock, int, int, Ends]]:
    span = regular(block.rows) if block.kind == "table" else None
    if span is None:
        return
    head, body = block.rows[span[0]].cells, range(span[0] + 1, span[1])
    for index, name in enumerate(head):
        ends = _limits(name)
        read = [at for at in body if _READING.fullmatch(block.rows[at].cells[index].strip())]
        if (
            ends is None
            or len(read) < LEAST_FIGURES
            or not all(_keeps(ends, value_of(block.rows[at].cells[index])) for at in read)
        ):
            continue
        yield from ((block, at, index, ends) for at in read if _is_quiet(block.rows[at]))


def _limits(head: str) -> Ends | None:
    if AIMED.search(head) or not any(map(str.isalpha, head)):
        return None
    if found := _AROUND.search(head):
        middle, off = (value_of(text) for text in found.groups())
        return (middle - off, middle + off) if middle else None
    if found := _BETWEEN.search(head):
        low, high = (value_of(text) for text in found.groups())
        return (low, high) if low < high else None
    most, least = _MOST.search(head), _LEAST.search(head)
    return (None, value_of(most[1])) if most else (value_of(least[1]), None) if least else None


def _keeps(ends: Ends, value: float) -> bool:
    return (ends[0] is None or value >= ends[0]) and (ends[1] is None or value <= ends[1])


def _is_quiet(row: Row) -> bool:
    worded = [cell for cell in row.cells if any(map(str.isalpha, cell))]
    return all(len(cell) <= LONGEST_REMARK and not _REACTION.search(cell) for cell in worded)
