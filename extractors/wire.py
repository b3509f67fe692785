"""Frames between parent and child: one byte of kind, four bytes of length, then the payload."""

import os
import select
import struct
from collections.abc import Callable

REQUEST = b"Q"
HELLO = b"H"
ANSWER = b"A"
FAILURE = b"F"
PROGRESS = b"P"
# Of a container: work on an entry begins (number and name), and what became of it.
BEGIN = b"B"
MEMBER = b"M"

_HEADER = struct.Struct(">cI")
_CHUNK = 1 << 20
# The length field is 32 bits wide; the policy's own limit is far lower.
MAX_PAYLOAD = (1 << 32) - 1


class Closed(Exception):
    """The other side is gone."""


class TooLate(Exception):
    """Nothing came before the deadline."""


class TooLarge(Exception):
    """The other side announces more than is taken."""


def send(descriptor: int, kind: bytes, payload: bytes) -> None:
    """Write one frame; raises Closed where the other side is gone."""
    if len(payload) > MAX_PAYLOAD:
        raise TooLarge
    view = memoryview(_HEADER.pack(kind, len(payload)) + payload)
    try:
        while view:
            view = view[os.write(descriptor, view[:_CHUNK]) :]
    except BrokenPipeError as problem:
        raise Closed from problem


def receive(descriptor: int, limit: int, left: Callable[[], float] | None = None) -> tuple[bytes, bytes]:
    """Read one frame of at most ``limit`` bytes; raises Closed, TooLate or TooLarge.

    ``left`` says how many seconds to wait at least, and is asked again when they are over: 0 or less is too late. It is
    not asked while something is there: a child that waits for its answer to be taken looks as one that hangs.
    """
    kind, length = _HEADER.unpack(_read(descriptor, _HEADER.size, left))
    if length > limit:
        raise TooLarge
    return kind, _read(descriptor, length, left)


def _read(descriptor: int, size: int, left: Callable[[], float] | None) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        if left is not None and not select.select([descriptor], [], [], 0)[0]:
            seconds = left()
            if seconds <= 0:
                raise TooLate
            if not select.select([descriptor], [], [], seconds)[0]:
                continue
        chunk = os.read(descriptor, min(_CHUNK, size - len(parts)))
        if not chunk:
            raise Closed
        parts += chunk
    return bytes(parts)
