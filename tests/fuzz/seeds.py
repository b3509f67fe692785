"""The seed corpus: small files of every kind that is read, made here, with the things in them that have readers."""

import base64
import email.message
import io
import tarfile
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pptx
import py7zr
import pyzipper
import xlsxwriter
import xlwt
from docx.shared import Inches
from PIL import Image, ImageDraw
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches as SlideInches
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.fuzz.compound import outlook

ROWS = [
    ["Lot", "Ø (mm)", "Date", "Result"],
    ["4711", "12.4", "2025-03-12", "OK ✓"],
    ["4712", "12.9", "2025-03-13", "NOK"],
]


def picture(kind: str = "PNG", mode: str = "L", size: tuple[int, int] = (220, 80)) -> bytes:
    """A few words as a picture."""
    image = Image.new(mode, size, 255 if mode in ("L", "1", "P") else "white")
    ImageDraw.Draw(image).text((10, 20), "Lot 4711 released", fill=0)
    out = io.BytesIO()
    image.save(out, kind, **({"save_all": True, "append_images": [image] * 2} if kind in ("TIFF", "GIF") else {}))
    return out.getvalue()


def pdf(scan: bool = False) -> bytes:
    """Text, a ruled table, a form, a note, an outline; with ``scan`` a second page with a picture, which takes OCR."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    canvas.bookmarkPage("one")
    canvas.addOutlineEntry("Audit", "one")
    canvas.drawString(72, 780, "Internal audit IA-25-03")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            canvas.rect(72 + column * 100, 700 - row * 20, 100, 20)
            canvas.drawString(76 + column * 100, 706 - row * 20, cell)
    canvas.acroForm.textfield(name="auditor", value="Mai", x=72, y=500, width=200, height=20)
    canvas.acroForm.checkbox(name="closed", checked=True, x=300, y=500)
    canvas.textAnnotation("checked by Binh", (72, 400, 200, 450))
    canvas.linkURL("http://example.com/x", (72, 300, 200, 320))
    canvas.showPage()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 700, "hidden words")
    if scan:
        canvas.drawInlineImage(Image.open(io.BytesIO(picture())), 72, 500, 220, 80)
    canvas.rotate(90)
    canvas.drawString(100, -300, "turned")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def xlsx() -> bytes:
    """Merged heads, formats, a formula, a comment, a chart, a picture, a hidden sheet, a text box."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Readings")
        sheet.merge_range("A1:D1", "Inspection 2025")
        dates = book.add_format({"num_format": "dd.mm.yyyy", "border": 1})
        for row, cells in enumerate(ROWS, 1):
            sheet.write_row(row, 0, cells, dates)
        sheet.write_number(5, 1, 45728, dates)
        sheet.write_formula("B7", "=SUM(B3:B4)", None, 25.3)
        sheet.write_comment("B3", "measured twice")
        sheet.insert_textbox("F2", "Why? Why? Why?")
        sheet.insert_image("F10", "a.png", {"image_data": io.BytesIO(picture())})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Readings!$B$3:$B$4", "categories": "=Readings!$A$3:$A$4", "name": "Ø"})
        sheet.insert_chart("F20", chart)
        sheet.data_validation("C3", {"validate": "list", "source": ["OK", "NOK"]})
        other = book.add_worksheet("Old")
        other.write("B2", "last year")
        other.hide()
    return out.getvalue()


def xlsx_plain() -> bytes:
    """The same by another program."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("A5:C6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls() -> bytes:
    """An old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Readings")
    sheet.write_merge(0, 0, 0, 3, "Inspection")
    for row, cells in enumerate(ROWS, 1):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.write(6, 0, xlwt.Formula("1+1"))
    sheet.write(7, 0, 45728.5, xlwt.easyxf(num_format_str="DD.MM.YYYY"))
    book.add_sheet("Second").write(0, 0, True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    """Headings, a list, a table in a table, head and foot, a picture."""
    made = docx.Document()
    made.add_heading("Procedure 7.4", 1)
    made.add_paragraph("The buyer evaluates", style="List Number")
    table = made.add_table(3, 4)
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    table.cell(0, 0).merge(table.cell(0, 1))
    inner = table.cell(2, 3).add_table(2, 2)
    inner.cell(1, 1).text = "inner"
    made.sections[0].header.paragraphs[0].text = "QP-07 rev 3"
    made.sections[0].footer.paragraphs[0].text = "page"
    made.add_picture(io.BytesIO(picture()), Inches(2))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def slides() -> bytes:
    """A title, a table, a chart, notes, a picture, a group."""
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Customer claims 2025"
    table = slide.shapes.add_table(3, 4, SlideInches(1), SlideInches(1), SlideInches(6), SlideInches(2)).table
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    data = CategoryChartData()
    data.categories = ["Jan", "Feb"]
    data.add_series("ppm", (120, 80))
    where = (SlideInches(1), SlideInches(4), SlideInches(4), SlideInches(3))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *where, data)
    slide.shapes.add_picture(io.BytesIO(picture()), SlideInches(6), SlideInches(4))
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, SlideInches(1), SlideInches(1)).text_frame.text = "in a group"
    slide.notes_slide.notes_text_frame.text = "said aloud"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def open_document(kind: str) -> bytes:
    """An OpenDocument text, spreadsheet or presentation."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{n}"><text:p>{cell}</text:p></table:table-cell>'
            for n, cell in enumerate(row)
        )
        + "</table:table-row>"
        for row in ROWS
    )
    table = (
        f'<table:table table:name="Readings">{rows}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
    )
    body = {
        "text": '<text:h text:outline-level="1">Procedure</text:h><text:list><text:list-item><text:p>first</text:p>'
        f"</text:list-item></text:list>{table}",
        "spreadsheet": table,
        "presentation": '<draw:page draw:name="one"><draw:frame><draw:text-box><text:p>Claims</text:p></draw:text-box>'
        "</draw:frame></draw:page>",
    }[kind]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {_ODF}><office:body><office:{kind}>{body}</office:{kind}>'
            "</office:body></office:document-content>",
        )
        made.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def mail() -> bytes:
    """Two forms of one text, a picture, an attachment, a mail in the mail."""
    made = email.message.EmailMessage()
    made["From"], made["To"], made["Subject"] = "mai@example.com", "buyer@example.com", "Kiểm tra chất lượng"
    made["Date"] = "Mon, 15 Jan 2024 10:00:00 +0000"
    made.set_content("plain words")
    made.add_alternative("<p>Rich <b>words</b></p><table><tr><td>1</td></tr></table>", subtype="html")
    made.add_attachment(pdf(), maintype="application", subtype="pdf", filename="báo cáo.pdf")
    inner = email.message.EmailMessage()
    inner["Subject"], inner["From"] = "inner", "a@example.com"
    inner.set_content("see below")
    made.add_attachment(inner)
    return bytes(made)


def envelope(inner: bytes) -> bytes:
    """A signed envelope (RFC 5652) that ends with marks and has no signers."""
    held = bytes.fromhex("308006092a864886f70d010701a080248004") + b"\x82" + len(inner).to_bytes(2) + inner + b"\0" * 6
    return bytes.fromhex("308006092a864886f70d010702a08030800201013100") + held + bytes.fromhex("3100") + b"\0" * 6


def signed_mail() -> bytes:
    """A mail in an envelope, as Base64."""
    head = b"From: mai@example.com\nSubject: Closed\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; name=smime.p7m\n"
    inner = envelope(b"Content-Type: text/plain\n\nThe 8D was closed.\n")
    return head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(inner)


def message() -> bytes:
    """An Outlook message."""
    return outlook("Claim 25-017", "Dear buyer", {"8D.txt": b"D1 team", "b.png": picture()}, "<p>Dear <i>buyer</i></p>")


HTML = (
    b"<!doctype html><html><head><title>QP</title><style>p{color:red}</style><script>alert(1)</script></head><body><h1>Audit"
    b"</h1><ul><li>a<ul><li>b</li></ul></li></ul><table border=1><tr><th colspan=2>Lot</th></tr><tr><td rowspan=2>1</td><td>"
    b"<table><tr><td>in</td></tr></table></td></tr></table><pre>x\n y</pre><img src='http://example.com/x.png'></body></html>"
)
MARKDOWN = "---\ntitle: QP\n---\n# Audit\n\n- [x] done\n- two\n  1. three\n\n| Lot | Ø |\n|---|---|\n| 1 | 2 |\n\n> **quote**\n\n```\ncode\n```\n".encode()
CSV = ("Lot;Ø;Date\n" + "\n".join(f'{n};"12,{n}";2025-03-{n:02}' for n in range(1, 20))).encode("cp1252")
TEXT = b"Internal audit of 12 March 2025\n\n1. Scope\nAll lots.\n\n2. Finding: NC-25-01\n"
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Procedure \b bold\b0\par\trowd\cellx100 a\cell b\cell\row}"
JSON = b'{"audit": {"date": "2025-03-12", "findings": [1, 2, {"deep": []}]}}'


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def locked() -> bytes:
    """A zip with a password."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as made:
        made.setpassword(b"geheim")
        made.writestr("a.txt", "x")
    return out.getvalue()


def tarred(packing: str = "") -> bytes:
    """A tar."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as made:
        for name in ("a/x.txt", "Kiểm" * 40 + ".txt"):
            info = tarfile.TarInfo(name)
            info.size = len(TEXT)
            made.addfile(info, io.BytesIO(TEXT))
    return out.getvalue()


def seven(**options: object) -> bytes:
    """A 7z."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **options) as made:  # type: ignore[arg-type]
        made.writestr(TEXT, "a/x.txt")
        made.writestr(CSV, "b.csv")
    return out.getvalue()


SEEDS: dict[str, tuple[Callable[[], bytes], ...]] = {
    "pdf": (pdf, pdf, pdf, pdf, lambda: pdf(scan=True)),
    "xlsx": (xlsx, xlsx_plain),
    "xls": (xls,),
    "word": (word,),
    "slides": (slides,),
    "opendocument": tuple(lambda kind=kind: open_document(kind) for kind in ("text", "spreadsheet", "presentation")),  # type: ignore[misc]
    "mail": (mail, signed_mail),
    "signed": (lambda: envelope(TEXT),),
    "msg": (message,),
    "web": (lambda: HTML,),
    "markdown": (lambda: MARKDOWN,),
    "table": (lambda: CSV,),
    "text": (lambda: TEXT, lambda: JSON, lambda: RTF),
    "picture": tuple(lambda kind=kind: picture(kind) for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")),  # type: ignore[misc]
    "zip": (lambda: zipped({"a.txt": TEXT, "b/ü.csv": CSV, "in.zip": zipped({"x": b"y"})}), locked),
    "tar": (tarred, lambda: tarred("gz"), lambda: tarred("bz2"), lambda: tarred("xz")),
    "7z": (seven, lambda: seven(password="geheim", header_encryption=True)),
}
