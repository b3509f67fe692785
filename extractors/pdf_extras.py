"""What a PDF holds besides its page text: metadata, form fields with their values, notes and stamps."""

import ctypes
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.document import Block, Cell, Metadata, NotRead
from extractors.draft import STRUCK, STRUCK_CODE
from extractors.geometry import Frame, Rect, overlap
from extractors.layout import Line, Place
from extractors.pdf_appearances import MOST_PLACES, Corners, corners, drawn_texts, may_draw_text
from extractors.policy import ExtractionPolicy
from extractors.ruled_tables import block_of_cells, cell_kind

# Longest text taken of one note or field, in characters.
VALUE_CHARACTERS = 20_000
# Bytes asked of pdfium for one text: it gives the whole or nothing.
STRING_BYTES = 16 * 1024 * 1024
# Stands for a text longer than that.
CUT_OFF = "…"
# Entries of the outline, its depth and the length of a title; the outline of a book of 500 pages has about 300.
OUTLINE_ENTRIES = 500
OUTLINE_DEPTH = 8
OUTLINE_CHARACTERS = 200
# Fonts named; a report has five.
MOST_FONTS = 60
# Six capitals and a plus mark a subset of a font (PDF 32000-1 9.6.4).
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_DATE = re.compile(r"^D?:?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?\s*(?:([Zz+-])(\d{2})?'?(\d{2})?)?")
_NOTES = (
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_SQUIGGLY, pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_FILEATTACHMENT,
)  # fmt: skip
_CHOICES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_VALUES = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_LISTS = (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
# Entries of one list looked at: countries of the world are 250.
MOST_OPTIONS = 500
_TAGS = re.compile(r"<[^<>]*>")
# Stamps that every program draws by their name alone (PDF 32000-1 table 181).
_STAMPS = frozenset({
    "Approved", "AsIs", "Confidential", "Departmental", "Draft", "Experimental", "Expired", "Final", "ForComment",
    "ForPublicRelease", "NotApproved", "NotForPublicRelease", "Sold", "TopSecret",
})  # fmt: skip


@dataclass(slots=True)
class Extras:
    """What one page holds besides its text."""

    blocks: list[Block] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


def metadata(document: pypdfium2.PdfDocument, path: Path, fonts: Iterable[bytes] = ()) -> Metadata:
    """The document information dictionary, dates in ISO form, with signatures checked and later changes counted.

    ``extra`` also holds the names of the ``fonts`` that were met and the ``outline``: a title a line, set in by its
    level, with its page.
    """
    stated = {key: _clean(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    extra = {name: stated[key] for key, name in (("Subject", "subject"), ("Keywords", "keywords")) if stated.get(key)}
    if stated.get("Creator"):
        extra["creator"] = stated["Creator"]
    signatures = pdfium.FPDF_GetSignatureCount(document)
    if signatures > 0:
        extra["signatures"] = str(signatures)
        times = [_signed_at(document, at) for at in range(min(signatures, 50))]
        from extractors import pdf_signatures  # takes its time to load, and few files are signed

        if checked := pdf_signatures.told(document, path):
            extra["signature_check"] = checked
        if any(times):
            extra["signed"] = ", ".join(time for time in times if time)
    ends = pdfium.FPDF_GetTrailerEnds(document, None, 0)
    if ends > 1:
        extra["saved_revisions"] = str(ends)
    names = sorted({_clean(_SUBSET.sub("", font.decode("utf-8", "replace"))) for font in fonts} - {""})
    if names:
        extra["fonts"] = ", ".join(names[:MOST_FONTS])
    if outline := _outline(document):
        extra["outline"] = outline
    return Metadata(
        title=stated.get("Title") or None,
        author=stated.get("Author") or None,
        producer=stated.get("Producer") or None,
        created=iso_date(stated.get("CreationDate", "")),
        modified=iso_date(stated.get("ModDate", "")),
        extra=extra,
    )


def unread_forms(document: pypdfium2.PdfDocument) -> list[NotRead]:
    """What is said of a form whose pages Acrobat alone draws from XML (XFA): others see a page that asks to wait."""
    if pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_XFA_FULL:
        return []
    sentence = (
        "The file is a form that only Acrobat shows (XFA): its words and values were read without their places. "
        "Ask for it printed to PDF."
    )
    return [NotRead(code="part_not_read", sentence=sentence)]


def _outline(document: pypdfium2.PdfDocument) -> str:
    lines: list[str] = []
    try:
        for entry in document.get_toc(max_depth=OUTLINE_DEPTH):
            title = " ".join(_clean(entry.get_title() or "").split())[:OUTLINE_CHARACTERS]
            target = entry.get_dest()
            page = target.get_index() if target else None
            if title:
                lines.append(
                    "  " * entry.level + title + (f" (page {page + 1})" if page is not None and page >= 0 else "")
                )
            if len(lines) >= OUTLINE_ENTRIES:
                break
    except (pypdfium2.PdfiumError, ValueError):
        pass
    return "\n".join(lines)


def iso_date(stated: str) -> str | None:
    """``D:20250312101112+07'00'`` (PDF 32000-1 7.9.4) as ``2025-03-12T10:11:12+07:00``; None where it is no date."""
    match = _DATE.match(stated.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, sign, off_hour, off_minute = match.groups()
    if not ("1970" <= year <= "2199" and "01" <= (month or "01") <= "12" and "01" <= (day or "01") <= "31"):
        return None
    if not hour:
        return f"{year}-{month or '01'}-{day or '01'}"
    zone = "Z" if sign in ("Z", "z") else f"{sign}{off_hour or '00'}:{off_minute or '00'}" if sign else ""
    return f"{year}-{month}-{day}T{hour}:{minute or '00'}:{second or '00'}{zone}"


def page_extras(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    frame: Frame,
    number: int,
    lines: Sequence[Line],
    place: Place,
    policy: ExtractionPolicy,
) -> Extras:
    """Form fields and notes of one page. ``lines`` give fields without a title the label beside them."""
    extras = Extras()
    count = min(stated := pdfium.FPDFPage_GetAnnotCount(page), policy.annotations)
    if stated > count:
        sentence = f"Page {number} has more notes and form fields than are read of one page; the rest was left out."
        extras.not_read.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place(())))
    fields: list[_Field] = []
    silent: list[_Silent] = []
    for at in range(max(0, count)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            rect = _rect(note, frame)
            if kind == pdfium.FPDF_ANNOT_WIDGET and document.formenv:
                found = _field(document.formenv, note)
                if found:
                    if not found[1] and found[2] and (drawn := _silent(note, kind, rect)):
                        silent.append(replace(drawn, field=len(fields)))
                    fields.append(_Field(*found[:2], rect, _is_hidden(note)))
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT and not _is_hidden(note):
                extras.not_read.append(NotRead(code=STRUCK_CODE, sentence=STRUCK, locators=place([rect])))
            if kind in _NOTES and not _note(note, rect, number, place, extras):
                silent.append(_silent(note, kind, rect) or _Silent(kind, rect, None))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    _drawn(document, silent, fields, number, place, extras)
    long = [place([entry.rect]) for entry in fields if _is_cut(entry.value)]
    long += [block.locators for block in extras.blocks if _is_cut(block.text)]
    if long:
        sentence = f"A note or field on page {number} holds more text than is read of one; the rest was left out."
        extras.not_read.append(NotRead(code="limit_exceeded", sentence=sentence, locators=tuple(chain(*long))))
    for hidden in (True, False):
        if shown := [entry for entry in fields if entry.hidden == hidden]:
            extras.blocks.insert(0, _form(shown, lines, number, place))
    return extras


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a form: ``hidden`` where no program shows it."""

    label: str
    value: str
    rect: Rect
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Silent:
    """A note or field without words; ``corners`` where it draws something that may be words, ``field`` its number among the
    fields."""

    kind: int
    rect: Rect
    corners: Corners | None
    field: int | None = None


def _silent(note: Any, kind: int, rect: Rect) -> _Silent | None:
    """A note or field that may draw words."""
    return _Silent(kind, rect, corners(note)) if may_draw_text(note) else None


def _is_hidden(note: Any) -> bool:
    """Whether a note or field is neither shown nor printed (PDF 32000-1 12.5.3)."""
    flags = pdfium.FPDFAnnot_GetFlags(note)
    unprinted = flags & pdfium.FPDF_ANNOT_FLAG_NOVIEW and not flags & pdfium.FPDF_ANNOT_FLAG_PRINT
    return bool(flags & pdfium.FPDF_ANNOT_FLAG_HIDDEN or unprinted)


def _note(note: Any, rect: Rect, number: int, place: Place, extras: Extras) -> bool:
    """Write the words of a note, plain or rich; False where it has none."""
    text = _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size))
    if not text:
        rich = _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(note, b"RC", buffer, size))
        text = " ".join(html.unescape(_TAGS.sub(" ", rich)).split())
    if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
        attached = pdfium.FPDFAnnot_GetFileAttachment(note)
        name = _string(lambda buffer, size: pdfium.FPDFAttachment_GetName(attached, buffer, size)) if attached else ""
        extras.attachments.append(name or "attachment")
    if not text and pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_STAMP:
        text = _stamped(note)
    if text:
        hidden = _is_hidden(note)
        extras.blocks.append(Block(kind="comment", text=text, locators=place([rect]), part=number, hidden=hidden))
    return bool(text)


def _stamped(note: Any) -> str:
    """What a stamp of the common kinds says that draws nothing of its own: its name in words."""
    if int(pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)) > 2:
        return ""
    name = _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(note, b"Name", buffer, size))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize() if name in _STAMPS else ""


def _drawn(
    document: pypdfium2.PdfDocument,
    silent: Sequence[_Silent],
    fields: list[_Field],
    number: int,
    place: Place,
    extras: Extras,
) -> None:
    """Write what silent notes and fields draw; of marks that draw no words it is said that they were seen."""
    drawing = [found for found in silent if found.corners][:MOST_PLACES]
    texts = drawn_texts(document, number, [found.corners for found in drawing if found.corners]) if drawing else []
    told = {id(found): text for found, text in zip(drawing, texts, strict=True) if text}
    for found in silent:
        text = told.get(id(found), "")
        if found.field is not None:
            entry = fields[found.field]
            fields[found.field] = replace(entry, value=text or entry.value)
        elif text:
            extras.blocks.append(Block(kind="comment", text=text, locators=place([found.rect]), part=number))
        elif found.kind in (pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_STAMP):
            what = "A handwritten mark" if found.kind == pdfium.FPDF_ANNOT_INK else "A stamp"
            sentence = f"{what} on page {number} was seen but not read."
            extras.not_read.append(
                NotRead(code="handwriting_or_poor_picture", sentence=sentence, locators=place([found.rect]))
            )


def _field(form: Any, note: Any) -> tuple[str, str, bool] | None:
    """Label and value of a form field, and whether words are typed into it; a ticked box is ✓, an empty one stays empty."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if kind not in (*_CHOICES, *_VALUES):
        return None
    label = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, note, buffer, size))
    if kind in _CHOICES:
        ticked = pdfium.FPDFAnnot_IsChecked(form, note)
        return label, "✓" if ticked else "", False
    value = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size))
    if kind in _LISTS and (chosen := _chosen(form, note)):
        value = ", ".join(chosen)
    return label, value, kind not in _LISTS  # a list draws all its entries


def _chosen(form: Any, note: Any) -> list[str]:
    """What a person sees of the chosen entries of a list; the value is what is sent."""
    count = min(pdfium.FPDFAnnot_GetOptionCount(form, note), MOST_OPTIONS)
    return [
        _string(lambda buffer, size, at=at: pdfium.FPDFAnnot_GetOptionLabel(form, note, at, buffer, size))  # type: ignore[misc]
        for at in range(count)
        if pdfium.FPDFAnnot_IsOptionSelected(form, note, at)
    ]


def _form(fields: list[_Field], lines: Sequence[Line], number: int, place: Place) -> Block:
    """The fields of a page, all shown or all hidden, as a table of label and value from top to bottom."""
    fields.sort(key=lambda entry: (round(entry.rect[1] / 6), entry.rect[0]))
    cells = []
    for row, entry in enumerate(fields, start=1):
        label = entry.label or _label_beside(entry.rect, lines)
        locator = place([entry.rect])[0]
        cells.append(Cell(text=label, row=row, column=1, kind=cell_kind(label)))
        cells.append(Cell(text=entry.value, row=row, column=2, kind=cell_kind(entry.value), locator=locator))
    block = block_of_cells(cells, len(fields), 2, number, place(entry.rect for entry in fields))
    assert block.table
    table = block.table.model_copy(update={"header_rows": 0, "title": None})
    return block.model_copy(update={"kind": "form", "table": table, "hidden": fields[0].hidden})


def _label_beside(rect: Rect, lines: Sequence[Line]) -> str:
    """The text on the left of a field, or right above it, or on its right (as for tick boxes)."""
    height = rect[3] - rect[1]
    best: tuple[float, str] | None = None
    for line in lines:
        if line.block or line.hidden:
            continue
        level = overlap(rect[1], rect[3], line.rect[1], line.rect[3]) > 0.4 * min(height, line.rect[3] - line.rect[1])
        if level and line.rect[2] <= rect[0] + 3:
            distance = rect[0] - line.rect[2]
        elif level and line.rect[0] >= rect[2] - 3:
            distance = (line.rect[0] - rect[2]) + 20
        elif overlap(rect[0], rect[2], line.rect[0], line.rect[2]) > 0 and 0 <= rect[1] - line.rect[3] < 2 * line.size:
            distance = (rect[1] - line.rect[3]) + 40
        else:
            continue
        if best is None or distance < best[0]:
            best = (distance, line.text)
    return best[1].rstrip(" :._") if best and best[0] < 220 else ""


def _rect(note: Any, frame: Frame) -> Rect:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(note, box):
        return (0.0, 0.0, 0.0, 0.0)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    return frame.shown(left, bottom, right, top)


def _is_cut(text: str) -> bool:
    return len(text) >= VALUE_CHARACTERS or text == CUT_OFF


def _string(get: Callable[[Any, int], int]) -> str:
    """A text of pdfium that is asked for twice: its size in bytes, then itself in UTF-16."""
    size = int(get(None, 0))
    if size <= 2:
        return ""
    if size > STRING_BYTES:
        return CUT_OFF
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    get(buffer, size)
    return _clean(bytes(memoryview(buffer).cast("B")[:size]).decode("utf-16-le", "replace"))


def _clean(text: str) -> str:
    text = text.split("\x00", 1)[0]
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]+", " ", text).strip()[:VALUE_CHARACTERS]


def _signed_at(document: pypdfium2.PdfDocument, at: int) -> str | None:
    signature = pdfium.FPDF_GetSignatureObject(document, at)
    if not signature:
        return None
    size = pdfium.FPDFSignatureObj_GetTime(signature, None, 0)
    if not 0 < size < 100:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFSignatureObj_GetTime(signature, buffer, size)
    return iso_date(buffer.value.decode("latin-1"))
