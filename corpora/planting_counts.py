"""Counts planted in a letter or minutes that another paper of the bundle gives by its rows or fields: complaints of a register, rejects of a lot."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label
from corpora.month_names import MONTHS
from corpora.planting import COUNTED, IN_OTHER_WORDS, TITLES, TOLD, Planted, drawn_for
from corpora.reshaping import regular

LEAST_ROWS = 3
"""Rows of a register whose count is told."""

_DAY = re.compile(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./]\d{1,2}|\d{1,2}[-./](?P<mm>\d{1,2})[-./](?P<yy>(?:20)?\d\d)")
_LOT = re.compile(r"(?i)\b(?:lot|batch)\b|số lô|ล็อต|批号|批號|批次|로트|ロット|parti")
_CODE = re.compile(r"(?=(?:.*\d){3})[A-Za-z0-9][\w/.-]{3,20}")
_BAD = re.compile(
    r"(?i)^(?:qty |no\. )?(?:rejected|rejects|defective|defects|ng)\b|^(?:số )?(?:lỗi|không đạt)|^(?:cacat|ditolak)|^ของเสีย|^不良数?|^不合格数?|^불량|^hatalı|^ret\b"
)
_SEEN = re.compile(r"(?i)inspected|checked|kiểm|diperiksa|ตรวจ|检验数|检查数|抽检|검사수|kontrol")
LOTS = {
    "en": "Lot {lot}: {seen} pieces were inspected and {bad} pieces were rejected.",
    "vi": "Lô {lot}: kiểm {seen} cái, không đạt {bad} cái.",
    "id": "Lot {lot}: diperiksa {seen} buah, ditolak {bad} buah.",
    "tr": "Parti {lot}: {seen} adet kontrol edildi, {bad} adet hatalı.",
    "zh": "批号 {lot}：检验 {seen} 件，不良 {bad} 件。",
    "ko": "로트 {lot}: 검사 {seen}개, 불량 {bad}개.",
}


def rows_told(supplier: AuthoredSupplier, *, right: bool) -> Iterator[Planted]:
    """For each register of complaints of one year, minutes in another language that tell how many there were: wrong, or right."""
    for document in supplier.documents:
        if document.kind != "corrective_action_record" or not COUNTED["complaints"].search(_titled(document)):
            continue
        drawn = drawn_for(document)
        for block in (block for part in document.parts for block in part.blocks if block.kind == "table"):
            span = regular(block.rows)
            rows = [row.cells for row in block.rows[span[0] + 1 : span[1]]] if span else []
            days = [found for cells in rows if (found := next(filter(None, map(_DAY.search, cells)), None))]
            years = {int((day["y"] or day["yy"])[-2:]) for day in days}
            if not LEAST_ROWS <= len(rows) == len(days) or len(years) != 1:
                continue
            until = date.fromisoformat(supplier.reference_date)
            months = [int(day["m"] or day["mm"]) for day in days]
            if 2000 + years.pop() != until.year or max(months) > 12:
                continue
            language = drawn.choice([name for name in IN_OTHER_WORDS["complaints"] if name != document.language])
            value = len(rows) if right else len(rows) + drawn.choice((-2, 3))
            said = drawn.choice(IN_OTHER_WORDS["complaints"][language]).format(
                first=MONTHS[language][min(months) - 1], last=MONTHS[language][max(months) - 1], value=value
            )
            yield _with(supplier, document, language, said, "management_review_record", right)
            break


def lot_told(supplier: AuthoredSupplier, *, right: bool) -> Iterator[Planted]:
    """For each paper on one lot that counts what was inspected and rejected in fields, a letter in another language that tells both."""
    for document in supplier.documents:
        fields = [field for part in document.parts for block in part.blocks for field in block.fields]
        lots = {field.value for field in fields if _LOT.search(field.name) and _CODE.fullmatch(field.value)}
        bad = {field.value.split(" ")[0] for field in fields if _BAD.search(field.name)}
        seen = {field.value.split(" ")[0] for field in fields if _SEEN.search(field.name)}
        bad, seen = ({value for value in values if value.replace(",", "").isdigit()} for values in (bad, seen))
        if not len(lots) == len(bad) == len(seen) == 1 or min(bad) == "0":
            continue
        drawn = drawn_for(document)
        language = drawn.choice([name for name in LOTS if name != document.language])
        count = int(min(bad).replace(",", ""))
        value = count if right else count + max(2, count // 3)
        said = LOTS[language].format(lot=min(lots), seen=min(seen), bad=value)
        yield _with(supplier, document, language, said, "other", right)


def _titled(document: AuthoredDocument) -> str:
    texts = [block.text for part in document.parts for block in part.blocks[:2]]
    firsts = [row.cells[0] for part in document.parts for block in part.blocks[:2] for row in block.rows[:1]]
    return " ".join((document.file, *texts, *firsts))


def _with(
    supplier: AuthoredSupplier, document: AuthoredDocument, language: str, said: str, kind: str, right: bool
) -> Planted:
    """A supplier with one paper more that says a sentence on the day of reference."""
    label = Label("record", ("quality_metrics",))
    day = date.fromisoformat(supplier.reference_date)
    title = (
        TITLES[language] if kind == "management_review_record" else f"Letter of {day.day} {MONTHS['en'][day.month - 1]}"
    )
    blocks = (
        AuthoredBlock("heading", label, title, level=1), AuthoredBlock("paragraph", label, f"{day.day:02d}/{day.month:02d}/{day.year}"), AuthoredBlock("paragraph", label, said),
    )  # fmt: skip
    paper = replace(
        document, file=f"{title}.docx", render="docx", kind=kind, language=language, parts=(AuthoredPart("", False, blocks),), family=None, front={}
    )  # fmt: skip
    return Planted(replace(supplier, documents=(*supplier.documents, paper)), said, () if right else TOLD)
