"""A page laid out by place: what stands where in the text file stands there on paper.

A certificate says with places what a form says with labels: the holder in large letters in the middle, days in three
columns over their small print, a number in a corner. Blocks cannot be written so; a sheet can:

| written | means |
|---|---|
| `# words` | large letters in the middle of the page |
| `## words` | bold letters in the middle |
| `^ words` | the middle of the page |
| `~ words` | small print, at its columns |
| `===` | next page |
| anything else | pieces set apart by two blanks or more, each at its column |
"""

import io
import re
import unicodedata

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpora.render import fonts

MARGIN = 45  # points
COLUMNS = 100  # that many letters go on a line, Chinese ones count twice
LEADING = 14.5  # points from line to line

_SIZES = {"# ": ("roboto-bold", 18.0), "## ": ("roboto-bold", 12.5), "^ ": ("roboto", 10.0), "~ ": ("roboto", 7.5)}
_PIECE = re.compile(r"\S+(?: \S+)*")


def sheet_pdf(text: str) -> bytes:
    """The sheet as a PDF with text."""
    fonts.register()
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=A4, invariant=1)
    top = A4[1] - MARGIN
    down = top
    for line in text.split("\n"):
        if line == "===":
            canvas.showPage()
            down = top
            continue
        mark = next((m for m in _SIZES if line.startswith(m)), "")
        font, size = _SIZES.get(mark, ("roboto", 10.0))
        down -= LEADING * (1.6 if mark == "# " else 1.2 if mark == "## " else 1.0) if line.strip() else LEADING * 0.7
        if mark in ("# ", "## ", "^ "):
            words = line[len(mark) :].strip()
            _draw(canvas, (A4[0] - _width(canvas, words, font, size)) / 2, down, words, font, size)
        else:
            _pieces(canvas, line[len(mark) :] if mark else line, down, font, size)
    canvas.save()
    return sink.getvalue()


def _pieces(canvas: Canvas, line: str, down: float, font: str, size: float) -> None:
    unit = (A4[0] - 2 * MARGIN) / COLUMNS
    reached = 0.0
    for piece in _PIECE.finditer(line):
        across = max(MARGIN + sum(map(_columns, line[: piece.start()])) * unit, reached)
        reached = _draw(canvas, across, down, piece[0], font, size) + 2 * unit


def _columns(character: str) -> int:
    """How many columns a letter takes in the sheet: two if it is wide, none if it stands on the one before."""
    if unicodedata.category(character) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _draw(canvas: Canvas, across: float, down: float, words: str, font: str, size: float) -> float:
    for name, run in fonts.runs(words, font):
        canvas.setFont(name, size)
        canvas.drawString(across, down, run)
        across += canvas.stringWidth(run, name, size)
    return across


def _width(canvas: Canvas, words: str, font: str, size: float) -> float:
    return sum(float(canvas.stringWidth(run, name, size)) for name, run in fonts.runs(words, font))
