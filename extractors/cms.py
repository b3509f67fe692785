"""Envelopes of signed and encrypted mails and files (CMS, RFC 5652): what was signed is taken out. No signature is checked
and nothing is decrypted: whom to trust is not told by a file.

Programs write them with lengths or without (BER), as bytes, Base64 or PEM.
"""

import base64
import binascii
import contextlib
import re
from typing import Literal, NamedTuple

from extractors.errors import DamagedFile, EncryptedMail

# The types of content that are met (RFC 5652 4, RFC 5083 2.1): an object identifier each, with its tag and length.
_TYPES: tuple[tuple[bytes, Literal["signed", "encrypted"]], ...] = (
    (bytes.fromhex("06092a864886f70d010702"), "signed"),
    (bytes.fromhex("06092a864886f70d010703"), "encrypted"),
    (bytes.fromhex("06092a864886f70d010706"), "encrypted"),
    (bytes.fromhex("060b2a864886f70d0109100117"), "encrypted"),
)
_SEQUENCE, _CONTEXT_0, _OCTETS, _OCTETS_IN_PIECES = 0x30, 0xA0, 0x04, 0x24
_PIECES = 0x20  # the bit of a tag that says that elements follow and no value
_END = 0x00
# The outermost element, its length and the type of content.
_HEAD_BYTES = 32
# Elements within one another; honest envelopes have ten.
_DEPTH = 40
_TEXT = re.compile(rb"\s*(?:-----BEGIN (?:PKCS ?#?7|CMS)[A-Z ]*-----\s*)?(M[A-Za-z0-9+/]{40})")
_LABEL = re.compile(rb"-----[A-Z0-9# ]+-----")


def kind(head: bytes) -> Literal["signed", "encrypted"] | None:
    """Whether bytes, or Base64 text, begin as an envelope of one of the known types."""
    if match := _TEXT.match(head):
        head = base64.b64decode(match[1][:40])
    if head[:1] != b"\x30" or len(head) < 4:
        return None
    size = head[1]
    at = 2 + (size & 0x7F if size > 0x80 else 0)
    return next((name for mark, name in _TYPES if head.startswith(mark, at)), None)


class Signed(NamedTuple):
    """What was signed; ``cut`` where the envelope breaks off within it."""

    data: bytes
    cut: bool


def content(raw: bytes) -> Signed | None:
    """What was signed; None where the signature stands alone, beside what it signs. Raises DamagedFile or EncryptedMail."""
    found = kind(raw[:200])
    if found == "encrypted":
        raise EncryptedMail
    if found is None:
        raise DamagedFile
    if _TEXT.match(raw[:200]):
        try:
            raw = base64.b64decode(_LABEL.sub(b"", raw))
        except binascii.Error as problem:
            raise DamagedFile from problem
    walk = _Walk(raw)
    try:
        at = walk.inside(0, _SEQUENCE)  # ContentInfo
        at = walk.inside(walk.behind(at), _CONTEXT_0)
        at = walk.inside(at, _SEQUENCE)  # SignedData
        at = walk.behind(walk.behind(at))  # version, digest algorithms
        at, end = walk.inside(at, _SEQUENCE), walk.end(at)  # what was signed: its type, then its bytes
        at = walk.behind(at)
        if (end is not None and at >= end) or raw[at] != _CONTEXT_0:
            return None
        data = walk.octets(walk.inside(at, _CONTEXT_0))
        return Signed(data, walk.cut)
    except IndexError as problem:
        raise DamagedFile from problem


class _Walk:
    """Elements of BER (X.690 8.1): a tag, a length or none, a value or further elements. Raises IndexError and DamagedFile."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        # Whether a string goes on behind the last byte.
        self.cut = False

    def _head(self, at: int) -> tuple[int, int, int | None]:
        """Tag, where the value begins, and its length; None for one that ends with a mark."""
        raw = self._raw
        tag, size, at = raw[at], raw[at + 1], at + 2
        if tag & 0x1F == 0x1F:
            raise DamagedFile
        if size == 0x80:
            return tag, at, None
        if size > 0x80:
            more = size & 0x7F
            if more > 8 or at + more > len(raw):
                raise DamagedFile
            return tag, at + more, int.from_bytes(raw[at : at + more])
        return tag, at, size

    def inside(self, at: int, wanted: int) -> int:
        """Where the value of an element begins, which must be of this kind."""
        tag, start, _ = self._head(at)
        if tag != wanted:
            raise DamagedFile
        return start

    def end(self, at: int) -> int | None:
        """Where an element with a length ends."""
        _, start, size = self._head(at)
        return None if size is None else start + size

    def behind(self, at: int, depth: int = 0) -> int:
        """Where the next element begins."""
        tag, start, size = self._head(at)
        if size is not None:
            return start + size
        if depth > _DEPTH or not tag & _PIECES:
            raise DamagedFile
        while self._raw[start] != _END:
            start = self.behind(start, depth + 1)
        return start + 2

    def octets(self, at: int) -> bytes:
        """The bytes of a string, also one in pieces; of one that was cut off, those that are there."""
        found = bytearray()
        with contextlib.suppress(_CutOff):
            self._collect(at, found, 0)
        return bytes(found)

    def _collect(self, at: int, found: bytearray, depth: int) -> int:
        if at + 2 > len(self._raw):
            self.cut = True
            raise _CutOff
        tag, start, size = self._head(at)
        if tag == _OCTETS and size is not None:
            found += self._raw[start : start + size]
            if start + size > len(self._raw):
                self.cut = True
                raise _CutOff
            return start + size
        if tag != _OCTETS_IN_PIECES or depth > _DEPTH:
            raise DamagedFile
        end = None if size is None else start + size
        while end is None or start < end:
            if end is None and self._raw[start : start + 1] == bytes([_END]):
                return start + 2
            start = self._collect(start, found, depth + 1)
        return start


class _CutOff(Exception):
    """The bytes end within a string."""
