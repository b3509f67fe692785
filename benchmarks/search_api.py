"""The whole way of a search through the API over a database of many passages (see `benchmarks.search_scale`)."""

import contextlib
import http.client
import itertools
import multiprocessing
import resource
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
from sqlalchemy import func, insert, select, update

from benchmarks.search import own_passages
from benchmarks.search_questions import plain_questions
from service.accounts.models import Workspace
from service.accounts.service import LOCAL_WORKSPACE
from service.bootstrap import Services, services
from service.database.engine import Database
from service.documents.models import Bundle, DocumentRow, PassageRow, VectorRow
from service.search.models import IndexChange
from service.settings import settings_with
from service.suppliers.models import Supplier
from service.work.queue import FakeQueue

# Rows written in one transaction.
AT_ONCE = 20_000
# Passages of one document and of one supplier.
A_DOCUMENT, A_SUPPLIER = 100, 1_000
# Searches measured, after some to warm up.
SEARCHES, WARMING = 200, 5
MODES = ("record", "prescription", "template", "claim", "other")


def measure(folder: Path, count: int, real: Mapping[str, np.ndarray]) -> None:
    """Fill, build, ask, print. `real` are vectors of real texts by the name of the model that made them.

    The questions are asked in a process of its own that opens the index, so that what it holds is what a service holds.
    """
    from benchmarks.search_scale import made, resident

    parts = services(settings_with(data=folder), queue=FakeQueue())
    try:
        parts.accounts.local()
        with parts.database.read() as session:
            there = session.scalar(select(func.count()).select_from(PassageRow)) or 0
        if there != count:
            started = time.perf_counter()
            fill(
                parts.database,
                count,
                {
                    name: itertools.chain.from_iterable(rows for _, rows in made(some, count))
                    for name, some in real.items()
                },
            )
            print(f"database of {count:,} passages filled in {time.perf_counter() - started:.0f} s", flush=True)
        forget_peak()
        started, before = time.perf_counter(), worked()
        parts.index.index(LOCAL_WORKSPACE)  # makes it where it is not there from an earlier run
        built, spent = time.perf_counter() - started, worked() - before
        print(
            f"index made or opened in {built:.0f} s, {spent:.0f} s of the processor; "
            f"resident at most {peak() / 2**30:.2f} GiB in this process, then {resident() / 2**30:.2f} GiB",
            flush=True,
        )
    finally:
        parts.close()
    asking = multiprocessing.get_context("spawn").Process(target=asked, args=(folder,))
    asking.start()
    asking.join()
    if asking.exitcode:
        raise SystemExit(asking.exitcode)


def asked(folder: Path) -> None:
    """Open what is there and serve it as the service does, to a process that asks."""
    from benchmarks.search_scale import resident
    from service.web.app import create_app

    parts = services(settings_with(data=folder), queue=FakeQueue())
    parts.accounts.local()
    app = _Timed(create_app(parts))
    with _served(app) as port:  # closes the services at its end
        ask(parts, app, port, resident)


class _Timed:
    """An application that notes what each answer takes of the processor, in milliseconds."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.worked: list[float] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        before = time.process_time()
        await self._app(scope, receive, send)
        if scope["type"] == "http":
            self.worked.append(1000 * (time.process_time() - before))


@contextlib.contextmanager
def _served(app: Any) -> Iterator[int]:
    """The port on which an application answers, with the web server of `livingproof serve`."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False))
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started:
        if not serving.is_alive():
            raise SystemExit("the service did not start")
        time.sleep(0.05)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    serving.join(20)


def _client(port: int, queries: Sequence[dict[str, str]], answered: Any) -> None:
    """Ask one after another over one connection; the milliseconds of each go to `answered`."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times = []
    for query in queries:
        started = time.perf_counter()
        connection.request("GET", "/api/v1/search?" + urlencode(query))
        answer = connection.getresponse()
        text = answer.read()
        times.append(1000 * (time.perf_counter() - started))
        assert answer.status == 200, text
    answered.send(times)


def worked() -> float:
    """Seconds of the processor so far, of this process and of those it started that have ended."""
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + beside.ru_utime + beside.ru_stime


def forget_peak() -> None:
    """Measure the most memory held from now on, where the kernel can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """The most bytes this process held in memory since."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def fill(database: Database, count: int, rows: "Mapping[str, Iterator[np.ndarray]]") -> None:
    """Suppliers with documents, passages and vectors, as workers would have stored them."""
    texts = own_passages(100_000)
    for start in range(0, count, AT_ONCE):
        end = min(count, start + AT_ONCE)
        with database.write() as session:
            suppliers, bundles, documents, passages, vectors = [], [], [], [], []
            for number in range(start, end):
                supplier, document = f"s{number // A_SUPPLIER:031d}", f"d{number // A_DOCUMENT:031d}"
                if number % A_SUPPLIER == 0:
                    suppliers.append(
                        {"id": supplier, "workspace_id": LOCAL_WORKSPACE, "name": f"Supplier {number // A_SUPPLIER}"}
                    )
                    bundles.append(
                        {"id": supplier, "workspace_id": LOCAL_WORKSPACE, "supplier_id": supplier, "state": "done"}
                    )
                if number % A_DOCUMENT == 0:
                    documents.append(
                        {
                            "id": document, "workspace_id": LOCAL_WORKSPACE, "supplier_id": supplier, "bundle_id": supplier,
                            "position": number // A_DOCUMENT, "path": f"{number // A_DOCUMENT}.pdf", "sha256": "0" * 64,
                            "size": 1, "state": "read", "stage": "done",
                        }
                    )  # fmt: skip
                passages.append(
                    {
                        "id": number + 1, "workspace_id": LOCAL_WORKSPACE, "supplier_id": supplier,
                        "document_id": document, "position": number % A_DOCUMENT, "key": f"p{number}",
                        "text": f"{texts[number % len(texts)]} Copy {number}.", "locators": [], "places": [], "part": 1, "heading": [],
                        "language": "en", "source": "text", "confidence": None, "hidden": False,
                        "mode": MODES[number % len(MODES)], "modes": {}, "criteria": {}, "reasons": [], "model": "",
                    }
                )  # fmt: skip
                for name, some in rows.items():
                    row = np.asarray(next(some), dtype="<f4").tobytes()
                    vectors.append({"passage_id": number + 1, "embedder": name, "vector": row})
            for table, given in (
                (Supplier, suppliers), (Bundle, bundles), (DocumentRow, documents), (PassageRow, passages), (VectorRow, vectors)
            ):  # fmt: skip
                if given:
                    session.execute(insert(table), given)
    with database.write() as session:
        session.execute(update(Workspace).where(Workspace.id == LOCAL_WORKSPACE).values(index_version=1))
        session.execute(
            insert(IndexChange).values(
                workspace_id=LOCAL_WORKSPACE, version=1, document_id="", action="stored", passages=[]
            )
        )


def ask(parts: Services, app: _Timed, port: int, resident: Callable[[], int]) -> None:
    """Milliseconds of searches with each kind of filter, over HTTP, asked by another process: on its clock, and of the
    processor of the service, which other work on the machine does not change."""
    with parts.database.read() as session:
        suppliers = list(session.scalars(select(Supplier.id).limit(50)))
    questions = plain_questions()
    kinds: dict[str, Callable[[int], dict[str, str]]] = {
        "no filter": lambda n: {},
        "one supplier": lambda n: {"supplier": suppliers[n % len(suppliers)]},
        "one mode": lambda n: {"mode": MODES[n % len(MODES)]},
        "supplier and mode": lambda n: {"supplier": suppliers[n % len(suppliers)], "mode": "record"},
    }
    beside = multiprocessing.get_context("spawn")
    for name, chosen in kinds.items():
        parts.index.index(LOCAL_WORKSPACE)[0].legs.forget()  # each question is a new one
        app.worked.clear()
        queries = [{"q": questions[number % len(questions)], **chosen(number)} for number in range(SEARCHES + WARMING)]
        times, answered = beside.Pipe(duplex=False)
        client = beside.Process(target=_client, args=(port, queries, answered))
        client.start()
        answered.close()
        try:
            found = times.recv()
        except EOFError:
            raise SystemExit(f"a search behind {name} failed") from None
        client.join()
        for kind, taken in (("on the clock", found[WARMING:]), ("of the processor", app.worked[WARMING:])):
            print(
                f"{name:18} {kind:17} p50 {np.percentile(taken, 50):6.1f} ms  p95 {np.percentile(taken, 95):6.1f} ms",
                flush=True,
            )
    print(f"resident in a process that opened it and answered: {resident() / 2**30:.2f} GiB")
