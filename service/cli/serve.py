"""The commands that run the service: serve and worker."""

import contextlib
import errno
import fcntl
import logging
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from service.cli.output import said_plainly, start_log
from service.errors import ModelUnusable, NoRoom, NotReady, ServiceError, is_of_a_full_disk

if TYPE_CHECKING:
    from service.learning.service import LearningService
    from service.settings import Settings

logger = logging.getLogger(__name__)

# Time for requests to end after a stop; progress streams never end by themselves.
CLOSE_SECONDS = 3
# Time for a queue server elsewhere to answer at the start.
REACH_SECONDS = 5.0
# Seconds in which a service that was killed lets go of its data folder: a process that it was just starting holds the
# lock until it runs its own program.
LET_GO_SECONDS = 5.0
Data = Annotated[Path | None, typer.Option("--data", help="Folder for everything; without it this system's own.")]


class _Stop(BaseException):
    """A stop was asked for before the web server took over the signals."""


@said_plainly
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 without it.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes; 0 for none here.", min=0)] = None,
) -> None:
    """Run everything on this machine: web, interface, workers, queue, database and index, in one data folder.

    It prints its address when it is ready, and stops cleanly on Ctrl-C or SIGTERM.

    \b
    Examples:
      livingproof serve
      livingproof serve --data /srv/livingproof --port 8080
      livingproof serve --port 0 --workers 1
      LIVINGPROOF_API_TOKEN=$(openssl rand -hex 24) livingproof serve --host 0.0.0.0
    """
    from service.settings import settings_with

    settings = settings_with(data=data, host=host, port=port)
    settings.check_exposure()
    start_log(settings.log_level or "WARNING")
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        _serve(settings, settings.workers if workers is None else workers)
    except _Stop:
        return


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stop


def _serve(settings: "Settings", workers: int) -> None:
    from service import bootstrap
    from service.web.app import create_app
    from service.work import broker
    from service.work.keeper import Sweeper
    from service.work.supervisor import Supervisor, start_worker

    with ExitStack() as stack:
        stack.enter_context(_only_one(settings.data))
        listener = stack.enter_context(_listener(settings.host, settings.port))
        embedded = settings.redis_url is None
        address = settings.redis_url or stack.enter_context(broker.embedded(settings.data))
        settings = settings.model_copy(update={"redis_url": address})
        if not embedded:
            _reach(settings)
        services = bootstrap.services(settings)
        stack.callback(services.database.close)
        sweeper = Sweeper(*services.states, services.queue, settings.limits)
        supervisor = Supervisor(workers, start_worker(settings, address), sweeper, settings.limits.stop_seconds)
        stack.callback(supervisor.stop)
        supervisor.start()
        _warn_of_the_model(settings, services.learning)
        _run_web(create_app(services), listener, settings.host)
        # Once the web server has ended, a second signal must not cut off the orderly end of the workers.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _warn_of_the_model(settings: "Settings", learning: "LearningService") -> None:
    """Say at the start whose files will not be judged, and why; the page of each file says so too. What is wrong with a model
    that is there, the workers say when they load it."""
    from service.judges import check_model

    try:
        check_model(settings)
    except ModelUnusable as problem:
        own = learning.models_of_their_own()
        whose = "Files of workspaces without a model of their own" if own else "Files"
        typer.echo(f"{problem.message} {whose} will not be judged. {problem.remedy}", err=True)


def _reach(settings: "Settings") -> None:
    """See that the queue server answers: without it the service would take files in that nobody reads."""
    import redis

    client = redis.Redis.from_url(
        str(settings.redis_url), socket_connect_timeout=REACH_SECONDS, socket_timeout=REACH_SECONDS
    )
    try:
        client.ping()
    except redis.RedisError as problem:
        raise NotReady(
            "The queue server cannot be reached.",
            "Check LIVINGPROOF_REDIS_URL and that it runs, or leave the setting out for the embedded one.",
            "queue_not_reached",
        ) from problem
    finally:
        client.close()


def _run_web(app: Any, listener: socket.socket, host: str) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            shown = f"[{host}]" if ":" in host else host
            typer.echo(f"Livingproof is ready at http://{shown}:{listener.getsockname()[1]}")

    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=CLOSE_SECONDS
    )
    # The server raises the signal that ended it once more; here that only means that it is over.
    with contextlib.suppress(_Stop):
        Server(config).run(sockets=[listener])


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """Only one service for a data folder: two embedded queues on one file would spoil each other."""
    from service.work import broker

    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = broker.lock_file(data).open("a+")
    except OSError as problem:
        if is_of_a_full_disk(problem):
            raise NoRoom from problem
        raise ServiceError(
            f"The data folder {data} cannot be written.", "Choose another one with --data.", "cannot_write"
        ) from problem
    with lock:
        if not _locked(lock, LET_GO_SECONDS):
            raise NotReady(
                f"Another service works with the data folder {data}.",
                "Stop it, or choose another folder with --data.",
                "already_running",
            )
        yield


def _locked(file: IO[str], seconds: float) -> bool:
    """Whether this process got the lock on a file within some seconds."""
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.1)
        else:
            return True


@contextmanager
def _listener(host: str, port: int) -> Iterator[socket.socket]:
    """The socket to listen on, open before anything heavy starts, so that a taken port is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as problem:
            raise _not_listening(problem, host, port) from problem
        yield listener


def _not_listening(problem: OSError, host: str, port: int) -> NotReady:
    """Why nothing can listen on an address, in words."""
    if problem.errno == errno.EADDRINUSE:
        return NotReady(
            f"Another program listens on {host}:{port} already.",
            "Stop it, or choose another port with --port; 0 takes a free one.",
            "port_taken",
        )
    if problem.errno == errno.EACCES:
        return NotReady(
            f"Port {port} is kept for the system.",
            "Choose one above 1023 with --port, or put a proxy before it.",
            "port_taken",
        )
    return NotReady(
        f"This machine has no address {host}.",
        "Choose 127.0.0.1, 0.0.0.0 or one of its own addresses with --host.",
        "address_not_here",
    )


@said_plainly
def worker(
    data: Data = None,
    owner: Annotated[str | None, typer.Option(hidden=True)] = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
    burst: Annotated[bool, typer.Option("--burst", help="End when the queue is empty.")] = False,
) -> None:
    """Run one worker process: it reads and judges documents until it is stopped.

    Workers may run on any machine that reaches the database, the queue and the files.

    \b
    Examples:
      livingproof worker
      LIVINGPROOF_REDIS_URL=redis://queue:6379/0 livingproof worker --burst
    """
    from service.settings import settings_with
    from service.work.worker import run_worker

    settings = settings_with(data=data)
    start_log(settings.log_level or "INFO")
    run_worker(settings, owner, burst, parent)
