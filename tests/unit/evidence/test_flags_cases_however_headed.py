"""Cases under heads that hold two parts, in points of minutes, in lines with gaps and in steps, and the same defect told without a word for
again; each beside an honest paper that looks like it.
"""

import pytest

from evidence.blame import blames, blames_person
from evidence.facts.case_heads import both_of, field_of
from evidence.facts.text import fold
from evidence.flags.same_kind import same_at_first
from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
OTHER = {"kind": "other", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    "cause",
    [
        "Picker error",
        "Lapse of the inspector",
        "Transcription error by the analyst",
        "Wrong selection by operator",
        "Operator took the wrong reel",
        "SOP not followed",
        "Kelalaian petugas gudang",
        "Công nhân thao tác không đúng hướng dẫn",
        "คนงานหยิบของผิด",
        "倉管發錯料",
        "작업자가 순서를 착각",
        "Depo personeli yanlış malzeme verdi",
    ],
)
def test_somebody_and_his_fault_are_blame_in_any_words(cause: str) -> None:
    assert blames(fold(cause))


@pytest.mark.parametrize(
    "cause",
    [
        "Printer error E12, ribbon jammed",
        "Operator panel fault",
        "Encoder error of axis 2",
        "Lỗi cảm biến",
        "传感器故障",
        "Yazılım hatası",
    ],
)
def test_a_machine_that_errs_is_not(cause: str) -> None:
    assert not blames(fold(cause))


@pytest.mark.parametrize(
    ("action", "blamed"),
    [
        ("Picker spoken to, toolbox talk for the team on 11-03", True),
        ("OPL given to the team", True),
        ("Operator was removed from line and retrained", True),
        ("作業員に再指導", True),
        ("Weigh scale with limit, training", False),
        ("Work instruction WI-12 rev 3 with photo, training given", False),
        ("Rak dipisah dan diberi warna, training operator", False),
        ("แยกชั้นวางและติดป้ายสี อบรม", False),
        ("修訂作業標準書並教育訓練", False),
    ],
)
def test_what_is_changed_beside_a_lesson_is_more_than_one(action: str, blamed: bool) -> None:
    assert blames_person({"root_cause": "operator error", "action": action}) is blamed


def test_heads_name_two_parts_or_one_in_two_scripts() -> None:
    assert both_of("Ngày đóng / hiệu quả") == ("closed", "effectiveness")
    assert both_of("Finish 结案 / follow 跟踪") == ("closed", "effectiveness")
    assert both_of("Closed / next receipts") == ("closed", "")
    assert both_of("Topic and cause") == ("problem", "root_cause")
    assert both_of("Customer / item") == ()
    assert field_of("Tutup") == "closed"


@pytest.mark.parametrize("ended", ["Closed / next receipts", "Closed"])
@pytest.mark.parametrize(
    ("seen", "checked"), [("seen by Rudi 10 Apr 2026", True), ("4 receipts, no lap", True), ("Rudi", False)]
)
def test_what_follows_the_day_of_closing_in_its_cell_is_a_look(ended: str, seen: str, checked: bool) -> None:
    rows = "\n".join(
        f"| S-0{n} | 1{n} Jan 2026 | {what} | {why} | {done} | 1{n} Feb 2026, {seen} |"
        for n, what, why, done in (
            (1, "Forging lap at hole", "Billet cut 6 mm long", "Stop pinned"),
            (2, "Lip of the seal cut", "Gap of the knife", "Gauge for the gap"),
            (3, "Rust spots on ring", "Seal of the bag open", "Sealing bar new"),
        )
    )
    text = f"# Register of cases\n\n| No. | Issued | Defect | Root cause | Action | {ended} |\n{rows}"
    assert ("no_effectiveness_check" in flags(report("cases.xlsx", text, **CASE))) is not checked


def test_a_defect_in_other_words_and_with_its_day_in_the_words_came_again() -> None:
    text = (
        "# Open points\n\n| CAR | Model / defect | Cause | Action | Status |\n"
        "| 26-021 | Camera deco A7: glue overflow | Needle gap 0.35 mm | Gap block | Closed 17 Apr 2026, 12 lots OK |\n"
        "| 26-038 | Camera deco A7: excess glue, 46 / 3,200, made 5 Aug 2026 | Viscosity 3,900 | Chiller | Open |\n"
    )
    assert "same_defect_after_closure" in flags(report("points.docx", text, **CASE))
    before = text.replace("5 Aug 2026", "5 Mar 2026")
    assert "same_defect_after_closure" not in flags(report("points.docx", before, **CASE))


@pytest.mark.parametrize(
    ("cause", "again"),
    [
        ("Valve of bath 2 leaks", True),
        ("Made before the dosing pump was repaired, old stock", False),
        ("Cuts of a knife used to open the carton. Not our defect", False),
    ],
)
def test_old_goods_and_refused_claims_did_not_come_again(cause: str, again: bool) -> None:
    text = (
        "# Claims\n\n| No. | Date | Model | Reported | Outcome of our analysis | Action | Closed |\n"
        "| 26/03 | 26 Jan 2026 | Frame T2 | Paint peels at weld | Degreasing bath at pH 8.1 | Pump repaired | 27 Feb 2026 |\n"
        "| 26/06 | 20 Apr 2026 | Frame T5 | Foot missing in kits | Kit scale tolerance 40 g | Tolerance 10 g | 22 May 2026 |\n"
        f"| 26/08 | 13 July 2026 | Frame T2 | Paint peels at weld | {cause} | Mark printed | 24 July 2026 |\n"
    )
    found = flags(report("claims.docx", text, **CASE))
    assert ("same_defect_after_closure" in found) is again
    assert "no_root_cause" not in found  # the outcome of the analysis is the cause


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Leak at boss A, 8 of 720, air test 0.2 bar", "Leak at boss A, 5 of 720, cast 6 Jul", True),
        ("Pump housing PH-12, leak at boss", "Pump housing PH-12, scratch at boss", False),
    ],
)
def test_what_follows_the_first_clause_does_not_set_defects_apart(first: str, second: str, same: bool) -> None:
    assert same_at_first(first, second) is same


POINTS = (
    "# Quality meeting 2026/09/23\n\n"
    "Complaint F-0311 biscuit seal leaks (14 bags): wire of the sensor loose, fixed again, closed 17 April 2026, 600 bags none leaks\n\n"
    "Complaint F-0922 biscuit seal leaks (9 bags of {}): crumb under the knife, air nozzle from 27 November 2026\n\n"
    "Complaint F-0818 rice cake light by 2 g: zero of the scale drifts, closed 25 August 2026, 200 bags good\n"
)


def test_points_of_minutes_tell_cases() -> None:
    assert "same_defect_after_closure" in flags(report("minutes.docx", POINTS.format("14 September 2026"), **OTHER))
    assert "same_defect_after_closure" not in flags(report("minutes.docx", POINTS.format("14 March 2026"), **OTHER))
    assert "closed_same_day" not in flags(report("minutes.docx", POINTS.format("14 March 2026"), **OTHER))


EIGHT_D = (
    "# 8D ND-2604\n\nItem :: Hinge arm HA-33 || Opened :: 6 April 2026\n"
    "Problem :: Blister on chrome plating, 61 of 4,000\nRoot cause :: Paste not removed, tank at 41 °C\n"
    "Action :: Heater renewed, 24 April 2026\nVerification :: 5 shipments baked, no blister, 29 May 2026\nClosed :: 1 June 2026\n"
)


@pytest.mark.parametrize(
    ("mail", "again"),
    [
        ("The buyer found blister on chrome plating of HA-33 in goods made 12 August 2026, 38 of 4,000 pcs.", True),
        ("HA-33 blister on chrome plating: CAPA 26-16 opened 14 September 2026, vent of die 2 closed.", True),
        (
            "On 12 August 2026 the buyer reported that no blister was found on chrome plating of HA-33, 4,000 pcs.",
            False,
        ),
        ("The buyer found blister on chrome plating of HA-33 in goods made 12 March 2026, 38 of 4,000 pcs.", False),
        ("The buyer found blister on chrome plating of KB-77 in goods made 12 August 2026, 38 of 4,000 pcs.", False),
    ],
)
def test_a_mail_tells_the_defect_of_a_closed_case_on_a_later_day(mail: str, again: bool) -> None:
    letter = report("FW hinge.eml", f"Date: 21 September 2026\n\nHi Tuyet,\n\n{mail}\n\nVinh", **OTHER)
    assert ("same_defect_after_closure" in flags(report("8D ND-2604.docx", EIGHT_D, **CASE), letter)) is again


def test_a_containment_that_is_closed_does_not_close_the_case() -> None:
    text = (
        "# CAPA report 26-31\n\nDate opened :: 07-05-2026 || Raised by :: S. Kulkarni\nDefect :: OD 19.962, spec 19.975 to 19.985\n"
        "Containment :: Lot sorted, containment closed 07-05-2026 same shift\nRoot cause :: Offset taken from the roughing tool\n"
        "Corrective action :: Offset of T06 locked by macro\nVerification :: 4 lots, 2,000 nos., Cpk 1.58 up to 28-06-2026\n"
    )
    ended = "CAPA closed on :: {} || Approved :: R. Deshmukh\n"
    assert "closed_same_day" not in flags(report("capa.docx", text + ended.format("30-06-2026"), **CASE))
    assert "closed_same_day" in flags(report("capa.docx", text + ended.format("07-05-2026"), **CASE))


def test_fields_of_a_mail_set_apart_by_gaps_are_those_of_a_form() -> None:
    text = (
        "Dear Mr. Rao,\nItem                 Detail\nCAR raised           22-07-2026\n"
        "Problem              Thread damage M8x30, 17 nos. of 5,000\nRoot cause           Drop height 900 mm into the bin\n"
        "Corrective action    Chute with rubber lining fitted\nCAR closed           {}\n"
    )
    assert "closed_same_day" in flags(report("RE CAR 2218.eml", text.format("22-07-2026"), **CASE))
    assert "closed_same_day" not in flags(report("RE CAR 2218.eml", text.format("30-08-2026"), **CASE))


def test_the_last_of_several_whys_is_the_cause() -> None:
    text = (
        "# 5 why analysis of 9 Feb 2026, filter upside down\n\nProblem :: Filter upside down, 7 of 1,600\nWhy 1 :: Coated side faces up\n"
        "Why 2 :: Filter picked without turning\nWhy 3 :: {}\nAction :: Retraining of the operators\nResult :: 3 months 0 of 41,000 pcs\n"
    )
    blamed = report("5 why.docx", text.format("Lack of awareness of operator"), **CASE)
    assert "human_error_retrain_only" in flags(blamed)
    told = report("5 why.docx", text.format("Mark is on the side that lies down"), **CASE)
    assert "human_error_retrain_only" not in flags(told)


def test_the_sixth_step_and_the_closing_tell_a_look() -> None:
    text = (
        "# 8D SPD-26-03\n\nPart :: Pump housing PH-12 || Date :: 19 Jan 2026\nD2 :: Leak at boss A, 8 of 720\n"
        "D4 :: Overflow 3 solidifies early, gas stays in boss A\nD5 :: Overflow 3 enlarged from 8 to 14 mm\n"
        "D6 :: {}\nD8 :: {}\n"
    )
    steps = report("8D.docx", text.format("5 lots after change, 0 leak of 3,600", "Closed 20 Mar 2026"), **CASE)
    assert "no_effectiveness_check" not in flags(steps)
    ends = report(
        "8D.docx", text.format("Mould drawing changed", "14 lots to 29.03.2026 without leak; closed 31.03.2026"), **CASE
    )
    assert "no_effectiveness_check" not in flags(ends)
    none = report("8D.docx", text.format("Mould drawing changed", "Closed 20 Mar 2026"), **CASE)
    assert "no_effectiveness_check" in flags(none)


@pytest.mark.parametrize(
    ("line", "example"), [("Job 88214, tensile, 6 specimens, specimen 4 wrong", False), ("SPECIMEN", True)]
)
def test_specimens_of_a_laboratory_are_no_marks_of_an_example(line: str, example: bool) -> None:
    text = f"# Report\n\n{line}\n\nRoot cause: operator negligence\n\nProblem: wrong value\n\nCorrective action: operator was retrained"
    assert ("human_error_retrain_only" in flags(report("sheet.docx", text, **CASE))) is not example


def test_a_title_with_a_colon_heads_no_part() -> None:
    text = (
        "# Corrective action report: needle fragment, style RUN-5\n\nFound :: 3 Aug 2026, fragment 4 mm in tongue\n"
        "Root cause :: Sewing operator not discipline, broken needle not reported\n"
        "Corrective action :: Refresh training of broken needle procedure, 42 operators\nClosed :: 14 Sep 2026\n"
    )
    assert "human_error_retrain_only" in flags(report("report.pptx", text, **CASE))


@pytest.mark.parametrize(("days", "at_once"), [("0", True), ("21", False)])
def test_a_column_that_counts_the_days_to_the_end_tells_the_end(days: str, at_once: bool) -> None:
    text = (
        "# Log 2026\n\n| No | Opened | Problem | Cause | Action | Days to close |\n"
        "| 1 | 12 May 2026 | Burr on edge | Punch worn | Punch ground | 25 |\n"
        f"| 2 | 14 May 2026 | Hole missing | Pin broken | New pin fitted | {days} |\n"
    )
    assert ("closed_same_day" in flags(report("log.xlsx", text, **CASE))) is at_once


@pytest.mark.parametrize(("piece", "again"), [("灯座 MF-60", True), ("外壳 KB-77", False)])
def test_two_forms_on_one_product_are_one_defect_in_other_words(piece: str, again: bool) -> None:
    text = "# 8D报告\n\n产品 :: {} || 日期 :: {}\n问题描述 :: {}\n原因 :: {}\n对策 :: {}\n结案 :: {} 王工"
    first = text.format("灯座 MF-60", "2026-01-12", "灯座开裂 12 件", "模温偏低 38 度", "模温机更换", "2026-03-02")
    later = text.format(piece, "2026-07-06", "灯座裂纹 7 件", "螺丝扭力 1.8 过大", "扭力限 1.2", "2026-08-20")
    found = flags(report("8D-01.docx", first, **CASE), report("8D-09.docx", later, **CASE))
    assert ("same_defect_after_closure" in found) is again


def test_points_of_vietnamese_minutes_tell_cases() -> None:
    text = (
        "# Biên bản họp 09/09/2026\n\nKhiếu nại KN-03 hở mép túi (lô tháng 2): dây nhiệt đứt, đã thay dây, đóng 17/04/2026, 600 túi không hở\n\n"
        "Khiếu nại KN-09 hở mép túi (phát hiện {}, 9 túi): dao cắt dính bụi, lắp vòi thổi 27/11/2026\n"
    )
    assert "same_defect_after_closure" in flags(report("bb.docx", text.format("24/08/2026"), **OTHER))
    assert "same_defect_after_closure" not in flags(report("bb.docx", text.format("24/03/2026"), **OTHER))
