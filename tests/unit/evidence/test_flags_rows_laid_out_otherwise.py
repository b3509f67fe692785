"""Days ahead and lists of papers sent where the rows of a register are forms of their own, or its columns stand as rows."""

from evidence.flags.card_rows import as_rows, cards_of, field_of, turned
from evidence.flags.listed_entries import entries_of_cards
from tests.unit.evidence.builders import flags, report

TRAINING = (
    "Lotus Valley Pumps training record 2026\n\n| Date held | 17/02/2026 | 11/05/2026 | 14/12/2026 | 24/08/2026 | 22/09/2026 |\n"
    "| Topic | Curing tunnel setting | Broken needle control | Moisture meter use | Shear setting | First aid |\n"
    "| Trainer | L. Bandara | N. Peiris | L. Bandara | S. Wijekoon | Red Cross |\n| Persons | 8 | 19 | 12 | 5 | 41 |\n"
    "| Test average | 82% | 76% | 88% | 91% | 95% |"
)


def _training(text: str) -> object:
    return report("training.xlsx", text, kind="training_record", criteria=("competence",))


def test_a_day_ahead_among_past_ones_is_seen_in_a_register_that_is_turned() -> None:
    assert "date_in_future" in flags(_training(TRAINING))


def test_a_turned_plan_is_none_of_work_done() -> None:
    plan = TRAINING.replace("Date held", "Planned for").replace("training record", "training plan")
    assert "date_in_future" not in flags(_training(plan))


CARD = "No. :: {0}\nRaised :: {1}\nProblem :: {2}\nMeasure :: {3}\nDone :: {4}\nState :: {5}\n\n"


def test_a_card_that_says_it_is_open_has_days_ahead_by_right() -> None:
    rows = [
        ("CA-05", "2026-05-11", "Burr on clip", "Regrind after 120,000 strokes", "2026-06-08", "closed"),
        ("CA-06", "2026-07-02", "Label of another box", "Two printers", "2026-08-04", "closed"),
        ("CA-07", "2026-08-19", "Low clamping force", "Thermocouple changed", "2026-08-31", "closed"),
        ("CA-08", "2026-09-09", "Lip too wide", "Answer given on 2026-11-27", "", "open"),
    ]
    text = "Lotus Valley Pumps corrective action register 2026\n\n" + "".join(CARD.format(*row) for row in rows)
    cards = report("CA register.docx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert "date_in_future" not in flags(cards)


def test_cards_are_rows_under_the_labels_that_come_again() -> None:
    lines = [
        "Folder of papers",
        "No. | 1",
        "File | a.pdf",
        "No. | 2",
        "File | b.pdf",
        "Note",
        "No. | 3",
        "File | c.pdf",
    ]
    heads, rows = as_rows(cards_of(lines))
    assert heads == ["No.", "File"]
    assert rows == [["1", "a.pdf"], ["2", "b.pdf"], ["3", "c.pdf"]]
    assert cards_of(["Product | Gear", "Lot | L1", "Product | Pump"]) == []


def test_a_field_is_a_label_and_one_value() -> None:
    assert field_of("Done |") == ("Done", "")
    assert field_of("a | b | c") is None
    assert field_of("12 | b") is None


def test_the_columns_of_a_turned_table_are_its_rows() -> None:
    rows = [["Title"], ["Day", "1 May", "2 May", "3 May"], ["Who", "A", "B", "C"], ["Note", "x", "y", "z"]]
    assert turned(rows, 1) == [
        ["Day", "Who", "Note"],
        ["1 May", "A", "x"],
        ["2 May", "B", "y"],
        ["3 May", "C", "z"],
    ]


def test_the_forms_of_a_list_name_a_paper_and_its_file() -> None:
    def listed(*labels: str) -> list[str]:
        text = "Folder\n\n" + "".join(
            f"No. :: {n}\n{labels[0]} :: Report of line {n} and more\n{labels[1]} :: value {n}\n\n" for n in (1, 2, 3)
        )
        return [entry.text for entry in entries_of_cards(report("00 Contents.docx", text))]

    assert listed("Document", "File") == [f"Report of line {n} and more" for n in (1, 2, 3)]
    assert listed("Evidence", "Result") == []  # a checklist
