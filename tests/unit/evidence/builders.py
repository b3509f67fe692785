"""Hand-made documents and document reports for tests: written as lines, read by the real fact finder.

A page is written as text; lines with ``|`` make a table whose first row is its head, lines ``Label :: value`` a form.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evidence.bundle import Bundle
from evidence.facts import find_facts
from evidence.flags import find_flags
from evidence.model import CRITERIA, MODES, DocumentReport, Flag, Passage
from evidence.passages import cut
from evidence.settings import AssessmentSettings
from extractors.document import Block, Cell, Document, Metadata, Part, Table
from extractors.locators import PageLocator, SheetLocator

TODAY = date(2026, 9, 30)


def document(
    path: str, text: str, *, hidden: str = "", metadata: Mapping[str, str] | None = None, unread: int = 0
) -> Document:
    """A document of pages (parted by ``===`` lines) with headings (``#``), paragraphs, tables and forms."""
    sheets = path.endswith((".xlsx", ".xls"))
    parts, blocks = [], []
    for number, page in enumerate(_pages(text), 1):
        name, body = page
        parts.append(Part(number=number, kind="sheet" if sheets else "page", name=name))
        place = SheetLocator(sheet=name or "Sheet1", cells="A1:J40") if sheets else PageLocator(page=number)
        for kind, content in _chunks(body):
            if kind == "table":
                rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in content]
                blocks.append(_table(rows, place, number, 1))
            elif kind == "form":
                rows = [
                    [piece.strip() for field in line.split("||") for piece in field.split("::")] for line in content
                ]
                blocks.append(_table(rows, place, number, 0))
            else:
                words = content[0].lstrip("# ") if kind == "heading" else content[0]
                blocks.append(Block(kind=kind, text=words, locators=(place,), part=number, level=1))  # type: ignore[arg-type]
    if hidden:
        blocks.append(Block(kind="paragraph", text=hidden, locators=(PageLocator(page=1),), part=1, hidden=True))
    parts += [Part(number=len(parts) + 1 + n, kind="page", read=False) for n in range(unread)]
    sha = hashlib.sha256((path + text).encode()).hexdigest()
    return Document(
        path=path,
        sha256=sha,
        media_type="text/plain",
        parts=tuple(parts),
        blocks=tuple(blocks),
        metadata=Metadata(**dict(metadata or {})),
    )


def _pages(text: str) -> list[tuple[str, str]]:
    pages: list[tuple[str, list[str]]] = [("", [])]
    for line in text.strip("\n").split("\n"):
        if line.startswith("==="):
            if pages[-1] == ("", []):
                pages.pop()
            pages.append((line.strip("= "), []))
        else:
            pages[-1][1].append(line)
    return [(name, "\n".join(lines)) for name, lines in pages]


def _chunks(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped:
            found.append(("gap", []))
            continue
        kind = (
            "form"
            if "::" in line
            else "table"
            if stripped.startswith("|")
            else "heading"
            if stripped.startswith("#")
            else "paragraph"
        )
        if kind in ("table", "form") and found and found[-1][0] == kind:
            found[-1][1].append(stripped)
        else:
            found.append((kind, [stripped]))
    return [chunk for chunk in found if chunk[0] != "gap"]


def _table(rows: Sequence[Sequence[str]], place: Any, part: int, head_rows: int) -> Block:
    width = max(len(row) for row in rows)
    cells = tuple(
        Cell(text=text, row=r, column=c, kind="text" if text else "empty", locator=place)
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
    )
    text = "\n".join(" | ".join(row) for row in rows)
    table = Table(rows=len(rows), columns=width, cells=cells, header_rows=head_rows)
    return Block(kind="table" if head_rows else "form", text=text, locators=(place,), part=part, table=table)


def passages(
    made: Document, mode: str = "record", criteria: Sequence[str] = (), source: str = "text"
) -> tuple[Passage, ...]:
    """The passages of a document, all of one mode and about the same criteria."""
    return tuple(
        Passage(
            id=draft.id,
            text=draft.text,
            locators=draft.locators,
            places=draft.places,
            part=draft.part,
            heading=draft.heading,
            language=draft.language,
            source=source,
            hidden=draft.hidden,
            mode=mode,
            modes={name: 0.9 if name == mode else 0.02 for name in MODES},  # type: ignore[arg-type]
            criteria={name: 0.9 if name in criteria else 0.05 for name in CRITERIA},
        )
        for draft in cut(made)
    )


def report(
    path: str,
    text: str,
    *,
    kind: str = "other",
    reading: str = "living",
    mode: str = "record",
    criteria: Sequence[str] = (),
    language: str = "en",
    hidden: str = "",
    metadata: Mapping[str, str] | None = None,
    unread: int = 0,
    source: str = "text",
) -> DocumentReport:
    """A document report as the pipeline would give it, with mode, criteria, kind and reading as told."""
    made = document(path, text, hidden=hidden, metadata=metadata, unread=unread)
    found = passages(made, mode, criteria, source)
    return DocumentReport(
        path=path,
        sha256=made.sha256,
        status="partial" if unread else "read",
        media_type="text/plain",
        kind=kind,
        reading=reading,  # type: ignore[arg-type]
        language=language,
        pages=len(made.parts),
        pages_read=made.parts_read,
        passages=found,
        facts=find_facts(made, found),
        metadata=dict(metadata or {}),
    )


def merged(first: DocumentReport, *others: DocumentReport) -> DocumentReport:
    """One document of several pieces, each with its own mode: a form whose head is filled and whose body is not."""
    passages_, facts = list(first.passages), list(first.facts)
    for number, other in enumerate(others, 1):
        names = {p.id: f"{p.id}-{number}" for p in other.passages}
        passages_ += [p.model_copy(update={"id": names[p.id]}) for p in other.passages]
        facts += [f.model_copy(update={"passage": names[f.passage]}) for f in other.facts]
    return first.model_copy(update={"passages": tuple(passages_), "facts": tuple(facts)})


def bundle(*documents: DocumentReport, supplier: str = "Lotus Valley Pumps Co., Ltd", **settings: Any) -> Bundle:
    """A bundle on the day of the tests."""
    return Bundle(supplier, TODAY, list(documents), AssessmentSettings(**settings))


def flags(
    *documents: DocumentReport, supplier: str = "Lotus Valley Pumps Co., Ltd", **settings: Any
) -> dict[str, Flag]:
    """The flags of a bundle by id."""
    return {flag.id: flag for flag in find_flags(bundle(*documents, supplier=supplier, **settings))}


def certificate(**words: str) -> DocumentReport:
    """A certificate of Lotus Valley Pumps; single fields can be set apart."""
    fields = {
        "holder": "LOTUS VALLEY PUMPS CO., LTD",
        "standard": "ISO 9001:2015",
        "scope": "Manufacture of centrifugal pumps and pump housings.",
        "issue": "14 March 2025",
        "expiry": "13 March 2028",
        "accreditation": "Accredited by KAN, LSSM-044-IDN.",
        "more": "Surveillance audit held on 20 February 2026, certificate maintained.",
        "path": "certificate.pdf",
    } | words
    text = f"""
# CERTIFICATE OF REGISTRATION

Tidewater Assessment Certification Ltd hereby certifies that the quality management system of

# {fields["holder"]}

has been assessed and found to conform to the requirements of {fields["standard"]} for the following scope:

{fields["scope"]}

Certificate no. :: TAC-88-4120 || Date of issue :: {fields["issue"]}
Valid until :: {fields["expiry"]} || Page :: 1 of 1

{fields["accreditation"]}

{fields["more"]}
"""
    return report(
        fields["path"], text, kind="certificate", reading="static", mode="credential", criteria=("certification",)
    )
