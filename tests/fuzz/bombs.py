"""Files that are small to send and dear to read: each is made here, and none may cost more than its share."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from tests.fuzz.compound import compound, outlook
from tests.fuzz.seeds import xls, xlsx, zipped

_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def workbook(*sheets: str, strings: str = "", prolog: str = "") -> bytes:
    """A workbook of these sheet bodies."""
    links = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in range(len(sheets))
    )
    names = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(sheets)))
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f"{prolog}<workbook {_S} {_R}><sheets>{names}</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">{links}</Relationships>'.encode(),
        "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>".encode(),
    }
    for number, body in enumerate(sheets):
        parts[f"xl/worksheets/sheet{number}.xml"] = f"{prolog}<worksheet {_S} {_R}>{body}</worksheet>".encode()
    return zipped(parts)


def word(body: str, prolog: str = "") -> bytes:
    """A text document with this body."""
    text = f"{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": text.encode()})


def pdf(*objects: bytes, first: bytes = b"<</Type/Catalog/Pages 2 0 R>>") -> bytes:
    """A PDF of these objects, the catalogue first."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate((first, *objects), 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A packed stream object."""
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def png(width: int, height: int) -> bytes:
    """A PNG that says it is that large, with hardly any data."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(min(width * height, 50_000_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def nested_mail(depth: int) -> bytes:
    """Mails in mails."""
    raw = b"Subject: innermost\r\nFrom: a@example.com\r\n\r\nthe end"
    for number in range(depth):
        raw = b"Subject: level %d\r\nFrom: a@example.com\r\nContent-Type: message/rfc822\r\n\r\n%s" % (number, raw)
    return raw


def parts_mail(depth: int) -> bytes:
    """Parts in parts."""
    head, foot = b"Subject: parts\r\nFrom: a@example.com\r\nMIME-Version: 1.0\r\n", b""
    for number in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number)
        foot = b"\r\n--b%d--" % number + foot
    return head + b"Content-Type: text/plain\r\n\r\nthe end" + foot


def nested_zip(depth: int) -> bytes:
    """Zips in zips."""
    raw = b"x"
    for number in range(depth):
        raw = zipped({f"{number}.zip": raw, f"{number}.txt": b"text"})
    return raw


def fan_zip(depth: int, width: int) -> bytes:
    """Each zip holds several different ones, and at the bottom there is a bomb: 42.zip with no two parts alike."""
    count = 0

    def level(depth: int) -> bytes:
        nonlocal count
        count += 1
        if depth == 0:
            return zipped({f"{count}.bin": bytes(3_000_000) + str(count).encode()})
        return zipped({f"{count}-{n}.zip": level(depth - 1) for n in range(width)})

    return level(depth)


def overlapping_zip(count: int) -> bytes:
    """Many names in the list of contents, one packed body: the bomb of Fifield (2019) in its simplest form."""
    raw = zipped({"a": bytes(10_000_000)})
    at = raw.index(b"PK\x01\x02")
    entry, end = raw[at : raw.index(b"PK\x05\x06")], bytearray(raw[raw.index(b"PK\x05\x06") :])
    entries = b"".join(entry[:46] + bytes([97 + n % 26]) + entry[47:] for n in range(count))
    struct.pack_into("<HHII", end, 8, count, count, len(entries), at)
    return raw[:at] + entries + bytes(end)


def sparse_tar() -> bytes:
    """A tar whose header promises a terabyte."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as made:
        info = tarfile.TarInfo("a.bin")
        info.size = 1 << 40
        made.addfile(info)
    return out.getvalue()


def biff_loop() -> bytes:
    """An old workbook whose sectors follow each other in a ring."""
    raw = bytearray(xls())
    first = struct.unpack_from("<I", raw, 76)[0]
    at = 512 + first * 512
    struct.pack_into("<2I", raw, at, 1, 0)
    return bytes(raw)


def biff_records(kind: int, count: int, size: int = 0) -> bytes:
    """An old workbook of one record again and again."""
    head = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    body = struct.pack("<HH", kind, size) + bytes(size)
    return compound({"Workbook": head + body * count + struct.pack("<HH", 10, 0)})


_ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "laughs in a workbook": lambda: workbook("<sheetData/>", prolog=_LAUGHS),
    "laughs in a text": lambda: word("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", _LAUGHS),
    "quadratic entities": lambda: word(
        f"<w:p><w:r><w:t>{'&a;' * 20_000}</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY a "{"x" * 20_000}">]>'
    ),
    "a declaration behind long comments": lambda: word("<w:p/>", f"<!--{'x' * 100_000}-->{_LAUGHS}"),
    "an entity of another file": lambda: word(
        "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "a million empty rows": lambda: workbook(
        "<sheetData>" + "".join(f'<row r="{n}"/>' for n in range(1, 1_048_577)) + "</sheetData>"
    ),
    "a million styled empty cells": lambda: workbook(
        "<sheetData>"
        + "".join(
            f'<row r="{n}">' + "".join(f'<c r="{c}{n}" s="1"/>' for c in "ABCDEFGHIJ") + "</row>"
            for n in range(1, 100_001)
        )
        + "</sheetData>"
    ),
    "a cell with a million letters": lambda: workbook(f"<sheetData>{_ROW.format(1, 'x' * 1_000_000)}</sheetData>"),
    "a cell of a million words": lambda: workbook(f"<sheetData>{_ROW.format(1, 'lot ' * 1_000_000)}</sheetData>"),
    "two thousand sheets": lambda: workbook(*[f"<sheetData>{_ROW.format(1, 'x')}</sheetData>"] * 2_000),
    "the corners of a sheet": lambda: workbook(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v>'
        '</c><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    ),
    "a merge over the whole sheet": lambda: workbook(
        f'<sheetData>{_ROW.format(1, "x")}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "a hundred thousand merges": lambda: workbook(
        f"<sheetData>{_ROW.format(1, 'x')}</sheetData><mergeCells>"
        + "".join(f'<mergeCell ref="A{n}:C{n}"/>' for n in range(1, 100_001))
        + "</mergeCells>"
    ),
    "merges over each other": lambda: workbook(
        "<sheetData>"
        + "".join(_ROW.format(n, "x") for n in range(1, 2_000))
        + "</sheetData><mergeCells>"
        + '<mergeCell ref="A1:ZZ2000"/>' * 5_000
        + "</mergeCells>"
    ),
    "rows and columns that go backwards": lambda: workbook(
        "<sheetData>" + "".join(_ROW.format(n, "x") for n in range(3_000, 0, -1)) + "</sheetData>"
    ),
    "a diagonal": lambda: workbook(
        "<sheetData>"
        + "".join(f'<row r="{n * 20}"><c r="{_letters(n)}{n * 20}"><v>{n}</v></c></row>' for n in range(1, 2_000))
        + "</sheetData>"
    ),
    "a million shared strings": lambda: workbook("<sheetData/>", strings="<si><t>x</t></si>" * 1_000_000),
    "deep tables": lambda: word("<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000),
    "wide tables in tables": lambda: word(_fan(5, 6)),
    "a hundred thousand paragraphs": lambda: word("<w:p><w:r><w:t>lot 4711 released</w:t></w:r></w:p>" * 100_000),
    "a hundred thousand runs": lambda: word("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 100_000 + "</w:p>"),
    "a table with ten thousand columns": lambda: word(
        "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 10_000 + "</w:tr>") * 5 + "</w:tbl>"
    ),
    "a cell that spans two billion": lambda: word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    ),
    "repeated rows and cells without end": lambda: _ods(
        '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell '
        'table:number-columns-repeated="1000000000"><text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">x'
        "</text:p></table:table-cell></table:table-row>"
    ),
    "spaces without end": lambda: _ods(
        '<table:table-row><table:table-cell><text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">x<text:s '
        'text:c="2000000000"/>y</text:p></table:table-cell></table:table-row>'
    ),
    "a workbook in a ring": biff_loop,
    "a million strange records": lambda: biff_records(0x99, 1_000_000),
    "a million cells of an old workbook": lambda: biff_records(0x203, 300_000, 14),
    "strings that say they are long": lambda: biff_records(0xFC, 2_000, 8),
    "pages that are their own parents": lambda: pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>"),
    "a hundred thousand pages that are one": lambda: pdf(
        b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>", _PAGE, stream(b"BT ET")
    ),
    "a form that draws itself": lambda: pdf(
        _PAGES,
        _PAGE,
        stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"),
    ),
    "a content stream that inflates to a gigabyte": lambda: pdf(_PAGES, _PAGE, _twice(b"q Q " * 250_000, 1_000)),
    "a million words on a page": lambda: pdf(
        _PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/"
        b"BaseFont/Helvetica>>>>>>>>",
        stream(b"BT /F 9 Tf 10 10 Td " + b"(lot 4711 ) Tj " * 300_000 + b"ET"),
    ),
    "a hundred thousand lines on a page": lambda: pdf(
        _PAGES,
        _PAGE,
        stream(b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n, n, n, n) for n in range(1, 600)) * 100),
    ),
    "brackets without end": lambda: pdf(
        _PAGES, _PAGE.replace(b"/Parent", b"/X" + b"[" * 100_000 + b"/Parent"), stream(b"")
    ),
    "an outline in a ring": lambda: pdf(
        _PAGES,
        _PAGE,
        stream(b""),
        b"<</First 6 0 R/Last 6 0 R/Count 2>>",
        b"<</Title(a)/Next 6 0 R/First 6 0 R/Parent 5 0 R>>",
        first=b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>",
    ),
    "fields in a ring": lambda: pdf(
        _PAGES,
        _PAGE,
        stream(b""),
        b"<</FT/Tx/T(a)/Kids[5 0 R 5 0 R]/Parent 5 0 R>>",
        first=b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>",
    ),
    "a page as large as a country": lambda: pdf(
        _PAGES, _PAGE.replace(b"600 800", b"2000000000 2000000000"), stream(b"q Q")
    ),
    "a picture of four billion pixels": lambda: png(65_000, 65_000),
    "a picture of a hundred million pixels": lambda: png(10_000, 10_000),
    "a picture of one line": lambda: png(60_000, 1),
    "mails in mails": lambda: nested_mail(400),
    "parts in parts": lambda: parts_mail(3_000),
    "a hundred thousand parts": lambda: (
        b'Subject: x\r\nFrom: a@b.c\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 100_000
    ),
    "a header without end": lambda: (
        b"Subject: " + b"=?utf-8?q?x?= " * 200_000 + b"\r\nFrom: a@b.c\r\nTo: b@c.d\r\n\r\nx"
    ),
    "a thousand attachments": lambda: outlook("x", "y", {f"{n}.txt": str(n).encode() for n in range(1_000)}),
    "elements in elements": lambda: b"<html><body>" + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "tables in tables of a page": lambda: b"<html><body>" + b"<table><tr><td>" * 5_000 + b"x",
    "cells that span": lambda: b"<html><body><table>" + b"<tr><td rowspan=65000 colspan=1000>x</td></tr>" * 2_000,
    "quotes in quotes": lambda: (
        b"# x\n\n- [x] y\n\n" + b">" * 50_000 + b" x\n\n" + b"[" * 50_000 + b"\n" + b"**" * 50_000
    ),
    "lists in lists": lambda: b"# x\n\n- [x] y\n" + b"".join(b"  " * n + b"- x\n" for n in range(1_500)),
    "ten thousand columns": lambda: (b";".join([b"x"] * 10_000) + b"\n") * 100,
    "a subject of a hundred thousand words": lambda: (
        b"From: a@example.com\r\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nLot 4711 was released."
    ),
    "ten thousand sheets": lambda: workbook(*[f"<sheetData>{_ROW.format(1, 'x')}</sheetData>"] * 10_000),
    "a million merges": lambda: workbook(
        f"<sheetData>{_ROW.format(1, 'x')}</sheetData><mergeCells>"
        + "".join(f'<mergeCell ref="A{n}:C{n}"/>' for n in range(1, 1_000_001))
        + "</mergeCells>"
    ),
    "a comb of columns": lambda: workbook(
        "<sheetData>"
        + "".join(
            f'<row r="{n}">' + "".join(f'<c r="{_letters(c)}{n}"><v>{n}</v></c>' for c in range(1, 800, 2)) + "</row>"
            for n in range(1, 600)
        )
        + "</sheetData>"
    ),
    "columns hidden a hundred thousand times": lambda: workbook(
        "<cols>"
        + '<col min="1" max="16384" hidden="1"/>' * 100_000
        + "</cols><sheetData>"
        + "".join(_ROW.format(n, "x") for n in range(1, 2_000))
        + "</sheetData>"
    ),
    "few cells in many rows and columns": lambda: workbook(
        "<sheetData>"
        + "".join(
            f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="{_letters(2 + n % 1_900)}{n}"><v>{n}</v></c></row>'
            for n in range(1, 50_000)
        )
        + "</sheetData>"
    ),
    "letters strewn over a page": lambda: pdf(
        _PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/"
        b"BaseFont/Helvetica>>>>>>>>",
        stream(
            b"BT /F 8 Tf "
            + b"".join(
                b"1 0 0 1 %d %d Tm (%c) Tj " % (n * 7919 % 600, n * 104729 % 797, 65 + n % 26) for n in range(12_000)
            )
            + b"ET"
        ),
    ),
    "a page of forty thousand bars": lambda: pdf(
        _PAGES,
        _PAGE,
        stream(b"".join(b"0 %d 600 %d re S " % (y % 800, y * 7 % 800) for y in range(40_000))),
    ),
    "a heap of marks": lambda: ("a" + "\u0301\u0323" * 300_000 + " lot 4711").encode(),
    "a million short lines": lambda: b"a;b\n" * 1_000_000,
    "one quote never closed": lambda: b"a;b;c\n" * 20 + b'"' + b"x;y\n" * 500_000,
    "a long line": lambda: b"lot 4711 " * 1_000_000,
    "JSON in JSON": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "groups in groups": lambda: rb"{\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_000,
    "zips in zips": lambda: nested_zip(30),
    "a fan of zips": lambda: fan_zip(3, 6),
    "names that overlap": lambda: overlapping_zip(2_000),
    "fifty thousand empty entries": lambda: _empty_entries(50_000),
    "a terabyte in a tar": sparse_tar,
    "a real workbook in a zip": lambda: zipped({"a.xlsx": xlsx()}),
}


def _letters(number: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def _fan(depth: int, width: int) -> str:
    if not depth:
        return "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    return "<w:tbl><w:tr>" + f"<w:tc>{_fan(depth - 1, width)}</w:tc>" * width + "</w:tr></w:tbl>"


def _ods(rows: str) -> bytes:
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    table = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    body = f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {office} {table}>{body}</office:document-content>".encode(),
        }
    )


def _twice(content: bytes, times: int) -> bytes:
    """The content so many times over, packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(content) for _ in range(times)) + packer.flush()
    packed = zlib.compress(once, 9)
    return b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(packed), packed)


def _empty_entries(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(count):
            made.writestr(f"{number}", b"")
    return out.getvalue()
