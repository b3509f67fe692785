"""Workbooks: XLSX with drawings, charts and comments, and the old XLS."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from corpora.authored import AuthoredDocument
from corpora.blocks import AuthoredBlock
from corpora.render.grid import date, form_lines, number, numbers_of, table_grid
from corpora.render.look import readable
from corpora.render.office import created, saved
from corpora.render.scan import small_picture

MAX_SHEET_NAME = 31  # Excel's limit


def _sheet_names(document: AuthoredDocument) -> list[str]:
    names: list[str] = []
    for index, part in enumerate(document.parts, 1):
        name = (
            "".join("-" if c in "[]:*?/\\" else c for c in (part.name or f"Sheet{index}"))[:MAX_SHEET_NAME].strip("'")
            or f"Sheet{index}"
        )
        while name.lower() in (n.lower() for n in names):
            name = f"{name[: MAX_SHEET_NAME - 4]} ({index})"
        names.append(name)
    return names


def _say_saved(document: AuthoredDocument, path: Path) -> None:
    """Write into the file who saved it last and when, where the front matter says so: the writer of workbooks knows its making alone."""
    if not (document.front.get("modified") or document.front.get("modified_by")):
        return
    by = str(document.front.get("modified_by") or document.front.get("author") or "")
    said = {
        "cp:lastModifiedBy": escape(by),
        "dcterms:modified": saved(document).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    with zipfile.ZipFile(path) as book:
        parts = [(item, book.read(item)) for item in book.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for item, content in parts:
            if item.filename == "docProps/core.xml":
                text = content.decode()
                for name, value in said.items():
                    found = re.search(rf"<{name}[^>]*?(?:/>|>[^<]*</{name}>)", text)
                    opening = re.match(r"<[^>/]*(?:/(?!>)[^>/]*)*", found[0]) if found else None
                    if found and opening:
                        text = f"{text[: found.start()]}{opening[0]}>{value}</{name}>{text[found.end() :]}"
                content = text.encode()
            book.writestr(item, content)


def write_xlsx(document: AuthoredDocument, path: Path) -> None:
    """Write the document as a workbook of today."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"author": str(document.front.get("author") or ""), "created": created(document)})
    plain, head, bold = (book.add_format(f) for f in (
        {"border": 1, "text_wrap": True, "valign": "vcenter"},
        {"border": 1, "text_wrap": True, "bold": True, "align": "center", "bg_color": "#DDE6F0"},
        {"bold": True},
    ))  # fmt: skip
    big = book.add_format({"bold": True, "font_size": 14})
    shapes: dict[str, Any] = {}

    def shaped(pattern: str) -> Any:
        if pattern not in shapes:
            shapes[pattern] = book.add_format({"border": 1, "num_format": pattern})
        return shapes[pattern]

    def put(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        text = readable(text)
        if style is plain and (figure := number(text)):
            sheet.write_number(row, column, figure[0], shaped(figure[1]))
        elif style is plain and (day := date(text)):
            sheet.write_datetime(row, column, dt.datetime(*day[:3]), shaped(day[3]))
        elif text:
            sheet.write_string(row, column, text, style)
        else:
            sheet.write_blank(row, column, None, style)

    for name, part in zip(_sheet_names(document), document.parts, strict=True):
        sheet = book.add_worksheet(name)
        if part.hidden and len(document.parts) > 1 and part is not document.parts[0]:
            sheet.hide()
        row = 0
        above: tuple[AuthoredBlock, int] | None = None
        for block in part.blocks:
            match block.kind:
                case "heading":
                    sheet.write_string(row, 0, readable(block.text), big if block.level == 1 else bold)
                    row += 1
                case "list":
                    for index, item in enumerate(block.items, 1):
                        sheet.write_string(row, 0, readable(f"{index}. {item}" if block.ordered else item))
                        row += 1
                case "table" if block.rows:
                    grid = table_grid(block)
                    above = (block, row)
                    for r, texts in enumerate(grid.texts):
                        for c, text in enumerate(texts):
                            put(sheet, row + r, c, text, head if r == 0 else plain)
                    for r, c, rs, cs in grid.spans:
                        text = readable(grid.texts[r][c])
                        sheet.merge_range(row + r, c, row + r + rs - 1, c + cs - 1, text, head if r == 0 else plain)
                    for c in range(grid.columns):
                        longest = max(len(t[c]) for t in grid.texts)
                        sheet.set_column(c, c, min(38, max(9, longest)))
                    row += len(grid.texts) + 1
                case "form":
                    for line in form_lines(block):
                        for index, (label, value) in enumerate(line):
                            put(sheet, row, index * 2, label, head if label else plain)
                            put(sheet, row, index * 2 + 1, value, plain)
                        row += 1
                    row += 1
                case "textbox":
                    sheet.insert_textbox(row, 1, readable(block.text), {"width": 320, "height": 46})
                    row += 3
                case "photo":
                    picture = io.BytesIO(small_picture(document, block.text))
                    sheet.insert_image(row, 0, "photo.png", {"image_data": picture, "x_scale": 0.5, "y_scale": 0.5})
                    row += 7
                    sheet.write_string(row, 0, readable(block.text))
                    row += 1
                case "chart" if above:
                    row = _chart(book, sheet, name, block, above, row)
                case "note":
                    sheet.write_comment(max(0, row - 2), 0, readable(block.text))
                case "chart":
                    pass
                case _:
                    sheet.write_string(row, 0, readable(block.text))
                    row += 1
    book.close()
    _say_saved(document, path)


def _chart(book: Any, sheet: Any, name: str, block: AuthoredBlock, above: tuple[AuthoredBlock, int], row: int) -> int:
    table, first = above
    texts = table_grid(table).texts
    labels, series = numbers_of(table)
    if not series:
        return row
    kind, _, title = block.text.partition(" ")
    chart = book.add_chart({"type": "line" if kind == "line" else "column"})
    across = labels == texts[0][1:]
    for label, _values in series:
        if across:
            r = first + next(i for i, t in enumerate(texts) if t[0] == label and i)
            where = {"categories": [name, first, 1, first, len(labels)], "values": [name, r, 1, r, len(labels)]}
        else:
            c = texts[0].index(label)
            where = {
                "categories": [name, first + 1, 0, first + len(labels), 0],
                "values": [name, first + 1, c, first + len(labels), c],
            }
        chart.add_series({"name": label, **where})
    chart.set_title({"name": title})
    sheet.insert_chart(row, 0, chart)
    return row + 16


def write_xls(document: AuthoredDocument, path: Path) -> None:
    """Write the document as an old workbook; drawings and charts of the author become cells."""
    book = xlwt.Workbook(encoding="utf-8")
    bold = xlwt.easyxf("font: bold on; borders: left thin, right thin, top thin, bottom thin; align: wrap on")
    plain_text = "borders: left thin, right thin, top thin, bottom thin; align: wrap on"
    plain = xlwt.easyxf(plain_text)
    shapes: dict[str, Any] = {}

    def shaped(pattern: str) -> Any:
        if pattern not in shapes:
            shapes[pattern] = xlwt.easyxf(plain_text, num_format_str=pattern)
        return shapes[pattern]

    def put(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        text = readable(text)
        if style is plain and (figure := number(text)):
            sheet.write(row, column, figure[0], shaped(figure[1]))
        elif style is plain and (day := date(text)):
            sheet.write(row, column, dt.date(*day[:3]), shaped(day[3]))
        else:
            sheet.write(row, column, text or None, style)

    for name, part in zip(_sheet_names(document), document.parts, strict=True):
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        if part.hidden and part is not document.parts[0]:
            sheet.visibility = 1
        row = 0
        for block in part.blocks:
            match block.kind:
                case "list":
                    for index, item in enumerate(block.items, 1):
                        sheet.write(row, 0, readable(f"{index}. {item}" if block.ordered else item))
                        row += 1
                case "table" if block.rows:
                    grid = table_grid(block)
                    merged = {(r + i, c + j) for r, c, rs, cs in grid.spans for i in range(rs) for j in range(cs)}
                    for r, texts in enumerate(grid.texts):
                        for c, text in enumerate(texts):
                            if (r, c) not in merged:
                                put(sheet, row + r, c, text, bold if r == 0 else plain)
                    for r, c, rs, cs in grid.spans:
                        sheet.write_merge(
                            row + r,
                            row + r + rs - 1,
                            c,
                            c + cs - 1,
                            readable(grid.texts[r][c]),
                            bold if r == 0 else plain,
                        )
                    row += len(grid.texts) + 1
                case "form":
                    for line in form_lines(block):
                        for index, (label, value) in enumerate(line):
                            put(sheet, row, index * 2, label, bold)
                            put(sheet, row, index * 2 + 1, value, plain)
                        row += 1
                    row += 1
                case "chart":
                    pass
                case _:
                    sheet.write(row, 0, readable(block.text))
                    row += 1
    book.save(str(path))
