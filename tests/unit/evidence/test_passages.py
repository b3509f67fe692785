from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import passages
from evidence.passages import LIMIT, LONGEST, cut
from extractors.document import Block, Cell, Document, Part, Table
from extractors.locators import Box, PageLocator, ParagraphLocator, SheetLocator


def block(text: str, number: int, kind: str = "paragraph", part: int = 1, level: int = 0) -> Block:
    return Block(kind=kind, text=text, locators=(ParagraphLocator(paragraph=number),), part=part, level=level)


def document(*blocks: Block) -> Document:
    parts = tuple(Part(number=n, kind="section") for n in sorted({b.part for b in blocks}))
    return Document(path="x.docx", sha256="a" * 64, media_type="x", parts=parts, blocks=blocks)


def table(rows: list[list[str]]) -> Block:
    cells = tuple(
        Cell(
            text=text,
            row=r,
            column=c,
            kind="text" if text else "empty",
            locator=SheetLocator(sheet="S", cells=f"{chr(64 + c)}{r}"),
        )
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
    )
    text = "\n".join(" | ".join(row) for row in rows)
    shape = Table(rows=len(rows), columns=len(rows[0]), cells=cells)
    return Block(kind="table", text=text, locators=(SheetLocator(sheet="S", cells="A1:B9"),), part=1, table=shape)


def test_short_paragraphs_are_joined_under_their_heading():
    drafts = cut(document(block("Audit", 1, "heading", level=1), block("It was done.", 2), block("Two findings.", 3)))
    assert [d.text for d in drafts] == ["Audit\nIt was done.\nTwo findings."]
    assert drafts[0].heading == ("Audit",)
    assert drafts[0].locators == tuple(ParagraphLocator(paragraph=n) for n in (1, 2, 3))


def test_a_new_heading_starts_a_new_passage():
    drafts = cut(
        document(
            block("One", 1, "heading", level=1),
            block("First text.", 2),
            block("Two", 3, "heading", level=1),
            block("Second.", 4),
        )
    )
    assert [d.text for d in drafts] == ["One\nFirst text.", "Two\nSecond."]
    assert drafts[1].heading == ("Two",)


def test_long_paragraphs_are_cut_between_sentences():
    sentence = "The spindle bearing was worn and the run-out read eight hundredths. "
    drafts = cut(document(block(sentence * 20, 1)))
    assert len(drafts) > 2
    assert all(len(d.text) <= LIMIT and d.text.endswith("hundredths.") for d in drafts)


def test_rows_stay_whole_and_know_their_cells():
    rows = [["No", "Finding"]] + [
        [str(n), "Gauge 12 overdue, taken out of use on the same day by the inspector"] for n in range(1, 15)
    ]
    drafts = cut(document(table(rows)))
    assert len(drafts) > 1
    assert sum(d.text.count("Gauge 12") for d in drafts) == 14
    assert drafts[1].heads == ("No", "Finding")
    assert isinstance(drafts[1].locators[0], SheetLocator)
    assert drafts[1].locators[0].cells.startswith("A")


def test_empty_rows_leave_no_text_but_are_counted():
    (draft,) = cut(document(table([["No", "Finding"], ["1", ""], ["2", ""], ["", ""]])))
    assert draft.text == "No | Finding\n1\n2"
    assert sum(not c.text for c in draft.cells) == 4


def test_passages_never_run_across_parts():
    drafts = cut(document(block("Page one text.", 1, part=1), block("Page two text.", 2, part=2)))
    assert [d.part for d in drafts] == [1, 2]


def test_cutting_twice_gives_the_same_ids():
    one = document(block("Some words that stand here.", 1))
    assert [d.id for d in cut(one)] == [d.id for d in cut(one)]


@given(st.lists(st.text(min_size=1, max_size=3000), max_size=6))
def test_no_word_is_lost_and_no_passage_is_endless(texts):
    drafts = cut(document(*(block(t, n) for n, t in enumerate(texts, 1))))
    kept = "".join("".join(d.text.split()) for d in drafts)
    assert kept == "".join("".join(t.split()) for t in texts)
    assert all(len(d.text) <= LONGEST + LIMIT for d in drafts)


def test_sentences_of_a_long_paragraph_have_the_boxes_of_their_own_lines():
    lines = [
        f"Sentence {at} says that the melt of shift {at} was weighed and its lot noted by hand." for at in range(12)
    ]
    boxes = tuple(Box(x0=0.1, y0=at / 20, x1=0.9, y1=(at + 1) / 20) for at in range(12))
    starts = tuple(sum(len(line) + 1 for line in lines[:at]) for at in range(12))
    place = PageLocator(page=1, boxes=boxes)
    block = Block(kind="paragraph", text=" ".join(lines), locators=(place,), part=1, lines=starts)
    drafts = cut(Document(path="a.pdf", sha256="0" * 64, media_type="application/pdf", blocks=(block,)))
    assert len(drafts) > 1
    seen = []
    for draft in drafts:
        (own,) = draft.locators
        assert len(own.boxes) == draft.text.count("Sentence")
        seen += own.boxes
    assert [box.y0 for box in seen] == [box.y0 for box in boxes]


def test_a_piece_of_a_very_long_row_stands_on_its_own_lines():
    sentences = [f"Step {n:02d} of the procedure is done by the shift leader and signed." for n in range(1, 41)]
    text = " ".join(sentences)
    boxes = tuple(Box(x0=0.3, y0=n / 50, x1=0.9, y1=(n + 1) / 50) for n in range(40))
    cells = (
        Cell(text="Body", row=1, column=1, locator=PageLocator(page=1, boxes=(Box(x0=0.1, y0=0, x1=0.3, y1=0.8),))),
        Cell(
            text=text,
            row=1,
            column=2,
            locator=PageLocator(page=1, boxes=boxes),
            lines=tuple(text.index(sentence) for sentence in sentences),
        ),
    )
    shape = Table(rows=1, columns=2, cells=cells, header_rows=0)
    place = PageLocator(page=1, boxes=(Box(x0=0.1, y0=0, x1=0.9, y1=0.8),))
    drafts = cut(document(Block(kind="table", text=f"Body | {text}", locators=(place,), part=1, table=shape)))
    assert len(drafts) > 3
    for draft in drafts:
        told = [n for n, sentence in enumerate(sentences) if sentence in draft.text]
        (found,) = draft.locators
        lines = [box for box in found.boxes if box.x0 == 0.3]
        assert [box.y0 for box in lines] == [n / 50 for n in told]
        assert (cells[0].locator.boxes[0] in found.boxes) == draft.text.startswith("Body")


@pytest.mark.parametrize(
    ("turned", "ends"),
    [(0, lambda box: box.x0), (1, lambda box: box.y0), (2, lambda box: -box.x1), (3, lambda box: -box.y1)],
)
def test_a_piece_of_a_line_is_cut_the_way_the_line_runs(turned, ends):
    text = "The bearing was worn and replaced. " * 30
    place = PageLocator(page=1, boxes=(Box(x0=0.2, y0=0.3, x1=0.8, y1=0.9),))
    page = Part(number=1, kind="page", turned=turned)
    line = Block(kind="paragraph", text=text.strip(), locators=(place,), part=1, lines=(0,))
    drafts = cut(Document(path="x.pdf", sha256="a" * 64, media_type="x", parts=(page,), blocks=(line,)))
    boxes = [draft.locators[0].boxes[0] for draft in drafts]
    assert len(boxes) > 2
    assert [ends(box) for box in boxes] == sorted({ends(box) for box in boxes})
    across = {(box.y0, box.y1) if turned % 2 == 0 else (box.x0, box.x1) for box in boxes}
    assert across == {(0.3, 0.9) if turned % 2 == 0 else (0.2, 0.8)}


def test_text_without_end_is_cut_at_the_pace_of_its_length(monkeypatch):
    """Each piece was cut out of a copy of all that was left: two million characters took minutes."""
    copied = 0

    class Copied(str):
        """A text that counts the characters which are cut out of it, and of what was cut out."""

        def __getitem__(self, key):
            nonlocal copied
            piece = super().__getitem__(key)
            copied += len(piece)
            return Copied(piece)

    text = "lorem ipsum dolor " * 2_000
    monkeypatch.setattr(passages, "_SENTENCE_END", SimpleNamespace(split=lambda text: [Copied(text)]))
    drafts = cut(document(block(text, 1)))
    assert sum(len(draft.text) for draft in drafts) > 0.9 * len(text)
    assert 0.9 * len(text) <= copied <= 3 * len(text)


def test_passages_of_a_wide_row_keep_the_cells_they_show():
    row = [f"reading {n} of the furnace" for n in range(400)]
    drafts = cut(document(table([row, row])))
    below = [draft for draft in drafts if draft.cells]
    assert len(below) >= len(drafts) // 2
    for draft in below:
        assert len(draft.cells) < 60
        assert all(cell.text in " ".join(row) for cell in draft.cells)
