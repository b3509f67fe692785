"""Reading in a child process: a crash, a hang or a flood costs one file at most.

The parent opens no supplier file with a parser, archives included: it hands the file over read-only, waits within limits,
checks every field of the answer, and moves the bytes that the child unpacked.
"""

import json
import logging
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from extractors import converter, wire
from extractors.answers import AnswerRefused, checked_document, checked_picture
from extractors.child_process import ChildProcess, Progress
from extractors.contents import Budget, Contents, Fault, Member
from extractors.detect import DOC, PDF, PPT, has_form, is_pdf
from extractors.document import Document
from extractors.errors import (
    DamagedFile,
    ExtractionError,
    LimitExceeded,
    MemoryExceeded,
    MissingTool,
    OldSlides,
    OldWord,
    ReaderCrashed,
    ReaderTimedOut,
)
from extractors.locators import Box
from extractors.policy import ExtractionPolicy
from extractors.rescue import rescue
from extractors.sha import sha256

logger = logging.getLogger(__name__)


class Reader:
    """Reads files through one child process at a time; use it as a context manager, from one thread.

    ``readers`` adds readers or replaces those of this room (media type to module name), found in ``folders``.
    ``passwords`` are tried on every protected file, besides those that come with it.
    """

    def __init__(
        self,
        policy: ExtractionPolicy | None = None,
        *,
        readers: Mapping[str, str] | None = None,
        folders: tuple[Path, ...] = (),
        passwords: Sequence[str] = (),
    ) -> None:
        self.policy = policy or ExtractionPolicy()
        self._passwords = tuple(passwords)
        self._child = ChildProcess(self.policy, readers or {}, folders)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child and remove its folder; the reader can be used again afterwards."""
        self._child.close()

    @property
    def pid(self) -> int | None:
        """Process id of the running child, None where none runs."""
        return self._child.pid

    @property
    def layers(self) -> list[str]:
        """The layers of protection that hold around the child, once it was started."""
        return self._child.layers

    def start(self) -> list[str]:
        """Start the child now rather than with the first file; returns the layers of protection that hold."""
        self._child.start()
        return self._child.layers

    def read(self, path: Path, name: str, progress: Progress | None = None, passwords: Sequence[str] = ()) -> Document:
        """Read one file of a bundle, called ``name`` there; ``progress`` is told pages done and pages in all.

        Raises an ExtractionError. A PDF whose reading crashes, hangs or takes too much memory is tried again in ranges of
        pages: its readable pages are kept, the others stand in it as not read.
        """
        staged = self._child.stage(path)
        digest = sha256(path)
        request = {"name": name, "passwords": self._all(passwords)}
        try:
            try:
                document = self._document(staged, {**request, "do": "read"}, progress)
            except MissingTool as problem:
                document = self._converted(staged, request, problem, progress)
            except (ReaderCrashed, ReaderTimedOut, MemoryExceeded) as problem:
                if not is_pdf(path) or not self.policy.crash_retries:
                    raise
                document = self._rescued(staged, request, problem)
        finally:
            staged.unlink(missing_ok=True)
        return document.model_copy(update={"path": name, "sha256": digest})

    def _rescued(self, staged: Path, request: dict[str, Any], problem: ExtractionError) -> Document:
        """What can be read of a PDF that the child died on. Raises ``problem`` where it is nothing."""

        def read(first: int, last: int, patience: float, **more: bool) -> Document:
            pages = {**request, "do": "pages", "first": first, "last": last, **more}
            return self._checked(self._once(staged, pages, patience=patience))

        died = self._child.reached
        if not died.done and has_form(staged):
            # Where fields hang on one another without end, every page hangs as soon as it is opened with them.
            try:
                return read(1, self.policy.pages, self.policy.rescue_seconds, forms=False)
            except ExtractionError:
                self._child.reached = died
        return rescue(request["name"], self.policy, problem, read=read, reached=lambda: self._child.reached)

    def open(self, path: Path, name: str, into: Path | None, budget: Budget, passwords: Sequence[str] = ()) -> Contents:
        """Say what a file is by its bytes and, where it holds other files, unpack them into the folder ``into``
        (None: only say).

        What the child dies on is named as an error of that entry; the entries before and behind it are kept. Raises an
        ExtractionError where the file cannot be handed over.
        """
        staged = self._child.stage(path)
        haul = _Haul(self._child.writable, into, budget)
        request = {"do": "open", "name": name, "unpack": into is not None, "passwords": self._all(passwords)}
        pdf = is_pdf(path)
        # A PDF is read as well, so that no more is spent on the files in it than on a second death.
        tries, patience = self.policy.crash_retries, self.policy.rescue_seconds if pdf else None
        slept = False
        try:
            while True:
                reused = self._child.served > 0
                asked = {**request, "skip": haul.done, "budget": haul.left.model_dump(), "fresh": not reused}
                try:
                    answer = self._child.ask(staged, asked, hear=haul.hear, patience=patience)
                    contents = Contents.model_validate_json(answer)
                    break
                except ValidationError as problem:
                    logger.warning("the child's answer is no list of contents: %s", problem)
                    self._child.stop()
                    raise ReaderCrashed from problem
                except MemoryExceeded:
                    self._child.stop()  # it lives, and holds what it took; the next one is new
                    if not reused:
                        raise
                except (ReaderCrashed, ReaderTimedOut) as problem:
                    if reused and isinstance(problem, ReaderCrashed):
                        continue  # it may have been the child's age; the next one is new
                    if self._child.reached.asleep and not slept:
                        slept = True
                        continue
                    tries -= 1
                    lost = self._child.reached.seconds if patience is not None else 0.0
                    patience = (self.policy.rescue_seconds if patience is None else patience) - lost
                    if not haul.blame(problem) or tries < 0 or patience <= 0:
                        contents = Contents(kind=PDF if pdf else None, fault=None if pdf else Fault.of(problem))
                        break
        finally:
            staged.unlink(missing_ok=True)
        return contents.model_copy(update={"members": tuple(haul.members)})

    def picture(self, path: Path, media_type: str, part: int, width_px: int, passwords: Sequence[str] = ()) -> bytes:
        """A page of a PDF or a picture file as PNG, so wide; ``part`` counts from 1. Raises an ExtractionError."""
        staged = self._child.stage(path)
        width = min(width_px, self.policy.picture_width_px)
        request = {"do": "picture", "media_type": media_type, "part": part, "width_px": width}
        try:
            made = self._ask(staged, {**request, "passwords": self._all(passwords)}, None)
            return checked_picture(made, width)
        except AnswerRefused as problem:
            raise self._refused(problem) from problem
        finally:
            staged.unlink(missing_ok=True)

    def _all(self, passwords: Sequence[str]) -> list[str]:
        found = dict.fromkeys(word for word in (*passwords, *self._passwords) if word)
        return [word[: self.policy.password_characters] for word in found][: self.policy.passwords]

    def cut(
        self, path: Path, media_type: str, part: int, boxes: Sequence[Box], width_px: int,
        passwords: Sequence[str] = (),
    ) -> bytes:  # fmt: skip
        """The strip of a page around the boxes, marked, as PNG; the whole page would be ``width_px`` wide.

        Raises an ExtractionError.
        """
        staged = self._child.stage(path)
        width = min(width_px, self.policy.picture_width_px)
        request = {
            "do": "cut", "media_type": media_type, "part": part, "width_px": width,
            "boxes": [box.model_dump() for box in boxes], "passwords": self._all(passwords),
        }  # fmt: skip
        try:
            return checked_picture(self._ask(staged, request, None), width)
        except AnswerRefused as problem:
            raise self._refused(problem) from problem
        finally:
            staged.unlink(missing_ok=True)

    def _document(self, staged: Path, request: dict[str, Any], progress: Progress | None) -> Document:
        return self._checked(self._ask(staged, request, progress))

    def _checked(self, payload: bytes) -> Document:
        try:
            return checked_document(payload, self.policy)
        except AnswerRefused as problem:
            raise self._refused(problem) from problem

    def _converted(
        self, staged: Path, request: dict[str, Any], problem: MissingTool, progress: Progress | None
    ) -> Document:
        """An old office file by way of LibreOffice. Raises ``problem`` where that is not installed."""
        office = converter.program()
        ending = {OldWord: "docx", OldSlides: "pptx"}.get(type(problem))
        if office is None or ending is None:
            raise problem
        plain = self._child.writable / "plain"
        protected = json.loads(self._ask(staged, {**request, "do": "plain"}, None)[:100])
        if protected is True and not stat.S_ISREG(os.lstat(plain).st_mode):
            raise self._refused(AnswerRefused("no plain file"))
        source = plain if protected is True else staged
        with converter.converted(source, ending, self.policy, office) as made:
            again = self._child.stage(made)
            try:
                document = self._document(again, {**request, "do": "read"}, progress)
            finally:
                again.unlink(missing_ok=True)
        return document.model_copy(update={"media_type": DOC if ending == "docx" else PPT})

    def _refused(self, problem: AnswerRefused) -> ReaderCrashed:
        logger.warning("the child's answer is refused: %s", problem)
        self._child.stop()
        return ReaderCrashed()

    def _ask(self, staged: Path, request: dict[str, Any], progress: Progress | None) -> bytes:
        """Send one request and wait for its answer; again where an older child fails soon, which may have been its age, or
        where a child fell asleep."""
        reused = self._child.served > 0
        try:
            return self._once(staged, request, progress)
        except ExtractionError as problem:
            dead = isinstance(problem, ReaderCrashed) and self._child.reached.seconds <= self.policy.rescue_seconds
            asleep = isinstance(problem, ReaderTimedOut) and self._child.reached.asleep
            if not asleep and (not reused or not (dead or _of_the_child(problem))):
                raise
            return self._once(staged, request, progress)

    def _once(
        self, staged: Path, request: dict[str, Any], progress: Progress | None = None, patience: float | None = None
    ) -> bytes:
        try:
            return self._child.ask(staged, request, progress, patience=patience)
        except ExtractionError as problem:
            if _of_the_child(problem):
                self._child.stop()  # it lives, and holds what it took
            raise


def _of_the_child(problem: ExtractionError) -> bool:
    """Whether a file failed by something that the child had come to: too little memory, or what nobody foresaw."""
    return isinstance(problem, MemoryExceeded) or type(problem) is ExtractionError


class _Haul:
    """What the child has unpacked so far, taken out of its folder file by file and checked."""

    def __init__(self, source: Path, into: Path | None, budget: Budget) -> None:
        self._source = source / "unpacked"
        self._into = into
        self.left = budget
        self.members: list[Member] = []
        self.done = 0
        self._begun: tuple[int, str] | None = None

    def hear(self, kind: bytes, payload: bytes) -> None:
        """A frame of the child. Raises ValueError where it makes no sense."""
        if kind == wire.BEGIN:
            number, name = json.loads(payload)
            if not isinstance(number, int) or not isinstance(name, str) or number <= self.done:
                raise ValueError("an entry out of its order")
            self._begun = (number, name)
        elif kind == wire.MEMBER:
            if self._begun is None:
                raise ValueError("a member that was not begun")
            self._take(Member.model_validate_json(payload))
            self.done, self._begun = self._begun[0], None
        else:
            raise ValueError("a frame of an unknown kind")

    def blame(self, problem: ExtractionError) -> bool:
        """Name the entry that the child died on; False where it died on none."""
        if self._begun is None:
            return False
        self.done, name = self._begun
        self._begun = None
        self.members.append(Member(name=name, error=Fault.of(problem)))
        return True

    def _take(self, member: Member) -> None:
        if member.path is None or member.error:
            problem = member.error or Fault.of(DamagedFile())
            self.members.append(Member(name=member.name, error=problem))
            return
        if self._into is None:
            raise ValueError("nothing was to be unpacked")
        target = self._into / f"{len(self.members):09d}"
        try:
            os.rename(self._source / member.path, target)
            facts = os.lstat(target)
        except OSError as problem:
            raise ValueError("an unpacked file is not there") from problem
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1 or facts.st_size != member.size:
            target.unlink(missing_ok=True)
            raise ValueError("an unpacked file is no plain file of the size told")
        if member.size > self.left.bytes_left or self.left.files_left <= 0:
            target.unlink(missing_ok=True)
            self.members.append(Member(name=member.name, error=Fault.of(LimitExceeded())))
            return
        self.left = self.left.less(member.size, 1)
        self.members.append(Member(name=member.name, path=target.name, size=member.size))


def active_layers(policy: ExtractionPolicy | None = None) -> list[str]:
    """The layers of protection that hold around a child on this machine, in plain words; starts one to find out."""
    with Reader(policy) as reader:
        return reader.start()
