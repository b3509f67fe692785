from types import SimpleNamespace

import pytest

from corpora import dataset
from extractors.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    ExtractionError,
    ReaderCrashed,
    ReaderTimedOut,
    ReaderUnavailable,
)


@pytest.mark.parametrize(
    ("problem", "tries"),
    [
        (EmptyFile(), 1),
        (EncryptedFile(), 1),
        (ExtractionError(), 2),
        (DamagedFile(), 2),
        (ReaderCrashed(), 2),
        (ReaderTimedOut(), 2),
        (ReaderUnavailable(), 2),
    ],
)
def test_only_what_the_bytes_decide_is_remembered_as_unreadable(tmp_path, monkeypatch, problem, tries):
    source = tmp_path / "a.md"
    source.write_text("Lot 4711 was released.")
    document = SimpleNamespace(id="a", source=source, render="pdf")
    supplier = SimpleNamespace(documents=[document])
    asked = []

    def read(document, reader):
        asked.append(document.id)
        raise problem

    monkeypatch.setattr(dataset, "read_rendered", read)
    for _ in range(2):
        assert list(dataset.documents([supplier], tmp_path / "cache", say=lambda _: None)) == []
    assert len(asked) == tries
