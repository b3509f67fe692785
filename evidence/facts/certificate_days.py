"""The days of a certificate: issue, expiry, first certification, and the surveillance visits."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from evidence.data import table
from evidence.facts.calendar import Found
from evidence.facts.certificate_text import CertificateText, Labelled
from evidence.facts.dates import find_dates
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, phrases, words
from evidence.model import Fact

SURVEILLANCE = phrases("certificates", "surveillance")


_DUE = phrases("certificates", "due")


_FIRST = phrases("certificates", "first")
"""Words that make of an issue the first one: ``first granted``."""


def _before(text: CertificateText, piece: Labelled) -> str:
    """The label of a piece and the word before it."""
    line = text.folded.rfind("\n", 0, piece.begins) + 1
    return text.folded[max(line, piece.begins - NEAR) : piece.start]


NEAR = 12
"""Letters before a label in which a word belongs to it."""

_DAYS = ("issue", "expiry", "original")


def dates_of(source: Source, text: CertificateText) -> Iterator[Fact]:
    """Issue, expiry and first certification: from the labels, and where they are silent from the words of sentences."""
    kept: dict[str, Fact] = {}
    _under_heads(source, text, kept)
    heads = set(kept)
    for piece in text.labelled:
        if piece.role in _DAYS and piece.role not in heads:
            first = piece.role == "issue" and _FIRST.search(_before(text, piece))
            _from_label(source, text, replace(piece, role="original") if first else piece, kept)
    for item in _told(source, kept.get("issue")):
        if item.role in _DAYS:
            kept.setdefault(item.role, item)
        elif item.role.startswith("surveillance"):
            yield item
    if "expiry" not in kept or "issue" not in kept:
        _by_cycle(source, kept)
    _by_order(source, kept)
    yield from kept.values()


CYCLE = timedelta(days=3 * 365)
CYCLE_SLACK = timedelta(days=40)
"""A certificate runs for three years (ISO/IEC 17021-1, 9.1.3), a few weeks more where the audit came early."""


def has_cycle(source: Source) -> bool:
    """Whether a paper names two days that are a cycle of certification apart."""
    days = sorted(
        {item.value for item in find_dates(source) if item.kind == "date" and len(item.value) == len("2026-01-01")}
    )
    return any(abs(_between(*pair) - CYCLE) <= CYCLE_SLACK for pair in itertools.combinations(days[:MOST_DAYS], 2))


MOST_DAYS = 20
"""Days of a certificate with its visits; a paper of more is a register."""


def _by_cycle(source: Source, kept: dict[str, Fact]) -> None:
    """Issue and expiry of a certificate whose words for them nobody has listed: two days three years apart are its cycle."""
    days = sorted(
        (item for item in find_dates(source) if item.kind == "date" and len(item.value) == 10),
        key=lambda item: item.value,
    )
    for first, last in itertools.combinations(days, 2):
        ends_else = last.value != (kept["expiry"].value if "expiry" in kept else last.value)
        begins_else = first.value != (kept["issue"].value if "issue" in kept else first.value)
        if ends_else or begins_else:
            continue
        if abs(date.fromisoformat(last.value) - date.fromisoformat(first.value) - CYCLE) <= CYCLE_SLACK:
            for role, item in (("issue", first), ("expiry", last)):
                made = item.model_copy(update={"kind": "certificate_field", "role": role, "confidence": 0.6})
                kept.setdefault(role, made)
            return
    if "expiry" in kept and "issue" not in kept and "original" not in kept:
        whole = [item for item in days if _is_whole_years(item.value, kept["expiry"].value)]
        if len({item.value for item in whole}) == 1:
            told = {"kind": "certificate_field", "role": "issue", "confidence": 0.6}
            kept["issue"] = whole[0].model_copy(update=told)


def _is_whole_years(first: str, last: str) -> bool:
    """Whether a certificate that ended on the last day ran for whole years from the first: to its day of the year or the one before."""
    days = _between(first, last).days
    years = round(days / 365.25)
    return LEAST_YEARS <= years <= MOST_YEARS and -2 <= days - years * 365.25 <= 1


LEAST_YEARS, MOST_YEARS = 2, 10
"""Years for which a certificate was issued; a year from the last day is that of a visit."""


def _by_order(source: Source, kept: dict[str, Fact]) -> None:
    """The first certification, whatever its label: of three different days on a certificate the one a year or more before the
    issue.
    """
    days = {
        item.value: item for item in find_dates(source) if item.kind == "date" and len(item.value) == len("2026-01-01")
    }
    if len(days) != len(_DAYS) or "expiry" not in kept or "original" in kept:
        return
    first, issue, last = sorted(days)
    if (
        last != kept["expiry"].value
        or abs(_between(issue, last) - CYCLE) > CYCLE_SLACK
        or _between(first, issue) < EARLIER
    ):
        return
    if "issue" in kept and kept["issue"].value == issue:
        made = {"kind": "certificate_field", "role": "original", "confidence": 0.6}
        kept["original"] = days[first].model_copy(update=made)


def _between(first: str, last: str) -> timedelta:
    return date.fromisoformat(last) - date.fromisoformat(first)


def is_cycle(first: str, last: str) -> bool:
    """Whether two days are a cycle of certification apart."""
    return abs(_between(first, last) - CYCLE) <= CYCLE_SLACK


def is_visit(first: str, last: str) -> bool:
    """Whether two days are those between which an audit was held: nothing is valid for so short a time."""
    return timedelta(0) < _between(first, last) <= LONGEST_VISIT


LONGEST_VISIT = timedelta(days=45)
"""Days from the first to the last of an audit, its stages apart."""


def is_earlier(first: str, issue: str) -> bool:
    """Whether a day is a year or more before the issue."""
    return _between(first, issue) >= EARLIER


EARLIER = timedelta(days=300)
"""A first certification is a year or more before the present issue."""


def _under_heads(source: Source, text: CertificateText, kept: dict[str, Fact]) -> None:
    """Days in a row under a row of their labels: ``First certified | Issued | Valid until`` and then three days in that order."""
    labels = [place for place in text.all_labels if place[0] in _DAYS]
    for index in range(len(labels)):
        run = labels[index : index + 1]
        for place in labels[index + 1 :]:
            between = text.written[run[-1][2] : place[1]]
            if len(between) > APART or any(map(str.isdigit, between)) or place[0] in [role for role, _, _ in run]:
                break
            run.append(place)
        if len(run) < 2:
            continue
        behind = text.written[run[-1][2] : run[-1][2] + len(run) * APART * 2]
        days = [found for found in source.dates(behind) if found.precision == "day"][: len(run)]
        if len(days) < len(run) or days[0].start > APART or any(char.isalpha() for char in behind[: days[0].start]):
            continue
        if any(later.start - day.end > APART for day, later in itertools.pairwise(days)):
            continue
        for (role, _, _), day in zip(run, days, strict=True):
            at = run[-1][2]
            if made := text.fact(role, at + day.start, at + day.end, day.value, day.confidence):
                kept[role] = made
        return


APART = 24
"""Letters between two heads of days that stand side by side, or between their days."""


def _from_label(source: Source, text: CertificateText, piece: Labelled, kept: dict[str, Fact]) -> None:
    line = text.folded[text.folded.rfind("\n", 0, piece.begins) + 1 : piece.end]
    if SURVEILLANCE.search(line[: max(0, len(line) - (piece.end - piece.begins))][-40:]):
        return
    days = [found for found in source.dates(text.written[piece.start : piece.end]) if found.precision == "day"]
    if not days or days[0].start > 40:
        return
    made = _day_fact(text, piece, days[0], piece.role)
    if len(days) > 1 and any(
        char.isdigit() or char == ":" for char in text.written[piece.start + days[0].end : piece.start + days[1].start]
    ):
        days = days[:1]  # another label stands between the two
    if len(days) > 1 and piece.role != "original" and is_visit(days[0].value, days[1].value):
        return  # ``Recertification audit: 3 - 4 February 2026``
    if piece.role == "issue" and len(days) > 1 and "expiry" not in kept:
        second = _day_fact(text, piece, days[1], "expiry")
        if second and days[1].value > days[0].value:
            kept["expiry"] = second
    if piece.role == "expiry" and len(days) > 1 and days[1].value > days[0].value:
        # a period of validity: from and until
        second = _day_fact(text, piece, days[1], "expiry")
        if made and second:
            kept.setdefault("issue", made.model_copy(update={"role": "issue"}))
            kept["expiry"] = second
        return
    best = kept.get(piece.role)
    if made and best and piece.role == "issue" and _renews(best, made, kept.get("expiry")):
        kept.setdefault("original", best.model_copy(update={"role": "original"}))
        kept["issue"] = made
    elif made and (
        best is None
        or (piece.role == "expiry" and made.value > best.value)
        or (piece.role == "original" and made.value < best.value)
    ):
        kept[piece.role] = made


def _renews(first: Fact, later: Fact, expiry: Fact | None) -> bool:
    """Whether of two days under labels for the issue the later is that of a renewal: ``Registered 2014``, ``Renewed 2023``."""
    if _between(first.value, later.value) < LEAST_TERM:
        return False
    return expiry is None or _between(later.value, expiry.value) > timedelta()


LEAST_TERM = timedelta(days=365)
"""Time after which a certificate can have been renewed."""


def _day_fact(text: CertificateText, piece: Labelled, found: Found, role: str) -> Fact | None:
    return text.fact(role, piece.start + found.start, piece.start + found.end, found.value, found.confidence)


def _told(source: Source, issue: Fact | None) -> Iterator[Fact]:
    """The dates of the paper with the role that the words before them give, surveillance visits apart."""
    by_id = {passage.id: passage for passage in source.passages}
    best: dict[str, Fact] = {}
    # a visit after the day on which the certificate was printed is announced, not told
    issued = (
        issue.value
        if issue
        else max((item.value for item in find_dates(source) if item.role == "issue"), default="9999")
    )
    for item in find_dates(source):
        if item.kind != "date" or item.role not in (*_DAYS, "evidence", "edition", "next", "due", "closed", "revision"):
            continue
        passage = by_id[item.passage]
        at = passage.text.find(item.quote)
        line = passage.text[
            passage.text.rfind("\n", 0, at) + 1 : (passage.text.find("\n", at) + 1 or len(passage.text) + 1) - 1
        ]
        role = item.role
        if role == "edition":  # the nearest word before is that of the standard, lines above
            if not SURVEILLANCE.match(fold(line).lstrip(" |")):
                continue
            role = "evidence"
        own = _own_words(source, line, item.quote)
        before = own[: own.find(item.quote)] if item.quote in own else own
        if role == "issue" and _FIRST.search(fold(re.split(r"[.;]\s", before)[-1])):
            role = "original"
        if visit := list(SURVEILLANCE.finditer(fold(own))):
            named = fold(before)[visit[-1].end() :] if visit[-1].end() <= len(before) else ""
            of_visit = role in ("evidence", "closed", "issue") or not _other_day().search(named)
            role = (
                "surveillance_due"
                if role in ("next", "due") or (item.value > issued and not _HELD.search(fold(own)))
                else "surveillance"
                if of_visit
                else role
            )
        made = item.model_copy(update={"kind": "certificate_field", "role": role})
        if role in _DAYS:
            known = best.get(role)
            if (
                known is None
                or (role == "expiry" and item.value > known.value)
                or (role == "original" and item.value < known.value)
            ):
                best[role] = made
        elif role.startswith("surveillance"):
            yield made
    yield from best.values()


@cache
def _other_day() -> re.Pattern[str]:
    """Words behind those for a visit that make a day another one: ``subject to surveillance, valid until``."""
    labels = table("certificate_labels")
    return words((*labels["expiry"]["words"], *labels["original"]["words"]))


def _own_words(source: Source, line: str, quote: str) -> str:
    """The words of a line that belong to a day: all of them, or where several days stand in it, those since the one before."""
    days = source.dates(line)
    at = line.find(quote)
    if len(days) < 2:
        return line
    return line[max((day.end for day in days if day.end <= at), default=0) : at]


_YEAR = re.compile(r"(?<![\d./-])20\d\d(?![\d./-])")


_HELD = phrases("certificates", "held")


def visits_of_years(text: CertificateText) -> Iterator[Fact]:
    """Visits of which only the year is told, in a sentence that says they were held."""
    for start, end in text.lines:
        for match in SURVEILLANCE.finditer(text.folded, start, end):
            stop = re.search(r"\.\s|;|$", text.folded[match.end() : end])
            last = match.end() + (stop.start() if stop else 0)
            said = text.folded[match.start() : last]
            year = _YEAR.search(said)
            if year and _HELD.search(said) and not _DUE.search(said):
                at = match.start() + year.start()
                if made := text.fact("surveillance", at, at + 4, year[0], confidence=0.8):
                    yield made


def visits_of_tables(source: Source) -> Iterator[Fact]:
    """Visits listed in a table headed surveillance: due days apart from days held."""
    for grid in source.grids:
        if not any(SURVEILLANCE.search(fold(head)) for head in grid.heads):
            continue
        for row in grid.rows:
            for head, cell in zip(grid.heads, row, strict=True):
                if cell.passage is None or not cell.text or _DUE.search(fold(head)) or _DUE.search(fold(cell.text)):
                    continue
                for found in source.dates(cell.text):
                    if found.precision == "day":
                        yield fact(
                            "certificate_field",
                            "surveillance",
                            found.value,
                            cell.passage,
                            cell.start + found.start,
                            cell.start + found.end,
                        )
