"""Columns of registers whose heads say one thing and whose cells another: ``Done`` over sentences, ``Case`` over what happened, a look at
the effect under any head, a day that a cell itself calls due.
"""

import re
from collections.abc import Sequence

from evidence.data import table
from evidence.facts.case_heads import head_of, is_day, is_source, loosely
from evidence.facts.columns import Column, columns_of, put_off_to, state_of, tells_done, tells_open
from evidence.facts.days import days_in, is_short_day
from evidence.facts.grids import Grid, GridCell
from evidence.facts.sources import Source
from evidence.facts.text import any_of, fold, late, phrases, words

LEAST_TOLD = 12
"""Mean letters of a column that tells something; a third of it in scripts in which a sign says more."""


def with_loose(grid: Grid, named: list[str | None]) -> list[str | None]:
    """The fields of a register of problems, with the one column whose head holds the word for the action as that of the action where no head
    names it: ``Action at plant``.
    """
    if "problem" not in named or "action" in named or "preventive" in named:
        return named
    loose = [
        at
        for at, head in enumerate(grid.heads)
        if head and named[at] is None and len(head) <= LONGEST_LOOSE and loosely(head) == "action"
    ]
    return [*named[: loose[0]], "action", *named[loose[0] + 1 :]] if len(loose) == 1 else named


LONGEST_LOOSE = 30
"""Letters of a head that holds the word for its column beside others."""


def by_cells(source: Source, grid: Grid, named: Sequence[str | None]) -> list[str | None]:
    """The fields of a register, mended by what its cells hold.

    A column headed as closed whose cells are sentences holds what was done, where no other does; one headed as the number of the case,
    what happened; one without a known head behind what was done, in which most cells tell of a look with its figures, the effect.
    """
    fields = _with_taken(grid, named)
    if not {"root_cause", "action"} & set(fields):
        return fields
    columns = columns_of(source, grid)
    told = [column.index for column in columns if _tells(column)]
    fields = _with_numbers(grid, _with_analysis(grid, fields, told), told)
    cause = fields.index("root_cause") if "root_cause" in fields else None
    done = [at for at in told if fields[at] == "closed" and not _begins_with_days(source, grid, at)]
    if "action" not in fields and cause is not None and done and done[0] > cause:
        fields[done[0]] = "action"
    if "problem" not in fields and cause is not None:
        called = [at for at in told if fields[at] == "reference" and at < cause]
        if len(called) == 1:
            fields[called[0]] = "problem"
    if "action" in fields and "root_cause" in fields and not {"effectiveness", "verification"} & set(fields):
        behind = [at for at in told if fields[at] is None and at > fields.index("action")]
        looked = [at for at in behind if _tells_of_looks(grid, at)]
        if len(looked) == 1:
            fields[looked[0]] = "effectiveness"
    return fields


def _begins_with_days(source: Source, grid: Grid, index: int) -> bool:
    """Whether most cells of a column begin with a day, whatever they go on to say: ``03.04.2026, 14 rolls good to 29.05.``."""
    cells = [cell.text.strip() for cell in grid.column(index) if cell.text.strip()]
    begun = sum(bool(days) and days[0][0] == 0 for days in (days_in(source, text) for text in cells))
    return begun * 2 > len(cells)


def _with_analysis(grid: Grid, fields: list[str | None], told: Sequence[int]) -> list[str | None]:
    """The fields of a register without a cause, with the column of sentences before the action whose head speaks of an analysis as that
    of the cause: ``Outcome of our analysis``.
    """
    if "root_cause" in fields or "action" not in fields:
        return fields
    before = [
        at
        for at in told
        if at < fields.index("action") and fields[at] in (None, "effectiveness", "verification", "action")
        if _ANALYSED.search(fold(grid.heads[at]))
    ]
    return [*fields[: before[-1]], "root_cause", *fields[before[-1] + 1 :]] if before else fields


_ANALYSED = phrases("columns", "analysed")


def _with_numbers(grid: Grid, fields: list[str | None], told: Sequence[int]) -> list[str | None]:
    """The fields of a register in which one headed as a day holds sentences (``Reported``), as what happened where no column tells that,
    or where the one headed so holds numbers alone (``Claim``): these are the references.
    """
    if "action" not in fields or fields.count("problem") > 1:
        return fields
    found, at = list(fields), fields.index("problem") if "problem" in fields else None
    behind = [one for one in told if (at or 0) <= one < fields.index("action") and one != at]
    spoken = [one for one in behind if fields[one] == "opened"]
    if at is not None:
        cells = [cell.text.strip() for cell in grid.column(at) if cell.text.strip()]
        if at in told or not cells or not all(_CODE.fullmatch(text) for text in cells):
            return fields
        spoken = spoken or [one for one in behind if fields[one] is None]
        if spoken:
            found[at] = None if "reference" in fields else "reference"
    if spoken:
        found[spoken[0]] = "problem"
    return found


_CODE = re.compile(r"(?=[^\d]*\d)[A-Za-zĐ]{0,8}[-./# ]?[\w./#-]{1,16}")
"""The number of a case: one word with a digit in it."""


def _with_taken(grid: Grid, named: Sequence[str | None]) -> list[str | None]:
    """The fields of a list with a column for what is to be done and one behind it for what was done of it, as that of the end:
    ``Recommended action`` and ``Action taken`` of a failure analysis.
    """
    fields, heads = list(named), [fold(head) for head in grid.heads]
    if {"closed", "status"} & set(fields):
        return fields
    meant = [at for at, head in enumerate(heads) if fields[at] in (None, "action") and _PROPOSED.search(head)]
    taken = [at for at, head in enumerate(heads) if fields[at] in (None, "action") and _TAKEN.search(head)]
    if meant and taken and meant[0] < taken[-1] and meant[0] not in taken:
        fields[meant[0]], fields[taken[-1]] = "action", "closed"
    return fields


_PROPOSED, _TAKEN = (phrases("columns", name) for name in ("proposed", "taken"))


def with_answer(source: Source, grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a list with due days and no place for how far it is, with the column of days right behind them as that of the end:
    ``Reply due | Reply received``.
    """
    if "due" not in fields or {"closed", "status", "replanned"} & set(fields):
        return fields
    at = fields.index("due") + 1
    cells = [cell.text for cell in grid.column(at) if cell.text.strip()] if at < len(fields) else []
    known = at < len(fields) and fields[at] is not None and not (fields[at] == "opened" and "opened" in fields[:at])
    if not cells or known or not all(is_day(source, text) or is_short_day(source, text) for text in cells):
        return fields
    return [*fields[:at], "closed", *fields[at + 1 :]]


def piece_columns(grid: Grid, fields: Sequence[str | None]) -> list[int]:
    """The columns of a register that say, by their heads, which product or part a row is about, and hold no part of the case."""
    return [
        at
        for at, head in enumerate(grid.heads)
        if fields[at] is None and head and _PIECE.match(fold(head).strip(" .:"))
    ]


_PIECE = phrases("columns", "piece")


def without_source(grid: Grid, named: Sequence[str | None]) -> list[str | None]:
    """The fields of a register without the column that says where a case came from (``Origin``), before the problem or beside one for the
    cause.
    """
    causes = [at for at, name in enumerate(named) if name == "root_cause"]
    problem = named.index("problem") if "problem" in named else 0
    aside = [at for at in causes if is_source(grid.heads[at]) and (at < problem or len(causes) > 1)]
    return [None if at in aside else name for at, name in enumerate(named)]


def tells_steps(grid: Grid) -> bool:
    """Whether the rows of a table are the steps of one report, named in a column of their own: ``D4 Root cause``, ``D5 Action``."""
    for at in range(min(STEP_COLUMNS, len(grid.heads))):
        cells = [cell.text for cell in grid.column(at) if cell.text.strip()]
        steps = [head_of(text) if len(text) <= LONGEST_STEP else None for text in cells]
        named = [name for name in steps if name]
        if (
            {"root_cause", "action"} <= set(named)
            and len(named) * 4 >= len(cells) * 3
            and len(set(named)) >= LEAST_STEPS
        ):
            return True
    return False


STEP_COLUMNS, LEAST_STEPS, LONGEST_STEP = 3, 3, 40
"""Columns in which the steps of a report are looked for, how many steps there are at least, and letters of the name of one."""


def plans_look(source: Source, head: str, text: str) -> bool:
    """Whether a cell of a column for the look at the effect holds only the day for which it is planned, as its head says."""
    return _PLANNED.search(fold(head)) is not None and (is_day(source, text) or is_short_day(source, text))


_PLANNED = phrases("case_forms", "planned")


def _tells(column: Column) -> bool:
    least = LEAST_TOLD if column.spaced else LEAST_TOLD // 3
    return column.told and column.letters >= least


def _tells_of_looks(grid: Grid, index: int) -> bool:
    """Whether most filled cells of a column tell what was looked at: with figures, and that none or how little was found."""
    cells = [fold(cell.text) for cell in grid.column(index) if cell.text.strip()]
    looks = sum(any(map(str.isdigit, cell)) and _LOOKED.search(cell) is not None for cell in cells)
    return len(cells) >= LEAST_CELLS and looks * 3 >= len(cells) * 2


LEAST_CELLS = 2

_LOOKED = late(
    r"(?<![\d.,/-])0 [^\W\d_]{2}|"
    + any_of(
        ("corrective_flags", "checks"),
        ("corrective_flags", "seen_later"),
        ("corrective_flags", "none_found"),
        ("audits_flags", "zero"),
        ("audits_flags", "in_order"),
        ("letters", "within"),
        ("case_forms", "at_most"),
    ).pattern
)


def told_as(source: Source, name: str, text: str) -> str:
    """Which day a cell holds, where its own first word says so under a head for both: ``due 15 Sep`` and ``done 16 Feb``. A cell that
    names both days holds that on which it was done: ``due 15 May, done 12 May``.
    """
    folded = fold(text).lstrip(" (")
    if name == "closed" and _DUE.match(folded) and not is_kept(source, text):
        return "due"
    return "closed" if name == "due" and _DONE.match(folded) and state_of(text) == "done" else name


def done_in(source: Source, text: str) -> str | None:
    """The day behind a day that a cell calls due, on which it was done; None where it names none."""
    days = days_in(source, text) if _DUE.match(fold(text).lstrip(" (")) else []
    return days[-1][2] if len(days) > 1 else None


def closed_in(source: Source, text: str) -> str | None:
    """The day of a clause that says that the case was closed, in a cell that tells of the look at the effect or how far it is:
    ``3 lots, no lap; closed 22.04.2026``.
    """
    for clause in _CLAUSES.split(text):
        folded = fold(clause)
        if phrases("case_forms", "closing").search(folded) and not (_NOT_YET.search(folded) or tells_open(folded)):
            days = days_in(source, clause)
            if len(days) == 1:
                return days[0][2]
    return None


def closed_on(source: Source, name: str, cell: GridCell) -> str | None:
    """The day that a state begins with closed and names, or of its clause that says so: ``10 April closed, 3 lots good``."""
    if _CLOSED.match(fold(cell.text)) and (day := source.day(cell)):
        return day
    return closed_in(source, cell.text) if name == "status" and state_of(cell.text) == "done" else None


_CLOSED = re.compile(rf"\s*(?:c\b|{words(tuple(table('cases')['status_words']['closed'])).pattern})")


def ended_at_once(text: str) -> bool:
    """Whether a remark says that a case was closed on the day on which it came up: ``closed same day``."""
    folded = fold(text)
    closed = phrases("case_forms", "closing").search(folded)
    same = phrases("corrective_flags", "same_day").search(folded)
    return (
        closed is not None
        and same is not None
        and not any(map(str.isdigit, folded))
        and re.search(r"[,;.，；。]", folded[min(closed.end(), same.end()) : max(closed.start(), same.start())]) is None
    )


_CLAUSES = re.compile(r"[,;](?!\d)|[，；。、()（）]|(?<=[^\W\d_])\.\s|\s[–—/-]\s")
_NOT_YET = phrases("case_forms", "not_yet")

_DUE = phrases("tasks", "due_named")
_DONE = words(tuple(table("cases")["status_words"]["closed"]))


def due_in(source: Source, text: str) -> str | None:
    """The day until which something is to be done, told in the words of what is to be done: ``stop to be made, target 15.09.26 (Mane)``;
    None where it says that it was.
    """
    match = _DUE.search(fold(text))
    if match is None or is_kept(source, text):
        return None
    behind = _NEXT.split(text[match.end() :], maxsplit=1)[0][:LONGEST_DUE]
    if not days_in(source, behind):
        return None
    days = [day for _, _, day in days_in(source, text[match.end() :])]
    return put_off_to(source, text) or max(days)  # ``was due 16.10; moved on 12.10 to 27.11``


def is_kept(source: Source, text: str) -> bool:
    """Whether a text that names a day until which something is to be done says that it was: in a word of the same sentence or behind it, or
    by another day that is no later and to which it was not put off.
    """
    match = _DUE.search(fold(text))
    if match is None or put_off_to(source, text):
        return False
    begin = max((found.end() for found in _SENTENCE.finditer(text, 0, match.start())), default=0)
    told = _DUE.sub(" ", fold(text[begin:]))
    if not tells_open(told) and tells_done(told):
        return True
    days = days_in(source, text)
    due = next((day for start, _, day in days if start >= match.end()), None)
    return due is not None and not tells_open(told) and any(day <= due for _, _, day in _others(days, due))


def _others(days: Sequence[tuple[int, int, str]], due: str) -> list[tuple[int, int, str]]:
    at = next(at for at, (_, _, day) in enumerate(days) if day == due)
    return [*days[:at], *days[at + 1 :]]


_SENTENCE = re.compile(r"[;；。]|\.\s")

_NEXT = re.compile(r"[,;](?!\d)|[，；。、)）]|\.\s")

LONGEST_DUE = 24
"""Letters behind a word for due in which its day stands."""
