"""The queue: which documents and bundles are to be worked on. It only carries numbers; the database knows the rest."""

import datetime
import uuid
from typing import Protocol

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry
from rq import Queue
from rq.scheduler import RQScheduler
from rq.serializers import JSONSerializer

# Bundles first: unpacking is quick and shows people what will be read; assessments next, they finish what was begun. The many
# files of one large bundle come behind those of all others, which would else wait hours for it. Second vectors, which only make search
# better, and reports by older rules when nothing else waits; learning comes last: it is long, and nobody waits for it at a page.
NAMES = (
    "livingproof-bundles",
    "livingproof-assessments",
    "livingproof-documents",
    "livingproof-bulk",
    "livingproof-vectors",
    "livingproof-learning",
)
# Jobs that ended badly are kept a week for whoever looks into it; the reason for people is in the database.
FAILURE_SECONDS = 7 * 24 * 3600
CONNECT_SECONDS = 5.0
RETRIES = 3
# Wall time of a training: under forty minutes on two idle cores, several times that where documents are read beside it.
TRAINING_SECONDS = 4 * 3600

_JOBS = {
    "bundle": (NAMES[0], "service.documents.jobs.unpack_bundle"),
    "assessment": (NAMES[1], "service.documents.jobs.assess_bundle"),
    "supplier": (NAMES[1], "service.documents.jobs.assess_supplier"),
    "document": (NAMES[2], "service.documents.jobs.read_document"),
    "bulk": (NAMES[3], "service.documents.jobs.read_document"),
    "vectors": (NAMES[4], "service.documents.jobs.embed_further"),
    "renewal": (NAMES[4], "service.documents.jobs.assess_supplier"),
    "training": (NAMES[5], "service.learning.jobs.train_model"),
    "rejudge": (NAMES[5], "service.learning.jobs.rejudge_documents"),
}
# A document waits wherever it was put.
_ALSO = {"document": "bulk"}


class JobQueue(Protocol):
    """Carries work to workers. The same work may come twice: whoever does it asks the database first."""

    def put(self, kind: str, subject: str, delay_seconds: float = 0) -> None:
        """Put in work (the kinds of ``_JOBS``) and the id of what it is about."""
        ...

    def waiting(self, kind: str) -> set[str]:
        """Ids of what waits in the queue, the delayed included."""
        ...

    def check(self) -> None:
        """Raises an error where the queue cannot be reached."""
        ...


class RqQueue:
    """The queue on a Redis server."""

    def __init__(self, connection: redis.Redis, job_seconds: float) -> None:
        self.connection = connection
        self._job_seconds = int(job_seconds)
        self._queues = {name: Queue(name, connection=connection, serializer=JSONSerializer) for name in NAMES}

    @classmethod
    def connect(cls, address: str, job_seconds: float) -> "RqQueue":
        """Connect to a server by its Redis address."""
        return cls(connect(address), job_seconds)

    def queues(self) -> list[Queue]:
        """The queues in the order in which workers empty them."""
        return [self._queues[name] for name in NAMES]

    def put(self, kind: str, subject: str, delay_seconds: float = 0) -> None:
        """Put in work, now or after a delay."""
        name, function = _JOBS[kind]
        queue, job_id = self._queues[name], f"{kind}-{subject}-{uuid.uuid4().hex[:12]}"
        options = {
            "job_id": job_id,
            "job_timeout": TRAINING_SECONDS if kind == "training" else self._job_seconds,
            "result_ttl": 0,
            "failure_ttl": FAILURE_SECONDS,
        }
        if delay_seconds > 0:
            queue.enqueue_in(datetime.timedelta(seconds=delay_seconds), function, subject, **options)
        else:
            queue.enqueue(function, subject, **options)

    def waiting(self, kind: str) -> set[str]:
        """Ids of what waits, the delayed included."""
        found: set[str] = set()
        for one in filter(None, (kind, _ALSO.get(kind))):
            queue = self._queues[_JOBS[one][0]]
            known = [*queue.get_job_ids(), *queue.scheduled_job_registry.get_job_ids()]
            found.update(job_id.split("-")[1] for job_id in known if job_id.startswith(f"{one}-"))
        return found

    def scheduler(self) -> RQScheduler:
        """What moves delayed work into the queue; called step by step by the keeper."""
        return RQScheduler(NAMES, connection=self.connection, serializer=JSONSerializer, logging_level="WARNING")

    def check(self) -> None:
        """Raises a Redis error where the server does not answer."""
        self.connection.ping()

    def close(self) -> None:
        """Give back the connections."""
        self.connection.close()


def connect(address: str) -> redis.Redis:
    """A connection that survives a short absence of the server."""
    return redis.Redis.from_url(
        address,
        socket_connect_timeout=CONNECT_SECONDS,
        retry=Retry(ExponentialBackoff(cap=1.0, base=0.05), RETRIES),
        health_check_interval=30,
    )


class FakeQueue:
    """A queue in memory for tests: ``run`` does what waits, in order, in this process."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, str, float]] = []

    def put(self, kind: str, subject: str, delay_seconds: float = 0) -> None:
        """Remember work."""
        self.jobs.append((kind, subject, delay_seconds))

    def waiting(self, kind: str) -> set[str]:
        """Ids of what waits."""
        return {subject for known, subject, _ in self.jobs if known in (kind, _ALSO.get(kind))}

    def check(self) -> None:
        """Always there."""

    def take(self) -> list[tuple[str, str, float]]:
        """All that waits; the queue is empty afterwards."""
        jobs, self.jobs = self.jobs, []
        return jobs
