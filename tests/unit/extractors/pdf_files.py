"""Small PDFs drawn by the tests themselves."""

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import reportlab
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.document import Document

WIDTH, HEIGHT = A4
PROSE = (
    "The supplier keeps records of each lot from the melt to the packed box so that any part",
    "found defective at the customer can be followed back to the shift and the furnace that",
    "made it. The records are kept for ten years.",
)


def texts(document: Document, kind: str | None = None) -> list[str]:
    """The texts of its blocks, or of those of one kind."""
    return [block.text for block in document.blocks if kind in (None, block.kind)]


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


VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def objects(path: Path, *bodies: bytes) -> Path:
    """A PDF of numbered objects, the first its catalog."""
    out, at = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in at)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(out + end % (len(at) + 1, table, len(at) + 1, len(out)))
    return path


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def unmapped(path: Path, *lines: tuple[str, bool, float, float]) -> Path:
    """A page of lines (text, whether its font says what letters mean, x, y): without that, letters are numbers of glyphs."""
    font = TTFont(VERA)
    glyphs = {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    widths = {glyphs[code]: font["hmtx"][name][0] * 1000 // 2048 for code, name in font.getBestCmap().items()}
    shown = "".join(
        f"BT /{'F1' if known else 'F2'} 10 Tf {x} {y} Td "
        + (f"({text})" if known else "<" + "".join(f"{glyphs[ord(letter)]:04x}" for letter in text) + ">")
        + " Tj ET\n"
        for text, known, x, y in lines
    )
    return objects(
        path,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        stream(shown.encode()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Vera /Encoding /Identity-H /DescendantFonts [7 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Vera /FontDescriptor 8 0 R /CIDToGIDMap /Identity"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [%s] >>"
        % " ".join(f"{glyph} [{width}]" for glyph, width in sorted(widths.items())).encode(),
        b"<< /Type /FontDescriptor /FontName /ABCDEF+Vera /Flags 4 /FontBBox [-183 -236 1287 928] /ItalicAngle 0"
        b" /Ascent 928 /Descent -236 /CapHeight 730 /StemV 80 /FontFile2 9 0 R >>",
        stream(zlib.compress(VERA.read_bytes()), b"/Filter /FlateDecode"),
    )


class _PathPen(BasePen):
    """Draws glyphs as a path of a page."""

    def __init__(self, glyphs: object, path: object, x: float, y: float, scale: float) -> None:
        super().__init__(glyphs)
        self.path, self.x, self.y, self.by = path, x, y, scale

    def _at(self, *points: tuple[float, float]) -> list[float]:
        return [value for x, y in points for value in (self.x + x * self.by, self.y + y * self.by)]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.path.moveTo(*self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.path.lineTo(*self._at(pt))

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self.path.curveTo(*self._at(*points))

    def _closePath(self) -> None:
        self.path.close()


def outlines(lines: Sequence[str], x: float = 72, y: float = 500, size: float = 11) -> Callable[[Canvas], None]:
    """Lines whose letters are drawn as shapes, as drawing programs export them."""

    def draw(canvas: Canvas) -> None:
        font = TTFont(VERA)
        names, glyphs, scale = font.getBestCmap(), font.getGlyphSet(), size / 2048
        for at, line in enumerate(lines):
            across = x
            for letter in line:
                path = canvas.beginPath()
                glyphs[names[ord(letter)]].draw(_PathPen(glyphs, path, across, y - at * size * 1.4, scale))
                canvas.drawPath(path, stroke=0, fill=1)
                across += font["hmtx"][names[ord(letter)]][0] * scale

    return draw
