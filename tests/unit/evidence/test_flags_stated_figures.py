"""Flags on figures that are stated one by one, in lists, fields, sentences and control charts: each shape with its near miss."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
STUDY = {"kind": "calibration_record", "criteria": ("calibration",)}

OUTSIDE = "out_of_limits_without_reaction"
AGAINST = "conclusion_contradicts_data"


LIST = """# Laporan uji lot KR-088, 3 Agustus 2026

- Kadar air (maks 12 %): 11.4 %
- Kuat tarik (min 25 N): 27.1 N
- Tebal (1.8 - 2.2 mm): {}
- Berat (48 - 52 g): 50.3 g

{}
"""


@pytest.mark.parametrize(
    ("thick", "told", "raised"),
    [
        ("2.4 mm", "Dikirim 5 Agustus.", OUTSIDE),
        ("2.4 mm", "Semua parameter memenuhi syarat.", AGAINST),
        ("2.1 mm", "Semua parameter memenuhi syarat.", None),
        ("2.4 mm, kirim dengan izin pembeli", "Dikirim 5 Agustus.", None),
        ("2.4 mm", "Lembar tebal disortir.", None),
    ],
)
def test_features_of_a_list_each_with_its_limit(thick, told, raised):
    found = flags(report("Uji lot 88.docx", LIST.format(thick, told), language="id", **TEST))
    assert found.keys() & {OUTSIDE, AGAINST} == ({raised} if raised else set())


FIELDS = """# 出货检验单 批号 LK-0907

厚度 :: 标准 2.0±0.1 mm，实测 2.03
宽度 :: 标准 35.0±0.3 mm，实测 {}
长度 :: 标准 120±1 mm，实测 120.4
"""

COLUMNS = """# Final test, serial 20817

| Test | Requirement | Result |
| Insulation | ≥ 100 Mohm | 240 Mohm |
| Leakage | ≤ 0.50 mA | {} mA |
| Earth bond | ≤ 0.10 ohm | 0.07 ohm |
"""

BEHIND = """# 출하 시험 로트 MK-2608

- 경도: 규격 HRC 58~62, 측정 59.5
- 인장강도: 규격 800 MPa 이상, 측정 {}
- 연신율: 규격 12 % 이상, 측정 14.2
"""

NUMBERED = """# Kết quả đo lô BX-118

Độ dày lớp sơn ngày 14/08/2026. Yêu cầu 60-80 µm. Mẫu 1: 66 µm, mẫu 2: 71 µm, mẫu 3: {} µm, mẫu 4: 69 µm, mẫu 5: 73 µm.
"""


@pytest.mark.parametrize(
    ("form", "inside", "outside"),
    [
        (FIELDS, "35.2", "35.5"),
        (COLUMNS, "0.42", "0.62"),
        (BEHIND, "812", "764"),
        (NUMBERED, "64", "54"),
    ],
)
def test_a_reading_told_beside_its_limit_in_fields_columns_and_sentences(form, inside, outside):
    assert OUTSIDE in flags(report("test.docx", form.format(outside), **TEST))
    assert OUTSIDE not in flags(report("test.docx", form.format(inside), **TEST))


AIMS = """# {}

- Delivery time (max 14 days): 16
- {} (max 2 %): 2.4 %
- Training per head (min 8 hours): 9
"""


@pytest.mark.parametrize("rate", ["Scrap", "Absence"])
def test_indicators_that_miss_their_aims_are_no_readings(rate):
    paper = report("August.docx", AIMS.format("Objectives, August 2026", rate), **TEST)
    assert OUTSIDE not in flags(paper)


CHART = """=== X-bar
# Bore 12.00, UCL 12.018, LCL 11.982, lot H-204

| Subgroup | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
| Mean | 12.004 | 12.009 | 12.001 | {} | 12.006 | 11.998 | 12.003 | 12.007 |

{}
"""


@pytest.mark.parametrize(
    ("fourth", "told", "silent"),
    [
        ("12.022", "", False),
        ("12.016", "", True),
        ("12.022", "Point 4: tool changed, pieces sorted.", True),
    ],
)
def test_a_mean_above_the_upper_of_two_control_limits_told_apart(fourth, told, silent):
    assert (OUTSIDE in flags(report("SPC bore.xlsx", CHART.format(fourth, told), **TEST))) is not silent


KILN = """# Water uptake, kiln 2, lot K2-6909

UCL 0.412 · LCL 0.288 (mean of 5 tiles)

| Day | Mean | Remark |
| 1 Sep | 0.341 | |
| 2 Sep | 0.362 | new silo |
| 3 Sep | 0.371 | |
| 4 Sep | 0.431 | {} |
| 5 Sep | 0.379 | |
"""


@pytest.mark.parametrize(("remark", "left"), [("rain, kiln ran on", True), ("firing curve reset", False)])
def test_a_remark_that_all_went_on_is_no_reaction(remark, left):
    assert (OUTSIDE in flags(report("Kiln.docx", KILN.format(remark), **TEST))) is left


@pytest.mark.parametrize(
    ("told", "against"),
    [
        ("Kết quả GRR là 38,5 %, sai số nhỏ, thước dùng được.", True),
        ("Kết quả GRR là 8,5 %, sai số nhỏ, thước dùng được.", False),
        ("Toplam Gage R&R %36,4 bulundu. Sistem kabul edilebilir.", True),
        ("게이지 R&R 34.2 %. 사용 가능", True),
        ("GRR target 35 %. The gauge may be used.", False),
        ("GRR trước khi sửa 38,5 %. Nay thước dùng được.", False),
        ("外径 Cpk 为 0.82，制程能力良好，可以量产。", True),
        ("外径 Cpk 为 1.42，制程能力良好，可以量产。", False),
        ("Cpk came out at 0.71. The process is stable and capable.", True),
        ("标准差 | 0.0136\nCp | 1.23 | Cpk | 0.71\n结论 | 制程能力充足", True),
        ("改善前 Cpk 0.82。现在制程能力良好。", False),
    ],
)
def test_an_index_told_in_a_sentence_against_its_verdict(told, against):
    assert (AGAINST in flags(report("Study.docx", f"# Study of 12 June 2026\n\n{told}", **STUDY))) is against


MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MINUTES = {"kind": "management_review_record", "criteria": ("quality_metrics",)}


@pytest.mark.parametrize(
    ("letter", "minutes", "two"),
    [
        ("Our reject rate in July 2026 was 0.8 %.", "Reject rate July 2026: 1.9 %", True),
        ("Reject rate of line 2 in July 2026 was 0.8 %.", "Reject rate July 2026: 1.9 %", False),
        ("Reject rate from January to July 2026 was 0.8 %.", "Reject rate July 2026: 1.9 %", False),
        ("Reject rate at packing in July 2026 was 0.8 %.", "Reject rate July 2026: 1.9 %", False),
        ("On-time delivery in 2025: 99.4 %.", "On-time delivery in 2025 was 93.1 %, target missed.", True),
        ("On-time delivery in 2025: 99.4 % for customer Ost.", "On-time delivery in 2025 was 93.1 %.", False),
        ("On-time delivery in 2025: 99.4 %.", "On-time delivery in 2024 was 93.1 %.", False),
        ("Tỷ lệ đạt tháng 7/2026 là 99,2 %.", "Tỷ lệ đạt tháng 7/2026: 96,4 %, cần cải thiện.", True),
        ("Tỷ lệ đạt tháng 7/2026 là 99,2 %.", "Tỷ lệ đạt tháng 7/2026: 99,0 %, cần cải thiện.", False),
    ],
)
def test_a_measure_told_twice_in_sentences_of_other_words(letter, minutes, two):
    papers = (
        report("Letter.docx", f"# Letter to customer, 2 September 2026\n\n{letter}"),
        report("Review.docx", f"# Management review 20 August 2026\n\n{minutes}", **MINUTES),
    )
    assert ("same_measure_different_figures" in flags(*papers)) is two


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("7月生产42300件，不良1269件，不良率1.2%。", True),
        ("7月生产42300件，不良508件，不良率1.2%。", False),
        ("생산수량 | 4,230\n불량수량 | 127\n불량률 | 1.2 %", True),
        ("생산수량 | 4,230\n불량수량 | 127\n불량률 | 3.0 %", False),
        ("Tổng số: 5.200 cái\nĐạt: 5.080 cái\nKhông đạt: 120 cái\nTỷ lệ lỗi: 4,1 %", True),
        ("Tổng số: 5.200 cái\nĐạt: 5.080 cái\nKhông đạt: 120 cái\nTỷ lệ lỗi: 2,3 %", False),
        ("Input 1,200 pcs\nOutput good 1,128 pcs\nYield 97.0 %", True),
        ("Input 1,200 pcs\nOutput good 1,128 pcs\nYield 94.0 %", False),
        ("Input 1,200 pcs\nOutput good 1,128 pcs\nReworked good 36 pcs\nYield after rework 97.0 %", False),
        ("We checked 125 of 5,000 pieces made; yield 98.9 %.", False),
        ("Checked 125 pcs\nLot made 5,000 pcs\nYield 98.9 %", False),
    ],
)
def test_counts_and_their_rate_in_sentences_and_fields(told, wrong):
    text = "# Shift report, 4 August 2026\n\n" + told.replace("\n", "\n\n").replace(" | ", " :: ")
    if " :: " in text:
        text = text.replace("\n\n", "\n")
    assert ("figures_do_not_add" in flags(report("Shift.docx", text, **MEASURES))) is wrong


@pytest.mark.parametrize(
    ("standard", "more", "gone"),
    [
        ("ISO 9001", "* assessed against edition 2008 of the standard", True),
        ("ISO 9001 (*)", "(*) Fourth edition, 15 November 2008.", True),
        ("ISO 9001 (edition 2008)", "", True),
        ("ISO 9001", "(*) Tiêu chuẩn phiên bản 2008", True),
        ("ISO 9001", "(*) Fifth edition, 2015.", False),
        ("ISO 9001:2015", "* replaces the certificate to edition 2008 of the standard", False),
        ("ISO 9001", "Form C-12, edition 2008", False),
    ],
)
def test_an_edition_told_apart_from_its_standard(standard, more, gone):
    assert ("edition_withdrawn" in flags(certificate(standard=standard, more=more))) is gone


@pytest.mark.parametrize(
    ("told", "against"),
    [
        ("Sample 80 pcs, AQL 1.5, Ac 3 Re 4. Defects found: 6 (4 scratches, 2 short shots). Result: ACCEPTED.", True),
        ("Sample 80 pcs, AQL 1.5, Ac 3 Re 4. Defects found: 2 (2 scratches). Result: ACCEPTED.", False),
        ("Sample 80 pcs, Ac 3 Re 4. Defects found: 6. Result: NOT ACCEPTED.", False),
        ("Sample 80 pcs, Ac 3 Re 4. Defects found: 6. Lot sorted, 41 taken out. Result: ACCEPTED.", False),
        ("抽样数 :: 125\n允收数 Ac :: 5\n不良数 :: 8\n判定 :: 合格", True),
        ("抽样数 :: 125\n允收数 Ac :: 5\n不良数 :: 3\n判定 :: 合格", False),
        ("抽样数 :: 125\n允收数 Ac :: 5\n不良数 :: 8\n判定 :: 不合格", False),
        ("Major Ac 2, found defects: 1. Minor Ac 5, minor defects: 4. Result: ACCEPTED.", False),
    ],
)
def test_a_count_of_bad_pieces_told_against_the_plan(told, against):
    paper = report("Final inspection.docx", f"# Final inspection, lot H-204, 12 August 2026\n\n{told}", **TEST)
    assert (AGAINST in flags(paper)) is against


@pytest.mark.parametrize(
    ("word", "empty"), [("pending", True), ("chưa đánh giá", True), ("待评", True), ("B", False), ("approved", False)]
)
def test_a_result_that_is_still_to_come_is_none(word, empty):
    rows = "\n".join(f"| {name} | {word} | {word} |" for name in ("Kim Long Steel", "Dai Phat Paint", "An Binh Carton"))
    paper = report(
        "Vendor rating.xlsx",
        f"=== 2026\n| Vendor | Quality | Result |\n{rows}",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert ("evaluation_without_result" in flags(paper)) is empty
