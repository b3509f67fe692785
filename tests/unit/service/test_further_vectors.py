"""Vectors for search alone: made behind all other work, never lost, never in the way."""

import datetime

import numpy as np
import pytest
from sqlalchemy import select, update

from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from indexes.windows import parts
from service.accounts.service import LOCAL_WORKSPACE
from service.database.base import now
from service.documents.jobs import embed_further
from service.documents.models import DocumentRow, VectorRow
from service.search import catalogue, further
from tests.unit.service.papers import EMBEDDER, add_document, passage, report
from tests.unit.service.workshop import RUN, Workshop

SECOND = FakeEmbedder(32)


@pytest.fixture
def shop(database, tmp_path):
    made = Workshop(database, tmp_path)
    made.judge.further = SECOND
    return made


def vectors(database, embedder):
    with database.read() as session:
        return session.scalars(select(VectorRow).where(VectorRow.embedder == embedder)).all()


def version(database):
    with database.read() as session:
        return catalogue.version(session, LOCAL_WORKSPACE)


def paper(database, supplier, count=3, language="en"):
    texts = [f"Porosity on lot {number} was sorted." for number in range(count)]
    found = [passage(f"p{n}", text, language=language) for n, text in enumerate(texts)]
    return add_document(database, supplier, report("8d.pdf", found))


def test_a_document_is_read_before_its_second_vectors_are_asked_for(shop):
    bundle = shop.send(a="Audit of 12 March")
    for kind, subject, _ in shop.queue.take():
        assert kind == "bundle"
        RUN[kind](subject)
    ((kind, subject, _),) = shop.queue.take()
    RUN[kind](subject)
    assert shop.states(bundle) == {"a.txt": "read"}
    assert vectors(shop.database, SECOND.name) == []
    assert ("vectors", subject, 0) in shop.queue.jobs


def test_no_second_vectors_where_the_setting_says_so(shop):
    shop.judge.further = None
    document = paper(shop.database, shop.supplier)
    embed_further(document)
    assert vectors(shop.database, SECOND.name) == []


def test_they_come_in_parts_and_the_index_hears_of_them_once(shop, monkeypatch):
    document = paper(shop.database, shop.supplier)
    before = version(shop.database)
    monkeypatch.setattr(further.lacking, "__defaults__", (2,))
    embed_further(document)
    assert (len(vectors(shop.database, SECOND.name)), version(shop.database)) == (2, before)
    assert shop.queue.take() == [("vectors", document, 0)]
    embed_further(document)
    assert (len(vectors(shop.database, SECOND.name)), version(shop.database)) == (3, before + 1)
    embed_further(document)
    assert (shop.queue.take(), version(shop.database)) == ([], before + 1)
    assert len(vectors(shop.database, EMBEDDER.name)) == 3


def test_passages_in_other_languages_have_theirs_already(shop):
    embed_further(paper(shop.database, shop.supplier, language="vi"))
    assert vectors(shop.database, SECOND.name) == []


def long_paper(shop):
    text = (
        "Rỗ khí trên mặt bích lô 26-114.\n"
        + "Đã lọc hàng tồn kho và thay lõi lọc của lò.\n" * 4
        + "Kiểm tra lại ba lô, không lỗi."
    )
    return add_document(shop.database, shop.supplier, report("8d.pdf", [passage("p0", text, language="vi")])), text


def test_longer_passages_in_other_languages_get_vectors_of_their_parts(shop):
    document, text = long_paper(shop)
    before = version(shop.database)
    embed_further(document)
    (row,) = vectors(shop.database, SECOND.name + further.PARTS)
    assert np.array_equal(
        np.frombuffer(row.vector, dtype="<f4").reshape(-1, 32), SECOND.encode(parts(text)).astype("<f4")
    )
    assert version(shop.database) == before + 1
    embed_further(document)
    assert version(shop.database) == before + 1


def test_the_index_takes_parts_as_further_vectors_of_the_same_model(shop):
    document, text = long_paper(shop)
    embed_further(document)
    with shop.database.read() as session:
        (item,) = catalogue.items(session, LOCAL_WORKSPACE)
    assert {vector.model for vector in item.vectors} == {EMBEDDER.name, SECOND.name}
    index = HybridIndex(None, EMBEDDER, SECOND)
    index.upsert([item])
    part = parts(text)[-1]
    assert [hit.id for hit in index.search(part)] == [item.id]
    assert index.verify(expected=[item.id]).sound


def test_lost_vectors_of_parts_are_found_again(shop):
    document, _ = long_paper(shop)
    with shop.database.write() as session:
        an_hour_ago = now() - datetime.timedelta(hours=1)
        session.execute(update(DocumentRow).where(DocumentRow.id == document).values(finished_at=an_hour_ago))
    with shop.database.read() as session:
        assert further.behind(session, SECOND.name, 600) == [document]
    embed_further(document)
    with shop.database.read() as session:
        assert further.behind(session, SECOND.name, 600) == []


def test_two_workers_at_once_and_a_document_read_again_do_no_harm(shop):
    document = paper(shop.database, shop.supplier)
    with shop.database.read() as session:
        ids = [one.id for one in further.lacking(session, document, SECOND.name)]
    again = [(number, SECOND.name, np.ones((1, 32))) for number in [*ids, 10**6]]
    embed_further(document)
    with shop.database.write() as session:
        assert further.keep(session, document, SECOND.name, again)
    assert len(vectors(shop.database, SECOND.name)) == 3
    with shop.database.write() as session:
        assert further.keep(session, "gone", SECOND.name, again)


def test_what_the_queue_lost_is_found_again(shop):
    document = paper(shop.database, shop.supplier)
    with shop.database.write() as session:
        an_hour_ago = now() - datetime.timedelta(hours=1)
        session.execute(update(DocumentRow).where(DocumentRow.id == document).values(finished_at=an_hour_ago))
    with shop.database.read() as session:
        assert further.behind(session, SECOND.name, 600) == [document]
        assert further.behind(session, SECOND.name, 7200) == []
    embed_further(document)
    with shop.database.read() as session:
        assert further.behind(session, SECOND.name, 600) == []
