"""Train the shipped classifier: ``python -m corpora.train`` (``make model``), or ``--evaluate`` on the split that nobody trains on."""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context
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
    """Every document as its author sends it, and again to learn from: in another format, every second one also in smaller pieces.

    By two processes where the suppliers are many; the order is that of one.
    """
    if len(suppliers) <= READ_ALONE:
        return list(chain.from_iterable(_views(suppliers, cache)))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        asked = beside.submit(_views, suppliers[1::2], cache, 1)
        here = _views(suppliers[::2], cache, 1)
        there = asked.result()
    place = {supplier.id: at for at, supplier in enumerate(suppliers)}
    both = (own + other for own, other in zip(here, there, strict=True))
    return [document for view in both for document in sorted(view, key=lambda one: place[one.group])]


READ_ALONE = 40
"""Suppliers up to whom one process reads all papers: a second one takes seconds to start."""


def _views(suppliers: Sequence[AuthoredSupplier], cache: Path, workers: int = 2) -> list[list[TrainingDocument]]:
    """The documents as sent, in another format, and in smaller pieces."""
    sent = training_documents(suppliers, cache / "corpus", workers=workers)
    again = training_documents(suppliers, cache / "corpus", quiet, other_format=True, workers=workers)
    halves = [replace(s, documents=tuple(d for d in s.documents if _chosen(d.id))) for s in suppliers]
    finer = training_documents(halves, cache / "corpus", quiet, FINE[0], FINE[1], other_format=True, workers=workers)
    return [
        sent,
        *(
            [replace(one, id=one.id + mark, again=True) for one in view]
            for mark, view in (("~", again), (FINER, finer))
        ),
    ]


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
    started = time.monotonic()

    def say(line: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - started), 60)
        print(f"{minutes:2}:{seconds:02} {line}", flush=True)

    documents = views(split("train"))
    say(f"{len(documents)} documents are read")
    artefact = train(documents, encoders(), say=say)
    save(artefact, options.model)
    say(f"written to {options.model}: training set {artefact.training_hash[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
