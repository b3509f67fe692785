"""What is painted behind the words of Word tables: by cells, rows, the table and its style (ECMA-376 part 1, 17.3.5)."""

from extractors.colours import is_white_word
from extractors.packages import Element, attribute, child, children, is_on, within

# A style is based on another; longer chains are circles.
MOST_ANCESTORS = 12
_NO_PATTERN = (None, "clear", "nil")


def paints(shade: Element | None) -> bool:
    """Whether a shading colours the ground: by its fill or by a pattern over it."""
    if shade is None:
        return False
    fill = (attribute(shade, "fill") or "auto").lower()
    return (fill != "auto" and not is_white_word(fill)) or attribute(shade, "val") not in _NO_PATTERN


class TableGrounds:
    """Which tables of a document may paint the ground of cells that say nothing of it themselves."""

    def __init__(self, styles: Element | None) -> None:
        self._styles = {
            attribute(entry, "styleId") or "": entry
            for entry in children(styles)
            if attribute(entry, "type") == "table"
        }
        self._default = next((key for key, entry in self._styles.items() if is_on(attribute(entry, "default"))), None)
        self._known: dict[str, bool] = {}

    def of(self, table: Element) -> bool:
        """Whether a table may paint the ground of some of its cells: itself, or its style, for whichever of its rows."""
        setup = child(table, "tblPr")
        if paints(child(setup, "shd")):
            return True
        named = child(setup, "tblStyle")
        name = attribute(named, "val") if named is not None else self._default
        return name is not None and self._of_style(name, 0)

    def _of_style(self, name: str, depth: int) -> bool:
        entry = self._styles.get(name)
        if entry is None or depth > MOST_ANCESTORS:
            return True  # nobody knows what it paints
        if name not in self._known:
            parent = child(entry, "basedOn")
            self._known[name] = any(map(paints, within(entry, "shd"))) or (
                parent is not None and self._of_style(attribute(parent, "val") or "", depth + 1)
            )
        return self._known[name]


def is_white_cell(cell: Element, ground: bool) -> bool:
    """Whether a cell is white paper; ``ground`` says whether the table may paint what it says nothing of."""
    shade = child(child(cell, "tcPr"), "shd")
    row = cell.getparent()
    own = child(child(row, "tblPrEx"), "shd") if row is not None else None
    if shade is None:
        return not ground and not paints(own)
    if is_white_word(attribute(shade, "fill") or ""):
        return not paints(shade)
    return not paints(shade) and not ground and not paints(own)
