"""How far the figures on the labelled papers could lie from the truth by chance alone: they are a few hundred texts of some eighty papers.

Spread by drawing the papers anew (Efron, 1979: https://doi.org/10.1214/aos/1176344552), since texts of one paper stand or fall together; and the
calibration error that a model with the same confidences would show if it were calibrated without fault, since with bins of a few texts even
that one shows some (Kumar, Liang and Ma, 2019: https://arxiv.org/abs/1909.10155).
"""

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score

from evidence.evaluation import calibration_error, selective_error
from evidence.figures import macro_f1
from evidence.model import MODES

DRAWS = 2000
Numbers = npt.NDArray[Any]


def show(folder: Path, scorer: Path, report: Path) -> None:
    """Print the spreads for an analysis (``report``, JSON) of the papers in ``folder``, answered as ``scorer`` looks the texts up."""
    rows = [json.loads(line) for line in (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines() if line]
    answers = {answer["id"]: answer for answer in _looked_up(folder, scorer, report)}
    kept = [row for row in rows if row["id"] in answers]
    said = [answers[row["id"]] for row in kept]
    wanted = np.array([MODES.index(row["mode"]) for row in kept])
    found = np.array([MODES.index(answer["mode"]) for answer in said])
    record = MODES.index("record")
    sure = np.array([answer["modes"][answer["mode"]] for answer in said])
    papers = np.array([row["doc"] for row in kept])
    draw = np.random.default_rng(20261128)
    drawn = list(_drawn(papers, draw))
    right = wanted == found
    print(f"by chance alone, {len(kept)} texts of {len(set(papers))} papers, 5 to 95 of 100 draws")
    for name, figure in (
        ("macro-F1", lambda at: macro_f1(wanted[at], found[at])),
        ("record F1", lambda at: f1_score(wanted[at] == record, found[at] == record)),
        ("error among the surest 80 %", lambda at: selective_error(sure[at].tolist(), right[at].tolist())),
    ):
        spread = np.percentile([figure(at) for at in drawn], [5, 95])
        print(f"  {name:46} {figure(np.arange(len(kept))):.3f}   papers drawn anew {spread[0]:.3f} to {spread[1]:.3f}")
    calibrated = [calibration_error(sure.tolist(), (draw.random(len(sure)) < sure).tolist()) for _ in range(DRAWS)]
    spread = np.percentile(calibrated, [5, 95])
    print(
        f"  {'calibration error':46} {calibration_error(sure.tolist(), right.tolist()):.3f}   calibrated without fault {np.mean(calibrated):.3f}"
        f" ({spread[0]:.3f} to {spread[1]:.3f}); mean confidence {sure.mean():.3f}, right {right.mean():.3f}"
    )


def _looked_up(folder: Path, scorer: Path, report: Path) -> list[dict[str, Any]]:
    """The answers that the scorer takes from the report, before it counts them."""
    described = importlib.util.spec_from_file_location("scorer", scorer)
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    caught: list[dict[str, Any]] = []
    module.passages = lambda _, answers: caught.extend(module.table(answers))  # type: ignore[attr-defined]
    module.in_context(str(folder / "passages.jsonl"), str(report))
    return caught


def _drawn(papers: Numbers, draw: np.random.Generator) -> "list[Numbers]":
    """Rows of as many papers as there are, each drawn with return."""
    rows = [np.flatnonzero(papers == paper) for paper in sorted(set(papers))]
    return [np.concatenate([rows[at] for at in draw.integers(0, len(rows), len(rows))]) for _ in range(DRAWS)]
