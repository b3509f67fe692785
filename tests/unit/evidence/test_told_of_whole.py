"""A figure that stands right behind its months, with nothing between the two."""

from unittest.mock import Mock

from evidence.flags.month_figures import Told
from evidence.flags.told_of_periods import is_told_of_whole


def test_nothing_between_the_months_and_the_figure():
    place = Mock()
    told = Told(39.0, "ppm", True, place, False, "July39 ppm of all", "", " ppm of all", place, place, "July39 ppm")
    assert is_told_of_whole(told)
