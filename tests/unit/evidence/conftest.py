"""What the tests of certificates share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpora.render.sheet import sheet_pdf
from evidence.facts import find_facts
from evidence.model import Fact
from extractors.ocr import FakeEngine
from extractors.pdf import read
from extractors.policy import ExtractionPolicy
from tests.unit.evidence.builders import passages


@pytest.fixture
def facts_of_sheet(tmp_path: Path) -> Callable[[str], list[Fact]]:
    """The certificate facts of a sheet, read from its PDF."""

    def of(sheet: str) -> list[Fact]:
        path = tmp_path / "certificate.pdf"
        path.write_bytes(sheet_pdf(sheet))
        made = read(path, path.name, ExtractionPolicy(), FakeEngine())
        found = find_facts(made, passages(made, "credential", ("certification",)))
        return [fact for fact in found if fact.kind == "certificate_field"]

    return of


@pytest.fixture
def fields(facts_of_sheet: Callable[[str], list[Fact]]) -> Callable[[str], dict[str, str]]:
    """The fields of a sheet by their role; the last one where a role comes again."""
    return lambda sheet: {fact.role: fact.value for fact in facts_of_sheet(sheet)}
