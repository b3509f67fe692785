"""A PDF reader that dies on every page whose text asks for it."""

import signal
from pathlib import Path

from extractors import pdf
from extractors.document import Document
from extractors.policy import ExtractionPolicy


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read all pages, or die."""
    return read_pages(path, name, policy, 1, None)


def read_pages(path: Path, name: str, policy: ExtractionPolicy, first: int, last: int | None) -> Document:
    """Read some pages, or die."""
    document = pdf.read_pages(path, name, policy, first, last)
    if any("DIE" in block.text for block in document.blocks):
        signal.raise_signal(signal.SIGSEGV)
    return document
