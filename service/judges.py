"""What judges documents: the encoders, the model that ships or that a workspace trained, and the judges that hold them.

Loaded when first asked for: a file that cannot be read is answered without a model.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import ModelUnusable
from service.settings import Settings

if TYPE_CHECKING:
    from evidence.alike import Most
    from evidence.classifier import Classifier
    from evidence.heads import Encoders
    from evidence.model import DocumentReport
    from evidence.pipeline import DocumentReader, ReadEvidence
    from extractors.document import Document
    from service.search.further import FurtherEmbedder

logger = logging.getLogger(__name__)

# English, so that its tagger loads as well.
WARM_TEXT = "The bearing of press 4 was replaced on 12 March 2025 because it was worn, and checked again a month later."


def encoders(settings: Settings, threads: int | None = None) -> "Encoders":
    """The encoders of the classifier and of search. Loading takes seconds; not to be shared over a fork."""
    from evidence.heads import Encoders
    from indexes.embedder import load_embedder
    from indexes.errors import IndexFault
    from indexes.tuned import MiniLmTuner

    threads = threads or settings.threads
    try:
        english = load_embedder(settings.embedder, settings.embedder_cache, threads)
        others = (
            load_embedder(settings.multilingual, settings.embedder_cache, threads) if settings.multilingual else None
        )
    except IndexFault as problem:
        raise ModelUnusable(str(problem), problem.remedy, problem.code) from problem
    tuner = MiniLmTuner(settings.embedder_cache, threads) if settings.embedder == "minilm" else None
    return Encoders(english, others, tuner)


def check_model(settings: Settings) -> None:
    """See that there is a model where the settings say, before anything heavy is loaded, which takes seconds. Raises ModelUnusable."""
    if not (settings.model_folder / "model.json").is_file():
        raise ModelUnusable(f"There is no model in {settings.model_folder}.", code="model_missing")


def document_reader(
    settings: Settings, threads: int | None = None, reading: "Callable[[], Encoders] | None" = None
) -> "DocumentReader":
    """Passages, verdicts and facts of documents, with the trained model, on encoders that are loaded here where none are
    given. Raises ModelUnusable."""
    from evidence.pipeline import DocumentReader

    check_model(settings)
    loaded = reading() if reading else encoders(settings, threads)
    return DocumentReader(
        load_classifier(settings.model_folder, loaded, settings.reading_risk), most=most_judged(settings)
    )


def most_judged(settings: Settings) -> "Most":
    """How much of one document is judged."""
    from evidence.alike import Most

    return Most(texts=settings.limits.judged_texts, passages=settings.limits.judged_passages)


def load_classifier(folder: Path, reading: "Encoders", risk: float | None = None) -> "Classifier":
    """The classifier in a folder, ``risk`` as in ``Classifier.load``. Raises ModelUnusable."""
    from evidence.artefact import ModelError
    from evidence.classifier import Classifier

    try:
        return Classifier.load(folder, reading, risk)
    except ModelError as problem:
        raise ModelUnusable(problem.message, problem.remedy, problem.code) from problem


class LazyJudge:
    """Judges documents with a model loaded with the first one, so that an unreadable file is answered at once."""

    def __init__(self, settings: Settings, threads: int | None = None) -> None:
        self._settings = settings
        self._threads = threads
        self._lock = threading.RLock()
        self._reader: DocumentReader | None = None
        self._encoders: Encoders | None = None

    @property
    def reader(self) -> "DocumentReader":
        """The document reader, loaded now if it was not yet."""
        with self._lock:
            if self._reader is None:
                self._reader = document_reader(self._settings, reading=lambda: self.encoders)
            return self._reader

    @property
    def version(self) -> str:
        """Name of the model."""
        return self.reader.classifier.version

    @property
    def encoders(self) -> "Encoders":
        """The encoders, which all models share: a workspace with a model of its own is served where the one that ships is not there."""
        with self._lock:
            if self._encoders is None:
                self._encoders = encoders(self._settings, self._threads)
            return self._encoders

    def load(self) -> None:
        """Load the model now. Raises ModelUnusable."""
        _ = self.reader

    def warm(self) -> None:
        """Load the model and what else judging a first page loads, while another thread has something to wait for. What
        goes wrong is raised where a document is judged."""
        from extractors.document import Block, Document, Part

        page = Block(kind="paragraph", text=WARM_TEXT, locators=(), part=1)
        try:
            with self._lock:
                self.read(
                    Document(path="", sha256="", media_type="", parts=(Part(number=1, kind="page"),), blocks=(page,))
                )
        except Exception:
            logger.debug("warming up failed", exc_info=True)

    def report(self, document: "Document") -> "DocumentReport":
        """The report of one document, without the vectors."""
        return self.reader.read(document).report

    def read(self, document: "Document") -> "ReadEvidence":
        """The report and the vectors of its passages."""
        return self.reader.read(document)

    @property
    def further(self) -> "FurtherEmbedder | None":
        """The multilingual model for search alone: of English passages, which a question in another language finds so and an
        English one better, and of the parts of longer ones in other languages. The verdict does not need them."""
        if not self._settings.english_twice:
            return None
        return self.encoders.multilingual


class ModelJudge:
    """Judges with the model in a folder, on encoders that are loaded already."""

    # Second vectors are made with the shipped judge, whatever model judges.
    further: "FurtherEmbedder | None" = None

    def __init__(self, folder: Path, reading: "Encoders", risk: float | None, most: "Most") -> None:
        from evidence.pipeline import DocumentReader

        self._reader = DocumentReader(load_classifier(folder, reading, risk), most=most)

    @property
    def version(self) -> str:
        """Name of the model."""
        return self._reader.classifier.version

    def load(self) -> None:
        """It is loaded."""

    def read(self, document: "Document") -> "ReadEvidence":
        """The report and the vectors of its passages."""
        return self._reader.read(document)
