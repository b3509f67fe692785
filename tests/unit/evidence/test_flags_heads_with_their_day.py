"""Registers one of whose heads tells as of when its column was filled in: that day is none of a case."""

import pytest

from tests.unit.evidence.builders import flags, report

CORRECTIVE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
EARLY = "done_before_reported"


@pytest.mark.parametrize(
    "heads",
    [
        "Ref | Opened | Problem | Cause | Action | Due | Status (updated 20/08/2026)",
        "Ref | Opened | Problem | Cause | Action | Due | Status 20 Aug 2026",
        "Ref | Opened | Problem | Cause | Action | Due | Remarks (week 34: 17-21/08)",
        "Số | Ngày mở | Vấn đề | Nguyên nhân | Hành động | Hạn | Tình trạng (cập nhật 20/08/2026)",
        "No | Tanggal | Masalah | Penyebab | Tindakan | Batas waktu | Status (per 20/08/2026)",
        "编号 | 发现日期 | 问题 | 原因 | 措施 | 期限 | 状态（截至 2026-08-20）",
        "번호 | 발생일 | 문제 | 원인 | 조치 | 기한 | 상태 (2026-08-20 기준)",
        "No | Açılış | Uygunsuzluk | Kök neden | Faaliyet | Termin | Durum (20.08.2026)",
    ],
)
@pytest.mark.parametrize(("closed", "raised"), [("27/03/2026", False), ("17/02/2026", True)])
def test_the_day_of_a_head_is_none_of_a_case(heads: str, closed: str, raised: bool) -> None:
    text = (
        f"# CAPA 2026\n\n| {heads} |\n"
        f"| 26-1 | 25/02/2026 | Handle loose, 14 pcs | Screw M5 without washer | Washer in the kit | 30/03/2026 | Closed {closed}. 3 lots pulled at 200 N |\n"
        "| 26-2 | 18/05/2026 | Lid scratched, 6 pcs | Tray without liner | Liner in each tray | 30/06/2026 | Closed 22/06/2026. 0 of 400 |\n"
        "| 26-3 | 13/07/2026 | Label upside down | Roll wound outwards | Arrow on the spindle | 31/10/2026 | Open |\n"
    )
    assert (EARLY in flags(report("CAPA 2026.xlsx", text, **CORRECTIVE))) is raised


def test_fields_beside_each_other_with_their_days_are_no_heads() -> None:
    text = (
        "# CAPA 26-07\n\nOpened :: 14/07/2026 || Closed :: 02/07/2026\nProblem :: Handle loose on 14 pcs\n"
        "Cause :: Screw M5 without washer\nAction :: Washer in the kit, checked at packing\n"
    )
    assert EARLY in flags(report("CAPA 26-07.docx", text, **CORRECTIVE))
