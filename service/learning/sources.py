"""The labelled documents that ship, and what a training needs besides labels."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import NotReady, WrongUse
from service.settings import Settings

if TYPE_CHECKING:
    from corpora.authored import AuthoredSupplier
    from evidence.classifier import Classifier
    from evidence.heads import Encoders
    from evidence.training_set import Settings as TrainingSettings
    from evidence.training_set import TrainingDocument

Say = Callable[[str], None]


def authored(settings: Settings, folder: Path | None, split: str, say: Say) -> "list[TrainingDocument]":
    """Authored documents of a folder, or of one side of those that ship, rendered and read by our own extractors."""
    from corpora.dataset import training_documents

    return training_documents(_suppliers(folder, split), settings.cache / "corpus", say)


def _suppliers(folder: Path | None, split: str) -> "list[AuthoredSupplier]":
    try:
        import corpora.dataset
        from corpora.authored import SUPPLIERS, AuthoringError, load_corpus
    except ImportError as problem:
        raise NotReady(
            "What renders the labelled documents is not installed.",
            "Install it with 'pip install livingproof[corpora]'.",
        ) from problem
    assert corpora.dataset
    try:
        found = load_corpus(folder or SUPPLIERS)
    except AuthoringError as problem:
        raise WrongUse(
            str(problem), "Correct the labelled documents; corpora/FORMAT.md says how they look."
        ) from problem
    chosen = [supplier for supplier in found if folder or supplier.split == split]
    if not chosen:
        raise WrongUse("There are no labelled documents.", "Name a file of labels, or a folder of labelled documents.")
    return chosen


class ShippedSources:
    """What ships, with vectors of texts already seen kept in the cache so that training again embeds only what is new."""

    def __init__(
        self,
        settings: Settings,
        encoders: "Callable[[], Encoders]",
        load: "Callable[[Path, Encoders], Classifier]",
    ) -> None:
        self._settings = settings
        self._encoders = encoders
        self._load = load

    def shipped(self, split: str, say: Say) -> "list[TrainingDocument]":
        """The train side as the shipped model learnt it; the test side each document once. Raises NotReady."""
        if split != "train":
            return authored(self._settings, None, split, say)
        suppliers = _suppliers(None, split)
        from corpora.train import views

        return views(suppliers, self._settings.cache)

    def encoders(self) -> "Encoders":
        """The encoders in use, with vectors kept on disk: for training, which embeds a whole corpus at once."""
        from corpora.vectors import KeptVectors

        found, folder = self._encoders(), self._settings.cache / "vectors"
        others = KeptVectors(found.multilingual, folder) if found.multilingual else None
        return replace(found, english=KeptVectors(found.english, folder), multilingual=others)

    def classifier(self, folder: Path) -> "Classifier":
        """The classifier in a folder, which embeds paper by paper and so keeps no vectors. Raises ModelUnusable."""
        return self._load(folder, self._encoders())

    def settings(self) -> "TrainingSettings":
        """The knobs with which the shipped model was trained."""
        from evidence.training_set import Settings as TrainingSettings

        return TrainingSettings(folds=self._settings.limits.training_folds, threads=self._settings.threads)
