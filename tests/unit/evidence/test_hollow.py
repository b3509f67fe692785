"""Causes whose reason is the problem again, and causes that tell something in as few words."""

import pytest

from evidence.hollow import says_nothing


@pytest.mark.parametrize(
    ("cause", "problem"),
    [
        (
            "The tips of the tubes had burrs, therefore they felt rough to the nurse.",
            "Burrs at the tips of tubes, 6 of 50",
        ),
        ("Door hangs lower because the mirror door is 3 mm low", "Mirror door 3 mm lower than other door, 6 pieces"),
        ("Pallet fell over in the box during the trip", "Pallet of yoghurt fell over, 96 cups broken"),
        ("Từ thông viên nam châm thấp hơn quy cách nên khách đo bị NG.", "Khách đo từ thông 0.412, min 0.435, thấp"),
        ("The noise was that flanks of these gears were not silent enough in mesh", "Gear Z41 too loud on the stand"),
        ("瓶盖松动，因此漏液", "瓶盖漏液，松动 12 瓶"),
    ],
)
def test_a_reason_that_is_the_problem_again(cause, problem):
    assert says_nothing(cause, problem)


@pytest.mark.parametrize(
    ("cause", "problem"),
    [
        ("Parts scratched in the tumbler", "Parts scratched, 20 of 300"),
        ("Burrs because the punch was worn", "Burrs at the tips, 6 of 50"),
        ("Label fell off because the glue was old", "Labels fell off in the cold room"),
        ("Nắp bị lỏng do lực siết thấp", "Nắp bị lỏng, rò 3 thùng"),
        ("Dikiş söküldü, çünkü iplik zayıf", "Dikiş sökülmesi 5 adet"),
        ("Film tore because its tension was 4.5 N", "Film tore at the rewinder"),
    ],
)
def test_a_reason_of_its_own(cause, problem):
    assert not says_nothing(cause, problem)
