"""What floats over the sheets of old workbooks, on streams of records written by hand."""

import io
import struct

import pytest
import xlwt
from PIL import Image

from extractors import workbook_xls
from extractors.workbook_xls_drawings import CHART, Drawings, Shape


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def escher(kind: int, data: bytes = b"", instance: int = 0, container: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (0xF if container else 2), kind, len(data)) + data


def bof(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def shape(preset: int, cells: tuple[int, ...], parts: bytes = b"", flags: int = 0, **options: int) -> bytes:
    named = {"picture": 0x0104, "fill": 0x0181, "fill_flags": 0x01BF, "rotation": 0x0004, "hidden": 0x03BF}
    rows = b"".join(struct.pack("<HI", named[name], value) for name, value in options.items())
    top, left, bottom, right = cells
    return escher(
        0xF004,
        escher(0xF00A, struct.pack("<II", 1025, flags), preset)
        + escher(0xF00B, rows, len(options))
        + escher(0xF010, struct.pack("<9H", 0, left, 0, top, 0, right, 0, bottom, 0))
        + parts,
        container=True,
    )


def obj(kind: int, check: int | None = None) -> bytes:
    state = struct.pack("<HHHHHH", 0x12, 8, check, 0, 0, 0) if check is not None else b""
    return record(0x005D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + bytes(14) + state + bytes(4))


def txo(text: str, pieces: int = 1) -> bytes:
    head = record(0x01B6, struct.pack("<HHHHHHHH", 0, 0, 0, 0, 0, len(text), 16, 0))
    step = -(-len(text) // pieces)
    parts = (text[at : at + step] for at in range(0, len(text), step))
    return (
        head
        + b"".join(record(0x003C, b"\x01" + part.encode("utf-16-le")) for part in parts)
        + record(0x003C, bytes(16))
    )


TEXT, DATA = escher(0xF00D), escher(0xF011)


def stream(*sheets: bytes, names: tuple[str, ...] = ("Sheet1",), kind: int = 0, book: bytes = b"") -> bytes:
    size = sum(12 + len(name) for name in names)
    start = len(bof(5)) + size + len(book) + 4
    places = [start + sum(map(len, sheets[:at])) for at in range(len(sheets))]
    entries = b"".join(
        record(0x0085, struct.pack("<IBBBB", place, 0, kind, len(name), 0) + name.encode())
        for place, name in zip(places, names, strict=True)
    )
    return bof(5) + entries + book + record(0x000A) + b"".join(sheets)


def sheet(*records: bytes, kind: int = 0x0010) -> bytes:
    return bof(kind) + b"".join(records) + record(0x000A)


def shapes(*records: bytes, **options) -> list[Shape]:
    found = Drawings(stream(sheet(*records), **options)).sheet("Sheet1")
    assert not found.damaged
    return found.shapes


def test_text_boxes_are_read_with_their_cells_over_several_records():
    drawn = shape(202, (2, 1, 5, 3), DATA + TEXT)
    box = shapes(
        record(0x00EC, drawn[:-8]), obj(6), record(0x00EC, TEXT), txo("Ursache: Werkzeug verschlissen", pieces=3)
    )[0]
    assert box.text == "Ursache: Werkzeug verschlissen"
    assert (box.start, box.end) == ((2, 1), (5, 3))


def test_texts_and_objects_stay_with_their_shapes():
    first, second = shape(202, (0, 0, 1, 1), DATA + TEXT), shape(202, (4, 0, 5, 1), DATA + TEXT)
    found = shapes(record(0x00EC, first), obj(6), txo("Man"), record(0x00EC, second), obj(6), txo("Machine"))
    assert [box.text for box in found] == ["Man", "Machine"]


def test_signs_are_known_by_their_preset_fill_and_turn():
    open_circle = shape(3, (1, 1, 2, 2), fill_flags=0x100000)
    turned = shape(5, (1, 1, 2, 2), flags=0x80)
    half_turn = shape(5, (1, 1, 2, 2), rotation=180 << 16)
    white = shape(4, (1, 1, 2, 2), fill=0xFFFFFF)
    found = shapes(record(0x00EC, open_circle + turned + half_turn + white))
    assert [(s.preset, s.filled, s.turned) for s in found] == [
        ("ellipse", False, False),
        ("triangle", True, True),
        ("triangle", True, True),
        ("diamond", False, False),
    ]


def test_check_boxes_show_their_state_and_hidden_shapes_are_marked():
    boxes = shape(201, (0, 0, 1, 1), DATA) + shape(201, (1, 0, 2, 1), DATA, hidden=0x20002)
    on, off = shapes(record(0x00EC, boxes), obj(0x0B, 1), obj(0x0B, 0))
    assert (on.check, off.check) == (True, False)
    assert off.hidden


def text(words: str) -> bytes:
    return struct.pack("<HBB", 0, len(words), 0) + words.encode()


CHART_RECORDS = (
    record(0x1003),
    record(0x1033),
    record(0x100D, text("Rejects")),
    record(0x1034),
    record(0x1025),
    record(0x1033),
    record(0x100D, text("Rejection 2025")),
    record(0x1027, struct.pack("<HHH", 1, 0, 0)),
    record(0x1034),
    record(0x1065, struct.pack("<H", 1)),
    record(0x0203, struct.pack("<HHHd", 0, 0, 0, 2.5)),
    record(0x0203, struct.pack("<HHHd", 1, 0, 0, 1.75)),
    record(0x1065, struct.pack("<H", 2)),
    record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 3, 0) + b"Apr"),
    record(0x0204, struct.pack("<HHHHB", 1, 0, 0, 3, 0) + b"May"),
)


def test_numbers_that_only_a_chart_keeps_are_read():
    drawn = record(0x00EC, shape(201, (0, 0, 9, 5), DATA))
    after = record(0x00EC, shape(202, (12, 0, 13, 1), DATA + TEXT))
    chart, box = shapes(drawn, obj(CHART), sheet(*CHART_RECORDS, kind=0x20), after, obj(6), txo("after the chart"))
    assert chart.chart
    assert chart.chart.text == "Rejection 2025\n | Rejects\nApr | 2.5\nMay | 1.75"
    assert box.text == "after the chart"


def test_a_sheet_that_is_a_chart_is_read():
    drawings = Drawings(stream(sheet(*CHART_RECORDS, kind=0x20), names=("Chart1",), kind=2))
    assert list(drawings.chart_sheets) == ["Chart1"]
    chart = drawings.sheet("Chart1").shapes[0].chart
    assert chart
    assert "Apr | 2.5" in chart.text


@pytest.mark.parametrize(("instance", "digests"), [(0x6E0, 16), (0x6E1, 32)])
def test_pictures_are_found_by_their_number(instance, digests):
    picture = io.BytesIO()
    Image.new("L", (20, 20), 128).save(picture, "PNG")
    blip = escher(0xF01E, bytes(digests + 1) + picture.getvalue(), instance)
    group = escher(0xF001, escher(0xF007, bytes(36) + blip) + escher(0xF007, bytes(36)), container=True)
    drawings = Drawings(stream(sheet(), book=record(0x00EB, group)))
    assert drawings.picture(1) == picture.getvalue()
    assert [drawings.picture(number) for number in (0, 2, 3)] == [None, None, None]


@pytest.mark.parametrize("end", range(0, 300, 7))
def test_streams_cut_anywhere_do_no_harm(end):
    whole = stream(
        sheet(
            record(0x00EC, shape(202, (2, 1, 5, 3), DATA + TEXT)),
            obj(6),
            txo("Ursache"),
            obj(CHART),
            sheet(*CHART_RECORDS, kind=0x20),
        )
    )
    drawings = Drawings(whole[: len(whole) - end])
    drawings.sheet("Sheet1")
    drawings.picture(1)


def test_shapes_of_an_old_workbook_reach_the_document(tmp_path, policy, monkeypatch):
    book = xlwt.Workbook()
    page = book.add_sheet("Plan")
    for at, words in enumerate(("Step", "Audit", "Review")):
        page.write(at, 0, words)
    path = tmp_path / "plan.xls"
    book.save(str(path))
    drawn = (
        shape(5, (1, 1, 2, 2), flags=0x80)
        + shape(3, (2, 0, 3, 1), fill_flags=0x100000)
        + shape(202, (5, 0, 8, 3), DATA + TEXT)
        + shape(201, (9, 0, 10, 1), DATA)
    )
    made = Drawings(
        stream(sheet(record(0x00EC, drawn), obj(6), obj(0x0B, 1), txo("Cause: worn tool")), names=("Plan",))
    )
    monkeypatch.setattr(Drawings, "of_file", lambda _path: made)
    document = workbook_xls.read(path, "plan.xls", policy)
    texts = [(block.kind, block.text) for block in document.blocks]
    assert ("drawing", "Cause: worn tool") in texts
    assert ("drawing", "☑") in texts
    assert ("drawing", "○ Review") in texts
    assert any("Audit | ▼" in words for _, words in texts)
    box = next(block for block in document.blocks if "worn tool" in block.text)
    assert box.locators[0].cells == "A6:D9"
