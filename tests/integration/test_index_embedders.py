"""The real embedders and the fake keep one contract. The models are exported once into the cache of the checkout."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from indexes.embedder import Embedder, load_embedder
from indexes.minilm import MiniLmEmbedder
from indexes.multilingual import MultilingualEmbedder

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "embedder"
TEXTS = [
    "Root cause: the die vent was blocked by flash.",
    "",
    "NG",
    "Lot 24C07B2 released after re-inspection, 0 of 125 pieces rejected. " * 12,
    "Biên bản đánh giá nội bộ 2024",
    "การตรวจติดตามภายในประจำปี 2567",
    "a\0b \ud800 😀",
    "word " * 20_000,
]


@pytest.fixture(
    scope="module", params=["fake", "minilm", "minilm on torch", "multilingual", "multilingual of the wheel"]
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch and transformers about themselves, as they are imported
        name, _, plain = request.param.partition(" ")
        return load_embedder(name, None if plain else CACHE)


def test_rows_are_float32_of_unit_length(embedder: Embedder) -> None:
    assert isinstance(embedder, Embedder)
    for rows in (embedder.encode(TEXTS), embedder.encode_queries(TEXTS)):
        assert rows.shape == (len(TEXTS), embedder.dimension)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.dimension)
    assert embedder.encode_queries([]).shape == (0, embedder.dimension)


def test_a_row_depends_on_its_text_alone(embedder: Embedder) -> None:
    together = embedder.encode(TEXTS)
    backwards = embedder.encode(TEXTS[::-1])[::-1]
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS[:4]])
    assert np.sum(together * backwards, axis=1).min() > 0.999
    assert np.sum(together[:4] * alone, axis=1).min() > 0.999


def test_a_text_is_nearest_to_one_that_shares_its_words(embedder: Embedder) -> None:
    rows = embedder.encode(["the die vent was blocked by flash", "minutes of the management review"])
    asked = embedder.encode_queries(["why was the die vent blocked"])[0]
    assert rows[0] @ asked > rows[1] @ asked


def test_minilm_on_openvino_gives_the_vectors_of_torch() -> None:
    exported, plain = MiniLmEmbedder(CACHE), MiniLmEmbedder(None)
    assert (exported.runtime, plain.runtime) == ("OpenVino", "Torch")
    assert exported.name == plain.name
    assert np.sum(exported.encode(TEXTS) * plain.encode(TEXTS), axis=1).min() > 0.9995


def test_multilingual_on_openvino_gives_the_vectors_of_the_wheel() -> None:
    exported, plain = MultilingualEmbedder(CACHE), MultilingualEmbedder(None)
    assert (exported.runtime, plain.runtime) == ("OpenVino", "Wheel")
    cut = [text[:1500] for text in TEXTS]
    assert np.sum(exported.encode(cut) * plain.encode(cut), axis=1).min() > 0.999
    assert np.sum(exported.encode_queries(cut) * plain.encode_queries(cut), axis=1).min() > 0.999


def test_meaning_crosses_languages() -> None:
    embedder = MultilingualEmbedder(CACHE)
    passages = ["nguyên nhân gốc rễ của rỗ khí", "thực đơn căng tin tuần này", "lịch hiệu chuẩn thước cặp"]
    asked = embedder.encode_queries(["root cause of porosity", "calibration schedule of calipers"])
    assert np.argmax(asked @ embedder.encode(passages).T, axis=1).tolist() == [0, 2]


def test_serving_loads_neither_torch_nor_telemetry_and_opens_no_socket() -> None:
    MiniLmEmbedder(CACHE)  # exported by now, as after set-up
    MultilingualEmbedder(CACHE)
    script = f"""
import socket, sys
from pathlib import Path

class NoSocket(socket.socket):
    def __init__(self, *a, **k):
        raise AssertionError("a socket was opened")
socket.socket = NoSocket
from indexes.embedder import load_embedder
for name in ("minilm", "multilingual"):
    embedder = load_embedder(name, Path({str(CACHE)!r}))
    assert embedder.runtime == "OpenVino"
    embedder.encode(["root cause"])
loaded = [name for name, module in sys.modules.items() if module is not None]
for barred in ("torch", "transformers", "openvino_telemetry", "openvino.tools.ovc"):
    assert not [name for name in loaded if name == barred or name.startswith(barred + ".")], barred
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
