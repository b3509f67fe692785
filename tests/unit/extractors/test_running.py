"""Running headers are told from headings and numbers of forms that differ from page to page by a number alone."""

import pytest

from extractors.layout import Line
from extractors.running import mark_running_lines

HEIGHT = 800.0


def line(text, top, size=10.0, bold=False):
    return Line(text, (50.0, top, 50.0 + 5 * len(text), top + size), size, bold)


def kinds(heads, **style):
    """What becomes of a line on top of each page, over lines of plain text."""
    pages = [
        [line(head, 40, **style), *(line(f"plain words number {n} of this text {at}", 200 + 20 * n) for n in range(20))]
        for at, head in enumerate(heads)
    ]
    mark_running_lines([(page, HEIGHT) for page in pages])
    assert all(piece.kind is None for page in pages for piece in page[1:])
    return [page[0].kind for page in pages]


@pytest.mark.parametrize(
    "heads",
    [
        [f"Clause {number}" for number in range(4, 11)],
        [f"{number} Requirements" for number in range(4, 11)],
        [f"8D report No. 25-{number:03}" for number in range(101, 108)],
        [f"Date: {day}.03.2025" for day in range(11, 18)],
        [f"Lot {number} of steel" for number in range(4711, 4718)],
    ],
)
def test_what_each_page_has_of_its_own_is_text(heads):
    assert kinds(heads) == [None] * len(heads)


@pytest.mark.parametrize("style", [{"size": 16.0}, {"bold": True}])
def test_headings_that_count_as_the_pages_do_are_text(style):
    assert kinds([f"Chapter {number}" for number in range(1, 8)], **style) == [None] * 7


@pytest.mark.parametrize(
    "head",
    [
        "Quality Manual QM-01 Rev 3",
        "Quality Manual Page {0}",
        "QP-07 | Sheet {0} of 7",
        "Trang {0}/7",
        "Quy trình 8.5 - {0}",
        "品质手册 第 {0} 页",
        "คู่มือคุณภาพ หน้า {0}",
        "Sayfa: {0}",
        "p. {0}",
        "{0}",
    ],
)
def test_headers_with_the_number_of_the_page_are_running(head):
    assert kinds([head.format(number) for number in range(1, 8)]) == ["header"] * 7


def test_page_numbers_may_begin_behind_the_cover():
    heads = ["", *(f"Manual {number}" for number in range(1, 7))]
    assert kinds(heads)[1:] == ["header"] * 6


def test_a_header_of_its_chapter_is_running():
    assert kinds(["Chapter 4", "Chapter 4", "Chapter 5", "Chapter 5", "Chapter 6", "Chapter 6"]) == ["header"] * 6


def test_letters_of_another_size_are_no_difference():
    assert kinds(["©Labs Testing", "©LABS Testing", "©labs testing"]) == ["header"] * 3
