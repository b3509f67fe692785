"""Lots passed with more faults in a list than the plan accepts."""

import pytest

from tests.unit.evidence.builders import flags, report

TESTED = {"kind": "traceability_record", "criteria": ("traceability",)}


def _contradicts(text):
    return "conclusion_contradicts_data" in flags(report("Final inspection 31.docx", text, **TESTED))


@pytest.mark.parametrize(
    ("plan", "head", "total", "said"),
    [
        ("Sample 80, accept 5, reject 6.", "Defect | Count", "Total", "Result: passed"),
        ("Cỡ mẫu 80, chấp nhận 5, loại 6.", "Dạng lỗi | Số lượng", "Tổng", "Kết luận: đạt"),
        ("Sampel 80, terima 5, tolak 6.", "Jenis cacat | Jumlah", "Total", "Hasil: lulus"),
        ("ตัวอย่าง 80 ยอมรับ 5 ปฏิเสธ 6", "ข้อบกพร่อง | จำนวน", "รวม", "ผล: ผ่าน"),
        ("抽样80，接收5，拒收6。", "缺陷 | 数量", "合计", "结论：合格"),
        ("抽樣80，允收5，拒收6。", "缺點 | 數量", "合計", "判定：合格"),
        ("시료 80, 합격 5, 불합격 6", "불량 | 수량", "합계", "판정: 합격"),
        ("抜取80、合格5、不合格6", "欠点 | 数", "合計", "判定：合格"),
        ("Numune 80, kabul 5, ret 6.", "Hata | Adet", "Toplam", "Sonuç: kabul"),
    ],
)
@pytest.mark.parametrize(("counts", "raised"), [((4, 3), True), ((2, 3), False)])
def test_the_sum_of_a_list_of_faults(plan, head, total, said, counts, raised):
    rows = f"| A | {counts[0]} |\n| B | {counts[1]} |\n"
    text = f"# Inspection\n\n{plan}\n\n| {head} |\n{rows}"
    assert _contradicts(f"{text}| {total} | {sum(counts)} |\n\n{said}\n") is raised
    assert _contradicts(f"{text}\n{said}\n") is raised


def test_sorted_and_sampled_again():
    text = "# Inspection\n\nSample 80, accept 5, reject 6.\n\n| Defect | Count |\n| Stain | 4 |\n| Hole | 5 |\n| Total | 9 |\n\nResult: passed\n\n"
    assert not _contradicts(text + "Lot sorted on 4 June, second sample: 1 stain.")
