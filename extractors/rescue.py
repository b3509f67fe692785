"""What is left of a PDF on which the reading process dies: the pages that can be read, and the names of the others."""

import time
from collections.abc import Callable

from extractors.child_process import Reached
from extractors.detect import PDF
from extractors.document import Document, NotRead, Part
from extractors.errors import ExtractionError, MemoryExceeded, ReaderCrashed, ReaderTimedOut
from extractors.locators import PageLocator
from extractors.policy import ExtractionPolicy

# Pages nobody tried to read after other pages had cost as much as one file may.
UNTRIED = "limit_exceeded"
_REASONS = {
    "reader_timed_out": "took too long and could not be read",
    "reader_crashed": "made the reading program stop and could not be read",
    UNTRIED: "could not be read: the reading program stopped too often on other pages of this file",
}


def rescue(
    name: str,
    policy: ExtractionPolicy,
    problem: ExtractionError,
    read: Callable[[int, int, float], Document],
    reached: Callable[[], Reached],
) -> Document:
    """Read the pages around those on which the child dies; each of these is given up after one death.

    ``problem`` ended the first reading, and ``reached`` says how far the last one came. ``read`` gives the pages from a
    first to a last, both counted from 1, within so many processor seconds without progress. All deaths together may cost
    ``rescue_seconds``. Raises ``problem`` where no page can be read.
    """
    came = reached()
    total = min(came.total, policy.pages)
    if total <= 1:
        raise problem  # the file itself, or its only page
    done = min(came.done, total)
    # The first reading did not say each page: the one it died on is among those behind the last it spoke of.
    ranges = _halves(1, total) if done in (0, total) else [(done + 1, total), (1, done)]
    tries, left, end = policy.crash_retries, policy.rescue_seconds, time.monotonic() + policy.file_seconds
    documents: list[Document] = []
    lost: list[tuple[int, int, str]] = []
    while ranges:
        first, last = ranges.pop()
        if tries <= 0 or left <= 0 or time.monotonic() > end:
            lost.append((first, last, UNTRIED))
            continue
        try:
            documents.append(read(first, last, left))
        except (ReaderCrashed, ReaderTimedOut, MemoryExceeded) as death:
            tries -= 1
            came = reached()
            left -= came.seconds
            page = first + came.done
            if page <= last and came.total:
                lost.append((page, page, death.code))
                ranges += [span for span in ((page + 1, last), (first, page - 1)) if span[0] <= span[1]]
            elif first == last:
                lost.append((first, last, death.code))
            else:
                ranges += _halves(first, last)
        except ExtractionError as refusal:
            lost.append((first, last, refusal.code))
    if not documents:
        raise problem
    return _joined(name, documents, lost)


def _halves(first: int, last: int) -> list[tuple[int, int]]:
    """Both halves of a range, the first one last: it is read next."""
    middle = (first + last) // 2
    return [(middle + 1, last), (first, middle)]


def _joined(name: str, documents: list[Document], lost: list[tuple[int, int, str]]) -> Document:
    """One document of the ranges that were read and the pages that were not, in page order."""
    parts = [part for document in documents for part in document.parts]
    unread = []
    for first, last, code in lost:
        for page in range(first, last + 1):
            parts.append(Part(number=page, kind="page", name=f"Page {page}", read=False))
        pages = f"Page {first}" if first == last else f"Pages {first} to {last}"
        locators = tuple(PageLocator(page=page) for page in range(first, last + 1))
        sentence = f"{pages} {_REASONS.get(code, _REASONS['reader_crashed'])}."
        unread.append(NotRead(code=code, sentence=sentence, locators=locators))
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
