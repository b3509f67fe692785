"""Figures of two papers that only seem to be of one thing, and columns that only seem to be worked out: honest factories have them."""

import random

import pytest

from evidence.facts.row_relations import find_row_relations
from evidence.facts.sources import Source, source
from tests.unit.evidence.builders import document, flags, passages, report
from tests.unit.work import MOST, steps

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REGISTER = (
    "# Final inspection register 2026\n\n| Day | Lot | Design | Offered | Accepted | Rejected | Remark |\n"
    "| 4 March 2026 | G26-349 | K-09 | 43 | 40 | 3 | 3 pcs shade bar, CAPA 26-11 |\n"
    "| 9 March 2026 | G26-352 | K-09 | 38 | 38 | 0 | |\n| 11 March 2026 | G26-355 | M-14 | 52 | 51 | 1 | tuft loose |"
)


def told(*papers):
    return {"same_measure_different_figures", "figures_do_not_add"} & set(flags(*papers))


def test_what_became_of_some_pieces_is_no_second_count_of_the_lot():
    line = "Done. Cone stickers with dye lot. The 9 pcs overdyed, 8 accepted, 1 sold as second."
    case = report(
        "CAPA 26-11.docx", f"# CAPA 26-11 shade bar in K-09, lot G26-349\n\nOpened 6 March 2026.\n\n{line}", **CASE
    )
    assert not told(report("Register.xlsx", REGISTER, **CHECKED), case)


@pytest.mark.parametrize("product", ["TT-882", "M16x80"])
def test_two_cases_of_one_product_are_two_events(product):
    first = report("CAR 7.docx", f"# CAR 26-07, {product}\n\nChecked 29 March 2026: 300 shirts, 2 rejected", **CASE)
    second = report("CAR 15.docx", f"# CAR 26-15, {product}\n\nChecked 20 March 2026: 640 shirts, 5 rejected", **CASE)
    assert not told(first, second)


@pytest.mark.parametrize(("title", "raised"), [("Shipment list", False), ("Store book", True)])
def test_less_of_a_lot_is_sent_than_was_made(title, raised):
    made = "# Sterilisation log\n\n| Cycle | Lot | Qty |\n| C-1 | SF-214 | 14400 |\n| C-2 | SF-215 | 9600 |\n| C-3 | SF-216 | 7250 |\n| C-4 | SF-217 | 8110 |"
    sent = f"# {title}\n\n| Slip | Lot | Qty |\n| S-1 | SF-214 | 12000 |\n| S-2 | SF-215 | 9600 |\n| S-3 | SF-216 | 7250 |\n| S-4 | SF-217 | 8110 |"
    found = told(report("Log.xlsx", made, **CHECKED), report(f"{title}.xlsx", sent, **CHECKED))
    assert bool(found) is raised


@pytest.mark.parametrize(("tons", "raised"), [("2.2", False), ("2.9", True)])
def test_a_share_that_was_rounded_gives_the_tons_as_they_are_written(tons, raised):
    text = (
        "# Rework 2026\n\n| Lot | Output ton | Rework ton | Share % |\n| A | 155 | 3.1 | 2.0 |\n| B | 210 | 2.1 | 1.0 |\n"
        f"| C | 174 | {tons} | 1.3 |\n| D | 212 | 5.3 | 2.5 |\n| E | 240 | 3.6 | 1.5 |"
    )
    assert bool(told(report("Rework.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    "text",
    [
        "# List\n\n| No. | Paper | File |\n| 1 | Certificate | 01.pdf |\n| 2 | Goals | 02.docx |\n| 3 | CAR | 03.docx |\n| 4 | X-bar R data | 04.xlsx |",
        "# Skills 2026\n\n| Name | Press | Wash | Weld |\n| A. Lim | 3 | 1 | 4 |\n| B. Tan | 2 | 4 | 1 |\n| R. Silva | 2 | 2 | 2 |",
    ],
)
def test_a_number_of_a_row_and_a_name_that_begins_with_r_sum_up_nothing(text):
    assert not told(report("List.xlsx", text, kind="other", mode="other"))


def test_relations_between_columns_are_sought_at_the_pace_of_the_rows_and_no_longer_than_is_of_use():
    """Each of some thousand relations was worked out for all rows: a sheet of ten columns took minutes."""
    draw = random.Random(7)

    def made(rows: int) -> Source:
        lines = ["| " + " | ".join(f"{draw.uniform(1, 50):.2f}" for _ in range(7)) + " |" for _ in range(rows)]
        text = "# Log\n\n| " + " | ".join(f"Col {n} mm" for n in range(7)) + " |\n" + "\n".join(lines)
        sheet = document("log.xlsx", text)
        return source(sheet, passages(sheet))

    one, other = made(20), made(80)
    assert steps(lambda: list(find_row_relations(other))) < MOST * steps(lambda: list(find_row_relations(one)))
