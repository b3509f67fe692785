"""The head of the English encoder learns from English; where there is too little of it, from all."""

from dataclasses import replace

import numpy as np

from evidence.head_fitting import fit_heads
from evidence.heads import Encoders
from evidence.training_set import prepare
from tests.unit.evidence.small_model import QUICK, LetterEncoder, documents


class OtherEncoder(LetterEncoder):
    name = "other letters"


def quiet(line: str) -> None:
    pass


def foreign(document, mode: str):
    """The same paper in a language that the English encoder does not read, with a mode that its letters would not tell."""
    drafts = tuple(replace(draft, language="vi") for draft in document.drafts)
    return replace(document, id=document.id + "-vi", drafts=drafts, modes=(mode,) * len(drafts))


def english_head(documents):
    encoders = Encoders(LetterEncoder(), OtherEncoder())
    heads, _ = fit_heads(prepare(documents, encoders, quiet), QUICK)
    return heads["mode"][LetterEncoder.name]


def test_foreign_passages_move_the_head_of_the_other_encoder_alone():
    plain = documents()
    mixed = plain + [foreign(document, "claim") for document in plain]
    assert np.allclose(english_head(plain).weights, english_head(mixed).weights, atol=1e-4)


def test_a_house_without_english_papers_still_gets_a_head():
    kinds = ("record", "prescription", "template")
    papers = [foreign(document, kinds[n % 3]) for n, document in enumerate(documents())]
    assert np.isfinite(english_head(papers).weights).all()
    assert np.abs(english_head(papers).weights).max() > 0
