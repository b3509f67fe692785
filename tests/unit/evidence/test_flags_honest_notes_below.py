"""Notes of honest factories that read like faults, each beside the one that is still told."""

import pytest

from tests.unit.evidence.builders import flags, report

LOFT = "| Lot | pc | Loft 31.0±0.5 | Lie 62.5±0.5 |\n" + "\n".join(
    f"| 7R-264{lot} | {piece} | {'31.6' if (lot, piece) == (3, 1) else f'31.{piece % 2}'} | 62.{3 + piece} |"
    for lot in (1, 2, 3)
    for piece in (1, 2, 3)
)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("7R-2643 pc 1: loft was too high, whole lot bent over the jig and looked at again, 22 of them moved.", False),
        ("7R-2641 and the others were weighed as well, and the boxes closed in the evening.", True),
        ("", True),
    ],
)
def test_a_note_on_the_piece_and_its_feature_is_a_reaction(note: str, told: bool) -> None:
    made = report("Loft check.xlsx", f"# Loft check, 12 March 2026\n\n{LOFT}\n\n{note}", kind="traceability_record")
    assert ("out_of_limits_without_reaction" in flags(made)) is told


@pytest.mark.parametrize(
    ("study", "told"),
    [
        ("Bench T-2 rebuilt, %GRR 45.4% → 11.6%, accepted", False),
        ("测试台 T-2 改造, GRR 由 45.4% 降到 11.6%, 判定合格", False),
        ("Bench T-2, %GRR 45.4%, accepted", True),
    ],
)
def test_a_gauge_error_that_was_brought_down_counts_as_it_is_now(study: str, told: bool) -> None:
    made = report("Minutes.docx", f"# Gauge R&R study\n\nDate: 18 March 2026\n\n{study}", kind="calibration_record")
    assert ("conclusion_contradicts_data" in flags(made)) is told


@pytest.mark.parametrize(
    ("other", "told"), [("2027.1", False), ("2027.02.26", False), ("2026.02.20", True)]
)  # read on 30 September 2026
def test_what_was_decided_is_for_later_where_another_row_is(other: str, told: bool) -> None:
    rows = (
        f"| 决议 | 负责 | 完成日 |\n| 测试台改造 | 邵工 | 2026.12.31 |\n| 目标保持 | 岑 | {other} |"
        "\n| 夜班检验员到岗 | 戴娟 | 2026.02.10 |\n| 供应商批准 | 虞 | 2026.02.12 |"
    )
    made = report(
        "管理评审记录.docx",
        f"# 管理评审会议记录\n\n2026年1月18日\n\n{rows}",
        kind="management_review_record",
        language="zh",
    )
    assert ("date_in_future" in flags(made)) is told


@pytest.mark.parametrize(("feature", "told"), [("Length mm", False), ("长度 mm", False), ("Tensile MPa", True)])
def test_a_length_lies_above_its_least_by_nature_and_a_strength_does_not(feature: str, told: bool) -> None:
    values = (246, 244, 243, 242, 247, 245)
    rows = "\n".join(f"| N26-10{n:02d}L | 2{n}.4 | {value} |" for n, value in enumerate(values))
    text = f"# Physical test, lots of 1 to 8 March 2026\n\nRequirement: {' 240 '.join(feature.split())} min, elongation 500 % min. Median of 13.\n\n| Lot | Modulus | {feature} |\n{rows}"
    made = report("Physical test.pdf", text, kind="traceability_record")
    assert ("results_just_under_limit" in flags(made)) is told
