"""The words of a new index, written by a process beside: the same index, or a clean failure."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from indexes import words_beside
from indexes.errors import WritingFailed
from indexes.items import IndexItem
from indexes.lexical import LexicalIndex
from indexes.lexical_fields import Words
from indexes.question import ask
from indexes.words_beside import filling
from tests.unit.indexes.passages import PASSAGES, ids, make

TEXTS = (
    "Biên bản đánh giá nội bộ số AUD-25-017.",
    "模具 排气 清洁 记录 24C07",
    "การตรวจสอบเตาหลอม",
    "The vents of mould ⑴ were cleaned, 0.05 mm.",
    "Half a sign \ud83d and a lot 24C07B2.",
)


def batches(count: int, size: int) -> list[Words]:
    """Passages in batches; one of the first comes again at the end, with another text."""
    listed = [
        (number, f"Sheet {number // 7}", f"{TEXTS[number % len(TEXTS)]} Copy {number}.") for number in range(count)
    ]
    given = [listed[start : start + size] for start in range(0, count, size)] + [[(3, "", "Written again.")]]
    return [
        Words(some, {number: number // 7 + 1 for number, _, _ in some}, {number: "vi" for number, _, _ in some})
        for some in given
    ]


def filled(folder: Path, given: Iterable[Words] | None = None) -> LexicalIndex:
    index = LexicalIndex(folder)
    with filling(index) as put:
        for batch in batches(60, 10) if given is None else given:
            put(batch)
    return index


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Have even a few passages written by a process beside; the processes that were started."""
    monkeypatch.setattr(words_beside, "BESIDE_FROM", 20)
    started = []
    start = subprocess.Popen

    def noted(*given: object, **more: object) -> "subprocess.Popen[bytes]":
        started.append(start(*given, **more))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr("indexes.words_beside.subprocess.Popen", noted)
    return started


def known_of(index: LexicalIndex) -> list[object]:
    """What an index answers."""
    asked = [ask(text) for text in (*TEXTS, "copy 17", "audit", "written", "sheet 3", "vents mold")]
    found = [[(hit.id, round(hit.score, 5)) for hit in index.search(question, 100)] for question in asked]
    traits = [index.traits(range(60), question) for question in asked]
    return [found, traits, index.ids().tolist(), index.texts(range(60))]


def test_a_process_beside_writes_the_same_index(
    tmp_path: Path, beside: "list[subprocess.Popen[bytes]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    by_other = filled(tmp_path / "beside")
    assert [process.poll() for process in beside] == [0]
    monkeypatch.setattr(words_beside, "BESIDE_FROM", 1_000)
    by_self = filled(tmp_path / "alone")
    assert len(beside) == 1
    assert len(by_other) == 60
    assert known_of(by_other) == known_of(by_self)
    assert by_other.texts([3]) == {3: "Written again."}
    assert known_of(LexicalIndex(tmp_path / "beside")) == known_of(by_self)


def killed(process: "subprocess.Popen[bytes]") -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("last", [False, True])
def test_a_process_beside_that_is_killed_fails_the_filling(
    last: bool, tmp_path: Path, beside: "list[subprocess.Popen[bytes]]"
) -> None:
    given = batches(60, 10)

    def interrupted() -> Iterator[Words]:
        for number, batch in enumerate(given):
            yield batch
            if beside and (not last or number == len(given) - 1):
                killed(beside[0])

    with pytest.raises(WritingFailed, match="ended with -9"):
        filled(tmp_path, interrupted())
    assert len(LexicalIndex(tmp_path)) == 0
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == set()


def test_what_goes_wrong_beside_is_told(tmp_path: Path, beside: "list[subprocess.Popen[bytes]]") -> None:
    strange = Words([("no number", "", "text")], {}, {})  # type: ignore[list-item]
    with pytest.raises(WritingFailed, match=r"ended with 1: .*int"):
        filled(tmp_path, [*batches(30, 30), strange])


def test_a_filling_that_is_given_up_leaves_no_process_and_no_passage(
    tmp_path: Path, beside: "list[subprocess.Popen[bytes]]"
) -> None:
    def broken() -> Iterator[Words]:
        yield from batches(30, 30)
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        filled(tmp_path, broken())
    assert beside[0].poll() is not None
    assert len(LexicalIndex(tmp_path)) == 0
    assert len(filled(tmp_path)) == 60  # and it can be filled again


FEEDING = """
import sys, time
from pathlib import Path
from indexes import words_beside
from indexes.lexical import LexicalIndex
from indexes.lexical_fields import Words
words_beside.BESIDE_FROM = 1
words_beside._BOOT = sys.argv[2]
beside = words_beside._Beside(LexicalIndex(Path(sys.argv[1])), Path(sys.argv[1]))
beside.put(Words([(n, '', f'Furnace {n}') for n in range(50)], {}, {}))
print(beside._process.pid, flush=True)
if sys.argv[3] == 'finishing':
    beside.finish()
time.sleep(60)
"""
# A process that takes long to make the last words visible, and tells when it has come to it.
SLOW = """
import contextlib, pathlib, sys, time
sys.path.insert(0, sys.argv[1])
from indexes import words_beside
from indexes.lexical import LexicalIndex
@contextlib.contextmanager
def filling(self, filling=LexicalIndex.filling):
    with filling(self) as put:
        yield put
        pathlib.Path(sys.argv[2], 'told').touch()
        time.sleep(60)
LexicalIndex.filling = filling
words_beside.main(*sys.argv[2:])
"""


@pytest.mark.parametrize("phase", ["feeding", "finishing"])
def test_a_process_beside_ends_when_the_one_that_feeds_it_is_gone(phase: str, tmp_path: Path) -> None:
    boot = SLOW if phase == "finishing" else words_beside._BOOT
    command = [sys.executable, "-c", FEEDING, str(tmp_path), boot, phase]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as feeding:
        assert feeding.stdout is not None
        other = int(feeding.stdout.readline())
        if phase == "finishing":
            wait_for((tmp_path / "told").exists)
            assert runs(other)
        feeding.kill()
    wait_for(lambda: not runs(other))
    assert len(LexicalIndex(tmp_path)) == 0


def runs(process: int) -> bool:
    """Whether a process is there and no mere entry of one that has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_for(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_an_index_whose_words_could_not_be_written_stays_as_it_was(
    tmp_path: Path, beside: "list[subprocess.Popen[bytes]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexes.hybrid.REBUILD_BATCH", 10)
    index = make(tmp_path, flat_limit=20)
    index.upsert(PASSAGES)
    index.flush(1)

    def items(killing: bool) -> Iterator[IndexItem]:
        for number in range(1, 60):
            yield IndexItem(number, f"Furnace {number} was checked.")
        if killing:
            killed(beside[-1])

    with pytest.raises(WritingFailed):
        index.rebuild(items(killing=True), 2)
    for one in (index, make(tmp_path, flat_limit=20)):
        assert one.mark == 1
        assert ids(one, "porosity") == [1]
    assert index.rebuild(items(killing=False), 2) == 59
    assert len(beside) == 2
    assert index.verify(expected=range(1, 60)).sound
    assert ids(index, "furnace 17")[0] == 17
