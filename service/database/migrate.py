"""Bringing a database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from service.database.engine import Database

_FOLDER = Path(__file__).parent / "migrations"
# Key of the Postgres lock that lets only one process migrate; any number that nothing else here uses.
_LOCK = 7_310_001


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def upgrade(database: Database) -> None:
    """Run all migrations that are missing. Several processes may call it at once."""
    if current(database) == newest():
        return
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


def current(database: Database) -> str | None:
    """The version of the database's tables; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version of the tables that this code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()
