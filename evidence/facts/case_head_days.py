"""Days that the heads of a report hold or name: ``Corrective action 26/08/2026:``, ``Date the problem was found``."""

from evidence.facts.case_heads import DATES, NARRATIVE, TOLD, Case, field_of, is_day, loosely
from evidence.facts.case_places import LEAST_TOLD
from evidence.facts.sources import Source
from evidence.facts.text import fold, is_nameless, phrases


def told_on(source: Source, case: Case, label: str) -> tuple[str, str] | None:
    """The part whose head holds its day (``Corrective action 26/08/2026:``); the first such head of no known part tells the problem."""
    days = [found for found in source.dates(label) if found.precision == "day"]
    if len(days) != 1 or label[days[0].end :].strip(" )）"):
        return None
    bare = f"{label[: days[0].start]} {label[days[0].end :]}".strip(" ,.-")
    if sum(char.isalpha() for char in bare) < LEAST_TOLD:
        return None
    name = field_of(bare)
    if name in NARRATIVE:
        return name, days[0].value
    if name in (None, "opened") and not (TOLD | {"effectiveness", "verification"}) & set(case.labels):
        return "problem", days[0].value
    return None


def day_named(source: Source, label: str, beside: str, name: str | None) -> str | None:
    """The day that a head names by a part and a word for a day, beside which a day stands: ``Date the problem was found``."""
    if name in DATES or not label or is_nameless(label):
        return None
    if not phrases("case_forms", "day").search(fold(label)) or not is_day(source, beside):
        return None
    part = name if name in NARRATIVE else loosely(label)
    return {"problem": "opened", "action": "action_date"}.get(part or "")


def tells_until(source: Source, label: str, rest: str) -> bool:
    """Whether what stands before a colon names a day and what stands behind it none: it is part of what is told."""
    days = [found for found in source.dates(label) if found.precision == "day"]
    return bool(days) and not source.dates(rest)
