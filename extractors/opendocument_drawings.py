"""What is drawn into OpenDocument files: shapes with text, pictures, charts and other objects, controls of forms; and what
stands at the edges of their pages."""

from collections.abc import Iterator, Mapping

from extractors.charts import Series, chart_of
from extractors.document import BlockKind
from extractors.draft import Draft, one_line
from extractors.embedded import Pictures
from extractors.errors import DamagedFile
from extractors.formulas import mathml
from extractors.locators import Locator
from extractors.opendocument_text import SHAPES, line_of, rows, shown_by, text_of
from extractors.packages import Element, Package, attribute, child, children, local, within
from extractors.spreadsheet_drawings import put_chart

_EDGES: dict[str, BlockKind] = {
    "header": "header", "header-left": "header", "header-first": "header",
    "footer": "footer", "footer-left": "footer", "footer-first": "footer",
}  # fmt: skip
# Fields that a program fills in when it prints, and the words of a line that holds nothing besides: "Page 1 of 3".
_COMPUTED = ("page-number", "page-count", "sheet-name", "date", "time", "file-name", "title")
PAGE_WORDS = 4


class Drawings:
    """Writes the drawings of one file."""

    def __init__(self, package: Package, draft: Draft, known: Mapping[str, str]) -> None:
        self._package = package
        self._draft = draft
        self._known = known
        self._pictures = Pictures(package, draft)
        self._shapes = 0

    def write(
        self, shape: Element, place: Locator, *, texts: bool = True, hidden: bool = False, depth: int = 0
    ) -> None:
        """Write a shape, those of a group one by one; without ``texts`` only what no paragraph tells."""
        self._shapes += 1
        if self._shapes > self._draft.policy.shapes:
            self._draft.once("limit_exceeded", "The file holds more shapes than are read of one file.")
            return
        if depth > self._draft.policy.nesting:
            self._draft.too_deep()
            return
        name = local(shape)
        if name in ("g", "a"):
            for inner in shape:
                self.write(inner, place, texts=texts, hidden=hidden, depth=depth + 1)
        elif name == "control":
            self._draft.block("drawing", shown_by(shape, self._known), place, hidden=hidden)
        elif name in SHAPES:
            if texts:
                self._draft.block("drawing", text_of(shape), place, hidden=hidden)
            self._content(shape, place, hidden)

    def _content(self, shape: Element, place: Locator, hidden: bool) -> None:
        """The object or else the picture of a frame: beside an object stands a picture of it."""
        for part in children(shape):
            if local(part) in ("object", "object-ole"):
                self._object(attribute(part, "href") or "", place, hidden)
                return
        for part in children(shape):
            if local(part) == "image":
                self._pictures.write((attribute(part, "href") or "").removeprefix("./"), place, hidden)
                return

    def _object(self, link: str, place: Locator, hidden: bool) -> None:
        name = f"{link.removeprefix('./').rstrip('/')}/content.xml"
        if not self._package.first_time(name) or self._draft.stops():
            return
        try:
            root = self._package.maybe_xml(name)
        except DamagedFile:
            root = None
        chart = next(within(root, "chart"), None) if root is not None else None
        chart = next(within(chart, "chart"), None) if chart is not None and child(chart, "chart") is not None else chart
        if chart is not None:
            heads = [one_line(text_of(part)) for part in within(chart, "title", "subtitle", "footer")]
            put_chart(chart_of(list(_series(chart)), [text for text in heads if text]), place, self._draft, hidden)
        elif root is not None and local(root) == "math":
            self._draft.block("drawing", mathml(root), place, hidden=hidden)
        else:
            self._draft.left("object_not_read", "An object of another program was not read.", place)


def _series(chart: Element) -> Iterator[Series]:
    """The columns of the table that a chart keeps of its numbers: names in the first row, categories in the first column."""
    table = next(within(chart, "table"), None)
    lines = [
        [(text_of(cell), attribute(cell, "value")) for cell in children(row) if local(cell) == "table-cell"]
        for row in (rows(table) if table is not None else ())
    ]
    if not lines:
        return
    heads, body = lines[0], lines[1:]
    categories = {at: line[0][0] for at, line in enumerate(body) if line and line[0][0]}
    columns: dict[int, dict[int, tuple[str, str | None]]] = {}
    for at, line in enumerate(body):
        for column, cell in enumerate(line[1:], start=1):
            if cell[0]:
                columns.setdefault(column, {})[at] = cell
    for column in sorted(columns):
        yield Series(heads[column][0] if column < len(heads) else "", categories, columns[column])


def write_edges(
    package: Package,
    draft: Draft,
    kind: BlockKind,
    place: Locator | None = None,
    used: frozenset[str] = frozenset(),
    *,
    bare: bool = False,
) -> None:
    """Write the page headers, or the page footers, each text once: they stand with the styles of the pages. ``used`` are the
    names of the styles that are looked at, none being all; ``bare`` leaves out lines of page numbers and names of sheets,
    which every new workbook has."""
    seen: set[str] = set()
    root = package.maybe_xml("styles.xml")
    for page in within(root, "master-page"):
        if used and attribute(page, "name") not in used:
            continue
        for part in children(page):
            if _EDGES.get(local(part)) != kind or attribute(part, "display") == "false":
                continue
            text = "\n".join(_edge_lines(part, bare))
            if text and text not in seen:
                seen.add(text)
                draft.block(kind, text, place or draft.paragraph())


def _edge_lines(holder: Element, bare: bool) -> list[str]:
    """Paragraphs and table rows of an edge; the three regions of a sheet's."""
    lines = []
    for part in children(holder):
        if local(part) in ("p", "h"):
            line = one_line(line_of(part))
            computed = next(within(part, *_COMPUTED), None) is not None
            lines.append("" if bare and computed and len(line.split()) <= PAGE_WORDS else line)
        elif local(part) == "table":
            for row in rows(part):
                cells = [one_line(text_of(cell)) for cell in children(row) if local(cell) == "table-cell"]
                lines.append(" | ".join(cells) if any(cells) else "")
        elif local(part) in ("region-left", "region-center", "region-right", "section", "list", "list-item"):
            lines.extend(_edge_lines(part, bare))
    return [line for line in lines if line]
