"""Audits of which other papers tell that they found nothing: a row of the minutes of a management review, a mail, a list of audits."""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle
from evidence.facts.months import MONTHS
from evidence.facts.people import lexicon as people
from evidence.facts.tables import is_finding, says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.finding_answers import says_closed
from evidence.flags.finding_lists import FOUND
from evidence.flags.findings_told import is_on_audit
from evidence.flags.zero_counts import counts_none, counts_of_findings, counts_some
from evidence.model import DocumentReport, Passage
from evidence.titles import is_of_other_house, records_nothing, title_of

_AUDIT, _OTHER_HOUSE = (phrases("titles", name) for name in ("internal_audit", "other_house"))
_FOLLOW_UP, _MANY, _WHOLE, _LIES_OPEN = (
    phrases("audits_flags", name) for name in ("follow_up", "many_audits", "whole_scope", "lies_open")
)

NEAR = 2
"""Lines behind the one that names an audit in which is told what it found."""

LONGEST = 600
"""Letters of a line that tells one thing."""

LEAST_PERIODS = 2
"""Days, months or years from which a line tells of audits and not of one."""


def told_without_finding(bundle: Bundle, document: DocumentReport) -> tuple[Passage, str] | None:
    """The line of a record that tells of several internal audits, or of one of the whole company, that nothing was found."""
    if records_nothing(document) or is_of_other_house(document):
        return None
    if listed := _listed_below_heading(document):
        return listed
    titled = is_on_audit(document)
    for passage, line, text in _tellings(document, titled):
        folded = fold(text)
        if _counts_zeros(line):
            return passage, line
        if _LIES_OPEN.search(folded) or _OTHER_HOUSE.search(folded) or _FOLLOW_UP.search(folded) or counts_some(text):
            continue
        if not (says_no_finding(text) or counts_none(text) or _NEVER.search(folded)) or says_closed(
            _DENIED.sub(" ", folded)
        ):
            continue
        if any(is_finding(part) and not says_no_finding(part) for part in _SENTENCES.split(text)):
            continue
        if len(_periods(folded)) >= LEAST_PERIODS or _MANY.search(folded) or _WHOLE.search(folded):
            return passage, line
    return None


def _listed_below_heading(document: DocumentReport) -> tuple[Passage, str] | None:
    """The heading of a part of a paper on internal audits, with the passage below it that lists several, none of them with a finding."""
    for passage in document.told:
        if not passage.heading:
            continue
        if not _AUDIT.search(fold(passage.heading[-1])) or _OTHER_HOUSE.search(fold(passage.text)):
            continue
        none, some = counts_of_findings([passage.text])
        said = any(_LIES_OPEN.search(folded) or _FOLLOW_UP.search(folded) for folded in [fold(passage.text)])
        if none >= LEAST_LISTED and not some and not said and len(_periods(fold(passage.text))) >= LEAST_PERIODS:
            return passage, next((line for line in passage.text.split("\n") if "|" in line), passage.text)
    return None


def _counts_zeros(line: str) -> bool:
    """Whether a row counts the findings of internal audits over several periods, none in any."""
    head, *cells = (fold(cell).strip() for cell in line.split("|"))
    counts = [cell for cell in cells if any(map(str.isdigit, cell)) and not _TARGET.search(cell)]
    return len(counts) >= LEAST_LISTED and FOUND.search(head) is not None and all(cell == "0" for cell in counts)


_TARGET = re.compile(r"[<>≤≥=]")


def lists_without_finding(bundle: Bundle, document: DocumentReport) -> tuple[Passage, str] | None:
    """The first passage of a list of audits held, by its auditors, days and counts of findings, of which none counts any; whatever
    the model took it for.
    """
    if not calls_itself_audits(document) or is_of_other_house(document):
        return None
    told = document.shown
    none, some = counts_of_findings([passage.text for passage in told])
    if some or none < LEAST_LISTED or not any(heads_audits(line) for p in told for line in p.text.split("\n")):
        return None
    days = {fact.value for fact in document.facts if fact.kind == "date" and fact.value <= bundle.today.isoformat()}
    return (told[0], told[0].text.split("\n", 1)[0]) if len(days) >= LEAST_PERIODS else None


def calls_itself_audits(document: DocumentReport) -> bool:
    """Whether the title of a paper names internal audits, be it a plan of them as well."""
    return _AUDIT.search(title_of(document)) is not None


def heads_audits(line: str) -> bool:
    """Whether a row of heads has one for the auditor."""
    cells = [cell.strip() for cell in line.split("|")]
    return len(cells) > LEAST_LISTED and any(people().label(cell) == "auditor" for cell in cells if cell)


LEAST_LISTED = 3
"""Audits without a finding from which a list tells that there never was one."""


def _tellings(document: DocumentReport, titled: bool) -> Iterator[tuple[Passage, str, str]]:
    for passage in document.told:
        lines = passage.text.split("\n")
        for at, line in enumerate(lines):
            if len(line) > LONGEST or not (_AUDIT.search(fold(line)) or (titled and at)):
                continue
            if "|" in line:
                yield passage, line, line
            else:
                yield passage, line, "\n".join((line, *_prose(lines[at + 1 : at + 1 + NEAR])))


def _prose(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if "|" in line or len(line) > LONGEST:
            return
        yield line


_MONTH = "|".join(re.escape(name) for name in sorted(MONTHS, key=lambda name: (-len(name), name)) if len(name) > 2)
_PERIOD = late(
    r"(?<!\d)(?:\d{1,2}[/.-]){0,2}(?:20|25)\d\d(?!\d)|"
    rf"(?<![^\W_])(?:{_MONTH})\.?[ ,'-]{{0,2}}\d{{2,4}}(?!\d)|(?:20|25)\d\d ?[年년]"
)


def _periods(folded: str) -> set[str]:
    """The days, months and years that a text names."""
    return {match.group() for match in _PERIOD.finditer(folded)}


_NEVER = late(
    rf"(?:never|zero|{phrases('audits_flags', 'none_before').pattern})\W?(?:[^\W\d_]+ ){{0,2}}?(?:{phrases('audits_flags', 'counted').pattern})"
    rf"(?![^.;|。；]{{0,40}}(?:{phrases('audits_flags', 'came_of').pattern}|{phrases('audits_flags', 'left_open').pattern}))"
)
"""That none was ever written, and not that none came back: ``we never have any CAR``."""

_SENTENCES = re.compile(r"(?<=[.;!?])\s+|(?<=[。；！？])|\s\|\s|\n")
_DENIED = late(r"(?:no|nothing|none|not one)\W{1,3}(?:[^\W\d_]+ ){0,2}closed")
