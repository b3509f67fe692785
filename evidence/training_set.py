"""A training set made ready: labelled documents measured and embedded once, from which every model learns."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from evidence.bare import bare_draft
from evidence.classifier import name_text
from evidence.context import Outside, place_text
from evidence.features import grammar_of, measure, without_context
from evidence.figures import Labels
from evidence.heads import Encoders, Matrix, TextEncoder
from evidence.model import CRITERIA, KINDS, MODES, READINGS
from evidence.passages import Draft

FINER = "~~"  # ends the id of a document seen again in small pieces


@dataclass(frozen=True)
class TrainingDocument:
    """A labelled document. ``modes`` and ``criteria`` stand for the drafts one to one; ``group`` never stands on both sides of a split."""

    id: str
    group: str
    outside: Outside
    drafts: tuple[Draft, ...]
    modes: tuple[str, ...]
    criteria: tuple[tuple[str, ...], ...]
    kind: str
    reading: str
    family: str | None = None
    facets: dict[str, str] = field(default_factory=dict)
    again: bool = (
        False  # a document that is in the set already, cut into pieces of another size: learnt from, never counted
    )
    teaches_encoder: bool = True  # or heads and trees alone; the same for all documents of a group


@dataclass(frozen=True)
class Settings:
    """Knobs of the models; the defaults are those that ship, chosen by grouped cross-validation."""

    folds: int = 5
    seed: int = 7
    threads: int = 2
    head_strength: float = 0.2
    # Of the straight line beside the trees of documents and criteria: 0.003 to 0.03 are alike (docs/decisions/0024).
    scaled_strength: float = 0.01
    first: tuple[int, int, float] = (220, 5, 0.08)  # trees, depth, learning rate
    second: tuple[int, int, float] = (200, 4, 0.06)
    document: tuple[int, int, float] = (120, 3, 0.08)
    topics: tuple[int, int, float] = (120, 4, 0.1)
    rounds: int = 2  # in which the encoder is taught: twice as many brought nothing on papers of other organisations


@dataclass
class Prepared:
    """A training set measured and embedded: what every model of it learns from, one row a passage or a document."""

    documents: Sequence[TrainingDocument]
    drafts: list[Draft]
    owner: Labels
    groups: npt.NDArray[np.str_]
    modes: Labels
    criteria: Matrix
    kinds: Labels
    readings: Labels
    features: Matrix
    bare: Matrix
    vectors: dict[str, Matrix]
    native: list[str]
    names: Matrix
    places: Matrix

    def rows(self, index: int) -> Labels:
        """The passages of one document."""
        return np.flatnonzero(self.owner == index)


def as_sent(document: TrainingDocument) -> bool:
    """Whether a document is in the set as its sender sent it."""
    return not document.again


def in_other_format(document: TrainingDocument) -> bool:
    """Whether it is there once more, as another kind of file."""
    return document.again and not document.id.endswith(FINER)


def prepare(documents: Sequence[TrainingDocument], encoders: Encoders, say: Callable[[str], None] = print) -> Prepared:
    """Measure and embed the passages of labelled documents."""
    drafts = [draft for d in documents for draft in d.drafts]
    of = [document for document in documents for _ in document.drafts]
    say("measuring passages")
    features, bare = _measured(drafts, [document.group for document in of])
    say("embedding passages")
    english = [draft.language == "en" for draft in drafts]
    whole = [not (encoders.multilingual and _learns_alone(of, english)) or own for own in english]
    vectors = {encoders.english.name: _known_to(encoders.english, drafts, whole)}
    if encoders.multilingual:
        # It is slow, and English is not its work: English pieces of documents seen again are left unknown to it.
        wanted = [not document.again or not own for document, own in zip(of, english, strict=True)]
        vectors[encoders.multilingual.name] = _known_to(encoders.multilingual, drafts, wanted)
    names = encoders.english.encode([name_text(d.drafts, d.outside) for d in documents])
    foreign = encoders.multilingual.name if encoders.multilingual else encoders.english.name
    return Prepared(
        documents, drafts, np.concatenate([np.full(len(d.drafts), i) for i, d in enumerate(documents)]),
        np.array([d.group for d in documents for _ in d.drafts]), np.array([MODES.index(m) for d in documents for m in d.modes]),
        np.array([[c in marks for c in CRITERIA] for d in documents for marks in d.criteria], dtype=np.float32),
        np.array([KINDS.index(d.kind) for d in documents]), np.array([READINGS.index(d.reading) for d in documents]), features, bare, vectors,
        [encoders.english.name if x.language == "en" else foreign for x in drafts], names,
        encoders.places([place_text(x, d.outside) for d in documents for x in d.drafts]),
    )  # fmt: skip


MEASURED_ALONE = 5_000
"""Passages up to which one process measures them all: a second one takes seconds to start."""


def _measured(drafts: Sequence[Draft], groups: Sequence[str]) -> tuple[Matrix, Matrix]:
    """The features of passages as they stand and as bare strings, by two processes where they are many.

    A supplier's papers stay together: seen again in another format they hold the same texts, which are measured once.
    """
    if len(drafts) <= MEASURED_ALONE:
        return _both(drafts)
    second = np.isin(groups, sorted(set(groups))[::2])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        asked = beside.submit(_both, [draft for draft, there in zip(drafts, second, strict=True) if there])
        here = _both([draft for draft, there in zip(drafts, second, strict=True) if not there])
        there = asked.result()
    whole = tuple(np.empty((len(drafts), here[0].shape[1]), np.float32) for _ in range(2))
    for table, own, other in zip(whole, here, there, strict=True):
        table[~second], table[second] = own, other
    return whole[0], whole[1]


def _both(drafts: Sequence[Draft]) -> tuple[Matrix, Matrix]:
    features = measure(drafts)
    return features, without_context(measure([bare_draft(d.id, d.text) for d in drafts], grammar_of(features)))


def _known_to(encoder: TextEncoder, drafts: Sequence[Draft], wanted: Sequence[bool]) -> Matrix:
    """The vectors of the wanted passages, NaN for the others, n x d."""
    rows = np.full((len(drafts), encoder.dimension), np.nan, np.float32)
    chosen = [row for row, asked in enumerate(wanted) if asked]
    rows[chosen] = encoder.encode([drafts[i].text for i in chosen])
    return rows


def _learns_alone(of: Sequence[TrainingDocument], english: Sequence[bool]) -> bool:
    """Whether there is so much English, of so many suppliers, that the heads of its encoder learn from it alone in every fold
    (``head_fitting``): then nobody asks that encoder about other languages."""
    suppliers = {document.group for document, own in zip(of, english, strict=True) if own}
    return sum(english) >= ENOUGH_PASSAGES and len(suppliers) >= ENOUGH_SUPPLIERS


ENOUGH_PASSAGES, ENOUGH_SUPPLIERS = 2_000, 20


def folds_of(corpus: Prepared, settings: Settings) -> list[tuple[Labels, Labels]]:
    """Rows to learn from and rows to judge, fold by fold; a supplier stands on one side. Raises ValueError with fewer suppliers than folds."""
    suppliers = len(set(corpus.groups))
    if suppliers < settings.folds:
        raise ValueError(f"{settings.folds} folds need at least as many suppliers; there are {suppliers}.")
    by_supplier = GroupKFold(settings.folds, shuffle=True, random_state=settings.seed)
    return list(by_supplier.split(corpus.drafts, groups=corpus.groups))
