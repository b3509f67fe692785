"""What the columns of a table hold, whatever their heads say: days, words, names, states.

Factories head their registers with words of their own. That a column holds days, that another tells something in every row
and a third only who, stands in its cells.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.case_heads import head_of, is_day
from evidence.facts.days import is_short_day, short_day
from evidence.facts.grids import Grid
from evidence.facts.people import lexicon as people
from evidence.facts.row_numbers import are_numbers_of_year
from evidence.facts.sources import Source
from evidence.facts.text import KEPT_TEXTS, fold, is_nameless, late, phrases, spellings, words

LEAST_TOLD = 8
"""Mean letters of a cell that tells something; half of it where words are not parted by blanks and a sign says more."""

LONGEST_NAME = 3
"""Words of a cell that says who: a name, with its title."""

MOST = 0.6
"""Share of the filled cells of a column that make it a column of days."""


@dataclass(frozen=True)
class Column:
    """One column: how many of its cells are filled, and what they hold."""

    index: int
    head: str
    filled: int
    days: bool
    letters: float
    spaced: bool
    distinct: int
    numbers: bool
    short: bool
    states: int

    @property
    def told(self) -> bool:
        """Whether its cells tell something."""
        least = LEAST_TOLD if self.spaced else LEAST_TOLD // 2
        return not self.days and not self.numbers and self.letters >= least and self.filled >= 2

    @property
    def names(self) -> bool:
        """Whether its cells can be names of people."""
        return self.filled >= 2 and not self.days and not self.numbers and self.short


def columns_of(source: Source, grid: Grid) -> list[Column]:
    """The columns of a table."""
    return [_column(source, grid, index) for index in range(len(grid.heads))]


def _column(source: Source, grid: Grid, index: int) -> Column:
    cells = [cell for cell in grid.column(index) if cell.text.strip()]
    texts = [cell.text.strip() for cell in cells]
    often = Counter(texts)  # each text is looked at once: long columns repeat themselves
    dated = {text for text in often if is_day(source, text) or is_short_day(source, text)}
    days = sum(cell.kind == "date" or text in dated for cell, text in zip(cells, texts, strict=True))
    letters = {text: sum(char.isalpha() for char in text) for text in often}
    return Column(
        index=index,
        head=grid.heads[index],
        filled=len(texts),
        days=bool(texts)
        and days >= MOST * len(texts)
        and not _of_clauses(grid.heads[index], often)
        and not are_numbers_of_year(texts),
        letters=sum(letters[text] * count for text, count in often.items()) / max(1, len(texts)),
        spaced=any(" " in text for text in often) and not any(_DENSE.search(text) for text in often),
        distinct=len(often),
        numbers=bool(texts) and sum(count for text, count in often.items() if not letters[text]) * 2 > len(texts),
        short=bool(texts)
        and all(
            len(text.split()) <= LONGEST_NAME and len(text) <= 24 and not any(char.isdigit() for char in text)
            for text in often
        ),
        states=sum(count for text, count in often.items() if state_of(text) is not None),
    )


def _of_clauses(head: str, texts: Collection[str]) -> bool:
    """Whether a column holds chapters of a standard, ``7.2`` and ``7.1.5``, which read as days without their year as well: its head says so,
    or one of them has a third figure.
    """
    clauses = [text for text in texts if _CLAUSE.fullmatch(text)]
    deep = any(text.count(".") > 1 for text in clauses)
    return len(clauses) == len(texts) and (deep or phrases("columns", "clauses").search(fold(head)) is not None)


_CLAUSE = re.compile(r"(?:[4-9]|10)(?:\.\d){1,3}")

_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7a3]")
"""Scripts in which few signs say much: Thai, Chinese, Japanese, Korean."""

_DIGIT_DAY = re.compile(r"\d{1,2}\s?[/.\-月월]\s?\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\.? (?:[^\W\d_]{3,9})")
_NUMBERED_DAY = re.compile(r"(?<![\d/.-])\d{1,2}[/.\-月월]\d{1,2}(?!\d)")
_SHARE = re.compile(r"(\d{1,3}) ?%")


@lru_cache(KEPT_TEXTS)
def state_of(text: str) -> str | None:
    """``open`` or ``done``, by what a cell says of a task; None where it says neither.

    A day is the day on which it was done, unless words beside it say that it is not. Where a cell tells of several days, what
    stands at the last of them holds: ``25/05 not done; 05/06 looked at again, closed``.
    """
    folded = _states("none_open").sub(" ", _without_asides(fold(text).strip())).strip()
    if not is_nameless(folded):
        folded = _states("in_use").sub(" ", folded).strip()
    if dropped := _states("dropped").search(folded):
        rest = folded[: dropped.start()] + " " + folded[dropped.end() :]
        if not _states("open", "unfinished").search(rest):
            return "done"
    days = list(_NUMBERED_DAY.finditer(folded))
    latest = folded[days[-1].start() :] if len(days) > 1 else ""
    bare = is_nameless(folded)
    if _states("alone").fullmatch(folded.strip(" .!")):
        return "open"
    if not bare and _states("open", "unfinished", "closed", "finished").search(latest):
        folded = latest
    if (not bare and _states("open", "unfinished").search(folded)) or re.match(r"[ow]\b", folded):
        return "open"
    if share := _SHARE.fullmatch(folded):
        return "done" if share[1] == "100" else "open"
    if (not bare and _states("closed", "finished").search(folded)) or re.match(r"c\b", folded):
        return "done"
    if _UNDER_WAY.search(folded):
        return "open"
    return "done" if _DIGIT_DAY.search(folded) else None


_UNDER_WAY = late(
    r"(?<=[\u3400-\u9fff])(?<![其集空当當手途命折])中(?=\s|$|[,.;:)(，。；、）（])"
    r"|(?<=[가-힣 ])(?<![집공도하비체이수])중(?=\s(?![가-힣])|$|[,.;:)(]|임|이며|이다|입니다)(?!에)"
)
"""Chinese, Japanese and Korean say that a thing is under way by one sign behind what is done: ``报价中``, ``견적 중``."""


def _without_asides(folded: str) -> str:
    """What a cell says of a task without the clauses that say of what is done that it did not come again or that nothing is open:
    ``closed 12 June, not repeated``.
    """
    clauses = _CLAUSES.split(folded) if not is_nameless(folded) else []
    is_open, is_closed = _states("open", "unfinished").search, _states("closed", "finished").search
    if not any(is_closed(clause) and not is_open(clause) for clause in clauses):
        return folded
    return ", ".join(clause for clause in clauses if not (is_open(clause) and _states("beside").search(clause)))


_CLAUSES = re.compile(r"[,;.](?!\d)|(?<!\d)[,;]|[，；。、()|]|\s-\s")


@cache
def _states(*names: str) -> re.Pattern[str]:
    return words(tuple(word for name in names for word in table("cases")["status_words"][name]))


def tells_done(folded: str) -> bool:
    """Whether a folded text says of something that it is done."""
    return _states("closed", "finished").search(folded) is not None


def tells_open(folded: str) -> bool:
    """Whether a folded text says of something that it is not done."""
    return _states("open", "unfinished").search(folded) is not None


def _day_in(source: Source, text: str) -> str | None:
    """The first day that words name, with its year or without."""
    days = [found.value for found in source.dates(text) if found.precision == "day"]
    return days[0] if days else short_day(source, text)


def put_off_to(source: Source, text: str) -> str | None:
    """The day to which a state says that a task was put off: ``postponed to 12/10/2026, spindle not delivered``."""
    match = _put_offs().search(fold(text))
    return _day_in(source, text[match.end() :]) if match else None


@cache
def _put_offs() -> re.Pattern[str]:
    return words(tuple(table("cases")["fields"]["replanned"]))


def is_goods(grid: Grid) -> bool:
    """Whether a table lists goods, orders or gauges: their days are promised or owed to somebody, and no task is behind them."""
    heads = [fold(head) for head in grid.heads if head]
    return any(phrases("columns", "goods").search(head) for head in heads)


def register_fields(source: Source, grid: Grid) -> list[str | None] | None:
    """The parts of a case for the columns of a register of problems whose heads are not all known; None where it is none.

    The first day is that on which a case came up, the last behind what was done that on which it was closed; what is told in
    between runs from the problem over its cause to the action and what became of it.
    """
    columns = columns_of(source, grid)
    named = [head_of(head) if head else None for head in grid.heads]
    told = [
        column.index
        for column in columns
        if column.told
        and not is_partner(column.head)
        and named[column.index] != "replanned"
        and people().label(column.head) not in ("auditor", "auditee")
    ]
    days = [column.index for column in columns if column.days and named[column.index] != "replanned"]
    if len(told) < 2 or not days or is_goods(grid):
        return None
    fields: list[str | None] = [
        name if index in (*told, *days) or name in _ASIDE else None for index, name in enumerate(named)
    ]
    _name_told(fields, columns, told)
    first = days[0]
    if fields[first] is None and is_of_task(fields, first):
        fields[first] = "due"
    elif fields[first] in (None, "due") and "opened" not in fields and first < max(told):
        fields[first] = "opened"
    elif fields[first] is None and "due" not in fields and len(days) > 1 and first > _place(fields, "action", told):
        fields[first] = behind_action(columns[first].head)
    last = days[-1]
    if last != first and fields[last] is None and "closed" not in fields and last > _place(fields, "action", told):
        fields[last] = "closed"
    return with_due(columns, fields)


def with_opened(columns: Sequence[Column], fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with a column that is headed as the problem and holds days alone, beside one that tells it, as the day on
    which it came up: ``Complaint received``, ``Defect seen``.
    """
    days = [column.index for column in columns if column.days and fields[column.index] == "problem"]
    if "opened" in fields or len(days) != 1 or fields.count("problem") < 2:
        return fields
    return ["opened" if at == days[0] else name for at, name in enumerate(fields)]


def with_due(columns: Sequence[Column], fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with a column of days between what is to be done and the closing as the day until when."""
    if "due" in fields or not {"action", "closed"} <= set(fields):
        return fields
    between = range(fields.index("action") + 1, fields.index("closed"))
    for at in between:
        if fields[at] is None and columns[at].days:
            fields = [*fields[:at], behind_action(columns[at].head), *fields[at + 1 :]]
            if fields[at] == "due":
                break
    return fields


def behind_action(head: str) -> str | None:
    """What a column of days behind what is to be done holds: those until when, unless its head says that it was done on them or that
    somebody agreed: ``Implemented on``, ``Approved on``.
    """
    folded = fold(head)
    if phrases("corrective_flags", "acted").search(folded) or phrases("columns", "applied").search(folded):
        return "action_date"
    return None if phrases("columns", "agreed").search(folded) else "due"


def is_of_task(fields: Sequence[str | None], index: int) -> bool:
    """Whether a column stands between what somebody does and how far it is: its days are those until when, and not when it came up."""
    return "action" in fields[:index] and "status" in fields[index:] and not {"due", "closed"} & set(fields)


_ASIDE = ("reference", "owner", "status", "due", "replanned")


def _place(fields: Sequence[str | None], name: str, told: Sequence[int]) -> int:
    return fields.index(name) if name in fields else told[-1]


def _name_told(fields: list[str | None], columns: Sequence[Column], told: Sequence[int]) -> None:
    """Name the columns that tell something and have no known head, by the known ones around them."""
    unknown = [index for index in told if fields[index] is None]
    order = ("problem", "root_cause", "action", "effectiveness")
    known = {fields[index] for index in told if fields[index]}
    if not known & {"problem", "root_cause", "action"}:
        wanted = {2: ("problem", "action"), 3: order[:3]}.get(len(unknown), order)
        if len(unknown) > len(order):  # customer, product and the like come first and say least
            unknown = sorted(sorted(unknown, key=lambda index: -columns[index].letters)[: len(order)])
        for index, name in zip(unknown, wanted, strict=False):
            fields[index] = name
        return
    for name in order:
        if name in fields:
            continue
        before = [fields.index(other) for other in order[: order.index(name)] if other in fields]
        behind = [fields.index(other) for other in order[order.index(name) + 1 :] if other in fields]
        between = [
            index
            for index in unknown
            if fields[index] is None and index > max(before, default=-1) and index < min(behind, default=len(fields))
        ]
        if name == "effectiveness" and not before:
            continue
        if name == "root_cause" and not (before and behind):
            continue
        if between:
            best = max(between, key=lambda index: (columns[index].letters, -index)) if name == "problem" else between[0]
            fields[best] = name


def is_rated(head: str) -> bool:
    """Whether a head names how grave a thing is or how much it matters: what stands below is not how far it is."""
    return bool(head) and phrases("columns", "rated").search(fold(head)) is not None


def is_partner(head: str) -> bool:
    """Whether a head names whose complaint it is or what it is about."""
    return bool(head) and phrases("columns", "partner").search(fold(head)) is not None


def _has_been(head: str) -> bool:
    """Whether a head stands over days on which something was held or was last done: none of them is a day until when."""
    folded = fold(head).strip(" .:")
    return phrases("columns", "been").search(folded) is not None or folded in _held_on()


@cache
def _held_on() -> frozenset[str]:
    held = table("words")["audits_flags"]
    return spellings([*held["audit_day"], *held["meeting_day"]])


def task_fields(source: Source, grid: Grid) -> list[str | None] | None:
    """The parts of a task for the columns of a list of things to do whose heads are not all known; None where it is none:
    what, who or how far, and one day until when.
    """
    columns = columns_of(source, grid)
    named = [head_of(head) if head else None for head in grid.heads]
    again = named.index("replanned") if "replanned" in named else None
    days = [column.index for column in columns if column.days and column.index != again]
    if len(days) not in (1, 2) or is_goods(grid) or {"opened", "root_cause"} & set(named):
        return None
    due = next((index for index in days if named[index] == "due"), days[0])
    told = [column.index for column in columns if column.told and column.index not in (due, again)]
    behind = [
        column
        for column in columns
        if column.index > due and column.index != again and not (column.days or is_rated(column.head)) and column.filled
    ]
    state = next((column.index for column in behind if column.states * 3 >= column.filled), None)
    if state is None and len(days) == 1 and len(behind) == 1 and behind[0].told:
        state = behind[0].index
    tasks = [index for index in told if index != state and index < due and named[index] != "owner"]
    task = max(tasks, key=lambda i: (named[i] == "action", named[i] != "problem", columns[i].letters), default=None)
    who = next(
        (column.index for column in columns if column.names and column.index not in (state, due, task, again)), None
    )
    known = named[due] == "due"
    if not known and any(people().label(head) == "auditor" for head in grid.heads if head):
        return None  # the day on which each area was audited, and by whom
    if not known and _has_been(grid.heads[due]):
        return None
    if task is None or not (known or (who is not None and state is not None and columns[state].states >= 1)):
        return None
    if not known and named[due] not in (None, "closed"):
        return None
    if named[due] == "closed" and columns[due].filled == len(grid.rows):
        return None
    fields: list[str | None] = [None] * len(columns)
    fields[task], fields[due] = "action", "due"
    if state is not None:
        fields[state] = "status"
    if who is not None:
        fields[who] = "owner"
    if len(days) == 2:
        other = next(index for index in days if index != due)
        if other > due:
            fields[other] = "closed"
    if again is not None:
        fields[again] = "replanned"
    return fields
