import pytest
from pdf_files import pdf, text

from extractors import detect
from extractors.document import Document
from extractors.errors import EncryptedFile, LimitExceeded, MissingTool, UnsupportedType
from extractors.policy import ExtractionPolicy
from extractors.read import READERS, read_document, reader_module


def test_the_document_carries_its_name_hash_and_type(tmp_path, policy):
    path = pdf(tmp_path / "1", text("Quality policy of the company"))
    document = read_document(path, "folder/policy.pdf", policy)
    assert (document.path, document.media_type, len(document.sha256)) == ("folder/policy.pdf", "application/pdf", 64)


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        (detect.ENCRYPTED_OFFICE, EncryptedFile),
        (detect.DOC, MissingTool),
        (detect.RAR, UnsupportedType),
        (detect.HEIC, UnsupportedType),
        (detect.UNKNOWN, UnsupportedType),
        ("application/xml", UnsupportedType),
    ],
)
def test_what_is_not_read_says_so(kind, problem):
    with pytest.raises(problem) as caught:
        reader_module(kind, {})
    assert caught.value.message.endswith(".")
    assert caught.value.remedy


def test_a_reader_can_be_added_and_replaced():
    assert reader_module("application/x-drawing", {"application/x-drawing": "drawings"}) == "drawings"
    assert reader_module(detect.PDF, {detect.PDF: "other"}) == "other"


def test_no_archive_is_read_as_a_document():
    assert not detect.ARCHIVES & set(READERS)


def test_a_file_above_the_limit_is_not_opened(tmp_path):
    path = pdf(tmp_path / "1", text("words"))
    with pytest.raises(LimitExceeded):
        read_document(path, "a.pdf", ExtractionPolicy(file_bytes=10))


def test_documents_survive_the_way_through_the_pipe(tmp_path, policy):
    document = read_document(pdf(tmp_path / "1", text("Quality policy of the company")), "a.pdf", policy)
    assert Document.model_validate_json(document.model_dump_json()) == document
