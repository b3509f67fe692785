from pathlib import Path

import numpy as np
import pytest

from indexes import codes
from indexes.allowed import Allowed
from indexes.embedder import unit_rows
from tests.unit.indexes.passages import make

NONE = np.empty(0, dtype=np.int64)


def rows_of(count: int, dimension: int) -> np.ndarray:
    """Vectors that differ much in a few directions and little in the others, as those of texts do."""
    draw = np.random.default_rng(1)
    directions = np.linalg.qr(draw.standard_normal((dimension, dimension)))[0]
    spreads = 1.0 / np.sqrt(1.0 + np.arange(dimension))
    return unit_rows((draw.standard_normal((count, dimension)) * spreads) @ directions.T).astype(np.float32)


def test_what_is_held_of_a_vector_is_four_bits_for_three_numbers(tmp_path: Path) -> None:
    codes.build([(np.arange(5_000) * 32, rows_of(5_000, 384))], 384, tmp_path / "some")
    beside = 384 * 384 * 4 + 128 * 16 * 3 * 4  # the directions and the points, in 32 bits
    assert ((tmp_path / "some.faiss").stat().st_size - beside) / 5_000 < 384 / 6 + 12


@pytest.mark.parametrize("limit", [codes.EXACT_LIMIT, 10])
@pytest.mark.parametrize("dimension", [129, 128])  # 128 is no multiple of the numbers of a part
def test_the_nearest_are_found_and_their_cosines_are_exact(
    tmp_path: Path, limit: int, dimension: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "EXACT_LIMIT", limit)
    monkeypatch.setattr(codes, "RESCORED_MORE", 200)
    rows = rows_of(6_000, dimension)
    index = codes.build([(np.arange(6_000) * 32, rows)], dimension, tmp_path / "some")
    for passing in (None, np.arange(0, 6_000, 3), np.arange(0, 6_000, 7)):
        allowed = None if passing is None else Allowed(passing, NONE, 32)
        found_of_ten = []
        for query in unit_rows(rows[:20] + 0.5 * rows[20:40]):
            found, scores = index.nearest(query.reshape(1, -1), 10, allowed)
            exact = rows @ query
            best = np.argsort(-exact) if passing is None else passing[np.argsort(-exact[passing])]
            found_of_ten.append(len(set(found.tolist()) & set((best[:10] * 32).tolist())))
            np.testing.assert_allclose(scores, exact[found // 32], atol=2e-3)
            assert passing is None or not set((found // 32).tolist()) - set(passing.tolist())
        assert np.mean(found_of_ten) >= 9.8


def test_vectors_are_turned_without_moving_and_every_part_of_a_code_has_as_much_to_tell() -> None:
    rows = rows_of(4_000, 66)
    turned = codes._turning(rows).apply(rows)
    np.testing.assert_allclose(turned[:50] @ turned.T, rows[:50] @ rows.T, atol=1e-4)
    told = np.log(np.mean(turned**2, axis=0)).reshape(-1, codes.NUMBERS).sum(axis=1)
    untold = np.log(np.sort(np.mean(turned**2, axis=0))).reshape(-1, codes.NUMBERS).sum(axis=1)
    assert np.ptp(told) < 0.2 * np.ptp(untold)


@pytest.mark.parametrize("count", [1, 2, 5, 40, 257])
def test_a_few_vectors_are_coded_too(count: int) -> None:
    rows = rows_of(count, 24)
    index = codes.build([(np.arange(count) * 32, rows)], 24)
    for row, query in enumerate(rows):
        assert index.nearest(query.reshape(1, -1), 1, None)[0].tolist() == [row * 32]
    assert len(index.nearest(rows[:1], 300, None)[0]) == count
    assert not len(index.nearest(rows[:1], 300, Allowed(None, np.arange(count), 32))[0])
    assert not len(index.nearest(rows[:1], 300, Allowed(np.arange(1_000, 4_000), NONE, 32))[0])


def test_what_was_built_is_the_same_when_opened(tmp_path: Path) -> None:
    rows = rows_of(3_000, 64)
    built = codes.build([(np.arange(3_000) * 32, rows)], 64, tmp_path / "some")
    opened = codes.load(tmp_path / "some", 64)
    for query in rows[:10]:
        first, again = (index.nearest(query.reshape(1, -1), 20, None)[0] for index in (built, opened))
        assert first.tolist() == again.tolist()


def test_an_index_of_other_codes_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier version wrote is not opened: its files are of another kind."""
    with monkeypatch.context() as before:
        before.setattr("indexes.legs.CODES_FORMAT", 0)
        make(tmp_path).flush(3)
        assert make(tmp_path).mark == 3
    assert make(tmp_path).mark == 0


@pytest.mark.parametrize("apart", [1, codes.TOGETHER - 1, codes.TOGETHER + 1])
def test_rows_are_the_same_read_in_one_piece_or_one_by_one(tmp_path: Path, apart: int) -> None:
    rows = rows_of(3_000, 48)
    index = codes.build([(np.arange(3_000) * 32, rows)], 48, tmp_path / "some")
    places = 100 + apart * np.arange(200)
    for asked in (places, places[::-1], places[:1], places[:0]):
        np.testing.assert_array_equal(index.rows(asked * 32), rows[asked].astype(np.float16).astype(np.float32))


def test_short_floats_are_multiplied_as_long_ones_would_be() -> None:
    halves = rows_of(700, 129).astype(np.float16)
    query = rows_of(701, 129)[700:]
    np.testing.assert_allclose(codes.cosines(halves, query), halves.astype(np.float32) @ query[0], atol=1e-6)
