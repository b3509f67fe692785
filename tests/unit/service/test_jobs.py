"""The way of a bundle through the workers: what is done, tried again, given up and said of it."""

import datetime
import errno
import io
import zipfile

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from extractors.errors import ReaderTimedOut
from service.audit.models import EventTag
from service.audit.service import events_of
from service.database.base import now
from service.documents import jobs
from service.documents import service as documents
from service.documents.intake import Sent
from service.documents.jobs import read_document
from service.documents.models import Bundle, DocumentRow
from service.errors import ModelUnusable, NotFound, NotNow
from tests.unit.service.workshop import Workshop


def let_leases_run_out(shop):
    with shop.database.write() as session:
        past = now() - datetime.timedelta(seconds=1)
        session.execute(update(DocumentRow).where(DocumentRow.state == "working").values(lease_until=past))
        session.execute(update(Bundle).where(Bundle.state == "unpacking").values(lease_until=past))


def test_a_bundle_goes_all_the_way(shop):
    bundle = shop.send(a="Audit of 12 March", b="The manager shall review", c="damaged")
    shop.work()
    assert shop.states(bundle) == {"a.txt": "read", "b.txt": "read", "c.txt": "failed"}
    state = shop.documents.bundle(shop.who, bundle)
    assert (state.state, state.files, state.files_done, state.files_failed) == ("done", 3, 3, 1)
    assert [d.path for d in shop.report().documents] == ["a.txt", "b.txt", "c.txt"]


def test_files_of_an_archive_become_documents_of_the_bundle(shop):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("audits/2025.txt", "Audit of 12 March")
        archive.writestr("8d.txt", "Lot 24-118 was sorted")
    bundle = shop.intake.receive(shop.who, shop.supplier, [Sent("papers.zip", [packed.getvalue()])])
    shop.work()
    assert shop.states(bundle) == {"papers.zip/audits/2025.txt": "read", "papers.zip/8d.txt": "read"}


def test_a_failure_keeps_its_reason_and_the_file_can_be_tried_again(shop):
    shop.reader.trouble = ReaderTimedOut()
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    document = shop.only_document(bundle)
    assert (document.state, document.error.code) == ("failed", "reader_timed_out")
    assert document.error.remedy
    shop.reader.trouble = None
    shop.documents.retry(shop.who, document.id)
    shop.work()
    document = shop.only_document(bundle)
    assert (document.state, document.error) == ("read", None)
    assert shop.documents.bundle(shop.who, bundle).state == "done"


def test_work_that_comes_twice_is_done_once(shop):
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    document = shop.only_document(bundle)
    read_document(document.id)
    shop.queue.put("bundle", bundle)
    shop.work()
    assert shop.passages() == 1
    assert shop.only_document(bundle).attempts == 1


def test_the_document_of_a_dead_worker_is_finished_by_another(shop):
    bundle = shop.send(a="Audit of 12 March")
    (bundle_job,) = shop.queue.take()
    shop.queue.jobs.append(bundle_job)
    shop.work(rounds=1)
    document = shop.only_document(bundle)
    assert shop.progress.claim(document.id, "worker-that-dies")
    shop.queue.take()
    shop.sweeper.sweep()
    assert shop.queue.jobs == []  # its lease still holds
    let_leases_run_out(shop)
    shop.sweeper.sweep()
    shop.work()
    document = shop.only_document(bundle)
    assert (document.state, document.attempts) == ("read", 2)
    assert shop.passages() == 1


def test_a_worker_that_was_given_up_stores_nothing(shop):
    bundle = shop.send(a="Audit of 12 March")
    shop.work(rounds=1)
    document = shop.only_document(bundle)

    class SlowJudge(type(shop.judge)):
        def read(self, read):
            let_leases_run_out(shop)
            shop.sweeper.sweep()
            shop.become("worker-2")
            shop.judge.__class__ = type(shop.judge).__mro__[1]
            shop.work()
            return super().read(read)

    shop.judge.__class__ = SlowJudge
    shop.work()
    assert shop.only_document(bundle).state == "read"
    assert shop.only_document(bundle).attempts == 2
    assert shop.passages() == 1
    assert document.id == shop.only_document(bundle).id


def test_a_document_that_ends_every_worker_is_given_up_with_a_reason(shop):
    bundle = shop.send(a="Audit of 12 March")
    shop.work(rounds=1)
    document = shop.only_document(bundle)
    for _ in range(2):
        assert shop.progress.claim(document.id, "worker-that-dies")
        shop.sweeper.release("worker-that-dies")
    shop.sweeper.sweep()
    shop.work()
    document = shop.only_document(bundle)
    assert (document.state, document.error.code) == ("failed", "worker_lost")


def test_a_hiccup_is_tried_again_later_and_then_given_up(shop):
    shop.judge.trouble = OperationalError("select", {}, Exception("gone"))
    bundle = shop.send(a="Audit of 12 March")
    shop.work(rounds=2)
    ((kind, subject, delay),) = shop.queue.jobs
    assert (kind, subject, delay) == ("document", shop.only_document(bundle).id, 1.0)
    shop.work()
    assert shop.only_document(bundle).error.code == "service_disturbed"


def test_a_full_disk_is_said_as_it_is(shop):
    shop.judge.trouble = OSError(errno.ENOSPC, "No space left on device")
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    shop.work()
    assert shop.only_document(bundle).error.code == "no_room"


def test_a_bug_in_judging_costs_one_file_and_leaks_nothing(shop):
    shop.judge.trouble = ValueError("internal detail")
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    document = shop.only_document(bundle)
    assert document.error.code == "not_judged"
    assert "internal" not in document.error.message


def test_a_missing_model_is_said_as_it_is(shop):
    shop.judge.trouble = ModelUnusable()
    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    assert shop.only_document(bundle).error.code == "model_unusable"


def test_work_that_the_queue_lost_is_put_into_it_again(database, tmp_path):
    shop = Workshop(database, tmp_path, lost_seconds=0.0001)
    bundle = shop.send(a="Audit of 12 March")
    for _ in range(3):  # bundle, document, assessment
        shop.queue.take()
        shop.sweeper.sweep()
        waiting = shop.queue.take()
        assert len(waiting) == 1
        shop.queue.jobs = waiting
        shop.work(rounds=1)
    assert shop.documents.bundle(shop.who, bundle).state == "done"


def test_a_bundle_that_failed_whole_is_unpacked_again(shop, monkeypatch):
    bundle = shop.send(a="Audit of 12 March")

    def fail(*given):
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "receive_named", fail)
        shop.work()
    seen = shop.documents.bundle(shop.who, bundle)
    assert (seen.state, seen.error.code) == ("failed", "not_unpacked")
    assert shop.documents.retry_bundle(shop.who, bundle) == 1
    assert shop.documents.bundle(shop.who, bundle).changes > seen.changes  # whoever follows it hears of it
    shop.work()
    assert shop.states(bundle) == {"a.txt": "read"}


def test_the_audit_trail_says_how_each_file_ended(shop):
    bundle = shop.send(a="Audit of 12 March", b="damaged")
    shop.work()
    ended = {}
    with shop.database.read() as session:
        for event in events_of(session, shop.who.workspace):
            if event.tag == EventTag.DOCUMENT_FINISH:
                ended[event.subject] = event.detail["state"]
    assert ended == {d.id: d.state for d in shop.documents.bundle(shop.who, bundle).documents}


def test_a_document_in_work_cannot_be_tried_again(shop):
    bundle = shop.send(a="Audit of 12 March")
    shop.work(rounds=1)
    with pytest.raises(NotNow):
        shop.documents.retry(shop.who, shop.only_document(bundle).id)


def test_another_workspace_sees_nothing(shop):
    from service.accounts.scope import Scope

    bundle = shop.send(a="Audit of 12 March")
    shop.work()
    stranger = Scope("f" * 32, shop.who.user, "x", "administrator")
    for look in (
        lambda: shop.documents.bundle(stranger, bundle),
        lambda: shop.documents.get(stranger, shop.only_document(bundle).id),
        lambda: shop.suppliers.get(stranger, shop.supplier),
        lambda: shop.reports.report(stranger, shop.supplier),
    ):
        with pytest.raises(NotFound):
            look()
    assert shop.suppliers.list(stranger).items == []


def test_only_what_changed_is_sent_since_a_change_number(shop):
    bundle = shop.send(a="Audit of 12 March", b="damaged")
    shop.work()
    state = shop.documents.bundle(shop.who, bundle)
    assert shop.documents.bundle(shop.who, bundle, since=state.changes).documents == []
    numbers = [shop.documents.bundle(shop.who, bundle, since=n).documents for n in range(state.changes)]
    assert [len(files) for files in numbers] == sorted((len(files) for files in numbers), reverse=True)


def test_a_stored_report_comes_back_as_it_was(shop):
    shop.send(a="Audit of 12 March \0 with NUL", b="The manager shall review")
    shop.work()
    first, again = shop.report(), shop.report()
    assert first == again
    assert "\0" not in first.model_dump_json()


def test_documents_are_judged_again_from_their_kept_text_and_keep_the_old_answer_until_then(database, tmp_path):
    from service.documents.jobs import judge_again
    from service.work.context import current

    shop = Workshop(database, tmp_path)
    bundle = shop.send(a="Audit of 12 March", b="damaged")
    shop.work()
    (document,) = [d.id for d in shop.documents.bundle(shop.who, bundle).documents if d.state == "read"]
    shop.reader.trouble = RuntimeError("the file is not read again")
    shop.judge.version = "fake-2"
    judge_again(current(), document)
    assert shop.documents.get(shop.who, document).model == "fake-2"
    assert shop.documents.get(shop.who, document).state == "read"
    shop.work()
    assert shop.documents.bundle(shop.who, bundle).state == "done"
    failed = next(d.id for d in shop.documents.bundle(shop.who, bundle).documents if d.state == "failed")
    judge_again(current(), failed)
    assert shop.documents.get(shop.who, failed).state == "failed"


def test_the_rest_of_a_large_bundle_is_in_the_queue_behind_others_and_is_not_told_as_ahead(shop, monkeypatch):
    for part in (jobs, documents):
        monkeypatch.setattr(part, "FILES_IN_TURN", 2)
    large = shop.send(a="1 of 12 March", b="2 of 12 March", c="3 of 12 March")
    small = shop.send(d="4 of 12 March")
    for kind, bundle, _ in shop.queue.take():
        assert kind == "bundle"
        jobs.unpack_bundle(bundle)
    assert [kind for kind, _, _ in shop.queue.jobs] == ["document", "document", "bulk", "document"]
    assert len(shop.queue.waiting("document")) == 4  # or the keeper would take what waits behind for lost
    assert shop.documents.ahead(shop.who, small) == 2
    shop.work()
    assert {*shop.states(large).values(), *shop.states(small).values()} == {"read"}
