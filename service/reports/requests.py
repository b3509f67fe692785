"""What to request from the supplier: exactly which record would close each gap, and what each red flag asks, in five languages.

The English asks stand with the expectations and flags (``evidence/data``), their translations and the letter around them in
``letters/``. A test holds every ask against every language.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from evidence.bundle import months_before
from evidence.data import table
from evidence.flags.registry import name_of
from evidence.model import Expectation, Flag, Report
from evidence.settings import ages as default_ages
from service.reports.drawing import clean
from service.reports.quoting import Rows, in_short, told_once

LANGUAGES = ("en", "vi", "id", "th", "zh")
# Files named with a question; a list longer than that helps nobody.
MOST_FILES = 6
# A flag that asks for what the open expectation beside it asks for already is left out of the letter; by the ask of the expectation.
_CERTIFICATE = ("certificate_expired", "edition_withdrawn", "no_surveillance_evidence")
COVERED = {
    "continuous_improvement": ("internal_audit_too_old", "management_review_too_old"),
    "continuous_improvement.no_audit": ("internal_audit_too_old",),
    "continuous_improvement.no_review": ("management_review_too_old",),
    "certification": _CERTIFICATE,
    "certification.certificate_expired": _CERTIFICATE,
    "certification.edition_withdrawn": _CERTIFICATE,
    "certification.certificate_without_expiry": _CERTIFICATE,
    "certification.certificate_of_another_company": (*_CERTIFICATE, "certificate_other_holder"),
    "certification.certificate_for_other_work": ("certificate_scope_mismatch",),
    "certification.certificate_without_accreditation": ("no_accreditation",),
    "certification.certificate_without_surveillance": ("no_surveillance_evidence",),
    "certification.certificate_with_gaps": ("no_accreditation", "no_surveillance_evidence"),
    "defect_metrics": ("kpi_target_without_series", "series_stops"),
    "defect_metrics.series_too_old": ("series_stops",),
    "defect_metrics.series_without_year": ("series_stops",),
    "supplier_evaluation": ("supplier_list_without_evaluation",),
}
# A question about the effect of an action is put once: that of the missing check asks for more.
SAME_QUESTION = {"closed_same_day": "no_effectiveness_check"}
# Topics of procedures without a record, and the expectation whose ask brings those records along.
TOPIC_COVERED = {
    "corrective action": "corrective_action",
    "internal audit": "continuous_improvement",
    "management review": "continuous_improvement",
    "traceability": "traceability",
    "supplier evaluation": "supplier_evaluation",
}
# Words of the supplier's own papers under a question: enough to find the place, and no more than two places.
MOST_QUOTES, QUOTE_LETTERS, LEAST_LETTERS = 2, 120, 4
# Months that an ask names by itself: a day beside it is told only where the workspace wants newer records than that.
OWN_MONTHS = {
    "systematic_processes": 12, "traceability": 3, "corrective_action": 12, "supplier_monitoring": 6,
    "supplier_qualification": 24,
}  # fmt: skip
# Statuses for which an age can be named: the supplier knows from which day on a record counts.
# A certificate of three years ago can be the current one; what may not be old is its surveillance, and the ask says so.
_UNDATED = ("certification",)
_DATED = ("living", "stale", "partial", "static_only", "missing")
# Values that stand in an ask and have a translation of their own.
_TRANSLATED = "topic"


@dataclass(frozen=True)
class Request:
    """One thing to ask for, in no language yet.

    ``why`` is the rule that left the gap open, ``since`` the day that the newest record must reach, ``files`` the papers a
    question is about, ``words`` what fills the gaps of the ask, ``quotes`` the words of those papers that raised it.
    """

    kind: str
    id: str
    ask: str
    why: str = ""
    since: date | None = None
    files: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which letters have the ask in their language; that of an older report falls back on its expectation."""
        return _asks().get(self.ask, self.id)


@dataclass(frozen=True)
class Line:
    """A request in words of a language: its title (of expectations), the ask, the reason, the files and their own words."""

    title: str
    ask: str
    why: str
    since: str
    files: str
    quotes: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands under the ask, line by line."""
        return tuple(
            text for text in (self.since, self.why, self.files, *(f"“{quote}”" for quote in self.quotes)) if text
        )


@dataclass(frozen=True)
class Letter:
    """A request list ready to send."""

    language: str
    subject: str
    greeting: str
    intro: str
    records_title: str
    records: tuple[Line, ...]
    questions_title: str
    questions: tuple[Line, ...]
    closing: str
    regards: str


def requests_of(report: Report) -> tuple[Request, ...]:
    """The asks of open expectations, then those of flags, the gravest first; none twice."""
    made = [_of_expectation(item, report) for item in report.expectations if item.status != "living" and item.ask]
    covered = {flag for request in made for flag in COVERED.get(request.key, ())}
    asked = {request.id for request in made}
    named = {flag.id: set(_files(flag, report)) for flag in report.flags}
    rows = Rows(report.documents)
    for flag in report.flags:
        if not flag.ask or flag.id in covered:
            continue
        words = words_of(flag.id, flag.ask)
        if named[flag.id] and named[flag.id] <= named.get(SAME_QUESTION.get(flag.id, ""), set()):
            continue
        topics = _split(dict(words).get(_TRANSLATED, ""))
        if topics and all(TOPIC_COVERED.get(topic.lower()) in asked for topic in topics):
            continue
        made.append(
            Request("flag", flag.id, flag.ask, files=_files(flag, report), words=words, quotes=_quotes_of(flag, rows))
        )
    seen: set[str] = set()
    return tuple(request for request in made if not (request.ask in seen or seen.add(request.ask)))  # type: ignore[func-returns-value]


def covering(flag: Flag) -> set[str]:
    """The expectations whose ask, where they are open, asks for what a flag asks for."""
    topics = _split(dict(words_of(flag.id, flag.ask)).get(_TRANSLATED, ""))
    return {name.partition(".")[0] for name, flags in COVERED.items() if flag.id in flags} | {
        TOPIC_COVERED[topic.lower()] for topic in topics if topic.lower() in TOPIC_COVERED
    }


def _of_expectation(item: Expectation, report: Report) -> Request:
    """The ask of an open expectation, with the day that the newest record must reach where the ask names no nearer one."""
    months = {**default_ages(), **report.settings.max_age_months}.get(item.id)
    told = months is not None and item.status in _DATED and item.id not in _UNDATED
    if not told or months is None or months >= OWN_MONTHS.get(item.id, months + 1):
        return Request("expectation", item.id, item.ask, item.rule)
    day = date.fromisoformat(report.reference_date)
    return Request("expectation", item.id, item.ask, item.rule, months_before(day, months))


def _files(flag: Flag, report: Report) -> tuple[str, ...]:
    """Names of the files a flag is about. What could not be read has no citation: its sentence names it."""
    if flag.id == "unreadable":
        names = (name_of(d.path) for d in report.documents if d.status == "failed")
        partly = (name for d in report.documents if f"'{(name := name_of(d.path))}'" in flag.explanation)
        return tuple(dict.fromkeys((*names, *partly)))
    return tuple(dict.fromkeys(name_of(citation.document) for citation in flag.citations))


def _quotes_of(flag: Flag, rows: Rows) -> tuple[str, ...]:
    """The first words of the papers that raised a flag, so that a supplier sees why it is asked: never a lone day or figure."""
    shown = dict.fromkeys(
        in_short(rows.widened(citation), QUOTE_LETTERS, flag.explanation) for citation in told_once(flag.citations)
    )
    return tuple(text for text in shown if len(text) >= LEAST_LETTERS)[:MOST_QUOTES]


def words_of(flag: str, ask: str) -> tuple[tuple[str, str], ...]:
    """What a finding filled into the English ask of its flag: its names and words, read back from the sentence."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(str(table("flags").get(flag, {}).get("ask", ""))))
    found = re.fullmatch(pattern, ask, re.DOTALL) if pattern else None
    return tuple(found.groupdict().items()) if found else ()


def letter_of(report: Report, language: str = "en") -> Letter:
    """The request list of a report in a language of ``LANGUAGES``. Raises KeyError for any other."""
    texts = letters()[language]
    frame = texts["frame"]
    names = {"supplier": report.supplier, "day": report.reference_date}
    requests = requests_of(report)
    records = tuple(_line(request, texts) for request in requests if request.kind == "expectation")
    questions = tuple(_line(request, texts) for request in requests if request.kind == "flag")
    return Letter(
        language=language,
        subject=_filled(frame["subject"], names),
        greeting=_filled(frame["greeting"], names),
        intro=_filled(frame["intro"], names) if requests else frame["nothing"],
        records_title=frame["records"],
        records=records,
        questions_title=frame["questions"],
        questions=questions,
        closing=frame["closing"] if requests else "",
        regards=frame["regards"],
    )


def write_letter(letter: Letter) -> str:
    """The letter as plain text, for a mail."""
    lines = [letter.subject, "", letter.greeting, "", letter.intro, ""]
    number = 0
    for title, group in ((letter.records_title, letter.records), (letter.questions_title, letter.questions)):
        if not group:
            continue
        lines += [title, ""]
        for line in group:
            number += 1
            colon = "：" if letter.language == "zh" else ": "
            head = f"{number}. {line.title}{colon if line.title else ''}{line.ask}"
            lines.append(head)
            lines += [f"   {text}" for text in line.notes]
        lines.append("")
    lines += [letter.closing, "", letter.regards] if letter.closing else [letter.regards]
    return clean("\n".join(lines) + "\n")


@cache
def letters() -> dict[str, dict[str, Any]]:
    """The texts by language. Callers do not change what they get: it is shared."""
    made = {}
    for language in LANGUAGES:
        file = resources.files("service.reports") / "letters" / f"{language}.toml"
        made[language] = tomllib.loads(file.read_text(encoding="utf-8"))
    expectations = table("expectations")["expectation"]
    made["en"]["title"] = {item["id"]: item["title"] for item in expectations}
    made["en"]["ask"] = {item["id"]: item["ask"] for item in expectations} | {
        f"{item['id']}.{name}": ask for item in expectations for name, ask in item.get("asks", {}).items()
    }
    made["en"]["flag"] = {identity: data["ask"] for identity, data in table("flags").items()}
    return made


@cache
def _asks() -> dict[str, str]:
    """The names of the asks of expectations by their English words."""
    return {ask: name for name, ask in letters()["en"]["ask"].items()}


def _line(request: Request, texts: dict[str, Any]) -> Line:
    frame = texts["frame"]
    of_expectation = request.kind == "expectation"
    # An ask without a translation, of a newer rule, is sent in English rather than left out.
    template = texts["ask"].get(request.key) if of_expectation else texts["flag"].get(request.id)
    words = {name: _topics(value, texts) if name == _TRANSLATED else value for name, value in request.words}
    complete = template is not None and set(_names(template)) <= set(words)
    files = ", ".join(request.files[:MOST_FILES])
    if len(request.files) > MOST_FILES:
        files += " " + _filled(frame["more"], {"count": str(len(request.files) - MOST_FILES)})
    return Line(
        title=texts["title"].get(request.id, "") if of_expectation else "",
        ask=_filled(str(template), words) if complete else request.ask,
        why=texts["why"].get(request.why, ""),
        since=_filled(frame["since"], {"day": request.since.isoformat()}) if request.since else "",
        files=_filled(frame["concerns"], {"files": files}) if files else "",
        quotes=request.quotes,
    )


def _topics(value: str, texts: dict[str, Any]) -> str:
    """``calibration and training`` in the words of a letter."""
    topics = [texts["topic"].get(one.lower(), one) for one in _split(value)]
    _, comma, last, _ = re.split(r"\{\w+\}", texts["frame"]["list"])
    return f"{comma.join(topics[:-1])}{last}{topics[-1]}" if len(topics) > 1 else topics[0]


def _split(value: str) -> list[str]:
    return re.split(r", | and ", value) if value else []


def _names(template: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", template)


def _filled(template: str, words: dict[str, str]) -> str:
    """The template with its names filled in. Braces in the words stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda match: words.get(match[1], match[0]), template)
