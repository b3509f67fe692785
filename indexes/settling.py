"""Writing to the disk for good: what is said to be kept must still be there after the power fails."""

import os
from pathlib import Path
from typing import IO, Any


def settle(file: IO[Any]) -> None:
    """Write a file that is open for writing to the disk."""
    file.flush()
    os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Write a folder's entries to the disk: a new file is there only when its name is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
