"""What is left of a PDF on which the reading process dies: the pages that can be read, and the names of the others."""

import time
from collections.abc import Callable

from extractors.detect import PDF
from extractors.document import Document, NotRead, Part
from extractors.errors import ExtractionError, ReaderCrashed, ReaderTimedOut
from extractors.locators import PageLocator
from extractors.policy import ExtractionPolicy


def rescue(
    name: str, policy: ExtractionPolicy, count: Callable[[], int], read: Callable[[int, int], Document]
) -> Document:
    """Read page ranges, halving those that crash or hang, until what remains unread is single pages or tries run out.

    ``read`` gives the pages from a first to a last, both counted from 1. Raises ReaderCrashed where none can be read.
    """
    total = min(count(), policy.pages)
    ranges = [(1, total)] if total == 1 else [((total // 2) + 1, total), (1, total // 2)]
    tries, end = policy.crash_retries, time.monotonic() + policy.file_seconds
    documents: list[Document] = []
    lost: list[tuple[int, int, str]] = []
    while ranges:
        first, last = ranges.pop()
        if tries <= 0 or time.monotonic() > end:
            lost.append((first, last, "reader_crashed"))
            continue
        try:
            documents.append(read(first, last))
        except (ReaderCrashed, ReaderTimedOut) as problem:
            tries -= 1
            if first == last:
                lost.append((first, last, problem.code))
            else:
                middle = (first + last) // 2
                ranges += [(middle + 1, last), (first, middle)]
        except ExtractionError as problem:
            lost.append((first, last, problem.code))
    if not documents:
        raise ReaderCrashed
    return _joined(name, documents, lost)


def _joined(name: str, documents: list[Document], lost: list[tuple[int, int, str]]) -> Document:
    """One document of the ranges that were read and the pages that were not, in page order."""
    parts = [part for document in documents for part in document.parts]
    unread = []
    for first, last, code in lost:
        for page in range(first, last + 1):
            parts.append(Part(number=page, kind="page", name=f"Page {page}", read=False))
        reason = "took too long" if code == "reader_timed_out" else "made the reading program stop"
        pages = f"Page {first}" if first == last else f"Pages {first} to {last}"
        locators = tuple(PageLocator(page=page) for page in range(first, last + 1))
        unread.append(NotRead(code=code, sentence=f"{pages} {reason} and could not be read.", locators=locators))
    head = documents[0]
    return Document(
        path=name,
        sha256=head.sha256,
        media_type=PDF,
        parts=tuple(sorted(parts, key=lambda part: part.number)),
        blocks=tuple(
            sorted((block for document in documents for block in document.blocks), key=lambda block: block.part)
        ),
        metadata=head.metadata,
        not_read=(*(item for document in documents for item in document.not_read), *unread),
        attachments=tuple(dict.fromkeys(name for document in documents for name in document.attachments)),
    )
