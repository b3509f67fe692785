"""Rich text (RTF): paragraphs, tables, lists, headers, notes and comments, by the words of its grammar (RTF 1.9.1).

Read here and not by a library: those there are give one string, without tables, and follow fields and objects loosely.
Pictures are read as those of other files; objects are said to be not read, what is shown of them is read.
"""

from dataclasses import replace
from pathlib import Path

from extractors import progress
from extractors.document import BlockKind, Document, Metadata
from extractors.draft import STRUCK, STRUCK_CODE, Draft, one_line
from extractors.embedded import Pictures, is_picture
from extractors.errors import DamagedFile
from extractors.policy import ExtractionPolicy
from extractors.rich_text_blocks import Destination, RichParagraph, RichState, write_rows
from extractors.rich_text_colours import Colours
from extractors.rich_text_forms import FormField
from extractors.rich_text_words import (
    CODE_PAGES,
    DOCUMENT_PAGES,
    EDGES,
    HOLDERS,
    SIGNS,
    TOKEN,
    UNSEEN,
    known_page,
)
from extractors.symbols import shown
from extractors.text_detect import RTF

# Deeper groups than this are no text that a program wrote.
MOST_DEPTH = 400
WORDS_PER_TICK = 50_000
# A short paragraph in bold that ends without a stop is a heading made by hand, as in Word files.
HAND_MADE_HEADING = 100

# Right edges of cells closer than this are the same, in twentieths of a point.
SAME_EDGE = 60


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a rich text file as one section. Raises DamagedFile where it holds no text in that grammar."""
    draft = Draft(path, name, RTF, policy)
    draft.part("section")
    data = path.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DamagedFile
    draft.metadata = write_rich_text(draft, data)
    return draft.document()


def write_rich_text(draft: Draft, data: bytes) -> Metadata:
    """Write rich text into the part that was begun; what it says of itself."""
    reader = _Reader(draft, Colours(data))
    reader.read(data)
    return Metadata(title=reader.info.get("title"), author=reader.info.get("author"))


class _Reader:
    def __init__(self, draft: Draft, colours: Colours) -> None:
        self._draft, self._colours = draft, colours
        self._state = RichState()
        self._outer: list[RichState] = []
        self._fonts: dict[int, tuple[str, str]] = {}
        self._page = "cp1252"
        self._bytes = bytearray()
        self._drop = 0  # bytes that stand for a character already given as Unicode
        self._paragraph = RichParagraph()
        self._kept: dict[str, list[str]] = {}
        self._cell: list[str] = []
        self._unseen: list[str] = []  # hidden words of cells and page headers
        self._row: list[str] = []
        self._rows: list[list[str]] = []
        self._right_edges: list[int] = []
        self._edges_above: list[int] = []
        self._edges_seen: set[str] = set()
        self._edge: list[str] = []
        self._ignorable = False
        self._form: FormField | None = None
        self._picture = bytearray()
        self._pictures = Pictures(None, draft)
        self.info: dict[str, str] = {}

    def read(self, data: bytes) -> None:
        at, count = 0, 0
        while at < len(data):
            found = TOKEN.match(data, at)
            assert found
            at = found.end()
            count += 1
            if count % WORDS_PER_TICK == 0:
                progress.tick(0, 1)
                if self._draft.full or progress.out_of_time():
                    self._draft.once(
                        "limit_exceeded", "The document is longer than the set limit; the rest was left out."
                    )
                    break
            kind = found.lastgroup if found.lastgroup != "number" else "word"
            if kind == "hex":
                self._byte(bytes([int(found["hex"], 16)]))
                continue
            if kind == "text" and self._state.into == "picture":
                self._picture += found["text"]
                continue
            if kind == "text":
                self._byte(found["text"])
                continue
            if kind == "line":
                continue
            self._flush()
            if kind == "open":
                self._drop = 0
                if len(self._outer) >= MOST_DEPTH:
                    raise DamagedFile("The file is nested deeper than any honest document.")
                self._outer.append(self._state)
            elif kind == "close":
                self._drop = 0
                self._close()
            elif kind == "word":
                number = int(found["number"]) if found["number"] else None
                size = self._word(found["word"].decode("ascii"), number)
                size = max(0, min(size, len(data) - at))
                if size and self._state.into == "picture":
                    self._picture += data[at : at + size].hex().encode()
                at += size
            elif kind == "sign":
                self._sign(found["sign"])
        self._flush()
        self._end_paragraph()
        self._end_table()

    def _byte(self, raw: bytes) -> None:
        if self._drop:
            dropped = min(self._drop, len(raw))
            self._drop -= dropped
            raw = raw[dropped:]
        self._bytes += raw

    def _flush(self) -> None:
        if self._bytes:
            name, page = self._fonts.get(self._state.font, ("", self._page))
            text = bytes(self._bytes).decode(page or self._page, "replace")
            self._bytes.clear()
            self._say(shown(text, name) if name else text)

    def _say(self, text: str) -> None:
        into = self._state.into
        if self._form is not None and self._form.entry is not None:
            self._form.entry.append(text)
        if into in ("skip", "picture"):
            return
        if into in ("fonts", "title", "author", "sn", "sv"):
            self._kept.setdefault(into, []).append(text)
        elif into == "list":
            self._paragraph.label += text
        elif into == "body":
            if self._state.struck and text.strip():
                self._draft.once(STRUCK_CODE, STRUCK)
            if self._state.ink.faint:
                self._paragraph.faint.append(len(self._paragraph.runs))
            self._paragraph.runs.append((text, self._state.hidden or self._state.deleted, self._state.bold))
        elif not self._state.deleted:
            (self._unseen if self._state.hidden else self._edge).append(text)

    def _sign(self, raw: bytes) -> None:
        text = raw.decode("latin-1")
        if text == "*":
            self._ignorable = True
        elif text in ("\n", "\r"):
            self._break()
        elif text in SIGNS:
            self._say(SIGNS[text])
        elif text in "{}\\":
            self._say(text)

    def _word(self, word: str, number: int | None) -> int:
        """Act on a control word; how many bytes of binary data follow it."""
        if word == "formfield":
            self._form = FormField(len(self._outer))
        elif self._form is not None:
            self._form.word(word, number, len(self._outer))
        # A group that begins with a star is for those who know its word; few such hold words of the page.
        if self._ignorable and word not in EDGES and word not in HOLDERS:
            self._begin("skip")
        self._ignorable = False
        state = self._state
        if state.into == "body":
            self._colours.word(word, number)
        if word in SIGNS:
            self._say(SIGNS[word])
        elif word == "u" and number is not None:
            code = number % 0x10000
            name = self._fonts.get(state.font, ("", ""))[0]
            self._say(shown(chr(code), name) if name else chr(code))
            self._drop = state.skip_after_unicode
        elif word == "bin":
            return max(0, number or 0)
        elif word in ("par", "sect", "page"):
            self._break()
        elif word in ("cell", "nestcell", "row", "nestrow", "trowd", "intbl", "pard"):
            self._table_word(word)
        elif word == "cellx" and number is not None and state.into == "body":
            self._right_edges.append(number)
        elif word == "irow" and number == 0 and not self._row:
            self._end_table()  # programs that number rows begin each table anew
        elif word in EDGES:
            self._begin(EDGES[word])
        elif word in ("pict", "object"):
            self._seen_only(word)
        elif word in UNSEEN:
            self._begin("skip")
        elif word == "upr" and state.into != "skip":
            self._state = replace(state, into="skip", twice=state.into)
        elif word == "ud" and state.twice:
            self._state = replace(state, into=state.twice, twice=None)
        elif word in ("fonttbl", "title", "author", "listtext", "pntext", "sn", "sv"):
            self._begin({"fonttbl": "fonts", "listtext": "list", "pntext": "list"}.get(word, word))  # type: ignore[arg-type]
        elif word == "atnauthor":
            self._begin("skip")
        elif word in ("fldrslt", "result") and state.into == "skip":
            self._begin("body")
        else:
            self._format(word, number)
        return 0

    def _format(self, word: str, number: int | None) -> None:
        on = number != 0
        state = self._state = replace(self._state, ink=self._colours.ink(self._state.ink, word, number))
        match word:
            case "b":
                self._state = replace(state, bold=on)
            case "v":
                self._state = replace(state, hidden=on)
            case "deleted":
                self._state = replace(state, deleted=on)
            case "strike" | "striked":
                self._state = replace(state, struck=on)
            case "plain":
                self._state = replace(state, bold=False, hidden=False, deleted=False, struck=False)
            case "uc":
                self._state = replace(state, skip_after_unicode=max(0, min(number or 0, 8)))
            case "f":
                if state.into == "fonts":
                    self._end_font()
                self._state = replace(state, font=number or 0)
            case "fcharset" if state.into == "fonts":
                self._fonts[state.font] = ("", known_page(f"cp{CODE_PAGES.get(number or 0, 0)}", self._page))
            case "ansicpg" if number:
                self._page = known_page(f"cp{number}", self._page)
            case "outlinelevel" if number is not None and 0 <= number < 9:
                self._paragraph.level = number + 1
            case _ if word in DOCUMENT_PAGES:
                self._page = DOCUMENT_PAGES[word]

    def _begin(self, into: Destination) -> None:
        if self._state.into != "skip" or into == "body":
            if into in ("header", "footer", "note", "comment", "drawing"):
                self._edge = []
            self._state = replace(self._state, into=into)

    def _seen_only(self, word: str) -> None:
        """A picture, which is read at its end, or an object, of which only what is shown is read."""
        if self._state.into == "skip":
            return
        if word == "object":
            self._draft.left("object_not_read", "An object of another program was not read.", self._draft.paragraph())
        self._picture.clear()
        self._state = replace(self._state, into="picture" if word == "pict" else "skip")

    def _end_picture(self) -> None:
        digits = bytes(self._picture).translate(None, b" \t")
        self._picture.clear()
        try:
            data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        except ValueError:
            data = b""
        if is_picture(data):
            self._pictures.write_bytes(data, self._draft.paragraph())
        else:
            self._draft.left("picture_not_read", "A picture was not read.", self._draft.paragraph())

    def _close(self) -> None:
        if not self._outer:
            return
        before, self._state = self._state, self._outer.pop()
        if self._form is not None:
            self._form.close(len(self._outer))
            if len(self._outer) < self._form.depth:
                self._paragraph.runs.append((self._form.shown, self._state.hidden, False))
                self._form = None
        if before.into == "fonts":
            self._end_font(before.font)
        if before.into == self._state.into:
            return
        if before.into == "picture":
            self._end_picture()
        elif before.into in ("sn", "sv"):
            # Name and value of a property of a shape; one holds the letters of an ornament.
            name = self._kept.get("sn", [])
            if before.into == "sv" and "".join(name) == "gtextUNICODE":
                self._draft.block("drawing", "".join(self._kept.get("sv", [])), self._draft.paragraph())
            for kept in ("sv",) if before.into == "sn" else ("sn", "sv"):
                self._kept.pop(kept, None)
        elif before.into in ("title", "author"):
            self.info[before.into] = one_line("".join(self._kept.pop(before.into, [])))
        elif before.into in ("header", "footer", "note", "comment", "drawing"):
            text = "".join(self._edge).strip()
            self._edge = []
            if text and (before.into not in ("header", "footer") or text not in self._edges_seen):
                self._edges_seen.add(text)
                self._draft.block(before.into, text, self._draft.paragraph())

    def _end_font(self, number: int | None = None) -> None:
        name = "".join(self._kept.pop("fonts", [])).strip().rstrip(";").strip()
        at = self._state.font if number is None else number
        if name:
            self._fonts[at] = (name, self._fonts.get(at, ("", self._page))[1])

    def _break(self) -> None:
        if self._state.into == "body":
            self._end_paragraph()
        elif self._state.into not in ("skip", "fonts", "list"):
            self._say("\n")

    def _table_word(self, word: str) -> None:
        if self._state.into != "body":
            if word in ("cell", "nestcell"):
                self._say(" | ")
            elif word in ("row", "nestrow"):
                self._say("\n")
            return
        match word:
            case "intbl":
                self._paragraph.in_table = True
            case "pard":
                self._paragraph.in_table = False
                self._paragraph.level = 0
            case "cell" | "nestcell":
                self._paragraph.in_table = True
                self._end_paragraph()
                self._row.append("\n".join(self._cell))
                self._cell = []
            case "trowd":
                self._right_edges = []
            case "row" | "nestrow":
                if self._row:
                    self._end_row()

    def _end_paragraph(self) -> None:
        paragraph, self._paragraph = (
            self._paragraph,
            RichParagraph(in_table=self._paragraph.in_table, level=self._paragraph.level),
        )
        in_cell = paragraph.in_table or bool(self._row)
        if paragraph.faint and self._colours.hides_white(len(self._row) if in_cell else None):
            paragraph.hide_faint()
        text, hidden, label = paragraph.text(), paragraph.text(hidden=True), one_line(paragraph.label)
        text = f"{label} {text}".strip() if text else ""
        if in_cell:
            self._cell += [text] if text else []
            self._unseen += [hidden] if hidden else []
            return
        self._end_table()  # an empty line parts two tables too
        if not (text or hidden):
            return
        if text:
            short = len(text) <= HAND_MADE_HEADING and "\n" not in text and "\t" not in text
            kind: BlockKind = "list_item" if label else "paragraph"
            level = 1 if label else 0
            if paragraph.level:
                kind, level = "heading", paragraph.level
            elif short and not label and paragraph.all_bold and not text.endswith((".", ":", ";", ",")):
                kind, level = "heading", 3
            self._draft.block(kind, text, self._draft.paragraph(), level=level)
        if hidden:
            self._draft.block("paragraph", hidden, self._draft.paragraph(), hidden=True)

    def _end_row(self) -> None:
        """Keep a row; one that ends elsewhere and has no inner edge in common with the row above begins a new table."""
        edges, above = self._right_edges, self._edges_above
        apart = self._rows and min(len(edges), len(above)) > 1 and abs(edges[-1] - above[-1]) > SAME_EDGE
        if apart and not any(abs(x - y) <= SAME_EDGE for x in edges[:-1] for y in above[:-1]):
            write_rows(self._draft, self._rows, self._unseen)
        self._rows.append(self._row)
        self._row, self._edges_above = [], edges

    def _end_table(self) -> None:
        if self._row:
            self._rows.append(self._row)
            self._row = []
        write_rows(self._draft, self._rows, self._unseen)
