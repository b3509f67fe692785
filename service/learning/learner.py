"""The work of a training: gather labels, train, hold the result against the model in use, keep it with its figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from evidence.model import MODES
from extractors.scratch import Scratch
from service.errors import WrongUse
from service.learning.active import ModelFiles, active_row
from service.learning.models import ModelRow
from service.learning.trainings import TrainingClaim, Trainings
from service.reviews.labels import Labelled, LabelService
from service.settings import Settings

if TYPE_CHECKING:
    from evidence.classifier import Classifier
    from evidence.heads import Encoders
    from evidence.training_set import Settings as TrainingSettings
    from evidence.training_set import TrainingDocument
    from service.database.engine import Database
    from service.learning.rule import Answer, Decided
    from service.reviews.label_files import DocumentLine


class Sources(Protocol):
    """What a training is made from besides labels; ``service.learning.sources.ShippedSources`` is the real one."""

    def shipped(self, split: str, say: Callable[[str], None]) -> "list[TrainingDocument]":
        """The labelled documents that ship: ``train`` to learn from, ``test`` that no model ever learnt from."""
        ...

    def encoders(self) -> "Encoders":
        """The encoders in use."""
        ...

    def classifier(self, folder: Path) -> "Classifier":
        """The classifier in a folder. Raises ModelUnusable."""
        ...

    def settings(self) -> "TrainingSettings":
        """The knobs of the training."""
        ...


@dataclass(frozen=True)
class Gathered:
    """Reviewers' labels: documents to learn from, and those kept apart with the reviewer of each passage that counts."""

    learn: list["TrainingDocument"]
    labels: int
    suppliers: int
    apart: list[tuple["TrainingDocument", dict[int, str]]]
    apart_labels: int


class Learner:
    """Does trainings. Needs no queue: a worker or the command line calls ``learn``."""

    def __init__(
        self,
        database: "Database",
        labels: LabelService,
        trainings: Trainings,
        files: ModelFiles,
        sources: Sources,
        settings: Settings,
    ) -> None:
        self._database = database
        self._labels = labels
        self._trainings = trainings
        self._files = files
        self._sources = sources
        self._settings = settings

    def learn(self, claim: TrainingClaim, say: Callable[[str], None] = lambda line: None) -> str:
        """Train and compare; the state in which it ended (``candidate`` or ``refused``).

        Raises WrongUse where the labels are too few, ModelUnusable, NotReady, and what the stores raise.
        """
        from evidence.artefact import load, save
        from evidence.training import train
        from service.learning.rule import held_against

        def tell(line: str) -> None:
            self._trainings.stage(claim, line)
            say(line)

        gathered = self.gathered(claim.workspace)
        self._check(gathered)
        tell("Reading the labelled documents that ship")
        shipped = self._sources.shipped("train", say)
        documents = [*shipped, *gathered.learn]
        tell(f"Training on {len(shipped)} shipped and {len(gathered.learn)} reviewed documents")
        try:
            artefact = train(documents, self._sources.encoders(), self._sources.settings(), tell)
        except ValueError as problem:
            raise WrongUse(
                f"The labels are not enough to learn from: {problem}",
                "Let reviewers decide on more passages.",
                "too_few_labels",
            ) from problem
        with Scratch("model") as place:
            folder = place / "model"
            save(artefact, folder)
            version = load(folder).version
            tell("Holding it against the model in use")
            against, before = self._in_use(claim.workspace)
            after = self._sources.classifier(folder)
            test = self._sources.shipped("test", say)
            frozen, decided = self._answers(before, after, [(document, None) for document in test])
            apart, _ = self._answers(before, after, gathered.apart)
            outcome = held_against(frozen, decided, apart)
            digest = self._files.keep(claim.workspace, folder)
        figures = {
            **outcome.figures,
            "against": against,
            "against_version": before.version,
            "labels": [[a.document, a.wanted, a.before, a.after, a.reviewer] for a in apart],
        }
        state = "candidate" if outcome.passed else "refused"
        self._trainings.finish(
            claim, state, outcome.why, version=version, digest=digest, training_hash=artefact.training_hash,
            figures=figures, learnt={
                "shipped_documents": len(shipped), "reviewed_documents": len(gathered.learn),
                "labels": gathered.labels, "suppliers": gathered.suppliers, "labels_apart": gathered.apart_labels,
            },
        )  # fmt: skip
        say(outcome.why)
        return state

    def gathered(self, workspace: str) -> Gathered:
        """The labels of a workspace on their sides. A document with no decided passage is learnt from, never held against."""
        from service.reviews.label_files import judged_whole, learnt_from  # brings the libraries of a training with it

        found = list(self._labels.labelled(workspace))
        sides = self._trainings.sides(workspace, sorted({item.supplier for item in found}))
        learn = [item for item in found if sides[item.supplier] == "learn"]
        apart = [item for item in found if sides[item.supplier] == "apart" and item.reviewers]
        return Gathered(
            learn=[_named(learnt_from(_line(item)), item) for item in learn if item.line["passages"]],
            labels=sum(len(item.reviewers) for item in learn),
            suppliers=len({item.supplier for item in learn}),
            apart=[(_named(judged_whole(_line(item)), item), _places(item)) for item in apart],
            apart_labels=sum(len(item.reviewers) for item in apart),
        )

    def _check(self, gathered: Gathered) -> None:
        limits = self._settings.limits
        if gathered.labels < limits.fewest_labels or gathered.apart_labels < limits.fewest_labels_apart:
            raise WrongUse(
                f"Reviewers decided on {gathered.labels} passages to learn from and {gathered.apart_labels} of suppliers kept apart; "
                f"{limits.fewest_labels} and {limits.fewest_labels_apart} are needed.",
                "Let reviewers decide on more passages, of more suppliers.",
                "too_few_labels",
            )

    def _in_use(self, workspace: str) -> "tuple[str | None, Classifier]":
        """The row id and the classifier of the model in use."""
        with self._database.read() as session:
            row: ModelRow | None = active_row(session, workspace)
        if row is None:
            return None, self._sources.classifier(self._settings.model_folder)
        return row.id, self._sources.classifier(self._files.folder(workspace, row.digest))

    @staticmethod
    def _answers(
        before: "Classifier", after: "Classifier", documents: "Sequence[tuple[TrainingDocument, dict[int, str] | None]]"
    ) -> "tuple[list[Answer], Decided]":
        """Both models on whole documents; only passages with a reviewer count where there are reviewers."""
        from service.learning.rule import Answer, Decided

        answers: list[Answer] = []
        tallies: dict[str, list[int]] = {"before": [0, 0], "after": [0, 0]}
        for document, reviewers in documents:
            judged = {}
            for name, classifier in (("before", before), ("after", after)):
                judged[name], _ = classifier.judge(document.drafts, document.outside)
                reading = judged[name].document.reading
                if reading in ("living", "static") and document.reading in ("living", "static"):
                    tallies[name][0] += 1
                    tallies[name][1] += reading != document.reading
            pairs = zip(judged["before"].passages, judged["after"].passages, document.modes, strict=True)
            for place, (one, other, wanted) in enumerate(pairs):
                if reviewers is None or place in reviewers:
                    answers.append(
                        Answer(
                            document.id, MODES.index(wanted), MODES.index(one.mode), MODES.index(other.mode),  # type: ignore[arg-type]
                            reviewers[place] if reviewers else "",
                        )
                    )  # fmt: skip
        first, second = tallies["before"], tallies["after"]
        return answers, Decided((first[0], first[1]), (second[0], second[1]))


def _line(item: Labelled) -> "DocumentLine":
    from service.reviews.label_files import DocumentLine

    return DocumentLine.model_validate(item.line)


def _named(document: "TrainingDocument", item: Labelled) -> "TrainingDocument":
    """The document under its number: two bundles may hold files of one name. The supplier's number is its group."""
    return replace(document, id=item.document, group=f"reviewed/{item.supplier}")


def _places(item: Labelled) -> dict[int, str]:
    """Position of each passage that a reviewer decided, with the reviewer."""
    passages: list[dict[str, Any]] = item.line["passages"]
    return {
        place: item.reviewers[passage["id"]]
        for place, passage in enumerate(passages)
        if passage["id"] in item.reviewers
    }
