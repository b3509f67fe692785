"""Sheets that evaluate one supplier and hold no score: found by what they say of themselves, wherever the places stand."""

import pytest

from tests.unit.evidence.builders import flags, report

RULE = "evaluation_without_result"


def _sheet(text: str, path: str = "sheet.docx", kind: str = "supplier_evaluation_record") -> bool:
    made = report(path, text, kind=kind, reading="living", criteria=("supplier_control",))
    return RULE in flags(made)


@pytest.mark.parametrize(
    "text",
    [
        "# Vendor assessment, Tamar Board Mills\n\nVisited on 4 May 2026 from ten to noon; assessed by Mr Lim and Mdm Ros.\n\n"
        "| Topic | What we saw | Points (max 10) |\n| Storage | roofed, on pallets | |\n| Papers | kept three years | |\n| Trucks | two, own | |\n| Total | | |",
        "# 供方现场评审表\n\n供方名称 :: 宏泰锻造厂 || 评审日期 :: 2026-05-21\n\n| 序号 | 评审内容 | 标准分 | 实得分 |\n| 1 | 体系文件 | 20 | |\n| 2 | 过程控制 | 40 | |\n"
        "| 3 | 检验设备 | 40 | |\n\n评审结论：□ 合格 □ 整改",
        "# 仕入先評価表\n\n仕入先名 :: 中野研磨 || 評価日 :: 2026年6月12日\n\n| 評価項目 | 配点 | 評価点 |\n| 品質 | 40 | |\n| 納期 | 30 | |\n| 価格 | 30 | |",
        "# Annual evaluation of our vendor: Uva Board Mills\n\nEvaluated on 14 June 2026 by N. Perera.\n\n1. Quality of goods: ______\n2. Delivery on time: ______\n"
        "3. Papers complete: ______\n\nOverall grade: ______",
        "# Borang Penilaian Pembekal\n\nNama pembekal :: Span Maju Enterprise || Tarikh penilaian :: 3 Jun 2026\n\n| Perkara | Markah penuh | Markah |\n"
        "| Kualiti | 40 | |\n| Penghantaran | 30 | |\n| Harga | 30 | |\n\nKeputusan: Lulus / Gagal",
        "# Đánh giá nhà cung cấp tại chỗ\n\nNhà cung cấp :: Cơ sở mạ Tân Phú || Ngày :: 04/05/2026\n\n| Nội dung | Thang điểm | Điểm |\n| Nhà xưởng | 1-5 | |\n"
        "| Hồ sơ | 1-5 | |\n| Giao hàng | 1-5 | |",
        "# Tedarikçi ziyaret değerlendirme formu\n\nTedarikçi :: Akın Kaplama || Tarih :: 04.06.2026\n\n| Konu | Görülen | Puan 1-5 |\n| Depo | düzenli | |\n"
        "| Laboratuvar | var | |\n| Sevkiyat | iki gün | |",
    ],
)
def test_a_dated_sheet_of_one_supplier_without_any_score_is_flagged(text: str) -> None:
    assert _sheet(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Vendor assessment, Tamar Board Mills\n\nVisited on 4 May 2026, assessed by Mr Lim.\n\n| Topic | What we saw | Points (max 10) |\n"
        "| Storage | roofed | 8 |\n| Papers | kept three years | 7 |\n| Trucks | two, own | |",
        "# Supplier assessment\n\nSupplier :: Kashub Zinc || Assessed on :: 23 June 2026\n\n| Area | Points | Remarks |\n| Coating | | two under 85 |\n"
        "| Delivery | | six late |\n| Papers | | with the goods |\n\nWe give no points since January; it did good work and keeps its place on the approved list.",
        "# Vendor evaluation form VE-03\n\nVendor :: || Date :: || Evaluated by ::\n\n| Topic | Max | Points |\n| Quality | 40 | |\n| Delivery | 30 | |\n| Price | 30 | |",
        "# Tedarikçi değerlendirme\n\nTedarikçi :: Akın Kaplama || Tarih :: 04.06.2026\n\n| Konu | Görülen | Puan |\n| Depo | düzenli | |\n| Laboratuvar | var | |\n"
        "| Sevkiyat | iki gün | |\n\nToplam puan: 24/30",
        "# 供应商来料评价记录\n\n供应商 :: 宏泰锻造厂 || 日期 :: 2026-08-03\n\n| 品名 | 数量 | 备注 |\n| 套圈坯 | 2000 | |\n| 套圈坯 | 1800 | |\n| 套圈坯 | 1900 | |",
        "# Evaluasi Pemasok\n\nPemasok :: UD Tapioka || Tanggal :: 8 Juli 2026\n\n| Kriteria | Baik | Cukup | Kurang |\n| Mutu | v | | |\n| Kirim | | v | |\n| Harga | v | | |",
    ],
)
def test_scores_given_blank_forms_and_lists_of_deliveries_are_ordinary(text: str) -> None:
    assert not _sheet(text)


def test_a_plan_of_evaluations_to_come_has_no_results_yet() -> None:
    plan = report(
        "plan.xlsx",
        "=== Plan\n# Supplier evaluation plan, second half of 2026\n\n| Supplier | Item | Planned for | Result |\n| Hanil Steel | sheet | 2026-11-03 | |\n"
        "| Woojin Plating | plating | 2026-11-10 | |",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert RULE not in flags(plan)
