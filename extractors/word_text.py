"""The runs of a Word paragraph: what is shown, what is hidden, what hangs on it (text boxes, pictures, charts,
notes)."""

import re
from dataclasses import dataclass, field

from extractors.draft import one_line
from extractors.drawingml import body_text, branches
from extractors.formulas import formula
from extractors.packages import Element, attribute, child, children, is_on, local, whole
from extractors.spreadsheet_styles import relation_id
from extractors.symbols import is_symbol_font, shown
from extractors.word_letters import PLAIN, LetterStyles, letters_of

# Elements inside a paragraph nest (links in changes in controls); honest ones stay below ten.
MOST_NESTING = 40
# Characters of the code of a field that are looked at; the words of a button are a few.
LONGEST_CODE = 2_000
# A field that shows words to click on has them in its code, behind the name of the macro (ECMA-376 part 1, 17.16.5.34).
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
# What may be painted behind the text: the colour of the page, and drawings with a place of their own in the old and the new form.
_GROUNDS = ("{*}background", "{*}anchor", "{*}shape", "{*}rect", "{*}roundrect", "{*}oval", "{*}group")
_BEHIND = re.compile(r"z-index:\s*-")
_CONTAINERS = frozenset({
    "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "bdo", "dir", "ruby",
    "rubyBase", "oMath", "oMathPara", "AlternateContent",
})  # fmt: skip


@dataclass
class Change:
    """A tracked change: text that somebody put in or took out."""

    kind: str
    author: str
    date: str
    text: str


@dataclass
class Paragraph:
    """A paragraph as it is read."""

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    objects: int = 0
    bold: int = 0
    # Whether words of ``shown`` are struck through.
    struck: bool = False
    changes: list[Change] = field(default_factory=list)
    # Which of ``shown`` are white letters on no ground of their own.
    white: list[int] = field(default_factory=list)

    def hide_white(self) -> None:
        """Take the white letters for hidden, where it is known that they stand on white paper."""
        self.hidden += [self.shown[at] for at in self.white]
        white = set(self.white)
        self.shown = [text for at, text in enumerate(self.shown) if at not in white]
        self.white = []

    @property
    def text(self) -> str:
        """What a person sees."""
        return "".join(self.shown).strip()

    @property
    def all_bold(self) -> bool:
        """Whether every letter is bold."""
        return 0 < len("".join(self.shown).replace(" ", "")) <= self.bold


class ParagraphReader:
    """Reads paragraphs one after the other; the state of a field reaches over runs and paragraphs."""

    def __init__(self, root: Element, styles: LetterStyles) -> None:
        """``root`` is the whole part: a field in it that never ends is none, or the text behind it would be its code."""
        self._styles, self._letters = styles, PLAIN
        self._codes: list[bool] = []
        self._instructions: list[str] = []
        # Whether text of some paragraph was nested too deep and left out.
        self.cut = False
        open_fields: list[tuple[Element, bool]] = []
        for part in root.iter("{*}fldChar"):
            match attribute(part, "fldCharType"):
                case "begin":
                    open_fields.append((part, False))
                case "separate" if open_fields:
                    open_fields[-1] = open_fields[-1][0], True
                case "end" if open_fields:
                    open_fields.pop()
        self._endless = {part for part, has_result in open_fields if not has_result}
        # Whether nothing is painted behind the text, so that white letters are not seen.
        self.white_paper = not any(map(_paints_behind, root.iter(*_GROUNDS)))

    def read(self, element: Element) -> Paragraph:
        """The paragraph below ``element``."""
        found = Paragraph()
        self._letters = self._styles.of_paragraph(child(element, "pPr"))
        self._walk(element, found, 0, None)
        return found

    def _walk(self, element: Element, found: Paragraph, depth: int, change: Change | None) -> None:
        if depth > MOST_NESTING:
            self.cut = True
            return
        for part in branches(element):
            name = local(part)
            if name == "r":
                self._run(part, found, change)
            elif name in ("del", "moveFrom"):
                text = "".join(text.text or "" for text in part.iter("{*}delText", "{*}t"))
                found.changes.append(_change("deleted", part, text))
            elif name in ("t", "br") and local(element) in ("oMath", "r"):
                found.shown.append(part.text or "")
            elif name == "oMath" or name == "oMathPara":
                found.shown.append(formula(part))
            elif name in _CONTAINERS:
                inner = change
                if name in ("ins", "moveTo"):
                    inner = _change("inserted", part, "")
                    found.changes.append(inner)
                if name == "sdt" and (box := _check_box(part)):
                    found.shown.append(box)
                    continue
                self._walk(part, found, depth + 1, inner)

    def _run(self, run: Element, found: Paragraph, change: Change | None) -> None:
        properties = child(run, "rPr")
        font, bold = _face(properties)
        letters = letters_of(properties).over(self._styles.of_run(properties)).over(self._letters)
        unseen, white = letters.unseen, letters.faint
        for part in branches(run):
            text = self._piece(part, found, font)
            if not text:
                continue
            if self._codes and self._codes[-1]:
                unseen = True  # the code of a field, such as PAGE; its result follows
            if white and not unseen:
                found.white.append(len(found.shown))
            found.struck = found.struck or (bool(letters.struck) and not unseen and bool(text.strip()))
            (found.hidden if unseen else found.shown).append(text)
            if bold and not unseen:
                found.bold += len(text.replace(" ", ""))
            if change is not None:
                change.text += text

    def _piece(self, part: Element, found: Paragraph, font: str | None) -> str:
        match local(part):
            case "t":
                return shown(part.text or "", font)
            case "tab" | "ptab":
                return "\t"
            case "br" | "cr":
                return "\n"
            case "instrText" if self._codes and self._codes[-1] and len(self._instructions[-1]) < LONGEST_CODE:
                self._instructions[-1] += part.text or ""
            case "noBreakHyphen":
                return "-"
            case "sym":
                return _symbol(part)
            case "fldChar":
                return self._field(part)
            case "drawing" | "pict" | "object":
                self._hangs(part, found)
            case "ruby":
                base = child(part, "rubyBase")
                return "".join(text.text or "" for text in base.iter("{*}t")) if base is not None else ""
        return ""

    def _field(self, part: Element) -> str:
        match attribute(part, "fldCharType"):
            case "begin" if part in self._endless:
                return ""
            case "begin":
                self._codes.append(True)
                self._instructions.append("")
                box = next(part.iter("{*}checkBox"), None)
                if box is not None:
                    state = child(box, "checked")
                    if state is None:
                        state = child(box, "default")
                    on = state is not None and attribute(state, "val") in (None, "1", "true", "on")
                    self._codes[-1] = False  # the box is drawn where its field begins
                    return "☒" if on else "☐"
                if (list_ := next(part.iter("{*}ddList"), None)) is not None:
                    self._codes[-1] = False  # the chosen entry stands nowhere else
                    return _chosen(list_)
            case "separate" if self._codes:
                self._codes[-1] = False
            case "end" if self._codes:
                without_result, code = self._codes.pop(), self._instructions.pop()
                if without_result and (button := _BUTTON.match(code)):
                    return button[1].strip()
        return ""

    def _hangs(self, part: Element, found: Paragraph) -> None:
        """What a drawing holds. Text boxes inside text boxes come with the outer one."""
        boxes = [box for box in _visible(part) if local(box) == "txbxContent"]
        found.boxes.extend(boxes)
        for inner in _visible(part):
            match local(inner):
                case "chart" if link := relation_id(inner):
                    found.charts.append(link)
                case "relIds" if link := relation_id(inner, "dm"):
                    found.diagrams.append(link)
                case "blip" if link := relation_id(inner, "embed"):
                    found.pictures.append(link)
                case "imagedata" if not boxes and (link := relation_id(inner)):
                    found.pictures.append(link)
                case "OLEObject" | "control":
                    found.objects += 1
                case "textpath" if inner.get("string"):
                    found.shown.append(inner.get("string") or "")
                case "txBody":  # of a shape on a locked canvas, which a slide's text was pasted into
                    found.drawn.append(body_text(inner))


def _visible(element: Element, depth: int = 0):  # type: ignore[no-untyped-def]
    """All elements below, but one side of alternative content, and nothing below a text box."""
    if depth > 4 * MOST_NESTING:
        return
    for part in branches(element):
        yield part
        if local(part) != "txbxContent":
            yield from _visible(part, depth + 1)


def _face(properties: Element | None) -> tuple[str | None, bool]:
    """Symbol font and bold of a run."""
    font, bold = None, False
    for part in children(properties):
        match local(part):
            case "rFonts":
                names = [attribute(part, key) for key in ("ascii", "hAnsi", "cs", "eastAsia")]
                font = next((name for name in names[:2] if is_symbol_font(name)), None)
            case "b":
                bold = attribute(part, "val") is None or is_on(attribute(part, "val"))
    return font, bold


def _paints_behind(part: Element) -> bool:
    """Whether an element is a coloured page or a picture or shape behind the text."""
    if local(part) == "background":
        return True
    if local(part) == "anchor":
        return is_on(part.get("behindDoc"))
    return bool(_BEHIND.search(part.get("style") or ""))


def _symbol(part: Element) -> str:
    try:
        character = chr(int(attribute(part, "char") or "", 16))
    except ValueError:
        return ""
    return shown(character, attribute(part, "font"))


def _chosen(entries: Element) -> str:
    """The entry of a drop-down list that is shown: the first where none was chosen (ECMA-376 part 1, 17.16.28)."""
    state = child(entries, "result")
    if state is None:
        state = child(entries, "default")
    names = [attribute(entry, "val") or "" for entry in children(entries) if local(entry) == "listEntry"]
    number = whole(attribute(state, "val")) if state is not None else 0
    return names[number] if 0 <= number < len(names) else ""


def _check_box(control: Element) -> str:
    """The sign of a check box control; other controls show their content."""
    properties = child(control, "sdtPr")
    box = child(properties, "checkbox") if properties is not None else None
    if box is None:
        return ""
    state = child(box, "checked")
    return "☒" if state is not None and is_on(attribute(state, "val")) else "☐"


def _change(kind: str, part: Element, text: str) -> Change:
    return Change(kind, one_line(attribute(part, "author") or ""), (attribute(part, "date") or "")[:10], text)
