import io
import zipfile

import pytest
from pdf_files import pdf, text
from PIL import Image

from extractors import detect, text_detect
from extractors.encodings import decode
from extractors.errors import DamagedFile, EmptyFile


def media_type_of(tmp_path, content, name="file"):
    path = tmp_path / "bytes"
    path.write_bytes(content)
    return detect.media_type(path, name)


def zipped(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def office(part):
    types = (
        f'<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.{part}"/></Types>'
    )
    return zipped(**{"[Content_Types].xml": types})


def image(kind):
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", detect.PDF),
        (b"junk before\n%PDF-1.4\n", detect.PDF),
        (image("JPEG"), detect.JPEG),
        (image("PNG"), detect.PNG),
        (image("TIFF"), detect.TIFF),
        (image("WEBP"), detect.WEBP),
        (image("BMP"), detect.BMP),
        (image("GIF"), detect.GIF),
        (office("spreadsheetml.sheet.main+xml"), detect.XLSX),
        (office("wordprocessingml.document.main+xml"), detect.DOCX),
        (office("presentationml.presentation.main+xml"), detect.PPTX),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), detect.ODS),
        (b"%!PS-Adobe-3.0\n(Hello) show\n", detect.POSTSCRIPT),
        (zipped(a="x"), detect.ZIP),
        (zipped(a="x")[:20], detect.ZIP),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", detect.SEVEN_ZIP),
        (b"Rar!\x1a\x07\x01\x00", detect.RAR),
        (b"\x1f\x8b\x08\x00", detect.GZIP),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x80", detect.UNKNOWN),
        (b"{\\rtf1\\ansi hello}", text_detect.RTF),
        (b"<!DOCTYPE html><p>Hello", text_detect.HTML),
        (b"<!-- saved --><html><body>x", text_detect.HTML),
        (b'<!DOCTYPE bomb [<!ENTITY a "b">]><bomb>&a;</bomb>', text_detect.XML),
        (b"From: a@b.vn\nTo: c@d.de\nSubject: 8D\n\nPlease find", text_detect.EML),
        (b"# Procedure\n\n**Owner** see [form](f.md)\n", text_detect.MARKDOWN),
        (b"lot;ppm\nA1;12\nA2;9\n", text_detect.CSV),
        (b"lot\tppm\nA1\t12\n", text_detect.TSV),
        ('{"lot": "A1"}'.encode("utf-16"), text_detect.JSON),
        ("Biên bản họp xem xét của lãnh đạo".encode(), text_detect.PLAIN),
        ("Qualität gemäß Norm".encode("latin-1"), text_detect.PLAIN),
        ("Quality policy".encode("utf-16-le"), text_detect.PLAIN),
        (b"BM is a word at the start of this note.", text_detect.PLAIN),
    ],
)
def test_the_bytes_decide_what_a_file_is(tmp_path, content, kind):
    assert media_type_of(tmp_path, content, "quality.exe") == kind


def test_a_pdf_called_csv_stays_a_pdf(tmp_path):
    path = pdf(tmp_path / "kpi.csv", text("Scrap rate"))
    assert detect.media_type(path, "kpi.csv") == detect.PDF


def test_the_name_decides_only_between_kinds_of_text(tmp_path):
    assert media_type_of(tmp_path, b"One line of words", "notes.md") == text_detect.MARKDOWN
    table = b"| Lot | Result |\n|-----|:------:|\n| L1 | pass |\n| L2 | fail |\n"
    assert media_type_of(tmp_path, table, "lots.md") == text_detect.MARKDOWN
    assert media_type_of(tmp_path, table) == text_detect.MARKDOWN
    assert media_type_of(tmp_path, b"lot|result\nL1|pass\n---|fail\n", "lots.csv") == text_detect.CSV
    assert media_type_of(tmp_path, b"One line of words", "notes.pdf") == text_detect.PLAIN
    assert media_type_of(tmp_path, b"a,b,c\n1,2,3\n4,5,6\n", "kpi.txt") != text_detect.MARKDOWN


@pytest.mark.parametrize("content", [b"", b"  \n\t ", b"\x00" * 100, b" " * 200_000])
def test_nothing_but_white_space_is_an_empty_file(tmp_path, content):
    with pytest.raises(EmptyFile):
        media_type_of(tmp_path, content)


def test_a_compound_file_cut_short_is_damaged(tmp_path):
    with pytest.raises(DamagedFile):
        media_type_of(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK00" + zipped(a="x"), detect.ZIP),
        (office("none.known+xml"), detect.ZIP),
        (
            zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}),
            detect.DOCX,
        ),
        (zipped(mimetype="application/vnd.oasis.opendocument.graphics"), detect.OTHER_OPEN_DOCUMENT),
        (zipped(mimetype="application/vnd.oasis.opendocument.presentation-template"), detect.ODP),
        (zipped(mimetype="application/epub+zip"), detect.ZIP),
        (
            zipped(**{"[Content_Types].xml": "<x application/vnd.ms-package.xps-fixeddocumentsequence+xml/>"}),
            detect.XPS,
        ),
        (zipped(**{"[Content_Types].xml": "<x application/vnd.ms-visio.drawing.main+xml/>"}), detect.VISIO),
        (b"\x78\x9f\x3e\x22\x01\x00\x01", detect.TNEF),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", detect.XLS),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", detect.XLS),
        (b"\x09\x04 a note that begins with a tab", detect.UNKNOWN),
        (b'<?xml version="1.0"?><w:d xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
         text_detect.OFFICE_XML),
    ],
)  # fmt: skip
def test_files_of_kin_are_told_apart(tmp_path, content, kind):
    assert media_type_of(tmp_path, content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"gauge;due\nG-1;2025-03-01\nG-2\x00;2025-03-02\n" * 3,
        (b"Minutes of the review held on 3 March.\nAction: buy a gauge.\n").ljust(4096, b"\x00"),
        b"gauge;due\nG-1;2025-03-01\n" * 9000 + b"G-2\x00;2025-03-02\n",
        "Biên bản\n".encode() + b"\x00x" * 3 + b"y" * 60,
    ],
)
def test_stray_zeros_and_padding_make_no_other_letters(tmp_path, content):
    assert media_type_of(tmp_path, content, "log.txt") in (text_detect.CSV, text_detect.PLAIN)
    assert decode(content).replace("\x00", "") == content.replace(b"\x00", b"").decode()


def test_wide_text_of_scripts_without_zeros_is_still_read():
    words = "品質管理委員会議事録\n"
    assert decode(words.encode("utf-16-le")) == words


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ\x90\x00", detect.UNKNOWN),
        (b"MZ\x90", detect.UNKNOWN),
        (b"MZ" + bytes(60), detect.UNKNOWN),
        (b"MZ\x40\x01" + b"This program cannot be run in DOS mode. " * 4, detect.UNKNOWN),
        (b"MZ-90 furnace log, shift 2", "text/plain"),
        ("MZ 17: kiểm tra khuôn".encode(), "text/plain"),
        ("MZ 17: Prüfung der Kokille, Ofen drei".encode("latin-1"), "text/plain"),
        ("MZ 17".encode("utf-16"), "text/plain"),
        ("MZ 17: geprüft".encode("latin-1"), "text/plain"),
        ("MZ模具检查合格".encode("gb18030"), "text/plain"),
        (b"MZ\xb4\x4c\xcd\x21", detect.UNKNOWN),
        (b"\x7fELF" + bytes(60), detect.UNKNOWN),
    ],
)
def test_a_program_of_a_few_bytes_is_no_text(tmp_path, content, kind):
    assert media_type_of(tmp_path, content) == kind


def test_a_binary_file_with_zeros_stays_unknown(tmp_path):
    assert media_type_of(tmp_path, b"\x00\x01ABC\x02" * 100) == detect.UNKNOWN
    assert media_type_of(tmp_path, b"name\x00\x00\x00\x00value\x00\x00" * 100) == detect.UNKNOWN
