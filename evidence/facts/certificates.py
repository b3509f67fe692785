"""The fields of certificates of management systems: holder, standard, edition, scope, number, body, accreditation,
dates.

Facts have kind ``certificate_field``. Only papers that speak as a certificate are read (``... certifies that ...``
with a
management-system standard); a manual that mentions the certificate is not one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evidence.data import table
from evidence.facts.dates import find_dates
from evidence.facts.identifiers import lexicon as identifier_lexicon
from evidence.facts.identifiers import normal
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, cells, fold, lines, pairs, phrases, words
from evidence.model import Fact, Passage

LONGEST = 12_000
"""Characters of a paper that can be a certificate with its annexes;

a longer one is a manual or report that quotes one.
"""

_CERTIFIES = phrases("certificates", "certifies")
_TITLE = phrases("certificates", "title")
_STANDARD = re.compile(
    r"(?:(?:en|bs|ts|tcvn|sni|ms|ks\s?q|jis\s?q|din|gb/t|gbt)[\s/-]*)*(?:iso(?:/ts|/iec)?|iatf|ohsas|gb/t|"
    r"jis\s?q|ks\s?q)\s?-?(?:9001|14001|45001|13485|16949|22000|27001|18001|19001|17025|22301|"
    r"50001)(?:\s?[:\-–]\s?((?:19|20)\d\d))?"
)
_SYSTEM = ("19001", "9001", "16949", "13485", "14001", "45001", "22000", "27001", "18001", "22301", "50001")
_NOT_SYSTEM = phrases("certificates", "not_system")
_HOLDER_LABEL = phrases("certificates", "holder_label")
_BEFORE_HOLDER = re.compile(
    r"(?:system (?:of|at|operated by|established by|implemented by)|certif(?:y|ies|"
    r"ied) that(?: the)?(?: quality)?(?: management)?(?: system)?(?: of)?|awarded to|issued to|granted to|"
    r"registered to|cấp cho|của(?: / .{0,80})?|"
    r"diberikan kepada|menyatakan bahwa|kepada|ขอรับรองว่า|ระบบ[^\s]{0,20}ของ|兹证明|茲證明|"
    r"特此证明|授予|증명합니다|certify|"
    r"certifies)\s*[:;,]?\s*$"
)
_SCOPE = phrases("certificates", "scope")
_COMPANY = re.compile(
    r"(?:co\.?,?\s?,?\s?ltd|company limited|limited|\bltd\b|pte|sdn\.? bhd|\binc\b|gmbh|\bllc\b|\bplc\b|"
    r"corporation|\bcorp\b|\bpt\.?\s|^pt\s|\bcv\.?\s|\btbk\b|jsc|joint stock|công ty|cty|tnhh|บริษัท|有限公司|公司|厂|"
    r"株式会社|주식회사|\(주\)|a\.ş|ltd\.? şti|san\.|s\.a|s\.p\.a|b\.v|assurance|industries|enterprise|services?\b|"
    r"register\b|certification\b|sertifikasi)"
)
_BODY = re.compile(
    r"certif|registra|register|assurance|veritas|inspection service|认证|認證|인증원|chứng nhận|sertifikasi|ใบรับรอง|"
    r"รับรอง|belgelendirme"
)
_BODY_BEFORE = re.compile(r"^(.{3,80}?)\s+(?:hereby\s+)?(?:certifies|certify that|chứng nhận|menyatakan|declares)")
_ADDRESS = re.compile(
    r"\d{2,}|street|road|jl\.|jalan|đường|kcn|khu công nghiệp|industrial|park|floor|room|district|"
    r"路|号|区|シ|ถนน|address"
)
_SURVEILLANCE = phrases("certificates", "surveillance")
_DUE = phrases("certificates", "due")


@dataclass(frozen=True)
class _Line:
    passage: Passage
    span: Span


def find_certificates(source: Source) -> Iterator[Fact]:
    """The fields of a certificate, or nothing where the paper is none."""
    total = sum(len(passage.text) for passage in source.passages)
    if not source.passages or total > LONGEST:
        return
    folded = fold("\n".join(passage.text for passage in source.passages)[:LONGEST])
    standards = [match for match in _STANDARD.finditer(folded) if any(number in match[0] for number in _SYSTEM)]
    if not standards or not _TITLE.search(folded) or not _CERTIFIES.search(folded) or _NOT_SYSTEM.search(folded[:400]):
        return
    if not _looks_issued(source, folded):
        return
    rows = [
        _Line(passage, cell)
        for passage in source.passages
        for line in lines(passage.text)
        for cell in cells(line)
        if cell.text
    ]
    yield from _standards(source)
    yield from _numbers(source)
    holder = _holder(source, rows)
    if holder:
        yield holder
    if scope := _scope(rows):
        yield scope
    if body := _body(rows, holder.value if holder else ""):
        yield body
    yield from _accreditation(source)
    yield from _dates(source)


def _looks_issued(source: Source, folded: str) -> bool:
    """A certificate has a number or a date of expiry, or the classifier took it for a credential."""
    credential = sum(len(passage.text) for passage in source.passages if passage.mode == "credential")
    labelled = any(fact.role in ("expiry", "issue") for fact in find_dates(source))
    return (labelled or credential > 100) and folded.count("?") < 6


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


_NUMBER = re.compile(r"(?:no\.?|number|số|nomor|编号|证书号|번호|เลขที่)\s*[:.]?\s*$")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-/.]{4,30}")


def _numbers(source: Source) -> Iterator[Fact]:
    for passage in source.passages:
        for line in lines(passage.text):
            for pair in pairs(line):
                named = identifier_lexicon().label(pair.label.text) == "certificate" or _NUMBER.search(
                    fold(pair.label.text)
                )
                code = _CODE.match(pair.value.text)
                if (
                    named
                    and code
                    and any(char.isdigit() for char in code[0])
                    and not source.dates(code[0])
                    and "iaf" not in fold(pair.label.text)
                ):
                    yield fact(
                        "certificate_field",
                        "number",
                        normal(code[0]),
                        passage,
                        pair.value.start,
                        pair.value.start + len(code[0]),
                    )
                    return


def _holder(source: Source, rows: Sequence[_Line]) -> Fact | None:
    for index, row in enumerate(rows):
        text = fold(row.span.text)
        before = _BEFORE_HOLDER.search(text)
        if before:
            for following in rows[index + 1 : index + 4]:
                if _is_company(following.span.text):
                    return _field("holder", following, following.span)
        inline = re.search(
            r"(?:system (?:of|at)|awarded to|issued to|granted to|cấp cho|diberikan kepada|"
            r"兹证明|茲證明)\s*[:;,]?\s+(?=\S)",
            text,
        )
        if inline and len(text) - inline.end() > 4:
            rest = re.split(
                r"(?i)[,;]?\s+(?:has been|have been|đã được|telah|located|at the|conforms|is in|phù hợp|符合)",
                row.span.text[inline.end() :],
            )[0].strip(" ,.")
            if _is_company(rest):
                start = row.span.text.find(rest)
                return _field("holder", row, Span(row.span.start + start, row.span.start + start + len(rest), rest))
    for row in rows:
        for pair in pairs(row.span):
            if _HOLDER_LABEL.fullmatch(fold(pair.label.text).strip(" :")) and _is_name(pair.value.text):
                return _field("holder", row, pair.value)
    for index, row in enumerate(rows[:-1]):
        if _HOLDER_LABEL.fullmatch(fold(row.span.text).strip(" :.")) and _is_name(rows[index + 1].span.text):
            return _field("holder", rows[index + 1], rows[index + 1].span)
    return None


def _field(role: str, row: _Line, span: Span) -> Fact:
    return fact(
        "certificate_field", role, " ".join(span.text.split())[:300], row.passage, span.start, span.end, confidence=0.9
    )


def _is_name(text: str) -> bool:
    return (
        4 <= len(text) <= 160
        and sum(char.isalpha() for char in text) > len(text) / 2
        and not _STANDARD.search(fold(text))
    )


def _is_company(text: str) -> bool:
    if not _is_name(text) or len(text.split()) > 16:
        return False
    return bool(_COMPANY.search(fold(text))) or text.isupper() or text.istitle()


def _scope(rows: Sequence[_Line]) -> Fact | None:
    for index, row in enumerate(rows):
        folded = fold(row.span.text)
        match = _SCOPE.search(folded)
        if match is None or (match.start() > 60 and not folded.rstrip(" :").endswith(match[0])):
            continue
        last = match
        for other in _SCOPE.finditer(folded[: match.start() + 90]):
            last = other
        rest = row.span.text[last.end() :].lstrip(" :：.-/")
        rest = re.sub(
            r"^(?:of certification|of registration|này|sau|dưới đây|as below|below)\s*[:：]?\s*",
            "",
            rest,
            flags=re.IGNORECASE,
        )
        if len(rest) >= 12:
            start = row.span.start + row.span.text.rfind(rest)
            return _field("scope", row, Span(start, start + len(rest), rest))
        for following in rows[index + 1 : index + 3]:
            if len(following.span.text) >= 10 and not _ends_scope(following.span.text):
                return _field("scope", following, following.span)
    return None


def _ends_scope(text: str) -> bool:
    return bool(re.match(r"certificate|valid|issue|date|iaf|ea code|exclusion|ngày|số |tanggal|证书|발행", fold(text)))


def _body(rows: Sequence[_Line], holder: str) -> Fact | None:
    for row in rows:
        if match := _BODY_BEFORE.match(row.span.text):
            name = match[1].strip()
            if _BODY.search(fold(name)) and not fold(name).startswith(("this", "giấy", "the ")):
                return _field("body", row, Span(row.span.start, row.span.start + len(name), name))
    for row in rows:
        text = re.split(r",\s(?=\d|room|tầng|floor)|\.\s", row.span.text)[0].strip()
        folded = fold(text)
        if fold(holder) == folded or not _BODY.search(folded) or not _COMPANY.search(folded) or len(text) > 90:
            continue
        if (
            _TITLE.match(folded)
            or "accredit" in folded
            or "director" in folded
            or folded.startswith(("this", "the ", "validity", "has "))
        ):
            continue
        return _field("body", row, Span(row.span.start, row.span.start + len(text), text))
    return None


@cache
def _accreditors() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {fold(name): body["id"] for body in table("accreditation")["body"] for name in body["names"]}
    return words(tuple(names)), names


def _accreditation(source: Source) -> Iterator[Fact]:
    pattern, names = _accreditors()
    marks = words(tuple(table("accreditation")["marks"]))
    claims = words(tuple(table("accreditation")["unknown"]["claims"]))
    claimed: Fact | None = None
    for passage in source.passages:
        folded = fold(passage.text)
        if match := pattern.search(folded):
            key = re.sub(r"[\s_-]+", " ", match[0])
            identity = names.get(match[0]) or names.get(key, match[0].upper())
            yield fact(
                "certificate_field", "accreditation", identity, passage, match.start(), match.end(), confidence=0.9
            )
            return
        if (
            claimed is None
            and (match := claims.search(folded) or marks.search(folded))
            and "code" not in folded[match.end() : match.end() + 8]
        ):
            line_end = folded.find("\n", match.start())
            end = min(len(passage.text), match.start() + 120, line_end if line_end > 0 else len(passage.text))
            claimed = fact(
                "certificate_field",
                "accreditation_claim",
                passage.text[match.start() : end].strip(),
                passage,
                match.start(),
                end,
                confidence=0.6,
            )
    if claimed is not None:
        yield claimed


def _dates(source: Source) -> Iterator[Fact]:
    by_id = {passage.id: passage for passage in source.passages}
    kept: dict[str, Fact] = {}
    for item in find_dates(source):
        if item.kind != "date" or item.role not in (
            "issue",
            "expiry",
            "original",
            "evidence",
            "next",
            "due",
            "closed",
            "revision",
        ):
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
        if role in ("issue", "expiry", "original"):
            best = kept.get(role)
            later = best is not None and (
                item.value > best.value
                if role == "expiry"
                else item.value < best.value
                if role == "original"
                else False
            )
            if best is None or later:
                kept[role] = item
        elif role.startswith("surveillance"):
            yield item.model_copy(update={"kind": "certificate_field", "role": role})
    for role, item in kept.items():
        yield item.model_copy(update={"kind": "certificate_field", "role": role})
    yield from _surveillance_tables(source)


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
