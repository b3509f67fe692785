from dataclasses import replace
from pathlib import Path

from corpora.authored import AuthoredDocument
from corpora.labelling import carry
from corpora.markup import parse_body
from evidence.passages import Draft


def document(body: str) -> AuthoredDocument:
    return AuthoredDocument(
        Path("x.md"), "s", "x.pdf", "pdf", "other", "mixed", "en", parse_body(body.strip().split("\n"), "x")
    )


def labels(body: str, *texts: str):
    drafts = [Draft(str(i), text, (), 1) for i, text in enumerate(texts)]
    return [label and (label.mode, label.criteria) for label in carry(document(body), drafts)]


BODY = """
@other
# Inspection report F-081

@prescription traceability
The inspector shall measure five pieces of each lot.

@record traceability
Lot 25C07 was measured on 12 March by Hoa, five pieces, one at 41.219 rejected.
"""


def test_passages_take_the_label_of_their_words():
    assert labels(
        BODY,
        "The inspector shall measure five pieces of each lot.",
        "Lot 25C07 was measured on 12 March by Hoa, five pieces",
    ) == [
        ("prescription", ("traceability",)),
        ("record", ("traceability",)),
    ]


def test_a_record_outranks_the_rest_of_a_mixed_passage():
    text = "Inspection report F-081 The inspector shall measure five pieces of each lot. Lot 25C07 was measured on 12 March by Hoa"
    assert labels(BODY, text) == [("record", ("traceability",))]


def test_words_the_author_did_not_write_are_left_out():
    assert labels(BODY, "Entirely different words about another matter stand here") == [None]


def test_misread_words_do_not_matter():
    assert labels(BODY, "Lot 25CO7 was measured on l2 March by Hoa, five pieces, one at 4l.219 rejected.") == [
        ("record", ("traceability",))
    ]


def test_a_form_sent_twice_is_told_apart_by_order():
    body = "@template\nPart no and lot here\n\n@record\nPart no and lot here 4471 25C07"
    assert [m for m, _ in labels(body, "Part no and lot here", "Part no and lot here 4471 25C07")] == [
        "template",
        "record",
    ]


def test_labels_do_not_depend_on_passage_ids():
    first = carry(document(BODY), [Draft("a", "Lot 25C07 was measured", (), 1)])
    assert first == carry(document(BODY), [replace(Draft("a", "Lot 25C07 was measured", (), 1), id="b")])


def test_a_page_foot_is_other_though_its_figures_stand_in_results():
    written = replace(document("@record\nResult 1 of 5 pieces, 3 rejected"), front={"footer": "page {page} of {pages}"})
    drafts = [Draft("0", "Result 1 of 5 pieces, 3 rejected", (), 1), Draft("1", "Page 3 of 5", (), 1)]
    assert [label and label.mode for label in carry(written, drafts)] == ["record", "other"]


def test_the_number_of_a_slide_is_other_though_results_hold_the_same_figure():
    written = document("=== 1\n@record quality_metrics\nComplaints: 1 in May, 1 in June")
    drafts = [Draft("0", "1", (), 1), Draft("1", "Complaints: 1 in May, 1 in June", (), 1)]
    assert [label and label.mode for label in carry(written, drafts)] == ["other", "record"]
