"""What floats over a sheet: text boxes, signs laid over cells, charts, pictures, form controls and comments."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractors.charts import Chart, chart_remarks, read_chart
from extractors.diagrams import diagram_text
from extractors.draft import Draft, one_line
from extractors.drawingml import body_text, branches, is_hidden, name_of, segment, sign, unseen_text
from extractors.embedded import Pictures
from extractors.errors import DamagedFile
from extractors.fishbones import bones_of
from extractors.geometry import Rect
from extractors.grids import GridCell
from extractors.locators import Locator, SheetLocator
from extractors.packages import Element, Package, Relationship, child, local, whole, within
from extractors.spreadsheet_controls import Lists, older_controls, state
from extractors.spreadsheet_sheet import Sheet, place_of, range_name
from extractors.spreadsheet_styles import relation_id, rich_text

# Default size of a cell in English Metric Units, to tell which of two cells a shape mostly covers.
_ROW_EMU = 190_500
_COLUMN_EMU = 609_600
TOO_MANY_SHAPES = "The workbook holds more shapes than are read of one file."


class Floating(NamedTuple):
    """A text, comment, chart or picture over a sheet; ``text`` is the name of the part of a chart or picture, ``hidden`` whether
    it is switched off."""

    kind: Literal["drawing", "comment", "chart", "picture"]
    text: str
    place: SheetLocator
    hidden: bool = False


@dataclass
class Anchor:
    """Where a drawing hangs: first and last cell, and the cell under its middle. All from 1."""

    top: int
    left: int
    bottom: int
    right: int
    middle: tuple[int, int]


class DrawingReader:
    """Reads the drawings of one workbook's sheets into the draft, signs into the sheet's own cells."""

    def __init__(self, package: Package, draft: Draft, lists: Lists) -> None:
        self._package = package
        self._draft = draft
        self._lists = lists
        self._pictures = Pictures(package, draft)
        self._shapes = 0

    def collect(self, part: str, sheet: Sheet) -> list[Floating]:
        """What floats over a sheet, in reading order. Signs over empty cells become the text of the cells."""
        found: list[Floating] = []
        links = self._package.relationships(part)
        checks = self._checks(sheet, links)
        for link in links.values():
            if link.external or link.target not in self._package:
                continue
            if link.type == "drawing":
                root = self._package.maybe_xml(link.target)
                if root is None:
                    self._draft.once("damaged_part", "A drawing of this workbook is damaged and was not read.")
                    continue
                found.extend(self._drawing(root, link.target, sheet, checks))
            elif link.type == "comments":
                found.extend(self._comments(link.target, sheet))
            elif link.type == "threadedComment":
                found.extend(self._threads(link.target, sheet))
            elif link.type == "slicer":
                found.extend(self._slicers(link.target, sheet))
        known = {shape for shape, _ in sheet.controls}
        for link in links.values():
            if link.type == "vmlDrawing" and not link.external:
                found.extend(self._older(link.target, sheet, known))
        for row, column, part in sheet.pictures:
            found.append(Floating("picture", part, sheet.place(row, column, row, column)))
        found.sort(key=lambda entry: place_of(entry.place.cells.partition(":")[0]) or (1, 1))
        return found

    def _older(self, part: str, sheet: Sheet, known: set[str]) -> Iterator[Floating]:
        try:
            for text, start, end in older_controls(self._package, part, sheet, known, self._lists):
                self._shapes += 1
                if self._shapes > self._draft.policy.shapes:
                    self._draft.once("limit_exceeded", TOO_MANY_SHAPES)
                    return
                anchor = anchor_of(start, end)
                yield Floating("drawing", text, sheet.place(anchor.top, anchor.left, anchor.bottom, anchor.right))
        except DamagedFile:
            self._draft.once("damaged_part", "A drawing of this workbook is damaged and was not read.")

    def _slicers(self, part: str, sheet: Sheet) -> Iterator[Floating]:
        """The captions of the filters that lie over a sheet."""
        for slicer in within(self._package.maybe_xml(part), "slicer"):
            yield Floating("drawing", slicer.get("caption") or slicer.get("name") or "", sheet.place(1, 1, 1, 1))

    def write(self, found: list[Floating], hidden: bool) -> None:
        """Write what floats over a sheet into the draft; charts and pictures are read only now."""
        for entry in found:
            if entry.kind == "picture" and not entry.text:
                self._draft.left("picture_not_read", "A picture was not read.", entry.place)
            elif entry.kind == "picture":
                self._pictures.write(entry.text, entry.place, hidden)
            elif entry.kind == "chart":
                write_chart(self._package, entry.text, entry.place, self._draft, hidden)
            else:
                self._draft.block(entry.kind, entry.text, entry.place, hidden=hidden or entry.hidden)

    def _drawing(self, root: Element, part: str, sheet: Sheet, checks: dict[str, str]) -> Iterator[Floating]:
        links = self._package.relationships(part)
        told: set[Element] = set()
        for bone, place in self._fishbone(root, sheet, told):
            yield Floating("drawing", bone, place)
        for holder in branches(root):
            anchor = _anchor(holder)
            if anchor is None:
                continue
            where = range_name(anchor.top, anchor.left, anchor.bottom, anchor.right)
            for shape in branches(holder):
                kind = local(shape)
                if kind not in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp"):
                    continue
                if is_hidden(shape):
                    place = SheetLocator(sheet=sheet.name, cells=where, shape=name_of(shape) or None)
                    yield Floating("drawing", unseen_text(shape), place, hidden=True)
                    continue
                self._shapes += 1
                if self._shapes > self._draft.policy.shapes:
                    self._draft.once("limit_exceeded", TOO_MANY_SHAPES)
                    return
                place = SheetLocator(sheet=sheet.name, cells=where, shape=name_of(shape) or None)
                if shape in told:
                    continue
                for inner in within(shape, "sp"):
                    if inner is not shape and is_hidden(inner):
                        yield Floating("drawing", unseen_text(inner), place, hidden=True)
                if text := self._text(shape, checks, told):
                    yield Floating("drawing", text, place)
                elif kind == "sp" and (mark := sign(shape)):
                    yield from mark_cell(mark, anchor, sheet, place)
                for inner in within(shape, "relIds"):
                    yield Floating(
                        "drawing",
                        diagram_text(self._package, links, relation_id(inner, "dm") or "", self._draft),
                        place,
                    )
                for linked, holders in (("chart", ("chart",)), ("picture", ("blip",))):
                    for inner in within(shape, *holders):
                        link = links.get(relation_id(inner) or relation_id(inner, "embed") or "")
                        if link is not None and not link.external:
                            yield Floating(linked, link.target, place)  # type: ignore[arg-type]

    def _fishbone(self, root: Element, sheet: Sheet, told: set[Element]) -> Iterator[tuple[str, SheetLocator]]:
        """The branches of a fishbone drawn in loose shapes, with their places; ``told`` gets the shapes they tell."""
        shapes: list[tuple[Element, Rect, Anchor]] = []
        for holder in branches(root):
            anchor, box = _anchor(holder), _box(holder)
            if anchor and box:
                for shape in branches(holder):
                    self._loose(shape, box, anchor, shapes, 0)
        texts = [one_line(body_text(child(shape, "txBody"))) for shape, _, _ in shapes]
        lines = [line for shape, box, _ in shapes if (line := segment(shape, box))]
        for bone in bones_of([box for _, box, _ in shapes], texts, lines):
            told.update(shapes[at][0] for at in bone.members)
            anchors = [shapes[at][2] for at in bone.members]
            cells = range_name(
                min(a.top for a in anchors), min(a.left for a in anchors), max(a.bottom for a in anchors), max(a.right for a in anchors)
            )  # fmt: skip
            yield (
                bone.text(texts),
                SheetLocator(sheet=sheet.name, cells=cells, shape=name_of(shapes[bone.name][0]) or None),
            )

    def _loose(
        self, shape: Element, box: Rect, anchor: Anchor, found: list[tuple[Element, Rect, Anchor]], depth: int
    ) -> None:
        """The shapes under an anchor, those of groups by their place in the group."""
        if is_hidden(shape) or depth > self._draft.policy.nesting or len(found) >= self._draft.policy.shapes:
            return
        if local(shape) in ("sp", "cxnSp"):
            found.append((shape, box, anchor))
        elif local(shape) == "grpSp":
            form = child(shape, "grpSpPr", "xfrm")
            inner, size = child(form, "chOff"), child(form, "chExt")
            if inner is None or size is None:
                return
            x0, y0 = whole(inner.get("x")), whole(inner.get("y"))
            wide, high = whole(size.get("cx")) or 1, whole(size.get("cy")) or 1
            across, down = (box[2] - box[0]) / wide, (box[3] - box[1]) / high
            for part in branches(shape):
                own = child(part, "grpSpPr" if local(part) == "grpSp" else "spPr", "xfrm")
                start, ext = child(own, "off"), child(own, "ext")
                if start is not None and ext is not None:
                    left, top = (
                        box[0] + (whole(start.get("x")) - x0) * across,
                        box[1] + (whole(start.get("y")) - y0) * down,
                    )
                    right, bottom = left + whole(ext.get("cx")) * across, top + whole(ext.get("cy")) * down
                    self._loose(part, (left, top, right, bottom), anchor, found, depth + 1)

    def _text(self, shape: Element, checks: dict[str, str], told: Collection[Element] = (), depth: int = 0) -> str:
        """The text of a shape; of a group all its texts in the order a person reads, top to bottom and left to
        right, but for shapes whose text was told before."""
        if depth > self._draft.policy.nesting:
            self._draft.too_deep()
            return ""
        if is_hidden(shape) or shape in told:
            return ""
        if local(shape) != "grpSp":
            text = body_text(child(shape, "txBody"))
            properties = next(shape.iter("{*}cNvPr"), None)
            box = checks.get(properties.get("id", "")) if properties is not None else None
            return f"{box} {text}".strip() if box else text
        parts = []
        for order, inner in enumerate(branches(shape)):
            if local(inner) in ("sp", "grpSp", "cxnSp") and (text := self._text(inner, checks, told, depth + 1)):
                offset = next(inner.iter("{*}off"), None)
                x, y = (whole(offset.get("x")), whole(offset.get("y"))) if offset is not None else (0, 0)
                parts.append((y, x, order, text))
        return "\n".join(text for _, _, _, text in sorted(parts))

    def _checks(self, sheet: Sheet, links: dict[str, Relationship]) -> dict[str, str]:
        """The state of check boxes and option buttons by shape id: ☑ ☐ ◉ ○; of lists what is chosen."""
        found: dict[str, str] = {}
        for shape, link_id in sheet.controls[: self._draft.policy.shapes]:
            link = links.get(link_id)
            root = self._package.maybe_xml(link.target) if link is not None else None
            if root is None:
                continue
            kind = root.get("objectType", "")
            shown = state(kind, root.get("checked") == "Checked")
            if kind in ("Drop", "List"):
                shown = self._lists.chosen(sheet, root.get("fmlaRange", ""), whole(root.get("sel")))
            if shown:
                found[shape] = shown
        return found

    def _comments(self, part: str, sheet: Sheet) -> Iterator[Floating]:
        root = self._package.maybe_xml(part)
        for comment in within(root, "comment"):
            text = child(comment, "text")
            written = rich_text(text) if text is not None else ""
            # Newer programs leave a notice here and keep the words in the thread.
            if written.startswith("[Threaded comment]"):
                continue
            yield Floating("comment", written, _cell_place(sheet, comment.get("ref", "")))

    def _threads(self, part: str, sheet: Sheet) -> Iterator[Floating]:
        root = self._package.maybe_xml(part)
        for comment in within(root, "threadedComment"):
            text = child(comment, "text")
            words = (text.text or "") if text is not None else ""
            yield Floating("comment", words, _cell_place(sheet, comment.get("ref", "")))


def write_chart(package: Package, part: str, place: Locator, draft: Draft, hidden: bool = False) -> None:
    """Write the chart of a part by its cached numbers, or say that it was not read."""
    if not package.first_time(part) or draft.stops():
        return
    root = package.maybe_xml(part)
    put_chart(read_chart(root) if root is not None else None, place, draft, hidden)
    if root is None:
        return
    drawn = [
        body_text(body)
        for shapes in package.related(part, "chartUserShapes")
        for body in within(package.maybe_xml(shapes), "txBody")
    ]
    remarks, cut = chart_remarks(root)
    draft.block("drawing", "\n".join(filter(None, [*remarks, *drawn])), place, hidden=hidden)
    if cut:
        draft.left("limit_exceeded", "A chart has more labels than are read of one chart.", place)


def put_chart(chart: Chart | None, place: Locator, draft: Draft, hidden: bool = False) -> None:
    """Write a chart by its cached numbers, or say that it was not read."""
    if chart is None or chart.table is None:
        draft.left("chart_not_read", "A chart keeps no numbers in the file, so it was not read.", place)
    if chart is not None:
        draft.block("chart", chart.text, place, table=chart.table, hidden=hidden)
        if chart.cut:
            draft.left("limit_exceeded", "A chart has more points than are read of one chart.", place)


def mark_cell(mark: str, anchor: Anchor, sheet: Sheet, place: SheetLocator) -> Iterator[Floating]:
    """A sign over a cell: into an empty cell of the grid, beside the text of a filled one as a drawing of its
    own."""
    row, column = anchor.middle
    if anchor.bottom - anchor.top > 3 or anchor.right - anchor.left > 6:
        return  # too large for a mark: a decoration or a frame
    cell = sheet.cells.get((row, column)) or _covering(sheet, row, column)
    if cell is None or not cell.text:
        if cell is None:
            cell = sheet.cells[row, column] = GridCell(row, column)
        cell.text, cell.kind = mark, "text"
    elif cell.text in "○●◎△▲▽▼◇◆☆★×⊗⊘☺→←↑↓":
        cell.text += mark
    else:
        where = range_name(cell.row, cell.column, cell.last_row, cell.last_column)
        yield Floating("drawing", f"{mark} {one_line(cell.text)}", place.model_copy(update={"cells": where}))


def _cell_place(sheet: Sheet, reference: str) -> SheetLocator:
    where = place_of(reference) or (1, 1)
    return SheetLocator(sheet=sheet.name, cells=range_name(*where, *where))


def _covering(sheet: Sheet, row: int, column: int) -> GridCell | None:
    """The merged cell that covers a place."""
    for top, left, right in sheet.merged_rows.get(row, ()):
        if left <= column <= right:
            return sheet.cells.get((top, left))
    return None


def _anchor(holder: Element) -> Anchor | None:
    """The cells of an anchor; one without cells (absolute) hangs at the top of the sheet."""
    kind = local(holder)
    if kind == "absoluteAnchor":
        return Anchor(1, 1, 1, 1, (1, 1))
    start = _marker(child(holder, "from"))
    if start is None:
        return None
    end = _marker(child(holder, "to"))
    if end is None:
        size = child(holder, "ext")
        wide = whole(size.get("cx")) / _COLUMN_EMU if size is not None else 0
        high = whole(size.get("cy")) / _ROW_EMU if size is not None else 0
        end = (start[0] + min(high, 1000), start[1] + min(wide, 1000))
    return anchor_of(start, end)


def _box(holder: Element) -> Rect | None:
    """Where an anchor's shape lies on the sheet, in EMU of cells of the default size."""
    start, end = _marker(child(holder, "from")), _marker(child(holder, "to"))
    if start is None:
        return None
    if end is None:
        size = child(holder, "ext")
        wide, high = (whole(size.get("cx")), whole(size.get("cy"))) if size is not None else (0, 0)
        return (
            start[1] * _COLUMN_EMU, start[0] * _ROW_EMU, start[1] * _COLUMN_EMU + wide, start[0] * _ROW_EMU + high
        )  # fmt: skip
    return start[1] * _COLUMN_EMU, start[0] * _ROW_EMU, end[1] * _COLUMN_EMU, end[0] * _ROW_EMU


def anchor_of(start: tuple[float, float], end: tuple[float, float]) -> Anchor:
    """The cells between two corners, each row and column from 0 with the share of the cell that lies before it."""
    middle = (int((start[0] + end[0]) / 2) + 1, int((start[1] + end[1]) / 2) + 1)
    top, left = int(start[0]) + 1, int(start[1]) + 1
    return Anchor(top, left, max(top, int(end[0]) + 1), max(left, int(end[1]) + 1), middle)


def _marker(marker: Element | None) -> tuple[float, float] | None:
    """Row and column from 0, with the share of the cell that lies before the point."""
    if marker is None:
        return None
    values = {local(part): whole(part.text) for part in marker}
    row = max(0, min(values.get("row", 0), 1_048_575)) + min(max(values.get("rowOff", 0), 0) / _ROW_EMU, 0.99)
    column = max(0, min(values.get("col", 0), 16_383)) + min(max(values.get("colOff", 0), 0) / _COLUMN_EMU, 0.99)
    return row, column
