"""What floats over the sheets of an old workbook: text boxes, signs, check boxes, charts and pictures.

xlrd reads cells only. The records are walked through once more here, for the drawing layer of each sheet (MS-ODRAW, called
Escher), the objects and texts that belong to its shapes (OBJ, TXO), and the charts embedded as streams of their own with
their cached numbers (MS-XLS 2.1.7.20.3, 2.4). A broken record ends the drawings of its sheet, never the sheet.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractors.charts import Chart, Series, chart_of
from extractors.spreadsheet_formats import show

# Records, shapes and pictures looked at in one file; an honest workbook of 30 sheets has some hundred thousand records.
MOST_RECORDS = 5_000_000
MOST_SHAPES = 5_000
MOST_DRAWING_BYTES = 64 * 1024 * 1024
MOST_POINTS = 20_000

_BOF, _EOF, _CONTINUE, _SHEET = 0x0809, 0x000A, 0x003C, 0x0085
_DRAWING, _DRAWINGS_OF_BOOK, _OBJECT, _TEXT = 0x00EC, 0x00EB, 0x005D, 0x01B6
_CHART_STREAM = 0x0020
_HEADS = {0x0014: "header", 0x0015: "footer"}
_BEGIN, _END, _SERIES, _LINKED_TEXT, _OBJECT_LINK, _CACHE = 0x1033, 0x1034, 0x1003, 0x100D, 0x1027, 0x1065
_NUMBER, _LABEL = 0x0203, 0x0204
# Escher records.
_SHAPE, _PROPERTIES, _ANCHOR, _CHILD_ANCHOR = 0xF00A, 0xF00B, 0xF010, 0xF00F
_SHAPE_HOLDER, _CLIENT_TEXT, _CLIENT_DATA, _BLIP_ENTRY = 0xF004, 0xF00D, 0xF011, 0xF007
_RASTERS = (0xF01D, 0xF01E, 0xF02A)  # JPEG and PNG
# Kinds of objects (MS-XLS 2.5.143).
CHART, NOTE = 5, 0x19
_CHECK_BOX, _OPTION = 0x0B, 0x0C
# Preset shapes that are laid over cells as marks (MS-ODRAW 2.4.24), by the names that the newer format gives them.
_PRESETS = {
    3: "ellipse", 4: "diamond", 5: "triangle", 12: "star5", 13: "rightArrow", 23: "donut", 57: "noSmoking",
    66: "leftArrow", 67: "downArrow", 68: "upArrow", 96: "smileyFace", 110: "flowChartDecision",
    120: "flowChartConnector", 123: "flowChartSummingJunction", 127: "flowChartExtract", 128: "flowChartMerge",
}  # fmt: skip
_WHITE = 0xFFFFFF


@dataclass
class Shape:
    """A shape on a sheet: its cells (rows and columns from 0, with the share of the cell before its corner), its text
    and what it draws. ``preset`` is the name of a sign, ``picture`` the number of a picture of the workbook from 1.
    """

    start: tuple[float, float] = (0.0, 0.0)
    end: tuple[float, float] = (0.0, 0.0)
    text: str = ""
    preset: str | None = None
    filled: bool = True
    turned: bool = False
    hidden: bool = False
    picture: int = 0
    object: int = 0
    check: bool | None = None
    chart: Chart | None = None


@dataclass
class SheetDrawings:
    """The shapes of a sheet in the order they were drawn, and whether some could not be read."""

    shapes: list[Shape] = field(default_factory=list)
    damaged: bool = False
    # Kind and code of what is printed at the edges of its pages.
    heads: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """A record of the workbook stream."""

    kind: int
    data: bytes


class Drawings:
    """The drawings of a workbook stream by the names of its sheets; sheets that are charts have one chart each."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._sheets: dict[str, int] = {}
        self.chart_sheets: dict[str, int] = {}
        self._pictures = b""
        self._blips: list[bytes] | None = None
        try:
            self._globals()
        except (struct.error, IndexError, ValueError):
            self._sheets.clear()

    @classmethod
    def of_file(cls, path: Path) -> "Drawings":
        """The drawings of an old workbook file; none where it has no stream of the newer kind (before Excel 97)."""
        import olefile

        try:
            with olefile.OleFileIO(str(path)) as storage:
                stream = storage.openstream("Workbook").read()
        except Exception:  # not a compound file, or broken: the cells were read by other means
            stream = b""
        return cls(stream)

    def sheet(self, name: str) -> SheetDrawings:
        """What floats over a sheet."""
        found = SheetDrawings()
        at = self._sheets.get(name, self.chart_sheets.get(name))
        if at is None:
            return found
        try:
            _Reader(found).read(_records(self._stream, at))
        except (struct.error, IndexError, ValueError):
            found.damaged = True
        return found

    def picture(self, number: int) -> bytes | None:
        """The bytes of a JPEG or PNG picture by its number from 1; None for drawings in vectors and broken ones."""
        if self._blips is None:
            try:
                self._blips = list(_blips(self._pictures))
            except (struct.error, IndexError, ValueError):
                self._blips = []
        return self._blips[number - 1] or None if 0 < number <= len(self._blips) else None

    def _globals(self) -> None:
        parts: list[bytes] = []
        for record in _records(self._stream, 0):
            if record.kind == _SHEET:
                position, _, kind, length, flags = struct.unpack_from("<IBBBB", record.data)
                raw = record.data[8:]
                name = raw[: 2 * length].decode("utf-16-le", "replace") if flags & 1 else raw[:length].decode("latin-1")
                (self.chart_sheets if kind == 2 else self._sheets)[name] = position
            elif record.kind == _DRAWINGS_OF_BOOK:
                parts.append(record.data)
        self._pictures = b"".join(parts)[:MOST_DRAWING_BYTES]


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one substream, those of streams within it too; continuations of drawings as drawings."""
    depth = 0
    previous = 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _CONTINUE and previous in (_DRAWING, _DRAWINGS_OF_BOOK):
            kind = previous
        yield Record(kind, data)
        if kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        previous = kind


class _Reader:
    """One sheet: the drawing stream is joined, objects, texts and charts are kept in their order, then matched."""

    def __init__(self, found: SheetDrawings) -> None:
        self._found = found
        self._drawing: list[bytes] = []
        self._objects: list[Shape] = []
        self._texts: list[str] = []

    def read(self, records: Iterator[Record]) -> None:
        depth = 0
        waiting: list[Record] | None = None
        for record in records:
            if waiting is not None:
                if record.kind == _CONTINUE:
                    waiting.append(record)
                    continue
                self._texts.append(_text(waiting))
                waiting = None
            if record.kind == _BOF:
                depth += 1
                kind = struct.unpack_from("<HH", record.data)[1]
                if kind == _CHART_STREAM:
                    chart = _ChartReader().read(records)
                    depth -= 1
                    if depth == 0:  # the sheet itself is a chart
                        self._found.shapes.append(Shape(chart=chart, object=CHART))
                        return
                    if self._objects:
                        self._objects[-1].chart = chart
            elif record.kind == _DRAWING:
                self._drawing.append(record.data)
            elif record.kind == _OBJECT:
                self._objects.append(_object(record.data))
            elif record.kind == _TEXT:
                waiting = [record]
            elif record.kind in _HEADS and depth == 1 and len(record.data) > 3:
                self._found.heads.append((_HEADS[record.kind], _head(record.data)))
        self._match(b"".join(self._drawing)[:MOST_DRAWING_BYTES])

    def _match(self, drawing: bytes) -> None:
        objects, texts = iter(self._objects), iter(self._texts)
        shape: Shape | None = None
        group: Shape | None = None
        for kind, instance, data in _escher(drawing):
            if kind == _SHAPE_HOLDER:
                shape = Shape()
                self._found.shapes.append(shape)
                if len(self._found.shapes) > MOST_SHAPES:
                    raise ValueError
            elif shape is None:
                continue
            elif kind == _SHAPE:
                flags = struct.unpack_from("<II", data)[1]
                shape.preset = _PRESETS.get(instance)
                shape.turned = bool(flags & 0x80)
                if flags & 1:  # the shape that stands for a whole group
                    group = shape
            elif kind == _PROPERTIES:
                _properties(shape, instance, data)
            elif kind == _ANCHOR and len(data) >= 18:
                left, dx, top, dy, right, dx2, bottom, dy2 = struct.unpack_from("<8H", data, 2)
                shape.start = (top + min(dy, 255) / 256, left + min(dx, 1023) / 1024)
                shape.end = (bottom + min(dy2, 255) / 256, right + min(dx2, 1023) / 1024)
            elif kind == _CHILD_ANCHOR and group is not None:
                shape.start, shape.end = group.start, group.end
                shape.preset = None  # a part of a drawing is no mark
            elif kind == _CLIENT_DATA:
                of_object = next(objects, None)
                if of_object is not None:
                    shape.object, shape.check, shape.chart = of_object.object, of_object.check, of_object.chart
            elif kind == _CLIENT_TEXT:
                shape.text = next(texts, "")


def _head(data: bytes) -> str:
    """The code of a printed header or footer (MS-XLS 2.4.136, 2.5.294)."""
    size, flags = struct.unpack_from("<HB", data)
    return data[3 : 3 + 2 * size].decode("utf-16-le", "replace") if flags & 1 else data[3 : 3 + size].decode("latin-1")


def _escher(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Kind, instance and content of the drawing records, those within containers too, in order."""
    at = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & 0xF == 0xF:  # a container: its parts follow
            yield kind, version >> 4, b""
        else:
            yield kind, version >> 4, data[at : at + size]
            at += size


def _properties(shape: Shape, count: int, data: bytes) -> None:
    """Turn, picture, fill and visibility of a shape (MS-ODRAW 2.3: names of properties, flags with a use bit each)."""
    for at in range(0, min(6 * count, len(data) - 5), 6):
        name, value = struct.unpack_from("<HI", data, at)
        match name & 0x3FFF:
            case 0x0004:
                degrees = (value >> 16) % 360
                shape.turned ^= 150 <= degrees <= 210
            case 0x0104:
                shape.picture = value
            case 0x0181 if value & 0xFFFFFF == _WHITE:
                shape.filled = False
            case 0x01BF if value & 0x100000 and not value & 0x10:
                shape.filled = False
            case 0x03BF if value & 0x20000 and value & 0x2:
                shape.hidden = True


def _object(data: bytes) -> Shape:
    """Kind of an object and the state of its box, from the sub-records of OBJ."""
    shape = Shape()
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == 0x15 and size >= 2:
            shape.object = struct.unpack_from("<H", data, at + 4)[0]
        elif kind == 0x12 and size >= 2 and shape.object in (_CHECK_BOX, _OPTION):
            shape.check = struct.unpack_from("<H", data, at + 4)[0] == 1
        elif kind == 0:
            break
        at += 4 + size
    return shape


def _text(records: list[Record]) -> str:
    """The text of TXO: its length in the record, its letters in the continuations, each with a flag for two bytes."""
    left = struct.unpack_from("<H", records[0].data, 10)[0]
    parts: list[str] = []
    for record in records[1:]:
        if left <= 0 or not record.data:
            break
        wide = record.data[0] & 1
        raw = record.data[1:]
        part = raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1")
        parts.append(part[:left])
        left -= len(part)
    return "".join(parts)


class _ChartReader:
    """A chart by its cache: names of its series, categories and values as saved, title and axis titles."""

    def read(self, records: Iterator[Record]) -> Chart | None:
        """Read up to the end of the chart's stream."""
        names: list[str] = []
        heads: dict[int, str] = {}
        numbers: dict[int, dict[int, dict[int, tuple[str, str | None]]]] = {1: {}, 2: {}}
        path: list[int] = []
        last = kind = points = 0
        text = ""
        for record in records:
            if record.kind == _EOF:
                break
            if record.kind == _BEGIN:
                path.append(last)
            elif record.kind == _END and path:
                path.pop()
            elif record.kind == _SERIES:
                names.append("")
            elif record.kind == _LINKED_TEXT:
                text = _short_text(record.data)
                if path and path[-1] == _SERIES and names:
                    names[-1] = text
            elif record.kind == _OBJECT_LINK and text:
                heads.setdefault(struct.unpack_from("<H", record.data)[0], text)
                text = ""
            elif record.kind == _CACHE:
                kind = struct.unpack_from("<H", record.data)[0]
            elif record.kind in (_NUMBER, _LABEL) and kind in numbers and points < MOST_POINTS:
                points += 1
                at, series = struct.unpack_from("<HH", record.data)
                numbers[kind].setdefault(series, {})[at] = _cached(record)
            last = record.kind
        series_found = [
            Series(
                names[at] if at < len(names) else "",
                {point: shown for point, (shown, _) in numbers[2].get(at, {}).items()},
                values,
            )
            for at, values in sorted(numbers[1].items())
        ]
        titles = [heads[1]] if 1 in heads else []
        axes = " | ".join(heads[at] for at in (3, 2) if at in heads)
        return chart_of(series_found, [*titles, *([axes] if axes else [])])


def _cached(record: Record) -> tuple[str, str | None]:
    """A cached point: what is shown and its number."""
    if record.kind == _NUMBER:
        number = struct.unpack_from("<d", record.data, 6)[0]
        try:
            seen = show(number, "General")
        except (ValueError, OverflowError):
            return str(number), None
        return seen.text, seen.value
    length, wide = struct.unpack_from("<HB", record.data, 6)
    raw = record.data[9:]
    return (raw[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else raw[:length].decode("latin-1")), None


def _short_text(data: bytes) -> str:
    length, wide = data[2], data[3]
    raw = data[4:]
    return raw[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else raw[:length].decode("latin-1")


def _blips(data: bytes) -> Iterator[bytes]:
    """The pictures of a workbook in the order of their numbers; empty bytes for those that are not JPEG or PNG."""
    for kind, _, content in _escher(data):
        if kind != _BLIP_ENTRY:
            continue
        yield _raster(content)


def _raster(entry: bytes) -> bytes:
    if len(entry) < 44:
        return b""
    version, kind, size = struct.unpack_from("<HHI", entry, 36 + entry[33])
    if kind not in _RASTERS:
        return b""
    # An odd instance says that two digests of 16 bytes stand before the picture.
    begin = 36 + entry[33] + 8 + (33 if (version >> 4) & 1 else 17)
    return entry[begin : 36 + entry[33] + 8 + size]
