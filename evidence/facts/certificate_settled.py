"""Two readings of a certificate settled: what labels and sentences gave, and what stands where a label points.

A label that points by place goes before a label that words alone gave: lines that a reader joined mix neighbours. What only
its place speaks for fills what nobody else read, and never stands against a label.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from evidence.data import table
from evidence.facts.certificate_marks import LIKELY, SURE, Value
from evidence.facts.certificate_names import is_company, plain, same
from evidence.facts.certificate_signs import is_accreditor
from evidence.facts.certificate_text import LONGEST_VALUE, CertificateText
from evidence.facts.identifiers import normal
from evidence.facts.text import fold, phrases, words
from evidence.model import Fact

ROLES = ("holder", "address", "scope", "number", "body", "issue", "expiry", "original")


def settled(text: CertificateText, read: Iterable[Fact], placed: dict[str, Value]) -> Iterator[Fact]:
    """One fact a field: the better of both readings."""
    by_words = {fact.role: fact for fact in read}
    chosen: dict[str, Fact] = {}
    for role in ROLES:
        value = placed.get(role)
        if value and role in DAYS and _of_visits(text, value):
            value = None
        made = _fact(text, role, value) if value else None
        known = by_words.get(role)
        if made and (known is None or (value and _before(text, value, made, known))):
            chosen[role] = made
        elif known and not (role == "body" and is_accreditor(known.value)):
            chosen[role] = known
    if address := chosen.get("address"):
        chosen["address"] = address.model_copy(update={"value": without_postcode(address.value)})
    for role in ("holder", "body"):
        named = chosen.get(role)
        label = _LABEL_BEFORE.match(named.value) if named else None
        if named and label and (is_company(named.value[label.end() :]) or _stems(role).search(fold(label[0]))):
            chosen[role] = named.model_copy(update={"value": named.value[label.end() :]})
    _apart(chosen, by_words)
    _no_address(text, chosen)
    _in_order(chosen, by_words)
    yield from chosen.values()


DAYS = ("issue", "expiry", "original")


def _of_visits(text: CertificateText, value: Value) -> bool:
    """Whether a day stands in a line that begins with the word for surveillance: ``Surveillance | 2024-05-22, 2025-05-20``."""
    begin = text.folded.rfind("\n", 0, value.start) + 1
    return _VISITS.match(text.folded[begin : value.start].lstrip(" |")) is not None


_VISITS = phrases("certificates", "surveillance")


@cache
def _stems(role: str) -> re.Pattern[str]:
    return words(tuple(table("certificate_labels")["stems"][role]))


_LABEL_BEFORE = re.compile(r"[^:：]{1,12}[:：]\s*(?=\S)")
"""A label and a colon before a name, of which a scan may have misread letters: ``회 At 명 :``."""

_FORM_ALONE = re.compile("(?:股份|份|有限|責任|责任|公司|株式会社){1,4}")
"""The form of a company in Chinese and Japanese, without its name."""


def _no_address(text: CertificateText, chosen: dict[str, Fact]) -> None:
    """A scan may lose the line of the holder: then its address is no name. A missing holder is asked for, a wrong one accuses.
    A company in brackets is the holder in another language, and no address.
    """
    holder, address = chosen.get("holder"), chosen.get("address")
    if holder and address and plain(holder.value) == plain(address.value) and not is_company(holder.value):
        del chosen["holder"]
    if address and is_company(address.value) and any(f"{sign}{address.value}" in text.written for sign in "(（"):
        del chosen["address"]


_LABEL_IN = re.compile(r"[^\W\d_]\s?\d?\s?[:：]")
_POSTCODE = re.compile(
    r"\s*[（(]\s*(?:邮编|邮政编码|郵編|郵遞區號|우편번호|〒|post(?:al)? ?code|zip(?: code)?|kode pos|poskod|รหัสไปรษณีย์)[^()（）]{0,24}[)）]?$",
    re.IGNORECASE,
)
"""The code of the post in brackets behind an address, which says it with a label of its own."""


def without_postcode(address: str) -> str:
    """An address without the code of the post that stands in brackets behind it."""
    return _POSTCODE.sub("", address) or address


MOST_STRAY = 2
"""Letters before an address that are none of its own."""

LABELLED = 0.9
"""Confidence of what a label or a sentence gave; below it only the look of a line spoke."""


def _before(text: CertificateText, value: Value, made: Fact, known: Fact) -> bool:
    """Whether what a place gave goes before what words gave."""
    ours, theirs = ("".join(filter(str.isalnum, fold(fact.value))) for fact in (made, known))
    over_two = "\n" in text.written[value.start : value.end].strip()
    if known.role in ("body", "holder") and theirs and theirs in ours and over_two:
        return ours != theirs  # the words know one line of a name that is set over two
    if ours == theirs or (known.role != "address" and theirs and ours.endswith(theirs)):
        return False  # the words have cut a label off
    if known.role == "address" and theirs and ours.endswith(theirs) and len(ours) - len(theirs) <= MOST_STRAY:
        return False  # a sign before the line that a scan took for a letter
    if known.value.startswith("/") or (known.role in ("body", "holder") and is_accreditor(known.value)):
        return True
    rest = known.value.split(value.words, 1)[-1].strip() if value.words in known.value else ""
    if known.role in ("scope", "address") and (rest[:1] in tuple("(（") or _LABEL_IN.search(rest)):
        return True  # the words run on into the next site, or into a remark in brackets
    if known.role in ("body", "holder") and theirs.startswith(ours) and _FORM_ALONE.fullmatch(theirs[len(ours) :]):
        return False  # a scan lost a sign before the form of the company
    if known.role in ("scope", "address") and len(ours) * 2 < len(theirs) and ours in theirs:
        return False  # a word of a line that was spread to its width
    if known.role in ("body", "holder") and theirs and theirs in ours and not is_accreditor(known.value):
        return False  # its name in another language, or what it is accredited by, stands behind it
    if known.role == "scope" and value.words[:1].islower() and theirs.endswith(ours):
        return False  # the end of a sentence that the words have whole
    swallowed = value.confidence > LIKELY or known.role in ("body", "holder")
    if swallowed and known.role in ("body", "holder", "scope") and ours in theirs:
        return True  # the words have swallowed a neighbour
    return value.confidence >= SURE or (value.confidence >= LIKELY and known.confidence < LABELLED)


def _fact(text: CertificateText, role: str, value: Value) -> Fact | None:
    words = normal(value.words) if role == "number" else value.words[:LONGEST_VALUE]
    return text.fact(role, value.start, value.end, words, value.confidence)


def _apart(chosen: dict[str, Fact], by_words: dict[str, Fact]) -> None:
    """Holder and body are two companies: where both readings together make them one, the surer one stands."""
    holder, body = chosen.get("holder"), chosen.get("body")
    if holder is None or body is None or not same(holder.value, body.value):
        return
    if body.confidence > holder.confidence and "holder" in by_words:
        other = by_words["holder"]
        if not same(other.value, body.value):
            chosen["holder"] = other
            return
        del chosen["holder"]
        return
    other = by_words.get("body", body)
    if same(other.value, holder.value):
        del chosen["body"]
    else:
        chosen["body"] = other


def _in_order(chosen: dict[str, Fact], by_words: dict[str, Fact]) -> None:
    """A certificate is issued before it expires and not before it was first issued; a day against that order is not told."""
    issue, expiry = chosen.get("issue"), chosen.get("expiry")
    if issue and expiry and issue.value >= expiry.value:  # one reading took the first day of a period for its last
        chosen |= {role: by_words[role] for role in ("issue", "expiry") if role in by_words}
        if chosen["issue"].value == chosen["expiry"].value:
            del chosen["expiry"]  # a missing last day is asked for, a wrong one accuses
    for role, limit, later in (("issue", "expiry", False), ("original", "issue", False), ("expiry", "issue", True)):
        day, bound = chosen.get(role), chosen.get(limit)
        if day is None or bound is None or _fits(day, bound, later):
            continue
        other = by_words.get(role)
        if other and _fits(other, bound, later):
            chosen[role] = other
        elif day.confidence <= bound.confidence:
            del chosen[role]


def _fits(day: Fact, bound: Fact, later: bool) -> bool:
    try:
        one, two = date.fromisoformat(day.value), date.fromisoformat(bound.value)
    except ValueError:
        return True
    return one > two if later else one <= two and (day.role != "issue" or one < two)
