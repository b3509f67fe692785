"""A recognised sign can be of no width: a page with a column of such signs was lost."""

from extractors.aligned_tables import _is_prose
from extractors.layout import Line


def test_a_column_of_signs_without_width_is_no_prose():
    words = "a long line of words without any figure in it at all, of a form that was scanned"
    rows = [(Line(words, (20, top, 300, top + 9), 8.0), Line(words, (320, top, 320, top + 9), 8.0)) for top in range(0, 90, 12)]  # fmt: skip
    assert not _is_prose([[(left, 1, 1), (right, 2, 1)] for left, right in rows])
