"""The words of an index that is made anew, taken apart in a process beside the one that reads the database.

Taking texts apart is work of Python, of which one process does one thing at a time. So a second process does it and writes
the full text, while the first reads on and makes the codes of the vectors. It is started, not forked: the service has
threads when it makes an index. The words go through a file without a name; over its standard input the process hears how
far that file has got, and at last that this was all. Where the input ends before the second process does, because the first is
gone or gives up, the second ends at once and nothing it wrote counts.
"""

import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from indexes.errors import WritingFailed
from indexes.lexical import LexicalIndex
from indexes.lexical_fields import Words

# Up to this many passages the words are written in this process: another takes a second to start.
BESIDE_FROM = 30_000
# Characters of what the process said at its end that go into the error.
SAID = 400

_ROOT = Path(__file__).parent.parent
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from indexes.words_beside import main; main(*sys.argv[2:])"
# How long a batch is in the file; 0 says that all have come.
_LENGTH = struct.Struct("<Q")


@contextlib.contextmanager
def filling(lexical: LexicalIndex) -> Iterator[Callable[[Words], None]]:
    """Gives what takes in the batches of an empty index (see `LexicalIndex.filling`); all have become visible at the end.

    Raises WritingFailed where the process beside ends before it is done.
    """
    if lexical.folder is None:
        with lexical.filling() as put:
            yield put
    else:
        with _Beside(lexical, lexical.folder) as beside:
            yield beside.put
            beside.finish()


class _Beside:
    """Holds the first batches; where more come, has all of them written by a process of its own."""

    def __init__(self, lexical: LexicalIndex, folder: Path) -> None:
        self._lexical = lexical
        self._folder = folder
        self._held: list[Words] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._words: IO[bytes]
        self._said: IO[bytes]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.kill()
            process.wait()
        with contextlib.suppress(OSError):  # what it did not read is lost with it
            self._input.close()
        self._words.close()
        self._said.close()

    def put(self, batch: Words) -> None:
        """Take in a batch."""
        if self._process is not None:
            self._send(batch)
            return
        self._held.append(batch)
        if sum(len(held.items) for held in self._held) > BESIDE_FROM:
            self._start()
            for held in self._held:
                self._send(held)
            self._held = []

    def finish(self) -> None:
        """All have come: wait until they are written."""
        if self._process is None:
            with self._lexical.filling() as put:
                for batch in self._held:
                    put(batch)
            return
        self._tell(0)
        # The input stays open until then: its end says that this process is gone.
        if self._process.wait():
            raise self._failed()
        self._lexical.refresh()

    def _start(self) -> None:
        self._words = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed at the end of the filling
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - the same
        command = [sys.executable, "-I", "-X", "utf8", "-W", "ignore", "-c", _BOOT, str(_ROOT)]
        self._process = subprocess.Popen(
            [*command, str(self._folder), str(self._words.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            pass_fds=[self._words.fileno()],
            bufsize=0,
        )

    @property
    def _input(self) -> IO[bytes]:
        assert self._process is not None
        assert self._process.stdin is not None
        return self._process.stdin

    def _send(self, batch: Words) -> None:
        data = pickle.dumps((batch.items, batch.papers, batch.languages), protocol=pickle.HIGHEST_PROTOCOL)
        self._words.write(data)
        self._words.flush()
        self._tell(len(data))

    def _tell(self, length: int) -> None:
        try:
            self._input.write(_LENGTH.pack(length))
        except OSError as problem:
            raise self._failed() from problem

    def _failed(self) -> WritingFailed:
        assert self._process is not None
        code = self._process.wait()
        self._said.seek(0)
        said = " ".join(self._said.read().decode("utf-8", "replace").split())[-SAID:]
        return WritingFailed(f"The process that writes the words of the index ended with {code}: {said or 'no word'}")


def main(folder: str, words: str) -> None:
    """The process beside: write what comes into the full text of a folder, and end. `words` is the number of the file."""
    lengths: queue.SimpleQueue[int] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lengths,), daemon=True).start()
    handle, place = int(words), 0
    with LexicalIndex(Path(folder)).filling() as put:
        while length := lengths.get():
            put(Words(*pickle.loads(_read(handle, length, place))))  # from the process that started this one
            place += length


def _listen(lengths: "queue.SimpleQueue[int]") -> None:
    """Hear of batches; end the process at once where the other one is gone, also while the last words are being written."""
    # Not through sys.stdin: its lock, held by this thread, would end the process with an error at its close.
    while len(told := os.read(0, _LENGTH.size)) == _LENGTH.size:
        lengths.put(_LENGTH.unpack(told)[0])
    os._exit(1)


def _read(handle: int, length: int, place: int) -> bytes:
    parts = []
    while length:
        part = os.pread(handle, length, place)
        if not part:
            raise OSError("the file of the words is shorter than was said")
        parts.append(part)
        length, place = length - len(part), place + len(part)
    return b"".join(parts)
