"""The way of a bundle without a server: files are read in several processes, judged in this one, in stable order."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evidence.model import DocumentReport, Error
from extractors.bundle import Opener
from extractors.document import Document
from extractors.errors import ExtractionError
from service.documents.sources import Source
from service.errors import ServiceError

logger = logging.getLogger(__name__)

# Documents read but not yet judged; each may hold a whole workbook, so few are kept.
WAITING = 4
# How long an interrupted analysis waits for its readers; the reading processes die with this one in any case.
STOP_SECONDS = 2.0


class FileReader(Protocol):
    """Reads a file into a document; ``extractors.sandbox.Reader`` is the real one."""

    def read(
        self,
        path: Path,
        name: str,
        progress: Callable[[int, int], None] | None = None,
        passwords: Sequence[str] = (),
    ) -> Document:
        """The document; ``passwords`` are tried where it is protected. Raises an ExtractionError."""
        ...


class BundleReader(FileReader, Opener, Protocol):
    """Reads files and opens archives and mails."""


class Judge(Protocol):
    """Turns a document into its report; made from ``evidence.pipeline`` in ``service.bootstrap``."""

    def report(self, document: Document) -> DocumentReport:
        """The report of one document."""
        ...


@dataclass(frozen=True)
class Step:
    """What happened to a file: ``stage`` is ``reading`` (pages done of total), ``judging`` or ``done`` (see status)."""

    number: int
    name: str
    stage: str
    done: int = 0
    total: int = 0
    status: str = ""


Tell = Callable[[Step], None]
OpenReader = Callable[[], AbstractContextManager[FileReader]]


def _silent(step: Step) -> None:
    """Nobody watches."""


def analyse(
    sources: Iterable[Source],
    open_reader: OpenReader,
    judge: Judge,
    readers: int = 1,
    tell: Tell = _silent,
) -> list[DocumentReport]:
    """Read and judge all files; the reports stand in the order of the files. No file stops another."""
    listed = list(sources)
    reports: list[DocumentReport | None] = [None] * len(listed)
    for number, document in _read(listed, open_reader, max(1, min(readers, len(listed))), tell):
        source = listed[number]
        if isinstance(document, ExtractionError):
            report = DocumentReport.unreadable(source.name, source.sha256, document)
        else:
            tell(Step(number, source.name, "judging"))
            report = _judged(judge, document)
        reports[number] = report
        tell(Step(number, source.name, "done", status=report.status))
    return [report for report in reports if report is not None]


def _judged(judge: Judge, document: Document) -> DocumentReport:
    try:
        return judge.report(document)
    except (ServiceError, MemoryError):
        raise
    except Exception:
        logger.exception("judging %s failed", document.path)
        return DocumentReport(path=document.path, sha256=document.sha256, status="failed", error=NOT_JUDGED)


NOT_JUDGED = Error(
    code="not_judged",
    message="The file was read, but the program failed on judging its text.",
    remedy="Report this with the file's type to the maintainers; the other files are not affected.",
)


def _read(
    sources: Sequence[Source], open_reader: OpenReader, readers: int, tell: Tell
) -> Iterable[tuple[int, Document | ExtractionError]]:
    """Documents as they come out of several reading processes, each driven by its own thread."""
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(sources)):
        todo.put(number)
    ready: queue.Queue[tuple[int, Document | ExtractionError | BaseException]] = queue.Queue(maxsize=WAITING)
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=_drive, args=(sources, todo, ready, stop, open_reader, tell), name=f"reader-{n}", daemon=True
        )
        for n in range(readers)
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in sources:
            number, outcome = ready.get()
            if isinstance(outcome, Document | ExtractionError):
                yield number, outcome
            else:
                raise outcome
    finally:
        stop.set()
        end = time.monotonic() + STOP_SECONDS
        while any(thread.is_alive() for thread in threads) and time.monotonic() < end:
            # A thread that waits to hand over its last document needs room to end.
            with contextlib.suppress(queue.Empty):
                ready.get(timeout=0.05)


def _drive(
    sources: Sequence[Source],
    todo: "queue.SimpleQueue[int]",
    ready: "queue.Queue[tuple[int, Document | ExtractionError | BaseException]]",
    stop: threading.Event,
    open_reader: OpenReader,
    tell: Tell,
) -> None:
    number = 0
    try:
        with open_reader() as reader:
            while not stop.is_set():
                try:
                    number = todo.get_nowait()
                except queue.Empty:
                    return
                ready.put((number, _one(number, sources[number], reader, tell, stop)))
    except BaseException as problem:  # handed to the thread that waits, which raises it
        ready.put((number, problem))


def _one(
    number: int, source: Source, reader: FileReader, tell: Tell, stop: threading.Event
) -> Document | ExtractionError:
    if source.path is None:
        return source.error or ExtractionError()

    def progress(done: int, total: int) -> None:
        tell(Step(number, source.name, "reading", done, total))

    tell(Step(number, source.name, "reading"))
    try:
        return reader.read(source.path, source.name, progress)
    except ExtractionError as problem:
        return problem
    except Exception:
        if not stop.is_set():  # else its reading process was closed under it
            logger.exception("reading %s failed", source.name)
        return ExtractionError()
