"""Authored suppliers through the whole pipeline: rendered, read in the child process, judged, with their facts."""

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpora import render
from corpora.authored import AuthoredSupplier, load_document
from corpora.render import render_document, render_supplier
from evidence.facts import find_facts
from evidence.model import DocumentReport
from evidence.named_kinds import settled
from evidence.pipeline import DocumentReader
from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.sandbox import Reader


class Pipeline:
    """Reads bundles as the product does. With ``kept`` the extracted and judged documents stay in that folder, and only
    facts and names of kinds are read anew: for work on the rules.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._keys: list[str] = []
        self._judge: DocumentReader | None = None
        self._before: tuple[AuthoredSupplier | None, list[DocumentReport]] = None, []

    @property
    def judge(self) -> DocumentReader:
        """The document reader with the shipped model, loaded when the first document needs it."""
        if self._judge is None:
            from service.judges import document_reader
            from service.settings import settings_with

            self._judge = document_reader(settings_with(), threads=2)
        return self._judge

    def supplier(self, supplier: AuthoredSupplier, named: bool = True) -> list[DocumentReport]:
        """The reports of all documents of an authored supplier; where they are kept, nothing is rendered either. Without ``named``
        kinds are as the model has them, whatever a document is called.
        """
        names = self._kept / f"{as_written(supplier)}.json" if self._kept else None
        if names and names.exists():
            reports = [self._known(key, named) for key in json.loads(names.read_text())]
            if None not in reports:
                return [report for report in reports if report is not None]
        with tempfile.TemporaryDirectory() as folder:
            render_supplier(supplier, Path(folder))
            self._keys.clear()
            found = self.folder(Path(folder), named)
        if names:
            names.write_text(json.dumps(self._keys))
        return found

    def changed(self, before: AuthoredSupplier, after: AuthoredSupplier) -> list[DocumentReport]:
        """The reports of a bundle that was made from another one: papers that are the same in both are read once, those that travel
        in archives and mails with the whole bundle.
        """
        gone = [one for one in before.documents if one not in after.documents]
        new = [one for one in after.documents if one not in before.documents]
        carried = {name for one in before.documents for name in (one.front.get("attach") or ())}
        if any("zip" in one.front or one.render == "eml" or one.file in carried for one in (*gone, *new)):
            return self.supplier(after)
        if self._before[0] != before:
            self._before = before, self.supplier(before)
        names = {one.file for one in gone}
        with tempfile.TemporaryDirectory() as folder:
            for document in new:
                render_document(document, Path(folder))
            found = [report for report in self._before[1] if report.path not in names] + self.folder(Path(folder))
        return sorted(found, key=lambda report: Path(report.path).parts)

    def folder(self, folder: Path, named: bool = True) -> list[DocumentReport]:
        """The reports of all files below a folder, archives and mails unpacked."""
        from service.documents.sources import gather
        from service.settings import settings_with

        reports = []
        with tempfile.TemporaryDirectory() as work, Reader() as reader:
            for source in gather([folder], Path(work), settings_with().extraction, reader):
                if source.path is None:
                    report = DocumentReport.unreadable(source.name, source.sha256, source.error or ExtractionError())
                    self._keep(key_of(source.name, source.sha256), "", report)
                    reports.append(report)
                    continue
                name = source.name.removeprefix(f"{folder.name}/")
                reports.append(self._document(source.path, name, source.sha256, reader, named))
        return reports

    def _document(self, path: Path, name: str, sha: str, reader: Reader, named: bool) -> DocumentReport:
        key = key_of(name, sha)
        if (known := self._known(key, named)) is not None:
            self._keys.append(key)
            return known
        text = ""
        try:
            document = reader.read(path, name)
            text = document.model_dump_json()
            read = self.judge.read(document)
            report = read.report.model_copy(update={"kinds": read.kinds})
        except ExtractionError as problem:
            report = DocumentReport.unreadable(name, sha, problem)
        self._keep(key, text, report)
        return by_the_rules(text, report, named)

    def _known(self, key: str, named: bool) -> DocumentReport | None:
        """A document of an earlier run."""
        kept = self._kept / f"{key}.json" if self._kept else None
        if kept is None or not kept.exists():
            return None
        text, judged = kept.read_text(encoding="utf-8").split("\n", 1)
        return by_the_rules(text, DocumentReport.model_validate_json(judged), named)

    def _keep(self, key: str, text: str, report: DocumentReport) -> None:
        self._keys.append(key)
        if self._kept:
            self._kept.mkdir(parents=True, exist_ok=True)
            bare = report.model_copy(update={"facts": ()}).model_dump_json()
            (self._kept / f"{key}.json").write_text(f"{text}\n{bare}", encoding="utf-8")


def by_the_rules(text: str, report: DocumentReport, named: bool) -> DocumentReport:
    """A document as the model judged it, with what today's rules find: its facts and, unless it shall not be heard, its name."""
    if not text:
        return report
    kind = max(report.kinds, key=lambda one: report.kinds[one], default=report.kind)
    told = settled(report) if named else report.model_copy(update={"kind": kind})
    return told.model_copy(update={"facts": find_facts(Document.model_validate_json(text), report.passages)})


def key_of(name: str, sha: str) -> str:
    """The name under which a document is kept: of its bytes and of what it is called."""
    return hashlib.sha256(f"{sha} {name}".encode()).hexdigest()[:24]


def as_written(supplier: AuthoredSupplier) -> str:
    """Tells bundles apart by what their author wrote and by how documents are rendered."""
    digest = hashlib.sha256()
    rendering = sorted(Path(render.__file__).parent.glob("*.py"))
    for path in [*(document.source for document in supplier.documents), *rendering]:
        digest.update(f"{path.name} {supplier.id} ".encode() + path.read_bytes())
    for document in supplier.documents:
        written = load_document(document.source, supplier.id)
        if document.parts != written.parts:  # laid out otherwise (`corpora.reshaping`)
            digest.update(repr(document.parts).encode())
        if (document.file, document.render, document.front) != (written.file, written.render, written.front):
            digest.update(repr((document.file, document.render, document.front)).encode())
    return f"bundle-{digest.hexdigest()[:24]}"


def told(names: Iterable[str]) -> None:
    """Progress on standard error."""
    print(" ".join(names), file=sys.stderr, flush=True)
