"""Problem reports as forms: one case a paper or a sheet, its parts known by their heads."""

import re
from collections.abc import Iterator, Sequence

from evidence.data import table
from evidence.facts.case_head_days import day_named, tells_until, told_on
from evidence.facts.case_heads import (
    DATES,
    DISCIPLINE,
    HOUR_BESIDE,
    LONGEST_NAME,
    LOOKS,
    NARRATIVE,
    Case,
    Unnamed,
    field_of,
    head_of,
    is_day,
    is_signed,
    is_source,
    lexicon,
    loosely,
    meaning,
    tells_what_was_done,
    written,
)
from evidence.facts.case_lines import (
    asks_further,
    fields_of,
    half_of_cause,
    heads_left,
    is_head_row,
    is_of_figures,
    labelled,
    looks_in_step,
    says_good,
    without_number,
)
from evidence.facts.case_opened import closed_at_once, closed_by, closed_in_words, told_at_first, told_before, told_why
from evidence.facts.case_places import LEAST_TOLD, SHORT_CLOSING, by_place
from evidence.facts.case_steps import by_steps, dates_mail
from evidence.facts.case_titles import Head, is_title
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, fold, is_nameless, lines, phrases
from evidence.model import Fact, Passage

_SIGN_OFF = re.compile(rf"(?:{'|'.join(map(re.escape, table('words')['case_forms']['sign_off']))})(?![a-z])")


def _tells_of_check(text: str) -> bool:
    """Whether what stands behind a word for signing tells with figures what was checked, and is no name with a day."""
    return len(text.split()) > SHORT_CLOSING and any(char.isdigit() for char in text)


def of_forms(source: Source) -> Iterator[Fact]:
    """The cases of a paper filled as a form, one for each sheet of a workbook."""
    by_sheet = len({part.number for part in source.document.parts if part.kind == "sheet"}) > 0
    groups: dict[int, list[Passage]] = {}
    for passage in source.passages:
        groups.setdefault(passage.part if by_sheet else 0, []).append(passage)
    for passages in groups.values():
        for case in _cases_in(source, passages):
            if case.place is not None:
                yield fact("case", "form", written(case), *case.place)


def _cases_in(source: Source, passages: Sequence[Passage]) -> list[Case]:
    """The cases of a sheet or paper: one for each title under which a whole report stands, where there are several."""
    titled: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        titled.setdefault(tuple(passage.heading[:1]), []).append(passage)
    if len(titled) > 1:
        cases = [case for case in (_read_form(source, group) for group in titled.values()) if _is_whole(case)]
        if len(cases) > 1 and all({"problem", "root_cause", "action"} <= set(case.parts) for case in cases):
            return cases
    return [case] if _is_whole(case := _read_form(source, passages)) else []


def _is_whole(case: Case) -> bool:
    """Whether enough parts of a report have their places."""
    core = {"problem", "root_cause", "action"} & set(case.labels)
    named = sum(name in case.labels for name in NARRATIVE)
    ran = {"opened", "closed"} <= set(case.dates) and len(core & set(case.parts)) > 1
    return (named >= LEAST_PARTS or ran) and len(core) >= 2 and case.place is not None


LEAST_PARTS = 3
"""Parts of a report that have their places, from which it is one; two where the days of its beginning and end stand in it."""


def _read_form(source: Source, passages: Sequence[Passage]) -> Case:
    case = Case()
    current: str | None = None
    first: list[tuple[Passage, Span]] = []
    for passage in passages:
        for line in (piece for whole in lines(passage.text) for piece in labelled(whole)):
            row = fields_of(line, passage.text)
            if not row or dates_mail(source, line.text):
                continue
            if is_of_figures(row):
                for cell in row if current in LOOKS else ():  # what was counted after the action tells its effect
                    _put(source, case, passage, str(current), cell.text, cell)
                continue
            for cell in (left := heads_left(line)):
                if name := field_of(cell.text.rstrip(" :\uff1a")):
                    case.see(name)
            row = without_number([cell for cell in row if cell not in left])
            if not row:
                continue
            if is_head_row(row):
                case.columns = True
                continue
            current = _read_row(source, case, passage, row, current)
            if len(row) == 1 and not set(NARRATIVE) & set(case.labels):
                first.append((passage, row[0]))
    _before_cause(case)
    if is_of_case(source, passages) or {"problem", "action", "effectiveness", "closed"} <= set(case.labels):
        by_place(source, case)
        by_steps(source, case, passages)
        _told_days(source, case, passages)
        told_at_first(case, first)
    told_before(source, case)
    told_why(case)
    closed_at_once(source, case, passages)
    closed_in_words(case, passages)
    return case


def _before_cause(case: Case) -> None:
    """What was done before the cause was told, in a form that tells behind it what was done: that held the matter, and ended nothing."""
    first = case.early
    acted = case.parts.get("action", [])
    if "root_cause" in case.parts and 0 < first < len(acted) and "containment" not in case.parts:
        case.see("containment")
        case.parts["containment"], case.parts["action"] = acted[:first], acted[first:]


def is_of_case(source: Source, passages: Sequence[Passage]) -> bool:
    """Whether a paper reports a problem: by its title, or by what the model says of its words."""
    if phrases("titles", "corrective_action").search(fold(_title(source, passages))):
        return True
    if phrases("columns", "goods").search(fold(_title(source, passages))):
        return False  # an order or a test sheet, whatever it asks for
    text = [passage for passage in passages if not passage.hidden]
    letters = sum(len(passage.text) for passage in text)
    about = sum(
        len(passage.text)
        for passage in text
        if passage.criteria.get("corrective_action", 0.0) >= ABOUT and passage.mode == "record"
    )
    other = max(
        (
            max((share for name, share in passage.criteria.items() if name in OTHER_PAPERS), default=0.0)
            for passage in text
        ),
        default=0.0,
    )
    return bool(text) and about * 2 > letters and other < ABOUT


ABOUT = 0.5
"""From here a passage is about a criterion."""

OTHER_PAPERS = ("internal_audit", "management_review", "supplier_control", "calibration", "risk")
"""What papers are about that name problems and actions too and are no reports of one."""

LONGEST_REPORT = 8
"""Passages of a paper that tells of one problem in its own words."""


def _told_days(source: Source, case: Case, passages: Sequence[Passage]) -> None:
    """The day on which a problem came up, where it is told in a sentence: the first day of the paper, before its cause."""
    if "opened" in case.dates or len(passages) > LONGEST_REPORT or not {"problem", "root_cause"} & set(case.labels):
        return
    written = ""
    for passage in passages:
        for line in lines(passage.text):
            if dates_mail(source, line.text):
                continue
            head = _head_of(line.text)[0]
            if head and head_of(head) in ("root_cause", "action", "preventive", "effectiveness", "closed", "due"):
                return
            days = [found for found in source.dates(line.text) if found.precision == "day"]
            if not days:
                continue
            if written and days[0].value > written:
                continue
            case.dates["opened"] = days[0].value
            beside = line.text[: days[0].start] + line.text[days[0].end :]
            if written or len(days) > 1 or sum(map(str.isalpha, beside)) > LONGEST_PLACE:
                return
            written = days[0].value  # the line of a letter with its place and day: what it answers came before


LONGEST_PLACE = 24  # letters of the place beside the day of a letter


def _title(source: Source, passages: Sequence[Passage]) -> str:
    """The name of the file and the first words of a form."""
    opening = passages[0].text[:OPENING] if passages else ""
    return f"{source.document.path.rsplit('/', 1)[-1]} {opening}"


OPENING = 100
"""Letters at the beginning of a form that can be its title."""


def _read_row(source: Source, case: Case, passage: Passage, row: Sequence[Span], current: str | None) -> str | None:
    section = current
    waiting: str | None = None
    for index, cell in enumerate(row):
        if (
            _SIGN_OFF.match(fold(cell.text))
            and len(cell.text) < 60
            and lexicon().label(cell.text) not in ("effectiveness", "verification")
            and not (index == 0 and len(row) == 2 and _tells_of_check(row[1].text))
        ):
            if index:
                break  # a column for the signature: the row ends here, its part goes on
            _closing(source, case, " ".join(other.text for other in row))
            return "team"
        label, colon, rest = _head_of(cell.text)
        filled = bool(colon) or index + 1 < len(row)
        name = (head_of(label) if filled else field_of(label)) if label else None
        beside = rest or (row[index + 1].text if index + 1 < len(row) else "")
        if name == "closed" and tells_what_was_done(case, label, beside):
            name = "action"
        if name == "root_cause" and is_source(label) and "problem" not in case.labels:
            name = "source"  # where the case came from: what it is stands behind
        name = half_of_cause(section or current, label, rest) or name
        if name == "action" and looks_in_step(case, label, beside):
            name = "effectiveness"
        elif name == "root_cause" and beside and asks_further(label):
            case.parts.pop(name, None)
        if colon and rest and (found := told_on(source, case, label)):
            told, day = found
            name = name or told
            if name == "problem":
                case.see("opened")
                case.dates.setdefault("opened", day)
        elif dated := day_named(source, label, beside, name):
            case.see(dated)
            case.dates.setdefault(dated, source.dates(beside)[0].value)
            waiting = DATED
            continue
        if colon and name in (*DATES, "status", "owner") and tells_until(source, label, rest):
            name = None  # ``11 batches until 5 September: 29 - 33 s`` is told, and heads nothing
        if waiting == DATED and not rest:
            waiting = None
            continue
        if name is None and label and index % 2 == 0 and (beside or _is_left_empty(passage, row, label)):
            case.unnamed.append(Unnamed(label, beside, passage, cell, tuple(case.labels)))
        if name in NARRATIVE and len(row) == 1 and is_title(case, passage, Head(label, bool(colon), name), cell):
            name = None  # the title of the paper, not the head of a part
            section = None
            continue
        if name is not None and (
            index == 0 or rest or index + 1 < len(row) or cell.text.rstrip().endswith((":", "："))
        ):
            if name in DATES or name in ("status", "owner", "reference"):
                case.heads.setdefault(name, label)
                waiting = name if index + 1 < len(row) else None
                case.see(name)
                if rest:
                    _take(source, case, name, section, rest)
                    waiting = None
                if name in DATES and index == 0 and is_signed(row[2:]):
                    section = None  # who closed it is not what the part above tells
                    current = "team" if name == "closed" else current
                continue
            if index == 0 or rest or section is None or name != section:
                section = name
                case.see(name)
            if rest:
                _put(source, case, passage, section, rest, cell)
                *before, last = _SENTENCES.split(rest)
                if before and phrases("case_forms", "closing").match(fold(last.strip())):
                    _closing(source, case, last)  # ``Action: bits marked, box divided. Closed 15 June 2026.``
            waiting = None
            continue
        if waiting:
            _take(source, case, waiting, section, cell.text)
            waiting = None
        elif section in LOOKS and _is_left_empty(passage, row, label) and not says_good(label):
            case.see(section)  # a field within the check that nobody filled in: ``Evidence seen``
        elif section and not _is_aside(source, row, index, section) and not _is_bare_head(row, index, colon, rest):
            _put(source, case, passage, section, cell.text, cell)
        if section != "containment":  # what was held is let go, and the case goes on
            _closing(source, case, cell.text)
    closed_by(case, section, row)
    return section if section in (*NARRATIVE, "team") else current


def _is_aside(source: Source, row: Sequence[Span], index: int, section: str) -> bool:
    """Whether a cell behind what a step of a report tells is only its day, or who did it where the day stands beside."""
    if index < LEAST_BEHIND or section not in ("problem", "root_cause"):
        return False
    if is_day(source, row[index].text):
        return True
    return len(row[index].text) <= LONGEST_NAME and any(is_day(source, cell.text) for cell in row[LEAST_BEHIND:])


def _is_bare_head(row: Sequence[Span], index: int, colon: str, rest: str) -> bool:
    """Whether a cell is a head with nothing behind it, before another one or at the end of its line: ``Lot: | Result: | By:``."""
    behind = row[index + 1 : index + 2]
    return bool(colon) and not rest and len(row) > 1 and (not behind or behind[0].text.endswith((":", "\uff1a")))


LEAST_BEHIND = 2
"""Place of the first cell behind a step and what it tells."""


_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})[.;]\s+|[。；]")

DATED = "dated"
"""What stands beside a head that names the day of a part."""


def _is_left_empty(passage: Passage, row: Sequence[Span], label: str) -> bool:
    """Whether a line is the head of a field that nobody filled in: a few words alone among fields with their heads."""
    if len(row) > 1 or len(label) > LONGEST_HEAD or any(char.isdigit() for char in label) or label[-1:] in ".!?。":
        return False
    others = [line for line in passage.text.splitlines() if line.strip() and line.strip() not in passage.heading]
    return sum("|" in line for line in others) * 2 >= len(others) and passage.text.find(label) > 0


LONGEST_HEAD = 40  # letters of the head of a field


def _head_of(text: str) -> tuple[str, str, str]:
    """Label, separator and rest of a cell: split at its first colon when that comes early."""
    hour = HOUR_BESIDE.match(text)  # ``D3 10:00``: the hour at which a discipline was told
    begin = hour.end() if hour else 0
    match = re.search(r"[:\uFF1A]", text[begin:90])
    if match:
        return text[: begin + match.start()], ":", text[begin + match.end() :].strip()
    numbered = DISCIPLINE.match(text.lower())
    if numbered and _is_sentence(text[numbered.end() :]):
        return text[: numbered.end()].strip(" .)-"), ":", text[numbered.end() :].strip()
    return (text, "", "") if len(text) <= 70 else ("", "", text)


def _is_sentence(text: str) -> bool:
    """Whether what stands behind the number of a discipline tells something, and is not its name: ``D4 The relay was soldered cold.``"""
    told = sum(char.isalpha() for char in text) >= LEAST_TOLD
    if not told:
        return False
    # ``Effect verify batch 1 / 2 / 3`` has figures and is the name of an empty box all the same.
    counted = any(char.isdigit() for char in text) and loosely(text) is None
    return counted or text.rstrip()[-1:] in ".。" or len(text) > LONGEST_HEAD * 2


def _put(source: Source, case: Case, passage: Passage, section: str, text: str, cell: Span) -> None:
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
    if section == "action" and "root_cause" not in case.parts:
        case.early = len(case.parts.get("action", ()))
    if case.place is None and section in NARRATIVE and meaning(text):
        case.place = passage, cell.start, cell.end


def _take(source: Source, case: Case, name: str, section: str | None, text: str) -> None:
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


def _closing(source: Source, case: Case, text: str) -> None:
    """A date beside the word closed, as in ``approved Luo 5 Mar, closed``."""
    if (
        "closed" in case.dates
        or len(text) > 120
        or is_nameless(text)
        or not phrases("case_forms", "closing").search(fold(text))
        or phrases("case_forms", "not_yet").search(fold(text))
    ):
        return
    days = [found.value for found in source.dates(text) if found.precision == "day"]
    if days:
        case.see("closed")
        case.dates["closed"] = days[-1]
