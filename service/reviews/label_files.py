"""Reading files of labels (see ``service.reviews.labels`` for their form) into documents that can be learnt from."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evidence.context import Outside
from evidence.language import language_of
from evidence.model import CRITERIA, READINGS, Criterion, Kind, Mode, Reading
from evidence.passages import Draft, cut
from evidence.training_set import TrainingDocument
from extractors.document import Cell, Document
from service.errors import WrongUse

# Share of the shorter text's words that a passage and a label have in common before the one is taken for the other.
SAME_WORDS = 0.6
# Shortest label or passage, in words, that may be matched by its words alone; shorter ones must stand there verbatim.
FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")

By = Literal["reviewer", "author", "model"]
ReadFile = Callable[[Path], Document]


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class SeenLine(_Line):
    """What extraction saw of a passage."""

    kinds: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    table_rows: int = 0
    position: Annotated[float, Field(ge=0, le=1)] = 0.0
    title: str = ""
    cells: tuple[Cell, ...] = ()


class PassageLine(_Line):
    """A labelled passage."""

    text: Annotated[str, Field(min_length=1)]
    mode: Mode
    criteria: tuple[Criterion, ...] = ()
    by: By = "author"
    heading: tuple[str, ...] = ()
    part: Annotated[int, Field(ge=1)] = 1
    language: str = ""
    source: str = "text"
    hidden: bool = False
    draft: SeenLine | None = None


class DocumentLine(_Line):
    """A labelled document."""

    document: str = ""
    file: str | None = None
    group: Annotated[str, Field(min_length=1)]
    media_type: str = ""
    parts: Annotated[int, Field(ge=1)] = 1
    kind: Kind = "other"
    reading: Reading | None = None
    passages: Annotated[tuple[PassageLine, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _named(self) -> "DocumentLine":
        if not (self.document or self.file):
            raise ValueError("a document needs a name (document) or a file")
        return self


def read_labels(path: Path, read_file: ReadFile, say: Callable[[str], None] = print) -> list[TrainingDocument]:
    """The labelled documents of a file. Raises WrongUse that names the line which cannot be used.

    ``read_file`` reads a supplier's file; it is asked only for lines with ``file``.
    """
    found = []
    for number, line in _lines(path):
        drafts, outside, labels = (
            _of_file(line, path.parent, number, read_file) if line.file else _of_line(line, _looked_at(line.passages))
        )
        if line.file and not drafts:
            say(f"Line {number}: none of the labels was found in {line.file}.")
            continue
        found.append(_labelled(line, drafts, outside, labels))
    if not found:
        raise WrongUse(f"There is no labelled document in {path}.", "Look at 'livingproof train --help' for the form.")
    return found


def learnt_from(line: DocumentLine) -> TrainingDocument:
    """A line without a file as a document to learn from: the passages somebody looked at."""
    return _labelled(line, *_of_line(line, _looked_at(line.passages)))


def judged_whole(line: DocumentLine) -> TrainingDocument:
    """A line without a file as a document to judge: all its passages in order, looked at or not."""
    return _labelled(line, *_of_line(line, list(line.passages)))


def _labelled(
    line: DocumentLine, drafts: tuple[Draft, ...], outside: Outside, labels: Sequence[PassageLine]
) -> TrainingDocument:
    return TrainingDocument(
        id=f"{line.group}/{line.document or line.file}",
        group=line.group,
        outside=outside,
        drafts=drafts,
        modes=tuple(label.mode for label in labels),
        criteria=tuple(tuple(c for c in CRITERIA if c in label.criteria) for label in labels),
        kind=line.kind,
        reading=line.reading if line.reading in READINGS else _reading_of(labels),
        facets={"render": Path(line.file or line.document).suffix.lstrip(".").lower() or "?"},
    )


def _lines(path: Path) -> Iterator[tuple[int, DocumentLine]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongUse(f"The labels {path} cannot be read.", "Check the path; the file must be UTF-8.") from problem
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, DocumentLine.model_validate(json.loads(line))
        except ValidationError as problem:
            first = problem.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or "the line"
            raise WrongUse(f"Line {number} of {path.name}: {place}: {first['msg']}.", "Correct the line.") from problem
        except ValueError as problem:
            raise WrongUse(f"Line {number} of {path.name} is no JSON.", "Write one document a line.") from problem


def _looked_at(labels: Sequence[PassageLine]) -> list[PassageLine]:
    """Labels that a person gave; all where nobody gave any, as for a document whose kind alone was decided."""
    return [label for label in labels if label.by != "model"] or list(labels)


def _of_line(line: DocumentLine, labels: list[PassageLine]) -> tuple[tuple[Draft, ...], Outside, list[PassageLine]]:
    places = {id(label): number for number, label in enumerate(line.passages)}
    drafts = tuple(_draft(label, places[id(label)], len(line.passages)) for label in labels)
    return drafts, Outside(line.document, line.media_type, line.parts), labels


def _draft(label: PassageLine, number: int, total: int) -> Draft:
    seen = label.draft or SeenLine(kinds=("paragraph",), position=number / total)
    return Draft(
        id=str(number + 1),
        text=label.text,
        locators=(),
        part=label.part,
        heading=label.heading,
        language=label.language or language_of(label.text),
        source=label.source,
        hidden=label.hidden,
        kinds=seen.kinds,
        cells=seen.cells,
        heads=seen.heads,
        table_rows=seen.table_rows,
        position=seen.position,
        title=seen.title,
    )


def _of_file(
    line: DocumentLine, folder: Path, number: int, read_file: ReadFile
) -> tuple[tuple[Draft, ...], Outside, list[PassageLine]]:
    path = folder / str(line.file)
    if not path.is_file():
        raise WrongUse(f"Line {number}: there is no file {path}.", "Paths are taken from where the labels are.")
    document = read_file(path)
    pairs = matched(cut(document), _looked_at(line.passages))
    outside = Outside(line.document or str(line.file), document.media_type, len(document.parts))
    return tuple(draft for draft, _ in pairs), outside, [label for _, label in pairs]


def matched(drafts: Sequence[Draft], labels: Sequence[PassageLine]) -> list[tuple[Draft, PassageLine]]:
    """Passages with the label whose words they share most; passages that share too few with any are left out."""
    known = [(label, _plain(label.text)) for label in labels]
    pairs = []
    for draft in drafts:
        own = _plain(draft.text)
        scored = [(_likeness(own, words), len(words), label) for label, words in known]
        best = max(scored, key=lambda item: (item[0], item[1]), default=None)
        if best is not None and best[0] >= SAME_WORDS:
            pairs.append((draft, best[2]))
    return pairs


def _plain(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _likeness(one: list[str], other: list[str]) -> float:
    """Share of the shorter text's words that stand in the other; 1.0 where it stands there word for word."""
    short, long = sorted((one, other), key=len)
    if not short:
        return 0.0
    if f" {' '.join(short)} " in f" {' '.join(long)} ":
        return 1.0
    if len(short) < FEWEST_WORDS:
        return 0.0
    left = {word: long.count(word) for word in set(short)}
    return sum(min(short.count(word), left[word]) for word in left) / len(short)


def _reading_of(labels: Sequence[PassageLine]) -> str:
    """What the modes say of the document where nobody said it: living where records make up most of what is judged."""
    weights = {"record": 0, "static": 0}
    for label in labels:
        if label.mode != "other":
            weights["record" if label.mode == "record" else "static"] += len(label.text)
    return "living" if weights["record"] > weights["static"] else "static"
