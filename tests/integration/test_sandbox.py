import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import child_process
from extractors.errors import (
    ExtractionError,
    LimitExceeded,
    MemoryExceeded,
    ReaderCrashed,
    ReaderTimedOut,
    UnsupportedType,
)
from extractors.policy import MIB, ExtractionPolicy
from extractors.sandbox import Reader, active_layers
from tests.unit.extractors.pdf_files import objects, stream

HERE = Path(__file__).parent


@pytest.fixture
def odd(tmp_path):
    """Reads text files through a reader that does what they say."""
    policy = ExtractionPolicy(file_seconds=60, stall_seconds=40, memory_bytes=1024 * MIB, output_bytes=2 * MIB)
    with Reader(policy, readers={"text/plain": "odd_readers"}, folders=(HERE,)) as reader:

        def read(order):
            path = tmp_path / "order.txt"
            path.write_text(order)
            return reader.read(path, "order.txt").blocks[0].text

        read.reader, read.file = reader, tmp_path / "order.txt"
        yield read


def paper(path, *pages):
    canvas = Canvas(str(path))
    for words in pages:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        ("crash", ReaderCrashed),
        ("abort", ReaderCrashed),
        ("eat", LimitExceeded),
        ("flood", LimitExceeded),
    ],
)
def test_a_bad_file_costs_only_itself(odd, order, problem):
    with pytest.raises(problem):
        odd(order)
    assert odd("fine").startswith("pid")


@pytest.mark.parametrize("order", ["hang", "spin"])
def test_a_file_that_hangs_is_given_up(tmp_path, order):
    path = tmp_path / "a.txt"
    path.write_text(order)
    policy = ExtractionPolicy(stall_seconds=1.5, stall_processor_seconds=1, ocr_page_seconds=1)
    with Reader(policy, readers={"text/plain": "odd_readers"}, folders=(HERE,)) as reader:
        with pytest.raises(ReaderTimedOut):
            reader.read(path, "a.txt")
        assert reader.pid is None


def test_a_child_that_falls_asleep_is_replaced_once(tmp_path):
    path, heard = tmp_path / "a.txt", tmp_path / "shown" / "heard"
    heard.parent.mkdir()
    path.write_text(f"sleeps {heard}")
    policy = ExtractionPolicy(idle_seconds=0.5)
    with Reader(policy, readers={"text/plain": "odd_readers"}, folders=(HERE, heard.parent)) as reader:
        with pytest.raises(ReaderTimedOut):
            reader.read(path, "a.txt")
        assert reader.read(path, "a.txt", lambda *_: heard.touch()).blocks[0].text.startswith("pid")


def test_a_child_that_does_not_come_up_is_replaced_once(tmp_path, monkeypatch):
    path, seen = tmp_path / "a.txt", tmp_path / "seen"
    path.write_text("Lot 4711")
    asleep = (
        f"import os, time; new = not os.path.exists({str(seen)!r}); open({str(seen)!r}, 'w'); time.sleep(600 * new); "
    )
    monkeypatch.setattr("extractors.child_process._BOOT", asleep + child_process._BOOT)
    with Reader(ExtractionPolicy(start_seconds=1)) as reader:
        assert reader.read(path, "a.txt").blocks[0].text == "Lot 4711"


def test_a_child_killed_from_outside_is_noticed_and_replaced(odd):
    before = odd("fine")
    os.kill(odd.reader.pid, signal.SIGKILL)
    after = odd("fine")
    assert before != after


def test_one_child_reads_many_files(odd):
    assert len({odd("fine") for _ in range(5)}) == 1


def test_a_child_is_replaced_after_its_share_of_files(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("fine")
    with Reader(ExtractionPolicy(files_per_child=2), readers={"text/plain": "odd_readers"}, folders=(HERE,)) as reader:
        pids = [reader.read(path, "a.txt").blocks[0].text for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_child_that_has_taken_most_of_its_address_space_is_replaced(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("leak")
    policy = ExtractionPolicy(memory_bytes=960 * MIB, recycle_bytes=960 * MIB)
    with Reader(policy, readers={"text/plain": "odd_readers"}, folders=(HERE,)) as reader:
        pids = [reader.read(path, "a.txt").blocks[0].text for _ in range(3)]
        assert reader.pid is None
    assert len(set(pids)) == 3


def test_want_of_memory_is_told_from_other_failures_whatever_the_library_calls_it(odd):
    with pytest.raises(MemoryExceeded):
        odd("unmapped")
    assert odd("fine").startswith("pid")


def test_what_fails_in_an_aged_child_is_read_by_a_new_one(odd):
    assert odd("aged") != odd("aged")


def test_a_child_whose_thread_computes_while_it_waits_is_not_hung(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("waits 4")
    policy = ExtractionPolicy(stall_seconds=0.5, stall_processor_seconds=30, ocr_page_seconds=0.1)
    with Reader(policy, readers={"text/plain": "odd_readers"}, folders=(HERE,)) as reader:
        assert reader.read(path, "a.txt").blocks[0].text.startswith("pid")


def test_a_fault_of_ours_names_no_internals(odd):
    with pytest.raises(ExtractionError) as caught:
        odd("bug")
    assert caught.value.code == "extraction_failed"
    assert "internal name" not in caught.value.message


def test_what_libraries_print_does_not_reach_the_frames(odd):
    assert odd("print").startswith("pid")


def test_halves_of_characters_do_not_lose_the_document(odd):
    assert odd("halves") == "half \ufffd and whole \U0001d465"


def test_no_secret_of_the_parent_reaches_the_child(odd, monkeypatch):
    monkeypatch.setenv("LIVINGPROOF_SECRET_KEY", "very secret")
    assert "LIVINGPROOF" not in odd("environment")


def confined(part):
    if not any(part in layer for layer in active_layers()):
        pytest.skip(f"this kernel has no layer for: {part}")


def test_the_child_reads_no_file_but_the_one_it_is_given(odd, tmp_path):
    confined("Landlock")
    other = tmp_path / "other.txt"
    other.write_text("another supplier's price list")
    for path in (other, Path("/etc/passwd"), HERE.parent.parent / "pyproject.toml"):
        with pytest.raises(ExtractionError) as caught:
            odd(f"open {path}")
        assert caught.value.code == "extraction_failed"


def test_the_child_writes_nothing_outside_its_folder(odd, tmp_path):
    confined("Landlock")
    with pytest.raises(ExtractionError):
        odd(f"write {tmp_path / 'evil.txt'}")
    with pytest.raises(ExtractionError):
        odd("overwrite")
    assert not (tmp_path / "evil.txt").exists()
    assert odd.file.read_text() == "overwrite"


def test_the_child_reaches_no_server(odd):
    confined("network")
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ExtractionError):
        odd(f"connect {server.getsockname()[1]}")


def test_the_child_starts_no_program(odd):
    confined("Landlock")
    with pytest.raises(ExtractionError) as caught:
        odd("run")
    assert caught.value.code == "extraction_failed"


@pytest.mark.parametrize("order", ["fork", "mode", "date", "link", "signal-parent"])
def test_the_child_makes_no_process_changes_no_file_and_signals_nobody(odd, order):
    confined("seccomp")
    odd.file.write_text(order)
    before = odd.file.stat()
    with pytest.raises(ExtractionError) as caught:
        odd(order)
    assert caught.value.code == "extraction_failed"
    assert odd.file.stat().st_mode == before.st_mode
    assert odd.file.stat().st_mtime > 0


def test_readers_may_use_threads(odd):
    assert odd("thread") == "[7]"


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = paper(tmp_path / "a.pdf", "Quality policy")
    with Reader() as reader:
        reader.read(path, "a.pdf")
        child = reader.pid
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_pages_on_which_the_reader_dies_are_named_and_the_others_kept(tmp_path):
    path = paper(tmp_path / "a.pdf", *["words of a page" if at != 5 else "DIE" for at in range(8)])
    with Reader(readers={"application/pdf": "bad_page"}, folders=(HERE,)) as reader:
        document = reader.read(path, "a.pdf")
    assert [part.number for part in document.parts if not part.read] == [6]
    assert len(document.blocks) == 7
    (unread,) = document.not_read
    assert (unread.code, unread.locators[0].page) == ("reader_crashed", 6)
    assert document.sha256
    assert document.path == "a.pdf"


def test_a_pdf_of_which_no_page_can_be_read_has_crashed(tmp_path):
    path = paper(tmp_path / "a.pdf", "DIE", "DIE")
    with Reader(readers={"application/pdf": "bad_page"}, folders=(HERE,)) as reader, pytest.raises(ReaderCrashed):
        reader.read(path, "a.pdf")


def test_progress_tells_pages_done_of_all(tmp_path):
    path = paper(tmp_path / "a.pdf", *["words"] * 12)
    told = []
    with Reader() as reader:
        reader.read(path, "a.pdf", lambda done, total: told.append((done, total)))
    assert told[-1] == (12, 12)


def test_a_page_has_a_picture_of_the_width_asked_for(tmp_path):
    path = paper(tmp_path / "a.pdf", "Quality policy")
    with Reader() as reader:
        png = reader.picture(path, "application/pdf", 1, 400)
        assert png[:4] == b"\x89PNG"
        assert int.from_bytes(png[16:20]) == 400
        with pytest.raises(ExtractionError):
            reader.picture(path, "application/pdf", 2, 400)


def test_the_name_of_a_file_never_reaches_the_file_system(tmp_path):
    path = paper(tmp_path / "a.pdf", "Quality policy")
    with Reader() as reader:
        assert reader.read(path, "../../etc/\x00evil.pdf").path == "../../etc/\x00evil.pdf"


def test_a_type_that_is_not_read_says_so(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)))
    with Reader() as reader, pytest.raises(UnsupportedType):
        reader.read(path, "a.bin")


def test_the_layers_are_told_in_words():
    assert "resource limits" in active_layers()


def test_fields_that_hang_on_one_another_without_end_cost_the_fields_alone(tmp_path):
    fields = [b"<< /T (f) /Kids [%d 0 R %d 0 R] >>" % (6 + (at + 1) % 50, 6 + (at + 2) % 50) for at in range(50)]
    path = objects(
        tmp_path / "a.pdf",
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 12 Tf 72 700 Td (Minutes of March) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *fields,
    )
    with Reader(ExtractionPolicy(stall_processor_seconds=2)) as reader:
        document = reader.read(path, "a.pdf")
    assert [block.text for block in document.blocks] == ["Minutes of March"]
    assert [left.sentence for left in document.not_read] == ["The form fields of this file could not be read."]


def test_a_killed_child_leaves_nothing_behind(odd):
    folder = odd.reader._child.writable.parent
    with pytest.raises(ReaderCrashed):
        odd("litter")
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert odd("fine").startswith("pid")
    odd.reader.close()
    assert not folder.exists()


def test_what_a_killed_parent_leaves_is_swept_by_the_next(tmp_path, monkeypatch):
    place, order = tmp_path / "place", tmp_path / "order.txt"
    place.mkdir()
    order.write_text("hang")
    code = (
        "import sys; from pathlib import Path; from extractors.sandbox import Reader\n"
        "reader = Reader(readers={'text/plain': 'odd_readers'}, folders=(Path(sys.argv[1]),))\n"
        "reader.start(); print(reader.pid, flush=True); reader.read(Path(sys.argv[2]), 'order.txt')"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(HERE), str(order)],
        env={"TMPDIR": str(place), "PYTHONPATH": str(HERE.parent.parent)},
        stdout=subprocess.PIPE,
    )
    child = int(parent.stdout.readline())
    end = time.monotonic() + 20
    while not list(place.glob("*/in/*")) and time.monotonic() < end:
        time.sleep(0.05)
    parent.kill()
    parent.communicate()
    left = list(place.iterdir())
    assert left
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    with Reader() as reader:
        reader.start()
        assert not any(path.exists() for path in left)
    assert not list(place.iterdir())
