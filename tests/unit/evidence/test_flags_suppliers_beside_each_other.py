"""Tables of suppliers that lie on their side: suppliers beside each other, and below each other what is told of them."""

import pytest

from tests.unit.evidence.builders import flags, report


def _sheet(rows, name="supplier evaluation 2026.xlsx", title="Supplier evaluation, first half 2026", language="en"):
    body = "\n".join(f"| {row} |" for row in rows)
    return report(
        name,
        f"# {title}\n\nEvaluated 08/07/2026\n\n{body}",
        language=language,
        kind="supplier_evaluation_record",
        reading="static",
        mode="record",
        criteria=("supplier_control",),
    )


TABLES = [
    (
        "en",
        ["Supplier | Arun Castings | Delta Bearing | Nova Paints", "Material | iron | balls | paint", "Quality (50)", "Total"],
    ),
    (
        "vi",
        ["Nhà cung cấp | Thép Minh Long | Sơn Đại Phát | Keo Tân Bình", "Vật tư | thép | sơn | keo", "Chất lượng /40", "Xếp loại"],
    ),
    ("zh", ["供应商 | 海宁经纬 | 普宁五金 | 中山华彩", "供应物料 | 涤纶 | 毛坯 | 染料", "品质 (50)", "等级"]),
    ("ko", ["협력사 | 창원특수강 | 진해도금 | 함안볼트", "품목 | 소재 | 도금 | 볼트", "품질(50)", "등급"]),
    ("tr", ["Tedarikçi | Marmara Profil | Gemlik Şerit | Kestel Boya", "Malzeme | lastik | lama | boya", "Kalite (50)", "Toplam"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "rows"), TABLES)
@pytest.mark.parametrize(("marks", "raised"), [((" |  | ", " |  | "), True), (("44 | 41 | 38", "A | A | B"), False)])
def test_marks_below_suppliers(language, rows, marks, raised):
    made = [*rows[:2], f"{rows[2]} | {marks[0]}", f"{rows[3]} | {marks[1]}"]
    paper = _sheet(
        made,
        title={"zh": "供应商评价表", "ko": "협력사 평가표"}.get(language, "Supplier evaluation"),
        language=language,
    )
    assert ("evaluation_without_result" in flags(paper)) is raised


def test_numbers_above_the_suppliers():
    rows = ["No | 1 | 2 | 3", "Vendor | Arun Castings | Delta Bearing | Nova Paints", "Item | iron | balls | paint"]
    listed = {"name": "approved vendor list.xlsx", "title": "Approved vendor list"}
    assert "supplier_list_without_evaluation" in flags(_sheet([*rows, "City | Pune | Surat | Thane"], **listed))
    assert "supplier_list_without_evaluation" not in flags(_sheet([*rows, "Score | 88 | 91 | 79"], **listed))


def test_criteria_beside_each_other():
    head = "# SUPPLIER EVALUATION FORM\n\nSupplier :: Arun Castings Ltd || Date :: 08/07/2026\n\n"
    rows = "| Criterion | Goods | Delivery | Price | Help |\n| Max. points | 40 | 30 | 20 | 10 |\n| Points given | {} |"
    kinds = {"kind": "supplier_evaluation_record", "mode": "record", "criteria": ("supplier_control",)}
    empty, given = (
        report("supplier evaluation Arun.docx", head + rows.format(told), **kinds)
        for told in (" |  |  | ", "34 | 25 | 15 | 8")
    )
    assert "evaluation_without_result" in flags(empty)
    assert "evaluation_without_result" not in flags(given)


def test_a_form_of_fields_in_two_columns_lies_not():
    rows = ["Supplier | Arun Castings | Material | iron", "Quality | 40 | Delivery | 30", "Price | 15 | Total | 85"]
    assert not {"evaluation_without_result", "supplier_list_without_evaluation"} & set(flags(_sheet(rows)))
