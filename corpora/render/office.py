"""Word and slide files."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import docx
import pptx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu, Inches
from pptx.util import Pt as SlidePt

from corpora.authored import AuthoredDocument
from corpora.blocks import AuthoredBlock
from corpora.render.grid import Grid, form_lines, numbers_of, table_grid
from corpora.render.look import Look, readable, seeded
from corpora.render.scan import small_picture

DEFAULT_DATE = dt.datetime(2025, 1, 6, 8, 0)


def created(document: AuthoredDocument) -> dt.datetime:
    """The creation date of the front matter; a fixed one where there is none, so that files do not change."""
    return _day(document, "created") or DEFAULT_DATE


def saved(document: AuthoredDocument) -> dt.datetime:
    """The day on which an office file was last saved; that of its creation where the front matter gives none."""
    return _day(document, "modified") or created(document)


def sent(document: AuthoredDocument) -> dt.datetime:
    """The date of a mail; that of its creation where the front matter gives none."""
    return _day(document, "date") or created(document)


def _day(document: AuthoredDocument, key: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(document.front.get(key) or "")).replace(hour=9, minute=30)
    except ValueError:
        return None


def _core(properties: Any, document: AuthoredDocument) -> None:
    properties.author = str(document.front.get("author") or "")
    properties.last_modified_by = str(document.front.get("modified_by") or properties.author)
    properties.created = created(document)
    properties.modified = saved(document)


def _word_grid(file: Any, grid: Grid, head: bool) -> None:
    table = file.add_table(rows=len(grid.texts), cols=grid.columns)
    table.style = "Table Grid"
    merged = {}
    for r, c, rs, cs in grid.spans:
        merged[(r, c)] = table.cell(r, c).merge(table.cell(r + rs - 1, c + cs - 1))
    rows = [row.cells for row in table.rows]
    for r, row in enumerate(grid.texts):
        for c, text in enumerate(row):
            if text:
                cell = merged.get((r, c)) or rows[r][c]
                cell.text = readable(text)
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        run.font.size = Pt(9)
                        run.bold = head and r == 0
    file.add_paragraph()


def _word_textbox(file: Any, text: str) -> None:
    """A text box as Word draws it in its old drawing language: a paragraph reader does not see it."""
    run = file.add_paragraph().add_run()._r
    picture, content = OxmlElement("w:pict"), OxmlElement("w:txbxContent")
    shape, box = (etree.Element(f"{{urn:schemas-microsoft-com:vml}}{name}") for name in ("shape", "textbox"))
    shape.set("style", "width:220pt;height:36pt")
    paragraph, inner, words = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    for parent, child in (
        (run, picture),
        (picture, shape),
        (shape, box),
        (box, content),
        (content, paragraph),
        (paragraph, inner),
        (inner, words),
    ):
        parent.append(child)


def write_docx(document: AuthoredDocument, path: Path) -> None:
    """Write the document for Word."""
    file = docx.Document()
    look = Look.of(document)
    file.styles["Normal"].font.name = {"serif": "Times New Roman", "mono": "Courier New"}.get(look.font or "", "Arial")
    file.styles["Normal"].font.size = Pt(10)
    section = file.sections[0]
    for place, key in ((section.header, "header"), (section.footer, "footer")):
        if document.front.get(key):
            place.paragraphs[0].text = readable(
                str(document.front[key]).replace("{page}", "1").replace("{pages}", str(len(document.parts)))
            )
    for number, part in enumerate(document.parts):
        if number:
            file.add_page_break()
        for block in part.blocks:
            match block.kind:
                case "heading":
                    file.add_heading(readable(block.text), level=block.level)
                case "list":
                    for item in block.items:
                        file.add_paragraph(readable(item), style="List Number" if block.ordered else "List Bullet")
                case "table" if block.rows:
                    _word_grid(file, table_grid(block), head=True)
                case "form":
                    for line in form_lines(block):
                        _word_grid(file, Grid([[t for pair in line for t in pair]], []), head=False)
                case "textbox":
                    _word_textbox(file, readable(block.text))
                case "photo":
                    file.add_picture(io.BytesIO(small_picture(document, block.text)), width=Inches(2.4))
                    file.add_paragraph(readable(block.text))
                case "chart":
                    pass  # Word files of suppliers carry charts as pictures
                case "signature" | "hand" | "stamp":
                    file.add_paragraph().add_run(readable(block.text)).italic = True
                case _:
                    file.add_paragraph(readable(block.text))
    _core(file.core_properties, document)
    file.save(str(path))


def _slide_table(slide: Any, grid: Grid, top: int) -> int:
    height = Inches(0.28) * len(grid.texts)
    frame = slide.shapes.add_table(len(grid.texts), grid.columns, Inches(0.4), Emu(top), Inches(9.2), height)
    table = frame.table
    for index, weight in enumerate(grid.weights()):
        table.columns[index].width = Emu(int(Inches(9.2) * weight))
    for r, c, rs, cs in grid.spans:
        table.cell(r, c).merge(table.cell(r + rs - 1, c + cs - 1))
    for r, row in enumerate(grid.texts):
        for c, text in enumerate(row):
            if text:
                cell = table.cell(r, c)
                cell.text = readable(text)
                for paragraph in cell.text_frame.paragraphs:
                    for run in paragraph.runs:
                        run.font.size = SlidePt(9)
    return int(top + height + Inches(0.1))


def _slide_text(slide: Any, text: str, top: int, size: int = 13, left: float = 0.4, width: float = 9.2) -> int:
    lines = sum(1 + len(line) // int(width * 11) for line in text.split("\n"))
    height = Inches(0.08) + Inches(0.24) * lines
    frame = slide.shapes.add_textbox(Inches(left), Emu(top), Inches(width), height).text_frame
    frame.word_wrap = True
    frame.text = text
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = SlidePt(size)
    return int(top + height)


def write_pptx(document: AuthoredDocument, path: Path) -> None:
    """Write the document as slides."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(10), Inches(7.5)
    dice = seeded(document)
    for part in document.parts:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        title = next((b.text for b in part.blocks if b.kind == "heading"), part.name)
        slide.shapes.title.text = readable(title)
        top = int(Inches(1.3))
        above: AuthoredBlock | None = None
        seen_title = False
        for block in part.blocks:
            match block.kind:
                case "heading" if not seen_title:
                    seen_title = True
                case "heading":
                    top = _slide_text(slide, readable(block.text), top, 16)
                case "list":
                    top = _slide_text(slide, "\n".join(readable(i) for i in block.items), top)
                case "table" if block.rows:
                    top = _slide_table(slide, table_grid(block), top)
                    above = block
                case "form":
                    width = max(len(line) for line in form_lines(block)) * 2
                    rows = [[t for pair in line for t in pair] for line in form_lines(block)]
                    top = _slide_table(slide, Grid([r + [""] * (width - len(r)) for r in rows], []), top)
                case "chart":
                    labels, series = numbers_of(above) if above else ([], [])
                    if series:
                        data = CategoryChartData()
                        data.categories = labels
                        for name, values in series:
                            data.add_series(name, values)
                        kind, _, name = block.text.partition(" ")
                        shape = XL_CHART_TYPE.LINE if kind == "line" else XL_CHART_TYPE.COLUMN_CLUSTERED
                        frame = slide.shapes.add_chart(shape, Inches(0.5), Emu(top), Inches(6.5), Inches(2.6), data)
                        frame.chart.has_title = True
                        frame.chart.chart_title.text_frame.text = name
                        top += int(Inches(2.7))
                case "photo":
                    slide.shapes.add_picture(
                        io.BytesIO(small_picture(document, block.text)), Inches(6.8), Emu(top), width=Inches(2.4)
                    )
                    top = _slide_text(slide, readable(block.text), top, 11, width=6)
                case "textbox":
                    top = _slide_text(slide, readable(block.text), top, 12, left=float(dice.uniform(0.5, 3)), width=5)
                case "note":
                    slide.notes_slide.notes_text_frame.text = readable(block.text)
                case _:
                    top = _slide_text(slide, readable(block.text), top)
    _core(deck.core_properties, document)
    deck.save(str(path))
