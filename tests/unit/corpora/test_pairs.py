"""Questions and gists that the search across languages learns from."""

from collections import Counter

import numpy as np
import pytest

from corpora.alignment import learn
from corpora.authored import load_corpus
from corpora.pairs import COLUMNS, QUESTIONS, digest, learnt_from, load_pairs, texts
from indexes.embedder import unit_rows


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def test_each_pair_names_a_passage_that_is_there(corpus):
    pairs, slips = load_pairs(corpus)
    assert not slips
    spoken = Counter(pair.language for pair in pairs)
    assert all(spoken[language] > 1_000 for language in ("vi", "zh", "th", "id", "ko", "tr", "en"))


def test_nothing_is_learnt_from_whom_questions_are_asked_about(corpus):
    learnt = {supplier.id for supplier in learnt_from(corpus)}
    assert not learnt & {path.stem for path in QUESTIONS.glob("*.tsv")}
    assert not learnt & {supplier.id for supplier in corpus if supplier.split == "test"}


def test_wrong_lines_are_named(tmp_path, corpus):
    document = learnt_from(corpus)[0].documents[0]
    key = digest(texts(document)[0])
    lines = [
        "\t".join(COLUMNS),
        f"{document.id}\t{key}\twhat is it\t\t",
        f"{document.id}\t{key}\t\t\t",
        f"{document.id}\tffffffffffff\tgone\t\t",
        f"nobody/nothing\t{key}\twho\t\t",
    ]
    (tmp_path / "en.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    pairs, slips = load_pairs(corpus, tmp_path)
    assert [pair.asked for pair in pairs] == ["what is it"]
    assert [slip.split(":")[1] for slip in slips] == ["3", "4", "5"]


def test_a_turn_between_questions_and_passages_is_learnt():
    draw = np.random.default_rng(3)
    passages = unit_rows(draw.standard_normal((1_500, 16)).astype(np.float32))
    turn = np.linalg.qr(draw.standard_normal((16, 16)))[0].astype(np.float32)
    turned = np.eye(16, dtype=np.float32) + 0.8 * turn
    questions = unit_rows(np.repeat(passages[:1_000], 4, axis=0) @ turned)
    found = learn(questions, passages, [row // 4 for row in range(4_000)])

    def right(asked, kept):
        return np.mean(np.argmax(asked @ kept.T, axis=1) == np.arange(4_000) // 4)

    aligned = unit_rows(questions @ found["map_question"] + found["shift_question"])
    kept = unit_rows(passages @ found["map_passage"] + found["shift_passage"])
    assert right(aligned, kept) > right(questions, passages) + 0.3
