"""The commands train and evaluate: a classifier on labels of one's own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import said_plainly, start_log, write
from service.cli.serve import Data
from service.errors import ModelUnusable, NotReady, ServiceError, WrongUse
from service.learning.sources import authored
from service.reports.drawing import clean

if TYPE_CHECKING:
    from evidence.training_set import TrainingDocument
    from service.reviews.label_files import ReadFile
    from service.settings import Settings

Labels = Annotated[
    Path | None,
    typer.Argument(
        help="File of labels, or a folder of labelled documents as in corpora/FORMAT.md.", show_default=False
    ),
]


@said_plainly
def train(
    labels: Labels = None,
    *,
    output: Annotated[
        Path | None, typer.Option(help="Folder for the model; it must be new or empty.", show_default=False)
    ] = None,
    from_reviews: Annotated[
        bool, typer.Option("--from-reviews", help="Learn from the decisions of reviewers in the data folder.")
    ] = False,
    promote: Annotated[
        bool, typer.Option("--promote", help="With --from-reviews: use the model at once where it is better.")
    ] = False,
    data: Data = None,
    folds: Annotated[
        int, typer.Option(help="Parts for honest figures; each needs suppliers of its own.", min=2, max=20)
    ] = 5,
    with_shipped: Annotated[
        bool, typer.Option("--with-shipped", help="Learn from the documents that ship as well.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on standard error.")] = False,
) -> None:
    """Train a classifier on labels of your own; without any, on the labelled documents that ship.

    The labels are JSON, one document a line: its name, its group (the supplier), kind, reading, and its passages with
    mode and criteria. With "file" instead of "document" the file beside the labels is read, and its passages are
    matched with the labels by their words. Decisions of reviewers come in this form from /api/v1/reviews/labels.
    The figures shown are those of suppliers the model did not see.

    \b
      {"document": "8d-17.pdf", "group": "Song Cam", "kind": "corrective_action_record", "reading": "living",
       "passages": [{"text": "Vent blocked on 3 May, cleaned, 0 of 600.", "mode": "record",
                     "criteria": ["corrective_action"]}]}
      {"file": "papers/QP-08.docx", "group": "Thornbeck", "kind": "procedure", "reading": "static",
       "passages": [{"text": "The inspector shall measure five pieces.", "mode": "prescription"}]}

    \b
    Examples:
      livingproof train labels.jsonl --output my-model
      livingproof train labels.jsonl --with-shipped --output my-model
      LIVINGPROOF_MODEL=my-model livingproof analyze bundle.zip
      livingproof train --from-reviews --promote

    With --from-reviews the model is kept with the service's data, held against the one in use, and used only where it is
    better on reviewers' labels kept apart and not worse on the frozen test that ships.
    """
    if from_reviews:
        if labels or output or with_shipped:
            raise WrongUse("--from-reviews takes labels from the database.", "Leave labels and --output away.")
        _from_reviews(data, promote, verbose)
        return
    if output is None:
        raise WrongUse("The folder for the model is missing.", "Name it with --output.")
    if promote or data:
        raise WrongUse("--promote and --data belong to --from-reviews.", "Add --from-reviews, or leave them away.")
    from evidence.artefact import save
    from evidence.training import train as train_models
    from evidence.training_set import Settings as TrainingSettings
    from service.judges import encoders
    from service.settings import settings_with

    start_log("INFO" if verbose else "ERROR")
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise WrongUse(f"{output} exists and is not empty.", "Choose a new folder; a model is never overwritten.")
    settings = settings_with()
    documents = _labelled(labels, settings, "train") if labels else []
    if with_shipped or not labels:
        documents += _shipped(settings, "train")
    groups = len({document.group for document in documents})
    if groups < folds:
        raise WrongUse(
            f"{folds} folds need labels of as many suppliers; there are {groups}.",
            "Label papers of more suppliers, or choose fewer --folds.",
        )
    try:
        artefact = train_models(documents, encoders(settings), TrainingSettings(folds=folds), _say)
    except ValueError as problem:
        raise WrongUse(
            f"The labels are not enough to learn from: {problem}",
            "Each supplier's papers should hold passages of several modes, and documents of several kinds.",
            "too_few_labels",
        ) from problem
    try:
        save(artefact, output)
    except OSError as problem:
        raise ServiceError(
            f"The model cannot be written to {output}.", "Choose another place with --output.", "cannot_write"
        ) from problem
    _say(f"The model stands in {output}. Use it with LIVINGPROOF_MODEL={output}.")


@said_plainly
def evaluate(
    labels: Labels = None,
    model: Annotated[Path | None, typer.Option(help="Folder of the model; without it the one in use.")] = None,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on standard error.")] = False,
) -> None:
    """Score a classifier on labels of your own, which it must not have been trained on.

    Without labels it is scored on the documents that ship for this and that no shipped model learnt from.
    The labels have the form that 'livingproof train --help' shows.

    \b
    Examples:
      livingproof evaluate
      livingproof evaluate labels.jsonl
      livingproof evaluate labels.jsonl --model my-model --format json | jq .macro_f1
    """
    from evidence.artefact import ModelError
    from evidence.classifier import Classifier
    from evidence.evaluation import evaluate as score
    from evidence.evaluation import table
    from service.judges import encoders
    from service.settings import settings_with

    start_log("INFO" if verbose else "ERROR")
    if form not in ("text", "json"):
        raise WrongUse(f"There is no format {form}.", "Choose text or json.")
    settings = settings_with(model=model)
    documents = _labelled(labels, settings, "test") if labels else _shipped(settings, "test")
    try:
        classifier = Classifier.load(settings.model_folder, encoders(settings))
    except ModelError as problem:
        raise ModelUnusable(problem.message, problem.remedy, problem.code) from problem
    figures = {"model": classifier.version, **score(classifier, documents)}
    text = json.dumps(figures, indent=1, ensure_ascii=False) if form == "json" else table(figures)
    write((text + "\n").encode(), None)


def _say(line: str) -> None:
    typer.echo(clean(line), err=True)


def _labelled(labels: Path, settings: "Settings", split: str) -> "list[TrainingDocument]":
    from service.reviews.label_files import read_labels

    if labels.is_dir():
        return authored(settings, labels, split, _say)
    with _file_reader(settings) as read_file:
        return read_labels(labels, read_file, _say)


def _shipped(settings: "Settings", split: str) -> "list[TrainingDocument]":
    return authored(settings, None, split, _say)


def _from_reviews(data: Path | None, promote: bool, verbose: bool) -> None:
    """Train as a worker would, in this process; the queue is not needed."""
    from service import bootstrap
    from service.judges import LazyJudge
    from service.learning.jobs import run_training
    from service.settings import settings_with
    from service.work.queue import FakeQueue
    from service.work.worker import new_owner

    start_log("INFO" if verbose else "ERROR")
    settings = settings_with(data=data)
    opened = bootstrap.database(settings)
    try:
        judge = LazyJudge(settings)
        parts = bootstrap.learning_parts(settings, opened, bootstrap.blob_store(settings), FakeQueue(), judge)
        who = parts.accounts.local()
        started = parts.service.start(who, promote, queued=False)
        claim = parts.trainings.claim(started.id, new_owner())
        if claim is None:
            raise NotReady("A worker took the training first.", "Look at the page of models for how it goes.")
        run_training(parts, claim, _say)
        model = parts.service.get(who, started.id)
    finally:
        opened.close()
    typer.echo(f"{model.state}: {model.why}")
    if model.state == "failed":
        raise typer.Exit(1)


@contextmanager
def _file_reader(settings: "Settings") -> "Iterator[ReadFile]":
    """Reads files in a child process that is started with the first one."""
    from extractors.document import Document
    from extractors.errors import ExtractionError
    from service.bootstrap import open_reader

    with open_reader(settings) as reader:

        def read(path: Path) -> Document:
            try:
                return reader.read(path, path.name)
            except ExtractionError as problem:
                raise WrongUse(f"{path}: {problem.message}", problem.remedy, problem.code) from problem

        yield read
