import contextlib
import os
import subprocess
import threading
from pathlib import Path

import numpy as np
import pytest

from indexes import openvino_export
from indexes.embedder import EMBEDDERS, Embedder, FakeEmbedder, clean, load_embedder, unit_rows
from indexes.errors import ModelUnknown
from indexes.minilm import DIMENSION, LENGTHS, encode_sorted


def test_an_unknown_embedder_is_named_with_those_there_are() -> None:
    with pytest.raises(ModelUnknown, match=", ".join(EMBEDDERS)):
        load_embedder("word2vec")


def test_the_fake_keeps_the_contract() -> None:
    fake = load_embedder("fake")
    assert isinstance(fake, Embedder)
    assert isinstance(fake, FakeEmbedder)


def test_the_fake_brings_texts_with_shared_words_together() -> None:
    rows = FakeEmbedder().encode(["the vent was cleaned", "who cleaned the vent", "canteen menu"])
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2] + 0.2


def test_a_row_of_zeros_gets_a_direction() -> None:
    np.testing.assert_array_equal(unit_rows(np.zeros((1, 3))), [[1.0, 0.0, 0.0]])


def test_questions_of_different_lengths_meet_a_network_in_few_shapes() -> None:
    class Recording:
        def __init__(self) -> None:
            self.shapes: list[tuple[int, ...]] = []

        def run(self, input_ids: np.ndarray, attention_mask: np.ndarray, /) -> np.ndarray:
            self.shapes.append(input_ids.shape)
            self.read = input_ids[attention_mask == 1].tolist()
            assert (input_ids[attention_mask == 0] == 7).all()
            return np.ones((len(input_ids), DIMENSION), dtype=np.float32)

    network = Recording()
    for length in range(1, 2 * LENGTHS + 1):
        encode_sorted([list(range(100, 100 + length))], network, padding=7)
        assert network.read == list(range(100, 100 + length))
    assert set(network.shapes) == {(1, LENGTHS), (1, 2 * LENGTHS)}
    encode_sorted(
        [[1, 2, 3], [4, 5]], network, padding=7
    )  # texts that come together are filled up to the longest of them
    assert network.shapes[-1] == (2, 3)


def test_what_breaks_tokenisers_is_cleaned() -> None:
    assert "\0" not in clean("a\0b")
    clean("\ud800").encode()
    assert len(clean("x" * 10**6)) < 10_000


def folder_with_manifest(folder: Path) -> Path:
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"weights")
    openvino_export_manifest = {"model.bin": openvino_export._sha256(folder / "model.bin")}
    (folder / "manifest.json").write_text(f'{{"sha256": {openvino_export_manifest!r}}}'.replace("'", '"'))
    return folder


def test_an_export_is_intact_only_with_the_hashes_it_names(tmp_path: Path) -> None:
    folder = folder_with_manifest(tmp_path / "export")
    assert openvino_export.intact(folder)
    (folder / "model.bin").write_bytes(b"other weights")
    assert not openvino_export.intact(folder)
    (folder / "model.bin").unlink()
    assert not openvino_export.intact(folder)
    assert not openvino_export.intact(tmp_path / "absent")


def test_a_failing_export_is_no_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "no memory")

    monkeypatch.setattr(subprocess, "run", fail)
    assert openvino_export.exported("indexes.minilm", tmp_path / "cache", "key") is None
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert openvino_export.exported("indexes.minilm", tmp_path / "file" / "cache", "key") is None


def test_a_damaged_export_is_set_aside_and_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        scratch = Path(command[-1])
        scratch.rmdir()
        folder_with_manifest(scratch)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", make)
    folder = openvino_export.exported("indexes.minilm", tmp_path, "key")
    assert folder is not None
    (folder / "model.bin").write_bytes(b"torn")
    assert openvino_export.exported("indexes.minilm", tmp_path, "key") == folder
    assert openvino_export.intact(folder)
    assert len([path for path in tmp_path.iterdir() if ".damaged-" in path.name]) == 1


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="a machine of one core has nothing to be pinned to")
def test_a_network_at_work_is_not_pinned_to_a_core(tmp_path: Path) -> None:
    # Every network of every process would be pinned to the first core and wait there for the others.
    openvino = openvino_export.import_openvino()
    rows = openvino.opset13.parameter([-1, 512], np.float32)
    wide = openvino.opset13.constant(np.full((512, 512), 0.01, dtype=np.float32))
    found = rows
    for _ in range(20):
        found = openvino.opset13.matmul(found, wide, False, False)
    openvino.save_model(openvino.Model([found], [rows]), tmp_path / "model.xml")
    served = openvino_export.Served(tmp_path, threads=1)
    before = os.sched_getaffinity(0)
    worker = threading.Thread(target=served.run, args=(np.ones((20_000, 512), dtype=np.float32),))
    worker.start()
    seen = set()
    while worker.is_alive():
        for task in os.listdir("/proc/self/task"):
            with contextlib.suppress(ProcessLookupError):
                seen.add(frozenset(os.sched_getaffinity(int(task))))
    worker.join()
    assert seen <= {frozenset(before)}
