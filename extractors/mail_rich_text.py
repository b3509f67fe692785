"""The rich text of Outlook messages, unpacked (MS-OXRTFCP): a small dictionary with the words of RTF, and references."""

import struct

from extractors import progress
from extractors.errors import DamagedFile, LimitExceeded
from extractors.policy import ExtractionPolicy

_PACKED, _PLAIN = b"LZFu", b"MELA"
_HEADER = struct.Struct("<II4sI")
# What the dictionary holds before the first byte (MS-OXRTFCP 2.1.2.1).
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
_DICTIONARY = 4096
# Runs of eight between two looks at the clock.
_RUNS_BETWEEN_CLOCKS = 4096


def unpacked_rich_text(raw: bytes, policy: ExtractionPolicy) -> bytes:
    """The RTF of a message's rich text; cut short, what can be unpacked. Raises DamagedFile and LimitExceeded."""
    if len(raw) < _HEADER.size:
        raise DamagedFile
    _, size, kind, _ = _HEADER.unpack_from(raw)
    if size > policy.xml_part_bytes:
        raise LimitExceeded
    if kind == _PLAIN:
        return raw[_HEADER.size : _HEADER.size + size]
    if kind != _PACKED:
        raise DamagedFile
    return _inflated(raw, size)


def _inflated(raw: bytes, size: int) -> bytes:
    # The dictionary is a window on what was written: its place zero comes again every 4,096 bytes.
    out = bytearray(_START)
    at, runs, end = _HEADER.size, 0, len(_START) + size
    while at < len(raw) and len(out) < end:
        control, at, runs = raw[at], at + 1, runs + 1
        if runs % _RUNS_BETWEEN_CLOCKS == 0 and progress.out_of_time():
            break
        for bit in range(8):
            if not control >> bit & 1:
                out += raw[at : at + 1]
                at += 1
                continue
            if at + 2 > len(raw):
                return bytes(out[len(_START) : end])
            reference = raw[at] << 8 | raw[at + 1]
            at += 2
            here = len(out) % _DICTIONARY
            back = (here - (reference >> 4)) % _DICTIONARY
            if back == 0:
                return bytes(out[len(_START) : end])
            start = len(out) - back
            if start < 0:
                raise DamagedFile
            for step in range((reference & 15) + 2):
                out.append(out[start + step])
    return bytes(out[len(_START) : end])
