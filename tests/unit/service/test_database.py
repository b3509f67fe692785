import datetime
import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from service import bootstrap
from service.accounts.models import User
from service.database import migrate
from service.database.engine import Database
from service.database.migrate import current, newest, upgrade
from service.database.tables import METADATA
from service.doctor import SERVER_LOOKS
from service.errors import NotReady, WrongUse
from service.settings import Settings
from service.suppliers.models import Supplier


def test_migrations_give_exactly_the_tables_of_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_upgrading_twice_changes_nothing(database):
    upgrade(database)
    assert current(database) == newest()


@pytest.mark.parametrize("version", ["0001", "0002_saved_searches", "0003_learning", "0004_rules"])
def test_a_database_of_an_older_version_keeps_what_it_holds(tmp_path, version):
    opened, config = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}"), migrate._config()
    with opened.writer.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        made = "'2025-03-31 08:00:00'"
        connection.execute(
            text(f"INSERT INTO workspaces (id, name, created_at, index_version) VALUES ('w', 'W', {made}, 3)")
        )
        connection.execute(
            text(
                "INSERT INTO suppliers (id, workspace_id, name, created_at, revision) "
                f"VALUES ('s', 'w', 'Song Cam', {made}, 7)"
            )
        )
        connection.commit()
    upgrade(opened)
    assert current(opened) == newest()
    with opened.read() as session:
        supplier = session.get_one(Supplier, "s")
        assert (supplier.name, supplier.revision, supplier.product, supplier.aliases) == ("Song Cam", 7, "", [])
    with opened.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    opened.close()


def test_processes_that_start_together_migrate_once(tmp_path):
    address = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    start = (
        "import sys; from service.database.engine import Database; from service.database.migrate import upgrade; "
        "opened = Database(sys.argv[1]); print('ready', flush=True); sys.stdin.read(); upgrade(opened)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", start, address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.close()
    said = [(process.stderr.read(), process.wait()) for process in started]
    for process in started:
        process.stdout.close()
        process.stderr.close()
    assert [code for _, code in said] == [0, 0, 0], said
    opened = Database(address)
    assert current(opened) == newest()
    opened.close()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"no database " * 200, "database_damaged"), (None, "database_newer")],
    ids=["damaged", "newer"],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence_and_left_as_it_is(tmp_path, content, code):
    settings = Settings(data=tmp_path)
    file = tmp_path / "livingproof.sqlite3"
    if content:
        file.write_bytes(content)
    else:
        bootstrap.database(settings).close()
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0099_of_next_year'")
        connection.close()
    before = file.read_bytes()
    with pytest.raises(NotReady) as refused:
        bootstrap.database(settings)
    assert refused.value.code == code
    assert refused.value.remedy
    assert file.read_bytes() == before
    found = SERVER_LOOKS["database"](settings)
    assert (found.state, found.message, found.remedy) == ("fail", refused.value.message, refused.value.remedy)


def test_a_file_that_cannot_be_opened_is_not_said_to_be_a_server(tmp_path):
    (tmp_path / "livingproof.sqlite3").mkdir()
    with pytest.raises(NotReady, match=r"livingproof\.sqlite3 cannot be opened") as refused:
        bootstrap.database(Settings(data=tmp_path))
    assert "server" not in refused.value.remedy


def test_only_kinds_of_database_that_are_served_are_taken():
    with pytest.raises(WrongUse, match="mysql"):
        Database("mysql://localhost/x")


def test_a_value_that_no_column_holds_is_wrong_use(database):
    with pytest.raises(WrongUse) as refused, database.read() as session:
        session.scalars(select(User).offset(10**30)).all()
    assert refused.value.code == "unfit_value"
    assert refused.value.remedy


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
