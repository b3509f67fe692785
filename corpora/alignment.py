"""How vectors of the multilingual model are laid over each other: ``python -m corpora.alignment`` learns it anew.

Writes ``indexes/data/e5-alignment.npz``: what all texts of a language have in common (`corpora.centres`), and one matrix with a
shift for questions and one for passages, learnt on `corpora/pairs` so that a question comes nearer to the passage it asks for
than to any other passage of the corpus, whatever languages the two are in. The model itself stays as published.

A linear map between the vectors of two languages follows Mikolov, Le and Sutskever, 2013 (https://arxiv.org/abs/1309.4168); that it
is learnt by telling the right answer from all others follows van den Oord, Li and Vinyals, 2018 (https://arxiv.org/abs/1807.03748).
Takes about half an hour the first time, nearly all of it for vectors, which are kept in `.cache`.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpora.authored import AuthoredSupplier, load_corpus
from corpora.centres import centres, passages, questions
from corpora.pairs import language, learnt_from, load_pairs, texts
from corpora.vectors import KeptVectors
from indexes.embedder import Embedder, load_embedder
from indexes.multilingual import ALIGNMENT, Alignment
from indexes.tongues import tongue_of

Array = npt.NDArray[Any]

CACHE = Path(".cache")
# Passages among which the right one is to be found, besides those of the pairs: half English, the rest shared out among the languages.
OTHERS = 20_000
# Of them in one round; each round takes others.
OTHERS_A_ROUND = 7_000
LENGTHS = (30, 450)
# Maps learnt from different beginnings, of which the mean is kept.
BEGINNINGS = 3
ROUNDS = 3
STEP = 128
RATE, DECAY, DROPOUT, WARM_UP = 1e-3, 0.1, 0.2, 0.1
# A cosine of 0.05 more makes a passage e times likelier to be the answer.
TEMPERATURE = 0.05
# Passages this near to the right one are no wrong answers: twins of a form, the same row in two papers.
NO_RIVAL = 0.9


class Questions:
    """The side for questions of a model, as `KeptVectors` takes it."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.name, self.dimension = f"{model.name} questions", model.dimension

    def encode(self, texts: Sequence[str]) -> Array:
        """float32, n x dimension."""
        return self._model.encode_queries(texts)


def main() -> int:
    """Learn and write; 1 where a pair is wrong."""
    corpus = load_corpus()
    pairs, slips = load_pairs(corpus)
    print("\n".join(slips) or f"{len(pairs)} pairs")
    model = load_embedder("multilingual", CACHE / "embedder", 2)
    common = centres(passages(), questions(), model)
    others = rivals(learnt_from(corpus), OTHERS)
    unlike = dict(others) | {pair.text: pair.language for pair in pairs}
    row = {text: place for place, text in enumerate(unlike)}
    centred = Alignment(common)
    learnt = learn(
        centred.of(kept_rows(KeptVectors(Questions(model), CACHE / "alignment"), [p.asked for p in pairs]),
                   [tongue_of(p.asked) for p in pairs], questions=True),
        centred.of(kept_rows(KeptVectors(model, CACHE / "alignment"), list(unlike)), list(unlike.values())),
        [row[pair.text] for pair in pairs],
    )  # fmt: skip
    arrays = {name: found.astype(np.float16) for name, found in sorted([*common.items(), *learnt.items()])}
    np.savez_compressed(ALIGNMENT, **arrays)
    print(f"{ALIGNMENT.name}: {len(common)} centres, {', '.join(learnt)}")
    return 1 if slips else 0


def kept_rows(model: KeptVectors, wanted: Sequence[str]) -> Array:
    """Vectors of texts, some thousand at a time so that a stop loses little."""
    portions = [model.encode(wanted[start : start + 4_000]) for start in range(0, len(wanted), 4_000)]
    return np.concatenate(portions)


def rivals(suppliers: Sequence[AuthoredSupplier], count: int) -> list[tuple[str, str]]:
    """Passages (text, language) of all languages, half of them English."""
    found: dict[str, set[str]] = {}
    for supplier in suppliers:
        for document in supplier.documents:
            some = [text for text in texts(document) if LENGTHS[0] <= len(text) <= LENGTHS[1]]
            found.setdefault(language(document), set()).update(some)
    draw = random.Random(5)
    chosen: list[tuple[str, str]] = []
    for spoken, kept in found.items():
        listed = sorted(kept)
        draw.shuffle(listed)
        chosen.extend((text, spoken) for text in listed[: count // 2 if spoken == "en" else count // 12])
    return chosen


def learn(asked: Array, found: Array, right: Sequence[int]) -> Mapping[str, Array]:
    """The maps and shifts of both sides. `asked`: n x d, centred vectors of questions; `found`: m x d, of passages; `right`: for
    each question the row of its passage."""
    every = [_learn(asked, found, right, beginning) for beginning in range(BEGINNINGS)]
    return {name: np.mean([one[name] for one in every], axis=0) for name in every[0]}


def _learn(asked: Array, found: Array, right: Sequence[int], beginning: int) -> dict[str, Array]:
    import torch
    from torch.nn.functional import cross_entropy, dropout, normalize

    torch.manual_seed(beginning)
    size = asked.shape[1]
    questions, passages, answers = torch.from_numpy(asked), torch.from_numpy(found), torch.tensor(right)
    maps = [torch.zeros(size, size, requires_grad=True) for _ in range(2)]
    shifts = [torch.zeros(size, requires_grad=True) for _ in range(2)]

    def aligned(rows: "torch.Tensor", side: int) -> "torch.Tensor":
        return normalize(rows + dropout(rows, DROPOUT) @ maps[side] + shifts[side], dim=1)

    optimiser = torch.optim.AdamW([*maps, *shifts], lr=RATE, weight_decay=DECAY)
    steps = ROUNDS * (len(asked) // STEP)
    done = 0
    theirs = torch.unique(answers)
    free = torch.ones(len(found), dtype=torch.bool)
    free[theirs] = False
    strangers = torch.nonzero(free).flatten()
    for _ in range(ROUNDS):
        here = torch.cat([theirs, strangers[torch.randperm(len(strangers))[:OTHERS_A_ROUND]]])
        place = torch.full((len(found),), -1)
        place[here] = torch.arange(len(here))
        candidates = passages[here]
        order = torch.randperm(len(asked))
        for start in range(0, len(order) - STEP + 1, STEP):
            rows = order[start : start + STEP]
            wanted = place[answers[rows]]
            likeness = candidates[wanted] @ candidates.T
            no_rival = likeness > NO_RIVAL
            no_rival[torch.arange(len(rows)), wanted] = False
            scores = aligned(questions[rows], 0) @ aligned(candidates, 1).T / TEMPERATURE
            loss = cross_entropy(scores.masked_fill(no_rival, -1e4), wanted)
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / (WARM_UP * steps)) * (1 - done / steps)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            done += 1
    one = np.eye(size, dtype=np.float32)
    return {
        "map_question": one + maps[0].detach().numpy(),
        "map_passage": one + maps[1].detach().numpy(),
        "shift_question": shifts[0].detach().numpy(),
        "shift_passage": shifts[1].detach().numpy(),
    }


if __name__ == "__main__":
    sys.exit(main())
