"""What the second look sees of a workbook: each passage in its file and in its sheet."""

from dataclasses import replace

import numpy as np
import pytest

from evidence.context import Outside
from evidence.passages import Draft
from evidence.second_look import in_document, in_sheets
from tests.unit.evidence.small_model import BLANKS, RECORDS, classifier

BOOK = Outside("book.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 2)
FORM = [Draft(f"b{n}", text.format(n=n, k=n), (), 1) for n in range(1, 5) for text in BLANKS]
NOTES = [Draft(f"r{n}", text.format(n=n, k=n), (), 2) for n in range(1, 3) for text in RECORDS]


def test_a_sheet_is_seen_as_if_it_were_sent_alone():
    look, _ = classifier().first_look(FORM + NOTES, BOOK)
    rows = list(range(len(FORM), len(FORM) + len(NOTES)))
    alone = in_document(NOTES, look.of(rows), replace(BOOK, parts=1))
    found = in_sheets(FORM + NOTES, look, BOOK)
    assert found is not None
    assert np.array_equal(found[rows], alone, equal_nan=True)
    assert not np.array_equal(found, in_document(FORM + NOTES, look, BOOK), equal_nan=True)


@pytest.mark.parametrize(
    ("outside", "drafts"),
    [
        (BOOK, NOTES),
        (Outside("book.pdf", "application/pdf", 2), FORM + NOTES),
        (
            Outside("deck.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", 2),
            FORM + NOTES,
        ),
    ],
)
def test_one_sheet_pages_and_slides_are_seen_once(outside, drafts):
    look, _ = classifier().first_look(drafts, outside)
    assert in_sheets(drafts, look, outside) is None


@pytest.mark.parametrize("media_type", ["application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet"])
def test_old_and_open_workbooks_have_sheets_too(media_type):
    assert Outside("x", media_type, 2).is_workbook


def test_a_record_beside_empty_forms_stays_a_record():
    judged, _ = classifier().judge(FORM * 3 + NOTES, BOOK)
    assert all(passage.mode == "record" for passage in judged.passages[-len(NOTES) :])
