"""The command for who works on the readers: what was read of one file, and where it stands."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import said_plainly, start_log, write
from service.errors import ServiceError, WrongUse
from service.reports.drawing import clean

if TYPE_CHECKING:
    from evidence.passages import Draft
    from extractors.document import Block, Document
    from extractors.sandbox import Reader

# Width in pixels of the page pictures, and the most pages and rows shown of one file.
WIDTH = 900
MOST_PAGES = 200
MOST_ROWS = 400
MOST_COLUMNS = 60
_STYLE = (
    "body{font:14px/1.4 sans-serif;margin:1rem}section{display:flex;gap:1rem;align-items:flex-start;margin:0 0 2rem}"
    "ol{flex:1;padding-left:2.5rem}li{margin:.3rem 0;white-space:pre-wrap}.hidden{color:#a00}svg{border:1px solid #999}"
    "text{font:bold 13px sans-serif;fill:#b00020}table{border-collapse:collapse;font-size:12px}"
    "td{border:1px solid #ccc;padding:1px 4px;max-width:16rem;overflow:hidden}td sup{color:#b00020;font-weight:bold}"
    ".odd{background:#fff3c4}.even{background:#d7ecff}"
)


@said_plainly
def show(
    file: Annotated[Path, typer.Argument(help="The file to read.", show_default=False)],
    boxes: Annotated[bool, typer.Option("--boxes", help="Write page pictures with the passages outlined.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="File to write; without it standard output, with --boxes NAME-boxes.html.")
    ] = None,
    password: Annotated[list[str] | None, typer.Option(help="A password for a protected file.")] = None,
) -> None:
    """Show what was read of one file, passage by passage, each with its place.

    With --boxes one HTML page is written: each page of a PDF or picture with its passages outlined and numbered, each
    sheet of a workbook as a plain grid with its passages coloured. Files without pages are told with their places.

    \b
    Examples:
      livingproof show audit.pdf
      livingproof show audit.pdf --boxes
      livingproof show scrap.xlsx --boxes --output /tmp/scrap.html
    """
    from evidence.passages import cut
    from extractors.errors import ExtractionError
    from service.bootstrap import open_reader
    from service.settings import settings_with

    start_log("ERROR")
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.", "Check the path.")
    with open_reader(settings_with(), password or []) as reader:
        try:
            document = reader.read(file, file.name)
        except ExtractionError as problem:
            raise ServiceError(problem.message, problem.remedy, problem.code) from problem
        drafts = cut(document)
        if not boxes:
            write(clean("".join(f"{line}\n" for line in _told(document, drafts))).encode(), output)
            return
        page = "".join(_page(document, drafts, reader, file))
    target = output or Path(f"{file.name}-boxes.html")
    write(page.encode(), target)
    typer.echo(f"{len(drafts)} passages of {len(document.parts)} parts are shown in {target}.", err=True)


def _told(document: "Document", drafts: "Sequence[Draft]") -> Iterator[str]:
    """The passages in plain text."""
    from service.documents.places import where

    for number, draft in enumerate(drafts, 1):
        marks = [draft.source] * (draft.source == "ocr") + ["hidden"] * draft.hidden + list(draft.kinds)
        yield f"[{number}] {where(draft.locators)} ({', '.join(marks)})"
        yield draft.text
        yield ""
    for item in document.not_read:
        yield f"not read: {item.sentence} {where(item.locators)}".rstrip()


def _page(document: "Document", drafts: "Sequence[Draft]", reader: "Reader", file: Path) -> Iterator[str]:
    from service.documents.places import where

    name = escape(document.path)
    yield f'<!doctype html><meta charset="utf-8"><title>{name}</title><style>{_STYLE}</style><h1>{name}</h1>'
    numbered = list(enumerate(drafts, 1))
    if not any(part.kind in ("page", "sheet") for part in document.parts):
        yield "<p>Files of this type have no pages and no sheets; each passage stands with its place in words.</p>"
    for part in document.parts[:MOST_PAGES]:
        here = [(number, draft) for number, draft in numbered if draft.part == part.number]
        yield f"<h2>{escape(part.name or str(part.number))}</h2>"
        if not part.read:
            yield "<p class=hidden>Not read.</p>"
        yield "<section>"
        if part.kind == "page":
            yield _outlined(reader, file, document.media_type, part.number, here)
        elif part.kind == "sheet":
            yield _grid([block for block in document.blocks if block.part == part.number], here)
        yield "<ol>"
        for number, draft in here:
            hidden = ' class="hidden"' if draft.hidden else ""
            place = escape(where(draft.locators))
            yield f'<li value="{number}"{hidden}>{escape(draft.text)} <small>{place}</small></li>'
        yield "</ol></section>"
    if len(document.parts) > MOST_PAGES:
        yield f"<p>Only the first {MOST_PAGES} of {len(document.parts)} parts are shown.</p>"
    for item in document.not_read:
        yield f"<p class=hidden>Not read: {escape(item.sentence)} {escape(where(item.locators))}</p>"


def _outlined(reader: "Reader", file: Path, media_type: str, part: int, drafts: "Sequence[tuple[int, Draft]]") -> str:
    """The page's picture with numbered boxes, as SVG; a sentence where there is none."""
    from extractors.errors import ExtractionError
    from service.documents.pictures import boxes_on, outline

    try:
        png = reader.picture(file, media_type, part, WIDTH)
    except ExtractionError as problem:
        return f"<p class=hidden>{escape(problem.message)}</p>"
    placed = [(number, box) for number, draft in drafts for box in boxes_on(draft.locators, part)]
    return outline(png, [box for _, box in placed], [str(number) for number, _ in placed])


def _grid(blocks: "Sequence[Block]", drafts: "Sequence[tuple[int, Draft]]") -> str:
    """A sheet as a table, the cells of each passage in one colour and under its number."""
    from extractors.locators import SheetLocator
    from service.documents.places import area_of

    texts: dict[tuple[int, int], str] = {}
    for block in blocks:
        for cell in block.table.cells if block.table else ():
            area = area_of(cell.locator.cells) if isinstance(cell.locator, SheetLocator) else None
            if area and cell.text:
                texts.setdefault((area.top, area.left), cell.text)
    owner: dict[tuple[int, int], int] = {}
    for number, draft in drafts:
        for place in draft.locators:
            area = area_of(place.cells) if isinstance(place, SheetLocator) else None
            for row in range(area.top, min(area.bottom, MOST_ROWS) + 1) if area else ():
                for column in range(area.left, min(area.right, MOST_COLUMNS) + 1) if area else ():
                    owner.setdefault((row, column), number)
    if not texts and not owner:
        return "<p>The sheet holds no cells with text.</p>"
    rows = min(MOST_ROWS, max(row for row, _ in (*texts, *owner)))
    columns = min(MOST_COLUMNS, max(column for _, column in (*texts, *owner)))
    lines = []
    for row in range(1, rows + 1):
        cells = []
        for column in range(1, columns + 1):
            own = owner.get((row, column))
            colour = f' class="{"odd" if own % 2 else "even"}"' if own else ""
            text = texts.get((row, column), "")
            mark = f"<sup>{own}</sup>" if own and text else ""
            cells.append(f"<td{colour}>{escape(text[:200])}{mark}</td>")
        lines.append(f"<tr><th>{row}</th>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"
