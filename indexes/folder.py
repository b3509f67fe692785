"""The folder of an index: who may write, what is the current generation, and how far its words have got.

`state.json` names the current generation and its files; it is replaced whole, so a reader sees one state or the next and
nothing between. `writer.lock` is held while something is written, for milliseconds, by any process that has changes to
write; the kernel takes it back from a process that dies.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexes.errors import IndexBusy
from indexes.settling import settle

# How long a process waits for another one that writes; a commit takes some 50 ms, so this is many of them.
PATIENCE_SECONDS = 1.5
# How often it looks whether the other is done.
LOOK_SECONDS = 0.01
# The files of codes (see `indexes.generation`).
_CODES = re.compile(r"-codes(\.|$)")


@dataclass(frozen=True)
class State:
    """What `state.json` says. `files[model]` are the names of the file of loose vectors and of its codes ("" for none);
    `mark` is the change of the database up to which the vectors in the files have got."""

    generation: int = 0
    mark: int = 0
    flush: int = 0
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def codes(self) -> set[str]:
        """The names of all codes."""
        return {codes for _, codes in self.files.values() if codes}


class IndexFolder:
    """The files of an index; `path` None keeps the marks in memory and needs no lock. Files of other models or of another
    format are not read: the index is made anew beside them."""

    def __init__(self, path: Path | None, models: dict[str, int], format_: str) -> None:
        self.path = path
        self._models, self._format = models, format_
        self._words = 0
        # Whether this process writes just now; its index lets one thread write at a time.
        self._holding = False
        if path is not None:
            path.mkdir(parents=True, exist_ok=True)

    def generation(self, number: int) -> Path | None:
        """The folder of a generation."""
        return None if self.path is None else self.path / f"generation-{number}"

    @contextlib.contextmanager
    def lock(self, name: str = "writer", patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Be the one process that writes; IndexBusy where another one is for longer than the patience."""
        if self.path is None or (name == "writer" and self._holding):
            yield
            return
        handle = os.open(self.path / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _wait_for(handle, patience)
            self._holding = self._holding or name == "writer"
            yield
        finally:
            if name == "writer":
                self._holding = False
            os.close(handle)

    def state(self) -> State:
        """The current state; a new generation at mark 0 where the folder is empty, or of other models or format."""
        if self.path is None:
            return State()
        try:
            said: dict[str, Any] = json.loads((self.path / "state.json").read_text())
            generation = int(said["generation"])
            if said.get("models") != self._models or said.get("format") != self._format:
                return State(generation + 1)  # begin anew beside it
            files = {model: (str(names[0]), str(names[1])) for model, names in said["files"].items()}
            return State(generation, int(said["mark"]), int(said["flush"]), files)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return State()

    def stamp(self) -> tuple[int, int]:
        """Changes whenever `state.json` does."""
        if self.path is None:
            return (0, 0)
        try:
            about = (self.path / "state.json").stat()
            return (about.st_mtime_ns, about.st_ino)
        except OSError:
            return (0, 0)

    def write_state(self, state: State) -> None:
        """Make a state the current one."""
        if self.path is None:
            return
        said = {
            "format": self._format,
            "generation": state.generation,
            "mark": state.mark,
            "flush": state.flush,
            "models": self._models,
            "files": state.files,
        }
        _replace(self.path / "state.json", json.dumps(said, indent=1))

    def words_mark(self, generation: int) -> int:
        """The change of the database up to which the words have got."""
        folder = self.generation(generation)
        if folder is None:
            return self._words
        try:
            return int((folder / "words.mark").read_text())
        except (OSError, ValueError):
            return 0

    def note_words(self, generation: int, mark: int) -> None:
        """The words have got up to this change. Written after they were: a crash between repeats, and loses nothing."""
        folder = self.generation(generation)
        if folder is None:
            self._words = mark
        else:
            _replace(folder / "words.mark", str(mark))

    def sweep(self, state: State) -> None:
        """Remove what the current state does not name. Processes that still have it open keep their mapped files."""
        if self.path is None:
            return
        current = f"generation-{state.generation}"
        for folder in self.path.glob("generation-*"):
            if folder.name != current and ".damaged-" not in folder.name:
                with contextlib.suppress(OSError):
                    shutil.rmtree(folder)
        named = [name for pair in state.files.values() for name in pair if name]
        left = [
            file
            for file in (self.path / current).glob("*dense-*")  # with a dot before: of a process that died
            if ".damaged-" not in file.name and not any(file.name == n or file.name.startswith(f"{n}.") for n in named)
        ]
        try:
            with self.lock("compact", patience=0.0):
                gone = left
        except IndexBusy:  # codes that somebody is making just now have no name in the state yet
            gone = [file for file in left if not _CODES.search(file.name)]
        for file in gone:
            with contextlib.suppress(OSError):
                file.unlink()


def _wait_for(handle: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as problem:
            if time.monotonic() >= until:
                raise IndexBusy("Another process is writing this search index.") from problem
            time.sleep(LOOK_SECONDS)


def _replace(path: Path, text: str) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    with scratch.open("w") as file:
        file.write(text)
        settle(file)
    scratch.replace(path)
