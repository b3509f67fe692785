"""The labelled papers beside the repository, which nobody trains on: bare passages by all ways, and in context by the shipped model."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.classifier_peers import bag_of_words, by_rules
from corpora.train import encoders
from evidence.classifier import Classifier
from evidence.figures import macro_f1
from evidence.model import MODES
from evidence.training_set import TrainingDocument

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def show(model: Path, cache: Path, documents: Sequence[TrainingDocument]) -> None:
    """Print the figures, or that the papers are not here."""
    labels = SHARED / "real" / "passages.jsonl"
    if not labels.exists():
        print("the labelled papers are not beside the repository (shared/real): nothing is measured")
        return
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [row["text"] for row in rows]
    wanted = np.array([MODES.index(row["mode"]) for row in rows])
    bag = bag_of_words().fit([d.text for x in documents for d in x.drafts], [m for x in documents for m in x.modes])
    by_bag = np.array([MODES.index(mode) for mode in bag.predict(texts)])
    classifier = Classifier.load(model, encoders(cache, keep=False))
    ours = np.array([MODES.index(p.mode) for p in classifier.classify_texts(texts)])
    print(f"bare passages of other organisations, n={len(rows)}         macro-F1   record F1")
    for name, found in (
        ("keyword rules", by_rules(texts)),
        ("TF-IDF + logistic regression", by_bag),
        ("ours, as shipped", ours),
    ):
        record = f1_score(wanted == 0, found == 0)
        print(f"  {name:46} {macro_f1(wanted, found):.3f}      {record:.3f}", flush=True)
    in_context(SHARED / "real")


def in_context(folder: Path) -> None:
    """Analyse the files as a buyer would and let the scorer beside them speak."""
    with tempfile.TemporaryDirectory() as kept:
        report = Path(kept) / "report.json"
        command = [sys.executable, "-m", "service.cli.main", "analyze", str(folder / "files"), "--format", "json"]
        subprocess.run([*command, "--output", str(report)], check=True)
        for task, labels in (("in-context", "passages.jsonl"), ("documents", "documents.tsv")):
            scorer = [sys.executable, str(SHARED / "tools" / "score.py"), task, str(folder / labels), str(report)]
            print(f"{task} (shared/tools/score.py)", flush=True)
            subprocess.run(scorer, check=True)
