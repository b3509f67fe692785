"""How well and how quickly search finds, each figure with its peer measured in the same run.

    python -m benchmarks.search [--only scifact|throughput|own|unseen|real] [--threads 1] [--cache .cache]

`scifact`: nDCG@10 on SciFact (BEIR form, 5,183 abstracts, 300 test claims). The legs as they were published (BM25 0.679,
all-MiniLM-L6-v2 0.645, the two by reciprocal rank 0.714), then the shipped index, which cuts the abstracts into windows.
Weights were taken from the training half (`--half train` shows it); the test half was seen while that was done.

`own`: the questions of `corpora/questions` over our own suppliers; `unseen`: others of ours over bundles that nothing was
chosen on; `real`: questions of others over their documents (see
`benchmarks.search_own`).

`throughput`: passages a second of processor time of the shipped embedder and of plain sentence-transformers in float32,
in turns.
"""

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2
from pathlib import Path

import numpy as np

from benchmarks.search_own import TERMS, own, real, unseen
from corpora.authored import load_corpus
from corpora.vectors import KeptVectors
from indexes.analysis import analyse
from indexes.embedder import Embedder, load_embedder
from indexes.fusion import best_first, by_rank
from indexes.generation import Vector
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem
from indexes.lexical import LexicalIndex
from indexes.minilm import MiniLmEmbedder, model_folder
from indexes.question import ask
from indexes.small_words import STOP_WORDS
from indexes.terms import load_termbase
from indexes.windows import encode_windows, window_characters

SCIFACT = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "retrieval" / "scifact"
# The parameters of BM25 with which BEIR published its figure.
PUBLISHED_K1, PUBLISHED_B = 0.9, 0.4
# Depth to which rankings are fused: BEIR's own.
FUSED_DEPTH = 100
# Abstracts whose vectors are written to disk at once.
KEPT_AT_ONCE = 500
# Passages the throughput is measured on.
PASSAGES = 1_000
# Times each way embeds them.
ROUNDS = 3


@dataclass(frozen=True)
class SciFact:
    """Documents (title, text), claims, and which documents are relevant to which claim; all by row number."""

    documents: list[tuple[str, str]]
    claims: list[str]
    relevant: list[dict[int, int]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", choices=("scifact", "throughput", "own", "unseen", "real"))
    parser.add_argument("--half", choices=("test", "train"), default="test", help="claims of SciFact")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where models and vectors are kept")
    options = parser.parse_args()
    if options.only in (None, "throughput"):
        throughput(options.cache / "embedder", options.threads)
    if options.only in (None, "own"):
        own(options.cache, options.threads)
    if options.only in (None, "unseen"):
        unseen(options.cache, options.threads)
    if options.only in (None, "real"):
        real(options.cache, options.threads)
    if options.only in (None, "scifact"):
        scifact(options.half, options.cache, options.threads)


def scifact(half: str, cache: Path, threads: int) -> None:
    """nDCG@10 of the legs and of the shipped index."""
    if not SCIFACT.is_dir():
        print("scifact skipped: the data set is not beside the repository (shared/bench/retrieval/scifact)")
        return
    data = read_scifact(half)
    embedder = load_embedder("minilm", cache / "embedder", threads)
    others = load_embedder("multilingual", cache / "embedder", threads)
    whole, cut = document_vectors(embedder, data, cache / "bench")
    _, cut_twice = document_vectors(others, data, cache / "bench")
    asked = embedder.encode_queries(data.claims)

    words = bm25(data)
    meaning = [list(np.argsort(-(whole @ vector), kind="stable")[:FUSED_DEPTH].tolist()) for vector in asked]
    both = [
        [number for number, _ in best_first(by_rank({"words": one, "meaning": other}))]
        for one, other in zip(words, meaning, strict=True)
    ]
    index = HybridIndex(None, embedder, others, termbase=load_termbase(TERMS))
    index.upsert(
        [
            IndexItem(
                row, text, "en", title, (Vector(embedder.name, cut[row]), Vector(others.name, cut_twice[row])), str(row)
            )
            for row, (title, text) in enumerate(data.documents)
        ]
    )
    started = time.perf_counter()
    shipped = [[hit.id for hit in index.search(claim, limit=10)] for claim in data.claims]
    spent = 1000 * (time.perf_counter() - started) / len(shipped)
    lexicon = LexicalIndex()
    lexicon.upsert((row, title, text) for row, (title, text) in enumerate(data.documents))
    lexical = [[hit.id for hit in lexicon.search(ask(claim), 10)] for claim in data.claims]

    print(f"SciFact, {half} half, {len(data.claims)} claims: nDCG@10")
    for name, rankings in (
        ("BM25 as published (k1 0.9, b 0.4), published 0.679", words),
        ("MiniLM, one vector an abstract, published 0.645", meaning),
        ("reciprocal rank fusion of these, published 0.714", both),
        ("shipped words leg (tantivy)", lexical),
        ("shipped index", shipped),
    ):
        print(f"  {name:52} {ndcg(rankings, data.relevant):.4f}")
    print(f"  {spent:.1f} ms a claim in this process")
    print(f"scifact ndcg@10 {ndcg(shipped, data.relevant):.3f}")


def read_scifact(half: str) -> SciFact:
    """The data set as numbers; only claims of the half asked for."""
    documents = [json.loads(line) for line in (SCIFACT / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = {document["_id"]: row for row, document in enumerate(documents)}
    claims = {}
    for line in (SCIFACT / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        claims[claim["_id"]] = claim["text"]
    relevant: dict[str, dict[int, int]] = {}
    for line in (SCIFACT / "qrels" / f"{half}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        claim_id, document_id, grade = line.split("\t")
        relevant.setdefault(claim_id, {})[rows[document_id]] = int(grade)
    return SciFact(
        [(document["title"], document["text"]) for document in documents],
        [claims[number] for number in relevant],
        list(relevant.values()),
    )


def document_vectors(embedder: Embedder, data: SciFact, cache: Path) -> tuple[np.ndarray, list[np.ndarray]]:
    """One vector an abstract, and the vectors of its windows as the index takes them; kept between runs."""
    content = "\x00".join(f"{title}\x01{text}" for title, text in data.documents)
    limit = window_characters(embedder)
    key = hashlib.sha256(f"{embedder.name}\x00{limit}\x00{content}".encode()).hexdigest()[:16]
    kept = cache / f"scifact-{key}.npz"
    if kept.is_file():
        with np.load(kept) as found:
            return found["whole"], np.split(found["cut"], np.cumsum(found["counts"])[:-1])
    titles, texts = [title for title, _ in data.documents], [text for _, text in data.documents]
    vectors = KeptVectors(embedder, cache / "scifact")  # type: ignore[arg-type]
    for start in range(0, len(texts), KEPT_AT_ONCE):  # minutes of work, so what is done is kept
        vectors.encode([f"{title} {text}" for title, text in data.documents[start : start + KEPT_AT_ONCE]])
        encode_windows(vectors, titles[start : start + KEPT_AT_ONCE], texts[start : start + KEPT_AT_ONCE], limit)  # type: ignore[arg-type]
    whole = vectors.encode([f"{title} {text}" for title, text in data.documents])
    cut = encode_windows(vectors, titles, texts, limit)  # type: ignore[arg-type]
    np.savez(kept, whole=whole, cut=np.concatenate(cut), counts=np.array([len(rows) for rows in cut]))
    return whole, cut


def bm25(data: SciFact) -> list[list[int]]:
    """Rankings by the BM25 of BEIR's published figure (Lucene's formula) over the stems of title and text together."""
    stems = [analyse(f"{title} {text}").stems for title, text in data.documents]
    lengths = np.array([len(found) for found in stems], dtype=np.float64)
    norm = PUBLISHED_K1 * (1 - PUBLISHED_B + PUBLISHED_B * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = {}
    for row, found in enumerate(stems):
        for stem, count in Counter(found).items():
            postings.setdefault(stem, []).append((row, count))
    rankings = []
    for claim in data.claims:
        scores = np.zeros(len(stems))
        analysis = analyse(claim)
        for word, stem in zip(analysis.words, analysis.stems, strict=True):
            if word in STOP_WORDS or stem not in postings:
                continue
            rows = np.array([row for row, _ in postings[stem]])
            counts = np.array([count for _, count in postings[stem]], dtype=np.float64)
            rarity = log(1 + (len(stems) - len(rows) + 0.5) / (len(rows) + 0.5))
            scores[rows] += rarity * counts / (counts + norm[rows])
        order = np.argsort(-scores, kind="stable")[:FUSED_DEPTH]
        rankings.append([int(row) for row in order if scores[row] > 0])
    return rankings


def ndcg(rankings: Sequence[Sequence[int]], relevant: Sequence[Mapping[int, int]], depth: int = 10) -> float:
    """Mean normalised discounted cumulative gain, as trec_eval computes it (gain = grade)."""

    def gain(grades: Sequence[int]) -> float:
        return sum(grade / log2(place + 2) for place, grade in enumerate(grades[:depth]))

    return float(
        np.mean(
            [
                gain([grades.get(number, 0) for number in ranking]) / gain(sorted(grades.values(), reverse=True))
                for ranking, grades in zip(rankings, relevant, strict=True)
            ]
        )
    )


def throughput(cache: Path, threads: int) -> None:
    """Passages a second of both runtimes on the same passages of our own corpus, and their agreement."""
    texts = own_passages(PASSAGES)
    ours = MiniLmEmbedder(cache, threads=threads)
    ours.encode(texts[:50])

    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.set_num_threads(threads)
    plain = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)

    def encode(lines: Sequence[str]) -> np.ndarray:
        return np.asarray(plain.encode(list(lines), batch_size=32, show_progress_bar=False, normalize_embeddings=True))

    encode(texts[:50])
    (ours_speed, ours_rows), (plain_speed, plain_rows) = in_turns((ours.encode, encode), texts)
    cosine = float(np.min(np.sum(ours_rows * plain_rows, axis=1)))
    print(f"embedding {len(texts)} passages of our corpus, {threads} thread(s), passages a second of processor time")
    print(f"  sentence-transformers, float32     {plain_speed:7.1f} passages/s")
    print(f"  shipped ({ours.runtime})                 {ours_speed:7.1f} passages/s, least cosine {cosine:.5f}")
    print(f"throughput ratio {ours_speed / plain_speed:.2f}")


def own_passages(count: int) -> list[str]:
    """Passages of 60 to 500 characters, the size the product cuts, from the authored documents."""
    found = [
        text
        for supplier in load_corpus()
        for document in supplier.documents
        if document.language == "en"
        for block in document.blocks()
        for text, _ in block.labelled_texts()
        if 60 <= len(text) <= 500
    ]
    return found[:count]


def in_turns(
    ways: Sequence[Callable[[Sequence[str]], np.ndarray]], texts: Sequence[str]
) -> list[tuple[float, np.ndarray]]:
    """Of each way the texts a second of processor time (the best of its runs) and the rows; the ways take turns, so that
    other work on the machine slows all of them or none."""
    best: list[tuple[float, np.ndarray]] = [(0.0, np.empty(0)) for _ in ways]
    for _ in range(ROUNDS):
        for number, encode in enumerate(ways):
            started = time.process_time()
            rows = encode(texts)
            best[number] = max(best[number][0], len(texts) / (time.process_time() - started)), rows
    return best


if __name__ == "__main__":
    main()
