"""How search grows: vectors alone up to millions, and the whole way through the API with a filter.

    python -m benchmarks.search_scale vectors [--counts 10000 100000 1000000] [--model multilingual] [--likeness 0.8]
    python -m benchmarks.search_scale api [--count 100000] [--keep FOLDER]

The vectors are those of real text: passages of our corpus, and the windows of SciFact's abstracts where the set is beside
the repository, embedded by a shipped model and laid out as the index compares them. To make a million of them, each new one
is a text's vector moved by noise until its cosine with the text is `--likeness`: 0.8, nearer than a text's nearest among
some thousand (0.56 in the middle by the English model, 0.44 by the multilingual one), as in a workspace full of versions of
the same papers. The less alike, the more a million of them is a fog in which nothing is near, and the harder it is to find
the nearest. The questions are those of `corpora/questions`, embedded as the service embeds them.

`vectors` prints for each count the time to build the codes from stored vectors (on the clock, and of the processor, which
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
from indexes import codes
from indexes.allowed import Allowed
from indexes.dense import ROOM
from indexes.embedder import Embedder, load_embedder, unit_rows
from indexes.legs import aligned
from indexes.tongues import tongue_of

# Cosine of a made vector with the text it comes from, unless another is asked for.
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
    parser.add_argument("--model", choices=("minilm", "multilingual"), default="minilm")
    parser.add_argument("--likeness", type=float, default=LIKENESS, help="cosine of a made vector with its text")
    parser.add_argument("--texts", type=int, default=20_000, help="texts at hand that are embedded at most")
    options = parser.parse_args()
    if options.part == "vectors":
        embedder = load_embedder(options.model, options.cache / "embedder")
        real = real_vectors(embedder, options.cache, options.texts)
        compared = aligned(embedder, real, ["en"] * len(real))
        vectors(options.counts, compared, options.likeness, embedder, options.cache)
    else:
        from benchmarks.search_api import measure

        models = [load_embedder(name, options.cache / "embedder") for name in ("minilm", "multilingual")]
        of_models = {model.name: real_vectors(model, options.cache, options.texts) for model in models}
        with tempfile.TemporaryDirectory() as folder:
            measure(options.keep or Path(folder), options.count, of_models)


def real_vectors(embedder: Embedder, cache: Path, most: int) -> np.ndarray:
    """Vectors of the texts at hand, n x d."""
    texts = own_passages(most)
    found = KeptVectors(embedder, cache / "bench" / "vectors").encode(texts)  # type: ignore[arg-type]
    if SCIFACT.is_dir() and len(texts) < most:
        _, cut = document_vectors(embedder, read_scifact("train"), cache / "bench")
        found = np.concatenate([found, *cut])
    return np.unique(found, axis=0).astype(np.float32)


def made(real: np.ndarray, count: int, likeness: float = LIKENESS) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Batches of (keys, vectors): the real ones first, then moved copies of them."""
    random = np.random.default_rng(7)
    spread = float(np.sqrt(1 / likeness**2 - 1))
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


def vectors(counts: list[int], real: np.ndarray, likeness: float, embedder: Embedder, cache: Path) -> None:
    """Print a row for each count."""
    questions = plain_questions()[:QUESTIONS]
    asked = aligned(
        embedder, embedder.encode_queries(questions), [tongue_of(text) for text in questions], questions=True
    )
    print(f"{len(real)} vectors of real text by {embedder.name}, moved to cosine {likeness}; {len(asked)} questions")
    print(
        "   vectors   build s  of that processor s  disk MB  resident MB   p50 ms  p95 ms  filtered p95 ms  recall@10  filtered recall@10"
    )
    for count in counts:
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            started, worked = time.perf_counter(), time.process_time()
            index = codes.build(made(real, count, likeness), embedder.dimension, Path(folder) / "codes")
            spent, worked = time.perf_counter() - started, time.process_time() - worked
            disk = sum(path.stat().st_size for path in Path(folder).iterdir())
            allowed = np.flatnonzero(np.random.default_rng(3).random(count) < FILTERED)
            chosen = Allowed(allowed, np.empty(0, dtype=np.int64), ROOM)
            exact, exact_filtered = exact_nearest(made(real, count, likeness), asked, allowed)
            times, recall = timed_recall(index, asked, exact, None)
            filtered_times, filtered_recall = timed_recall(index, asked, exact_filtered, chosen)
            print(
                f"{count:10,} {spent:9.1f} {worked:20.1f} {disk / 1e6:8.0f} {resident() / 1e6:12.0f} {np.percentile(times, 50):8.1f} "
                f"{np.percentile(times, 95):7.1f} {np.percentile(filtered_times, 95):16.1f} {recall:10.3f} "
                f"{filtered_recall:19.3f}",
                flush=True,
            )


def exact_nearest(
    batches: Iterator[tuple[np.ndarray, np.ndarray]], asked: np.ndarray, allowed: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Keys of the ten nearest of each question by exact search in 32 bits: among all, and among the allowed."""
    keys = [np.empty((len(asked), 0), dtype=np.int64)] * 2
    scores = [np.empty((len(asked), 0), dtype=np.float32)] * 2
    for some, rows in batches:
        cosines, kept = asked @ rows.T, np.isin(some // ROOM, allowed)
        for place, passing in enumerate((slice(None), kept)):
            among = np.broadcast_to(some[passing], (len(asked), len(some[passing])))
            both = np.concatenate([keys[place], among], axis=1)
            near = np.concatenate([scores[place], cosines[:, passing]], axis=1)
            best = np.argpartition(-near, min(10, near.shape[1] - 1), axis=1)[:, :10]
            keys[place], scores[place] = np.take_along_axis(both, best, axis=1), np.take_along_axis(near, best, axis=1)
    return list(keys[0]), list(keys[1])


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
