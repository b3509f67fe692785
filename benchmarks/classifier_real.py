"""The labelled papers beside the repository, which nobody trains on: bare passages by all ways, and in context by the shipped model.

``leaning`` measures on them how far a passage should lean on its sheet or section, and how much `other` should count.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from benchmarks import classifier_chance
from benchmarks.classifier_peers import bag_of_words, by_rules
from corpora.train import encoders
from evidence import context
from evidence.classifier import Classifier
from evidence.context import Outside
from evidence.figures import macro_f1
from evidence.model import MODES
from evidence.passages import cut
from evidence.training_set import TrainingDocument
from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader

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


def leaning(model: Path, cache: Path) -> None:
    """Print the figures in context for several weights of the part, and of `other`, in the verdict on a passage."""
    folder = SHARED / "real"
    if not folder.exists():
        print("the labelled papers are not beside the repository (shared/real): nothing is measured")
        return
    classifier = Classifier.load(model, encoders(cache, keep=True))
    documents = [document for path in sorted((folder / "files").iterdir()) if (document := _read(path)) is not None]
    pull, last = context.PULL, context.LAST_RESORT
    for weight, other in ((0.0, last), (0.2, last), (pull, last), (0.5, last), (pull, 1.0), (pull, 0.35)):
        context.PULL, context.LAST_RESORT = weight, other
        answers = [_answers(classifier, document) for document in documents]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as report:
            json.dump({"documents": answers}, report)
            report.flush()
            scorer = [sys.executable, str(SHARED / "tools" / "score.py"), "in-context"]
            said = subprocess.run(
                [*scorer, str(folder / "passages.jsonl"), report.name], check=True, capture_output=True, text=True
            )
        print(
            f"weight of the part {weight:.2f}, of other {other:.2f}: {'; '.join(said.stdout.splitlines()[-2:])}",
            flush=True,
        )


def _read(path: Path) -> Document | None:
    try:
        with Reader(ExtractionPolicy()) as reader:
            return reader.read(path, path.name)
    except ExtractionError:
        return None


def _answers(classifier: Classifier, document: Document) -> dict[str, object]:
    judged, _ = classifier.judge(
        cut(document), Outside(document.path, document.media_type, len(document.parts)), document.parts
    )
    passages = [{"text": p.text, "mode": p.mode, "modes": p.modes, "criteria": p.criteria} for p in judged.passages]
    return {"path": document.path, "passages": passages}


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
        classifier_chance.show(folder, SHARED / "tools" / "score.py", report)
