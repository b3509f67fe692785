"""Passwords of a bundle: given with it, kept encrypted, used by its worker, gone with it."""

import hashlib
import io
import stat

import pytest
import pyzipper
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from extractors.errors import EncryptedFile
from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from service import bootstrap
from service.cli.main import app as command
from service.documents.blobs import FsspecBlobs
from service.documents.intake import Sent
from service.documents.models import DocumentRow
from service.documents.passwords import KEY_FILE, PasswordKeeper, check_words, kept_name
from service.errors import WrongUse
from service.settings import Settings
from service.web.app import create_app
from service.work.queue import FakeQueue
from tests.unit.service.workshop import fake_assess

SECRET = "mật khẩu của nhà máy"


def everything_kept(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_passwords_reach_the_reader_and_stand_nowhere_in_clear(shop, tmp_path):
    bundle = shop.intake.receive(shop.who, shop.supplier, [Sent("a.txt", [b"lot 4711"])], [SECRET, "", SECRET])
    shop.work()
    assert shop.states(bundle) == {"a.txt": "read"}
    assert shop.reader.passwords == (SECRET,)
    assert shop.passwords.of(shop.who.workspace, bundle) == (SECRET,)
    assert SECRET.encode() not in everything_kept(tmp_path)
    assert SECRET not in repr(shop.settings)


@pytest.mark.parametrize("packed", [False, True])
def test_what_could_not_be_opened_counts_no_longer_once_it_came_with_its_password(shop, packed):
    path = "papers.zip/a.txt" if packed else "a.txt"
    sent = Sent("papers.zip", [locked_archive(SECRET)]) if packed else Sent("a.txt", [b"lot 4711"])
    shop.reader.trouble = None if packed else EncryptedFile()
    shop.intake.receive(shop.who, shop.supplier, [sent])
    shop.work()
    assert [d.status for d in shop.reports.report(shop.who, shop.supplier).documents] == ["failed"]
    assert shop.suppliers.get(shop.who, shop.supplier).documents_failed == 1
    shop.reader.trouble = None
    again = Sent("papers.zip", [locked_archive(SECRET)]) if packed else Sent("a.txt", [b"lot 4711"])
    shop.intake.receive(shop.who, shop.supplier, [again], [SECRET])
    shop.work()
    (read,) = shop.reports.report(shop.who, shop.supplier).documents
    assert (read.path, read.status) == (path, "read")
    assert shop.suppliers.get(shop.who, shop.supplier).documents_failed == 0
    listed = shop.documents.list(shop.who, supplier=shop.supplier).items
    assert [(d.state, d.read_elsewhere) for d in listed] == [("failed", True), ("read", False)]


def test_a_whole_archive_that_could_be_opened_later_counts_as_its_files(shop):
    archive = locked_archive(SECRET)
    bundle = shop.intake.receive(shop.who, shop.supplier, [Sent("papers.zip", [archive])], [SECRET])
    shop.work()
    refused = shop.intake.receive(shop.who, shop.supplier, [Sent("papers.zip", [archive])])
    shop.work()
    with shop.database.write() as session:  # as where an archive hides even the names of what it holds
        row = session.scalars(select(DocumentRow).where(DocumentRow.bundle_id == refused)).one()
        row.path, row.sha256 = "papers.zip", hashlib.sha256(archive).hexdigest()
    assert shop.suppliers.get(shop.who, shop.supplier).documents_failed == 0
    shop.documents.delete_bundle(shop.who, bundle)
    assert shop.suppliers.get(shop.who, shop.supplier).documents_failed == 1


def locked_archive(word):
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(word.encode())
        archive.writestr("a.txt", b"lot 4711")
    return made.getvalue()


def test_with_the_bundle_its_passwords_are_gone(shop):
    bundle = shop.intake.receive(shop.who, shop.supplier, [Sent("a.txt", [b"x"])], [SECRET])
    shop.work()
    shop.documents.delete_bundle(shop.who, bundle)
    assert shop.passwords.of(shop.who.workspace, bundle) == ()
    assert shop.blobs.get(shop.who.workspace, f"{kept_name(bundle)}/words") is None


def test_a_refused_bundle_leaves_no_password(shop, tmp_path):
    with pytest.raises(WrongUse, match="passwords"):
        shop.intake.receive(shop.who, shop.supplier, [Sent("a.txt", [b"x"])], [str(n) for n in range(21)])
    assert not list(tmp_path.rglob("words"))


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    blobs = FsspecBlobs(str(tmp_path / "blobs"))
    PasswordKeeper(blobs, Settings(data=tmp_path)).keep("w", "b", ["one"])
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert PasswordKeeper(blobs, Settings(data=tmp_path)).of("w", "b") == ("one",)
    assert PasswordKeeper(blobs, Settings(data=tmp_path, secret_key="another")).of("w", "b") == ()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [KEY_FILE]


def test_too_long_a_password_is_refused():
    with pytest.raises(WrongUse, match="longer"):
        check_words(["x" * 256], Settings())


@pytest.mark.parametrize("behind", [True, False])
def test_the_form_may_send_passwords_before_or_behind_the_files(tmp_path, monkeypatch, behind):
    monkeypatch.setattr(bootstrap, "assess", fake_assess)
    parts = bootstrap.services(
        Settings(data=tmp_path), queue=FakeQueue(), open_index=lambda folder: HybridIndex(folder, FakeEmbedder())
    )
    with TestClient(create_app(parts), base_url="http://127.0.0.1:8321") as client:
        supplier = client.post("/api/v1/suppliers", json={"name": "Song Cam"}).json()["id"]
        form = [("files", ("a.txt", b"lot 4711"))]
        fields = [("password", (None, f"{SECRET}\nsecond")), ("password", (None, "third")), ("note", (None, "ignored"))]
        sent = client.post(f"/api/v1/suppliers/{supplier}/bundles", files=form + fields if behind else fields + form)
        assert sent.status_code == 202
        assert SECRET not in sent.text
        workspace = parts.accounts.local().workspace
        assert parts.intake._passwords.of(workspace, sent.json()["id"]) == (SECRET, "second", "third")


def test_the_command_takes_passwords_from_a_file(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    result = CliRunner().invoke(command, ["analyze", str(tmp_path), "--password-file", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
