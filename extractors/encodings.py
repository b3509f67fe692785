"""Bytes of text files and of names to text, in whatever encoding a factory's program wrote them."""

import codecs
import contextlib

from charset_normalizer import from_bytes

from extractors.text_detect import by_zeros

# Bytes looked at to tell the encoding; a letter of the alphabet in question turns up long before.
SAMPLE_BYTES = 200_000
# Encodings of the countries where factories are, tried when the statistics do not decide.
_REGIONAL = ("cp1258", "gb18030", "shift_jis", "euc_kr", "cp874", "cp1254", "big5", "cp1251", "cp1252")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as UTF-16 by its zeros, else by statistics. Never
    raises."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if b"\x00" in raw[:SAMPLE_BYTES]:
        if wide := by_zeros(raw[:SAMPLE_BYTES]):
            return raw.decode(wide, "replace")
        # Strays and padding; or UTF-16 of a script in which zeros are few.
        with contextlib.suppress(UnicodeDecodeError):
            return raw.replace(b"\x00", b"").decode("utf-8")
        even, odd = raw[0:SAMPLE_BYTES:2].count(0), raw[1:SAMPLE_BYTES:2].count(0)
        if even != odd:
            return raw.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
        raw = raw.replace(b"\x00", b"")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A cut or slightly damaged UTF-8 file is still UTF-8 if nearly all of its long letters are whole.
        if problem.start > 1000 and raw[:SAMPLE_BYTES].decode("utf-8", "replace").count("\ufffd") < 0.001 * len(raw):
            return raw.decode("utf-8", "replace")
    return raw.decode(guess(raw), "replace")


def guess(raw: bytes) -> str:
    """The most likely encoding of bytes that are no UTF-8."""
    best = from_bytes(raw[:SAMPLE_BYTES]).best()
    if best is not None:
        return best.encoding
    for encoding in _REGIONAL:
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "cp1252"
