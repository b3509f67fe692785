"""Names of companies on a certificate: where they end, and what they are not."""

import re

from evidence.data import table
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import CertificateText
from evidence.facts.text import fold, phrases

TITLE = phrases("certificates", "title")

OFFICE = phrases("certificates", "offices")
"""The office of whoever signs for a body, and is none: ``T. Quang, Head of Certification``."""

HONORIFIC = re.compile(rf"(?:{'|'.join(table('words')['certificates']['honorifics'])})\. ")
"""What stands before the name of whoever signs."""


_FORM = (
    r"(?:(?:ltd\.? )?şti\.?|(?:limited|anonim) şirketi|co\.?,?\s?,?\s?ltd\.?|limited liability company|company limited|private limited|limited|ltd\.?|pte\.?(?: ltd\.?)?|sdn\.? ?bhd\.?|"
    r"s\.?a\.?p?\.?i?\.? de c\.?v\.?|s\.? de r\.?l\.? de c\.?v\.?|ltda\.?|lda\.?|d\.o\.o\.|aps|uab|s\.?à\.? ?r\.?l\.?|sarl|inc\.?|g\.?m\.?b\.?h\.?(?: & co\.? kg)?|llc\.?|l\.l\.c\.?|plc\.?|corporation|corp\.?|tbk\.?|jsc\.?|joint stock company|"
    r"a/s|s\.r\.o\.|a\.s\.|ab|b\.v\.|bv|n\.v\.|s\.a\.s?\.?|sas?|s\.l\.|s\.p\.a\.|s\.r\.l\.|kft\.?|sp\. z o\.o\.|oy|"
    r"a\.ş\.?|有限公司|有限责任公司|股份公司|公司|厂|株式会社|จำกัด(?: \(มหาชน\))?)"
)


_COMPANY = re.compile(
    r"(?<![^\W_])"
    + _FORM
    + r"(?![^\W_])|有限公司|公司|厂(?=$|\s{0,3}[（(])|株式会社|주식회사|\(주\)|㈜|有限会社|ห้างหุ้นส่วน|บริษัท|จำกัด|^p\.?t\.?\s|^c\.?v\.?\s|"
    r",\s?(?:p\.?t|c\.?v)\.?$|công ty|^cty|tnhh|industries|enterprises?|services?\b"
)


CUT = re.compile(
    r"^.{3,110}?(?<![^\W_])"
    + _FORM
    + r"(?=\s*(?:[,;(/，；（]|$|\s))|^.{3,60}?, ?(?:p\.?t|c\.?v)\.?(?=\s*$)|^.{2,60}?有限公司|^.{2,60}?公司|^.{2,60}?厂(?=\s{0,3}[（(，,])",
    re.IGNORECASE,
)


Place = tuple[int, int]


def company(text: CertificateText, start: int, end: int) -> Place:
    """A company's name without the address that follows it."""
    written = text.written[start:end].rstrip(" ●•|*_-—~")
    end = start + len(written)
    cut = CUT.match(written)
    if " / " in written[:90]:  # the name in two languages
        left, right = written.split(" / ", 1)
        other = CUT.match(right)
        if len(left) < 80 and (other or len(right) < 60):
            return start, start + len(left) + 3 + (len(other[0].rstrip()) if other else len(right))
    if cut:
        return start, start + len(cut[0].rstrip())
    comma = re.search(r"[,，;]\s|\s\(", written)
    return start, start + (comma.start() if comma and comma.start() > 4 else len(written))


def is_name(text: str) -> bool:
    """Whether a text can be a name: mostly letters, and no standard."""
    return (
        3 <= len(text) <= 300
        and sum(char.isalpha() for char in text) > len(text) / 2
        and not STANDARD.match(fold(text))
    )


def is_company(text: str) -> bool:
    """Whether a text holds the legal form of a company or a word that names one."""
    return bool(_COMPANY.search(fold(text)))


def same(one: str, other: str) -> bool:
    """Whether two names are one company's: equal, or one within the other."""
    return plain(one) in plain(other) or plain(other) in plain(one)


def plain(name: str) -> str:
    """The folded letters and figures of a name."""
    return "".join(filter(str.isalnum, fold(name)))
