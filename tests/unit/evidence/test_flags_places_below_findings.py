"""Findings of an audit one below the other, each with its own places for what became of it: filled, empty, or filled elsewhere."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
LEFT = "audit_findings_not_followed_up"


def left(text: str, *others: object, language: str = "en") -> bool:
    told = f"# Internal audit report\n\nDate :: 12/03/2026 || Auditor :: N. Blum (Sales)\n\n{text}\n"
    return LEFT in flags(report("Audit 2026.docx", told, language=language, **AUDIT), *others)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "NC 1. Press 4 ran without its card. Cause: one printer for three halls. Action: second printer, 2 April. Closed 20 April.",
            "NC 2. Gauge of zone 3 is 12 degrees off. Cause: Action: Date completed:",
        ),
        (
            "1) Press 4 ran without its card.\n\nCorrective action: second printer since 2 April\n\nVerified: 20 April, 14 cards seen",
            "2) Gauge of zone 3 not calibrated.\n\nCorrective action:\n\nVerified:",
        ),
        (
            "Điểm KPH 1: Máy 4 không có phiếu.\n\nNguyên nhân: một máy in\n\nHành động khắc phục: thêm máy in 02/04/2026",
            "Điểm KPH 2: Nhiệt kế vùng 3 chưa hiệu chuẩn.\n\nNguyên nhân:\n\nHành động khắc phục: ......",
        ),
        (
            "Temuan 1. Mesin 4 tanpa kartu.\n\nPenyebab: satu printer\n\nTindakan perbaikan: printer kedua 02/04/2026",
            "Temuan 2. Termometer zona 3 belum dikalibrasi.\n\nPenyebab: -\n\nTindakan perbaikan: -",
        ),
        (
            "ข้อบกพร่องที่ 1 เครื่อง 4 ไม่มีใบงาน\n\nสาเหตุ: เครื่องพิมพ์เครื่องเดียว\n\nการแก้ไข: เพิ่มเครื่องพิมพ์ 02/04/2026",
            "ข้อบกพร่องที่ 2 เทอร์โมมิเตอร์โซน 3 ไม่ได้สอบเทียบ\n\nสาเหตุ:\n\nการแก้ไข:",
        ),
        (
            "不符合项1：4号机无流转卡。\n\n原因：只有一台打印机\n\n纠正措施：2026年4月2日增加一台",
            "不符合项2：三区温度计未校准。\n\n原因：\n\n纠正措施：",
        ),
        (
            "지적사항 1. 4호기 작업표 없음\n\n원인: 프린터 1대\n\n시정조치: 2026.04.02 프린터 추가",
            "지적사항 2. 3구역 온도계 교정 누락\n\n원인:\n\n시정조치:",
        ),
        (
            "指摘1 4号機に作業票なし\n\n原因：プリンタ1台\n\n是正処置：2026年4月2日に追加",
            "指摘2 3区の温度計が未校正\n\n原因：\n\n是正処置：",
        ),
        (
            "Uygunsuzluk 1. Pres 4 kartsız çalışıyordu.\n\nKök neden: tek yazıcı\n\nDüzeltici faaliyet: 02.04.2026 ikinci yazıcı",
            "Uygunsuzluk 2. Bölge 3 termometresi kalibre değil.\n\nKök neden: ____\n\nDüzeltici faaliyet: ____",
        ),
    ],
)
def test_a_finding_whose_places_are_empty_beside_one_that_was_answered(first: str, second: str) -> None:
    assert left(f"{first}\n\n{second}")
    assert not left(first)


@pytest.mark.parametrize(
    "second",
    [
        "NC 2. Gauge of zone 3 is 12 degrees off. Replaced on 2 April, checked against the hand gauge.",
        "NC 2. Gauge of zone 3 not calibrated.\n\nCorrective action:\n\nCalibrated by the laboratory, tag renewed\n\nDate completed: 2 April 2026",
        "Observation 2. Gauge of zone 3 hard to read. Corrective action: Date completed:",
        "NC 2. Gauge of zone 3 not calibrated. Corrective action: see CAR 26-14. Date completed:",
        "2. Stores: no nonconformity. Corrective action: - Date completed: -",
    ],
)
def test_a_finding_that_was_answered_or_asks_for_no_answer(second: str) -> None:
    first = "NC 1. Press 4 ran without its card. Corrective action: second printer. Date completed: 2 April 2026"
    assert not left(f"{first}\n\n{second}")


def test_a_form_of_one_finding_after_the_other() -> None:
    one = "Finding 1 :: Press 4 without card\nCorrective action :: second printer || Date completed :: 02/04/2026"
    two = "Finding 2 :: Gauge of zone 3 not calibrated\nCorrective action ::  || Date completed :: "
    assert left(f"{one}\n\n{two}")


def test_findings_answered_in_another_paper_and_findings_of_yesterday() -> None:
    text = "NC 1. Gauge of zone 3 of the curing tunnel not calibrated. Corrective action: Date completed:"
    register = report(
        "CAR 2026.xlsx",
        "# Corrective actions\n\n| No | Found | Cause | Action | Closed |\n"
        "| 1 | Audit: gauge of zone 3 of the curing tunnel not calibrated | not on the list | calibrated, on the list | 20/04/2026 |\n",
        kind="corrective_action_record",
        criteria=("corrective_action",),
    )
    assert left(text)
    assert not left(text, register)
    late = f"# Internal audit report\n\nDate :: 12/09/2026 || Auditor :: N. Blum (Sales)\n\n{text}\n"
    assert LEFT not in flags(report("Audit 2026.docx", late, **AUDIT))
