"""Which reader reads which media type; called in the child process only.

A reader is a module of this room with ``read(path: Path, name: str, policy: ExtractionPolicy) -> Document``. It is
imported when the first file of its type comes, so that a child which reads text never loads an OCR engine.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path

from extractors import detect, text_detect
from extractors.document import Document
from extractors.errors import EncryptedFile, LimitExceeded, OldSlides, OldWord, UnsupportedType
from extractors.policy import ExtractionPolicy
from extractors.sha import sha256

READERS: Mapping[str, str] = {
    detect.PDF: "extractors.pdf",
    **dict.fromkeys(sorted(detect.IMAGES), "extractors.image"),
    detect.XLSX: "extractors.spreadsheet",
    detect.XLSM: "extractors.spreadsheet",
    detect.ODS: "extractors.spreadsheet",
    detect.XLS: "extractors.workbook_xls",
    detect.DOCX: "extractors.word",
    detect.DOCM: "extractors.word",
    detect.ODT: "extractors.word",
    detect.PPTX: "extractors.slides",
    detect.PPTM: "extractors.slides",
    detect.ODP: "extractors.slides",
    detect.MSG: "extractors.mail",
    detect.SIGNED: "extractors.signed",
    text_detect.EML: "extractors.mail",
    text_detect.HTML: "extractors.web",
    text_detect.SVG: "extractors.svg",
    text_detect.MARKDOWN: "extractors.markdown",
    text_detect.RTF: "extractors.rich_text",
    text_detect.SPREADSHEET_XML: "extractors.spreadsheet_xml",
    text_detect.CSV: "extractors.delimited",
    text_detect.TSV: "extractors.delimited",
    text_detect.PLAIN: "extractors.plain",
    text_detect.JSON: "extractors.plain",
}

_SAVE_AS = "Ask the supplier to save the document as {} or PDF and to send it again."
_UNREAD: Mapping[str, tuple[str, str]] = {
    detect.XLSB: ("Binary Excel workbooks are not read.", _SAVE_AS.format("XLSX")),
    detect.POSTSCRIPT: ("PostScript files are not read.", "Ask the supplier for the same document as PDF."),
    detect.XPS: ("XPS documents are not read.", "Ask the supplier for the same document as PDF."),
    detect.VISIO: ("Visio drawings are not read.", "Ask the supplier for the same drawing as PDF."),
    detect.OTHER_OPEN_DOCUMENT: (
        "OpenDocument files other than texts, sheets and presentations are not read.",
        "Ask the supplier for the same document as PDF.",
    ),
    detect.TNEF: (
        "What Outlook packs into one attachment of its own kind (winmail.dat) is not read.",
        "Ask the supplier to send the mail again as HTML or plain text, or its documents in a zip.",
    ),
    text_detect.OFFICE_XML: (
        "Office files saved as one XML file are not read, workbooks apart.",
        _SAVE_AS.format("DOCX or XLSX"),
    ),
    detect.HEIC: ("Pictures in the HEIC format of phones are not read.", "Ask the supplier for the picture as JPEG."),
    detect.RAR: ("RAR archives are not unpacked.", "Ask the supplier to pack the documents as ZIP."),
}


def read_document(
    path: Path, name: str, policy: ExtractionPolicy, readers: Mapping[str, str] | None = None
) -> Document:
    """Read one file: its type by its bytes, its text by the reader of that type.

    ``name`` is the name within the bundle. ``readers`` adds to the readers of this room or replaces them.
    Raises an ExtractionError; archives are unpacked before and are of no type that is read here.
    """
    if path.stat().st_size > policy.file_bytes:
        raise LimitExceeded(f"The file is larger than {policy.file_bytes // (1 << 20)} MiB.")
    kind = detect.media_type(path, name)
    module = importlib.import_module(reader_module(kind, readers or {}))
    document: Document = module.read(path, name, policy)
    return document.model_copy(update={"path": name, "sha256": sha256(path), "media_type": kind})


def reader_module(kind: str, readers: Mapping[str, str]) -> str:
    """The module that reads a media type; raises what the person should know where there is none."""
    if module := readers.get(kind) or READERS.get(kind):
        return module
    if kind == detect.ENCRYPTED_OFFICE:
        raise EncryptedFile
    if kind in (detect.DOC, detect.PPT):
        raise OldWord if kind == detect.DOC else OldSlides
    message, remedy = _UNREAD.get(kind, (None, None))
    raise UnsupportedType(message, remedy)
