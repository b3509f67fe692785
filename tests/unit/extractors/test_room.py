import subprocess
import sys
import time

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import pdf
from extractors.child_process import ChildProcess
from extractors.errors import MemoryExceeded
from extractors.policy import ExtractionPolicy
from extractors.room import lacks_memory


@pytest.fixture
def three_pages(tmp_path):
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    for number in range(3):
        canvas.drawString(72, 700, f"Words of page {number + 1}")
        canvas.showPage()
    canvas.save()
    return path


def falls_over_on_the_second(monkeypatch, problem):
    codes = pdf.page_codes

    def falls_over(handle, pictures, fills, number, place):
        if number == 2:
            raise problem
        return codes(handle, pictures, fills, number, place)

    monkeypatch.setattr(pdf, "page_codes", falls_over)


@pytest.mark.parametrize(
    "problem", [RuntimeError("of a library"), KeyError("/Font"), IndexError(), ZeroDivisionError()]
)
def test_a_page_on_which_a_library_falls_over_costs_itself(three_pages, monkeypatch, problem):
    falls_over_on_the_second(monkeypatch, problem)
    document = pdf.read(three_pages, "a.pdf", ExtractionPolicy())
    assert [part.read for part in document.parts] == [True, False, True]
    assert [item.code for item in document.not_read] == ["damaged_page"]


def test_a_page_is_not_called_damaged_where_memory_was_lacking(three_pages, monkeypatch):
    falls_over_on_the_second(monkeypatch, ImportError("failed to map segment from shared object"))
    monkeypatch.setattr(pdf, "lacks_memory", lambda problem: True)
    with pytest.raises(MemoryExceeded):
        pdf.read(three_pages, "a.pdf", ExtractionPolicy())


def test_a_failure_with_room_left_is_not_for_want_of_memory():
    assert lacks_memory(MemoryError())
    assert not lacks_memory(ImportError("no such module"))


def test_a_child_that_a_busy_machine_lets_wait_is_still_starting():
    child = ChildProcess(ExtractionPolicy(start_seconds=20), {}, ())
    long_ago = time.monotonic() - 100
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        try:
            assert child._starting(busy.pid, long_ago) > 0
            assert child._starting(busy.pid, time.monotonic() - 1000) <= 0
        finally:
            busy.kill()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as idle:
        time.sleep(0.5)
        deadline = time.monotonic() + 60
        while child._starting(idle.pid, long_ago) > 0 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert child._starting(idle.pid, long_ago) <= 0
        idle.communicate(b"\n")
