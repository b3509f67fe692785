"""Causes that set the piece beside the figure its problem asks for, or call its function bad, and those that tell something beside it."""

import pytest

from evidence.off_asked import tells_only_off
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("problem", "cause", "hollow"),
    [
        ("Pull force of the clip 31 N, min 40.0 N", "The pull force of the clip did not reach 40 N", True),
        ("Noise 63 dB (max 58)", "The noise was higher than 58 dB.", True),
        ("Lực kéo mối hàn 31 N, yêu cầu tối thiểu 40 N", "Lực kéo mối hàn không đạt 40 N", True),
        ("Kuat tarik 18 MPa, standar min 22 MPa", "Kuat tarik kurang dari 22 MPa", True),
        ("แรงดึง 18 N สเปคขั้นต่ำ 22 N", "แรงดึงต่ำกว่า 22 N", True),
        ("拉力 18 N，要求不小于 22 N", "拉力未达到 22 N，造成拉力偏低", True),
        ("용접 강도 31 N, 기준 40 N 이상", "용접 강도가 40N에 미달하였음", True),
        ("溶接強度 31 N、規格 40 N 以上", "溶接強度が 40 N に達しなかった", True),
        ("Kaynak mukavemeti 31 N, en az 40 N", "Kaynak mukavemeti 40 N'un altında kaldı", True),
        ("Pull force of the clip 31 N, min 40 N", "Wall of the clip below 1.2 mm", False),
        ("Pull force of the clip 31 N, min 40 N", "The pull force did not reach 40 N because cavity 3 was cold", False),
        ("Lực kéo mối hàn 31 N, yêu cầu tối thiểu 40 N", "Điện cực mòn nên không đạt 40 N", False),
        ("Kuat tarik 18 MPa, standar min 22 MPa", "Suhu curing turun, kuat tarik kurang dari 22 MPa", False),
        ("拉力 18 N，要求不小于 22 N", "热压温度偏低，拉力未达到 22 N", False),
        ("용접 강도 31 N, 기준 40 N 이상", "전극 마모로 40 N 미만", False),
        ("Kaynak mukavemeti 31 N, en az 40 N", "Elektrot aşınmış, 40 N'un altında", False),
    ],
)
def test_a_cause_set_beside_the_figure_of_its_problem(problem: str, cause: str, hollow: bool) -> None:
    assert tells_only_off(cause, problem) is hollow


@pytest.mark.parametrize(
    ("problem", "cause", "hollow"),
    [
        ("Lamp does not light after power on, 6 of 80", "Lamp function failure", True),
        ("Buzzer silent at 5 minutes", "The buzzer was not working", True),
        ("Đèn không sáng khi bật nguồn", "Chức năng sáng của đèn không tốt", True),
        ("Timer tidak mati pada 30 menit", "Fungsi timer tidak baik", True),
        ("ไฟไม่ติดเมื่อเปิดเครื่อง", "การทำงานของไฟผิดปกติ", True),
        ("定时器到点不响，4 台", "定时器功能异常，导致到点不响", True),
        ("전원을 켜면 표시등이 안 켜짐", "표시등 작동 불량", True),
        ("タイマーが鳴らない", "タイマー機能不良", True),
        ("Zil çalmıyor, 12 adet", "Zil fonksiyonu bozuk", True),
        ("Lamp does not light after power on", "Function test of the lamp was left out on line 2", False),
        ("Đèn không sáng khi bật nguồn", "Chân cắm bị cong, đèn không hoạt động", False),
        ("定时器到点不响，4 台", "簧片焊点虚焊，定时器功能异常", False),
        ("전원을 켜면 표시등이 안 켜짐", "커넥터 미삽입으로 표시등 작동 불량", False),
        ("Zil çalmıyor, 12 adet", "Kondansatör ters takılmış, zil çalışmıyor", False),
    ],
)
def test_a_cause_that_calls_the_function_bad(problem: str, cause: str, hollow: bool) -> None:
    assert tells_only_off(cause, problem) is hollow


@pytest.mark.parametrize(
    ("cause", "raised"),
    [
        ("The holding force of the magnet was low as it did not reach 12.0 N.", True),
        ("Magnets of lot 7 were glued with the pole side down.", False),
    ],
)
def test_a_report_by_steps_whose_cause_is_its_figure(cause: str, raised: bool) -> None:
    text = (
        "# 8D 26-31\n\nCustomer :: Fjell AS || Claim date :: 2026.06.02\n\n| Step | Content | Date |\n"
        "| D2 Problem | Holding force of the magnet 8.4 to 9.1 N (spec 12.0 N min) | 2026.06.02 |\n"
        f"| D4 Root cause | {cause} | 2026.06.09 |\n"
        "| D5 Corrective action | Force test of each piece added | 2026.06.16 |\n"
        "| D7 Effectiveness | 3 lots, 900 pieces, 0 low | 2026.07.29 |\n| D8 Close | N. Blum | 2026.07.30 |\n"
    )
    assert ("no_root_cause" in flags(report("8D 26-31.docx", text, **CASES))) is raised
