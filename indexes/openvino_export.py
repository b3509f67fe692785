"""Making an OpenVINO model out of a sentence-transformers model, once, in a process of its own.

`python -m indexes.openvino_export MODEL_FOLDER TARGET_FOLDER` writes `model.xml`, `model.bin` and, last, `manifest.json`
with their hashes and the parity measured against torch. It runs as a child so that torch (300 MB, seconds to import)
never enters the process that serves.

No telemetry: `openvino` imports its converter (`openvino.tools.ovc`), which loads `openvino_telemetry` and reports to
Google Analytics when it converts. We never call it: both modules are barred before `openvino` is imported, here and in
`indexes.minilm`, and the model goes through torch.export and OpenVINO's PyTorch front end, which report to nobody.
"""

import contextlib
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np

logger = logging.getLogger(__name__)

# Part of the folder's name: raise it when the exported graph or the files change, so that old exports are not read.
EXPORT_FORMAT = 1
# The lowest cosine between our vector and torch's, in float32, for the same text. Rounding to bf16 gives 0.9999;
# a wrong mask or pooling gives 0.99 and below.
MINIMUM_PARITY = 0.9995
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
    "Biên bản đánh giá nội bộ 2024",
)
_BARRED = ("openvino.tools.ovc", "openvino_telemetry")


def import_openvino() -> Any:
    """The openvino module, loaded with its converter and its telemetry barred; nothing it does then reaches the network."""
    for name in _BARRED:
        # None in sys.modules makes `import` fail; openvino's own __init__ goes on without its converter then.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    import openvino

    return openvino


def exported(model_folder: Path, cache_folder: Path, key: str) -> Path | None:
    """The folder with the exported model, made now if it is not there; None where that is impossible (the log says why)."""
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
        command = [sys.executable, "-m", "indexes.openvino_export", str(model_folder), str(scratch)]
        result = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=EXPORT_TIME_LIMIT,
            check=False,
            cwd=Path(__file__).resolve().parent.parent,
        )
        if result.returncode != 0 or not intact(scratch):
            logger.warning("The model could not be exported, embedding runs on torch: %s", result.stderr[-2000:])
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
        return all(_sha256(folder / name) == digest for name, digest in manifest["sha256"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def export(model_folder: Path, target: Path) -> float:
    """Write the model into the target folder; give the lowest cosine against torch. RuntimeError below MINIMUM_PARITY.

    The graph takes `input_ids` and `attention_mask` (int64, batch x length) and gives unit vectors (batch x dimension):
    mean pooling over the mask and normalisation are inside.
    """
    openvino = import_openvino()
    import torch
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.fx_decoder import TorchFXPythonDecoder
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder), device="cpu", local_files_only=True).eval()

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = model[0].auto_model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask, return_dict=False)[0]
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2, dim=1)

    batch, length = torch.export.Dim("batch", min=1, max=1024), torch.export.Dim("length", min=2, max=512)
    shapes = ({0: batch, 1: length}, {0: batch, 1: length})
    example = torch.randint(1000, 2000, (3, 11))
    with torch.no_grad():
        program = torch.export.export(Pooled().eval(), (example, torch.ones_like(example)), dynamic_shapes=shapes)
        decoder = TorchFXPythonDecoder.from_exported_program(program)
    frontend = FrontEndManager().load_by_framework("pytorch")
    graph = frontend.convert(frontend.load(decoder))
    openvino.save_model(graph, target / "model.xml", compress_to_fp16=False)

    from indexes.minilm import MiniLmEmbedder, OpenVinoRuntime  # the code that will serve is the code that is checked

    ours = MiniLmEmbedder(None, runtime=OpenVinoRuntime(target, threads=1)).encode(PARITY_TEXTS)
    theirs = model.encode(list(PARITY_TEXTS), show_progress_bar=False, normalize_embeddings=True)
    parity = float(np.min(np.sum(ours * theirs, axis=1)))
    if parity < MINIMUM_PARITY:
        raise RuntimeError(f"The exported model differs from torch: cosine {parity:.5f}")
    hashes = {name: _sha256(target / name) for name in ("model.xml", "model.bin")}
    (target / "manifest.json").write_text(json.dumps({"sha256": hashes, "parity": round(parity, 6)}, indent=1))
    return parity


if __name__ == "__main__":
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
    warnings.simplefilter("ignore")  # of torch and transformers about themselves; a failure is an exception
    logging.disable(logging.WARNING)
    export(Path(sys.argv[1]), Path(sys.argv[2]))
