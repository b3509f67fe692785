"""A training set made ready."""

import numpy as np
import pytest

from evidence import training_set
from evidence.heads import Encoders
from evidence.training_set import prepare
from tests.unit.evidence.small_model import LetterEncoder, documents


def quiet(line: str) -> None:
    pass


def test_two_processes_measure_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    encoders = Encoders(LetterEncoder(), None)
    alone = prepare(documents(), encoders, quiet)
    monkeypatch.setattr(training_set, "MEASURED_ALONE", 1)
    both = prepare(documents(), encoders, quiet)
    assert len(set(alone.groups)) > 1
    assert np.array_equal(alone.features, both.features, equal_nan=True)
    assert np.array_equal(alone.bare, both.bare, equal_nan=True)
