"""Pages on which the reading process dies are given up one by one, at a bounded cost."""

import pytest

from extractors.child_process import Reached
from extractors.document import Block, Document, Part
from extractors.errors import ReaderCrashed, ReaderTimedOut
from extractors.locators import PageLocator
from extractors.policy import ExtractionPolicy
from extractors.rescue import rescue

POLICY = ExtractionPolicy(rescue_seconds=8)


class Pages:
    """A file whose reading dies on some pages, after so many seconds."""

    def __init__(self, total, bad, seconds=1.0, tells=True):
        self.total, self.bad, self.seconds, self.tells = total, set(bad), seconds, tells
        self.asked, self.spent, self.came = [], 0.0, Reached()
        self.first = self.read_or_none(1, total)

    def read_or_none(self, first, last):
        worst = min((page for page in self.bad if first <= page <= last), default=None)
        if worst is None:
            return None
        self.came = Reached(worst - first if self.tells else last - first + 1, last - first + 1, self.seconds)
        return ReaderCrashed()

    def read(self, first, last, patience):
        assert patience > 0
        self.asked.append((first, last))
        if death := self.read_or_none(first, last):
            self.spent += self.seconds
            raise death
        parts = tuple(Part(number=at, kind="page", name=f"Page {at}") for at in range(first, last + 1))
        blocks = tuple(
            Block(kind="paragraph", text=f"page {at}", part=at, locators=(PageLocator(page=at),))
            for at in range(first, last + 1)
        )
        return Document(path="", sha256="", media_type="application/pdf", parts=parts, blocks=blocks)

    def rescued(self, problem=None):
        return rescue("a.pdf", POLICY, problem or ReaderCrashed(), self.read, lambda: self.came)


def unread(document):
    return [part.number for part in document.parts if not part.read]


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("bad", [{1}, {5}, {9}, {2, 7}, {4, 5}])
def test_the_pages_around_the_bad_ones_are_kept(bad, tells):
    pages = Pages(9, bad, seconds=0.1, tells=tells)
    document = pages.rescued()
    assert unread(document) == sorted(bad)
    assert [block.part for block in document.blocks] == [at for at in range(1, 10) if at not in bad]
    assert [item.code for item in document.not_read] == ["reader_crashed"] * len(bad)


def test_a_page_that_was_named_is_tried_once_more_at_most():
    pages = Pages(2_000, {1_500}, seconds=0.1)
    pages.rescued()
    deaths = [span for span in pages.asked if span[0] <= 1_500 <= span[1]]
    assert len(deaths) == 1


def test_a_file_of_one_page_is_given_up_at_once():
    pages = Pages(1, {1})
    with pytest.raises(ReaderTimedOut):
        pages.rescued(ReaderTimedOut())
    assert pages.asked == []


def test_a_file_that_cannot_be_opened_is_given_up_at_once():
    pages = Pages(5, {1})
    pages.came = Reached()
    with pytest.raises(ReaderCrashed):
        pages.rescued()
    assert pages.asked == []


def test_all_deaths_together_cost_no_more_than_set():
    pages = Pages(100, range(1, 101, 2), seconds=3.0)
    document = pages.rescued()
    assert pages.spent <= POLICY.rescue_seconds + pages.seconds
    assert document.blocks
    assert "limit_exceeded" in {item.code for item in document.not_read}
    assert {part.number for part in document.parts} == set(range(1, 101))
