"""Limits that a form or a head names by a word, shares told in words, and scopes of other work."""

import pytest

from evidence.facts.text import fold
from evidence.trades import covers
from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}


@pytest.mark.parametrize(
    ("label", "second", "raised"),
    [
        ("Requirement", "41.2 | 38.1 | 37.6 | 41.0 | 38.4", True),
        ("요구 경도", "41.2 | 38.1 | 37.6 | 41.0 | 38.4", True),
        ("Yêu cầu", "41.2 | 38.1 | 37.6 | 41.0 | 38.4", True),
        ("Requirement", "41.2 | 40.1 | 40.6 | 41.0 | 42.4", False),
        ("Requirement", "38.2 | 38.1 | 37.6 | 38.0 | 38.4", False),  # none of it inside: something else was read
        ("Range of the tester", "41.2 | 38.1 | 37.6 | 41.0 | 38.4", False),
    ],
)
def test_a_form_above_a_table_tells_what_was_required(label, second, raised):
    pieces = zip((41.3, 42.9, 42.0, 41.4, 43.7), second.split(" | "), strict=True)
    rows = "\n".join(f"| {at} | {one} | {two} |" for at, (one, two) in enumerate(pieces, 1))
    text = f"# Hardness test\n\nItem :: Lever 8 || Lot :: K-204\n{label} :: 40 to 45 HRC || Date :: 12.08.2026\n\n| Piece | Edge | Neck |\n{rows}\n\nLot K-204 found conforming."
    assert ("conclusion_contradicts_data" in flags(report("Hardness.docx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("head", "values", "raised"),
    [
        ("Moulds, cfu/g (limit 200)", (197, 198, 195, 199, 196, 198, 197, 199), True),
        ("Nấm mốc, cfu/g (giới hạn 200)", (197, 198, 195, 199, 196, 198, 197, 199), True),
        ("霉菌 cfu/g (限值 200)", (197, 198, 195, 199, 196, 198, 197, 199), True),
        ("Moulds, cfu/g (limit 200)", (97, 130, 195, 62, 154, 120, 88, 171), False),
        ("Moulds, cfu/g (detection limit 200)", (197, 198, 195, 199, 196, 198, 197, 199), False),
    ],
)
def test_a_head_names_its_limit_by_a_word(head, values, raised):
    rows = "\n".join(f"| B-{at} | 2026-09-{at:02d} | {value} |" for at, value in enumerate(values, 11))
    text = f"# Release\n\n| Batch | Made | {head} |\n{rows}"
    assert ("results_just_under_limit" in flags(report("Release.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("reject of filling was 1.2 percent in July", True),
        ("reject of filling was 1.2 per cent in July", True),
        ("reject of filling was 2.6 percent in July", False),
        ("reject of filling fell by 1.2 percent points in July", False),
    ],
)
def test_a_share_told_in_words_is_set_beside_the_sheet(told, raised):
    months = zip(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"), (2.1, 2.4, 2.2, 2.7, 2.5, 2.3, 2.6), strict=True)
    rows = "\n".join(f"| {month} | {share} |" for month, share in months)
    sheet = report("KPI.xlsx", f"# Line 2, 2026\n\n| Month | Reject % |\n{rows}", kind="metrics_record")
    minutes = report(
        "Review 20 August 2026.docx",
        f"# Management review, 20 August 2026\n\nLine 2: {told}.",
        kind="management_review_record",
    )
    assert ("same_measure_different_figures" in flags(sheet, minutes)) is raised


@pytest.mark.parametrize(
    ("told", "raised"), [("deviation from 38.000 in µm", True), ("deviation accepted by the customer", False)]
)
def test_how_far_a_size_is_off_a_written_one_is_no_permission(told, raised):
    means = "-15.2 | -14.6 | -15.8 | -11.8 | -14.8 | -14.2 | -15.4"
    text = f"# X-bar R\n\n| Pin dia | < | < | < | < | < | < | < |\n| X-bar UCL -12.6, CL -15.0, LCL -17.4 | < | < | < | < | < | < | < |\n| Date | 03.08 | 05.08 | 07.08 | 10.08 | 12.08 | 14.08 | 17.08 |\n| X-bar | {means} |\n\n{told}"
    paper = report("XbarR.xlsx", text, kind="metrics_record", criteria=("quality_metrics",))
    assert ("out_of_limits_without_reaction" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("scope", "product", "covered"),
    [
        ("건물 청소 및 시설물 경비 용역", "비파괴검사 용역", False),
        ("Building cleaning services", "non-destructive testing services", False),
        ("Jasa kebersihan gedung", "sepatu kulit", False),
        ("비파괴검사 용역", "배관 비파괴검사", True),
        ("Building cleaning services", "office cleaning", True),
    ],
)
def test_a_scope_of_work_on_buildings_covers_no_goods_and_no_tests(scope, product, covered):
    assert covers(fold(scope), fold(product)) is covered


def _outside(text: str) -> bool:
    return "out_of_limits_without_reaction" in flags(report("Sheet.xlsx", text, **CHECKED))


PULLED = """# Test record

Seal :: G-45 || {label} :: {limit}
Date :: 12 May 2026 || Lot :: L2605-01

| Sample | {head} |
| 1 | 24.1 |
| 2 | 24.6 |
| 3 | 25.4 |
| 4 | 24.2 |
| 5 | 23.9 |
"""


@pytest.mark.parametrize(
    ("label", "limit", "head", "raised"),
    [
        ("Requirement", "23 ± 2 MPa", "Tensile strength (MPa)", True),
        ("Requirement", "23 ± 2", "Tensile strength (MPa)", True),
        ("Requirement", "23.0 - 25.0 mm", "Thickness", True),
        ("Requirement", "23.0 - 25.0 mm plate", "Torque (Nm)", False),
        ("Standard atmosphere", "23 ± 2 °C", "Tensile strength", False),
        ("Standard atmosphere", "23 ± 2 °C", "Temperature, °C", True),
        ("Điều kiện tiêu chuẩn", "23 ± 2 °C", "Độ bền kéo (MPa)", False),
        ("标准环境", "23 ± 2 °C", "拉伸强度", False),
        ("Standart ortam", "23 ± 2 °C", "Kopma dayanımı (MPa)", False),
    ],
)
def test_a_limit_of_the_air_or_of_another_unit_is_none_of_the_readings(label, limit, head, raised):
    assert _outside(PULLED.format(label=label, limit=limit, head=head)) is raised


@pytest.mark.parametrize(
    ("first", "second", "raised"),
    [
        ("Before tempering", "After tempering", False),
        ("Sebelum temper", "Setelah temper", False),
        ("回火前", "回火后", False),
        ("템퍼링 전", "템퍼링 후", False),
        ("Trước khi ram", "Sau khi ram", False),
        ("Temper öncesi", "Temper sonrası", False),
        ("Edge", "Neck", True),
        ("前端", "后端", True),
        ("Đầu trước", "Đầu sau", True),
    ],
)
def test_what_was_read_before_a_work_need_not_keep_the_limits(first, second, raised):
    rows = "\n".join(f"| {at} | {one} | {two} |" for at, (one, two) in enumerate([(58, 52), (54, 53), (55, 52)] * 2, 1))
    text = (
        f"# Hardness, limit 50 - 55 HRC\n\nLot :: K-204 || Date :: 12.05.2026\n\n| Piece | {first} | {second} |\n{rows}"
    )
    assert _outside(text) is raised


@pytest.mark.parametrize(
    ("head", "raised"),
    [
        ("Moulds, cfu/g (limit 5)", True),
        ("Days to answer (limit 5)", False),
        ("Số ngày trả lời (giới hạn 5)", False),
        ("Jam lembur (batas 5)", False),
        ("库存 托盘 (限值 5)", False),
    ],
)
def test_days_hours_and_stores_are_no_readings_of_goods(head, raised):
    rows = "\n".join(f"| L26{at} | 0{at}.05.2026 | {value} |" for at, value in enumerate((3, 4, 7, 4, 3), 1))
    assert _outside(f"# Register\n\n| Lot | Date | {head} |\n{rows}") is raised
