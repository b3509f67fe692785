"""A citation names the place of its quote, not that of the passage around it."""

import pytest

from evidence.bundle import cite, cite_fact
from evidence.facts.sources import fact
from evidence.model import Passage
from evidence.passages import cut
from extractors.document import Block, Cell, Document, Table
from extractors.locators import Box, PageLocator, SheetLocator
from tests.unit.evidence.builders import report

ROWS = (("A-17", "scrapped", "die worn"), ("A-18", "reworked", "cold shut"), ("A-19", "scrapped", "die cracked"))


def register() -> Document:
    """A sheet with one row a lot."""
    cells = tuple(
        Cell(text=text, row=row, column=column, locator=SheetLocator(sheet="Log", cells=f"{'ABC'[column - 1]}{row}"))
        for row, texts in enumerate(ROWS, 1)
        for column, text in enumerate(texts, 1)
    )
    table = Table(rows=3, columns=3, cells=cells, header_rows=0)
    block = Block(kind="table", text="", locators=(SheetLocator(sheet="Log", cells="A1:C3"),), part=1, table=table)
    return Document(path="log.xlsx", sha256="0" * 64, media_type="x", blocks=(block,))


def passage() -> Passage:
    (draft,) = cut(register())
    return Passage(id="p", text=draft.text, locators=draft.locators, places=draft.places)


@pytest.mark.parametrize(("quote", "cells"), [("cold shut", "A2:C2"), ("A-19 | scrapped", "A3:C3")])
def test_a_quote_of_one_row_names_that_row(quote, cells):
    citation = cite(report("log.xlsx", "x"), passage(), quote)
    assert citation.quote == quote
    assert citation.locator == SheetLocator(sheet="Log", cells=cells)
    assert citation.locators == (citation.locator,)


def test_a_quote_over_two_rows_names_both():
    citation = cite(report("log.xlsx", "x"), passage(), "die worn\nA-18")
    assert [place.cells for place in citation.locators] == ["A1:C1", "A2:C2"]


def test_words_that_stand_twice_are_cited_where_the_fact_was_read():
    whole = passage()
    document = report("log.xlsx", "x").model_copy(update={"passages": (whole,)})
    at = whole.text.rfind("scrapped")
    found = fact("identifier", "lot", "scrapped", whole, at, at + len("scrapped"))

    class Papers:
        passages = {"log.xlsx": {"p": whole}}

    for wide, quote in ((False, "scrapped"), (True, "A-19 | scrapped | die cracked")):
        citation = cite_fact(Papers(), document, found, wide)
        assert (citation.quote, citation.locator.cells) == (quote, "A3:C3")


def test_a_quote_that_runs_on_over_pages_has_a_box_on_each():
    boxes = [PageLocator(page=at, boxes=(Box(x0=0.1, y0=0.1, x1=0.9, y1=0.2),)) for at in (1, 2)]
    text = "The melt is weighed.\nThe lot is noted."
    spans = [{"start": 0, "end": 20, "locators": [boxes[0]]}, {"start": 21, "end": 38, "locators": [boxes[1]]}]
    whole = Passage(id="p", text=text, locators=tuple(boxes), places=tuple(spans))
    assert cite(report("a.pdf", text), whole).locators == tuple(boxes)
    assert cite(report("a.pdf", text), whole, "lot is noted").locator.page == 2


def test_a_long_paragraph_on_a_page_without_boxes_is_cut_all_the_same() -> None:
    long = "The furnace charge was weighed and its lot written on the traveller. " * 30
    block = Block(kind="paragraph", text=long, locators=(PageLocator(page=2),), part=1)
    drafts = cut(Document(path="a.pdf", sha256="0" * 64, media_type="application/pdf", blocks=(block,)))
    assert len(drafts) > 1
    assert {place for draft in drafts for place in draft.locators} == {PageLocator(page=2)}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("The first rule of this paper is long enough to be cut. " * 8, "to be cut."),
        ("A-17 | scrapped | the die was worn at the gate and replaced\n" * 8, "and replaced"),
        ("one cell after another without any end | " * 12, "without any end"),
        ("word " * 100, "word"),
    ],
)
def test_a_long_quote_ends_with_a_row_or_a_sentence_where_there_is_one(text, end):
    place = PageLocator(page=1)
    whole = Passage(id="p", text=text, locators=(place,))
    quote = cite(report("a.pdf", "x"), whole).quote
    assert quote.endswith(end)
    assert 120 <= len(quote) <= 300
    assert quote in text
