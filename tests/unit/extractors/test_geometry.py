import math

import pytest

from extractors.geometry import Frame, on_page, overlap, to_box, union


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_the_upper_left_corner_of_the_paper_turns_with_the_page(rotation, corner):
    frame = Frame(10, 20, 110, 220, rotation)
    rect = frame.shown(10, 210, 20, 220)
    box = to_box(rect, frame.width, frame.height)
    assert (round((box.x0 + box.x1) / 2), round((box.y0 + box.y1) / 2)) == corner


def test_a_turned_page_is_as_wide_as_it_was_high():
    assert (Frame(0, 0, 100, 200, 90).width, Frame(0, 0, 100, 200, 90).height) == (200, 100)


def test_boxes_are_cut_at_the_edge_and_dropped_beyond_it():
    assert to_box((-10, -10, 50, 50), 100, 100).model_dump() == {"x0": 0.0, "y0": 0.0, "x1": 0.5, "y1": 0.5}
    assert to_box((120, 0, 130, 10), 100, 100) is None


def test_union_and_overlap():
    assert union([(0, 5, 2, 6), (1, 1, 9, 2)]) == (0, 1, 9, 6)
    assert overlap(0, 10, 4, 20) == 6
    assert overlap(0, 1, 2, 3) == 0


def test_places_on_a_page_are_the_boxes_of_its_rectangles():
    rects = [(10.0, 20.0, 30.0, 40.0), (120.0, 0.0, 130.0, 10.0), (90.0, -5.0, 50.0, 105.0)]
    place = on_page(3, rects, 100, 100)
    assert place.page == 3
    assert place.boxes == tuple(box for box in (to_box(rect, 100, 100) for rect in rects) if box)
    assert len(place.boxes) == 2


@pytest.mark.parametrize("at", range(4))
def test_a_rectangle_that_is_no_number_lies_nowhere(at):
    rect = [10.0, 20.0, 30.0, 40.0]
    rect[at] = math.nan
    assert on_page(1, [tuple(rect)], 100, 100).boxes == ()
    rect[at] = math.inf
    assert all(
        0 <= side <= 1 for box in on_page(1, [tuple(rect)], 100, 100).boxes for side in box.model_dump().values()
    )
