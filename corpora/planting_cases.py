"""Faults planted in papers on problems and on suppliers: a register without its look at the effect or its cause, an evaluation without marks.

Beside each stands the same paper told right: the column is there, under a head that says nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, Row
from corpora.planting import Planted, exchanged, with_document
from corpora.reshaping import regular

UNLOOKED = ("no_effectiveness_check",)
UNREASONED = ("no_root_cause",)
UNRATED = ("evaluation_without_result",)

LEAST_ROWS = 3
"""Rows of a register, each a case."""

LEAST_MARKS = 4
"""Figures under heads of an evaluation that are taken away."""

_LOOK = re.compile(
    r"(?i)effect|check|verif|afterw|looked|hiệu (?:quả|lực)|kiểm|efekti|hasil|cek|keberkesanan|ประสิทธิผล|ติดตาม|效果|有效|验证|驗證|确认|確認|追|효과|유효|확인|검증|etkin|kontrol|doğrula|効果|検証"
)
_CAUSE = re.compile(
    r"(?i)cause|\bwhy\b|reason|nguyên nhân|vì sao|akar|sebab|punca|สาเหตุ|原因|真因|원인|neden|sebep|要因"
)
_ESCAPE = re.compile(r"(?i)escape|detect|outflow|lọt|lolos|หลุด|流出|漏|유출|미검출|kaçış")
_MARK = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s?%?|[A-D][+-]?")
_SAYS_NOTHING = {
    "en": "Info", "vi": "Thông tin", "id": "Informasi", "ms": "Maklumat", "th": "ข้อมูล", "zh": "信息", "ko": "정보", "ja": "情報", "tr": "Bilgi",
}  # fmt: skip


def without_look(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """Registers of problems that lose the column for the look at the effect."""
    yield from _registers(supplier, _LOOK, _dropped, UNLOOKED)


def look_under_any_head(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """The same registers with this column under a head that says nothing."""
    yield from _registers(supplier, _LOOK, _unheaded, ())


def without_cause(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """Registers that lose the column for the cause, and forms whose place for it is emptied."""
    yield from _registers(supplier, _CAUSE, _dropped, UNREASONED)
    for place, document in enumerate(supplier.documents):
        for block in document.blocks() if document.kind == "corrective_action_record" else ():
            fields = tuple(
                replace(one, value="") if _CAUSE.search(one.name) and not _ESCAPE.search(one.name) else one
                for one in block.fields
            )
            if fields != block.fields:
                made = exchanged(document, block, replace(block, fields=fields))
                yield Planted(with_document(supplier, place, made), document.file, UNREASONED)


def cause_under_any_head(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """The same registers with the column for the cause under a head that says nothing."""
    yield from _registers(supplier, _CAUSE, _unheaded, ())


def without_marks(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """Evaluations of suppliers whose figures and grades are taken away."""
    for place, document in enumerate(supplier.documents):
        for block in document.blocks() if document.kind == "supplier_evaluation_record" else ():
            span = regular(block.rows) if block.kind == "table" else None
            if span is None:
                continue
            columns = [
                at
                for at in range(1, len(block.rows[span[0]].cells))
                if sum(bool(_MARK.fullmatch(row.cells[at].strip())) for row in block.rows[span[0] + 1 : span[1]]) * 2
                > span[1] - span[0] - 1
            ]
            rows = tuple(
                replace(row, cells=tuple("" if index in columns else cell for index, cell in enumerate(row.cells)))
                if span[0] < at < span[1]
                else row
                for at, row in enumerate(block.rows)
            )
            if len(columns) * (span[1] - span[0] - 1) >= LEAST_MARKS:
                made = exchanged(document, block, replace(block, rows=rows))
                yield Planted(with_document(supplier, place, made), document.file, UNRATED)


def _registers(
    supplier: AuthoredSupplier,
    head: re.Pattern[str],
    change: Callable[[AuthoredDocument, AuthoredBlock, tuple[int, int], int], AuthoredBlock],
    raises: tuple[str, ...],
) -> Iterator[Planted]:
    for place, document in enumerate(supplier.documents):
        for block in document.blocks() if document.kind == "corrective_action_record" else ():
            span = regular(block.rows) if block.kind == "table" else None
            if span is None or span[1] - span[0] - 1 < LEAST_ROWS:
                continue
            names = block.rows[span[0]].cells
            found = [at for at, name in enumerate(names) if head.search(name) and not _ESCAPE.search(name)]
            if len(found) == 1 and found[0] > 0:
                made = exchanged(document, block, change(document, block, span, found[0]))
                yield Planted(with_document(supplier, place, made), f"{document.file}: {names[found[0]]}", raises)


def _dropped(document: AuthoredDocument, block: AuthoredBlock, span: tuple[int, int], at: int) -> AuthoredBlock:
    return replace(block, rows=tuple(_cells(row, (*row.cells[:at], *row.cells[at + 1 :])) for row in block.rows))


def _unheaded(document: AuthoredDocument, block: AuthoredBlock, span: tuple[int, int], at: int) -> AuthoredBlock:
    cells = block.rows[span[0]].cells
    head = _cells(block.rows[span[0]], (*cells[:at], _SAYS_NOTHING.get(document.language, "Info"), *cells[at + 1 :]))
    return replace(block, rows=(*block.rows[: span[0]], head, *block.rows[span[0] + 1 :]))


def _cells(row: Row, cells: tuple[str, ...]) -> Row:
    return replace(row, cells=cells)
