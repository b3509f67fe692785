"""Short records of different days that tell the same in the same words and figures, and the forms that look alike by nature."""

import pytest

from tests.unit.evidence.builders import flags, report

RULE = "near_identical_records"

MINUTES = (
    "# Management review\n\nHeld on {day}. Present: Tan, Rosli, Siti.\n\nComplaints were 11, mostly bowed leaves. Rejection stood at 3.2 %. Of the audit 4 findings were closed. "
    "One moisture meter shall be bought by Rosli."
)
VISIT = "# รายงานตรวจประเมินผู้ขาย\n\nผู้ขาย :: {who} || วันที่ :: {day}\n\nพบว่าโกดังมีหลังคารั่ว 2 จุด ถุงวางชิดผนัง ใบรับรองวัตถุดิบเก็บครบ รถส่งของมีผ้าใบ คะแนน 78 จาก 100 ให้แก้หลังคาภายใน 30 วัน"
REPORT = (
    "# Báo cáo 8D\n\nNgày: {day}. Khách hàng: {who}.\n\nLỗi: bong keo đế 46 đôi. Nguyên nhân: keo để quá 6 giờ sau khi pha, không có đồng hồ trên bàn keo. "
    "Biện pháp: đặt đồng hồ, ghi giờ pha lên nắp. Kiểm chứng: 1.200 đôi không bong."
)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("management_review_record", MINUTES.format(day="14 March 2025"), MINUTES.format(day="13 March 2026")),
        (
            "supplier_evaluation_record",
            VISIT.format(who="หจก. เม็ดพลาสติก", day="10 มิถุนายน 2569"),
            VISIT.format(who="บจก. สีมาสเตอร์", day="22 มิถุนายน 2569"),
        ),
        (
            "corrective_action_record",
            REPORT.format(who="Nordschuh", day="04/03/2026"),
            REPORT.format(who="Alpinwalk", day="09/06/2026"),
        ),
    ],
)
def test_two_short_records_in_the_same_words_and_figures_are_flagged(kind: str, first: str, second: str) -> None:
    assert RULE in flags(report("one.docx", first, kind=kind), report("two.docx", second, kind=kind))


def test_two_sheets_of_one_workbook_with_days_of_their_own_are_held_against_each_other() -> None:
    rows = (
        "| Bölüm | Görülen | Yapılan |\n| Dokuma | 3. tezgah altında yağ birikmiş | silindi |\n| Boya | dozaj odası kapısı açık kalmış | kapatıldı |\n"
        "| Depo | 2 palette etiket yok | etiketlendi |\n| Kalite | masa lambası yanmıyor | ampul değişti |"
    )
    other = rows.replace("2 palette etiket yok", "raf 4 boş").replace(
        "3. tezgah altında yağ birikmiş", "7. tezgahta kayış gevşek"
    )
    text = "=== Temmuz\n# Hijyen turu 14.07.2026\n\n{}\n=== Ağustos\n# Hijyen turu 18.08.2026\n\n{}"
    assert RULE in flags(report("tur.xlsx", text.format(rows, rows), kind="corrective_action_record"))
    assert RULE not in flags(report("tur.xlsx", text.format(rows, other), kind="corrective_action_record"))


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (
            "management_review_record",
            MINUTES.format(day="14 March 2025"),
            "# Management review\n\nHeld on 13 March 2026. Present: Tan, Rosli, Siti.\n\nComplaints were 7, mostly wrong hinges. Rejection stood at 2.8 %. Of the audit 6 findings were closed. "
            "The moisture meter is in use.",
        ),
        (
            "other",
            "# Delivery note\n\nDate :: 3 August 2026 || Customer :: Hallmann\n\n| Item | Boxes |\n| Ring 6204 | 40 |",
            "# Delivery note\n\nDate :: 10 August 2026 || Customer :: Hallmann\n\n| Item | Boxes |\n| Ring 6204 | 40 |",
        ),
        ("management_review_record", MINUTES.format(day="14 March 2026"), MINUTES.format(day="14 March 2026") + "\n\nSigned."),
    ],
)  # fmt: skip
def test_new_words_goods_sent_again_and_one_meeting_told_twice_are_ordinary(kind: str, first: str, second: str) -> None:
    assert RULE not in flags(report("one.docx", first, kind=kind), report("two.docx", second, kind=kind))
