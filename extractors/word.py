"""Word documents (DOCX, DOCM) and OpenDocument text: headings, lists, tables, text boxes, notes, comments, changes."""

import tempfile
from pathlib import Path

from extractors import progress
from extractors.detect import DOCM, DOCX, ODT, media_type
from extractors.diagrams import diagram_text
from extractors.document import BlockKind, Document
from extractors.draft import Draft, clean, one_line
from extractors.drawingml import branches
from extractors.embedded import Pictures
from extractors.errors import ExtractionError
from extractors.flow import write_table
from extractors.formulas import formula
from extractors.grids import GridCell
from extractors.packages import Element, Package, attribute, child, children, local, whole
from extractors.policy import ExtractionPolicy
from extractors.spreadsheet_drawings import write_chart
from extractors.spreadsheet_styles import relation_id
from extractors.word_blocks import WRAPPERS, cell_parts, cells_of, edge_lines, note_text, rows
from extractors.word_grounds import TableGrounds, is_white_cell, paints
from extractors.word_letters import LetterStyles
from extractors.word_numbering import Numbering
from extractors.word_styles import Styles
from extractors.word_text import Change, Paragraph, ParagraphReader

# A short paragraph in bold that ends without a stop is a heading that somebody made by hand.
HAND_MADE_HEADING = 100
MOST_CHANGES = 200
# Files that a document shows as parts of its text; report generators paste a dozen.
MOST_PASTED = 100
PARAGRAPHS_PER_TICK = 2_000


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a Word document as one section. Raises an ExtractionError where it is none."""
    draft = Draft(path, name, DOCX, policy)
    with Package(path, policy) as package:
        if "content.xml" in package and "word/document.xml" not in package:
            from extractors.opendocument import read_odt

            draft.media_type = ODT
            read_odt(package, draft)
        else:
            _Reader(package, draft).read()
    return draft.document()


class _Reader:
    def __init__(self, package: Package, draft: Draft, pasted: int = MOST_PASTED, outer: bool = True) -> None:
        self._pasted_left = pasted
        self._outer = outer
        self._package = package
        self._draft = draft
        self._main = package.main_part("word/document.xml")
        self._links = package.relationships(self._main)
        styles = package.maybe_xml(self._part("styles", "word/styles.xml"))
        self._styles, self._grounds, self._letters = Styles(styles), TableGrounds(styles), LetterStyles(styles)
        self._numbering = Numbering(package.maybe_xml(self._part("numbering", "word/numbering.xml")))
        self._band = False  # whether page headers paint something behind the text
        self._changes: list[Change] = []
        self._pictures = Pictures(package, draft)

    def _part(self, kind: str, usual: str) -> str:
        return next((link.target for link in self._links.values() if link.type == kind and not link.external), usual)

    def read(self) -> None:
        root = self._package.xml(self._main)
        if self._outer:
            self._draft.metadata = self._package.metadata()
            self._draft.part("section")
        self._edges("header")
        body = child(root, "body")
        self._blocks(body if body is not None else root, ParagraphReader(root, self._letters), 0)
        self._notes("footnotes", "footnote")
        self._notes("endnotes", "endnote")
        self._comments()
        self._edges("footer")
        self._tracked()

    def _blocks(self, holder: Element, runs: ParagraphReader, depth: int) -> None:
        """Write the paragraphs and tables below an element, in order."""
        if depth > 4 * self._draft.policy.nesting:
            self._draft.too_deep()
            return
        for count, part in enumerate(branches(holder)):
            if count % PARAGRAPHS_PER_TICK == 0:
                progress.tick(0, 1)
            if self._draft.full or progress.out_of_time():
                self._draft.once("limit_exceeded", "The document is longer than the set limit; the rest was left out.")
                return
            match local(part):
                case "p":
                    self._paragraph(part, runs)
                case "tbl":
                    self._table(part, runs, depth, ground=False)
                case "altChunk":
                    self._pasted(relation_id(part))
                case "oMath" | "oMathPara":
                    self._draft.block("paragraph", formula(part), self._draft.paragraph())
                case name if name in WRAPPERS:
                    self._blocks(part, runs, depth + 1)

    def _paragraph(self, element: Element, runs: ParagraphReader) -> None:
        paragraph = runs.read(element)
        if runs.cut:
            self._draft.too_deep()
        self._hide_white(element, paragraph, runs)
        text = paragraph.text
        kind, level, label = self._kind(element, paragraph, text)
        if text:
            self._draft.block(kind, f"{label} {text}" if label else text, self._draft.paragraph(), level=level)
        self._hanging(paragraph, runs)

    def _hide_white(self, element: Element, paragraph: Paragraph, runs: ParagraphReader) -> None:
        """Take white letters on white paper for hidden; ``paragraph`` stands on no ground of a cell or box."""
        if not paragraph.white or not runs.white_paper or self._band:
            return
        grounds = self._styles.grounds and {attribute(part, "val") for part in element.iter("{*}rStyle")}
        if not self._styles.of(child(element, "pPr")).shaded and self._styles.grounds.isdisjoint(grounds):
            paragraph.hide_white()

    def _kind(self, element: Element, paragraph: Paragraph, text: str) -> tuple[BlockKind, int, str]:
        """Kind, level and list label of a paragraph."""
        properties = child(element, "pPr")
        style = self._styles.of(properties)
        label = self._numbering.label(style.list, style.list_level) if style.list and text else None
        if style.heading:
            return "heading", style.heading, label or ""
        if style.caption:
            return "caption", 0, ""
        if label is not None:
            return "list_item", style.list_level + 1, label
        if style.bullet:
            return "list_item", 1, ""
        short = len(text) <= HAND_MADE_HEADING and "\n" not in text and "\t" not in text
        if short and paragraph.all_bold and not text.endswith((".", ":", ";", ",")):
            return "heading", 3, ""
        return "paragraph", 0, ""

    def _hanging(self, paragraph: Paragraph, runs: ParagraphReader) -> None:
        """Write what hangs on a paragraph: what is not shown of it, text boxes, diagrams, charts; say what was not read."""
        if paragraph.struck:
            self._draft.struck()
        if hidden := "".join(paragraph.hidden).strip():
            self._draft.block("paragraph", hidden, self._draft.paragraph(), hidden=True)
        for drawn in filter(None, paragraph.drawn):
            self._draft.block("drawing", drawn, self._draft.paragraph())
        self._changes.extend(change for change in paragraph.changes if change.text.strip())
        for box in paragraph.boxes:
            self._box(box, runs)
        for link in paragraph.diagrams:
            self._draft.block(
                "drawing", diagram_text(self._package, self._links, link, self._draft), self._draft.paragraph()
            )
        for link in paragraph.charts:
            if target := self._target(link):
                write_chart(self._package, target, self._draft.paragraph(), self._draft)
        for link in paragraph.pictures:
            self._pictures.write(self._target(link), self._draft.paragraph())
        if paragraph.objects:
            self._draft.left("object_not_read", "An object of another program was not read.", self._draft.paragraph())

    def _target(self, link: str) -> str | None:
        found = self._links.get(link)
        return found.target if found is not None and not found.external and found.target in self._package else None

    def _box(self, box: Element, runs: ParagraphReader) -> None:
        """A text box: its paragraphs as one drawing, its tables as tables."""
        lines: list[str] = []
        hanging: list[Paragraph] = []
        for part in branches(box):
            for element in [part] if local(part) in ("p", "tbl") else part.iter("{*}p"):
                if local(element) == "tbl":
                    self._table(element, runs, 1, ground=True)
                    continue
                paragraph = runs.read(element)
                lines.append(paragraph.text)
                hanging.append(paragraph)
        self._draft.block("drawing", "\n".join(line for line in lines if line), self._draft.paragraph())
        for paragraph in hanging:
            self._hanging(paragraph, runs)

    def _table(self, table: Element, runs: ParagraphReader, depth: int, ground: bool) -> None:
        """A table with its merged and its empty cells; tables inside its cells follow it. ``ground`` says whether something
        may be painted behind it."""
        cells: list[GridCell] = []
        inner: list[tuple[Element, bool]] = []
        ground = ground or self._grounds.of(table)
        hanging: list[Paragraph] = []
        heads, number = 0, 0
        above: dict[int, GridCell] = {}
        for row in rows(table):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                for element in row.iter("{*}p"):
                    self._changes.extend(change for change in runs.read(element).changes if change.text.strip())
                continue
            number += 1
            repeated = child(properties, "tblHeader") if properties is not None else None
            if repeated is not None and attribute(repeated, "val") not in ("0", "false") and heads == number - 1:
                heads = number
            before = child(properties, "gridBefore") if properties is not None else None
            column = 1 + (whole(attribute(before, "val")) if before is not None else 0)
            for entry in cells_of(row):
                setup = child(entry, "tcPr")
                span = child(setup, "gridSpan") if setup is not None else None
                wide = max(1, min(whole(attribute(span, "val"), 1), 200)) if span is not None else 1
                merge = child(setup, "vMerge") if setup is not None else None
                if merge is not None and attribute(merge, "val") != "restart" and column in above:
                    above[column].row_span = number - above[column].row + 1
                else:
                    cell = self._cell(entry, number, column, wide, runs, inner, hanging, ground)
                    cells.append(cell)
                    above[column] = cell
                column += wide
            if len(cells) > self._draft.cells_left:
                break
        write_table(self._draft, cells, header_rows=heads if 0 < heads < number else None)
        for paragraph in hanging:
            self._hanging(paragraph, runs)
        for nested, on_ground in inner:
            if depth < self._draft.policy.nesting:
                self._table(nested, runs, depth + 1, on_ground)
            else:
                self._draft.too_deep()

    def _cell(
        self,
        entry: Element,
        row: int,
        column: int,
        wide: int,
        runs: ParagraphReader,
        inner: list[tuple[Element, bool]],
        hanging: list[Paragraph],
        ground: bool,
    ) -> GridCell:
        from extractors.delimited import cell_kind

        lines: list[str] = []
        bold, white = True, is_white_cell(entry, ground)
        for part in cell_parts(entry):
            if local(part) == "tbl":
                inner.append((part, not white))
                continue
            paragraph = runs.read(part)
            if white:
                self._hide_white(part, paragraph, runs)
            hanging.append(paragraph)
            text = paragraph.text
            style = self._styles.of(child(part, "pPr"))
            label = self._numbering.label(style.list, style.list_level) if style.list else None
            if text or label:
                lines.append(f"{label} {text}".strip() if label else text)
                bold = bold and (paragraph.all_bold or style.heading > 0)
        text = "\n".join(lines)
        filled = paints(child(child(entry, "tcPr"), "shd"))
        kind = cell_kind(one_line(text)) if text else "empty"
        return GridCell(row, column, text, 1, wide, kind, bold=bold and bool(text), filled=filled, bordered=True)

    def _edges(self, kind: BlockKind) -> None:
        """Page headers or footers, each text once: a document has one for first, odd and even pages."""
        seen: set[str] = set()
        for link in list(self._links.values()):
            if link.type != kind or link.external or not self._package.first_time(link.target):
                continue
            if self._draft.stops():
                return
            root = self._package.maybe_xml(link.target)
            if root is None:
                continue
            runs = ParagraphReader(root, self._letters)
            self._band = self._band or not runs.white_paper
            hanging: list[Paragraph] = []
            text = "\n".join(edge_lines(root, runs, hanging))
            if text and text not in seen:
                seen.add(text)
                self._draft.block(kind, text, self._draft.paragraph())
            self._hanging_in(link.target, hanging, runs)

    def _notes(self, kind: str, name: str) -> None:
        part = self._part(kind, f"word/{kind}.xml")
        root = self._package.maybe_xml(part)
        if root is None:
            return
        runs = ParagraphReader(root, self._letters)
        hanging: list[Paragraph] = []
        for note in children(root):
            if local(note) == name and attribute(note, "type") not in ("separator", "continuationSeparator"):
                self._draft.block("note", note_text(note, runs, hanging), self._draft.paragraph())
        self._hanging_in(part, hanging, runs)

    def _comments(self) -> None:
        part = self._part("comments", "word/comments.xml")
        root = self._package.maybe_xml(part)
        if root is None:
            return
        runs = ParagraphReader(root, self._letters)
        hanging: list[Paragraph] = []
        for comment in children(root):
            if local(comment) == "comment" and (text := note_text(comment, runs, hanging)):
                who = ", ".join(filter(None, (attribute(comment, "author"), (attribute(comment, "date") or "")[:10])))
                self._draft.block("comment", f"{who}: {text}" if who else text, self._draft.paragraph())
        self._hanging_in(part, hanging, runs)

    def _hanging_in(self, part: str, paragraphs: list[Paragraph], runs: ParagraphReader) -> None:
        """What hangs on paragraphs of another part, whose links are its own."""
        mine, self._links = self._links, self._package.relationships(part)
        for paragraph in paragraphs:
            self._hanging(paragraph, runs)
        self._links = mine

    def _pasted(self, link: str | None) -> None:
        """A file of its own kind that Word shows as part of the text (ECMA-376 part 1, 17.17.2.1)."""
        target = self._target(link or "")
        if target is None or self._pasted_left <= 0:
            self._draft.once("part_not_read", "A part pasted from another file was not read.")
            return
        self._pasted_left -= 1
        # Readers of other kinds of files, for the few documents that need them.
        from extractors.encodings import decode
        from extractors.mail import write_bodies
        from extractors.plain import write_text
        from extractors.rich_text import write_rich_text
        from extractors.text_detect import EML, HTML, PLAIN, RTF
        from extractors.web import decode_page, write_html

        with tempfile.TemporaryDirectory(prefix="pasted-") as folder:
            path = Path(folder) / "part"
            try:
                path.write_bytes(self._package.read(target))
                kind = media_type(path, target)
                if kind in (DOCX, DOCM):
                    with Package(path, self._draft.policy) as package:
                        _Reader(package, self._draft, pasted=0, outer=False).read()
                elif kind == HTML:
                    write_html(self._draft, decode_page(path.read_bytes()))
                elif kind == EML:  # a web page with its pictures in one file
                    write_bodies(self._draft, path)
                elif kind == RTF:
                    write_rich_text(self._draft, path.read_bytes())
                elif kind == PLAIN:
                    write_text(self._draft, clean(decode(path.read_bytes())))
                else:
                    self._draft.once("part_not_read", "A part pasted from another file was not read.")
            except ExtractionError:
                self._draft.once("part_not_read", "A part pasted from another file is damaged and was not read.")

    def _tracked(self) -> None:
        """Tracked changes as comments; what was taken out is text that a person no longer sees."""
        if len(self._changes) > MOST_CHANGES:
            self._draft.once(
                "limit_exceeded", "The document has more tracked changes than are read; the rest was left out."
            )
        for change in self._changes[:MOST_CHANGES]:
            who = " ".join(
                filter(
                    None, (f"by {change.author}" if change.author else "", f"on {change.date}" if change.date else "")
                )
            )
            self._draft.block(
                "comment",
                f"{change.kind.capitalize()} {who}: {one_line(change.text)}".replace(" :", ":"),
                self._draft.paragraph(),
                hidden=change.kind == "deleted",
            )
