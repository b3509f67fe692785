"""The rule by which a new model may take the place of the one in use.

It must be better on the reviewers' labels kept apart, and on the frozen test split that ships not worse beyond noise.
Both models judge the same documents whole; a paired bootstrap over documents (Efron and Tibshirani, 1993) says what is
noise, because passages of one document are right or wrong together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evidence.figures import FREQUENT, macro_f1
from evidence.model import MODES

# Redraws of the documents; more change the ends of the interval in the third digit only.
REDRAWS = 500
# Share of redraws left out at each end: what lies within is noise.
TAIL = 0.025
# Loss of macro-F1 on the frozen test that noise never excuses: the split is large enough to see two points.
LARGEST_LOSS = 0.02
# Rise of the share wrong among decided documents that is allowed: one in a hundred, about one document of the split.
LARGEST_RISE = 0.01
Numbers = npt.NDArray[np.int64]
_FREQUENT = tuple(MODES.index(mode) for mode in FREQUENT)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Answer:
    """A labelled passage as both models judged it; modes are numbers in MODES. ``reviewer`` gave the label."""

    document: str
    wanted: int
    before: int
    after: int
    reviewer: str = ""


@dataclass(frozen=True)
class Decided:
    """Documents decided as living or static and how many of them wrongly, by the model before and the one after."""

    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)

    @property
    def rise(self) -> float:
        """How much the share of wrong decisions grew."""
        return self.after[1] / max(1, self.after[0]) - self.before[1] / max(1, self.before[0])


@dataclass(frozen=True)
class Outcome:
    """Whether the new model may be used, the figures behind it, and in a sentence why."""

    passed: bool
    why: str
    figures: dict[str, Any]


def held_against(frozen: Sequence[Answer], decided: Decided, apart: Sequence[Answer], seed: int = 7) -> Outcome:
    """Apply the rule. Deterministic for the same answers."""
    test = _compared(frozen, seed)
    own, too_little = better_apart(apart, seed)
    figures = {
        "frozen": {**test, "decided_before": list(decided.before), "decided_after": list(decided.after)},
        "apart": own,
    }
    reasons = [too_little] if too_little else []
    if not frozen:
        reasons.append("there is no frozen test to hold it against")
    elif test["difference"] < -LARGEST_LOSS:
        reasons.append(f"on the frozen test it loses {-test['difference']:.3f}, more than {LARGEST_LOSS:g}")
    elif test["difference"] < 0 and test["high"] < 0:
        reasons.append(
            f"on the frozen test it loses {-test['difference']:.3f} beyond noise ({test['low']:+.3f} to {test['high']:+.3f})"
        )
    if decided.rise > LARGEST_RISE:
        reasons.append(f"among the documents it decides, {100 * decided.rise:.1f} in a hundred more are wrong")
    if reasons:
        return Outcome(False, f"Not better than the model in use: {'; '.join(reasons)}.", figures)
    said = (
        f"Better on {own['passages']} labels of reviewers kept apart ({own['before']:.3f} to {own['after']:.3f}), "
        f"not worse on the frozen test ({test['before']:.3f} to {test['after']:.3f})."
    )
    return Outcome(True, said, figures)


def better_apart(apart: Sequence[Answer], seed: int = 7) -> tuple[dict[str, Any], str]:
    """Figures on the reviewers' labels kept apart, and why the new model is not better there (empty where it is)."""
    own = _compared(apart, seed)
    if not apart:
        return own, "there are no reviewers' labels kept apart that count"
    if own["after"] <= own["before"]:
        return own, (
            f"on {own['passages']} labels of reviewers kept apart it reaches {own['after']:.3f}, "
            f"not more than {own['before']:.3f} before"
        )
    return own, ""


def _compared(answers: Sequence[Answer], seed: int) -> dict[str, Any]:
    """Macro-F1 of both models and the interval of their difference."""
    if not answers:
        return {"passages": 0, "documents": 0, "before": 0.0, "after": 0.0, "difference": 0.0, "low": 0.0, "high": 0.0}
    wanted, before, after = (
        np.array([getattr(answer, name) for answer in answers], dtype=np.int64)
        for name in ("wanted", "before", "after")
    )
    names = sorted({answer.document for answer in answers})
    places = {name: number for number, name in enumerate(names)}
    owner = np.array([places[answer.document] for answer in answers])
    one, other = macro_f1(wanted, before), macro_f1(wanted, after)
    low, high = _interval(wanted, before, after, owner, len(names), seed)
    return {
        "passages": len(answers),
        "documents": len(names),
        "before": round(one, 4),
        "after": round(other, 4),
        "difference": round(other - one, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _interval(
    wanted: Numbers, before: Numbers, after: Numbers, owner: Numbers, documents: int, seed: int
) -> tuple[float, float]:
    """The middle 95 % of the difference when documents are drawn again with replacement.

    Counted from one table of hits and errors for each document, so that a redraw is a sum.
    """
    tables = [_counts(wanted, found, owner, documents) for found in (before, after)]
    draw = np.random.default_rng(seed)
    differences = []
    for _ in range(REDRAWS):
        weights = np.bincount(draw.integers(0, documents, documents), minlength=documents)
        one, other = (_f1_of(np.tensordot(weights, table, axes=1)) for table in tables)
        differences.append(other - one)
    low, high = np.quantile(differences, (TAIL, 1 - TAIL))
    return float(low), float(high)


def _counts(wanted: Numbers, found: Numbers, owner: Numbers, documents: int) -> npt.NDArray[np.float64]:
    """documents x frequent modes x (both, wanted, found)."""
    table = np.zeros((documents, len(_FREQUENT), 3))
    for place, mode in enumerate(_FREQUENT):
        for column, mask in enumerate(((wanted == mode) & (found == mode), wanted == mode, found == mode)):
            np.add.at(table[:, place, column], owner[mask], 1)
    return table


def _f1_of(table: npt.NDArray[np.float64]) -> float:
    sums = table[:, 1] + table[:, 2]
    return float(np.mean(np.where(sums > 0, 2 * table[:, 0] / np.maximum(sums, 1), 0.0)))
