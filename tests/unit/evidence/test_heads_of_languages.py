"""The head of the English encoder learns from English; where there is too little of it, from all."""

from dataclasses import replace

import numpy as np

from evidence.head_fitting import fit_heads, native
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


def test_the_english_encoder_is_not_asked_about_other_languages_where_english_is_plenty(monkeypatch):
    plain = documents()
    mixed = plain + [foreign(document, "claim") for document in plain]
    encoders = Encoders(LetterEncoder(), OtherEncoder())
    asked_all = prepare(mixed, encoders, quiet)
    monkeypatch.setattr("evidence.training_set.ENOUGH_PASSAGES", 1)
    monkeypatch.setattr("evidence.training_set.ENOUGH_SUPPLIERS", 1)
    spared = prepare(mixed, encoders, quiet)
    english = np.array([draft.language == "en" for draft in spared.drafts])
    known = ~np.isnan(spared.vectors[LetterEncoder.name][:, 0])
    assert (known == english).all()
    assert not np.isnan(asked_all.vectors[LetterEncoder.name]).any()
    whole, less = fit_heads(asked_all, QUICK)[1], fit_heads(spared, QUICK)[1]
    for name in ("mode", "criteria", "kind", "placed_mode", "placed_criteria", "placed_kind"):
        assert np.array_equal(native(asked_all, whole[name]), native(spared, less[name]))
