"""Who teaches the encoder, and that no answer about a supplier comes from an encoder that saw its papers."""

from dataclasses import replace

import numpy as np

from evidence.heads import Encoders
from evidence.lessons import teach
from evidence.taught import WIDTH
from evidence.training_set import Settings, prepare
from tests.unit.evidence.small_model import LetterEncoder, documents


class _Register:
    """A tuner whose weights are the names of the texts that it was taught on, and whose logits say whether a text is among them."""

    def __init__(self):
        self.taught = []

    def lesson(self, texts, say):
        self.texts = [text for _, text in texts]
        return self

    def teach(self, rounds, targets, exclusive, seed):
        self.taught.append({self.texts[row] for rows in rounds for row in rows})
        return {"seen": np.array(sorted(self.taught[-1]))}

    def ask(self, weights, rows):
        said = np.array([self.texts[row] in set(weights["seen"]) for row in rows], dtype=np.float32)
        return np.repeat(said[:, None], WIDTH, axis=1)


def _own_words(suppliers=6, held_back=("s4", "s5")):
    """Papers of which no two suppliers share a text."""
    found = []
    for document in documents(suppliers):
        drafts = tuple(replace(draft, text=f"{document.group} {draft.text}") for draft in document.drafts)
        found.append(replace(document, drafts=drafts, teaches_encoder=document.group not in held_back))
    return found


def _taught_by(papers):
    tuner = _Register()
    encoders = Encoders(LetterEncoder(), None, tuner)
    corpus = prepare(papers, encoders, lambda line: None)
    return tuner, corpus, teach(corpus, encoders, Settings(threads=1), lambda line: None)


def test_suppliers_of_heads_and_trees_alone_never_teach_the_encoder():
    tuner, _, lessons = _taught_by(_own_words())
    assert {text[:2] for taught in tuner.taught for text in taught} == {"s0", "s1", "s2", "s3"}
    assert {text[:2] for text in lessons.weights["seen"]} == {"s0", "s1", "s2", "s3"}


def test_every_answer_is_of_an_encoder_that_never_saw_the_supplier():
    for papers in (_own_words(), _own_words(held_back=())):
        _, corpus, lessons = _taught_by(papers)
        for said in (lessons.bare, lessons.placed):
            assert said.shape == (len(corpus.drafts), WIDTH)
            assert not np.isnan(said).any()
            assert not said.any()


def test_one_supplier_to_teach_leaves_the_encoder_as_published():
    tuner, _, lessons = _taught_by(_own_words(held_back=("s1", "s2", "s3", "s4", "s5")))
    assert not tuner.taught
    assert lessons.weights == {}
    assert np.isnan(lessons.placed).all()
