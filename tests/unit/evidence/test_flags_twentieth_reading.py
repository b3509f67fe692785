"""What a reader did not see in papers of a set written by others: the shape and its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDITED = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    ("head", "gap"), [("Batch", False), ("批号", False), ("Mã lô", False), ("Hangar", True), ("Box", True)]
)
def test_a_lot_is_read_below_a_field_that_stands_over_two_heads(head, gap):
    rows = "| C26A | 2026-05-11 | 80 | 0 bad | pass |\n| C26C | 2026-05-24 | 80 | 1 bad | pass |\n"
    heads = f"| Style 23 {head} | Style 23 Date | Style 7 Sample | Style 7 Opened | Checked |\n"
    text = f"=== Final\n# Final inspection\n\n{heads}{rows}"
    paper = report("final inspection.xlsx", text, kind="traceability_record", criteria=("traceability",))
    more = report("final inspection 2.xlsx", text.replace("C26", "D27"), kind="traceability_record")
    assert ("no_lot_in_inspection" in flags(paper, more)) is gap


CLAIMS = (("May", 21400, 17, 794), ("Jun", 22150, 11, 497), ("Jul", 20860, 9, 431), ("Aug", 23300, 12, 515))


@pytest.mark.parametrize(("written", "wrong"), [(276, True), (1276, False), (1100, False)])
def test_parts_per_million_follow_from_their_counts(written, wrong):
    rows = "".join(
        f"| {month} | {made:,} | {back} | {ppm} |\n"
        for month, made, back, ppm in (*CLAIMS, ("Sep", 21950, 28, written))
    )
    text = f"=== Claims\n# Claims 2026\n\n| Month | Delivered | Returned | PPM (target 600) |\n{rows}"
    assert ("figures_do_not_add" in flags(report("claims.xlsx", text, kind="metrics_record"))) is wrong


@pytest.mark.parametrize(("share", "told"), [("%GRR (6σ/tol.)", True), ("% of 6σ limit 30", False)])
@pytest.mark.parametrize(("figure", "bad"), [("41.6", True), ("21.6", False)])
def test_the_share_of_a_gauge_error_may_say_in_brackets_of_what(share, told, figure, bad):
    text = f"\n# Gauge study HG-07\n\nDate :: 11 March 2026\nGRR :: 0.0069 || {share} :: {figure}\nConclusion :: gauge acceptable\n"
    paper = report("study.xlsx", f"=== Study\n{text}", kind="calibration_record", criteria=("calibration",))
    assert ("conclusion_contradicts_data" in flags(paper)) is (bad and told)


AUDITS = """
=== Özet
# İç tetkik özeti

| Tetkik | Tarih | Bölümler | Tetkikçi | Uygunsuzluk sayısı |
| T1 | 14.06.2023 | üretim, depo | S. Aydın | 0 |
| T2 | 11.06.2024 | üretim, İK | S. Aydın | 0 |
| T3 | 17.06.2025 | bakım, kalite | M. Toprak | 0 |

{note}
"""


@pytest.mark.parametrize(
    ("note", "none"),
    [
        ("Üç tetkikte de iyileştirme önerisi çıkmamıştır.", True),
        ("Üç tetkikte iyileştirme önerileri verilmiştir.", False),
    ],
)
def test_no_suggestion_came_out_of_any_audit(note, none):
    paper = report("özet.xlsx", AUDITS.format(note=note), language="tr", **AUDITED)
    assert ("audits_without_finding" in flags(paper)) is none


@pytest.mark.parametrize(("day", "changed"), [("2026/05/27", True), ("2026/05/19", False)])
def test_an_approval_beside_an_edition_is_a_signature(day, changed):
    text = f"""
# First article inspection

Part :: NB-3318 rev B || Lot :: 26E07
Approved :: Ann Lowe 2026/05/20 || Copy sent :: 2026/05/21

| Balloon | Requirement | Result | Remark |
| 1 | 62.00 ±0.10 | 61.97 | |
| 2 | 12.00 ±0.05 | 12.03 | was 12.08, figure altered {day} |
"""
    paper = report("first article.pdf", text, kind="traceability_record", criteria=("traceability",))
    assert ("changed_after_signature" in flags(paper)) is changed


@pytest.mark.parametrize(
    ("sentence", "old"),
    [
        ("Our in-house audit was 22 and 23 Sept 2024, done by HR with logistics.", True),
        ("About the internal audit: the last one was held on 11 March 2025 by stores.", True),
        ("Audit internal terakhir diadakan pada 11 Maret 2025.", True),
        ("最近一次内部审核于2025年3月11日进行。", True),
        ("İç tetkik en son 11.03.2025 tarihinde yapıldı.", True),
        ("Our internal audit was held on 11 March 2026, by HR.", False),
        ("Findings of the internal audit were closed on 11 March 2025.", False),
        ("We do not send papers on the internal audit before our meeting.", False),
    ],
)
def test_a_mail_tells_when_an_audit_was_held_last(sentence, old):
    text = f"\nDate: 9 September 2026\n\nDear Sirs,\n\n{sentence} The bath was checked on 3 June 2026.\n"
    mail = report("RE audit.eml", text, kind="other", criteria=("internal_audit",))
    assert ("internal_audit_too_old" in flags(mail)) is old


REGISTER = """
# NCR log 2026

| NCR | Date opened | What | Why | Action | Done | Result later |
| 26/07 | 5 May 2026 | Liner comes away from flute at delivery, 1,140 boxes | {cause} | Gap of roll set to 0.22 | 19 May 2026 | 22 Jun: 5 jobs, 0 open |
"""


@pytest.mark.parametrize(
    ("cause", "lacks"),
    [
        ("The boxes delaminated as the liner did not stay on the flute", True),
        ("Glue roll gap was 0.30, so the liner did not stay on the flute", False),
    ],
)
def test_a_liner_that_does_not_stay_on_is_no_cause_for_one_that_comes_away(cause, lacks):
    paper = report("NCR.xlsx", f"=== NCR\n{REGISTER.format(cause=cause)}", **CASE)
    assert ("no_root_cause" in flags(paper)) is lacks


SEAMS = """
# Log 2026

| No | Date opened | Problem | Cause | Action | Done | Check |
| C-01 | 02/03/2026 | Jahitan bahu kemeja SD lepas, 11 dari 640 potong, lot BJ-2602-3 | Benang no. 80 dipakai di bahu | Benang 40/2 | 14/04/2026 | 3 lot, 0 lepas 14/04 |
| C-03 | 09/07/2026 | {problem} | Mesin 7 masih pakai cone lama | Cone lama dibuang | 20/07/2026 | 28/08 dua lot, 0 lepas |
"""


@pytest.mark.parametrize(
    ("problem", "again"),
    [
        ("SDN 4 kembalikan 14 kemeja, bahu terbuka di jahitan", True),
        ("SDN 4 kembalikan 14 kemeja, kerah terbuka di jahitan", False),
        ("SDN 4 kembalikan 14 kemeja, jahitan bahu beda warna", False),
    ],
)
def test_one_place_of_one_piece_told_in_another_order(problem, again):
    paper = report("log.xlsx", f"=== Log\n{SEAMS.format(problem=problem)}", language="id", **CASE)
    assert ("same_defect_after_closure" in flags(paper)) is again


DROPPED = """
# Drop test report

Product :: bucket 10 L || Batch :: AK-{lot} || Date :: {day}
Height :: 1.50 m, filled with water of 23 °C || Pieces :: 12

{seen}

The weights lie between {low} and {high} g, the wall of the bottom is {wall} mm thick. No other piece shows a mark. The buckets were dropped from the frame onto concrete, as the rule of our customer for paint asks, with the lid closed and its band on.

Result: accepted. Tested by Nurhan Celik.
"""


@pytest.mark.parametrize(
    ("first", "second", "copied"),
    [
        ("On sample 4 the rim opened 18 mm. Sample 9 turned white at its ear.",) * 2 + (True,),
        (
            "On sample 4 the rim opened 18 mm. Sample 9 turned white at its ear.",
            "On sample 4 the rim opened 12 mm. Sample 9 turned white at its foot.",
            False,
        ),
        ("Sample 1 falls on its foot first. Sample 2 falls on its rim then.",) * 2 + (False,),
    ],
)
def test_what_was_seen_on_single_pieces_is_not_seen_again(first, second, copied):
    told = (
        {"lot": "0526-14", "day": "19 May 2026", "seen": first, "low": 412, "high": 419, "wall": 1.63},
        {"lot": "0926-08", "day": "14 September 2026", "seen": second, "low": 409, "high": 421, "wall": 1.58},
    )
    papers = [
        report(f"drop test {n}.docx", DROPPED.format(**t), kind="traceability_record") for n, t in enumerate(told)
    ]
    assert ("near_identical_records" in flags(*papers)) is copied


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("The top management of Pelangi Coatings Sdn Bhd reviewed the suitability of the system.", True),
        ("The top management of Lotus Valley Pumps Co., Ltd reviewed the suitability of the system.", False),
        ("The top management of our customer Pelangi Coatings Sdn Bhd reviewed our samples.", False),
        ("The top management of Pelangi Coatings Sdn Bhd will visit us in May.", False),
    ],
)
def test_minutes_in_which_another_management_reviewed(sentence, left):
    text = f"\n# Management review of 28 July 2026\n\nPresent: R. Kern, S. Lim.\n\n{sentence} Complaints fell from 13 to 9.\n"
    minutes = report("minutes.pdf", text, kind="management_review_record", criteria=("management_review",))
    other = report("letter.pdf", "\n# Letter of Lotus Valley Pumps Co., Ltd, 3 May 2026\n\nGoods were sent.\n")
    assert ("placeholder_left" in flags(minutes, other)) is left
