"""Lists of suppliers, lists of what was sent, signed records and running sheets in the shapes of standard forms."""

import pytest

from tests.unit.evidence.builders import flags, report

LIST = {"kind": "supplier_evaluation_record", "mode": "prescription", "criteria": ("supplier_control",)}
RECORD = {"kind": "traceability_record", "criteria": ("traceability",)}
VENDORS = "# APPROVED VENDORS\n\n| Code | Vendor | Material | Since |\n| V-02 | PT Baja Lembar | steel sheet | 2014 |\n| V-05 | Frita Nusantara | frit | 2017 |\n| V-09 | CV Gagang Jaya | handles | 2019 |\n"


@pytest.mark.parametrize(
    ("second", "flagged"),
    [
        ("| Code | Deliveries | Quality 60 | Score | Decision 20/07/2026 |\n| V-02 | 21 | 54 | 90 | keep |\n| V-05 | 11 | 60 | 91 | keep |\n| V-09 | 14 | 38 | 67 | letter sent |\n", False),
        ("| Code | Phone | Contact | City | Bank |\n| V-02 | 031-1 | Budi | Gresik | BCA |\n| V-05 | 031-2 | Adi | Solo | BRI |\n| V-09 | 031-3 | Eko | Kediri | BNI |\n", True),
        ("| Code | Deliveries | Quality 60 | Score | Decision |\n| V-02 | 21 |  |  |  |\n| V-05 | 11 |  |  |  |\n| V-09 | 14 |  |  |  |\n", True),
    ],
)  # fmt: skip
def test_a_second_table_of_a_list_scores_its_suppliers_by_their_codes(second, flagged):
    paper = report("Vendor list 2026.xlsx", f"{VENDORS}\n{second}", **LIST)
    assert ("supplier_list_without_evaluation" in flags(paper)) is flagged


@pytest.mark.parametrize(
    ("head", "title", "empty", "raised"),
    [
        ("Pengepul", "PENILAIAN PENGEPUL NIRA", "…", True),
        ("Farmer group", "EVALUATION OF FARMERS", "", True),
        ("Pengepul", "PENILAIAN PENGEPUL NIRA", "86", False),
    ],
)
def test_those_who_grow_and_collect_are_evaluated_too(head, title, empty, raised):
    rows = "".join(f"| {name} | Kejobong | {empty} |  |  | {empty if empty == '86' else ''} |\n" for name in ("Pak Sarwono", "Bu Tarsiyah", "Pak Darsun"))  # fmt: skip
    text = f"# {title} 2026 (14/07/2026)\n\n| {head} | Village | Quality (40) | Delivery (30) | Hygiene (30) | Total |\n{rows}"
    paper = report("Penilaian 2026.xlsx", text, kind="blank_form", reading="static", criteria=("supplier_control",))
    assert ("evaluation_without_result" in flags(paper)) is raised


@pytest.mark.parametrize(("fifth", "raised"), [((), True), (("05 Evaluation of subcontractors",), False)])
def test_a_paper_that_cannot_be_read_is_the_one_by_whose_number_it_came(fifth, raised):
    entries = ("Incident report", "Release test log", "Internal audit report", "Sprint figures 2026", "Evaluation of subcontractors 2026", "Risk register 2026")  # fmt: skip
    text = "# Evidence package\n\nPrepared for assessment, 5 August 2026\n\n" + "\n\n".join(f"{n}. {entry}" for n, entry in enumerate(entries, 1))  # fmt: skip
    cover = report("00 Contents.docx", text, kind="other", reading="static", mode="other")
    names = ("01 Incident report", "02 Release test log", "03 Internal audit report", "04 Sprint figures", *fifth)
    sent = [report(f"{name}.docx", f"# {name}\n\nDone on 3 March 2026.", **RECORD) for name in names]
    locked = report("06 Risk register 2026.pdf", "", kind="other", reading="undetermined").model_copy(update={"status": "failed"})  # fmt: skip
    assert ("promised_document_missing" in flags(cover, *sent, locked)) is raised


@pytest.mark.parametrize(
    ("note", "raised"),
    [
        ("1.46 (1.06) / 1.58 | LK 09/09, figure put right by LK 24/09", True),
        ("1.46 (1.06) / 1.58 | LK 09/09, put right by LK 09/09", False),
        ("1.46 (1.06) / 1.58 | LK 09/09", False),
        ("1.46 / 1.58 | LK 09/09, label put right by LK 24/09", False),
    ],
)
def test_a_figure_with_the_old_one_in_brackets_was_put_right_after_release(note, raised):
    text = f"# DEVICE HISTORY RECORD\n\nProduct :: Catheter || Lot :: KV26-093 || Made :: 7 September 2026\n\n| Step | Requirement | Result | Initial / date |\n| Connector pull | min 15 N | 22.4 / 25.1 | LK 08/09 |\n| Pouch peel | 1.2 to 3.0 N | {note} |\n\nReviewed and released: Norhayati Salleh\n\nNorhayati, 14/09/2026\n"
    assert ("changed_after_signature" in flags(report("DHR KV26-093.docx", text, **RECORD))) is raised


@pytest.mark.parametrize(
    ("head", "day", "raised"),
    [("Plates read", "15 Dec 2026", True), ("Plates read", "19 Sep 2026", False), ("Plates due", "15 Dec 2026", False)],
)
def test_a_reading_of_a_day_to_come_below_a_title_that_says_before(head, day, raised):
    rows = "".join(f"| {n} {month} 2026 | KV-0{n} | {n + 5} {month} 2026 | 2{n} | Priya |\n" for n, month in ((14, "May"), (11, "Jun"), (10, "Jul"), (13, "Aug")))  # fmt: skip
    text = f"# BIOBURDEN BEFORE EO, alert 60\n\n| Sampled | Lot | {head} | CFU, mean of 10 | Analyst |\n{rows}| 10 Sep 2026 | KV-113 | {day} | 26 | Priya |\n"
    assert ("date_in_future" in flags(report("Bioburden log 2026.xlsx", text, **RECORD))) is raised
