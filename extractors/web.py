"""Web pages: headings, paragraphs, lists and tables of the page as it stands in the file; nothing is fetched or run."""

import re
from pathlib import Path

from lxml import etree, html

from extractors.delimited import cell_kind
from extractors.document import BlockKind, Document, Metadata
from extractors.draft import STRUCK, STRUCK_CODE, Draft, clean, one_line
from extractors.embedded import Pictures, picture_in
from extractors.encodings import declared, decode
from extractors.errors import DamagedFile, EmptyFile
from extractors.flow import write_table
from extractors.grids import GridCell
from extractors.policy import ExtractionPolicy
from extractors.svg import pictures_of, words_of
from extractors.symbols import is_symbol_font, shown
from extractors.text_detect import HTML
from extractors.web_shown import mark_shown

# Elements whose content no person reads.
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "meta", "link", "iframe", "object", "embed", "svg",
    "canvas", "audio", "video", "map", "datalist",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "caption",
})  # fmt: skip
_ROWS = frozenset({"thead", "tbody", "tfoot", "tr"})
_IN_TABLES = frozenset({"td", "th", "caption", "colgroup", "col", "script", "style", "template", "form"})
# Fields whose value nobody reads.
_UNREADABLE = frozenset({"hidden", "password", "file", "image", "color", "range"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FONT = re.compile(r"font(?:-family)?\s*:[^;]*?\b(wingdings(?: ?[23])?|webdings|symbol)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
# Pages written into pages: each counts for so many elements within one another.
PAGE_DEPTH, MOST_PAGES_WITHIN = 40, 3
_LONGEST_SPAN = 1_000
# Pages written as XML may put letters before the names of their elements (Namespaces in XML 1.0).
_PREFIX = re.compile(
    r"""xmlns:([A-Za-z_][\w.-]{0,30})\s*=\s*["']http://www\.w3\.org/(?:1999/xhtml|2000/svg)["']""", re.IGNORECASE
)
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
PREFIXES_WITHIN, MOST_PREFIXES = 20_000, 4
# Children of one element looked at in one block of text; beyond is machine output.
MOST_CELLS_WIDE = 1_000


TOO_DEEP = "The page is nested deeper than any honest one; what stands there and behind it was left out."


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a web page. Raises EmptyFile or DamagedFile."""
    draft = Draft(path, name, HTML, policy)
    raw = path.read_bytes()
    text = decode_page(raw)
    if not text.strip():
        raise EmptyFile
    write_html(draft, text, metadata=True)
    return draft.document()


def write_html(draft: Draft, text: str, *, metadata: bool = False) -> None:
    """Write a page into the draft. Raises DamagedFile where nothing can be made of it."""
    root, cut = _parse(text)
    if not draft.parts:
        draft.part("section")
    if cut:
        draft.once("limit_exceeded", TOO_DEEP)
    if root is None:
        return
    if metadata:
        draft.metadata = _metadata(root)
    if any(_is_struck(part) for part in root.iter(etree.Element)):
        draft.once(STRUCK_CODE, STRUCK)
    writer = _Writer(draft)
    writer.walk(root, hidden=False, depth=0)
    writer.flush()


def decode_page(raw: bytes) -> str:
    """The text of a page in the encoding that it declares or shows."""
    match = _CHARSET.search(raw[:4096])
    if match and b"\x00" not in raw[:4096] and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        text = declared(raw, match[1].decode("ascii"))
        if text is not None:
            return text
    return decode(raw)


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """The page, and whether the parser gave up on it before its end: it does at 256 elements within each other."""
    # The declaration of an encoding no longer holds once the bytes are text.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(text))
    for prefix in list(dict.fromkeys(_PREFIX.findall(text[:PREFIXES_WITHIN])))[:MOST_PREFIXES]:
        text = re.sub(rf"<(/?){re.escape(prefix)}:", r"<\1", text)
    # Mail gateways add their sentences behind the end, where programs show them and the parser stops.
    text = _END.sub("", text)
    if not text.strip():
        return None, False
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text, parser=parser)
        mark_shown(root)
        return root, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise DamagedFile from problem


def _metadata(root: etree._Element) -> Metadata:
    values: dict[str, str] = {}
    for entry in root.iter("meta"):
        key = (entry.get("name") or entry.get("property") or "").lower()
        if key and entry.get("content"):
            values.setdefault(key, one_line(entry.get("content", ""))[:500])
    title = next(root.iter("title"), None)
    return Metadata(
        title=one_line(title.text_content())[:500] or None if title is not None else None,  # type: ignore[attr-defined]
        author=values.get("author"),
        producer=values.get("generator") or values.get("progid"),
        created=values.get("date") or values.get("article:published_time"),
        modified=values.get("last-modified") or values.get("article:modified_time"),
    )


class _Writer:
    """Gathers the text between block elements and writes it when a block begins or ends."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._hidden = False
        self._marker = ""
        self._pictures = Pictures(None, draft)

    def flush(self) -> None:
        text = _squeeze("".join(self._text))
        self._text = []
        if text:
            self._draft.block(
                self._kind, self._marker + text, self._draft.paragraph(), level=self._level, hidden=self._hidden
            )
            self._marker = ""

    def walk(self, element: etree._Element, hidden: bool, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in ("svg", "iframe", "img"):
            self._embedded(element, tag, hidden, depth)
        if tag in _SKIPPED or self._draft.full:
            return
        if depth > self._draft.policy.xml_depth:
            self._draft.once("limit_exceeded", TOO_DEEP)
            return
        hidden = hidden or _is_hidden(element)
        if tag == "table" and not _is_layout(element):
            self._break(hidden)
            _table(self._draft, element, hidden, depth)
            for inner in element.iter("svg", "iframe", "img"):
                self._embedded(inner, inner.tag, hidden, depth)
            return
        if tag in _BLOCKS:
            self._break(hidden)
            self._begin(tag, element)
        elif tag == "br":
            self._text.append("\n")
        elif sign := _input(element, tag):
            self._text.append(sign)
        if hidden != self._hidden:
            self.flush()
            self._hidden = hidden
        font = _symbol_font(element)
        if element.text:
            self._text.append(shown(element.text, font))
        for part in element:
            self.walk(part, hidden, depth + 1)
            if part.tail:
                if self._hidden != hidden:
                    self.flush()
                    self._hidden = hidden
                self._text.append(shown(part.tail, font))
        if tag in _BLOCKS:
            self._break(hidden)

    def _embedded(self, element: etree._Element, tag: str, hidden: bool, depth: int) -> None:
        """What is written in the page and shown as something of its own: a drawing's words, a page, a picture. What lies
        elsewhere is never fetched."""
        if tag == "svg":
            self.flush()
            self._draft.block("drawing", words_of(element), self._draft.paragraph(), hidden=hidden)
            for address in pictures_of(element):
                self._picture(address, hidden)
        elif tag == "iframe" and (page := element.get("srcdoc")):
            if depth >= MOST_PAGES_WITHIN * PAGE_DEPTH:
                self._draft.too_deep()
                return
            root, _ = _parse(page)
            self.flush()
            if root is not None:
                self.walk(root, hidden, depth + PAGE_DEPTH)
                self.flush()
        elif tag == "img":
            self._picture(element.get("src") or "", hidden)

    def _picture(self, address: str, hidden: bool) -> None:
        if (data := picture_in(address)) is not None:
            self.flush()
            self._pictures.write_bytes(data, self._draft.paragraph(), hidden)

    def _break(self, hidden: bool) -> None:
        self.flush()
        self._kind, self._level, self._hidden = "paragraph", 0, hidden

    def _begin(self, tag: str, element: etree._Element) -> None:
        self._marker = ""
        if tag in _HEADINGS:
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif tag in ("li", "dd", "dt"):
            self._kind = "list_item"
            parent = element.getparent()
            ordered = parent is not None and parent.tag == "ol"
            self._marker = f"{len(list(element.itersiblings('li', preceding=True))) + 1}. " if ordered else ""
        elif tag in ("figcaption", "caption"):
            self._kind = "caption"


def _is_struck(element: etree._Element) -> bool:
    """Whether an element strikes its words through."""
    if element.tag not in ("s", "strike", "del") and "line-through" not in (element.get("style") or ""):
        return False
    return bool("".join(element.itertext()).strip())


def _squeeze(text: str) -> str:
    return "\n".join(line for line in (one_line(line) for line in text.split("\n")) if line)


def _is_hidden(element: etree._Element) -> bool:
    """Whether an element is not shown; ``mark_shown`` has marked those that styles hide."""
    return element.get("hidden") is not None or (element.tag == "input" and element.get("type") == "hidden")


def _symbol_font(element: etree._Element) -> str | None:
    face = element.get("face")
    if is_symbol_font(face):
        return face
    match = _FONT.search(element.get("style") or "")
    return match[1] if match else None


def _input(element: etree._Element, tag: str) -> str:
    """What a form field shows: the state of a box, the text typed in."""
    if tag != "input":
        return ""
    kind = (element.get("type") or "text").lower()
    on = element.get("checked") is not None
    if kind == "checkbox":
        return "☑ " if on else "☐ "
    if kind == "radio":
        return "◉ " if on else "○ "
    return f" {element.get('value')} " if kind not in _UNREADABLE and element.get("value") else ""


def _is_layout(table: etree._Element) -> bool:
    """A table that only places things: it holds tables with rows of their own, or a single cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return sum(1 for _ in zip(range(2), table.iter("td", "th"), strict=False)) < 2


def _table(draft: Draft, table: etree._Element, hidden: bool, depth: int) -> None:
    caption = next(table.iterchildren("caption"), None)
    if caption is not None:
        draft.block("caption", inner_text(caption), draft.paragraph(), hidden=hidden)
    if stray := _stray(table):
        draft.block("paragraph", stray, draft.paragraph(), hidden=hidden)
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    heads: set[int] = set()
    unseen: list[str] = []
    number = 0
    for row in table.iter("tr"):
        if _is_hidden(row):
            unseen.append(inner_text(row))
            continue
        number += 1
        if number > draft.policy.sheet_rows or len(cells) > draft.cells_left:
            break
        column = 0
        entries = [entry for entry in row if entry.tag in ("td", "th")]
        parent = row.getparent()
        if entries and ((parent is not None and parent.tag == "thead") or all(entry.tag == "th" for entry in entries)):
            heads.add(number)
        for entry in entries:
            column += 1
            while (number, column) in taken:
                column += 1
            if column > MOST_CELLS_WIDE:
                break
            down, across = _span(entry, "rowspan"), min(_span(entry, "colspan"), MOST_CELLS_WIDE - column + 1)
            text = inner_text(entry, unseen)
            kind = cell_kind(text) if text else "empty"
            cells.append(GridCell(number, column, text, down, across, kind, bold=entry.tag == "th", bordered=True))
            if down > 1:
                taken.update((number + r, column + c) for r in range(1, down) for c in range(across))
            column += across - 1
    leading = 0
    while leading + 1 in heads:
        leading += 1
    write_table(draft, cells, header_rows=leading if leading and leading < number else None, hidden=hidden)
    for words in unseen:
        draft.block("paragraph", words, draft.paragraph(), hidden=True)


def _stray(table: etree._Element) -> str:
    """What stands in a table and in no cell; programs show it above the table."""
    parts: list[str] = []
    waiting = [table]
    while waiting:
        part = waiting.pop()
        parts.append(part.text or "")
        for inner in part:
            if inner.tag in _ROWS:
                waiting.append(inner)
            elif inner.tag not in _IN_TABLES and isinstance(inner.tag, str):
                parts.append(inner_text(inner))
            parts.append(inner.tail or "")
    return _squeeze(" ".join(parts))


def _span(entry: etree._Element, name: str) -> int:
    try:
        return max(1, min(int(entry.get(name) or 1), _LONGEST_SPAN))
    except ValueError:
        return 1


def inner_text(element: etree._Element, unseen: list[str] | None = None) -> str:
    """The text inside an element, line breaks kept; what is hidden in it goes to ``unseen`` where there is such a list."""
    parts: list[str] = []

    def walk(node: etree._Element, depth: int) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _SKIPPED or depth > 200:
            return
        if unseen is not None and _is_hidden(node):
            unseen.append(inner_text(node))
            return
        if tag == "br" or (tag in _BLOCKS and node is not element):
            parts.append("\n")
        font = _symbol_font(node)
        parts.append(_input(node, tag))
        parts.append(shown(node.text or "", font))
        for part in node:
            walk(part, depth + 1)
            parts.append(shown(part.tail or "", font))
        if tag in _BLOCKS and node is not element:
            parts.append("\n")

    walk(element, 0)
    return _squeeze("".join(parts))
