"""Flags on corrective actions: no cause, blame, no check, dates that cannot be."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from evidence.blame import blames_person
from evidence.bundle import Bundle, Item, as_day
from evidence.case_reading import is_checked, is_closed, left_unchecked
from evidence.defects import came_back, same_defect
from evidence.facts.case_heads import meaning
from evidence.facts.text import fold, plain
from evidence.flags.case_items import (
    cases_of,
    cite_case,
    cite_days,
    cite_part,
    cite_words,
    name_case,
    name_closed,
    numbers_of,
    only_remarked,
    reports_problem,
    text_of,
)
from evidence.flags.causes_left_out import entries_without_cause, letters_without_cause, points_without_cause
from evidence.flags.lacking_parts import is_fresh, may_tell_cause, tells_before_action
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.same_kind import of_one_kind, opened_on, other_part, same_at_first
from evidence.flags.told_again import named_again, opening_of, points_to, sets_apart
from evidence.flags.told_cases import tells_why, told_blame
from evidence.flags.unchecked import hands_over, is_refused, is_told_in, may_still_come
from evidence.hollow import points_to_paper, says_nothing, sends_back
from evidence.model import Citation
from evidence.no_cause import is_awaited, says_no_cause
from evidence.off_asked import names_class, tells_only_disposal, tells_only_off, tells_only_unseen
from evidence.restated import names_process, restates, told_once
from evidence.titles import is_audit, is_record_of, title_of
from evidence.told_looks import checks_all_below, is_promise
from evidence.wording import count_of, shortened

LONGEST_TOLD = 100
"""Characters of a cause or an action in the sentence of a flag."""


def _cite_words(item: Item, *fields: object) -> tuple[Citation | None, ...]:
    """The lines of its document in which the words of fields of a case stand, behind the case where that is one line or none."""
    found = [place for words in fields if (place := cite_words(item, str(words or "")))]
    return tuple(found) if len(found) > 1 else (*cite_case(item), *found)


def _short(text: str) -> str:
    """The beginning of a text, cut between words."""
    return shortened(text.strip(" /"), LONGEST_TOLD)


@rule("no_root_cause")
def no_root_cause(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A problem with an action and no cause: the place for it is empty, or the whole register has none."""
    without_column: dict[str, list[Item]] = defaultdict(list)
    answered = {number for case in cases_of(bundle) if case.value.get("root_cause") for number in numbers_of(case)}
    for item in cases_of(bundle):
        value = item.value
        labels = value.get("labels", [])
        if (
            value.get("root_cause")
            or value.get("both")
            or (value.get("outflow") and "root_cause" not in labels)
            or not value.get("problem")
            or not (value.get("action") or value.get("preventive"))
        ):
            continue
        if numbers_of(item) & answered:
            continue  # the copy of a report as it came in, beside the one that went back
        if "root_cause" in labels:
            if item.fact.role == "row" and not is_closed(item) and not _effect_seen(value):
                continue  # an open row whose cause is still sought
            if only_remarked(item):
                continue  # an auditor asks for no cause of what he only remarked
            said = cite_part(item, "root_cause")
            told = f"says only '{_said(said.quote)}'" if said else "names none" if _says_nothing(item) else "is empty"
            what = f"the place for the cause {told}"
            yield Finding({"name": name_case(item), "what": what}, (said, *cite_case(item)))
        elif {"due", "owner"} <= set(labels):
            continue  # a list of what is to be done, by whom and until when: why stands in the reports behind it
        elif item.fact.role == "row" and is_closed(item) and _keeps_cases(bundle, item):
            without_column[item.document.path].append(item)
        elif (
            item.fact.role == "form"
            and is_record_of(item.document, "corrective_action_record")
            and not is_audit(item.document)
            and item.document.reading != "static"
            and not tells_why(item.document)
            and not tells_before_action(item)
            and _is_over(bundle, item)
        ):
            yield Finding({"name": name_case(item), "what": "no cause"}, cite_case(item))
    for path, items in without_column.items():
        if len(items) >= LEAST_CLOSED and not may_tell_cause(bundle, path, items):
            yield Finding(
                {"name": name_of(path), "what": f"closes {len(items)} of them without a place for the cause"},
                cite_case(items[0]),
            )
    for document, places in (*letters_without_cause(bundle), *points_without_cause(bundle)):
        yield Finding({"name": f"'{name_of(document.path)}'", "what": "no cause"}, places)
    for item, places in entries_without_cause(bundle):
        yield Finding({"name": name_case(item), "what": "no cause"}, places)
    for item in cases_of(bundle):
        if item.fact.role == "letter":
            if _found_no_cause(item):
                yield Finding(
                    {"name": name_case(item), "what": "no cause was found, and it is closed"}, cite_case(item)
                )
            continue  # its sentences before the cause tell what was found, and so the cause
        told = told_once(str(item.value.get("root_cause", "")), str(item.value.get("problem", "")))
        if points_to_paper(told) or (not is_closed(item) and is_awaited(told)):
            continue
        cause, problem = plain(told), plain(_problem_of(item))
        dense = any(char > LAST_ALPHABET for char in cause)
        long_enough = SHORTEST_CAUSE // 4 if dense else SHORTEST_CAUSE if cause[:1].isascii() else SHORTEST_CAUSE // 2
        if (
            (item.value.get("problem") and sends_back(told))
            or (
                (len(cause) > long_enough or (len(cause) > long_enough // 2 and not names_process(cause)))
                and (says_nothing(cause, problem) or restates(told, str(item.value.get("problem", ""))))
                and not blames_person(item.value)  # whose fault it was is no cause either, and not the problem again
            )
            or (item.value.get("problem") and tells_only_off(told, problem) and not blames_person(item.value))
        ):
            what = "the cause only repeats the problem"
        elif item.value.get("problem") and names_class(told) and not blames_person(item.value) and is_closed(item):
            what = f"names of the cause only its class, '{_short(told)}'"
        elif item.value.get("problem") and tells_only_unseen(told, problem) and not blames_person(item.value):
            what = "says of the cause only that the fault was not seen"
        elif item.value.get("problem") and tells_only_disposal(told, problem, text_of(item, "containment")):
            what = "tells in the place for the cause only what was done with the goods"
        elif sum(map(str.isalpha, told)) <= LONGEST_NONE and _found_no_cause(item):
            what = f"says of the cause only '{_short(told)}'"
        else:
            continue
        yield Finding(
            {"name": name_case(item), "what": what},
            _cite_words(item, item.value.get("root_cause")),
        )


def _is_over(bundle: Bundle, item: Item) -> bool:
    """Whether a report has had its time: it is closed, or some weeks old. One of yesterday goes on to look for its cause."""
    day = as_day(str(item.value.get("opened") or "")) or bundle.document_day(item.document)
    return is_closed(item) or day is None or bundle.today - day > STILL_SOUGHT


STILL_SOUGHT = timedelta(days=45)
"""Days for which the cause of a problem may still be sought."""


def _problem_of(item: Item) -> str:
    """The problem of a case; of a letter that tells it without a head, the sentences that stand before the cause."""
    told, cause = str(item.value.get("problem", "")), str(item.value.get("root_cause", ""))
    if item.fact.role != "form" or item.document.reading == "static" or not cause:
        return told
    text = item.document.text
    before = text[: text.find(cause[:LONGEST_TOLD])].splitlines()[:-1] if cause[:LONGEST_TOLD] in text else []
    return f"{told} {' '.join(before)}" if sum(len(line.split()) >= LEAST_WORDS for line in before) else told


SHORTEST_CAUSE = 12
"""Letters of a cause that can be set beside its problem; of other alphabets half of it, of a script in which a sign says more
a quarter."""

LONGEST_NONE = 70
"""Letters of a cause that says that none was found, and nothing else."""

LAST_ALPHABET = "\u1fff"
"""Last sign of the alphabets; behind it stand Chinese, Japanese and Korean."""

LEAST_WORDS = 8
"""Words of a line that tells in a sentence what happened."""


def _found_no_cause(item: Item) -> bool:
    """Whether the sentence of a closed case on the cause says that none was found."""
    return is_closed(item) and says_no_cause(str(item.value.get("root_cause", "")))


def _said(line: str) -> str:
    """What stands behind the head of a line."""
    return re.split(r"\s\|\s|[:：]", line, maxsplit=1)[-1].strip(" |:：")


def _says_nothing(item: Item) -> bool:
    """Whether a row of a register holds a word for nothing, which may stand in the place for the cause: ``unknown``."""
    cells = [cell for citation in cite_case(item) if citation for cell in citation.quote.split(" | ")]
    return item.fact.role == "row" and any(any(map(str.isalpha, cell)) and not meaning(cell) for cell in cells)


def _keeps_cases(bundle: Bundle, item: Item) -> bool:
    """Whether a register is one of problems, by its kind or title, or by what the model says of its rows."""
    return is_record_of(item.document, "corrective_action_record") or bundle.about(item.passage, ("corrective_action",))


def _of_pieces(bundle: Bundle, item: Item) -> bool:
    """Whether a row is a problem with pieces: of a register of problems, or one that names a lot and tells when it came up, why, and
    when it was closed.
    """
    value = item.value
    whole = all(value.get(name) for name in ("problem", "root_cause", "action", "opened", "closed"))
    return _keeps_cases(bundle, item) or (whole and _LOT.search(fold(str(value["problem"]))) is not None)


_LOT = re.compile(r"(?<![^\W_])[a-z]{1,4}-?\d{3,}")


@rule("human_error_retrain_only")
def human_error_retrain_only(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Cause: a person's fault; action: training, and nothing that changes the process."""
    for item in cases_of(bundle):
        if item.fact.role != "letter" and blames_person(item.value):
            action = text_of(item, "action", "preventive")
            yield Finding(
                {"name": name_case(item), "cause": _short(str(item.value["root_cause"])), "action": _short(action)},
                _cite_words(item, item.value["root_cause"], action),
            )
    for document, cause, action, places in told_blame(bundle):
        yield Finding({"name": f"'{name_of(document.path)}'", "cause": _short(cause), "action": _short(action)}, places)


@rule("no_effectiveness_check")
def no_effectiveness_check(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Closed, or old with its action done, and the effect not checked.

    A fresh case, or a register without the column beside full reports, is ordinary.
    """
    checked_elsewhere = {ref for item in cases_of(bundle) if is_checked(bundle, item) for ref in numbers_of(item)}
    checked_titles = {c.document.path: title_of(c.document) for c in cases_of(bundle) if is_checked(bundle, c)}
    without_column: dict[str, list[Item]] = defaultdict(list)
    for item in cases_of(bundle):
        value = item.value
        if (
            is_checked(bundle, item)
            or not (value.get("action") or value.get("preventive"))
            or not (value.get("root_cause") or _left_cause_out(item))
            or points_to_paper(text_of(item, "action", "preventive"))
            or (item.fact.role == "letter" and points_to_paper(str(value.get("root_cause", ""))))
        ):
            continue
        if (
            numbers_of(item) & checked_elsewhere
            or is_told_in(item, checked_titles)
            or hands_over(bundle, item, checked_titles)
            or may_still_come(bundle, item)
            or is_refused(item)
        ):
            continue
        day = (
            as_day(str(value.get("closed") or ""))
            or as_day(str(value.get("opened") or ""))
            or bundle.document_day(item.document)
        )
        if item.fact.role == "row":
            if not is_closed(item) and not left_unchecked(item):
                continue
            if "effectiveness" not in value.get("labels", []):
                if (
                    day is not None
                    and (bundle.today - day).days >= data["days_closed"]
                    and _of_pieces(bundle, item)
                    and not (value.get("unread") or value.get("counted"))
                    and SECOND_NAME not in str(value.get("owner", ""))
                ):
                    without_column[item.document.path].append(item)
                continue
        elif not reports_problem(bundle, item) or item.document.reading == "static" or is_audit(item.document):
            continue
        if day is None or (bundle.today - day).days < (data["days_closed"] if is_closed(item) else data["days"]):
            continue
        state = "closed" if is_closed(item) else f"{(bundle.today - day).days} days old"
        dated = cite_days(bundle, item, closed=str(value.get("closed") or ""))
        yield Finding({"case": name_closed(item), "state": state}, dated)
    for items in without_column.values():
        rows = [row for row in cases_of(bundle, "row") if _is_of_register(row, items[0])]
        ended = [row for row in rows if is_closed(row) and not is_fresh(bundle, row, data["days_closed"])]
        if (
            len(items) >= LEAST_CLOSED
            and len(items) == len(ended)
            and any(row.value.get("closed", "") > str(row.value.get("opened", "")) for row in items)  # no log of stops
            and not any(is_checked(bundle, c) for c in cases_of(bundle) if not is_audit(c.document))
            and not checks_all_below(items[0].document)
        ):
            case = f"{name_closed(items[0])}, like {count_of(len(items) - 1, 'other')} there,"
            yield Finding({"case": case, "state": "closed"}, cite_case(items[0]))


def _left_cause_out(item: Item) -> bool:
    """Whether a case that has a place for the cause was closed without one: it ends like any other, and its effect is owed all the same."""
    return "root_cause" in item.value.get("labels", []) and is_closed(item) and not item.value.get("both")


def _is_of_register(row: Item, other: Item) -> bool:
    """Whether two rows stand in one register: below the same heads of one paper, which may hold other tables too."""
    return row.document.path == other.document.path and row.value.get("labels") == other.value.get("labels")


SECOND_NAME = " / "
"""What parts who does a thing from who follows it up, where a register has a column for each: somebody looks after it."""

LEAST_CLOSED = 3
"""Cases that are closed one and all, from which a register without a place for the check shows that none is made."""


def _effect_seen(value: Mapping[str, Any]) -> bool:
    """Whether a row tells with a figure what a look at the effect showed: its case is over, whether or not a place says so."""
    told = str(value.get("effectiveness", ""))
    return any(map(str.isdigit, told)) and not is_promise(told)


@rule("same_defect_after_closure")
def same_defect_after_closure(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A defect on a part, closed, and the same defect on the same part opened later;

    or a later case that says it came back.
    """
    cases = cases_of(bundle)
    closed_cases = [
        (item, day)
        for item in cases
        if (day := as_day(str(item.value.get("closed") or ""))) and is_closed(item) and not is_refused(item)
    ]
    seen: set[str] = set()
    for item in cases:
        opened, grace = opened_on(bundle, item)
        problem = str(item.value.get("problem", ""))
        if opened is None or not problem or is_refused(item):
            continue
        for earlier, closed in closed_cases:
            if (
                earlier is item
                or opened - grace <= closed
                or (opened - closed) > timedelta(days=540)
                or _is_one_case(earlier, item)
            ):
                continue
            first = str(earlier.value.get("problem", ""))
            # Sentences share words by chance; those of one paragraph a case do not.
            told = any(one.fact.role == "letter" and not one.value.get("paragraph") for one in (earlier, item))
            alike = not told and (
                same_defect(first, problem) or same_at_first(first, problem) or of_one_kind(earlier, item)
            )
            back = alike or came_back(first, problem) or (not told and points_to(earlier, item))
            if back and not other_part(earlier, item) and not sets_apart(earlier, item):
                key = f"{earlier.fact.passage}{item.fact.passage}{problem}"
                if key not in seen:
                    seen.add(key)
                    yield Finding(
                        {
                            "defect": shortened(problem, 90),
                            "closed": closed.isoformat(),
                            "again": opened.isoformat(),
                            "name": name_of(item.document.path),
                        },
                        _in_turn(
                            cite_days(bundle, earlier, closed=closed.isoformat()),
                            cite_days(bundle, item, opened=opened.isoformat()),
                        ),
                    )
                break
    yield from named_again(bundle, closed_cases)


def _is_one_case(earlier: Item, item: Item) -> bool:
    """Whether two papers tell of one case: they share a number, and the later one does not only name it as that of another; or one paper
    was read as a form and as a row.
    """
    if earlier.document.path == item.document.path and earlier.fact.role != item.fact.role:
        return plain(str(earlier.value.get("problem"))) == plain(str(item.value.get("problem")))
    shared = numbers_of(earlier) & numbers_of(item)
    if item.fact.role == "row" or not shared:
        return bool(shared)
    opening = re.sub(r"\s+", "", plain(opening_of(item.document)))
    return any(re.sub(r"\s+", "", number) in opening for number in shared)


def _in_turn(first: Sequence[Citation | None], second: Sequence[Citation | None]) -> tuple[Citation | None, ...]:
    """The places of two cases side by side: a report shows the first few."""
    return tuple(place for pair in itertools.zip_longest(first, second) for place in pair if place)
