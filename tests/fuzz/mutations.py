"""Ways to spoil a file: bytes of any format, and the insides of packages, XML, PDF and mails, which random bytes never
reach because the packing breaks first."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

# Numbers at which sizes, counts and signs go wrong.
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_NUMBERS = (
    "0",
    "-1",
    "1",
    "65536",
    "1048577",
    "2147483648",
    "-2147483649",
    "99999999999999999999",
    "1e308",
    "NaN",
    "x",
    "",
)
# No mutated file is larger: what is looked for is a crash, not the limits of size.
MOST_BYTES = 4 << 20


def truncated(chance: random.Random, raw: bytes) -> bytes:
    """Cut off somewhere."""
    return raw[: chance.randrange(len(raw) + 1)]


def flipped(chance: random.Random, raw: bytes) -> bytes:
    """A few bytes changed."""
    out = bytearray(raw)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def edged(chance: random.Random, raw: bytes) -> bytes:
    """A number set to one at which things go wrong."""
    out = bytearray(raw)
    for _ in range(chance.choice((1, 2, 4))):
        size = chance.choice((1, 2, 4, 8))
        if len(out) > size:
            at = chance.randrange(len(out) - size)
            value = chance.choice(_EDGES) & ((1 << 8 * size) - 1)
            out[at : at + size] = value.to_bytes(size, chance.choice(("little", "big")))
    return bytes(out)


def cut_out(chance: random.Random, raw: bytes) -> bytes:
    """A piece left out."""
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.choice((1, 16, 512, 4096)) :]


def repeated(chance: random.Random, raw: bytes) -> bytes:
    """A piece several times."""
    start = chance.randrange(len(raw) + 1)
    piece = raw[start : start + chance.choice((1, 16, 512))]
    return raw[:start] + piece * chance.choice((2, 20, 500)) + raw[start:]


def shuffled(chance: random.Random, raw: bytes) -> bytes:
    """Two pieces exchanged."""
    if len(raw) < 4:
        return raw
    a, b = sorted(chance.sample(range(len(raw)), 2))
    size = min(b - a, len(raw) - b, chance.choice((4, 64, 1024)))
    return raw[:a] + raw[b : b + size] + raw[a + size : b] + raw[a : a + size] + raw[b + size :]


BYTES: tuple[Mutation, ...] = (truncated, flipped, flipped, edged, edged, cut_out, repeated, shuffled)


def xml(chance: random.Random, raw: bytes) -> bytes:
    """XML that still is XML, mostly: other numbers, elements lost, doubled, nested into themselves, in other places."""
    text = raw.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 2, 5))):
        step = chance.randrange(7)
        if step == 0:
            found = list(re.finditer(r'"-?\d+(\.\d+)?"', text))
            if found:
                hit = chance.choice(found)
                text = f'{text[: hit.start()]}"{chance.choice(_NUMBERS)}"{text[hit.end() :]}'
        elif step == 1:
            found = list(re.finditer(r">[^<>]{1,200}<", text))
            if found:
                hit = chance.choice(found)
                words = chance.choice(
                    ("", "x" * 50_000, "\u202e\u0000"[:1] + "0", "1e999", "2025-99-99", "&#0;", "&x;", "]]>")
                )
                text = f"{text[: hit.start() + 1]}{words}{text[hit.end() - 1 :]}"
        elif step == 2:
            found = list(re.finditer(r"<([\w:]+)[^<>]*/>|<([\w:]+)[^<>]*>[^<>]*</\2>", text))
            if found:
                hit = chance.choice(found)
                times = chance.choice((0, 2, 3, 300))
                text = text[: hit.start()] + hit[0] * times + text[hit.end() :]
        elif step == 3:
            found = list(re.finditer(r"<([\w:]+)((?:\s[^<>]*)?)>", text))
            found = [hit for hit in found if not hit[0].endswith("/>")]
            if found:
                hit = chance.choice(found)
                deep = chance.choice((1, 3, 40, 400, 5_000))
                close = f"</{hit[1]}>"
                end = text.find(close, hit.end())
                if end >= 0:
                    text = text[: hit.end()] + hit[0] * deep + text[hit.end() : end] + close * deep + text[end:]
        elif step == 4:
            found = list(re.finditer(r'\s[\w:]+="[^"<>]*"', text))
            if found:
                hit = chance.choice(found)
                text = text[: hit.start()] + chance.choice(("", hit[0] * 1 + ' x="1"')) + text[hit.end() :]
        elif step == 5:
            found = list(re.finditer(r'r:(?:id|embed|link)="([^"]*)"|Target="([^"]*)"', text))
            if len(found) > 1:
                hit, other = chance.sample(found, 2)
                text = text[: hit.start()] + other[0] + text[hit.end() :]
        else:
            found = list(re.finditer(r'"([A-Z]{1,3}[0-9]{1,7})(:[A-Z]{1,3}[0-9]{1,7})?"', text))
            if found:
                hit = chance.choice(found)
                place = chance.choice(
                    ("A0", "XFD1048576", "A1:XFD1048576", "ZZZZ1", "C3:A1", "1A", "", "A1:A", "A99999999")
                )
                text = f'{text[: hit.start()]}"{place}"{text[hit.end() :]}'
    return text.encode("utf-8", "replace")


def package(chance: random.Random, raw: bytes) -> bytes:
    """One part of a package spoiled, lost, or put in the place of another; the packing stays whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:
        return flipped(chance, raw)
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(list(parts))
        step = chance.randrange(10)
        if step < 6:
            parts[name] = xml(chance, parts[name]) if b"<" in parts[name][:200] else one_of(BYTES)(chance, parts[name])
        elif step == 6:
            parts[name] = one_of(BYTES)(chance, parts[name])
        elif step == 7:
            parts.pop(name)
        elif step == 8:
            parts[name] = parts[chance.choice(list(parts))]
        else:
            parts[name] = b""
        if not parts:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:MOST_BYTES])
    return out.getvalue()


def pdf(chance: random.Random, raw: bytes) -> bytes:
    """A PDF with other numbers, references and names, its packed streams opened and spoiled, too."""

    def opened(hit: re.Match[bytes]) -> bytes:
        try:
            content = zlib.decompress(hit[2])
        except zlib.error:
            return hit[0]
        if chance.random() < 0.7:
            content = pdf_words(chance, content)
        packed = zlib.compress(content[:MOST_BYTES])
        return hit[1].replace(b"/Length ", b"/Length %d %%" % len(packed), 1) + packed + hit[3]

    if chance.random() < 0.5:
        raw = re.sub(rb"(<<[^<>]*?>>\s*stream\r?\n)(.*?)(\r?\nendstream)", opened, raw, flags=re.S)
    return pdf_words(chance, raw)


def pdf_words(chance: random.Random, raw: bytes) -> bytes:
    """Numbers, references and names of PDF syntax exchanged."""
    for _ in range(chance.choice((1, 2, 6))):
        pattern = chance.choice(
            (rb"\b\d+ 0 R\b", rb"-?\b\d+(\.\d+)?\b", rb"/[A-Za-z]+", rb"<<", rb"\[", rb"\((?:[^()\\]|\\.)*\)")
        )
        found = list(re.finditer(pattern, raw))
        if not found:
            continue
        hit = chance.choice(found)
        other = chance.choice(found)[0]
        if pattern.endswith(rb"?\b") and chance.random() < 0.6:
            other = chance.choice(_NUMBERS).encode()
        elif pattern in (rb"<<", rb"\[") and chance.random() < 0.5:
            other = hit[0] * chance.choice((0, 2, 200, 20_000))
        raw = raw[: hit.start()] + other + raw[hit.end() :]
    return raw


def lines(chance: random.Random, raw: bytes) -> bytes:
    """Text with lines lost, doubled, joined, exchanged, made endless."""
    found = raw.split(b"\n")
    for _ in range(chance.choice((1, 2, 6))):
        at = chance.randrange(len(found))
        step = chance.randrange(7)
        if step == 0:
            found.pop(at)
        elif step == 1:
            found[at:at] = [found[at][:2000]] * chance.choice((1, 50, 3000))
        elif step == 2:
            other = chance.randrange(len(found))
            found[at], found[other] = found[other], found[at]
        elif step == 3:
            found[at] = found[at][:2000] * chance.choice((2, 1000))
        elif step == 4:
            found[at] = one_of(BYTES)(chance, found[at])
        elif step == 5:
            sign = chance.choice(
                (b"|", b">", b"#", b"*", b"<div>", b"<table><tr><td>", b"(", b"[", b"_", b'"', b"`", b"\t")
            )
            found[at] = sign * chance.choice((1, 100, 10_000)) + found[at]
        else:
            found[at] = b""
        if not found:
            found = [b""]
    return b"\n".join(found)


def one_of(ways: tuple[Mutation, ...]) -> Mutation:
    """A mutation that takes one of these each time."""
    return lambda chance, raw: chance.choice(ways)(chance, raw)
