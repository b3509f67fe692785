"""Fitting one model each: linear heads, boosted trees, and the temperature that makes probabilities honest."""

import warnings
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from evidence.figures import Labels
from evidence.heads import LinearHead, Matrix, ScaledHead, sigmoid, softmax
from evidence.imports import xgboost
from evidence.training_set import Settings

HEAD_STEPS, HEAD_TOLERANCE = 80, 1e-3  # the trees above the heads forgive what the last digits would bring
LOW = -6.0  # the logit of a class that has no example
SCALED_STEPS = 200


def fit_head(vectors: Matrix, target: Any, width: int, settings: Settings) -> LinearHead:
    """Logistic regression; one column a class, or one a criterion. A class without examples keeps a low constant."""
    scale = 5.0  # unit vectors have small entries: scaled, the usual strength of regularisation fits
    model = LogisticRegression(C=settings.head_strength, max_iter=HEAD_STEPS, tol=HEAD_TOLERANCE)
    return _linear(scale * vectors, target, width, model, scale)


def fit_scaled(table: Matrix, target: Any, width: int, settings: Settings) -> ScaledHead:
    """Logistic regression on rows of unlike numbers (n x d, NaN where unknown), as ``fit_head`` on vectors."""
    model = LogisticRegression(C=settings.scaled_strength, max_iter=SCALED_STEPS, tol=HEAD_TOLERANCE)
    return ScaledHead.measured(table, lambda scaled: _linear(scaled, target, width, model))


def _linear(table: Matrix, target: Any, width: int, model: LogisticRegression, scale: float = 1.0) -> LinearHead:
    """The model's weights for the table before it was multiplied by ``scale``; ``target`` is n classes or n x k marks."""
    weights, bias = np.zeros((table.shape[1], width), np.float32), np.full(width, LOW, np.float32)
    if target.ndim == 2:
        asked = np.flatnonzero((target.min(0) < 1) & (target.max(0) > 0))
        coefficients, bias[asked] = _many(table, np.asarray(target[:, asked], np.float32), model)
        weights[:, asked] = scale * coefficients
        return LinearHead(weights, bias)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(table, target)
    coefficients, intercepts = _per_class(model)
    weights[:, model.classes_], bias[model.classes_] = scale * coefficients.T, intercepts
    return LinearHead(weights, bias)


def _many(table: Matrix, marks: Matrix, model: LogisticRegression) -> tuple[Matrix, Matrix]:
    """Coefficients (d x k) and intercepts (k) of one logistic regression a column of marks (n x k), as ``model`` would fit each.

    They share the table, so that one product of matrices is the step of all: the sum of the losses is least where each of them is
    (scikit-learn fits one target after the other, and reads the table as often). Loss and penalty as in ``LogisticRegression``.
    """
    (n, d), k = table.shape, marks.shape[1]
    table = np.ascontiguousarray(table, np.float32)
    penalty = 1.0 / (model.C * n)

    def loss(flat: Any) -> tuple[float, Any]:
        both = flat.reshape(d + 1, k)
        scores = table @ both[:d].astype(np.float32) + both[d].astype(np.float32)
        wrong = sigmoid(scores) - marks
        slope = np.empty_like(both)
        slope[:d] = (table.T @ wrong) / n + penalty * both[:d]
        slope[d] = wrong.sum(0, dtype=np.float64) / n
        total = np.sum(np.logaddexp(0, scores) - marks * scores, dtype=np.float64) / n
        return float(total + 0.5 * penalty * np.sum(both[:d] ** 2)), slope.ravel()

    found = minimize(
        loss, np.zeros((d + 1) * k), jac=True, method="L-BFGS-B",
        options={"maxiter": model.max_iter, "maxls": 50, "gtol": model.tol, "ftol": 64 * np.finfo(float).eps},
    )  # fmt: skip
    both = found.x.reshape(d + 1, k).astype(np.float32)
    return both[:d], both[d]


def _per_class(model: LogisticRegression) -> tuple[Matrix, Matrix]:
    """Coefficients (k x d) and intercepts (k) with one row a class, also where there are but two."""
    if len(model.classes_) == 2:
        return np.vstack([-model.coef_, model.coef_]), np.concatenate([-model.intercept_, model.intercept_])
    return model.coef_, model.intercept_


def _parameters(size: tuple[int, int, float], settings: Settings) -> dict[str, Any]:
    return {
        "max_depth": size[1], "eta": size[2], "subsample": 0.8, "colsample_bytree": 0.5, "min_child_weight": 3, "lambda": 2.0, "seed": settings.seed,
        "nthread": settings.threads, "tree_method": "hist", "verbosity": 0,
    }  # fmt: skip


def boost(
    table: Matrix,
    target: Labels,
    classes: int,
    size: tuple[int, int, float],
    settings: Settings,
    weights: Matrix | None = None,
) -> xgboost.Booster:
    """Trees over a table (n x d, NaN where unknown) that answer one class of several; ``size`` is number, depth, learning rate."""
    data = xgboost.DMatrix(table, label=target, weight=weights)
    return xgboost.train(
        {**_parameters(size, settings), "objective": "multi:softprob", "num_class": classes},
        data,
        num_boost_round=size[0],
    )


def boost_many(table: Matrix, target: Matrix, settings: Settings) -> xgboost.Booster:
    """Trees that answer each of several questions by yes or no; ``target`` is n x k."""
    data = xgboost.DMatrix(table, label=target)
    return xgboost.train(
        {**_parameters(settings.topics, settings), "objective": "binary:logistic"},
        data,
        num_boost_round=settings.topics[0],
    )


def margins_of(booster: xgboost.Booster, table: Matrix, classes: int) -> Matrix:
    """What trees say before it becomes a probability, n x classes."""
    return np.asarray(booster.predict(xgboost.DMatrix(table), output_margin=True), dtype=np.float32).reshape(
        len(table), classes
    )


def temperature_of(margins: Matrix, target: Labels, weights: Matrix | None = None) -> float:
    """The temperature that makes out-of-fold probabilities honest: least negative log-likelihood (Guo et al., 2017)."""
    grid = np.geomspace(0.5, 5.0, 60)
    right = [np.maximum(softmax(margins / t)[np.arange(len(target)), target], 1e-9) for t in grid]
    losses = [-np.average(np.log(likely), weights=weights) for likely in right]
    return round(float(grid[int(np.argmin(losses))]), 4)
