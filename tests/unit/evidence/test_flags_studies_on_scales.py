"""Studies of gauges and machines that tell their own scale, in whatever words, and judge against it."""

import pytest

from tests.unit.evidence.builders import flags, report

MEASURED = {"kind": "calibration_record", "criteria": ("calibration",)}


def _contradicts(text):
    return "conclusion_contradicts_data" in flags(report("Study 2026.docx", text, **MEASURED))


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ("Scale: %GRR under 10 good; 10 to 30 may be used; above 30 not suitable.", "Result: the gauge is suitable."),
        ("Thang đánh giá: dưới 10 tốt, 10 đến 30 dùng được, trên 30 không đạt.", "Kết luận: đạt."),
        ("Kriteria: di bawah 10 baik, 10 sampai 30 bersyarat, di atas 30 tidak layak.", "Kesimpulan: layak."),
        ("เกณฑ์: ต่ำกว่า 10 ดี 10 ถึง 30 พอใช้ เกิน 30 ใช้ไม่ได้", "สรุป: ใช้ได้"),
        ("判定：10以下良好，10到30可用，30以上不合格。", "结论：可接受。"),
        ("판정 기준: 10 이하 양호, 10~30 조건부, 30 초과 부적합", "결론: 사용 가능"),
        ("Ölçüt: 10'un altında uygun, 10 ile 30 arası şartlı, 30'un üstünde uygun değil.", "Sonuç: uygundur."),
    ],
)
@pytest.mark.parametrize(("error", "raised"), [("46.2", True), ("18.4", False)])
def test_a_scale_is_no_verdict(scale, said, error, raised):
    table = f"| Source | StdDev | % of variation |\n| EV | 0.0021 | 12.4 |\n| GRR | 0.0028 | {error} |\n| PV | 0.0040 | 88.9 |\n"
    assert _contradicts(f"# Gauge study, 14 May 2026\n\n{table}\n{scale}\n\n{said}\n") is raised


@pytest.mark.parametrize(
    "name",
    [
        "Total gauge",
        "重复性和再现性",
        "반복성 및 재현성",
        "Lặp lại và tái lập",
        "Tekrarlanabilirlik ve tekrar üretilebilirlik",
    ],
)
def test_the_error_of_a_gauge_by_its_whole_name(name):
    table = "| Source | StdDev | % |\n| EV | 0.0021 | 12.4 |\n| {} | 0.0028 | {} |\n| PV | 0.0040 | 88.9 |\n"
    text = "# Measurement system, 14 May 2026\n\n" + table + "\nResult: accepted.\n"
    assert _contradicts(text.format(name, "46.2"))
    assert not _contradicts(text.format(name, "18.4"))


@pytest.mark.parametrize(
    ("index", "figure", "raised"), [("Cmk", "0.84", True), ("Cgk", "0.91", True), ("Cmk", "1.72", False)]
)
def test_indices_of_machines_and_gauges(index, figure, raised):
    assert _contradicts(f"# Machine study, 14 May 2026\n\n{index} = {figure}\n\nThe machine is capable.\n") is raised
