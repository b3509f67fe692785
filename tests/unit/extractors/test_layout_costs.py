"""A page of loose letters costs what it holds: each letter was compared with all others, and the page was lost."""

import random

import pytest

from extractors import layout, stacked
from extractors.layout import Line, blocks
from tests.unit.work import MOST, growth


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Limits of a page that are reached by pages of a size to count on."""
    monkeypatch.setattr(stacked, "MOST_LETTERS", 60)
    monkeypatch.setattr(layout, "MOST_PIECES", 40)


def read(lines):
    found = blocks(lines, 600.0, 8.0, 1, lambda rects: ())
    assert letters(block.text for block in found) == letters(line.text for line in lines)


def letters(texts):
    return sum(letter.isalpha() for text in texts for letter in text)


def test_letters_strewn_over_a_page():
    def strewn(number):
        draw = random.Random(7)
        places = [(draw.uniform(0, 590), draw.uniform(0, number)) for _ in range(number)]
        return [Line("x", (x, y, x + 5, y + 8), 8.0) for x, y in places]

    assert growth(strewn, read, 200) < MOST


def test_many_letters_on_one_line():
    def beside(number):
        return [Line("x", (n * 10.0, 100.0, n * 10.0 + 5, 108.0), 8.0) for n in range(number)]

    assert growth(beside, read, 200) < MOST


def test_columns_under_lines_that_run_over_them():
    def columns(number):
        lines = []
        for n in range(number):
            top = n * 30.0
            lines.append(Line("a line over both columns of the page, again and again", (20, top, 580, top + 9), 8.0))
            lines += [Line("prose of a column, some words", (x, top + 12, x + 250, top + 21), 8.0) for x in (20, 320)]
        return lines

    assert growth(columns, read, 300) < MOST
