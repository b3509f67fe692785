"""A multipart upload as files that arrive: never held in memory, never written twice.

The request is read in the event loop and parsed as it comes; each file's bytes go through a small queue to a thread that
hashes and stores them. When the store is slow, the queue is full and the sender waits. A sender that is slow holds a thread
and up to a megabyte: so it has to bring something now and then, at a pace, and has only so many uploads at once.
"""

import asyncio
import queue
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import TypeVar

from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from service.accounts.access import sender_of
from service.accounts.scope import Scope
from service.documents.intake import Sent
from service.errors import Malformed, NothingSent, TooLarge, TooOften, TooSlow, WrongUse
from service.settings import ServicePolicy

T = TypeVar("T")

# Uploads taken in by a process at the same time; further ones wait their turn.
UPLOADS = 32
# Seconds at the beginning of an upload in which nothing is said of its pace.
START_SECONDS = 60.0
# Pieces that wait for the store: with 64 KiB a piece this holds 1 MiB an upload.
WAITING = 16
# When to try again after too many uploads at once: one of a few megabytes has ended by then.
RETRY_SECONDS = 15
# Characters of the boundary between parts: RFC 2046 allows 70, and the parser takes no longer ones.
LONGEST_BOUNDARY = 256
# Bytes of the headers of one part; a file name has at most some hundred.
HEADER_BYTES = 8_192
# The plain field that is looked at; a form sends it once a password.
PASSWORD_FIELD = "password"
# Bytes of all plain fields together, and how many there may be: a form of ours has one, twenty passwords of a program twenty.
FIELD_BYTES = 65_536
FIELDS = 100
_END = object()


@dataclass
class Fields:
    """What a form sends besides files; complete when its last file is."""

    passwords: list[str] = field(default_factory=list, repr=False)


class Uploads:
    """The uploads that a process takes in: threads for all of them, and how many each person has."""

    def __init__(self, limits: ServicePolicy) -> None:
        self.limits = limits
        self.pool = ThreadPoolExecutor(max_workers=UPLOADS, thread_name_prefix="upload")
        self._open: Counter[str] = Counter()

    @contextmanager
    def place(self, person: str) -> Iterator[None]:
        """One upload of a person. Raises TooOften. Looking and taking are one step: the event loop is one thread."""
        if self._open[person] >= self.limits.uploads_at_once:
            raise TooOften(
                f"{self.limits.uploads_at_once} uploads of yours are being received already.",
                "Wait until one of them has ended, then send these files again.",
                retry_seconds=RETRY_SECONDS,
            )
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]

    def close(self) -> None:
        """End; what is coming in is given up."""
        self.pool.shutdown(wait=False, cancel_futures=True)


class _Pace:
    """How long the next piece of an upload may take. Only the time is counted in which the sender is waited for."""

    def __init__(self, limits: ServicePolicy) -> None:
        self._silence, self._pace = limits.upload_silence_seconds, limits.upload_pace_bytes
        # What stands around the files and behind them is no file's and would else be counted by nobody.
        self._most = limits.upload_bytes + limits.upload_files * HEADER_BYTES + FIELD_BYTES
        self._waited, self._bytes = 0.0, 0

    async def next(self, body: AsyncIterator[bytes]) -> bytes | None:
        """The next piece; None at the end. Raises TooSlow, and TooLarge for a body without end."""
        due = START_SECONDS + self._bytes / self._pace - self._waited
        start = time.monotonic()
        try:
            async with asyncio.timeout(min(self._silence, max(0.0, due))):
                piece = await anext(body, None)
        except TimeoutError:
            raise TooSlow("The upload brought nothing for too long, or came too slowly.") from None
        self._waited += time.monotonic() - start
        self._bytes += len(piece or b"")
        if self._bytes > self._most:
            raise TooLarge
        return piece


class _Cancelled(Exception):
    """The sender went away."""


class _Parts:
    """Parses the body; what is found goes into ``found`` as (name) for a new file and bytes for its content."""

    def __init__(self, boundary: bytes) -> None:
        self.found: list[str | bytes] = []
        self._headers: dict[str, str] = {}
        self._field, self._value = b"", b""
        self._is_file = False
        self._plain: bytearray | None = None
        self._plain_bytes, self._fields = 0, 0
        self.fields = Fields()
        self.ended = False
        self.parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._on_field,
                "on_header_value": self._on_value,
                "on_header_end": self._on_header,
                "on_headers_finished": self._on_headers,
                "on_part_data": self._on_data,
                "on_part_end": self._on_end,
                "on_end": self._on_last,
            },
        )

    def feed(self, chunk: bytes) -> list[str | bytes]:
        """What this piece of the body brought."""
        self.parser.write(chunk)
        found, self.found = self.found, []
        return found

    def _on_last(self) -> None:
        self.ended = True

    def _begin(self) -> None:
        self._headers, self._is_file = {}, False

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]
        self._limit()

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._limit()

    def _limit(self) -> None:
        if len(self._field) + len(self._value) > HEADER_BYTES:
            raise WrongUse("The head of a file in the upload is too long.", "Shorten the file's name.")

    def _on_header(self) -> None:
        self._headers[self._field.decode("latin-1").lower()] = self._value.decode("utf-8", "replace")
        self._field, self._value = b"", b""

    def _on_headers(self) -> None:
        disposition = self._headers.get("content-disposition", "")
        name = _file_name(disposition)
        self._is_file = name is not None
        self._plain = bytearray() if name is None and _field_name(disposition) == PASSWORD_FIELD else None
        if name:
            self.found.append(name)
        self._fields += name is None
        if self._fields > FIELDS:
            raise WrongUse(
                "The form has too many fields beside its files.", "Send the files and their passwords alone."
            )

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file and end > start:
            self.found.append(data[start:end])
        elif not self._is_file:
            self._plain_bytes += end - start
            if self._plain_bytes > FIELD_BYTES:
                raise WrongUse("The fields of the form are too long.", "Check the passwords.")
            if self._plain is not None:
                self._plain += data[start:end]

    def _on_end(self) -> None:
        if self._plain is not None:
            # A person types several on lines of their own; no program has a password with a line end.
            lines = self._plain.decode("utf-8", "replace").splitlines()
            self.fields.passwords += [line for line in lines if line]
            self._plain = None


def _file_name(disposition: str) -> str | None:
    """The file name of a part; None where it is a plain field, or a file box in which nothing was chosen."""
    message = Message()
    message["content-disposition"] = disposition
    name = message.get_filename()
    # Encodings that a sender may name can yield halves of letters, which no database or file system keeps.
    return name.encode("utf-8", "replace").decode() if name else None


def _field_name(disposition: str) -> str:
    message = Message()
    message["content-disposition"] = disposition
    return str(message.get_param("name", "", header="content-disposition"))


def boundary_of(content_type: str) -> bytes:
    """The boundary of a multipart request. Raises WrongUse where it is none, Malformed where it is too long."""
    message = Message()
    message["content-type"] = content_type
    boundary = message.get_boundary()
    if message.get_content_type() != "multipart/form-data" or not boundary:
        raise WrongUse("Files come as multipart/form-data.", "Send them as a form with files.")
    if len(boundary) > LONGEST_BOUNDARY:
        raise Malformed(
            f"The boundary between the files of the upload is longer than {LONGEST_BOUNDARY} characters.",
            "Send them with a shorter one; RFC 2046 allows 70.",
        )
    return str(boundary).encode("latin-1", "replace")


async def receive_files(
    request: Request, scope: Scope, uploads: Uploads, take: Callable[[Iterator[Sent], Fields], T]
) -> T:
    """Hand the files of a request to ``take``, which runs in a thread, as they arrive; its answer is returned. The plain
    fields beside them are complete when the files are at their end.

    ``take`` must go through each file to its end before it asks for the next. Its errors are raised here, while the rest of
    the body is not read any more. Raises TooOften for a person with too many uploads, TooSlow, Malformed and WrongUse.
    """
    parts = _Parts(boundary_of(request.headers.get("content-type", "")))
    pipe: queue.Queue[object] = queue.Queue(maxsize=WAITING)
    sender = sender_of(request.client.host if request.client else "")
    with uploads.place(f"{scope.user} {sender}"):
        work = uploads.pool.submit(take, _files(pipe), parts.fields)
        pace, body = _Pace(uploads.limits), request.stream()
        try:
            while (chunk := await pace.next(body)) is not None and not work.done():
                for found in parts.feed(chunk):
                    await _put(pipe, found, work)
            if (
                not work.done() and not parts.ended
            ):  # the parser itself takes a body cut in the midst of a file for whole
                raise Malformed("The upload broke off or is not well formed.", "Send the files again.")
            await _put(pipe, _END, work)
            return await asyncio.wrap_future(work)
        except FormParserError as problem:
            raise Malformed("The upload broke off or is not well formed.", "Send the files again.") from problem
        finally:
            if not work.done() and not work.cancel():
                await _put(pipe, _Cancelled(), work)
                given_up = asyncio.wrap_future(work)
                await asyncio.wait([given_up])
                given_up.exception()  # looked at, or it would be told as one that nobody looked at


async def _put(pipe: "queue.Queue[object]", item: object, work: "Future[T]") -> None:
    """Hand something to the thread; when it has ended there is nobody to hand it to."""
    while not work.done():
        try:
            pipe.put_nowait(item)
            return
        except queue.Full:
            await asyncio.sleep(0.005)


def _files(pipe: "queue.Queue[object]") -> Iterator[Sent]:
    """The files, in the thread: each is a name followed by its bytes."""
    item = pipe.get()
    if isinstance(item, bytes):
        raise NothingSent
    while item is not _END:
        _alive(item)
        name, rest = str(item), _Rest()
        yield Sent(name, _content(pipe, rest))
        if rest.item is None:  # nobody read the file to its end
            for _ in _content(pipe, rest):
                continue
        item = rest.item


class _Rest:
    """What stood after a file's bytes: the next name or the end."""

    item: object = None


def _content(pipe: "queue.Queue[object]", rest: _Rest) -> Iterator[bytes]:
    while isinstance(item := pipe.get(), bytes):
        yield item
    _alive(item)
    rest.item = item


def _alive(item: object) -> None:
    if isinstance(item, _Cancelled):
        raise item
