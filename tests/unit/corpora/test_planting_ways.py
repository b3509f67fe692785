"""Sentences of the way of figures planted below a sheet of months."""

from pathlib import Path

import pytest

from corpora.planting_ways import way_told
from tests.unit.corpora.test_planting import SHEET, supplier

RISING = (
    SHEET.partition("| Phế phẩm")[0]
    + "| Phế phẩm (%) | 2,5 | 2,1 | 2,4 | 2,6 | 2,9 |\n| Tai nạn | 0 | 1 | 0 | 1 | 0 |\n"
)


@pytest.mark.parametrize(("right", "verb"), [(False, "giảm"), (True, "tăng")])
def test_a_sentence_tells_the_way_of_a_row(tmp_path: Path, right: bool, verb: str) -> None:
    (planted,) = way_told(supplier(tmp_path, RISING), right=right)
    assert planted.what == f"Phế phẩm {verb} dần qua các tháng."
    assert [block.text for block in planted.supplier.documents[0].blocks()][-1] == planted.what
    assert bool(planted.raises) is not right
