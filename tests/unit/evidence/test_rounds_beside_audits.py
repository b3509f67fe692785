"""Rounds through the shops that were taken for audits: beside a paper that calls itself one they do not make it newer."""

from tests.unit.evidence.builders import flags, report

FLAG = "internal_audit_too_old"

AUDIT = report(
    "internal audit 25-1.docx",
    "# Internal audit report 25-1\nAudit date :: 18 June 2025 || Auditor :: Lin Jia\n| No | Finding | Action |\n"
    "| 1 | sticker of torque tester expired | calibrated on 2 July 2025 |",
    kind="internal_audit_record",
    criteria=("internal_audit",),
)


def _other(name: str, title: str, kind: str = "internal_audit_record"):
    return report(
        name,
        f"# {title}\nDate :: 10 September 2026 || By :: Kuo Hui\nForming: oil on the floor at machine 3, wiped at once.",
        kind=kind,
        criteria=("internal_audit",),
    )


def test_a_round_is_no_newer_audit() -> None:
    for name, title in (
        ("patrol Q3.docx", "Process patrol record"),
        ("巡檢 115Q3.docx", "製程巡檢紀錄"),
        ("patroli.docx", "Catatan patroli lini"),
        ("순회.docx", "공정 순회 기록"),
    ):
        assert FLAG in flags(AUDIT, _other(name, title)), title


def test_an_audit_of_this_year_is() -> None:
    assert FLAG not in flags(AUDIT, _other("internal audit 26-1.docx", "Internal audit report 26-1"))
    assert FLAG not in flags(AUDIT, _other("audit patrol Q3.docx", "Internal audit with patrol of the shops"))
    assert FLAG not in flags(_other("patrol Q3.docx", "Process patrol record"))
