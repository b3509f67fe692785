import numpy as np

from evidence.features import NAMES
from evidence.passages import Draft
from evidence.reasons import MOST, reasons_for, surroundings
from extractors.document import Cell
from extractors.locators import SheetLocator
from tests.unit.evidence.small_model import classifier

TEXT = "Lot 25C87 | 41.207 | 14.03.2025 | OK"


def _draft(text: str = TEXT) -> Draft:
    cells = tuple(
        Cell(row=4, column=n, text=word, locator=SheetLocator(sheet="Readings", cells=f"{'ABCD'[n - 1]}4"))
        for n, word in enumerate(text.split(" | "), 1)
    )
    return Draft("p1", text, (SheetLocator(sheet="Readings", cells="A4:D4"),), 1, cells=cells)


def _pulls(**weights: float) -> np.ndarray:
    pulls = np.zeros(len(NAMES), np.float32)
    for name, weight in weights.items():
        pulls[NAMES.index(name)] = weight
    return pulls


def test_the_strongest_pull_comes_first_and_names_its_cell():
    first, second = reasons_for(_draft(), "record", _pulls(sign_full_date=0.2, density_full_date=0.3, sign_decimal=0.4))
    assert (first.feature, first.quote, first.weight) == ("full_date", "14.03.2025", 0.5)
    assert [place.cells for place in first.locators] == ["C4"]
    assert second.quote == "41.207"


def test_a_day_is_not_shown_as_a_count_against_a_quantity():
    pulls = _pulls(sign_ratio=0.4)
    assert reasons_for(_draft("Received 15/01, tested 06/07/2026."), "record", pulls) == ()
    assert reasons_for(_draft("Received 15/01, 3 of 600 bad."), "record", pulls)[0].quote == "3 of 600"


def test_what_pulled_the_other_way_or_is_not_there_is_not_shown():
    assert reasons_for(_draft(), "record", _pulls(sign_full_date=-0.5, sign_shall=0.5)) == ()


def test_filled_cells_are_counted_for_records_and_empty_ones_for_forms():
    assert reasons_for(_draft(), "record", _pulls(value_fill=0.4))[0].sentence.startswith("100%")
    assert reasons_for(_draft(), "template", _pulls(value_fill=0.4)) == ()


def test_no_more_reasons_than_are_read():
    pulls = _pulls(sign_full_date=0.4, sign_decimal=0.3, sign_code=0.2, sign_verdict_word=0.1, sign_integer=0.1)
    assert len(reasons_for(_draft(), "record", pulls, topic=0.5, around="The sheet says so.")) == MOST


def test_a_verdict_changed_by_the_document_says_so():
    assert surroundings([0.7, 0.3], 0, "record") is None
    assert "a blank form" in (surroundings([0.7, 0.3], 1, "template") or "")


def test_weights_are_those_of_the_model_that_gave_the_verdict():
    (passage,) = classifier().classify_texts(["Lot 25C87 checked on 14.03.2025: 41.207, 3 of 1250 rejected."])
    signs = [reason.weight for reason in passage.reasons if reason.feature != "surroundings"]
    assert signs == sorted(signs, reverse=True)
    assert all(weight > 0 for weight in signs)
