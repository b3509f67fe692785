"""What a document is called is heard beside the model: it tips the scales, it does not replace reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model import DocumentReport
from evidence.named_kinds import places_of, settled, with_names
from evidence.titles import reads_no_piece
from tests.unit.evidence.builders import report

UNSURE = {"corrective_action_record": 0.3, "traceability_record": 0.4, "calibration_record": 0.1, "other": 0.2}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("04 质量/纠正预防措施台账.xlsx", "corrective_action_record"),
        ("ทะเบียนสอบเทียบเครื่องมือ.xlsx", "calibration_record"),
        ("시정조치 관리대장.xlsx", "corrective_action_record"),
        ("CAPA_register.xlsx", "corrective_action_record"),
        ("Sheet 3.xlsx", "traceability_record"),
    ],
)
def test_a_name_tips_the_scales(path: str, kind: str) -> None:
    kinds = with_names(UNSURE, places_of(path, "", "14 | 32.01 | ok"))
    assert max(kinds, key=lambda one: kinds[one]) == kind


def test_what_was_read_surely_stays_whatever_it_is_called() -> None:
    sure = {"certificate": 0.995, "internal_audit_record": 0.001, "other": 0.004}
    kinds = with_names(sure, places_of("internal audit.pdf", "Certificate of registration", ""))
    assert max(kinds, key=lambda one: kinds[one]) == "certificate"


def test_a_blank_form_of_an_audit_stays_blank() -> None:
    blank = {"blank_form": 0.5, "internal_audit_record": 0.4, "other": 0.1}
    assert with_names(blank, places_of("internal audit report.docx", "Internal audit report", "")) == blank


def test_the_first_line_stands_for_a_heading_that_only_repeats_the_name() -> None:
    assert places_of("a/QF-12_list.docx", "QF-12 list", "Approved suppliers 2026\nName | Grade") == (
        "QF 12 list",
        "Approved suppliers 2026",
    )


@given(
    st.dictionaries(
        st.sampled_from(["blank_form", "internal_audit_record", "metrics_record", "other"]),
        st.floats(0.01, 1.0),
        min_size=2,
    ),
    st.text(max_size=60),
)
def test_they_stay_probabilities_of_the_same_kinds(shares: dict[str, float], name: str) -> None:
    before = {kind: share / sum(shares.values()) for kind, share in shares.items()}
    kinds = with_names(before, (name, f"KPI {name}"))
    assert list(kinds) == list(before)
    assert sum(kinds.values()) == pytest.approx(1.0)
    assert kinds.get("blank_form") == before.get("blank_form")


def test_a_report_is_settled_once_and_one_without_verdicts_stays() -> None:
    made = report("内部审核报告.docx", "# 内部审核报告\n\n2026年3月4日，五个部门。", kind="metrics_record")
    assert settled(made) == made  # no probabilities: nothing was judged
    told: DocumentReport = settled(
        made.model_copy(update={"kinds": {"metrics_record": 0.6, "internal_audit_record": 0.4}})
    )
    assert told.kind == "internal_audit_record"
    assert told.kinds["internal_audit_record"] > 0.9


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("BB kiem tra ve sinh T10.docx", "other"),  # a round for cleanliness looks at no goods
        ("5S patrol record.xlsx", "other"),
        ("Final inspection record.xlsx", "traceability_record"),
        ("สรุปผลตรวจติดตามภายใน 2567.docx", "internal_audit_record"),
    ],
)
def test_what_is_looked_at_tells_what_a_look_is(path: str, kind: str) -> None:
    unsure = {"traceability_record": 0.4, "internal_audit_record": 0.3, "other": 0.3}
    kinds = with_names(unsure, places_of(path, "", ""))
    assert max(kinds, key=lambda one: kinds[one]) == kind


def test_the_samples_of_a_control_chart_were_read_of_pieces() -> None:
    chart = report("Xbar-R ST-09 Oct.xlsx", "| X1 | X2 |\n| 12.008 | 12.010 |", kind="metrics_record")
    assert not reads_no_piece(chart)
    assert reads_no_piece(report("KPI Oct.xlsx", "| Rejects | OTD |\n| 1.2 | 98.0 |", kind="metrics_record"))
