"""Faults planted in papers on problems and on suppliers: a register without its look at the effect or its cause, an evaluation without marks.

Beside each stands the same paper told right: the column is there, under a head that says nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label, Row
from corpora.planting import Planted, exchanged, with_document
from corpora.reshaping import regular

UNLOOKED = ("no_effectiveness_check",)
UNREASONED = ("no_root_cause",)
UNRATED = ("evaluation_without_result",)

LEAST_ROWS = 3
"""Rows of a register, each a case."""

LEAST_MARKS = 4
"""Figures under heads of an evaluation that are taken away."""

LOOK = re.compile(
    r"(?i)effect|check|verif|afterw|looked|hiệu (?:quả|lực)|kiểm|efekti|hasil|cek|keberkesanan|ประสิทธิผล|ติดตาม|效果|有效|验证|驗證|确认|確認|追|효과|유효|확인|검증|etkin|kontrol|doğrula|効果|検証"
)
CAUSE = re.compile(
    r"(?i)cause|\bwhy\b|reason|nguyên nhân|vì sao|akar|sebab|punca|สาเหตุ|原因|真因|원인|neden|sebep|要因"
)
_ESCAPE = re.compile(r"(?i)escape|detect|outflow|lọt|lolos|หลุด|流出|漏|유출|미검출|kaçış")
_MARK = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s?%?|[A-D][+-]?")
_SAYS_NOTHING = {
    "en": "Info", "vi": "Thông tin", "id": "Informasi", "ms": "Maklumat", "th": "ข้อมูล", "zh": "信息", "ko": "정보", "ja": "情報", "tr": "Bilgi",
}  # fmt: skip


def without_look(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """Registers of problems that lose the column for the look at the effect."""
    yield from _registers(supplier, LOOK, _dropped, UNLOOKED)


def look_under_any_head(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """The same registers with this column under a head that says nothing."""
    yield from _registers(supplier, LOOK, _unheaded, ())


def without_cause(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """Registers that lose the column for the cause, and forms whose place for it is emptied."""
    yield from _registers(supplier, CAUSE, _dropped, UNREASONED)
    for place, document in enumerate(supplier.documents):
        for block in document.blocks() if document.kind == "corrective_action_record" else ():
            fields = tuple(
                replace(one, value="") if CAUSE.search(one.name) and not _ESCAPE.search(one.name) else one
                for one in block.fields
            )
            if fields != block.fields:
                made = exchanged(document, block, replace(block, fields=fields))
                yield Planted(with_document(supplier, place, made), document.file, UNREASONED)


def cause_under_any_head(supplier: AuthoredSupplier) -> Iterator[Planted]:
    """The same registers with the column for the cause under a head that says nothing."""
    yield from _registers(supplier, CAUSE, _unheaded, ())


def told_in_points(supplier: AuthoredSupplier, *, reasoned: bool, looked: bool) -> Iterator[Planted]:
    """Registers told as minutes, a point a case that ends by closing it: without the cause, without the look at the effect, or with both."""
    raises = (() if reasoned else UNREASONED) + (() if looked else UNLOOKED)
    for place, document in enumerate(supplier.documents):
        for block in document.blocks() if document.kind == "corrective_action_record" else ():
            span = regular(block.rows) if block.kind == "table" and document.language in CLOSED else None
            if span is None:
                continue
            names = block.rows[span[0]].cells
            columns = [_column(names, pattern) for pattern in (_PROBLEM, CAUSE, _ACTION, LOOK)]
            if None in columns or len(set(columns)) < len(columns):
                continue
            because, closed, title = CLOSED[document.language]
            lines: list[str] = []
            for row in block.rows[span[0] + 1 : span[1]]:
                problem, cause, action, look = (row.cells[at or 0].strip().rstrip(".。") for at in columns)
                if problem and cause and action and _SEEN.search(look) and not _AHEAD.search(look):
                    parts = (
                        problem,
                        *([because + cause] if reasoned else []),
                        action,
                        *([look] if looked else []),
                        closed,
                    )
                    stop = "。" if document.language in ("zh", "ja") else ". "
                    lines.append(f"{len(lines) + 1}. {stop.join(parts)}{stop.strip()}")
            if len(lines) < LEAST_POINTS:
                continue
            day = date.fromisoformat(supplier.reference_date) - SINCE
            label = Label("record", ("corrective_action",))
            blocks = (
                AuthoredBlock("heading", label, f"{title} {day.isoformat()}", level=1),
                *(AuthoredBlock("paragraph", label, line) for line in lines),
            )
            made = replace(
                document,
                file=f"{title}.docx",
                render="docx",
                parts=(AuthoredPart("", False, blocks),),
                family=None,
                front={},
            )
            yield Planted(with_document(supplier, place, made), document.file, raises)


def _column(names: Sequence[str], head: re.Pattern[str]) -> int | None:
    """The one column whose head says what is sought."""
    found = [at for at, name in enumerate(names) if head.search(name) and not _ESCAPE.search(name)]
    return found[0] if len(found) == 1 else None


SINCE = timedelta(days=60)
"""Time between minutes and the day on which they are looked at: long enough for a look at the effect."""

LEAST_POINTS = 2
"""Points of minutes that close a case each."""

_SEEN = re.compile(r"\d")
_AHEAD = re.compile(
    r"(?i)plan|due|running|progress|open|hẹn|dự kiến|đang|rencana|sedang|แผน|กำลัง|计划|預定|进行中|예정|진행|予定|planl|devam|bekl|20(?:2[7-9])"
)
_PROBLEM = re.compile(
    r"(?i)problem|defect|complaint|nonconf|non-conf|finding|what happened|issue|lỗi|vấn đề|không phù hợp|masalah|keluhan|ketidaksesuaian|ปัญหา|ข้อบกพร่อง|问题|問題|不良|不符合|异常|異常|缺失|문제|불량|부적합|현상|不適合|hata|uygunsuzluk|şik[aâ]yet"
)
_ACTION = re.compile(
    r"(?i)action|measure|what was done|khắc phục|biện pháp|đối sách|tindakan|perbaikan|การแก้ไข|มาตรการ|措施|对策|對策|整改|조치|대책|対策|処置|faaliyet|önlem"
)
CLOSED = {
    "en": ("Cause: ", "Closed", "Minutes on complaints"), "vi": ("Nguyên nhân: ", "Đã đóng", "Biên bản họp khiếu nại"),
    "id": ("Penyebab: ", "Ditutup", "Notulen rapat keluhan"), "th": ("สาเหตุ: ", "ปิดเรื่องแล้ว", "รายงานการประชุมข้อร้องเรียน"),
    "zh": ("原因：", "结案", "客诉会议纪要"), "ko": ("원인: ", "종결", "클레임 회의록"), "ja": ("原因：", "クローズ", "クレーム会議議事録"), "tr": ("Neden: ", "Kapatıldı", "Şikayet toplantısı tutanağı"),
}  # fmt: skip
"""How minutes lead to a cause, close a case and are headed."""


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
