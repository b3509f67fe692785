"""What is told in passing and accuses nobody: a day behind a count, a decision with its day, the number of a form, the number of a lot."""

import pytest

from tests.unit.evidence.builders import flags, report


@pytest.mark.parametrize(
    "told",
    ["no drip claim until 12 Nov 2026", "no drip claim until 12 November 2026", "chưa có khiếu nại đến 12 Nov 2026"],
)
def test_the_day_until_which_nothing_came_is_no_count(told):
    case = report(
        "8D 26-19.docx", f"# 8D 26-19\n\n11,480 taps shipped since, {told}. Closed.", kind="corrective_action_record"
    )
    rows = "\n".join(
        f"| {n} | {n + 2:02d}/0{n}/2026 | Khách {n} | rò nước {n} | ron mòn {n} | thay ron {n} |" for n in range(1, 7)
    )
    book = report(
        "So khieu nai 2026.xlsx", f"=== 2026\n| No | Ngày nhận | Khách | Lỗi | Nguyên nhân | Biện pháp |\n{rows}",
        kind="corrective_action_record", criteria=("corrective_action",),
    )  # fmt: skip
    assert "same_measure_different_figures" not in flags(case, book)


@pytest.mark.parametrize(
    ("head", "deed", "raised"),
    [
        ("Quyết định", "Mua phần mềm sắp xếp mẫu cắt 145 triệu, ông Tùng, 31/12/2027", False),
        ("Decision", "Buy a second oven for the mats, Mr Tung, 31/12/2027", False),
        ("Keputusan", "Beli oven kedua untuk keset karet, Pak Tung, 31/12/2027", False),
        ("Quyết định", "Đã mua và lắp xong máy sấy thứ hai, ông Tùng, 31/12/2027", True),
    ],
)
def test_a_decision_says_until_when(head, deed, raised):
    text = f"""# Biên bản họp xem xét của lãnh đạo

Họp ngày 26/06/2026, chủ trì: ông Khuê.

| Nội dung | Số liệu | {head} |
| Khiếu nại | 3 vụ trong 6 tháng, cùng kỳ 7 | Duy trì kiểm mỗi cuộn |
| Phế liệu cắt | Bình quân 11,9 % so mục tiêu 11,0 % | {deed} |

Khuê 29/06/2026
"""
    made = report(
        "Bien ban.docx", text, kind="management_review_record", criteria=("management_review",), reading="living"
    )
    assert ("date_in_future" in flags(made)) is raised


@pytest.mark.parametrize(("number", "raised"), [("BM-07/01", True), ("F-07/100", True), ("82/100", False)])
def test_the_number_of_a_form_is_no_score(number, raised):
    sheet = f"""=== Tân Hiệp
PHIẾU ĐÁNH GIÁ NHÀ CUNG CẤP {number}

| Tên NCC: | Điện cơ Tân Hiệp | Mặt hàng: | Mô tơ 1HP |
| Ngày đánh giá: | 11/06/2026 | Người đánh giá: | Quách Văn Đệ |

| Tiêu chí | Điểm tối đa | Điểm đạt | Nhận xét |
| Chất lượng hàng giao | 40 |  |  |
| Đúng hẹn | 30 |  |  |
| Giá | 15 |  |  |
| Bảo hành | 15 |  |  |
| Tổng | 100 |  |  |
"""
    made = report("Danh gia NCC.xlsx", sheet, kind="supplier_evaluation_record", criteria=("supplier_control",))
    assert ("evaluation_without_result" in flags(made)) is raised


@pytest.mark.parametrize(
    "said",
    [
        "Kesimpulan: kadar tolak berada di bawah sasaran bagi setiap bulan",
        "Summary: the reject rate was below target in every month",
        "สรุป: อัตราของเสียต่ำกว่าเป้าหมายทุกเดือน",
        "结论：不良率每月均低于目标",
        "Sonuç: ret oranı her ay hedefin altında",
    ],
)
def test_below_target_each_month_is_held_against_the_months(said):
    def slides(march: str) -> str:
        rows = "\n".join(
            f"| {month} | {tested} | {rate} |"
            for month, tested, rate in (
                ("2026-01", "8,420", "1.40"),
                ("2026-02", "7,015", "1.41"),
                ("2026-03", "9,260", march),
                ("2026-04", "8,877", "1.38"),
            )
        )
        return f"=== Reject\n# Reject rate, final test (target ≤ 1.50 %)\n\n| Month | Tested | Reject % |\n{rows}\n\n{said}\n"

    told = {"kind": "metrics_record", "criteria": ("quality_metrics",), "reading": "living"}
    assert "conclusion_contradicts_data" in flags(report("Quality.pptx", slides("2.17"), **told))
    assert "conclusion_contradicts_data" not in flags(report("Quality.pptx", slides("1.47"), **told))


def test_readings_of_one_size_sum_up_to_none_of_them():
    rows = "\n".join(
        f"| {day}/09 | 6K-{day}A | {a} | {b} | {c} | {d} | {e} | OK |"
        for day, a, b, c, d, e in (
            ("01", 1.58, 1.61, 1.57, 1.60, 1.4), ("07", 1.55, 1.59, 1.56, 1.54, 1.7), ("10", 1.62, 1.60, 1.63, 1.59, 1.3),
            ("15", 1.53, 1.54, 1.51, 1.56, 1.9), ("21", 1.57, 1.56, 1.60, 1.58, 1.5), ("28", 1.59, 1.63, 1.58, 1.61, 1.6),
        )
    )  # fmt: skip
    made = report(
        "Wall test.xlsx",
        f"=== 6KG\n| Date | Lot | UT1 | UT2 | UT3 | UT4 | Expn % | Result |\n{rows}",
        kind="traceability_record",
    )
    assert "figures_do_not_add" not in flags(made)


def test_a_mark_of_accreditation_is_a_field_of_its_own():
    text = """# Certificate

Padma Pump Works has a quality management system that meets ISO 9001:2015

| Scope | Casting, machining and assembly of centrifugal pumps | Certificate no. | PCS-0714 |
| Date of issue | 14 July 2025 | Valid until | 13 July 2028 |
| Surveillance | carried out 2 July 2026 | Accreditation mark | BAB, MS-CB 0011 |
"""
    assert "no_accreditation" not in flags(report("certificate.pdf", text, kind="certificate", mode="credential"))


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        (
            "Corrective action: oil drip on mill 2 raised from 14 to 20 drops/min, silica bag in each carton.",
            "conclusion_contradicts_data",
        ),
        (
            "Mwatunge Estate, line fibre 3L, office 0722 41x xxx\nKedai Outgrowers Group, line fibre UG",
            "placeholder_left",
        ),
    ],
)
def test_drops_a_minute_do_not_fall_and_hidden_digits_are_no_model_name(text, flag):
    assert flag not in flags(report("note.docx", text, kind="corrective_action_record", reading="living"))


def test_as_many_samples_as_the_plan_asks_for_are_no_figure_that_never_moves():
    rows = "\n".join(f"| 0{n}/10/2026 | 26W4{n}-A | 80 | {n + 5} | Đạt |" for n in range(1, 8))
    head = "| Ngày | Lô | SL thử | Lắc max (≤ 20 mm) | Kết luận |"
    made = report(
        "Thu cuoi chuyen.xlsx", f"=== IB-122\n{head}\n{rows}", kind="traceability_record", criteria=("traceability",)
    )
    assert "kpi_values_constant" not in flags(made)


@pytest.mark.parametrize(
    ("title", "months", "raised"),
    [
        ("PENCAPAIAN OBJEKTIF KUALITI 2025", ("Jan 26", "Feb 26", "Mac 26", "Apr 26"), True),
        ("PENCAPAIAN OBJEKTIF KUALITI 2026", ("Jan 26", "Feb 26", "Mac 26", "Apr 26"), False),
        ("PENCAPAIAN OBJEKTIF KUALITI 2025", ("Jan 25", "Feb 25", "Mac 25", "Apr 25"), False),
        ("PENCAPAIAN OBJEKTIF KUALITI 2025-2026", ("Jan 26", "Feb 26", "Mac 26", "Apr 26"), False),
        ("PENCAPAIAN OBJEKTIF KUALITI 2025", ("Jan", "Feb", "Mac", "Apr"), False),
    ],
)
def test_last_years_title_over_the_months_of_this_year(title, months, raised):
    sheet = f"""=== Objektif
# {title}

| Objektif | Sasaran | {" | ".join(months)} |
| Tolakan tenunan % | ≤ 3.0 | 2.84 | 2.91 | 2.66 | 2.97 |
| Hantar ikut tarikh % | ≥ 90 | 92.3 | 90.6 | 91.4 | 90.9 |
"""
    made = report(
        "Objektif Kualiti.xlsx",
        sheet,
        kind="metrics_record",
        criteria=("quality_metrics",),
        reading="living",
        language="ms",
    )
    assert ("heading_year_left_over" in flags(made)) is raised
