"""Papers that know of each other: numbers that documents of different kinds share."""

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.assessment import assess
from evidence.links import links
from tests.unit.evidence.builders import TODAY, bundle, report

COMPLAINT = """
# Complaint of 3 March 2026

Complaint no :: CC-26-009 || Lot :: L2602-17
Problem :: Porosity in 12 housings || Corrective action :: CAR-26-014
"""

INSPECTION = """
# Final inspection of 20 February 2026

| Lot | Part | Measured | Result |
| L2602-17 | Housing H-3 | 42.03 | OK |
| L2602-18 | Housing H-3 | 41.98 | OK |
"""

REVIEW = """
# Minutes of the management review, 20 April 2026

The director asked why CAR-26-014 took eight weeks and gave the foundry a second pyrometer.
"""


def papers():
    return [
        report("complaint.docx", COMPLAINT, kind="corrective_action_record"),
        report("inspection.xlsx", INSPECTION, kind="traceability_record"),
        report("review.pdf", REVIEW, kind="management_review_record"),
    ]


def found(*documents):
    return {link.code: (link.role, [m.document for m in link.mentions]) for link in links(bundle(*documents))}


def test_numbers_lead_from_paper_to_paper():
    assert found(*papers()) == {
        "CAR-26-014": ("capa", ["complaint.docx", "review.pdf"]),
        "L2602-17": ("lot", ["complaint.docx", "inspection.xlsx"]),
    }


def test_each_mention_is_cited_word_for_word():
    documents = papers()
    texts = {d.path: "\n".join(p.text for p in d.passages) for d in documents}
    made = links(bundle(*documents))
    assert made
    for link in made:
        assert len(link.mentions) >= 2
        for mention in link.mentions:
            assert mention.quote in texts[mention.document]
            assert link.code in mention.quote.upper()


def test_a_number_in_a_sentence_is_found_by_itself():
    said = report("shipping.txt", "Shipment of 28 February 2026 holds L2602-18 only.", kind="other")
    assert found(*papers(), said)["L2602-18"] == ("lot", ["inspection.xlsx", "shipping.txt"])


def test_copies_and_papers_of_one_kind_are_not_independent():
    first, second = report("a.docx", COMPLAINT, kind="other"), report("b.pdf", COMPLAINT, kind="traceability_record")
    assert found(first, second) == {}
    register = report("register.xlsx", "Complaint no :: CC-26-009 || Lot :: L2602-17", kind="corrective_action_record")
    assert found(papers()[0], register) == {}


def test_two_papers_of_one_lot_are_papers_of_different_work():
    tensile = report("tensile.xlsx", "Lot :: L2602-17 || Tensile strength :: 13.4 MPa", kind="traceability_record")
    assert found(papers()[1], tensile) == {"L2602-17": ("lot", ["inspection.xlsx", "tensile.xlsx"])}


def test_the_number_of_a_case_in_its_register_is_found_in_the_figures():
    register = report(
        "register.xlsx",
        "| No | Opened | Problem | Root cause | Action | Closed | Effectiveness |\n"
        "| KP26-02 | 05/03/2026 | Housing bent 0.8 mm | mould opened at 310 C | password set | 16/04/2026 | three lots without it |\n"
        "| KP26-03 | 28/04/2026 | Burr on thread | pin worn | pin scrapped | 29/05/2026 | two lots without it |",
        kind="corrective_action_record",
    )
    figures = report(
        "kpi.xlsx", "March: rejects and delays because of the bent housing, see KP26-02.", kind="metrics_record"
    )
    assert found(register, figures) == {"KP26-02": ("capa", ["kpi.xlsx", "register.xlsx"])}


def test_rules_forms_examples_and_hidden_text_know_of_nothing():
    form = report("form.docx", "Lot :: L2602-17 || Complaint no :: CC-26-009", kind="other", mode="template")
    procedure = report("QP-08.docx", "A case such as CAR-26-014 shall be closed.", kind="procedure")
    example = report("training case.docx", "Training case: lot L2602-17 was mixed up.", kind="training_record")
    hidden = report("note.docx", "Nothing here", hidden="Lot no: L2602-17", kind="other")
    assert found(papers()[0], form, procedure, example, hidden) == {}


def test_days_quantities_and_short_numbers_are_no_numbers_of_a_case():
    first = report("a.xlsx", "Lot :: 2026-03-12 || Order :: 12", kind="traceability_record")
    second = report("b.xlsx", "Lot :: 2026-03-12 || Order :: 12", kind="metrics_record")
    assert found(first, second) == {}
    counted = report("c.docx", "We made 4711203 pieces.", kind="metrics_record")
    assert found(report("d.docx", "Lot no :: 4711203", kind="traceability_record"), counted) == {}


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(3)))
def test_the_order_of_the_files_changes_nothing(order):
    documents = papers()
    wanted = assess("Lotus Valley Pumps Co., Ltd", TODAY, documents)
    shuffled = assess("Lotus Valley Pumps Co., Ltd", TODAY, [documents[place] for place in order])
    assert wanted.model_dump_json() == shuffled.model_dump_json()
    assert wanted.links
