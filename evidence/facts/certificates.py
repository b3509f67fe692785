"""The fields of certificates of management systems: holder, address, standard, edition, scope, number, body,
accreditation, dates, web address, digital signature.

Facts have kind ``certificate_field``. Only papers that speak as a certificate are read (``... certifies that ...``
with a management-system standard); a manual that mentions the certificate is not one. The labels in all languages are
data (``certificate_labels.toml``); what a certificate says in a sentence or by its layout is read by the patterns here.
"""

import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.facts.calendar import Found
from evidence.facts.certificate_text import CertificateText, Labelled
from evidence.facts.dates import find_dates
from evidence.facts.identifiers import normal
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, phrases, words
from evidence.model import Fact

LONGEST = 12_000
"""Characters of a paper that can be a certificate with its annexes;

a longer one is a manual or report that quotes one.
"""

LEAST_LABELS = 4
"""Different fields with labels that make a certificate of a paper which does not say that it certifies."""

_CERTIFIES = phrases("certificates", "certifies")
_TITLE = phrases("certificates", "title")
_STANDARD = re.compile(
    r"(?:(?:en|bs|ts|tcvn|sni|ms|ks\s?q|jis\s?q|din|gb/t|gbt)[\s/-]*)*(?:iso(?:/ts|/iec)?|iatf|ohsas|gb/t|"
    r"jis\s?q|ks\s?q)\s?-?(?:9001|14001|45001|13485|16949|22000|27001|20000-1|18001|19001|17025|22301|"
    r"50001)(?:\s?[:\-–]\s?((?:19|20)\d\d))?"
)
_SYSTEM = ("19001", "9001", "16949", "13485", "14001", "45001", "22000", "27001", "20000-1", "18001", "22301", "50001")
_NOT_SYSTEM = phrases("certificates", "not_system")
_SURVEILLANCE = phrases("certificates", "surveillance")
_DUE = phrases("certificates", "due")

_FORM = (
    r"(?:(?:ltd\.? )?şti\.?|co\.?,?\s?,?\s?ltd\.?|limited liability company|company limited|private limited|limited|ltd\.?|pte\.?(?: ltd\.?)?|sdn\.? ?bhd\.?|"
    r"inc\.?|g\.?m\.?b\.?h\.?|llc\.?|l\.l\.c\.?|plc\.?|corporation|corp\.?|tbk\.?|jsc\.?|joint stock company|"
    r"a/s|s\.r\.o\.|a\.s\.|ab|b\.v\.|bv|n\.v\.|s\.a\.s?\.?|sas?|s\.l\.|s\.p\.a\.|s\.r\.l\.|kft\.?|sp\. z o\.o\.|oy|"
    r"a\.ş\.?|有限公司|有限责任公司|股份公司|公司|厂|株式会社|จำกัด(?: \(มหาชน\))?)"
)
_COMPANY = re.compile(
    r"(?<![^\W_])" + _FORM + r"(?![^\W_])|有限公司|公司|厂$|株式会社|주식회사|\(주\)|บริษัท|จำกัด|^p\.?t\.?\s|^c\.?v\.?\s|"
    r"công ty|^cty|tnhh|industries|enterprises?|services?\b"
)
_CUT = re.compile(
    r"^.{3,110}?(?<![^\W_])" + _FORM + r"(?=\s*(?:[,;(/]|$|\s))|^.{2,60}?有限公司|^.{2,60}?公司", re.IGNORECASE
)
_BODY_WORD = re.compile(
    r"certif|zertifi|registra|assurance|veritas|inspection|quality|认证|認證|驗證|인증원|chứng nhận|giám định|sertifikasi|"
    r"รับรอง|เซอร์ทิฟ|belgelendirme"
)
_SYSTEM_OF = r"(?:the )?(?:quality |[a-z ]{0,30})?(?:management )?systems? (?:of|operated by|established by|implemented by|at)(?: / .{0,80})?"
_PROSE_HOLDER = re.compile(
    r"(?:(?:certif(?:y|ies|ied)|confirms?|attests?|declares?|approves?) that(?: the(?: following)?)?\s(?:"
    + _SYSTEM_OF
    + r"\s)?|"
    + _SYSTEM_OF
    + r"\s|awarded to\s|issued to\s|granted to\s|certificate has been awarded to\s|diberikan kepada\s?:?\s|menyatakan bahwa\s?:?\s|"
    r"ขอรับรองว่า\s?|兹证明[:：]?\s?|茲證明[:：]?\s?|特此证明[:：]?\s?|chứng nhận (?:hệ thống[^:\n]{0,60}của|rằng)(?: / [^\n]{0,60})?\s?[:：]?\s|"
    r"bu belge\s|ini memperakui bahawa\s|membuktikan bahawa\s)"
)
_STOP = re.compile(
    r"[,，]?\s+(?:has|have|had|is|are|operates?|fulfils?|complies|conforms?|located|at the|whose|which|was|yang|telah|có hệ thống|đã|"
    r"phù hợp|kuruluşunun|ได้รับ|위 조직)(?![^\W_])|\s?符合|\s?建立|\n"
)
_PROSE_SCOPE = re.compile(
    r"(?:for the following (?:scope|activities|products|services)(?: of [a-z]+)?|(?:is |are )?applicable to|in respect of|"
    r"for the (?:scope|activities) of|(?:iso|iatf) [\d-]+(?::\d{4})?[,.]? (?:for|-))(?::|\s*\n|(?<=for) |(?<=-) )\s*"
    r"(?:the (?:following )?(?:scope|activities|products|services)\s*[:\n]\s*)?"
)
_PROSE_BODY = (
    re.compile(r"(?:^|\n|[.。]\s)([^\n]{3,90}?)\s+(?:hereby\s+)?(?:certif(?:y|ies)|attests?|confirms?|declares) that"),
    re.compile(r"(?:certification|certifying) body ([^\n]{3,70}?)\s+(?:hereby\s+)?certifies"),
    re.compile(
        r"(?:registered|certified|audited|assessed|approved) by ([^\n]{3,80}?)(?: as |\s+and\s|\s+to\s|\n|$|\.\s)"
    ),
    re.compile(r"(?:^|\n)([^\n]{3,90}?)\s+(?:chứng nhận rằng|menyatakan bahwa|은 위 조직|는 위 조직)"),
    re.compile(r"(?:^|\n)([^\n]{3,90}?)(?:은|는) 위 조직"),
    re.compile(r"issued by ([^\n,;]{3,80}?)(?:,|\n|$|\.\s)"),
)
_NOT_BODY = (
    "this",
    "giấy",
    "the ",
    "it ",
    "we ",
    "validity",
    "certificate",
    "has ",
    "chứng nhận rằng",
    "chứng chỉ",
    "sertifikat",
    "ใบรับรอง",
    "proof",
)
_ADDRESS = re.compile(
    r"\d|street|road|lane|close|avenue|jl\.|jalan|đường|kcn|khu công nghiệp|industrial|park|floor|room|district|works|"
    r"路|号|號|区|镇|省|市|시|도|군|로\s|ถนน|ตำบล|หมู่|cad\.|mah\.|osb|bulvar"
)
_CODE = re.compile(r"[A-Z0-9ĐÖ][A-Za-z0-9./_\-]*(?: [A-Z0-9][A-Za-z0-9./_\-]*){0,4}")
_WEB = re.compile(
    r"(?<![@\w.])(?:https?://[^\s|,;<>\"]{4,120}|(?:www\.|[a-z0-9-]+\.(?=[a-z0-9-]+\.[a-z]))[a-z0-9.-]+\.[a-z]{2,12}(?:/[^\s|,;]*)?)"
)


def find_certificates(source: Source) -> Iterator[Fact]:
    """The fields of a certificate, or nothing where the paper is none."""
    total = sum(len(passage.text) for passage in source.passages)
    if not source.passages or total > LONGEST:
        return
    text = CertificateText(source.passages)
    if not _is_certificate(source, text):
        return
    yield from _standards(source)
    holder_at = _holder(text)
    holder = text.fact("holder", *holder_at) if holder_at else None
    if holder:
        yield holder
    found = (
        _number(source, text),
        _address(text, holder_at),
        _scope(text),
        _body(text, holder.value if holder else ""),
        _web(text),
    )
    yield from (item for item in found if item)
    yield from _accreditation(text)
    yield from _dates(source, text)
    yield from _surveillance_tables(source)
    yield from _surveillance_years(text)
    yield from _signature(source, text)


def _is_certificate(source: Source, text: CertificateText) -> bool:
    folded = text.folded
    if not any(any(number in match[0] for number in _SYSTEM) for match in _STANDARD.finditer(folded)):
        return False
    if not _TITLE.search(folded) or _NOT_SYSTEM.search(folded[:400]) or folded.count("?") >= 6:
        return False
    roles = {piece.role for piece in text.labelled} - {"other", "standard", "address"}
    if not _CERTIFIES.search(folded) and len(roles) < LEAST_LABELS:
        return False
    credential = sum(len(passage.text) for passage in source.passages if passage.mode == "credential")
    dated = any(item.role in ("expiry", "issue") for item in find_dates(source))
    return dated or credential > 100 or len(roles) >= LEAST_LABELS


def _standards(source: Source) -> Iterator[Fact]:
    seen: set[tuple[str, str]] = set()
    for passage in source.passages:
        folded = fold(passage.text)
        for match in _STANDARD.finditer(folded):
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
            if ("standard", name) not in seen:
                seen.add(("standard", name))
                yield fact("certificate_field", "standard", name, passage, match.start(), match.end())
            year = match[1]
            if year and number == "19001":
                year = {"2016": "2015", "2008": "2008", "2000": "2000"}.get(year, year)
            if year and ("edition", f"{name}:{year}") not in seen:
                seen.add(("edition", f"{name}:{year}"))
                yield fact("certificate_field", "edition", f"{name}:{year}", passage, match.start(), match.end())


def _number(source: Source, text: CertificateText) -> Fact | None:
    for piece in text.first("number"):
        written = text.written[piece.start : piece.end]
        match = _CODE.match(written)
        if match is None:
            continue
        code = _trimmed(match[0], source)
        if code and "iaf" not in text.folded[piece.begins : piece.start] and _STANDARD.match(fold(code)) is None:
            return text.fact("number", piece.start, piece.start + len(code), normal(code))
    return None


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


Place = tuple[int, int]


def _holder(text: CertificateText) -> Place | None:
    for piece in text.first("holder"):
        written = text.written[piece.start : piece.end]
        if _is_name(written):
            return _company(text, piece.start, piece.end)
    for match in _PROSE_HOLDER.finditer(text.folded):
        start = match.end()
        while start < len(text.written) and text.written[start] in " \n:：":
            start += 1
        stop = _STOP.search(text.folded, start)
        end = min(stop.start() if stop else len(text.written), text.line_end(start))
        name = text.written[start:end]
        if _is_name(name) and (_is_company(name) or (name[:1].isupper() and "\n" in match[0])):
            return _company(text, start, end)
    taken = [(piece.begins, piece.end) for piece in text.labelled]
    for start, end in text.lines:  # the name stands alone, by layout
        line = text.written[start:end]
        if any(first <= start < last for first, last in taken) or _TITLE.match(fold(line)):
            continue
        if _is_company(line) and len(line) < 110 and not _BODY_WORD.search(fold(line)) and "|" not in line:
            return _company(text, start, end)
    return None


def _company(text: CertificateText, start: int, end: int) -> Place:
    """A company's name without the address that follows it."""
    written = text.written[start:end]
    cut = _CUT.match(written)
    if " / " in written[:90]:  # the name in two languages
        left, right = written.split(" / ", 1)
        other = _CUT.match(right)
        if len(left) < 80 and (other or len(right) < 60):
            return start, start + len(left) + 3 + (len(other[0].rstrip()) if other else len(right))
    if cut:
        return start, start + len(cut[0].rstrip())
    comma = re.search(r"[,，;]\s|\s\(", written)
    return start, start + (comma.start() if comma and comma.start() > 4 else len(written))


def _is_name(text: str) -> bool:
    return (
        3 <= len(text) <= 300
        and sum(char.isalpha() for char in text) > len(text) / 2
        and not _STANDARD.match(fold(text))
    )


def _is_company(text: str) -> bool:
    return bool(_COMPANY.search(fold(text)))


def _address(text: CertificateText, holder: Place | None) -> Fact | None:
    for piece in text.first("address"):
        if _ADDRESS.search(text.folded[piece.start : piece.end]) or piece.end - piece.start > 12:
            return text.fact("address", piece.start, piece.end)
    if holder is None:
        return None
    start = holder[1]
    while start < len(text.written) and text.written[start] in " ,;\n.)，":
        start += 1
    end = text.line_end(start)
    if stop := _STOP.search(text.folded, start, end):
        end = stop.start()
    label = next((piece.begins for piece in text.labelled if start <= piece.begins < end), end)
    words_of = text.written[start : min(end, label)]
    # an address names numbers or streets, or is a list of places
    if (
        8 <= len(words_of) <= 200
        and (_ADDRESS.search(fold(words_of)) or words_of.count(",") >= 2)
        and not _STANDARD.search(fold(words_of))
    ):
        return text.fact("address", start, min(end, label), confidence=0.8)
    return None


def _scope(text: CertificateText) -> Fact | None:
    for piece in text.first("scope"):
        written = text.written[piece.start : piece.end].rstrip(" .")
        if len(written) >= 4 and any(char.isalpha() for char in written) and not _STANDARD.match(fold(written)):
            return text.fact("scope", piece.start, piece.start + len(written))
    for match in _PROSE_SCOPE.finditer(text.folded):
        end = text.line_end(match.end())
        label = next((piece.begins for piece in text.labelled if match.end() <= piece.begins < end), end)
        sentence = re.search(r"\.\s", text.written[match.end() : min(end, label)])
        last = match.end() + sentence.start() if sentence else min(end, label)
        if last - match.end() >= 8:
            return text.fact("scope", match.end(), len(text.written[:last].rstrip(" .")), confidence=0.8)
    return None


def _body(text: CertificateText, holder: str) -> Fact | None:
    for piece in text.first("body"):
        written = text.written[piece.start : piece.end]
        start, end = _company(text, piece.start, piece.end) if _CUT.match(written) else (piece.start, piece.end)
        sentence = re.search(r"(?<=\w{4})\.\s|,\s|\s-\s|\s\|", text.written[start:end])
        if sentence and start + sentence.start() > start + 3:
            end = start + sentence.start()
        if _is_name(text.written[start:end]) and fold(text.written[start:end]) != fold(holder):
            return text.fact("body", start, end)
    for pattern in _PROSE_BODY:
        for match in pattern.finditer(text.folded):
            start, end = match.span(1)
            name = text.written[start:end]
            if (
                not fold(name).startswith(_NOT_BODY)
                and _is_name(name)
                and "\n" not in name
                and fold(name) != fold(holder)
            ):
                first = re.search(r"[,，]\s", name)
                return text.fact("body", start, start + first.start() if first and not _CUT.match(name) else end)
    taken = [(piece.begins, piece.end) for piece in text.labelled if piece.role not in ("other", "number")]
    for start, end in text.lines:
        line = re.split(r",\s(?=\d|room|tầng|floor)|(?<=\w{4})\.\s|\s-\s|\s\|", text.written[start:end])[0].strip()
        folded = fold(line)
        if (
            _BODY_WORD.search(folded)
            and folded != fold(holder)
            and not _TITLE.match(folded)
            and not folded.startswith(_NOT_BODY)
            and not _STANDARD.search(folded)
            and 6 <= len(line) <= 90
            and (line[:1].isupper() or not line[:1].isascii())
            and not line.rstrip().endswith((":", "："))
            and (_is_company(line) or line.istitle() or len(line.split()) <= 6)
            and not any(first <= start < last for first, last in taken)
            and "system" not in folded
        ):
            return text.fact("body", start, start + len(line), confidence=0.7)
    return None


def _web(text: CertificateText) -> Fact | None:
    match = _WEB.search(text.folded)
    if match is None:
        return None
    end = match.start() + len(match[0].rstrip(".)。"))
    return text.fact("web", match.start(), end)


def _signature(source: Source, text: CertificateText) -> Iterator[Fact]:
    """The digital signatures that the file carries, as the reader of its format counted them."""
    count = source.document.metadata.extra.get("signatures", "")
    if count and count != "0" and text.lines:
        start, end = text.lines[0]
        if made := text.fact("digital_signature", start, end, count, confidence=1.0):
            yield made


@cache
def _accreditors() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    bodies = table("accreditation")["body"]
    names = {fold(name): str(body["id"]) for body in bodies for name in body["names"]}
    signs = {fold(sign): str(body["id"]) for body in bodies for sign in (body["id"], *body.get("signs", ()))}
    return words(tuple(names)), names, signs


def _accreditation(text: CertificateText) -> Iterator[Fact]:
    """The accreditation body: named anywhere by an unmistakable name, or behind its label by a short sign too; else the
    words by which accreditation is claimed. The mark of the arrangement is kept apart.
    """
    pattern, names, signs = _accreditors()
    marks = words(tuple(table("accreditation")["marks"]))
    mark = marks.search(text.folded)
    if mark and "code" not in text.folded[mark.end() : mark.end() + 8]:
        if made := text.fact("accreditation_mark", mark.start(), mark.end(), confidence=0.6):
            yield made
    else:
        mark = None
    identity: str | None = None
    start = end = 0
    for piece in text.first("accreditation"):
        for sign in re.finditer(r"[^\W_][\w./&-]*", text.folded[piece.start : min(piece.end, piece.start + 80)]):
            if identity is None and sign[0] in signs:
                identity, start, end = signs[sign[0]], piece.start + sign.start(), piece.start + sign.end()
    if identity is None and (match := pattern.search(text.folded)):
        key = re.sub(r"[\s_-]+", " ", match[0])
        identity = names.get(match[0]) or names.get(key, match[0].upper())
        start, end = match.start(), match.end()
    if identity is not None:
        if made := text.fact("accreditation", start, end, identity):
            yield made
        return
    claim: re.Match[str] | None = words(tuple(table("accreditation")["unknown"]["claims"])).search(text.folded) or mark
    if claim and "code" not in text.folded[claim.end() : claim.end() + 8]:
        end = min(text.line_end(claim.start()), claim.start() + 120)
        if made := text.fact("accreditation_claim", claim.start(), end, confidence=0.6):
            yield made


_DAYS = ("issue", "expiry", "original")


def _dates(source: Source, text: CertificateText) -> Iterator[Fact]:
    """Issue, expiry and first certification: from the labels, and where they are silent from the words of sentences."""
    kept: dict[str, Fact] = {}
    for piece in text.labelled:
        if piece.role in _DAYS:
            _from_label(source, text, piece, kept)
    for item in _told(source):
        if item.role in _DAYS:
            kept.setdefault(item.role, item)
        elif item.role.startswith("surveillance"):
            yield item
    yield from kept.values()


def _from_label(source: Source, text: CertificateText, piece: Labelled, kept: dict[str, Fact]) -> None:
    line = text.folded[text.folded.rfind("\n", 0, piece.begins) + 1 : piece.end]
    if _SURVEILLANCE.search(line[: max(0, len(line) - (piece.end - piece.begins))][-40:]):
        return
    days = [found for found in source.dates(text.written[piece.start : piece.end]) if found.precision == "day"]
    if not days or days[0].start > 40:
        return
    made = _day_fact(text, piece, days[0], piece.role)
    if piece.role == "issue" and len(days) > 1 and "expiry" not in kept:
        second = _day_fact(text, piece, days[1], "expiry")
        if second and days[1].value > days[0].value:
            kept["expiry"] = second
    if piece.role == "expiry" and len(days) > 1 and days[1].value > days[0].value:
        # a period of validity: from and until
        second = _day_fact(text, piece, days[1], "expiry")
        if made and second:
            kept.setdefault("issue", made.model_copy(update={"role": "issue"}))
            kept["expiry"] = second
        return
    best = kept.get(piece.role)
    if made and (
        best is None
        or (piece.role == "expiry" and made.value > best.value)
        or (piece.role == "original" and made.value < best.value)
    ):
        kept[piece.role] = made


def _day_fact(text: CertificateText, piece: Labelled, found: Found, role: str) -> Fact | None:
    return text.fact(role, piece.start + found.start, piece.start + found.end, found.value, found.confidence)


def _told(source: Source) -> Iterator[Fact]:
    """The dates of the paper with the role that the words before them give, surveillance visits apart."""
    by_id = {passage.id: passage for passage in source.passages}
    best: dict[str, Fact] = {}
    for item in find_dates(source):
        if item.kind != "date" or item.role not in (*_DAYS, "evidence", "next", "due", "closed", "revision"):
            continue
        passage = by_id[item.passage]
        at = passage.text.find(item.quote)
        line = passage.text[
            passage.text.rfind("\n", 0, at) + 1 : (passage.text.find("\n", at) + 1 or len(passage.text) + 1) - 1
        ]
        role = item.role
        if _SURVEILLANCE.search(fold(line)):
            role = (
                "surveillance_due"
                if role in ("next", "due")
                else "surveillance"
                if role in ("evidence", "closed", "issue")
                else role
            )
        made = item.model_copy(update={"kind": "certificate_field", "role": role})
        if role in _DAYS:
            known = best.get(role)
            if (
                known is None
                or (role == "expiry" and item.value > known.value)
                or (role == "original" and item.value < known.value)
            ):
                best[role] = made
        elif role.startswith("surveillance"):
            yield made
    yield from best.values()


_YEAR = re.compile(r"(?<![\d./-])20\d\d(?![\d./-])")
_HELD = re.compile(
    r"passed|held|completed|done|performed|conducted|maintained|đã|telah|dilaksanakan|通过|已|완료|ผ่าน|yapıldı|bestanden|durchgeführt"
)


def _surveillance_years(text: CertificateText) -> Iterator[Fact]:
    """Visits of which only the year is told, in a sentence that says they were held."""
    for start, end in text.lines:
        for match in _SURVEILLANCE.finditer(text.folded, start, end):
            stop = re.search(r"\.\s|;|$", text.folded[match.end() : end])
            last = match.end() + (stop.start() if stop else 0)
            said = text.folded[match.start() : last]
            year = _YEAR.search(said)
            if year and _HELD.search(said) and not _DUE.search(said):
                at = match.start() + year.start()
                if made := text.fact("surveillance", at, at + 4, year[0], confidence=0.8):
                    yield made


def _surveillance_tables(source: Source) -> Iterator[Fact]:
    """Visits listed in a table headed surveillance: due days apart from days held."""
    for grid in source.grids:
        if not any(_SURVEILLANCE.search(fold(head)) for head in grid.heads):
            continue
        for row in grid.rows:
            for head, cell in zip(grid.heads, row, strict=True):
                if cell.passage is None or not cell.text or _DUE.search(fold(head)) or _DUE.search(fold(cell.text)):
                    continue
                for found in source.dates(cell.text):
                    if found.precision == "day":
                        yield fact(
                            "certificate_field",
                            "surveillance",
                            found.value,
                            cell.passage,
                            cell.start + found.start,
                            cell.start + found.end,
                        )
