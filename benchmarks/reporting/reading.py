"""Authored suppliers through the whole pipeline: rendered, read in the child process, judged, with their facts."""

import hashlib
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpora.authored import AuthoredSupplier
from corpora.render import render_supplier
from evidence.facts import find_facts
from evidence.model import DocumentReport
from evidence.pipeline import DocumentReader
from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.sandbox import Reader


class Pipeline:
    """Reads bundles as the product does. With ``kept`` the extracted and judged documents stay in that folder, and only
    the facts are found anew: for work on the rules.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._judge: DocumentReader | None = None

    @property
    def judge(self) -> DocumentReader:
        """The document reader with the shipped model, loaded when the first document needs it."""
        if self._judge is None:
            from service.judges import document_reader
            from service.settings import settings_with

            self._judge = document_reader(settings_with(), threads=2)
        return self._judge

    def supplier(self, supplier: AuthoredSupplier) -> list[DocumentReport]:
        """The reports of all documents of an authored supplier."""
        with tempfile.TemporaryDirectory() as folder:
            render_supplier(supplier, Path(folder))
            return self.folder(Path(folder))

    def folder(self, folder: Path) -> list[DocumentReport]:
        """The reports of all files below a folder, archives and mails unpacked."""
        from service.documents.sources import gather
        from service.settings import settings_with

        reports = []
        with tempfile.TemporaryDirectory() as work, Reader() as reader:
            for source in gather([folder], Path(work), settings_with().extraction, reader):
                if source.path is None:
                    reports.append(
                        DocumentReport.unreadable(source.name, source.sha256, source.error or ExtractionError())
                    )
                    continue
                name = source.name.removeprefix(f"{folder.name}/")
                reports.append(self._document(source.path, name, source.sha256, reader))
        return reports

    def _document(self, path: Path, name: str, sha: str, reader: Reader) -> DocumentReport:
        key = hashlib.sha256(f"{sha} {name}".encode()).hexdigest()[:24]
        kept = self._kept / f"{key}.json" if self._kept else None
        if kept and kept.exists():
            text, judged = kept.read_text(encoding="utf-8").split("\n", 1)
            report = DocumentReport.model_validate_json(judged)
            if not text:
                return report
            return report.model_copy(update={"facts": find_facts(Document.model_validate_json(text), report.passages)})
        text = ""
        try:
            document = reader.read(path, name)
            text = document.model_dump_json()
            report = self.judge.read(document).report
        except ExtractionError as problem:
            report = DocumentReport.unreadable(name, sha, problem)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(f"{text}\n{report.model_copy(update={'facts': ()}).model_dump_json()}", encoding="utf-8")
        return report


def told(names: Iterable[str]) -> None:
    """Progress on standard error."""
    print(" ".join(names), file=sys.stderr, flush=True)
