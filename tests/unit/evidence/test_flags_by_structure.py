"""Flags that know a paper by how it is built, where a factory calls its columns and fields by words of its own: each beside the
paper that is ordinary.
"""

import json

import pytest

from evidence.facts.columns import state_of
from evidence.facts.indicators import measure_of
from evidence.facts.tables import is_finding, says_no_finding
from evidence.facts.text import has
from tests.unit.evidence.builders import flags, report


def register(heads, *rows):
    return "=== 1\n" + "\n".join(f"| {row} |" for row in (heads, *rows))


def case(path, text, kind="corrective_action_record", **more):
    return report(path, text, kind=kind, criteria=("corrective_action",), **more)


def cases(document):
    return [json.loads(fact.value) for fact in document.facts if fact.kind == "case"]


@pytest.mark.parametrize(
    ("heads", "open_row", "done_row"),
    [
        ("Đầu việc | Ai lo | Xong trước | Đến đâu rồi", "Thay băng tải máy vò số 2 | Hoàn | 20/06/2026 | chưa làm", "Thay băng tải máy vò số 2 | Hoàn | 20/06/2026 | xong 18/06/2026"),
        ("Yapılacak | Kim | Ne zamana kadar | Durum", "Kurutucu filtre siparişi verilecek | Sevgi | 30.06.2026 | yapılmadı", "Kurutucu filtre siparişi verilecek | Sevgi | 30.06.2026 | yapıldı 28.06.2026"),
        ("事情 | 谁负责 | 几号前 | 状态", "三号冲床光栅要更换 | 梁工 | 2026-06-30 | 进行中", "三号冲床光栅要更换 | 梁工 | 2026-06-30 | 已完成 2026-06-28"),
        ("What we promised | Responsible | Due | Status", "new lamp over the light table | Ann | 30 June 2026 | open", "new lamp over the light table | Ann | 30 June 2026 | done 28 June 2026"),
    ],
)  # fmt: skip
def test_a_list_of_tasks_under_any_heads(heads, open_row, done_row):
    assert "overdue_actions" in flags(case("minutes.xlsx", register(heads, open_row)))
    assert "overdue_actions" not in flags(case("minutes.xlsx", register(heads, done_row)))


FORM = """
# Non-conformance report 26-05

Came to us :: 20 March 2026 || Batch :: SG-2251
Told by the customer :: 60 gaskets with holes off pitch
Cause :: locating pin of die 14 sheared
Mended by :: new hardened pin fitted
{check}
Over on :: {closed}
"""


def test_fields_of_a_form_are_known_by_their_place():
    (read,) = cases(case("NCR 26-05.docx", FORM.format(closed="7 April 2026", check="Since then :: 400 pieces, 0 off")))
    assert read["problem"].startswith("60 gaskets")
    assert read["action"].startswith("new hardened pin")
    assert (read["opened"], read["closed"]) == ("2026-03-20", "2026-04-07")
    assert read["effectiveness"].startswith("400 pieces")


def test_a_form_closed_on_its_day_and_one_that_is_no_corrective_action():
    same = FORM.format(closed="20 March 2026", check="")
    assert "closed_same_day" in flags(case("NCR 26-05.docx", same))
    order = same.replace("Non-conformance report", "Work order")
    assert cases(case("order.docx", order, kind="other")) == []


@pytest.mark.parametrize(
    ("labels", "blames", "finds"),
    [
        (("Hiện tượng", "Vì sao xảy ra", "Cách giải quyết"), ("thợ lơ đãng, không để ý", "nhắc nhở trước tổ"), ("đồng hồ sai 15 độ", "thay đồng hồ nhiệt")),
        (("Keluhan", "Kenapa terjadi", "Apa yang dilakukan"), ("operator teledor", "operator ditegur"), ("anvil aus", "anvil diganti")),
        (("어떤 문제", "왜 생겼나", "무엇을 했나"), ("작업자 방심", "작업자 교육 실시"), ("팁 마모 0.3 mm", "팁 교체")),
        (("Ne oldu", "Neden oldu", "Ne yapıldı"), ("operatörün dikkatsizliği", "operatör uyarıldı"), ("gücü teli aşınmış", "gücü teli değiştirildi")),
    ],
)  # fmt: skip
def test_fields_that_ask(labels, blames, finds):
    for (cause, action), told in ((blames, True), (finds, False)):
        text = (
            f"# CAPA 7\n\n{labels[0]} :: 85 pieces of lot 7 rejected\n{labels[1]} :: {cause}\n{labels[2]} :: {action}"
        )
        assert ("human_error_retrain_only" in flags(case("CAPA 7.docx", text))) is told


def test_a_register_whose_last_days_have_no_known_head():
    heads = "序 | 收到日 | 客户反映 | 真正原因 | 怎么改 | 收尾"
    first, second = (
        f"1 | 2026-01-12 | 插头尾部开裂 | 料温偏低20度 | 温控器更换 | {'2026-02-05'}",
        "3 | 2026-06-18 | {} | 还在查 | 全检库存 | ",
    )
    assert "same_defect_after_closure" in flags(case("r.xlsx", register(heads, first, second.format("插头尾部开裂"))))
    assert "same_defect_after_closure" not in flags(
        case("r.xlsx", register(heads, first, second.format("线长短50毫米")))
    )


QUESTIONS = (
    "Bể tẩy dầu có đo nồng độ không?",
    "Chiều dày có ghi không?",
    "Lò sấy có hiệu chuẩn không?",
    "Mẫu màu do ai giữ?",
)


def test_a_checklist_is_known_by_its_questions():
    head = "Người đánh giá :: Lê Thị Bích || Ngày :: 12/05/2026"
    for answer, told in (("", True), ("có, xem sổ ngày 11/05", False)):
        rows = "\n".join(f"| {n} | {question} | {answer} |" for n, question in enumerate(QUESTIONS, 1))
        text = f"{head}\n\n| TT | Nội dung cần hỏi | Trả lại |\n{rows}"
        paper = report("xưởng phun.docx", text, kind="internal_audit_record", reading="static", language="vi")
        assert ("header_only_audit" in flags(paper)) is told


@pytest.mark.parametrize(
    ("none", "some"),
    [
        ("지적할 사항이 없었음", "부적합 1: 기록 누락"),
        ("herhangi bir uygunsuzluğa rastlanmadı", "uygunsuzluk 1: kart yok"),
        ("không phát hiện điểm không phù hợp", "điểm 1: thẻ không có"),
        ("tidak ditemukan ketidaksesuaian", "temuan 1: kartu tidak ada"),
        ("没有发现任何不符合", "不符合项1：点检表空白"),
        ("ไม่พบความไม่สอดคล้อง", "ข้อบกพร่อง 1: บันทึกว่าง"),
        ("指摘事項なし", "不適合1 点検表が空欄"),
    ],
)  # fmt: skip
def test_an_audit_that_says_it_found_nothing(none, some):
    assert says_no_finding(none)
    assert not is_finding(none)
    audit = "# Internal audit report\n\nDate 12 May 2026. {}"
    documents = [
        report("a.docx", audit.format(words), kind="internal_audit_record", criteria=("internal_audit",))
        for words in (none, some)
    ]
    assert "audits_without_finding" in flags(documents[0])
    assert "audits_without_finding" not in flags(documents[1])


def test_a_finding_with_a_later_day_beside_it_was_followed_up():
    text = (
        "# Internal audit report\n\nAudit date: 12 May 2026, auditor Rina\n\nFinding 1: oven log empty for three days{}"
    )
    left = report("a.docx", text.format("."), kind="internal_audit_record", criteria=("internal_audit",))
    mended = report(
        "a.docx",
        text.format("; log moved to the gate 20 May 2026."),
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    assert "audit_findings_not_followed_up" in flags(left)
    assert "audit_findings_not_followed_up" not in flags(mended)


@pytest.mark.parametrize(
    "label", ["Persentase ditolak (%)", "Müşteri iade oranı", "Tỷ lệ hàng trả về", "반품률 %", "อัตราการตีกลับ", "退回率"]
)
def test_a_share_of_what_is_bad_is_a_reject_rate(label):
    found = measure_of(label)
    assert found is not None
    assert found.id == "reject_rate"


def test_a_count_of_what_is_bad_is_no_rate():
    found = measure_of("Ditolak (pcs)")
    assert found is None or found.unit != "%"


def test_any_rate_with_its_own_target_is_a_series():
    heads = "Indicator | Target | Jan 2026 | Feb 2026 | Mar 2026 | Apr 2026 | May 2026"
    kept = report("kpi.xlsx", register(heads, "Share repainted (%) | 1.5 | 1.5 | 1.5 | 1.5 | 1.5 | 1.5"), criteria=("quality_metrics",), kind="metrics_record")  # fmt: skip
    moved = report("kpi.xlsx", register(heads, "Share repainted (%) | 1.5 | 1.9 | 1.7 | 1.8 | 1.5 | 1.4"), criteria=("quality_metrics",), kind="metrics_record")  # fmt: skip
    assert "kpi_values_constant" in flags(kept)
    assert "kpi_values_constant" not in flags(moved)
    assert [fact.role for fact in moved.facts if fact.kind == "series"] == ["other_rate"]


def test_a_word_that_hides_in_another_one():
    assert has("แผนการตรวจ", ("แผน!ก",)) is False  # the plan is followed by the excluded sign
    assert has("แผนงานประจำปี", ("แผน!ก",))
    assert not has("แผนกชุบ", ("แผน!ก",))


def test_the_month_of_a_figure_stands_behind_it_or_before_it():
    text = "Minutes of 10 July 2026. Reject rate fell from 2.4 % in February to 1.5 % in June. In April the reject rate was 1.8 %."
    made = report("mr.docx", text, kind="management_review_record", criteria=("quality_metrics",))
    told = {
        (value["period"], value["value"]) for f in made.facts if f.kind == "measure" and (value := json.loads(f.value))
    }
    assert told == {("2026-02", 2.4), ("2026-06", 1.5), ("2026-04", 1.8)}


def test_minutes_taken_for_rules_are_minutes_by_their_name():
    text = "# 管理评审会议记录\n\n2025年6月20日，三楼会议室，总经理、品质、生产参加。"
    held = report("管理评审会议记录.docx", text, kind="procedure", reading="static", mode="prescription", language="zh")
    rules = report("管理评审程序.docx", text, kind="procedure", reading="static", mode="prescription", language="zh")
    assert "management_review_too_old" in flags(held)
    assert "management_review_too_old" not in flags(rules)


def test_counts_without_known_heads_are_known_by_their_size():
    heads = "Ay | Preslenen | Ayrılan | Hurda oranı %"
    wrong = ("Mart 2026 | 90500 | 2715 | 2,0", "Nisan 2026 | 88200 | 2734 | 2,1", "Haziran 2026 | 86400 | 1555 | 1,8")
    right = ("Mart 2026 | 90500 | 1810 | 2,0", "Nisan 2026 | 88200 | 1852 | 2,1", "Haziran 2026 | 86400 | 1555 | 1,8")
    other = ("Mart 2026 | 90500 | 77 | 2,0", "Nisan 2026 | 88200 | 81 | 2,1", "Haziran 2026 | 86400 | 90 | 1,8")
    for rows, told in ((wrong, True), (right, False), (other, False)):  # the last column is no count of the rate at all
        sheet = report(
            "h.xlsx", register(heads, *rows), kind="metrics_record", criteria=("quality_metrics",), language="tr"
        )
        assert ("figures_do_not_add" in flags(sheet)) is told


def test_a_list_of_gauges_that_fall_due_is_no_list_of_actions():
    heads = "Gauge | Who | Due | State"
    rows = ("caliper no 4, 150 mm | Ann | 1 June 2026 | open", "micrometer 0-25 | Ann | 1 June 2026 | done")
    assert "overdue_actions" not in flags(case("g.xlsx", register(heads, *rows), kind="calibration_record"))
    assert "overdue_actions" in flags(case("todo.xlsx", register(heads, *rows)))


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("25/05 chưa đạt (còn 1 bản ở máy tiện 3); 05/06 xem lại đạt. Đóng. Mai", "done"),
        ("02/06 done at two presses; 14/06 still open at press 3", "open"),
        ("chưa, nhắc 03/09 và 14/09", "open"),
        ("18/05 xem máy 5, đủ. Đóng. Mai", "done"),
        ("not done, reminded 03/09", "open"),
    ],
)
def test_of_a_state_told_in_steps_the_last_one_holds(told, state):
    assert state_of(told) == state
