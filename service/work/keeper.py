"""The keeper: a thread in every worker that renews its leases, takes over the work of dead workers and loses nothing.

Several keepers do no harm: each step asks the database under a lock, and work that comes twice is done once.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from service.documents.bundles import BundleStates
from service.documents.progress import Progress
from service.settings import ServicePolicy
from service.work.queue import JobQueue, RqQueue

logger = logging.getLogger(__name__)

# How often is looked for what nobody waits for: lost second vectors (of documents as old as that), reports by
# older rules, files nothing names.
SELDOM_SECONDS = 600.0


class Sweeper:
    """Puts back into the queue what dead workers held and what the queue has lost.

    Now and then ``tidy`` is called, to remove what nothing names any more, and ``by_older_rules`` asked for suppliers whose
    reports are to be worked out anew.
    """

    def __init__(
        self,
        documents: Progress,
        bundles: BundleStates,
        queue: JobQueue,
        limits: ServicePolicy,
        without_vectors: Callable[[float], list[str]] | None = None,
        tidy: Callable[[], None] | None = None,
        by_older_rules: Callable[[], list[str]] | None = None,
    ) -> None:
        self._documents = documents
        self._bundles = bundles
        self._queue = queue
        self._limits = limits
        self._without_vectors = without_vectors
        self._tidy = tidy
        self._by_older_rules = by_older_rules
        self._next_seldom = 0.0

    def sweep(self) -> None:
        """One round."""
        for document in self._documents.sweep():
            self._queue.put("document", document)
        for bundle in self._bundles.sweep():
            self._queue.put("bundle", bundle)
        self._put_lost("document", self._documents.waiting_since(self._limits.lost_seconds))
        self._put_lost("bundle", self._bundles.standing("waiting", self._limits.lost_seconds))
        self._put_lost("assessment", self._bundles.standing("assessing", self._limits.lost_seconds))
        self._bundles.remove_abandoned()
        for bundle in self._bundles.standing("reading", self._limits.lost_seconds):
            if self._bundles.finish_reading(bundle):
                self._queue.put("assessment", bundle)
        if time.monotonic() >= self._next_seldom:
            self._next_seldom = time.monotonic() + SELDOM_SECONDS
            self._sweep_seldom()

    def _sweep_seldom(self) -> None:
        if self._without_vectors is not None:
            self._put_lost("vectors", self._without_vectors(SELDOM_SECONDS))
        if self._by_older_rules is not None:
            known = self._queue.waiting("renewal")
            for supplier in self._by_older_rules():
                if supplier not in known:
                    self._queue.put("renewal", supplier)
        if self._tidy is not None:
            self._tidy()

    def release(self, owner: str) -> None:
        """A worker is known to be dead: give its work to another one now."""
        for document in self._documents.release(owner):
            self._queue.put("document", document)
        for bundle in self._bundles.release(owner):
            self._queue.put("bundle", bundle)

    def _put_lost(self, kind: str, waiting: list[str]) -> None:
        if not waiting:
            return
        known = self._queue.waiting(kind)
        for subject in waiting:
            if subject not in known:
                logger.warning("%s %s was lost by the queue and is put into it again", kind, subject)
                self._queue.put(kind, subject)


class Keeper:
    """Runs beside the work until ``stop``; where the process ``parent`` that started it is gone, it ends this one.

    ``orphaned`` is called before that end.
    """

    def __init__(
        self,
        renew: Callable[[], None],
        sweeper: Sweeper,
        queue: RqQueue,
        limits: ServicePolicy,
        orphaned: Callable[[], None] | None = None,
        parent: int | None = None,
    ) -> None:
        self._renew = renew
        self._sweeper = sweeper
        self._queue = queue
        self._limits = limits
        self._ended = threading.Event()
        self._orphaned = orphaned
        self._parent = parent
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin. The leases have a thread of their own: a slow sweep must not make a living worker look dead."""
        for name, work in (("leases", self._keep_leases), ("sweeps", self._keep_sweeping)):
            thread = threading.Thread(target=work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End, and wait for the round that runs."""
        self._ended.set()
        for thread in self._threads:
            thread.join(self._limits.sweep_seconds)

    def _keep_leases(self) -> None:
        while not self._ended.wait(self._limits.heartbeat_seconds):
            self._guarded(self._renew)
            if self._parent is not None and os.getppid() != self._parent:
                logger.warning("the service that started this worker is gone; the worker ends")
                if self._orphaned:
                    self._guarded(self._orphaned)
                os._exit(0)

    def _keep_sweeping(self) -> None:
        scheduler = self._queue.scheduler()
        next_sweep = time.monotonic()
        # Delayed work is moved once a second: a backoff of two seconds should take about two seconds.
        while not self._ended.wait(1.0):
            self._guarded(lambda: self._move_delayed(scheduler))
            if time.monotonic() >= next_sweep:
                self._guarded(self._sweeper.sweep)
                next_sweep = time.monotonic() + self._limits.sweep_seconds
        self._guarded(scheduler.release_locks)

    def _move_delayed(self, scheduler: "object") -> None:
        # The lock of each queue goes to one keeper and passes on when that one is silent for a minute.
        scheduler.acquire_locks()  # type: ignore[attr-defined]
        scheduler.enqueue_scheduled_jobs()  # type: ignore[attr-defined]

    @staticmethod
    def _guarded(step: Callable[[], object]) -> None:
        try:
            step()
        except (SQLAlchemyError, RedisError, OSError):
            # The next round tries again; until then leases run out, which other workers notice.
            logger.warning("a part of the service is out of reach", exc_info=True)
        except Exception:
            logger.exception("the keeper met something unexpected")
