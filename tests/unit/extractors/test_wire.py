"""Frames between parent and child: what is there is taken, what does not come is given up."""

import os

import pytest

from extractors import wire


@pytest.fixture
def pipe():
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_an_answer_that_waits_in_the_pipe_is_never_too_late(pipe):
    """On a busy machine the child had written its answer, waited for its parent to take it, and was ended as hung."""
    wire.send(pipe[1], wire.ANSWER, b"Lot 4711 was released.")
    assert wire.receive(pipe[0], 100, lambda: -1.0) == (wire.ANSWER, b"Lot 4711 was released.")


def test_nothing_in_the_pipe_is_too_late_in_the_end(pipe):
    with pytest.raises(wire.TooLate):
        wire.receive(pipe[0], 100, lambda: 0.0)


def test_half_an_answer_is_too_late_as_well(pipe):
    os.write(pipe[1], b"A\x00\x00")
    with pytest.raises(wire.TooLate):
        wire.receive(pipe[0], 100, lambda: 0.0)


def test_more_than_is_taken_is_refused(pipe):
    wire.send(pipe[1], wire.ANSWER, b"x" * 101)
    with pytest.raises(wire.TooLarge):
        wire.receive(pipe[0], 100, lambda: 1.0)
