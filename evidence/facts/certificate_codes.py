"""QR codes on a certificate: the address or words in them, and whether they speak of this certificate.

A code is copied as easily as a mark: one that leads to the certificate of another company, or to another number, says so here.
An address that names no number at all says nothing either way. Nothing is ever fetched.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from evidence.facts.sources import Source, fact
from evidence.facts.text import fold
from evidence.model import Fact, Passage
from evidence.names import mentions, same_company

CODE = "code"
"""The kind of a block that holds what a code says."""

_NUMBER_NAMES = re.compile(
    r"(?:^|[^a-z])(?:cert(?:ificate)?|reg(?:istration)?)?[ _-]?(?:no|nr|num|number|code)$|^cert(?:ificate)?$"
)
"""Names of fields of an address that hold a certificate's number; ``id`` holds the register's own."""

_HOLDER_NAMES = re.compile(r"^(?:company|holder|client|customer|organi[sz]ation|org|firm|name|company[ _-]?name)$")

LONGEST_NUMBER = 24
"""Signs of a certificate's number; what is longer in an address is a key of the register."""


def is_code(source: Source, passage: Passage) -> bool:
    """Whether a passage is what codes say and nothing else."""
    rest = passage.text
    for part, text in sorted(_codes(source), key=lambda code: -len(code[1])):
        if part == passage.part:
            rest = rest.replace(text, "")
    return not rest.strip()


def find_codes(source: Source, number: Fact | None, holder: Fact | None) -> Iterator[Fact]:
    """What each code says, and what it names other than the certificate does."""
    codes = [passage for passage in source.passages if is_code(source, passage)]
    for part, text in _codes(source):
        passage = next((one for one in codes if one.part == part and text in one.text), None)
        if passage is None:
            continue
        start = passage.text.index(text)
        end = start + len(text)

        def told(role: str, value: str, start: int = start, end: int = end, passage: Passage = passage) -> Fact:
            return fact("certificate_field", role, " ".join(value.split())[:300], passage, start, end)

        yield told("code", text)
        if number and (other := _other_number(text, number.value)):
            yield told("code_other_number", other)
        if holder and (company := _other_holder(text, holder.value)):
            yield told("code_other_holder", company)


def _codes(source: Source) -> list[tuple[int, str]]:
    return [(block.part, block.text) for block in source.document.blocks if block.kind == CODE]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _shape(number: str) -> str:
    """Letters as they are, each run of digits by its length: numbers of one register look alike."""
    return re.sub(r"\d+", lambda run: f"<{len(run[0])}>", _plain(number))


def _other_number(text: str, own: str) -> str:
    """The number a code names in place of the certificate's own; nothing where it names that one, or none."""
    written = unquote_plus(text)
    if _plain(own) in _plain(written):
        return ""
    named = [value for name, value in _fields(text) if _NUMBER_NAMES.search(fold(name))]
    pieces = re.findall(r"[^\W_][\w./-]*", written)
    alike = [piece for whole in pieces for piece in (whole, *re.split(r"[/.]", whole)) if _shape(piece) == _shape(own)]
    for value in (*named, *alike):
        if 4 <= len(value) <= LONGEST_NUMBER and sum(map(str.isdigit, value)) >= 3:
            return value
    return ""


def _other_holder(text: str, own: str) -> str:
    """The company a code names in place of the holder; nothing where it names the holder, or none."""
    if mentions(unquote_plus(text), own):
        return ""
    for name, value in _fields(text):
        if _HOLDER_NAMES.search(fold(name)) and any(map(str.isalpha, value)) and same_company(value, own) is False:
            return value
    return ""


def _fields(text: str) -> list[tuple[str, str]]:
    """The named fields of an address, or of lines such as ``Certificate No: 4711``."""
    if "://" in text or text.lower().startswith("www."):
        try:
            return parse_qsl(urlsplit(text).query)
        except ValueError:
            return []
    lines = (re.split(r"\s*[:：=]\s*", line, maxsplit=1) for line in text.split("\n"))
    return [(pair[0].strip(" ."), pair[1].strip()) for pair in lines if len(pair) == 2]
