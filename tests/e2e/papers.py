"""Small papers of a factory, some of them hostile."""

import docx
import openpyxl
from reportlab.pdfgen import canvas

HOSTILE = '<img src=x onerror="window.hacked=1">'
LINES = (
    "8D report NCR 23-014",
    "14 of 500 housings porous in lot 7731, found 3 March 2025 at final inspection.",
    "Root cause: the die vent was blocked by flash after the shift change on press 4.",
    "Effectiveness: 0 of 600 housings porous on re-check, 26 March 2025.",
)


def report(path, password=None):
    drawn = canvas.Canvas(str(path), encrypt=password)
    for number, line in enumerate(LINES):
        drawn.drawString(60, 780 - 20 * number, line)
    drawn.save()
    return path


def register(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "CAPA log"
    sheet.append(["No", "Opened", "Problem", "Root cause", "Closed"])
    for number in range(1, 25):
        sheet.append([f"CAPA-{number:03}", f"2025-01-{number:02}", f"{HOSTILE} scratch {number}", "fixture worn", ""])
    book.save(path)
    return path


def procedure(path):
    paper = docx.Document()
    paper.add_heading("Procedure for corrective action", 1)
    for word in ("review", "analyse", "correct", "verify", "file", "report"):
        paper.add_paragraph(f"The quality manager shall {word} every nonconformity. " * 6)
    paper.save(path)
    return path
