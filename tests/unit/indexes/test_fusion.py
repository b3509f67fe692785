import pytest

from indexes.fusion import best_first, by_rank, by_score


def test_agreement_of_two_rankings_beats_one_first_place() -> None:
    fused = by_rank({"words": [1, 2, 3], "meaning": [4, 2, 5]})
    assert best_first(fused)[0][0] == 2


def test_reciprocal_ranks_are_those_of_the_paper() -> None:
    assert by_rank({"a": [7], "b": [8, 7]})[7] == pytest.approx(1 / 61 + 1 / 62)


def test_weights_scale_a_leg() -> None:
    fused = by_score({"words": {1: 1.0}, "meaning": {2: 1.0}}, {"words": 0.3, "meaning": 0.7})
    assert fused == {1: 0.3, 2: 0.7}


def test_equal_scores_are_ordered_by_id() -> None:
    assert best_first({9: 0.5, 3: 0.5, 5: 0.7}) == [(5, 0.7), (3, 0.5), (9, 0.5)]
