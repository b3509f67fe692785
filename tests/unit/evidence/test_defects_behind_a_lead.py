"""Two descriptions that begin with the same customer or part before a colon."""

import pytest

from evidence.defects import same_defect


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Chania Water: short count 40 in carton", "Chania Water: wet cartons", False),
        ("Chania Water: wet cartons", "Chania Water: cartons wet again", True),
        ("Housing 221: porosity", "Housing 221: porosity", True),
        ("Housing 221: leak", "Housing 221: leaks", True),
        ("Housing 221: leak", "Housing 221: burr", False),
        ("Khách hàng Minh Anh: bavia mép cắt", "Khách hàng Minh Anh: sai màu in", False),
        ("客户 A: 孔位偏移", "客户 A: 表面划伤", False),
    ],
)
def test_whose_it_is_is_no_part_of_the_defect(first, second, same):
    assert same_defect(first, second) is same
