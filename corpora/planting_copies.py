"""What is ordinary beside the papers of a bundle, made from these papers: the same in another format, an edition of a month ago, a blank of
it, the request it answers, the same form for other parts, a deck of some of its months.

Each change gives the bundle with all papers that it can make; where it finds none, the bundle is as it was. No flag follows from any.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label, Row
from corpora.month_names import MONTHS
from corpora.planting import drawn_for, drawn_from, month_of, written_as
from corpora.planting_cases import CAUSE, LOOK
from corpora.reshaping import regular

FORMATS: Mapping[str, str] = {"xlsx": "pdf", "docx": "pdf", "pptx": "pdf", "pdf": "docx", "xls": "xlsx"}
"""The other format in which a paper is sent too."""

RECORDS = (
    "corrective_action_record", "internal_audit_record", "traceability_record", "supplier_evaluation_record", "training_record",
    "calibration_record",
)  # fmt: skip

ROWS_SINCE, LEAST_ROWS = 3, 6
"""Rows that a register has more than its edition before, and rows from which it had one."""

ASKED = ("internal_audit_record", "traceability_record")
"""Kinds of papers whose blanks print what is looked at in their first column."""

MOST_PAPERS = 3
"""Papers of a bundle of which something is made at once."""

LEAST_PLACES = 4
"""Places of a paper that are filled and empty in its blank."""

BLANK = {
    "en": "blank form", "vi": "biểu mẫu trống", "id": "formulir kosong", "ms": "borang kosong", "th": "แบบฟอร์มเปล่า", "zh": "空白表格", "ko": "빈 양식",
    "ja": "白紙様式", "tr": "boş form",
}  # fmt: skip
BEFORE = {
    "en": "previous edition", "vi": "bản trước", "id": "edisi sebelumnya", "ms": "edisi lama", "th": "ฉบับก่อน", "zh": "上一版", "ko": "이전본", "ja": "前版",
    "tr": "önceki sürüm",
}  # fmt: skip
REQUEST = {
    "en": "request", "vi": "yêu cầu", "id": "permintaan", "ms": "permintaan", "th": "คำขอ", "zh": "要求", "ko": "요청", "ja": "依頼", "tr": "talep",
}  # fmt: skip
DECK = {
    "en": "Quality report to {month} {year}", "vi": "Báo cáo chất lượng đến {month} {year}", "id": "Laporan mutu s.d. {month} {year}",
    "ms": "Laporan kualiti hingga {month} {year}", "th": "รายงานคุณภาพถึง{month} {year}", "zh": "{year}年品质汇报（至{month}）", "ko": "{year}년 품질 보고 ({month}까지)",
    "ja": "{year}年品質報告（{month}まで）", "tr": "{month} {year} sonu kalite raporu",
}  # fmt: skip
_CLOSED = re.compile(
    r"(?i)clos|đóng|tutup|selesai|ปิด|结案|結案|关闭|完成|종결|완료|完了|クローズ|kapan|kapat|result|hasil|kết quả|ผล|结果|결과|结论"
)
_CODED = re.compile(r"(?<![\w.,/-])(?=[\w/-]*[A-Z])(?=(?:[\w/-]*\d){2})[A-Z0-9]+(?:[-/][A-Z0-9]+){0,3}(?![\w-]|[.,]\d)")
_NUMBERED = re.compile(r"[A-Z]{1,4}[-/]?\d[\dA-Z/-]{4,12}")
_READING = re.compile(r"-?\d{1,4}(?:[.,]\d{1,4})?")
_SUMMED = re.compile(
    r"(?i)total|sum\b|tổng|cộng|jumlah|รวม|合计|合計|总计|小计|계|toplam|average|avg|rata|平均|평균|ortalama|ytd"
)


def with_papers(supplier: AuthoredSupplier, papers: Sequence[AuthoredDocument]) -> AuthoredSupplier:
    """The bundle with papers more."""
    return replace(supplier, documents=(*supplier.documents, *papers)) if papers else supplier


def beside(document: AuthoredDocument, words: str, *, render: str = "", **changes: object) -> AuthoredDocument:
    """A paper made from another one: in the same folder, with words more in its name."""
    path = PurePath(document.file)
    ending = f".{render}" if render else path.suffix
    front = {
        key: value for key, value in document.front.items() if key not in ("zip", "damage", "overlay", "hidden_text")
    }
    made = replace(
        document,
        file=str(path.with_name(f"{path.stem}{' ' * bool(words)}{words}{ending}")),
        render=render or document.render,
        front=front,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def each(
    make: Callable[[AuthoredSupplier, AuthoredDocument], AuthoredDocument | None],
) -> Callable[[AuthoredSupplier], AuthoredSupplier]:
    """A change that makes papers more from papers drawn, each from one."""

    def change(supplier: AuthoredSupplier) -> AuthoredSupplier:
        papers = [one for one in supplier.documents if one.render != "eml"]
        drawn = drawn_from(supplier.id).sample(papers, len(papers))
        made = (paper for one in drawn if (paper := make(supplier, one)))
        return with_papers(supplier, list(itertools.islice(made, MOST_PAPERS)))

    return change


def in_other_format(_: AuthoredSupplier, document: AuthoredDocument) -> AuthoredDocument | None:
    """The same paper as its print, or a print as the file it was made from; certificates of others are nobody's to edit."""
    render = FORMATS.get(document.render)
    if render is None or document.kind == "certificate" or set(document.front) & {"damage", "overlay", "hidden_text"}:
        return None
    parts = tuple(part for part in document.parts if not part.hidden)
    return beside(document, "", render=render, parts=parts) if parts else None


def before_last_rows(_: AuthoredSupplier, document: AuthoredDocument) -> AuthoredDocument | None:
    """The edition of a register or sheet that lacks its last rows; none where something counts them."""
    if document.kind not in (*RECORDS, "metrics_record") or any(
        re.search(r"\d", text)
        for block in document.blocks()
        if block.kind not in ("table", "heading")
        for text, _ in block.labelled_texts()
    ):
        return None
    parts, found = [], False
    for part in document.parts:
        blocks = []
        for block in part.blocks:
            span = regular(block.rows) if block.kind == "table" else None
            if span and span[1] == len(block.rows) and span[1] - span[0] > LEAST_ROWS and not _summed(block.rows[-1]):
                block, found = replace(block, rows=block.rows[:-ROWS_SINCE]), True
            blocks.append(block)
        parts.append(replace(part, blocks=tuple(blocks)))
    return beside(document, BEFORE[document.language], parts=tuple(parts)) if found else None


def _summed(row: Row) -> bool:
    return any(_SUMMED.search(cell) for cell in row.cells) or not row.cells[0].strip()


def blank_of(_: AuthoredSupplier, document: AuthoredDocument) -> AuthoredDocument | None:
    """The form of a filled paper, its places empty."""
    if document.kind not in RECORDS:
        return None
    emptied = 0
    parts = []
    for part in document.parts:
        blocks = []
        for block in part.blocks:
            made = _emptied(block, document)
            if made:
                emptied += _filled(block) - _filled(made)
                blocks.append(made)
        if blocks and not part.hidden:
            parts.append(replace(part, name=_undated(part.name, document.language), blocks=tuple(blocks)))
    if emptied < LEAST_PLACES:
        return None
    path = PurePath(document.file)
    named = f"{_undated(path.stem, document.language)} {BLANK[document.language]}".strip()
    paper = beside(document, "", parts=tuple(parts), kind="blank_form", reading="static")
    return replace(paper, file=str(path.with_name(f"{named}{path.suffix}")))


def _filled(block: AuthoredBlock) -> int:
    return sum(bool(field.value.strip()) for field in block.fields) + sum(
        bool(cell.strip()) for row in block.rows for cell in row.cells
    )


def _emptied(block: AuthoredBlock, document: AuthoredDocument) -> AuthoredBlock | None:
    """A block of a form without what was filled in; None for what only a filled one has."""
    if block.kind == "heading":
        text = _undated(block.text, document.language)
        return replace(block, text=text) if text else None
    if block.kind == "form":
        return replace(block, fields=tuple(replace(field, value="") for field in block.fields))
    span = regular(block.rows) if block.kind == "table" else None
    if span is None:
        return None
    body = block.rows[span[0] + 1 : span[1]]
    asked = document.kind in ASKED and all(
        len(row.cells[0]) > 3 and not re.search(r"\d{2}", row.cells[0]) for row in body
    )
    before = [row for row in block.rows[: span[0]] if not any(re.search(r"\d", cell) for cell in row.cells)]
    empty = [replace(row, cells=(row.cells[0] if asked else "", *[""] * (len(row.cells) - 1))) for row in body]
    return replace(block, rows=(*before, block.rows[span[0]], *empty))


def _undated(text: str, language: str) -> str:
    """A title without numbers, days and months."""
    bare = re.sub(r"\S*\d\S*", "", text)
    for name in MONTHS[language]:
        bare = re.sub(rf"(?i)\b{re.escape(name)}\b", "", bare)
    return re.sub(r"\s{2,}", " ", bare).strip(" ,;:-·()_")


def request_of(_: AuthoredSupplier, document: AuthoredDocument) -> AuthoredDocument | None:
    """The sheet as it came from who asked: the problem told, the places from the cause on still empty."""
    if (
        document.kind != "corrective_action_record"
        or sum(map(len, (b.fields for b in document.blocks()))) < LEAST_PLACES
    ):
        return None
    asked, parts = True, []
    for part in document.parts:
        blocks = []
        for block in part.blocks:
            if block.kind == "form":
                fields = []
                for field in block.fields:
                    asked = asked and not CAUSE.search(field.name)
                    told = asked and not LOOK.search(field.name) and not _CLOSED.search(field.name)
                    fields.append(field if told else replace(field, value=""))
                blocks.append(replace(block, fields=tuple(fields)))
            elif block.kind in ("paragraph", "list") and asked:
                asked = not CAUSE.search(block.text[:40]) and not block.items
                blocks += [block] if asked else []
            elif block.kind == "heading":
                blocks.append(block)
        parts.append(replace(part, blocks=tuple(blocks)))
    return None if asked else beside(document, REQUEST[document.language], parts=tuple(parts))


def for_other_parts(supplier: AuthoredSupplier) -> AuthoredSupplier:
    """Each sheet of readings for two parts more: other numbers, readings of their own between the least and the largest of their row."""
    made = []
    for document in supplier.documents:
        if document.kind == "traceability_record" and document.render != "eml":
            made += [paper for step in (1, 2) if (paper := _for_other(document, step))]
    return with_papers(supplier, made)


def _for_other(document: AuthoredDocument, step: int) -> AuthoredDocument | None:
    titles = [document.file, *(block.text for block in document.blocks() if block.kind == "heading")]
    titles += [field.value for block in document.blocks() for field in block.fields]
    titles += [row.cells[0] for block in document.blocks() for row in block.rows if set(row.cells[1:]) == {"<"}]
    titles += [
        code for block in document.blocks() for row in block.rows for code in row.cells if _NUMBERED.fullmatch(code)
    ]
    codes = sorted({code for title in titles for code in _CODED.findall(title)}, key=len, reverse=True)
    others = {code: _other_code(code, step) for code in codes}
    told = [block for block in document.blocks() if block.kind in ("paragraph", "list", "textbox", "note", "chart")]
    if not others or any(re.search(r"\d[.,]\d", text) for block in told for text, _ in block.labelled_texts()):
        return None
    pattern = re.compile("|".join(rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])" for code in codes))
    drawn, found = drawn_for(replace(document, supplier=f"{document.supplier} {step}")), 0

    def other(text: str) -> str:
        return pattern.sub(lambda match: others[match[0]], text)

    def measured(row: Row) -> Row:
        nonlocal found
        at = [place for place, cell in enumerate(row.cells) if _READING.fullmatch(cell.strip())]
        run = [place for place in at if place + 1 in at or place - 1 in at]
        alike = (
            len({len(re.split(r"[.,]", row.cells[place])[-1]) for place in run if re.search(r"[.,]", row.cells[place])})
            == 1
        )
        values = [float(row.cells[place].replace(",", ".")) for place in run]
        if len(run) < 3 or not alike or max(values) - min(values) > 0.2 * abs(max(values)):
            return row
        found += 1
        cells = list(row.cells)
        for place in run:
            cells[place] = written_as(cells[place], drawn.uniform(min(values), max(values)))
        return replace(row, cells=tuple(cells))

    parts = tuple(
        replace(
            part,
            blocks=tuple(
                replace(
                    block, text=other(block.text), items=tuple(map(other, block.items)),
                    fields=tuple(replace(field, value=other(field.value)) for field in block.fields),
                    rows=tuple(measured(replace(row, cells=tuple(map(other, row.cells)))) for row in block.rows),
                )
                for block in part.blocks
            ),
        )
        for part in document.parts
    )  # fmt: skip
    made = beside(document, "", parts=parts)
    name = (
        other(document.file)
        if other(document.file) != document.file
        else str(PurePath(document.file).with_stem(f"{PurePath(document.file).stem} ({step + 1})"))
    )
    return replace(made, file=name) if found else None


def _other_code(code: str, step: int) -> str:
    """A code of the same form with other last digits."""
    match = re.fullmatch(r"(.*?)(\d+)(\D*)", code)
    assert match is not None
    head, figures, tail = match.groups()
    return f"{head}{(int(figures) + 3 * step) % 10 ** len(figures):0{len(figures)}d}{tail}"


def deck_of(supplier: AuthoredSupplier, document: AuthoredDocument) -> AuthoredDocument | None:
    """A deck of the months that there were when it was made, from a sheet that goes on."""
    year = supplier.reference_date[:4]
    texts = [
        document.file,
        *(part.name for part in document.parts),
        *(text for block in document.blocks() for text, _ in block.labelled_texts()),
    ]
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", " ".join(texts)))
    if document.kind != "metrics_record" or years != {year}:
        return None
    for block in document.blocks():
        cut = _months_cut(block)
        if cut is None or cut[1] > date.fromisoformat(supplier.reference_date).month:
            continue
        table, month = cut
        title = DECK[document.language].format(month=MONTHS[document.language][month - 1], year=year)
        blocks = (AuthoredBlock("heading", Label("other"), title, level=1), table)
        made = beside(document, "", render="pptx", parts=(AuthoredPart(title[:20], False, blocks),))
        return replace(made, file=f"{title}.pptx", family=None, front={})
    return None


def _months_cut(block: AuthoredBlock) -> tuple[AuthoredBlock, int] | None:
    """A table of months up to two before its last, down or along, and the month at which it ends."""
    span = regular(block.rows) if block.kind == "table" else None
    if span is None:
        return None
    rows = block.rows[span[0] : span[1]]
    down = [(at, number) for at, row in enumerate(rows) if (number := month_of(row.cells[0]))]
    along = [(at, number) for at, cell in enumerate(rows[0].cells) if (number := month_of(cell))]
    for months in (down, along):
        if len(months) < LEAST_ROWS or [number for _, number in months] != list(
            range(months[0][1], months[0][1] + len(months))
        ):
            continue
        at, number = months[-3]
        if months is down:
            return replace(block, rows=rows[: at + 1]), number
        kept = [replace(row, cells=row.cells[: at + 1]) for row in rows]
        return replace(block, rows=tuple(kept)), number
    return None
