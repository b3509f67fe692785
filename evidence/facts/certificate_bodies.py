"""Who issued a certificate, and under which accreditation."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from evidence.data import table
from evidence.facts.certificate_loose import loose
from evidence.facts.certificate_names import CUT, OFFICE, TITLE, company, is_company, is_name
from evidence.facts.certificate_running import accredited_body, begins_with_label, body_name, pieces, says_system
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import CertificateText, Labelled
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases, words
from evidence.model import Fact

BODY_WORD = re.compile(
    r"certif|zertifi|registra|assurance|veritas|inspection|quality|认证|認證|驗證|인증원|품질[가-힣]{0,4}원|chứng nhận|giám định|sertifikasi|"
    r"รับรอง|เซอร์ทิฟ|belgelendirme"
)


_REGISTER = re.compile(r"(?<![a-z])registers?(?![a-z])")
"""Part of the name of some bodies, and the list a certificate can be looked up in: only a company's name decides."""

_PROSE_BODY = (
    re.compile(r"(?:^|\n)we, ([^\n,]{3,80}?), (?:having|have|hereby|do)(?![^\W_])"),
    re.compile(
        r"(?:^|\n|[.。]\s)([^\n]{3,90}?)\s+(?:hereby\s+)?(?:(?:certif(?:y|ies)|attests?|confirms?|declares)(?: that| the| to)|grants? to|has registered)(?![^\W_])"
    ),
    re.compile(
        r"(?:certification|certifying) body ([^\n]{3,70}?)\s+(?:hereby\s+)?(?:certifies|confirms|declares|attests)"
    ),
    re.compile(
        r"(?:registered|certified|audited|assessed|approved|checked|verified) by\s([^\n]{3,80}?)(?: as |\s+and\s|\s+to\s|\n|$|\.\s)"
    ),
    re.compile(r"(?:^|\n)([^\n]{3,90}?)\s+(?:chứng nhận rằng|menyatakan bahwa|은 위 조직|는 위 조직)"),
    re.compile(r"(?:^|\n)([^\n]{3,90}?)(?:은|는) (?:위|상기|아래) 조직"),
    re.compile(r"(?:^|\n)([^\n,.]{3,60}?(?:인증|주식회사|인증원|협회))(?:은|는)\s"),
    re.compile(r"(?:^|\n)([^\n]{3,80}?)\s(?:chứng nhận hệ thống|xác nhận|chứng nhận\n|menerangkan bahwa)"),
    re.compile(r"issued by ([^\n,;]{3,80}?)(?:,|\n|$|\.\s)"),
    re.compile(
        r"(?:oleh|by|bởi)\s(?:lembaga sertifikasi|badan sertifikasi|tổ chức chứng nhận)\s([^\n,;|]{3,80}?)(?:,|\n|$|\.\s)"
    ),
    re.compile(r"(?:^|\n)([^\n，。:：|]{4,40}?) ?(?:兹|茲|特此)?[证證]明"),
    re.compile(r"(?:for and )?on behalf of (?:the )?([^\n,;|]{3,80}?)\s?(?:,|\||\n|$|\.\s)"),
)


_INSTITUTE = re.compile(
    r"(?:trung tâm|viện|institut|istituto|สถาบัน|lembaga|balai|center|centre|bureau)|.{2,20}(?:中心|研究院|협회|(?:인증|품질|평가|보증|표준|심사|시험)[가-힣]{0,4}원)$"
)
"""What a body is called that is no company."""

MOST_DIGITS = 2
"""Figures in the name of a body; more are a number or an address."""

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
    "our ",
    "hereby",
)


def _spelt_out(text: CertificateText, short: str, holder: str) -> Fact | None:
    """The company whose name begins with an abbreviation or is abbreviated by it: ``SMSPL`` is the initials of a line elsewhere."""
    short = short.strip(" .")
    word = 4 <= len(short) <= 20 and short.isalpha() and short.istitle()  # its first word: ``registered by Testmark``
    if not word and not (2 <= len(short) <= 8 and short.isalpha() and short.isupper()):
        return None
    if word and is_company(short):
        return None
    for match in re.finditer(rf"(?<![^\W_]){short} (?=[A-Z])", text.written) if word else ():
        place = company(text, match.start(), text.line_end(match.start()))
        name = text.written[place[0] : place[1]]
        if is_company(name) and len(name) <= LONGEST_SPELT and fold(name) != fold(holder):
            return text.fact("body", *place, confidence=0.8)
    for start, end in text.lines:
        place = company(text, start, end)
        name = text.written[place[0] : place[1]]
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).upper()
        if is_company(name) and fold(name) != fold(holder) and (initials == short or name.startswith(f"{short} ")):
            return text.fact("body", *place, confidence=0.8)
    return None


_HOUSE = re.compile(
    r"(?:unit|lot|plot|no|block|room|floor|suite|building|level)s?\.? ?[\da-z]{1,4}(?![^\W_])|\d+[\s,-]"
)
"""How an address begins."""

_GENERIC = re.compile(
    r"(?<![^\W_])(?:the|of|for|management|systems?|certification|certifying|body|bodies|registrars?|office|branch|bureau|company|organi[sz]ation)(?![^\W_])"
)
"""Words by which any body is called, and no name."""

LONGEST_SPELT = 70
"""Letters of a name that begins with the word by which it is called elsewhere."""


def _is_place_of_issue(source: Source, text: CertificateText, end: int) -> bool:
    """Whether a day follows behind a comma: ``Essen, 2025-02-10`` is where and when, not who."""
    behind = re.compile(r"[,，]\s?").match(text.written, end)
    days = source.dates(text.written[behind.end() : text.line_end(end)]) if behind else []
    return bool(days) and days[0].start == 0


def _only_certifies(folded: str) -> bool:
    """Whether a line says nothing but that something is certified."""
    return not any(char.isalpha() for char in phrases("certificates", "certifies").sub(" ", folded))


def body_of(source: Source, text: CertificateText, holder: str) -> Fact | None:
    """The body that issued a certificate: behind its label, in a sentence, or by its name in a line of its own."""
    for piece in (*text.first("body"), *loose(text, "body")):
        written = text.written[piece.start : piece.end]
        start, end = company(text, piece.start, piece.end) if CUT.match(written) else (piece.start, piece.end)
        whole = CUT.match(text.written[start:end])
        sentence = re.compile(r"(?<=\w{4})\.\s|,\s|\s-\s|\s\|").search(
            text.written, start + (len(whole[0]) if whole else 3), end
        )
        end = len(text.written[: sentence.start() if sentence else end].rstrip(" ,"))
        if fold(text.written[start:end]).strip(" .") in _accreditors()[2]:
            continue  # some languages call both bodies by one word
        if _is_place_of_issue(source, text, end) or source.dates(text.written[start:end]):
            continue  # audits of whoever certifies have days
        if is_name(text.written[start:end]) and fold(text.written[start:end]) != fold(holder):
            return _spelt_out(text, text.written[start:end], holder) or text.fact("body", start, end)
    for pattern in _PROSE_BODY:
        for match in pattern.finditer(text.folded):
            start, end = match.span(1)
            name = text.written[start:end]
            if (
                not fold(name).startswith(_NOT_BODY)
                and not fold(name).endswith(("this document", "this certificate"))
                and is_name(name)
                and "\n" not in name
                and fold(name) != fold(holder)
                and not _is_title(fold(name))
                and not _HOUSE.match(fold(name))
                and _GENERIC.sub("", fold(name)).strip(" .,-")
                and not begins_with_label(fold(name))
                and not _only_certifies(fold(name))
                and not says_system().search(fold(name))
                and (name[:1].isupper() or not name[:1].isascii() or name.startswith("("))
            ):
                if made := _spelt_out(text, name, holder):
                    return made
                return text.fact("body", *body_name(text, start, end))
    if made := accredited_body(source, text, holder):
        return made
    taken = [
        (piece.begins, _end_of_day(source, text, piece))
        for piece in text.labelled
        if piece.role not in ("other", "number")
    ]
    for whole_start, whole_end in pieces(source, text):
        start, end = body_name(text, whole_start, whole_end)
        line = text.written[start:end]
        folded = fold(line)
        named = is_company(line) or _INSTITUTE.match(folded) is not None
        if (
            (BODY_WORD.search(folded) or (named and _REGISTER.search(folded)))
            and (named or not OFFICE.search(text.folded[whole_start:whole_end]))
            and (named or not text.written.startswith(" | ", whole_end))  # a label, and what it says beside it
            and folded != fold(holder)
            and not _is_title(text.folded[whole_start:whole_end])
            and not (TITLE.search(folded) and not named)
            and not folded.startswith(_NOT_BODY)
            and not STANDARD.search(folded)
            and 6 <= len(line) <= 90
            and (line[:1].isupper() or not line[:1].isascii() or line.startswith("("))
            and sum(char.isdigit() for char in line) <= MOST_DIGITS
            and not begins_with_label(folded)
            and not line.rstrip().endswith((":", "："))
            and (named or line.istitle() or len(line.split()) <= 6)
            and not any(first <= start < last for first, last in taken)
            and not says_system().search(folded)
            and not _only_certifies(folded)
        ):
            return text.fact("body", start, start + len(line), confidence=0.7)
    return _other_company(source, text, holder)


def _other_company(source: Source, text: CertificateText, holder: str) -> Fact | None:
    """A company that certifies by its name, anywhere in a line, and is not the holder: ``经…认证有限公司审核``, ``Atas nama PT …``."""
    for first, last in pieces(source, text):
        for match in _NAMED_WITHIN.finditer(text.written, first, last):
            start, end = body_name(text, *match.span("name"))
            name = fold(text.written[start:end])
            if BODY_WORD.search(name) and name != fold(holder) and not STANDARD.search(name) and not _is_title(name):
                return text.fact("body", start, end, confidence=0.6)
    return None


_NAMED_WITHIN = re.compile(
    r"(?:^|[经由經]|(?<=[\s：:]))(?P<name>[\u4e00-\u9fff]{4,20}?(?:有限公司|中心)|(?:PT|CV) (?:[A-Z][\w.&-]*[ ,]?){2,6}|"
    r"(?:[A-ZÇĞİÖŞÜÀ-Ỹ][\w.&'-]*(?: [A-ZÇĞİÖŞÜÀ-Ỹ][\w.&'-]*){1,6}|[A-ZÇĞİÖŞÜÀ-Ỹ]{2}[\w.&'-]*) ?(?:Ltd\.? Şti\.?|A\.Ş\.?|Sdn\.? Bhd\.?|Ltd\.?|Inc\.?|GmbH|B\.V\.)|[가-힣]{2,12}(?:인증원|인증센터|품질원))"
)
"""Names of companies and institutes within a line, by the form that ends or begins them. Words part at blanks alone: a line of
capitals could else be cut into words in millions of ways."""


def _end_of_day(source: Source, text: CertificateText, piece: Labelled) -> int:
    """Where the words behind a label end: those behind a label of a day with the day."""
    days = source.dates(text.written[piece.start : piece.end]) if piece.role in ("issue", "expiry", "original") else []
    return piece.start + days[-1].end if days else piece.end


def _is_title(folded: str) -> bool:
    """Whether a line is the title of the certificate: ``Quality management system certificate``."""
    title = TITLE.search(folded)
    if title is None:
        return False
    ends = folded[title.end() :].strip(" .:/") == "" and says_system().search(folded) is not None
    rest = TITLE.sub("", BODY_WORD.sub("", folded))
    return title.start() == 0 or ends or not any(map(str.isalpha, rest))


@cache
def _accreditors() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    bodies = table("accreditation")["body"]
    names = {fold(name): str(body["id"]) for body in bodies for name in body["names"]}
    signs = {fold(sign): str(body["id"]) for body in bodies for sign in (body["id"], *body.get("signs", ()))}
    return words(tuple(names)), names, signs


def accreditation_of(text: CertificateText, alone: tuple[int, int, str] | None = None) -> Iterator[Fact]:
    """The accreditation body: named anywhere by an unmistakable name, or behind its label by a short sign too; else the
    words by which accreditation is claimed. ``alone`` is a short sign that stands for itself, its place and
    body. The mark of the arrangement is kept apart.
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
    if identity is None and (beside := _sign_beside_claim(text, signs)):
        start, end, identity = beside
    if identity is None and (coded := _sign_with_code(text, signs)):
        start, end, identity = coded
    if identity is None and alone:
        start, end, identity = alone
    if identity is not None:
        if made := text.fact("accreditation", start, end, identity):
            yield made
        return
    claims = _claims()
    claim: re.Match[str] | None = claims.search(text.folded) or mark
    if claim and "code" not in text.folded[claim.end() : claim.end() + 8]:
        start, end = _cell_of(text, claim.start())
        rest = TITLE.sub(" ", claims.sub(" ", text.folded[start:end])).replace(" of ", " ")
        if not any(map(str.isalnum, rest)):
            return  # a title, or a label beside a mark that cannot be read
        if made := text.fact("accreditation_claim", start, end, confidence=0.6):
            yield made


def _claims() -> re.Pattern[str]:
    return words(tuple(table("accreditation")["unknown"]["claims"]))


def _sign_beside_claim(text: CertificateText, signs: Mapping[str, str]) -> tuple[int, int, str] | None:
    """A short sign of a body in capitals in the same cell as a word for accreditation, before or behind it, with its body: ``SWEDAC
    accreditation 1842``.
    """
    for claim in _claims().finditer(text.folded):
        start, end = _cell_of(text, claim.start())
        for sign in re.finditer(r"[^\W_][\w&]*", text.written[start:end]):
            identity = signs.get(fold(sign[0]))
            if (
                identity
                and len(sign[0]) >= LEAST_SIGN
                and not is_company(sign[0])
                and sign[0] in (identity, sign[0].upper())
            ):
                return start + sign.start(), start + sign.end(), identity
    return None


def _sign_with_code(text: CertificateText, signs: Mapping[str, str]) -> tuple[int, int, str] | None:
    """A short sign of a body in capitals right before a code of an accreditation, with its body: ``SNAS Q-018``, ``NAC MSC 012``. A number of
    the certificate may begin with such a sign, behind its label or without a blank.
    """
    for match in _CODED.finditer(text.written):
        identity = signs.get(fold(match[1]))
        if identity and not _NUMBERS.search(text.folded[max(0, match.start() - BEFORE_CODE) : match.start()]):
            return match.start(1), match.end(1), identity
    return None


_CODED = re.compile(
    r"(?<![\w-])([A-ZÇĞİÖŞÜ]{3,8})\s(?:accreditation\s)?(?:[A-Z]{1,6}[ -]){0,2}[A-Z]{0,4}\d{2,5}(?![\w/])"
)
_NUMBERS = re.compile(r"(?:\bno|number|\bnr|số|nomor|เลขที่|编号|編號|号|號|번호|番号)\.?\s?[:：|]?\s?$")
BEFORE_CODE = 16
"""Letters before a code in which a label for a number of the certificate stands."""

LEAST_SIGN = 3
"""Letters of the sign of a body from which it is taken for one beside a claim: two stand for much else."""


def _cell_of(text: CertificateText, at: int) -> tuple[int, int]:
    """The words around a place, to the ends of their line or cell; not far before it, where a sentence leads to it."""
    line, end = text.written.rfind("\n", 0, at) + 1, text.line_end(at)
    start = text.written.rfind(" | ", line, at)
    start = line if start < 0 else start + len(" | ")
    cell = text.written.find(" | ", at, end)
    return start if at - start <= CLAIM_LEAD else at, min(cell if cell >= 0 else end, at + LONGEST_CLAIM)


CLAIM_LEAD, LONGEST_CLAIM = 30, 120
"""Letters before and after a claim of accreditation that belong to it: ``INTERNATIONAL ACCREDITATION BOARD``."""

_NUMBERED = re.compile(
    r"(?:accreditation\s(?:certificate\s|registration\s)?(?:no|nr|number|code|id)|(?:mã )?số công nhận|(?:no|nomor)\.?\sakreditasi|"
    r"akreditasyon\s(?:no|numarasi)|认可(?:证书)?(?:编|注册)?号码?|認可(?:證書)?編?號|인정\s?번호|หมายเลขการรับรองระบบงาน)\.?\s{0,2}[:：|#]*\s*"
    r"((?:[a-z]{2,8}\s)?[a-z0-9./_-]*\d[a-z0-9./_-]*)"
)


def accreditation_number(text: CertificateText) -> Fact | None:
    """The number under which the body is accredited, behind its label."""
    match = _NUMBERED.search(text.folded)
    if match is None:
        return None
    end = match.start(1) + len(match[1].rstrip(".-/"))
    return text.fact("accreditation_number", match.start(1), end)
