"""Packed streams of a PDF that inflate to more than any page needs, found before the PDF library unpacks them.

pdfium inflates a page's content whole and keeps it; a few kilobytes can ask for a gigabyte. Deflate packs at most 1,032 to
1 (RFC 1951), so only a large stream or one packed twice can do that, and only those are looked at.
"""

import mmap
import re
import zlib
from pathlib import Path

from extractors.errors import LimitExceeded
from extractors.policy import ExtractionPolicy

# The most that deflate makes of one byte.
DEFLATE_RATIO = 1_032
# A stream whose beginning packs less than this is no bomb: text packs 20 to 1, plain drawings 100 to 1.
SUSPICIOUS_RATIO = 250
SAMPLE_BYTES = 16 * 1024
# Filters of one stream that are followed; honest files use one, rarely two.
MOST_LAYERS = 4
_STREAM = re.compile(rb"stream\r?\n")
# ``FlateDecode`` in a list of filters, or its short form (PDF 32000-1 table 6 and 8.9.7).
_PACKED = re.compile(rb"/Fl(?:ateDecode)?(?![A-Za-z])")
# A stream's dictionary before its data; the filters of honest ones stand within so many bytes.
_DICTIONARY_BYTES = 1_024
_CHUNK = 1 << 20


def refuse_bombs(path: Path, policy: ExtractionPolicy) -> None:
    """Raise LimitExceeded where a stream inflates to more than ``pdf_stream_bytes``, measured while inflating."""
    with path.open("rb") as file:
        try:
            raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (ValueError, OSError):  # empty, or no file that can be mapped: the library will say
            return
        with raw:
            large = policy.pdf_stream_bytes // DEFLATE_RATIO
            for match in _STREAM.finditer(raw):
                if raw[max(0, match.start() - 3) : match.start()] == b"end":
                    continue
                begin = max(0, match.start() - _DICTIONARY_BYTES)
                layers = len(_PACKED.findall(raw[begin : match.start()].rpartition(b"endobj")[2]))
                if layers < 2 and raw.find(b"endstream", match.end(), match.end() + large) >= 0:
                    continue
                if layers and _inflates(raw, match.end(), min(layers, MOST_LAYERS), policy.pdf_stream_bytes):
                    raise LimitExceeded("A part of the file inflates to more than the set limit.")


def _inflates(raw: mmap.mmap, start: int, layers: int, most: int) -> bool:
    """Whether the stream at ``start`` gives more than ``most`` bytes after so many layers."""
    for depth in range(1, layers + 1):
        if depth < layers and not _is_packed(_first(raw, start, depth)):
            return _exceeds(raw, start, depth, most)
    return _exceeds(raw, start, layers, most)


def _is_packed(data: bytes) -> bool:
    """Whether bytes begin as zlib's do (RFC 1950 2.2)."""
    return len(data) >= 2 and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0


def _first(raw: mmap.mmap, start: int, depth: int) -> bytes:
    data = raw[start : start + SAMPLE_BYTES]
    for _ in range(depth):
        try:
            data = zlib.decompressobj().decompress(data, SAMPLE_BYTES)
        except zlib.error:
            return b""
    return data


def _exceeds(raw: mmap.mmap, start: int, layers: int, most: int) -> bool:
    """Count what comes out of the last layer, in chunks, and stop where the beginning shows no bomb: what begins honestly
    and goes on as one is left to the limits of time and memory."""
    inflaters = [zlib.decompressobj() for _ in range(layers)]
    given = taken = 0
    at = start
    waiting: list[bytes] = [b""] * layers
    try:
        while True:
            # The deepest layer that has something to give works first, so that nothing piles up.
            level = next((n for n in reversed(range(layers)) if waiting[n]), None)
            if level is None:
                chunk = raw[at : at + SAMPLE_BYTES]
                at += len(chunk)
                taken += len(chunk)
                if not chunk or inflaters[0].eof:
                    return False
                waiting[0], level = chunk, 0
            out = inflaters[level].decompress(waiting[level], _CHUNK)
            waiting[level] = inflaters[level].unconsumed_tail
            if not out:
                if inflaters[level].eof:
                    waiting[level] = b""
                    if level == 0 or not any(waiting):
                        return False
                continue
            if level + 1 < layers:
                waiting[level + 1] = out
            else:
                given += len(out)
                if given > most:
                    return True
                if layers == 1 and taken >= SAMPLE_BYTES and given < SUSPICIOUS_RATIO * taken:
                    return False
    except zlib.error:
        return False
