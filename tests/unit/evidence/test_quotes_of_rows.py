"""A long quote ends behind a row of its table, so that no cell seems to be empty that is not."""

from evidence.bundle import cite
from evidence.quotes import MAX_QUOTE, MAX_ROW
from tests.unit.evidence.builders import report

HEADS = "Ref | Date | What happened | Root cause | Corrective action | Target date | Status | Effect"
CASE = (
    "26-01 | 27 Jan | 3 pallets squid released vs. wrong customer. Two seals broken | two clients share a rack row, tags alike | "
    "row split, tag of its own colour per client | 27 Feb | closed 25 Feb | none of 1,902 pallets since"
)


def quoted(text):
    document = report("a.xlsx", "Actions")
    return cite(document, document.passages[0].model_copy(update={"text": text})).quote


def test_a_row_is_quoted_to_its_end():
    text = f"ACTIONS 2026\n{HEADS}\n{CASE}"
    assert MAX_QUOTE < len(text) <= MAX_ROW
    assert quoted(f"{text}\n{CASE}") == text


def test_a_row_that_is_too_long_is_left_out():
    kept = f"{HEADS}\n26-00 | 3 Jan | label torn, none shipped | printer head worn | head changed | 9 Jan | closed | none since"
    assert quoted(f"{kept}\n{CASE} {'and more was written here ' * 12}") == kept


def test_prose_is_still_cut_behind_a_sentence():
    sentence = "The lot was held and sorted by two people on the night shift. "
    assert quoted(sentence * 8) == (sentence * 4).strip()
