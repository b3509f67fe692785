"""Shared by all tests: no network beyond this machine, and where the validation documents are."""

import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

_connect = socket.socket.connect


def _local_only(self: socket.socket, address):
    host = address[0] if isinstance(address, tuple) else None
    if host is not None and host not in ("127.0.0.1", "::1", "localhost"):
        raise RuntimeError(f"A test tried to reach {host}: nothing here may use the network.")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", _local_only)


@pytest.fixture(scope="session")
def shared():
    """The folder of validation documents and test sets; most machines do not have it."""
    if not SHARED.is_dir():
        pytest.skip("the validation documents lie outside the repository and are not on this machine")
    return SHARED
