"""Scopes whose words for making name what is traded, registers that number their cases by year, auditors with their office behind the name."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
LOTS = {"kind": "traceability_record", "criteria": ("traceability",)}
CARD = "# Lot card P26-1182\n\nLot No :: P26-1182 || Date :: 11.08.2026\n\n| Test | Limit | Result |\n| Gauge mm | 2.0 - 2.4 | 2.2 |\n| Width mm | 30 - 32 | 31 |\n"


@pytest.mark.parametrize(
    ("scope", "trades"),
    [
        ("İplik alım satımı ve pazarlaması", True),
        ("Döküm parça satışı", True),
        ("Trading and marketing of printed packaging", True),
        ("Kinh doanh hàng đông lạnh", True),
        ("จำหน่ายอาหารแช่แข็ง", True),
        ("冷冻食品销售", True),
        ("냉동 수산물 유통", True),
        ("冷凍食品の販売", True),
        ("İplik üretimi ve satışı", False),
        ("İplik boyama, satış", False),
        ("Basınç yaylarının üretimi ve satışı", False),
        ("Çelik kapı imalatı ve pazarlaması", False),
        ("Printing and sale of packaging", False),
        ("Sales and casting of aluminium", False),
        ("Đông lạnh và kinh doanh thủy sản", False),
        ("ผลิตและจำหน่ายอาหารแช่แข็ง", False),
        ("铸造销售", False),
        ("냉동 및 유통", False),
        ("冷凍食品の製造販売", False),
    ],
)
def test_what_is_traded_is_not_made(scope: str, trades: bool) -> None:
    papers = (certificate(scope=scope), report("Lot card.pdf", CARD, **LOTS))
    raised = flags(*papers).get("certificate_scope_mismatch")  # of other goods than pumps it may be as well
    assert ("production that the other papers" in (raised.explanation if raised else "")) is trades


@pytest.mark.parametrize(
    "head",
    [
        "No PTK | Tgl terbit | Lot | Ketidaksesuaian | Akar masalah | Tindakan | Tgl tutup",
        "NCR No | Written | Lot | Nonconformity | Root cause | Action | Closed on",
        "Số phiếu | Ngày phát hành | Lô | Sự không phù hợp | Nguyên nhân | Hành động | Ngày đóng",
        "管理番号 | 発行日 | ロット | 不適合 | 原因 | 処置 | 完了日",
        "编号 | 签发日期 | 批号 | 不符合项 | 原因 | 措施 | 关闭日期",
        "Kayıt no | Düzenlenme tarihi | Parti | Uygunsuzluk | Kök neden | Faaliyet | Kapanış tarihi",
    ],
)
@pytest.mark.parametrize("same", [True, False])
def test_a_number_by_year_is_no_day(head: str, same: bool) -> None:
    rows = [
        ("26/01", "14-01-26", "Moisture 4.3 over the limit", "Burner nozzle clogged with soot", "Nozzle cleaned"),
        ("26/02", "23-03-26", "Bulk density too low", "Foaming pressure set too high", "Regulator sealed at 2.4 bar"),
        ("26/03", "21-04-26", "Cartons dented in trailer", "Stacked seven high", "Height line painted on the wall"),
    ]
    ends = ("14-01-26", "23-03-26", "21-04-26") if same else ("20-02-26", "19-04-26", "18-05-26")
    table = "\n".join(
        f"| {no} | {day} | SD26{at}12 | {problem} | {cause} | {action} | {end} |"
        for at, ((no, day, problem, cause, action), end) in enumerate(zip(rows, ends, strict=True))
    )
    raised = flags(report("Log 2026.xlsx", f"| {head} |\n{table}\n", **CASES))
    assert ("closed_same_day" in raised) is same
    assert "done_before_reported" not in raised


@pytest.mark.parametrize(
    ("head", "own", "raised"),
    [
        ("Dept | Auditee | Auditor | Finding", "Mr. Raymond Khoo, QA Manager | Mr. Raymond Khoo, QA Manager", True),
        ("Dept | Auditee | Auditor | Finding", "Raymond Khoo | Raymond Khoo - QA Manager", True),
        ("部门 | 受审核人 | 审核员 | 不符合项", "王建国，质量经理 | 王建国，质量经理", True),
        ("Bölüm | Denetlenen | Denetçi | Bulgu", "Ayşe Demir, Kalite Müdürü | Ayşe Demir / Kalite Müdürü", True),
        ("Dept | Auditee | Auditor | Finding", "Mr. Raymond Khoo, QA Manager | Mr. Ooi Beng Hock, QA Manager", False),
        ("Dept | Auditee | Auditor | Finding", "Mr. Raymond Khoo, QA Manager | Cik Farah Aziz, Stores Head", False),
    ],
)
def test_an_office_behind_a_name_is_no_part_of_it(head: str, own: str, raised: bool) -> None:
    table = f"| {head} |\n| SMT | Nora Blum | Siti Hajar | tag overdue |\n| QA | {own} | nil |\n| Stores | Ivan Petrov | Nora Blum | limit sample lost |"
    papers = report("Audit 2026.xlsx", f"# Internal audit 14/04/2026\n\n{table}\n", **AUDIT)
    assert ("auditor_not_independent" in flags(papers)) is raised
