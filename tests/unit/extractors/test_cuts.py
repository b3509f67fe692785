"""Strips of pages: the passage with its surroundings, marked, and never more than a page."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from extractors.errors import UnsupportedType
from extractors.locators import Box
from extractors.pictures import LEAST_HEIGHT, LEAST_WIDTH, MOST_HEIGHT, around, cut
from extractors.policy import ExtractionPolicy

edges = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)
boxes = st.lists(st.builds(lambda x, y: Box(x0=x[0], x1=x[1], y0=y[0], y1=y[1]), edges, edges), max_size=5)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the rule
@given(boxes)
def test_a_strip_lies_on_its_page_and_shows_enough(found):
    window = around(found)
    assert window.x1 - window.x0 >= LEAST_WIDTH - 1e-9
    assert LEAST_HEIGHT - 1e-9 <= window.y1 - window.y0 <= MOST_HEIGHT + 0.1
    if found:
        assert window.x0 <= min(box.x0 for box in found)
        assert window.y0 <= min(box.y0 for box in found)


def test_the_passage_is_marked_and_the_rest_is_left(tmp_path):
    page = Image.new("RGB", (600, 800), "white")
    page.paste("black", (100, 200, 300, 220))
    page.save(tmp_path / "page.png")
    strip = cut(
        tmp_path / "page.png", "image/png", 1, [Box(x0=0.15, y0=0.24, x1=0.6, y1=0.29)], 600, ExtractionPolicy()
    )
    image = Image.open(io.BytesIO(strip)).convert("RGB")
    colours = {colour for _, colour in image.getcolors(100_000)}
    assert any(r > 230 and g > 220 and b < 200 for r, g, b in colours)  # the marker
    assert any(max(colour) < 60 for colour in colours)  # the ink under it
    assert image.width < 600
    assert image.height < 200


def test_files_without_pages_have_no_strips(tmp_path):
    with pytest.raises(UnsupportedType):
        cut(tmp_path / "a.xlsx", "text/csv", 1, [], 600, ExtractionPolicy())
