"""Sentences over all against a row that says otherwise, in many languages, and the near misses."""

import pytest

from tests.unit.evidence.builders import DocumentReport, flags, report

CONCLUSION = "conclusion_contradicts_data"


def marks(claim: str, limit: str, head: str, language: str, again: str = "") -> DocumentReport:
    """A list of the marks of a training, one below the pass mark; ``again`` is what he reached when he sat it once more."""
    rows = "\n".join(
        f"| {n} | {name} | {mark} | {again if mark == 71 else ''} |"
        for n, (name, mark) in enumerate((("Ana Cruz", 88), ("Ben Lim", 92), ("Cho Min", 71), ("Dina Ray", 85)), 1)
    )
    text = f"# REPORT\n\n{limit}\n\n| No | Name | {head} | Re-test |\n{rows}\n\n{claim}"
    return report("marks.pdf", text, kind="training_record", language=language)


MARKS = [
    ("All trainees reached the pass mark.", "Pass mark: 80", "Score", "en"),
    ("全員が合格基準に達した。", "合格基準：80点以上", "点数", "ja"),
    ("全体学员考核合格。", "合格分数：80分", "成绩", "zh"),
    ("전원 합격 기준을 충족하였음.", "합격기준: 80점 이상", "점수", "ko"),
    ("Katılımcıların tamamı başarılı olmuştur.", "Geçme notu: 80", "Puan", "tr"),
    ("Semua peserta lulus.", "Nilai kelulusan: 80", "Nilai", "id"),
]


@pytest.mark.parametrize(("claim", "limit", "head", "language"), MARKS)
def test_all_are_said_to_have_passed_beside_a_mark_below(claim: str, limit: str, head: str, language: str) -> None:
    assert CONCLUSION in flags(marks(claim, limit, head, language))
    assert CONCLUSION not in flags(marks(claim, limit, head, language, again="86"))


def shades(claim: str, again: str = "0.71 on 05.02") -> DocumentReport:
    text = f"""
# COLOUR DIFFERENCE

Limit: delta E not more than 1.00

| Batch | Colour | Delta E | After correction |
| KB-107 | Blue | 0.62 | - |
| KB-109 | Blue | 1.34 | {again} |
| KB-113 | Red | 0.85 | - |
| KB-118 | Blue | 0.58 | - |

{claim}
"""
    return report("colour.pdf", text, kind="traceability_record")


@pytest.mark.parametrize(
    "claim",
    [
        "All 4 batches were within 1.00 at first check.",
        "Every batch was within the limit, right first time.",
        "All batches were within the limit and none had to be reworked.",
    ],
)
def test_what_was_read_anew_takes_nothing_back_of_what_is_said_of_the_first_reading(claim: str) -> None:
    assert CONCLUSION in flags(shades(claim))


@pytest.mark.parametrize(
    "claim",
    [
        "After correction all batches are within the limit.",
        "All batches are within the limit, KB-109 after one correction.",
        "All batches were within the limit at first check but for KB-109.",
    ],
)
def test_a_sentence_that_counts_the_second_reading_or_names_the_batch_is_honest(claim: str) -> None:
    assert CONCLUSION not in flags(shades(claim))


def test_a_gauge_with_an_allowed_error_for_each_range_is_held_against_none() -> None:
    text = """
# CALIBRATION RECORD

Permissible error: ± 0.03 mm to 100 mm, ± 0.06 mm above

| Nominal (mm) | Reading (mm) | Error (mm) |
| 50 | 50.01 | 0.01 |
| 100 | 100.02 | 0.02 |
| 150 | 150.05 | 0.05 |

Result: Instrument is within permissible error.
"""
    one = report("calliper.pdf", text, kind="calibration_record")
    assert CONCLUSION not in flags(one)
    single = report("calliper.pdf", text.replace(" to 100 mm, ± 0.06 mm above", ""), kind="calibration_record")
    assert CONCLUSION in flags(single)
