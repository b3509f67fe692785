"""How many labels reviewers must give: passages chosen by doubt and difference against passages drawn at random.

    python -m benchmarks.reviewing [--seeds 5] [--cache .cache]

Reviewers are simulated with the labelled documents that ship: the suppliers of the training split are the passages that
wait, their labels come out when they are "reviewed", and the suppliers of the test split, which are never asked about,
score each model. Every way starts from the same passages drawn at random. What is retrained after each round is a light
head (logistic regression on the classifier's features and the English vectors), because the whole pipeline takes half an
hour a time; the ways of choosing are those of the review queue (`service/reviews/choice.py`). Printed is the number of
labels at which macro-F1 reaches 95 % of what all labels give, and stays there.
"""

import argparse
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from corpora.dataset import training_documents
from corpora.train import encoders, split
from evidence.features import measure
from evidence.figures import macro_f1
from evidence.heads import Encoders, Matrix
from evidence.model import MODES
from evidence.training_set import TrainingDocument
from service.reviews.choice import choose, doubt

SHARE = 0.95
# Labels before the first model, drawn at random, and the growth of each round: a reviewer's hour, then longer ones.
FIRST, GROWTH = 40, 1.4
STEPS = 150  # of the solver; more bring nothing that 95 % of the full figure would feel
SCALE = 5.0  # unit vectors have small entries; scaled, they weigh as the features do


@dataclass(frozen=True)
class Table:
    """Passages of a side: what the light head sees, their vectors, their modes as numbers."""

    inputs: Matrix
    vectors: Matrix
    modes: np.ndarray


Way = Callable[[Matrix, Table, np.ndarray, int, np.random.Generator], list[int]]


def at_random(shares: Matrix, table: Table, waiting: np.ndarray, count: int, draw: np.random.Generator) -> list[int]:
    """Any passage as likely as another."""
    return list(draw.choice(len(waiting), min(count, len(waiting)), replace=False))


def most_doubtful(
    shares: Matrix, table: Table, waiting: np.ndarray, count: int, draw: np.random.Generator
) -> list[int]:
    """Those on which the model is least decided, however alike they are."""
    return list(np.argsort(-doubt(shares), kind="stable")[:count])


def doubtful_and_different(
    shares: Matrix, table: Table, waiting: np.ndarray, count: int, draw: np.random.Generator
) -> list[int]:
    """As the review queue chooses."""
    return choose(doubt(shares), table.vectors[waiting], count)


WAYS: dict[str, Way] = {
    "drawn at random": at_random,
    "most doubtful": most_doubtful,
    "doubtful and different": doubtful_and_different,
}


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    options = parser.parse_args()
    started = time.monotonic()
    learn, test = tables(options.cache)
    whole = score(fitted(learn, np.arange(len(learn.modes))), test)
    goal = SHARE * whole
    print(
        f"{len(learn.modes)} passages wait, {len(test.modes)} score; all labels: macro-F1 {whole:.3f}, goal {goal:.3f}"
    )
    needed: dict[str, list[int]] = {name: [] for name in WAYS}
    for seed in range(options.seeds):
        for name, way in WAYS.items():
            needed[name].append(simulated(way, learn, test, goal, seed))
        print(f"seed {seed}: " + ", ".join(f"{name} {found[-1]}" for name, found in needed.items()))
    print(f"\n{'way of choosing':26} {'labels for 95 %: median':>24} {'least':>7} {'most':>7} {'of random':>10}")
    plain = median(needed["drawn at random"])
    for name, found in needed.items():
        print(f"{name:26} {median(found):24.0f} {min(found):7d} {max(found):7d} {median(found) / plain:10.2f}")
    pairs = [a / b for a, b in zip(needed["doubtful and different"], needed["drawn at random"], strict=True)]
    print(f"\nratio seed by seed: {', '.join(f'{pair:.2f}' for pair in pairs)}; {time.monotonic() - started:.0f} s")


def tables(cache: Path) -> tuple[Table, Table]:
    """The passages of both splits."""
    reading = encoders(cache)
    sides = [training_documents(split(name), cache / "corpus") for name in ("train", "test")]
    features = [measured(documents) for documents in sides]
    middle, spread = np.nanmean(features[0], axis=0), np.nanstd(features[0], axis=0)
    made = []
    for documents, values in zip(sides, features, strict=True):
        scaled = (values - middle) / np.where(spread > 0, spread, 1.0)
        vectors = embedded(documents, reading)
        inputs = np.hstack([np.nan_to_num(np.clip(scaled, -4, 4)), SCALE * vectors]).astype(np.float32)
        made.append(Table(inputs, vectors, np.array([MODES.index(m) for d in documents for m in d.modes])))  # type: ignore[arg-type]
    return made[0], made[1]


def measured(documents: list[TrainingDocument]) -> Matrix:
    """The features of the classifier for all passages; constant columns are no trouble later."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(measure([draft for document in documents for draft in document.drafts]), dtype=np.float32)


def embedded(documents: list[TrainingDocument], reading: Encoders) -> Matrix:
    """The English vectors of all passages."""
    return reading.english.encode([draft.text for document in documents for draft in document.drafts])


def fitted(table: Table, rows: np.ndarray) -> LogisticRegression:
    """The light head on some of the labels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=0.05, max_iter=STEPS, tol=1e-3, class_weight="balanced").fit(
            table.inputs[rows], table.modes[rows]
        )


def score(head: LogisticRegression, table: Table) -> float:
    """Macro-F1 on the side that nobody was asked about."""
    return macro_f1(table.modes, head.predict(table.inputs))


def simulated(way: Way, learn: Table, test: Table, goal: float, seed: int) -> int:
    """Labels at which the goal is reached and kept in the round after; interpolated between rounds."""
    draw = np.random.default_rng(seed)
    known = draw.choice(len(learn.modes), FIRST, replace=False)
    before, reached = (0, 0.0), None
    while True:
        head = fitted(learn, known)
        found = score(head, test)
        if found < goal:
            reached = None
        elif reached is not None:
            return reached
        else:
            share = (goal - before[1]) / max(found - before[1], 1e-9)
            reached = round(before[0] + share * (len(known) - before[0]))
        if len(known) == len(learn.modes):
            return reached if reached is not None else len(known)
        before = (len(known), found)
        waiting = np.setdiff1d(np.arange(len(learn.modes)), known)
        count = min(round(len(known) * (GROWTH - 1)), len(waiting))
        shares = np.asarray(head.predict_proba(learn.inputs[waiting]), dtype=np.float32)
        known = np.concatenate([known, waiting[way(shares, learn, waiting, count, draw)]])


if __name__ == "__main__":
    main()
