"""What may hold a part of a case for which its paper has no place: where the cause or a look at the effect may be told all the same."""

from collections.abc import Sequence

from evidence.bundle import Bundle, Item, as_day
from evidence.facts.case_heads import head_of
from evidence.facts.case_letters import letters_told, tells_cause
from evidence.facts.text import fold
from evidence.flags.case_items import cases_of, text_of
from evidence.titles import is_audit, is_record_of


def may_tell_cause(bundle: Bundle, path: str, items: Sequence[Item]) -> bool:
    """Whether the causes of a register without a place for them may be told all the same: in a column of words that nobody understood,
    in the words of a row, or in another paper on problems. An audit tells those of its own findings.
    """
    if any(item.value.get("unread") or tells_cause(fold(text_of(item, "problem", "action"))) for item in items):
        return True
    analysed = any(case.value.get("root_cause") and not is_audit(case.document) for case in cases_of(bundle))
    return analysed or any(
        is_record_of(document, "corrective_action_record") and document.path != path and not is_audit(document)
        for document in bundle.read
    )


def tells_before_action(item: Item) -> bool:
    """Whether a report tells in several paragraphs what came before its action: one of them may say why, under the head of a finding."""
    action = str(item.value.get("action") or item.value.get("preventive") or "")[:LONGEST_BEGINNING]
    held = str(item.value.get("containment") or "")[:LONGEST_BEGINNING]
    told = 0
    for _, line in item.document.lines():
        if action and action in line:
            return told > 1
        prose = "|" not in line and letters_told(line) >= LEAST_TOLD
        told += prose and not (held and held in line) and head_of(line[:LONGEST_BEGINNING]) != "team"
    return False


LEAST_TOLD = 60
"""Letters of a paragraph that tells something of what happened."""

LONGEST_BEGINNING = 24
"""Letters at the beginning of a part by which its line is known."""


def is_fresh(bundle: Bundle, row: Item, days: int) -> bool:
    """Whether a row was closed so lately that the look at its effect may still come."""
    closed = as_day(str(row.value.get("closed") or ""))
    return closed is not None and (bundle.today - closed).days < days
