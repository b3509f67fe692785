"""White words of slides on white ground, which nobody sees (ECMA-376 part 1, 21.1.2): of a run by itself, or by the list
styles of its shape, layout and master. Where it is not sure that nothing shows them, they are seen."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.geometry import Rect
from extractors.packages import Element, Package, Relationship, child, children, local, whole, within
from extractors.slide_colours import Palette, fill_of
from extractors.slide_grounds import Drawn, Grounds, is_lit, placeholder_of
from extractors.slide_layouts import Sources

# Levels of lists.
_LEVELS = 9
# The size of letters where nobody says it, in hundredths of a point.
_SIZE = 1_800
_EMU = 127
# Room that words take, in sizes of their letters: a letter of an alphabet, and the height of a line.
_WIDE, _HIGH = 0.6, 1.2
_EAST_ASIAN = "\u2e80"
# Margins of a shape around its words, left and right together, above and below together (21.1.2.1.1).
_MARGINS = 2 * 91_440, 2 * 45_720
# Fields that programs fill in by themselves.
_COUNTED = ("slidenum", "datetime")
_STYLES = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "dt": "otherStyle",
    "ftr": "otherStyle",
    "sldNum": "otherStyle",
}


@dataclass(frozen=True)
class _Run:
    text: Element
    words: str
    white: bool
    size: int


class WhiteSlides:
    """Takes white words out of the slides of a presentation; ``main`` is the name of its main part, ``root`` its root."""

    def __init__(self, package: Package, main: str, root: Element) -> None:
        self._default = child(root, "defaultTextStyle")
        self._tables = package.maybe_xml(next(iter(package.related(main, "tableStyles")), None))

    def take(self, slide: Element, sources: Sources | None, links: dict[str, Relationship]) -> dict[Element, list[str]]:
        """Take the white words on white ground out of a slide; those of each shape, of a table cell by cell."""
        if sources is None or any(link.type == "themeOverride" for link in links.values()):
            return {}
        grounds = Grounds(slide, sources, self._tables)
        taken: dict[Element, list[str]] = {}
        # By shape, as all cells of a table share their ground.
        bare: dict[Element, bool] = {}
        for shape in grounds.shapes:
            name = local(shape.element)
            if name == "sp":
                bodies = self._of_shape(shape, grounds, sources)
            elif name == "graphicFrame":
                bodies = self._of_table(shape, grounds)
            else:
                continue
            for paragraphs, place in bodies:
                if shape.element not in bare:
                    bare[shape.element] = grounds.is_white and not grounds.are_below(place, shape.element)
                if bare[shape.element]:
                    taken.setdefault(shape.element, []).append(_words(paragraphs))
        return taken

    def _of_shape(
        self, shape: Drawn, grounds: Grounds, sources: Sources
    ) -> Iterator[tuple[list[list[_Run]], Rect | None]]:
        body = child(shape.element, "txBody")
        if body is None:
            return
        letters = _Letters(grounds.palette, shape, self._styles(shape, sources))
        paragraphs = letters.paragraphs(body)
        if not _says_white(paragraphs) or grounds.fills(shape) or grounds.lights(shape):
            return
        if is_lit(child(body, "bodyPr")) or child(body, "bodyPr", "flatTx") is not None:
            return
        yield paragraphs, _grown(shape, paragraphs)

    def _of_table(self, frame: Drawn, grounds: Grounds) -> Iterator[tuple[list[list[_Run]], Rect | None]]:
        table = child(frame.element, "graphic", "graphicData", "tbl")
        plain: bool | None = None
        # Rows grow with their words, so that a cell may lie anywhere below the head of its table.
        place = (*frame.place[:3], float("inf")) if frame.place else None
        for cell in within(table, "tc"):
            body, properties = child(cell, "txBody"), child(cell, "tcPr")
            if body is None or any(cell.get(merge) in ("1", "true") for merge in ("hMerge", "vMerge")):
                continue
            paragraphs = _Letters(grounds.palette, Drawn(cell, None), []).paragraphs(body)
            if not _says_white(paragraphs) or grounds.palette.shows(fill_of(properties)) or is_lit(properties):
                continue
            plain = not grounds.fills_table(table) if plain is None else plain
            if plain:
                yield paragraphs, place

    def _styles(self, shape: Drawn, sources: Sources) -> list[Element | None]:
        """The list styles that hold for words of which the shape and its placeholders say nothing."""
        placeholder = placeholder_of(shape.element)
        styles = child(sources.master, "txStyles")
        if placeholder is None:
            return [self._default, child(styles, "otherStyle")]
        style = _STYLES.get(placeholder.get("type") or "", "bodyStyle")
        return [child(styles, style), *([self._default] if style == "otherStyle" else [])]


class _Letters:
    """The letters of a shape; ``styles`` are those of the master and the presentation."""

    def __init__(self, palette: Palette, shape: Drawn, styles: list[Element | None]) -> None:
        self._palette = palette
        holders = (shape.element, *shape.models)
        self._lists = [child(holder, "txBody", "lstStyle") for holder in holders]
        fonts = (child(holder, "style", "fontRef") for holder in holders)
        colours = [next(children(font), None) for font in fonts if font is not None]
        self._font = next((palette.is_white(colour) for colour in colours if colour is not None), None)
        self._styles = styles
        self._levels: dict[int, tuple[list[Element], bool]] = {}

    def paragraphs(self, body: Element) -> list[list[_Run]]:
        """The runs of each paragraph."""
        return [list(self._runs(paragraph)) for paragraph in within(body, "p")]

    def _runs(self, paragraph: Element) -> Iterator[_Run]:
        properties = child(paragraph, "pPr")
        level = whole(properties.get("lvl")) if properties is not None else 0
        inherited, white = self._inherited(max(0, min(level, _LEVELS - 1)))
        # Some programs go by what a paragraph says of its letters, others do not: it can make them seen only.
        said = fill_of(child(properties, "defRPr"))
        white = white and (said is None or not self._palette.shows(said))
        for run in children(paragraph):
            text = child(run, "t")
            if local(run) not in ("r", "fld") or text is None or not text.text:
                continue
            own = child(run, "rPr")
            looks = [own, *inherited] if own is not None else inherited
            faint = white if (fill := fill_of(own)) is None else not self._palette.shows(fill)
            sizes = (whole(look.get("sz")) for look in looks)
            counted = (run.get("type") or "").startswith(_COUNTED)
            seen = not faint or counted or self._is_lit(own, looks)
            yield _Run(text, text.text, not seen, next((size for size in sizes if size > 0), _SIZE))

    def _inherited(self, level: int) -> tuple[list[Element], bool]:
        """What holds for the letters of a level of the list, nearest first, and whether it makes them white."""
        if level not in self._levels:
            name = f"lvl{level + 1}pPr"
            near, far = (
                [look for style in styles if (look := child(style, name, "defRPr")) is not None]
                for styles in (self._lists, self._styles)
            )
            said = [not self._palette.shows(fill) for look in near if (fill := fill_of(look)) is not None][:1]
            # Programs do not agree on which of these two comes first: both must be white.
            said += [self._font] if self._font is not None else []
            if not said:
                said = [not self._palette.shows(fill) for look in far if (fill := fill_of(look)) is not None]
            self._levels[level] = [*near, *far], bool(said) and all(said)
        return self._levels[level]

    def _is_lit(self, own: Element | None, looks: list[Element]) -> bool:
        """Whether letters have an outline, a shadow, a mark of colour, or the colour of links."""
        if any(local(part) in ("hlinkClick", "hlinkMouseOver", "AlternateContent") for part in children(own)):
            return True
        line = next((found for look in looks if (found := child(look, "ln")) is not None), None)
        if line is not None and ((fill := fill_of(line)) is None or self._palette.shows(fill)):
            return True
        mark = next((found for look in looks if (found := child(look, "highlight")) is not None), None)
        if mark is not None and not self._palette.is_white(next(children(mark), None)):
            return True
        shadows = (look for look in looks if any(local(part).startswith("effect") for part in children(look)))
        return is_lit(next(shadows, None))


def _says_white(paragraphs: list[list[_Run]]) -> bool:
    return any(run.white and run.words.strip() for runs in paragraphs for run in runs)


def _words(paragraphs: list[list[_Run]]) -> str:
    """Take the white words out of paragraphs, one a line; what was parted by seen ones stays parted."""
    told = []
    for runs in paragraphs:
        words = ""
        before = " "
        for run in runs:
            words += run.words if run.white else " "
            if run.white:
                # Their room on the slide parts what stands beside them.
                run.text.text = "" if before[-1].isspace() else " "
            before = run.text.text or " "
        told.append(" ".join(words.split()))
    return "\n".join(filter(None, told))


def _grown(shape: Drawn, paragraphs: list[list[_Run]]) -> Rect | None:
    """The place of a shape with room for words that run over its edges to any side; None where that is not known."""
    if shape.place is None:
        return None
    body = child(shape.element, "txBody", "bodyPr")
    setups = [
        setup for part in (shape.element, *shape.models) if (setup := child(part, "txBody", "bodyPr")) is not None
    ]
    if any(setup.get("vert") not in (None, "horz") or whole(setup.get("rot")) for setup in setups):
        return None
    x0, y0, x1, y1 = shape.place
    broken = not any(setup.get("wrap") == "none" for setup in setups)
    across, down = 0.0, 0.0
    for runs in paragraphs:
        size = _EMU * max((run.size for run in runs), default=_SIZE)
        wide = sum(_EMU * run.size * sum(1 if sign >= _EAST_ASIAN else _WIDE for sign in run.words) for run in runs)
        room = max(x1 - x0 - _MARGINS[0], size)
        down += size * _HIGH * (1 + wide // room if broken else 1)
        across = max(across, min(wide, room) if broken else wide)
    shrunk = child(body, "normAutofit") is not None
    right = max(0.0, across + _MARGINS[0] - (x1 - x0))
    low = 0.0 if shrunk else max(0.0, down + _MARGINS[1] - (y1 - y0))
    return x0 - right, y0 - low, x1 + right, y1 + low
