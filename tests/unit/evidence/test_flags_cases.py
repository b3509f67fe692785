"""Flags on corrective actions and on the minutes of reviews, each beside the case that is ordinary."""

import pytest

from tests.unit.evidence.builders import DocumentReport, flags, report


def case(**parts: str) -> DocumentReport:
    words = {
        "opened": "05 March 2026",
        "problem": "14 of 500 housings leak at the flange, lot 26B07",
        "cause": "die vent blocked by flakes, depth 0.04 against 0.12; re-cut vent, 0 of 60 leak",
        "action": "vent depth on the repair sheet, measured at each repair",
        "check": "three lots to 20 May 2026, 0 of 1,540 leak",
        "closed": "28 May 2026",
    } | parts
    text = f"""
CAPA no. :: CAPA-26-{words.get("number", "007")} || Date opened :: {words["opened"]}

## D2 Problem description

{words["problem"]}

## D4 Root cause

{words["cause"]}

## D5 Corrective action

{words["action"]}

## Effectiveness check

{words["check"]}

Closed :: {words["closed"]}
"""
    return report(
        words.get("path", "CAPA-26-007.docx"), text, kind="corrective_action_record", criteria=("corrective_action",)
    )


def test_a_case_told_to_its_end_raises_nothing() -> None:
    assert not set(flags(case())) & {
        "closed_same_day",
        "no_root_cause",
        "human_error_retrain_only",
        "no_effectiveness_check",
        "done_before_reported",
        "overdue_actions",
    }


def test_closed_on_the_day_it_was_opened() -> None:
    fired = flags(case(closed="05 March 2026", check=""))["closed_same_day"]
    assert fired.explanation == "The case in 'CAPA-26-007.docx' was opened and closed on 2026-03-05."
    quotes = [citation.quote for citation in fired.citations]
    assert "Date opened" in quotes[0]
    assert "Closed" in quotes[1]


def test_the_place_for_the_cause_is_empty() -> None:
    fired = flags(case(cause=""))
    assert "no_root_cause" in fired
    assert "the place for the cause is empty" in fired["no_root_cause"].explanation


def test_a_cause_that_is_said_to_be_unknown_is_quoted_and_not_called_empty() -> None:
    fired = flags(case(cause="Cause: unknown"))["no_root_cause"]
    assert "says only 'unknown'" in fired.explanation
    assert fired.citations[0].quote == "Cause: unknown"


def test_cases_of_a_register_are_named_by_their_number_or_their_problem() -> None:
    head = "| {first} | Opened | Problem | Root cause | Action | Closed |\n"
    row = "| {n} | 0{n}/09/2026 | scratches on cover {n} | tray worn | tray changed | 0{n}/09/2026 |\n"
    numbered, other = (
        flags(
            report(
                "log.xlsx",
                head.format(first=first) + "".join(row.format(n=n) for n in (1, 2, 3)),
                kind="corrective_action_record", criteria=("corrective_action",),
            )
        )["closed_same_day"].explanation
        for first in ("NCR no.", "Line")
    )  # fmt: skip
    assert "Case 1 of 'log.xlsx' was opened and closed on 2026-09-01." in numbered
    assert "The case 'scratches on cover 1' of 'log.xlsx' was opened and closed on 2026-09-01." in other


def test_an_open_row_whose_cause_is_still_sought_is_ordinary() -> None:
    head = "| No | Date | Problem | Root cause | Action | Status |\n"
    row = "| 26-{n} | 0{n}/09/2026 | scratches on cover type {n} | {cause} | stock sorted | {status} |\n"
    waiting = head + "".join(row.format(n=n, cause="", status="open") for n in (1, 2, 3))
    done = head + "".join(row.format(n=n, cause="", status="closed") for n in (1, 2, 3))
    assert "no_root_cause" not in flags(
        report("log.xlsx", waiting, kind="corrective_action_record", criteria=("corrective_action",))
    )
    assert "no_root_cause" in flags(
        report("log.xlsx", done, kind="corrective_action_record", criteria=("corrective_action",))
    )


@pytest.mark.parametrize(
    ("cause", "action"),
    [
        ("Operator negligence", "Retraining of operators"),
        ("Do công nhân bất cẩn", "Đào tạo lại, nhắc nhở công nhân"),
        ("作业员疏忽，责任心不强", "重新培训，加强品质意识"),
        ("Kelalaian operator", "Pelatihan ulang dan briefing"),
    ],
)
def test_blame_and_training_alone_are_flagged_in_four_languages(cause: str, action: str) -> None:
    fired = flags(case(cause=cause, action=action))["human_error_retrain_only"]
    assert any(cause in citation.quote for citation in fired.citations)


def test_a_long_cause_is_told_to_the_end_of_a_word() -> None:
    cause = (
        "operator careless, not concentrated at work, awareness not good, did not follow the instruction and the line "
        "leader did not remind him of it"
    )
    told = flags(case(cause=cause, action="Retraining of operators"))["human_error_retrain_only"].explanation
    assert "the instruction and…'" in told


def test_a_human_error_with_a_change_of_the_process_is_ordinary() -> None:
    assert "human_error_retrain_only" not in flags(
        case(
            cause="operator mistake: two covers look alike",
            action="pin fitted in the fixture so that the wrong cover does not go in; operators trained",
        )
    )


def test_no_effectiveness_check_long_after_closing() -> None:
    assert "no_effectiveness_check" in flags(case(check=""))
    assert "no_effectiveness_check" in flags(case(check="[ ] effective [ ] not effective"))


def test_a_fresh_open_case_has_time_for_its_check() -> None:
    assert "no_effectiveness_check" not in flags(case(check="", opened="10 September 2026", closed=""))


def test_a_case_closed_before_it_was_opened() -> None:
    assert "done_before_reported" in flags(case(opened="25 March 2026", closed="17 March 2026"))
    assert "done_before_reported" not in flags(case(opened="25 March 2026", closed="27 March 2026"))


def test_the_same_defect_after_closure() -> None:
    head = "| No | Date opened | Problem | Root cause | Action | Closed |\n"
    back = head + (
        "| 1 | 12/01/2026 | armrest loose, chair Arden | glue dry | timer at the table | "
        "12/02/2026 |\n| 2 | 16/06/2026 | armrest loose again | same joint | stock checked | |"
    )
    other = head + (
        "| 1 | 12/01/2026 | armrest loose, chair Arden | glue dry | timer at the table | "
        "12/02/2026 |\n| 2 | 16/06/2026 | black stain on slat | steel strap | plastic strap | "
        "|"
    )
    assert "same_defect_after_closure" in flags(
        report("register.xlsx", back, kind="corrective_action_record", criteria=("corrective_action",))
    )
    assert "same_defect_after_closure" not in flags(
        report("register.xlsx", other, kind="corrective_action_record", criteria=("corrective_action",))
    )


def test_actions_long_past_their_day_and_open_are_flagged_and_plans_ahead_are_not() -> None:
    head = "| Action | Owner | Due | Status |\n"
    late = report(
        "minutes.docx",
        "Held on 20 July 2026\n\n" + head + "| second leak bench | Paul | 30/06/2026 | open |",
        kind="management_review_record",
        criteria=("management_review",),
    )
    ahead = report(
        "minutes.docx",
        "Held on 20 July 2026\n\n"
        + head
        + "| second leak bench | Paul | 30/11/2026 | open |\n| buy gauge | Ana | 30/06/2026 | done |",
        kind="management_review_record",
        criteria=("management_review",),
    )
    assert "overdue_actions" in flags(late)
    assert "overdue_actions" not in flags(ahead)


def test_one_sentence_for_every_point_of_the_review() -> None:
    rows = "\n".join(
        f"| {n} | point {name} | Discussed and found satisfactory |" for n, name in enumerate("abcdefgh", 1)
    )
    told = "\n".join(
        f"| {n} | point {name} | {n} of {n * 7} lots late, {name.upper()} acts |"
        for n, name in enumerate("abcdefgh", 1)
    )
    assert "same_sentence_as_verdict" in flags(
        report(
            "mr.docx",
            "| No | Input | Result |\n" + rows,
            kind="management_review_record",
            criteria=("management_review",),
        )
    )
    assert "same_sentence_as_verdict" not in flags(
        report(
            "mr.docx",
            "| No | Input | Result |\n" + told,
            kind="management_review_record",
            criteria=("management_review",),
        )
    )
