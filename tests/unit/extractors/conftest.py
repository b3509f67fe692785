"""The room's own helpers can be imported by its tests."""

import sys
from pathlib import Path

import openpyxl
import pytest

from extractors import spreadsheet
from extractors.policy import ExtractionPolicy

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def policy():
    return ExtractionPolicy()


@pytest.fixture
def book(tmp_path, policy):
    """A workbook to fill, and a way to read it."""
    made = openpyxl.Workbook()

    def read():
        made.save(tmp_path / "book.xlsx")
        return spreadsheet.read(tmp_path / "book.xlsx", "book.xlsx", policy)

    return made, read
