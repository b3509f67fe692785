"""What the named styles of Word paragraphs and letters say of letters: white, not shown, tiny, or with something that shows
them on white paper (ECMA-376 part 1, 17.7)."""

from dataclasses import dataclass

from extractors.colours import is_white_word
from extractors.packages import Element, attribute, child, children, is_on, local, whole

# A style is based on another; longer chains are circles.
MOST_ANCESTORS = 12
# Letters smaller than this, in half points, are not seen on paper.
TINY_HALF_POINTS = 4
# Effects of letters that are seen on white paper whatever their colour (ECMA-376 part 1, 17.3.2.23; [MS-DOCX] 2.6.1).
_OUTLINES = ("outline", "textOutline", "textFill", "glow")


@dataclass(frozen=True)
class Letters:
    """Whether letters are white, switched off, tiny or struck through, and whether they bring a ground or an outline of
    their own; None where nothing says so."""

    white: bool | None = None
    off: bool | None = None
    tiny: bool | None = None
    lit: bool | None = None
    struck: bool | None = None

    @property
    def unseen(self) -> bool:
        """Whether nobody sees the letters on any ground."""
        return bool(self.off or self.tiny)

    @property
    def faint(self) -> bool:
        """Whether nobody sees the letters on white paper."""
        return bool(self.white and not self.lit)

    def over(self, below: "Letters") -> "Letters":
        """These, and what they leave open as it is below them."""
        if below is PLAIN:
            return self
        return Letters(
            below.white if self.white is None else self.white,
            below.off if self.off is None else self.off,
            below.tiny if self.tiny is None else self.tiny,
            below.lit if self.lit is None else self.lit,
            below.struck if self.struck is None else self.struck,
        )


PLAIN = Letters()


def letters_of(properties: Element | None) -> Letters:
    """What properties of a run or a style (``w:rPr``) say themselves."""
    white = off = tiny = lit = struck = None
    for part in children(properties):
        value = attribute(part, "val")
        match local(part):
            case "vanish":
                off = value is None or is_on(value)
            case "sz":
                tiny = 0 < whole(value, 0) < TINY_HALF_POINTS
            case "color":
                white = is_white_word(value or "")
            case "strike" | "dstrike":
                struck = bool(struck) or value is None or is_on(value)
            case "shd" | "highlight":
                lit = True
            case name if name in _OUTLINES and _is_drawn(part):
                lit = True
    return Letters(white, off, tiny, lit, struck)


def _is_drawn(effect: Element) -> bool:
    return child(effect, "noFill") is None and is_on(attribute(effect, "val") or "1")


class LetterStyles:
    """The letters of the styles of a document; ``root`` is its part with them."""

    def __init__(self, root: Element | None) -> None:
        self._entries = {
            attribute(entry, "styleId") or "": entry
            for entry in children(root)
            if local(entry) == "style" and attribute(entry, "type") in (None, "paragraph", "character")
        }
        self._default = next(
            (
                name
                for name, entry in self._entries.items()
                if is_on(attribute(entry, "default")) and attribute(entry, "type") != "character"
            ),
            "",
        )
        self._known: dict[str, Letters] = {}

    def of_paragraph(self, properties: Element | None) -> Letters:
        """The letters of a paragraph with such properties (``w:pPr``) where its runs say nothing."""
        link = child(properties, "pStyle")
        return self._of((attribute(link, "val") or "") if link is not None else self._default)

    def of_run(self, properties: Element | None) -> Letters:
        """What the named style of a run with such properties (``w:rPr``) says."""
        link = child(properties, "rStyle")
        return self._of(attribute(link, "val") or "") if link is not None else PLAIN

    def _of(self, name: str, depth: int = 0) -> Letters:
        entry = self._entries.get(name)
        if entry is None or depth > MOST_ANCESTORS:
            return PLAIN
        if name not in self._known:
            parent = child(entry, "basedOn")
            below = self._of(attribute(parent, "val") or "", depth + 1) if parent is not None else PLAIN
            self._known[name] = letters_of(child(entry, "rPr")).over(below)
        return self._known[name]
