"""An index made anew from the database: vectors go batch by batch into the files of the codes."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indexes import codes
from indexes.dense import DenseIndex
from indexes.embedder import unit_rows
from indexes.errors import WrongShape
from indexes.filling import Filling
from indexes.items import IndexItem
from tests.unit.indexes.passages import PASSAGES, ids, make

WINDOWS = 3


def rows_of(count: int, seed: int = 0) -> np.ndarray:
    return unit_rows(np.random.default_rng(seed).standard_normal((count, 24)))


def filled(tmp_path: Path, given: list[tuple[list[int], np.ndarray]], limit: int = 50) -> DenseIndex:
    """An index of texts with three vectors each, given in batches of (ids, rows)."""
    dense = DenseIndex(24)
    filling = Filling(dense, limit, tmp_path / "codes")
    for numbers, rows in given:
        filling.put(np.array(numbers), np.repeat(np.array(numbers), WINDOWS), rows)
    filling.finish()
    return dense


def batches(count: int, size: int, rows: np.ndarray) -> list[tuple[list[int], np.ndarray]]:
    parts = [list(range(start, min(count, start + size))) for start in range(0, count, size)]
    return [(part, rows[part[0] * WINDOWS : (part[-1] + 1) * WINDOWS]) for part in parts]


def test_a_few_vectors_stay_flat_and_many_go_into_cells(tmp_path: Path) -> None:
    rows = rows_of(300)
    few = filled(tmp_path, batches(10, 7, rows))
    assert not few.trained
    assert not list(tmp_path.iterdir())
    many = filled(tmp_path, batches(100, 7, rows))
    assert many.trained
    assert many.loose == 0
    assert many.ids().tolist() == list(range(100))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"codes.{end}" for end in ("faiss", "keys", "rows", "sums")
    ]


def test_the_windows_of_a_text_stay_together_whatever_the_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "BATCH", 7)  # the rows of a text lie in two batches of the codes
    rows = rows_of(300)
    found = filled(tmp_path, batches(100, 7, rows))
    plain = DenseIndex(24)
    plain.add(np.repeat(np.arange(100), WINDOWS), rows)
    for question in rows_of(20, seed=1):
        np.testing.assert_array_equal(found.search(question, 5)[0], plain.search(question, 5)[0])
        np.testing.assert_allclose(found.search(question, 5)[1], plain.search(question, 5)[1], atol=1e-3)


def test_an_id_that_comes_again_is_replaced(tmp_path: Path) -> None:
    rows, other = rows_of(300), rows_of(2 * WINDOWS, seed=5)
    found = filled(tmp_path, [*batches(100, 10, rows), ([7, 99], other)])
    assert found.trained
    assert len(found) == 100
    assert found.search(other[0], 1)[0].tolist() == [7]
    assert found.search(other[WINDOWS], 1)[0].tolist() == [99]
    assert 7 not in found.search(rows[7 * WINDOWS], 1)[0]


def test_an_id_that_comes_again_without_a_vector_of_this_model_is_gone(tmp_path: Path) -> None:
    dense = DenseIndex(24)
    filling = Filling(dense, 50, tmp_path / "codes")
    filling.put(np.arange(100), np.arange(100), rows_of(100))
    filling.put(np.array([5, 200]), np.array([200]), rows_of(1, seed=2))
    assert filling.finish()
    assert dense.ids().tolist() == [number for number in (*range(100), 200) if number != 5]


def test_ids_out_of_order_are_found_too(tmp_path: Path) -> None:
    rows = rows_of(300)
    found = filled(tmp_path, list(reversed(batches(100, 10, rows))))
    assert found.ids().tolist() == list(range(100))
    assert found.search(rows[3 * WINDOWS], 1)[0].tolist() == [3]
    assert found.search(rows[97 * WINDOWS], 1)[0].tolist() == [97]


def test_cells_take_ascending_keys_only(tmp_path: Path) -> None:
    writer = codes.CodesWriter(24, tmp_path / "codes")
    writer.append(np.array([32, 64]), rows_of(2))
    for keys in ([64, 96], [10, 96], [128, 96]):
        with pytest.raises(WrongShape):
            writer.append(np.array(keys), rows_of(2))
    writer.abandon()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("step", ["_filled", "digest_of", "settle_folder"])
def test_cells_that_cannot_be_made_leave_nothing_half_written(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, step, lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        filled(tmp_path, batches(100, 10, rows_of(300)))
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_disk_that_is_full_when_the_vectors_are_written_keeps_none_of_them(tmp_path: Path) -> None:
    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, *_: object) -> int:
            raise OSError("disk full")

    writer = codes.CodesWriter(24, tmp_path / "codes")
    writer._file.close()
    writer._file = io.BufferedWriter(Full())  # type: ignore[assignment,type-var]
    writer.append(np.array([32, 64]), rows_of(2))
    with pytest.raises(OSError, match="disk full"):
        writer.finish()
    assert not list(tmp_path.iterdir())


def many(count: int) -> list[IndexItem]:
    """Passages in two languages: every third has a vector of the multilingual model only."""
    return [
        IndexItem(n, f"Furnace {n} was checked.", "vi" if n % 3 == 0 else "en", document="d") for n in range(1, count)
    ]


@pytest.mark.parametrize("folder", [False, True])
def test_a_rebuild_fills_the_cells_of_both_models_and_the_words(folder: bool, tmp_path: Path) -> None:
    index = make(tmp_path / "index" if folder else None, flat_limit=20)
    assert index.rebuild([*many(90), *PASSAGES], 4) == 89
    assert index.verify(expected=range(1, 90)).sound
    assert index.verify().counts == {"words": 89, "fake-64": 60, "fake-32": 89}
    assert ids(index, "porosity")[0] == 1
    assert all(dense.trained for dense in index._live.dense.values())
    if folder:
        again = make(tmp_path / "index", flat_limit=20)
        assert again.mark == 4
        assert ids(again, "porosity")[0] == 1
        assert again.verify(expected=range(1, 90)).sound


def test_a_rebuild_that_ends_in_the_middle_leaves_the_old_index_and_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexes.hybrid.REBUILD_BATCH", 10)
    index = make(tmp_path, flat_limit=20)
    index.upsert(PASSAGES)
    index.flush(1)

    def broken() -> Iterator[IndexItem]:
        yield from many(60)
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        index.rebuild(broken(), 2)
    for one in (index, make(tmp_path, flat_limit=20)):
        assert one.mark == 1
        assert ids(one, "porosity") == [1]
    assert not list(tmp_path.rglob(".dense*"))
    assert index.rebuild([*many(60), IndexItem(60, "porosity")], 2) == 60
    assert ids(make(tmp_path, flat_limit=20), "porosity")[0] == 60


def test_a_rebuild_reads_the_passages_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.hybrid.REBUILD_BATCH", 10)
    index = make(flat_limit=20)
    loose = []

    def watched() -> Iterator[IndexItem]:
        for item in many(200):
            loose.append(max((dense.loose for dense in seen), default=0))
            yield item

    seen: list[DenseIndex] = []
    put = Filling.put
    monkeypatch.setattr(Filling, "put", lambda self, *given: (seen.append(self._dense), put(self, *given))[1])
    index.rebuild(watched())
    assert max(loose) <= 20 + 10
    assert index.verify(expected=range(1, 200)).sound
