"""Near-duplicates in the corpus: passages that say the same in the same words teach a classifier to count them twice.

Deliberate twins (documents of one ``family``: a blank form and the same form filled, minutes cloned from last year) are apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from corpora.authored import AuthoredSupplier

ALIKE = 0.8  # share of common three-word runs (Jaccard, figures masked) from which two passages are twins
MOST_TWINS = 0.03  # of all passages
SHORTEST = (
    60  # letters: shorter pieces are labels of fields that every factory prints, and rows of figures have no wording
)
_ROWS = 2_000  # pieces compared at once: keeps the product small


@dataclass(frozen=True)
class Piece:
    """A labelled piece of text with the document and twin family it belongs to."""

    text: str
    document: str
    family: str


@dataclass(frozen=True)
class Twin:
    """A piece and the most similar one outside its family."""

    one: Piece
    other: Piece
    likeness: float


def pieces(suppliers: Sequence[AuthoredSupplier]) -> list[Piece]:
    """The text blocks of the corpus as passages: neighbouring texts of a block under one label, long enough to compare."""
    found = []
    for supplier in suppliers:
        for document in supplier.documents:
            family = f"{supplier.id}/{document.family}" if document.family else document.id
            for block in document.blocks():
                runs: dict[object, list[str]] = {}
                for text, label in block.labelled_texts():
                    runs.setdefault(label.mode, []).append(text)
                for texts in runs.values():
                    whole = " | ".join(t for t in texts if t.strip())
                    if sum(sign.isalpha() for sign in whole) >= SHORTEST:
                        found.append(Piece(whole, document.id, family))
    return found


def masked(text: str) -> str:
    """Lower case, figures as ``0``: two rows that differ by their numbers alone are the same wording."""
    return re.sub(r"\d+(?:[.,:/-]\d+)*", "0", text.lower())


def twins(found: Sequence[Piece]) -> list[Twin]:
    """Each piece that has a twin outside its family, with the closest one."""
    if len(found) < 2:
        return []
    runs = CountVectorizer(analyzer=_runs, binary=True, dtype=np.float32)
    table = sparse.csr_matrix(runs.fit_transform([masked(p.text) for p in found]))
    sizes = np.asarray(table.sum(axis=1)).ravel()
    families = np.array([p.family for p in found])
    pairs = []
    for start in range(0, len(found), _ROWS):
        common = sparse.coo_matrix(table[start : start + _ROWS] @ table.T)
        rows, columns = common.row + start, common.col
        union = sizes[rows] + sizes[columns] - common.data
        alike = common.data / np.maximum(union, 1)
        kept = (alike > ALIKE) & (families[rows] != families[columns])
        best: dict[int, tuple[float, int]] = {}
        for row, column, value in zip(rows[kept], columns[kept], alike[kept], strict=True):
            best[int(row)] = max(best.get(int(row), (0.0, -1)), (float(value), int(column)))
        pairs += [Twin(found[row], found[column], value) for row, (value, column) in sorted(best.items())]
    return pairs


def _runs(text: str) -> list[str]:
    """Runs of three words; of three signs where a language has no spaces."""
    words = re.findall(r"[^\W_]+", text)
    signs = [part for word in words for part in (word if _unspaced(word) else (word,))]
    return [" ".join(signs[i : i + 3]) for i in range(max(1, len(signs) - 2))]


def _unspaced(word: str) -> bool:
    return any("\u0e00" <= sign <= "\u0e7f" or "\u3040" <= sign <= "\u9fff" for sign in word)
