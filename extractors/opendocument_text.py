"""The text of OpenDocument elements (ODF 1.3): paragraphs with their spans, cells, and the controls of forms."""

from collections.abc import Iterator, Mapping

from extractors.packages import Element, attribute, children, local, whole

MOST_NESTING = 60
# Shapes that may hold text.
SHAPES = frozenset({
    "frame", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "regular-polygon", "path",
    "connector", "caption", "measure",
})  # fmt: skip
_CONTAINERS = frozenset({"list", "list-item", "list-header", "section", "text-box"})
_UNSEEN = frozenset(
    {"annotation", "annotation-end", "note", "tracked-changes", "change", "ruby-text", "table", "forms"}
)
# Titles and descriptions of shapes are read aloud and not shown; programs make them up themselves.
_SPOKEN = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


def text_of(holder: Element, depth: int = 0) -> str:
    """The paragraphs below an element, one a line, without comments and tables."""
    lines = []
    for part in holder if depth < MOST_NESTING else ():
        if local(part) in ("p", "h"):
            lines.append(line_of(part))
        elif (local(part) in _CONTAINERS or local(part) in SHAPES) and (inner := text_of(part, depth + 1)):
            lines.append(inner)
    return "\n".join(line for line in lines if line.strip())


def cell_text(cell: Element) -> str:
    """The paragraphs of a cell of a sheet, without what is drawn over it."""
    return "\n".join(line for part in cell if local(part) == "p" and (line := line_of(part)).strip())


def line_of(element: Element, depth: int = 0) -> str:
    """The text of a paragraph with its spans, blanks and breaks."""
    parts = [element.text or ""]
    for part in element if depth < MOST_NESTING else ():
        match local(part):
            case "s":
                parts.append(" " * min(whole(attribute(part, "c"), 1), 200))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case name if name in _UNSEEN:
                pass
            case name if name in SHAPES:
                parts.append(" " + text_of(part))
            case _ if isinstance(part.tag, str) and not part.tag.startswith(_SPOKEN):
                parts.append(line_of(part, depth + 1))
        parts.append(part.tail or "")
    return "".join(parts)


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those in groups and headers too; a table inside a cell keeps its own."""
    for part in table:
        if local(part) == "table-row":
            yield part
        elif local(part) in ("table-header-rows", "table-row-group", "table-rows"):
            yield from rows(part)


def columns(table: Element) -> Iterator[Element]:
    """The descriptions of the columns of a table, those in groups and headers too."""
    for part in table:
        if local(part) == "table-column":
            yield part
        elif local(part) in ("table-header-columns", "table-column-group", "table-columns"):
            yield from columns(part)


def controls(root: Element) -> dict[str, str]:
    """What each control of the forms shows, by its id: a box with its state and label, a field with its value."""
    found = {}
    for form in root.iter("{*}form"):
        for control in children(form):
            if name := attribute(control, "id"):
                found[name] = _control(control)
    return found


def _control(control: Element) -> str:
    label = attribute(control, "label") or ""
    match local(control):
        case "checkbox":
            return f"{'☒' if attribute(control, 'current-state') == 'checked' else '☐'} {label}".strip()
        case "radio":
            return f"{'◉' if attribute(control, 'current-selected') == 'true' else '○'} {label}".strip()
        case "listbox":
            return "\n".join(
                attribute(option, "label") or ""
                for option in children(control)
                if local(option) == "option" and attribute(option, "current-selected") == "true"
            )
        case "hidden" | "password" | "file":
            return ""
        case "button":
            return label  # its value is what it sends
    return attribute(control, "current-value") or attribute(control, "value") or label


def shown_by(shape: Element, known: Mapping[str, str]) -> str:
    """What a control stands for that is drawn somewhere."""
    return known.get(attribute(shape, "control") or "", "")
