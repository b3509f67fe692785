"""Audits that deny findings for some areas and tell them of another: points that were closed, points below the area's name."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
NONE = "audits_without_finding"


def without(text: str) -> bool:
    head = "# Internal audit, 10 and 11 March 2026\n\nAuditors: N. Blum (sales) for laboratory; I. Petrov (laboratory) for office"
    return NONE in flags(report("Audit 2026.docx", f"{head}\n\n{text}\n", **AUDIT))


@pytest.mark.parametrize(
    ("denied", "points"),
    [
        ("Office: no nonconformity. Laboratory:", ("1. Log of bath 2, reading of 27 February left open.",)),
        (
            "Văn phòng: không có điểm không phù hợp. Phòng thí nghiệm:",
            ("1. Sổ bể 2 ngày 27/02 để trống, đóng 25/03/2026.",),
        ),
        ("Kantor: tidak ada temuan. Laboratorium:", ("1. Log bak 2 tanggal 27/02 kosong. Ditutup 25/03/2026.",)),
        ("สำนักงาน: ไม่พบข้อบกพร่อง ห้องทดสอบ:", ("1. บันทึกอ่าง 2 ว่างวันที่ 27/02 ปิดแล้ว 25/03/2026",)),
        ("办公室：未发现不符合。试验室：", ("1. 2号水槽2月27日记录空白，2026-03-25 关闭。",)),
        ("사무실: 부적합 없음. 시험실:", ("1. 2번 수조 2월 27일 기록 없음. 2026.03.25 종결",)),
        ("事務所：不適合なし。試験室：", ("1. 水槽2の2月27日の記録なし。2026年3月25日クローズ",)),
        ("Ofis: uygunsuzluk yok. Laboratuvar:", ("1. Banyo 2 kaydı 27 Şubat boş. 25.03.2026 kapatıldı.",)),
        (
            "In the office no nonconformity was found.",
            (
                "The log of bath 2 had no reading on 27 February; relief list with names. Closed 25 March 2026.",
                "The sheet for bearing ratio still had the old ring; new sheet. Closed 3 April 2026.",
            ),
        ),
    ],
)
def test_one_area_had_findings(denied: str, points: tuple[str, ...]) -> None:
    assert not without("\n\n".join((denied, *points)))
    assert without(denied.rstrip(":："))


@pytest.mark.parametrize(
    "below",
    [
        "1. Log of the bath: no finding.\n\n2. Sheet of uncertainty: no finding.",
        "Next audit 15 March 2027. Closing meeting on 11 March 2026 at 16:00.",
    ],
)
def test_no_area_had_any(below: str) -> None:
    assert without(f"Office: no nonconformity. Laboratory: no nonconformity.\n\n{below}")
