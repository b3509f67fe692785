"""Findings under their head, numbered without a dot as a list in a PDF is read, and a list of other things."""

import pytest

from tests.unit.evidence.builders import flags, report

FLAG = "audit_findings_not_followed_up"

TEXT = """# Internal audit report 26-1
Date 17 February 2026. Auditor Esi Hammond (sales).
# {head}
1 The thermometer of the retort reads 1.8 °C below the reference
2 {second}
3 In stores five bags of acid stand past their date
Good practice: the hand washing station is watched on each shift.
"""


def _told(head: str, second: str = "Mango drums were used before the result came") -> set[str]:
    text = TEXT.format(head=head, second=second)
    return set(
        flags(report("internal audit Feb 2026.pdf", text, kind="internal_audit_record", criteria=("internal_audit",)))
    )


def test_points_numbered_without_a_dot() -> None:
    assert FLAG in _told("Findings")
    assert FLAG in _told("Temuan")
    assert FLAG in _told("不符合项")


def test_points_of_another_list_or_answered_ones() -> None:
    assert FLAG not in _told("Places seen")
    assert FLAG not in _told(
        "Findings", "Mango drums were used before the result came; corrective action closed 3 March 2026"
    )


GOOD = """# Internal audit report 26-1
Date 17 February 2026. Auditor Esi Hammond (sales).
# {head}
{points}
"""

PRAISE = {
    "Findings": "1 Purchasing: the evaluation of all 14 suppliers is available|2 Production: first pieces approved on all lines|3 Stores: first in first out kept, expired material none",
    "Audit findings": "1. Purchasing: the evaluation of all 14 suppliers is available|2. Production: first pieces approved on all lines",
    "Phát hiện đánh giá": "1 Mua hàng: đã đánh giá đủ 14 nhà cung cấp|2 Sản xuất: phê duyệt sản phẩm đầu cả bốn chuyền|3 Kho: tuân thủ nhập trước xuất trước",
    "Temuan audit": "1 Pembelian: evaluasi 14 pemasok tersedia|2 Produksi: produk pertama disetujui di empat line|3 Gudang: FIFO dijalankan",
    "Bulgu": "1 Satın alma: 14 tedarikçi değerlendirmesi mevcut|2 Depo: ilk giren ilk çıkar uygulanıyor",
}


@pytest.mark.parametrize("head", PRAISE)
def test_what_conforms_stands_under_findings_too(head: str) -> None:
    def told(points: str) -> bool:
        text = GOOD.format(head=head, points=points.replace("|", "\n"))
        paper = report("audit Feb 2026.pdf", text, kind="internal_audit_record", criteria=("internal_audit",))
        return FLAG in flags(paper)

    assert not told(PRAISE[head])
    numbered = "4." if "1." in PRAISE[head] else "4"
    points = PRAISE[head].split("|")
    last = numbered.replace("4", str(len(points) + 1))
    assert told("|".join((*points, f"{last} Calibration: 14 gauges without a valid sticker at the lathes")))
