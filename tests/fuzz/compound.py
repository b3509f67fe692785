"""Compound files (MS-CFB, version 3) written for tests: the library that reads them does not write them."""

import struct
from collections.abc import Mapping

SECTOR, SMALL, CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams; slashes in names make storages. Streams below 4,096 bytes lie
    in the small stream, as the format asks."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]
    places: dict[str, int] = {"": 0}

    def storage(path: str) -> int:
        if path not in places:
            parent, _, name = path.rpartition("/")
            places[path] = len(entries)
            entries.append((name, 1, b"", []))
            entries[storage(parent)][3].append(places[path])
        return places[path]

    for path, content in streams.items():
        parent, _, name = path.rpartition("/")
        at = storage(parent)
        entries[at][3].append(len(entries))
        entries.append((name, 2, content, []))

    sectors: list[bytes] = []
    fat: list[int] = []

    def put(content: bytes) -> int:
        count = -(-len(content) // SECTOR)
        if not count:
            return _END
        first = len(sectors)
        for number in range(count):
            sectors.append(content[number * SECTOR : (number + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + number + 1 if number + 1 < count else _END)
        return first

    small, small_fat = bytearray(), list[int]()

    def put_small(content: bytes) -> int:
        first, count = len(small) // SMALL, -(-len(content) // SMALL)
        small.extend(content.ljust(count * SMALL, b"\0"))
        small_fat.extend([*range(first + 1, first + count), _END] if count else [])
        return first if count else _END

    starts = [put_small(content) if len(content) < CUTOFF else put(content) for _, _, content, _ in entries]
    small_start = put(bytes(small))
    small_table = put(struct.pack(f"<{len(small_fat)}I", *small_fat).ljust(-(-len(small_fat) // 128) * SECTOR, b"\xff"))
    directory = b""
    siblings = {child: (following if last else _FREE) for child, following, last in _chained(entries)}
    for at, (name, kind, content, children) in enumerate(entries):
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        links = struct.pack("<III", _FREE, siblings.get(at, _FREE), children[0] if children else _FREE)
        start, size = {2: (starts[at], len(content)), 5: (small_start, len(small))}.get(kind, (0, 0))
        directory += head + links + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)
    first_directory = put(directory)
    fat_sectors = 1
    while (len(sectors) + fat_sectors) * 4 > fat_sectors * SECTOR:
        fat_sectors += 1
    first_fat = len(sectors)
    fat += [_FAT] * fat_sectors
    packed = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack(
        "<IIIIIIIII", 0, fat_sectors, first_directory, 0, CUTOFF, small_table, -(-len(small_fat) // 128), _END, 0
    )
    header += struct.pack("<109I", *[first_fat + n if n < fat_sectors else _FREE for n in range(109)])
    return header + b"".join(sectors) + packed


def _chained(entries: list[tuple[str, int, bytes, list[int]]]) -> list[tuple[int, int, bool]]:
    """Each child with the one after it, as a tree that leans to the right."""
    found = []
    for _, _, _, children in entries:
        ordered = sorted(children, key=lambda at: (len(entries[at][0]), entries[at][0].upper()))
        children[:] = ordered
        found += [(child, ordered[at + 1], True) for at, child in enumerate(ordered[:-1])]
    return found


def outlook(subject: str, body: str, attachments: Mapping[str, bytes], html: str = "") -> bytes:
    """An Outlook message (MS-OXMSG) with attached files."""
    streams = {
        "__nameid_version1.0/__substg1.0_00020102": b"\0" * 16,
        "__properties_version1.0": bytes(32)
        + struct.pack("<HHIQ", 0x0040, 0x0039, 6, (1_700_000_000 + 11_644_473_600) * 10_000_000),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Mai Tran".encode("utf-16-le"),
        "__substg1.0_5D01001F": "mai@example.com".encode("utf-16-le"),
        "__substg1.0_0E04001F": "buyer@example.com".encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    if html:
        streams["__substg1.0_10130102"] = html.encode()
    for number, (name, content) in enumerate(attachments.items()):
        place = f"__attach_version1.0_#{number:08X}"
        streams[f"{place}/__properties_version1.0"] = bytes(8)
        streams[f"{place}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{place}/__substg1.0_37010102"] = content
    return compound(streams)
