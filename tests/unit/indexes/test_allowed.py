import numpy as np
import pytest

from indexes.allowed import KEPT, Allowed, Selections
from indexes.dense import DenseIndex
from indexes.embedder import unit_rows

ROOM = 32
NONE = np.empty(0, dtype=np.int64)
# Texts 1, 3 (three vectors), 4 and 9.
KEYS = np.array([32, 96, 97, 98, 128, 288])


@pytest.mark.parametrize(
    ("owners", "hidden", "places"),
    [
        ([3, 9], [], [1, 2, 3, 5]),
        ([0, 2, 5, 1_000], [], []),
        ([1, 3, 4], [3], [0, 4]),
        (None, [1, 4], [1, 2, 3, 5]),
        (None, [], [0, 1, 2, 3, 4, 5]),
    ],
)
def test_the_places_of_what_is_allowed(owners: list[int] | None, hidden: list[int], places: list[int]) -> None:
    given = None if owners is None else np.array(owners)
    allowed = Allowed(given, np.array(hidden, dtype=np.int64), ROOM)
    assert allowed.places(KEYS).tolist() == places
    selector = Selections(KEYS).of(allowed)
    assert [place for place in range(len(KEYS)) if selector.is_member(place)] == places


def test_a_selector_is_kept_for_the_same_arrays_and_the_oldest_goes() -> None:
    kept = Selections(KEYS)
    owners = np.array([3])
    first = kept.of(Allowed(owners, NONE, ROOM))
    assert kept.of(Allowed(owners, NONE, ROOM)) is first
    assert kept.of(Allowed(np.array([9]), NONE, ROOM)) is not first
    for number in range(KEPT):
        kept.of(Allowed(np.array([number]), NONE, ROOM))
    assert kept.of(Allowed(owners, NONE, ROOM)) is not first


def test_a_kept_filter_follows_what_is_taken_out_and_put_in_beside_the_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.codes.EXACT_LIMIT", 3)
    rows = unit_rows(np.random.default_rng(0).standard_normal((400, 16)))
    index = DenseIndex(16)
    index.add(np.arange(400), rows)
    index.train()
    allowed = np.arange(0, 400, 2)
    assert index.search(rows[8], 1, allowed)[0].tolist() == [8]
    index.remove(np.array([8]))
    assert 8 not in index.search(rows[8], 400, allowed)[0]
    index.add(np.array([10]), rows[8:9])
    assert index.search(rows[8], 1, allowed)[0].tolist() == [10]
    assert len(index.search(rows[8], 400, allowed)[0]) == 199
