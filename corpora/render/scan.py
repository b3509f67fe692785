"""Scans and photographs: the printed page as a picture, skewed, noisy, stamped; as JPEG, PNG or a PDF of pictures."""

import io
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpora.authored import AuthoredDocument
from corpora.render import fonts
from corpora.render.look import Look, seeded
from corpora.render.paper import pdf_bytes

SCAN_DPI = 200  # what an office copier sends by default
PAPER = 247  # grey value of scanned paper


def pages(document: AuthoredDocument) -> list[Image.Image]:
    """The pages as a copier would see them, in grey."""
    look, dice = Look.of(document), seeded(document)
    pdf = pypdfium2.PdfDocument(pdf_bytes(document))
    found = []
    for page in pdf:
        image = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
        angle = look.skew or float(dice.uniform(-0.6, 0.6))
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        pixels = np.asarray(image, dtype=np.float32)
        pixels = pixels * (PAPER / 255)
        if look.noise:
            pixels += dice.normal(0, 3.0 * look.noise, pixels.shape)
            shade = np.linspace(0, float(dice.uniform(-10, 10)) * look.noise, pixels.shape[1], dtype=np.float32)
            pixels += shade[None, :]
            specks = dice.random(pixels.shape) < 0.00003 * look.noise
            pixels[specks] = 60
        image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        image = image.filter(ImageFilter.GaussianBlur(0.35 + 0.12 * look.noise))
        if look.noise >= 2:  # the dark edge of a lid that did not close
            ImageDraw.Draw(image).rectangle([0, 0, int(dice.integers(3, 12)), image.height], fill=70)
        if look.rotate:
            image = image.rotate(90 * look.rotate, expand=True)
        found.append(image)
    pdf.close()
    return found


def write_scan(document: AuthoredDocument, path: Path) -> None:
    """A PDF whose pages are pictures only."""
    sink = io.BytesIO()
    canvas = Canvas(sink, invariant=1)
    canvas.setAuthor(str(document.front.get("author") or ""))
    canvas.setCreator("Copier")
    for image in pages(document):
        width, height = (side * 72 / SCAN_DPI for side in image.size)
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=72)
        packed.seek(0)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        if document.front.get("overlay"):  # what somebody typed over the scan afterwards
            _type_over(canvas, str(document.front["overlay"]), width * 0.12, height * 0.42)
        canvas.showPage()
    canvas.save()
    path.write_bytes(sink.getvalue())


def _type_over(canvas: Canvas, text: str, left: float, base: float) -> None:
    """Type words over a page: in the plain font where it has their letters, else in those that have them."""
    plain = all(ord(character) <= LATIN for character in text)
    fonts.register()
    for font, stretch in [("Helvetica", text)] if plain else fonts.runs(text, "sans"):
        canvas.setFont(font, 11)
        canvas.drawString(left, base, stretch)
        left += pdfmetrics.stringWidth(stretch, font, 11)


LATIN = 0xFF
"""The last character that the plain font of PDF writers has."""


def write_picture(document: AuthoredDocument, path: Path) -> None:
    """A photograph of the pages, one below the other, as JPEG or PNG by the file's ending."""
    images = pages(document)
    sheet = Image.new("L", (max(i.width for i in images), sum(i.height for i in images)), PAPER)
    top = 0
    for image in images:
        sheet.paste(image, (0, top))
        top += image.height
    written = sheet.getbbox() and sheet.point(lambda v: 255 if v < 150 else 0).getbbox()
    if written:  # a tag photographed from near, not an empty A4 page
        left, upper, right, lower = written
        sheet = sheet.crop(
            (max(0, left - 60), max(0, upper - 60), min(sheet.width, right + 60), min(sheet.height, lower + 60))
        )
    sheet.convert("RGB").save(
        path, "PNG" if path.suffix.lower() == ".png" else "JPEG", quality=80, dpi=(SCAN_DPI, SCAN_DPI)
    )


def small_picture(document: AuthoredDocument, caption: str) -> bytes:
    """A picture that stands for a photograph in an office file."""
    dice = seeded(document)
    image = Image.fromarray(dice.integers(90, 190, (60, 90), dtype=np.uint8)).resize(
        (360, 240), Image.Resampling.BICUBIC
    )
    draw = ImageDraw.Draw(image)
    draw.ellipse([120, 70, 210, 150], outline=255, width=4)
    draw.text((8, 214), caption[:48], font=fonts.picture_font("sans", 13), fill=255)
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return sink.getvalue()
