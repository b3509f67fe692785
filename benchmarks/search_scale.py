"""How search grows: vectors alone up to millions, and the whole way through the API with a filter.

    python -m benchmarks.search_scale vectors [--counts 10000 100000 1000000]
    python -m benchmarks.search_scale api [--count 100000] [--keep FOLDER]

The vectors are those of real text: passages of our corpus, and the windows of SciFact's abstracts where the set is beside
the repository, embedded by the shipped model. To make a million of them, each new one is a text's vector moved by noise
until its cosine with the text is about 0.8, as far as two passages on one subject are apart. The questions are those of
`corpora/questions`, embedded as the service embeds them.

`vectors` prints for each count the time to build the cells from stored vectors (on the clock, and of the processor, which
other work on the machine does not change), bytes on disk, resident memory, the time
of a search (with and without a filter that a tenth of the passages pass), and the share of the ten nearest found,
against exact search over the same vectors.

`api` fills a database with that many passages (texts of our corpus, each with the number of its copy, and vectors of both
models), has the service build its index from the stored vectors, and asks over HTTP with a filter by supplier, by mode, or
both.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.search import SCIFACT, document_vectors, own_passages, read_scifact
from benchmarks.search_questions import plain_questions
from corpora.vectors import KeptVectors
from indexes import cells
from indexes.allowed import Allowed
from indexes.dense import ROOM
from indexes.embedder import Embedder, load_embedder, unit_rows

# Cosine of a made vector with the text it comes from.
LIKENESS = 0.8
# Vectors made at once.
BATCH = 50_000
# Questions that recall and times are measured on.
QUESTIONS = 200
# Share of the passages that pass the filter.
FILTERED = 0.1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("part", choices=("vectors", "api"))
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--keep", type=Path, help="folder of the database of `api`, kept and used again")
    parser.add_argument("--texts", type=int, default=20_000, help="texts at hand that are embedded at most")
    options = parser.parse_args()
    embedder = load_embedder("minilm", options.cache / "embedder")
    if options.part == "vectors":
        vectors(options.counts, real_vectors(embedder, options.cache, options.texts), embedder, options.cache)
    else:
        from benchmarks.search_api import measure

        models = (embedder, load_embedder("multilingual", options.cache / "embedder"))
        real = {model.name: real_vectors(model, options.cache, options.texts) for model in models}
        with tempfile.TemporaryDirectory() as folder:
            measure(options.keep or Path(folder), options.count, real)


def real_vectors(embedder: Embedder, cache: Path, most: int) -> np.ndarray:
    """Vectors of the texts at hand, n x d."""
    texts = own_passages(most)
    found = KeptVectors(embedder, cache / "bench" / "vectors").encode(texts)  # type: ignore[arg-type]
    if SCIFACT.is_dir() and len(texts) < most:
        _, cut = document_vectors(embedder, read_scifact("train"), cache / "bench")
        found = np.concatenate([found, *cut])
    return np.unique(found, axis=0).astype(np.float32)


def made(real: np.ndarray, count: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Batches of (keys, vectors): the real ones first, then moved copies of them."""
    random = np.random.default_rng(7)
    spread = float(np.sqrt(1 / LIKENESS**2 - 1))
    for start in range(0, count, BATCH):
        numbers = np.arange(start, min(count, start + BATCH))
        rows = real[numbers % len(real)]
        moved = numbers >= len(real)
        # The noise has the shape of the texts' own differences, not of a ball: else it would point where no text is.
        others = (
            real[random.integers(len(real), size=len(numbers))] - real[random.integers(len(real), size=len(numbers))]
        )
        others -= np.sum(others * rows, axis=1, keepdims=True) * rows
        rows = np.where(moved[:, None], rows + spread * unit_rows(others), rows)
        yield numbers * ROOM, unit_rows(rows)


def vectors(counts: list[int], real: np.ndarray, embedder: Embedder, cache: Path) -> None:
    """Print a row for each count."""
    asked = embedder.encode_queries(plain_questions()[:QUESTIONS])
    print(f"{len(real)} vectors of real text, moved to cosine {LIKENESS}; {len(asked)} questions")
    print(
        "   vectors   build s  of that processor s  disk MB  resident MB   p50 ms  p95 ms  filtered p95 ms  recall@10  filtered recall@10"
    )
    for count in counts:
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            started, worked = time.perf_counter(), time.process_time()
            index = cells.build(made(real, count), embedder.dimension, Path(folder) / "cells")
            spent, worked = time.perf_counter() - started, time.process_time() - worked
            disk = sum(path.stat().st_size for path in Path(folder).iterdir())
            allowed = np.flatnonzero(np.random.default_rng(3).random(count) < FILTERED)
            chosen = Allowed(allowed, np.empty(0, dtype=np.int64), ROOM)
            exact, exact_filtered = exact_nearest(real, count, asked, allowed)
            times, recall = timed_recall(index, asked, exact, None)
            filtered_times, filtered_recall = timed_recall(index, asked, exact_filtered, chosen)
            print(
                f"{count:10,} {spent:9.1f} {worked:20.1f} {disk / 1e6:8.0f} {resident() / 1e6:12.0f} {np.percentile(times, 50):8.1f} "
                f"{np.percentile(times, 95):7.1f} {np.percentile(filtered_times, 95):16.1f} {recall:10.3f} "
                f"{filtered_recall:19.3f}",
                flush=True,
            )


def exact_nearest(
    real: np.ndarray, count: int, asked: np.ndarray, allowed: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Keys of the ten nearest of each question by exact search in 32 bits: among all, and among the allowed."""
    results = []
    for only in (None, allowed):
        keys = np.empty((len(asked), 0), dtype=np.int64)
        scores = np.empty((len(asked), 0), dtype=np.float32)
        for some, rows in made(real, count):
            if only is not None:
                kept = np.isin(some // ROOM, only)
                some, rows = some[kept], rows[kept]
            keys = np.concatenate([keys, np.broadcast_to(some, (len(asked), len(some)))], axis=1)
            scores = np.concatenate([scores, asked @ rows.T], axis=1)
            best = np.argpartition(-scores, min(10, scores.shape[1] - 1), axis=1)[:, :10]
            keys, scores = np.take_along_axis(keys, best, axis=1), np.take_along_axis(scores, best, axis=1)
        results.append(list(keys))
    return results[0], results[1]


def timed_recall(
    index: Any, asked: np.ndarray, exact: list[np.ndarray], allowed: Allowed | None
) -> tuple[list[float], float]:
    """Milliseconds of each search and the share of the ten nearest that were found."""
    times, shares = [], []
    for question, wanted in zip(asked, exact, strict=True):
        started = time.perf_counter()
        found, _ = index.nearest(question.reshape(1, -1), 10, allowed)
        times.append(1000 * (time.perf_counter() - started))
        shares.append(len(set(found.tolist()) & set(wanted.tolist())) / 10)
    return times, float(np.mean(shares))


def resident() -> int:
    """Bytes of this process in memory just now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
