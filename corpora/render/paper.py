"""PDF with text: paragraphs, tables with rulings, forms with borders, stamps, signatures, charts."""

import io
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from corpora.authored import AuthoredDocument
from corpora.blocks import AuthoredBlock
from corpora.render import fonts
from corpora.render.grid import Grid, form_lines, numbers_of, table_grid
from corpora.render.look import Look, readable, seeded
from corpora.render.sheet import sheet_pdf

MARGIN = 16 * mm


def _markup(text: str, font: str) -> str:
    pieces = []
    for name, run in fonts.runs(readable(text), font):
        safe = escape(run).replace("\n", "<br/>")
        pieces.append(safe if name == font else f'<font name="{name}">{safe}</font>')
    return "".join(pieces)


class _Stamp(Flowable):
    """A framed stamp set aslant beside the text."""

    def __init__(self, text: str, angle: float, colour: colors.Color) -> None:
        super().__init__()
        self.text, self.angle, self.colour = text, angle, colour

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, 15 * mm

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.translate(110 * mm, 4 * mm)
        canvas.rotate(self.angle)
        canvas.setStrokeColor(self.colour)
        canvas.setFillColor(self.colour)
        canvas.setFont("sans-bold", 10)
        width = canvas.stringWidth(self.text, "sans-bold", 10)
        canvas.roundRect(-3 * mm, -2.5 * mm, width + 6 * mm, 8 * mm, 2 * mm)
        canvas.drawString(0, 0, self.text)
        canvas.restoreState()


def _table(grid: Grid, width: float, font: str, size: float, head: bool) -> Table:
    bold = f"{font}-bold"
    data = []
    for number, row in enumerate(grid.texts):
        style = ParagraphStyle(
            "cell", fontName=bold if head and number == 0 else font, fontSize=size, leading=size * 1.22
        )
        data.append([Paragraph(_markup(cell, style.fontName), style) if cell else "" for cell in row])
    weights = grid.weights()
    table = Table(data, colWidths=[width * w for w in weights], repeatRows=1 if head and len(data) > 6 else 0)
    style_commands = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2.5), ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]  # fmt: skip
    style_commands += [("SPAN", (c, r), (c + cs - 1, r + rs - 1)) for r, c, rs, cs in grid.spans]
    if head:
        style_commands.append(("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.9, 0.9, 0.9)))
    table.setStyle(TableStyle(style_commands))
    return table


def _chart(title: str, above: AuthoredBlock | None, width: float) -> Flowable | None:
    kind, _, title = title.partition(" ")
    labels, series = numbers_of(above) if above else ([], [])
    if not series:
        return None
    drawing = Drawing(width, 150)
    chart = HorizontalLineChart() if kind == "line" else VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 30, 25, width - 60, 100
    chart.data = [values for _, values in series]
    chart.categoryAxis.categoryNames = labels
    chart.categoryAxis.labels.fontSize = chart.valueAxis.labels.fontSize = 6
    chart.categoryAxis.labels.fontName = chart.valueAxis.labels.fontName = "sans"
    drawing.add(chart)
    drawing.add(String(30, 138, title, fontName="sans-bold", fontSize=8))
    return drawing


def story(document: AuthoredDocument, width: float, look: Look) -> list[Flowable]:
    """The document as flowables for a page of the given width in points."""
    font = {"serif": "serif", "sans": "sans", "mono": "mono"}.get(look.font or "", "roboto")
    dice = seeded(document)
    size = float(dice.choice([8.5, 9.0, 9.5, 10.0]))
    body = ParagraphStyle("body", fontName=font, fontSize=size, leading=size * 1.35, spaceAfter=4)
    flow: list[Flowable] = []
    for number, part in enumerate(document.parts):
        if number:
            flow.append(PageBreak())
        above: AuthoredBlock | None = None
        for block in part.blocks:
            match block.kind:
                case "heading":
                    big = size + (5, 2.5, 1, 0.5)[block.level - 1]
                    style = ParagraphStyle(
                        "heading", fontName=f"{font}-bold", fontSize=big, leading=big * 1.25, spaceBefore=6, spaceAfter=3,
                        alignment=TA_CENTER if block.level == 1 and dice.random() < 0.5 else 0, keepWithNext=1,
                    )  # fmt: skip
                    flow.append(Paragraph(_markup(block.text, style.fontName), style))
                case "paragraph" | "note":
                    flow.append(Paragraph(_markup(block.text, font), body))
                case "textbox":
                    style = ParagraphStyle(
                        "box",
                        parent=body,
                        borderWidth=0.7,
                        borderColor=colors.black,
                        borderPadding=3,
                        spaceBefore=5,
                        spaceAfter=7,
                    )
                    flow.append(Paragraph(_markup(block.text, font), style))
                case "list":
                    items = [ListItem(Paragraph(_markup(item, font), body)) for item in block.items]
                    kind = "1" if block.ordered else "bullet"
                    flow.append(
                        ListFlowable(items, bulletType=kind, bulletFontName="sans", bulletFontSize=size, leftIndent=14)
                    )
                case "table" if block.rows:
                    grid = table_grid(block)
                    small = min(size, 8.6 if grid.columns < 8 else 7.2 if grid.columns < 13 else 5.6)
                    flow += [_table(grid, width, font, small, head=True), Spacer(1, 6)]
                case "form":
                    for line in form_lines(block):
                        grid = Grid([[text for pair in line for text in pair]], [])
                        flow.append(_table(grid, width, font, min(size, 9.0), head=False))
                    flow.append(Spacer(1, 6))
                case "stamp":
                    flow.append(_Stamp(readable(block.text), float(dice.uniform(-9, 9)), colors.Color(0.75, 0.1, 0.15)))
                case "signature" | "hand":
                    style = ParagraphStyle(
                        "hand",
                        fontName="hand",
                        fontSize=size + 2,
                        leading=size * 1.6,
                        textColor=colors.Color(0.1, 0.15, 0.5),
                    )
                    flow.append(Paragraph(_markup(block.text, "hand"), style))
                case "photo":
                    drawing = Drawing(70 * mm, 40 * mm)
                    drawing.add(Rect(0, 0, 70 * mm, 40 * mm, fillColor=colors.Color(0.55, 0.57, 0.6)))
                    for _ in range(30):
                        x, y, w = dice.uniform(0, 60) * mm, dice.uniform(0, 34) * mm, dice.uniform(2, 10) * mm
                        drawing.add(
                            Rect(
                                x,
                                y,
                                w,
                                w / 2,
                                fillColor=colors.Color(*(float(v) for v in dice.uniform(0.3, 0.8, 3))),
                                strokeWidth=0,
                            )
                        )
                    flow += [
                        drawing,
                        Paragraph(
                            _markup(block.text, font), ParagraphStyle("caption", parent=body, fontSize=size - 1.5)
                        ),
                    ]
                case "chart":
                    chart = _chart(block.text, above, min(width, 420))
                    flow += [chart] if chart else []
            if block.kind == "table":
                above = block
    return flow


def _canvas(document: AuthoredDocument, look: Look) -> type[Canvas]:
    header, footer = str(document.front.get("header") or ""), str(document.front.get("footer") or "")

    class Numbered(Canvas):
        """Prints head and foot on each page once the number of pages is known."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            kwargs["invariant"] = 1
            super().__init__(*args, **kwargs)
            self._kept: list[dict[str, object]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self._kept, 1):
                self.__dict__.update(state)
                width, height = self._pagesize
                for text, y in ((header, height - 9 * mm), (footer, 8 * mm)):
                    line = text.replace("{page}", str(number)).replace("{pages}", str(len(self._kept)))
                    x = MARGIN
                    for font, run in fonts.runs(readable(line), "sans"):
                        self.setFont(font, 7.5)
                        self.drawString(x, y, run)
                        x += self.stringWidth(run, font, 7.5)
                if number == 1 and document.front.get("hidden_text"):
                    self.saveState()
                    self.setFillColor(colors.white)
                    for row, piece in enumerate(simpleSplit(str(document.front["hidden_text"]), "sans", 6, 120 * mm)):
                        x = MARGIN
                        for font, run in fonts.runs(piece, "sans"):
                            self.setFont(font, 6)
                            self.drawString(x, 24 * mm - row * 7, run)
                            x += self.stringWidth(run, font, 6)
                    self.restoreState()
                if look.stamp and number == 1:
                    self.saveState()
                    self.translate(width * 0.62, height * 0.14)
                    self.rotate(8)
                    self.setStrokeColor(colors.red)
                    self.setFillColor(colors.red)
                    self.circle(0, 0, 17 * mm)
                    self.setFont("sans-bold", 8)
                    self.drawCentredString(0, 0, look.stamp)
                    self.restoreState()
                super().showPage()
            super().save()

    return Numbered


def pdf_bytes(document: AuthoredDocument) -> bytes:
    """The document as a PDF with text; one whose front matter holds a sheet is laid out by place."""
    if sheet := document.front.get("sheet"):
        return sheet_pdf(str(sheet))
    fonts.register()
    look = Look.of(document)
    page = landscape(A4) if look.landscape else A4
    sink = io.BytesIO()
    template = BaseDocTemplate(
        sink, pagesize=page, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=16 * mm, bottomMargin=15 * mm,
        author=document.front.get("author") or "", creator="", title="",
    )  # fmt: skip
    frame = Frame(MARGIN, 15 * mm, page[0] - 2 * MARGIN, page[1] - 31 * mm, leftPadding=0, rightPadding=0)
    template.addPageTemplates(PageTemplate(frames=[frame]))
    template.build(story(document, page[0] - 2 * MARGIN, look), canvasmaker=_canvas(document, look))
    return sink.getvalue()


def write_pdf(document: AuthoredDocument, path: Path) -> None:
    """Write the document as a PDF with text; the creation date of its front matter goes into the metadata."""
    from pypdf import PdfReader, PdfWriter

    created = document.front.get("created")
    if not created:
        path.write_bytes(pdf_bytes(document))
        return
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_bytes(document))))
    stamp = f"D:{created.replace('-', '')}093000+07'00'"
    writer.add_metadata({"/CreationDate": stamp, "/ModDate": stamp, "/Producer": "Print to PDF"})
    with path.open("wb") as sink:
        writer.write(sink)
