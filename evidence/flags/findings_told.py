"""Findings of an internal audit of which minutes, mails or later reports tell that nobody answered them: ``6 NCRs of the audit of 9 December,
no reply from any department``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, months_before
from evidence.facts.case_heads import field_of
from evidence.facts.columns import tells_done
from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, phrases
from evidence.flags.finding_answers import is_answered, says_closed, says_left, surely_left, without_left
from evidence.flags.findings_left import LEAST_AGE, audit_day, days_in
from evidence.model import DocumentReport, Passage
from evidence.titles import records_nothing

_AUDIT, _OTHER_HOUSE = phrases("titles", "internal_audit"), phrases("titles", "other_house")
_POINTS = re.compile(
    "|".join(phrases("audits_flags", name).pattern for name in ("found", "counted", "points", "numbered", "answers"))
)

NEAR = 3
"""Lines behind the one that names an audit in which is told what became of its findings."""

LONGEST = 600
"""Letters of a line that tells one thing."""


@dataclass(frozen=True)
class Told:
    """A line that tells of an audit, with those behind it that may go on."""

    passage: Passage
    line: str
    text: str


def told_left(bundle: Bundle, document: DocumentReport) -> list[tuple[Passage, str]]:
    """The lines of a record that tell of findings of an internal audit, some months old, that nobody took them up."""
    if records_nothing(document):
        return []
    limit = months_before(bundle.today, LEAST_AGE)
    held, own = audit_day(bundle, document), is_on_audit(document)
    found = []
    for told in _tellings(document):
        folded = fold(told.text)
        told_of = says_left if _AUDIT.search(fold(told.line)) and not (own and "|" in told.line) else surely_left
        if not told_of(folded) or says_no_finding(told.text) or any(map(_answers, _SENTENCES.split(told.text))):
            continue
        if not _POINTS.search(folded) or _OTHER_HOUSE.search(folded):
            continue
        days = days_in(bundle, document, told.passage, told.line)
        if any(day > bundle.today for day in days_in(bundle, document, told.passage, told.text, passed=False)):
            continue  # an answer is asked for by a day to come
        day = min(days, default=held)
        if day is not None and day <= limit:
            found.append((told.passage, told.line))
    return found


def is_on_audit(document: DocumentReport) -> bool:
    """Whether a paper is on an internal audit as a whole, by the name of its file or its first line: minutes speak of one among others."""
    first = document.passages[0].text.split("\n", 1)[0] if document.passages else ""
    name = document.path.replace("_", " ")
    return any(
        _AUDIT.search(fold(text)) and not _REVIEW.search(fold(text)) for text in (name, first, _subject(document))
    )


def _subject(document: DocumentReport) -> str:
    """What a mail says it is on."""
    opening = document.passages[0].text.split("\n") if document.passages else []
    return next((line for line in opening if _SUBJECT.match(fold(line))), "")


_SUBJECT = re.compile(r"(?:subject|chủ đề|perihal|เรื่อง|主题|主旨|제목|konu)\W")
_REVIEW = phrases("titles", "management_review")
_OTHERS = re.compile(
    "|".join(f"(?:{phrases(*name).pattern})" for name in (("suppliers_flags", "supplier"), ("audits_flags", "others")))
)


def _answers(sentence: str) -> bool:
    """Whether a sentence tells that something came of what was found, and does not only tell of the audit or of requests sent out."""
    rest = without_left(fold(sentence))
    dated = rest == fold(sentence) and any(map(str.isdigit, rest)) and is_answered(_bare(rest))
    return (
        says_closed(rest)
        or dated
        or (rest == fold(sentence) and _is_headed_answer(sentence))
        or (tells_done(_bare(rest)) and _AUDIT.search(rest) is None)
    )


def _is_headed_answer(sentence: str) -> bool:
    """Whether a sentence begins with the head of a cause or action and tells it: ``Cause: the sheet has no line for the night``."""
    told = _HEADED.match(sentence.strip())
    return told is not None and field_of(told[1]) in ANSWERS


_HEADED = re.compile(r"([^:：|\n]{2,30})[:：]\s*(\S[^\n]{8,})")

ANSWERS = ("root_cause", "action", "containment", "preventive", "effectiveness")
"""Parts of a report that answer a finding."""


_SENTENCES = re.compile(r"(?<=[.;!?])\s+|(?<=[。；！？])|\s\|\s|\n")


def _tellings(document: DocumentReport) -> Iterator[Told]:
    """The lines that name an internal audit, each with the next ones of its paragraph; in a mail or memo on an audit, all that name points."""
    titled = is_on_audit(document)
    for number, passage in enumerate(document.passages):
        if passage.hidden or passage.mode == "template":
            continue
        lines = passage.text.split("\n")
        for at, line in enumerate(lines):
            folded = fold(line)
            if len(line) > LONGEST or not (
                _AUDIT.search(folded)
                or (titled and (at or number) and _POINTS.search(folded) and not _OTHERS.search(folded))
            ):
                continue
            if "|" in line or (_POINTS.search(folded) and says_left(folded)):
                yield Told(passage, line, line)
            else:
                yield Told(passage, line, "\n".join((line, *_prose(lines[at + 1 : at + 1 + NEAR]))))


def _prose(lines: Sequence[str]) -> Iterator[str]:
    """The lines of prose up to the next table, or to one on customers, suppliers or other audits."""
    for line in lines:
        if "|" in line or len(line) > LONGEST or _OTHERS.search(fold(line)):
            return
        yield line


def _bare(folded: str) -> str:
    """A text without the names of requests and reports, which are no answers: ``corrective action requests``."""
    return _NAMES.sub(" ", folded)


_NAMES = phrases("audits_flags", "requests")
