import datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select

from service.accounts.models import User
from service.database.migrate import current, newest, upgrade
from service.database.tables import METADATA


def test_migrations_give_exactly_the_tables_of_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_upgrading_twice_changes_nothing(database):
    upgrade(database)
    assert current(database) == newest()


def test_a_moment_comes_back_with_its_zone(database):
    at = datetime.datetime(2026, 3, 1, 8, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
    with database.write() as session:
        session.add(User(login="a", name="A", created_at=at))
    with database.read() as session:
        assert session.scalar(select(User.created_at)) == at


def test_a_write_that_fails_leaves_nothing(database):
    def fail():
        with database.write() as session:
            session.add(User(login="a", name="A"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as session:
        assert session.scalars(select(User)).all() == []


def test_sqlite_checks_foreign_keys_and_keeps_a_journal_beside(database):
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
