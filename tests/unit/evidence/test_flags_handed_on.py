"""Lots that come out of another table, and figures of honest papers that are no share, limit, target or stop; each with its near miss."""

from tests.unit.evidence.builders import flags, report

UNKNOWN, ADDS, TARGETS = "lot_unknown_in_next", "figures_do_not_add", "kpi_target_without_series"

COILS = report(
    "goods-in coils.xlsx",
    "| GOODS-IN COILS, July - September 2026 | | | |\n| Received | Coil | Thickness mm | Disposition |\n| 02.07.2026 | C-40718 | 1.20 | accepted |\n"
    "| 02.07.2026 | C-40719 | 1.19 | accepted |\n| 29.07.2026 | KF-5526 | 1.21 | accepted |\n| 31.08.2026 | C-41090 | 1.20 | accepted |",
    kind="traceability_record",
)
CARD = """| Date | Panel lot | Coil used | Panels |
| 07.09.2026 | 2637-A | C-40719 | 412 |
| 08.09.2026 | 2637-B | KF-5526 | 437 |
| 10.09.2026 | 2637-D | {coil} | 266 |
| 11.09.2026 | 2637-E | C-41090 | 241 |
{note}"""


def _card(coil: str, note: str = "") -> bool:
    card = report("weld card week 37.xlsx", CARD.format(coil=coil, note=note), kind="traceability_record")
    return UNKNOWN in flags(COILS, card)


def test_a_coil_that_was_welded_and_never_came_in() -> None:
    assert _card("KF-5581")
    assert not _card("C-40718")
    assert not _card("KF-5312")  # older than all of the book: it came in before
    assert not _card("KF-5526/2")  # the second half of a known one
    assert not _card("KF-5581", "KF-5581 was lent by the sister works, see their certificate")


OUT = "| Tested | Lot | Qty | Verdict |\n| 04/09 | KB2609-01 | 11520 | pass |\n| 09/09 | KB2609-02 | 11520 | pass |\n| 14/09 | KB2609-03 | 9800 | pass |\n| 26/09 | KB2609-06 | 11520 | pass |"
SENT = "| Sent | Slip | Lot | Qty |\n| 05/09 | S-0917 | KB2609-01 | 11520 |\n| 12/09 | S-0922 | KB2609-02 | 11520 |\n| 16/09 | S-0930 | KB2609-03 | 9786 |\n| 25/09 | S-0941 | {lot} | 8640 |\n| 28/09 | S-0945 | KB2609-06 | 11520 |"


def test_a_lot_sent_that_no_test_knows_is_told_by_the_days() -> None:
    tests = report("outgoing test September 2026.xlsx", OUT, kind="traceability_record")
    sent = report("goods sent September 2026.xlsx", SENT.format(lot="KB2609-07"), kind="traceability_record")
    assert UNKNOWN in flags(tests, sent)
    sorted_only = report("sorting September 2026.xlsx", OUT, kind="traceability_record")
    assert UNKNOWN not in flags(sorted_only, sent)
    older = report("goods sent September 2026.xlsx", SENT.format(lot="KB2608-31"), kind="traceability_record")
    assert UNKNOWN not in flags(tests, older)


def test_monthly_sheets_of_one_title_hold_lots_of_their_own() -> None:
    sheets = [
        report(
            f"loom {number}.docx",
            f"# Loom report {month} 2026\n| Lot | Loom | m |\n| W26{number}03 | 11 | 12480 |\n| W26{number}11 | 14 | 11935 |",
            kind="traceability_record",
        )
        for number, month in (("05", "May"), ("06", "June"), ("07", "July"), ("08", "August"))
    ]
    assert UNKNOWN not in flags(*sheets)


def test_a_share_of_carbon_is_not_what_is_left_of_the_good_ones() -> None:
    rows = [
        (3.52, 86, 81),
        (3.48, 84, 80),
        (3.55, 88, 79),
        (3.50, 85, 82),
        (3.47, 87, 83),
        (3.61, 86, 80),
        (3.56, 31, 17),
    ]
    table = "\n".join(f"| F-10{at} | {carbon} | {made} | {good} |" for at, (carbon, made, good) in enumerate(rows))
    assert ADDS not in flags(
        report("melt.xlsx", f"| Heat | C % | Moulds | Good |\n{table}", kind="traceability_record")
    )


MINUTES = "# Management review 21 August 2026\n| Quality target | 2025 | January to July 2026 | Target |\n| Process rejects | {a} | 1.5 % |\n| Delivery on time | {b} | 96 % |"


def test_a_target_beside_the_figures_of_two_periods_is_measured() -> None:
    measured = MINUTES.format(a="1.9 % | 412 / 24,850 = 1.66 %", b="94.1 % | 286 / 301 = 95.0 %")
    assert TARGETS not in flags(report("minutes.docx", measured, kind="management_review_record"))
