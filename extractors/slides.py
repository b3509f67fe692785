"""Presentations (PPTX, PPTM) and OpenDocument slides: shapes in reading order, groups, tables, charts, notes,
comments."""

from dataclasses import dataclass
from pathlib import Path

from extractors import progress
from extractors.delimited import cell_kind
from extractors.detect import ODP, PPTX
from extractors.diagrams import diagram_text
from extractors.document import BlockKind, Document
from extractors.draft import Draft, one_line
from extractors.drawingml import Frame, body_text, branches, inside, is_hidden, lines, name_of, segment
from extractors.embedded import Pictures
from extractors.fishbones import bones_of
from extractors.grids import GridCell, region_block
from extractors.grids_layout import one_region
from extractors.locators import Box, Locator, SlideLocator
from extractors.packages import Element, Package, child, children, local, whole, within
from extractors.policy import ExtractionPolicy
from extractors.slide_layouts import Layouts, box_of, is_beside
from extractors.slide_white import WhiteSlides
from extractors.spreadsheet_drawings import write_chart
from extractors.spreadsheet_styles import relation_id

# Size of a slide where the file does not say: 10 by 7.5 inches in English Metric Units.
_WIDTH, _HEIGHT = 9_144_000, 6_858_000
# Placeholders that repeat on every slide and say nothing of it.
_REPEATED = frozenset({"sldNum", "dt", "ftr", "hdr"})
# Shapes whose tops differ by less than this share of the height stand on one line and are read from left to right.
_LINE_SHARE = 0.04


@dataclass
class _Shape:
    element: Element
    kind: str
    name: str
    box: Box | None
    placeholder: str
    hidden: bool


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a presentation: one part a slide, hidden slides marked. Raises an ExtractionError where it is none."""
    draft = Draft(path, name, PPTX, policy)
    with Package(path, policy) as package:
        if "content.xml" in package and "ppt/presentation.xml" not in package:
            from extractors.opendocument import read_odp

            draft.media_type = ODP
            read_odp(package, draft)
        else:
            _read_pptx(package, draft)
    return draft.document()


def _read_pptx(package: Package, draft: Draft) -> None:
    main = package.main_part("ppt/presentation.xml")
    root = package.xml(main)
    draft.metadata = package.metadata()
    links = package.relationships(main)
    size = child(root, "sldSz")
    width = whole(size.get("cx"), _WIDTH) if size is not None else _WIDTH
    height = whole(size.get("cy"), _HEIGHT) if size is not None else _HEIGHT
    entries = child(root, "sldIdLst")
    slides = [links.get(relation_id(entry) or "") for entry in children(entries)]
    total = min(len(slides), draft.policy.slides)
    pictures = Pictures(package, draft)
    layouts = Layouts(package, width or _WIDTH, height or _HEIGHT)
    white = WhiteSlides(package, main, root)
    behind: set[str] = set()
    for number, link in enumerate(slides, start=1):
        if number > draft.policy.slides or draft.full or progress.out_of_time():
            draft.part("slide", f"Slide {number}", read=False)
            draft.once(
                "limit_exceeded", f"From slide {number} on, the presentation was not read: it reached the set limit."
            )
            continue
        slide = package.maybe_xml(link.target) if link is not None and not link.external else None
        if slide is None or link is None:
            draft.part("slide", f"Slide {number}", read=False)
            draft.left("damaged_part", f"Slide {number} is missing or damaged.")
            continue
        draft.progress = (number - 1, total)
        hidden = slide.get("show") in ("0", "false")
        draft.part("slide", f"Slide {number}", hidden=hidden)
        reader = _Slide(
            package, link.target, number, width or _WIDTH, height or _HEIGHT, hidden, draft, pictures, layouts, behind
        )
        reader.read(slide, white)
        progress.tick(number, total)


class _Slide:
    def __init__(
        self,
        package: Package,
        part: str,
        number: int,
        width: int,
        height: int,
        hidden: bool,
        draft: Draft,
        pictures: Pictures,
        layouts: Layouts,
        shown_before: set[str],
    ) -> None:
        self._package = package
        self._part = part
        self._number = number
        self._width = width
        self._height = height
        self._hidden = hidden
        self._draft = draft
        self._pictures = pictures
        self._links = package.relationships(part)
        self._shown_before = shown_before
        self._layout = layouts.of(part)

    def read(self, root: Element, white: WhiteSlides) -> None:
        """Write the shapes of the slide, white words on white ground by themselves, then its notes and comments."""
        # Of a hidden slide nobody sees anything.
        faint = white.take(root, self._layout.sources, self._links) if not self._hidden else {}
        tree = child(root, "cSld", "spTree")
        shapes: list[_Shape] = []
        if tree is not None:
            self._collect(tree, Frame(), shapes, 0, False)
        for shape in shapes:
            if any(look.get("strike", "noStrike") != "noStrike" for look in within(shape.element, "rPr")):
                self._draft.struck(self._place(shape))
        told = self._fishbone(shapes)
        whole_slide = self._hidden
        for shape in _in_reading_order(shapes):
            self._hidden = whole_slide or shape.hidden
            place = self._place(shape)
            if id(shape) not in told:
                self._shape(shape, place)
            for text in faint.get(shape.element, ()):
                self._draft.block("paragraph", text, place, hidden=True)
        self._hidden = whole_slide
        if root.get("showMasterSp") not in ("0", "false"):
            self._backdrop()
        self._notes()
        self._comments()

    def _shape(self, shape: _Shape, place: SlideLocator) -> None:
        if shape.kind == "pic":
            self._picture(shape.element, place)
        elif shape.kind == "graphicFrame":
            self._frame(shape, place)
        else:
            self._text(shape, place)

    def _backdrop(self) -> None:
        """What layout and master show behind every slide, such as the number of a form: once a presentation."""
        for text, name, box in self._layout.behind:
            if text not in self._shown_before:
                self._shown_before.add(text)
                place = SlideLocator(slide=self._number, shape=name, boxes=(box,) if box else ())
                self._add("footer", text, place)

    def _fishbone(self, shapes: list[_Shape]) -> set[int]:
        """Write the branches of a fishbone drawn in loose shapes; which shapes they told."""
        loose = [
            shape
            for shape in shapes
            if shape.box and not shape.placeholder and not shape.hidden and shape.kind in ("sp", "cxnSp")
        ]
        boxes = [_rect(shape.box, self._width, self._height) for shape in loose if shape.box]
        texts = [one_line(body_text(child(shape.element, "txBody"))) for shape in loose]
        lines = [segment(shape.element, box) for shape, box in zip(loose, boxes, strict=True)]
        bones = bones_of(boxes, texts, [line for line in lines if line])
        for bone in bones:
            places = tuple(box for at in bone.members if (box := loose[at].box))
            place = SlideLocator(slide=self._number, shape=loose[bone.name].name, boxes=places)
            self._add("drawing", bone.text(texts), place)
        return {id(loose[at]) for bone in bones for at in bone.members}

    def _collect(self, holder: Element, frame: Frame, shapes: list[_Shape], depth: int, hidden: bool) -> None:
        """The shapes below an element; those switched off and those wholly beside the slide are hidden."""
        if depth > self._draft.policy.nesting:
            self._draft.too_deep()
            return
        for part in branches(holder):
            kind = local(part)
            if kind == "grpSp":
                self._collect(part, inside(part, frame), shapes, depth + 1, hidden or is_hidden(part))
            elif kind in ("sp", "pic", "graphicFrame", "cxnSp"):
                if len(shapes) >= self._draft.policy.shapes:
                    self._draft.once("limit_exceeded", "A slide holds more shapes than are read of one slide.")
                    return
                placeholder = next(part.iter("{*}ph"), None)
                role = (placeholder.get("type") or "body") if placeholder is not None else ""
                box = box_of(part, frame, self._width, self._height)
                if box is None and placeholder is not None:
                    box = self._layout.boxes.get((role, placeholder.get("idx", ""))) or self._layout.boxes.get(
                        (role, "")
                    )
                unseen = hidden or is_hidden(part) or is_beside(part, frame, self._width, self._height)
                shapes.append(_Shape(part, kind, name_of(part) or kind, box, role, unseen))

    def _place(self, shape: _Shape) -> SlideLocator:
        return SlideLocator(slide=self._number, shape=shape.name, boxes=(shape.box,) if shape.box else ())

    def _text(self, shape: _Shape, place: SlideLocator) -> None:
        body = child(shape.element, "txBody")
        found = [line for line in lines(body) if line.text.strip()]
        if not found:
            return
        if shape.placeholder in ("title", "ctrTitle"):
            self._add("heading", one_line(" ".join(line.text for line in found)), place, level=1)
        elif shape.placeholder == "subTitle":
            self._add("heading", one_line(" ".join(line.text for line in found)), place, level=2)
        elif shape.placeholder in _REPEATED:
            self._add("footer", one_line(" ".join(line.text for line in found)), place)
        elif shape.placeholder or any(line.bullet for line in found):
            for line in found:
                kind: BlockKind = "list_item" if line.bullet or shape.placeholder in ("body", "obj") else "paragraph"
                self._add(kind, line.text, place, level=line.level + 1 if kind == "list_item" else 0)
        else:
            text = "\n".join(line.text for line in found)
            self._add("paragraph" if len(text) > 60 else "drawing", text, place)

    def _add(self, kind: BlockKind, text: str, place: Locator, level: int = 0) -> None:
        self._draft.block(kind, text, place, level=level, hidden=self._hidden)

    def _picture(self, element: Element, place: Locator) -> None:
        for blip in within(element, "blip"):
            link = self._links.get(relation_id(blip, "embed") or "")
            self._pictures.write(link.target if link is not None and not link.external else None, place, self._hidden)

    def _frame(self, shape: _Shape, place: SlideLocator) -> None:
        """A table, chart or diagram."""
        table = next(shape.element.iter("{*}tbl"), None)
        if table is not None:
            self._table(table, place)
            return
        for part in shape.element.iter("{*}chart"):
            link = self._links.get(relation_id(part) or "")
            target = link.target if link is not None and not link.external else ""
            write_chart(self._package, target, place, self._draft, self._hidden)
            return
        for part in shape.element.iter("{*}relIds"):
            self._add(
                "drawing", diagram_text(self._package, self._links, relation_id(part, "dm") or "", self._draft), place
            )
            return
        if next(shape.element.iter("{*}oleObj"), None) is not None:
            self._draft.left("object_not_read", "An object of another program was not read.", place)

    def _table(self, table: Element, place: SlideLocator) -> None:
        properties = child(table, "tblPr")
        cells: list[GridCell] = []
        for number, row in enumerate((part for part in table if local(part) == "tr"), start=1):
            for column, entry in enumerate((part for part in row if local(part) == "tc"), start=1):
                if entry.get("hMerge") in ("1", "true") or entry.get("vMerge") in ("1", "true"):
                    continue
                text = body_text(child(entry, "txBody"))
                kind = cell_kind(one_line(text)) if text else "empty"
                down, across = (max(1, min(whole(entry.get(key), 1), 500)) for key in ("rowSpan", "gridSpan"))
                bold = any(mark.get("b") in ("1", "true") for mark in entry.iter("{*}rPr"))
                cells.append(GridCell(number, column, text, down, across, kind, bold=bold, bordered=True))
            if len(cells) > self._draft.cells_left:
                break
        if not cells:
            return
        region = one_region(cells)
        if properties is not None and properties.get("firstRow") in ("1", "true") and region.kind == "table":
            region.header_rows = max(1, region.header_rows)
        region.hidden = self._hidden
        region_block(self._draft, region, lambda *_: place)

    def _notes(self) -> None:
        for part in self._package.related(self._part, "notesSlide"):
            root = self._package.maybe_xml(part)
            for shape in within(root, "sp"):
                placeholder = next(shape.iter("{*}ph"), None)
                if placeholder is None or placeholder.get("type") in ("body", None):
                    place = SlideLocator(slide=self._number, shape="Notes")
                    self._add("note", body_text(child(shape, "txBody")), place)

    def _comments(self) -> None:
        for part in self._package.related(self._part, "comments"):
            root = self._package.maybe_xml(part)
            for comment in within(root, "cm", "reply"):
                text = child(comment, "text")
                words = (text.text or "") if text is not None else body_text(child(comment, "txBody"))
                self._add("comment", words, SlideLocator(slide=self._number, shape="Comment"))


def _rect(box: Box, width: int, height: int) -> tuple[float, float, float, float]:
    return box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height


def _in_reading_order(shapes: list[_Shape]) -> list[_Shape]:
    """Title first, then line by line from the top, each line from the left; shapes without a place keep theirs at
    the end."""

    def key(entry: tuple[int, _Shape]) -> tuple[int, int, float, int]:
        order, shape = entry
        if shape.placeholder in ("title", "ctrTitle"):
            return 0, 0, 0.0, order
        if shape.placeholder in _REPEATED:
            return 3, 0, 0.0, order
        if shape.box is None:
            return 2, 0, 0.0, order
        return 1, int(shape.box.y0 / _LINE_SHARE), shape.box.x0, order

    return [shape for _, shape in sorted(enumerate(shapes), key=key)]
