"""What is drawn on a PDF page besides text: straight lines that may rule a table, fills, pictures.

Positions are those of the page as shown, in points.
"""

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extractors import pdf_calls
from extractors.geometry import Frame, Rect

# A path thinner than this is a line, whatever it is drawn with.
THIN = 2.5
# A line shorter than this rules nothing.
SHORT = 3.0
# A path of more points is a drawing or a letter, no ruling.
PATH_POINTS = 400
# A plain rectangle has no more points than this.
PLAIN_POINTS = 6
# No letter of a text is larger, in points.
LETTER = 40.0
# More painted areas than this are a drawing; then each edge counts as seen.
MOST_FILLS = 1_500
# Points beside an edge at which the colour is looked up: what has one colour on both sides is not seen.
BESIDE = 0.8
# Forms within forms that are looked into.
FORM_DEPTH = 3
WHITE = 250
# Text render modes 3 and 7 paint nothing (PDF 32000-1 table 106).
_INVISIBLE_MODES = (3, 7)

Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Cover:
    """Something opaque: its place among the objects of the page, where it lies, and the picture where it is one."""

    order: int
    rect: Rect
    picture: Any = None


@dataclass(slots=True)
class Drawn:
    """``outlines`` are small filled shapes with curves or many corners: letters, where they stand in rows; ``stems`` are small
    plain ones, which an l or a full stop may be.

    ``covers`` are pictures and opaque areas that come after text, ``texts`` the text objects with their order.

    ``unseen`` is whether some text is white or paints nothing.

    ``across`` and ``upright`` are rulings as thin rectangles, ``fills`` areas painted in any colour but white."""

    across: list[Rect] = field(default_factory=list)
    upright: list[Rect] = field(default_factory=list)
    fills: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    texts: list[tuple[int, Any]] = field(default_factory=list)
    outlines: list[Rect] = field(default_factory=list)
    stems: list[Rect] = field(default_factory=list)
    paths: int = 0
    cut: bool = False
    unseen: bool = False

    @property
    def rulings(self) -> int:
        """How many lines may rule a table."""
        return len(self.across) + len(self.upright)


class _Collector:
    def __init__(self, frame: Frame, limit: int) -> None:
        self.frame, self.left = frame, limit
        self.drawn = Drawn()
        self._painted: list[tuple[Rect, Colour]] = []
        self._edges: list[tuple[Rect, Rect, Colour]] = []
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._bound_refs = [ctypes.byref(value) for value in self._bounds]
        self._point = [ctypes.c_float() for _ in range(2)]
        self._point_refs = [ctypes.byref(value) for value in self._point]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._colour_refs = [ctypes.byref(value) for value in self._colour]
        self._matrix = pdfium.FS_MATRIX()
        self._mode = (ctypes.c_int(), ctypes.c_int())
        self._mode_refs = [ctypes.byref(value) for value in self._mode]

    def collect(self, count: int, get: Any, container: Any, matrix: Matrix, depth: int) -> None:
        text, get_type = pdfium.FPDF_PAGEOBJ_TEXT, pdf_calls.object_type
        get_handle, holder = pdf_calls.form_object if depth else pdf_calls.page_object, pdf_calls.handle(container)
        if count > self.left:
            count, self.drawn.cut = self.left, True
        self.left -= max(0, count)
        for at in range(count):
            item = get_handle(holder, at)
            kind = get_type(item)
            if kind == text:
                if depth == 0:
                    self.drawn.texts.append((at, item))
                if not self.drawn.unseen:
                    self.drawn.unseen = paints_nothing(item) or is_white(item)
                continue
            item = get(container, at)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix, at if depth == 0 else -1)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                rect = self._rect(item, matrix)
                if rect and kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    self.drawn.pictures.append(rect)
                    if self.drawn.texts and depth == 0 and not pdfium.FPDFPageObj_HasTransparency(item):
                        self.drawn.covers.append(Cover(at, rect, item))
                elif rect:
                    self.drawn.fills.append(rect)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
                inner = self._multiplied(item, matrix)
                self.collect(
                    pdfium.FPDFFormObj_CountObjects(item), pdfium.FPDFFormObj_GetObject, item, inner, depth + 1
                )

    def _multiplied(self, item: Any, outer: Matrix) -> Matrix:
        if not pdfium.FPDFPageObj_GetMatrix(item, self._matrix):
            return outer
        m = self._matrix
        a, b, c, d, e, f = outer
        return (
            m.a * a + m.b * c,
            m.a * b + m.b * d,
            m.c * a + m.d * c,
            m.c * b + m.d * d,
            m.e * a + m.f * c + e,
            m.e * b + m.f * d + f,
        )

    def _rect(self, item: Any, matrix: Matrix) -> Rect | None:
        if not pdfium.FPDFPageObj_GetBounds(item, *self._bound_refs):
            return None
        left, bottom, right, top = (value.value for value in self._bounds)
        return self._shown(left, bottom, right, top, matrix)

    def _shown(self, x0: float, y0: float, x1: float, y1: float, matrix: Matrix) -> Rect:
        if matrix is not _IDENTITY:
            a, b, c, d, e, f = matrix
            xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
            ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        return self.frame.shown(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _path(self, item: Any, matrix: Matrix, order: int) -> None:
        drawn = self.drawn
        drawn.paths += 1
        rect = self._rect(item, matrix)
        if not rect:
            return
        fill, stroke = self._mode
        if not pdfium.FPDFPath_GetDrawMode(item, *self._mode_refs) or not (fill.value or stroke.value):
            return
        stroked = bool(stroke.value)
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        if fill.value and width <= LETTER and height <= LETTER:
            few = pdfium.FPDFPath_CountSegments(item) <= PLAIN_POINTS
            (drawn.stems if few else drawn.outlines).append(rect)
        if height <= THIN < width:
            drawn.across.append(rect)
        elif width <= THIN < height:
            drawn.upright.append(rect)
        elif width > THIN and height > THIN:
            points = pdfium.FPDFPath_CountSegments(item)
            if points > PATH_POINTS:
                return
            colour = self._fill_colour(item) if fill.value else None
            if fill.value and order >= 0 and drawn.texts and points <= PLAIN_POINTS and self._is_opaque(item):
                seen = self._clipped(item, rect) if self._is_straight(item, points, matrix) else None
                if seen:
                    drawn.covers.append(Cover(order, seen))
            if colour:
                drawn.fills.append(rect)
                self._painted.append((rect, colour))
            if stroked or colour:
                self._segments(item, points, matrix, stroked, rect, colour)

    def _is_straight(self, item: Any, points: int, matrix: Matrix) -> bool:
        """Whether all edges of an area are level or upright: a triangle leaves half of its box open."""
        a, b, c, d, _, _ = self._multiplied(item, matrix)
        corners = []
        for at in range(points):
            segment = pdfium.FPDFPath_GetPathSegment(item, at)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
                return True  # a round corner
            pdfium.FPDFPathSegment_GetPoint(segment, *self._point_refs)
            x, y = self._point[0].value, self._point[1].value
            corners.append((a * x + c * y, b * x + d * y))
        return all(
            min(abs(x1 - x0), abs(y1 - y0)) <= THIN
            for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], *corners[:1]], strict=True)
        )

    def _clipped(self, item: Any, rect: Rect) -> Rect | None:
        """What a clip lets through of a box on the page itself; None where that is nothing."""
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
            xs, ys = [], []
            for at in range(min(PATH_POINTS, max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path)))):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, at), *self._point_refs)
                xs.append(self._point[0].value)
                ys.append(self._point[1].value)
            if xs:
                x0, y0, x1, y1 = self._shown(min(xs), min(ys), max(xs), max(ys), _IDENTITY)
                rect = max(rect[0], x0), max(rect[1], y0), min(rect[2], x1), min(rect[3], y1)
        return rect if rect[0] < rect[2] and rect[1] < rect[3] else None

    def _is_opaque(self, item: Any) -> bool:
        if pdfium.FPDFPageObj_HasTransparency(item):
            return False
        return not pdfium.FPDFPageObj_GetFillColor(item, *self._colour_refs) or self._colour[3].value == 255

    def _fill_colour(self, item: Any) -> Colour | None:
        """The colour of an area; None where it is white or not painted."""
        if not pdfium.FPDFPageObj_GetFillColor(item, *self._colour_refs):
            return (0, 0, 0)
        red, green, blue, alpha = (value.value for value in self._colour)
        return None if alpha == 0 or min(red, green, blue) >= WHITE else (red, green, blue)

    def _segments(
        self, item: Any, points: int, matrix: Matrix, stroked: bool, rect: Rect, colour: Colour | None
    ) -> None:
        """The straight level and upright lines of a path; a filled shape only where it is a plain rectangle."""
        lines: list[Rect] = []
        object_matrix = self._multiplied(item, matrix)
        a, b, c, d, e, f = object_matrix
        here = start = (0.0, 0.0)
        curved = False
        for at in range(points):
            segment = pdfium.FPDFPath_GetPathSegment(item, at)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, *self._point_refs)
            x, y = self._point[0].value, self._point[1].value
            point = (a * x + c * y + e, b * x + d * y + f)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                lines.append((*here, *point))
            else:
                curved = True
            here = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                lines.append((*here, *start))
                here = start
        if not stroked and (curved or len(lines) > 5):
            return
        for line in lines:
            across = abs(line[1] - line[3]) <= 0.5
            upright = abs(line[0] - line[2]) <= 0.5
            if across == upright:
                continue
            shown = self._shown(*line, _IDENTITY)
            if colour and not stroked:
                self._edges.append((shown, rect, colour))
            else:
                self._ruling(shown)

    def _ruling(self, shown: Rect) -> None:
        if shown[2] - shown[0] >= SHORT and shown[3] - shown[1] <= THIN:
            self.drawn.across.append(shown)
        elif shown[3] - shown[1] >= SHORT and shown[2] - shown[0] <= THIN:
            self.drawn.upright.append(shown)

    def add_edges_of_areas(self) -> None:
        """Take the edges of painted areas for rulings, but not those between two areas of one colour: nobody sees them."""
        by_colour: dict[Colour, list[Rect]] = {}
        if len(self._painted) <= MOST_FILLS:
            for rect, colour in self._painted:
                by_colour.setdefault(colour, []).append(rect)
        for edge, rect, colour in self._edges:
            x, y = (edge[0] + edge[2]) / 2, (edge[1] + edge[3]) / 2
            if edge[3] - edge[1] > edge[2] - edge[0]:
                x += BESIDE if x > (rect[0] + rect[2]) / 2 else -BESIDE
            else:
                y += BESIDE if y > (rect[1] + rect[3]) / 2 else -BESIDE
            areas = by_colour.get(colour, ())
            if not any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in areas):
                self._ruling(edge)


_COLOUR = (ctypes.c_uint * 4)()
_COLOUR_REFS = tuple(ctypes.byref(_COLOUR, 4 * at) for at in range(4))


def is_white(item: pdf_calls.Handle) -> bool:
    """Whether an object is filled in white."""
    if not pdf_calls.object_colour(item, *_COLOUR_REFS):
        return False
    return _COLOUR[0] >= WHITE and _COLOUR[1] >= WHITE and _COLOUR[2] >= WHITE and _COLOUR[3] > 0


def paints_nothing(item: pdf_calls.Handle) -> bool:
    """Whether a text object is written in a mode that paints nothing."""
    return bool(item) and pdf_calls.render_mode(item) in _INVISIBLE_MODES


def drawn_on(page: Any, frame: Frame, limit: int) -> Drawn:
    """Everything drawn on the page, at most ``limit`` objects of it."""
    collector = _Collector(frame, limit)
    collector.collect(pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, _IDENTITY, 0)
    collector.add_edges_of_areas()
    return collector.drawn
