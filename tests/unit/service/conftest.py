import pytest

from service.database.engine import Database
from service.database.migrate import upgrade


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    upgrade(database)
    yield database
    database.close()
