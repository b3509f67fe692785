"""Cases by their parts, wherever these stand: one that lacks the cause owes its check all the same; each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

REGISTERS = {
    "en": (
        "| No | Opened | Problem | {cause} | Action | Closed |",
        "| R-1 | 2 Feb 2026 | 6 hinges stiff | {told} | 6 hinges replaced | 20 Feb 2026 |\n"
        "| R-2 | 3 Mar 2026 | 4 lids scratched | {told} | lids exchanged | 21 Mar 2026 |\n"
        "| R-3 | 9 Apr 2026 | 11 screws short | {told} | 11 screws sent | 30 Apr 2026 |",
        "Cause",
        "Cause / Action",
    ),
    "ko": (
        "| 번호 | 접수일 | 불량내용 | {cause} | 조치 | 완료일 |",
        "| 1 | 2026.02.02 | 손잡이 흔들림 6개 | {told} | 6개 교환 | 2026.02.20 |\n"
        "| 2 | 2026.03.03 | 뚜껑 긁힘 4개 | {told} | 뚜껑 교환 | 2026.03.21 |\n"
        "| 3 | 2026.04.09 | 나사 부족 11개 | {told} | 11개 발송 | 2026.04.30 |",
        "원인",
        "원인 및 대책",
    ),
}


@pytest.mark.parametrize("language", REGISTERS)
def test_a_register_closed_without_causes_owes_its_checks(language):
    heads, rows, cause, both = REGISTERS[language]

    def unchecked(head: str, told: str) -> bool:
        text = heads.format(cause=head) + "\n" + rows.format(told=told)
        return "no_effectiveness_check" in flags(report("register.xlsx", text, language=language, **CASES))

    assert unchecked(cause, "")
    assert not unchecked(
        both, "pin 3 worn, pin changed, 4 lots seen"
    )  # one column for cause and action tells the rest as well


AUDIT = """# Laporan AI-{year}
Tanggal: 12 Mei {year}. Auditor: Rudi Hartono (keuangan).
Temuan: 2 rak tanpa label, diperbaiki 20 Mei {year}, diperiksa 3 Juni {year}."""


def test_an_old_audit_beside_the_report_of_a_later_year():
    old = report(
        "Laporan AI 2024.pdf", AUDIT.format(year=2024), kind="internal_audit_record", criteria=("internal_audit",)
    )
    later = AUDIT.format(year=2026)
    assert "internal_audit_too_old" in flags(old)
    assert "internal_audit_too_old" in flags(old, report("Memo 2026.pdf", later, kind="other", reading="static"))
    assert "internal_audit_too_old" not in flags(
        old, report("Laporan AI 2026.pdf", later, kind="other", reading="static")
    )


def test_a_report_that_gives_areas_to_auditors_is_no_rule():
    heads = "# Auditorstvo 01/2026\nDates: 10 February 2026\n"
    rows = "| Process | Auditor | Result |\n| Forwarding | {0} | waybill lacking |\n| Quality | {1} | edition 4 in use |\n| Buying | {0} | policy lapsed |"
    steps = "1. The audit is planned each year.\n2. Findings are recorded and closed within 30 days."

    def ruled(text: str) -> bool:
        paper = report(
            "internal audit.pdf",
            text,
            kind="procedure",
            reading="static",
            mode="prescription",
            criteria=("internal_audit",),
        )
        return "procedure_without_record" in flags(paper)

    assert ruled(steps)
    assert not ruled(heads + rows.format("I. Valdo", "G. Lepe"))
