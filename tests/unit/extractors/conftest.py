"""The room's own helpers can be imported by its tests."""

import sys
from pathlib import Path

import pytest

from extractors.policy import ExtractionPolicy

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def policy():
    return ExtractionPolicy()
