"""A straight line on rows of unlike numbers, and several opinions as one."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from evidence.fitting import LOW, fit_head, fit_scaled
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


def test_several_questions_are_learnt_as_each_of_them_alone():
    """One descent for all columns ends where scikit-learn ends column by column; what is never or always so keeps a constant."""
    draw = np.random.default_rng(4)
    table = draw.normal(size=(400, 12)).astype(np.float32)
    marks = (table @ draw.normal(size=(12, 4)) + draw.normal(size=(400, 4)) > 1.0).astype(np.float32)
    marks[:, 3] = 0
    settings = Settings(head_strength=0.5)
    found = fit_head(table, marks, 4, settings)
    for column in range(3):
        alone = LogisticRegression(C=0.5, max_iter=2000, tol=1e-8).fit(5.0 * table, marks[:, column])
        assert np.abs(5.0 * alone.coef_[0] - found.weights[:, column]).max() < 0.05 * np.abs(5.0 * alone.coef_).max()
        assert abs(alone.intercept_[0] - found.bias[column]) < 0.1
    assert not found.weights[:, 3].any()
    assert found.bias[3] == LOW
