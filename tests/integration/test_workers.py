import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from service import bootstrap
from service.documents.bundles import FILES_IN_TURN
from service.documents.intake import Sent
from service.documents.models import DocumentRow, PassageRow
from service.errors import NotReady
from service.settings import ServicePolicy, Settings
from service.work import broker
from service.work.keeper import Sweeper
from service.work.supervisor import Supervisor

WORKER = Path(__file__).parent / "quick_worker.py"
FILES = 16
# Far above what is needed; a test that waits so long has failed.
PATIENCE = 60.0
LIMITS = {"LEASE_SECONDS": "2", "HEARTBEAT_SECONDS": "0.4", "SWEEP_SECONDS": "0.4", "PROGRESS_SECONDS": "0.01"}


class Service:
    """A database, an embedded queue server and worker processes in a folder."""

    def __init__(self, folder, address):
        limits = ServicePolicy(**{name.lower(): float(value) for name, value in LIMITS.items()})
        self.settings = Settings(data=folder, redis_url=address, limits=limits)
        self.parts = bootstrap.services(self.settings, open_index=lambda folder: None)
        self.who = self.parts.accounts.local()
        self.supplier = self.parts.suppliers.create(self.who, "Song Cam").id
        self.processes = []

    def start(self, owner):
        environment = os.environ | {
            "LIVINGPROOF_DATA": str(self.settings.data), "LIVINGPROOF_REDIS_URL": self.settings.redis_url,
        } | {f"LIVINGPROOF_LIMITS__{name}": value for name, value in LIMITS.items()}  # fmt: skip
        command = [sys.executable, str(WORKER), owner]
        process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def send(self, files=FILES):
        sent = [
            Sent(f"{n:02d}.txt", [b"damaged" if n % 8 == 5 else f"Audit {n} of 12 March".encode()])
            for n in range(files)
        ]
        return self.parts.intake.receive(self.who, self.supplier, sent)

    def until(self, bundle, reached):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.parts.documents.bundle(self.who, bundle)
            if reached(state):
                return state
            time.sleep(0.05)
        raise AssertionError(f"not reached: {state.model_dump_json(indent=1)}")

    def assert_each_once(self, bundle, files=FILES):
        state = self.until(bundle, lambda state: state.state in ("done", "failed"))
        assert state.state == "done"
        assert len(state.documents) == files
        for document in state.documents:
            assert document.state in ("read", "failed")
            assert (document.error is not None) == (document.state == "failed")
        with self.parts.database.read() as session:
            read = session.scalar(select(func.count()).where(DocumentRow.state == "read"))
            passages = session.scalar(select(func.count()).select_from(PassageRow))
        assert read == passages  # one passage a file, none twice

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        self.parts.close()


@pytest.fixture
def service(tmp_path, monkeypatch):
    with broker.embedded(tmp_path) as address:
        service = Service(tmp_path, address)
        yield service
        service.end()


def some_are_read(state):
    return 1 <= state.files_done < state.files


def test_workers_read_a_bundle_and_end_on_request(service):
    processes = [service.start("one"), service.start("two")]
    service.assert_each_once(service.send())
    for process in processes:
        process.terminate()
    assert [process.wait(PATIENCE) for process in processes] == [0, 0]


def test_the_work_of_a_killed_worker_is_finished_by_another(service):
    victim, _ = service.start("victim"), service.start("other")
    bundle = service.send()
    service.until(bundle, lambda state: some_are_read(state) and any(d.state == "working" for d in state.documents))
    victim.send_signal(signal.SIGKILL)
    service.assert_each_once(bundle)


def test_a_killed_worker_is_replaced_and_its_document_read(service):
    sweeper = Sweeper(*service.parts.states, service.parts.queue, service.settings.limits)
    supervisor = Supervisor(2, service.start, sweeper, stop_seconds=10)
    supervisor.start()
    try:
        bundle = service.send()
        service.until(bundle, some_are_read)
        first = supervisor.processes()
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        service.assert_each_once(bundle)
        assert not set(first) & set(supervisor.processes())
    finally:
        supervisor.stop()
    assert supervisor.alive() == 0


def test_a_small_bundle_does_not_wait_for_all_of_a_large_one_that_came_before(service):
    large, small = service.send(FILES_IN_TURN + 20), service.send(3)
    service.start("one")
    service.until(small, lambda state: state.state == "done")
    service.until(large, lambda state: state.state == "done")
    with service.parts.database.read() as session:
        ends = {
            (row.bundle_id, row.position): row.finished_at
            for row in session.scalars(select(DocumentRow).order_by(DocumentRow.position))
        }
    last_of_small = max(at for (bundle, _), at in ends.items() if bundle == small)
    assert last_of_small > ends[large, 0]
    assert last_of_small < min(ends[large, FILES_IN_TURN + n] for n in range(20))
    assert len(ends) == FILES_IN_TURN + 23


def test_the_queue_survives_its_server(tmp_path):
    with broker.embedded(tmp_path) as address:
        service = Service(tmp_path, address)
        bundle = service.send(3)
        service.end()
    with broker.embedded(tmp_path) as address:
        parts = bootstrap.services(service.settings, open_index=lambda folder: None)
        assert parts.queue.waiting("bundle") == {bundle}
        parts.close()


def test_a_server_left_behind_is_ended_before_a_new_one_starts(tmp_path):
    left = broker.embedded(tmp_path)
    address = left.__enter__()
    with broker.embedded(tmp_path) as again:
        assert again == address
        parts = bootstrap.services(Settings(data=tmp_path, redis_url=again), open_index=lambda folder: None)
        parts.queue.check()
        parts.close()
    left.__exit__(None, None, None)


def test_delayed_work_comes_back_through_the_scheduler(service):
    bundle = service.send(1)
    service.parts.queue.connection.flushall()
    service.parts.queue.put("bundle", bundle, delay_seconds=0.5)
    assert service.parts.queue.waiting("bundle") == {bundle}
    service.start("one")
    service.assert_each_once(bundle, 1)


def test_a_folder_for_the_socket_that_others_may_write_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(broker.tempfile, "gettempdir", lambda: str(tmp_path))
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    broker.socket_path(deep).parent.mkdir(mode=0o700)
    broker.socket_path(deep).parent.chmod(0o777)
    with pytest.raises(NotReady, match="written by others"), broker.embedded(deep):
        pass
    broker.socket_path(deep).parent.rmdir()
    broker.socket_path(deep).parent.symlink_to(tmp_path)
    with pytest.raises(NotReady, match="written by others"), broker.embedded(deep):
        pass


def test_a_folder_with_a_long_path_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    assert len(os.fsencode(broker.socket_path(deep))) <= broker.SOCKET_PATH_BYTES
    assert broker.socket_path(deep) != broker.socket_path(tmp_path / "other")
