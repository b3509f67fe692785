from pathlib import Path

import numpy as np
import pytest

from indexes import codes
from indexes.dense import BEST_WINDOW, ROOM, DenseIndex
from indexes.embedder import unit_rows
from indexes.errors import IndexDamaged, WrongShape


def vectors(count: int, dimension: int = 24, seed: int = 0) -> np.ndarray:
    return unit_rows(np.random.default_rng(seed).standard_normal((count, dimension)))


@pytest.fixture(params=["flat", "trained"])
def index(request: pytest.FixtureRequest) -> DenseIndex:
    found = DenseIndex(24)
    found.add(np.arange(1000), vectors(1000))
    if request.param == "trained":
        found.train()
    assert found.trained is (request.param == "trained")
    return found


def test_a_vector_finds_itself_first(index: DenseIndex) -> None:
    for number in (0, 7, 999):
        ids, scores = index.search(vectors(1000)[number], 3)
        assert ids[0] == number
        assert scores[0] == pytest.approx(1.0, abs=0.01)
        assert np.all(np.diff(scores) <= 0)


def test_only_allowed_ids_are_found(index: DenseIndex) -> None:
    allowed = np.array([3, 500, 998])
    ids, _ = index.search(vectors(1000)[7], 10, allowed)
    assert sorted(ids) == [3, 500, 998]
    assert len(index.search(vectors(1000)[7], 10, np.array([], dtype=np.int64))[0]) == 0


def test_allowed_ids_may_be_large(index: DenseIndex) -> None:
    index.add(np.array([10**12]), vectors(1, seed=9))
    ids, _ = index.search(vectors(1, seed=9)[0], 1, np.array([5, 10**12]))
    assert ids.tolist() == [10**12]


def test_an_id_given_again_is_replaced(index: DenseIndex) -> None:
    index.add(np.array([7]), vectors(1, seed=5))
    assert len(index) == 1000
    assert index.search(vectors(1, seed=5)[0], 1)[0].tolist() == [7]
    assert index.search(vectors(1000)[7], 1)[1][0] < 0.95


def test_removed_ids_are_gone(index: DenseIndex) -> None:
    assert index.remove(np.array([7, 8, 5_000])) == 2
    assert len(index) == 998
    assert not {7, 8} & set(index.search(vectors(1000)[7], 998)[0].tolist())
    assert {7, 8}.isdisjoint(index.ids().tolist())


def test_several_vectors_of_an_id_count_as_one_text() -> None:
    index = DenseIndex(24)
    rows = vectors(5)
    index.add(np.array([1, 1, 1, 2]), rows[:4])
    assert len(index) == 2
    ids, scores = index.search(rows[2], 5)
    assert ids.tolist() == [1, 2]
    assert scores[0] == pytest.approx(BEST_WINDOW + (1 - BEST_WINDOW) * float(rows[0] @ rows[2]), abs=1e-5)
    assert index.remove(np.array([1])) == 1
    assert index.search(rows[2], 5)[0].tolist() == [2]


@pytest.mark.parametrize("trained", [False, True])
def test_all_that_is_allowed_is_found_where_all_is_asked_for(trained: bool) -> None:
    index = DenseIndex(24)
    rows = vectors(400)
    index.add(np.repeat(np.arange(20), 20), rows)
    if trained:
        index.train()
    listed = np.array([1, 3, 5, 7, 11])
    ids, scores = index.search(rows[65], len(listed), listed)
    assert sorted(ids.tolist()) == listed.tolist()
    whole = index.search(rows[65], 20)
    assert (
        dict(zip(*(part.tolist() for part in whole), strict=True)).items()
        >= dict(zip(ids.tolist(), scores.tolist(), strict=True)).items()
    )


def test_more_vectors_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(WrongShape):
        DenseIndex(24).add(np.zeros(ROOM + 1, dtype=np.int64), vectors(ROOM + 1))


def test_the_exact_vectors_score_the_candidates_of_the_cells() -> None:
    rows = vectors(1000)
    index = DenseIndex(24)
    index.add(np.arange(1000), rows)
    index.train()
    _, scores = index.search(rows[7], 5)
    assert scores[0] == pytest.approx(1.0, abs=1e-3)


def test_what_changes_after_the_training_is_seen_at_once(tmp_path: Path) -> None:
    index = DenseIndex(24)
    index.add(np.arange(1000), vectors(1000))
    index.train(tmp_path / "codes")
    index.remove(np.array([3]))
    index.add(np.array([4, 2000]), vectors(2, seed=9))
    assert index.loose == 4
    assert 3 not in index.search(vectors(1000)[3], 1000)[0]
    assert index.search(vectors(1000)[4], 1)[1][0] < 0.95
    assert index.search(vectors(2, seed=9)[1], 1)[0].tolist() == [2000]
    index.train(tmp_path / "more")
    assert index.loose == 0
    assert len(index) == 1000
    assert index.search(vectors(2, seed=9)[0], 1)[0].tolist() == [4]


def test_what_changes_while_the_cells_are_made_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    index = DenseIndex(24)
    index.add(np.arange(500), vectors(500))
    real = codes.build

    def slow(*given: object) -> codes.Codes:
        made = real(*given)  # type: ignore[arg-type]
        index.remove(np.array([5]))
        index.add(np.array([6, 900]), vectors(2, seed=8))
        return made

    monkeypatch.setattr(codes, "build", slow)
    index.train()
    assert len(index) == 500
    assert 5 not in index.ids()
    assert 5 not in index.search(vectors(500)[5], 500)[0]
    assert index.search(vectors(2, seed=8)[0], 1)[0].tolist() == [6]
    assert index.search(vectors(2, seed=8)[1], 1)[0].tolist() == [900]


def test_cells_from_which_all_went_are_given_up(tmp_path: Path) -> None:
    index = DenseIndex(24)
    index.add(np.arange(500), vectors(500))
    assert index.train(tmp_path / "codes")
    index.remove(np.arange(500))
    assert not index.train(tmp_path / "more")
    assert (len(index), index.loose, index.trained) == (0, 0, False)
    index.add(np.array([3]), vectors(1))
    assert index.search(vectors(1)[0], 1)[0].tolist() == [3]


def test_recall_of_the_trained_index_is_near_exact() -> None:
    centres = vectors(60, seed=1)
    rows = unit_rows(centres[np.arange(6000) % 60] + 0.5 * vectors(6000, seed=2))
    exact, trained = DenseIndex(24), DenseIndex(24)
    exact.add(np.arange(6000), rows)
    trained.add(np.arange(6000), rows)
    trained.train()
    shared = [
        len(set(exact.search(row, 10)[0].tolist()) & set(trained.search(row, 10)[0].tolist())) for row in rows[:100]
    ]
    assert np.mean(shared) > 9.0


@pytest.mark.parametrize("trained", [False, True])
def test_what_is_saved_is_loaded(trained: bool, tmp_path: Path) -> None:
    index = DenseIndex(24)
    index.add(np.arange(1000), vectors(1000))
    stem = tmp_path / "codes" if trained else None
    if stem:
        index.train(stem)
    index.add(np.array([2000, 2000, 2000]), vectors(3, seed=3))
    index.remove(np.array([4]))
    index.save(tmp_path / "dense.faiss")
    other = DenseIndex(24)
    other.load(tmp_path / "dense.faiss", stem)
    assert other.ids().tolist() == index.ids().tolist()
    assert other.trained == trained
    for query in vectors(3, seed=3):
        np.testing.assert_array_equal(other.search(query, 5)[0], index.search(query, 5)[0])
    assert other.remove(np.array([2000])) == 1
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "not an index"])
def test_a_damaged_file_is_set_aside(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    index = DenseIndex(24)
    index.add(np.arange(10), vectors(10))
    index.save(path)
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(
        {"flipped": bytes(content), "cut": bytes(content[:-9]), "empty": b"", "not an index": b"x" * 5000}[damage]
    )
    with pytest.raises(IndexDamaged):
        DenseIndex(24).load(path)
    assert not path.exists()
    assert [found.name.startswith("dense.faiss.damaged-") for found in tmp_path.iterdir()] == [True]


def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dense.faiss"
    index = DenseIndex(24)
    index.add(np.arange(10), vectors(10))
    index.save(path)
    monkeypatch.setattr("indexes.dense._digest", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    index.add(np.array([99]), vectors(1, seed=4))
    with pytest.raises(OSError, match="disk full"):
        index.save(path)
    monkeypatch.undo()
    other = DenseIndex(24)
    other.load(path)
    assert len(other) == 10
    assert [found.name for found in tmp_path.iterdir()] == ["dense.faiss"]


def test_vectors_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    index = DenseIndex(24)
    with pytest.raises(WrongShape):
        index.add(np.array([1]), vectors(1, dimension=12))
    with pytest.raises(WrongShape):
        index.add(np.array([-1]), vectors(1))
    with pytest.raises(WrongShape):
        index.add(np.array([1]), np.full((1, 24), np.nan, dtype=np.float32))
    with pytest.raises(WrongShape):
        index.search(vectors(1, dimension=12)[0], 1)
    index.save(tmp_path / "dense.faiss")
    with pytest.raises(WrongShape):
        DenseIndex(12).load(tmp_path / "dense.faiss")


def test_an_empty_index_finds_nothing() -> None:
    index = DenseIndex(24)
    assert len(index.search(vectors(1)[0], 5)[0]) == 0
    index.add(np.arange(3), vectors(3))
    index.clear()
    assert len(index) == 0
