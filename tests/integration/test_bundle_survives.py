"""The child is ended in every way there is, in the middle of a bundle: the rest of the bundle is complete."""

import json
import os
import signal
import zipfile
from pathlib import Path

import pytest

from evidence.model import DocumentReport
from extractors import wire
from extractors.bundle import receive
from extractors.child_process import ChildProcess
from extractors.contents import Budget, Member
from extractors.errors import MemoryExceeded, ReaderCrashed
from extractors.policy import MIB, ExtractionPolicy
from extractors.sandbox import Reader
from service.documents.analysis import analyse
from service.documents.sources import gather

HERE = Path(__file__).parent
POLICY = ExtractionPolicy(memory_bytes=1024 * MIB, stall_seconds=15, ocr_page_seconds=10, file_seconds=60)
DEATHS = {
    "crash": "reader_crashed",  # SIGSEGV
    "abort": "reader_crashed",  # SIGABRT
    "kill": "reader_crashed",  # SIGKILL, as the system does when memory is short
    "eat": "limit_exceeded",  # its own limit of memory
}


class Judge:
    def report(self, document):
        return DocumentReport(path=document.path, sha256=document.sha256, status="read")


def open_odd_reader():
    return Reader(POLICY, readers={"text/plain": "odd_readers"}, folders=(HERE,))


@pytest.mark.parametrize("readers", [1, 2])
def test_the_rest_of_a_bundle_is_complete_however_the_child_dies(tmp_path, readers):
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number, order in enumerate(DEATHS):
            made.writestr(f"{2 * number}.txt", f"fine {number}")
            made.writestr(f"{2 * number + 1}.txt", order)
        made.writestr("9.txt", "fine at the end")
    with open_odd_reader() as first:
        sources = gather([path], tmp_path / "into", POLICY, first)
        reports = analyse(sources, open_odd_reader, Judge(), readers)
    found = {report.path: report.error.code if report.error else report.status for report in reports}
    expected = {f"bundle.zip/{2 * n + 1}.txt": code for n, code in enumerate(DEATHS.values())}
    assert found == expected | {f"bundle.zip/{n}.txt": "read" for n in (0, 2, 4, 6, 9)}


def test_a_file_does_not_pay_for_the_memory_that_those_before_it_left_taken(tmp_path):
    path = tmp_path / "greedy.txt"
    path.write_text("leak")
    with open_odd_reader() as reader:
        for number in range(4):
            assert reader.read(path, f"{number}.txt").path == f"{number}.txt"


def test_a_file_is_opened_by_a_fresh_child_where_an_older_one_has_too_little_memory(tmp_path, monkeypatch):
    path = tmp_path / "fine.txt"
    path.write_text("fine")
    pids = []
    with open_odd_reader() as reader:
        reader.read(path, "first.txt")
        ask = reader._child.ask

        def short_of_memory(*args, **options):
            answer = ask(*args, **options)
            pids.append(reader._child.pid)
            if len(pids) == 1:
                raise MemoryExceeded
            return answer

        monkeypatch.setattr(reader._child, "ask", short_of_memory)
        assert reader.open(path, "second.txt", None, Budget.of(POLICY)).kind == "text/plain"
    assert len(set(pids)) == 2


@pytest.mark.parametrize("death", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_an_entry_on_which_unpacking_dies_costs_only_itself(tmp_path, monkeypatch, death):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(5):
            made.writestr(f"{number}.txt", f"content {number}")
    taken = []

    class Mortal(Reader):
        """Its child is killed whenever it comes to the third entry."""

        def open(self, *args, **options):
            ask = self._child.ask

            def deadly(staged, request, progress=None, hear=None, patience=None):
                def listen(kind, payload):
                    hear(kind, payload)
                    if kind == wire.BEGIN and json.loads(payload)[1] == "2.txt":
                        taken.append(self._child.pid)
                        os.kill(self._child.pid, death)
                        raise wire.Closed

                return ask(staged, request, progress, listen, patience)

            monkeypatch.setattr(self._child, "ask", deadly)
            return super().open(*args, **options)

    with Mortal(POLICY) as reader:
        received = receive([path], tmp_path / "kept", POLICY, reader)
    assert [(found.name[-5:], found.error.code if found.error else None) for found in received] == [
        ("0.txt", None),
        ("1.txt", None),
        ("2.txt", "reader_crashed"),
        ("3.txt", None),
        ("4.txt", None),
    ]
    assert taken


def test_unpacking_happens_in_the_child(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x.txt", "hello")

    def never(*args, **options):
        raise AssertionError("the parent opened an archive")

    monkeypatch.setattr(zipfile.ZipFile, "__init__", never)
    with Reader(POLICY) as reader:
        received = receive([path], tmp_path / "kept", POLICY, reader)
    assert [(found.name, found.path.read_text()) for found in received] == [("a.zip/x.txt", "hello")]
    assert sorted(entry.name for entry in (tmp_path / "kept").iterdir()) == sorted(
        {found.sha256 for found in received}
        | {entry.name for entry in (tmp_path / "kept").iterdir() if entry.is_file()}
    )


class Lying(ChildProcess):
    """A child that was taken over: it says what the test wants."""

    says: list[tuple[bytes, bytes]] = []
    leaves: dict[str, bytes] = {}

    def ask(self, staged, request, progress=None, hear=None, patience=None):
        folder = self.writable / "unpacked"
        folder.mkdir(exist_ok=True)
        for name, content in self.leaves.items():
            target = folder / name
            if content.startswith(b"->"):
                target.symlink_to(content[2:].decode())
            else:
                target.write_bytes(content)
        try:
            for kind, payload in self.says:
                hear(kind, payload)
        except ValueError as problem:
            raise ReaderCrashed from problem
        return b'{"kind": "application/zip"}'


def member(**fields):
    return wire.MEMBER, Member.model_construct(**{"name": "a", "error": None, **fields}).model_dump_json().encode()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([(wire.BEGIN, b'[1, "a"]'), member(path="1", size=5)], {"1": b"->/etc/hostname"}),
        ([(wire.BEGIN, b'[1, "a"]'), member(path="../1", size=5)], {}),
        ([(wire.BEGIN, b'[1, "a"]'), member(path="1", size=7)], {"1": b"hello"}),
        ([(wire.BEGIN, b'[1, "a"]'), member(path="1", size=-7)], {"1": b"hello"}),
        ([member(path="1", size=5)], {"1": b"hello"}),
        ([(wire.BEGIN, b'[-1, "a"]')], {}),
        ([(wire.BEGIN, b"[1, {}]")], {}),
        ([(b"?", b"")], {}),
    ],
)
def test_what_a_child_says_of_unpacked_files_is_not_believed(tmp_path, said, left):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04")
    into = tmp_path / "into"
    into.mkdir()
    with Reader(ExtractionPolicy(crash_retries=0)) as reader:
        reader._child = Lying(reader.policy, {}, ())
        reader._child.says, reader._child.leaves = said, left
        contents = reader.open(path, "a.zip", into, Budget.of(reader.policy))
    assert contents.fault or all(found.error for found in contents.members)
    assert list(into.iterdir()) == []


def test_more_than_the_budget_is_not_taken(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04")
    into = tmp_path / "into"
    into.mkdir()
    with Reader() as reader:
        reader._child = Lying(reader.policy, {}, ())
        reader._child.says = [(wire.BEGIN, b'[1, "a"]'), member(path="1", size=5)]
        reader._child.leaves = {"1": b"hello"}
        contents = reader.open(path, "a.zip", into, Budget(bytes_left=4, files_left=9))
    assert contents.members[0].error.type == "LimitExceeded"
    assert list(into.iterdir()) == []
