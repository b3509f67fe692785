"""Folders of a process: gone when it ends, swept by the next where it was killed, and nothing else is touched."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from extractors import scratch
from extractors.scratch import Scratch, sweep

ROOT = Path(__file__).parents[3]
HOLDS = """
import sys, time
from extractors.scratch import Scratch
made = Scratch("read")
(made.path / "in").mkdir()
(made.path / "in" / "1").write_text("of a supplier")
print(made.path, flush=True)
{then}
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def process(place, then):
    """A process that holds a folder, and the folder."""
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDS.format(then=then)],
        cwd=ROOT,
        env={"TMPDIR": str(place), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    return started, Path(started.stdout.readline().strip())


def test_a_folder_lasts_as_long_as_its_context(place):
    with Scratch("bundle") as folder:
        (folder / "a").write_text("a")
    assert not folder.exists()


def test_it_is_removed_when_nobody_knows_it_any_more(place):
    made = Scratch("bundle")
    path = made.path
    del made
    assert not path.exists()


@pytest.mark.parametrize("then", ["", "sys.exit(3)", "raise ValueError", "import signal; signal.raise_signal(2)"])
def test_it_is_removed_when_python_ends(place, then):
    started, folder = process(place, then)
    started.communicate()
    assert not folder.exists()


def test_what_a_killed_process_left_is_swept_by_the_next(place):
    started, folder = process(place, "time.sleep(60)")
    other, living = process(place, "time.sleep(60)")
    started.kill()
    started.communicate()
    assert (folder / "in" / "1").exists()
    scratch._swept.clear()
    with Scratch("bundle"):
        assert not folder.exists()
        assert (living / "in" / "1").exists()
    other.kill()
    other.communicate()
    assert sweep(place) == 1


def test_a_process_sweeps_now_and_then_only(place, monkeypatch):
    scratch._swept.clear()
    calls = []
    monkeypatch.setattr(scratch, "sweep", calls.append)
    for _ in range(5):
        Scratch("bundle").remove()
    assert len(calls) == 1
    now = time.monotonic() + scratch.SECONDS_BETWEEN_SWEEPS
    monkeypatch.setattr(time, "monotonic", lambda: now)
    Scratch("bundle").remove()
    assert len(calls) == 2


def test_links_other_names_files_and_folders_of_others_stay(place, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "kept").write_text("kept")
    (place / "livingproof-read-abcdefgh.held").symlink_to(elsewhere, target_is_directory=True)
    (place / "livingproof-read-abcdefgi.held").write_text("a file")
    for name in ("livingproof-read-abcdefgh", "other-read-abcdefgh.held", "livingproof-1000-queue"):
        (place / name).mkdir()
    stale = place / "livingproof-read-abcdefgj.held"
    stale.mkdir()
    (stale / "link").symlink_to(elsewhere, target_is_directory=True)
    before = sorted(place.iterdir())
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert sweep(place) == 0
    monkeypatch.undo()
    assert sweep(place) == 1
    assert sorted(place.iterdir()) == [path for path in before if path != stale]
    assert (elsewhere / "kept").read_text() == "kept"


def test_one_that_is_swept_before_it_is_held_is_made_again(place, monkeypatch):
    make, taken = tempfile.mkdtemp, []

    def taken_once(**more):
        path = make(**more)
        if not taken:
            taken.append(path)
            os.rmdir(path)
        return path

    monkeypatch.setattr(tempfile, "mkdtemp", taken_once)
    with Scratch("bundle") as folder:
        assert folder.is_dir()
        assert str(folder) not in taken


def test_one_that_cannot_be_opened_is_said_and_leaves_nothing(place, monkeypatch):
    def refuse(*_):
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(scratch.os, "open", refuse)
    with pytest.raises(OSError, match="Too many open files"):
        Scratch("bundle")
    assert list(place.iterdir()) == []


def test_a_file_system_without_locks_is_never_swept(place, monkeypatch):
    def refuse(*_):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(scratch.fcntl, "flock", refuse)
    with Scratch("bundle") as folder:
        assert sweep(place) == 0
        assert folder.is_dir()
    assert not folder.exists()


def test_a_copy_of_the_process_does_not_remove_it(place):
    then = "import os; pid = os.fork()\nif pid: os.waitpid(pid, 0); print(made.path.exists(), flush=True)"
    started, folder = process(place, then)
    assert started.communicate()[0].strip() == "True"
    assert not folder.exists()
    assert started.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_told_to_end_leaves_nothing(place, number):
    code = (
        "import service.cli.main as m, signal, os\n"
        "from extractors.scratch import Scratch\n"
        f"if signal.getsignal({int(number)}) == signal.SIG_IGN: signal.signal({int(number)}, signal.SIG_DFL)\n"  # nohup
        "def app():\n"
        "    with Scratch('bundle'):\n"
        f"        signal.raise_signal({int(number)})\n"
        "m.app = app; m.run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"TMPDIR": str(place), "PYTHONPATH": str(ROOT)}, capture_output=True
    )
    assert done.returncode != 0
    assert not list(place.glob("livingproof-*"))
