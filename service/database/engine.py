"""The database: SQLite in WAL mode or Postgres, with sessions that read and sessions that write."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Connection, ExceptionContext
from sqlalchemy.exc import ArgumentError, DataError
from sqlalchemy.orm import Session

from service.errors import WrongUse

# Milliseconds a writer waits for another one; a bundle of a thousand passages is stored in well under a second.
BUSY_MILLISECONDS = 30_000
# Connections of one process to Postgres: a handful of requests at a time, and the streams, which hold none while they wait.
POOL = 10
# Ways to a database: SQLite for one machine, Postgres for many.
DRIVERS = ("sqlite", "postgresql+psycopg")


class Database:
    """One database. Sessions are short: none is held while a file is read or a model thinks."""

    def __init__(self, address: str) -> None:
        self.url = _url(address)
        self.engine = _engine(self.url)
        # Whose transactions say at their begin that they write (``_begin_sqlite``).
        self.writer = self.engine.execution_options(livingproof_writes=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file on this machine."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking things up; what it changes is thrown away."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are kept together or, on any error, not at all."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    def check(self) -> None:
        """Raises an SQLAlchemy error where the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as problem:
        raise WrongUse("The database address cannot be read.", "Write it as postgresql://user@host/name.") from problem
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in DRIVERS:
        raise WrongUse(f"There is no way to a database of the kind {url.drivername}.", "Use SQLite or Postgres.")
    return url


def _engine(url: URL) -> Engine:
    engine = _postgres(url) if url.get_backend_name() != "sqlite" else _sqlite(url)
    event.listen(engine, "handle_error", _refuse_unfit)
    return engine


def _refuse_unfit(context: ExceptionContext) -> None:
    """A value that no column holds (NUL, half of a letter, a number of more than 64 bits, too many letters) is who sent it to
    blame for, not a database out of reach: to try again would not help."""
    unfit = isinstance(context.original_exception, OverflowError | UnicodeEncodeError)
    if unfit or isinstance(context.sqlalchemy_exception, DataError):
        raise WrongUse(
            "A text or number that was sent cannot be kept: it is too long, too large, or holds a sign that no text has.",
            "Correct it and send again.",
            "unfit_value",
        ) from context.original_exception


def _postgres(url: URL) -> Engine:
    return create_engine(url, pool_size=POOL, pool_pre_ping=True)


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # The driver would begin transactions by itself, and too late; see the SQLAlchemy notes on pysqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Let readers read while one writes. SQLite does not wait by itself where another process is just changing the mode of a new file."""
    until = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another wrote between; one that says so
    # at its begin waits its turn.
    writes = connection.get_execution_options().get("livingproof_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
