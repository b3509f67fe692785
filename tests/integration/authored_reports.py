"""Document reports of the authored corpus with the author's labels: what a perfect reader and classifier would hand on.

So the rules of the assessment are tested for themselves. The documents are not rendered: their blocks become the
blocks of a document.
"""

import hashlib

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock
from corpora.labelling import carry
from evidence.facts import find_facts
from evidence.model import CRITERIA, MODES, DocumentReport, PartReading, Passage
from evidence.passages import cut
from extractors.document import Block, Cell, Document, Metadata, Part, Table
from extractors.locators import Locator, PageLocator, SheetLocator


def extracted(authored: AuthoredDocument) -> Document:
    """The authored blocks as extraction would give them, every cell and field in its place."""
    sheets = authored.render in ("xlsx", "xls")
    parts, blocks = [], []
    for number, part in enumerate(authored.parts, 1):
        kind = "sheet" if sheets else "slide" if authored.render == "pptx" else "page"
        parts.append(Part(number=number, kind=kind, name=part.name, hidden=part.hidden))  # type: ignore[arg-type]
        place: Locator = (
            SheetLocator(sheet=part.name or "Sheet1", cells="A1:Z99") if sheets else PageLocator(page=number)
        )
        for block in part.blocks:
            blocks += _blocks(block, place, number, part.hidden)
    front = authored.front
    told = {name: str(front[name]) for name in ("created", "author") if front.get(name)}
    sha = hashlib.sha256(authored.source.read_bytes()).hexdigest()
    return Document(
        path=authored.file,
        sha256=sha,
        media_type=f"application/x-{authored.render}",
        parts=tuple(parts),
        blocks=tuple(blocks),
        metadata=Metadata(**told),
    )


def _blocks(block: AuthoredBlock, place: Locator, part: int, hidden: bool) -> list[Block]:
    common = {"locators": (place,), "part": part, "hidden": hidden}
    if block.kind == "heading":
        return [Block(kind="heading", text=block.text, level=block.level, **common)]  # type: ignore[arg-type]
    if block.kind == "list":
        return [Block(kind="list_item", text=item, **common) for item in block.items]  # type: ignore[arg-type]
    if block.kind == "table":
        rows = [[cell.replace("\\n", "\n") for cell in row.cells] for row in block.rows]
        return [Block(kind="table", text=_lines(rows), table=_table(rows, 1, place), **common)]  # type: ignore[arg-type]
    if block.kind == "form":
        lines: dict[int, list[str]] = {}
        for field in block.fields:
            lines.setdefault(field.row, []).extend((field.name, field.value.replace("\\n", " ")))
        rows = [lines[row] for row in sorted(lines)]
        return [Block(kind="form", text=_lines(rows), table=_table(rows, 0, place), **common)]  # type: ignore[arg-type]
    return [Block(kind="paragraph", text=block.text, **common)] if block.text else []  # type: ignore[arg-type]


def _lines(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(cell for cell in row if cell not in ("<", "^")) for row in rows)


def _table(rows: list[list[str]], head_rows: int, place: Locator) -> Table:
    cells = []
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text in ("<", "^"):
                continue
            span = 1
            while c - 1 + span < len(row) and row[c - 1 + span] == "<":
                span += 1
            kind = "text" if text else "empty"
            cells.append(Cell(text=text, row=r, column=c, column_span=span, kind=kind, locator=place))  # type: ignore[arg-type]
    return Table(rows=len(rows), columns=max(map(len, rows)), cells=tuple(cells), header_rows=head_rows)


def reports(supplier: AuthoredSupplier) -> list[DocumentReport]:
    """The reports of all documents of a supplier, labelled by their authors."""
    return [report(authored) for authored in supplier.documents]


def report(authored: AuthoredDocument) -> DocumentReport:
    """One document with the author's kind, reading, modes and criteria."""
    made = extracted(authored)
    drafts = cut(made)
    passages = []
    for draft, label in zip(drafts, carry(authored, drafts), strict=True):
        mode, criteria = (label.mode, label.criteria) if label else ("other", ())
        passages.append(
            Passage(
                id=draft.id,
                text=draft.text,
                locators=draft.locators,
                part=draft.part,
                heading=draft.heading,
                language=draft.language,
                hidden=draft.hidden,
                mode=mode,  # type: ignore[arg-type]
                modes={name: 0.9 if name == mode else 0.02 for name in MODES},
                criteria={name: 0.9 if name in criteria else 0.05 for name in CRITERIA},
            )
        )
    return DocumentReport(
        path=made.path,
        sha256=made.sha256,
        status="read",
        media_type=made.media_type,
        kind=authored.kind,  # type: ignore[arg-type]
        reading=authored.reading,
        language=authored.language,
        pages=len(made.parts),
        pages_read=len(made.parts),  # type: ignore[arg-type]
        parts=tuple(
            PartReading(name=p.name, number=p.number, kind=authored.kind, reading=authored.reading, hidden=p.hidden)
            for p in made.parts
        ),  # type: ignore[arg-type]
        metadata={name: value for name, value in made.metadata.model_dump(exclude={"extra"}).items() if value},
        passages=tuple(passages),
        facts=find_facts(made, passages),
    )
