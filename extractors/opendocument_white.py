"""White words on the white paper of OpenDocument texts and sheets (ODF 1.3 part 3, 20.182: ``fo:color``), which nobody
sees."""

from copy import deepcopy

from extractors.colours import is_white_word
from extractors.opendocument_text import MOST_NESTING, SHAPES, cell_text
from extractors.packages import Element, attribute, child, local, within
from extractors.spreadsheet_icons import open_ranges
from extractors.spreadsheet_sheet import range_of

# A style has a parent; longer chains are circles.
MOST_ANCESTORS = 12
_FAMILIES = {
    "p": "paragraph", "h": "paragraph", "span": "text", "table": "table", "table-row": "table-row",
    "table-cell": "table-cell", "section": "section",
}  # fmt: skip
_BLANKS = frozenset({"s", "tab", "line-break"})
# What makes letters seen whatever their colour.
_EFFECTS = ("text-shadow", "text-outline", "font-relief")
_PAINTS, _WHITE = True, False
# Ranges of one sheet that rules may paint, set against each white cell; where there are more, none is known.
MOST_RANGES = 200


class Looks:
    """What the styles of a document (``roots``: its content, its styles) say of letters and of what is painted below them."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles = {
            (attribute(style, "family") or "", attribute(style, "name") or ""): style
            for root in reversed(roots)
            for style in within(root, "style")
        }
        self._grounds: dict[tuple[str, str], bool | None] = {}
        self._letters: dict[tuple[str, str], tuple[bool | None, bool]] = {}

    def _chain(self, family: str, name: str) -> list[Element]:
        found: list[Element] = []
        while len(found) < MOST_ANCESTORS and (style := self._styles.get((family, name))) is not None:
            found.append(style)
            name = attribute(style, "parent-style-name") or ""
        return found

    def letters(self, element: Element) -> tuple[bool | None, bool]:
        """Whether a paragraph's or span's own style makes its letters white (None: it does not say), and whether it gives
        them a ground or an outline."""
        return self.letters_of(_FAMILIES[local(element)], attribute(element, "style-name") or "")

    def letters_of(self, family: str, name: str) -> tuple[bool | None, bool]:
        """The same of a style by its name."""
        if (family, name) not in self._letters:
            self._letters[family, name] = self._letters_of(family, name)
        return self._letters[family, name]

    def _letters_of(self, family: str, name: str) -> tuple[bool | None, bool]:
        white: bool | None = None
        lit = False
        for style in self._chain(family, name):
            look = child(style, "text-properties")
            if look is None:
                continue
            if white is None and attribute(look, "use-window-font-color") == "true":
                white = False
            if white is None and (colour := attribute(look, "color")):
                white = is_white_word(colour)
            ground = attribute(look, "background-color")
            lit = lit or (ground not in (None, "transparent") and not is_white_word(ground or ""))
            lit = lit or any((attribute(look, effect) or "none") not in ("none", "false") for effect in _EFFECTS)
        return white, lit

    def ground(self, element: Element) -> bool | None:
        """Whether the style of a paragraph, cell, row, table or section paints a ground or says that it is white; None
        where it says nothing."""
        return self.ground_of(_FAMILIES[local(element)], attribute(element, "style-name") or "")

    def ground_of(self, family: str, name: str) -> bool | None:
        """The same of a style by its name."""
        if (family, name) not in self._grounds:
            self._grounds[family, name] = self._ground_of(family, name)
        return self._grounds[family, name]

    def knows(self, family: str, name: str) -> bool:
        """Whether there is such a style."""
        return (family, name) in self._styles

    def fill_of(self, family: str, name: str) -> bool | None:
        """Whether the style of a shape or slide fills it with anything but white; None where it does not say."""
        for style in self._chain(family, name):
            look = child(style, "drawing-page-properties" if family == "drawing-page" else "graphic-properties")
            if look is not None and (fill := attribute(look, "fill")) is not None:
                return fill != "none" and not (fill == "solid" and is_white_word(attribute(look, "fill-color") or ""))
        return None

    def has_conditions(self, name: str) -> bool:
        """Whether a style of cells gives way to another one where a cell has certain values."""
        return any(child(style, "map") is not None for style in self._chain("table-cell", name))

    def _ground_of(self, family: str, name: str) -> bool | None:
        for style in self._chain(family, name):
            fill = attribute(drawn, "fill") if (drawn := child(style, "graphic-properties")) is not None else None
            if fill in ("gradient", "bitmap", "hatch"):
                return _PAINTS
            look = child(style, f"{family}-properties")
            if look is None:
                continue
            if child(look, "background-image", "binary-data") is not None or _linked(child(look, "background-image")):
                return _PAINTS
            colour = attribute(look, "background-color")
            if colour not in (None, "transparent"):
                return _WHITE if is_white_word(colour or "") else _PAINTS
        return None


def take_white(body: Element, *roots: Element | None) -> list[str]:
    """Take the white words that stand on white paper out of the text, those of each paragraph by themselves. ``roots`` are
    the document and its styles. Nothing is taken where pages, or pictures and shapes behind the text, may paint a ground."""
    styles = Looks(*roots)
    if any(_paints_pages(root) for root in roots):
        return []
    taken = []
    for part in within(body, "p", "h"):
        words: list[str] = []
        if _is_on_paper(part, styles):
            take_faint(part, styles, False, words)
        if text := "".join(words).strip():
            taken.append(text)
    return taken


def take_faint(part: Element, styles: Looks, faint: bool, words: list[str], depth: int = 0) -> None:
    """Take the white words of a paragraph or span over to ``words``; ``faint`` is what it inherits."""
    white, lit = styles.letters(part)
    faint = (faint if white is None else white) and not lit
    if faint and part.text:
        words.append(part.text)
        part.text = None
    for inner in part if depth < MOST_NESTING else ():
        name = local(inner)
        if name == "span":
            take_faint(inner, styles, faint, words, depth + 1)
        elif name in _BLANKS and faint:
            words.append(" ")
        if faint and inner.tail:
            words.append(inner.tail)
            inner.tail = None


def _is_on_paper(part: Element, styles: Looks) -> bool:
    """Whether nothing paints a ground behind a paragraph: the nearest of what it stands in that says so decides."""
    for holder in (part, *part.iterancestors()):
        name = local(holder)
        if name in SHAPES or name in ("g", "page", "note", "annotation"):
            return False
        if name in _FAMILIES and (ground := styles.ground(holder)) is not None:
            return not ground
    return True


def _paints_pages(root: Element | None) -> bool:
    for look in within(root, "page-layout-properties", "header-footer-properties", "drawing-page-properties"):
        colour = attribute(look, "background-color")
        fill = attribute(look, "fill") not in (None, "none") and not is_white_word(attribute(look, "fill-color") or "")
        if fill or (colour not in (None, "transparent") and not is_white_word(colour or "")):
            return True
        if _linked(child(look, "background-image")):
            return True
    return any(attribute(look, "run-through") == "background" for look in within(root, "graphic-properties"))


def _linked(picture: Element | None) -> bool:
    return picture is not None and bool(attribute(picture, "href"))


class WhiteCells:
    """Tells the white words of the cells of a workbook; ``roots`` are the document and its styles."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles = Looks(*roots)
        looks = (look for root in roots for look in within(root, "text-properties"))
        self._any = any(is_white_word(attribute(look, "color") or "") for look in looks)
        self._areas: list[tuple[int, int, int, int]] = []
        self._sheet_seen = False

    def begin(self, table: Element) -> None:
        """A sheet begins. Its rules may paint cells by their values, its pictures and shapes lie behind them."""
        rules = within(child(table, "conditional-formats"), "conditional-format")
        painting = [rule for rule in rules if any(True for _ in within(rule, "condition", "color-scale"))]
        ranges = [text for rule in painting for text in open_ranges(rule).split()]
        self._areas = [area for text in ranges[:MOST_RANGES] if (area := range_of(text))]
        behind = any(
            attribute(shape, "table-background") == "true" for shape in table.iter(*map("{*}".__add__, SHAPES))
        )
        grounded = self._styles.ground(table) is True
        self._sheet_seen = not self._any or behind or grounded or len(ranges) > MOST_RANGES

    def parted(self, cell: Element, style: str, row: int, column: int) -> tuple[str, str]:
        """What is seen of a cell, and what is not, in this place and the style that it takes from its column or row."""
        if self._sheet_seen:
            return cell_text(cell), ""
        look = attribute(cell, "style-name") or style
        white, lit = self._styles.letters_of("table-cell", look)
        plain = not white and not any(self._styles.letters(part)[0] for part in within(cell, "p", "span"))
        if plain or lit or self._may_be_painted(look, row, column):
            return cell_text(cell), ""
        seen, words = deepcopy(cell), list[str]()
        for part in seen:
            if local(part) == "p":
                take_faint(part, self._styles, bool(white), words)
                words.append("\n")
        return cell_text(seen), "".join(words).strip()

    def _may_be_painted(self, look: str, row: int, column: int) -> bool:
        if self._styles.ground_of("table-cell", look) or self._styles.has_conditions(look):
            return True
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._areas)
