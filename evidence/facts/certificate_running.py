"""What a certificate says in running text: several fields in one line, without a sign between a label and its words.

Asked only where labels with a separator gave nothing. A line is cut where one field plainly ends: behind a sentence, a cell, a
date; what stands in a piece is told by what stands around it (the accreditation behind a body, the standard before a scope).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidence.data import table
from evidence.facts.certificate_names import CUT, HONORIFIC, Place, is_name
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import CertificateText, listed_labels, with_toneless
from evidence.facts.sources import Source
from evidence.facts.text import fold, late, phrases, words
from evidence.model import Fact

_BREAK = late(r"(?<=\w{4})\.\s(?=\S)|(?<=\))\.\s|\s\|{1,2}\s|[;；。·]\s?|\s[·/]\s")
"""Where a field ends within a line, besides a date."""

_TRIM = " \n.,，;:：|/·-–—(（)）[]"


def pieces(source: Source, text: CertificateText) -> list[Place]:
    """The lines of a certificate cut at sentences, cells and behind dates: begin and end of each piece."""
    found = []
    for start, end in text.lines:
        cuts = [match.end() + start for match in _BREAK.finditer(text.written[start:end])]
        cuts += [start + day.end for day in source.dates(text.written[start:end])]
        for first, last in zip([start, *sorted(cuts)], [*sorted(cuts), end], strict=True):
            place = trimmed(text, first, last)
            if place[1] > place[0]:
                found.append(place)
    return found


def trimmed(text: CertificateText, start: int, end: int) -> Place:
    """A place without the signs and blanks around its words."""
    while start < end and text.written[start] in _TRIM and not text.written.startswith("(주)", start):
        start += 1
    while end > start and text.written[end - 1] in _TRIM.replace(".", "").replace(")", "").replace("）", ""):
        end -= 1
    return start, end


_ENDS_BODY = late(
    r"\s(?:hereby|grants?|awards?|is pleased|has (?:the pleasure|registered|audited|assessed)|trân trọng|trao|dengan ini|olarak|have (?:examined|audited|assessed)|certif(?:y|ies)|declares?|confirms?|attests?|işbu|aşağıda|xác nhận|chứng nhận (?:rằng|hệ thống)|"
    r"menyatakan|menerangkan|memberikan)(?![^\W_])|\s?(?:ขอรับรอง|ขอมอบ|รับรองว่า|ให้ใบรับรอง|ได้รับการ|รับรองโดย|兹证明|茲證明|特此|证明|證明|证书|證書)|"
    r"\s[(/]|\s?（|，|[,;]\s|(?<=\w{4})\.\s|\s\|"
)
"""What ends the name of a body: that it certifies, brackets, a comma that is none of ``Co., Ltd``."""


def body_name(text: CertificateText, start: int, end: int) -> Place:
    """The name of a body without what the line says of it."""
    start, end = trimmed(text, start, end)
    for label in _labels("body").finditer(text.folded, start, end):
        said = text.written[label.start() : label.end()].strip(_TRIM)
        proper = all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", said))
        within = label.start() > start and said.isascii() and " " not in said  # ``Lonestar Registrar, Inc.``
        if (
            len(text.written[label.end() : end].strip(_TRIM)) >= LEAST_NAME
            and not within
            and (not proper or label.start() > start)
        ):
            # ``Lembaga Sertifikasi Merak`` is a name, ``tổ chức chứng nhận VQC`` is not
            start, end = trimmed(text, label.end(), end)
            break
    if lead := _LEADS.match(text.folded, start, end):
        start = lead.end()
    whole = CUT.match(text.written[start:end])
    named = start + len(whole[0].rstrip()) if whole else start + 3
    if stop := _ENDS_BODY.search(text.folded, named, end):
        end = stop.start()
    if behind := _BEHIND_BODY.search(text.folded, start, end):
        end = behind.start()
    return start, end


LEAST_NAME = 3
"""Letters of the shortest name."""

_LEADS = late(
    r"까지\s|(?:we|kami|biz)\s?,?\s|our work |atas nama\s|(?:for and )?on behalf of\s(?:the\s)?|the certification body\s|(?:die )?zertifizierungsstelle der\s|(?:issued|certified) by\s"
)
_BEHIND_BODY = late(
    r"[.,]?\s+(?:được|an?|the|is|by|yang|대표이사|대표|원장|เลขที่|director|direktur|müdürü?|giám đốc|总经理|總經理)$|[은는]$|(?<=원)장$"
)
"""What stands behind the name of a body at the end of what was cut out: the beginning of the next words, or who signs."""


def accredited_body(source: Source, text: CertificateText, holder: str) -> Fact | None:
    """The name right before the words of an accreditation in the same line: ``Lembaga Sertifikasi Merak, terakreditasi KAN``."""
    for start, end in text.lines:
        for mention in _mentions().finditer(text.folded, start, end):
            first = start
            before = text.written[start : mention.start()].rstrip(" ,，.;(（")
            for match in _BREAK.finditer(before):
                first = start + match.end()
            for day in source.dates(before):
                first = max(first, start + day.end)
            first, last = body_name(text, first, start + len(before))
            name = text.written[first:last]
            if _can_be_body(name, holder):
                return text.fact("body", first, last, confidence=0.75)
            break
    return None


def _can_be_body(name: str, holder: str) -> bool:
    folded = fold(name)
    digits = sum(char.isdigit() for char in name)
    if HONORIFIC.match(folded):
        return False
    return (
        is_name(name)
        and 3 <= len(name) <= LONGEST_BODY
        and digits <= MOST_DIGITS
        and (name[:1].isupper() or not name[:1].isascii() or name.startswith("(주)"))
        and folded != fold(holder)
        and not STANDARD.search(folded)
        and not begins_with_label(folded)
        and not _labels("body").fullmatch(folded)
        and not _TRADE_CODE.search(folded)
        and not any(ends == len(folded) and role not in ("body", "holder") for role, _, ends in listed_labels(folded))
        and (len(name.split()) > 1 or name.isupper() or not name.isascii())
        and not says_system().search(folded)
    )


_TRADE_CODE = late(r"(?<![^\W_])(?:ea|eac|iaf|nace)(?![^\W_])")
"""What the number of a trade stands behind, which bodies are accredited by."""


def begins_with_label(folded: str) -> bool:
    """Whether words begin with the label of a field other than the body."""
    return any(pattern.match(folded) for pattern in map(_labels, _FIELDS))


LONGEST_BODY, MOST_DIGITS = 80, 2
"""Letters of the name of a body, and figures in it."""

_FIELDS = ("number", "issue", "expiry", "original", "scope", "address", "standard", "accreditation")


@cache
def says_system() -> re.Pattern[str]:
    """The words for a management system in the languages served."""
    return words(
        ("management system", "quality system", "hệ thống quản lý", "sistem manajemen", "ระบบบริหาร", "管理体系", "管理系統", "경영시스템", "yönetim sistemi", "managementsystem", "qualitätsmanagementsystem", "système de management", "sistema de gestión", "sistema de gestão", "sistema di gestione")
    )  # fmt: skip


@cache
def whose_system() -> re.Pattern[str]:
    """What follows a holder and its address: ``其品質管理系統``, ``whose quality management system``."""
    its = phrases("certificates", "whose").pattern
    return late(rf"[^\n]{{0,90}}?(?:{its})\s?(?:[^\W\d_]+\s){{0,2}}?[^\W\d_]{{0,4}}?(?:{says_system().pattern})")


@cache
def _mentions() -> re.Pattern[str]:
    """Accreditation bodies by their names, and the words that go before or behind them."""
    names = [name for body in table("accreditation")["body"] for name in (*body["names"], body["id"])]
    return words((*names, *table("certificate_labels")["accreditation"]["words"], "được công nhận", "công nhận"))


def before_accreditation(folded: str) -> int:
    """Letters before the words of an accreditation behind a name; all of them where there are none."""
    found = next(
        (
            match.start()
            for match in _mentions().finditer(folded)
            if match.start() > LEAST_NAME and not (match[0] == "sas" and folded[match.start() - 2].isalnum())
        ),  # SAS is the form of a company too
        len(folded),
    )
    if found == len(folded):
        return found  # the last sign may be a letter: the dash that a Japanese vowel is drawn out by folds to one
    return len(re.sub(r"[\s,，(（:：/·-]+$", "", folded[:found]))


def mentions_accreditation(folded: str) -> bool:
    """Whether words name an accreditation body or say that something is accredited."""
    return bool(_mentions().search(folded))


@cache
def _labels(role: str) -> re.Pattern[str]:
    """The labels of a field, at the beginning of a piece."""
    data = table("certificate_labels")[role]
    listed = tuple(word for word in (*data.get("words", ()), *data.get("labels", ())) if len(word) > 1)
    return re.compile(rf"(?:{words(listed).pattern})\.?\s{{0,2}}[:：|.]?\s{{0,2}}")


@cache
def _coded() -> re.Pattern[str]:
    """A label of a number right before a code, wherever it stands in a line."""
    data = table("certificate_labels")["number"]
    listed = (*data["words"], *data["labels"], *data["codes"])
    return re.compile(
        rf"(?:{words(listed).pattern})\.?[ |]{{0,3}}[:：#.]?[ |]{{0,3}}(?:(?:n|no|nr)[.:] ?|№ ?)?(?=(?P<code>{_CODE}))"
    )


_CODE = r"(?!(?:pages?|trang|halaman|hal|sayfa|sheet)(?![^\W_]))(?=[a-z./_\- ]{0,8}\d)[a-z\dđö][\w./\-]*(?: [a-z]{0,4}\d[\w./\-]*){0,4}"
_ALONE = late(r"(?=[A-Z\d./_-]*\d)(?=[A-Z\d./_-]*[A-Z])[A-Z\d]+(?:[./_-][A-Z\d]+)+")
LEAST_CODE = 4
"""Letters and figures of the number of a certificate; a shorter one is that of a house."""


def numbers(source: Source, text: CertificateText) -> Iterator[Place]:
    """Codes behind a label of a number in running text that are no number of an accreditation, then a code alone in its line."""
    for match in _coded().finditer(text.folded):
        line = text.folded.rfind("\n", 0, match.start()) + 1
        before = text.folded[max(line, match.start() - NEAR) : match.start()]
        code = match["code"]
        if _mentions().search(before) or sum(map(str.isalnum, code)) < LEAST_CODE or source.dates(code):
            continue
        yield match.end(), match.end() + len(code)
    for start, end in text.lines:
        if _ALONE.fullmatch(text.written[start:end].strip()) and not STANDARD.match(text.folded, start):
            yield start, end


NEAR = 30
"""Letters before a number within which an accreditation claims it."""


def end_of_scope(source: Source, text: CertificateText, start: int, end: int) -> int:
    """Where a scope ends: before the label of a number and its code, before a date and its label, before who certifies."""
    ends = [end]
    if number := _coded().search(text.folded, start + LEAST_SCOPE, end):
        ends.append(number.start())
    days = source.dates(text.written[start:end])
    if days and days[0].start >= LEAST_SCOPE:
        day = start + days[0].start
        labels = [
            match.start()
            for role in ("issue", "expiry", "original")
            for match in _anywhere(role).finditer(text.folded, start + LEAST_SCOPE, day)
        ]
        ends.append(min(labels, default=day))
    if standard := STANDARD.search(text.folded, start + LEAST_SCOPE, end):
        conforms = list(_CONFORMS.finditer(text.folded, start + LEAST_SCOPE, standard.start()))
        if conforms and standard.start() - conforms[-1].end() <= NEAR:
            ends.append(conforms[-1].start())  # the sentence runs on to what was certified
    found = _NEXT_LABEL.finditer(text.written, start + LEAST_SCOPE, end)
    ends += [match.start() for match in found if match["word"].isupper()][:1]
    last = min(ends)
    if sign := _SIGNED.search(text.written, start + LEAST_SCOPE, last):
        last = sign.start()
    if began := _BEGINS_NEXT.search(text.folded, start + LEAST_SCOPE, last):
        last = began.start()
    if goes_on := GOES_ON.search(text.folded, start + LEAST_SCOPE, last):
        last = goes_on.start()
    if spread := _SPREAD_NEXT.search(text.written, start + LEAST_SCOPE, last):
        last = spread.start()
    if title := _title_behind().search(text.folded, start + LEAST_SCOPE, last):
        last = title.start()
    return len(text.written[:last].rstrip(" .,;，。；"))


_CONFORMS = phrases("certificates", "conforms")
_NEXT_LABEL = late(r"\s(?=(?P<word>[^\W\d_])[^\W\d_]{2,}(?: [^\W\d_]{1,12}){0,4}\s?:\s)")
"""A label that nobody has listed: a word with a capital, few others and a colon."""

_SIGNED = late(r"[^\s,，。;；:：]{2,4}[:：]\s*$")
"""The label of the day at which a scope was cut, in a script without capitals."""

GOES_ON = late(
    r"(?<!\S)(?:(?:has|have) been (?:assessed|audited|evaluated|found)|a été (?:évalué|audité)|ha sido (?:evaluad|auditad)|foi (?:avaliad|auditad))"
)
"""How the sentence of the certificate goes on behind the scope in its middle."""

_SPREAD_NEXT = late(r"\s(?:[\u4e00-\u9fff가-힣]\s){2,}[\u4e00-\u9fff가-힣]$")
"""The beginning of a label of the next column whose letters are set apart: ``인 증 번``."""

_BEGINS_NEXT = late(
    r"\s(?:berlaku|valid|issued|dated|hiệu lực|có hiệu lực|geçerli|terbit|is|est|è|está|ist)[\s:]*$|\s?(?:ออกให้|ใช้ได้|有效)[\s:：]*$"
)
"""The first word of the field behind a scope, left over where its day was cut off."""

LEAST_SCOPE = 4
"""Letters of the shortest scope."""


def scope_itself(written: str) -> str:
    """A scope without the label that a scan, or a sentence, sets right before it: as one word, or with letters set apart."""
    label = _glued_label().match(written)
    spread = _SPREAD_LABEL.match(written)
    if spread and spread["label"].replace(" ", "") in table("certificate_labels")["scope"]["labels"]:
        label = spread
    label = label or _SCOPE_BELOW.match(written) or _SCOPE_CELL.match(written)
    return written[label.end() :] if label else written


_SCOPE_BELOW = late(
    r"[^\n.;:]{0,80}?(?:(?:is|are) (?:defined|described|given|stated|listed|set out) (?:below|hereunder)|as follows(?=:))\s*:?\s+(?=\S{3})",
    re.IGNORECASE,
)
"""The end of a sentence that only says that the scope follows."""

_SCOPE_CELL = late(r"[^|\n\d]{2,32} \| (?=[^|\n]{6})")
"""The cell of a label that nobody has listed."""

_SPREAD_LABEL = late(r"(?P<label>[\u3040-\u30ff\u4e00-\u9fff가-힣 ]{2,16}?)\s?[:：]\s*")
"""A label whose letters are set apart, and a colon."""


@cache
def _glued_label() -> re.Pattern[str]:
    listed = [label for label in table("certificate_labels")["scope"]["labels"] if _HAN.fullmatch(label)]
    kept = "|".join(
        sorted((label for label in listed if len(label) >= LEAST_SCOPE), key=lambda label: (-len(label), label))
    )
    return re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{kept}|的活动)[为為是:：]?\s?(?=[\u4e00-\u9fff]{{2}})(?![内內外])")


_HAN = late("[\u4e00-\u9fff]+")


@cache
def _anywhere(role: str) -> re.Pattern[str]:
    return words(tuple(table("certificate_labels")[role]["words"]))


@cache
def _title_behind() -> re.Pattern[str]:
    """``Certificate`` or its like as the last word: the subject of the next sentence."""
    return re.compile(rf"\s(?:this |the )?(?:{phrases('certificates', 'title').pattern})\s*(?:ini|này)?\s*$")


def scopes(text: CertificateText, taken: Sequence[Place]) -> Iterator[Place]:
    """Pieces that can be the scope: behind its label without a sign, behind the standard, behind ``for`` at the beginning of a line.

    Those behind no label of a scope must name making or trading something.
    """
    for match in _bare_scope().finditer(text.folded):
        yield match.end(), text.line_end(match.end())
    for match in _OF_FIRM.finditer(text.folded):
        if makes_something(match["scope"]):
            yield match.span("scope")
    for standard in STANDARD.finditer(text.folded):
        behind = _BEHIND.match(text.folded, standard.end())
        first = behind.end() if behind else standard.end()
        glued = (
            text.written[first : first + 1].isalpha() and first == standard.end()
        )  # an ending of the word, no new one
        if behind and not glued and (behind["for"] or makes_something(text.folded[first : text.line_end(first)])):
            yield first, text.line_end(first)
    for start, end in text.lines:
        lead = _FOR.match(text.folded, start, end)
        if lead and makes_something(text.folded[lead.end() : end]) and not any(a <= start < b for a, b in taken):
            yield lead.end(), end


_OF_FIRM = late(
    r"(?:firmasinin|kuruluşunun|kuruluşun|şirketinin)\s(?P<scope>[^\n.]{6,200}?)\s(?:konusunda|konularinda|kapsaminda|alaninda)(?:ki)?(?![^\W_])"
)
"""A scope between the company and the words for its field, in folded letters: ``firmasının ... konusundaki faaliyetleri``."""

_BEHIND = late(
    r"(?:\s?\([^)\n]{0,40}\))?\s?(?:requirements?|standards?|标准|標準|standardına uygun)?\s?[,，.:-]?\s?"
    r"(?P<for>(?:for(?: the field of| the scope(?: of)?)?|in respect of|relating to|covering|untuk|cho|için|สำหรับ|覆盖|涵盖)(?: lĩnh vực(?: hoạt động)?| phạm vi| ruang lingkup| lingkup| kegiatan)?\s?[:：]?\s)?"
    r"(?:[^\s\d:：]{1,6}[:：]\s?)?"
)
_FOR = late(r"(?:for(?: the)?|untuk|cho(?: lĩnh vực)?|สำหรับ|için)\s?[:：]?\s+")


@cache
def _bare_scope() -> re.Pattern[str]:
    listed = table("certificate_labels")["scope"]["labels"]
    labels = with_toneless([label for label in listed if len(label) >= LEAST_SCOPE - 1])
    return re.compile(
        rf"(?:(?<=[\n,;:.，。]\s)|(?<=[\n，。])|^|(?<=\s))(?:{words(labels).pattern})\s{{1,2}}(?=[^\W\d_]{{2}})"
    )


def makes_something(folded: str) -> bool:
    """Whether words name making, trading or doing something; endings may hang on them."""
    listed = [
        fold(word) for name in ("making", "trading", "carrying") for word in table("words")["certificates_flags"][name]
    ]
    return folded.startswith("การ") or any(
        word in folded for word in listed if len(word) >= LEAST_STEM or not word.isascii()
    )


LEAST_STEM = 5
"""Letters of a word that is known with any ending."""
