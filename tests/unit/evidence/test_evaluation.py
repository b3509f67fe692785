"""The figures of a classifier: each facet counted, the surest answers apart."""

import pytest

from evidence.evaluation import calibration_error, evaluate, selective_error, table
from evidence.model import MODES
from tests.unit.evidence.small_model import classifier, documents


def test_error_at_coverage_looks_at_the_surest_answers_only():
    assert selective_error([0.9, 0.8, 0.7, 0.6, 0.1], [True, True, True, False, False]) == pytest.approx(0.25)
    assert selective_error([0.9, 0.8, 0.7, 0.6, 0.1], [True, True, True, True, False]) == 0.0
    assert selective_error([], []) == 0.0


def test_answers_as_sure_as_they_are_right_are_calibrated():
    assert calibration_error([0.5, 0.5], [True, False]) == pytest.approx(0.0)
    assert calibration_error([0.9, 0.9], [True, False]) == pytest.approx(0.4)


def test_figures_are_given_by_mode_kind_language_and_format():
    papers = documents()
    figures = evaluate(classifier(), papers)
    assert set(figures["by_mode"]) == set(MODES)
    assert sum(count for _, count in figures["by_mode"].values()) == figures["passages"]
    assert sum(count for name, (_, count) in figures["by"].items() if name.startswith("kind ")) == len(papers)
    text = table(figures)
    for wanted in (
        "F1 of record",
        "kind procedure",
        "language en",
        "format",
        "error_at_80_coverage",
        "error_among_decided",
    ):
        assert wanted in text
