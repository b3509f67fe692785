"""Our own questions over our own suppliers, and questions of others over their files: how well search answers them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.passages import BenchPassage, as_items, authored, files
from benchmarks.search_questions import (
    FIRST_HITS,
    Asked,
    gain,
    holds,
    read_own,
    read_tsv,
    same_passage,
    words_of,
)
from corpora.authored import load_corpus
from corpora.vectors import KeptVectors
from indexes.embedder import Embedder, load_embedder
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem
from indexes.terms import load_termbase

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "corpora" / "questions"
FLAGS = ROOT / "corpora" / "flags"
# The sets of bundles that the questions of `corpora/questions/unseen` are about.
UNSEEN = ("tenth", "eleventh", "twelfth")
TERMS = ROOT / "corpora" / "termbase" / "quality.toml"
SHARED = ROOT.parent / "shared" / "real"
# Depth of the recall.
RECALL_DEPTH = 20

Grades = Mapping[str, Mapping[int, int]]
Run = Mapping[str, Sequence[int]]


def own(cache: Path, threads: int) -> None:
    """nDCG@10, recall@20, full answers among the first ten, and unanswerable questions refused."""
    corpus = load_corpus()
    asked = read_own(QUESTIONS, {(s.id, d.source.stem): d.file for s in corpus for d in s.documents})
    suppliers = {question.source for question in asked}
    passages = authored([s for s in corpus if s.id in suppliers], cache / "dataset")
    grades = graded_by_anchor(asked, passages)
    print(f"our own questions: {len(asked)} over {len(passages)} passages of {len(suppliers) - 1} suppliers")
    print_all(asked, grades, searched(asked, passages, cache, threads))


def unseen(cache: Path, threads: int) -> None:
    """The same for questions over bundles that neither the weights nor the alignment of languages were chosen on: those of the
    last sets of red flags. Floors were lowered after a first run, in which too many answerable ones were refused."""
    suppliers = [supplier for name in UNSEEN for supplier in load_corpus(FLAGS / name)]
    passages = authored(suppliers, cache / "unseen")
    rows = read_own(QUESTIONS / "unseen", {(s.id, d.source.stem): d.file for s in suppliers for d in s.documents})
    by_row = graded_by_anchor(rows, passages)
    # A question that several bundles answer stands in the file of each.
    asked: dict[str, Asked] = {}
    grades: dict[str, dict[int, int]] = {}
    for question in rows:
        first = asked.setdefault(question.text, question)
        grades.setdefault(first.id, {}).update(by_row[question.id])
    listed = list(asked.values())
    print(f"questions over unseen bundles: {len(listed)} over {len(passages)} passages of {len(suppliers)} suppliers")
    print_all(listed, grades, searched(listed, passages, cache, threads))


def real(cache: Path, threads: int) -> None:
    """Full answers among the first ten for questions that others asked about documents that others wrote."""
    if not SHARED.is_dir():
        print("real skipped: the documents are not beside the repository (shared/real)")
        return
    asked = read_tsv(SHARED / "questions.tsv", SHARED / "passages.jsonl", SHARED / "documents.tsv")
    passages = files(SHARED / "files", cache / "bench" / "real")
    known = [q for q in asked if any(answer.words and answer.grade >= 2 for answer in q.answers)]
    runs = searched(asked, passages, cache, threads)
    print(
        f"real questions: {len(asked)} over {len(passages)} passages; by passage, the {len(known)} whose full answer is "
        "among the labelled passages at hand"
    )
    print_all(known, graded_by_words(known, passages), runs)
    print(f"by document only, all {len(asked)}: a passage of a document with a full answer, an easier thing")
    print_all(asked, graded_by_document(asked, passages), runs)


def graded_by_anchor(asked: Sequence[Asked], passages: Sequence[BenchPassage]) -> dict[str, dict[int, int]]:
    """Grades of passages by question: a passage that holds the words of an answer."""
    words = [words_of(passage.text) for passage in passages]
    by_file: dict[tuple[str, str], list[int]] = {}
    for row, passage in enumerate(passages):
        by_file.setdefault((passage.source, passage.document), []).append(row)
    found: dict[str, dict[int, int]] = {}
    for question in asked:
        own_grades = found.setdefault(question.id, {})
        for answer in question.answers:
            anchor = words_of(answer.words)
            for row in by_file.get((question.source, answer.document), ()):
                if holds(words[row], anchor):
                    own_grades[row] = max(answer.grade, own_grades.get(row, 0))
    return found


def graded_by_words(asked: Sequence[Asked], passages: Sequence[BenchPassage]) -> dict[str, dict[int, int]]:
    """Grades of passages by question: a passage that shares most of its words with a labelled one."""
    words = [words_of(passage.text) for passage in passages]
    found: dict[str, dict[int, int]] = {}
    for question in asked:
        own_grades = found.setdefault(question.id, {})
        for answer in question.answers:
            labelled = words_of(answer.words)
            for row, passage in enumerate(passages):
                if passage.document == answer.document and same_passage(words[row], labelled):
                    own_grades[row] = max(answer.grade, own_grades.get(row, 0))
    return found


def graded_by_document(asked: Sequence[Asked], passages: Sequence[BenchPassage]) -> dict[str, dict[int, int]]:
    """Grades of passages by question: any passage of a document that holds an answer."""
    return {
        question.id: {
            row: max(answer.grade for answer in question.answers if answer.document == passage.document)
            for row, passage in enumerate(passages)
            if any(answer.document == passage.document for answer in question.answers)
        }
        for question in asked
    }


def searched(asked: Sequence[Asked], passages: Sequence[BenchPassage], cache: Path, threads: int) -> dict[str, Run]:
    """The finds of the shipped index and of plain ways, by the name of the way."""
    english = load_embedder("minilm", cache / "embedder", threads)
    others = load_embedder("multilingual", cache / "embedder", threads)
    items = as_items(passages, english, others, cache / "bench" / "vectors")
    index = HybridIndex(None, english, others, termbase=load_termbase(TERMS))
    index.upsert(items)
    shipped = {question.id: [hit.id for hit in index.search(question.text, limit=RECALL_DEPTH)] for question in asked}
    return {
        "TF-IDF of words": tfidf(asked, passages),
        "MiniLM of each passage": nearest(asked, items, english, cache / "bench" / "vectors"),
        "shipped index": shipped,
    }


def print_all(asked: Sequence[Asked], grades: Grades, runs: Mapping[str, Run]) -> None:
    """A line for each way."""
    for name, run in runs.items():
        print_scores(name, asked, grades, run)


def tfidf(asked: Sequence[Asked], passages: Sequence[BenchPassage]) -> Run:
    """The plain way by words."""
    model = TfidfVectorizer(sublinear_tf=True)
    rows = model.fit_transform([passage.text for passage in passages])
    scores = (model.transform([question.text for question in asked]) @ rows.T).toarray()
    return {
        question.id: [int(row) for row in np.argsort(-scores[place], kind="stable")[:RECALL_DEPTH]]
        for place, question in enumerate(asked)
    }


def nearest(asked: Sequence[Asked], items: Sequence[IndexItem], english: Embedder, cache: Path) -> Run:
    """The plain way by meaning: one English model for everything."""
    rows = KeptVectors(english, cache).encode([item.text for item in items])  # type: ignore[arg-type]
    scores = english.encode_queries([question.text for question in asked]) @ rows.T
    return {
        question.id: [int(row) for row in np.argsort(-scores[place], kind="stable")[:RECALL_DEPTH]]
        for place, question in enumerate(asked)
    }


def print_scores(name: str, asked: Sequence[Asked], grades: Grades, run: Run) -> None:
    """One line: full answers among the first ten by kind, nDCG@10, recall@20, refused."""
    parts = []
    for kind in ("meaning", "identifier", "cross-language"):
        some = [question for question in asked if question.kind == kind]
        full = sum(any(grades[q.id].get(row, 0) >= 2 for row in run[q.id][:FIRST_HITS]) for q in some)
        if some:
            parts.append(f"{kind} {full}/{len(some)}")
    answerable = [question for question in asked if question.kind != "none"]
    gains = [
        gain([grades[q.id].get(row, 0) for row in run[q.id]], FIRST_HITS)
        / (gain(sorted(grades[q.id].values(), reverse=True), FIRST_HITS) or 1.0)
        for q in answerable
    ]
    recalls = [
        len({row for row, grade in grades[q.id].items() if grade >= 2} & set(run[q.id][:RECALL_DEPTH]))
        / max(1, sum(grade >= 2 for grade in grades[q.id].values()))
        for q in answerable
    ]
    parts += [f"nDCG@10 {np.mean(gains):.3f}", f"recall@20 {np.mean(recalls):.3f}"]
    none = [question for question in asked if question.kind == "none"]
    if none:
        parts.append(f"refused {sum(not run[q.id] for q in none)}/{len(none)}")
        parts.append(f"wrongly refused {sum(not run[q.id] for q in answerable)}/{len(answerable)}")
    print(f"  {name:24} {', '.join(parts)}", flush=True)
