"""The command serve, as a person starts and stops it."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from service.cli.serve import _only_one
from service.work import broker

# The service and its worker take thirteen seconds of processor from start to end of a bundle; on a machine that shares its two cores
# among twenty that is over two minutes.
PATIENCE = 300.0
SERVE = [sys.executable, "-m", "service.cli.main", "serve", "--port", "0", "--workers", "1"]


@pytest.fixture
def start(tmp_path):
    started = []

    def run(*options, **environment):
        # Without a model no worker loads the language models: every file is told so at once.
        settings = {
            "LIVINGPROOF_MODEL": str(tmp_path / "no-model"), "LIVINGPROOF_CACHE": str(tmp_path / "cache"),
            "LIVINGPROOF_EMBEDDER": "fake", "LIVINGPROOF_MULTILINGUAL": "",
        }  # fmt: skip
        process = subprocess.Popen(
            [*SERVE, "--data", str(tmp_path / "data"), *options], env=os.environ | settings | environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    # A killed service's worker notices that and ends the queue server too.
    until(lambda: True if not below(tmp_path / "data") else None)


def address_of(process):
    said = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said + process.stderr.read()
    return found[0]


def below(folder):
    """Process ids whose command line names the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(folder).encode() in words:
                found.append(int(entry.name))
    return found


def until(reached):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (value := reached()) is not None:
            return value
        time.sleep(0.1)
    raise AssertionError("not reached")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_takes_a_bundle_says_what_is_wrong_and_stops_cleanly(start, tmp_path, stop):
    process = start()
    with httpx.Client(base_url=address_of(process) + "/api/v1", timeout=30) as client:
        assert client.get("/ready").json()["status"] == "ready"
        supplier = client.post("/suppliers", json={"name": "Song Cam"}).json()["id"]
        files = [("files", ("audit.txt", b"Audit of 12 March 2026 found two gaps."))]
        bundle = client.post(f"/suppliers/{supplier}/bundles", files=files).json()["id"]

        def ended():
            state = client.get(f"/bundles/{bundle}").json()
            return state if state["state"] in ("done", "failed") else None

        (document,) = until(ended)["documents"]
        assert document["error"]["code"] == "model_missing"
    process.send_signal(stop)
    assert process.wait(PATIENCE) == 0
    until(lambda: True if not below(tmp_path / "data") else None)
    assert not list((tmp_path / "data" / "queue").glob("*.sock"))


def test_what_keeps_it_from_starting_is_said_in_a_sentence(start, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for code, options, environment in (
            ("port_taken", ["--port", str(taken.getsockname()[1])], {}),
            ("address_not_here", ["--host", "203.0.113.77"], {"LIVINGPROOF_API_TOKEN": "a-long-random-word-for-tests"}),
            ("queue_not_reached", [], {"LIVINGPROOF_REDIS_URL": f"unix://{tmp_path}/none.sock"}),
        ):
            process = start(*options, **environment)
            said = process.stderr.read()
            assert process.wait(PATIENCE) == 1
            assert f"[{code}]" in said
            assert "Traceback" not in said


def test_a_second_service_on_the_same_folder_is_refused(start):
    first = start()
    address_of(first)
    second = start()
    assert second.wait(PATIENCE) == 1
    assert "already_running" in second.stderr.read()


def test_what_a_killed_service_leaves_behind_ends_or_is_ended_by_the_next(start):
    first = start()
    address_of(first)
    first.kill()
    first.wait()
    second = start()
    with httpx.Client(base_url=address_of(second), timeout=30) as client:
        assert client.get("/api/v1/ready").status_code == 200


def test_a_data_folder_that_is_let_go_of_a_moment_later_is_taken(tmp_path):
    """A killed service may leave a process that has not yet run its own program, and with it the lock."""
    folder = tmp_path / "data"
    folder.mkdir()
    holder = broker.lock_file(folder).open("a")
    fcntl.flock(holder, fcntl.LOCK_EX)
    threading.Timer(1.0, holder.close).start()
    with _only_one(folder):
        assert holder.closed
