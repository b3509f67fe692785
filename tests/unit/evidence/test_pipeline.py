"""What was left out of a document is said: more text than is judged, and what was not read, with its places."""

from evidence.alike import Most
from evidence.pipeline import DocumentReader, told
from extractors.document import Block, Document, NotRead, Part
from extractors.locators import PageLocator, ParagraphLocator, SheetLocator
from tests.unit.evidence.small_model import classifier


def paper(count):
    """Paragraphs long enough to be a passage each."""
    texts = [
        f"The inspector of hall {'abcdefghij'[at // 10]}{'abcdefghij'[at % 10]} shall measure five pieces of each lot and must "
        f"record the result in form {'klmnopqrst'[at % 10]}; what is out of its limits is kept apart until it is decided. "
        * 3
        for at in range(count)
    ]
    blocks = tuple(
        Block(kind="paragraph", text=text, locators=(ParagraphLocator(paragraph=at),), part=1)
        for at, text in enumerate(texts, start=1)
    )
    part = Part(number=1, kind="section")
    return Document(path="a.docx", sha256="0" * 64, media_type="text/plain", parts=(part,), blocks=blocks)


def test_what_is_left_out_is_counted_and_the_report_is_partial():
    whole = DocumentReader(classifier()).read(paper(30)).report
    cut = DocumentReader(classifier(), most=Most(texts=10, passages=100)).read(paper(30)).report
    assert whole.status == "read"
    assert not whole.not_read
    assert cut.status == "partial"
    assert len(cut.passages) == 10
    assert cut.not_read == (
        f"The file holds more text than is judged of one file: {len(whole.passages) - 10} of its {len(whole.passages)} "
        "passages, spread evenly over it, were left out.",
    )
    assert cut.passages[-1].id == whole.passages[-1].id


def test_what_was_not_read_is_told_with_its_places() -> None:
    """One sentence a reason, the first places behind it; a sentence that names its page is left as it is."""
    seen = "A picture was seen in which no text could be read."
    cells = [
        NotRead(code="picture_not_read", sentence=seen, locators=(SheetLocator(sheet="8D", cells=f"B{n}"),))
        for n in range(1, 6)
    ]
    page = NotRead(code="no_text_found", sentence="No text was found on page 3.", locators=(PageLocator(page=3),))
    bare = NotRead(code="limit_exceeded", sentence="More pictures were not read.")
    assert told([cells[0], page, *cells, bare]) == (
        f"{seen} (sheet 8D, B1; sheet 8D, B2; sheet 8D, B3 and 2 more)",
        "No text was found on page 3.",
        "More pictures were not read.",
    )
