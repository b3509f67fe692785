"""Page trees that no program writes: pages that name one another as parents."""

from pdf_files import objects, stream

from extractors import pdf


def pages_in_a_circle(path, count):
    """Each page has the next one as its parent, the last one the first; what it inherits is looked for all the way round."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    return objects(
        path,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        stream(b"BT /F1 12 Tf 72 700 Td (Minutes of the review) Tj ET"),
        *(
            b"<< /Type /Page /Parent %d 0 R /Contents 3 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1"
            b" /BaseFont /Helvetica >> >> >> >>" % ((number + 1) % count + 4)
            for number in range(count)
        ),
    )


def test_pages_that_hang_on_one_another_are_bounded_and_named(tmp_path, policy, monkeypatch):
    monkeypatch.setattr(pdf, "ANCESTRY_SECONDS", 0.02)
    document = pdf.read(pages_in_a_circle(tmp_path / "a.pdf", 1_500), "a.pdf", policy)
    assert len(document.parts) == 1_500
    assert 0 < document.parts_read < 1_000
    assert "in a circle" in document.not_read[-1].sentence


def test_an_honest_tree_of_pages_is_read_to_its_end(tmp_path, policy):
    document = pdf.read(pages_in_a_circle(tmp_path / "a.pdf", 3), "a.pdf", policy)
    assert document.parts_read == 3
    assert not document.not_read
