"""The corpus as the classifier sees it: authored documents rendered to files, read by our own extractors, with labels carried over.

Rendering and reading four hundred documents takes minutes, so each is kept in a cache under the hash of its source and of the
code that renders, reads and cuts.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.labelling import carry
from corpora.render import render_document
from evidence.context import Outside
from evidence.passages import LIMIT, TARGET, cut
from evidence.training_set import TrainingDocument
from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader

_ROOT = Path(__file__).parent.parent
# What else the same paper travels as: factories print workbooks, paste tables into Word and mail them on. Learning a document in
# a second format keeps the classifier from taking the format for the evidence.
OTHER_FORMATS: dict[str, tuple[str, ...]] = {
    "xlsx": ("pdf", "docx", "xls"), "xls": ("xlsx", "pdf", "html"), "csv": ("xlsx", "docx"), "pptx": ("pdf", "docx"),
    "pdf": ("docx", "md", "html"), "scan": ("pdf", "docx", "md"), "jpg": ("pdf", "docx"), "png": ("pdf", "docx"),
    "docx": ("pdf", "md", "html"), "md": ("pdf", "docx"), "txt": ("docx", "html"), "html": ("pdf", "md"), "eml": ("txt", "pdf"),
}  # fmt: skip


def _code_hash() -> str:
    """Changes when the code that renders or reads changes."""
    digest = hashlib.sha256()
    for folder in ("corpora/render", "extractors"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# Failures that the bytes alone decide, kept like a document; any other may be of the machine and is tried again by the next run.
LASTING = frozenset({"empty_file", "unsupported_type", "encrypted_file", "wrong_password", "unsafe_archive"})


def in_other_format(document: AuthoredDocument) -> AuthoredDocument:
    """The same document as another kind of file; which one is drawn from its id, so that each run gives the same."""
    choices = OTHER_FORMATS[document.render]
    chosen = choices[hashlib.sha256(document.id.encode()).digest()[0] % len(choices)]
    return replace(document, render=chosen, file=str(PurePosixPath(document.file).with_suffix(f".{chosen}")))


def read_rendered(document: AuthoredDocument, reader: Reader) -> Document:
    """Render a document into a temporary folder and read it back. Raises ExtractionError."""
    with tempfile.TemporaryDirectory() as folder:
        path = render_document(document, Path(folder))
        return reader.read(path, document.file)


def documents(
    suppliers: Sequence[AuthoredSupplier], cache: Path, say: Callable[[str], None] = print, workers: int = 2
) -> Iterator[tuple[AuthoredSupplier, AuthoredDocument, Document]]:
    """All documents of the suppliers as extraction gives them, in order."""
    cache.mkdir(parents=True, exist_ok=True)
    code = _code_hash()
    work = [(s, d) for s in suppliers for d in s.documents]

    def kept(document: AuthoredDocument) -> Path:
        source = hashlib.sha256(document.source.read_bytes()).hexdigest()[:24]
        return cache / f"{source}-{document.render}-{code}.json"

    def make(share: list[tuple[AuthoredSupplier, AuthoredDocument]]) -> None:
        with Reader(ExtractionPolicy()) as reader:
            for _, document in share:
                try:
                    text = read_rendered(document, reader).model_dump_json()
                except ExtractionError as problem:
                    say(f"{document.id}: {problem.code}")
                    if problem.code not in LASTING:
                        continue
                    text = json.dumps(None)
                _keep(kept(document), text)

    todo = [item for item in work if not kept(item[1]).exists()]
    if todo:
        say(f"rendering and reading {len(todo)} of {len(work)} documents")
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(make, [todo[i::workers] for i in range(workers)]))
    for supplier, document in work:
        text = kept(document).read_text(encoding="utf-8") if kept(document).exists() else "null"
        if text != "null":
            yield supplier, document, Document.model_validate_json(text)


def _keep(path: Path, text: str) -> None:
    """Written whole or not at all: a run that is ended in the midst must not leave half a document to the next one."""
    partial = path.with_suffix(f".{os.getpid()}.part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def training_documents(
    suppliers: Sequence[AuthoredSupplier],
    cache: Path,
    say: Callable[[str], None] = print,
    target: int = TARGET,
    limit: int = LIMIT,
    other_format: bool = False,
    workers: int = 2,
) -> list[TrainingDocument]:
    """Labelled documents for training; passages whose words the author did not write are left out.

    ``target`` and ``limit`` are the sizes in characters at which passages are cut; with ``other_format`` each document is
    rendered as another kind of file than its author chose.
    """
    found = []
    if other_format:
        suppliers = [replace(s, documents=tuple(in_other_format(d) for d in s.documents)) for s in suppliers]
    for supplier, document, extracted in documents(suppliers, cache, say, workers):
        drafts = cut(extracted, target, limit)
        labels = carry(document, drafts)
        kept = [(draft, label) for draft, label in zip(drafts, labels, strict=True) if label is not None]
        if not kept:
            say(f"{document.id}: no passage of it could be labelled")
            continue
        found.append(
            TrainingDocument(
                id=document.id, group=supplier.id, outside=Outside(extracted.path, extracted.media_type, len(extracted.parts)),
                drafts=tuple(d for d, _ in kept), modes=tuple(label.mode for _, label in kept), criteria=tuple(label.criteria for _, label in kept),
                kind=document.kind, reading=document.reading, family=document.family and f"{supplier.id}/{document.family}",
                facets={"industry": supplier.industry, "language": document.language, "render": document.render, "kind": document.kind},
                teaches_encoder=supplier.teaches_encoder,
            )
        )  # fmt: skip
    return found
