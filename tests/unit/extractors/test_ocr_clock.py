import pytest
from PIL import Image

from extractors.ocr import FakeEngine
from extractors.ocr_clock import AGAIN_SHARE, LEAST_SECONDS, PageClock

PAGE = Image.new("L", (100, 100))


class Machine:
    """Two clocks: of a processor second, ``pace`` wall seconds go by."""

    def __init__(self, pace):
        self.pace, self.wall, self.processor = pace, 0.0, 0.0

    def work(self, seconds):
        self.processor += seconds
        self.wall += seconds * self.pace


class Slow(FakeEngine):
    """Needs so many processor seconds, and gives up when its wall time is over."""

    def __init__(self, machine, needs, busier=1.0):
        super().__init__()
        self.machine, self.needs, self.busier, self.done = machine, needs, busier, []

    def recognise(self, image, languages, dpi, seconds):
        self.machine.pace *= self.busier
        self.busier = 1.0
        works = min(self.needs, seconds / self.machine.pace)
        self.machine.work(works)
        self.done.append(works >= self.needs)
        return []


def clock(machine, seconds=20):
    found = PageClock(seconds, wall=lambda: machine.wall, processor=lambda: machine.processor)
    machine.work(0.5)
    return found


@pytest.mark.parametrize("pace", [1, 3, 10, 30])
def test_a_busy_machine_reads_as_much_as_an_idle_one(pace):
    machine = Machine(pace)
    page, engine = clock(machine), Slow(machine, needs=15)
    page.recognise(engine, PAGE, ("eng",), 300)
    assert engine.done == [True]
    assert not page.cut


def test_a_machine_that_grows_busy_meanwhile_costs_a_second_reading():
    machine = Machine(1)
    page, engine = clock(machine), Slow(machine, needs=8, busier=10)
    page.recognise(engine, PAGE, ("eng",), 300)
    assert engine.done == [False, True]
    assert not page.cut


@pytest.mark.parametrize("pace", [1, 10])
def test_a_picture_without_end_is_given_up_and_that_is_told(pace):
    machine = Machine(pace)
    page, engine = clock(machine), Slow(machine, needs=1_000)
    page.recognise(engine, PAGE, ("eng",), 300)
    assert page.cut
    assert machine.processor <= 20 * (1 + AGAIN_SHARE)


def test_a_page_that_used_up_its_time_still_gets_a_little():
    machine = Machine(1)
    page, engine = clock(machine), Slow(machine, needs=LEAST_SECONDS)
    machine.work(100)
    page.recognise(engine, PAGE, ("eng",), 300)
    assert engine.done == [True]
