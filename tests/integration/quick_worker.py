"""A real worker process with a reader and a judge that need no model: for tests of what happens around them."""

import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from service import bootstrap  # noqa: E402
from service.settings import settings_with  # noqa: E402
from service.work import worker  # noqa: E402
from tests.unit.service.workshop import FakeJudge, FakeReader, fake_assess  # noqa: E402

READ_SECONDS = 0.15


class SlowReader(FakeReader):
    def read(self, path, name, progress=None, passwords=()):
        time.sleep(READ_SECONDS)
        return super().read(path, name, progress, passwords)


@contextmanager
def open_reader(settings):
    yield SlowReader()


if __name__ == "__main__":
    bootstrap.open_reader = open_reader
    bootstrap.LazyJudge = lambda settings: FakeJudge()
    bootstrap.assess = fake_assess
    worker.run_worker(settings_with(), sys.argv[1])
