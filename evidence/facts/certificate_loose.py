"""Labels of a certificate that nobody has listed, told by a word in them: ``Alamat Kantor dan Pabrik | ...``, ``Product range: ...``.

Asked only where no listed label gave a field.
"""

import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.facts.certificate_names import is_company
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import LONGEST_VALUE, CertificateText, Labelled
from evidence.facts.text import words

_LABELLED = re.compile(r"(?P<label>[^\n|:：]{2,48}?)\s{0,3}(?:[:：]|\s\|)\s{0,3}(?=[^\s|:：])")


def loose(text: CertificateText, role: str) -> Iterator[Labelled]:
    """Pieces whose label holds a word for a field, where it is no listed label of another one."""
    taken = [(piece.begins, piece.end) for piece in text.labelled if piece.role not in ("other", role)]
    for start, end in text.lines:
        for match in _LABELLED.finditer(text.folded, start, end):
            if any(first < match.end() and match.start() < last for first, last in taken):
                continue
            if is_company(match["label"]) or STANDARD.search(match["label"]):
                continue
            if _stems(role).search(match["label"]) and not _others(role).search(match["label"]):
                cell = text.written.find(" | ", match.end(), end)
                last = min(cell if cell >= 0 else end, match.end() + LONGEST_VALUE)
                yield Labelled(role, match.start(), match.end(), last)
                break


@cache
def _stems(role: str) -> re.Pattern[str]:
    return words(tuple(table("certificate_labels")["stems"][role]))


@cache
def _others(role: str) -> re.Pattern[str]:
    stems = table("certificate_labels")["stems"]
    return words(tuple(word for name, listed in stems.items() if name != role for word in listed))
