"""all-MiniLM-L6-v2 with its upper layers taught on labelled passages: what a text says where it stands, as logits of the taught columns.

A text is read alone or with what stands around it, as the first of two segments (Devlin et al., 2019: https://arxiv.org/abs/1810.04805).
The words around are attended to, and left out of the mean that is judged: a verdict is on the text.

The lower layers stay as published, so their output is computed once for all passages and the training touches a third of the network.
Teaching a part of a network for a task follows Howard and Ruder, 2018 (https://arxiv.org/abs/1801.06146); batches of like length, a
warm-up and a linear decay are the usual way for small encoders.
"""

import hashlib
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence, Sized
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexes.embedder import clean
from indexes.minilm import BATCH, DIMENSION, check_weights, model_folder
from indexes.openvino_export import PARITY_TEXTS, Served, exported, save_graph

logger = logging.getLogger(__name__)

Array = npt.NDArray[Any]
Weights = Mapping[str, Array]
Placed = tuple[str, str]  # what stands around a text ("" where nothing is known), and the text
Tokens = tuple[list[int], list[int]]  # ids, and for each what it is: AROUND or INSIDE

LAYERS = 3  # upper layers that are taught, of six: two learnt less, all six cost twice the time
TOKENS = 128  # of a text that are read: passages are cut at 500 characters
AROUND_TOKENS = 100  # of what stands around it
PADDING, AROUND, INSIDE = 0, 1, 2  # what a token is, in the mask
STEP = 16  # texts of one training step
RATES = (2e-4, 2e-3)  # learning rates of the layers and of the new head on top
DROPOUT = 0.1
SMOOTHING = 0.05  # of the labels: readers agree in 97 of 100
BESIDE_WEIGHT = (
    0.3  # of each further group of columns of which one is right: what the paper is helps to tell what its passages are
)
OTHER_WEIGHT = 5.0  # of the columns that exclude nothing against those of which one is right
WARM_UP = 0.1  # share of the steps in which the rates rise
# The largest difference of a logit between our runtime and torch in float32; bf16 gives 0.1.
PARITY = 0.5


class TunedEncoder:
    """Logits of texts, float32, n x k. Runs on OpenVINO where it can be exported, on torch elsewhere."""

    def __init__(self, weights: Weights, cache_folder: Path | None = None, threads: int = 1) -> None:
        self._tokens = _tokenizer()
        self.width = int(weights["head.bias"].shape[0])
        self._run = _runtime(weights, cache_folder, threads)

    def encode(self, texts: Sequence[Placed]) -> npt.NDArray[np.float32]:
        """n x k logits; what lies beyond 128 tokens of a text, or 100 of what is around it, is not read."""
        tokens = _tokens(self._tokens, texts)
        found = np.zeros((len(tokens), self.width), dtype=np.float32)
        for rows in _batches(tokens, BATCH):
            found[rows] = self._run(*_padded([tokens[row] for row in rows]))
        return found


class MiniLmTuner:
    """Teaches the upper layers of all-MiniLM-L6-v2, and loads what was taught."""

    def __init__(self, cache_folder: Path | None = None, threads: int = 2) -> None:
        self._cache, self._threads = cache_folder, threads

    def encoder(self, weights: Weights) -> TunedEncoder:
        """An encoder with taught weights. Raises ValueError where they do not fit the network."""
        return TunedEncoder(weights, self._cache, self._threads)

    def lesson(self, texts: Sequence[Placed], say: Callable[[str], None] = logger.info) -> "Lesson":
        """Texts with the output of the lower layers computed, ready to be taught several times."""
        return Lesson(texts, self._threads, say)


class Lesson:
    """Texts behind the lower layers: what is taught, and what is asked of the taught.

    The output of those layers, gigabytes of it, lies in a file that the system may write out and read again as memory is needed. A text
    that comes again in the same surroundings, as in a paper and its copy of another format, is worked out once.
    """

    def __init__(self, texts: Sequence[Placed], threads: int, say: Callable[[str], None]) -> None:
        import torch

        torch.set_num_threads(threads)
        self._base, self._say = _base(), say
        known = {text: piece for piece, text in enumerate(dict.fromkeys(texts))}
        self._piece = np.array([known[text] for text in texts], dtype=np.int64)
        tokens = _tokens(_tokenizer(), list(known))
        self._inside = [marks.index(INSIDE) for _, marks in tokens]
        self._ends = np.cumsum([0] + [len(ids) for ids, _ in tokens])
        with tempfile.TemporaryFile(prefix="livingproof-lesson-") as file:  # the mapping outlives its closing
            self._states = np.memmap(file, np.float16, "w+", shape=(max(1, int(self._ends[-1])), DIMENSION))
        with torch.inference_mode(), _mixed():
            for rows in _batches(tokens, 3 * BATCH):
                ids, mask = (torch.from_numpy(part) for part in _padded([tokens[row] for row in rows]))
                hidden = _lower(self._base, ids, mask)
                for place, piece in enumerate(rows):
                    self._state(piece)[:] = hidden[place, : len(tokens[piece][0])].half().numpy()

    def _state(self, piece: int) -> Array:
        return self._states[self._ends[piece] : self._ends[piece + 1]]

    def _length(self, piece: int) -> int:
        return int(self._ends[piece + 1] - self._ends[piece])

    def teach(
        self, rounds: Sequence[Sequence[int]], targets: Array, exclusive: Sequence[int], seed: int
    ) -> dict[str, Array]:
        """Teach, in each round the texts it names; float16 weights by name.

        ``targets`` (n x k, 0 or 1) stands for all texts. ``exclusive`` are the widths of its first groups of columns, of which
        one column each is right; the columns behind them exclude nothing. The first group is what counts most.
        """
        import torch
        from torch.nn import functional

        torch.manual_seed(seed)
        draw = np.random.default_rng(seed)
        network = _network(self._base, targets.shape[1]).train()
        layers = list(network.layers.parameters())
        optimiser = torch.optim.AdamW([{"params": layers}, {"params": network.head.parameters()}], weight_decay=0.01)
        wanted = torch.from_numpy(np.asarray(targets, dtype=np.float32))
        widths = [*exclusive, targets.shape[1] - sum(exclusive)]
        shares = [1.0] + [BESIDE_WEIGHT] * (len(exclusive) - 1)
        total, step = max(1, sum(-(-len(rows) // STEP) for rows in rounds)), 0
        for number, rows in enumerate(rounds, 1):
            for batch in self._drawn(np.asarray(rows), draw):
                share = step / total
                scale = share / WARM_UP if share < WARM_UP else max(0.02, (1 - share) / (1 - WARM_UP))
                for part, rate in zip(optimiser.param_groups, RATES, strict=True):
                    part["lr"] = rate * max(scale, 0.02)
                with _mixed():
                    said = network(*self._batch(self._piece[batch])).float()
                *groups, free = torch.split(said, widths, dim=1)
                *right, marks = torch.split(wanted[batch], widths, dim=1)
                loss = OTHER_WEIGHT * functional.binary_cross_entropy_with_logits(free, marks)
                for much, group, one in zip(shares, groups, right, strict=True):
                    loss = loss + much * functional.cross_entropy(group, one.argmax(1), label_smoothing=SMOOTHING)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                step += 1
            self._say(f"  teaching, round {number} of {len(rounds)}: loss {loss.item():.3f}")
        return {name: value.detach().numpy().astype(np.float16) for name, value in network.state_dict().items()}

    def ask(self, weights: Weights, rows: Sequence[int]) -> npt.NDArray[np.float32]:
        """Logits of some of the texts under taught weights, in the order of ``rows``."""
        import torch

        network = _loaded(self._base, weights)
        pieces, places_of = np.unique(self._piece[np.asarray(rows, dtype=np.int64)], return_inverse=True)
        found = np.zeros((len(pieces), network.head.out_features), dtype=np.float32)
        lengths = [range(self._length(piece)) for piece in pieces]
        with torch.inference_mode(), _mixed():
            for places in _by_length(lengths, 4 * BATCH):
                said = network(*self._batch(pieces[places]))
                found[places] = said.float().numpy()
        answers: npt.NDArray[np.float32] = found[places_of]
        return answers

    def _drawn(self, rows: Array, draw: np.random.Generator) -> list[Array]:
        """Batches in random order, each of texts of like length, so that little is padded."""
        order = draw.permutation(rows)
        lumps = [
            sorted(order[k : k + 512], key=lambda row: self._length(int(self._piece[row])))
            for k in range(0, len(order), 512)
        ]
        flat = np.asarray([row for lump in lumps for row in lump])
        batches = [flat[k : k + STEP] for k in range(0, len(flat), STEP)]
        return [batches[k] for k in draw.permutation(len(batches))]

    def _batch(self, pieces: Array) -> tuple[Any, Any]:
        import torch

        longest = max(self._length(piece) for piece in pieces)
        hidden, mask = torch.zeros(len(pieces), longest, DIMENSION), torch.zeros(len(pieces), longest)
        for place, piece in enumerate(pieces):
            state = torch.from_numpy(self._state(piece).astype(np.float32))
            hidden[place, : len(state)], mask[place, : len(state)] = state, AROUND
            mask[place, self._inside[piece] : len(state)] = INSIDE
        return hidden, mask


def export(target: Path, source: Path) -> float:
    """Write the taught network of the weights file ``source`` for OpenVINO; the largest difference of a logit against torch."""
    import torch

    with np.load(source, allow_pickle=False) as kept:
        weights = {name: kept[name] for name in kept.files}
    whole = _whole(weights)
    example = torch.randint(1000, 2000, (3, 11))
    save_graph(whole, (example, torch.full_like(example, INSIDE)), target)
    tokens = _tokens(
        _tokenizer(), [*(("", text) for text in PARITY_TEXTS), *zip(PARITY_TEXTS[1:], PARITY_TEXTS[:-1], strict=True)]
    )
    ids, mask = _padded(tokens)
    with torch.inference_mode():
        theirs = whole(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
    difference = float(np.abs(Served(target, threads=1).run(ids, mask) - theirs).max())
    if difference > PARITY:
        raise RuntimeError(f"The exported network differs from torch by {difference:.3f}")
    return difference


def _runtime(weights: Weights, cache_folder: Path | None, threads: int) -> Callable[[Array, Array], Array]:
    check_weights(model_folder())
    if cache_folder is not None:
        digest = hashlib.sha256(b"".join(np.ascontiguousarray(weights[n]).tobytes() for n in sorted(weights)))
        key = f"minilm-tuned-{digest.hexdigest()[:12]}"
        try:
            cache_folder.mkdir(parents=True, exist_ok=True)
            source = cache_folder / f"{key}.npz"
            if not source.exists():
                np.savez(source, allow_pickle=False, **weights)
            ready = exported(__name__, cache_folder, key, source)
            if ready is not None:
                return Served(ready, threads).run
        except (ImportError, RuntimeError, OSError) as problem:
            logger.warning("OpenVINO cannot be used (%s): the taught encoder runs on torch.", problem)
    import torch

    torch.set_num_threads(threads)
    whole = _whole(weights)

    def run(ids: Array, mask: Array) -> Array:
        with torch.inference_mode():
            return np.asarray(whole(torch.from_numpy(ids), torch.from_numpy(mask)).numpy())

    return run


def _mixed() -> Any:
    """Matrices in bfloat16 where the processor multiplies them so, twice as fast; weights and sums stay in float32."""
    import torch

    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    return tokenizer


def _base() -> Any:
    from sentence_transformers import SentenceTransformer

    check_weights(model_folder())
    loaded: Any = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    return loaded[0].auto_model.eval()


def _through(layer: Any, hidden: Any, mask: Any) -> Any:
    said = layer(hidden, mask)
    return said[0] if isinstance(said, tuple) else said


def _shut(mask: Any) -> Any:
    """What is added to the attention: nothing where a token stands, a large negative number where padding does."""
    return (mask[:, None, None, :] == PADDING).float() * -1e4


def _lower(base: Any, ids: Any, mask: Any) -> Any:
    # A text alone is the first segment, as the published encoder reads it; behind its surroundings it is the second.
    second = (mask == INSIDE) & (mask == AROUND).any(dim=1, keepdim=True)
    hidden = base.embeddings(input_ids=ids, token_type_ids=second.to(ids.dtype))
    for layer in base.encoder.layer[:-LAYERS]:
        hidden = _through(layer, hidden, _shut(mask))
    return hidden


def _network(base: Any, width: int) -> Any:
    """The taught part: upper layers, mean over the tokens of the text itself, one linear head."""
    import copy

    import torch

    class Upper(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = torch.nn.ModuleList(copy.deepcopy(layer) for layer in base.encoder.layer[-LAYERS:])
            self.drop = torch.nn.Dropout(DROPOUT)
            self.head = torch.nn.Linear(DIMENSION, width)

        def forward(self, hidden: Any, mask: Any) -> Any:
            for layer in self.layers:
                hidden = _through(layer, hidden, _shut(mask))
            weights = (mask == INSIDE).unsqueeze(-1).to(hidden.dtype)
            return self.head(self.drop((hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)))

    return Upper()


def _loaded(base: Any, weights: Weights) -> Any:
    import torch

    network = _network(base, int(weights["head.bias"].shape[0]))
    try:
        network.load_state_dict({n: torch.from_numpy(np.asarray(v, dtype=np.float32)) for n, v in weights.items()})
    except RuntimeError as problem:
        raise ValueError(f"The taught weights do not fit the network: {problem}") from problem
    return network.eval()


def _whole(weights: Weights) -> Any:
    """Token ids and mask in, logits out."""
    import torch

    base = _base()

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.base, self.upper = base, _loaded(base, weights)

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.upper(_lower(self.base, input_ids, attention_mask), attention_mask)

    return Whole().eval()


def _tokens(tokenizer: Any, texts: Sequence[Placed]) -> list[Tokens]:
    """Ids and marks: what is around a text with its own end mark, then the text with its."""
    around = [e.ids for e in tokenizer.encode_batch_fast([clean(place) for place, _ in texts])]
    inside = [e.ids for e in tokenizer.encode_batch_fast([clean(text) for _, text in texts])]
    found = []
    for (place, _), outer, inner in zip(texts, around, inside, strict=True):
        if not place:
            found.append((inner, [INSIDE] * len(inner)))
            continue
        outer = [*outer[:-1][: AROUND_TOKENS - 1], outer[-1]]
        found.append((outer + inner[1:], [AROUND] * len(outer) + [INSIDE] * (len(inner) - 1)))
    return found


def _by_length(items: Sequence[Sized], size: int) -> list[list[int]]:
    order = sorted(range(len(items)), key=lambda row: len(items[row]))
    return [order[start : start + size] for start in range(0, len(order), size)]


def _batches(tokens: Sequence[Tokens], size: int) -> list[list[int]]:
    return _by_length([ids for ids, _ in tokens], size)


def _padded(tokens: Sequence[Tokens]) -> tuple[Array, Array]:
    longest = max(2, max(len(ids) for ids, _ in tokens))
    ids, mask = np.zeros((len(tokens), longest), dtype=np.int64), np.zeros((len(tokens), longest), dtype=np.int64)
    for place, (row, marks) in enumerate(tokens):
        ids[place, : len(row)], mask[place, : len(row)] = row, marks
    return ids, mask
