"""One fault planted in papers that are otherwise left as they are: what a rule sees of it, in whatever sheet it stands.

The sheets are those of many hands; the fault is drawn by the name of the paper, so that each run plants the same.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label
from corpora.month_names import MONTHS
from corpora.reshaping import regular

TOLD = ("same_measure_different_figures",)

LEAST_FIGURES = 4
"""Figures of a column in which one is changed."""

_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?")
AIMED = re.compile(r"(?i)target|tgt|goal|aim|mục tiêu|sasaran|เป้า|目标|目標|목표|hedef")
_PART = re.compile(r"(?i)line|customer|cust\.|client|khách|pelanggan|müşteri|ลูกค้า|客|고객|\d")

SAID: Mapping[str, Sequence[str]] = {
    "en": ("2. {name} of {month} came to {value}.", "{month}: {name} {value}, discussed.", "The meeting noted that {name} stood at {value} in {month}."),
    "id": ("{name} bulan {month} {value}.", "Pada {month} {name} tercatat {value}."),
    "ms": ("{name} bulan {month} ialah {value}.", "{name} ({month}): {value}"),
    "tr": ("{month} ayında {name} {value} oldu.", "{name} ({month}): {value}"),
    "th": ("{name} เดือน{month} อยู่ที่ {value}", "{name} ประจำเดือน{month} {value}"),
    "vi": ("{name} {month} là {value}.", "Trong {month}, {name} ở mức {value}."),
    "zh": ("{month}{name}为{value}。", "{name}：{month}份 {value}"),
    "ko": ("{month} {name} {value}", "{name}: {month} {value}"),
    "ja": ("{month}の{name}は{value}でした。", "{name}（{month}）：{value}"),
}  # fmt: skip
COUNTED: Mapping[str, re.Pattern[str]] = {
    "complaints": re.compile(
        r"(?i)complaint|keluhan|aduan|komplain|khiếu nại|ร้องเรียน|客诉|客訴|投诉|苦情|クレーム|클레임|불만|şik[aâ]yet"
    ),
    "on time": re.compile(r"(?i)on[- ]time|otd|tepat|đúng hạn|ตรงเวลา|准时|準時|准交|납기|納期|zamanında"),
    "rejects": re.compile(
        r"(?i)(?=.*%|.*rate|.*tỷ lệ|.*อัตรา|.*率|.*[률율]|.*oran)(?:.*reject|.*\bng\b|.*cacat|.*lỗi|.*ของเสีย|.*不良|.*불량|.*\bret\b)"
    ),
}
"""Measures that every factory knows, by the names that sheets give them."""
IN_OTHER_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "complaints": {
        "en": ("From {first} to {last} we received {value} complaints from customers in total.", "Customer complaints {first} to {last}: {value}"),
        "vi": ("Từ {first} đến {last} công ty nhận tổng cộng {value} khiếu nại của khách hàng.",),
        "id": ("Dari {first} sampai {last} kami menerima {value} keluhan pelanggan.",),
        "tr": ("{first} - {last} döneminde toplam {value} müşteri şikayeti alındı.",),
        "th": ("ตั้งแต่{first}ถึง{last} ได้รับข้อร้องเรียนจากลูกค้ารวม {value} เรื่อง",),
        "zh": ("{first}至{last}共收到客户投诉{value}件。",),
        "ko": ("{first}~{last} 고객 클레임은 총 {value}건임.",),
        "ja": ("{first}から{last}までのクレームは合計{value}件でした。",),
    },
    "on time": {
        "en": ("Deliveries on time: {last} {value} %.", "In {last} {value} % of the orders left on time."),
        "vi": ("Giao hàng đúng hạn {last}: {value} %.",),
        "id": ("Pengiriman tepat waktu {last} {value} %.",),
        "tr": ("{last} ayında zamanında teslimat {value} % oldu.",),
        "th": ("การส่งมอบตรงเวลา {last} {value} %",),
        "zh": ("{last}准时交货率为{value}%。",),
        "ko": ("{last} 납기준수율은 {value}%임.",),
        "ja": ("{last}の納期遵守率は{value}%でした。",),
    },
    "rejects": {
        "en": ("Reject rate {last} {value} %.", "In {last} {value} % was rejected."),
        "vi": ("Tỷ lệ lỗi {last} là {value} %.",),
        "id": ("Tingkat reject {last} {value} %.",),
        "tr": ("{last} ayında ret oranı {value} % oldu.",),
        "th": ("อัตราของเสีย {last} {value} %",),
        "zh": ("{last}不良率为{value}%。",),
        "ko": ("{last} 불량률은 {value}%임.",),
        "ja": ("{last}の不良率は{value}%でした。",),
    },
}  # fmt: skip
"""The same measures as minutes in each language tell them: counts as the sum of some months, rates of one month."""
TITLES: Mapping[str, str] = {
    "en": "Minutes of the monthly quality meeting", "id": "Notulen rapat mutu bulanan", "ms": "Minit mesyuarat kualiti bulanan",
    "tr": "Aylık kalite toplantısı tutanağı", "th": "รายงานการประชุมคุณภาพประจำเดือน", "vi": "Biên bản họp chất lượng hằng tháng", "zh": "月度品质会议记录",
    "ko": "월간 품질회의록", "ja": "月次品質会議議事録",
}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A supplier with one fault more, told in a line, and the flags of which one must then be raised."""

    supplier: AuthoredSupplier
    what: str
    raises: tuple[str, ...]


def value_of(text: str) -> float:
    """A figure with a point or a comma before its decimals."""
    return float(text.strip().replace(",", "."))


def written_as(cell: str, value: float) -> str:
    """A figure with as many decimals as the one that stood there."""
    point = re.search(r"[.,](\d+)$", cell.strip())
    text = f"{value:.{len(point[1]) if point else 0}f}"
    return text.replace(".", ",") if point and point[0][0] == "," else text


def told_again(supplier: AuthoredSupplier, *, right: bool) -> Iterator[Planted]:
    """For each sheet of months a paper more, minutes that tell one figure of it by the name of its column: wrong, or right."""
    for document in supplier.documents:
        if document.kind != "metrics_record" or document.language not in SAID:
            continue
        drawn = drawn_for(document)
        until = date.fromisoformat(supplier.reference_date).month
        figures = [
            (name, month, cell)
            for part in document.parts
            for block in part.blocks
            for name, month, cell in months_of(block)
            if month < until
        ]
        if not figures:
            continue
        name, month, cell = drawn.choice(figures)
        value = cell if right else _wrong(cell, drawn)
        said = drawn.choice(SAID[document.language]).format(
            name=name.replace("%", "").strip(),
            month=MONTHS[document.language][month - 1],
            value=value + " %" * ("%" in name and "%" not in cell),
        )
        minutes = _minutes(supplier, document, said)
        yield Planted(replace(supplier, documents=(*supplier.documents, minutes)), said, () if right else TOLD)


def told_elsewhere(supplier: AuthoredSupplier, *, right: bool) -> Iterator[Planted]:
    """For each sheet of months that counts complaints, rejects or deliveries on time, minutes in another language that tell one of them:
    of complaints the sum of several months, wrong or right.
    """
    for document in supplier.documents:
        if document.kind != "metrics_record":
            continue
        drawn, until = drawn_for(document), date.fromisoformat(supplier.reference_date)
        blocks = [block for part in document.parts for block in part.blocks]
        for what, named in COUNTED.items():
            columns = [
                figures
                for block in blocks
                for name, figures in _columns(block)
                if named.search(name) and not AIMED.search(name) and max(figures) < until.month
            ]
            if len(columns) != 1:
                continue
            figures = columns[0]
            language = drawn.choice([name for name in IN_OTHER_WORDS[what] if name != document.language])
            last = drawn.choice(sorted(figures)[2:])
            months = range(min(figures), last + 1) if what == "complaints" else (last,)
            if any(month not in figures for month in months):
                continue
            if what != "complaints" and float(figures[last].replace(",", ".")) > 100:
                continue
            if what == "complaints" and not all(figures[month].isdigit() for month in months):
                continue
            value = str(sum(int(figures[month]) for month in months)) if what == "complaints" else figures[last]
            value = (value if right else _wrong(value, drawn)).rstrip(" %")
            names = MONTHS[language]
            said = drawn.choice(IN_OTHER_WORDS[what][language]).format(
                first=names[months[0] - 1], last=names[last - 1], value=value
            )
            minutes = _minutes(supplier, replace(document, language=language), said)
            yield Planted(replace(supplier, documents=(*supplier.documents, minutes)), said, () if right else TOLD)


def _columns(block: AuthoredBlock) -> Iterator[tuple[str, dict[int, str]]]:
    """The figures of each name of a table that has its months down its first column or along its head."""
    span = regular(block.rows) if block.kind == "table" else None
    rows = [row.cells for row in block.rows[span[0] : span[1]]] if span else []
    for cells in (rows, [tuple(column) for column in zip(*rows, strict=True)]):
        months = [(at, number) for at, row in enumerate(cells) if (number := month_of(row[0]))]
        if len(months) >= LEAST_FIGURES and len({number for _, number in months}) == len(months):
            for index, name in enumerate(cells[0][1:], 1):
                told = {number: cells[at][index].rstrip(" %") for at, number in months}
                if all(map(_FIGURE.fullmatch, told.values())):
                    yield name, told
            return


def months_of(block: AuthoredBlock) -> Iterator[tuple[str, int, str]]:
    """Name, month and figure of each cell of a table that has its months down its first column or along its head."""
    span = regular(block.rows) if block.kind == "table" else None
    if span is None:
        return
    rows = [row.cells for row in block.rows[span[0] : span[1]]]
    for cells in (rows, [tuple(column) for column in zip(*rows, strict=True)]):
        months = [(at, number) for at, row in enumerate(cells) if (number := month_of(row[0]))]
        if len(months) >= LEAST_FIGURES and len({number for _, number in months}) == len(months):
            for index, name in enumerate(cells[0][1:], 1):
                plain = re.sub(r"\s*[(（][^()（）]*[)）]", "", name).strip(" :-,")
                if len(plain) > 3 and not AIMED.search(name) and not _PART.search(plain):
                    yield from (
                        (plain, number, cells[at][index])
                        for at, number in months
                        if _FIGURE.fullmatch(cells[at][index].rstrip(" %"))
                    )
            return


def month_of(cell: str) -> int:
    """The month that a cell names alone, with or without its year; 0 where it names none."""
    bare = (
        re.sub(r"[\s.'’/-]*(?:20|25)?\d\d$|份$|\.$", "", cell.strip())
        if not re.fullmatch(r"\D{0,7}\d{1,2}\s?[月월]?", cell.strip())
        else cell.strip()
    )
    for names in MONTHS.values():
        for number, name in enumerate(names, 1):
            if bare.casefold() in (
                name.casefold(),
                name[:3].casefold(),
                f"t{number}",
                f"{number}{name[-1]}" if name[:1].isdigit() else name.casefold(),
            ):
                return number
    return 0


def _wrong(cell: str, drawn: random.Random) -> str:
    figure = _FIGURE.search(cell)
    assert figure is not None
    point = re.search(r"[.,](\d{1,2})$", figure[0])
    value = (
        value_of(figure[0])
        if point and len(re.findall(r"[.,]", figure[0])) == 1
        else float(re.sub(r"[.,]", "", figure[0]))
    )
    if 80 <= value < 100:
        value = 100 - (100 - value) * drawn.choice((0.35, 1.9))
    else:
        value = value * drawn.choice((0.62, 1.45)) if value > 3 or point else value + 3
    return cell.replace(figure[0], written_as(figure[0] if point else "1", value), 1)


def _minutes(supplier: AuthoredSupplier, sheet: AuthoredDocument, said: str) -> AuthoredDocument:
    label = Label("record", ("quality_metrics",))
    title, day = TITLES[sheet.language], date.fromisoformat(supplier.reference_date)
    blocks = (
        AuthoredBlock("heading", label, title, level=1), AuthoredBlock("paragraph", label, f"{day.day:02d}/{day.month:02d}/{day.year}"), AuthoredBlock("paragraph", label, said)
    )  # fmt: skip
    return replace(
        sheet, file=f"{title}.docx", render="docx", kind="management_review_record", parts=(AuthoredPart("", False, blocks),), family=None, front={}
    )  # fmt: skip


def drawn_for(document: AuthoredDocument) -> random.Random:
    """What is drawn for a paper: by its name, so that each run plants the same."""
    return drawn_from(document.id)


def drawn_from(name: str) -> random.Random:
    """What is drawn for a name, the same in each run."""
    return random.Random(hashlib.sha256(name.encode()).digest())


def with_document(supplier: AuthoredSupplier, place: int, document: AuthoredDocument) -> AuthoredSupplier:
    """A supplier with another document in one place."""
    return replace(supplier, documents=(*supplier.documents[:place], document, *supplier.documents[place + 1 :]))


def exchanged(document: AuthoredDocument, old: AuthoredBlock, *new: AuthoredBlock) -> AuthoredDocument:
    """A document with other blocks in the place of one."""
    parts = tuple(
        replace(part, blocks=tuple(made for block in part.blocks for made in (new if block is old else (block,))))
        for part in document.parts
    )
    return replace(document, parts=parts)
