"""A model's folder as one file for the blob store, and back; its hash is checked before anything in it is looked at.

The pack is a zip without compression of plain files: JSON, arrays, trees as data. What is unpacked is checked again by
``evidence.artefact`` file by file, and nothing in it is ever run.
"""

import hashlib
import io
import os
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from service.errors import ModelUnusable

# Bytes of a model: the one that ships has under ten million; a hundred times that is no model of ours.
LARGEST = 1 << 30
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# Every file of a pack has this date, so that the same model gives the same pack.
_DATE = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path) -> tuple[bytes, str]:
    """The files of a folder as one, and its SHA-256."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name, _DATE), path.read_bytes())
    content = sink.getvalue()
    return content, hashlib.sha256(content).hexdigest()


def unpack(content: bytes | None, digest: str, into: Path) -> None:
    """Write a pack's files into a folder that appears only when it is complete. Raises ModelUnusable where it is missing
    or not the one that was kept."""
    if content is None:
        raise ModelUnusable("The files of this model are no longer in the store.", code="model_missing")
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelUnusable("The files of this model are not those that were kept.", code="model_damaged")
    into.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".part-", dir=into.parent))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST:
                raise ModelUnusable("The files of this model are larger than any model.", code="model_damaged")
            for item in archive.infolist():
                if not _NAME.fullmatch(item.filename):
                    raise ModelUnusable("The files of this model have odd names.", code="model_damaged")
                (partial / item.filename).write_bytes(archive.read(item))
        os.replace(partial, into)
    except (zipfile.BadZipFile, OSError) as problem:
        if into.is_dir():
            return  # another process was faster; what it wrote is the same
        raise ModelUnusable("The files of this model cannot be unpacked.", code="model_damaged") from problem
    finally:
        shutil.rmtree(partial, ignore_errors=True)
