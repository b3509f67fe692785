"""Whether a paper is a certificate of a management system or of a scheme, and of which."""

import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.facts.certificate_days import has_cycle
from evidence.facts.certificate_editions import edition_apart, lacks_edition
from evidence.facts.certificate_names import TITLE
from evidence.facts.certificate_standards import Mention, is_of_laboratory, mentions, names_system, wider
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
    """Whether a paper speaks as a certificate of a management system or of a scheme; one that tells of its end does not."""
    folded = text.folded
    of_system = names_system(folded)
    if _NOT_SYSTEM.search(folded[:400]) or folded.count("?") >= 6 or is_of_laboratory(folded):
        return False
    # Most papers end here: the sixty schemes are looked for only in what begins as a certificate.
    if not of_system and not (_begins_as_one(folded) and any(mentions(folded, text.written))):
        return False
    if is_notice(text):
        return False
    roles = {piece.role for piece in text.labelled} - {"other", "standard", "address"}
    credential = sum(len(passage.text) for passage in source.passages if passage.mode == "credential")
    whole = credential * 10 >= 9 * sum(len(passage.text) for passage in source.passages)
    if not of_system:
        return _is_of_scheme(source, text, credential, len(roles))
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


def _begins_as_one(folded: str) -> bool:
    head = folded[:TITLE_WITHIN]
    return bool(TITLE.search(head) or _CERTIFIES.search(head))


def _is_of_scheme(source: Source, text: CertificateText, credential: int, labels: int) -> bool:
    """Whether a paper that names a scheme and begins as a certificate is that of the scheme: it must speak as one or hold the
    fields of one, and tell a day; ``credential`` are its letters that the model takes for such.
    """
    folded, total = text.folded, sum(len(passage.text) for passage in source.passages)
    if credential * 2 < total and labels < LEAST_LABELS:
        return False
    if not _CERTIFIES.search(folded) and labels < LEAST_LABELS:
        return False
    return any(source.dates(passage.text) for passage in source.passages) or credential * 10 >= 9 * total


def standards(text: CertificateText) -> Iterator[Fact]:
    """The standards and schemes a certificate is of, each with its editions; one that only the number of another certificate goes
    before is left out: ``held together with Q 88119 (ISO 9001:2015)``.
    """
    told = list(_mentions(text))
    own = {found.name for found, _, aside in told if not aside} or {found.name for found, *_ in told}
    own -= {wider(name) for name in own}
    seen: set[tuple[str, str]] = set()
    for found, made, _ in sorted(told, key=lambda item: not item[0].of_system):
        for role, value in (("standard", found.name), ("edition", found.edition)):
            if found.name in own and value and (role, value) not in seen:
                seen.add((role, value))
                yield made.model_copy(update={"role": role, "value": value})
    if name := lacks_edition([found for found, *_ in told]):
        yield from edition_apart(tuple(text.passages), name)


_ASIDE = re.compile(r"(?=[^\s(]*\d)[a-z0-9][\w./-]*\s?\(\s?$")
"""The number of a certificate and a bracket."""

OWN_LINE = 60
"""Letters of a line that names a scheme beside the standards of a certificate: in longer ones a body or a scope speaks of it."""


def _mentions(text: CertificateText) -> Iterator[tuple[Mention, Fact, bool]]:
    """Everything that is named, where, and whether as that of another certificate."""
    named = [(found, passage) for passage in text.passages for found in mentions(fold(passage.text), passage.text)]
    systems = any(found.of_system for found, _ in named)
    landmarks = systems or any(not found.common for found, _ in named)
    for found, passage in named:
        if found.common and landmarks:
            continue
        if systems and not found.of_system and len(_line_of(passage.text, found.start)) > OWN_LINE:
            continue
        aside = _ASIDE.search(fold(passage.text)[: found.start]) is not None
        yield found, fact("certificate_field", "standard", found.name, passage, found.start, found.end), aside


def _line_of(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]
