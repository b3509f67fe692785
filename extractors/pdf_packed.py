"""Whether a name may stand among the objects of a PDF, found by a plain look at its bytes and at the packed objects
(PDF 32000-1 7.5.7), so that what few files hold costs the others nothing."""

import mmap
import re
import zlib
from pathlib import Path

from extractors.policy import MIB

# Inflated bytes of packed objects that are searched; past them the name is taken to be there.
SEARCHED_BYTES = 64 * MIB
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def may_hold(path: Path, name: bytes) -> bool:
    """Whether the file may hold ``name`` (``/FileAttachment``); True where that cannot be told."""
    try:
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as raw:
            return _may_hold(raw, name)
    except (ValueError, OSError):  # empty, or no file that can be mapped
        return True


def _may_hold(raw: mmap.mmap, name: bytes) -> bool:
    if raw.find(name) >= 0:
        return True
    found = list(_PACKED_OBJECTS.finditer(raw))
    if found and raw.find(b"/Encrypt") >= 0:
        return True
    left = SEARCHED_BYTES
    for match in found:
        try:
            inflated = zlib.decompressobj().decompress(raw[match.end() : match.end() + left], left)
        except zlib.error:
            return True  # packed in another way
        if name in inflated:
            return True
        left -= len(inflated)
        if left <= 0:
            return True
    return False
