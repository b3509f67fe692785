"""The figures of a training, all of suppliers that the judging models never saw: they choose thresholds and stand in the model card."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score

from evidence.features import STRUCTURE_START
from evidence.heads import Matrix
from evidence.model import MODES

if TYPE_CHECKING:
    from evidence.training_set import Prepared

Labels = npt.NDArray[np.int64]
FREQUENT = ("record", "prescription", "template", "other")  # the modes the macro-F1 of the rubric averages


def risk_curve(probabilities: Matrix, target: Labels) -> list[list[float]]:
    """For each confidence: the error among living and static documents decided from there on, and the share decided."""
    clear = np.flatnonzero(target < 2)
    best, right = probabilities[clear].max(1), probabilities[clear].argmax(1) == target[clear]
    curve = []
    for threshold in np.arange(0.34, 0.99, 0.01):
        decided = best >= threshold
        if decided.any():
            curve.append(
                [
                    round(float(threshold), 2),
                    round(float(1 - right[decided].mean()), 4),
                    round(float(decided.mean()), 4),
                ]
            )
    return curve


def naming_point(probabilities: Matrix, target: Matrix) -> float:
    """The probability from which naming a criterion gives the best micro-F1 on unseen suppliers."""
    grid = np.arange(0.15, 0.56, 0.01)
    scores = [f1_score(target, probabilities >= t, average="micro", zero_division=0) for t in grid]
    return round(float(grid[int(np.argmax(scores))]), 2)


def figures_line(name: str, target: Labels, probabilities: Matrix) -> str:
    """One stage in a line: what training says while it runs."""
    return f"{name}: macro-F1 {macro_f1(target, probabilities.argmax(1)):.3f}, accuracy {np.mean(probabilities.argmax(1) == target):.3f}"


def macro_f1(target: Labels, found: Labels) -> float:
    """Mean F1 over the four frequent modes."""
    wanted = [MODES.index(m) for m in FREQUENT]  # type: ignore[arg-type]
    return float(f1_score(target, found, labels=wanted, average="macro", zero_division=0))


def _record_f1(target: Labels, found: Labels) -> float:
    record = MODES.index("record")
    return round(float(f1_score(target == record, found == record, zero_division=0)), 4)


def cross_validated(
    corpus: "Prepared",
    first: Matrix,
    bare: Matrix,
    second: Matrix,
    topics: Matrix,
    outcome: dict[str, Matrix],
    thresholds: dict[str, float],
) -> dict[str, Any]:
    """The figures of unseen suppliers, rounded: they stand in the model card."""
    whole = ~np.array([d.again for d in corpus.documents])
    rows = whole[corpus.owner]
    modes, found = corpus.modes[rows], second.argmax(1)[rows]
    reading = outcome["reading"]
    clear = (corpus.readings < 2) & whole
    decided = (reading.max(1) >= thresholds["reading"]) & clear
    languages = np.array([d.language for d in corpus.drafts])[rows]
    return {
        "documents": int(whole.sum()), "passages": int(rows.sum()), "suppliers": len(set(corpus.groups)),
        "bare_macro_f1": round(macro_f1(modes, bare.argmax(1)[rows]), 4), "first_macro_f1": round(macro_f1(modes, first.argmax(1)[rows]), 4),
        "macro_f1": round(macro_f1(modes, found), 4),
        "bare_record_f1": _record_f1(modes, bare.argmax(1)[rows]), "first_record_f1": _record_f1(modes, first.argmax(1)[rows]),
        "record_f1": _record_f1(modes, found),
        "by_mode": {m: round(float(f1_score(modes == k, found == k, zero_division=0)), 4) for k, m in enumerate(MODES)},
        "by_language": {str(c): round(float(np.mean(found[languages == c] == modes[languages == c])), 4) for c in np.unique(languages)},
        "criteria_micro_f1": round(float(f1_score(corpus.criteria[rows], topics[rows] >= 0.5, average="micro", zero_division=0)), 4),
        "reading_accuracy": round(float(np.mean(reading.argmax(1)[clear] == corpus.readings[clear])), 4),
        "reading_decided": round(float(decided.sum() / max(1, clear.sum())), 4),
        "reading_error_among_decided": round(float(np.mean(reading.argmax(1)[decided] != corpus.readings[decided])), 4) if decided.any() else None,
        "kind_accuracy": round(float(np.mean((outcome["kind"].argmax(1) == corpus.kinds)[whole])), 4),
        "structure_features_start": STRUCTURE_START,
    }  # fmt: skip
