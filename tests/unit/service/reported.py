"""A supplier in a few lines, assessed by the real rules: what the tests of reports print."""

from datetime import date
from functools import lru_cache

from evidence.assessment import assess
from evidence.model import DocumentReport, Error
from tests.unit.evidence.builders import TODAY, certificate, report

SUPPLIER = "Lotus Valley Pumps Co., Ltd"
# What an attacker writes into cells, names and sentences: markup of each form a report is written in.
ATTACKS = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3",
    '#panic("typst") $ x $ *bold* _it_ `raw` \\ #sys.inputs @ref <label>',
    '#import "/etc/passwd": *',
    "{{ 7*7 }} {% raw %}",
    "]]> <!-- </svg></title></style> &amp; \x00\x0b\x1b[31m",
    "\u202egnp.exe \ufffe \ud7ff",
)

KPI = """
# Monthly reject rate 2026

| Measure | 2025-11 | 2025-12 | 2026-01 | 2026-02 | 2026-03 | 2026-04 | 2026-05 | 2026-06 | 2026-07 | 2026-08 |
| Reject rate % | 4.1 % | 3.9 % | 3.6 % | 3.8 % | 3.1 % | 2.9 % | 2.6 % | 2.7 % | 2.2 % | 2.1 % |
| Target % | 2.5 % | 2.5 % | 2.5 % | 2.5 % | 2.5 % | 2.5 % | 2.5 % | 2.5 % | 2.5 % | 2.5 % |
"""

CASE = """
# Corrective action report CAR-26-014

Opened :: 2 March 2026 || Case :: CAR-26-014
Problem :: Porosity in housing lot L2602-17, 31 of 600 rejected || Lot :: L2602-17
Root cause :: Vent of die 3 blocked by flash, shown by sectioning three parts || Action :: Vent cleaned every shift, added to the start-up sheet of press 4
Responsible :: Nguyen Thi Lan || Effectiveness check :: 28 April 2026: 4 of 600 rejected in lot L2604-02
Closed :: 30 April 2026
"""

AUDIT = """
# Internal audit report IA-26-01

Audit date :: 12 May 2026 || Auditor :: Tran Van Minh
Two nonconformities were found in the foundry: the pyrometer of furnace 2 was out of calibration since April 2026, and CAR-26-014 was not
entered in the register.
"""

REVIEW = """
# Minutes of the management review, 20 January 2025

On 20 January 2025 the director reviewed the reject rate and the two complaints of 2024 and decided to buy a spectrometer.
"""

PROCEDURE = """
# Procedure for the evaluation of suppliers

The purchasing manager shall evaluate each new supplier before the first order.

The evaluation shall be repeated every year and recorded on form F-07.
"""

INSPECTION = """
# Final inspection, lot L2604-02, 27 April 2026

| Lot | Part | Measured | Limit | Result |
| L2604-02 | Housing H-3 | 42.03 | 42.00 +/- 0.05 | OK |
| L2604-02 | Housing H-3 | 41.98 | 42.00 +/- 0.05 | OK |
"""


def documents() -> list[DocumentReport]:
    """The papers of the supplier."""
    failed = DocumentReport(
        path="scans/locked.pdf", sha256="f" * 64, status="failed",
        error=Error(code="encrypted", message="The file is protected by a password.", remedy="Ask for an open copy."),
    )  # fmt: skip
    return [
        report("kpi/reject rate 2026.xlsx", KPI, kind="metrics_record", criteria=("quality_metrics",)),
        report("CAR-26-014.pdf", CASE, kind="corrective_action_record", criteria=("corrective_action", "traceability")),
        report("IA-26-01.pdf", AUDIT, kind="internal_audit_record", criteria=("internal_audit",)),
        report("Management review 2025.docx", REVIEW, kind="management_review_record", criteria=("management_review",)),
        report("QP-07 suppliers.pdf", PROCEDURE, kind="procedure", reading="static", mode="prescription", criteria=("supplier_control",), unread=2),
        report("inspection L2604-02.pdf", INSPECTION, kind="traceability_record", criteria=("traceability",)),
        certificate(),
        failed,
    ]  # fmt: skip


def hostile() -> list[DocumentReport]:
    """Papers whose names, cells and sentences are attacks."""
    made = []
    for number, attack in enumerate(ATTACKS):
        text = f"""
# {attack} report of 2026

On 12 March 2026 {attack} was found in lot L26-{number:03} and {attack} was closed on 2 April 2026.

| Case | Problem | Root cause | Closed |
| NCR-26-{number:03} | {attack} | {attack} | 2026-04-02 |
"""
        name = f"{number} {attack}.pdf".replace("\x00", "")
        made.append(report(name, text, kind="corrective_action_record", criteria=("corrective_action", "traceability")))
    return made


@lru_cache(maxsize=1)
def sample():
    """The report of the supplier."""
    return assess(SUPPLIER, TODAY, documents())


@lru_cache(maxsize=1)
def attacked():
    """The report of a supplier that attacks: its name, its files and their text."""
    return assess(f"{ATTACKS[0]} {ATTACKS[2]}", TODAY, hostile())


PRINTED = date(2026, 10, 1)
