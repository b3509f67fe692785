"""What stays of the files sent: nothing of what broke off or was deleted, everything that somebody still names."""

import datetime
import io
import zipfile
from contextlib import suppress

import pytest
from sqlalchemy import Engine, event, select, update

from service.database.base import now
from service.documents import jobs
from service.documents.bundles import delete_bundle
from service.documents.intake import Sent
from service.documents.models import Bundle, DocumentRow, PassageRow, Upload
from service.errors import NotFound, NothingSent, TooLarge
from service.search.models import IndexChange
from service.work.keeper import Sweeper
from tests.unit.service.workshop import Workshop


def kept_files(folder):
    return [p for p in (folder / "blobs").rglob("*") if p.is_file()]


def test_an_upload_beyond_the_limit_leaves_nothing(database, tmp_path):
    shop = Workshop(database, tmp_path, upload_bytes=10)
    with pytest.raises(TooLarge):
        shop.send(a="12345", b="123456789")
    assert shop.documents.bundles(shop.who).total == 0
    assert kept_files(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(shop, tmp_path):
    def broken():
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        shop.intake.receive(shop.who, shop.supplier, [Sent("a.txt", broken())])
    assert shop.documents.bundles(shop.who).total == 0
    assert kept_files(tmp_path) == []


def test_nothing_sent_is_said(shop):
    with pytest.raises(NothingSent):
        shop.send()


def test_deleting_a_bundle_removes_its_bytes_unless_another_names_them(shop, tmp_path):
    first, second = shop.send(a="Audit of 12 March"), shop.send(b="Audit of 12 March")
    shop.work()

    assert kept_files(tmp_path)
    shop.documents.delete_bundle(shop.who, first)
    assert kept_files(tmp_path)
    assert shop.passages() == 1
    shop.documents.delete_bundle(shop.who, second)
    assert kept_files(tmp_path) == []
    assert shop.passages() == 0


def test_a_bundle_goes_in_as_few_statements_as_a_file_and_the_index_is_told_of_each(shop):
    one = shop.send(a="Audit of 12 March")
    many = shop.send(**{f"f{n}": f"Audit {n} of 12 March" for n in range(12)})
    shop.work()
    statements = []
    listener = (Engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    event.listen(*listener)
    try:
        counts = []
        for bundle in (one, many):
            with shop.database.write() as session:
                before = len(statements)
                delete_bundle(session, session.get(Bundle, bundle))
                counts.append(len(statements) - before)
                versions = [row.version for row in session.scalars(select(IndexChange).filter_by(action="deleted"))]
                assert len(versions) == len(set(versions))
    finally:
        event.remove(*listener)
    assert counts[0] == counts[1]
    assert len(versions) == 13
    assert shop.passages() == 0


def test_bytes_that_stayed_because_a_bundle_came_in_are_removed_later(shop, tmp_path):
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    coming = shop.intake.begin(shop.who, shop.supplier)
    shop.documents.delete_bundle(shop.who, bundle)
    shop.sweeper.sweep()
    assert kept_files(tmp_path)  # what comes in may hold the same file
    shop.documents.delete_bundle(shop.who, coming)
    shop.sweeper = Sweeper(shop.progress, shop.bundles, shop.queue, shop.limits, tidy=shop.remover.sweep)
    shop.sweeper.sweep()
    assert kept_files(tmp_path) == []


def test_bytes_of_an_upload_that_the_end_of_the_service_cut_off_are_removed(shop, tmp_path):
    class Ended(BaseException):
        pass

    def files():
        yield Sent("a.txt", [b"Audit of 12 March"])
        shop.intake._abandon = lambda *given: None  # nothing is tidied up by a process that is gone
        raise Ended

    with pytest.raises(Ended):
        shop.intake.receive(shop.who, shop.supplier, files())
    assert kept_files(tmp_path)
    with shop.database.write() as session:
        session.execute(update(Bundle).values(touched_at=now() - datetime.timedelta(days=1)))
    shop.sweeper.sweep()
    assert kept_files(tmp_path) == []


def test_a_bundle_that_is_unpacked_keeps_the_bytes_it_shares_with_one_that_is_deleted(shop, monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("8d.txt", "Lot 24-118 was sorted")
    first = shop.send(a="Lot 24-118 was sorted")
    shop.work()
    second = shop.intake.receive(shop.who, shop.supplier, [Sent("papers.zip", [packed.getvalue()])])
    keep = jobs.keep_blob

    def kept_then_deleted(context, workspace, path):
        keep(context, workspace, path)
        shop.documents.delete_bundle(shop.who, first)

    monkeypatch.setattr(jobs, "keep_blob", kept_then_deleted)
    shop.work()
    assert shop.states(second) == {"papers.zip/8d.txt": "read"}


def test_a_download_whose_bytes_are_gone_is_said_before_it_begins(shop):
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    document = shop.only_document(bundle).id
    about, chunks = shop.documents.raw(shop.who, document)
    assert b"".join(chunks) == b"Audit of 12 March"
    shop.blobs.remove(shop.who.workspace, about.sha256)
    with pytest.raises(NotFound, match="no longer in the store"):
        shop.documents.raw(shop.who, document)


def test_a_duplicate_names_the_first_copy(shop):
    bundle = shop.send(a="Audit of 12 March", b="Audit of 12 March")
    shop.work()
    first, second = (d.id for d in shop.documents.bundle(shop.who, bundle).documents)
    assert shop.documents.get(shop.who, second).duplicate_of == first
    assert shop.documents.get(shop.who, first).duplicate_of is None


@pytest.mark.parametrize("what", ["bundle", "supplier"])
@pytest.mark.parametrize("stage", ["open", "read", "judge"])
def test_what_is_deleted_while_it_is_worked_on_leaves_nothing_behind(shop, monkeypatch, what, stage):
    bundle = shop.send(a="Audit of 12 March", b="Audit of 13 March")
    part = shop.judge if stage == "judge" else shop.reader
    name = "open" if stage == "open" else "read"
    whole = getattr(part, name)

    def delete_meanwhile(*arguments, **options):
        found = whole(*arguments, **options)
        with suppress(NotFound):
            if what == "bundle":
                shop.documents.delete_bundle(shop.who, bundle)
            else:
                shop.suppliers.delete(shop.who, shop.supplier)
        return found

    monkeypatch.setattr(part, name, delete_meanwhile)
    shop.work()
    with shop.database.read() as session:
        for table in (Bundle, Upload, DocumentRow, PassageRow):
            assert session.scalars(select(table)).all() == []
    shop.remover.sweep()
    assert kept_files(shop.settings.data) == []
