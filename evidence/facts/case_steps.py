"""A case told as a table of steps, each with its day: received, cause found, action done, closed."""

from collections.abc import Sequence

from evidence.facts.case_heads import NARRATIVE, Case, is_day, lexicon, loosely
from evidence.facts.sources import Source
from evidence.facts.text import Span, cells, fold, lines, phrases
from evidence.model import Passage

LEAST_STEPS = 3
"""Rows with a day each that tell a case: it came up, something was done, it was closed."""


def by_steps(source: Source, case: Case, passages: Sequence[Passage]) -> None:
    """The days of a case, and the parts that its steps name, out of rows that each hold one day and say what was done on it.

    The last of them must say that the case was closed, and one between must name its cause or what was done.
    """
    if {"opened", "closed"} <= set(case.dates):
        return
    steps = [step for passage in passages if not passage.hidden for step in _steps(source, passage)]
    ends = [at for at, (_, name, _, _) in enumerate(steps) if name == "closed"]
    if len(steps) < LEAST_STEPS or len(ends) != 1 or ends[0] < LEAST_STEPS - 1:
        return
    before = steps[: ends[0]]
    if not any(name in ("root_cause", "action", "preventive", "containment") for _, name, _, _ in before):
        return
    for name in ("opened", "closed"):
        case.see(name)
    case.dates.setdefault("opened", before[0][2])
    case.dates.setdefault("closed", steps[ends[0]][2])
    if before[0][1] in (None, "opened"):
        before[0] = (before[0][0], "problem", before[0][2], before[0][3])
    acted = [day for _, name, day, _ in before if name in ("action", "preventive")]
    if acted and "action_date" not in case.dates:
        case.dates["action_date"] = acted[-1]
    for text, part, _, (passage, line) in before:
        if part is not None and part in NARRATIVE and part not in case.parts:
            case.see(part)
            case.add(part, text)
            case.place = case.place or (passage, line.start, line.end)


Step = tuple[str, str | None, str, tuple[Passage, Span]]
"""What a row says, the part of a case or the day that it names, its day, and where it stands."""


def _steps(source: Source, passage: Passage) -> list[Step]:
    found: list[Step] = []
    for line in lines(passage.text):
        row = [cell for cell in cells(line) if cell.text]
        days = [cell for cell in row if is_day(source, cell.text)]
        told = [cell for cell in row if cell not in days and sum(map(str.isalpha, cell.text)) >= LEAST_LETTERS]
        if len(row) < LEAST_CELLS or len(days) != 1 or not told:
            continue
        text = max(told, key=lambda cell: len(cell.text)).text
        said = " ".join(cell.text for cell in told)
        found.append((text, _named(said), source.dates(days[0].text)[0].value, (passage, line)))
    return found


LEAST_LETTERS = 2
LEAST_CELLS = 2
"""Cells of a row that tells a step: what, and when."""


def _named(text: str) -> str | None:
    """What a step is: the closing, a part of a case that its words name, or the day on which the case came up."""
    folded = fold(text)
    if phrases("case_forms", "closing").search(folded) or lexicon().label(text) in ("closed", "closure"):
        return None if phrases("case_forms", "not_yet").search(folded) else "closed"
    return loosely(text)


def dates_mail(source: Source, line: str) -> bool:
    """Whether a line is that of a mail with its date: what it tells of came before it was written."""
    return source.document.path.lower().endswith((".eml", ".msg")) and line.startswith("Date:")
