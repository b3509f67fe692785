"""One contract for the folder and for an S3 store over the network."""

import hashlib
import os
import time

import pytest

from service.documents.blobs import FORSAKEN_SECONDS, FsspecBlobs

CONTENT = b"Audit of 12 March" * 100_000
AREA = "workspace"


@pytest.fixture(scope="module")
def s3():
    boto = pytest.importorskip("moto.server")
    server = boto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    import boto3

    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", **keys)
    client.create_bucket(Bucket="papers")
    yield {"endpoint_url": f"http://{host}:{port}", "key": "test", "secret": "test"}
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def blobs(request, tmp_path):
    if request.param == "folder":
        return FsspecBlobs(str(tmp_path / "blobs"))
    return FsspecBlobs(f"s3://papers/{tmp_path.name}", request.getfixturevalue("s3"))


def chunks(content=CONTENT):
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]


def test_content_is_named_by_its_hash_and_comes_back(blobs):
    stored = blobs.add(AREA, chunks())
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert stored.size == len(CONTENT)
    assert b"".join(blobs.open(AREA, stored.sha256)) == CONTENT
    with blobs.local(AREA, stored.sha256) as path:
        assert path.read_bytes() == CONTENT


def test_the_same_content_is_kept_once_and_two_workspaces_stand_apart(blobs):
    first, again, other = blobs.add(AREA, chunks()), blobs.add(AREA, chunks()), blobs.add("other", chunks())
    assert first == again == other
    blobs.remove(AREA, first.sha256)
    assert b"".join(blobs.open("other", first.sha256)) == CONTENT


def test_what_breaks_off_leaves_nothing(blobs):
    def broken():
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        blobs.add(AREA, broken())
    with pytest.raises(FileNotFoundError):
        b"".join(blobs.open(AREA, hashlib.sha256(b"half").hexdigest()))


def test_what_was_made_of_content_goes_with_it(blobs):
    stored = blobs.add(AREA, [b"page"])
    assert blobs.get(AREA, f"{stored.sha256}/page-1.png") is None
    blobs.put(AREA, f"{stored.sha256}/page-1.png", b"picture")
    assert blobs.get(AREA, f"{stored.sha256}/page-1.png") == b"picture"
    blobs.remove(AREA, stored.sha256)
    assert blobs.get(AREA, f"{stored.sha256}/page-1.png") is None
    blobs.remove(AREA, stored.sha256)  # twice does no harm


def test_the_check_leaves_nothing_behind(blobs):
    blobs.check()
    with pytest.raises(FileNotFoundError):
        b"".join(blobs.open("check", hashlib.sha256(b"livingproof").hexdigest()))


def test_what_a_killed_process_left_half_written_goes_and_what_is_being_written_stays(tmp_path):
    incoming = tmp_path / "blobs" / "incoming"
    incoming.mkdir(parents=True)
    old, new = incoming / "livingproof-old", incoming / "livingproof-new"
    for path in (old, new):
        path.write_bytes(b"half")
    forsaken = time.time() - FORSAKEN_SECONDS - 60
    os.utime(old, (forsaken, forsaken))
    FsspecBlobs(str(tmp_path / "blobs")).add(AREA, chunks())
    assert list(incoming.iterdir()) == [new]
