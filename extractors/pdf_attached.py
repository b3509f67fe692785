"""Files that a PDF carries: those listed for the whole document and those pinned to a page as a note.

pdfium inflates a file whole and in memory, so what a bomb may cost is the memory of the child, and then one entry.
"""

import contextlib
import ctypes
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors import progress
from extractors.draft import clean, one_line
from extractors.errors import DamagedFile, LimitExceeded
from extractors.pdf_packed import may_hold
from extractors.policy import MIB, ExtractionPolicy
from extractors.unpacking import Entry

# Longest name taken of an attached file, in characters; longer ones are cut again to what file systems take.
NAME_CHARACTERS = 1_000
_PINNED = b"/FileAttachment"


@contextlib.contextmanager
def attached_entries(path: Path, policy: ExtractionPolicy, passwords: tuple[str, ...]) -> Iterator[Iterator[Entry]]:
    """The files that a PDF carries, as entries, while it is open. A PDF that does not open carries none: its own
    reading says what is wrong with it."""
    document = _opened(path, passwords)
    if document is None:
        yield iter(())
        return
    with contextlib.closing(document):
        yield _entries(document, path, policy)


def names(document: pypdfium2.PdfDocument, policy: ExtractionPolicy) -> list[str]:
    """Names of the files listed for the whole document."""
    return [_name(handle, at) for at, handle in enumerate(_listed(document, policy), start=1)]


def _opened(path: Path, passwords: tuple[str, ...]) -> pypdfium2.PdfDocument | None:
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(path, password=password)
        except pypdfium2.PdfiumError as problem:
            if problem.err_code != pdfium.FPDF_ERR_PASSWORD:
                return None
    return None


def _listed(document: pypdfium2.PdfDocument, policy: ExtractionPolicy) -> Iterator[Any]:
    for at in range(min(max(0, pdfium.FPDFDoc_GetAttachmentCount(document)), policy.attachments)):
        handle = pdfium.FPDFDoc_GetAttachment(document, at)
        if handle:
            yield handle


def _entries(document: pypdfium2.PdfDocument, path: Path, policy: ExtractionPolicy) -> Iterator[Entry]:
    packed = path.stat().st_size
    met: set[int | None] = set()
    for handle in (*_listed(document, policy), *_pinned(document, path, policy)):
        address = ctypes.cast(handle, ctypes.c_void_p).value
        if address in met:  # a note may pin a file that is listed too
            continue
        met.add(address)
        if len(met) > policy.attachments:
            break
        yield Entry(_name(handle, len(met)), partial(_content, handle, policy), packed=packed)
    beyond = pdfium.FPDFDoc_GetAttachmentCount(document) > policy.attachments or len(met) > policy.attachments
    if beyond:
        sentence = f"The PDF carries more than {policy.attachments} files; the rest was not unpacked."
        yield Entry("further attachments", error=LimitExceeded(sentence))


def _pinned(document: pypdfium2.PdfDocument, path: Path, policy: ExtractionPolicy) -> Iterator[Any]:
    """The files pinned to pages. Pages are only loaded where the bytes of the file say that there is one."""
    if not may_hold(path, _PINNED):
        return
    total = min(len(document), policy.pages)
    for number in range(total):
        progress.tick(number, total)
        if progress.out_of_time():
            return
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        with contextlib.closing(page):
            for at in range(min(max(0, pdfium.FPDFPage_GetAnnotCount(page)), policy.annotations)):
                note = pdfium.FPDFPage_GetAnnot(page, at)
                if not note:
                    continue
                try:
                    if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                        handle = pdfium.FPDFAnnot_GetFileAttachment(note)
                        if handle:
                            yield handle
                finally:
                    pdfium.FPDFPage_CloseAnnot(note)


def _name(handle: Any, number: int) -> str:
    size = min(int(pdfium.FPDFAttachment_GetName(handle, None, 0)), 1 << 16)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAttachment_GetName(handle, buffer, size)
    text = bytes(memoryview(buffer).cast("B")[:size]).decode("utf-16-le", "replace").split("\x00", 1)[0]
    return one_line(clean(text))[:NAME_CHARACTERS] or f"attachment {number}"


def _content(handle: Any, policy: ExtractionPolicy) -> IO[bytes]:
    """The bytes of a file. Raises LimitExceeded, and DamagedFile where the PDF only names a file or it is broken."""
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(handle, None, 0, size):
        raise DamagedFile("The PDF names this file but does not hold it.", "Ask the supplier for the file itself.")
    if size.value > policy.file_bytes:
        raise LimitExceeded(f"The file is larger than {policy.file_bytes // MIB} MiB.")
    buffer = (ctypes.c_char * size.value)()
    if size.value and not pdfium.FPDFAttachment_GetFile(handle, buffer, size.value, size):
        raise DamagedFile
    return io.BytesIO(memoryview(buffer)[: size.value])
