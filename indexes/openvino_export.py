"""Making an OpenVINO model out of a torch model, once, in a process of its own.

`python -m indexes.openvino_export MODULE TARGET_FOLDER [SOURCE]` lets `MODULE.export(folder)` (of `indexes.minilm`,
`indexes.multilingual`, or with a file of weights `indexes.tuned`) write `model.xml`, `model.bin` and what else it needs, and adds `manifest.json` last, with the
hash of each file and the parity measured against the original. It runs as a child so that torch (300 MB, seconds to
import) never enters the process that serves.

No telemetry: `openvino` imports its converter (`openvino.tools.ovc`), which loads `openvino_telemetry` and reports to
Google Analytics when it converts. We never call it: both modules are barred before `openvino` is imported, and the
model goes through torch.export and OpenVINO's PyTorch front end, which report to nobody.
"""

import contextlib
import hashlib
import importlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import warnings
from pathlib import Path
from typing import Any

import numpy as np

logger = logging.getLogger(__name__)

# Part of the folder's name: raise it when the exported graph or the files change, so that old exports are not read.
EXPORT_FORMAT = 2
# Seconds an export may take. It needs about 15; a machine that swaps needs more.
EXPORT_TIME_LIMIT = 600
# Texts the parity is measured on: short and long, several in a batch so that padding is tested.
PARITY_TEXTS = (
    "NG",
    "Lot 24C07B2 released after re-inspection, 0 of 125 pieces rejected.",
    "Who checked that the vent cleaning worked?",
    "Root cause: the die vent was blocked by flash since the cleaning interval was changed from 2,000 to 5,000 shots. "
    "Countermeasure: interval back to 2,000 shots, check added to the daily sheet, verified on three lots in June.",
    "The organisation shall retain documented information as evidence of the results of management reviews.",
    "Biên bản đánh giá nội bộ 2024: phát hiện 3 điểm không phù hợp, đã khắc phục ngày 12/03/2024.",
    "การตรวจติดตามภายในประจำปี 2567",
    "根本原因：模具排气孔堵塞，已更换。",
)
_BARRED = ("openvino.tools.ovc", "openvino_telemetry")


def import_openvino() -> Any:
    """The openvino module with its converter and its telemetry barred: nothing it does then reaches the network."""
    for name in _BARRED:
        # None in sys.modules makes `import` fail; openvino's own __init__ goes on without its converter then.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    import openvino

    return openvino


def exported(module: str, cache_folder: Path, key: str, source: Path | None = None) -> Path | None:
    """The folder with the model that `module` exports, made now if it is not there; None where that is impossible.

    The log says why. `key` names the model and its weights; `source` is a file of weights that `module` needs.
    """
    openvino_version = import_openvino().get_version().split("-")[0]
    folder = cache_folder / f"{key}-openvino{openvino_version}-v{EXPORT_FORMAT}"
    if intact(folder):
        return folder
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=cache_folder))
    except OSError as problem:
        logger.warning("The cache folder %s cannot be written (%s): embedding runs on torch.", cache_folder, problem)
        return None
    try:
        command = [
            sys.executable,
            "-m",
            "indexes.openvino_export",
            module,
            str(scratch),
            *([str(source.resolve())] if source else []),
        ]
        result = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=EXPORT_TIME_LIMIT,
            check=False,
            cwd=Path(__file__).resolve().parent.parent,
        )
        if result.returncode != 0 or not intact(scratch):
            said = (
                result.stderr[-2000:] or f"the exporting process ended with code {result.returncode} and said nothing"
            )
            logger.warning("The model could not be exported, embedding runs on torch: %s", said)
            return None
        if folder.exists():  # damaged, or another process was quicker
            if intact(folder):
                return folder
            folder.rename(folder.with_name(f"{folder.name}.damaged-{os.getpid()}"))
        with contextlib.suppress(OSError):  # another process put its own there in this moment: as good as ours
            scratch.rename(folder)
        return folder if intact(folder) else None
    except (OSError, subprocess.SubprocessError) as problem:
        logger.warning("The model could not be exported, embedding runs on torch: %s", problem)
        return None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def intact(folder: Path) -> bool:
    """Whether the export in the folder is complete: manifest there, and both files of the hashes it names."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        hashes = manifest["sha256"]
        return "model.bin" in hashes and all(_sha256(folder / name) == digest for name, digest in hashes.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save_graph(model: Any, example: tuple[Any, ...], folder: Path) -> None:
    """Write a torch module as `model.xml` and `model.bin`; its inputs may have any number of rows and any length."""
    openvino = import_openvino()
    import torch
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.fx_decoder import TorchFXPythonDecoder

    batch, length = torch.export.Dim("batch", min=1, max=1024), torch.export.Dim("length", min=2, max=512)
    with torch.no_grad():
        shapes = tuple({0: batch, 1: length} for _ in example)
        program = torch.export.export(model.eval(), example, dynamic_shapes=shapes)
        decoder = TorchFXPythonDecoder.from_exported_program(program)
    frontend = FrontEndManager().load_by_framework("pytorch")
    graph = frontend.convert(frontend.load(decoder))
    openvino.save_model(graph, folder / "model.xml", compress_to_fp16=False)


class Served:
    """An exported model ready to run: inputs in the order of the graph, vectors (float32, n x dimension) out.

    It computes in bf16 where the processor has it and in float32 elsewhere.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        # Not pinned to a core: every model of every process would be pinned to the first, and wait there for the others.
        settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}
        compiled = import_openvino().Core().compile_model(folder / "model.xml", "CPU", settings)
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()  # a request holds its tensors: one caller at a time

    def run(self, *inputs: np.ndarray) -> np.ndarray:
        """One batch."""
        with self._lock:
            self._request.infer(list(inputs))
            return np.array(self._request.get_output_tensor(0).data, dtype=np.float32)


def main(module: str, target: Path, *source: Path) -> None:
    """Export the model of a module and seal the folder."""
    parity = importlib.import_module(module).export(target, *source)
    hashes = {path.name: _sha256(path) for path in sorted(target.iterdir())}
    (target / "manifest.json").write_text(json.dumps({"sha256": hashes, "parity": round(parity, 6)}, indent=1))


if __name__ == "__main__":
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
    warnings.simplefilter("ignore")  # of torch and transformers about themselves; a failure is an exception
    logging.disable(logging.WARNING)
    main(sys.argv[1], *map(Path, sys.argv[2:]))
