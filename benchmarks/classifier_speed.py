"""Passages a second and memory of ``Classifier.judge`` at a worker's batch: one document of 20 to 60 passages at a time."""

import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.pipeline import Pipeline

from benchmarks.classifier_peers import bag_of_words
from corpora.dataset import training_documents
from corpora.train import encoders, quiet, split
from evidence.classifier import Classifier
from evidence.context import Outside
from evidence.passages import Draft

BATCH = 40  # passages of a document: the middle of what factories send
DOCUMENTS = 12  # measured of each kind; one more before, to load what is loaded once
THREADS = 2

Batch = tuple[list[Draft], Outside]


def show(model: Path, cache: Path) -> None:
    """Measure ours and the plain ways in turns and print passages a second, by the clock and by the processor."""
    coders = encoders(cache, THREADS, keep=False)
    classifier = Classifier.load(model, coders)
    documents = training_documents(split("train"), cache / "corpus", quiet)
    bag = bag_of_words().fit([d.text for x in documents for d in x.drafts], [m for x in documents for m in x.modes])
    drafts = [draft for document in documents for draft in document.drafts]
    english = [draft for draft in drafts if draft.language == "en"]
    print(f"documents of {BATCH} passages, {THREADS} threads           a second   a processor second")
    for name, pool in (("English", english), ("as the corpus mixes languages", drafts)):
        batches = _batches(pool)
        ways: tuple[tuple[str, Callable[[Batch], object]], ...] = (
            ("ours: features, tagger, encoder, trees, reasons", lambda b: classifier.judge(b[0], b[1])),
            ("the encoder alone", lambda b: coders.encode(b[0])),
            ("TF-IDF + logistic regression", lambda b: _bag(bag, b[0])),
        )
        spent = {way: [0.0, 0.0] for way, _ in ways}
        for number, batch in enumerate(batches):
            for way, run in ways:
                clock, processor = time.perf_counter(), time.process_time()
                run(batch)
                if number:
                    spent[way][0] += time.perf_counter() - clock
                    spent[way][1] += time.process_time() - processor
        count = sum(len(batch[0]) for batch in batches[1:])
        print(f" {name}, {count} passages")
        for way, (clock, processor) in spent.items():
            print(f"  {way:50} {count / clock:8.0f}   {count / max(processor, 1e-9):8.0f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GiB")


def _batches(pool: Sequence[Draft]) -> list[Batch]:
    """Papers of the corpus are short: neighbours in it are bound together into documents of a usual length."""
    step = max(BATCH, len(pool) // (DOCUMENTS + 1))
    starts = range(0, len(pool) - BATCH, step)
    papers = Outside("bundle/papers.pdf", "application/pdf", 1)
    return [(list(pool[start : start + BATCH]), papers) for start in starts][: DOCUMENTS + 1]


def _bag(bag: Pipeline, drafts: Sequence[Draft]) -> object:
    return bag.predict_proba([draft.text for draft in drafts])
