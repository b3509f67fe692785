"""Small PDFs drawn by the tests themselves."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4


def pdf(path: Path, *pages: Callable[[Canvas], None], **options: object) -> Path:
    """A PDF with one page for each drawing function."""
    canvas = Canvas(str(path), pagesize=A4, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text(
    *lines: str, x: float = 72, y: float = 760, size: float = 10, font: str = "Helvetica"
) -> Callable[[Canvas], None]:
    """Lines below each other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for at, line in enumerate(lines):
            canvas.drawString(x, y - at * size * 1.3, line)

    return draw


def ruled(
    rows: list[list[str]], x: float = 72, y: float = 700, width: float = 110, height: float = 20
) -> Callable[[Canvas], None]:
    """A table with all its lines."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        columns = len(rows[0])
        for row in range(len(rows) + 1):
            canvas.line(x, y - row * height, x + columns * width, y - row * height)
        for column in range(columns + 1):
            canvas.line(x + column * width, y, x + column * width, y - len(rows) * height)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                canvas.drawString(x + column * width + 4, y - row * height - 14, cell)

    return draw


def picture(lines: list[str], size: tuple[int, int] = (1240, 900), grid: int = 0) -> Image.Image:
    """Black letters on white, as a clean scan at 150 dpi; ``grid`` draws a table with so many columns around them."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(30)
    for at, line in enumerate(lines):
        if grid:
            for column, cell in enumerate(line.split("|")):
                draw.text((110 + column * 300, 115 + at * 70), cell.strip(), fill=0, font=font)
        else:
            draw.text((100, 100 + at * 60), line, fill=0, font=font)
    if grid:
        for row in range(len(lines) + 1):
            draw.line((95, 100 + row * 70, 95 + grid * 300, 100 + row * 70), fill=0, width=3)
        for column in range(grid + 1):
            draw.line((95 + column * 300, 100, 95 + column * 300, 100 + len(lines) * 70), fill=0, width=3)
    return image
