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
from evidence.model import Report
from evidence.settings import ages as default_ages

LANGUAGES = ("en", "vi", "id", "th", "zh")
# Files named with a question; a list longer than that helps nobody.
MOST_FILES = 6
# A flag that asks for what the open expectation beside it asks for already is left out of the letter.
COVERED = {
    "continuous_improvement": ("internal_audit_too_old", "management_review_too_old"),
    "certification": ("certificate_expired", "edition_withdrawn", "no_surveillance_evidence"),
    "defect_metrics": ("kpi_target_without_series", "series_stops"),
    "supplier_evaluation": ("supplier_list_without_evaluation",),
}
# Statuses for which an age can be named: the supplier knows from which day on a record counts.
# A certificate of three years ago can be the current one; what may not be old is its surveillance, and the ask says so.
_UNDATED = ("certification",)
_DATED = ("living", "stale", "partial", "static_only", "missing")
# Values that stand in an ask and have a translation of their own.
_TRANSLATED = "topic"


@dataclass(frozen=True)
class Request:
    """One thing to ask for, in no language yet.

    ``why`` is the rule that left the gap open, ``since`` the day from which a record counts, ``files`` the papers a question
    is about, ``words`` what fills the gaps of the ask.
    """

    kind: str
    id: str
    ask: str
    why: str = ""
    since: date | None = None
    files: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A request in words of a language: its title (of expectations), the ask, the reason and the files."""

    title: str
    ask: str
    why: str
    since: str
    files: str


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
    day = date.fromisoformat(report.reference_date)
    ages = {**default_ages(), **report.settings.max_age_months}
    made: list[Request] = []
    covered: set[str] = set()
    for item in report.expectations:
        if item.status == "living" or not item.ask:
            continue
        since = (
            months_before(day, ages[item.id])
            if item.id in ages and item.status in _DATED and item.id not in _UNDATED
            else None
        )
        made.append(Request("expectation", item.id, item.ask, item.rule, since))
        covered.update(COVERED.get(item.id, ()))
    for flag in report.flags:
        if flag.ask and flag.id not in covered:
            files = tuple(dict.fromkeys(name_of(citation.document) for citation in flag.citations))
            if flag.id == "unreadable":
                files = tuple(name_of(d.path) for d in report.documents if d.status == "failed") or files
            made.append(Request("flag", flag.id, flag.ask, files=files, words=words_of(flag.id, flag.ask)))
    seen: set[str] = set()
    return tuple(request for request in made if not (request.ask in seen or seen.add(request.ask)))  # type: ignore[func-returns-value]


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
            head = f"{number}. {line.title}: {line.ask}" if line.title else f"{number}. {line.ask}"
            lines.append(head)
            lines += [f"   {text}" for text in (line.since, line.why, line.files) if text]
        lines.append("")
    lines += [text for text in (letter.closing, "", letter.regards) if text or lines[-1]]
    return "\n".join(lines).rstrip() + "\n"


@cache
def letters() -> dict[str, dict[str, Any]]:
    """The texts by language. Callers do not change what they get: it is shared."""
    made = {}
    for language in LANGUAGES:
        file = resources.files("service.reports") / "letters" / f"{language}.toml"
        made[language] = tomllib.loads(file.read_text(encoding="utf-8"))
    expectations = table("expectations")["expectation"]
    made["en"]["title"] = {item["id"]: item["title"] for item in expectations}
    made["en"]["ask"] = {item["id"]: item["ask"] for item in expectations}
    made["en"]["flag"] = {identity: data["ask"] for identity, data in table("flags").items()}
    return made


def _line(request: Request, texts: dict[str, Any]) -> Line:
    frame = texts["frame"]
    of_expectation = request.kind == "expectation"
    # An ask without a translation, of a newer rule, is sent in English rather than left out.
    template = texts["ask" if of_expectation else "flag"].get(request.id)
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
    )


def _topics(value: str, texts: dict[str, Any]) -> str:
    """``calibration and training`` in the words of a letter."""
    topics = [texts["topic"].get(one.lower(), one) for one in re.split(r", | and ", value)]
    _, comma, last, _ = re.split(r"\{\w+\}", texts["frame"]["list"])
    return f"{comma.join(topics[:-1])}{last}{topics[-1]}" if len(topics) > 1 else topics[0]


def _names(template: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", template)


def _filled(template: str, words: dict[str, str]) -> str:
    """The template with its names filled in. Braces in the words stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda match: words.get(match[1], match[0]), template)
