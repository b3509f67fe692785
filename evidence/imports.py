"""xgboost and spaCy without the packages that they load only to offer them to others: a third of every start.

xgboost looks for scikit-learn for estimator classes and thinc, below spaCy, for torch as another backend. Nothing here
uses either, and both take the package as not installed where its import fails.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_out(*packages: str) -> Iterator[None]:
    """Imports within the block find these packages missing, unless somebody has loaded them already."""
    hidden = [name for name in packages if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with left_out("sklearn"):
    import xgboost as xgboost
