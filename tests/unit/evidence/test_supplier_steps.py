"""Which records speak of which step of the relationship with the supplier's own suppliers."""

from typing import Any

from evidence.model import DocumentReport
from tests.unit.evidence.builders import report
from tests.unit.evidence.test_assessment import judged, status

NOTE = report("note.docx", "The press shop works in two shifts.", mode="other")
STEPS = ("supplier_evaluation", "supplier_qualification", "supplier_monitoring")


def of_suppliers(path: str, text: str, **more: Any) -> DocumentReport:
    return report(path, text, kind="supplier_evaluation_record", criteria=("supplier_control",), **more)


GOODS_IN = """# {title}

| Day | Material | Supplier | Sample | Found | Decision |
| 4 August 2026 | PVC compound, 40 bags | Ormeau Polymers | 13 | 0 torn | accepted |
| 3 September 2026 | Luer caps, 30,000 | Vela Plast | 315 | 9 short shots | returned |
"""


def steps(*documents: DocumentReport) -> list[str]:
    return [status(judged(*documents, NOTE), step)[0] for step in STEPS]


def test_goods_that_come_in_evaluate_and_qualify_nobody() -> None:
    assert steps(of_suppliers("book.pdf", GOODS_IN.format(title="Goods inward checks"))) == [
        "missing",
        "missing",
        "partial",
    ]
    assert steps(of_suppliers("sổ.pdf", GOODS_IN.format(title="Kiểm tra đầu vào"))) == ["missing", "missing", "partial"]
    scores = GOODS_IN.format(title="Supplier evaluation, with incoming inspection").replace("Found", "Score")
    assert steps(of_suppliers("scores.pdf", scores))[0] == "living"


def test_a_qualification_tells_what_was_looked_at_and_what_was_decided() -> None:
    told = "Blue Creek, {} on 14 January 2026{}."
    whole = told.format("trial lot of 200 castings, 3 rejected,", ", approved with conditions by the director")
    looked = told.format("trial lot of 200 castings, 3 rejected,", "")
    listed = told.format("scored 93 of 100", ", stands on the list of approved suppliers")
    found = [
        status(judged(of_suppliers("supplier file.docx", text), NOTE), "supplier_qualification")
        for text in (whole, looked, listed)
    ]
    assert found == [("living", "records_over_time"), ("partial", "step_half_told"), ("partial", "step_half_told")]


def test_a_concession_is_no_record_of_who_delivered() -> None:
    text = "# {}\n\nSupplier :: Peelamedu Moulders || Deviation :: shade too light\n\nApproved 12 August 2026 for 1,150 pieces, one sample kept.\n"
    assert steps(of_suppliers("26-07.docx", text.format("CONCESSION REQUEST"))) == ["missing"] * 3
    assert steps(of_suppliers("26-07.docx", text.format("NEW SUPPLIER")))[1] == "living"


def test_minutes_that_name_no_supplier_speak_of_none() -> None:
    text = (
        "Held on 12 August 2026. Two new people were assessed and reached 78 and 91 points; prices rose by 6 percent{}."
    )
    for said, expected in (("", "missing"), (" at the supplier of wire", "living")):
        minutes = report("minutes.docx", text.format(said), kind="other", criteria=("supplier_control",))
        assert status(judged(minutes, NOTE), "supplier_evaluation")[0] == expected
        unsure = of_suppliers("minutes.docx", text.format(said)).model_copy(
            update={"kinds": {"supplier_evaluation_record": 0.3, "other": 0.25}}
        )
        assert status(judged(unsure, NOTE), "supplier_evaluation")[0] == expected


def test_records_of_another_step_are_none_of_this_one() -> None:
    made = judged(of_suppliers("score.docx", "Blue Creek was scored on 4 July 2026: 88 points."), NOTE)
    (found,) = (one for one in made.expectations if one.id == "supplier_qualification")
    assert (found.status, found.rule) == ("missing", "other_supplier_records")
    assert found.evidence
    assert found.gap.startswith("No record of this step.")
