"""The reading process: gives up its rights, then reads one file after the other for its parent.

Its standard input and output carry frames (``wire``); whatever libraries print goes nowhere.
"""

import gc
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from extractors import progress, wire
from extractors.confine import allow_processor_seconds, confine
from extractors.document import Document
from extractors.errors import (
    OUT_OF_ROOM,
    DamagedFile,
    EncryptedFile,
    ExtractionError,
    LimitExceeded,
    MemoryExceeded,
    ReaderUnavailable,
)
from extractors.policy import ExtractionPolicy
from extractors.room import lacks_memory

# A request names a file and a page range; more is no request of ours.
REQUEST_BYTES = 1 << 20
# New objects before the search for rings of dead ones. Documents hold hundreds of thousands of objects and no ring, and
# at Python's 700 the search took a tenth of the time of reading.
OBJECTS_BETWEEN_SEARCHES = 50_000


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    requests, answers = _own_pipes()
    _, payload = wire.receive(requests, REQUEST_BYTES)
    start = json.loads(payload)
    policy = ExtractionPolicy.model_validate(start["policy"])
    sys.path[:0] = start["folders"]
    package = Path(__file__).parent
    if package.parent.name not in ("site-packages", "dist-packages"):
        # A checkout may hold data and secrets beside the code; the modules of this room are found by its own path.
        sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != package.parent]
    readable = [package, *map(Path, start["folders"]), Path(start["incoming"]), *map(Path, policy.tessdata_folders)]
    layers = confine(policy, readable, Path(start["writable"]), start["parent"])
    search_seldom()
    wire.send(answers, wire.HELLO, json.dumps(layers).encode())
    while True:
        try:
            _, payload = wire.receive(requests, REQUEST_BYTES)
        except wire.Closed:
            return
        kind, answer = _answer(json.loads(payload), policy, start["readers"], answers)
        if kind == wire.ANSWER and len(answer) > policy.output_bytes:
            kind, answer = _failure(LimitExceeded("The document holds more text than the set limit."))
        wire.send(answers, kind, answer)


def search_seldom() -> None:
    """Let the collector look for rings of dead objects more seldom, and never among what is loaded by now."""
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    gc.freeze()


def _own_pipes() -> tuple[int, int]:
    """Keep the pipes for the frames and give libraries that print a sink instead."""
    requests, answers = os.dup(0), os.dup(1)
    sink = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(sink, standard)
    os.close(sink)
    return requests, answers


def _answer(
    request: dict[str, Any], policy: ExtractionPolicy, readers: dict[str, str], pipe: int
) -> tuple[bytes, bytes]:
    def report(done: int, total: int, longer: float) -> None:
        wire.send(pipe, wire.PROGRESS, json.dumps([done, total, longer]).encode())

    try:
        allow_processor_seconds(policy.file_seconds)
        # Pages read after a death are told one by one: the parent wants to know which of them brings the next.
        between = 0.0 if request["do"] == "pages" else progress.SECONDS_BETWEEN_TICKS
        allowance = progress.Allowance(
            policy.file_seconds * policy.soft_share, policy.work_seconds, policy.fruitless_seconds
        )
        progress.listen(report, allowance, between)
        return wire.ANSWER, _serve(request, policy, readers, pipe)
    except ExtractionError as problem:
        return _failure(problem, traceback.format_exc())
    except wire.Closed:
        os._exit(0)
    except RecursionError:
        return _failure(DamagedFile("The file is nested deeper than any honest document."), "RecursionError")
    except Exception as problem:
        if lacks_memory(problem):
            return _failure(MemoryExceeded(), traceback.format_exc())
        out_of_room = isinstance(problem, OSError) and problem.errno in OUT_OF_ROOM
        return _failure(ReaderUnavailable() if out_of_room else ExtractionError(), traceback.format_exc())
    finally:
        progress.listen(None)


def _failure(problem: ExtractionError, detail: str = "") -> tuple[bytes, bytes]:
    body = {
        "type": type(problem).__name__,
        "message": problem.message,
        "remedy": problem.remedy,
        "detail": detail[-8000:],
    }
    return wire.FAILURE, json.dumps(body).encode()


def _serve(request: dict[str, Any], policy: ExtractionPolicy, readers: dict[str, str], pipe: int) -> bytes:
    path = Path(request["file"])
    if request["do"] == "open":
        return _open(path, request, policy, pipe)
    if request["do"] == "plain":
        from extractors.unlocking import keep_plain

        return json.dumps(keep_plain(path, Path.cwd() / "plain", tuple(request["passwords"]), policy)).encode()
    try:
        return _read(path, request, policy, readers)
    except EncryptedFile:
        passwords = tuple(request.get("passwords", ()))
        if not passwords:
            raise
        from extractors.unlocking import unlocked

        with unlocked(path, passwords, policy) as plain:
            return _read(plain, request, policy, readers)


def _read(path: Path, request: dict[str, Any], policy: ExtractionPolicy, readers: dict[str, str]) -> bytes:
    match request["do"]:
        case "read":
            from extractors.read import read_document

            return _packed(read_document(path, request["name"], policy, readers))
        case "pages":
            forms = {} if request.get("forms", True) else {"forms": False}
            document = _pdf(readers).read_pages(
                path, request["name"], policy, request["first"], request["last"], **forms
            )
            return _packed(document)
        case "picture":
            from extractors.pictures import picture

            return picture(path, request["media_type"], request["part"], request["width_px"], policy)
        case "cut":
            from extractors.locators import Box
            from extractors.pictures import cut

            boxes = [Box.model_validate(box) for box in request["boxes"]]
            return cut(path, request["media_type"], request["part"], boxes, request["width_px"], policy)
    raise ValueError(request["do"])


class _Telling:
    """Tells the parent of each entry of a container."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def begin(self, number: int, name: str) -> None:
        """Work on an entry begins."""
        wire.send(self._pipe, wire.BEGIN, json.dumps([number, name]).encode())

    def end(self, number: int, member: Any) -> None:
        """What became of it."""
        wire.send(self._pipe, wire.MEMBER, member.model_dump_json().encode())


def _open(path: Path, request: dict[str, Any], policy: ExtractionPolicy, pipe: int) -> bytes:
    from extractors.archive import open_container
    from extractors.contents import Budget

    contents = open_container(
        path,
        request["name"],
        Path.cwd() / "unpacked" if request["unpack"] else None,
        policy,
        Budget.model_validate(request["budget"]),
        _Telling(pipe),
        passwords=tuple(request["passwords"]),
        skip=request["skip"],
        fresh=request["fresh"],
    )
    return contents.model_dump_json().encode()


def _packed(document: Document) -> bytes:
    """The document as JSON; halves of characters that a broken file left in its text are replaced."""
    try:
        return document.model_dump_json().encode()
    except ValueError:
        text = json.dumps(document.model_dump(), ensure_ascii=False)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _pdf(readers: dict[str, str]) -> Any:
    from extractors.read import reader_module

    return importlib.import_module(reader_module("application/pdf", readers))


if __name__ == "__main__":
    main()
