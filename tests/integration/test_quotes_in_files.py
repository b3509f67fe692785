"""Every quote of every demo report is found at its place in the file itself, through the whole pipeline."""

from datetime import date

import pytest

from corpora.authored import SUPPLIERS, load_supplier
from corpora.render import render_supplier
from evidence.assessment import assess
from evidence.model import DocumentReport
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader
from service.documents.sources import gather
from service.judges import document_reader
from service.settings import Settings
from tests.integration.quotes import citations_of, misplaced

pytestmark = pytest.mark.slow

FOLDERS = sorted(path for path in SUPPLIERS.iterdir() if (path / "supplier.yaml").exists())
DEMO = [path.name for path in FOLDERS if "demo: true" in (path / "supplier.yaml").read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def judge():
    return document_reader(Settings(), threads=2)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", DEMO)
def test_every_quote_stands_at_its_place_in_the_file(name, judge, tmp_path):
    supplier = load_supplier(SUPPLIERS / name)
    bundle, work = tmp_path / "bundle", tmp_path / "work"
    bundle.mkdir()
    work.mkdir()
    render_supplier(supplier, bundle)
    files, documents, reports = {}, {}, []
    with Reader() as reader:
        for source in gather([bundle], work, ExtractionPolicy(), reader):
            try:
                if source.error or source.path is None:
                    raise source.error or ExtractionError()
                document = reader.read(source.path, source.name)
            except ExtractionError as problem:
                reports.append(DocumentReport.unreadable(source.name, source.sha256, problem))
                continue
            files[source.name], documents[source.name] = source.path, document
            reports.append(judge.read(document).report)
    report = assess(supplier.name, date.fromisoformat(str(supplier.reference_date)), reports)
    quoted = [citation for citation in citations_of(report) if citation.document in documents]
    assert len(quoted) > 20
    wrong = [
        (citation.document, citation.quote, missing)
        for citation in quoted
        if (missing := misplaced(citation, files[citation.document], documents[citation.document]))
    ]
    assert wrong == []
