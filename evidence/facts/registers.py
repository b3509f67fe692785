"""Registers of problems and lists of tasks: one case a row, whatever the factory calls the columns."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from evidence.data import table
from evidence.facts.case_heads import DATES, DAY_IN_HEAD, TOLD, Case, both_of, head_of, is_day, is_dense, written
from evidence.facts.columns import (
    behind_action,
    columns_of,
    is_of_task,
    is_partner,
    is_rated,
    put_off_to,
    register_fields,
    state_of,
    task_fields,
    with_due,
    with_opened,
)
from evidence.facts.days import end_of_period, is_entry, is_short_day, leading_day, short_day
from evidence.facts.grids import Grid, GridCell, upright
from evidence.facts.register_cells import (
    by_cells,
    closed_in,
    closed_on,
    done_in,
    due_in,
    ended_at_once,
    piece_columns,
    plans_look,
    tells_steps,
    told_as,
    with_answer,
    with_loose,
    without_source,
)
from evidence.facts.register_days import (
    arose_in,
    done_at_end,
    ended_after,
    is_of_other_year,
    last_day,
    seen_after,
    turned_year,
)
from evidence.facts.register_pairs import put_both, without_method
from evidence.facts.row_numbers import are_numbers_of_year
from evidence.facts.sources import Source, cell_fact
from evidence.facts.text import fold, has, phrases, words
from evidence.facts.unread_columns import figures_beside, unread_columns
from evidence.model import Fact

LEAST_TASK = 8
"""Mean letters of a column that tells tasks: shorter cells are codes, names or states."""


def _lists_tasks(names: Set[str]) -> bool:
    """Whether columns say who does something until when and how far it is: then it is tasks that the rows list."""
    return {"due", "owner"} <= names and bool(names & {"status", "closed"})


LEAST_COLUMNS = 3
"""Columns of a list of tasks: what, until when, how far."""


def heads_register(heads: Sequence[str]) -> bool:
    """Whether a row of heads belongs to a register of problems or a list of tasks."""
    if any(DAY_IN_HEAD.search(head) and head_of(DAY_IN_HEAD.sub(" ", head)) != "status" for head in heads):
        return False  # a row of the register whose words would do for heads
    names = {name for head in heads if head and len(head) <= 60 and (name := head_of(DAY_IN_HEAD.sub(" ", head)))}
    told = len(names) >= 3 and (bool(names & TOLD) or _lists_tasks(names))
    return (told or ("due" in names and sum(map(bool, heads)) >= LEAST_COLUMNS)) and not any(map(is_entry, heads))


def turned(grid: Grid) -> Grid | None:
    """A list of tasks whose heads stand below each other in the first column, turned upright; None for any other table."""
    texts = [grid.heads, *([cell.text for cell in row] for row in grid.rows)]
    if len(texts) > MOST_PARTS or len(grid.heads) < LEAST_COLUMNS or heads_register(grid.heads):
        return None
    beside = [row[0] for row in texts]
    named = [head_of(head) if head else None for head in beside]
    tasks = "due" in named and bool({"status", "closed"} & set(named))
    if not (tasks or _lie_cases(texts, named)) or not heads_register(beside):
        return None
    return upright(grid)


def _lie_cases(texts: Sequence[Sequence[str]], named: Sequence[str | None]) -> bool:
    """Whether problems stand beside each other, each in a column of its own, their parts below each other: no form, in which heads stand
    further on in a line too, and no single case.
    """
    if not {"problem", "root_cause", "action"} <= set(named) or not {"opened", "closed"} & set(named):
        return False
    further = [text for row in texts for text in row[1:] if text]
    filled = [row for row, name in zip(texts, named, strict=True) if name and sum(map(bool, row[1:])) > 1]
    return len(filled) >= LEAST_COLUMNS and sum(head_of(text) is not None for text in further) * 4 < len(further)


MOST_PARTS = 12
"""Rows of a list that lies on its side: the parts of a task, and not tasks."""


def of_register(source: Source, grid: Grid) -> Iterator[Fact]:
    """The cases and tasks of one table."""
    named = [head_of(DAY_IN_HEAD.sub(" ", head)) if head else None for head in grid.heads]  # ``Status on 02.11.2026``
    named = with_loose(grid, named)
    named = by_cells(source, grid, _with_status(grid, without_method(grid, without_source(grid, named))))
    fields = _with_closing(source, grid, _with_told(grid, _with_opening(source, grid, named)))
    fields = with_answer(source, grid, with_due(columns_of(source, grid), fields))
    if not _is_whole(fields):
        fields = with_answer(source, grid, _with_closing(source, grid, _by_columns(source, grid) or fields))
    yield from of_fields(source, grid, fields)


def _is_whole(fields: Sequence[str | None]) -> bool:
    """Whether known heads alone tell what the rows are: tasks with their days and states, or problems with what was done."""
    names = {name for name in fields if name}
    tasks = {"action", "due"} <= names and bool(names & {"status", "closed"})
    return tasks or ({"problem", "action"} <= names and bool(names & {"opened", "closed", "due", "status"}))


def is_of_cases(source: Source, grid: Grid) -> bool:
    """Whether the paper around a table speaks of corrective action, by what the model says of its words or by its own title."""
    passages = {cell.passage.id: cell.passage for row in grid.rows for cell in row if cell.passage is not None}
    about = [passage.criteria.get("corrective_action", 0.0) for passage in passages.values()]
    return (
        max(about, default=0.0) >= ABOUT
        or phrases("titles", "corrective_action").search(fold(grid.context)) is not None
    )


ABOUT = 0.5
"""From here a passage is about a criterion."""


def of_columns(source: Source, grid: Grid) -> Iterator[Fact]:
    """The cases or tasks of a table none of whose rows heads a register by its words."""
    if fields := _by_columns(source, grid):
        yield from of_fields(source, grid, fields)


def _by_columns(source: Source, grid: Grid) -> list[str | None] | None:
    return task_fields(source, grid) or (register_fields(source, grid) if is_of_cases(source, grid) else None)


def of_fields(source: Source, grid: Grid, fields: list[str | None]) -> Iterator[Fact]:
    """One case or task a row, by the part of a case that each column holds."""
    pairs = {index: pair for index, head in enumerate(grid.heads) if head and (pair := both_of(head))}
    fields = ["closed" if pairs.get(at, ("",))[0] == "closed" else name for at, name in enumerate(fields)]
    fields = with_opened(columns_of(source, grid), fields)
    names = {name for name in (*fields, *(name for pair in pairs.values() for name in pair)) if name}
    narrated = names & TOLD
    ended = names & {"closed", "status", "due", "owner", "effectiveness"}
    analysed = {"problem", "action"} <= names and bool(names & {"root_cause", "verification", "opened"})
    if not narrated or not (ended or analysed) or len(names) < 3 or len(grid.rows) < 1:
        return
    problem = (
        bool(names & {"root_cause"})
        or ("problem" in names and "action" in names)
        or ("problem" in names and bool(names & {"closed", "status"}) and not names & {"due", "owner"})
    )
    if (not problem and not names & {"action", "problem"}) or tells_steps(grid):
        return
    above: dict[int, str] = {}
    pieces = piece_columns(grid, fields)
    unread = [at for at in unread_columns(source, grid, fields) if at not in (*pieces, *pairs)]
    ending = [at for at, name in enumerate(fields) if name in ("status", "closed", "closure", "owner")]
    for row in grid.rows:
        case, told_due = Case(labels=sorted(names)), ""
        row = _as_above(row, above)
        for index, (name, cell) in enumerate(zip(fields, row, strict=True)):
            if index in pairs and cell.text:
                if put_both(source, case, pairs[index], cell.text, "closed" in fields):
                    continue
                if pairs[index] == CAUSE_AND_ACTION:
                    case.parts["both"] = ["yes"]  # told in one breath: neither part is empty
            if name is None or not cell.text:
                continue
            if name == "effectiveness" and plans_look(source, grid.heads[index], cell.text):
                name = "look_due"
            if name in ROW_DATES:
                name = told_as(source, name, cell.text)
                moved = name in _UNTIL
                day = done_in(source, cell.text) if name == "closed" else None
                day = (
                    day
                    or (end_of_period(source, cell.text) if moved else None)
                    or (last_day(source, cell) if moved else source.day(cell))
                    or (short_day(source, cell.text) if name in _UNTIL or is_short_day(source, cell.text) else None)
                    or (leading_day(source, cell.text) if name == "closed" else None)
                )
                if day and not (
                    name == "closed" and _speaks_of_open(cell.text) and not cell.text[:2].strip().isdigit()
                ):
                    case.dates.setdefault(name, day)
                if name == "closed" and state_of(cell.text) == "open":
                    # ``pending`` tells nothing of a cause, and all of an end
                    case.parts.setdefault("closed_text", [cell.text])
                case.add(f"{name}_text", cell.text)
                if name == "closed" and (seen := seen_after(source, cell.text)):
                    case.add("verification", seen)
            else:
                if name == "action" and is_day(source, cell.text) and (done := source.day(cell)):
                    case.dates["action_date"] = done
                elif name == "action" and (until := due_in(source, cell.text)):
                    told_due = until
                elif name == "action" and (done := done_at_end(source, cell.text)):
                    case.dates.setdefault("action_date", done)
                if name == "status" and state_of(cell.text):  # done says nothing of a cause, and all of a state
                    case.parts.setdefault(name, []).append(cell.text)
                else:
                    case.add(name, cell.text)
                if name == "status" and (later := put_off_to(source, cell.text)):
                    case.dates.setdefault("replanned", later)
                if name in ("status", "closure") and (day := closed_on(source, name, cell)):
                    case.dates.setdefault("closed", day)
                elif name in ("status", "closure") and ended_at_once(cell.text) and "opened" in case.dates:
                    case.dates.setdefault("closed", case.dates["opened"])
        if not {"closed", "status", "due"} & names:  # what stands in no column of its own may end another
            for text in (text for name in ENDS for text in case.parts.get(name, ())):
                if day := closed_in(source, text):
                    case.dates.setdefault("closed", day)
        if not {"closed", "due"} & names and (ended_day := ended_after(grid, row, case.dates.get("opened"))):
            case.dates.setdefault("closed", ended_day)
        if told_due and told_due >= case.dates.get("opened", ""):  # what was due before it was found is what was wrong
            case.dates.setdefault("due", told_due)
        if later := case.dates.pop("replanned", None):
            case.dates["due"] = later  # put off, openly: the day that was promised first is past and agreed
        if "action_date" in case.dates and turned_year(case.dates, "action_date"):
            del case.dates["action_date"]
        if "opened" not in names and (arose := arose_in(source, " ".join(case.parts.get("problem", ())))):
            case.dates["arose"] = arose
        if "closed" in case.dates and is_of_other_year(source, case.dates, row, fields):
            del case.dates["closed"]
        if piece := " ".join(row[at].text for at in pieces if row[at].text):
            case.parts["piece"] = [piece]
        if unknown := [row[at].text for at in unread if row[at].text]:
            case.parts["unread"] = unknown
        if counted := [row[at].text for at in ending if figures_beside(source, row[at].text)]:
            case.parts["counted"] = counted
        told = [name for name in case.parts if name in TOLD]
        anchor = _anchor(row, fields)
        if not told or anchor is None or all(_says_little(part) for name in told for part in case.parts[name]):
            continue
        yield cell_fact("case" if problem else "action", "row", written(case), anchor)


def _says_little(part: str) -> bool:
    """Whether a cell is too short to tell anything; two signs of Chinese or Korean are a word."""
    return len(part) < (LEAST_WORD // 2 if is_dense(part[:2]) else LEAST_WORD)


LEAST_WORD = 4
"""Letters of a word that tells what happened or was done."""


def _as_above(row: Sequence[GridCell], above: dict[int, str]) -> tuple[GridCell, ...]:
    """A row with what the row above says in place of a word for the same again: ``ditto``; ``above`` is kept by column."""
    told = []
    for index, cell in enumerate(row):
        if _DITTO.fullmatch(fold(cell.text).strip(" .")) and above.get(index):
            cell = replace(cell, text=above[index])
        elif cell.text.strip():
            above[index] = cell.text
        told.append(cell)
    return tuple(told)


_DITTO = words(tuple(table("cases")["status_words"]["ditto"]))


_UNTIL = ("due", "replanned")
CAUSE_AND_ACTION = ("root_cause", "action")
"""The parts of a head for both: ``Cause / action``."""

ENDS = ("effectiveness", "verification", "closure")
"""Parts of a row that may end in the day on which the case was closed."""

ROW_DATES = (*DATES, "action_date")
"""Columns of days in a register: beside those of a form the day on which the action was done."""


def _is_day(source: Source, text: str) -> bool:
    """Whether a cell is a day, with its year or without."""
    return is_day(source, text) or is_short_day(source, text)


def _with_opening(source: Source, grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with its first column of days as the day a case came up where no head says which one it is."""
    if "opened" in fields:
        return _with_until(grid, fields)
    for index, name in enumerate(fields):
        cells = [cell for cell in grid.column(index) if cell.text]
        days = sum(source.day(cell) is not None or is_short_day(source, cell.text) for cell in cells if name is None)
        if days * 2 > len(cells) and not are_numbers_of_year([cell.text.strip() for cell in cells]):
            named = behind_action(grid.heads[index]) if is_of_task(fields, index) else "opened"
            return [*fields[:index], named, *fields[index + 1 :]]
        if name in DATES:
            return fields  # a day of another meaning comes first
    return fields


def _with_until(grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a list of tasks, with the column headed as a day and nothing more, between what is to be done and how far it is, as
    the day until when: ``Decision | Responsible | Date | Status``.
    """
    at = fields.index("opened")
    bare = phrases("case_forms", "day").fullmatch(fold(grid.heads[at]).strip(" .:")) is not None
    behind_owner = "owner" in fields[:at] and len({cell.text for cell in grid.column(at) if cell.text}) > 1
    if not (bare and behind_owner) or {"problem", "root_cause"} & set(fields) or not is_of_task(fields, at):
        return fields
    return [*fields[:at], "due", *fields[at + 1 :]]


def _with_status(grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a list with due days, with the column whose cells say done or open as its status."""
    if "due" not in fields or {"status", "closed"} & set(fields):
        return fields
    says = [words(tuple(table("cases")["status_words"][name])) for name in ("open", "closed")]
    for index, name in enumerate(fields):
        cells = [fold(cell.text) for cell in grid.column(index) if cell.text]
        state = sum(any(pattern.search(cell) for pattern in says) for cell in cells)
        if is_rated(grid.heads[index]):
            continue
        if name in (None, "verification", "effectiveness") and len(cells) >= 2 and state * 3 >= len(cells) * 2:
            return [*fields[:index], "status", *fields[index + 1 :]]
    return _with_states(grid, fields)


def _with_states(grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a list with due days, with the column behind them whose cells say how far the tasks are, at least one done and one
    not: what it is headed (``Position``, ``Now``) is the factory's affair.
    """
    for index in range(fields.index("due") + 1, len(fields)):
        if is_rated(grid.heads[index]):
            continue
        states = [state_of(cell.text) for cell in grid.column(index) if cell.text.strip()]
        told = [state for state in states if state]
        if fields[index] is None and {"done", "open"} <= set(told) and len(told) * 3 >= len(states) * 2:
            return [*fields[:index], "status", *fields[index + 1 :]]
    return fields


def _with_closing(source: Source, grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with its closing, or a last column of days behind the action under no known head, as the closing day."""
    if {"closed", "due"} & set(fields):
        return fields
    behind = fields.index("action") if "action" in fields else len(fields)
    for index in range(len(fields) - 1, -1, -1):
        cells = [cell for cell in grid.column(index) if cell.text]
        if (
            (fields[index] == "closure" or (fields[index] is None and index > behind))
            and cells
            and sum(_is_day(source, cell.text) for cell in cells) * 2 > len(cells)
        ):
            return [*fields[:index], "closed", *fields[index + 1 :]]
    return fields


def _with_told(grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with the wordiest column without a known head as the task of a list of tasks, or as the problem
    whose cause and action are told beside it: what a factory calls that column is its own affair.
    """
    names = {name for name in fields if name}
    wanted = "action" if _lists_tasks(names) and not names & TOLD else None
    if {"root_cause", "action"} <= names and "problem" not in names:
        wanted = "problem"
    if wanted is None:
        return fields
    letters = {
        index: sum(char.isalpha() for cell in grid.column(index) for char in cell.text) / max(1, len(grid.rows))
        for index, name in enumerate(fields)
        if name is None and (wanted == "action" or index < fields.index("root_cause"))
        if wanted == "action" or not is_partner(grid.heads[index])  # whose complaint it is says nothing of it
    }
    at = max(letters, key=lambda index: letters[index], default=None)
    least = LEAST_TASK if at is None or _is_spaced(grid, at) else LEAST_TASK // 2
    if at is None or letters[at] < least:
        return fields
    return [*fields[:at], wanted, *fields[at + 1 :]]


def _is_spaced(grid: Grid, index: int) -> bool:
    """Whether the words of a column are parted by blanks: in scripts without them a sign says more than a letter."""
    return any(" " in cell.text.strip() for cell in grid.column(index))


def _speaks_of_open(text: str) -> bool:
    """Whether a cell for the closing day says that it is still open, as in ``not yet, reminded 03/09``."""
    return has(text, tuple(table("cases")["status_words"]["open"]))


def _anchor(row: Sequence[GridCell], fields: Sequence[str | None]) -> GridCell | None:
    placed = [(name, cell) for name, cell in zip(fields, row, strict=True) if cell.passage is not None and cell.text]
    for wanted in ("problem", "action", "root_cause"):
        for name, cell in placed:
            if name == wanted:
                return cell
    return placed[0][1] if placed else None
