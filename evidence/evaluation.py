"""Figures of a classifier on labelled documents it was not trained on: hits, errors, and where they lie."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from evidence.classifier import Classifier
from evidence.figures import macro_f1
from evidence.model import CRITERIA, MODES
from evidence.training_set import TrainingDocument

CALIBRATION_BINS = 15
COVERAGE = 0.8  # share of passages, the surest first, whose error is stated: what is left to reviewers is the rest


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: mean gap of confidence and hits over 15 equal bins (Naeini et al., 2015)."""
    confident, hits = np.asarray(confidence), np.asarray(right, dtype=float)
    total = 0.0
    for k in range(CALIBRATION_BINS):
        cell = (confident > k / CALIBRATION_BINS) & (confident <= (k + 1) / CALIBRATION_BINS)
        if cell.any():
            total += abs(hits[cell].sum() - confident[cell].sum()) / len(hits)
    return float(total)


def selective_error(confidence: Sequence[float], right: Sequence[bool], coverage: float = COVERAGE) -> float:
    """Error among the surest share of the answers, as a reviewer meets it who looks at the others."""
    order = sorted(range(len(right)), key=lambda i: -confidence[i])[: int(coverage * len(right))]
    return 1 - sum(right[i] for i in order) / len(order) if order else 0.0


def evaluate(classifier: Classifier, documents: Sequence[TrainingDocument]) -> dict[str, Any]:
    """Judge each document whole and compare. Raises ValueError without documents."""
    if not documents:
        raise ValueError("There are no labelled documents to evaluate on.")
    wanted: list[str] = []
    found: list[str] = []
    confidence: list[float] = []
    marks: list[list[bool]] = []
    answers: list[list[bool]] = []
    facets: dict[str, list[bool]] = defaultdict(list)
    readings: Counter[str] = Counter()
    kinds = 0
    errors: list[str] = []
    for document in documents:
        judged, _ = classifier.judge(document.drafts, document.outside)
        for passage, mode, criteria in zip(judged.passages, document.modes, document.criteria, strict=True):
            wanted.append(mode)
            found.append(passage.mode)
            confidence.append(max(passage.modes.values()))
            marks.append([c in criteria for c in CRITERIA])
            answers.append([passage.criteria[c] >= 0.5 for c in CRITERIA])
            facets[f"language {passage.language}"].append(passage.mode == mode)
            facets[f"format {document.facets.get('render', '?')}"].append(passage.mode == mode)
            facets[f"industry {document.facets.get('industry', '?')}"].append(passage.mode == mode)
        kinds += judged.document.kind == document.kind
        facets[f"kind {document.kind}"].append(judged.document.kind == document.kind)
        if document.reading != "mixed":
            said = judged.document.reading
            outcome = (
                "right" if said == document.reading else "abstained" if said in ("mixed", "undetermined") else "wrong"
            )
            readings[outcome] += 1
            if outcome != "right":
                errors.append(f"{document.id}: is {document.reading}, said {said} ({judged.document.kind})")
    target = np.array([MODES.index(m) for m in wanted])  # type: ignore[arg-type]
    answer = np.array([MODES.index(m) for m in found])  # type: ignore[arg-type]
    decided = readings["right"] + readings["wrong"]
    return {
        "documents": len(documents), "passages": len(wanted), "macro_f1": macro_f1(target, answer),
        "record_f1": float(f1_score(target == 0, answer == 0, zero_division=0)), "accuracy": float(np.mean(target == answer)),
        "calibration_error": calibration_error(confidence, list(target == answer)),
        "error_at_80_coverage": selective_error(confidence, list(target == answer)),
        "criteria_micro_f1": float(f1_score(np.array(marks), np.array(answers), average="micro", zero_division=0)),
        "reading_accuracy": readings["right"] / max(1, sum(readings.values())), "decided": decided / max(1, sum(readings.values())),
        "error_among_decided": readings["wrong"] / max(1, decided), "kind_accuracy": kinds / len(documents),
        "by_mode": {
            mode: (float(f1_score(target == k, answer == k, zero_division=0)), int((target == k).sum()))
            for k, mode in enumerate(MODES)
        },
        "by": {name: (sum(hits) / len(hits), len(hits)) for name, hits in sorted(facets.items())}, "errors": errors,
    }  # fmt: skip


def table(figures: dict[str, Any]) -> str:
    """The figures as text, a line each."""
    lines = [
        f"{name:22} {value:.3f}" if isinstance(value, float) else f"{name:22} {value}"
        for name, value in figures.items()
        if name not in ("by", "by_mode", "errors")
    ]
    lines += [f"  F1 of {mode:24} {value:.3f}  n={count}" for mode, (value, count) in figures["by_mode"].items()]
    lines += [f"  {name:30} {share:.3f}  n={count}" for name, (share, count) in figures["by"].items()]
    return "\n".join([*lines, *(f"  {error}" for error in figures["errors"])])
