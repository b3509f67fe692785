"""A small encoder fine-tuned: the top layers of the English MiniLM trained on modes, criteria, kind and reading at once.

It reads the passage beside its place (file name and headings) and is judged on the first fold, with the linear heads on the untouched
encoder beside it. The lower layers stay as they are, so their output is computed once.
"""

import copy
import time
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import nn
from transformers import AutoModel, AutoTokenizer

from evidence.context import place_text
from evidence.figures import Labels, macro_f1
from evidence.heads import Matrix
from evidence.model import CRITERIA, KINDS, MODES
from evidence.training import Prepared, Settings, fit_heads, folds_of, native
from indexes.minilm import model_folder

TRAINED = 2  # layers, of six
EPOCHS = 3
BATCH = 16
LENGTH = 160  # word pieces of place and passage together
RATES = (1e-4, 1e-3)  # of the layers and of the heads; one tenth of the steps warms up, then they fall to nothing
WEIGHTS = (1.0, 2.0, 0.3, 0.3)  # of the losses: modes, criteria, kind, reading
SIZES = (len(MODES), len(CRITERIA), len(KINDS), 3)


class _Tower(nn.Module):
    """The trained layers, mean and maximum over the word pieces, a linear head a question."""

    def __init__(self, layers: Any, width: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in layers)
        self.drop = nn.Dropout(0.2)
        self.heads = nn.ModuleList(nn.Linear(2 * width, size) for size in SIZES)

    def forward(self, states: torch.Tensor, seen: torch.Tensor) -> list[torch.Tensor]:
        mask = (1.0 - seen[:, None, None, :]) * -1e4
        for layer in self.layers:
            states = _first(layer(states, mask))
        kept = seen[:, :, None]
        pooled = torch.cat([(states * kept).sum(1) / kept.sum(1), (states + (kept - 1) * 1e4).max(1).values], 1)
        return [head(self.drop(pooled)) for head in self.heads]


def _first(output: Any) -> torch.Tensor:
    return output[0] if isinstance(output, tuple) else output


def show(corpus: Prepared) -> None:
    """Train, judge, and print epoch by epoch with the linear heads beside."""
    torch.manual_seed(7)
    dice = np.random.default_rng(7)
    english = next(iter(corpus.vectors))
    rows = np.array([
        i for i in range(len(corpus.drafts))
        if corpus.native[i] == english and not corpus.documents[corpus.owner[i]].again
    ])  # fmt: skip
    settings = Settings()
    _, judge = folds_of(corpus, settings)[0]
    judged = np.isin(rows, judge)
    learn, test = np.flatnonzero(~judged), np.flatnonzero(judged)
    targets = (
        corpus.modes[rows], corpus.criteria[rows], corpus.kinds[corpus.owner[rows]], corpus.readings[corpus.owner[rows]],
    )  # fmt: skip
    started = time.perf_counter()
    layers, states = _lower(corpus, rows)
    print(f"English passages: {len(learn)} to learn from, {len(test)} of other suppliers to judge")
    _, logits = fit_heads(corpus, settings)
    for name, prefix in (("linear heads, text alone", ""), ("linear heads, text in its place", "placed_")):
        answers = [native(corpus, logits[prefix + key])[rows][test] for key in ("mode", "criteria", "kind")]
        _print(name, targets, test, answers[0], answers[1], answers[2])

    tower = _Tower(layers, states[0].shape[1]).train()
    groups = [{"params": tower.layers.parameters()}, {"params": tower.heads.parameters()}]
    optimiser = torch.optim.AdamW(groups, lr=RATES[0], weight_decay=0.01)
    counts = np.maximum(np.bincount(targets[0][learn], minlength=len(MODES)), 1)
    balance = torch.tensor(np.clip(np.sqrt(counts.sum() / len(MODES) / counts), 0.3, 3), dtype=torch.float32)
    steps, step = EPOCHS * (len(learn) // BATCH + 1), 0
    for epoch in range(1, EPOCHS + 1):
        for chosen in _batches(dice.permutation(learn), states, dice):
            share = step / steps
            for group, rate in zip(optimiser.param_groups, RATES, strict=True):
                group["lr"] = rate * (share / 0.1 if share < 0.1 else max(0.02, (1 - share) / 0.9))
            found = tower(*_padded(states, chosen))
            loss = _loss(found, targets, chosen, balance)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
            optimiser.step()
            step += 1
        answers = _judge(tower, states, test)
        _print(f"fine-tuned, epoch {epoch} ({time.perf_counter() - started:.0f} s)", targets, test, *answers[:3])


def _lower(corpus: Prepared, rows: Labels) -> tuple[Any, list[torch.Tensor]]:
    """The layers to train, and what the layers below them say of each passage."""
    folder = model_folder()
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    below = len(model.encoder.layer) - TRAINED
    places = [place_text(corpus.drafts[i], corpus.documents[corpus.owner[i]].outside)[:280] for i in rows]
    pieces = tokenizer(places, [corpus.drafts[i].text for i in rows], truncation="only_second", max_length=LENGTH)
    found: list[torch.Tensor] = [torch.empty(0)] * len(rows)
    order = np.argsort([len(ids) for ids in pieces["input_ids"]])
    with torch.no_grad():
        for start in range(0, len(order), 32):
            chosen = order[start : start + 32]
            padded = tokenizer.pad(
                {key: [values[i] for i in chosen] for key, values in pieces.items()}, return_tensors="pt"
            )
            states = model.embeddings(input_ids=padded["input_ids"], token_type_ids=padded["token_type_ids"])
            mask = (1.0 - padded["attention_mask"][:, None, None, :].float()) * -1e4
            for layer in model.encoder.layer[:below]:
                states = _first(layer(states, mask))
            for row, i in enumerate(chosen):
                found[i] = states[row, : len(pieces["input_ids"][i])].half()
    return model.encoder.layer[below:], found


def _batches(shuffled: Labels, states: list[torch.Tensor], dice: np.random.Generator) -> list[Labels]:
    """Batches of passages of about one length, in random order."""
    runs = [
        sorted(shuffled[s : s + 32 * BATCH], key=lambda i: len(states[i])) for s in range(0, len(shuffled), 32 * BATCH)
    ]
    ordered = np.concatenate(runs)
    batches = [ordered[s : s + BATCH] for s in range(0, len(ordered), BATCH)]
    return [batches[k] for k in dice.permutation(len(batches))]


def _padded(states: list[torch.Tensor], chosen: Labels) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(states[i]) for i in chosen)
    padded, seen = torch.zeros(len(chosen), longest, states[0].shape[1]), torch.zeros(len(chosen), longest)
    for row, i in enumerate(chosen):
        padded[row, : len(states[i])], seen[row, : len(states[i])] = states[i].float(), 1.0
    return padded, seen


def _loss(found: list[torch.Tensor], targets: Any, chosen: Labels, balance: torch.Tensor) -> torch.Tensor:
    modes, criteria, kinds, readings = (torch.as_tensor(target[chosen]) for target in targets)
    parts = (
        nn.functional.cross_entropy(found[0], modes, weight=balance),
        nn.functional.binary_cross_entropy_with_logits(found[1], criteria),
        nn.functional.cross_entropy(found[2], kinds),
        nn.functional.cross_entropy(found[3], readings),
    )
    return sum((w * part for w, part in zip(WEIGHTS, parts, strict=True)), torch.zeros(()))


def _judge(tower: _Tower, states: list[torch.Tensor], test: Labels) -> list[Matrix]:
    tower.eval()
    with torch.no_grad():
        parts = [tower(*_padded(states, test[s : s + 64])) for s in range(0, len(test), 64)]
    tower.train()
    return [torch.cat([part[k] for part in parts]).numpy() for k in range(len(SIZES))]


def _print(name: str, targets: Any, test: Labels, modes: Matrix, criteria: Matrix, kinds: Matrix) -> None:
    macro = macro_f1(targets[0][test], modes.argmax(1))
    about = f1_score(targets[1][test], criteria >= 0, average="micro", zero_division=0)
    kind = np.mean(kinds.argmax(1) == targets[2][test])
    print(f"  {name:40} macro-F1 {macro:.3f}   criteria {about:.3f}   kind of its document {kind:.3f}", flush=True)
