"""Readers that behave badly on purpose, loaded by the child in the tests of the sandbox."""

import mmap
import os
import signal
import socket
import time
from pathlib import Path

from extractors.document import Document

LEAKED: list[mmap.mmap] = []


def read(path: Path, name: str, policy: object) -> Document:
    """Do what the first word of the file says."""
    order = path.read_text().split()
    match order[0]:
        case "crash":
            signal.raise_signal(signal.SIGSEGV)
        case "kill":
            signal.raise_signal(signal.SIGKILL)
        case "litter":  # dies among files of its own
            Path("half").write_text("half")
            signal.raise_signal(signal.SIGKILL)
        case "abort":
            os.abort()
        case "hang":
            time.sleep(600)
        case "sleeps":  # until somebody outside has heard of it
            from extractors import progress

            if not Path(order[1]).exists():
                progress.tick(1, 1)
                time.sleep(600)
        case "spin":
            while True:
                pass
        case "eat":
            kept = []
            while True:
                kept.append(bytearray(50_000_000))
        case "leak":  # address space that the next file lacks, though nothing of it is resident
            try:
                LEAKED.append(mmap.mmap(-1, 600_000_000))
            except OSError as refused:
                raise MemoryError from refused
        case "unmapped":  # as the loader of modules says it where address space is lacking
            try:
                while True:
                    LEAKED.append(mmap.mmap(-1, 100_000_000))
            except OSError:
                raise ImportError("failed to map segment from shared object") from None
        case "aged":  # fails for a reason of the child's own, whenever it is not new
            LEAKED.append(mmap.mmap(-1, 4096))
            if len(LEAKED) > 1:
                raise KeyError("internal name")
        case "waits":  # as a model does that computes in a thread of its own
            import threading

            def compute() -> None:
                while not finished.is_set():
                    pass

            finished = threading.Event()
            thread = threading.Thread(target=compute)
            thread.start()
            thread.join(float(order[1]))
            finished.set()
        case "bug":
            raise KeyError("internal name")
        case "open":
            Path(order[1]).read_bytes()
        case "write":
            Path(order[1]).write_text("was here")
        case "overwrite":
            path.write_text("changed")
        case "connect":
            socket.create_connection(("127.0.0.1", int(order[1])), timeout=2)
        case "fork":
            return document(name, str(os.fork()))
        case "thread":
            import threading

            kept: list[int] = []
            thread = threading.Thread(target=kept.append, args=(7,))
            thread.start()
            thread.join()
            return document(name, str(kept))
        case "mode":
            path.chmod(0o777)
        case "date":
            os.utime(path, (0, 0))
        case "link":
            os.symlink("/etc", "etc")
        case "signal-parent":
            os.kill(os.getppid(), 0)
        case "run":
            os.execv("/bin/true", ["true"])
        case "environment":
            return document(name, " ".join(sorted(os.environ)))
        case "print":
            print("noise from a library", flush=True)
            os.write(2, b"more noise\n")
        case "halves":
            return document(name, "half \ud835 and whole \U0001d465")
        case "flood":
            return document(name, "x" * 3_000_000)
    return document(name, f"pid {os.getpid()}")


def document(name: str, text: str) -> Document:
    from extractors.document import Block
    from extractors.locators import ParagraphLocator

    block = Block(kind="paragraph", text=text, locators=(ParagraphLocator(paragraph=1),), part=1)
    return Document(path=name, sha256="", media_type="", blocks=(block,))
