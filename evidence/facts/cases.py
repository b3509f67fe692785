"""Problems and actions: one case a problem report (8D, NCR, CAPA form), one a row of a register; actions of minutes
likewise.

Fact: kind ``case`` (a problem with what was done) or ``action`` (a task of minutes or a plan), role ``form`` or
``row``, value a compact JSON object:
the parts of ``cases.toml`` that are filled (``problem``, ``root_cause``, ``action``, ``effectiveness`` ..., at most
240 characters each), dates
``opened``, ``due``, ``closed`` in normal form, and ``labels``, the parts the form or register has a place for, filled
or not.
"""

import json
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from evidence.data import table
from evidence.facts.grids import Grid, GridCell
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import Lexicon, Span, cells, fold, has, lines, phrases, words
from evidence.model import Fact, Passage

MAX_VALUE = 240
"""Characters kept of one part of a case: enough to judge a cause by, short enough for a thousand rows."""

MAX_CASES = 600
"""Rows kept of one document's registers."""

DATES = ("opened", "due", "closed")
NARRATIVE = (
    "problem",
    "containment",
    "root_cause",
    "outflow",
    "action",
    "preventive",
    "effectiveness",
    "verification",
    "closure",
)
_DISCIPLINE = re.compile(r"^\s*d\s?-?([1-8])(?:\s?[/,&-]\s?d?\s?[1-8])?(?![a-z0-9])[\s.:)\-]*")
_DISCIPLINE_AFTER = re.compile(r"[(\[]\s?d([1-8])(?:\s?[/,&-]\s?d?[1-8])?\s?[)\]]\s*$")
_NUMBERING = re.compile(r"^\s*(?:\(?(?:[a-hA-H]|\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4})[.)/]\s*|step\s\d\s?[:.-]?\s*)")
_BLANKS = re.compile(r"[._\u2026]{3,}|\[\s?\]|\(\s*\)|☐|□|_{2,}")
_SIGN_OFF = re.compile(
    r"(?:prepared|checked|approved|reviewed|signature|signed|qa manager|distribution|người lập|phê duyệt|dibuat|"
    r"disetujui|diperiksa|ผู้จัดทำ|ผู้อนุมัติ|制表|编制|批准|审批|작성|승인|hazirlayan|onaylayan)(?![a-z])"
)
_EMPTY_BOX = re.compile(r"\[\s?\]|☐|□")
_TICKED = re.compile(r"\[[xXvV✓]\]|☑|☒|✓|✔|■")
_TITLE_WORD = phrases("case_forms", "title")
_REMARK = re.compile(r"\([^)]{0,120}\)")


@cache
def lexicon() -> Lexicon:
    """The heads of the parts of a case."""
    return Lexicon(table("cases")["fields"])


@dataclass(frozen=True)
class Unnamed:
    """A filled field of a form under a head that nobody has listed, and the parts that were named before it."""

    text: str
    passage: Passage
    cell: Span
    after: tuple[str, ...]


@dataclass
class _Case:
    parts: dict[str, list[str]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    place: tuple[Passage, int, int] | None = None
    unnamed: list["Unnamed"] = field(default_factory=list)

    def see(self, name: str) -> None:
        if name not in self.labels:
            self.labels.append(name)

    def add(self, name: str, text: str) -> None:
        if meaning(text):
            self.parts.setdefault(name, []).append(text)


def meaning(text: str) -> str:
    """What is left of a field without lines to fill in, empty boxes, remarks in brackets and words for nothing;

    empty where nothing is.
    """
    if _EMPTY_BOX.search(text) and not _TICKED.search(text):
        return ""  # a choice that nobody made
    left = _BLANKS.sub(" ", text)
    left = _REMARK.sub(" ", left) if len(left) > 2 else left
    left = " ".join(left.split()).strip(" :|-/.,*")
    if not any(char.isalnum() for char in left):
        return ""
    return "" if fold(left) in _nothing() else left


@cache
def _nothing() -> frozenset[str]:
    return frozenset(fold(word) for word in table("cases")["blame"]["empty"])


def find_cases(source: Source) -> Iterator[Fact]:
    """The cases of registers and of forms."""
    count = 0
    for whole in source.grids:
        for grid in whole.tables(_heads_register):
            for item in _of_register(source, grid):
                count += 1
                if count > MAX_CASES:
                    return
                yield item
    yield from _of_forms(source)


def field_of(label: str) -> str | None:
    """Which part of a case a label names."""
    if suffix := _DISCIPLINE_AFTER.search(fold(label)):
        text = label[: suffix.start()]
        return (lexicon().label(text) if lexicon().label(text) in NARRATIVE else _loose(text)) or str(
            table("cases")["eight_d"].get(f"d{suffix[1]}", "team")
        )
    text = _NUMBERING.sub("", _REMARK.sub(" ", label) if len(_REMARK.sub("", label).strip()) > 3 else label).strip()
    discipline = _DISCIPLINE.match(fold(text))
    if discipline:
        rest = text[discipline.end() :]
        named = lexicon().label(rest) if rest else None
        if named is None and has(rest, tuple(table("cases")["results"]["words"])):
            return "effectiveness"
        fallback = str(table("cases")["eight_d"].get(f"d{discipline[1]}", "team"))
        return named if named in NARRATIVE else _loose(rest) or fallback
    named = lexicon().label(text)
    return _OF_A_DAY[named] if named in _OF_A_DAY and phrases("case_forms", "day").search(fold(text)) else named


LONGEST_QUESTION = 40
"""Letters of a head that asks; a longer one is a sentence with a question word in it."""


def head_of(label: str) -> str | None:
    """Which part of a case the head of a column or of a filled field names or asks for: ``Why did it happen``, ``Kim``.

    What asks is known where naming fails; a word for the root wins over one for the problem whose root it is.
    """
    named = field_of(label)
    if named not in (None, "problem") or len(label) > LONGEST_QUESTION:
        return named
    folded = fold(label)
    for name in _ASKED:
        if words(tuple(table("cases")["asked"][name])).search(folded):
            return name if named is None or name == "root_cause" else named
    return named


_ASKED = ("root_cause", "problem", "action", "effectiveness", "due", "owner", "status")
"""The parts that heads ask for, in the order in which they are tried."""

_OF_A_DAY = {"problem": "opened", "closure": "closed"}
"""What a head is that names a part of a case together with a word for a day: ``Claim date``."""


def _loose(text: str) -> str | None:
    near = lexicon().pattern.search(fold(text[:60]))
    role = lexicon().role.get(re.sub(r"[\s_-]+", "", near[0])) if near else None
    return role if role in NARRATIVE else None


# Registers

TOLD = frozenset({"problem", "root_cause", "action", "preventive", "containment"})
"""Parts that tell in words what happened or what is to be done."""

LEAST_TASK = 8
"""Mean letters of a column that tells tasks: shorter cells are codes, names or states."""


def _lists_tasks(names: Set[str]) -> bool:
    """Whether columns say who does something until when and how far it is: then it is tasks that the rows list."""
    return {"due", "owner"} <= names and bool(names & {"status", "closed"})


def _heads_register(heads: Sequence[str]) -> bool:
    names = {name for head in heads if head and len(head) <= 60 and (name := head_of(head))}
    return len(names) >= 3 and (bool(names & TOLD) or _lists_tasks(names))


def _of_register(source: Source, grid: Grid) -> Iterator[Fact]:
    named = [head_of(head) if head else None for head in grid.heads]
    fields = _with_closing(source, grid, _with_told(grid, _with_opening(source, grid, named)))
    names = {name for name in fields if name}
    narrated = names & TOLD
    ended = names & {"closed", "status", "due", "owner", "effectiveness"}
    if not narrated or not ended or len(names) < 3 or len(grid.rows) < 1:
        return
    problem = (
        bool(names & {"root_cause"})
        or ("problem" in names and "action" in names)
        or ("problem" in names and bool(names & {"closed", "status"}) and not names & {"due", "owner"})
    )
    if not problem and not names & {"action", "problem"}:
        return
    year = source.year
    for row in grid.rows:
        case = _Case(labels=sorted(names))
        for name, cell in zip(fields, row, strict=True):
            if name is None or not cell.text:
                continue
            if name in DATES:
                day = source.day(cell) or (short_day(cell.text, year, source.order) if name == "due" else None)
                if day and not (
                    name == "closed" and _speaks_of_open(cell.text) and not cell.text[:2].strip().isdigit()
                ):
                    case.dates.setdefault(name, day)
                case.add(f"{name}_text", cell.text)
            else:
                case.add(name, cell.text)
                if name == "status" and _CLOSED.match(fold(cell.text)) and (day := source.day(cell)):
                    case.dates.setdefault("closed", day)
        told = [name for name in case.parts if name in TOLD]
        anchor = _anchor(row, fields)
        if not told or anchor is None or all(len(part) < 4 for name in told for part in case.parts[name]):
            continue
        yield cell_fact("case" if problem else "action", "row", _value(case), anchor)


def _with_opening(source: Source, grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with its first column of days as the day a case came up where no head says which one it is."""
    if "opened" in fields:
        return fields
    for index, name in enumerate(fields):
        cells = [cell for cell in grid.column(index) if cell.text]
        if name is None and cells and sum(source.day(cell) is not None for cell in cells) * 2 > len(cells):
            return [*fields[:index], "opened", *fields[index + 1 :]]
        if name in DATES:
            return fields  # a day of another meaning comes first
    return fields


def _with_closing(source: Source, grid: Grid, fields: list[str | None]) -> list[str | None]:
    """The fields of a register, with its last column of days behind the action as the day of closing where no head says so."""
    if "action" not in fields or {"closed", "due"} & set(fields):
        return fields
    for index in range(len(fields) - 1, fields.index("action"), -1):
        cells = [cell for cell in grid.column(index) if cell.text]
        if (
            fields[index] in (None, "closure")
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
    }
    at = max(letters, key=lambda index: letters[index], default=None)
    least = LEAST_TASK if at is None or _is_spaced(grid, at) else LEAST_TASK // 2
    if at is None or letters[at] < least:
        return fields
    return [*fields[:at], wanted, *fields[at + 1 :]]


def _is_spaced(grid: Grid, index: int) -> bool:
    """Whether the words of a column are parted by blanks: in scripts without them a sign says more than a letter."""
    return any(" " in cell.text.strip() for cell in grid.column(index))


_CLOSED = re.compile(rf"\s*(?:c\b|{words(tuple(table('cases')['status_words']['closed'])).pattern})")
_SHORT_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.]\s?(\d{1,2})(?![\d/.-]*\d)")


def _speaks_of_open(text: str) -> bool:
    """Whether a cell for the closing day says that it is still open, as in ``not yet, reminded 03/09``."""
    return has(text, tuple(table("cases")["status_words"]["open"]))


def short_day(text: str, year: int | None, order: str) -> str | None:
    """A day without its year, as sheets of one year write it: 31/08 in the year of the document."""
    match = _SHORT_DAY.search(fold(text))
    if match is None or year is None:
        return None
    day, month = (int(match[2]), int(match[1])) if order == "mdy" else (int(match[1]), int(match[2]))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _anchor(row: Sequence[GridCell], fields: Sequence[str | None]) -> GridCell | None:
    placed = [(name, cell) for name, cell in zip(fields, row, strict=True) if cell.passage is not None and cell.text]
    for wanted in ("problem", "action", "root_cause"):
        for name, cell in placed:
            if name == wanted:
                return cell
    return placed[0][1] if placed else None


# Forms


def _of_forms(source: Source) -> Iterator[Fact]:
    by_sheet = len({part.number for part in source.document.parts if part.kind == "sheet"}) > 0
    groups: dict[int, list[Passage]] = {}
    for passage in source.passages:
        groups.setdefault(passage.part if by_sheet else 0, []).append(passage)
    for passages in groups.values():
        case = _read_form(source, passages)
        told = [name for name in NARRATIVE if name in case.labels]
        core = {"problem", "root_cause", "action"} & set(case.labels)
        if len(told) >= 3 and len(core) >= 2 and case.place is not None:
            yield fact("case", "form", _value(case), *case.place)


def _read_form(source: Source, passages: Sequence[Passage]) -> _Case:
    case = _Case()
    current: str | None = None
    for passage in passages:
        for line in lines(passage.text):
            row = [cell for cell in cells(line) if cell.text]
            if not row or _is_head_row(row):
                continue
            current = _read_row(source, case, passage, row, current)
    if phrases("titles", "corrective_action").search(fold(_title(source, passages))):
        _by_place(source, case)
    return case


def _title(source: Source, passages: Sequence[Passage]) -> str:
    """The name of the file and the first words of a form."""
    return f"{source.document.path.rsplit('/', 1)[-1]} {passages[0].text[:OPENING]}"


OPENING = 100
"""Letters at the beginning of a form that can be its title."""

LEAST_TOLD = 8
"""Letters of a field that tells something."""


def _by_place(source: Source, case: _Case) -> None:
    """What fields under unknown heads say by where they stand in the form of a corrective action: such forms run from the day and
    the problem to the cause, the action and the day of closing, whatever their makers call them.
    """
    told = [
        item
        for item in case.unnamed
        if sum(char.isalpha() for char in item.text) >= LEAST_TOLD and not _is_day(source, item.text)
    ]
    if "root_cause" in case.labels:
        _fill(case, "problem", [item for item in told if "root_cause" not in item.after][-1:])
        _fill(case, "action", [item for item in told if "root_cause" in item.after][:1])
    if "verification" not in case.labels:
        checks = [item for item in told if "action" in item.after and any(char.isdigit() for char in item.text)]
        _fill(case, "effectiveness", checks[-1:])
    days = [item for item in case.unnamed if _is_day(source, item.text)]
    for name, items in (
        ("opened", [item for item in days if not TOLD & set(item.after)][:1]),
        ("closed", [item for item in days if "action" in item.after][-1:]),
    ):
        if name not in case.dates and items:
            case.see(name)
            case.dates[name] = source.dates(items[0].text)[0].value


def _fill(case: _Case, name: str, items: Sequence[Unnamed]) -> None:
    if name not in case.labels and items:
        case.see(name)
        case.add(name, items[0].text)
        case.place = case.place or (items[0].passage, items[0].cell.start, items[0].cell.end)


def _is_day(source: Source, text: str) -> bool:
    """Whether a field holds a day and nothing else."""
    found = source.dates(text)
    return (
        len(found) == 1
        and found[0].precision == "day"
        and len(text.strip()) - (found[0].end - found[0].start) <= SHORT_BESIDE
    )


SHORT_BESIDE = 3
"""Letters beside a day that say nothing more about it."""


_NUMBERED_TITLE = re.compile(r"\b[A-ZĐ]{2,6}[ -]?\d|\d{2}-\d{2,}")
"""The number of the case in a line of its own makes it the title of the paper: Corrective action CA-77."""


def _is_head_row(row: Sequence[Span]) -> bool:
    """A row of column heads:

    three cells or more, all short, without digits or colons, and at least two that name a part.
    """
    if len(row) < 3 or any(
        len(cell.text) > 30 or any(char.isdigit() or char == ":" for char in cell.text) for cell in row
    ):
        return False
    return sum(lexicon().label(cell.text) is not None for cell in row) >= 2


def _read_row(source: Source, case: _Case, passage: Passage, row: Sequence[Span], current: str | None) -> str | None:
    section = current
    waiting: str | None = None
    for index, cell in enumerate(row):
        if _SIGN_OFF.match(fold(cell.text)) and len(cell.text) < 60:
            if index:
                break  # a column for the signature: the row ends here, its part goes on
            _closing(source, case, " ".join(other.text for other in row))
            return "team"
        label, colon, rest = _head_of(cell.text)
        filled = bool(colon) or index + 1 < len(row)
        name = (head_of(label) if filled else field_of(label)) if label else None
        beside = rest or (row[index + 1].text if index + 1 < len(row) else "")
        if name is None and label and beside and index % 2 == 0:
            case.unnamed.append(Unnamed(beside, passage, cell, tuple(case.labels)))
        if (
            name in NARRATIVE
            and not colon
            and (_TITLE_WORD.search(fold(label)) or _NUMBERED_TITLE.search(label))
            and not _DISCIPLINE.match(fold(label))
            and len(row) == 1
        ):
            name = None  # the title of the paper, not the head of a part
            section = None
            continue
        if name is not None and (
            index == 0 or rest or index + 1 < len(row) or cell.text.rstrip().endswith((":", "："))
        ):
            if name in DATES or name in ("status", "owner", "reference"):
                waiting = name if index + 1 < len(row) else None
                case.see(name)
                if rest:
                    _take(source, case, name, section, rest)
                    waiting = None
                continue
            if index == 0 or rest or section is None or name != section:
                section = name
                case.see(name)
            if rest:
                _put(source, case, passage, section, rest, cell)
            waiting = None
            continue
        if waiting:
            _take(source, case, waiting, section, cell.text)
            waiting = None
        elif section:
            _put(source, case, passage, section, cell.text, cell)
        _closing(source, case, cell.text)
    return section if section in (*NARRATIVE, "team") else current


def _head_of(text: str) -> tuple[str, str, str]:
    """Label, separator and rest of a cell: split at its first colon when that comes early."""
    match = re.search(r"[:\uFF1A]", text[:90])
    if match:
        return text[: match.start()], ":", text[match.end() :].strip()
    return (text, "", "") if len(text) <= 70 else ("", "", text)


def _put(source: Source, case: _Case, passage: Passage, section: str, text: str, cell: Span) -> None:
    if passage.mode == "template" and passage.modes.get("template", 1.0) > 0.8:
        return
    if len(text) <= 30 and lexicon().label(text) in (*DATES, "status", "owner", "reference"):
        return  # a label whose own field is empty
    if section == "closure" and len(text) <= 40:
        days = [found.value for found in source.dates(text) if found.precision == "day"]
        if days:  # D8 Closed: 3 March 2026
            case.see("closed")
            case.dates.setdefault("closed", days[0])
    case.add(section, text)
    if case.place is None and section in NARRATIVE and meaning(text):
        case.place = passage, cell.start, cell.end


def _take(source: Source, case: _Case, name: str, section: str | None, text: str) -> None:
    if name not in DATES:
        case.add(name, text)
        return
    days = [found.value for found in source.dates(text) if found.precision == "day"]
    if not days:
        return
    if section == "closure" and name in ("opened", "closed"):
        case.see("closed")
        case.dates.setdefault("closed", days[0])
    elif name == "opened" and section in NARRATIVE and section != "problem":
        case.dates.setdefault(f"{section}_date", days[0])
    else:
        case.dates.setdefault(name, days[0])


def _closing(source: Source, case: _Case, text: str) -> None:
    """A date beside the word closed, as in ``approved Luo 5 Mar, closed``."""
    if (
        "closed" in case.dates
        or len(text) > 120
        or not phrases("case_forms", "closing").search(fold(text))
        or phrases("case_forms", "not_yet").search(fold(text))
    ):
        return
    days = [found.value for found in source.dates(text) if found.precision == "day"]
    if days:
        case.see("closed")
        case.dates["closed"] = days[-1]


def _value(case: _Case) -> str:
    made: dict[str, object] = {}
    for name, texts in case.parts.items():
        made[name] = " / ".join(texts)[:MAX_VALUE]
    made.update(case.dates)
    made["labels"] = case.labels
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
