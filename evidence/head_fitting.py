"""The linear heads of a training set, and what they say of suppliers they never saw."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from evidence.figures import Labels
from evidence.fitting import fit_head
from evidence.heads import LinearHead, Matrix
from evidence.model import CRITERIA, KINDS, MODES
from evidence.training_set import Prepared, Settings, folds_of


def fit_heads(
    corpus: Prepared, settings: Settings = Settings()
) -> tuple[dict[str, dict[str, LinearHead]], dict[str, Any]]:
    """Fit each head on all documents, and its out-of-fold logits for the stages above."""
    folds = folds_of(corpus, settings)
    passage_kinds = corpus.kinds[corpus.owner]
    targets = (
        ("mode", corpus.modes, len(MODES)),
        ("criteria", corpus.criteria, len(CRITERIA)),
        ("kind", passage_kinds, len(KINDS)),
    )
    heads: dict[str, dict[str, LinearHead]] = {"name": {}}
    logits: dict[str, Any] = {}
    english = next(iter(corpus.vectors))
    for encoder, vectors in corpus.vectors.items():
        # Heads learn from each text once; pieces of another size bring them nothing but time.
        known = ~np.isnan(vectors[:, 0]) & ~np.array([corpus.documents[i].again for i in corpus.owner])
        if encoder == english:
            known = _of_its_language(corpus, encoder, known, folds)
        for prefix, table in (("", vectors), ("placed_", np.hstack([vectors, corpus.places]))):
            for name, target, width in targets:
                found = np.zeros((len(table), width), np.float32)
                for learn, judge in folds:
                    learn = learn[known[learn]]
                    found[judge] = fit_head(table[learn], target[learn], width, settings).logits(table[judge])
                heads.setdefault(prefix + name, {})[encoder] = fit_head(table[known], target[known], width, settings)
                logits.setdefault(prefix + name, {})[encoder] = found
    groups = np.array([d.group for d in corpus.documents])
    named = np.zeros((len(corpus.documents), len(KINDS)), np.float32)
    for learn, judge in GroupKFold(settings.folds, shuffle=True, random_state=settings.seed).split(
        corpus.names, groups=groups
    ):
        named[judge] = fit_head(corpus.names[learn], corpus.kinds[learn], len(KINDS), settings).logits(
            corpus.names[judge]
        )
    heads["name"][english] = fit_head(corpus.names, corpus.kinds, len(KINDS), settings)
    logits["name"] = named
    return heads, logits


def _of_its_language(corpus: Prepared, encoder: str, known: Labels, folds: Sequence[tuple[Labels, Labels]]) -> Labels:
    """The passages (a mask) that the head of the English encoder learns from: it has no word of other languages, and what it
    learnt from them harmed it (docs/decisions/0026). All of them where few are English, as in the labels of a small house."""
    own = known & np.array([name == encoder for name in corpus.native])
    kinds = corpus.kinds[corpus.owner]
    learnt = [learn[own[learn]] for learn, _ in folds]
    enough = all(len(set(target[rows])) > 1 for rows in learnt for target in (corpus.modes, kinds))
    return own if enough else known


def native(corpus: Prepared, logits: dict[str, Matrix]) -> Matrix:
    """For each passage the logits of the encoder that its language uses when documents are judged."""
    width = next(iter(logits.values())).shape[1]
    found = np.zeros((len(corpus.drafts), width), np.float32)
    for encoder, values in logits.items():
        chosen = [i for i, name in enumerate(corpus.native) if name == encoder]
        found[chosen] = values[chosen]
    return found
