"""Shapes of a set that was kept unread: limits towards which something wears, logs with rows ahead, lots of a packing list, findings
and results left open beside filled ones, figures under two names; each with its near miss.
"""

from tests.unit.evidence.builders import flags, report

GOOD = """| Item | Found | Limit | Result |
| {item} | {found} mm | 26.0 mm | good |
| Broken wires in 6d | 3 | 14 | good |
| Hook throat opening | 142.5 mm | 148.0 mm | good |
| Overload test sink | 2 mm | 5 mm | good |"""


def _contradicts(item: str, found: str) -> bool:
    paper = report("inspection crane.docx", "# Inspection\n" + GOOD.format(item=item, found=found))
    return "conclusion_contradicts_data" in flags(paper)


def test_a_rope_wears_down_to_its_limit() -> None:
    assert not _contradicts("Hoist rope 28 mm, diameter", "27.3")
    assert not _contradicts("Spindle 28 mm", "27.3")  # by its size when new
    assert _contradicts("Gap of the guide", "27.3")


LOG = """| CEK METAL DETECTOR | | | | |
| Tanggal | Fe 1,5 mm | Non-Fe 2,0 mm | SUS 2,5 mm | Paraf |
| 13/08/2026 | OK | OK | OK | Rini |
| 20/08/2026 | OK | NG | OK | Rini |
| 27/08/2026 | OK | OK | OK | Yuda |
| 17/09/2026 | OK | OK | OK | Rini |
| 15/10/2026 | {first} | {first} | OK | Rini |
| 22/10/2026 | {first} | {first} | {first} | Rini |"""


def test_two_rows_ahead_that_are_filled_in() -> None:
    def told(first: str) -> bool:
        paper = report("MD mingguan.xlsx", LOG.format(first=first), kind="calibration_record", language="id")
        return "date_in_future" in flags(paper)

    assert told("OK")
    assert not told("")


CHART = """Control chart, lens tilt (deg), n = 5
| UCL 0.221 | CL 0.178 | LCL 0.135 |
| Date / shift | Xbar | R | Operator | Remark |
| 09-01 D | 0.172 | 0.06 | K.S.H | |
| 09-03 D | 0.181 | 0.07 | K.S.H | |
| 09-07 N | 0.190 | 0.05 | L.J.W | {before} |
| 09-09 D | 0.168 | 0.08 | K.S.H | |
| 09-17 N | 0.238 | 0.07 | L.J.W | {beside} |
| 09-21 D | 0.179 | 0.05 | K.S.H | |"""


def test_what_was_done_before_is_no_answer_to_a_reading() -> None:
    def told(before: str, beside: str) -> bool:
        return "out_of_limits_without_reaction" in flags(
            report("Xbar.xlsx", CHART.format(before=before, beside=beside), kind="calibration_record")
        )

    assert told("gripper pad replaced", "")
    assert not told("", "gripper pad replaced")


LOTS = """| Final inspection (August 2026) | | | |
| Lot | Tested | Quantity | Verdict |
| NV26J14 | 08/20 | 5,040 | pass |
| NV26J18 | 08/23 | 3,880 | pass |
| NV26J22 | 08/28 | 5,200 | pass |"""
PACKED = """PACKING LIST EX-1029
Date 2026-08-29
| Box | Model | Lot | Quantity | Remark |
| 1-10 | NV-13M | NV26J18 | 3,880 | |
| 11-23 | NV-13M | NV26J22 | 5,200 | |
| 24-29 | NV-13M | {lot} | 2,360 |{note}"""


def _unknown(lot: str, note: str = "", letter: str = "") -> bool:
    papers = [
        report("final inspection August.xlsx", LOTS, kind="traceability_record"),
        report("Packing list 1029.xlsx", PACKED.format(lot=lot, note=note), kind="traceability_record"),
    ]
    if letter:
        papers.append(report("query.eml", letter, kind="other"))
    return "lot_unknown_in_next" in flags(*papers)


def test_the_day_of_a_packing_list_is_that_of_its_lots() -> None:
    assert _unknown("NV26J25")
    assert not _unknown("NV26J14")


def test_a_customer_who_asks_for_papers_does_not_know_the_lot() -> None:
    assert _unknown("NV26J25", letter="Kindly send the inspection report of NV26J25.")
    assert not _unknown("NV26J25", letter="NV26J25 was tested on 28 August, its sheet comes from the second hall.")


AUDIT = """# รายงานการตรวจติดตามภายใน
| แผนก | ผู้รับการตรวจ | สิ่งที่พบ | การแก้ไขและวันปิด |
| เย็บ | วิภา | เข็มหักวันที่ 6 พ.ค. ไม่มีบันทึกการค้นหา | เพิ่มช่องในใบเข็มหัก ปิด 29 พ.ค. 2569 |
| ตัด | สมบูรณ์ | ผ้าม้วน R-2217 ไม่มีป้ายเฉดสี | {answer} |"""


def test_two_heads_in_one_are_both_read() -> None:
    def told(answer: str) -> bool:
        paper = report("IA-69-01.docx", AUDIT.format(answer=answer), kind="internal_audit_record", language="th")
        return "audit_findings_not_followed_up" in flags(paper)

    assert told("")
    assert not told("ติดป้ายใหม่ ปิด 1 มิ.ย. 2569")


SUPPLIERS = """# Supplier evaluation 2026
| Supplier | Goods | Evaluated on | Quality (60) | Delivery (40) | Total |
| Thai Polyweight | fabric | 22/06/2026 | 53 | 36 | 89 |
| Asia Zipper | zips | 23/06/2026 | 48 | 27 | 75 |
| Rungruang Foam | foam | 25/06/2026 | | | |
| Siam Thread | thread | 26/06/2026 | 57 | 38 | 95 |

# Visit
| Conclusion | {said} |
|---|---|"""


def test_a_result_that_was_to_follow_and_never_came() -> None:
    def told(said: str) -> bool:
        paper = report("evaluation.xlsx", SUPPLIERS.format(said=said), kind="supplier_evaluation_record")
        return "evaluation_without_result" in flags(paper)

    assert told("result will be informed later")
    assert not told("two slitting machines, stock for three days")


SHEET = """# First article PG21
| Lot | 115B-0609 | Drawing | LK-PG21-03 |
| Feature | Spec | {first} | {later} | Verdict |
| Thread | 28.30 -0.15 | 28.24 | 28.21 | OK |
| Hexagon | 30.00 ±0.10 | 30.07 | 30.06 | OK |
| Bore | 18.50 +0.20 | 18.58 | 18.61 | OK |
| Inspected K. Lee 2026-06-10 | Approved S. Shih 2026-06-12 | | | |"""


def test_readings_of_a_day_after_the_approval() -> None:
    def told(first: str, later: str) -> bool:
        paper = report("first article.xlsx", SHEET.format(first=first, later=later), kind="traceability_record")
        return "changed_after_signature" in flags(paper)

    assert told("6/10 read", "8/20 read again")
    assert not told("6/10 read", "6/11 read again")
    assert not told("piece 1", "piece 2")


def test_one_measure_under_two_names() -> None:
    def told(*figures: float) -> bool:
        sheet = "| Measure | Jun 2026 | Jul 2026 | Aug 2026 | Sep 2026 |\n| Final yield % | 95.8 | 96.3 | 96.9 | 97.4 |"
        slide = "| 지표 | 2026-06 | 2026-07 | 2026-08 | 2026-09 |\n| 최종수율 % | {} | {} | {} | {} |".format(*figures)
        papers = report("KPI.xlsx", sheet, kind="metrics_record"), report("slides.pptx", slide, kind="metrics_record")
        return "same_measure_different_figures" in flags(*papers)

    assert told(95.8, 96.3, 96.9, 98.1)
    assert not told(95.8, 96.3, 96.9, 97.5)
    assert not told(94.1, 95.2, 96.9, 98.1)  # another line
