"""Markdown: headings, paragraphs, lists, tables, quotes, code and front matter."""

import contextlib
import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractors.delimited import cell_kind
from extractors.document import BlockKind, Document, Metadata
from extractors.draft import STRUCK, STRUCK_CODE, Draft, clean
from extractors.embedded import Pictures, picture_in
from extractors.encodings import decode
from extractors.errors import DamagedFile, EmptyFile
from extractors.flow import write_table
from extractors.grids import GridCell
from extractors.markdown_html import OpenElements
from extractors.plain import write_text
from extractors.policy import ExtractionPolicy
from extractors.text_detect import MARKDOWN
from extractors.web import write_html

# Above this the text is read as plain paragraphs: parsing it would hold several times its size in memory.
PARSED_CHARACTERS = 5_000_000
# Quotes and lists within one another; what is deeper the parser leaves out.
MOST_NESTING = 40
_HOLDERS = frozenset({"blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"})
_FOOTNOTE = re.compile(r"(?m)^([ \t>]{0,20})\[\^([^\]\n]{1,100})\]:")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w .-]{0,40}):[ \t]*(.*)$")


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a Markdown file. Raises EmptyFile."""
    draft = Draft(path, name, MARKDOWN, policy)
    text = clean(decode(path.read_bytes()))
    if not text.strip():
        raise EmptyFile
    draft.part("section")
    if front := _FRONT.match(text):
        _front_matter(draft, front[1])
        text = text[front.end() :]
    if len(text) > PARSED_CHARACTERS:
        write_text(draft, text)
        return draft.document()
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable(["table", "strikethrough"])
    # A footnote is no target of links, as which the plain grammar would take it and show nothing.
    tokens = parser.parse(_FOOTNOTE.sub(r"\1\[^\2\]:", text))
    if any(token.level >= MOST_NESTING - 1 and token.type in _HOLDERS for token in tokens):
        draft.too_deep()
    _Writer(draft).write(tokens)
    return draft.document()


def _front_matter(draft: Draft, text: str) -> None:
    """The fields on top of the file, as a form and as metadata."""
    fields = [
        (match[1].strip(), match[2].strip().strip("'\"")) for line in text.split("\n") if (match := _FIELD.match(line))
    ]
    cells = []
    for row, (label, value) in enumerate(fields, start=1):
        cells.append(GridCell(row, 1, f"{label}:"))
        cells.append(GridCell(row, 2, value, kind=cell_kind(value) if value else "empty", bordered=True))
    write_table(draft, cells)
    values = {label.lower(): value for label, value in fields if value}
    draft.metadata = Metadata(
        title=values.get("title"),
        author=values.get("author"),
        created=values.get("created") or values.get("date"),
        modified=values.get("modified") or values.get("updated"),
    )


class _Writer:
    """Walks the flat list of tokens and keeps where it is."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lists: list[str] = []
        self._items: list[str | None] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._rows: list[GridCell] | None = None
        self._heads = 0
        self._row = self._column = 0
        self._elements = OpenElements()
        self._pictures = Pictures(None, draft)
        self._images: list[Token] = []  # of the paragraph or the table that is being read
        self._unseen: list[str] = []  # hidden words of the cells of a table

    def write(self, tokens: list[Token]) -> None:
        for token in tokens:
            if self._draft.full:
                return
            match token.type:
                case "heading_open":
                    self._kind, self._level = "heading", int(token.tag[1:])
                case "heading_close":
                    self._kind, self._level = "paragraph", 0
                case "bullet_list_open" | "ordered_list_open":
                    self._lists.append(token.type)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    ordered = self._lists[-1] == "ordered_list_open"
                    self._items.append(f"{token.info}{token.markup} " if ordered and token.info else "")
                case "list_item_close":
                    self._items.pop()
                case "table_open":
                    self._rows, self._row, self._heads = [], 0, 0
                case "table_close":
                    write_table(self._draft, self._rows or [], header_rows=self._heads)
                    self._rows = None
                    self._write_images()
                    for words in self._unseen:
                        self._draft.block("paragraph", words, self._draft.paragraph(), hidden=True)
                    self._unseen = []
                case "tr_open":
                    self._row, self._column = self._row + 1, 0
                case "thead_close":
                    self._heads = self._row
                case "inline":
                    self._inline(*_text(token, self._elements))
                    if any(part.type == "s_open" for part in token.children or ()):
                        self._draft.once(STRUCK_CODE, STRUCK)
                    self._images += [part for part in token.children or () if part.type == "image"]
                    if self._rows is None:
                        self._write_images()
                case "fence" | "code_block":
                    self._draft.block("paragraph", token.content, self._draft.paragraph(), hidden=self._elements.hidden)
                case "html_block":
                    self._html(token.content)

    def _html(self, content: str) -> None:
        outside = self._elements.hidden
        words, for_itself = self._elements.block(content)
        if for_itself and not outside and (words or "data:image/" in content):
            with contextlib.suppress(DamagedFile):
                write_html(self._draft, content)
                return
        for text, hidden in words:
            self._draft.block("paragraph", text, self._draft.paragraph(), hidden=hidden)

    def _write_images(self) -> None:
        """The pictures that are written into the addresses of images, as office programs put them behind the text."""
        for part in self._images:
            if (data := picture_in(str(part.attrs.get("src") or ""))) is not None:
                self._pictures.write_bytes(data, self._draft.paragraph(), self._elements.hidden)
        self._images = []

    def _inline(self, text: str, hidden: str) -> None:
        self._shown(text)
        if hidden and self._rows is not None:
            self._unseen.append(hidden)
        elif hidden:
            self._draft.block("paragraph", hidden, self._draft.paragraph(), hidden=True)

    def _shown(self, text: str) -> None:
        if not text and self._rows is None:
            return
        if self._rows is not None:
            self._column += 1
            value = cell_kind(text.strip()) if text.strip() else "empty"
            self._rows.append(GridCell(self._row, self._column, text, kind=value))
        elif self._kind == "heading":
            self._draft.block("heading", text, self._draft.paragraph(), level=self._level)
        elif self._items:
            first = self._items[-1] is not None
            marker, self._items[-1] = self._items[-1] or "", None
            kind: BlockKind = "list_item" if first else "paragraph"
            self._draft.block(kind, marker + text, self._draft.paragraph(), level=len(self._items))
        else:
            self._draft.block("paragraph", text, self._draft.paragraph())


def _text(token: Token, elements: OpenElements) -> tuple[str, str]:
    """The words of an inline token without its signs, those that are seen and those that are not; an address of a link is
    left out, a picture gives its description."""
    seen: list[str] = []
    unseen: list[str] = []
    depth = elements.depth
    for part in token.children or []:
        parts = unseen if elements.hidden else seen
        match part.type:
            case "text" | "code_inline" | "text_special" | "image":
                parts.append(part.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "html_inline":
                elements.inline(part.content)
                if part.content.lower().startswith("<br"):
                    parts.append("\n")
                elif elements.hidden and unseen:
                    unseen.append(" ")
    elements.back_to(depth)
    text = "".join(seen)
    # Boxes of task lists, as a person sees them.
    for box, sign in (("[ ] ", "☐ "), ("[x] ", "☑ "), ("[X] ", "☑ ")):
        if text.startswith(box):
            text = sign + text[len(box) :]
            break
    return text, "".join(unseen).strip()
