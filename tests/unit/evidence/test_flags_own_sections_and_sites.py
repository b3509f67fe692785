"""Auditors from the section of their row, factories told in sentences, names that share no more than a trade, procedures beside lived registers."""

import pytest

import evidence.facts  # noqa: F401
from evidence.names import same_company
from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
SUPPLIER = "Hoa Lư Precision Co., Ltd"


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("| 受审部门 | 审核员(所在部门) | 抽查内容 | 结论 |\n| 注塑部 | 黄国强(注塑部主管) | 参数表 4 张 | 符合 |\n| 仓务部 | 谢小燕(装配部) | 10 种料 | 符合 |", True),
        ("| 受审部门 | 审核员(所在部门) | 抽查内容 | 结论 |\n| 装配部 | 黄国强(注塑部主管) | 参数表 4 张 | 符合 |\n| 仓务部 | 谢小燕(装配部) | 10 种料 | 符合 |", False),
        ("심사원 소속: 정유진(구매팀), 오상훈(생산팀)\n\n| 대상 | 심사원 | 결과 |\n| 생산팀 | 정유진 | 적합 |\n| 구매팀 | 정유진 | 적합 |", True),
        ("심사원 소속: 정유진(구매팀), 오상훈(생산팀)\n\n| 대상 | 심사원 | 결과 |\n| 생산팀 | 정유진 | 적합 |\n| 구매팀 | 오상훈 | 적합 |", False),
        ("심사원: 영업팀 배은주, 품질팀 도상현\n\n| 피심사 부서 | 심사원 | 부적합 |\n| 세척/포장 | 도상현 | 0 |\n| 품질팀 | 배은주 | 0 |", False),  # packing has no head in its name
        ("Auditors: Lan Pham (Stores), Minh Vo (Sales)\n\n| Area | Auditor | Result |\n| Sales | Lan Pham | ok |\n| Stores | Lan Pham | ok |", True),
        ("Auditors: Lan Pham (Stores), Minh Vo (Sales)\n\n| Area | Auditor | Result |\n| Sales | Lan Pham | ok |\n| Stores | Lan Pham, Minh Vo | ok |", False),
        ("Tim: Sari (Gudang), Budi (Produksi)\n\n| Area | Auditor | Hasil |\n| Produksi | Sari (Gudang) | sesuai |\n| Gudang | Sari (Gudang) | sesuai |", True),
    ],
)  # fmt: skip
def test_auditors_from_the_section_of_their_row(text, raised):
    paper = report("Audit.docx", f"# Internal audit 2026\n\n15.05.2026\n\n{text}\n", **AUDIT)
    assert ("auditor_not_independent" in flags(paper, supplier=SUPPLIER)) is raised


@pytest.mark.parametrize(
    ("sentence", "raised"),
    [
        ("All parts for you are produced at our Bac Giang plant (Lot F2, Van Trung Industrial Park, Bac Giang). The plant at Quang Minh was closed.", True),
        ("Hàng của Quý khách được sản xuất tại nhà máy Bắc Giang (Lô F2, KCN Vân Trung).", True),
        ("All parts are produced at our plant in Lot C4, Quang Minh Industrial Park, Me Linh, Hanoi.", False),
        ("Boxes are bought and made at the plant of a partner, Lot F2, Van Trung Industrial Park, Bac Giang.", False),
        ("Our parts are produced with care.", False),
    ],
)  # fmt: skip
def test_a_factory_told_in_a_sentence_lies_elsewhere(sentence, raised):
    page = "# Certificate\n\nHoa Lư Precision Co., Ltd\n\nAddress :: Lot C4, Quang Minh Industrial Park, Me Linh, Hanoi\nStandard :: ISO 9001:2015\nScope :: Manufacture of loudspeakers\nNumber :: VQC 3502\nIssue date :: 2026-04-15 || Expiry date :: 2029-04-14\nAccreditation :: BoA\n"
    cert = report(
        "Cert.pdf", page, kind="certificate", reading="static", mode="credential", criteria=("certification",)
    )
    letter = report("Letter.docx", f"Dear customer,\n\n{sentence}\n\nHoa Lư Precision Co., Ltd, sales\n", kind="other")
    assert ("certificate_other_holder" in flags(cert, letter, supplier=SUPPLIER)) is raised


def test_two_makers_of_one_thing_are_not_one_company():
    assert same_company("Chenab Instruments (Pvt) Ltd", "Ravi Surgical Instruments") is False
    assert same_company("Ravi Instruments (Pvt) Ltd", "Ravi Surgical Instruments") is True
    assert same_company("Jinhua Bolt & Lock Hardware", "Jinhua Locks") is True


@pytest.mark.parametrize("closed", ["02.02.2026", ""])
def test_a_register_of_cases_shows_its_procedure(closed):
    rules = "# PR-08 Customer complaints and corrective action\n\n1. Sales enters the complaint in the list on the day of receipt.\n\n2. The quality chief names who is in charge within two days.\n\n3. Whoever is in charge carries out the action and writes the date.\n"
    log = f"# DÖF Takip Listesi 2026\n\n| DÖF No | Açılış | Problem | Kök neden | Yapılan faaliyet | Kapanış |\n| 26-01 | 13.01.2026 | Düğme deliği kaçık | fikstür | delik fikstürü ayarlandı | {closed} |\n| 26-02 | 20.02.2026 | Çember kaynağı açılıyor | akım | akım ayarlandı | {closed} |\n"
    papers = (
        report(
            "PR-08.docx",
            rules,
            kind="procedure",
            reading="static",
            mode="prescription",
            criteria=("corrective_action",),
        ),
        report("DÖF.xlsx", log, kind="corrective_action_record", mode="record", criteria=("corrective_action",)),
    )
    assert "procedure_without_record" not in flags(*papers, supplier=SUPPLIER)
