"""Whether a paper is a certificate of a management system, and of which standards."""

import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.facts.certificate_days import has_cycle
from evidence.facts.certificate_names import STANDARD, TITLE
from evidence.facts.certificate_text import CertificateText
from evidence.facts.dates import find_dates
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, phrases, words
from evidence.model import Fact

LEAST_LABELS = 4
"""Different fields with labels that make a certificate of a paper which does not say that it certifies."""

TITLE_WITHIN = 300
"""Letters from the beginning within which a certificate calls itself one."""

_CERTIFIES = phrases("certificates", "certifies")
_SYSTEM = ("19001", "9001", "16949", "13485", "14001", "45001", "22000", "27001", "20000-1", "18001", "22301", "50001")
_CONFORMS = phrases("certificates", "conforms")
_NOT_SYSTEM = phrases("certificates", "not_system")


LONGEST_TITLE, TITLE_AT, NOTICE_WITHIN = 90, 24, 1200
"""Letters of the line of a title, of what may stand before its words, and from the beginning within which a notice has one."""


def is_notice(text: CertificateText) -> bool:
    """Whether a paper tells that a certificate was suspended or withdrawn: in its title, or in a sentence that sets no condition."""
    titles, said, conditions = (_notice(name) for name in ("titles", "said", "conditions"))
    for start, end in text.lines:
        title = (
            titles.search(text.folded, start, end) if start < NOTICE_WITHIN and end - start <= LONGEST_TITLE else None
        )
        if title and title.start() - start <= TITLE_AT and not conditions.search(text.folded, start, end):
            return True
    for sentence in _SENTENCE.split(text.folded.replace("\n", " ")):
        if (told := said.search(sentence)) and not conditions.search(sentence[: told.start()]):
            return True
    return False


_SENTENCE = re.compile(r"(?<=\w{3})[.;]\s|[。；]")


@cache
def _notice(name: str) -> re.Pattern[str]:
    return words(tuple(table("certificate_places")["notice"][name]))


def is_certificate(source: Source, text: CertificateText) -> bool:
    """Whether a paper speaks as a certificate of a management system; one that tells of its end does not."""
    folded = text.folded
    if not any(any(number in match[0] for number in _SYSTEM) for match in STANDARD.finditer(folded)):
        return False
    if _NOT_SYSTEM.search(folded[:400]) or folded.count("?") >= 6:
        return False
    if is_notice(text):
        return False
    roles = {piece.role for piece in text.labelled} - {"other", "standard", "address"}
    credential = sum(len(passage.text) for passage in source.passages if passage.mode == "credential")
    whole = credential * 10 >= 9 * sum(len(passage.text) for passage in source.passages)
    if whole and has_cycle(source):
        return (
            True  # whatever it calls itself: the model takes all of it for a certificate, and it holds its three years
        )
    if not TITLE.search(folded):
        return False
    days = {item.role for item in find_dates(source)}
    titled = TITLE.search(folded[:TITLE_WITHIN]) is not None
    certifies = _CERTIFIES.search(folded) or (titled and _CONFORMS.search(folded))
    if not certifies and len(roles) < LEAST_LABELS and not (whole and titled and "expiry" in days):
        return False
    dated = bool({"expiry", "issue"} & days)
    return dated or credential > 100 or len(roles) >= LEAST_LABELS


def standards(text: CertificateText) -> Iterator[Fact]:
    """The standards a certificate is of, each with its editions; one that only the number of another certificate goes before is
    left out: ``held together with Q 88119 (ISO 9001:2015)``.
    """
    told = list(_mentions(text))
    own = {name for name, _, _, aside in told if not aside} or {name for name, *_ in told}
    seen: set[tuple[str, str]] = set()
    for name, year, made, _ in told:
        for role, value in (("standard", name), ("edition", f"{name}:{year}")):
            if name in own and (role == "standard" or year) and (role, value) not in seen:
                seen.add((role, value))
                yield made.model_copy(update={"role": role, "value": value})


_ASIDE = re.compile(r"(?=[^\s(]*\d)[a-z0-9][\w./-]*\s?\(\s?$")
"""The number of a certificate and a bracket."""


def _mentions(text: CertificateText) -> Iterator[tuple[str, str, Fact, bool]]:
    """Every standard that is named: its name, its year if told, where, and whether as that of another certificate."""
    for passage in text.passages:
        folded = fold(passage.text)
        for match in STANDARD.finditer(folded):
            number = next((number for number in _SYSTEM if number in match[0]), None)
            if number is None:
                continue
            name = (
                "ISO 9001"
                if number == "19001"
                else "IATF 16949"
                if "iatf" in match[0]
                else "ISO/TS 16949"
                if number == "16949"
                else "ISO/IEC 20000-1"
                if number == "20000-1"
                else f"ISO {number}"
            )
            year = match[1] or ""
            if year and number == "19001":
                year = {"2016": "2015", "2008": "2008", "2000": "2000"}.get(year, year)
            made = fact("certificate_field", "standard", name, passage, match.start(), match.end())
            yield name, year, made, _ASIDE.search(folded[: match.start()]) is not None
