"""Text to vectors to hits: embedders, the dense and the lexical index, and the two as one."""

from indexes.dense import DenseIndex, VectorIndex
from indexes.embedder import Embedder, FakeEmbedder, load_embedder
from indexes.errors import IndexBusy, IndexDamaged, IndexFault, ModelMissing, ModelUnknown, WrongShape
from indexes.hybrid import Hit, HybridIndex, IndexItem, Vector, Verification
from indexes.lexical import LexicalHit, LexicalIndex
from indexes.question import Question, ask
from indexes.ranking import Ranking
from indexes.terms import Term, Termbase, load_termbase

__all__ = [
    "DenseIndex",
    "Embedder",
    "FakeEmbedder",
    "Hit",
    "HybridIndex",
    "IndexBusy",
    "IndexDamaged",
    "IndexFault",
    "IndexItem",
    "LexicalHit",
    "LexicalIndex",
    "ModelMissing",
    "ModelUnknown",
    "Question",
    "Ranking",
    "Term",
    "Termbase",
    "Vector",
    "VectorIndex",
    "Verification",
    "WrongShape",
    "ask",
    "load_embedder",
    "load_termbase",
]
