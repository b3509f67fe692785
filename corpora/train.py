"""Train the shipped classifier: ``python -m corpora.train`` (``make model``), or ``--evaluate`` on the split that nobody trains on."""

import argparse
import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpora.authored import AuthoredSupplier, load_corpus
from corpora.dataset import training_documents
from corpora.vectors import KeptVectors
from evidence.artefact import save
from evidence.classifier import Classifier
from evidence.evaluation import evaluate, table
from evidence.heads import Encoders
from evidence.training import train
from evidence.training_set import FINER, TrainingDocument

MODEL = Path(__file__).parent / "models" / "default"
# Characters: every second document is learnt from once more in smaller pieces, as other people cut theirs.
FINE = (120, 240)
CACHE = Path(os.environ.get("LIVINGPROOF_CACHE", ".cache"))


def encoders(cache: Path = CACHE, threads: int = 2, keep: bool = True) -> Encoders:
    """The encoders that ship. With ``keep`` the vectors are kept on disk, which pays for a whole corpus at once, not paper by paper."""
    from indexes.embedder import load_embedder
    from indexes.tuned import MiniLmTuner

    english = load_embedder("minilm", cache / "embedder", threads)
    multilingual = load_embedder("multilingual", cache / "embedder", threads)
    tuner = MiniLmTuner(cache / "embedder", threads)
    if not keep:
        return Encoders(english, multilingual, tuner)
    return Encoders(KeptVectors(english, cache / "vectors"), KeptVectors(multilingual, cache / "vectors"), tuner)


def split(name: str) -> list[AuthoredSupplier]:
    """The suppliers of one side: ``train`` or ``test``."""
    return [supplier for supplier in load_corpus() if supplier.split == name]


def views(suppliers: Sequence[AuthoredSupplier], cache: Path = CACHE) -> list[TrainingDocument]:
    """Every document as its author sends it, and again to learn from: in another format, every second one also in smaller pieces."""
    documents = training_documents(suppliers, cache / "corpus")
    again = training_documents(suppliers, cache / "corpus", quiet, other_format=True)
    halves = [replace(s, documents=tuple(d for d in s.documents if _chosen(d.id))) for s in suppliers]
    finer = training_documents(halves, cache / "corpus", quiet, target=FINE[0], limit=FINE[1], other_format=True)
    for mark, more in (("~", again), (FINER, finer)):
        documents += [replace(document, id=document.id + mark, again=True) for document in more]
    return documents


def _chosen(document_id: str) -> bool:
    """Every second document, drawn from its id, so that each run chooses the same."""
    return hashlib.sha256(document_id.encode()).digest()[1] % 2 == 0


def quiet(line: str) -> None:
    """Say nothing: the second reading of a document repeats what the first one said."""


def main() -> int:
    """Train and save, or evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluate", action="store_true", help="score the saved model on the test split")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the model")
    options = parser.parse_args()
    if options.evaluate:
        documents = training_documents(split("test"), CACHE / "corpus")
        print(table(evaluate(Classifier.load(options.model, encoders(keep=False)), documents)))
        return 0
    artefact = train(views(split("train")), encoders())
    save(artefact, options.model)
    print(f"written to {options.model}: training set {artefact.training_hash[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
