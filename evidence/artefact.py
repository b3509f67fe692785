"""The trained model on disk: a folder that is checked before it is loaded, and holds nothing that runs.

model.json        format version, training-set hash, feature names, encoders, thresholds, metrics, hashes of the other files
heads.npz         linear heads, plain arrays: by purpose and encoder; on rows of numbers by what they tell beside the trees
tuned.npz         taught layers of the English encoder, plain float16 arrays; empty where none were taught
*.ubj             boosted trees in the tree library's own data format
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evidence.context import CRITERIA_WIDTH, PASSAGE_WIDTH, SUMMARY_WIDTH
from evidence.features import NAMES
from evidence.heads import LinearHead, ScaledHead
from evidence.imports import xgboost
from evidence.model import CRITERIA, KINDS, MODES

# Raise it when the meaning of a file changes, with the reason here. 1: first format. 2: heads on text and place together.
# 3: the upper layers of the English encoder, taught on the labels. 4: taught to read a passage in its place, and the paper's kind.
# 5: the temperature of verdicts in context belongs to scores that lean on their sheet or section.
# 6: kind and reading of a document, and criteria, are the trees' and a linear head's together.
# 7: the temperature of verdicts in context belongs to both looks together.
FORMAT_VERSION = 7
_SCALED = "scaled"  # the purpose under which heads on rows of numbers stand in heads.npz
TREES = ("passage", "context", "reading", "kind", "criteria")
FILES = ("heads.npz", "tuned.npz", *(f"{name}.ubj" for name in TREES))


class ModelError(Exception):
    """The model cannot be used: damaged, of another format, or trained for other code. Carries a code and a remedy."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        self.remedy = "Train it again with 'make model', or take the model that belongs to this version."
        super().__init__(f"{message} {self.remedy}")


@dataclass
class Artefact:
    """A trained model in memory. Heads by purpose (``mode``, ``criteria``, ``kind``, ``name``) and encoder name; ``scaled`` by
    what they tell beside the trees (``reading``, ``kind``, ``criteria``)."""

    heads: dict[str, dict[str, LinearHead]]
    scaled: dict[str, ScaledHead]
    trees: dict[str, xgboost.Booster]
    thresholds: dict[str, float]
    temperatures: dict[str, float]
    metrics: dict[str, Any] = field(default_factory=dict)
    training_hash: str = ""
    version: str = ""
    tuned: dict[str, Any] = field(default_factory=dict)


def _signature() -> dict[str, Any]:
    """What the code must agree on with the model."""
    return {
        "format": FORMAT_VERSION, "features": hashlib.sha256("\n".join(NAMES).encode()).hexdigest(), "modes": list(MODES), "criteria": list(CRITERIA),
        "kinds": list(KINDS), "widths": [PASSAGE_WIDTH, SUMMARY_WIDTH, CRITERIA_WIDTH],
    }  # fmt: skip


def save(artefact: Artefact, folder: Path) -> None:
    """Write the model. The version is the hash of its content, so a verdict can always name the model that gave it."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {}
    for purpose, heads in artefact.heads.items():
        for encoder, head in heads.items():
            arrays[f"{purpose}/{encoder}/weights"], arrays[f"{purpose}/{encoder}/bias"] = head.weights, head.bias
    for told, beside in artefact.scaled.items():
        start = f"{_SCALED}/{told}"
        arrays[f"{start}/weights"], arrays[f"{start}/bias"] = beside.head.weights, beside.head.bias
        arrays[f"{start}/mean"], arrays[f"{start}/scale"] = beside.mean, beside.scale
    np.savez_compressed(folder / "heads.npz", **arrays)
    np.savez_compressed(folder / "tuned.npz", **artefact.tuned)
    for name in TREES:
        artefact.trees[name].save_model(folder / f"{name}.ubj")
    files = {name: _digest(folder / name) for name in FILES}
    about = {
        **_signature(), "training_hash": artefact.training_hash, "encoders": sorted(artefact.heads["mode"]), "thresholds": artefact.thresholds,
        "temperatures": artefact.temperatures, "metrics": artefact.metrics, "files": files,
        "version": hashlib.sha256("".join(files.values()).encode()).hexdigest()[:12],
    }  # fmt: skip
    (folder / "model.json").write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load(folder: Path) -> Artefact:
    """Read a model. Raises ModelError where it is missing, damaged, or does not fit this code."""
    try:
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ModelError("model_missing", f"No readable model stands in {folder}.") from problem
    for key, wanted in _signature().items():
        if about.get(key) != wanted:
            raise ModelError(
                "model_does_not_fit", f"The model in {folder} was trained for another version of the program ({key})."
            )
    digests = about.get("files", {})
    # Each file that is read, not each that is listed: one left out of the list would be read unchecked.
    for name in FILES:
        if _digest(folder / name) != digests.get(name):
            raise ModelError(
                "model_damaged", f"The file {name} of the model in {folder} is not the one that was written."
            )
    heads: dict[str, dict[str, LinearHead]] = {}
    scaled: dict[str, ScaledHead] = {}
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        for key in arrays.files:
            if key.endswith("/weights"):
                purpose, encoder = key.removesuffix("/weights").split("/", 1)
                head = LinearHead(arrays[key], arrays[f"{purpose}/{encoder}/bias"])
                if purpose == _SCALED:
                    start = f"{purpose}/{encoder}"
                    scaled[encoder] = ScaledHead(arrays[f"{start}/mean"], arrays[f"{start}/scale"], head)
                else:
                    heads.setdefault(purpose, {})[encoder] = head
    with np.load(folder / "tuned.npz", allow_pickle=False) as arrays:
        tuned = {key: arrays[key] for key in arrays.files}
    trees = {}
    for name in TREES:
        trees[name] = xgboost.Booster()
        trees[name].load_model(folder / f"{name}.ubj")
    return Artefact(
        heads,
        scaled,
        trees,
        about["thresholds"],
        about["temperatures"],
        about["metrics"],
        about["training_hash"],
        about["version"],
        tuned,
    )


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def confidence_for(curve: Sequence[Sequence[float]], risk: float) -> float:
    """The lowest confidence from which documents are decided with at most the given error on unseen suppliers.

    ``curve`` holds rows of confidence, error among decided, share decided, as ``metrics["reading_risk_curve"]`` keeps them. Where no
    confidence keeps the risk, the highest is taken: the classifier then decides little.
    """
    kept = [row[0] for row in curve if row[1] <= risk]
    return float(min(kept)) if kept else float(max((row[0] for row in curve), default=0.5))
