from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.bare import LONGEST, bare_draft
from evidence.features import measure


def test_rows_with_bars_become_cells_and_rules_between_them_nothing():
    draft = bare_draft("1", "| Lot | Result |\n|-----|-------:|\n| 25C07 | 3 of 1,240 |\n| | |")
    assert [(c.row, c.column, c.text) for c in draft.cells][:4] == [
        (1, 1, "Lot"), (1, 2, "Result"), (2, 1, "25C07"), (2, 2, "3 of 1,240"),
    ]  # fmt: skip
    assert [c.kind for c in draft.cells][-2:] == ["empty", "empty"]
    assert draft.text.startswith("Lot | Result\n25C07 | 3 of 1,240")


def test_tabs_part_cells_as_well():
    assert [c.kind for c in bare_draft("1", "Ø 12.05\t12.04\t14.03.2025\t#DIV/0!").cells] == [
        "text", "number", "date", "error",
    ]  # fmt: skip


def test_fields_and_marks_of_markdown():
    draft = bare_draft("1", "## Attendees\n**Root cause:** vent blocked\n- Lot no.:")
    assert draft.kinds == ("form", "heading")
    assert "#" not in draft.text
    assert "**" not in draft.text
    assert [c.text for c in draft.cells] == ["Root cause", "vent blocked", "- Lot no.", ""]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_a_passage_that_can_be_measured(text):
    draft = bare_draft("1", text)
    assert len(draft.text) <= LONGEST
    assert measure([draft]).shape[0] == 1
