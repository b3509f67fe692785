"""Tables of audits and lists of suppliers under heads of another hand."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDITS = [
    ("en", "Internal audit report 2026", "Zone | Head of process | Audit leader | Observation", ("Mary Holt", "Tom Reed"), "Stores"),
    ("zh", "2026年内部审核报告", "被审核单位 | 单位负责人 | 查核人员 | 审核所见", ("洪志豪", "周文德"), "品保课"),
    ("tr", "İç Tetkik Raporu 2026", "Bölge | Bölüm yetkilisi | Tetkik ekip lideri | Aykırılık", ("Cem Tuncel", "Derya Aksu"), "Depo"),
    ("vi", "Báo cáo đánh giá nội bộ 2026", "Khu vực | Trưởng đơn vị | Trưởng nhóm đánh giá | Nội dung ghi nhận", ("Nguyễn Văn An", "Trần Thị Bình"), "Kho"),
    ("ja", "内部監査報告書 2026", "監査対象部署 | 部門長 | 監査チームリーダー | 監査所見", ("佐藤健一", "鈴木花子"), "倉庫"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "heads", "people", "area"), AUDITS)
def test_who_audits_what_he_heads(language, title, heads, people, area):
    one, other = people

    def audit(auditor):
        rows = f"| {heads} |\n| {area} | {one} | {auditor} | 3 |\n| X2 | {other} | {one} | 2 |"
        return report(
            "internal audit.docx",
            f"# {title}\n\n12/05/2026\n\n{rows}",
            language=language,
            kind="internal_audit_record",
            criteria=("internal_audit",),
        )

    assert "auditor_not_independent" in flags(audit(one))
    assert "auditor_not_independent" not in flags(audit(other))


@pytest.mark.parametrize(
    ("language", "title", "heads"),
    [
        ("th", "ทะเบียนผู้ขายที่ได้รับอนุมัติ", "รหัส | ชื่อซัพพลายเออร์ | ผลิตภัณฑ์ | ที่ตั้ง"),
        ("id", "Daftar pemasok disetujui", "Kode | Nama PT | Barang | Narahubung"),
        ("zh", "合格供应商名录", "编号 | 企业名称 | 产品 | 联络人"),
    ],
)
@pytest.mark.parametrize(("more", "told", "raised"), [("", "", True), (" | KQ", " | A", False)])
def test_a_list_of_suppliers_and_one_with_marks(language, title, heads, more, told, raised):
    firms = ("สวนลุงอินปั๋น", "ลานนาฟิล์ม", "กล่องดีแพร่") if language == "th" else ("海宁经纬", "普宁五金", "中山华彩")
    firms = ("CV Baja Tipis", "PT Kimia Lapis", "UD Bola Kecil") if language == "id" else firms
    rows = "\n".join(f"| V-0{at} | {firm} | wire | Ana{told} |" for at, firm in enumerate(firms, 1))
    paper = report(
        "list.xlsx",
        f"# {title}\n\n| {heads}{more} |\n{rows}",
        language=language,
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert ("supplier_list_without_evaluation" in flags(paper)) is raised
