"""What the tests of the service share: a migrated database, and the whole application with a fake queue and encoder."""

import pytest
from fastapi.testclient import TestClient

from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from service import bootstrap
from service.database.engine import Database
from service.database.migrate import upgrade
from service.settings import Settings
from service.web.app import create_app
from service.work.queue import FakeQueue
from tests.unit.service.workshop import Workshop


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def shop(database, tmp_path):
    """The service without a web server, its workers run by hand."""
    return Workshop(database, tmp_path)


@pytest.fixture
def client(tmp_path):
    parts = bootstrap.services(
        Settings(data=tmp_path, api_token=None),
        queue=FakeQueue(),
        open_index=lambda folder: HybridIndex(folder, FakeEmbedder()),
    )
    with TestClient(create_app(parts), base_url="http://127.0.0.1:8321", raise_server_exceptions=False) as client:
        yield client
