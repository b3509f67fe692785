"""A worker process: loads the models once, then works off the queue until it is told to stop."""

import logging
import os
import socket
import threading
import uuid

from rq import SimpleWorker
from rq.serializers import JSONSerializer

from service.bootstrap import work_context
from service.documents.removal import Remover
from service.errors import ServiceError
from service.settings import Settings
from service.work import broker
from service.work.context import Judge, install
from service.work.keeper import Keeper, Sweeper
from service.work.queue import RqQueue

logger = logging.getLogger(__name__)

# A worker is replaced after this many jobs, so that no library's leak grows for ever.
JOBS_PER_PROCESS = 2_000
# Seconds between a worker's words to the queue server while it waits for work; it is also how soon it sees a stop.
QUEUE_SECONDS = 60


def new_owner() -> str:
    """A name for a worker that no other has, on any machine."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


def _warm(judge: Judge) -> None:
    try:
        judge.load()
    except ServiceError as problem:
        # Each document says so; here it is said once, early, to whoever runs the service.
        logger.error("%s %s", problem.message, problem.remedy)


def run_worker(settings: Settings, owner: str | None = None, burst: bool = False, parent: int | None = None) -> None:
    """Work until a stop is asked for (``burst``: until the queue is empty), or the process ``parent`` is gone."""
    owner = owner or new_owner()
    with work_context(settings, owner) as context:
        assert isinstance(context.queue, RqQueue)
        sweeper = Sweeper(
            context.documents,
            context.bundles,
            context.queue,
            settings.limits,
            context.documents_without_vectors,
            Remover(context.database, context.blobs).sweep,
            context.suppliers_by_older_rules,
        )
        keeper = Keeper(
            context.renew,
            sweeper,
            context.queue,
            settings.limits,
            orphaned=lambda: broker.end_forsaken(settings.data),
            parent=parent,
        )
        install(context)
        keeper.start()
        # The models load while bundles are unpacked and the first file is read.
        threading.Thread(target=_warm, args=(context.judge,), daemon=True).start()
        try:
            worker = SimpleWorker(
                context.queue.queues(),
                name=owner,
                connection=context.queue.connection,
                serializer=JSONSerializer,
                worker_ttl=QUEUE_SECONDS,
                log_job_description=False,
            )
            worker.work(burst=burst, logging_level="WARNING", max_jobs=JOBS_PER_PROCESS, with_scheduler=False)
        finally:
            keeper.stop()
            sweeper.release(owner)
            install(None)
