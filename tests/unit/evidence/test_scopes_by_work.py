"""Scopes and products that name works: excluded ones, other ones, and finishes of goods that are made anyway."""

import pytest

from evidence.certified_work import leaves_out
from evidence.facts.text import fold
from evidence.processes import processes
from evidence.trades import covers


@pytest.mark.parametrize(
    ("product", "scope"),
    [
        (
            "injection moulded housings for water purifiers",
            "Design and manufacture of steel moulds and dies; mould repair",
        ),
        ("turned brass pins", "Manufacture of sheet metal enclosures, laser cutting and welding"),
        ("zinc die cast housings", "CNC machining of steel shafts"),
        ("stamped brackets for car seats", "不锈钢餐具、厨房用具的生产和销售"),
        ("挤出成型管", "注塑模具的设计和制造"),
    ],
)
def test_other_works_are_other_work(product, scope):
    assert not covers(fold(scope), fold(product))


@pytest.mark.parametrize(
    ("product", "scope"),
    [
        ("machined castings", "Casting and machining of iron parts"),
        ("powder coated steel frames", "Cutting, bending and welding of steel frames"),
        ("stainless steel pipe clamps", "Sheet metal stamping of automotive parts"),
        ("painted steel cabinets", "Sheet metal processing"),
        ("moulded rubber bushes", "Compression moulding of rubber parts"),
        ("die cast housings", "CNC machining of housings"),
    ],
)
def test_shared_works_goods_and_finishes_leave_room(product, scope):
    assert covers(fold(scope), fold(product))


@pytest.mark.parametrize(
    ("scope", "product", "out"),
    [
        (
            "Manufacture of gear blanks. Gear cutting, heat treatment and grinding are not included.",
            "case hardened and ground gears",
            True,
        ),
        ("Sản xuất chi tiết cơ khí (không bao gồm xử lý nhiệt luyện)", "trục nhiệt luyện", True),
        (
            "Manufacture of gears, heat treatment included. Design and development excluded.",
            "case hardened gears",
            False,
        ),
        (
            "Manufacture of gear blanks. Gear cutting, heat treatment and grinding are not included.",
            "turned gear blanks",
            False,
        ),
    ],
)
def test_a_work_that_a_scope_leaves_out(scope, product, out):
    assert leaves_out(fold(scope), fold(product)) is out


def test_works_are_named_by_their_own_words():
    assert processes(fold("moulded trays")) == {"moulding"}
    assert processes(fold("moulds and dies")) == {"mould_making"}
    assert processes(fold("underground tanks, wooden dienst")) == set()
