"""Files that are text: Markdown, plain text, HTML, CSV, mail."""

import csv
import html
import io
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from corpora.authored import AuthoredDocument
from corpora.blocks import AuthoredBlock
from corpora.render.grid import form_lines, table_grid
from corpora.render.look import readable, seeded
from corpora.render.office import sent


def markdown(document: AuthoredDocument) -> str:
    """The document as Markdown."""
    out: list[str] = []
    for part in document.parts:
        if part.name:
            out.append(f"## {part.name}")
        for block in part.blocks:
            match block.kind:
                case "heading":
                    out.append("#" * block.level + " " + block.text)
                case "list":
                    out.append(
                        "\n".join(f"{i}. {t}" if block.ordered else f"- {t}" for i, t in enumerate(block.items, 1))
                    )
                case "table" if block.rows:
                    rows = [
                        "| " + " | ".join(c.replace("\\n", "<br>") for c in row) + " |"
                        for row in table_grid(block).texts
                    ]
                    out.append("\n".join([rows[0], "|" + " --- |" * table_grid(block).columns, *rows[1:]]))
                case "form":
                    out.append("\n".join(f"**{a}** {b}  " if a else b for line in form_lines(block) for a, b in line))
                case "chart":
                    pass
                case "photo":
                    out.append(f"![{block.text}](photo.jpg)")
                case _:
                    out.append(block.text)
    return "\n\n".join(out).replace("\\n", "\n") + "\n"


def text(document: AuthoredDocument) -> str:
    """The document as plain text with aligned columns."""
    out: list[str] = []
    for part in document.parts:
        if part.name:
            out.append(part.name)
        for block in part.blocks:
            match block.kind:
                case "heading":
                    out.append(block.text.upper() if block.level == 1 else block.text)
                case "list":
                    out.append(
                        "\n".join(f"{i}) {t}" if block.ordered else f" * {t}" for i, t in enumerate(block.items, 1))
                    )
                case "table" if block.rows:
                    grid = table_grid(block).texts
                    widths = [max(len(row[c]) for row in grid) for c in range(len(grid[0]))]
                    out.append(
                        "\n".join(
                            "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
                            for row in grid
                        )
                    )
                case "form":
                    out.append(
                        "\n".join("    ".join(f"{a}: {b}" if a else b for a, b in line) for line in form_lines(block))
                    )
                case "chart":
                    pass
                case _:
                    out.append(block.text)
    return readable("\n\n".join(out)) + "\n"


def _html_block(block: AuthoredBlock) -> str:
    def safe(words: str) -> str:
        return html.escape(readable(words)).replace("\n", "<br>")

    match block.kind:
        case "heading":
            return f"<h{block.level}>{safe(block.text)}</h{block.level}>"
        case "list":
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>" + "".join(f"<li>{safe(i)}</li>" for i in block.items) + f"</{tag}>"
        case "table" if block.rows:
            grid = table_grid(block)
            spans = {(r, c): (rs, cs) for r, c, rs, cs in grid.spans}
            hidden = {(r + i, c + j) for r, c, rs, cs in grid.spans for i in range(rs) for j in range(cs)} - set(spans)
            rows = []
            for r, cells in enumerate(grid.texts):
                line = ""
                for c, cell in enumerate(cells):
                    if (r, c) not in hidden:
                        rs, cs = spans.get((r, c), (1, 1))
                        tag = "th" if r == 0 else "td"
                        line += f'<{tag} rowspan="{rs}" colspan="{cs}">{safe(cell)}</{tag}>'
                rows.append(f"<tr>{line}</tr>")
            return "<table border=1>" + "".join(rows) + "</table>"
        case "form":
            rows = [
                "<tr>" + "".join(f"<td><b>{safe(a)}</b></td><td>{safe(b)}</td>" for a, b in line) + "</tr>"
                for line in form_lines(block)
            ]
            return "<table border=1>" + "".join(rows) + "</table>"
        case "chart":
            return ""
        case _:
            return f"<p>{safe(block.text)}</p>"


def web(document: AuthoredDocument) -> str:
    """The document as a web page."""
    title = next((b.text for b in document.blocks() if b.kind == "heading"), document.file)
    body = "\n".join(
        (f"<h2>{html.escape(p.name)}</h2>\n" if p.name else "") + "\n".join(map(_html_block, p.blocks))
        for p in document.parts
    )
    return f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n'


def delimited(document: AuthoredDocument) -> bytes:
    """The document as CSV: a semicolon file from a local Excel as often as a comma file."""
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=";" if seeded(document).random() < 0.4 else ",", lineterminator="\r\n")
    for block in document.blocks():
        if block.rows:
            writer.writerows([[readable(c) for c in row] for row in table_grid(block).texts])
        elif block.fields:
            writer.writerows([[readable(t) for pair in line for t in pair] for line in form_lines(block)])
        elif block.items:
            writer.writerows([[item] for item in block.items])
        elif block.text and block.kind != "chart":
            writer.writerow([block.text])
    return sink.getvalue().encode("utf-8-sig")


def write_mail(document: AuthoredDocument, path: Path, attachments: dict[str, Path]) -> None:
    """The document as a mail with the named files of the same supplier attached."""
    message = EmailMessage()
    front = document.front
    for name in ("from", "to", "cc", "subject"):
        if front.get(name):
            value = front[name]
            message[name.capitalize()] = ", ".join(value) if isinstance(value, list) else str(value)
    message["Date"] = format_datetime(sent(document))
    message.set_content(text(document))
    for name in attachments:
        message.add_attachment(
            attachments[name].read_bytes(),
            maintype="application",
            subtype="octet-stream",
            filename=name.rsplit("/", 1)[-1],
        )
    path.write_bytes(bytes(message))
