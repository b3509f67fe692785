"""A page of loose letters costs what it holds: each letter was compared with all others, and the page was lost."""

import random
import time

from extractors.layout import Line, blocks


def seconds(lines):
    begun = time.process_time()
    found = blocks(lines, 600.0, 8.0, 1, lambda rects: ())
    took = time.process_time() - begun
    assert letters(block.text for block in found) == letters(line.text for line in lines)
    return took


def letters(texts):
    return sum(letter.isalpha() for text in texts for letter in text)


def test_letters_strewn_over_a_page():
    draw = random.Random(7)
    places = [(draw.uniform(0, 590), draw.uniform(0, 790)) for _ in range(12_000)]
    assert seconds([Line("x", (x, y, x + 5, y + 8), 8.0) for x, y in places]) < 10


def test_ten_thousand_letters_on_one_line():
    assert seconds([Line("x", (n * 10.0, 100.0, n * 10.0 + 5, 108.0), 8.0) for n in range(10_000)]) < 10


def test_columns_under_lines_that_run_over_them():
    lines = []
    for n in range(1_500):
        top = n * 30.0
        lines.append(Line("a line over both columns of the page, again and again", (20, top, 580, top + 9), 8.0))
        lines += [Line("prose of a column, some words", (x, top + 12, x + 250, top + 21), 8.0) for x in (20, 320)]
    assert seconds(lines) < 10
