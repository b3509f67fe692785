"""Progress as server-sent events: every change of every file, resumable from the last one seen."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool

from service.accounts.scope import Scope
from service.documents.service import DocumentService
from service.errors import NotFound

# A line now and then keeps proxies from closing a connection on which nothing happens.
SILENCE_SECONDS = 15.0
ENDED = frozenset({"done", "failed"})
RETRY_MILLISECONDS = 2_000


async def progress_events(
    documents: DocumentService, scope: Scope, bundle: str, since: int, wait_seconds: float
) -> AsyncIterator[str]:
    """Events ``progress`` with the bundle and the files that changed; the id of each is the change number to resume from.

    The first one holds all files changed after ``since`` (all of them for -1). After a bundle's end one event ``end`` follows
    and the stream is over.
    """
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    quiet = 0.0
    first = True
    while True:
        try:
            state = await run_in_threadpool(documents.bundle, scope, bundle, since)
        except NotFound:
            # It was deleted while somebody watched.
            yield _event("end", since, json.dumps({"state": "deleted"}))
            return
        if first or state.changes > since:
            since, quiet, first = state.changes, 0.0, False
            yield _event("progress", since, state.model_dump_json())
        if state.state in ENDED:
            yield _event("end", since, json.dumps({"state": state.state}))
            return
        await asyncio.sleep(wait_seconds)
        quiet += wait_seconds
        if quiet >= SILENCE_SECONDS:
            quiet = 0.0
            yield ": still here\n\n"


def _event(name: str, number: int, data: str) -> str:
    return f"event: {name}\nid: {number}\ndata: {data}\n\n"
