"""What a reader may spend on one file, and that pictures are counted apart."""

import time

import pytest

from extractors import progress
from extractors.progress import Allowance


@pytest.fixture(autouse=True)
def nobody():
    yield
    progress.listen(None)


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_without_an_allowance_there_is_time():
    progress.listen(None)
    assert not progress.out_of_time()
    assert not progress.out_of_pictures()


def test_work_beyond_the_allowance_ends_the_reading():
    progress.listen(None, Allowance(wall=60, work=0.02, fruitless=60))
    assert not progress.out_of_time()
    busy(0.03)
    assert progress.out_of_time()
    assert progress.out_of_pictures()


def test_time_for_pictures_is_counted_apart():
    progress.listen(None, Allowance(wall=60, work=0.05, fruitless=60))
    with progress.looking() as look:
        busy(0.06)
        assert not progress.out_of_time()
        look.found = True
    assert not progress.out_of_time()
    assert not progress.out_of_pictures()


def test_pictures_without_text_end_the_looking_and_not_the_reading():
    progress.listen(None, Allowance(wall=60, work=60, fruitless=0.02))
    with progress.looking():
        busy(0.03)
    assert progress.out_of_pictures()
    assert not progress.out_of_time()


def test_a_picture_within_a_picture_is_counted_once():
    progress.listen(None, Allowance(wall=60, work=60, fruitless=0.02))
    with progress.looking(), progress.looking() as inner:
        busy(0.03)
        inner.found = True
    assert not progress.out_of_pictures()
