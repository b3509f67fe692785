"""A straight line on rows of unlike numbers, and several opinions as one."""

import numpy as np

from evidence.fitting import fit_scaled
from evidence.heads import FAR, pooled, softmax
from evidence.training_set import Settings

ROWS = np.array([[1000.0 + 10 * (k % 2), 0.5, np.nan] for k in range(40)], dtype=np.float32)
CLASSES = np.arange(40) % 2


def test_a_column_counts_by_its_spread_and_a_gap_as_usual():
    head = fit_scaled(ROWS, CLASSES, 3, Settings())
    assert head.logits(ROWS)[:, :2].argmax(1).tolist() == CLASSES.tolist()
    gap = ROWS[:1].copy()
    gap[0, 0] = np.nan
    usual = ROWS[:1].copy()
    usual[0, 0] = 1005
    assert np.allclose(head.logits(gap), head.logits(usual), atol=1e-5)


def test_what_lies_far_out_says_no_more_than_the_bound():
    head = fit_scaled(ROWS, CLASSES, 3, Settings())
    far = ROWS[:1].copy()
    far[0, 0] = 1e9
    assert head.scaled(far).max() == FAR


def test_a_class_without_examples_is_never_told():
    head = fit_scaled(ROWS, CLASSES, 3, Settings())
    assert (softmax(head.logits(ROWS))[:, 2] < 0.01).all()


def test_marks_are_told_one_by_one():
    marks = np.column_stack([CLASSES, 1 - CLASSES, np.zeros(40)]).astype(np.float32)
    found = fit_scaled(ROWS, marks, 3, Settings()).logits(ROWS) > 0
    assert (found == marks.astype(bool)).all()


def test_a_sure_opinion_is_softened_and_not_silenced_by_one_that_says_never():
    sure, never = np.array([[0.98, 0.02]]), np.array([[0.0, 1.0]])
    both = softmax(pooled(sure, never))[0]
    assert 0.02 < both[0] < 0.5
