"""Bytes of text files and of names to text, in whatever encoding a factory's program wrote them."""

import codecs
import contextlib

from charset_normalizer import from_bytes

from extractors.likeliest import TEXTS, best
from extractors.text_detect import by_zeros

# Bytes looked at to tell the encoding; a letter of the alphabet in question turns up long before.
SAMPLE_BYTES = 200_000
# How well a text must read in an encoding of the countries where factories are; else statistics over all known ones decide.
READS_WELL = 0.8
# Bytes of lines with foreign letters that are tried in each of them.
LETTERS_LOOKED_AT = 20_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_WIDER = {
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_PAIRS = frozenset({"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp"})
# Share of letters that may be broken in a text of letters in pairs which declares its encoding.
DAMAGED = 0.01


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


def declared(raw: bytes, charset: str) -> str | None:
    """The text in the encoding that a mail or a page declares; None where there is no such one, or it is not kept to.

    Programs declare the older encoding and write the letters that the wider one added, which is what all readers of pages
    take for it (WHATWG Encoding Standard 4.2)."""
    try:
        known = codecs.lookup(charset).name
        known = _WIDER.get(known, known)
        if not raw.isascii():  # Japanese mails write everything in ASCII bytes
            with contextlib.suppress(UnicodeDecodeError):
                return raw.decode("utf-8")  # what was meant, whatever is declared: no other text happens to be UTF-8
        return raw.decode(known)
    except UnicodeDecodeError:
        if known in _PAIRS:
            text = raw.decode(known, "replace")
            return text if text.count("\ufffd") <= DAMAGED * len(text) else None
    except (LookupError, ValueError, TypeError):
        pass
    return None


def guess(raw: bytes) -> str:
    """The most likely encoding of bytes that are no UTF-8."""
    sample = raw[:SAMPLE_BYTES]
    encoding, score = best([_foreign(sample)], TEXTS)
    if score < READS_WELL:
        found = from_bytes(sample).best()
        if found is not None:
            return found.encoding
    return encoding if score > 0 else "cp1252"


def reads_well(raw: bytes) -> bool:
    """Whether bytes that are no UTF-8 read as words in an encoding of the countries where factories are."""
    return best([_foreign(raw[:SAMPLE_BYTES])], TEXTS)[1] >= READS_WELL


def _foreign(sample: bytes) -> bytes:
    """The first lines that are more than ASCII, cut behind a byte that is no half of a letter in any encoding."""
    lines = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())
    if len(lines) <= LETTERS_LOOKED_AT and len(sample) < SAMPLE_BYTES:
        return lines
    head = lines[:LETTERS_LOOKED_AT]
    return head[: max(head.rfind(sign) for sign in (b"\n", b" ", b",", b"\t", b"/")) + 1] or head
