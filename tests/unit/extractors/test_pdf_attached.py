"""Files that PDFs carry, taken into the bundle as the attachments of a mail are."""

import shutil
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from pdf_files import objects, pdf, stream, text
from pypdf import PdfWriter

from extractors import bundle
from extractors import pdf as reader
from extractors.archive import InProcess
from extractors.child_process import Reached
from extractors.detect import is_pdf
from extractors.errors import ReaderCrashed, ReaderTimedOut
from extractors.ocr import FakeEngine
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader


def receive(paths, into, policy, opener=None, **options):
    return bundle.receive(paths, into, policy, opener or InProcess(policy), **options)


def told(received):
    return [(found.name, found.error.code if found.error else None) for found in received]


def carrying(path, *files, words="Letter with files", password=None):
    """A PDF of one page that carries files (name, bytes)."""
    pdf(path, text(words))
    writer = PdfWriter(clone_from=path)
    for name, content in files:
        writer.add_attachment(name, content)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    writer.write(path)
    return path


def listing(path, names, content=b"the same", packed=None):
    """A PDF whose list of files names one file, packed or not, many times."""
    body = stream(packed or content, b"/Type /EmbeddedFile" + (b" /Filter /FlateDecode" if packed else b""))
    specs = b" ".join(
        b"(%06d) << /Type /Filespec /F (%s) /UF (%s) /EF << /F 4 0 R >> >>" % (at, name, name)
        for at, name in enumerate(names)
    )
    return objects(
        path,
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>" % specs,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        body,
    )


PINNED = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Annots [4 0 R] >>",
    b"<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 20 20] /Contents (see the list) /FS 5 0 R >>",
    b"<< /Type /Filespec /F (pinned.csv) /UF (pinned.csv) /EF << /F 6 0 R >> >>",
    stream(b"lot,result\nL1,pass\n", b"/Type /EmbeddedFile"),
)


def test_files_in_a_pdf_stand_behind_it_in_the_bundle(tmp_path, policy):
    source = carrying(tmp_path / "letter.pdf", ("audit.txt", b"Audit of March"), ("lots.csv", b"lot,date\nL1,x\n"))
    received = receive([source], tmp_path / "kept", policy)
    assert told(received) == [("letter.pdf", None), ("letter.pdf/audit.txt", None), ("letter.pdf/lots.csv", None)]
    assert received[1].path.read_bytes() == b"Audit of March"
    assert reader.read(source, "letter.pdf", policy, FakeEngine()).attachments == ("audit.txt", "lots.csv")


def test_a_file_pinned_to_a_page_is_taken_in(tmp_path, policy):
    received = receive([objects(tmp_path / "note.pdf", *PINNED)], tmp_path / "kept", policy)
    assert told(received) == [("note.pdf", None), ("note.pdf/pinned.csv", None)]


def test_a_file_pinned_to_a_page_is_found_among_packed_objects(tmp_path, policy):
    packed = tmp_path / "packed.pdf"
    note = b"<</Type/Annot/Subtype/FileAttachment/Rect[10 10 20 20]/FS 5 0 R>>"
    inside = zlib.compress(b"4 0 " + note)
    at, out = [], b"%PDF-1.5\n"
    bodies = [*PINNED[:3], None, *PINNED[4:], stream(inside, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")]
    for number, piece in enumerate(bodies, start=1):
        at.append(len(out))
        if piece is not None:
            out += b"%d 0 obj\n%s\nendobj\n" % (number, piece)
    at.append(len(out))
    rows = b"\x00\x00\x00\x00\x00" + b"".join(
        b"\x02" + (7).to_bytes(3, "big") + b"\x00"
        if number == 4
        else b"\x01" + at[number - 1].to_bytes(3, "big") + b"\x00"
        for number in range(1, 9)
    )
    table = stream(rows, b"/Type /XRef /Size 9 /W [1 3 1] /Root 1 0 R")
    packed.write_bytes(out + b"8 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, at[7]))
    assert b"/FileAttachment" not in packed.read_bytes()
    assert told(receive([packed], tmp_path / "kept", policy)) == [("packed.pdf", None), ("packed.pdf/pinned.csv", None)]


def test_a_file_both_listed_and_pinned_is_taken_in_once(tmp_path, policy):
    both = list(PINNED)
    both[0] = b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >> >>"
    received = receive([objects(tmp_path / "both.pdf", *both)], tmp_path / "kept", policy)
    assert told(received) == [("both.pdf", None), ("both.pdf/pinned.csv", None)]


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        (b"../../x.txt", "x.txt"), (b"/etc/passwd", "etc/passwd"), (b"C:\\\\docs\\\\x.txt", "docs/x.txt"),
        (b"nul.txt", "_nul.txt"), (b"a\\000b.txt", "a"),
    ],
)  # fmt: skip
def test_names_lead_nowhere(tmp_path, policy, raw, safe):
    received = receive([listing(tmp_path / "p.pdf", [raw])], tmp_path / "kept", policy)
    assert [found.name for found in received] == ["p.pdf", f"p.pdf/{safe}"]
    assert received[1].path.parent == tmp_path / "kept"


def test_ten_thousand_files_end_at_the_limit_and_say_so(tmp_path):
    policy = ExtractionPolicy(attachments=50)
    source = listing(tmp_path / "p.pdf", [b"n%05d.txt" % at for at in range(10_000)])
    received = receive([source], tmp_path / "kept", policy)
    assert len(received) == 1 + 50 + 1
    assert told(received)[1] == ("p.pdf/further attachments", "limit_exceeded")
    assert sum(found.duplicate_of is not None for found in received) == 49


def test_a_bomb_in_a_pdf_is_stopped_and_the_pdf_is_kept(tmp_path):
    policy = ExtractionPolicy(archive_ratio_floor=1 << 20)
    bomb = zlib.compress(bytes(48 << 20), 9)
    source = listing(tmp_path / "p.pdf", [b"bomb.bin"], packed=bomb)
    received = receive([source], tmp_path / "kept", policy)
    assert told(received) == [("p.pdf", None), ("p.pdf/bomb.bin", "limit_exceeded")]


def test_a_file_above_the_limit_is_refused_before_it_is_copied(tmp_path):
    policy = ExtractionPolicy(file_bytes=10_000)
    source = listing(tmp_path / "p.pdf", [b"large.txt"], packed=zlib.compress(b"x" * 20_000))
    assert told(receive([source], tmp_path / "kept", policy))[1] == ("p.pdf/large.txt", "limit_exceeded")


def test_pdfs_in_pdfs_end_at_the_depth_of_the_policy(tmp_path):
    policy = ExtractionPolicy(archive_depth=2)
    inner = carrying(tmp_path / "0.pdf", ("last.txt", b"last"), words="level 0").read_bytes()
    for level in range(1, 4):
        inner = carrying(tmp_path / f"{level}.pdf", ("in.pdf", inner), words=f"level {level}").read_bytes()
    received = receive([tmp_path / "3.pdf"], tmp_path / "kept", policy)
    assert told(received) == [
        ("3.pdf", None),
        ("3.pdf/in.pdf", None),
        ("3.pdf/in.pdf/in.pdf", None),
        ("3.pdf/in.pdf/in.pdf/attachments", "limit_exceeded"),
    ]


def test_a_mail_too_deep_says_that_its_attachments_were_left(tmp_path):
    policy = ExtractionPolicy(archive_depth=0)
    mail = EmailMessage()
    mail["Subject"] = "lots"
    mail.set_content("see below")
    (tmp_path / "plain.eml").write_bytes(bytes(mail))
    mail.add_attachment(b"lot", maintype="text", subtype="csv", filename="l.csv")
    (tmp_path / "with.eml").write_bytes(bytes(mail))
    assert told(receive([tmp_path / "plain.eml"], tmp_path / "a", policy)) == [("plain.eml", None)]
    assert told(receive([tmp_path / "with.eml"], tmp_path / "b", policy)) == [
        ("with.eml", None),
        ("with.eml/attachments", "limit_exceeded"),
    ]


def test_the_same_file_carried_twice_is_linked(tmp_path, policy):
    source = carrying(tmp_path / "p.pdf", ("a.txt", b"same"), ("b.txt", b"same"))
    received = receive([source], tmp_path / "kept", policy)
    assert [(found.name, found.duplicate_of) for found in received[1:]] == [
        ("p.pdf/a.txt", None),
        ("p.pdf/b.txt", "p.pdf/a.txt"),
    ]


def test_a_protected_pdf_gives_its_files_with_its_password_only(tmp_path, policy):
    source = carrying(tmp_path / "p.pdf", ("a.txt", b"words"), password="secret")
    assert told(receive([source], tmp_path / "a", policy)) == [("p.pdf", None)]
    received = receive([source], tmp_path / "b", policy, passwords=("wrong", "secret"))
    assert told(received) == [("p.pdf", None), ("p.pdf/a.txt", None)]


def test_a_damaged_pdf_stands_alone_and_keeps_its_own_error(tmp_path, policy):
    source = tmp_path / "p.pdf"
    source.write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    assert told(receive([source], tmp_path / "kept", policy)) == [("p.pdf", None)]


def test_a_file_that_a_pdf_only_points_to_is_said_not_to_be_there(tmp_path, policy):
    source = objects(
        tmp_path / "p.pdf",
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec"
        b" /F (http://example.com/x.txt) >>] >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )
    received = receive([source], tmp_path / "kept", policy)
    assert [found.error.code for found in received[1:]] == ["damaged_file"]
    assert "does not hold it" in received[1].error.message


@pytest.mark.parametrize("problem", [ReaderCrashed, ReaderTimedOut])
def test_a_pdf_whose_opening_kills_the_child_is_still_read(tmp_path, policy, problem):
    class Dying:
        served, reached, writable = 0, Reached(), tmp_path

        def stage(self, path):
            return Path(shutil.copy(path, tmp_path / "staged"))

        def ask(self, *asked, **options):
            raise problem

        def close(self):
            pass

    source = pdf(tmp_path / "p.pdf", text("words"))
    opener = Reader(policy)
    opener._child = Dying()
    assert told(receive([source], tmp_path / "kept", policy, opener)) == [("p.pdf", None)]


def test_an_archive_with_a_pdf_at_its_front_is_no_pdf(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.pdf", b"%PDF-1.7 x")
    assert not is_pdf(tmp_path / "z.zip")
    assert is_pdf(pdf(tmp_path / "p.pdf", text("words")))
