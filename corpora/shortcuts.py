"""Shortcuts a classifier must not find: does the title or the length alone tell the living twin from the dead one?

A family holds the same paper blank and filled, planned and done, described and performed. What differs between such twins ought to be
the filled cells. So a model that sees only titles, or only lengths, learns living from static on the whole corpus (suppliers apart) and
must then be near chance where it chooses between twins.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from corpora.authored import AuthoredDocument, AuthoredSupplier

FOLDS = 5
# Shares of twin pairs that may be told; one in two is chance. Titles are held near it. File names and lengths are not: a filled paper is
# named by its case or month and a blank one by its form number, and what is filled in makes it longer. Their limits keep them from
# telling more than they do; that verdicts follow the body all the same is measured by `python -m benchmarks.leaks`.
MOST_BY_TITLE = 0.65
MOST_BY_FILE_NAME = 0.95
MOST_BY_LENGTH = 0.88


def title(document: AuthoredDocument) -> str:
    """The first heading."""
    return next((t for b in document.blocks() if b.kind == "heading" for t, _ in b.labelled_texts()), "")


def file_name(document: AuthoredDocument) -> str:
    """The name without the type of the file."""
    return PurePosixPath(document.file).stem


def letters(document: AuthoredDocument) -> int:
    """Length of all that is printed."""
    return sum(len(text) for block in document.blocks() for text, _ in block.labelled_texts())


def told_by_title(suppliers: Sequence[AuthoredSupplier]) -> tuple[float, int]:
    """Share of twin pairs in which a model of titles ranks the living twin above the dead one, and the number of pairs."""
    return _told_by_text(suppliers, title)


def told_by_file_name(suppliers: Sequence[AuthoredSupplier]) -> tuple[float, int]:
    """The same for a model that knows only file names."""
    return _told_by_text(suppliers, file_name)


def told_by_length(suppliers: Sequence[AuthoredSupplier]) -> tuple[float, int]:
    """The same for a model that knows only how long a document is."""
    documents = list(_clear(suppliers))
    sizes = np.log1p([letters(d) for d in documents])
    return _told(documents, sparse.csr_matrix(np.stack([sizes - sizes.mean(), (sizes - sizes.mean()) ** 2], axis=1)))


def twin_pairs(documents: Sequence[AuthoredDocument]) -> list[tuple[int, int]]:
    """Row numbers of a living and a static document of one family of one supplier."""
    families: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, document in enumerate(documents):
        if document.family:
            families[document.supplier, document.family].append(row)
    return [
        (one, other)
        for rows in families.values()
        for one in rows
        for other in rows
        if documents[one].reading == "living" and documents[other].reading == "static"
    ]


def slips(suppliers: Sequence[AuthoredSupplier]) -> Iterator[str]:
    """What is wrong with the corpus as a whole; nothing where it is too small to say."""
    checks = (
        ("titles", told_by_title, MOST_BY_TITLE),
        ("file names", told_by_file_name, MOST_BY_FILE_NAME),
        ("lengths", told_by_length, MOST_BY_LENGTH),
    )
    for name, told, most in checks:
        share, pairs = told(suppliers) if len(suppliers) >= FOLDS else (0.0, 0)
        if share > most:
            yield f"{name} alone tell {share:.0%} of {pairs} twin pairs apart (limit {most:.0%}): write twins with others"


def _told_by_text(suppliers: Sequence[AuthoredSupplier], text: Callable[[AuthoredDocument], str]) -> tuple[float, int]:
    documents = list(_clear(suppliers))
    bag = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True, max_features=20_000)
    return _told(documents, bag.fit_transform([text(d) for d in documents]))


def _clear(suppliers: Sequence[AuthoredSupplier]) -> Iterator[AuthoredDocument]:
    return (d for supplier in suppliers for d in supplier.documents if d.reading != "mixed")


def _told(documents: Sequence[AuthoredDocument], table: Any) -> tuple[float, int]:
    living = np.array([d.reading == "living" for d in documents])
    groups = np.array([d.supplier for d in documents])
    score: npt.NDArray[np.float64] = np.zeros(len(documents))
    for learn, judge in GroupKFold(FOLDS, shuffle=True, random_state=7).split(table, groups=groups):
        if len(set(living[learn])) > 1:  # folders of living papers alone have nothing to be told apart
            line = LogisticRegression(max_iter=200).fit(table[learn], living[learn])
            score[judge] = line.decision_function(table[judge])
    pairs = twin_pairs(documents)
    ranked = [1.0 if score[one] > score[other] else 0.5 if score[one] == score[other] else 0.0 for one, other in pairs]
    return float(np.mean(ranked)) if ranked else 0.5, len(pairs)
