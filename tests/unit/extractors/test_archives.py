"""7z archives, protected zips, packed single files, and bombs of several kinds."""

import gzip
import io
import os
import tarfile
import zipfile

import py7zr
import pytest
import pyzipper

from extractors import bundle
from extractors.archive import InProcess
from extractors.contents import Budget
from extractors.errors import MemoryExceeded
from extractors.policy import MIB, ExtractionPolicy
from extractors.unpacking import Entry, Unpacking, write_entries


def unpack(path, into, policy, passwords=(), name=None):
    return InProcess(policy).open(path, name or path.name, into, Budget.of(policy), passwords)


def told(contents):
    return [(member.name, member.error.type if member.error else member.size) for member in contents.members]


def seven(path, files, **options):
    with py7zr.SevenZipFile(path, "w", **options) as made:
        for name, content in files.items():
            made.writestr(content, name)
    return path


FILES = {"a/x.txt": b"hello", "Kiểm tra.txt": b"lot 4711", "empty.txt": b""}


def test_a_7z_is_unpacked(tmp_path, policy):
    contents = unpack(seven(tmp_path / "a.7z", FILES), tmp_path / "into", policy)
    assert told(contents) == [("a/x.txt", 5), ("Kiểm tra.txt", 8), ("empty.txt", 0)]
    assert (tmp_path / "into" / contents.members[0].path).read_bytes() == b"hello"


@pytest.mark.parametrize("header", [False, True])
def test_a_7z_with_a_password_opens_with_it_only(tmp_path, policy, header):
    path = seven(tmp_path / "a.7z", FILES, password="geheim", header_encryption=header)
    assert unpack(path, tmp_path / "1", policy).fault.type == "EncryptedFile"
    assert unpack(path, tmp_path / "2", policy, ("wrong", "false")).fault.type == "WrongPassword"
    assert len(unpack(path, tmp_path / "3", policy, ("wrong", "geheim")).members) == 3


def test_a_bomb_in_a_7z_is_stopped_and_its_neighbours_in_the_same_block_are_kept(tmp_path, policy):
    small = policy.model_copy(update={"archive_ratio_floor": 10_000})
    files = {"a.txt": b"fine", "bomb": b"\0" * 5_000_000, "z.txt": b"fine too"}
    assert told(unpack(seven(tmp_path / "b.7z", files), tmp_path / "into", small)) == [
        ("a.txt", 4),
        ("bomb", "LimitExceeded"),
        ("z.txt", 8),
    ]


def test_names_in_a_7z_lead_nowhere(tmp_path, policy):
    path = seven(tmp_path / "evil.7z", {"xx/xx/evil.txt": b"x"})
    raw = path.read_bytes()
    with py7zr.SevenZipFile(path, "w") as made:
        made.set_encoded_header_mode(False)
        made.writestr(b"x", "xx/xx/evil.txt")
    raw = path.read_bytes().replace("xx/xx/evil".encode("utf-16-le"), "../../evil".encode("utf-16-le"))
    body = raw[32:]
    import struct
    import zlib

    offset, size, _ = struct.unpack_from("<QQI", raw, 12)
    head = struct.pack("<QQI", offset, size, zlib.crc32(body[offset : offset + size]))
    path.write_bytes(raw[:8] + struct.pack("<I", zlib.crc32(head)) + head + body)
    assert told(unpack(path, tmp_path / "deep" / "into", policy)) == [("evil.txt", 1)]
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_torn_7z_is_damaged(tmp_path, policy):
    path = seven(tmp_path / "a.7z", FILES)
    path.write_bytes(path.read_bytes()[:-20])
    assert unpack(path, tmp_path / "into", policy).fault.type == "DamagedFile"


@pytest.mark.parametrize("strong", [True, False])
def test_a_zip_with_a_password_opens_with_it_only(tmp_path, policy, strong):
    path = tmp_path / "p.zip"
    if strong:
        with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as made:
            made.setpassword("mật khẩu".encode())
            made.writestr("x.txt", "hello")
    else:
        path.write_bytes(traditionally_encrypted("x.txt", b"hello", "mật khẩu".encode()))
    assert told(unpack(path, tmp_path / "1", policy)) == [("x.txt", "EncryptedFile")]
    assert told(unpack(path, tmp_path / "2", policy, ("wrong",))) == [("x.txt", "WrongPassword")]
    assert told(unpack(path, tmp_path / "3", policy, ("wrong", "mật khẩu"))) == [("x.txt", 5)]


def traditionally_encrypted(name, content, password):
    """A stored entry under PKWARE's cipher (APPNOTE 6.1), which Python reads but does not write."""
    import zlib

    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [zlib.crc32(bytes([n]), 0xFFFFFFFF) ^ 0xFFFFFFFF for n in range(256)]

    def crc(value, byte):
        return (value >> 8) ^ table[(value ^ byte) & 0xFF]

    def mix(byte):
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        mix(byte)
    check = zlib.crc32(content)
    out = bytearray()
    for byte in bytes(11) + bytes([check >> 24]) + content:
        k = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (((k * (k ^ 1)) >> 8) & 0xFF))
        mix(byte)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(name, bytes(out))
    raw = bytearray(stream.getvalue())
    for mark, flags, where in ((b"PK\x03\x04", 6, 14), (b"PK\x01\x02", 8, 16)):
        at = raw.index(mark)
        raw[at + flags] |= 1
        raw[at + where : at + where + 4] = check.to_bytes(4, "little")
        raw[at + where + 8 : at + where + 12] = len(content).to_bytes(4, "little")
    return bytes(raw)


def test_an_entry_without_a_name_does_not_cost_the_others(tmp_path, policy):
    path = tmp_path / "n.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("quiet", "first")
        made.writestr("b.txt", "second one")
    path.write_bytes(path.read_bytes().replace(b"quiet", b"\x00uiet"))
    assert [size for _, size in told(unpack(path, tmp_path / "1", policy))] == [5, 10]


def test_a_packed_file_is_called_as_it_was_before(tmp_path, policy):
    path = tmp_path / "0123456789abcdef"
    path.write_bytes(gzip.compress(b"date;lot\n1;2\n"))
    assert told(unpack(path, tmp_path / "1", policy, name="b/readings.csv.gz")) == [("readings.csv", 13)]
    assert told(unpack(path, tmp_path / "2", policy, name="readings")) == [("readings (unpacked)", 13)]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, "old"])
@pytest.mark.parametrize("packing", ["", "gz", "bz2", "xz"])
def test_a_tar_of_every_kind_is_unpacked(tmp_path, policy, form, packing):
    path = tmp_path / "a.bin"
    with tarfile.open(path, f"w:{packing}", format=tarfile.USTAR_FORMAT if form == "old" else form) as made:
        info = tarfile.TarInfo("b/x.txt")
        info.size = 5
        made.addfile(info, io.BytesIO(b"hello"))
    if form == "old":
        if packing:
            pytest.skip("one is enough")
        raw = bytearray(path.read_bytes())
        raw[257:512] = bytes(255)
        raw[148:156] = b" " * 8
        raw[148:156] = b"%06o\0 " % sum(raw[:512])
        path.write_bytes(raw)
    assert told(unpack(path, tmp_path / "into", policy)) == [("b/x.txt", 5)]


def test_all_that_lies_in_one_sent_file_is_held_against_its_size(tmp_path, policy):
    # Twenty entries, each below the limit of a single one: together no honest archive.
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(20):
            made.writestr(f"{number:02}.txt", os.urandom(10) + b"\0" * 1_000_000)
    tight = policy.model_copy(update={"bundle_ratio_floor": 5_500_000})
    received = bundle.receive([path], tmp_path / "kept", tight, InProcess(tight))
    assert [found.error is None for found in received] == [True] * 5 + [False]
    assert "inflates" in received[-1].error.message


def test_a_list_of_contents_beyond_the_limit_is_refused_unread(tmp_path, policy):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(200):
            made.writestr(f"{number}.txt", "x")
    tight = policy.model_copy(update={"archive_directory_bytes": 5_000})
    assert unpack(path, tmp_path / "into", tight).fault.type == "LimitExceeded"


def test_a_second_copy_of_an_archive_adds_nothing(tmp_path, policy):
    source = tmp_path / "bundle"
    source.mkdir()
    with zipfile.ZipFile(source / "a.zip", "w") as made:
        made.writestr("x.txt", "hello")
    (source / "b.zip").write_bytes((source / "a.zip").read_bytes())
    received = bundle.receive([source], tmp_path / "kept", policy, InProcess(policy))
    assert [found.name for found in received] == ["a.zip/x.txt"]


def test_a_damaged_archive_sent_twice_is_damaged_twice(tmp_path, policy):
    source = tmp_path / "bundle"
    source.mkdir()
    for name in ("a.zip", "b.zip"):
        (source / name).write_bytes(b"PK\x03\x04" + b"x" * 100)
    received = bundle.receive([source], tmp_path / "kept", policy, InProcess(policy))
    assert [(found.name, found.error.code) for found in received] == [
        ("a.zip", "damaged_file"),
        ("b.zip", "damaged_file"),
    ]
    assert received[1].duplicate_of == "a.zip"


def test_a_tar_torn_in_the_middle_keeps_what_stands_before(tmp_path, policy):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as made:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = 2000
            made.addfile(info, io.BytesIO(bytes([65 + number]) * 2000))
    path.write_bytes(path.read_bytes()[: 512 + 2048 + 512 + 700])
    assert told(unpack(path, tmp_path / "into", policy))[0] == ("0.txt", 2000)
    assert told(unpack(path, tmp_path / "into2", policy))[-1][1] == "DamagedFile"


def test_every_entry_counts_against_the_files_of_a_bundle(tmp_path):
    policy = ExtractionPolicy(bundle_files=3, bundle_bytes=64 * MIB)
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(10):
            made.writestr(f"{number}.txt", str(number))
    received = bundle.receive([path], tmp_path / "kept", policy, InProcess(policy))
    assert sum(found.error is None for found in received) <= 3
    assert received[-1].error.code == "limit_exceeded"


@pytest.mark.parametrize("fresh", [True, False])
def test_an_entry_that_lacks_memory_is_tried_again_by_a_fresh_process(tmp_path, policy, fresh):
    """What files before it left taken was held against the entry, and it was lost."""

    def none_left():
        raise MemoryError

    class Heard:
        def __init__(self):
            self.found = []

        def begin(self, number, name):
            pass

        def end(self, number, member):
            self.found.append((member.name, member.error.type if member.error else member.size))

    heard = Heard()
    unpacking = Unpacking(tmp_path, policy, Budget.of(policy), heard, fresh=fresh)
    entries = [Entry("a.txt", none_left), Entry("b.txt", lambda: io.BytesIO(b"fine"))]
    if fresh:
        write_entries(entries, unpacking)
        assert heard.found == [("a.txt", "LimitExceeded"), ("b.txt", 4)]
    else:
        with pytest.raises(MemoryExceeded):
            write_entries(entries, unpacking)
        assert heard.found == []
