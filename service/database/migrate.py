"""Bringing a database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from service.database.engine import Database
from service.errors import NotReady

_FOLDER = Path(__file__).parent / "migrations"
# Key of the Postgres lock that lets only one process migrate; any number that nothing else here uses.
_LOCK = 7_310_001
# What people hear where a newer version of the program has changed the tables: message, remedy, code.
NEWER = (
    "A newer version of this program made the tables of the database.",
    "Start that version again, or put back the copy made before the update.",
    "database_newer",
)
# What SQLite says of a file that it cannot read.
_DAMAGED = ("file is not a database", "disk image is malformed")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def upgrade(database: Database) -> None:
    """Run all migrations that are missing. Several processes may call it at once. Raises NotReady for newer tables."""
    version = current(database)
    if version == newest():
        return
    if not is_known(version):
        raise NotReady(*NEWER)
    config = _config()
    # On SQLite a transaction of the writer locks the file at its begin: who comes second waits, and finds nothing to do.
    with database.writer.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            connection.commit()
        try:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
        finally:
            if not database.is_sqlite:
                # After a failed step the transaction takes no statement more, and the lock would stay with the connection.
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
                connection.commit()


def trouble_of(problem: Exception, address: str) -> NotReady:
    """What people hear of a database that cannot be opened."""
    said, url = str(getattr(problem, "orig", "")), make_url(address)
    if any(sign in said for sign in _DAMAGED):
        return NotReady(
            f"The database {url.database} is damaged, or is none.",
            "Put back a copy of the data folder, or choose another folder with --data.",
            "database_damaged",
        )
    if url.get_backend_name() == "sqlite":
        return NotReady(
            f"The database {url.database} cannot be opened.", "See that it is a file this account may read and write."
        )
    return NotReady(
        "The database cannot be reached.", "Check LIVINGPROOF_DATABASE_URL and that the database server runs."
    )


def current(database: Database) -> str | None:
    """The version of the database's tables; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version of the tables that this code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_known(version: str | None) -> bool:
    """Whether this code knows a version of the tables: one it makes, or an older one."""
    return version is None or version in {
        step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()
    }
