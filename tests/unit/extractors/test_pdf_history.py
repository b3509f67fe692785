"""What a PDF says of its own past: signatures with their dates, and saves after the first."""

from pathlib import Path

import pytest
from pdf_files import objects, pdf, stream, text
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from extractors.pdf import read


def signed(path: Path, *dates: str) -> Path:
    """A page with a signature field for each date; an empty one is a field that nobody signed."""
    fields = [f"{6 + 2 * at} 0 R" for at in range(len(dates))]
    bodies = []
    for at, date in enumerate(dates):
        value = f"/V {7 + 2 * at} 0 R" if date else ""
        bodies.append(f"<< /FT /Sig /T (S{at}) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] {value} >>".encode())
        bodies.append(
            f"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M ({date})"
            " /ByteRange [0 10 20 10] /Contents <00> >>".encode()
        )
    return objects(
        path,
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [{' '.join(fields)}] >> >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 10 Tf 72 700 Td (Certificate of conformity) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *bodies,
    )


def test_signatures_are_counted_with_the_dates_they_state(tmp_path, policy):
    path = signed(tmp_path / "a.pdf", "D:20250312101112+07'00'", "D:20250401")
    extra = read(path, "a.pdf", policy).metadata.extra
    assert extra["signatures"] == "2"
    assert extra["signed"] == "2025-03-12T10:11:12+07:00, 2025-04-01"


@pytest.mark.parametrize("date", ["D:99999999", "yesterday", "(" * 200])
def test_a_signature_with_a_date_that_is_none_is_still_a_signature(tmp_path, policy, date):
    extra = read(signed(tmp_path / "a.pdf", date.replace("(", "\\(")), "a.pdf", policy).metadata.extra
    assert extra["signatures"] == "1"
    assert "signed" not in extra


def test_a_file_without_signature_says_nothing_of_one(tmp_path, policy):
    extra = read(pdf(tmp_path / "a.pdf", text("Report")), "a.pdf", policy).metadata.extra
    assert not {"signatures", "signed", "saved_revisions"} & set(extra)


def test_each_save_that_was_appended_is_counted(tmp_path, policy):
    path = pdf(tmp_path / "0.pdf", text("Minutes of the management review"))
    for save in (1, 2):
        writer = PdfWriter(path, incremental=True)
        writer.add_annotation(0, FreeText(text=f"Changed {save}", rect=(300, 600 - 40 * save, 400, 620 - 40 * save)))
        path = tmp_path / f"{save}.pdf"
        writer.write(path)
        document = read(path, "a.pdf", policy)
        assert document.metadata.extra["saved_revisions"] == str(save + 1)
        # What was added last is read with the rest.
        assert {block.text for block in document.blocks if block.kind == "comment"} == {
            f"Changed {at}" for at in range(1, save + 1)
        }


def test_a_signed_file_that_was_changed_after_says_both(tmp_path, policy):
    writer = PdfWriter(PdfReader(signed(tmp_path / "a.pdf", "D:20250312101112Z")), incremental=True)
    writer.add_annotation(0, FreeText(text="Approved", rect=(300, 560, 400, 580)))
    writer.write(tmp_path / "b.pdf")
    extra = read(tmp_path / "b.pdf", "b.pdf", policy).metadata.extra
    assert (extra["signatures"], extra["signed"], extra["saved_revisions"]) == ("1", "2025-03-12T10:11:12Z", "2")
