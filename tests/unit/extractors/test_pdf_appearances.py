"""Notes, stamps and fields whose words are only drawn, kept as rich text, or chosen from a list."""

import pytest
from pdf_files import objects, stream, texts

from extractors import pdf

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def drawn(words):
    return stream(
        b"BT /F1 14 Tf 5 20 Td (%s) Tj ET" % words,
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 50] /Resources << /Font << /F1 5 0 R >> >>",
    )


def page(path, *notes, body=b"BT /F1 12 Tf 110 520 Td (Body) Tj ET", more=()):
    """A page with notes, which are objects 6 and following; ``more`` come behind them."""
    listed = b" ".join(b"%d 0 R" % number for number in range(6, 6 + len(notes)))
    return objects(
        path,
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % listed,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [%s] >>"
        % listed,
        stream(body),
        FONT,
        *notes,
        *more,
    )


def note(kind, rect=b"100 500 300 550", rest=b""):
    return b"<< /Type /Annot /Subtype /%s /Rect [%s] %s >>" % (kind, rect, rest)


def read(path, policy):
    return pdf.read(path, "a.pdf", policy)


@pytest.mark.parametrize("kind", [b"Stamp", b"FreeText", b"Ink"])
def test_words_that_a_note_only_draws_are_read_and_those_of_the_page_stay_its_own(tmp_path, policy, kind):
    path = page(tmp_path / "a.pdf", note(kind, rest=b"/AP << /N 7 0 R >>"), more=[drawn(b"APPROVED")])
    document = read(path, policy)
    assert texts(document, "comment") == ["APPROVED"]
    assert texts(document, "paragraph") == ["Body"]
    assert not document.not_read


def test_words_behind_a_long_drawing_are_read(tmp_path, policy):
    lines = b"0 0 m 5 5 l S\n" * 10_000
    long = stream(
        lines + b"BT /F1 14 Tf 5 20 Td (APPROVED) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 50] /Resources << /Font << /F1 5 0 R >> >>",
    )
    path = page(tmp_path / "a.pdf", note(b"FreeText", rest=b"/AP << /N 7 0 R >>"), more=[long])
    assert texts(read(path, policy), "comment") == ["APPROVED"]


def test_a_mark_that_draws_no_words_is_said_to_be_seen(tmp_path, policy):
    lines = stream(b"0 0 m 50 50 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 200 50]")
    path = page(tmp_path / "a.pdf", note(b"Stamp", rest=b"/AP << /N 8 0 R >>"), note(b"Ink"), more=[lines])
    assert [left.sentence for left in read(path, policy).not_read] == [
        "A stamp on page 1 was seen but not read.",
        "A handwritten mark on page 1 was seen but not read.",
    ]


def test_words_in_rich_text_alone_are_read(tmp_path, policy):
    path = page(tmp_path / "a.pdf", note(b"Highlight", rest=b"/RC (<body><p>new &amp; sharp</p><p>tool</p></body>)"))
    assert texts(read(path, policy), "comment") == ["new & sharp tool"]


def test_fields_show_what_is_chosen_or_drawn_and_not_what_is_sent(tmp_path, policy):
    path = page(
        tmp_path / "a.pdf",
        note(b"Widget", b"100 300 300 320", b"/FT /Ch /Ff 131072 /T (a) /Opt [[(1) (Scrap)] [(2) (Rework)]] /V (2)"),
        note(b"Widget", b"100 200 300 220", b"/FT /Tx /T (b) /AP << /N 9 0 R >>"),
        note(b"Widget", b"100 100 300 120", b"/FT /Tx /T (c) /V (4711)"),
        more=[drawn(b"drawn only")],
    )
    (form,) = [block for block in read(path, policy).blocks if block.kind == "form"]
    assert [cell.text for cell in form.table.cells if cell.column == 2] == ["Rework", "drawn only", "4711"]


def test_a_thousand_notes_that_draw_are_bounded(tmp_path, policy):
    notes = [note(b"Stamp", rest=b"/AP << /N 406 0 R >>")] * 400
    document = read(page(tmp_path / "a.pdf", *notes, more=[drawn(b"SEEN")]), policy)
    assert len(texts(document, "comment")) == 100
    assert len(document.not_read) == 300


def test_what_the_page_writes_below_a_mark_is_not_the_mark(tmp_path, policy):
    lines = stream(
        b"BT /F1 9 Tf 0 0 Td ( ) Tj ET 0 0 m 50 50 l S",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 50] /Resources << /Font << /F1 5 0 R >> >>",
    )
    path = page(tmp_path / "a.pdf", note(b"Stamp", rest=b"/AP << /N 7 0 R >>"), more=[lines])
    assert not texts(read(path, policy), "comment")


def test_a_list_that_draws_all_its_entries_shows_none_of_them_as_chosen(tmp_path, policy):
    field = note(b"Widget", rest=b"/FT /Ch /T (a) /Opt [(Scrap) (Rework)] /AP << /N 7 0 R >>")
    (form,) = [
        block
        for block in read(page(tmp_path / "a.pdf", field, more=[drawn(b"Scrap Rework")]), policy).blocks
        if block.kind == "form"
    ]
    assert [cell.text for cell in form.table.cells if cell.column == 2] == [""]


@pytest.mark.parametrize(
    ("name", "said"),
    [(b"Approved", ["Approved"]), (b"NotApproved", ["Not approved"]), (b"ForComment", ["For comment"]), (b"#K7", [])],
)
def test_a_stamp_without_a_drawing_says_the_name_that_all_programs_draw(tmp_path, policy, name, said):
    document = read(page(tmp_path / "a.pdf", note(b"Stamp", rest=b"/Name /%s" % name)), policy)
    assert texts(document, "comment") == said
    assert len(document.not_read) == (not said)


def test_a_stamp_with_a_picture_of_its_own_is_not_taken_at_its_name(tmp_path, policy):
    lines = stream(b"0 0 m 50 50 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 200 50]")
    path = page(tmp_path / "a.pdf", note(b"Stamp", rest=b"/Name /Approved /AP << /N 7 0 R >>"), more=[lines])
    document = read(path, policy)
    assert not texts(document, "comment")
    assert len(document.not_read) == 1


@pytest.mark.parametrize(("flags", "hidden"), [(0, False), (2, True), (4, False), (32, True), (36, False)])
def test_notes_and_fields_that_no_program_shows_are_hidden(tmp_path, policy, flags, hidden):
    entries = b"/F %d /Contents (Closed by the laboratory)" % flags
    field = note(b"Widget", b"100 400 300 420", b"/F %d /FT /Tx /T (lot) /TU (Lot) /V (4711)" % flags)
    document = read(page(tmp_path / "a.pdf", note(b"Text", rest=entries), field), policy)
    assert {block.text: block.hidden for block in document.blocks if block.kind in ("comment", "form")} == {
        "Closed by the laboratory": hidden,
        "Lot | 4711": hidden,
    }
