"""One ranking out of several.

Two ways: by rank alone (reciprocal rank fusion, Cormack, Clarke and Buettcher 2009), which needs nothing of the scores,
and by weighted scores brought to a common scale (Bruch, Gai and Ingber 2023), which is better where the scale is known.
"""

from collections.abc import Mapping, Sequence

# The constant of the paper: how little the very first ranks stand out.
RANK_CONSTANT = 60


def by_rank(
    rankings: Mapping[str, Sequence[int]], weights: Mapping[str, float] | None = None, constant: int = RANK_CONSTANT
) -> dict[int, float]:
    """Fused score of each id: the sum over the rankings of weight / (constant + rank), rank from 1."""
    fused: dict[int, float] = {}
    for name, ranking in rankings.items():
        weight = (weights or {}).get(name, 1.0)
        for rank, number in enumerate(ranking, start=1):
            fused[number] = fused.get(number, 0.0) + weight / (constant + rank)
    return fused


def by_score(scores: Mapping[str, Mapping[int, float]], weights: Mapping[str, float]) -> dict[int, float]:
    """Fused score of each id: the weighted sum of scores already on one scale; a leg that lacks an id gives 0."""
    fused: dict[int, float] = {}
    for name, leg in scores.items():
        weight = weights.get(name, 1.0)
        for number, score in leg.items():
            fused[number] = fused.get(number, 0.0) + weight * score
    return fused


def best_first(fused: Mapping[int, float]) -> list[tuple[int, float]]:
    """(id, score), the best first; equal scores by id, so that the order never depends on chance."""
    return sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
