"""What a file is, by its bytes: never by its name, never by what the client says.

The name only decides between kinds of plain text (a table of commas, Markdown, a mail): the bytes of all are text.
"""

import contextlib
import mmap
import re
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

from extractors import cms
from extractors.errors import DamagedFile, EmptyFile
from extractors.text_detect import text_media_type

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
GIF = "image/gif"
BMP = "image/bmp"
TIFF = "image/tiff"
WEBP = "image/webp"
HEIC = "image/heic"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroenabled.12"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
XLS = "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
DOC = "application/msword"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PPTM = "application/vnd.ms-powerpoint.presentation.macroenabled.12"
PPT = "application/vnd.ms-powerpoint"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
MSG = "application/vnd.ms-outlook"
TNEF = "application/ms-tnef"
POSTSCRIPT = "application/postscript"
SIGNED = "application/pkcs7-mime"
XPS = "application/vnd.ms-xpsdocument"
VISIO = "application/vnd.ms-visio.drawing"
OTHER_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.graphics"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
OLE = "application/x-ole-storage"
ZIP = "application/zip"
SEVEN_ZIP = "application/x-7z-compressed"
RAR = "application/vnd.rar"
GZIP = "application/gzip"
BZIP2 = "application/x-bzip2"
XZ = "application/x-xz"
TAR = "application/x-tar"
UNKNOWN = "application/octet-stream"

IMAGES = frozenset({JPEG, PNG, GIF, BMP, TIFF, WEBP})
ARCHIVES = frozenset({ZIP, SEVEN_ZIP, RAR, GZIP, BZIP2, XZ, TAR})

# PDF 32000-1 annex H: readers accept the header anywhere in the first 1024 bytes.
PDF_HEADER_BYTES = 1024
# Enough text to tell a table from prose, little enough to cost nothing.
HEAD_BYTES = 64 * 1024
# Length of the header of a program: the numbers of its pages, tables and registers (MS-DOS, "MZ").
PROGRAM_HEADER_BYTES = 28
# A list of contents beyond this is no office file; zipfile would read it whole into memory.
ZIP_DIRECTORY_BYTES = 32 * 1024 * 1024
CONTENT_TYPES_BYTES = 4 * 1024 * 1024

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"\x1f\x8b", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\x00", XZ),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"%!PS-Adobe", POSTSCRIPT),
    (b"\xc5\xd0\xd3\xc6", POSTSCRIPT),
)
# The last is the mark of an archive that was to be split and came out whole (APPNOTE 8.5.4).
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
# The first record of a workbook of before compound files, by its number and size, and the kinds of sheet that it may
# announce: workbook, sheet, chart, macros, workbook of BIFF4 (MS-XLS 2.4.21 and its forerunners).
_BIFF_STARTS = ((0x0009, 4), (0x0209, 6), (0x0409, 6), (0x0809, 8), (0x0809, 16))
_BIFF_SHEETS = (0x0005, 0x0010, 0x0020, 0x0040, 0x0100)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The main part's content type in [Content_Types].xml (ECMA-376 part 2, 10.1.2.2), in lower case.
_OFFICE_PARTS: tuple[tuple[str, str], ...] = (
    ("spreadsheetml.sheet.main+xml", XLSX),
    ("spreadsheetml.template.main+xml", XLSX),
    ("ms-excel.sheet.macroenabled.main+xml", XLSM),
    ("ms-excel.template.macroenabled.main+xml", XLSM),
    ("ms-excel.addin.macroenabled.main+xml", XLSM),
    ("ms-excel.sheet.binary.macroenabled.main", XLSB),
    ("wordprocessingml.document.main+xml", DOCX),
    ("wordprocessingml.template.main+xml", DOCX),
    ("ms-word.document.macroenabled.main+xml", DOCM),
    ("ms-word.template.macroenabledtemplate.main+xml", DOCM),
    ("presentationml.presentation.main+xml", PPTX),
    ("presentationml.slideshow.main+xml", PPTX),
    ("presentationml.template.main+xml", PPTX),
    ("ms-powerpoint.presentation.macroenabled.main+xml", PPTM),
    ("ms-powerpoint.slideshow.macroenabled.main+xml", PPTM),
    ("xps-fixeddocumentsequence+xml", XPS),
    ("ms-visio.", VISIO),
)
_MAIN_PARTS = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX), ("ppt/presentation.xml", PPTX))
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.spreadsheet": ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template": ODS,
    "application/vnd.oasis.opendocument.text": ODT,
    "application/vnd.oasis.opendocument.text-template": ODT,
    "application/vnd.oasis.opendocument.text-master": ODT,
    "application/vnd.oasis.opendocument.text-web": ODT,
    "application/vnd.oasis.opendocument.presentation": ODP,
    "application/vnd.oasis.opendocument.presentation-template": ODP,
}


def media_type(path: Path, name: str = "") -> str:
    """The media type of a file's bytes; ``name`` breaks ties between kinds of text only.

    Raises EmptyFile where there is nothing but white space. Unknown bytes are ``application/octet-stream``.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
        if not head.strip(b"\x00 \t\r\n"):
            if not _holds_anything(stream):
                raise EmptyFile
            return UNKNOWN
        return _of_head(head, stream, name)


def is_pdf(path: Path) -> bool:
    """Whether the bytes are those of a PDF, looking at nothing but the header."""
    with path.open("rb") as stream:
        head = stream.read(PDF_HEADER_BYTES)
    # A PDF stands unpacked at the front of some archives.
    others = (*_ZIP_MAGIC, _OLE_MAGIC, *(magic for magic, kind in _MAGIC if kind != PDF))
    return b"%PDF-" in head and not head.startswith(others)


def has_form(path: Path) -> bool:
    """Whether a PDF names a form, where a plain look finds it."""
    with (
        path.open("rb") as stream,
        contextlib.suppress(ValueError, OSError),
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as raw,
    ):
        return raw.find(b"/AcroForm") >= 0
    return False


def _holds_anything(stream: BinaryIO) -> bool:
    while chunk := stream.read(HEAD_BYTES):
        if chunk.strip(b"\x00 \t\r\n"):
            return True
    return False


def _of_head(head: bytes, stream: BinaryIO, name: str) -> str:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"BM") and _is_bitmap(head):
        return BMP
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"):
        return HEIC
    if head.startswith(_ZIP_MAGIC):
        return _of_zip(stream)
    if head.startswith(_OLE_MAGIC):
        return _of_ole(stream)
    if _is_program(head):
        return UNKNOWN
    if _is_old_workbook(head):
        return XLS
    if cms.kind(head):
        return SIGNED
    if head[257:262] == b"ustar" or _is_old_tar(head):
        return TAR
    if b"%PDF-" in head[:PDF_HEADER_BYTES]:
        return PDF
    return text_media_type(head, name) or UNKNOWN


def _is_bitmap(head: bytes) -> bool:
    """Whether "BM" starts a bitmap and not a word: the size of its info header is one of the known ones."""
    return len(head) >= 18 and struct.unpack_from("<I", head, 14)[0] in (12, 40, 52, 56, 64, 108, 124)


def _is_program(head: bytes) -> bool:
    """Whether "MZ" starts a program of DOS or Windows and not a word: its header of 28 bytes holds small numbers, and what
    ends within it reads as words in no encoding. Read as text a program of a few bytes would be a paper without sense."""
    header = head[:PROGRAM_HEADER_BYTES]
    if not header.startswith(b"MZ"):
        return False
    if min(header) < ord("\t"):
        return True
    try:
        head.decode()
    except UnicodeDecodeError:
        from extractors.encodings import reads_well

        return len(head) < PROGRAM_HEADER_BYTES and not reads_well(head)
    return False


def _is_old_workbook(head: bytes) -> bool:
    """Whether the bytes are records of Excel 2 to 4, which wrote them without a compound file around."""
    if len(head) < 8:
        return False
    record, size, _, sheet = struct.unpack_from("<4H", head)
    return (record, size) in _BIFF_STARTS and sheet in _BIFF_SHEETS


def _is_old_tar(head: bytes) -> bool:
    """Whether the first block is a tar header of before POSIX: no magic, but a name and the sum of its bytes."""
    block = head[:512]
    if len(block) < 512 or not block[0] or block.count(0) < 200:
        return False
    stated = block[148:156].strip(b" \x00")
    if not stated or not set(stated) <= set(b"01234567"):
        return False
    return int(stated, 8) == sum(block[:148]) + 8 * 0x20 + sum(block[156:])


def _of_zip(stream: BinaryIO) -> str:
    """An office file by its list of content types or its mimetype entry, else a plain zip, also where it is damaged."""
    if zip_directory_bytes(stream) > ZIP_DIRECTORY_BYTES:
        return ZIP
    try:
        with zipfile.ZipFile(stream) as archive:
            by_name = {entry.filename.replace("\\", "/").lower(): entry for entry in archive.infolist()}
            if entry := by_name.get("mimetype"):
                declared = _read_entry(archive, entry, 256).decode("ascii", "replace").strip().lower()
                other = OTHER_OPEN_DOCUMENT if declared.startswith(_OPEN_DOCUMENT) else ZIP
                return _OPEN_DOCUMENTS.get(declared, other)
            if entry := by_name.get("[content_types].xml"):
                declared = _decode_xml(_read_entry(archive, entry, CONTENT_TYPES_BYTES)).lower()
                if known := next((kind for part, kind in _OFFICE_PARTS if part in declared), None):
                    return known
            # Some exporters leave the list out, or what matters out of it; the main part's name still tells.
            for part, kind in _MAIN_PARTS:
                if part in by_name:
                    return kind
    except Exception:  # whatever a hostile directory raises, the bytes still start as a zip does
        return ZIP
    return ZIP


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    with archive.open(entry) as part:
        return part.read(limit)


def _decode_xml(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8", "replace")


def zip_directory_bytes(stream: BinaryIO) -> int:
    """Size of the central directory as the end record states it (APPNOTE 4.3.16); 0 where there is none."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 65_557))
    tail = stream.read(65_557)
    at = tail.rfind(b"PK\x05\x06")
    stream.seek(0)
    if at < 0 or len(tail) < at + 16:
        return 0
    size: int = struct.unpack_from("<I", tail, at + 12)[0]
    return size


def _of_ole(stream: BinaryIO) -> str:
    """The program that wrote a compound file, by the streams it holds (MS-CFB)."""
    import olefile

    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as storage:
            names = {path[0].lower() for path in storage.listdir(streams=True, storages=True)}
    except Exception as problem:
        raise DamagedFile from problem
    if "encryptedpackage" in names:
        return ENCRYPTED_OFFICE
    if names & {"workbook", "book"}:
        return XLS
    if "worddocument" in names:
        return DOC
    if names & {"powerpoint document", "pp40"}:
        return PPT
    if "__properties_version1.0" in names or any(re.match(r"__substg1\.0_", name) for name in names):
        return MSG
    return OLE
