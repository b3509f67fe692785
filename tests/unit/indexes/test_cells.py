from pathlib import Path

import faiss
import numpy as np
import pytest

from indexes import cells
from indexes.embedder import unit_rows


def rows_of(count: int, dimension: int) -> np.ndarray:
    centres = np.random.default_rng(1).standard_normal((40, dimension))
    return unit_rows(
        centres[np.arange(count) % 40] + 0.7 * np.random.default_rng(2).standard_normal((count, dimension))
    )


def test_what_is_mapped_of_a_vector_is_a_bit_a_number(tmp_path: Path) -> None:
    rows = rows_of(5_000, 384)
    cells.build([(np.arange(5_000) * 32, rows)], 384, tmp_path / "some")
    beside = 141 * 384 * 4  # the centres, in 32 bits
    assert ((tmp_path / "some.faiss").stat().st_size - beside) / 5_000 < 384 / 8 + 24


@pytest.mark.parametrize("limit", [cells.EXACT_LIMIT, 10])
def test_the_nearest_are_found_and_their_cosines_are_exact(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "EXACT_LIMIT", limit)
    rows = rows_of(4_000, 64)
    index = cells.build([(np.arange(4_000) * 32, rows)], 64, tmp_path / "some")
    for query in rows_of(4_000, 64)[:20] + 0.05:
        found, scores = index.nearest(query.reshape(1, -1).astype(np.float32), 10, None)
        exact = rows @ query
        assert len(set(found.tolist()) & set((np.argsort(-exact)[:10] * 32).tolist())) >= 9
        np.testing.assert_allclose(scores, exact[found // 32], atol=2e-3)


def test_cells_of_scalar_codes_from_before_are_searched(tmp_path: Path) -> None:
    """What an earlier version wrote serves until the vectors are put into new cells."""
    rows = rows_of(4_000, 64)
    made = cells.build([(np.arange(4_000) * 32, rows)], 64, tmp_path / "some")
    older = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(64), 64, 30, faiss.ScalarQuantizer.QT_4bit, faiss.METRIC_INNER_PRODUCT, False
    )
    older.train(rows)
    older.add(rows)
    index = cells.Cells(older, made.keys, made._rows)
    found, _ = index.nearest(rows[7:8], 5, None)
    assert found[0] == 7 * 32
