"""Passages for the search benchmarks, cut from files exactly as the product cuts them, and kept between runs."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpora.authored import AuthoredSupplier
from corpora.dataset import documents as authored_documents
from corpora.vectors import KeptVectors
from evidence.passages import cut
from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader
from indexes.embedder import Embedder
from indexes.generation import Vector
from indexes.items import IndexItem
from indexes.legs import ENGLISH
from indexes.windows import parts


@dataclass(frozen=True)
class BenchPassage:
    """A passage and where it is from: `source` groups what one supplier sent, `document` is the file's name."""

    source: str
    document: str
    key: str
    text: str
    language: str
    heading: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the product puts before the words of a passage: its headings and the file's name."""
        return " ".join([*self.heading, self.document])


def files(folder: Path, cache: Path) -> list[BenchPassage]:
    """The passages of every file in a folder; a file that cannot be read has none."""
    found: list[BenchPassage] = []
    with Reader(ExtractionPolicy()) as reader:
        for path in sorted(folder.iterdir()):
            kept = cache / f"{hashlib.sha256(path.read_bytes()).hexdigest()[:24]}-{path.name}.json"
            if not kept.exists():
                cache.mkdir(parents=True, exist_ok=True)
                try:
                    kept.write_text(reader.read(path, path.name).model_dump_json(), encoding="utf-8")
                except ExtractionError:
                    kept.write_text(json.dumps(None), encoding="utf-8")
            text = kept.read_text(encoding="utf-8")
            if text != "null":
                found.extend(_cut(Document.model_validate_json(text), "", path.name))
    return found


def authored(suppliers: Iterable[AuthoredSupplier], cache: Path) -> list[BenchPassage]:
    """The passages of our own suppliers, rendered to files and read back."""
    return [
        passage
        for supplier, document, extracted in authored_documents(list(suppliers), cache)
        for passage in _cut(extracted, supplier.id, document.file)
    ]


def _cut(document: Document, source: str, name: str) -> Iterator[BenchPassage]:
    for draft in cut(document):
        yield BenchPassage(source, name, draft.id, draft.text, draft.language, draft.heading)


def as_items(
    passages: Iterable[BenchPassage], english: Embedder, others: Embedder | None, cache: Path
) -> list[IndexItem]:
    """Items for an index, numbered from 0, with vectors of the text as the service stores them."""
    listed = list(passages)
    vectors: list[tuple[Vector, ...]] = [()] * len(listed)
    spoken = [row for row, passage in enumerate(listed) if others is None or passage.language in ENGLISH]
    for model, rows in ((english, spoken), (others, list(range(len(listed))))):
        if model is None:
            continue
        made = KeptVectors(model, cache).encode([listed[row].text for row in rows])  # type: ignore[arg-type]
        for row, vector in zip(rows, made, strict=True):
            vectors[row] = (*vectors[row], Vector(model.name, np.asarray(vector, dtype=np.float32)))
    if others is not None:
        of_parts = [(row, part) for row, one in enumerate(listed) if one.language != "en" for part in parts(one.text)]
        made = KeptVectors(others, cache / "parts").encode([part for _, part in of_parts])  # type: ignore[arg-type]
        for (row, _), vector in zip(of_parts, made, strict=True):
            vectors[row] = (*vectors[row], Vector(others.name, np.asarray(vector, dtype=np.float32)))
    return [
        IndexItem(
            row, passage.text, passage.language, passage.title, vectors[row], f"{passage.source}/{passage.document}"
        )
        for row, passage in enumerate(listed)
    ]
