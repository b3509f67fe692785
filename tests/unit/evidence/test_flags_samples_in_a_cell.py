"""Readings of a sample that share a cell, below the limits of their head, with a verdict and a name behind: what stands below is no remark."""

import pytest

from tests.unit.evidence.builders import flags, report

SHEET = """=== Inspection
| Date | Batch | Qty | {pitch} | {length} | {result} |
| 2026-08-03 | 40-0801B | 24000 | 2.507 / 2.498 / 2.511 | 50.17 / 50.22 / 50.19 | {good} |
| 2026-08-10 | 40-0808A | 21600 | 2.494 / 2.503 / 2.516 | 50.24 / 50.20 / 50.21 | {good} |
| 2026-08-17 | 40-0815A | 24000 | 2.512 / {read} / 2.509 | 50.18 / 50.23 / 50.16 | {verdict} |
| 2026-08-24 | 40-0822B | 19200 | 2.501 / 2.489 / 2.505 | 50.21 / 50.25 / 50.19 | {other} |

=== Shipped
| Shipped on | Customer | Batch | Qty | Note no. |
| 2026-08-05 | Toyo Denki | 40-0801B | 24000 | DN26-2207 |
| 2026-08-12 | Minh Phat | 40-0808A | 21600 | DN26-2251 |
"""
WORDS = {
    "en": ("Pitch 2.50±0.03", "Length 50.20±0.10", "Result", "OK Tuan", "OK Binh"),
    "zh": ("针距 2.50±0.03", "总长 50.20±0.10", "判定", "OK 覃芳", "OK 罗丽"),
    "ko": ("핀치 2.50±0.03", "전장 50.20±0.10", "판정", "합격 김민수", "합격 이영희"),
    "id": ("Jarak pin 2.50±0.03", "Panjang 50.20±0.10", "Hasil", "OK Nur", "OK Bayu"),
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    ("read", "verdict", "raised"), [("2.547", None, True), ("2.527", None, False), ("2.547", "OK sorted", False)]
)
def test_a_reading_of_a_sample_beyond_its_limit_that_its_row_passes(language, read, verdict, raised):
    pitch, length, result, good, other = WORDS[language]
    text = SHEET.format(
        pitch=pitch, length=length, result=result, good=good, other=other, read=read, verdict=verdict or good
    )
    told = flags(report("Final.xlsx", text, kind="traceability_record", criteria=("traceability",), language=language))
    assert ("out_of_limits_without_reaction" in told) is raised
    assert "conclusion_contradicts_data" not in told


CLAIM = """# {title}

発生日 :: 2026年7月21日 || 品番 :: KR-12 || ロット :: 12-0713A
現象 :: 端子穴に樹脂残り、挿入不可 3個／24,000個

{cause}対策：在庫 12-0713A 残り 9,600 個を全数選別し、不良 2 個を除去しました。代品 100 個を送付済み。今後は 3 ロット全数を検査いたします。

効果確認：3 ロット全数検査の結果、不良 0 個（8月20日）。8月25日完了。
"""


@pytest.mark.parametrize("title", ["クレーム対策報告書", "不具合報告書", "対策書", "是正処置報告書"])
@pytest.mark.parametrize("cause", ["", "原因：コアピンの摩耗により樹脂が回り込んだため。\n\n"])
def test_a_report_on_a_claim_is_known_by_its_title_and_tells_no_cause(title, cause):
    text = CLAIM.format(title=title, cause=cause)
    paper = report(f"{title}.docx", text, kind="calibration_record", criteria=("corrective_action",), language="ja")
    assert ("no_root_cause" in flags(paper)) is not bool(cause)


def test_a_mean_that_equals_some_of_the_figures_beside_it_does_not_run_along_them():
    days = [
        f"| {day:02d}/09/2026 | A | 147 | 151 | 144 | 150 | 148.0 | {note} |"
        for day, note in enumerate(("", "", "stencil cleaned", ""), 1)
    ]
    high = "| 05/09/2026 | A | 166 | 163 | 169 | 166 | 166.0 | |\n| 05/09/2026 | B | 168 | 165 | 164 | 167 | 166.0 | |"
    rows = "\n".join(
        (*days, high, *(row.replace("/09/", "/08/").replace("stencil cleaned", "new paste jar") for row in days))
    )
    text = f"=== Xbar\n| UCL 162.0 um | CL 148.0 um | LCL 134.0 um | n = 4 | | | | |\n| Date | Shift | 1 | 2 | 3 | 4 | X-bar | Remark |\n{rows}\n"
    told = flags(report("SPC.xlsx", text, kind="metrics_record", criteria=("quality_metrics",)))
    assert "out_of_limits_without_reaction" in told
