"""Certificates of calibration of laboratories outside, and letters that are read as certificates because they tell of one."""

import re

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.other_company import is_same, names_in
from evidence.model import Citation, DocumentReport

_TITLE, _LABORATORY, _GREETING = (
    phrases("certificates_flags", name) for name in ("calibration_certificate", "laboratory", "greeting")
)
_ACCREDITED = re.compile(r"(?<!\d)17025(?!\d)")

OPENING = 8
"""First lines of a paper in which it says whose and what it is."""


def laboratory_certificate(bundle: Bundle, document: DocumentReport) -> Citation | None:
    """The head of a certificate of calibration: its title, the accreditation, and before the title the laboratory, which is not the
    supplier. None for a register, a sheet that the supplier made of its certificates, and where the names cannot be compared.
    """
    if document.kind not in ("calibration_record", "certificate") or is_example(document):
        return None
    shown = document.shown
    lines = [line for passage in shown for line in passage.text.splitlines()][:OPENING]
    titled = next((number for number, line in enumerate(lines) if _is_title(line)), None)
    if titled is None or not any(map(_ACCREDITED.search, lines)):
        return None
    head = set(lines[:titled])
    own = (bundle.supplier, *bundle.settings.aliases)
    for passage in shown[:OPENING]:
        for named in names_in(passage):
            if named.line.text.strip() not in {line.strip() for line in head}:
                continue
            if _LABORATORY.search(fold(named.text)) and not any(is_same(named.text, name) for name in own):
                return cite(document, passage, named.line.text.strip())
    return None


def _is_title(line: str) -> bool:
    """Whether a line is the title of such a certificate, with its number beside it at most."""
    title = line.split("|", 1)[0].strip()
    match = _TITLE.search(fold(title))
    return match is not None and len(title) - len(match[0]) <= BESIDE and not _LISTS.search(fold(title))


_LISTS = phrases("papers_flags", "keeps_list")
"""What heads a sheet that the supplier keeps of its certificates."""


BESIDE = 24
"""Letters beside the title: the same in another language, or its number."""


def is_letter(document: DocumentReport) -> bool:
    """Whether a paper is a mail, or one of its first lines greets its reader."""
    if document.is_mail:
        return True
    lines = [line for passage in document.passages[:2] for line in passage.text.splitlines()][:OPENING]
    return any(_GREETING.match(fold(line).lstrip()) for line in lines)
