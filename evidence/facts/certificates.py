"""The fields of certificates of management systems and of schemes: holder, address, standard, edition, scope, number, body,
accreditation, dates, web address, digital signature.

Facts have kind ``certificate_field``. Only papers that speak as a certificate are read (``... certifies that ...``
with a standard or scheme); a manual that mentions the certificate is not one. The labels in all languages are
data (``certificate_labels.toml``); what a certificate says in a sentence or by its layout is read by the patterns here, what it
says by place in ``certificate_places``, and ``certificate_settled`` chooses between the two.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.facts.certificate_bodies import BODY_WORD, accreditation_number, accreditation_of, body_of
from evidence.facts.certificate_codes import find_codes, is_code
from evidence.facts.certificate_days import dates_of, visits_of_tables, visits_of_years
from evidence.facts.certificate_kind import is_certificate, standards
from evidence.facts.certificate_loose import loose
from evidence.facts.certificate_marks import STREETS, ends_with
from evidence.facts.certificate_names import TITLE, Place, company, is_company, is_name
from evidence.facts.certificate_places import TELEPHONE, Places
from evidence.facts.certificate_running import end_of_scope, numbers, scope_itself, scopes
from evidence.facts.certificate_settled import LABELLED, ROLES, settled
from evidence.facts.certificate_sites import find_sites
from evidence.facts.certificate_standards import NUMBERED, STANDARD, issues
from evidence.facts.certificate_text import LONGEST_VALUE, CertificateText
from evidence.facts.identifiers import normal
from evidence.facts.sources import Source
from evidence.facts.text import fold
from evidence.model import Fact

LONGEST = 12_000
"""Characters of a paper that can be a certificate with its annexes;

a longer one is a manual or report that quotes one.
"""

_SYSTEM_OF = r"(?:the )?(?:quality |[a-z ]{0,60})?(?:(?:management )?systems?|(?<![^\W_])[a-z]{1,3}ms) (?:of|operated by|established by|implemented by|at)(?: / .{0,80})?"
_PROSE_HOLDER = re.compile(
    r"(?:(?:certif(?:y|ies|ied)|confirms?|attests?|declares?|approves?) that(?: the(?: following)?)?\s(?:"
    + _SYSTEM_OF
    + r"\s)?|"
    + _SYSTEM_OF
    + r"\s|awarded to\s|issued to\s|granted to\s|certificate has been awarded to\s|diberikan kepada\s?:?\s|menyatakan bahwa\s?:?\s|"
    r"ขอรับรองว่า\s?|兹证明[:：]?\s?|茲證明[:：]?\s?|特此证明[:：]?\s?|chứng nhận (?:hệ thống[^:\n]{0,60}của|rằng)(?: / [^\n]{0,60})?\s?[:：]?\s|"
    r"bu belge\s|ini memperakui bahawa\s|membuktikan bahawa\s|menerangkan bahwa\s|(?:confirms|grants) to(?: the company)?\s|"
    r"has registered\s|ให้การรับรองแก่\s?|มอบให้แก่\s?|รับรองว่า\s?(?=บริษัท)|(?<=[司心机构院會会])[证證]明[:：]?\s?)"
)
_STOP = re.compile(
    r"[,，]?\s+(?:has|have|had|is|are|operates?|fulfils?|complies|conforms?|located|at the|whose|which|was|yang|telah|có hệ thống|đã|"
    r"phù hợp|kuruluşunun|ได้?รับ|together with|위 조직|menerapkan|memenuhi|adresindeki|maintains|against|for the field)(?![^\W_])|\s?符合|\s?建立|[的)）]\s?质量管理|\s?มีระบบ|"
    r"\s?ได้?(?:นำ|จัด|รับ)|\n"
)
_PROSE_SCOPE = re.compile(
    r"(?:for the following (?:scope|activities|products|services)(?: of [a-z]+)?|(?:is |are )?applicable to|in respect of|"
    r"for the (?:scope|activities) of|(?:iso|iatf) [\d-]+(?::\d{4})?[,.]? (?:for|-))(?::|\s*\n|(?<=for) |(?<=-) )\s*"
    r"(?:the (?:following )?(?:scope|activities|products|services)\s*[:\n]\s*)?"
)
_ADDRESS = re.compile(
    rf"{STREETS}|\d|close|khu công nghiệp|floor|room|district|works|cụm công nghiệp"
    r"|(?<![^\W_])(?:xã|huyện|phường|ấp|quận|thị trấn|desa|kawasan|moo|หมู่)(?![^\W_])|路|号|號|区|镇|省|市|시|도|군|로\s|bulvar"
)
_CODE = re.compile(
    r"(?:[ก-ฮ]{1,4}\.? ?(?=[0-9๐-๙]))?[A-Z0-9๐-๙ĐÖ][A-Za-z0-9๐-๙./_\-]*(?: [A-Z0-9][A-Za-z0-9./_\-]*){0,4}"
)
_WEB = re.compile(
    r"(?<![@\w.])(?:https?://[^\s|,;<>\"]{4,120}|(?:www\.|[a-z0-9-]+\.(?=[a-z0-9-]+\.[a-z]))[a-z0-9.-]+\.[a-z]{2,12}(?:/[^\s|,;]*)?|"
    r"[a-z][a-z0-9-]{2,40}\.(?:(?:com|net|org|info|biz|example)(?![\w-]|\.\w)|[a-z]{2,12}(?=/[a-z0-9?]{3}))(?:/[^\s|,;]*)?)"
)


_BEFORE_ADDRESS = re.compile(
    r"(?:(?:สำนักงาน|โรงงาน|และ|ที่ตั้ง|ที่อยู่){1,4}|(?:사업장 ?)?(?:소재지|주소))\s+|(?:beralamat|located|situated)?\s?(?:at|of|in|di|tại)\s+(?=\S)|[^\W\d_][^\d:：\n,]{3,40}[:：]\s*(?=\S)|[（(]|"
    r",? ?(?:having|with) its (?:[a-z]+ ){1,3}at\s|(?:yang )?(?:beralamat|berkedudukan|berlokasi) (?:di|pada)\s"
)
"""What leads to an address and is no part of it: ``at``, or words of its own that nobody has listed and a colon."""

_HOUSE = re.compile(r"(?<![^\W_])(?:no|nr|n|số|lot|plot|unit|blok|block)\.?\s*[:：]\s*$")
"""The label of the number of a house, which belongs to the address."""

_BETWEEN = " ,;\n.)，|●•■◆▪★*"
"""What stands between a name and its address: marks of a list, and ornaments that a scan shows as such."""


def find_certificates(source: Source) -> Iterator[Fact]:
    """The fields of a certificate, or nothing where the paper is none."""
    total = sum(len(passage.text) for passage in source.passages)
    if not source.passages or total > LONGEST:
        return
    text = CertificateText([passage for passage in source.passages if not is_code(source, passage)])
    if not is_certificate(source, text):
        return
    named = list(standards(text))
    yield from named
    places = Places(source, text)
    placed = places.fields()
    holder_at, sure = _holder(text)
    holder = text.fact("holder", *holder_at, confidence=LABELLED if sure else 0.6) if holder_at else None
    holder = next(settled(text, [holder] if holder else [], {k: v for k, v in placed.items() if k == "holder"}), None)
    by_words = (
        holder,
        _number(source, text),
        _address(text, holder_at),
        _scope(source, text),
        body_of(source, text, holder.value if holder else ""),
    )
    days = list(dates_of(source, text))
    fields = [
        item.model_copy(update={"value": scope_itself(item.value)}) if item.role == "scope" else item
        for item in settled(text, [item for item in (*by_words, *days) if item], placed)
    ]
    yield from fields
    if not any(item.role == "body" for item in fields):
        yield from (item.model_copy(update={"role": "body"}) for item in named[:1] if issues(item.value))
    yield from (item for item in days if item.role not in ROLES)
    yield from (item for item in (_web(text), accreditation_number(text)) if item)
    yield from accreditation_of(text, places.accreditation())
    yield from visits_of_tables(source)
    yield from visits_of_years(text)
    found = {item.role: item for item in fields}
    yield from find_sites(text, places.marks, found["address"].value if "address" in found else "")
    yield from find_codes(source, found.get("number"), found.get("holder"))
    yield from _signature(source, text)


def _number(source: Source, text: CertificateText) -> Fact | None:
    for piece in text.first("number"):
        if _OF_ANOTHER.search(text.folded[: piece.begins][-LONGEST_CODE:]):
            continue
        lead = _ABBREVIATED.match(text.written, piece.start, piece.end)
        start = lead.end() if lead else piece.start
        match = _CODE.match(text.written[start : piece.end])
        if match is None:
            continue
        code = _trimmed(match[0], source)
        if text.doubtful(match[0]):
            continue
        if code and "iaf" not in text.folded[piece.begins : piece.start] and not _NAMES_STANDARD.search(fold(code)):
            return text.fact("number", start, start + len(code), normal(code))
    for start, end in numbers(source, text):
        code = _trimmed(text.written[start:end], source)
        if code and not _NAMES_STANDARD.search(fold(code)):
            return text.fact("number", start, start + len(code), normal(code), confidence=0.75)
    return None


_OF_ANOTHER = re.compile(r"(?:main|master|parent|group|head|previous|former|superseded)\s$|(?:utama|induk|主)\s?$")
"""What makes of a number that of another certificate: ``part of the main certificate No.``."""

_NAMES_STANDARD = re.compile(r"iso\s?-?\d{4,5}|" + NUMBERED.pattern)

_ABBREVIATED = re.compile(r"(?:No|Nr|N|№)\.?\s+(?=\S)")
"""A second label right before a number: ``登錄編號 No. RTW-Q-5520``."""


def _trimmed(code: str, source: Source) -> str:
    """The code without words that follow it: ``NQR-40718-Q Issue``, a date, a full stop."""
    kept: list[str] = []
    for word in code.split(" "):
        if kept and not any(char.isdigit() for char in word) and not (word.isupper() and len(word) <= 4):
            break
        kept.append(word)
    while kept and not any(char.isdigit() for char in kept[-1]) and len(kept) > 1:
        kept.pop()
    made = " ".join(kept).rstrip(".-/")
    if not any(char.isdigit() for char in made) or len(made.replace(" ", "")) < 4 or source.dates(made):
        return ""
    return made


def _holder(text: CertificateText) -> tuple[Place | None, bool]:
    """Where the holder stands, and whether a label or a sentence says so or only the look of a line."""
    for piece in text.first("holder"):
        written = text.written[piece.start : piece.end]
        if is_name(written):
            return company(text, piece.start, piece.end), True
    for match in _PROSE_HOLDER.finditer(text.folded):
        start = match.end()
        while start < len(text.written) and text.written[start] in " \n:：":
            start += 1
        stop = _STOP.search(text.folded, start)
        end = min(stop.start() if stop else len(text.written), text.line_end(start))
        name = text.written[start:end]
        if is_name(name) and (is_company(name) or (name[:1].isupper() and "\n" in match[0])):
            return company(text, start, end), True
    taken = [
        (piece.begins, piece.end)
        for piece in text.labelled
        if piece.role != "number" or any(map(str.isdigit, text.written[piece.start : piece.end][:LONGEST_CODE]))
    ]
    for start, end in text.lines:  # the name stands alone, by layout
        line = text.written[start:end]
        if any(first <= start < last for first, last in taken) or TITLE.match(fold(line)):
            continue
        if len(line) >= LONGEST_NAME:  # its address and what is certified run on behind the name
            place = company(text, start, end)
            line = text.written[place[0] : place[1]] if _goes_on_to_address(text, place[1]) else ""
        if (
            is_company(line)
            and len(line) < LONGEST_NAME
            and text.folded[start:end].find(" certif") < 0
            and not BODY_WORD.search(fold(line))
            and "|" not in line
        ):
            lead = _OF_WHOM.match(text.folded, start, end)
            return company(text, lead.end() if lead else start, end), lead is not None
    return _above_address(text, taken), False


def _goes_on_to_address(text: CertificateText, at: int) -> bool:
    """Whether an address follows a name: behind a comma, or where lines were joined as a number or a street, with a capital or a figure."""
    behind = text.written[at : at + 2]
    joined = behind[:1] == " " and (behind[1:].isupper() or behind[1:].isdigit())
    return behind[:1] in (",", "，") or (joined and _ADDRESS.search(text.folded, at, at + LONGEST_CODE) is not None)


_OF_WHOM = re.compile(r".{0,60}(?:của|of the|of|ของ)\s(?=(?:công ty|cty|company|pt |บริษัท))")
"""What is certified, before the name of the company it belongs to, in one line."""


def _above_address(text: CertificateText, taken: Sequence[Place]) -> Place | None:
    """A name without the form of a company, before the standard: alone in its line over an address, or with one behind a comma."""
    standard = STANDARD.search(text.folded)
    for (start, end), below in itertools.pairwise([*text.lines, (len(text.written),) * 2]):
        line = text.written[start:end]
        if standard is None or start >= standard.start() or len(line) >= LONGEST_NAME or "|" in line:
            return None
        if any(first <= start < last for first, last in taken) or TITLE.search(text.folded, start, end):
            continue
        name, comma, _ = line.partition(", ")
        behind = text.folded[start + len(name) : end] if comma else text.folded[below[0] : below[1]]
        proper = name.istitle() or name.isupper() or not name[:1].isascii()
        if not (is_name(name) and proper and _ADDRESS.search(behind)) or any(map(str.isdigit, name)):
            continue
        if not BODY_WORD.search(fold(name)):
            return start, start + len(name)
    return None


LONGEST_LINK = 24
"""Letters of a line in small letters that only leads from a name to its address: ``firmasının``."""

LONGEST_CODE = 30
"""Letters within which the number behind a label has figures; words without any are the next line, under a title."""

LONGEST_NAME = 110
"""Letters of a line that holds a company's name alone."""


def _address(text: CertificateText, holder: Place | None) -> Fact | None:
    for piece in (*text.first("address"), *loose(text, "address")):
        if sum(map(str.isalnum, text.written[piece.start : piece.end])) < LEAST_ADDRESS:
            continue  # what a scan made of a sign beside the label
        if TELEPHONE.match(text.written, piece.start, piece.end):
            continue
        stop = _STOP.search(text.folded, piece.start, piece.end)
        if stop and stop.start() - piece.start > 12:
            return text.fact("address", piece.start, stop.start())
        if _ADDRESS.search(text.folded[piece.start : piece.end]) or piece.end - piece.start > 12:
            return text.fact("address", piece.start, piece.end)
    if holder is None:
        return None
    start = holder[1]
    while start < len(text.written) and text.written[start] in _BETWEEN:
        start += 1
    end = text.line_end(start)
    if (
        end - start <= LONGEST_LINK
        and text.written[start:end].islower()
        and not any(map(str.isdigit, text.written[start:end]))
    ):
        start, end = min(end + 1, len(text.written)), text.line_end(min(end + 1, len(text.written)))
    lead = _BEFORE_ADDRESS.match(text.folded, start, end)
    if lead and not _HOUSE.search(lead[0]):
        start = lead.end()
    if stop := _STOP.search(text.folded, start, end):
        end = stop.start()
    label = next((piece.begins for piece in text.labelled if start <= piece.begins < end), end)
    words_of = text.written[start : min(end, label)]
    # an address names numbers or streets, or is a list of places
    if (
        8 <= len(words_of) <= 200
        and (_ADDRESS.search(fold(words_of)) or words_of.count(",") >= 2)
        and not STANDARD.search(fold(words_of))
    ):
        if words_of.count(")") + words_of.count("）") > words_of.count("(") + words_of.count("（"):
            end = start + min(
                at for sign in ")）" if (at := words_of.find(sign)) >= 0
            )  # its name stood before the bracket
        return text.fact("address", start, min(end, label), confidence=0.8)
    return None


def _scope(source: Source, text: CertificateText) -> Fact | None:
    for piece in (*text.first("scope"), *loose(text, "scope")):
        written = text.written[piece.start : piece.end].rstrip(" .")
        if len(written) >= 4 and any(char.isalpha() for char in written) and not STANDARD.match(fold(written)):
            return _whole(text, piece.start, end_of_scope(source, text, piece.start, piece.start + len(written)))
    for match in _PROSE_SCOPE.finditer(text.folded):
        end = text.line_end(match.end())
        label = next((piece.begins for piece in text.labelled if match.end() <= piece.begins < end), end)
        sentence = re.search(r"\.\s", text.written[match.end() : min(end, label)])
        last = match.end() + sentence.start() if sentence else min(end, label)
        if last - match.end() >= 8:
            return _whole(text, match.end(), end_of_scope(source, text, match.end(), last), confidence=0.8)
    for start, end in scopes(text, [(piece.begins, piece.end) for piece in text.labelled]):
        last = end_of_scope(source, text, start, end)
        lead = ends_with("scope").search(text.folded, start, last)
        if lead and lead.start() - start < LEAST_SCOPE:
            continue  # only the words that lead to it
        if last - start >= LEAST_SCOPE and any(char.isalpha() for char in text.written[start:last]):
            return _whole(text, start, last, confidence=0.7)
    return None


LEAST_ADDRESS = 4
"""Letters and figures of the shortest address."""

LEAST_SCOPE = 6
"""Letters of a scope that no sign parts from its label."""


def _whole(text: CertificateText, start: int, end: int, confidence: float = 0.9) -> Fact | None:
    """A scope as one value, though its lines may stand in several passages; its quote is what stands in the first."""
    value = " ".join(text.written[start:end].split())[:LONGEST_VALUE]
    return text.fact("scope", start, end, value, confidence=confidence)


def _web(text: CertificateText) -> Fact | None:
    match = _WEB.search(text.folded)
    if match is None:
        return None
    end = match.start() + len(match[0].rstrip(".)。"))
    return text.fact("web", match.start(), end)


def _signature(source: Source, text: CertificateText) -> Iterator[Fact]:
    """The digital signatures that the file carries, as the reader of its format checked them; their number where it could not."""
    extra = source.document.metadata.extra
    count = extra.get("signature_check") or extra.get("signatures", "")
    if count and count != "0" and text.lines:
        start, end = text.lines[0]
        if made := text.fact("digital_signature", start, end, count, confidence=1.0):
            yield made
